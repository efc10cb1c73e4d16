# The webmail.
mail-sign-in-title = Abra su buzón
mail-sign-in-lead = Con la dirección y una contraseña del buzón.
mail-sign-in = Abrir
mail-sign-in-help = La contraseña del buzón o una contraseña de aplicación creada para él. El administrador de su dominio encuentra ambas en el <center>Centro de clientes</center>.
mail-sign-in-wrong = Esa dirección o esa contraseña no es correcta. Compruébelas e inténtelo otra vez, o pida al administrador de su dominio que establezca una nueva contraseña.
mail-sign-in-state = Este buzón no se puede usar en este momento. El administrador de su dominio ve el motivo en el Centro de clientes.
mail-sign-in-not-granted = Este buzón no se puede usar en estas páginas. El administrador de su dominio conoce el motivo.
mail-address = Dirección de correo electrónico
mail-password = Contraseña
mail-sign-out = Cerrar sesión
mail-signed-out = Ha cerrado la sesión de su buzón.
mail-write = Redactar
mail-folders = Carpetas
mail-folders-arrange = Organizar las carpetas
mail-folders-lead = Cree sus propias carpetas; otros programas de correo también las muestran.
mail-folders-own = Sus carpetas
mail-folder-new = Nueva carpeta
mail-folder-help = Una barra pone una carpeta dentro de otra: Tienda/Pedidos.
mail-folder-make = Crear la carpeta
mail-folder-made = La carpeta está creada.
mail-folder-name = Nombre de { $name }
mail-folder-rename = Cambiar el nombre
mail-folder-renamed = La carpeta tiene su nuevo nombre.
mail-folder-exists = Ya hay una carpeta con este nombre. Elija otro nombre.
mail-folder-bad = Un nombre tiene de 1 a 250 caracteres y ninguna parte vacía entre barras.
mail-folder-many = Hay demasiadas carpetas. Quite una primero.
mail-folder-fixed = El buzón necesita esta carpeta; no se puede quitar ni cambiar de nombre.
mail-folder-delete-title = ¿Quitar la carpeta { $name }?
mail-folder-delete-text = { $n ->
    [0] Está vacía.
    [one] El mensaje que contiene se quita con ella. Durante unos días, soporte puede recuperarlo.
   *[other] Los { $n } mensajes que contiene se quitan con ella. Durante unos días, soporte puede recuperarlos.
  }
mail-folder-delete-yes = Quitar la carpeta
mail-folder-deleted = La carpeta se ha quitado.
mail-role-inbox = Bandeja de entrada
mail-role-drafts = Borradores
mail-role-sent = Enviados
mail-role-junk = Spam
mail-role-trash = Papelera
mail-role-archive = Archivo
mail-space = Espacio usado
mail-space-used = { $used } de { $quota }
mail-space-only = { $used } usados
mail-search = Buscar en el correo
mail-acts = Qué hacer con los mensajes
mail-archive = Archivar
mail-delete = Borrar
mail-junk = Spam
mail-not-junk = No es spam
mail-mark-read = Marcar como leído
mail-mark-unread = Marcar como no leído
mail-move = Mover
mail-move-to = Mover a
mail-star = Poner una estrella
mail-unstar = Quitar la estrella
mail-tick = Seleccionar: { $subject }
mail-unread-word = no leído
mail-draft-word = Borrador
mail-answered = respondido
mail-no-subject = Sin asunto
mail-nobody = Nadie
mail-files = { $n ->
    [one] Un archivo
   *[other] { $n } archivos
  }
mail-filter-all = Todos
mail-filter-unread = No leídos
mail-filter-starred = Con estrella
mail-empty = Aquí no hay nada
mail-empty-inbox = El correo nuevo aparece aquí por sí solo.
mail-empty-folder = Mueva mensajes aquí, o deje que lo haga su programa de correo.
mail-empty-unread = Todo leído
mail-empty-starred = Ninguna estrella todavía
mail-empty-filter = Nada de esta carpeta coincide. Elija “Todos” para verlo todo.
mail-found-title = Búsqueda: { $query }
mail-found = { $n ->
    [one] Un mensaje encontrado
   *[other] { $n } mensajes encontrados
  }
mail-found-none = No se encontró nada
mail-found-none-text = Hemos buscado en el remitente, los destinatarios, el asunto y el texto en todas las carpetas. Con menos palabras se encuentra más.
mail-search-short = Escriba al menos dos caracteres para buscar.
mail-moved-trash = { $n ->
    [one] El mensaje está en la papelera.
   *[other] { $n } mensajes están en la papelera.
  }
mail-moved-junk = { $n ->
    [one] El mensaje está en Spam.
   *[other] { $n } mensajes están en Spam.
  }
mail-moved-inbox = { $n ->
    [one] El mensaje está en la bandeja de entrada.
   *[other] { $n } mensajes están en la bandeja de entrada.
  }
mail-moved-archive = { $n ->
    [one] El mensaje está en el archivo.
   *[other] { $n } mensajes están en el archivo.
  }
mail-moved-folder = { $n ->
    [one] El mensaje se ha movido.
   *[other] { $n } mensajes se han movido.
  }
mail-undo = Deshacer
mail-undone = Todo está de nuevo donde estaba.
mail-gone = { $n ->
    [one] El mensaje se ha borrado.
   *[other] { $n } mensajes se han borrado.
  }
mail-none-ticked = Seleccione primero los mensajes.
mail-neighbours = Otros mensajes
mail-newer = Mensaje más reciente
mail-older = Mensaje más antiguo
mail-from = De
mail-to = Para
mail-cc = Cc
mail-bcc = Cco
mail-bcc-add = Destinatarios ocultos
mail-subject = Asunto
mail-text = Texto
mail-text-of = Texto de: { $subject }
mail-answers-to = Las respuestas van a
mail-remote = { $n ->
    [one] Una imagen que está en otro sitio no se carga, para que el remitente no sepa que usted lee esto.
   *[other] { $n } imágenes que están en otro sitio no se cargan, para que el remitente no sepa que usted lee esto.
  }
mail-remote-load = Cargar las imágenes
mail-reply = Responder
mail-reply-all = Responder a todos
mail-forward = Reenviar
mail-write-on = Seguir escribiendo
mail-as-text = Mostrar como texto sin formato
mail-as-html = Mostrar como se envió
mail-source = Mostrar el código fuente
mail-save = Guardar como archivo
mail-write-new = Nuevo mensaje
mail-write-reply = Respuesta
mail-write-forward = Reenvío
mail-write-draft = Borrador
mail-attach = Adjuntar archivos
mail-attach-help = Hasta { $most } en total
mail-send = Enviar
mail-save-draft = Guardar como borrador
mail-discard = Descartar
mail-sent = Su mensaje va de camino.
mail-sent-unsaved = Su mensaje va de camino, pero no se pudo guardar una copia en Enviados: { $reason }
mail-saved = El borrador está guardado.
mail-discarded = El mensaje se ha descartado.
mail-write-nobody = ¿A quién debe ir? Escriba al menos una dirección.
mail-write-wrong-address = “{ $address }” no es una dirección de correo.
mail-write-many = Un mensaje puede ir a { $most } destinatarios como máximo. Use una lista de correo para más.
mail-write-refused = No se ha enviado: { $reason }
mail-guard-trial-outside = No se ha enviado: mientras el servicio está a prueba, el correo solo va a direcciones de sus propios dominios. Se abre con el primer día pagado.
mail-guard-per-message = No se ha enviado: tiene { $value } destinatarios y un mensaje puede tener { $limit }. Envíelo por partes.
mail-guard-per-hour = No se ha enviado: con él, este buzón habría escrito a { $value } destinatarios en una hora, y puede escribir a { $limit }. Inténtelo de nuevo dentro de una hora.
mail-guard-per-day = No se ha enviado: con él, este buzón habría escrito a { $value } destinatarios en este tiempo, y puede escribir a { $limit }. Inténtelo de nuevo más tarde.
mail-guard-first-time = No se ha enviado: con él, este buzón habría escrito en 24 horas a { $value } personas a las que nunca había escrito, y puede escribir a { $limit }. Inténtelo de nuevo mañana; el límite sube por sí solo.
mail-guard-held = Su mensaje está guardado y espera a que alguien lo haya mirado, porque casi el mismo texto va a { $value } personas a las que usted nunca había escrito.
mail-guard-sign-in = Su mensaje está guardado y espera, porque este buzón se usó desde un lugar nuevo y escribió a varias personas a las que nunca había escrito. Diga en «Mensajes que esperan» si fue usted.
mail-guard-throttled = No se envió: el envío está limitado por un tiempo; con él habría escrito a { $value } personas en 24 horas, y puede escribir a { $limit }. «Ver por qué», arriba, dice qué hacer.
mail-guard-locked = No se envió: por ahora no se puede enviar nada de este buzón. «Ver por qué», arriba, dice qué hacer; el correo a nuestra asistencia sí sale.
mail-guard-suspended = No se envió: por ahora no se puede enviar nada de este dominio. «Ver por qué», arriba, dice qué hacer.
mail-write-failed = No se ha podido enviar ahora y se ha guardado como borrador. Vuelva a intentarlo en unos minutos, por favor.
mail-write-twice = Puede que este mensaje ya vaya de camino: el envío se interrumpió antes. Mire en Enviados; si no está allí, pulse Enviar otra vez.
mail-write-source-gone = El borrador con los archivos adjuntos ya no existe. Vuelva atrás, adjunte los archivos otra vez y envíe.
mail-write-too-large = Con sus archivos, el mensaje supera { $most }. Quite un archivo.
mail-quota-full = El buzón está lleno. Borre mensajes o pida más espacio al administrador de su dominio.
mail-quote-intro = El { $date }, { $who } escribió:
mail-quote-forward = Mensaje reenviado de { $who }, { $date }, asunto: { $subject }
mail-refused = No ha funcionado: { $reason }.
mail-keys = Teclas
mail-key-next = Mensaje siguiente
mail-key-previous = Mensaje anterior
mail-key-open = Abrir
mail-key-tick = Seleccionar
mail-key-write = Redactar
mail-key-reply = Responder
mail-key-reply-all = Responder a todos
mail-key-forward = Reenviar
mail-key-star = Estrella
mail-key-archive = Archivar
mail-key-delete = Borrar
mail-key-back = Volver a la lista
mail-key-search = Buscar
mail-key-help = Esta lista
mail-close = Cerrar
mail-remove = Quitar
upload-broken = El formulario no llegó completo. Vuelva atrás y envíelo otra vez.
mail-delete-for-good = Borrar definitivamente
mail-gone-title = ¿Borrar definitivamente?
mail-gone-text = Lo que sale de la papelera no se puede recuperar en el correo web.
mail-discard-title = ¿Descartar este mensaje?
mail-discard-text = Lo que ha escrito y su borrador se pierden.
mail-discard-yes = Descartarlo
mail-discard-no = Seguir escribiendo

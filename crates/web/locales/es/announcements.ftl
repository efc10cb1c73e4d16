# Anuncios y listas, para el personal que escribe.
console-nav-announcements = Anuncios
announcements-lead = Lo que escribimos a muchos. Solo lo recibe quien eligió el tema.
announcements-none = Aún no se escribió nada
announcements-none-text = Escriba sobre un tema; quien lo eligió lo recibe, cada uno una vez.
announcement-new = Escribir un anuncio
announcement-subject = Asunto
announcement-state = Estado
announcement-changed = Cambiado
announcement-queued = Enviado a
announcement-considered = Recorridos
announcement-hard = Direcciones muertas
announcement-returned = No entregados por otra causa
announcement-complaints = Quejas
announcement-unsigned = No se puede firmar nada para { $domain }
announcement-unsigned-text = Los anuncios salen de este dominio, que aquí aún no está acreditado o no tiene claves DKIM. Muchos proveedores los dejarían en la carpeta de spam: configure antes el dominio.
announcement-stopped-complaints = El envío se detuvo solo: se quejó al menos uno de cada mil lectores. Los mensajes que esperan se guardan hasta que continúe.
announcement-stopped-hard = El envío se detuvo solo: al menos dos de cada cien direcciones estaban muertas. Los mensajes que esperan se guardan hasta que continúe.
announcement-stopped-unapproved = El envío se detuvo solo: lo recibirían más direcciones de las que una sola persona puede escribir.
announcement-needs-approval = Antes debe verlo otra persona
announcement-alone = Lo que recibirían más de { $n } direcciones lo aprueba alguien que no lo escribió.
announcement-ask = Pedirlo a un compañero
announcement-asked = Los compañeros ven en la lista que les espera.
announcement-waits = Espera a un compañero desde { $at }.
announcement-waiting = Espera aprobación
announcement-approve = Aprobarlo tal como está
announcement-approved = Está aprobado.
announcement-approved-by = Aprobado por { $who }, { $at }. Un cambio del borrador lo pide de nuevo.
announcement-send-at = Empieza
announcement-schedule = Programar
announcement-scheduled = Empieza a su hora.
announcement-unschedule = Convertirlo de nuevo en borrador
announcement-unscheduled = Es un borrador otra vez.
announcement-unschedule-help = Hasta que empiece se puede retirar. Para cambiarlo, conviértalo de nuevo en borrador.
announcement-state-scheduled = Programado
announcement-now = Ahora mismo
announcement-test = Enviar una prueba
announcement-test-to = Para
announcement-test-help = El mensaje como lo reciben los lectores, a una dirección de { $house }.
announcement-test-send = Enviar la prueba
announcement-tested = La prueba está en camino.
announcement-begun = Empezó el envío
announcement-finished = Terminó
announcement-topic-help = Decide quién lo recibe: quien eligió este tema, y nadie más.
announcement-language = Idioma
announcement-body = Texto
announcement-body-help = Markdown. Guarde para verlo como lo ven los lectores.
announcement-save = Guardar y mirarlo
announcement-saved = El borrador está guardado.
announcement-count = { $n ->
    [0] Nadie lo recibiría ahora
    [one] Una dirección lo recibiría ahora
   *[other] { $n } direcciones lo recibirían ahora
  }
announcement-count-text = Quien eligió «{ $topic }» y no lo ha rechazado. Quiénes son no se muestra a nadie.
announcement-send = Enviar
announcement-send-title = { $n ->
    [one] ¿Enviarlo a una dirección?
   *[other] ¿Enviarlo a { $n } direcciones?
  }
announcement-send-text = Lo enviado no se puede cambiar. Quien lo rechace entretanto no lo recibe.
announcement-started = Se está enviando.
announcement-discard = Desechar
announcement-discard-title = ¿Desechar este borrador?
announcement-discard-text = No se puede recuperar.
announcement-discarded = El borrador ya no está.
announcement-pause = Pausar
announcement-paused = En pausa. Lo entregado sale.
announcement-resume = Seguir
announcement-resumed = Sigue donde se quedó.
announcement-cancel = Parar del todo
announcement-cancel-title = ¿Parar el envío del todo?
announcement-cancel-text = Los mensajes que esperan no se envían. Los que salieron no se pueden recoger.
announcement-cancelled = Se paró.
announcement-pause-help = La pausa vale en un momento; lo que está en la cola de salida aún sale.
announcement-state-draft = Borrador
announcement-state-sending = Enviándose
announcement-state-paused = En pausa
announcement-state-sent = Enviado
announcement-state-cancelled = Parado
announcement-preview = Como lo ven los lectores
announcement-preview-light = De día
announcement-preview-dark = En oscuro
announcement-preview-text = Como texto simple
lists-title = Listas para cartas y llamadas
lists-channel = Vía
lists-people = Personas
lists-left-out = Excluidas
lists-scrubbed = Cotejada con el registro del
lists-by = Hecha por
lists-none = Aún no se hizo ninguna lista.
lists-note = Una lista se hace en el servidor, nunca aquí: cada persona que está en ella lo encuentra en su registro. Para llamadas se coteja con un registro de exclusión de los últimos 31 días.
announcement-other-subject = En su lugar, para uno de cada dos lectores
announcement-other-subject-help = Otro asunto. Cuál funciona mejor se ve en cuántas veces se siguen los enlaces.
announcement-subject-of = Asunto { $letter }
announcement-counts-links = Contar cuántas veces se siguen los enlaces
announcement-counts-links-help = Cuántas veces, y nunca quién: los enlaces pasan por nuestro sitio y son los mismos para todos los lectores. En el texto sin formato quedan como están.
announcement-readers = { $n ->
    [one] Un lector
   *[other] { $n } lectores
}
announcement-links = Enlaces seguidos
announcement-link = Lleva a
announcement-followed = Seguido
announcement-links-help = Cada vez cuenta, también la del mismo lector y la de programas que prueban los enlaces de los correos. No se sabe quién fue.
announcement-links-none = El texto no tiene enlaces.

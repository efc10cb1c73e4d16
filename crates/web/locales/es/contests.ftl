# Concursos, para todos.
contests-title = Concursos
contests-lead = Qué se puede ganar y cómo se sorteó: cualquiera puede repetir cada sorteo.
contests-none = Ahora no hay nada que ganar
contests-none-text = Vuelva otra vez, o deje que le escribamos cuando lo haya.
contest-state-draft = Borrador
contest-state-scheduled = Se abre más tarde
contest-state-open = Abierto
contest-state-closed = Cerrado
contest-state-frozen = Por sortear
contest-state-drawn = Sorteado
contest-state-called_off = Cancelado
contest-opens-at = Se abre { $at }
contest-closes-at = Abierto hasta { $at }
contest-closed-at = Cerrado { $at }
contest-drawn-at = Sorteado { $at }
contest-enter = Participar
contest-enter-button = Participar en el concurso
contest-accept = Acepto las bases de abajo (versión { $version })
contest-rules-missing = Quien participa acepta las bases.
contest-age = Tengo { $age } años o más
contest-age-missing = Diga que tiene la edad suficiente.
contest-offers = Escríbanme también sobre eventos y concursos
contest-offers-help = No hace falta para participar, ni da más posibilidades. Se termina con un clic.
contest-kept = Su participación se guarda { $days } días. Su número, que no dice nada de usted, queda en la lista: vea nuestra <policy>política de privacidad</policy>.
contest-entered-title = Participa
contest-entered-text = Si gana, escribimos a la dirección que conocemos. El número de su participación está en la copia de sus datos.
contest-to-contest = Volver al concurso
contest-did = Ya participa
contest-did-text = Con una vez basta. Si gana, le escribimos.
contest-not-eligible = Este concurso no es para usted
contest-not-customers = Participan los clientes que tienen un servicio en marcha.
contest-not-subscribers = Participan quienes eligieron saber de eventos y concursos.
contest-for-customers = Participan los clientes, con la sesión iniciada.
contest-sign-in = Iniciar sesión
contest-ask-text = Escriba la dirección en la que recibe noticias de eventos y concursos. Le enviamos el enlace para participar.
contest-ask-button = Envíenme el enlace
contest-asked-title = Mire su buzón
contest-asked-text = Si esta dirección recibe noticias de eventos y concursos, el enlace para participar está en camino.
contest-not-yet = ¿Aún no las recibe? <subscribe>Elíjalo primero</subscribe>.
contest-link-bad = El enlace ya no funciona, o ya no ha iniciado sesión. Siga desde la página del concurso.
contest-rules = Bases
contest-version = Versión { $version }
contest-versions = Todas las versiones:
contest-older = Una versión anterior. Quien la aceptó participa según ella.
contest-draw = El sorteo
contest-draw-text = { $n ->
    [one] Gana una participación.
   *[other] Ganan { $n } participaciones.
  } Antes de que nadie participara se sacó un número secreto, y su huella está aquí. Al final se publican la lista de números de participación y su huella, y luego el número: de ambos se sigue quién ganó, lo calcule quien lo calcule.
contest-commitment = Huella del número secreto (SHA-256)
contest-list-hash = Huella de la lista (SHA-256)
contest-seed = El número
contest-file = El sorteo como archivo
contest-verify = Repítalo con el archivo de esta página:
contest-entries = { $n ->
    [0] Ninguna participación
    [one] Una participación
   *[other] { $n } participaciones
  }
contest-won = ganó
contest-winners = Ganaron estas participaciones
contest-winners-text = De quién son no está aquí en ninguna parte. A quienes ganaron se les escribió.
contest-nobody = Nadie participó
contest-nobody-text = Así que nadie ganó.
contest-called-off-text = No se celebra. Las participaciones se borran tras su plazo.
contest-closed-text = Ya nadie puede participar. La lista de participaciones se publica en un momento.
contest-frozen-text = Ya nadie puede participar. La lista de participaciones está abajo; después se sortea.

# Para quienes los escriben.
contests-desk-lead = Quien puede participar lo hace una vez. Cualquiera puede repetir cada sorteo.
contests-see = Verlos
contests-desk-none = Aún no hay concursos
contests-desk-none-text = Diga qué se puede ganar y con qué bases.
contest-new = Escribir un concurso
contest-see = Ver el concurso
contest-title = Título
contest-state = Estado
contest-eligibility = Quién puede participar
contest-customers = Clientes
contest-customers-text = Contactos de clientes con un servicio en marcha, con la sesión iniciada.
contest-subscribers = Quienes reciben noticias de concursos
contest-subscribers-text = Quien eligió «Eventos y concursos», con cuenta o sin ella.
contest-opens = Se abre
contest-closes = Se cierra
contest-drawn = Sorteado
contest-places = Ganadores
contest-minimum-age = Edad mínima
contest-minimum-age-help = Una casilla que marcar; 0 para cualquier edad.
contest-entered-count = Participaciones
contest-introduction = Qué se puede ganar
contest-introduction-help = Markdown.
contest-rules-help = Markdown. Cada participación guarda la versión que se aceptó.
contest-rules-change = Cambiar las bases
contest-rules-change-help = Una versión nueva. Quien participó antes lo hizo según la anterior.
contest-rules-save = Poner en vigor la versión { $version }
contest-rules-changed = La versión { $version } está en vigor.
contest-language = Idioma
contest-slug = Dirección
contest-slug-help = Vacío para una hecha del título.
contest-save = Guardar
contest-saved = Guardado.
contest-publish = Publicar
contest-published = Todos lo ven ahora, con su huella.
contest-draw-now = Sortear
contest-draw-title = { $n ->
    [one] ¿Sortear entre una participación?
   *[other] ¿Sortear entre { $n } participaciones?
  }
contest-draw-warning = Se publica el número secreto y se escribe a quienes ganaron. Se sortea una vez.
contest-was-drawn = { $n ->
    [0] Nadie participó, así que nadie ganó.
    [one] Ganó una participación; se escribe a quien la tiene.
   *[other] Ganaron { $n } participaciones; se escribe a quienes las tienen.
  }
contest-call-off = Cancelar el concurso
contest-call-off-title = ¿Cancelar el concurso?
contest-call-off-warning = Su página lo dice. No puede deshacerse.
contest-was-called-off = Está cancelado.
contest-discarded = El borrador ya no está.
contest-desk-draft = Solo lo ve el personal. El número secreto ya está sacado y sellado.
contest-desk-scheduled = Todos lo ven; se participa desde su hora.
contest-desk-open = Llegan participaciones. Quién participa no se muestra a nadie.
contest-desk-closed = La lista se ordena y se publica en un momento.
contest-desk-frozen = La lista y su huella están publicadas. Sortee cuando quiera.
contest-desk-drawn = Se acabó. Cualquiera puede repetir el sorteo con el archivo de su página.
contest-desk-called_off = No se celebra.

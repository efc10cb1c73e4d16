# Lo que cada persona quiere saber. Cada tema de la política: su nombre, qué trae, cada cuánto.
topic-newsletter = Boletín
topic-newsletter-brings = Lo nuevo de nuestra casa, en una carta.
topic-newsletter-often = Una vez al mes.
topic-blog = Blog
topic-blog-brings = Artículos nuevos: cómo funciona el correo y cómo lo llevamos.
topic-blog-often = Cuando aparece uno, algunos al mes.
topic-status = Estado del servicio
topic-status-brings = Incidencias y mantenimiento en todas partes, también donde no le afectan.
topic-status-often = Cuando ocurre algo.
topic-status_receiving = Estado: recepción de correo
topic-status_receiving-brings = Incidencias y mantenimiento solo de esta parte.
topic-status_receiving-often = Cuando ocurre algo.
topic-status_sending = Estado: envío de correo
topic-status_sending-brings = Incidencias y mantenimiento solo de esta parte.
topic-status_sending-often = Cuando ocurre algo.
topic-status_mailboxes = Estado: buzones
topic-status_mailboxes-brings = Incidencias y mantenimiento solo de esta parte.
topic-status_mailboxes-often = Cuando ocurre algo.
topic-status_webmail = Estado: webmail
topic-status_webmail-brings = Incidencias y mantenimiento solo de esta parte.
topic-status_webmail-often = Cuando ocurre algo.
topic-status_customer_center = Estado: área de clientes
topic-status_customer_center-brings = Incidencias y mantenimiento solo de esta parte.
topic-status_customer_center-often = Cuando ocurre algo.
topic-product_updates = Novedades de sus servicios
topic-product_updates-brings = Cambios y funciones nuevas de los servicios que tiene.
topic-product_updates-often = Unas veces al año.
topic-new_services = Servicios nuevos
topic-new_services-brings = Servicios que empezamos a ofrecer.
topic-new_services-often = Unas veces al año.
topic-special_offers = Ofertas especiales
topic-special_offers-brings = Un precio mejor por un tiempo.
topic-special_offers-often = Como mucho una vez al mes.
topic-events_and_contests = Eventos y concursos
topic-events_and_contests-brings = Eventos a los que ir, y concursos.
topic-events_and_contests-often = Unas veces al año.
topic-feedback = Qué tal lo hicimos
topic-feedback-brings = Una pregunta breve sobre cómo lo hicimos.
topic-feedback-often = Como mucho una vez en 90 días.
topic-subscribed = Lo que ha suscrito
topic-news = Noticias del servicio
topic-marketing = Todas las ofertas
topic-all = Todo

topic-class-subscribed = Suscrito
topic-class-news = Noticia
topic-class-marketing = Oferta
topic-class-feedback = Pregunta

channel-email = Correo electrónico
channel-post = Correo postal
channel-telephone = Teléfono
choices-by-email = por correo electrónico
choices-by-post = por correo postal
choices-by-telephone = por teléfono

center-nav-choices = Qué quiero saber
nav-subscribe = Boletín
choices-title = Qué quiero saber
choices-lead = Marque lo que quiere y por qué vía. Un cambio vale al instante, antes del mensaje siguiente.
choices-stop = Parar todas las ofertas, por todas las vías
choices-stop-text = Un clic, y ninguna oferta le llega por correo electrónico, correo postal ni teléfono. Puede deshacerlo durante una hora.
choices-stop-button = Parar todas las ofertas
choices-stop-quiet = No le llega ninguna oferta
choices-stop-quiet-text = Ni por correo electrónico, ni por correo postal, ni por teléfono, salvo que marque alguna abajo.
choices-matrix = Tema por tema
choices-topic = Tema
choices-class-subscribed = Suscripciones
choices-class-subscribed-text = llegan cuando las pide
choices-class-news = Noticias de sus servicios
choices-class-news-text = llegan cuando las pide
choices-class-marketing = Ofertas
choices-class-marketing-text = llegan cuando las pide
choices-class-feedback = Nuestras preguntas
choices-class-feedback-text = llegan hasta que diga que no
choices-always = Los mensajes sobre sus facturas, su seguridad y los cortes que le afectan siempre le llegan.
choices-save = Guardar lo elegido
choices-saved = { $n ->
    [0] No cambió nada: queda como estaba.
    [one] Guardado: cambió una elección. Vale desde ahora.
   *[other] Guardado: cambiaron { $n }. Valen desde ahora.
  }
choices-stopped = No más ofertas, por ninguna vía. Vale desde ahora.
choices-undo = Deshacer
choices-undo-text = Acaba de parar algo. Si fue un descuido, deshágalo.
choices-undone = { $n ->
    [0] No había nada que recuperar.
    [one] Un tema llega de nuevo.
   *[other] { $n } temas llegan de nuevo.
  }
choices-gpc = Global Privacy Control
choices-gpc-now = Su navegador pide que no se le haga publicidad. Lo tomamos como un no a las ofertas por todas las vías y lo guardamos como recibo.
choices-gpc-since = Su navegador pide que no se le haga publicidad. Desde el { $date } lo tomamos como un no a las ofertas por todas las vías. Lo que marque aquí usted mismo sigue valiendo.
choices-note = Lo que puede ser cada clase de mensaje está en la <policy>política de privacidad</policy>.
receipts-title = Recibos
receipts-none = Aún no hay recibos
receipts-none-text = Cada elección suya se guarda aquí, con lo que se mostró y la política vigente.
receipts-older = { $n ->
    [one] Un recibo más antiguo
   *[other] { $n } recibos más antiguos
  }
receipt-yes = Sí a { $topic }, { $channel }
receipt-no = No a { $topic }, { $channel }
receipt-policy = política
receipt-policy-older = (una anterior)
receipt-from-page = en esta página
receipt-from-click = por el enlace bajo un mensaje
receipt-from-stop = con un clic
receipt-from-undo = deshecho
receipt-from-confirmation = por el enlace de confirmación
receipt-from-gpc = por la señal de su navegador

one-click-title = { $topic }: ¿no quiere más?
one-click-lead = Un clic, y se acaba al instante. No tiene que identificarse.
one-click-button = Parar estos mensajes
one-click-done = Se acabó
one-click-done-text = { $topic }: no llegará más. Vale desde ahora.
one-click-undone = Llega de nuevo
one-click-undone-text = { $topic } llega como antes.
one-click-offers = Parar todas las ofertas, por correo electrónico, postal y teléfono
one-click-others = Qué más le llega
one-click-keep = Conservar lo marcado
one-click-keep-help = Lo demás se detiene al momento. Para recibir más, suscríbase en nuestro sitio o elíjalo en el área de clientes.
one-click-kept = Su elección cuenta
one-click-kept-text = Lo que no conservó ya no le llegará.
one-click-foot = Los mensajes sobre facturas, seguridad y cortes siempre le llegan. Todo lo que puede elegir está en el <center>área de clientes</center>.
one-click-unclear = No está claro qué quiere parar. Abra el enlace otra vez y pulse su botón.

subscribe-title = Saber de nosotros
subscribe-lead = Sin cuenta. Elija, confirme su dirección y váyase con un clic cuando quiera.
subscribe-topics = ¿Qué quiere saber?
subscribe-topics-none = Elija al menos uno.
subscribe-gpc = Su navegador pide que no se le haga publicidad (Global Privacy Control); por eso no proponemos ofertas.
subscribe-email = Su dirección de correo electrónico
subscribe-email-help = La usamos solo para esto.
subscribe-button = Enviarme el enlace de confirmación
subscribe-foot = ¿Tiene una cuenta? Elija <sign_in>allí</sign_in>. Lo que prometemos está en la <policy>política de privacidad</policy>.
subscribe-sent-title = Mire en su buzón
subscribe-sent-text = Le hemos enviado un enlace. No llega nada antes de que lo siga y confirme.
subscribe-confirm = Un clic más
subscribe-confirm-lead = Confirme que quiere saber de nosotros en esta dirección.
subscribe-confirm-button = Sí, lo quiero
subscribe-done-title = Está suscrito
subscribe-done-text = Desde ahora le llega lo que eligió. Cada mensaje tiene un enlace con el que se acaba.
subscribe-bad-text = El enlace ya no vale. Pida uno nuevo.

# The staff console.
console-mark = Consola del personal
console-staff = Personal
console-sign-in = Iniciar sesión como personal
console-code-help = Los seis dígitos de su aplicación de autenticación. Sin ellos el personal no puede iniciar sesión.
console-sign-in-wrong = El nombre, la contraseña o el código no son correctos. Un código sirve una vez; espere al siguiente.
console-lead = Lo que espera a una persona.
console-nav-overview = Resumen
console-nav-orders = Revisión de pedidos
console-nav-customers = Clientes
console-nav-queue = Correo saliente
console-nav-jobs = Tareas
console-nav-sites = Sitios
console-nav-staff = Personal
staff-login = Nombre
search = Buscar
figure-orders_in_review = Pedidos en revisión
figure-queue = Mensajes salientes
figure-jobs_ready = Tareas listas
figure-jobs_running = Tareas en curso
figure-jobs_waiting = Tareas en espera
figure-jobs_dead = Tareas fallidas
figure-customers = Clientes
col-waiting = Espera desde
col-plan = Plan
col-score = Puntos
col-customer = Cliente
col-since = Desde
col-contacts = Contactos
col-destination = Destino
col-age = Espera
col-attempts = Intentos
col-answer = Última respuesta
col-kind = Tipo
col-error = Qué falló
col-permissions = Puede
col-factor = Segundo factor
orders-lead = Primeros pedidos que el control previo no decidió por sí solo. Los más antiguos, primero.
orders-none = Nada espera revisión
orders-none-text = Aquí aparecen los pedidos que necesitan a una persona.
order-asked = Preguntado
decide-title = Su decisión
decide-approve = Aprobar
decide-approve-title = ¿Aprobar este pedido?
decide-approve-text = Se cobra a la tarjeta, se emite la factura y se prepara el servicio.
decide-ask = Preguntar más
decide-ask-title = Preguntar al solicitante
decide-ask-text = El solicitante recibe su pregunta por correo. El pedido sigue en revisión.
decide-ask-send = Enviar la pregunta
decide-question = Su pregunta
decide-refuse = Rechazar
decide-refuse-title = ¿Rechazar este pedido?
decide-refuse-text = La autorización se devuelve. El solicitante recibe una respuesta clara y un modo de llegar a una persona.
decide-reason = Motivo para el expediente
decide-reason-help = Para los colegas; el solicitante no lo ve.
decide-incomplete = Algo quedó vacío. Abra el formulario otra vez y rellénelo.
decide-approved = El pedido está aprobado.
decide-refused = El pedido está rechazado.
decide-asked = La pregunta va de camino.
decide-late = Alguien ya ha decidido sobre este pedido.
screening-title = Lo que encontró el control previo
screening-score = { $score } puntos
screening-none = Nada habla en contra de este pedido.
screening-missing = No se conoce: { $what }. Lo que no se conoce nunca aprueba.
applicant-title = El solicitante
applicant-sealed = El nombre y la dirección están sellados. Abrirlos queda registrado, y el solicitante lo ve.
applicant-open = Abrir para esta revisión
applicant-recorded = Esta consulta queda anotada en el registro de uso del solicitante.
fact-name = Nombre
fact-organisation = Organización
fact-email = Correo electrónico
fact-email_domain = Dominio del correo
fact-address = Dirección
fact-country = País
fact-postal_code = Código postal
fact-phone = Teléfono
fact-mailboxes = Buzones
fact-card_country = País de la tarjeta
fact-orders_from_network = Pedidos desde la misma red en un día
fact-served_orders = Pedidos servidos antes
fact-refused_orders = Pedidos rechazados antes
staff-customers-lead = Enmascarados. Un perfil solo se abre con un hecho que lo justifique.
staff-customers-search = Buscar un cliente
staff-customers-help = Un número de registro, un dominio o una dirección de correo completa.
staff-customers-none = No se encontró a nadie
staff-customers-none-text = Solo se encuentran valores completos, porque los datos personales están cifrados.
customer-active = Activo
customer-new = Nuevo
customer-blocked = Bloqueado
queue-lead = Mensajes de camino a otros servidores. Las direcciones no se muestran.
queue-recipients = { $n ->
    [one] Un destinatario
   *[other] { $n } destinatarios
  }
queue-now = Intentar ahora
queue-tried = El envío del mensaje se intenta de inmediato.
queue-none = La cola está vacía
queue-none-text = Todo se ha entregado.
jobs-lead = Trabajo en segundo plano.
jobs-dead = Tareas fallidas
jobs-retry = Intentar otra vez
jobs-retried = La tarea se intenta otra vez.
jobs-none = Ninguna tarea fallida
jobs-none-text = Aquí aparecerían las tareas que fallaron definitivamente.
staff-lead = Quién trabaja aquí y qué puede hacer cada uno. El personal se añade en la línea de órdenes: mailkeep staff add.
staff-active = Activo
staff-off = Desactivado
screening-sealed = Los resultados son personales; se muestran cuando el expediente está abierto para esta revisión.
applicant-over = El pedido está decidido; su expediente está cerrado.
enrol-title = Configure su cuenta del personal
enrol-lead-password = Le damos la bienvenida, { $login }. Elija primero una contraseña.
enrol-lead-code = Escanee la imagen con su aplicación de autenticación y escriba el código que muestra.
enrol-lead-done = Su cuenta está lista. Guarde estos códigos de recuperación y después inicie sesión.
enrol-next = Continuar
console-waits = Lo que espera a una persona
waits-orders_in_review = { $n ->
    [0] Todos los pedidos están decididos.
    [one] Un pedido necesita a una persona; su solicitante espera.
   *[other] { $n } pedidos necesitan a una persona; sus solicitantes esperan.
  }
waits-orders_in_review-do = Revisar los pedidos
waits-queue = { $n ->
    [0] Todo se ha entregado a otros servidores.
    [one] Un mensaje va de camino a otro servidor.
   *[other] { $n } mensajes van de camino a otros servidores.
  }
waits-queue-do = Mostrar la cola
waits-jobs_dead = { $n ->
    [0] Ninguna tarea ha fallado definitivamente.
    [one] Una tarea ha fallado definitivamente y espera una decisión.
   *[other] { $n } tareas han fallado definitivamente y esperan una decisión.
  }
waits-jobs_dead-do = Mostrar las tareas
waits-none = Nada le espera
waits-none-text = Aquí aparece aquello en lo que puede trabajar; un colega con el permiso “staff” puede darle más.
you-lead = Su propia contraseña, tokens para programas y dónde tiene sesiones abiertas.
screening-list = lista del { $date }
decide-block = Rechazar y bloquear
decide-block-title = ¿Rechazar y no volver a servirlo?
decide-block-text = Primero debe estar de acuerdo otra persona. Después se rechaza el pedido y, desde entonces, lo que usted elija.
decide-block-send = Proponerlo
decide-block-proposed = Propuesto. Otra persona debe estar de acuerdo.
decide-blocked = El pedido está rechazado y lo nombrado, bloqueado.
decide-block-undone = El bloqueo queda descartado; el pedido espera una decisión.
decide-not-yours = Esto es para otra persona, o ya está resuelto.
block-proposed-title = Rechazar y bloquear: una segunda mirada
block-proposed-text = Alguien propone rechazar este pedido y, desde ahora, también esto. Todavía no ha pasado nada.
block-own = Usted lo propuso; otra persona debe estar de acuerdo.
block-agree = De acuerdo: rechazar y bloquear
block-disagree = No estoy de acuerdo
block-note-help = Para quien lo mire.
block-what = Qué se bloquea
block-kind-mail_address = La dirección de correo
block-kind-mail_domain = El dominio de correo
block-kind-network = La red
block-kind-card = La tarjeta
block-cause = Motivo
block-cause-card_testing = Se probaron tarjetas
block-cause-stolen_card = La tarjeta no era suya
block-cause-false_identity = No es quien dice ser
block-cause-spam = Envía spam
block-cause-chargeback = Devolvió pagos
block-since = Desde
block-until = Hasta
block-order = de un pedido
block-lift = Levantar
block-lifted = Levantado.
block-add-title = Bloquear un dominio de correo
block-add-text = Se rechaza todo primer pedido con una dirección de este dominio. Las direcciones, redes y tarjetas se bloquean con el pedido con el que llegaron.
block-add = Bloquearlo
block-added = El dominio está bloqueado.
console-nav-blocks = Lista de bloqueos
blocks-lead = Lo que no se vuelve a servir. Cada entrada acaba por sí sola; lo que llegó con un pedido es una huella que nadie puede leer.
blocks-none = Nada está bloqueado
blocks-none-text = Lo que dos personas rechazan y bloquean aparece aquí.
appeal-title = Una reclamación
appeal-sealed = Lo que se escribió está sellado. Abra abajo el expediente para leerlo.
appeal-answer = Su respuesta
appeal-answer-help = Se lee en la página del pedido y por correo.
appeal-grant = Volver a aceptar el pedido
appeal-decline = Mantener el rechazo
appeal-granted = El pedido espera de nuevo su pago.
appeal-declined = La respuesta está en camino.
documents-title = Documentos
documents-text = Abrir uno queda registrado y quien hizo el pedido lo ve. Se borran poco después de la decisión.
document-open = Abrir { $kind ->
        [pdf] el archivo PDF
        [png] la imagen PNG
       *[other] la imagen JPEG
    }

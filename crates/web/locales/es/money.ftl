# El dinero de un cliente: tarjetas, saldo, lo que se devuelve; y cómo lo mueve el personal.
center-nav-cards = Medios de pago
center-nav-credit = Saldo a favor
console-nav-invoices = Facturas
console-nav-cover = Protección de tarjetas
money-amount-wrong = Escriba un importe como 12.50.
money-no-invoice = Ninguna factura tiene este número.
money-open = Pendiente
money-paid = Pagado
money-credited = Abonado
money-sums = Sumas
money-of-tax = con { $tax } de impuesto
money-apart = { $amount } está apartado
money-left = { $amount } puede volver a la tarjeta
money-nothing-yet = Todavía nada.

# Medios de pago.
cards-title = Medios de pago
cards-lead = Las tarjetas que guarda con nosotros y para qué se puede cargar cada una.
cards-add = Añadir una tarjeta
cards-add-text = La escribe en la página del propio procesador de tarjetas. Su número nunca nos llega: guardamos la red, las cuatro últimas cifras y el mes en que termina.
cards-add-go = Ir al procesador de tarjetas
cards-for = Se puede cargar para
cards-for-help = Solo para renovaciones y cambios de lo que marque. Para todo lo nuevo volvemos a preguntar.
cards-none = No hay ninguna tarjeta
cards-none-text = Añada una y los servicios se renuevan solos. Sin tarjeta paga cada factura a mano.
cards-card = Tarjeta
cards-ends-in = Tarjeta que termina en
cards-unnamed = Tarjeta guardada el { $at }
cards-expires = Válida hasta
cards-since = Guardada desde el { $at }
cards-soon = Termina pronto
cards-over = Caducada
cards-default = Paga todo
cards-pays = Paga
cards-pays-nothing = Ahora no paga nada.
cards-keeps = Para quitarla, deje que pague antes otra tarjeta.
cards-all = Usar para todo
cards-all-title = ¿Dejar que esta tarjeta pague todo?
cards-all-text = Desde ahora se puede cargar para las renovaciones de lo que aquí figura, en lugar de las tarjetas que pagaban antes. Lo vencido y no pagado se intenta enseguida.
cards-all-yes = Usar esta tarjeta
cards-remove-title = ¿Quitar esta tarjeta?
cards-remove-text = El procesador de tarjetas la olvida, y nosotros también. Las facturas que pagó quedan como están.
cards-remove-yes = Quitar la tarjeta
cards-removed = La tarjeta se ha quitado.
cards-silent = El procesador de tarjetas no responde. No se ha quitado nada; inténtelo de nuevo en un momento.
cards-permissions = Qué paga qué
cards-permissions-text = Una tarjeta solo se carga para lo que usted permitió. Puede retirarlo en cualquier momento; el servicio continúa y usted paga sus facturas a mano.
cards-service = Servicio
cards-since-head = Permitido el
cards-by-hand = A mano
cards-switch = Otra tarjeta
cards-choose = Elegir tarjeta
cards-switch-title = ¿Qué tarjeta debe pagar?
cards-switch-text = Se puede cargar para las renovaciones de { $domain }. Lo vencido y no pagado se intenta enseguida.
cards-switch-yes = Usar esta tarjeta
cards-withdraw = Retirar
cards-withdraw-title = ¿Retirar el permiso?
cards-withdraw-text = Ya no se carga ninguna tarjeta para { $domain }. El servicio continúa; usted paga sus facturas a mano.
cards-permitted = La tarjeta paga desde ahora.
cards-withdrawn = El permiso se ha retirado.
cards-cover = ¿Se usó aquí mal una tarjeta sin culpa suya?

# Qué fue de una factura.
invoice-to-pay = { $amount } por pagar
invoice-pay = Pagar con tarjeta
invoice-pay-text = Vence el { $at }. El saldo de su cuenta se usa primero.
invoice-declined-text = Su banco rechazó la tarjeta que guarda con nosotros. Pague aquí con otra; el servicio continúa.
invoice-disputed-text = Su banco examina un pago de esta factura. Espere hasta que decida.
invoice-keep-card = Guardar esta tarjeta para las renovaciones de lo que factura esta factura
invoice-events = Qué ocurrió
invoice-event-paid = Pagado con tarjeta
invoice-event-paid-short = Pagado
invoice-event-charged = Cargado a la tarjeta guardada
invoice-event-charged-short = Pagado
invoice-event-declined = Su banco rechazó la tarjeta
invoice-event-declined-short = Rechazado
invoice-event-refund_begun = Vuelve a la tarjeta
invoice-event-refund_begun-short = En camino
invoice-event-refund_paid = Devuelto a la tarjeta
invoice-event-refund_paid-short = Devuelto
invoice-event-refund_failed = No pudo volver a la tarjeta; es saldo de la cuenta
invoice-event-refund_failed-short = En la cuenta
invoice-event-credit_note = Factura rectificativa
invoice-event-credit_note-short = Abonado
invoice-event-credit_applied = Pagado con saldo de la cuenta
invoice-event-credit_applied-short = Pagado
invoice-event-disputed = Pago disputado en el banco
invoice-event-disputed-short = En el banco
invoice-event-dispute_won = El banco decidió: el pago era correcto
invoice-event-dispute_won-short = Decidido
invoice-event-dispute_lost = El banco decidió: el pago se retira
invoice-event-dispute_lost-short = Otra vez debido

# Saldo.
credit-title = Saldo a favor
credit-lead = Lo que le debemos: de facturas rectificativas, de lo pagado dos veces o dado por nosotros.
credit-balance = En la cuenta
credit-how = Cómo se usa
credit-how-text = Paga primero su próxima factura, antes de cargar una tarjeta. No tiene que hacer nada.
credit-how-none = Cuando hay saldo, paga primero la próxima factura, antes de cargar una tarjeta.
credit-moved = Movimientos
credit-none = Todavía no hubo saldo
credit-none-text = El saldo de notas, devoluciones y facturas pagadas de más aparece aquí con su causa.
credit-see = Ver la factura
credit-kind-overpaid = Se pagó más de lo debido
credit-kind-credited = Factura rectificativa por lo pagado
credit-kind-cover = Protección de una tarjeta mal usada
credit-kind-applied = Pagó una factura
credit-kind-refund = Devuelto a la tarjeta
credit-kind-refund_failed = No pudo volver a la tarjeta
credit-kind-granted = Dado por nosotros
credit-kind-taken_back = Retirado por nosotros
credit-reason = Motivo
credit-reason-help = El cliente lo lee.
credit-reason-outage = Un servicio no fue lo que prometimos
credit-reason-mistake = Cometimos un error
credit-reason-good_will = Buena voluntad
credit-reason-given_in_error = Dado por error
credit-console-lead = Lo que hay en la cuenta, y dar o retirar. El cliente recibe aviso y ve el motivo.
credit-console-how = El saldo paga la próxima factura antes de cargar una tarjeta. Para devolver lo que tomó una factura, abra la factura: así los libros muestran lo que se vendió de menos.
credit-give-title = Dar o retirar
credit-act = Qué hacer
credit-give = Dar saldo
credit-give-text = Por lo que no se pagó nada: lo asumimos.
credit-take = Retirar saldo
credit-take-text = Como máximo lo que hay.
credit-before = Ahora en la cuenta
credit-after = Después
credit-give-do = Dar { $amount }
credit-take-do = Retirar { $amount }
credit-told = Pulsado dos veces se hace una. El cliente recibe un mensaje.
credit-done = Hecho. El cliente recibe aviso.
credit-too-much = En la cuenta hay { $held }.

# Condiciones aceptadas.
accepted-title = Condiciones aceptadas
accepted-lead = Qué versión aceptó, cuándo y con qué pedido.
accepted-current = Condiciones vigentes
accepted-at = Aceptadas
accepted-hash = Huella (SHA-256)
accepted-file = Texto
accepted-download = Descargar { $title }, versión { $n }
accepted-note = El texto se guarda como usted lo aceptó. Su huella figura con su pedido.
accepted-none = No se aceptaron condiciones
accepted-none-text = Cuando pida algo que tenga condiciones, la versión que acepte se guarda aquí.

# Un precio nuevo en la página de servicios.
service-coming = Viene un precio nuevo
service-coming-text = Desde el { $on } un plazo ({ $term }) cuesta { $new } en lugar de { $old }, antes de impuestos.
service-coming-right = Si no lo quiere, cambie el plan o cancele antes del { $on }: lo que tiene cuesta lo mismo hasta entonces, y marcharse no cuesta nada.
billing-language = Idioma de sus documentos
billing-language-help = De las próximas facturas y de las facturas rectificativas, extractos e informes de alojamiento que van con ellas. Lo ya emitido queda como está.
billing-approvals = Descuentos y exenciones
billing-approvals-text = Una persona los aprobó por la prueba que aquí se nombra. Escríbanos cuando ya no sea correcta.

# Protección de una tarjeta mal usada.
cover-title = Protección de una tarjeta mal usada
cover-lead = Si una tarjeta suya se usó mal aquí sin culpa suya, asumimos lo que su banco le deja, hasta { $most }.
cover-claims = Sus casos
cover-tell = Comunicar un mal uso
cover-payment = Pago
cover-how = Qué ocurrió
cover-how-stolen = La tarjeta se perdió o fue robada
cover-how-copied = Alguien usó su número
cover-how-unknown = No conozco este pago
cover-reported = Comunicado al banco el
cover-reported-help = Comuníquelo primero a su banco: puede bloquear la tarjeta.
cover-amount = Lo que el banco le deja
cover-amount-help = Como máximo { $most }, y no más de lo pagado.
cover-not-at-fault = No tuve parte en ello y no di la tarjeta a nadie
cover-send = Abrir un caso
cover-told = Su caso está abierto. Dos personas lo miran; le escribiremos por correo.
cover-no-payment = No hay ningún pago que comunicar
cover-no-payment-text = La protección vale para pagos hechos aquí con tarjeta. Cada uno puede tener un caso.
cover-works = Cómo funciona
cover-works-1 = Bloquee la tarjeta en su banco y comuníquele el pago. La mayoría de los bancos asumen todo salvo una pequeña parte.
cover-works-2 = Díganos qué le queda. Uno de nosotros lo mira, otro decide.
cover-works-3 = Lo que cubrimos es enseguida saldo de su cuenta.
cover-state-open = Abierto
cover-state-open-text = Nadie lo ha mirado todavía.
cover-state-recorded = En decisión
cover-state-recorded-text = Uno de nosotros lo ha mirado; otro decide.
cover-state-granted = Cubierto
cover-state-granted-text = El importe es saldo de su cuenta.
cover-state-refused = No cubierto
cover-state-refused-text = No está cubierto.
cover-because-at_fault = La tarjeta se usó con su participación.
cover-because-bank_pays = Su banco asume la pérdida.
cover-because-not_shown = Lo comunicado no encaja con el pago.
cover-staff-open = Falta el informe
cover-staff-recorded = Espera a una segunda persona
cover-staff-granted = Cubierto
cover-staff-refused = Rechazado
cover-console-lead = Tarjetas mal usadas que comunican los clientes. Una persona anota lo que encontró, otra decide.
cover-none = No hay casos abiertos
cover-none-text = Cuando un cliente comunica una tarjeta mal usada, aparece aquí.
cover-told-at = Comunicado
cover-claim = Tarjeta mal usada
cover-claim-lead = Como máximo { $most }, solo sin culpa del cliente y solo para un pago hecho aquí.
cover-record-title = ¿Qué encontró?
cover-record-text = Compare el pago con el pedido, su control y los inicios de sesión. Otra persona decide según lo que escriba.
cover-findings = Informe
cover-findings-help = Sin nombres. Se guarda sellado.
cover-record = Anotar y pasar
cover-recorded = Anotado. Otra persona decide.
cover-decide-title = Decidir
cover-decide-text = { $who } anotó un informe por { $amount }. Concedido, es enseguida saldo de la cuenta del cliente.
cover-grant = Conceder { $amount }
cover-grant-title = ¿Conceder este caso?
cover-grant-text = { $amount } pasa a ser saldo de la cuenta del cliente, y lo asumimos.
cover-grant-yes = Conceder
cover-granted = Concedido. El importe está en la cuenta.
cover-refuse = Rechazar
cover-refuse-title = ¿Rechazar este caso?
cover-refuse-text = El cliente recibe el motivo, con estas palabras.
cover-refused = Rechazado. El cliente recibe aviso.
cover-reason = Motivo
cover-wait = Espera a otra persona
cover-wait-text = Usted anotó el informe; otra persona decide.
cover-facts = Lo comunicado
cover-recorded-by = Informe de
cover-decided-by = Decidido por

# Facturas y devoluciones en la consola.
console-invoices-lead = Números, días e importes. Para devolver algo, abra la factura.
console-invoice-number = Número de la factura
console-invoice-find = Buscar
console-invoices-newest = Facturas más nuevas
console-invoices-none = Todavía no hay facturas
console-invoices-none-text = La primera se emite con el primer pedido.
refund-title = Devolver
refund-text = Escriba en cada línea lo que se abona, antes de impuestos; el impuesto sigue. Primero ve a cuánto asciende.
refund-line = Línea
refund-left = Queda
refund-credit = Abono
refund-credit-of = Abono de la línea { $n }, antes de impuestos
refund-to = Lo pagado va
refund-to-card = De vuelta a la tarjeta
refund-to-card-text = A la tarjeta que pagó; los bancos tardan unos días.
refund-to-account = A la cuenta
refund-to-account-text = Como saldo que paga la próxima factura.
refund-see = Ver a cuánto asciende
refund-whole = Todo lo que queda
refund-nothing = Escriba un importe en al menos una línea.
refund-comes-to = A cuánto asciende
refund-line-n = Línea { $n }
refund-tax = Impuesto
refund-note = Factura rectificativa
refund-off-open = Menos de lo debido
refund-back-card = De vuelta a la tarjeta
refund-back-account = Saldo de la cuenta
refund-do = Devolver { $amount }
refund-once = Pulsado dos veces se hace una.
refund-how = Cómo funciona
refund-how-1 = Una factura rectificativa con número propio retira las líneas; la factura queda como está.
refund-how-2 = Primero baja lo que aún se debe. Lo pagado vuelve a la tarjeta o queda como saldo.
refund-how-3 = Ve cada importe antes de confirmar, y nunca vuelve más de lo cobrado.
refund-done-account = La factura rectificativa { $number } está emitida.
refund-done-card = La factura rectificativa { $number } está emitida, y el dinero va camino de la tarjeta.
refund-done-begun = La factura rectificativa { $number } está emitida. El procesador aún no ha respondido; se le pregunta solo.
refund-done-failed = La factura rectificativa está emitida, pero el procesador rechazó la devolución. El dinero es saldo de la cuenta.
figure-disputes = Disputas por responder
waits-disputes = { $n ->
    [0] Ningún banco espera respuesta.
    [one] Un banco espera nuestra respuesta.
   *[other] { $n } bancos esperan nuestras respuestas.
  }
waits-disputes-do = Ver disputas
figure-cover = Tarjetas mal usadas
waits-cover = { $n ->
    [0] Ningún caso le espera.
    [one] Un caso le espera.
   *[other] { $n } casos le esperan.
  }
waits-cover-do = Ver casos
dispute-evidence = Ver la prueba
dispute-prepared = Hay una respuesta guardada y nadie sabe si el banco la tiene
dispute-prepared-text = Se guardó el { $at }, pero el procesador no respondió. Envíela de nuevo: primero se le pregunta, y solo la recibe si no tiene ninguna.
dispute-kept = Guardada aquí
transfers-recorded = Últimas anotadas
transfers-none = Todavía no se anotó ninguna transferencia.
transfer-credited = De ello saldo
movement-credit_granted = Saldo dado
movement-credit_taken_back = Saldo retirado
sandbox-expiring = Aprobar; la tarjeta termina este mes

# Lo que se vende una vez.
item-each = { $price } cada uno
item-an-hour = { $price } por hora
order-items = Una vez, con la primera factura
order-items-help = Déjelo vacío si no lo necesita.
service-extras = Pedir extras
extras-title = Pedir extras
extras-lead = Lo que se hace una vez, para { $domain }.
extras-what = ¿Qué necesita?
extras-order = Pedir por { $amount }
extras-card = El importe se carga a la tarjeta que paga este servicio.
extras-by-hand = Recibe una factura y la paga a mano.
extras-how-1 = Ve a cuánto asciende, con impuestos, antes de pedir.
extras-how-2 = Es una factura, pagada con la tarjeta que paga este servicio, y no vuelve.
extras-ordered = Pedido. Esta es la factura.
extras-none = No se ofrece nada
extras-none-text = Cuando se venda algo una vez, como un traslado de correo, aparece aquí.

hand-over-title = Entrega de todo
hand-over-lead = Todo el correo de todos los buzones y sus datos, como archivos para llevarse.
hand-over-warned-title = Sus servicios terminarán si esto no se remedia
hand-over-warned-text = Remédielo hasta el { $at } y escríbanos; entonces no ocurre nada. Si no, sus servicios terminan y en { $n } días recibe todo lo que guardamos para usted.
hand-over-making-title = Se están haciendo los archivos
hand-over-making-text = Recibirá un mensaje cuando estén aquí, a más tardar el { $at }.
hand-over-cured-text = El último aviso se retiró: está remediado.
hand-over-expired-text = Los archivos de la última entrega se quitaron al acabar su plazo.
hand-over-files = Archivos
hand-over-until = Hasta el { $at }
hand-over-records = Datos de su cuenta
hand-over-part = Parte { $n }, { $size }
hand-over-fetch = Descargar
hand-over-password = Para descargar un archivo, dé su contraseña poco antes. Las facturas abiertas no retienen nada.
hand-over-invoice = La factura
hand-over-ask-title = Pedirlo todo
hand-over-ask-text = Sus servicios siguen como están. Los archivos están aquí en { $n } días, casi siempre antes, y se pueden descargar durante { $keep } días.
hand-over-free = No cuesta nada.
hand-over-ask = Pedirlo todo
hand-over-ask-for = Pedirlo todo por { $amount }
hand-over-asked = Estamos haciendo los archivos. Recibirá un mensaje cuando estén aquí.
hand-over-holds = Lo que recibe
hand-over-holds-1 = De cada buzón, cada carpeta como archivo mbox, con lo leído, contestado, marcado y etiquetado. Otros proveedores y programas de correo lo leen.
hand-over-holds-2 = Los datos de su cuenta y de sus buzones para programas, con todas las facturas como documentos.
hand-over-holds-3 = Solo los propietarios lo descargan. Nadie de nosotros puede abrirlo.
hand-overs = Entregas
hand-overs-lead = Clientes a los que se avisó y clientes que lo reciben todo. Los archivos son solo para sus propietarios.
hand-overs-overdue = { $n ->
    [one] Una entrega ha pasado su día. En Tareas se ve por qué.
   *[other] { $n } entregas han pasado su día. En Tareas se ve por qué.
 }
hand-overs-none = No se avisó a nadie ni nadie pidió nada
hand-overs-none-text = Un aviso empieza en la página de un cliente; los propietarios piden en el Centro de clientes.
hand-over-one = Entrega
hand-over-cause = Porque
hand-over-cause-breach = No se cumple lo acordado
hand-over-cause-wish = Lo pidió un propietario
hand-over-opened = Empezada
hand-over-next = Lo siguiente
hand-over-next-cure = Se puede remediar hasta el { $at }
hand-over-next-due = Se entrega a más tardar el { $at }
hand-over-state-warned = Avisado
hand-over-state-cured = Remediado
hand-over-state-making = Se está haciendo
hand-over-state-ready = Se puede descargar
hand-over-state-expired = Quitada
hand-over-decide = ¿Está remediado?
hand-over-decide-wait = El cliente puede remediarlo hasta el { $at }. Antes no se puede terminar nada.
hand-over-decide-end = Los días para remediarlo pasaron el { $at }.
hand-over-cure = Retirar el aviso
hand-over-cure-text = Se dice a los propietarios que está remediado.
hand-over-cure-yes = Está remediado
hand-over-end = Terminar todos los servicios
hand-over-end-text = Todos los servicios del cliente terminan al acabar el día de hoy. Todo se entrega en { $n } días y se factura el cargo.
hand-over-end-yes = Terminar y entregar
hand-over-facts = Cómo va
hand-over-cure-until = Se puede remediar hasta
hand-over-ended-by = Terminado por
hand-over-due = Se entrega a más tardar
hand-over-charge = Cargo
hand-over-count = { $n ->
    [one] Un archivo, { $size }
   *[other] { $n } archivos, { $size }
 }
hand-over-fetch-until = Se puede descargar hasta
hand-over-sealed = El motivo y los archivos están sellados para el cliente. La política de privacidad no tiene ninguna regla por la que facturación los abra; tampoco quien escribió el motivo puede volver a leerlo aquí. Los propietarios lo tienen palabra por palabra en su correo.
hand-over-overdue = Pasado su día
hand-over-overdue-text = Debería estar entregada. La tarea lo intenta de nuevo por sí sola; en Tareas se ve por qué falla.
hand-over-warned = Los propietarios están avisados.
hand-over-cured = El aviso está retirado.
hand-over-ended = Los servicios terminan al acabar el día de hoy y se hacen los archivos.
hand-over-warn-title = Avisar de un final
hand-over-warn-lead = El cliente tiene { $cure } días para remediarlo. Solo después una persona puede terminar los servicios; todo se entrega en { $n } días.
hand-over-reason = Motivo
hand-over-reason-label = Qué no se cumple y cómo se remedia
hand-over-reason-help = Los propietarios lo leen palabra por palabra. Se guarda sellado para ellos; usted no podrá volver a leerlo aquí.
hand-over-told = { $n ->
    [one] Un propietario lo recibe por correo.
   *[other] { $n } propietarios lo reciben por correo.
 }
hand-over-warn = Avisar al cliente
leaving-all = Todo de una vez
leaving-all-text = Escribimos todo el correo de todos los buzones y sus datos en archivos que otros proveedores leen.
hand-over-notice-title-warned = Sus servicios terminarán si esto no se remedia
hand-over-notice-warned = Le hemos avisado de algo que no se cumple. Se puede remediar hasta el { $at }.
hand-over-notice-title-making = Se está entregando todo
hand-over-notice-making = Se están haciendo los archivos. Recibirá un mensaje cuando estén aquí.
hand-over-notice-title-ready = Todo lo que guardamos para usted está listo
hand-over-notice-ready = Descargue los archivos mientras están aquí; después se quitan.
hand-over-see = Ver más

# Lo que cada buzón puede tener además.
order-add-ons = Además, para cada buzón
order-add-ons-help = También puede añadirlo o quitarlo más tarde.
add-on-with = { $plan }: { $price }
grants-quota = { $space } más para cada buzón
grants-undelete = lo borrado se puede recuperar durante { $n ->
    [one] un día
   *[other] { $n } días
  }
grants-recipients = { $n ->
    [one] un destinatario más al día
   *[other] { $n } destinatarios más al día
  }
grants-message = mensajes de hasta { $size }
feature-add-on = { $name } disponible además
service-add-ons = Complementos
add-ons-title = Complementos
add-ons-lead = Lo que cada buzón de { $domain } tiene además de { $plan }, y lo que puede tener.
add-ons-held = Lo que tiene
add-ons-offered = Lo que puede añadir
add-ons-how-1 = Ve cuánto cuesta, con impuestos, antes de añadirlo.
add-ons-how-2 = Empieza enseguida, para cada buzón, y cuesta lo que queda del plazo; los buzones que lleguen después traen el suyo.
add-ons-how-3 = Si lo quita, termina con el plazo, y hasta entonces puede anularlo.
add-ons-none = No hay nada que añadir
add-ons-none-text = { $plan } ya lo incluye todo.
add-on-since = desde el { $at }
add-on-until = hasta el { $at }
add-on-remove = Quitar
add-on-remove-text = Si lo quita ahora, termina el { $at }.
add-on-keep = Conservarlo
add-on-now = Hoy, hasta el { $at }
add-on-free = No cuesta nada hasta el { $at }.
add-on-not-later = Termina el { $at }: el plan que empieza entonces no lo ofrece.
add-on-add = Añadir
add-on-add-for = Añadir por { $amount }
add-on-added = Añadido. Sus buzones lo tienen en un momento.
add-on-removed = Termina con el plazo. Hasta entonces puede conservarlo.
add-on-kept = Se queda.
change-ends = Termina el { $at }, porque { $plan } no lo ofrece: { $what }.
who-subscriptions = Servicios
who-subscriptions-none = Todavía no hay ningún servicio.
who-next = próxima factura el { $at }

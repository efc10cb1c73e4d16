# «Sus datos»: páginas y palabras del registro de usos.
# Purposes, as reasons: “to …”.
purpose-deliver = para prestar lo que pidió y facturarlo
purpose-prefill = para ahorrarle escribir lo mismo dos veces
purpose-troubleshoot = para encontrar y arreglar un fallo que usted comunicó
purpose-feedback = para preguntar qué tal lo hacemos
purpose-inform = para informarle de interrupciones, mejoras, ofertas y novedades
purpose-protect = para mantener el fraude y las intrusiones lejos de usted y de otros
purpose-comply = para atender un requerimiento legal
purpose-rights = para que pueda ver, corregir, llevarse y borrar lo suyo
purpose-audit = para mostrar quién usó sus datos

# Facts, as what was the case.
because-own-session = usted había iniciado sesión
because-managed-mailbox = alguien administraba su dominio
because-own-mailbox = el propio buzón había iniciado sesión
because-sign-in = alguien iniciaba sesión con su nombre
because-order-placed = un pedido suyo aún no estaba decidido
because-order-in-review = un pedido suyo esperaba la decisión de una persona
because-order-screened = se repitió el examen de su pedido
because-due-invoice = una factura suya vencía
because-service-ordered = un servicio suyo estaba en marcha
because-outbound-message = se iba a enviar un mensaje para usted
because-queued-message = un mensaje suyo estaba en camino
because-open-ticket = una consulta suya estaba abierta
because-ground = lo pedía un motivo registrado
because-second-person = una segunda persona estuvo de acuerdo
because-consent = usted había dado su consentimiento
because-fresh-permission = usted lo había permitido para este pedido
because-standing-permission = usted lo había permitido para este servicio
because-break-glass = alguien del personal abrió un caso con un motivo escrito
because-second-look = una segunda persona revisó el caso de un colega
because-request = una solicitud verificada sobre estos datos estaba abierta
because-term-ended = su plazo había terminado
because-site-consent = usted lo había permitido y tenía la sesión iniciada en el sitio
because = porque { $fact }
not-because = nada lo justificaba; se alegó: { $fact }

# As what somebody acts.
acting-person = usted
acting-mailbox = la persona que usa el buzón
acting-system = el programa
acting-support = personal: soporte
acting-billing = personal: facturación
acting-fraud-reviewer = personal: revisión de pedidos
acting-abuse-desk = personal: mesa de abusos
acting-privacy-officer = personal: privacidad
acting-writer = personal: redacción
acting-operator = personal: operación

# Who.
who-you = Usted
who-contact = Otro contacto de su organización
who-program = El programa ({ $name })
who-staff = { $role } ({ $name })
who-staff-mail = Alguien del personal, en su registro { $name }
task-answer-to-a-request = La respuesta a una solicitud
task-billing-run = El proceso de facturación
task-copy-of-your-data = La copia que usted pidió
task-erasure = El borrado que usted pidió
task-invoice-rendering = La elaboración de una factura
task-list-for-letters-and-calls = La lista de quienes pidieron cartas o llamadas
task-message-gate = El envío de mensajes a usted
task-order-fulfilment = La ejecución de su pedido
task-order-screening = La comprobación de su pedido
task-outgoing-delivery = La entrega de su correo
task-retention = El fin de un plazo
task-sign-in-check = La comprobación de un inicio de sesión
task-sign-in-to-a-site = Un inicio de sesión en un sitio

# What was done.
did-read = { $who } · leído: { $what }
did-change = { $who } · cambiado: { $what }
did-collect = { $who } · recogido: { $what }
did-send = { $who } · usado para enviar: { $what }
did-export = { $who } · llevado: { $what }
did-disclose = { $who } · comunicado: { $what }
did-erase = { $who } · borrado: { $what }
refused-read = { $who } · quiso leer: { $what }
refused-change = { $who } · quiso cambiar: { $what }
refused-collect = { $who } · quiso recoger: { $what }
refused-send = { $who } · quiso usar para enviar: { $what }
refused-export = { $who } · quiso llevarse: { $what }
refused-disclose = { $who } · quiso comunicar: { $what }
refused-erase = { $who } · quiso borrar: { $what }

# Categories.
kind-identity = Su nombre, idioma y zona horaria
kind-contact = Cómo se le puede contactar
kind-postal = Su dirección postal
kind-billing-address = A quién se dirigen las facturas
kind-payment-token = Referencias a sus tarjetas
kind-invoice = Facturas
kind-credential = Lo que prueba que usted es usted
kind-preferences = Sus elecciones y los nombres que puso
kind-organisation-link = Su organización y su papel en ella
kind-ticket = Lo que nos escribió y lo que respondimos
kind-mail-content = Sus mensajes
kind-mail-metadata = Remitentes, destinatarios, asuntos y fechas
kind-network = Redes y dispositivos
kind-fraud-signal = Lo que encontró la comprobación
kind-use-record = El registro de quién usó sus datos

# Fields.
field-persons-name = nombre
field-persons-language = idioma
field-persons-time-zone = zona horaria
field-persons-email = dirección de correo
field-persons-phone = teléfono
field-persons-postal = dirección postal
field-credentials-password = comprobación de su contraseña
field-credentials-totp-pending = segundo factor en preparación
field-credentials-totp-secret = segundo factor
field-one-time-tokens-email = dirección por confirmar
field-sessions-network = red de una sesión
field-sessions-device = dispositivo de una sesión
field-security-events-network = red de un suceso de seguridad
field-security-events-device = dispositivo de un suceso de seguridad
field-customers-name = nombre de la organización
field-contacts-name = nombres de contactos
field-contacts-email = direcciones de contactos
field-contact-invitations-email = direcciones de invitaciones
field-api-tokens-name = nombres de los testigos de acceso
field-site-consents-subject = el nombre por el que un sitio le conoce
field-orders-billing = dirección de facturación de un pedido
field-orders-applicant = contacto de quien hizo el pedido
field-orders-network = red de un pedido
field-billing-profiles-details = datos de facturación
field-qualifications-evidence = justificante de un descuento o una exención
field-payment-methods-token = referencia a una tarjeta
field-payment-methods-face = por lo que conoce una tarjeta
field-invoices-snapshot = facturas
field-invoice-documents-pdf = facturas como documentos
field-screenings-facts = lo que miró la comprobación
field-screenings-assessment = lo que encontró la comprobación
field-order-decisions-note = nota sobre una decisión
field-order-questions-question = preguntas sobre un pedido
field-order-questions-answer = respuestas sobre un pedido
field-ticket-letters-message-id = identificador de una carta
field-ticket-letters-raw = carta a soporte
field-ticket-writers-email = dirección de quien nos escribió
field-tickets-title = asunto de una consulta
field-ticket-entries-words = lo que se escribió en una consulta
field-cover-cases-findings = lo que se halló sobre una tarjeta mal usada
field-disputes-summary = lo que respondimos a una disputa
field-disputes-evidence = pruebas para una disputa
field-dkim-keys-private-key = claves que firman el correo
field-mailboxes-address = dirección de un buzón
field-mailboxes-display-name = nombre de quien usa el buzón
field-addresses-address = alias y listas
field-list-members-address = miembros de listas
field-app-passwords-label = nombres de dispositivos
field-folders-name = nombres de carpetas
field-keywords-name = etiquetas de mensajes
field-message-index-meta = sobres de mensajes
field-message-index-filter = filtros de búsqueda
field-message-bodies-content = mensajes
field-message-bodies-search-text = texto para la búsqueda
field-search-packs-words = palabras para la búsqueda
field-search-packs-places = lugares de las palabras
field-queue-messages-envelope = sobres de mensajes salientes
field-queue-messages-content = mensajes salientes
field-queue-recipients-address = destinatarios de mensajes salientes
field-queue-recipients-last-answer = respuestas de otros servidores
field-ledger-entries-payload = registro de usos
field-outbound-messages-context = mensaje para usted
field-consents-network = red de una elección
field-subscribers-email = dirección de correo de una suscripción
field-break-glass-reason = motivo escrito de un caso
field-break-glass-verdict-words = palabras de una segunda persona sobre un caso
field-break-glass-settled-words = cómo se resolvió un caso discutido
field-disclosure-documents-content = documento de una comunicación
field-unusual-uses-explanation = explicación de un acceso inusual
field-subject-requests-reason = lo que escribió en una oposición
field-subject-requests-answer = respuesta a una oposición
field-exports-content = copia de sus datos
field-mail-body = mensajes
field-mail-search-text = texto para la búsqueda
field-mail-envelope = sobres de mensajes

# What tables hold.
holds-persons = Su perfil
holds-credentials = Comprobación de contraseña y segundo factor
holds-one-time-tokens = Enlaces en mensajes
holds-sessions = Dónde ha iniciado sesión
holds-security-events = Lo que pasó con su inicio de sesión
holds-customers = Su organización
holds-contacts = Contactos
holds-contact-invitations = Invitaciones
holds-api-tokens = Testigos de acceso
holds-site-consents = Lo que usted permitió pasar a sitios
holds-orders = Pedidos
holds-billing-profiles = Datos de facturación
holds-qualifications = Descuentos que aprobó una persona
holds-payment-methods = Referencias a tarjetas
holds-invoices = Facturas
holds-invoice-documents = Facturas como documentos
holds-screenings = Lo que encontró la comprobación de un pedido
holds-order-decisions = Decisiones sobre pedidos
holds-order-questions = Preguntas sobre pedidos y respuestas
holds-tickets = Consultas
holds-ticket-entries = Lo que se escribió en las consultas
holds-cover-cases = Casos de tarjetas mal usadas
holds-disputes = Disputas de pagos
holds-dkim-keys = Claves que firman el correo
holds-mailboxes = Buzones
holds-addresses = Alias y listas
holds-list-members = Miembros de listas
holds-app-passwords = Contraseñas de dispositivos
holds-folders = Carpetas
holds-keywords = Etiquetas de mensajes
holds-message-index = Sobres y filtros de búsqueda de mensajes
holds-message-bodies = Mensajes
holds-search-packs = Palabras de los mensajes para la búsqueda
holds-queue-messages = Mensajes salientes
holds-queue-recipients = Destinatarios de mensajes salientes
holds-ledger-entries = El registro de usos
holds-outbound-messages = Mensajes que le enviamos
holds-consents = Lo que eligió saber
holds-subscribers = Suscripciones sin cuenta
holds-break-glass = Casos del personal con motivo escrito
holds-disclosure-documents = Documentos de comunicaciones
holds-unusual-uses = Accesos inusuales del personal
holds-subject-requests = Solicitudes sobre sus datos
holds-exports = Copias de sus datos

# Where rows come from.
source-persons = Lo escribió al registrarse o en su perfil.
source-credentials = Usted lo eligió; solo se guarda una comprobación.
source-one-time-tokens = Usted pidió un enlace.
source-sessions = Surge cuando inicia sesión.
source-security-events = Surge cuando cambia algo de su inicio de sesión.
source-customers = Lo escribió en el pedido.
source-contacts = Surge de un pedido o de una invitación aceptada.
source-contact-invitations = Lo escribió en la página de contactos.
source-api-tokens = Lo escribió al crear el testigo.
source-site-consents = Surgió cuando inició sesión en un sitio.
source-orders = Está como se hizo el pedido y no se cambia después.
source-billing-profiles = Lo escribió en el pedido o en los datos de facturación.
source-qualifications = La oficina de facturación anotó qué documento vio.
source-payment-methods = Nos la dio el procesador de tarjetas; el número nunca nos llega.
source-invoices = Surge de lo que pidió.
source-invoice-documents = Se elabora a partir de la factura.
source-screenings = Surge de la comprobación de un primer pedido.
source-order-decisions = Lo escribió quien revisó.
source-order-questions = La revisión preguntó, usted respondió.
source-tickets = Usted o nosotros lo escribimos al abrir la consulta.
source-ticket-entries = Lo escribió usted, o el soporte.
source-cover-cases = Lo escribió facturación.
source-disputes = Lo escribimos cuando se disputó un pago en su banco.
source-dkim-keys = Lo creó el programa.
source-mailboxes = Se escribió al crear el buzón.
source-addresses = Lo escribió en las páginas de buzones y alias.
source-list-members = Lo escribió en la página de alias.
source-app-passwords = Se escribió al crear la contraseña.
source-folders = Lo crearon programas de correo.
source-keywords = Lo crearon programas de correo.
source-message-index = Surge del correo recibido o escrito.
source-message-bodies = Surge del correo recibido o escrito.
source-search-packs = Surgen para que el correo se pueda buscar.
source-queue-messages = Surge del correo escrito.
source-queue-recipients = Surge del correo escrito.
source-ledger-entries = Surge con cada uso de sus datos.
source-outbound-messages = Surge cuando tenemos algo que decirle; el contenido se borra al enviarlo.
source-consents = Usted lo eligió, también con el enlace bajo un mensaje.
source-subscribers = Usted la escribió en el formulario de suscripción.
source-break-glass = Lo escribió alguien del personal.
source-disclosure-documents = Lo archivó quien responde por la privacidad.
source-unusual-uses = Lo encontró el programa y lo explicó el personal.
source-subject-requests = Usted lo escribió y respondimos.
source-exports = Usted la pidió.

# The pages.
center-nav-details = Datos de facturación
privacy-title = Sus datos
privacy-lead = Lo que guardamos sobre usted, por qué y quién lo usó. Todo puede verlo, corregirlo, llevárselo y borrarlo.
privacy-overview = Resumen
privacy-held = Lo que guardamos
privacy-held-text = Cada campo con su valor, su motivo y su fin
privacy-uses = Quién los usó
privacy-copy = Llevarse una copia
privacy-copy-text = Todo en un archivo, para leer y para programas
privacy-sites = Sitios
privacy-sites-text = Dónde inicia sesión con su número y qué se pasa
privacy-objections = Oponerse
privacy-objections-text = Decir no a un uso; responde una persona
privacy-erasure = Borrar
privacy-erasure-text = Ver qué se va y qué queda, y luego decidir
privacy-newest = Últimos usos por otros
privacy-newest-none = Nadie salvo usted ha usado sus datos todavía.
privacy-staff-last = El personal miró por última vez { $at }
privacy-staff-never = Nadie del personal ha mirado nunca
privacy-uses-all = Ver todos los usos
privacy-ways = Lo que puede hacer
privacy-head = Cabeza del registro, firmada
privacy-head-text = Guarde esta línea: también está en sus facturas. Quien reescriba el registro después no podrá hacerla encajar. <verify>Compruébela aquí</verify>.
notices-title = { $n ->
    [one] Alguien del personal usó sus datos
   *[other] { $n } usos de sus datos por el personal
 }
notices-text = La última vez { $at }. Vea quién, para qué y qué hecho lo justificó.
notices-see = Ver
notices-seen = Ya lo he visto
ledger-refused = Denegado
ledger-none = Nada registrado todavía
ledger-none-text = En cuanto alguien use algo suyo, aparecerá aquí.
ledger-note = Las entradas contienen los nombres de los campos, nunca sus valores. Están encadenadas y su cabeza se firma cada hora: se notaría si se quitara una. Lo que significa cada finalidad está en la <policy>política</policy>; los archivos con pruebas se <verify>comprueban aquí</verify>, también sin conexión.
uses-lead = Cada uso de lo suyo, el más reciente primero, con su motivo. También lo denegado.
uses-why = { $purpose } · { $because }
uses-download = Con pruebas
uses-user = Por quién
uses-purpose = Para qué
uses-from = Desde
uses-until = Hasta
uses-filter = Mostrar
uses-everybody = Todos
uses-others = Todos menos usted
uses-by-you = Usted
uses-by-contact = Otros contactos
uses-by-program = El programa
uses-by-staff = Personal
uses-refused = Lo que se denegó
uses-every-purpose = Cualquier finalidad
uses-all = Mostrar todo
uses-older = Anteriores
uses-folded = { $n ->
    [one] Usted, una vez
   *[other] Usted, { $n } veces
 }
uses-none-such = Ningún uso así
uses-none-such-text = Nada en el registro encaja con lo elegido.
uses-policy = Política vigente:
uses-seen = Anotado. Las entradas siguen en el registro.
use-title = Un uso en detalle
use-proof = Este uso con su prueba
use-details = Detalles
use-was-allowed = Permitido por una regla
use-when = Cuándo
use-as = Como qué
use-fields = Campos
use-categories = Clases de datos
use-fact = Hecho
use-rule = Regla
use-refusal = Por qué se denegó
use-policy = Política
use-policy-now = la vigente
use-policy-then = una anterior
use-place = Lugar
use-place-text = { $position } de todas las entradas, { $sequence } de esta cadena
use-proof-text = El archivo con la prueba muestra a cualquiera que esta entrada está en el registro y que el registro solo creció. <verify>Compruébelo en su navegador</verify>.
held-lead = Por clases, con los valores actuales: de dónde viene cada uno, para qué, quién puede verlo y cuándo se va.
held-empty = Aquí no hay nada.
held-more = { $n ->
    [one] y uno más
   *[other] y { $n } más
 }
held-closed = Cerrado: no se muestra a nadie.
held-elsewhere = { $n ->
    [one] Uno, en su propia página
   *[other] { $n }, en su propia página
 }
held-correct = Corregir
held-see = Ver
held-correct-what = Corregir: { $what }
held-see-what = Ver: { $what }
held-used = Se usa
held-seen-by = Pueden verlo, cada uno con un hecho:
held-kept = Se guarda
held-note = Mirar esta página también es un uso: está en su <uses>registro</uses>. Lo que significa cada clase lo dice la <policy>política</policy>.
copy-lead = Todo lo que guardamos sobre usted en un archivo que se abre sin conexión.
copy-holds = Qué contiene
copy-page = Una página para leer, en cualquier navegador
copy-json = Lo mismo para programas, en JSON con su esquema
copy-invoices = Sus facturas como documentos
copy-uses = El registro de quién usó sus datos, con pruebas
copy-customers = Contiene también lo guardado sobre { $names }, que es suyo.
copy-mail = El correo se lleva con cualquier programa de correo o desde el <mail>webmail</mail>: puede ser grande.
copy-kept = { $n ->
    [one] Se puede recoger durante una hora; después se elimina.
   *[other] Solo usted puede recogerla durante { $n } horas; después se elimina.
 }
copy-ask = Hacer una copia
copy-asked = La copia se está haciendo. Le escribiremos cuando esté lista.
copy-of = Copia del { $at }
copy-is-ready = Su copia está lista
copy-ready-until = Puede recoger una copia de sus datos hasta { $at }.
copy-until = { $size } · hasta { $at }
copy-fetch = Recoger
copy-failed = No se pudo hacer la copia
copy-failed-text = Algo falló por nuestra parte y se nos avisó. Pídala otra vez, por favor.
copy-being-made = La copia se está haciendo
copy-progress = Progreso
copy-parts = { $done } de { $total } partes
copy-removed = La copia se ha eliminado.
copied-head = Sus datos
copied-lead = Todo lo que se guardaba sobre usted al hacer esta copia. El archivo de al lado dice lo mismo a los programas.
copied-person = Sobre usted
copied-customer = Sobre su organización
copied-mailbox = Sobre un buzón
copied-staff = Sobre su cuenta de personal
copied-beside = Lo que el programa anotó al lado
copied-uses = Quién usó sus datos
copied-uses-text = { $n ->
    [one] Un uso, con su prueba bajo la cabeza de abajo:
   *[other] { $n } usos, con sus pruebas bajo la cabeza de abajo:
 }
copied-not-here = Lo que no está en esta copia
copied-mail = Los mensajes se llevan con cualquier programa de correo o desde el webmail.
copied-left-out = Guardado y no entregado a nadie: { $what }.
copied-policy = Política vigente:
objections-lead = Puede decir no a un uso de sus datos. Las ofertas y preguntas cesan al instante; en lo demás, una persona sopesa su motivo y responde en un mes.
objections-choices = Las ofertas y novedades se eligen una a una en <choices>Qué quiero saber</choices>.
objection-new = Una nueva oposición
objection-use = Qué uso
objection-reason = Su motivo
objection-reason-help = Necesario en aquello en que se apoya el servicio. Solo lo lee quien responde por la privacidad, y usted ve cuándo.
objection-send = Oponerse
objection-to = Oposición: { $purpose }
objection-waits = Espera respuesta
objection-granted = El uso termina
objection-refused = Continúa
objection-partly = Termina en parte
objection-you = Usted, { $at }
objection-we = Nuestra respuesta, { $at }
objection-due = Tendrá respuesta antes del { $at }.
objection-made = Su oposición queda registrada. Se le avisará cuando tenga respuesta.
objection-stopped = Hecho: esos mensajes han cesado. La oposición queda registrada y recibirá respuesta.
objection-too-many = Muchas de sus oposiciones esperan respuesta. Espere primero a esas, por favor.
object-protect = Comprobación, redes de inicio de sesión
object-feedback = Cesa al instante
object-inform = Ofertas y novedades cesan al instante; las interrupciones se siguen avisando
object-deliver = Sin él quizá deba terminar el servicio
erasure-lead = Antes de que pase nada, vea qué se va, qué queda y por qué, y qué termina.
erasure-goes = Lo que se va
erasure-goes-text = { $n ->
    [one] Se vuelve ilegible al instante: la clave se destruye. Un día después no queda copia de la clave.
   *[other] Se vuelve ilegible al instante: la clave se destruye. { $n } días después no queda copia de la clave.
 }
erasure-stays = Lo que queda
erasure-stays-text = La ley lo exige. Está bajo una clave propia que se destruye al acabar el plazo.
erasure-stays-nothing = No queda nada suyo.
erasure-until = { $years ->
    [one] durante un año desde su fecha
   *[other] durante { $years } años desde su fecha
 }
erasure-ends = Lo que termina
erasure-sessions = Su inicio de sesión, en todos los dispositivos
erasure-customers = { $names }: nadie más es propietario
erasure-services = { $n ->
    [one] un servicio, hoy
   *[other] { $n } servicios, hoy
 }
erasure-domains = { $n ->
    [one] un dominio, con su correo
   *[other] { $n } dominios, con su correo
 }
erasure-mailboxes = { $n ->
    [one] un buzón con todos sus mensajes
   *[other] { $n } buzones con todos sus mensajes
 }
erasure-left = { $names }: sigue sin usted; los demás contactos no se ven afectados
erasure-owes = Aún hay <invoices>algo pendiente</invoices>. Se sigue debiendo.
erasure-ask = Borrarlo todo
erasure-copy-first = Llévese antes una <copy>copia</copy>: después no habrá ninguna.
erasure-number = Su número de registro
erasure-number-help = Escriba { $id }, para que nadie lo haga por accidente.
erasure-number-wrong = Ese no es su número de registro.
erasure-at-once = No esperar un día
erasure-at-once-help = Si no, puede deshacerlo en 24 horas.
erasure-do = Borrar mis datos
erasure-waits = Sus datos se borrarán en 24 horas. Hasta entonces puede deshacerlo. El enlace al certificado está en su correo.
erasure-begins = Sus datos se están borrando. El enlace al certificado está en su correo.
erasure-planned = Sus datos se borrarán el { $at }
erasure-planned-text = Hasta entonces todo sigue igual. Después nadie puede recuperarlo, nosotros tampoco.
erasure-undo = Conservar mis datos
erasure-undo-here = Verlo o deshacerlo
erasure-undone = No se borró nada. Todo está como antes.
erasure-undone-title = Sus datos se quedan
erasure-too-late = No hay nada que deshacer: ya se deshizo o ha empezado.
erasure-too-late-title = No se puede deshacer
erased-title = Borrado de sus datos
erased-cooling = Sus datos se borrarán
erased-cooling-text = El { $at }. Hasta entonces puede deshacerlo aquí o en el Centro de clientes. Guarde este enlace: el certificado estará aquí.
erased-working = Sus datos se están borrando
erased-working-text = Tarda un momento. Después el certificado estará aquí.
erased-done = Sus datos están borrados
erased-done-text = { $id }, el { $at }. El certificado se puede recoger una vez; después no guardamos copia.
erased-fetched = Sus datos están borrados
erased-fetched-text = { $id }, el { $at }. El certificado se recogió; no hay otra copia.
erased-undone = Sus datos se quedan
erased-undone-text = El borrado se deshizo; no se borró nada.
certificate-fetch = Recoger el certificado
certificate-gone = El certificado ya se recogió, o no hay ninguno para este enlace.
certificate-title = Certificado de borrado
certificate-text = Los datos del perfil { $id } se borraron, como se pidió el { $asked }.
certificate-done = Hecho el { $at }
certificate-unreadable = ilegible: la clave está destruida
certificate-kept = { $years ->
    [one] se guarda un año desde su fecha, como exige la ley
   *[other] se guarda { $years } años desde su fecha, como exige la ley
 }
certificate-final = Cuándo ya nadie podrá leerlo
certificate-final-text = El { $at } desaparece la última copia de la clave: desde entonces los datos no pueden leerse de ninguna copia.
certificate-proof = Prueba
certificate-proof-text = El borrado es la entrada { $n } del registro de usos, bajo esta cabeza firmada:
certificate-proof-json = La prueba para programas
verify-title = Comprobar el registro
verify-lead = No nos crea: compruebe usted que un uso está en el registro y que nunca se reescribió.
verify-do = Comprobar aquí
verify-file = Archivo con pruebas
verify-file-help = De «Quién los usó» o de una copia de sus datos. Se queda en su navegador.
verify-head = Cabeza en una factura
verify-head-help = La línea de una factura antigua: debe ser el comienzo del registro de hoy.
verify-run = Comprobar
verify-good = Todo encaja
verify-bad = No encaja
verify-signed = La cabeza sobre %n% entradas está firmada con la clave publicada.
verify-entries = Usos que dicen lo que se fijó y están en el registro: %n%.
verify-grew = El registro de %n% entradas es el comienzo de este: solo creció.
verify-head-fits = Su línea sobre %n% entradas es el comienzo del registro de hoy.
verify-unreadable = No se puede leer. Elija un archivo con pruebas tal como se descargó, o una línea entera de una factura.
verify-nothing = Elija primero un archivo o escriba una línea.
verify-other-key = Está firmado con otra clave distinta de la publicada.
verify-bad-signature = La firma no encaja con la cabeza: una de las dos se cambió.
verify-bad-payload = Un uso dice otra cosa que lo fijado.
verify-bad-path = Un uso no está en el registro bajo esta cabeza.
verify-bad-growth = El registro anterior no es el comienzo de este: se reescribió. Conserve lo que tiene y cuénteselo a otros.
verify-offline = Para esta línea hay que traer la prueba y ahora no hay conexión.
verify-old-browser = Este navegador no puede comprobar firmas Ed25519. Use uno más nuevo o el comando de abajo.
verify-no-script = Sin JavaScript esta página no puede comprobar por sí misma; abajo está cómo lo hacen otros.
verify-how = Cómo funciona
verify-how-1 = Cada uso es una entrada; su hash abarca quién, qué, por qué y cuándo, y la entrada anterior.
verify-how-2 = Todas las entradas son hojas de un árbol (RFC 6962); su raíz cambia si cambia alguna.
verify-how-3 = Cada hora se firma la raíz; la cabeza firmada está en sus facturas.
verify-how-4 = Una prueba son los pocos hashes que llevan de su entrada a esa cabeza.
verify-no-network = Una vez cargada, esta página no necesita red y no envía nada suyo.
verify-others = Con herramientas de otros
verify-others-text = La cabeza es una <note>C2SP signed note</note> en la forma <log>tlog-checkpoint</log>; cualquier comprobador de esa forma la acepta. El comando de este programa también:
verify-command = Comando
verify-key = Clave publicada
verify-newest = Cabeza más reciente
verify-growth = Prueba de crecimiento
billing-title = Datos de facturación
billing-lead = A quién se dirigen sus próximas facturas. Las emitidas quedan como están.
billing-details = Dirección de facturación
billing-organisation = Organización
billing-saved = Guardado. Su próxima factura lo llevará.
billing-name = Nombre del cliente
billing-name-help = Así lo ven sus contactos en el Centro de clientes.
billing-name-saved = El nuevo nombre está en uso.
mailbox-user-name = Nombre de quien lo usa
mailbox-user-name-help = Lo llevan las cartas del webmail.
mailbox-name-saved = El nombre está guardado.

mail-uses = Quién usó este buzón
mail-uses-lead = Cada uso de su correo, el más reciente primero, con su motivo. Nadie de nuestro personal puede leer los mensajes.

# The console.
console-nav-requests = Solicitudes
requests-title = Oposiciones
requests-lead = Personas que dicen no a un uso de sus datos. Cada una debe responderse en un mes.
requests-waiting = En espera
requests-none = Nada espera
requests-none-text = Todas las oposiciones tienen respuesta.
requests-answered = Respondidas
requests-purpose = Uso
requests-made = Recibida
requests-due = Vence
requests-outcome = Decisión
request-title = Una oposición
request-due = Vence { $at }
request-closed = Esta oposición se respondió; lo escrito vuelve a estar cerrado.
request-sealed = Lo que la persona escribió está cerrado
request-sealed-text = La oposición justifica abrir su texto y nada más de la persona. Se le avisa de que usted lo leyó.
request-open = Abrir el texto
request-reason = Lo que la persona escribió
request-no-reason = No se dio ningún motivo.
request-answer = La respuesta
request-answer-words = En palabras sencillas
request-answer-help = Diga qué termina o por qué continúa. La persona lo lee en el Centro de clientes.
request-answer-send = Enviar la respuesta
request-answered = La respuesta se ha enviado.
request-answered-before = Mientras tanto la respondió un colega.
request-object = Oponerse
request-outcome-granted = El uso termina
request-outcome-partly = Termina en parte
request-outcome-refused = Continúa
field-order-documents-document = documentos que muestran quién es usted
field-order-appeals-appeal = lo que usted escribió contra un rechazo
field-order-appeals-answer = lo que respondimos
field-order-refusals-note = notas sobre un rechazo
holds-order-documents = Documentos que muestran quién es usted
holds-order-appeals = Lo que usted escribió contra un rechazo, y nuestras respuestas
holds-order-refusals = Propuestas de rechazar un pedido
source-order-documents = Usted los envió con un pedido.
source-order-appeals = Usted lo escribió, nosotros respondimos.
source-order-refusals = Los escribió quien revisó el pedido.

# Lo que el personal ve de las personas, y cómo se vela por ello.
console-nav-privacy = Privacidad
console-nav-house = La casa
console-nav-break = Acceso de emergencia
console-nav-second = Segunda mirada
console-nav-unusual = Accesos inusuales
console-nav-disclosures = Divulgaciones
figure-second_look = Segunda mirada
figure-unusual = Accesos inusuales
figure-break_glass_late = Alarmas de accesos de emergencia
waits-second_look = { $n ->
    [0] Ningún compañero le espera.
    [one] Algo que hizo un compañero espera a otra persona.
   *[other] { $n } cosas que hicieron compañeros esperan a otra persona.
  }
waits-second_look-do = Mirar
waits-unusual = { $n ->
    [0] No hay nada inusual sin explicar.
    [one] Un acceso inusual espera una explicación o el acuerdo de alguien.
   *[other] { $n } accesos inusuales esperan una explicación o el acuerdo de alguien.
  }
waits-unusual-do = Mostrar
waits-break_glass_late = { $n ->
    [0] Ningún caso está atrasado ni impugnado.
    [one] Un caso está impugnado, o nadie lo miró en un día.
   *[other] { $n } casos están impugnados, o nadie los miró en un día.
  }
waits-break_glass_late-do = Resolver

masked = Oculto
open-title = Abrir nombre y contactos
open-now = Abierto:
open-until = Se oculta de nuevo en { $seconds } segundos. Este uso queda registrado; el cliente puede leerlo.
open-mask = Ocultar ahora
open-facts = Esto justifica mirar ahora:
open-do = Abrir
open-under = Abrir por: { $fact }
open-minute = Queda abierto un minuto y termina con el hecho. El cliente lee en su propio registro que usted miró, y por qué.
open-no-fact = Nada justifica mirar a este cliente ahora: ningún pedido suyo espera revisión y nada vence.
open-other-role = { $fact }: eso es para compañeros con el papel { $roles }.
open-anyway = Intentar abrir
open-anyway-text = Sin un hecho, el programa lo rechaza. El intento queda registrado, y el cliente puede leerlo.
open-refused = Sigue cerrado
open-refused-fact = Nada justifica abrirlo ahora. Será posible cuando un pedido espere revisión, venza una factura o la persona abra una consulta.
open-refused-role = La política no tiene ninguna regla por la que su papel pueda abrir esto.
open-refused-erased = No hay nada que abrir: los datos se borraron.
open-refused-ledger = No se puede escribir el registro, así que los datos personales siguen cerrados. Un operador debe arreglarlo primero.
open-refused-recorded = Este intento queda registrado. La persona a la que se refiere puede leerlo en el Centro de clientes.
fact-order_in_review = El pedido { $number } espera revisión
fact-due_invoice = La factura { $number } está vencida
fact-break_glass = Su acceso de emergencia
col-number = Número
who-title = De quién se trata
who-services = Servicios
who-services-n = { $n ->
    [0] Ninguno ahora
    [one] { $blocked ->
        [0] Uno
       *[other] Uno, bloqueado
      }
   *[other] { $blocked ->
        [0] { $n }
       *[other] { $n }, { $blocked } de ellos bloqueados
      }
  }
who-orders = Pedidos
who-orders-none = No hay pedidos.
who-due = Facturas pendientes
who-due-none = Nada está pendiente.
who-due-on = vence el { $date }
person-pending = Sin confirmar
person-active = Activa
person-closed = Cerrada
person-no-customer = No actúa por nadie
person-no-fact = Lo que una persona nos dijo de sí misma se abre solo con una consulta que ella abrió, o con un acceso de emergencia.

break-lead = Sus casos: datos abiertos con un motivo, donde no encaja ningún hecho. La persona lo sabe al momento, y un compañero mira cada caso en un día.
break-none = No ha abierto ningún caso
break-none-text = Un caso empieza en la página de un cliente o de una persona, cuando algo no puede esperar a un hecho.
break-offer = Algo no puede esperar: abrir con un motivo
break-what = Durante una hora puede abrir nombre, contacto y red. La persona recibe un mensaje la primera vez que usted mira. Un compañero lee su motivo y lo confirma o lo impugna.
break-cause = Qué clase de motivo
break-reason = El motivo
break-reason-help = En una o dos frases, de 20 a 1.000 caracteres: qué pasó y por qué no puede esperar.
break-reason-short = Dígalo en una frase, al menos 20 caracteres: un compañero tiene que entenderlo.
break-reason-long = Como mucho 1.000 caracteres; diga lo que importa.
break-begin = Abrir un caso
break-begun = El caso está abierto una hora. Lo que abra con él se le dice a la persona.
break-closed = El caso está cerrado. Un compañero lo mira de todos modos.
break-about = Sobre
cause-account_at_risk = Una cuenta parece estar en manos extrañas
cause-safety = Alguien está en peligro
cause-abuse = Hay un abuso en curso
cause-fault = Un fallo que no puede esperar
cause-other = Otra cosa
case-open = Abierto
case-waiting = Espera una segunda mirada
case-late = Nadie lo miró en un día
case-confirmed = Confirmado
case-disputed = Impugnado
case-settled = Resuelto
case-hour = Su hora
case-left = { $minutes ->
    [one] Queda un minuto
   *[other] Quedan { $minutes } minutos
  }
case-open-text = Abrir se le dice a la persona al momento. Cada mirada dura un minuto; después los campos se ocultan de nuevo.
case-close = Cerrar el caso
case-close-title = ¿Cerrarlo ahora?
case-close-text = Lo que sabe basta: con este caso ya no se puede abrir nada más. Un compañero lo mira de todos modos.
case-over = La hora terminó, o el caso se cerró. Con él ya no se abre nada.
case-uses = Qué se abrió
case-no-uses = Con este caso no se abrió nada.
case-entry = entrada { $n } del registro
use-allowed = Abierto

second-lead = Lo que hicieron compañeros y necesita los ojos de otra persona. Lo suyo es para otros.
second-none = Nada le espera
second-none-text = Aquí aparecen accesos de emergencia, divulgaciones y explicaciones de compañeros.
second-unusual = Explicaciones con las que estar de acuerdo
second-to-unusual = Leer
look-sealed = El motivo está sellado. Leerlo queda registrado, como todo uso.
look-open = Leer el motivo
look-recorded = Queda registrado que usted leyó esto.
look-own-text = Este caso es suyo. Lo mira otra persona.
look-done-text = Este caso está terminado; sus palabras están cerradas.
look-verdict = ¿Qué dice usted?
look-confirm = Confirmar
look-confirm-text = El motivo se sostiene, y lo que se abrió encaja con él.
look-words = Qué está mal
look-words-help = Los responsables de privacidad lo leen y resuelven la impugnación. Al menos 20 caracteres.
look-words-missing = Diga en una frase lo que piensa, al menos 20 caracteres.
look-dispute = Impugnar
look-dispute-said = Lo que se encontró mal
look-settle = Resolver la impugnación
look-settle-words = Cómo se resolvió
look-settle-help = Qué resultó y qué sigue. Al menos 20 caracteres.
look-settle-others = Está impugnado. Lo resuelve un responsable de privacidad.
look-confirmed = Ha confirmado el caso.
look-disputed = Ha impugnado el caso. Los responsables de privacidad están avisados.
look-settled = La impugnación está resuelta.
look-late = Alguien ya lo miró.
look-own = Eso es para otra persona que la que lo hizo.

unusual-lead = El programa cuenta quién miró a quién, sin abrir nada. Lo que sale de lo normal lo explica quien lo hizo, y otra persona está de acuerdo.
unusual-none = Nada inusual
unusual-none-text = Lo que hizo es lo habitual.
unusual-line = el límite está en { $n }
unusual-explain = ¿Cuál fue la razón?
unusual-explain-help = Al menos 20 caracteres. Un compañero la lee y da su acuerdo.
unusual-send = Explicar
unusual-again = Explicar con otras palabras
unusual-words = Explíquelo en una o dos frases, de 20 a 2.000 caracteres.
unusual-explained = Gracias. Lo lee un compañero.
unusual-read = Leer la explicación
unusual-agree = De acuerdo
unusual-agreed = Ha dado su acuerdo.
unusual-waits = Espera a que lo explique quien lo hizo.
unusual-state-open = Sin explicar
unusual-state-explained = Explicado
unusual-state-agreed = Acordado
sign-many_subjects = { $n } personas distintas en una hora
sign-unusual_hour = { $n ->
    [one] Un acceso fuera de las horas habituales
   *[other] { $n } accesos fuera de las horas habituales
  }
sign-many_refusals = { $n } rechazos en una hora
sign-many_staff = Una persona, mirada por { $n } miembros del personal en un día
sign-colleague = Datos de un compañero
sign-own_profile = El propio perfil como cliente
sign-open_case = Un acceso de emergencia sin cierre
own-profile = Su propio perfil como cliente
own-profile-number = Su Registration ID
own-profile-help = Si también es cliente, dígalo: mirar su propio perfil desde aquí llamará la atención, y nadie tendrá que extrañarse.
own-profile-declare = Soy yo
own-profile-declared = Anotado. Para lo suyo está el Centro de clientes.
own-profile-wrong = Nadie tiene este Registration ID.

disclosures-lead = Datos entregados a otros sin preguntar antes a la persona. Uno de cuatro fundamentos, un documento, un alcance, dos personas; de otro modo no es posible.
disclosures-none = Ninguna divulgación
disclosures-none-text = Ninguna encaja con los filtros, o no hubo ninguna. Es una buena noticia.
disclosures-filter = Filtrar el registro
filter-all = Todos
filter-do = Filtrar
disclosure-new = Nueva divulgación
disclosure-new-lead = Usted es la primera de dos personas. Un compañero lee el documento antes de que se pueda entregar nada.
disclosure-why = Por qué
disclosure-what = Qué, y de quién
disclosure-ground = Fundamento
ground-legal_process = Proceso legal
ground-legal_process-text = Una orden judicial u otro proceso legal que nos obliga
ground-rights_or_property = Derechos o bienes
ground-rights_or_property-text = Proteger los nuestros o los de otros clientes
ground-urgent_safety = Seguridad urgente
ground-urgent_safety-text = Un peligro urgente para una persona
ground-own_organisation = Organización propia
ground-own_organisation-text = La política publicada de la organización de la persona, que cumple sus propias obligaciones
disclosure-recipient = A quién
disclosure-recipient-help = Una autoridad o una organización, nunca un particular.
disclosure-document = Documento
disclosure-document-help = La orden, la solicitud, la política publicada: un archivo de 10 MiB como mucho. Se guarda sellado, con su SHA-256.
disclosure-no-document = No hay divulgación sin el documento que la justifica, de 10 MiB como mucho.
disclosure-organisation = La organización
disclosure-organisation-help = Solo para el fundamento «organización propia»: el número del cliente cuya política publicada es.
disclosure-no-customer = Eso no es un número de cliente.
disclosure-standing = La política de esta organización no es fundamento aquí: la persona no pertenece a ella, o debe dinero, o su dominio no está probado.
disclosure-subject = De quién son los datos
disclosure-subject-help = Un Registration ID, el número de un cliente o la dirección de un buzón.
disclosure-no-subject = Nadie tiene este número ni esta dirección.
disclosure-scope = Alcance
disclosure-scope-help = Solo lo que el documento exige. De la persona no se abre nada más.
disclosure-no-scope = Nombre al menos una categoría: una divulgación sin alcance se rechaza.
category-identity = Nombre
category-contact = Contacto
category-postal = Dirección postal
category-billing_address = Dirección de facturación
category-payment_token = Referencia de tarjeta
category-invoice = Facturas
category-credential = Credenciales
category-preferences = Preferencias
category-organisation_link = Organización
category-ticket = Consultas
category-mail_content = Mensajes
category-mail_metadata = Sobres de mensajes
category-mail_trace = Qué fue de los mensajes
category-survey_answer = Respuestas a encuestas
category-contest_entry = Participaciones en concursos
category-network = Red
category-fraud_signal = Control
category-use_record = Registro de usos
disclosure-from = Desde
disclosure-until = Hasta
disclosure-period = Periodo
disclosure-period-all = Todo
disclosure-period-help = Para lo que tiene fecha, como las facturas. Vacío: todo.
disclosure-seal = Avisar a la persona
disclosure-seal-text = La persona lo sabe al momento, salvo que la ley lo prohíba por un tiempo. Entonces la divulgación queda sellada hasta una fecha de revisión, se cuenta en el informe de transparencia solo como intervalo, y se comunica cuando llega la fecha.
disclosure-seal-do = La ley prohíbe decírselo a la persona
disclosure-review = Fecha de revisión
disclosure-review-help = Dentro de un año; entonces se puede renovar la orden.
disclosure-review-date = Una divulgación sellada tiene una fecha de revisión, después de hoy y dentro de un año.
disclosure-open = Abrir la divulgación
disclosure-opened = La divulgación está abierta. Una segunda persona lee el documento y da su acuerdo.
form-date = Esto no es una fecha.
disclosure-period-wrong = El periodo termina antes de empezar.
disclosure-waiting = Espera a una segunda persona
disclosure-agreed = Acordada
disclosure-produced = Entregada
disclosure-refused = Rechazada
disclosure-sealed = Sellada
disclosure-step-1 = Abierta
disclosure-step-2 = Segunda persona
disclosure-step-3 = Entregada
disclosure-second = La segunda persona
disclosure-second-text = Lea el documento. ¿Exige esto, de nosotros, sobre esta persona, y no más que el alcance?
disclosure-read = Leer el documento
disclosure-have-read = He leído el documento, y el alcance no va más allá de lo que exige
disclosure-agree = De acuerdo
disclosure-refuse = Rechazar
disclosure-refuse-title = ¿Rechazar esta divulgación?
disclosure-refuse-text = Con ella ya no se puede entregar nada. En el informe de transparencia cuenta como rechazada.
disclosure-withdraw = Retirar
disclosure-waits-text = Un segundo responsable de privacidad lee el documento y acuerda o rechaza. Hasta entonces no se abre nada, tampoco para usted.
disclosure-read-first = Lea primero el documento, y diga que lo leyó.
disclosure-narrow = Reducir el alcance
disclosure-narrow-text = Una autoridad pide mucho, y el documento quizá dé menos. Quite lo que no exige; no se puede añadir nada.
disclosure-narrow-do = Dejar lo marcado
disclosure-narrowed = El alcance es ahora menor.
disclosure-narrow-nothing = Algo tiene que quedar; para no entregar nada, rechácela.
disclosure-narrow-wider = Eso no está en el alcance. Lo que va más allá es una revelación aparte.
disclosure-agreed-done = Ha dado su acuerdo. Quien la abrió puede entregar ahora el alcance.
disclosure-same-person = La segunda persona es otra que la primera.
disclosure-late = Ya está decidido.
disclosure-refused-done = Está rechazada.
disclosure-not-yours = Rechazado: esto es para la otra de las dos personas, o ya está decidido. El intento queda registrado.
disclosure-hand-over = Entregar
disclosure-produce-text = Se abre exactamente el alcance y se empaqueta en un archivo que solo abre su contraseña. Queda registrado; la persona lo sabe, salvo que esté sellada.
disclosure-produce = Producir el archivo
disclosure-produce-again = Producirlo de nuevo
disclosure-take = Descargar el archivo
disclosure-passphrase = Contraseña del archivo
disclosure-passphrase-text = Se muestra una vez y no se guarda en ningún sitio. Entréguela por otro camino que el archivo. Cualquier programa para archivos ZIP con AES-256 lo abre, por ejemplo 7-Zip.
disclosure-nothing = No se guarda nada del alcance sobre esta persona. No hay nada que entregar.
disclosure-package-gone = No hay archivo que descargar, o su día terminó. Prodúzcalo de nuevo.
disclosure-facts = La divulgación
disclosure-by = Abierta por
disclosure-agreed-by = Acordada por
disclosure-refused-by = Rechazada por
disclosure-told = La persona
disclosure-told-now = lo sabe cuando se entrega
disclosure-told-later = no puede saberlo antes del
disclosure-told-at = lo supo el
disclosure-produced-on = Producido
disclosure-reveal = Decírselo ahora a la persona
disclosure-reveal-title = ¿Terminar el sello?
disclosure-reveal-text = Solo cuando la ley ya no lo prohíbe. La entrada aparece en el registro de la persona, y recibe un mensaje.
disclosure-revealed = La persona lo sabe.
staff-address = Tickets por correo
staff-address-at = Hay anotada una dirección en { $domain }.
staff-address-help = Allí va un enlace que acredita que es suya. El dominio debe firmar su correo (DKIM) o nombrar sus servidores (SPF); si no, las respuestas no se toman por suyas. Nunca se envían allí palabras de un cliente.
staff-address-is-proven = Acreditada
staff-address-lead = Quien indique aquí una dirección recibe allí avisos de los tickets que sigue: cuando escribe un cliente y cuando un colega le da uno o le menciona. La respuesta a ese correo se escribe en el ticket.
staff-address-link-wrong = Ese enlace ya no vale, o un colega tiene la dirección. Pida otro.
staff-address-new = Su dirección
staff-address-prove = Es mía
staff-address-prove-text = Pulse el botón y se le avisará de sus tickets en la dirección a la que llegó este enlace.
staff-address-proven = La dirección está acreditada. Desde ahora se le avisa allí.
staff-address-remove = Olvidarla
staff-address-removed = La dirección quedó olvidada.
staff-address-send = Enviar el enlace
staff-address-sent = Hay un enlace en camino. Nada más va allí hasta que lo siga.
staff-address-waits = Espera el enlace

# Messages to people. Each template has a subject, which is its headline, and a text; paragraphs are parted by blank lines.
mail-foot = ¿Preguntas? Responda a este mensaje o escriba a { $email }.
mail-why-account = Recibe este mensaje porque se refiere a su cuenta o a su servicio; estos mensajes se envían siempre.
mail-why-chosen = Recibe este mensaje por lo que eligió sobre «{ $topic }».
mail-page = Leerlo en nuestro sitio
mail-stop = Parar estos mensajes con un clic
mail-choices = Todo lo que puede elegir
mail-fact-step_until = Hasta
mail-fact-order_number = Pedido
mail-fact-invoice_number = Factura
mail-fact-total = Total
mail-fact-amount = Importe
mail-fact-due_on = Vencimiento
mail-fact-domain = Dominio
mail-fact-domains = Dominios
mail-fact-list = Lista
mail-fact-address = Buzón
mail-fact-add_on = Complemento
mail-fact-plan = Plan
mail-fact-old_price = Precio hasta entonces
mail-fact-new_price = Precio nuevo
mail-fact-effective_on = Desde
mail-fact-ends_on = Termina
mail-fact-expires_on = Se puede cargar hasta
mail-fact-mailboxes_before = Buzones hasta ahora
mail-fact-mailboxes_counted = Buzones contados
mail-fact-amount_before_tax = Importe sin impuestos
mail-fact-invoice_on = Factura el
mail-fact-delete_on = El correo se borra el
mail-fact-cure_until = Se puede remediar hasta
mail-fact-fetch_until = Se puede descargar hasta
mail-fact-restore_until = Se puede restaurar hasta
mail-fact-from = En vigor desde
mail-fact-promises = Promesas
mail-fact-registration_id = Número de registro
mail-fact-parts = Partes del servicio
mail-fact-starts_at = Comienza
mail-fact-planned_until = Previsto hasta
mail-fact-ended_at = Terminado desde
mail-fact-used_because = Porque
mail-fact-used_by = Quién
mail-fact-used_fields = Campos
mail-fact-used_for = Para qué

mail-identity-confirm_email = Confirme su dirección de correo, por favor
    .text = Alguien, esperamos que usted, ha creado una cuenta con esta dirección. Pulse el botón para confirmar que es suya.

        Si no fue usted, no haga nada: sin confirmación no ocurre nada.
    .button = Confirmar la dirección
mail-identity-email_taken = Usted ya tiene una cuenta
    .text = Alguien, esperamos que usted, ha intentado crear una cuenta con esta dirección. Ya existe una, así que no se ha creado nada.

        Si ha olvidado la contraseña, puede establecer una nueva.
    .button = Establecer una nueva contraseña
mail-identity-email_changed = Se ha cambiado su dirección de correo
    .text = La dirección de su cuenta es ahora otra. Si no fue usted, escríbanos enseguida.
mail-identity-confirm_new_email = Confirme su nueva dirección de correo, por favor
    .text = Pulse el botón, y esta dirección sustituirá a la antigua.
    .button = Confirmar la dirección
mail-identity-reset_password = Establezca una nueva contraseña
    .text = Alguien, esperamos que usted, ha pedido una nueva contraseña. El enlace sirve durante una hora y una sola vez.

        Si no fue usted, no haga nada: su contraseña sigue como está.
    .button = Establecer una nueva contraseña
mail-identity-password_changed = Se ha cambiado su contraseña
    .text = La contraseña de su cuenta se ha cambiado y todas las demás sesiones se han cerrado. Si no fue usted, escríbanos enseguida.
mail-identity-second_factor_changed = Se ha cambiado su segundo factor
    .text = El segundo factor de su cuenta se ha activado o desactivado, o sus códigos de recuperación se han creado de nuevo. Si no fue usted, escríbanos enseguida.
mail-identity-contact_invitation = Ha recibido una invitación
    .text = Un cliente nuestro quiere que usted sea su contacto. Pulse el botón para aceptar; de paso crea su propia cuenta.
    .button = Ver la invitación
mail-identity-staff_address = Tickets por correo: ¿es suya esta dirección?
    .text = Alguien del personal, esperamos que usted, indicó esta dirección para recibir avisos de tickets. Pulse el botón con la sesión de la consola iniciada y será suya.

        Si no fue usted, no haga nada: no se envía nada más aquí.
    .button = Es mía
mail-identity-staff_enrolment = Su cuenta del personal
    .text = Se ha creado para usted una cuenta de la consola del personal. Pulse el botón para elegir una contraseña y configurar su segundo factor. El enlace sirve una sola vez.
    .button = Configurar la cuenta
mail-identity-data_used = Alguien usó sus datos
    .text = Uno de nosotros abrió algo suyo. Abajo está quién, para qué y qué hecho lo justificó. La entrada de su registro tiene la prueba.
    .button = Ver la entrada
mail-identity-export_ready = Su copia está lista
    .text = La copia de sus datos que pidió puede recogerse en el Centro de clientes durante { $hours } horas. Después se elimina.

        Si no la pidió, cambie su contraseña de inmediato y escríbanos.
    .button = Recoger la copia
mail-identity-erasure_planned = Sus datos se borrarán
    .text = Nos pidió borrar lo que guardamos sobre usted. { $hours ->
            [0] Empieza ahora.
           *[other] Empieza en { $hours } horas; hasta entonces puede deshacerlo.
         }

        Guarde este mensaje: el enlace lleva después al certificado, que se puede recoger una vez. Esta dirección también se borra, así que no habrá otro mensaje.

        Si no fue usted, deshágalo y cambie su contraseña de inmediato.
    .button = Verlo o deshacerlo
mail-identity-request_answered = Hay respuesta a su oposición
    .text = Hemos decidido sobre su oposición. La respuesta está en el Centro de clientes.
    .button = Leer la respuesta
mail-policy-changed = Nuestra política de privacidad cambia
    .text = A partir del día indicado abajo rige otra política de privacidad. Permite algo que la actual no permite; qué es, línea por línea, está en nuestro sitio, junto a lo que se restringe. Si no está de acuerdo, puede cancelar antes de ese día como cualquier otro.
    .button = Ver qué cambia
mail-policy-promise_broken = Una promesa de la política de privacidad no se cumple
    .text = La comprobación automática encontró que algo de la página de la política no es así en este momento. También lo ven los visitantes. La consola dice qué promesa es, por qué y qué lo arregla.
    .button = Ver las promesas
mail-commerce-order_received = Tenemos su pedido
    .text = Gracias. Tenemos su pedido y ahora lo comprobamos. No se cobra nada antes de aceptarlo; en cualquier caso tendrá noticias nuestras.
    .button = Ver el pedido
mail-commerce-order_in_review = Una persona está mirando su pedido
    .text = Algunos primeros pedidos los mira uno de nosotros, normalmente en un día laborable. No se ha cobrado nada.

        Si necesitamos algo de usted, basta con que responda a este mensaje.
    .button = Ver el pedido
mail-commerce-order_question = Una pregunta sobre su pedido
    .text = Antes de seguir con su pedido, uno de nosotros pregunta:

        { $question }

        Responda en la página del pedido, por favor. No se ha cobrado nada.
    .button = Responder
mail-commerce-order_accepted = Su pedido está aceptado
    .text = El pago se ha realizado y su servicio se está preparando. Ahora verifique su dominio y cree su primer buzón.
    .button = Configurar su correo
mail-commerce-order_refused = No hemos podido aceptar su pedido
    .text = No se ha cobrado nada, y la autorización de su tarjeta se ha devuelto.

        Si cree que nos equivocamos, responda a este mensaje. Una persona volverá a mirarlo.
    .button = Ver el pedido
mail-commerce-billing_preview = Su próxima factura cambiará
    .text = Hemos contado los buzones para su próxima factura y algo ha cambiado desde la última. Abajo figura el importe si nada cambia antes del recuento definitivo. Si es lo que desea, no tiene que hacer nada.
    .button = Ver sus servicios
mail-commerce-plan_changed = Su plan cambia
    .text = Como pidió, su suscripción cambia el día indicado abajo. Si no fue usted, escríbanos de inmediato.
    .button = Ver sus servicios
mail-commerce-add_on_added = Su servicio tiene algo más
    .text = Como pidió, sus buzones tienen lo que figura abajo a partir del día indicado. Si no fue usted, escríbanos enseguida.
    .button = Ver sus servicios
mail-commerce-add_on_removed = Termina un complemento
    .text = Como pidió, lo que figura abajo termina con el plazo que está pagado. Hasta entonces sus buzones lo tienen como antes, y usted mismo puede anularlo. Si no fue usted, escríbanos enseguida.
    .button = Ver sus servicios
mail-commerce-invoice_issued = Su factura { $invoice_number }
    .text = Una nueva factura está en el Centro de clientes, como página y como PDF.
    .button = Ver la factura
mail-commerce-payment_failed = El pago no se ha podido realizar
    .text = Su banco no dio su conformidad al pago. No se ha cobrado nada. Inténtelo otra vez, quizá con otra tarjeta.
    .button = Ver lo pendiente
mail-commerce-payment_received = Gracias por su pago
    .text = Lo hemos recibido. La factura está en el Centro de clientes.
    .button = Ver la factura
mail-commerce-refund_paid = Hemos devuelto dinero
    .text = El importe de abajo vuelve a la tarjeta con la que se pagó. Los bancos tardan unos días en mostrarlo.
    .button = Ver la factura
mail-commerce-card_expiring = Una tarjeta que guarda con nosotros termina pronto
    .text = La tarjeta que paga los servicios indicados se puede cargar hasta el día indicado. Añada otra antes, para que sus servicios se renueven solos.
    .button = Ver medios de pago
mail-commerce-credit_granted = Hemos puesto saldo en su cuenta
    .text = El importe indicado paga su próxima factura antes de cargar una tarjeta. No tiene que hacer nada.
    .button = Ver el saldo
mail-commerce-credit_taken_back = Se retiró saldo de su cuenta
    .text = Hemos retirado el importe indicado, que se había dado. El motivo figura al lado en su cuenta.
    .button = Ver el saldo
mail-commerce-cover_granted = Su caso de una tarjeta mal usada está cubierto
    .text = Asumimos lo que su banco le dejó: el importe indicado es saldo de su cuenta. Paga primero su próxima factura.
    .button = Ver el caso
mail-commerce-cover_refused = Su caso de una tarjeta mal usada está decidido
    .text = Lo hemos mirado y no lo cubrimos. El motivo figura junto al caso; escríbanos si lo ve de otro modo.
    .button = Ver el caso
mail-commerce-dispute_opened = Un pago está en disputa en su banco
    .text = Su banco nos ha comunicado que un pago de la factura { $invoice_number } está en disputa. Mientras lo examina no recibirá recordatorios de esta factura, y nada cambia en su servicio. Si el pago era correcto, dígaselo a su banco; es lo más rápido.
    .button = Ver la factura
mail-commerce-dispute_won = La disputa está resuelta
    .text = Su banco ha decidido que el pago de la factura { $invoice_number } era correcto. No tiene que hacer nada.
    .button = Ver la factura
mail-commerce-dispute_lost = La factura { $invoice_number } vuelve a estar abierta
    .text = Su banco ha decidido en contra del pago de esta factura, y por eso el importe de abajo vuelve a estar abierto. Páguelo, por favor, de otra manera, o escríbanos si cree que es un error.
    .button = Pagar la factura
mail-commerce-invoice_overdue = La factura { $invoice_number } está vencida
    .text = Esta factura ha pasado su fecha de vencimiento. Páguela, por favor, para que el envío no se ponga en pausa. En cualquier caso, el correo se recibe y se puede leer.
    .button = Ver la factura
mail-commerce-service_ready = Su servicio está listo
    .text = Ahora verifique su dominio y cree su primer buzón. El Centro de clientes muestra cada paso.
    .button = Configurar su correo
mail-commerce-service_cancelled = Su servicio terminará
    .text = Como pidió, el servicio termina el día indicado abajo. Hasta entonces puede cambiar de opinión con un clic. Traslade su correo antes, por favor.
    .button = Ver el servicio
mail-commerce-service_paused = Su servicio está en pausa
    .text = Su suscripción ha terminado. Ya no se recibe ni se puede leer correo. Se conserva hasta el día indicado abajo y después se borra.

        Si al final quiere seguir, escríbanos: podemos reanudarlo.
    .button = Ver sus servicios
mail-commerce-service_deleted = El correo de su servicio se ha borrado
    .text = El plazo tras el fin de su suscripción ha pasado y el correo se ha retirado. Hasta el día indicado abajo aún podemos restaurarlo si nos escribe. Después nadie puede.
    .button = Ver sus servicios
mail-commerce-hand_over_warned = Sus servicios terminarán si esto no se remedia
    .text = No se cumple lo que se acordó con nosotros. Este es el motivo:

        { $reason }

        Remédielo, por favor, hasta el día de abajo y escríbanos. Si se remedia, no ocurre nada. Si no, después de ese día terminamos sus servicios y le entregamos todo lo que guardamos para usted.
    .button = Ver qué significa
mail-commerce-hand_over_cured = El aviso se retira
    .text = Aquello de lo que le avisamos está remediado. Sus servicios siguen como antes y no hay nada que hacer.
    .button = Abrir el Centro de clientes
mail-commerce-hand_over_ended = Sus servicios terminan y usted lo recibe todo
    .text = Los días para remediar aquello de lo que le avisamos han pasado, y por eso sus servicios terminan al acabar el día de hoy. Ahora escribimos en archivos todo lo que guardamos para usted: todo el correo de todos los buzones y sus datos. Los recibe a más tardar el día de abajo, también si hay facturas abiertas.
    .button = Ver cómo va
mail-commerce-hand_over_ready = Todo lo que guardamos para usted está listo
    .text = Todo el correo de todos los buzones y sus datos están en archivos que puede descargar hasta el día de abajo. Después se quitan. Otros proveedores y programas de correo los leen.
    .button = Descargar los archivos
mail-commerce-price_change = El precio de { $plan } cambia
    .text = El precio de un período, antes de impuestos, cambia de { $old_price } a { $new_price }. Lo que ya pagó queda como está; el primer período al precio nuevo empieza el día indicado abajo. Si no está de acuerdo, puede cancelar hasta entonces en el Centro de clientes.
    .button = Ver sus servicios
mail-commerce-terms_changed = Nuestras condiciones cambian
    .text = Hemos escrito una versión nueva de nuestras condiciones. Rige desde el día indicado abajo para lo que tiene con nosotros. La página la muestra entera, junto con la versión que rige hasta entonces. Si no está de acuerdo, puede cancelar antes de ese día en el Centro de clientes.
    .button = Leer las condiciones
mail-mailbox-domain_proven = Su dominio está verificado
    .text = Ya puede crear buzones en él. Publique los registros de correo, si aún no lo ha hecho, para que el correo nos llegue y los demás confíen en él.
    .button = Ver los registros
mail-mailbox-domain_problem = Algo no está bien en los registros de su dominio
    .text = Un registro del que depende su correo falta o es distinto. La página dice cuál y cómo arreglarlo.
    .button = Ver los registros
mail-mailbox-mailbox_ready = Su buzón está listo
    .text = Cree en el Centro de clientes una contraseña para cada dispositivo y configure el dispositivo en un minuto.
    .button = Configurar un dispositivo
mail-mailbox-quota_warning = Un buzón está casi lleno
    .text = Cuando esté lleno, el correo nuevo se devolverá a los remitentes. Borre algo o aumente la cuota.
    .button = Ver el buzón
mail-mailbox-list_invitation = ¿Quiere recibir correo de { $list }?
    .text = Alguien de { $domain } quiere escribirle por la lista de correo { $list } y pregunta si lo desea. El servicio de correo de ese dominio le hace esta pregunta.

        Si se une, recibe lo que se escribe a la lista hasta que se dé de baja, con un clic en cualquiera de sus mensajes. Si no hace nada, no llega nada: se le pregunta como mucho una vez más. Con el enlace también puede decir que no quiere que se le pregunte otra vez.
    .button = Responder
    .why = Recibe este mensaje porque alguien introdujo su dirección para esta lista.
mail-mailbox-mail_held = Correo suyo espera y todavía no se ha enviado
    .text = Casi el mismo texto salió de uno de sus buzones hacia muchas personas a las que nunca había escrito. Así se reconocen los buzones robados, por eso lo retenemos hasta que alguien lo haya mirado.

        Si es suyo, dígalo en el correo web de ese buzón. Si nadie de ustedes lo escribió, cambie allí la contraseña. Lo que nadie decide vuelve a su remitente después de 48 horas.
    .button = Ver lo que espera
mail-mailbox-strange_sign_in = ¿Fue usted quien entró en su buzón?
    .text = Uno de sus buzones se usó desde un lugar que es nuevo para él y escribió a varias personas a las que nunca había escrito. Así se reconocen los buzones robados, por eso todo lo que envía espera; recibir y leer siguen igual.

        Diga en la página si fue alguien de ustedes: entonces sale lo que espera. Si no, bloquee allí el buzón con una pulsación. Lo que nadie decide vuelve a su remitente después de 48 horas.
    .button = Responder
mail-mailbox-dead_addresses = Muchas direcciones a las que escribió no existen
    .text = { $addresses } direcciones a las que escribió uno de sus buzones no existen. Así se ven las listas compradas o viejas, y también los buzones robados, y otros servidores pronto toman todo su correo por no deseado. Por eso lo que envía el buzón espera hasta un día después de la última, hasta que alguien lo haya mirado; recibir y leer siguen igual.

        Quite de su lista las direcciones que volvieron. Si nadie de ustedes escribió esos mensajes, cambie la contraseña del buzón. Lo que nadie decide vuelve a su remitente después de 48 horas.
    .button = Ver lo que espera
mail-mailbox-recipients_complain = Algunos de aquellos a quienes escribe toman su correo por no deseado
    .text = En los últimos siete días varios destinatarios movieron su correo a la carpeta de correo no deseado, o sus servidores lo tomaron por tal. { $level ->
        [hold] Son tantos que lo que usted envía espera hasta que alguien lo haya mirado. Lo que nadie decide vuelve a su remitente después de 48 horas.
        [demote] Son tantos que usted puede escribir a menos personas nuevas al día hasta que sean menos.
       *[warn] Por ahora nada está limitado. Si son más, podrá escribir a menos personas, y después su correo esperará.
    }

        Escriba solo a quienes lo pidieron y haga fácil dejar sus listas. No le decimos quién se quejó.
    .button = Ver lo que espera
mail-mailbox-sending_limited = Durante un tiempo puede enviar menos
    .text = { $about ->
        [mailbox] Uno de sus buzones puede
       *[customer] Todos sus buzones juntos pueden
    } escribir al día a tantas personas como un cliente nuevo, porque { $cause ->
         [spam] salió correo a muchas personas que no lo habían pedido
         [stolen] otra persona envió correo desde allí
         [complaints] demasiados destinatarios toman el correo por no deseado
         [returns] muchas direcciones a las que se escribió no existen
         [fraud] salió correo que finge ser de otra persona
         [malware] salió correo con programas dañinos
         [asked] usted lo pidió
        *[other] nuestro equipo de abuso lo decidió; le dirá por qué cuando nos escriba
    }. Recibir y leer siguen como antes.

        Termina por sí solo a la hora indicada abajo. { $cause ->
        [stolen] Cree contraseñas nuevas para el buzón y revise los ordenadores desde los que se usa: lo que reveló la contraseña puede seguir allí.
       *[other] Escriba solo a quienes lo pidieron. Si cree que es un error, escríbanos.
    }
    .button = Ver cómo está
mail-mailbox-sending_locked = Por ahora no se puede enviar nada
    .text = { $about ->
        [mailbox] De uno de sus buzones no sale nada
       *[customer] De sus buzones no sale nada
    }, porque { $cause ->
         [spam] salió correo a muchas personas que no lo habían pedido
         [stolen] otra persona envió correo desde allí
         [complaints] demasiados destinatarios toman el correo por no deseado
         [returns] muchas direcciones a las que se escribió no existen
         [fraud] salió correo que finge ser de otra persona
         [malware] salió correo con programas dañinos
         [asked] usted lo pidió
        *[other] nuestro equipo de abuso lo decidió; le dirá por qué cuando nos escriba
    }. El correo sigue llegando y se puede leer. Lo que se entregó antes espera.

        { $cause ->
        [stolen] Cree contraseñas nuevas para el buzón, revise los ordenadores desde los que se usa y escríbanos después: una persona lo levanta.
       *[other] Escríbanos qué va a cambiar o por qué es un error: una persona lo mira y lo levanta. A nuestra asistencia puede escribir también desde el propio buzón.
    }
    .button = Ver cómo está
mail-mailbox-domain_suspended = No se puede enviar nada de uno de sus dominios
    .text = Del dominio indicado abajo no sale nada, de ninguno de sus buzones y con ninguna de sus direcciones, porque { $cause ->
         [spam] salió correo a muchas personas que no lo habían pedido
         [stolen] otra persona envió correo desde allí
         [complaints] demasiados destinatarios toman el correo por no deseado
         [returns] muchas direcciones a las que se escribió no existen
         [fraud] salió correo que finge ser de otra persona
         [malware] salió correo con programas dañinos
         [asked] usted lo pidió
        *[other] nuestro equipo de abuso lo decidió; le dirá por qué cuando nos escriba
    }. El correo sigue llegando y se puede leer. Lo que se entregó antes espera.

        Escríbanos qué va a cambiar o por qué es un error: una persona lo mira y lo levanta.
    .button = Ver cómo está
mail-mailbox-service_terminated = Terminamos nuestra relación con usted
    .text = Terminamos sus servicios cuando acabe el día de hoy, porque { $cause ->
         [spam] salió correo a muchas personas que no lo habían pedido
         [stolen] otra persona envió correo desde allí
         [complaints] demasiados destinatarios toman el correo por no deseado
         [returns] muchas direcciones a las que se escribió no existen
         [fraud] salió correo que finge ser de otra persona
         [malware] salió correo con programas dañinos
         [asked] usted lo pidió
        *[other] nuestro equipo de abuso lo decidió; le dirá por qué cuando nos escriba
    }. Lo decidieron dos personas de nuestro equipo. Ya no sale nada.

        Usted recibe todo lo que guardamos para usted: todo el correo de todos los buzones y sus registros, en archivos. Le avisamos cuando estén listos. Si cree que es un error, escríbanos enseguida: mientras su correo no se haya borrado, todo puede retomarse.
    .button = Ver cómo va
mail-mailbox-sending_restored = Puede volver a enviar como antes
    .text = { $about ->
        [mailbox] Se levantó el límite de uno de sus buzones
        [domain] Se levantó la suspensión del dominio indicado abajo
       *[customer] Se levantó lo que hicimos con su correo
    }. Lo que esperaba sale ahora. No hay nada que hacer.
    .button = Abrir el Centro de clientes
mail-outreach-confirm_subscription = Confirme que quiere saber de nosotros
    .text = Alguien, esperamos que usted, pidió saber de nosotros en esta dirección. Pulse el botón y confirme, y llegará lo elegido.

        Si no fue usted, no haga nada: no llega nada, y la dirección se olvida en una semana.
    .button = Confirmar
mail-outreach-announcement_subscribed = { $title }
    .text = { $title }
mail-outreach-announcement_news = { $title }
    .text = { $title }
mail-outreach-announcement_marketing = { $title }
    .text = { $title }
mail-outreach-offer = { $title }
    .text = { $title }
mail-outreach-announcement_feedback = { $title }
    .text = { $title }
    .button = Responder a la encuesta
mail-outreach-announcement_test = Prueba: { $title }
    .text = { $title }
mail-outreach-contest_enter = Participar: { $contest }
    .text = Pidió participar en este concurso. No pasa nada antes de que abra el enlace y acepte las bases. Si no fue usted, no haga nada.
    .button = Al concurso
    .why = Recibe esto porque alguien escribió su dirección en la página del concurso.
mail-outreach-contest_won = Ha ganado: { $contest }
    .text = Salió su participación { $number }. Responda a este mensaje y le decimos cómo recibe lo que ganó. El sorteo puede repetirse con el archivo de la página del concurso.
    .button = Ver el sorteo
    .why = Recibe esto porque participó en este concurso.
mail-outreach-status_told = { $what ->
    [outage_reported] Caída: { $title }
    [outage_ended] Terminado: { $title }
    [maintenance_planned] Mantenimiento previsto: { $title }
    [maintenance_changed] Cambio de mantenimiento: { $title }
    [maintenance_began] Comienza el mantenimiento: { $title }
    [maintenance_ended] Mantenimiento terminado: { $title }
    [maintenance_cancelled] Mantenimiento anulado: { $title }
   *[other] Estado del servicio: { $title }
    }
    .text = { $title }
    .button = Ver el estado
mail-outreach-outage_reported = Caída: { $title }
    .text = Algo que usted tiene con nosotros no funciona como debe. Trabajamos en ello y volveremos a escribir cuando termine. Lo que se sepa entretanto está en la página de estado.
    .button = Ver el estado
mail-outreach-outage_ended = Terminado: { $title }
    .text = Aquello de lo que le escribimos vuelve a funcionar. La página de estado recoge lo que se dijo y cuánto duró.
    .button = Ver el estado
mail-outreach-maintenance_planned = Mantenimiento previsto: { $title }
    .text = Tenemos que trabajar en algo que usted tiene con nosotros. Puede que no funcione en el tiempo indicado abajo.
    .button = Ver el plan
mail-outreach-maintenance_changed = Cambio de mantenimiento: { $title }
    .text = El plan del que le escribimos ha cambiado. Ahora valen las horas de abajo.
    .button = Ver el plan
mail-outreach-maintenance_began = Comienza el mantenimiento: { $title }
    .text = El mantenimiento anunciado ha comenzado. Volveremos a escribir cuando termine.
    .button = Ver el estado
mail-outreach-maintenance_ended = Mantenimiento terminado: { $title }
    .text = El mantenimiento anunciado ha terminado, y todo vuelve a funcionar.
    .button = Ver el estado
mail-outreach-maintenance_cancelled = Mantenimiento anulado: { $title }
    .text = El mantenimiento anunciado no tendrá lugar.
    .button = Ver el estado
mail-commerce-order_verify = Muéstrenos que es usted
    .text = Algo de su pedido es poco corriente, lo que también ocurre a gente honrada. En la página del pedido puede pedir un código; con él, el pedido sigue por sí solo. O pida allí tratar con una persona.

        No se ha cobrado nada.
    .button = Ir al pedido
mail-commerce-order_code = Su código
    .text = Con este código muestra que esta dirección es suya. Vale media hora:

        { $code }

        Si no ha pedido nada, no haga nada: sin el código no pasa nada.
    .button = Ir al pedido
mail-commerce-order_appeal_answered = Hemos mirado otra vez su pedido
    .text = Otra persona miró su pedido y responde:

        { $answer }
    .button = Ver el pedido
mail-helpdesk-staff_news = [{ $number }] { $what ->
        [given] Un colega le dio este ticket
        [named] Un colega le mencionó en este ticket
       *[other] Escribió el cliente
    }
    .text = Este ticket tiene novedades para usted. Lo escrito está en la consola; nada de ello va en este correo.

        La respuesta a este correo va al cliente. Empiécela con una línea #note para escribir solo a colegas, #ask para preguntar algo al cliente o #solve para responder y resolver. No se le avisa de nuevo hasta que mire el ticket.
    .button = Abrir el ticket
mail-helpdesk-ticket_received = [{ $number }] Hemos recibido su mensaje
    .text = Gracias por escribirnos. Su consulta tiene el número { $number }, y una persona la leerá.

        Si quiere añadir algo, responda a este mensaje.
    .button = Seguir la consulta
mail-helpdesk-ticket_answered = [{ $number }] { $title }
    .text = { $files ->
        [0] Esta es nuestra respuesta a su consulta { $number }. Para continuar, responda a este mensaje.
        [one] Esta es nuestra respuesta a su consulta { $number }. Un archivo con ella espera en la página de la consulta. Para continuar, responda a este mensaje.
       *[other] Esta es nuestra respuesta a su consulta { $number }. { $files } archivos con ella esperan en la página de la consulta. Para continuar, responda a este mensaje.
        }
    .button = Abrir la consulta
mail-helpdesk-case_received = [{ $number }] Tenemos su solicitud sobre sus datos
    .text = Gracias por escribirnos. Su solicitud es el caso { $number }. Una persona de privacidad la responde a más tardar el { $answer_by }, y nadie más la lee.

        Para añadir algo, responda a este correo.
    .button = Seguir el caso
mail-helpdesk-case_confirm = [{ $number }] ¿Nos ha escrito por sus datos?
    .text = Alguien nos pidió, como caso { $number }, hacer algo con datos suyos. Antes queremos estar seguros de que fue usted. El enlace muestra qué se pide y le permite decir sí o no. Funciona durante { $days } días.

        Si no fue usted, dígalo ahí o no haga nada: sin su sí no se hace nada.
    .button = Ver qué se pide
mail-helpdesk-case_overdue = Hay casos de privacidad atrasados
    .text = El plazo de estos casos de privacidad ha terminado: { $cases }. Hay personas que esperan una respuesta que la política promete. Vea quién puede darla.
    .button = Ver los casos
mail-webhooks-endpoint_disabled = Un webhook suyo está desactivado
    .text = Uno de sus programas a los que decimos lo que ocurre no respondió durante tres días, o dijo que ya no está. No se le envía nada más.

        Arréglelo, actívelo en el área de clientes y repita lo que perdió: los eventos se guardan un mes.
    .button = Ver el webhook

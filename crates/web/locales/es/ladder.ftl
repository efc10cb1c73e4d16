# La escalera: pasos del equipo de abuso, y cómo los leen aquellos a quienes atañen.
rung-hold = Correo retenido
rung-throttle = Limitado
rung-lock = Bloqueado
rung-suspend = Dominio suspendido
rung-terminate = Terminado
rung-wish = Fin deseado
rung-throttle-do = Limitar
rung-lock-do = Bloquear
rung-suspend-do = Suspender un dominio
rung-terminate-do = Terminar la relación
rung-throttle-text = Durante un tiempo rigen los límites de un cliente nuevo: para un buzón o para todos los del cliente. Se avisa al cliente por correo.
rung-lock-text = Ya no se acepta nada de allí, y lo que está en la cola espera. El correo sigue llegando y se puede leer. Actúa al momento y se puede retirar cuando sea; entonces sale lo que espera. Se avisa al cliente por correo.
rung-suspend-text = Del dominio no sale nada: de ninguno de sus buzones, ni con sus direcciones desde otros buzones del cliente. Lo que está en la cola espera y el correo sigue llegando. Se puede retirar cuando sea. Se avisa al cliente por correo.
rung-terminate-text = Todos los servicios del cliente terminan cuando acabe el día de hoy, ya no sale nada y el cliente recibe en archivos todo lo que se guarda para él. Aquí no se borra nada: eso llega después, como cuando un cliente se va, y hasta entonces se puede retirar.
ladder-title = Límites y bloqueos
ladder-none = Ni el equipo ni el guardián limitan o bloquean nada.
ladder-in-force = Lo que está limitado o bloqueado
ladder-next = Dar un paso:
ladder-step = Paso
ladder-past = Pasos anteriores
ladder-began = Empezó
ladder-ended = Terminó
ladder-until = Hasta
ladder-until-person = Hasta que una persona lo levante
ladder-waits-second = Espera a una segunda persona
ladder-by-guard = El guardián
ladder-confirmed-by = confirmado por { $who }
ladder-about = A quién atañe
ladder-about-customer = Todos los buzones del cliente
ladder-about-mailbox = Buzón { $mailbox }
ladder-address = O el buzón de esta dirección
ladder-address-help = Tal como la nombró quien se quejó. Se consulta y no se guarda.
ladder-no-mailbox = El cliente no tiene ese buzón.
ladder-domain = Dominio
ladder-how-long = Cuánto tiempo
ladder-days = { $n ->
    [one] Un día
   *[other] { $n } días
  }
ladder-why-help = El cliente lee el motivo; lo demás que sabe el personal no queda registrado.
ladder-why-spam = Publicidad no deseada
ladder-why-stolen = Otra persona envía desde allí
ladder-why-complaints = Los destinatarios se quejan
ladder-why-returns = Muchas direcciones no existen
ladder-why-fraud = Finge ser otra persona
ladder-why-malware = Programas dañinos
ladder-why-asked = El cliente lo pidió
ladder-why-other = Otro motivo
ladder-end-mended = Se remedió lo que llevó a ello
ladder-end-mistaken = Fue un error
ladder-end-owner = El dueño vuelve a tenerlo en sus manos
ladder-end-time = Se acabó el tiempo
ladder-end-other = Otro motivo
ladder-lift = Retirar
ladder-lift-title = ¿Retirar este paso?
ladder-lift-text = Sale lo que espera por él, y se avisa al cliente por correo.
ladder-lift-wish = Nadie lo confirmó y nadie fue avisado.
ladder-lifted = Está retirado. Sale lo que esperaba.
ladder-wish-back = Está retirado.
ladder-ended-before = Alguien lo había terminado antes.
ladder-already = Lo mismo ya está en vigor.
ladder-confirm = Confirmar el fin
ladder-confirm-title = ¿Terminar la relación con este cliente?
ladder-confirm-text = Un compañero lo desea. Todos los servicios terminan cuando acabe el día, ya no sale nada y el cliente lo recibe todo en archivos.
ladder-confirmed = Está confirmado y se ejecuta en un minuto.
ladder-own-wish = Usted mismo lo deseó: otra persona del equipo tiene que confirmarlo.
ladder-terminate-second = Empieza cuando otra persona del equipo lo confirme aquí. Hasta entonces no pasa nada; bloquee al cliente si el correo debe parar ya.
ladder-word = Escriba { $word }
ladder-word-help = Para que nadie termine lo que no quería.
ladder-word-wrong = Ese no es el dominio del cliente.
ladder-done-throttle = Ya rigen los límites de un cliente nuevo, y se avisa al cliente.
ladder-done-lock = De allí ya no sale nada, y se avisa al cliente.
ladder-done-suspend = Del dominio ya no sale nada, y se avisa al cliente.
ladder-done-terminate = Espera a otra persona del equipo.
ladder-paused = { $n ->
    [one] Un destino rechaza correo de este cliente y se deja en paz hasta
   *[other] { $n } destinos rechazan correo de este cliente y se dejan en paz, el último hasta
  }
ladder-try-again = Intentar ahora
ladder-tried-again = { $n ->
    [0] Ya no se dejaba nada en paz.
    [one] Un destino se intenta de nuevo ahora.
   *[other] { $n } destinos se intentan de nuevo ahora.
  }
ladder-customer-steps = { $n ->
    [one] Rige un límite o bloqueo sobre el correo de este cliente.
   *[other] Rigen { $n } límites o bloqueos sobre el correo de este cliente.
  }
ladder-customer-see = Ver el equipo de abuso
destinations-title = Destinos
destinations-lead = Dominios a los que no se envía nada y dominios que rechazan correo. El correo para ellos se acepta y espera.
destinations-stopped = Detenidos por el equipo
destinations-stopped-none = El correo va a todos los destinos.
destinations-paused = Dejados en paz para clientes
destinations-paused-lead = Rechazaron en una hora varios mensajes de un cliente, por una regla, mala fama o spam. Solo espera el correo de ese cliente, y se intenta de nuevo por sí solo. Qué clientes son, lo dicen sus páginas.
destinations-paused-none = Ningún destino rechaza el correo de un cliente.
destination-domain = Dominio
destination-for = Para
destination-customers = { $n ->
    [one] un cliente
   *[other] { $n } clientes
  }
destination-again = Se intenta de nuevo
destination-is-stopped = Detenido
destination-ended = Levantado por { $who }
destination-stop-title = Detener un destino
destination-stop-text = Nada va al dominio de nadie, tampoco lo que está en la cola, hasta que alguien lo retire. Los remitentes reciben el aviso de retraso habitual, y su correo vuelve si espera demasiado.
destination-stop = Detener
destination-stopped = Ya no va nada allí.
destination-lifted = El correo vuelve a ir allí.
destination-wrong = Eso no es un nombre de dominio.
destination-ours = Este dominio se sirve aquí: bloquee sus buzones o suspéndalo.
limit-throttle-customer = Durante un tiempo puede enviar menos
limit-throttle-mailbox = Un buzón puede enviar menos durante un tiempo
limit-throttle-domain = Un dominio puede enviar menos durante un tiempo
limit-lock-customer = Por ahora no se puede enviar nada
limit-lock-mailbox = Por ahora no se puede enviar nada de un buzón
limit-lock-domain = Por ahora no se puede enviar nada de un dominio
limit-suspend-domain = Por ahora no se puede enviar nada de { $domain }
limit-terminate-customer = Sus servicios terminan
limit-because-spam = Salió correo a muchas personas que no lo habían pedido.
limit-because-stolen = Otra persona envió correo desde allí.
limit-because-complaints = Demasiados destinatarios toman el correo por no deseado.
limit-because-returns = Muchas direcciones a las que se escribió no existen.
limit-because-fraud = Salió correo que finge ser de otra persona.
limit-because-malware = Salió correo con programas dañinos.
limit-because-asked = Usted lo pidió.
limit-because-other = Nuestro equipo de abuso lo decidió; le dirá por qué cuando nos escriba.
limit-do-throttle = Puede escribir al día a tantas personas como un cliente nuevo. Escriba solo a quienes lo pidieron. Termina por sí solo; si cree que es un error, escríbanos.
limit-do-throttle-stolen = Puede escribir al día a tantas personas como un cliente nuevo. Cree contraseñas nuevas y revise los ordenadores desde los que se usa el buzón. Termina por sí solo.
limit-do-lock = El correo sigue llegando, y lo que se entregó antes espera. Escríbanos qué va a cambiar o por qué es un error: una persona lo mira y lo levanta. El correo a nuestra asistencia sí sale.
limit-do-lock-stolen = El correo sigue llegando, y lo que se entregó antes espera. Cree contraseñas nuevas, revise los ordenadores desde los que se usa el buzón y escríbanos después: una persona lo levanta. El correo a nuestra asistencia sí sale.
limit-do-suspend = El correo sigue llegando, y lo que se entregó antes espera. Escríbanos qué va a cambiar o por qué es un error: una persona lo mira y lo levanta.
limit-do-terminate = Usted recibe en archivos todo lo que guardamos para usted. Si cree que es un error, escríbanos enseguida: mientras su correo no se haya borrado, todo puede retomarse.
limit-since = Desde
limit-until = hasta
limit-see-mailbox = Ver el buzón
limit-write = Escribirnos
limit-short-throttle = Durante un tiempo puede enviar menos.
limit-short-lock = Por ahora no se puede enviar nada de este buzón; el correo sigue llegando.
limit-short-suspend = Por ahora no se puede enviar nada de este dominio; el correo sigue llegando.
limit-short-terminate = El servicio termina y ya no se puede enviar nada; el correo sigue llegando.
figure-terminations = Terminaciones por confirmar
waits-terminations = { $n ->
    [0] Ninguna terminación espera su confirmación.
    [one] Una terminación espera a que la confirme otra persona.
   *[other] { $n } terminaciones esperan a que las confirme otra persona.
  }
waits-terminations-do = Ver el equipo de abuso

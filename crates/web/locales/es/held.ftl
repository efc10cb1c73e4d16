# Correo retenido: la oficina de abusos y lo que saben de ello los titulares.
console-nav-held = Correo retenido
figure-held = Mensajes retenidos
waits-held = { $n ->
    [0] El guardián de salida no retiene nada.
    [one] Un mensaje espera a que alguien decida sobre él.
   *[other] { $n } mensajes esperan a que alguien decida sobre ellos.
  }
waits-held-do = Decidir sobre lo retenido
queue-held = Retenido
held-desk-lead = Correo que retiene el guardián de salida, por cliente y causa. No se muestran palabras ni direcciones de nadie. Lo que nadie decide vuelve a su remitente después de 48 horas.
held-none = No hay nada retenido
held-none-text = Lo que el guardián toma por una campaña aparece aquí por sí solo.
held-none-of-customer = No hay nada retenido de este cliente
held-of-customer = Correo retenido de un cliente
held-customer-lead = Un buzón se nombra por el final de su número. Para ver al cliente, busque el número que está en la dirección de esta página.
held-pick = Elegir
held-pick-cluster = Elegir los mensajes de { $customer }
held-pick-message = Elegir un mensaje del buzón { $mailbox }
held-why = Motivo
held-messages = Mensajes
held-mailbox = Buzón
held-size = Tamaño
held-back-at = Vuelve
held-n = { $n ->
    [one] Un mensaje
   *[other] { $n } mensajes
  }
held-mailboxes-n = { $n ->
    [one] un buzón
   *[other] { $n } buzones
  }
held-confirmed-n = { $n ->
    [one] De uno, el titular dijo que es suyo.
   *[other] De { $n }, los titulares dijeron que son suyos.
  }
held-confirmed = El titular dijo que es suyo:
held-score = Probabilidad, por sus palabras, de que no sea deseado: { $n } %
held-code-campaign = Campaña
held-code-wave = Oleada
held-code-sign-in = Lugar nuevo
held-code-returns = Direcciones muertas
held-code-complaints = Quejas
held-reason-campaign = Casi el mismo texto fue a { $value } personas a las que nunca se había escrito; desde { $limit } espera.
held-reason-wave = Casi el mismo texto vino de varios clientes a { $value } personas a las que nunca se había escrito; desde { $limit } espera.
held-reason-sign-in = El buzón se usó desde un lugar nuevo y escribió a varias personas a las que nunca había escrito.
held-reason-returns = { $value } direcciones a las que escribió el buzón no existen; desde { $limit } espera.
held-reason-complaints = Demasiados de los que recibieron correo del cliente en la última semana lo toman por no deseado.
held-reason-other = Espera a que alguien lo haya mirado.
held-ticked = Con los elegidos
held-release = Liberar
held-except = Liberar y confiar en el buzón
held-trust = Liberar y confiar en el cliente
held-drop = Descartar
held-drop-title = ¿Descartar lo elegido?
held-drop-text = Desaparece para siempre y no se puede recuperar. A cada remitente se le dice por qué.
held-drop-yes = Descartarlo
held-none-ticked = Elija primero de qué se trata.
held-no-reason = Dé un motivo de la lista.
held-released = { $n ->
    [0] No se liberó nada: alguien había decidido antes.
    [one] Un mensaje sale ahora.
   *[other] { $n } mensajes salen ahora.
  }
held-dropped = { $n ->
    [0] No se descartó nada: alguien había decidido antes.
    [one] Un mensaje se descartó, y se avisa a su remitente.
   *[other] { $n } mensajes se descartaron, y se avisa a sus remitentes.
  }
held-cause-consented = Los destinatarios lo pidieron
held-cause-business = Es lo que escribe la empresa
held-cause-mistaken = Es inofensivo
held-cause-spam = Publicidad no deseada
held-cause-stolen = El buzón está robado
held-cause-owner = Lo dijo el titular
held-cause-time = Se acabó el plazo
held-cause-other = Otro motivo
held-trust-title = Confianza
held-tier-0 = Nuevo: los límites cuentan sobre todos los buzones juntos.
held-tier-1 = Conocido por los días pagados.
held-tier-2 = De confianza por las semanas pagadas.
held-tier-3 = El personal confía en él: sin más límites que los de su clase de servicio, y no se retienen campañas.
held-tier-none = Todavía no se ha enviado nada.
held-exception = Las campañas del buzón { $mailbox } salen hasta
held-trust-customer = Confiar en el cliente
held-untrust = Retirar la confianza
held-trusted = El personal confía ahora en el cliente.
held-untrusted = En el cliente se confía ahora solo por lo que ha pagado.
held-decided = Lo que se decidió
held-decided-none = Todavía no se ha decidido nada sobre este cliente.
held-done = Hecho
held-by = Por
held-when = Cuándo
held-act-release = Liberado
held-act-drop = Descartado
held-act-confirm = Liberado por el titular
held-act-know = Confirmado por el titular
held-act-withdraw = Retirado por el titular
held-act-expire = Devuelto a su remitente
held-act-trust = De confianza
held-act-untrust = Confianza retirada
held-act-except = Confianza en el buzón por un tiempo
held-key-down = Fila siguiente
held-key-up = Fila anterior
held-own-title = Mensajes que esperan
held-own-lead = Retenemos estos mensajes suyos porque casi el mismo texto va a muchas personas a las que este buzón nunca había escrito. Así se reconocen los buzones robados. Díganos si son suyos.
held-own-none = Todos sus mensajes están en camino.
held-own-waits = { $n ->
    [one] Un mensaje suyo espera y todavía no se ha enviado.
   *[other] { $n } mensajes suyos esperan y todavía no se han enviado.
  }
held-own-see = Ver por qué
held-own-confirm = Sí, son míos
held-own-withdraw = Retirar los elegidos
held-own-said = usted dijo que es suyo
held-own-not-yours = Si no los ha escrito usted, otra persona tiene una contraseña suya: cámbiela y retire en el centro de clientes las contraseñas de sus dispositivos. Lo que nadie decide vuelve a usted después de 48 horas.
held-own-decided = Alguien ya había decidido sobre ellos.
held-own-gone = Gracias. Salen ahora.
held-own-known = Gracias. Los que siguen esperando los mira nuestra oficina de abusos, que ve lo que usted ha dicho.
held-own-back = { $n ->
    [one] El mensaje se ha retirado y lo recibe usted con un informe.
   *[other] { $n } mensajes se han retirado y los recibe usted con informes.
  }
strange-title = ¿Fue usted?
strange-text = Este buzón se usó desde un lugar que es nuevo para él y escribió a varias personas a las que nunca había escrito. Todo lo que envía espera hasta que usted responda; recibir y leer siguen igual.
strange-since = Empezó el
strange-sign-new-place = No se usó desde esa red en los últimos 90 días.
strange-sign-guessed = Desde allí llegaron contraseñas erróneas antes de la correcta.
strange-sign-new-password = Recibió una nueva contraseña de aplicación en el último día.
strange-not-from-here = Usted mismo usa el buzón desde un lugar que es nuevo para él, así que desde aquí no podemos fiarnos de su palabra. Quien administra el buzón lo dice en el centro de clientes; o lo dice usted desde donde ya usaba el buzón.
strange-known = Sí, fui yo
strange-stolen = No, bloquear el buzón
strange-help = Si fue usted, lo que espera por esto sale y desde ahora conocemos el lugar. Si no, nada de lo que espera sale, se cierran todas las sesiones y terminan todas las contraseñas del buzón; el correo sigue llegando y las contraseñas nuevas se hacen en el centro de clientes.
strange-known-done = Gracias. Lo que esperaba por esto sale ahora y el lugar es conocido.
strange-stolen-done = Ya nadie tiene sesión en el buzón, sus contraseñas han terminado y nada de lo que esperaba sale. Haga contraseñas nuevas en el centro de clientes.
strange-waits = El correo de uno de sus buzones espera, porque el buzón se usó desde un lugar nuevo y escribió a varias personas a las que nunca había escrito.
strange-answer = Responder

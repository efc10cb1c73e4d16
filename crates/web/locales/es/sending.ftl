# Cómo se recibe lo que sale de la casa: entregas, quejas, listas de bloqueo y lo que informan otros proveedores.
console-nav-sending = Envío
sending-lead = Cómo se recibe el correo que sale de aquí. Solo recuentos: para ellos no se lee el correo de nadie, y nada dice quién escribió a quién.
sending-deliveries = Entregas
sending-reports = Informes de otros
sending-over = En qué tiempo
sending-day = 24 horas
sending-week = 7 días
sending-delivered = Entregado
sending-deferred = Aplazado
sending-refused = Rechazado
sending-recipients = Destinatarios
sending-why-spam = { $n } spam
sending-why-policy = { $n } por bloqueo
sending-why-dead = { $n } no existe
sending-why-failed = { $n } otros
sending-blocked = Spam o bloqueo
sending-dead = No existe
sending-half = La mitad en
sending-when = Cuándo
sending-domain = Dominio
sending-complaints = Quejas
sending-reputation = Reputación
sending-address = Dirección
sending-follows = Qué sigue
sending-figure-delivered = Entregado
sending-figure-within = La mitad en
sending-figure-blocked = Spam o bloqueo
sending-figure-dead = No existe
sending-figure-complaints = Quejas
sending-figure-lists = En listas de bloqueo
sending-figure-waiting = En espera
sending-figure-received = Informes
sending-figure-last = El último
sending-figure-aligned = SPF o DKIM correctos
sending-figure-encrypted = Cifrado
sending-note-delivered = { $n ->
    [0] No se envió nada.
    [one] De un destinatario con respuesta definitiva.
   *[other] De { $n } destinatarios con respuesta definitiva.
  }
sending-note-within = Desde que se entregó aquí hasta que lo aceptó el otro servidor.
sending-note-blocked = { $n ->
    [0] Ningún servidor rechazó correo por lo que somos o enviamos.
    [one] El servidor de un destinatario lo rechazó por lo que somos o enviamos. A partir del 1 % mire de quién es.
   *[other] Los servidores de { $n } destinatarios lo rechazaron por lo que somos o enviamos. A partir del 1 % mire de quién es.
  }
sending-note-dead = { $n ->
    [0] Todas las direcciones existían.
    [one] Una dirección no existe. A partir del 3 % una lista es vieja o comprada.
   *[other] { $n } direcciones no existen. A partir del 3 % una lista es vieja o comprada.
  }
sending-note-complaints = En 7 días: lectores que dicen spam, y servidores que lo dicen.
sending-note-lists = Se pregunta cada hora; vea abajo.
sending-note-lists-none = No se pregunta a ninguna lista.
sending-note-waiting = { $held ->
    [0] Mensajes en la cola; ninguno está retenido.
    [one] Mensajes en la cola; uno está retenido.
   *[other] Mensajes en la cola; { $held } están retenidos.
  }
sending-note-received = En 30 días, cada uno contado una vez.
sending-note-last = Cuándo llegó.
sending-note-aligned = { $n ->
    [0] No se informó de ningún mensaje.
    [one] De un mensaje que otros vieron bajo un dominio de aquí.
   *[other] De { $n } mensajes que otros vieron bajo dominios de aquí.
  }
sending-note-encrypted = { $n ->
    [0] No se informó de ninguna conexión.
    [one] De una conexión a un dominio de aquí.
   *[other] De { $n } conexiones a dominios de aquí.
  }
sending-within-none = –
sending-within-10 = 10 segundos
sending-within-60 = 1 minuto
sending-within-600 = 10 minutos
sending-within-3600 = 1 hora
sending-within-21600 = 6 horas
sending-within-longer = más de 6 horas
sending-alarm-listed = { $address } está en la lista de bloqueo { $list }
sending-alarm-do = Otros servidores pueden rechazar el correo de ahí. Mire abajo de quién es el correo rechazado por spam, deténgalo y pida después a quien lleva la lista que quite la dirección.
sending-chart = Entregas en el tiempo
sending-chart-day = Destinatarios de cada una de las últimas 24 horas: entregado, rechazado, aplazado.
sending-chart-week = Destinatarios de cada uno de los últimos siete días (UTC): entregado, rechazado, aplazado.
sending-chart-table = Lo mismo como tabla
sending-none = No se envió nada
sending-none-text = Lo que sale hacia otros servidores se cuenta aquí por sí solo.
sending-places = Por destino
sending-places-note = Lo peor primero. Los destinos con menos de 20 destinatarios están juntos y pierden su nombre después de un día. Lo aplazado son intentos; lo demás, destinatarios.
sending-others = Todos los de pocos destinatarios
sending-senders = Por dominio del remitente
sending-senders-note = Lo peor primero. La reputación es la de siete días; con menos de 50 destinatarios no se dice nada.
sending-house = La casa misma
sending-grade-few = Muy poco correo
sending-grade-good = Buena
sending-grade-watch = Por vigilar
sending-grade-poor = Mala
sending-voices = Lo que dicen los destinatarios, por cliente
sending-voices-note = En 7 días, lo peor primero. Con los mismos recuentos el guardián avisa, limita y retiene; quien se queja de mucho pesa menos.
sending-voices-none = En 7 días ningún destinatario se quejó y todas las direcciones existían.
sending-level-none = Nada
sending-level-warn = Avisado
sending-level-demote = Limitado
sending-level-hold = Retenido
sending-egress = Por dirección nuestra
sending-egress-none = Sin conexión
sending-lists = Listas de bloqueo
sending-list = Lista
sending-asked = Preguntada
sending-list-listed = En la lista
sending-list-clear = No está
sending-list-unknown = Aún sin respuesta
sending-list-failed = Sin respuesta:
sending-lists-none = No se pregunta a ninguna lista
sending-lists-none-text = Nombre listas en reputation.block_lists de la configuración, y servidores de nombres propios: las listas suelen rechazar los grandes y abiertos.
sending-reports-lead = Lo que otros proveedores informan a { $address } sobre dominios de aquí, en 30 días. Cualquiera puede escribir un informe; por eso de ninguno sigue nada por sí solo.
sending-mail = Correo bajo dominios de aquí (DMARC)
sending-mail-note = Es correcto el correo cuyo SPF o DKIM es válido y corresponde al dominio del remitente.
sending-mail-none = Aún ningún informe DMARC
sending-mail-none-text = Los proveedores los envían a diario a { $address }, que está en el registro DMARC que se pide publicar a los clientes. Su dominio necesita para *._report._dmarc un registro TXT que diga v=DMARC1.
sending-aligned = Correcto
sending-messages = Mensajes
sending-away = No admitidos
sending-do = Qué hacer
sending-by = Informado por { $names }
sending-messages-n = { $n ->
    [one] un mensaje
   *[other] { $n } mensajes
  }
sending-source-others = varios otros
sending-source-ours = nuestro
sending-mail-good = Todo correcto
sending-mail-ours = Falla correo nuestro
sending-mail-unknown = Servidores desconocidos
sending-mail-do-good = Nada. Si sigue así, el cliente puede pedir a otros que rechacen falsificaciones (p=reject).
sending-mail-do-ours = { $n ->
    [one] Un mensaje que enviamos no se tuvo por correcto: compruebe que los registros DKIM y SPF del dominio estén publicados como dice su página.
   *[other] { $n } mensajes que enviamos no se tuvieron por correctos: compruebe que los registros DKIM y SPF del dominio estén publicados como dice su página.
  }
sending-mail-do-unknown = { $n ->
    [one] Un mensaje vino de un servidor que no es nuestro: un servicio que el cliente usa sin registro propio, un reenvío o una falsificación. Pregunte al cliente qué servicios envían por el dominio.
   *[other] { $n } mensajes vinieron de servidores que no son nuestros: un servicio que el cliente usa sin registro propio, reenvíos o falsificaciones. Pregunte al cliente qué servicios envían por el dominio.
  }
sending-tls = Conexiones cifradas a dominios de aquí (TLS)
sending-tls-none = Aún ningún informe TLS
sending-tls-none-text = Los proveedores los envían a la dirección del registro _smtp._tls de un dominio.
sending-well = Bien
sending-sessions = Conexiones
sending-tls-failed = Fallidas
sending-tls-fails = Falla
sending-tls-good = Todo bien
sending-tls-do-starttls = No se ofreció nada cifrado: compruebe que el certificado esté cargado y que nada entre nosotros y el mundo quite STARTTLS.
sending-tls-do-certificate = El certificado de nuestro servidor de correo no bastó: compruebe sus nombres, su fin y su cadena (tls en la configuración).
sending-tls-do-dane = El registro TLSA no corresponde al certificado, o DNSSEC está roto: compruebe ambos donde está la zona del dominio.
sending-tls-do-sts = La política MTA-STS no se pudo obtener o leer: compruebe el archivo y el certificado del servidor que la tiene.
sending-tls-do-other = Los informes no dicen por qué. Pregunte a un proveedor que informó.
sending-tls-starttls-not-supported = no se ofreció STARTTLS
sending-tls-certificate-host-mismatch = el certificado tiene otro nombre
sending-tls-certificate-expired = el certificado terminó
sending-tls-certificate-not-trusted = el certificado no es de confianza
sending-tls-validation-failure = el certificado no se pudo comprobar
sending-tls-tlsa-invalid = el registro TLSA no corresponde
sending-tls-dnssec-invalid = DNSSEC está roto
sending-tls-dane-required = se exigía DANE
sending-tls-sts-policy-fetch-error = la política MTA-STS no se pudo obtener
sending-tls-sts-policy-invalid = la política MTA-STS no es válida
sending-tls-sts-webpki-invalid = el servidor de la política MTA-STS tiene un certificado erróneo
sending-tls-other = por otra razón

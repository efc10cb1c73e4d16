# El informe de transparencia.
nav-transparency = Transparencia
transparency-title = Informe de transparencia
transparency-lead = Lo que pasó con los datos de las personas fuera del trabajo diario, semestre a semestre. Contado por el programa en sus propios registros, nunca a mano.
transparency-json = Lo mismo como JSON
transparency-half-1 = Enero a junio de { $year }
transparency-half-2 = Julio a diciembre de { $year }
transparency-running = En curso
transparency-disclosures = Datos entregados a otros sin preguntar antes
transparency-disclosed = Divulgados
transparency-refused = Rechazados
transparency-sealed = Sin contar arriba: entre { $from } y { $to } divulgaciones de las que la ley aún prohíbe hablar. Se cuentan aquí en cuanto se comunican.
transparency-sealed-more = Sin contar arriba: { $from } o más divulgaciones de las que la ley aún prohíbe hablar. Se cuentan aquí en cuanto se comunican.
transparency-break = Abierto con un motivo, donde no encajaba ningún hecho
transparency-opened = Casos
transparency-unseen = Sin mirar en un día
transparency-unusual = Accesos inusuales del personal
transparency-found = Encontrados por el programa
transparency-explained = Explicados y acordados
transparency-requests = Solicitudes sobre los propios datos
transparency-received = Recibidas
transparency-answered = Respondidas
transparency-median = La mitad en
transparency-longest = La más lenta
transparency-hours = { $n ->
    [one] una hora
   *[other] { $n } horas
  }
transparency-days = { $n ->
    [one] un día
   *[other] { $n } días
  }
transparency-request-read = Ver
transparency-request-change = Corregir
transparency-request-export = Llevarse
transparency-request-erase = Borrar
transparency-request-object = Oponerse
transparency-request-send = Sobre mensajes
transparency-request-collect = Sobre formularios
transparency-request-disclose = Sobre divulgaciones

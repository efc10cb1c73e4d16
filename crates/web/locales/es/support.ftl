# Ayuda: horarios y tiempos de respuesta
nav-support = Ayuda
support-title = Ayuda de personas
support-lead = Escríbanos y le responde una persona, que ve lo que hace su servicio y nada que no necesite.
support-open = Ahora hay alguien
support-open-until = Hasta { $at }.
support-open-always = A cualquier hora del día.
support-closed = En este momento no hay nadie
support-opens = Desde { $at } vuelve a haber alguien. Su mensaje espera hasta entonces; las urgencias no.
support-hours = Cuándo estamos
support-zone = Horas en la zona { $zone }.
support-day-closed = cerrado
support-holidays-worked = También en días festivos.
support-holidays-closed = No en:
support-holidays-none = No hay festivos próximos.
day-monday = Lunes
day-tuesday = Martes
day-wednesday = Miércoles
day-thursday = Jueves
day-friday = Viernes
day-saturday = Sábado
day-sunday = Domingo
support-levels = Con qué rapidez respondemos
support-levels-lead = En nuestro horario, contado al minuto. Mientras le toca responder a usted, el reloj se detiene.
support-priority = De qué se trata
support-first-answer = Responde una persona
support-solution = Está resuelto
support-in-hours = { $n ->
    [one] en una hora
   *[other] en { $n } horas
  }
priority-emergency = Urgencia
priority-emergency-text = No llega ni sale correo de un dominio entero.
priority-high = El trabajo se resiente
priority-high-text = Un buzón o una forma de usarlo no funciona.
priority-normal = Una pregunta
priority-normal-text = Cómo se hace algo, o qué dice una factura.
priority-low = Un deseo
priority-low-text = Algo que estaría bien.
support-emergencies = Las urgencias se atienden a cualquier hora, y sus horas cuentan día y noche.
support-emergencies-at = Las urgencias se atienden a cualquier hora en { $where }, y sus horas cuentan día y noche.
support-articles = Buscar antes en la base de conocimientos

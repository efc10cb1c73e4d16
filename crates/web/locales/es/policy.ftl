# La página de la política y lo que le pertenece. La política misma está en su archivo y en el idioma de este.
policy-contents = Contenido
policy-lead = Esta página se imprime desde el archivo que nuestros servidores hacen cumplir. Lo que ninguna regla permite se rechaza, y cada promesa dice cómo se sabe que se cumple.
policy-version-name = Versión
policy-from = En vigor desde
policy-looked-at = Última comprobación
policy-number = Número de la política
policy-language = Las palabras de la política están en el idioma en que rige, inglés. Todo lo demás está en el suyo.
policy-former = Esta política ya no rige
policy-former-text = Está aquí porque hay recibos y registros con su número que se hicieron bajo ella.
policy-coming = Esta política todavía no rige
policy-coming-text = Rige a partir del { $date }. Se avisó a todas las personas afectadas.
policy-change = Esta política cambia
policy-change-text = A partir del { $date } rige otra. Ya está en nuestro sitio, con todo lo que se amplía y todo lo que se restringe.
policy-change-see = Ver qué cambia
policy-link = Enlace a { $id }
minute-title = En un minuto
minute-promise = Promesa { $id }
minute-sold = No se vende nada
minute-sold-text = { $n ->
    [one] No existe el fin “vender”. Una empresa trabaja para nosotros y se nombra abajo.
   *[other] No existe el fin “vender”. { $n } empresas trabajan para nosotros y todas se nombran abajo.
}
minute-purposes = Una lista cerrada de motivos
minute-purposes-text = Sus datos se usan por { $n } motivos. Otro ni siquiera se puede compilar.
minute-staff = El personal no ve nada de entrada
minute-staff-text = Hace falta un hecho que venga de usted, y cada mirada queda en su registro. Nadie lee su correo.
minute-country = Se quedan en un país
minute-country-text = Se guardan en: { $country }. Con un almacén en otro lugar, el programa no arranca.
minute-erased = Borrado es borrado
minute-erased-text = Se destruye su propia clave; a los { $days } días no queda copia de ella.
minute-choice = Usted elige qué enviamos
minute-choice-text = Las facturas y las averías siempre le llegan. Todo lo demás consulta antes su elección, cada vez.
minute-card = Ningún número de tarjeta
minute-card-text = Lo escribe en la página del procesador. Guardamos una referencia que sirve para cobrar y nada más.
minute-grounds = Cuatro motivos para revelar
minute-grounds-text = Solo por { $n } motivos, con un documento y dos personas, y se le avisa.
marks-title = Cómo se sabe cada promesa
marks-text = Junto a cada promesa está lo que encontró la última comprobación. Mira cada hora desde dentro y cada día desde fuera, y una promesa que no se cumple lo dice aquí, a la vista de todos.
mark-PROVEN = Demostrada
mark-HELD = Se sostuvo
mark-EVIDENCED = Con registro
mark-ATTESTED = Certificada
mark-UNPROBED = Sin comprobar aún
mark-BROKEN = Rota
mark-PROVEN-text = se probó cada caso de la tabla, no una muestra
mark-HELD-text = lo que la promesa excluye se intentó en el sistema en marcha y se rechazó
mark-EVIDENCED-text = lo muestra un registro reciente
mark-ATTESTED-text = lo dice una persona con nombre, hasta una fecha
mark-UNPROBED-text = todavía no se ha averiguado nada
mark-BROKEN-text = no se cumple en este momento; quien debe arreglarlo ya lo sabe
policy-how = Cómo lo sabemos
how-static = Se muestra probando en la tabla cada combinación de motivo, datos, persona y acto.
how-probe = Se intenta en el sistema en marcha con una persona que existe solo para la prueba.
how-evidence = Lo muestra un registro que debe ser reciente.
how-attested = Lo dice una persona con nombre, por un año como máximo.
known-proven = Se miró cada caso: ninguno contradice la promesa.
known-held = La prueba se sostuvo el { $at }.
known-evidenced = Lo muestra un registro del { $at }.
known-attested = { $who } lo certifica hasta el { $until }.
known-broken = La última comprobación encontró que no se cumple. Estamos en ello.
known-since = Está así desde el { $at }.
known-nothing = La primera comprobación todavía no ha llegado a ella.
known-missing-static = Todavía no se ha mirado la tabla.
known-missing-probe = Todavía no se ha hecho ninguna prueba.
known-missing-evidence = Todavía no hay registro.
known-missing-attested = Todavía no lo ha certificado nadie.
policy-rests = Se apoya en
policy-check = La comprobación se llama
policy-code = la parte del programa
policy-measures = Las medidas
policy-measures-text = Se prueban en cada arranque del programa y cada hora; una que no llega rompe la promesa
policy-purposes = Para qué se usan los datos
policy-purposes-text = { $n ->
    [one] Un motivo. La lista está cerrada: lo que no está en ella no ocurre.
   *[other] { $n } motivos. La lista está cerrada: lo que no está en ella no ocurre.
}
policy-purpose = Motivo
policy-supporting = de apoyo
policy-meaning = Qué significa
policy-arises = Surge de
policy-matrix = Qué datos para qué motivo
policy-matrix-table = Tabla de datos y motivos
policy-matrix-text = Cada fila es un tipo de datos, cada columna un motivo. Un campo vacío significa que nadie puede usar eso para aquello, pregunte quien pregunte.
policy-lane-you = usted
policy-lane-you-text = solo usted, con la sesión iniciada
policy-lane-program = programa
policy-lane-program-text = una tarea del programa, cuando un hecho la pide
policy-lane-staff = personal
policy-lane-staff-text = quien trabaja aquí, cuando un hecho lo justifica
policy-lane-never = nunca
policy-lane-never-text = excluido para siempre, diga lo que diga una regla
policy-lane-no = no se usa
policy-category = Tipo de datos
policy-who = Quién ve qué
policy-who-text = Para cada persona que trabaja aquí: qué puede abrir y el hecho sin el cual el programa se niega. Un motivo escrito a mano no es un hecho.
policy-who-else = Lo que puede hacer usted y lo que hace el programa
policy-sees-nothing = No ve nada suyo.
policy-for = para
policy-with = solo con
policy-or = o
policy-and = y
policy-told = Se le avisa al instante.
policy-may = puede
policy-never = Lo que nunca se hace
policy-never-text = Estas líneas prevalecen sobre cualquier regla, también sobre las que se escriban después.
policy-retention = Cuánto tiempo se guarda
policy-retention-text = Después desaparece por sí solo. Lo borrado podría recuperarse de una copia de las claves durante { $days } días como máximo; después, nadie puede.
policy-kept = Se guarda
policy-goes = Cómo desaparece
policy-erase-destroy_key = se destruye su clave y nada puede leerlo
policy-erase-end_of_term = aparte, bajo una segunda clave, hasta el fin del plazo legal
policy-where = Dónde
policy-anywhere = en cualquier lugar
policy-recipients = A quién llegan
policy-recipients-text = La lista completa. Una conexión con cualquier otro se rechaza.
policy-recipient = Quién
policy-receives = Recibe
policy-messages = Qué le escribimos
policy-class = Tipo
policy-channels = Por
policy-channel-email = correo electrónico
policy-channel-post = correo postal
policy-channel-telephone = teléfono
policy-choice = Su elección
policy-topics = Lo que puede elegir, tema por tema y canal por canal:
policy-topic = Tema
policy-often = Con qué frecuencia
policy-notes = Dicho abiertamente
policy-notes-text = Donde unas promesas tiran contra otras, o donde una termina. Lo descubriría tarde o temprano; mejor aquí.
policy-more = Para quien comprueba
policy-versions = Todas las versiones
policy-versions-link = qué rigió y cuándo, y qué cambió
policy-versions-text = Todas las políticas que rigieron alguna vez y las anunciadas. Los recibos y registros llevan el número de aquella bajo la que se hicieron.
policy-versions-none = Todavía no hay nada registrado
policy-versions-none-text = La primera versión se registra cuando arrancan los servidores.
policy-versions-coming = Por venir
policy-transparency = Informe de transparencia
policy-transparency-link = qué se reveló y se abrió, en cifras
policy-head = Cabeza del registro
policy-head-link = la cabeza firmada del registro de usos, la misma que está en las facturas
policy-json-link = esta página para programas, con términos del W3C Data Privacy Vocabulary
policy-md-link = esta página como texto simple, para comparar y guardar
policy-rules = Todas las reglas, como las lee el programa
policy-rule = Regla
policy-rule-who = Quién
policy-rule-what = Puede
policy-rule-facts = Solo con
policy-announced = Anunciada
policy-announced-text = { $n ->
    [one] En vigor a partir del { $date }. Se avisó a una persona.
   *[other] En vigor a partir del { $date }. Se avisó a { $n } personas.
}
policy-read = Leerla
policy-changes = Qué cambia
policy-changes-see = { $wider ->
    [0] { $narrower ->
        [0] Cambios: solo palabras
       *[other] Cambios: nada más amplio, { $narrower } más restringido
    }
   *[other] Cambios: { $wider } más amplio, { $narrower } más restringido
}
policy-in-force = En vigor
policy-since = Desde el { $date }
policy-until = hasta el { $date }
policy-changes-title = Qué cambia con { $version }
policy-changes-text = Se comparan las tablas de decisión de ambas, no sus textos: qué puede hacer quién, qué se guarda cuánto tiempo, quién recibe qué.
policy-changes-between = De la versión { $before } a la versión { $after }, en vigor desde el { $date }.
policy-changes-first = Esta es la primera
policy-changes-first-text = No hay ninguna anterior con que compararla.
policy-notice-given = Se avisó a todos el { $date }.
policy-widened = { $n ->
    [0] Nada se amplía
    [one] Una cosa se amplía
   *[other] { $n } cosas se amplían
}
policy-widened-text = Ampliar significa: se permite más, se guarda más tiempo, llega a alguien nuevo o le deja menos elección. Requiere aviso previo y, donde se le preguntó, pregunta otra vez.
policy-narrowed = { $n ->
    [0] Nada se restringe
    [one] Una cosa se restringe
   *[other] { $n } cosas se restringen
}
policy-reworded = { $n ->
    [one] Una cosa tiene otras palabras
   *[other] { $n } cosas tienen otras palabras
}
policy-needs-notice = Requiere aviso previo
policy-needs-consent = Le pregunta otra vez
policy-role-person = Usted, con sesión iniciada
policy-role-mailbox = Quien usa un buzón
policy-role-system = El propio programa
policy-role-support = Soporte
policy-role-billing = Facturación
policy-role-fraud_reviewer = Revisión de pedidos retenidos
policy-role-abuse_desk = Oficina de abusos
policy-role-privacy_officer = Responsable de privacidad
policy-role-writer = Redacción
policy-role-operator = Operación
policy-act-collect = pedir
policy-act-read = leer
policy-act-change = cambiar
policy-act-send = enviar
policy-act-export = llevarse
policy-act-disclose = revelar
policy-act-erase = borrar
policy-fact-own_session = su propia sesión
policy-fact-managed_mailbox = un buzón de un dominio que usted administra
policy-fact-own_mailbox = el propio buzón con sesión iniciada
policy-fact-sign_in = un intento de iniciar sesión
policy-fact-order_placed = un pedido suyo sin decidir
policy-fact-order_in_review = un pedido suyo que espera a una persona
policy-fact-order_screened = un pedido suyo que fue examinado
policy-fact-due_invoice = una factura suya pendiente
policy-fact-service_ordered = un servicio que usted tiene
policy-fact-outbound_message = un mensaje para usted que pasó la puerta de mensajes
policy-fact-queued_message = un mensaje suyo en camino
policy-fact-open_case = una solicitud sobre sus datos que usted hizo y que está abierta
policy-fact-open_ticket = una consulta que usted abrió y sigue abierta
policy-fact-ground = un motivo registrado
policy-fact-second_person = una segunda persona que estuvo de acuerdo
policy-fact-consent = su sí, en vigor
policy-fact-fresh_permission = su permiso para este único pedido
policy-fact-standing_permission = su permiso permanente
policy-fact-break_glass = un caso abierto con un motivo escrito, por una hora
policy-fact-request = una petición suya verificada
policy-fact-term_ended = el fin del plazo
policy-fact-second_look = un caso de un colega que nadie ha mirado
policy-fact-site_consent = lo que usted permitió pasar a un sitio, mientras tiene la sesión iniciada en él
policy-fact-list_joined = una lista a la que alguien de fuera se unió
policy-fact-survey_answered = una respuesta que usted dio a una encuesta con su nombre
console-nav-promises = Promesas
promises-lead = Cómo está cada promesa de la política de privacidad: qué encontraron las comprobaciones, qué falta y cómo estaba antes.
promises-none = Todavía no se ha hecho ninguna comprobación
promises-none-text = La primera se hace cuando arrancan los servidores. «mailkeep policy check» mira ahora.
promises-broken = { $n ->
    [one] Una promesa no se cumple
   *[other] { $n } promesas no se cumplen
}
promises-broken-text = Los visitantes lo leen en la página de la política. Abajo está lo que rompe cada una y lo que la arregla; después, «mailkeep policy check» vuelve a mirar al instante.
promises-sound = Todas las promesas dadas se cumplen
promises-sound-text = A fecha de { $at }.
promises-title = Todas las promesas
promises-awaits = Espera { $what }
promises-planned = Prevista
promises-history = Cómo estaba antes
promises-promise = Promesa
promises-mark = Marca
promises-seen = Vista por última vez
promises-why = Por qué
promises-alert = { $n ->
    [one] Una promesa de la política de privacidad no se cumple.
   *[other] { $n } promesas de la política de privacidad no se cumplen.
}
promises-alert-see = Ver cuáles

# The API and the page that shows it.
api-title = API para programas
api-lead = Lo que hace el Centro de clientes, para sus propios programas: dominios, buzones, alias, pedidos y facturas.
api-begin = Primeros pasos
api-token = Cree un token en el <tokens>Centro de clientes</tokens>. No puede hacer más que los permisos que usted le dé, ni más que lo que usted mismo puede hacer. Envíelo con cada solicitud:
api-customer = Quien actúa para varios clientes indica uno con <code>?customer=</code>; <code>/api/v1/customers</code> los enumera.
api-lists = Las listas llegan por páginas, con la entrada más antigua primero: indique el <code>next_cursor</code> de una página como <code>?cursor=</code> para la siguiente, y <code>?limit=</code> para su tamaño (50 si no indica nada, 200 como máximo).
api-repeat = Una solicitud que crea algo puede llevar una <code>Idempotency-Key</code> de su elección. Si se envía otra vez en un plazo de 24 horas con la misma clave, no crea nada dos veces y recibe lo mismo como respuesta.
api-rate = Un token puede hacer { $n } solicitudes por minuto. A partir de ahí la respuesta es 429, con <code>Retry-After</code> en segundos.
api-document = Para los generadores de código existe el <document>documento OpenAPI</document>.
api-operations = Operaciones
api-required = obligatorio
api-no-token = sin token
api-problems = Cuando algo no se puede hacer
api-problems-lead = La respuesta es <code>application/problem+json</code> (RFC 9457): un <code>code</code> que no cambia, un <code>detail</code> que dice qué hacer y <code>errors</code> para los campos que no son válidos.
api-col-code = Código
api-col-status = Estado
api-col-meaning = Qué significa
api-problem-unreadable = El cuerpo, el cursor o una cabecera no se puede leer.
api-problem-token-needed = No hay token, o ha caducado o se ha revocado.
api-problem-scope-missing = El token no tiene el permiso que la operación necesita.
api-problem-not-allowed = Su rol con el cliente no permite esto.
api-problem-not-found = No existe o no es suyo.
api-problem-refused = En el estado actual esto no se puede hacer.
api-problem-conflict = La solicitud tiene que ver con otra anterior con la misma Idempotency-Key.
api-problem-too-large = El cuerpo es más grande de lo que leemos.
api-problem-fields-wrong = Un campo no es válido; consulte errors.
api-problem-too-many-requests = Espere el tiempo que indica Retry-After.
api-problem-internal = Algo ha fallado por nuestra parte; indique request_id al soporte.
api-token-needed = Envíe un token de la API como “Authorization: Bearer …”. Se crea en el Centro de clientes.
api-scope-missing = Este token no tiene el permiso { $scope }. Cree en el Centro de clientes uno que lo tenga.
api-fields-wrong = Algunos campos no son válidos. Corríjalos y envíe la solicitud otra vez.
api-body-wrong = El cuerpo no se puede leer: { $reason }. Corríjalo y envíelo otra vez.
api-body-type = Envíe el cuerpo como application/json.
api-cursor-wrong = Este cursor no es nuestro. Empiece por la primera página.
api-limit-wrong = limit es un número de 1 a { $most }.
api-id-wrong = Esto no es un identificador.
api-term-wrong = Escriba monthly, quarterly o annual.
api-quota-most = El plan permite como máximo { $most } bytes por buzón.
api-name-customer = Usted actúa para varios clientes. Indique uno con ?customer=.
api-key-wrong = Una Idempotency-Key se compone de letras, dígitos y signos.
api-key-running = Una solicitud con esta Idempotency-Key está en curso o no se sabe cómo terminó. Mire si lo que pidió ya existe y use otra clave.
api-key-different = Esta Idempotency-Key se usó para una solicitud distinta. Use otra.
api-shown-once = Esto ya se creó y se mostró aquella única vez. Revóquelo y cree otro.
nav-api = API
api-event-wrong = No existe el evento { $event }.
api-instant-wrong = Escriba un instante como 2026-03-01T00:00:00Z.

# Texts of every page.
skip-to-content = Ir al contenido
optional = opcional
cancel = Cancelar
save = Guardar los cambios
copy = Copiar
copied = Copiado
copy-what = Copiar { $what }
crumbs = Dónde está usted
steps = Pasos
pager = Páginas de la lista
pager-before = Más recientes
pager-after = Más antiguas
pager-where = Página { $page } de { $pages }
yes = Sí
no = No

nav-main = Navegación principal
nav-foot = Más
nav-menu = Menú
nav-plans = Planes y precios
nav-policy = Política de privacidad
nav-sign-in = Iniciar sesión
nav-start = Empezar
nav-center = Centro de clientes
nav-webmail = Correo web

form-required = Rellene este campo, por favor.
form-card-number = Esto parece el número de una tarjeta de pago. Aquí nunca lo pedimos y no lo hemos guardado: escriba otra cosa, por favor.
form-number = Indique un número, por favor.
form-email = Esto no parece una dirección de correo, como ada@example.com.
form-has-errors = { $n ->
    [one] Hay un campo que conviene revisar.
   *[other] Hay { $n } campos que conviene revisar.
  }

error-home = Ir a la página de inicio
error-contact = Si esto sigue ocurriendo, escriba a <mail>{ $email }</mail>.
error-request = Número de la solicitud: { $id }
error-not-found-title = Aquí no hay nada
error-not-found-text = Puede que la dirección esté mal escrita o que la página ya no exista. Por su parte no falla nada.
error-forbidden-title = Usted no puede abrir esta página
error-forbidden-text = Ha iniciado sesión, pero su rol no incluye esta página. Un titular de la cuenta puede cambiar su rol.
error-forbidden-staff = Ha iniciado sesión, pero sus roles no incluyen esta página. Quien lleva la lista del personal puede cambiarlos.
error-forgery-title = Envíe el formulario otra vez, por favor
error-forgery-text = El formulario estuvo abierto demasiado tiempo o usted ha vuelto a iniciar sesión desde entonces. Vuelva atrás, recargue la página y envíelo otra vez. No se ha cambiado nada.
error-bad-title = No ha funcionado
error-too-many-title = Demasiados intentos
error-too-many-text = Para que nadie adivine contraseñas, hacemos esperar a todos tras muchos intentos. Vuelva a intentarlo dentro de { $minutes ->
    [one] un minuto
   *[other] { $minutes } minutos
  }.
error-too-large-title = Es demasiado
error-too-large-text = Lo enviado es más grande de lo que aceptamos aquí. Envíe menos de una vez, por favor.
error-internal-title = Algo ha fallado por nuestra parte
error-internal-text = No es culpa suya y sus datos están a salvo. Hemos registrado lo ocurrido. Vuelva a intentarlo en un momento.
autodiscover-address = La solicitud no indica ninguna dirección de correo.
verbatim = { $text }
no-customer = Aquí no hay nada todavía. Pida primero un plan; se tarda dos minutos.

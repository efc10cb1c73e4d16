# Articles, for staff who write.
console-nav-articles = Artículos
articles-lead = Lo que los lectores encuentran en la base de conocimientos y lo que se está escribiendo.
articles-see = Ver la base de conocimientos
articles-waiting = Lo que espera
articles-in-review = { $n ->
    [one] Un artículo espera revisión
   *[other] { $n } artículos esperan revisión
  }
articles-stale = { $n ->
    [one] Un artículo por volver a mirar
   *[other] { $n } artículos por volver a mirar
  }
articles-newer = { $n ->
    [one] Un artículo con palabras más nuevas
   *[other] { $n } artículos con palabras más nuevas
  }
articles-words = Palabras
articles-show = Mostrar
articles-every-state = Cualquier estado
articles-every-category = Cualquier categoría
articles-every-language = Cualquier idioma
articles-none = Ningún artículo coincide
articles-none-text = Elija otra cosa arriba, o escriba uno.
article-new = Escribir un artículo
article-title = Título
article-category = Categoría
article-language = Idioma
article-state = Estado
article-state-draft = Borrador
article-state-in_review = En revisión
article-state-published = Publicado
article-state-retired = Retirado
article-older-is-read = Mientras tanto se lee una revisión anterior.
article-helped = Ayudó
article-votes = { $yes } de { $all }
article-changed = Cambiado
article-stale = Volver a mirar
article-newer = Palabras más nuevas
article-newer-title = El programa trae palabras más nuevas para este artículo.
article-newer-text = Usted lo cambió, por eso no se sobrescribió nada. Las palabras nuevas serán una revisión que se publica enseguida; las suyas quedan entre las revisiones.
article-renew = Tomar las palabras nuevas
article-renew-title = ¿Tomar las palabras nuevas?
article-renew-text = Los lectores las ven enseguida. Sus revisiones se conservan.
article-renewed = Las palabras nuevas están publicadas.
article-see = Como lo ven los lectores
article-summary = Resumen
article-summary-help = De qué trata, en una frase. Aparece en las listas y bajo los resultados.
article-body = Texto
article-body-help = Markdown: ## títulos, 1. pasos, **fuerte**, [enlaces](/help/…), tablas. {"{mail_host}"}, {"{brand}"} y {"{site}"} se rellenan.
article-audience = Quién puede leerlo
article-audience-public = Todos
article-audience-customers = Quien ha iniciado sesión
article-more = Dirección, palabras clave, artículos relacionados
article-slug = Dirección
article-slug-help = La parte después de /help/. Vacía: se hace del título. Una dirección anterior sigue llevando aquí.
article-keywords = Palabras clave
article-keywords-help = Palabras con las que se debe encontrar y que no están en él.
article-related = Artículos relacionados
article-related-help = Sus direcciones, separadas por comas.
article-note = Qué cambió
article-note-help = Para los compañeros; los lectores no lo ven.
article-save = Guardar como borrador
article-saved = El borrador está guardado. Los lectores aún no ven nada de él.
article-preview = Como lo verán los lectores
article-revision = Revisión { $n }
article-changes = Qué cambió
article-compared = de la revisión { $from } a la { $to }
article-skipped = { $n ->
    [one] Una línea que no cambió
   *[other] { $n } líneas que no cambiaron
  }
article-first = Nada con qué comparar.
article-revisions = Revisiones
article-is-read = Los lectores ven
article-by-program = El programa
article-stands = Cómo está
article-draft-text = Se está escribiendo. Entréguelo a revisión cuando esté listo.
article-review-text = Léalo como un lector, y publíquelo o devuélvalo.
article-published-text = Los lectores lo ven y lo encuentran en la búsqueda.
article-retired-text = Los lectores no lo ven. Guárdelo para recuperarlo como borrador.
article-stale-text = Ha pasado un año. ¿Sigue siendo válido todo lo que dice?
article-review-at = Volver a mirar el
article-submit = Entregar a revisión
article-submitted = Espera revisión.
article-return = Devolver
article-returned = Vuelve a ser un borrador.
article-publish = Publicar
article-publish-title = ¿Publicarlo?
article-publish-text = Los lectores lo ven y lo encuentran en segundos.
article-published = Está publicado.
article-retire = Retirar
article-retire-title = ¿Quitarlo a los lectores?
article-retire-text = Su dirección ya no llevará a ninguna parte. Sus revisiones se conservan, y puede volver.
article-retired = Los lectores ya no lo ven.
article-confirm = Sigue siendo válido
article-confirmed = Anotado. No hay que mirarlo durante un año.
article-translate = Traducirlo
categories = Categorías
categories-lead = Su orden y sus nombres. Una categoría puede estar dentro de otra.
categories-none = Todavía no hay categorías
categories-none-text = Un artículo necesita una; añádala abajo.
category-parent = Está en
category-position = Lugar
category-new = Nueva categoría
category-add = Añadir
category-saved = La categoría está guardada.
category-remove = Quitar
category-remove-title = ¿Quitar esta categoría?
category-remove-text = Solo se puede quitar una vacía.
category-removed = La categoría se ha quitado.
links = Enlaces
links-lead = { $n ->
    [one] Un enlace en artículos publicados.
   *[other] { $n } enlaces en artículos publicados.
  }
links-dead = Enlaces muertos
links-good = Ningún enlace muerto
links-good-text = Cada enlace dentro del sitio lleva a alguna parte.
links-outside = Enlaces que salen del sitio
links-outside-text = No se siguen: quien pregunta a otros sitios les dice algo. Mírelos de vez en cuando.
link-target = Lleva a
link-in = En
link-why = Por qué
link-why-address = No hay nada en esta dirección
link-why-heading = No existe ese título
link-why-customers = Los visitantes no pueden leer a lo que lleva
link-why-form = No es una dirección; empiece con / o https://
searches = Búsquedas en vano
searches-lead = Lo que los lectores buscaron y no encontraron.
searches-none = Todavía nada
searches-none-text = Lo que se busca en vano con suficiente frecuencia aparece aquí.
search-words = Buscado
search-count = Cuántas veces
search-last = Última vez
searches-note = { $others ->
    [0] Una búsqueda se muestra a partir de la vez { $n }; antes, sus palabras no se guardan.
    [one] Una búsqueda se muestra a partir de la vez { $n }; antes, sus palabras no se guardan. Hay otra más.
   *[other] Una búsqueda se muestra a partir de la vez { $n }; antes, sus palabras no se guardan. Hay otras { $others }.
  }

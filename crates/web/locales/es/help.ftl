# The knowledgebase, as readers see it.
nav-help = Base de conocimientos
help-title = Base de conocimientos
help-hero = ¿Qué desea saber?
help-search = Buscar
help-search-label = Buscar en la base de conocimientos
help-search-placeholder = Thunderbird, contraseña, factura…
help-count = { $n ->
    [one] Un artículo
   *[other] { $n } artículos
  }
help-popular = Los más útiles
help-all = { $n ->
    [one] El artículo
   *[other] Los { $n } artículos
  }
help-none = Todavía no hay artículos
help-none-text = Pronto habrá algunos aquí. Hasta entonces, pregunte a una persona.
help-customers = Para clientes
help-person = Preguntar a una persona
help-person-text = Si ningún artículo le ayuda, escríbanos. La página dice cuándo hay alguien y con qué rapidez respondemos.
help-person-link = Cómo contactarnos
help-results = Resultados de la búsqueda
help-found = { $n ->
    [one] Un artículo encontrado.
   *[other] { $n } artículos encontrados.
  }
help-meant = Hemos buscado «{ $words }».
help-nothing = No se ha encontrado nada
help-nothing-text = Pruebe con otra palabra, o con menos. Contamos lo que se busca en vano, sin quién lo buscó, para poder escribirlo.
help-see-all = Ver todos los artículos
help-written = Escrito el { $date }
help-other-language = Este artículo todavía no está en su idioma.
help-toc = En esta página
help-beside = Quizá también busque
help-vote = ¿Le ha ayudado?
help-vote-yes = Sí
help-vote-no = No
help-vote-none = Elija sí o no.
help-vote-note = Solo se cuenta un número, no quién es usted.
help-voted-yes = Gracias. Queda contado.
help-voted-no = Gracias. Queda contado, y revisaremos este artículo.
help-voted-no-text = Pruebe <search>otra búsqueda</search> o <support>pregunte a una persona</support>.

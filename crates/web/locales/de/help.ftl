# The knowledgebase, as readers see it.
nav-help = Wissensdatenbank
help-title = Wissensdatenbank
help-hero = Was möchten Sie wissen?
help-search = Suchen
help-search-label = Die Wissensdatenbank durchsuchen
help-search-placeholder = Thunderbird, Passwort, Rechnung …
help-count = { $n ->
    [one] Ein Artikel
   *[other] { $n } Artikel
  }
help-popular = Am häufigsten hilfreich
help-all = { $n ->
    [one] Der Artikel
   *[other] Alle { $n } Artikel
  }
help-none = Noch kein Artikel
help-none-text = Bald stehen hier welche. Fragen Sie bis dahin einen Menschen.
help-customers = Für Kunden
help-person = Einen Menschen fragen
help-person-text = Wenn kein Artikel hilft, schreiben Sie uns. Die Seite sagt, wann jemand da ist und wie schnell wir antworten.
help-person-link = So erreichen Sie uns
help-results = Suchergebnisse
help-found = { $n ->
    [one] Ein Artikel gefunden.
   *[other] { $n } Artikel gefunden.
  }
help-meant = Gesucht wurde „{ $words }“.
help-nothing = Nichts gefunden
help-nothing-text = Versuchen Sie ein anderes Wort oder weniger Wörter. Wir zählen, was vergeblich gesucht wird, ohne wer gesucht hat, damit wir es schreiben können.
help-see-all = Alle Artikel ansehen
help-written = Geschrieben am { $date }
help-other-language = Diesen Artikel gibt es noch nicht in Ihrer Sprache.
help-toc = Auf dieser Seite
help-beside = Vielleicht suchen Sie auch
help-vote = Hat das geholfen?
help-vote-yes = Ja
help-vote-no = Nein
help-vote-none = Wählen Sie Ja oder Nein.
help-vote-note = Gezählt wird nur eine Zahl, nicht wer Sie sind.
help-voted-yes = Danke. Es ist gezählt.
help-voted-no = Danke. Es ist gezählt, und wir sehen uns diesen Artikel an.
help-voted-no-text = Versuchen Sie <search>eine andere Suche</search>, oder <support>fragen Sie einen Menschen</support>.

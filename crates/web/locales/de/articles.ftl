# Articles, for staff who write.
console-nav-articles = Artikel
articles-lead = Was Leser in der Wissensdatenbank finden, und was gerade geschrieben wird.
articles-see = Die Wissensdatenbank ansehen
articles-waiting = Was wartet
articles-in-review = { $n ->
    [one] Ein Artikel wartet auf Durchsicht
   *[other] { $n } Artikel warten auf Durchsicht
  }
articles-stale = { $n ->
    [one] Ein Artikel ist neu anzusehen
   *[other] { $n } Artikel sind neu anzusehen
  }
articles-newer = { $n ->
    [one] Zu einem Artikel gibt es neuere Worte
   *[other] Zu { $n } Artikeln gibt es neuere Worte
  }
articles-words = Wörter
articles-show = Anzeigen
articles-every-state = Jeder Stand
articles-every-category = Jede Kategorie
articles-every-language = Jede Sprache
articles-none = Kein Artikel passt
articles-none-text = Wählen Sie oben etwas anderes, oder schreiben Sie einen.
article-new = Artikel schreiben
article-title = Titel
article-category = Kategorie
article-language = Sprache
article-state = Stand
article-state-draft = Entwurf
article-state-in_review = In Durchsicht
article-state-published = Veröffentlicht
article-state-retired = Zurückgezogen
article-older-is-read = Gelesen wird inzwischen eine frühere Fassung.
article-helped = Geholfen
article-votes = { $yes } von { $all }
article-changed = Geändert
article-stale = Neu ansehen
article-newer = Neuere Worte
article-newer-title = Das Programm bringt neuere Worte für diesen Artikel.
article-newer-text = Sie haben ihn geändert, darum wurde nichts überschrieben. Die neueren Worte werden eine Fassung, die sofort veröffentlicht ist; Ihre bleiben unter den Fassungen.
article-renew = Die neueren Worte nehmen
article-renew-title = Die neueren Worte nehmen?
article-renew-text = Leser sehen sie sofort. Ihre eigenen Fassungen bleiben erhalten.
article-renewed = Die neueren Worte sind veröffentlicht.
article-see = Wie Leser ihn sehen
article-summary = Zusammenfassung
article-summary-help = Worum es geht, in einem Satz. Er steht in Listen und unter Suchergebnissen.
article-body = Text
article-body-help = Markdown: ## Überschriften, 1. Schritte, **stark**, [Links](/help/…), Tabellen. {"{mail_host}"}, {"{brand}"} und {"{site}"} werden eingesetzt.
article-audience = Wer ihn lesen darf
article-audience-public = Alle
article-audience-customers = Wer angemeldet ist
article-more = Adresse, Stichwörter, verwandte Artikel
article-slug = Adresse
article-slug-help = Der Teil nach /help/. Leer: aus dem Titel gemacht. Eine frühere Adresse führt weiter hierher.
article-keywords = Stichwörter
article-keywords-help = Wörter, mit denen er zu finden sein soll und die nicht darin stehen.
article-related = Verwandte Artikel
article-related-help = Ihre Adressen, mit Kommas dazwischen.
article-note = Was sich geändert hat
article-note-help = Für Kollegen; Leser sehen es nicht.
article-save = Als Entwurf speichern
article-saved = Der Entwurf ist gespeichert. Leser sehen davon noch nichts.
article-preview = Wie Leser ihn sehen werden
article-revision = Fassung { $n }
article-changes = Was sich geändert hat
article-compared = von Fassung { $from } zu { $to }
article-skipped = { $n ->
    [one] Eine Zeile, die sich nicht änderte
   *[other] { $n } Zeilen, die sich nicht änderten
  }
article-first = Nichts zum Vergleichen.
article-revisions = Fassungen
article-is-read = Leser sehen
article-by-program = Das Programm
article-stands = Wie es steht
article-draft-text = Er wird geschrieben. Geben Sie ihn zur Durchsicht, wenn er fertig ist.
article-review-text = Lesen Sie ihn wie ein Leser, und veröffentlichen Sie ihn oder geben Sie ihn zurück.
article-published-text = Leser sehen ihn und finden ihn in der Suche.
article-retired-text = Leser sehen ihn nicht. Speichern Sie ihn, um ihn als Entwurf zurückzuholen.
article-stale-text = Ein Jahr ist vergangen. Gilt noch alles darin?
article-review-at = Neu anzusehen am
article-submit = Zur Durchsicht geben
article-submitted = Er wartet auf Durchsicht.
article-return = Zurückgeben
article-returned = Er ist wieder ein Entwurf.
article-publish = Veröffentlichen
article-publish-title = Veröffentlichen?
article-publish-text = Leser sehen und finden ihn innerhalb von Sekunden.
article-published = Er ist veröffentlicht.
article-retire = Zurückziehen
article-retire-title = Den Lesern wegnehmen?
article-retire-text = Seine Adresse führt dann ins Leere. Seine Fassungen bleiben, und er kann zurückkommen.
article-retired = Leser sehen ihn nicht mehr.
article-confirm = Er gilt noch
article-confirmed = Vermerkt. Er ist ein Jahr lang nicht anzusehen.
article-translate = Übersetzen
categories = Kategorien
categories-lead = Ihre Reihenfolge und Namen. Eine Kategorie kann in einer anderen liegen.
categories-none = Noch keine Kategorie
categories-none-text = Ein Artikel braucht eine; fügen Sie sie unten hinzu.
category-parent = Liegt in
category-position = Platz
category-new = Neue Kategorie
category-add = Hinzufügen
category-saved = Die Kategorie ist gespeichert.
category-remove = Entfernen
category-remove-title = Diese Kategorie entfernen?
category-remove-text = Nur eine leere kann entfernt werden.
category-removed = Die Kategorie ist entfernt.
links = Links
links-lead = { $n ->
    [one] Ein Link in veröffentlichten Artikeln.
   *[other] { $n } Links in veröffentlichten Artikeln.
  }
links-dead = Tote Links
links-good = Kein toter Link
links-good-text = Jeder Link innerhalb der Seite führt irgendwohin.
links-outside = Links, die hinausführen
links-outside-text = Ihnen wird nicht gefolgt: Wer andere Seiten fragt, verrät ihnen etwas. Sehen Sie sie ab und zu an.
link-target = Führt zu
link-in = In
link-why = Warum
link-why-address = Unter dieser Adresse ist nichts
link-why-heading = Diese Überschrift gibt es nicht
link-why-customers = Besucher dürfen nicht lesen, wohin er führt
link-why-form = Keine Adresse; beginnen Sie mit / oder https://
searches = Vergebliche Suchen
searches-lead = Was Leser suchten und nicht fanden.
searches-none = Noch nichts
searches-none-text = Was oft genug vergeblich gesucht wird, steht hier.
search-words = Gesucht
search-count = Wie oft
search-last = Zuletzt am
searches-note = { $others ->
    [0] Eine Suche wird ab dem { $n }. Mal gezeigt; vorher sind ihre Worte nicht gespeichert.
    [one] Eine Suche wird ab dem { $n }. Mal gezeigt; vorher sind ihre Worte nicht gespeichert. Es gibt eine weitere.
   *[other] Eine Suche wird ab dem { $n }. Mal gezeigt; vorher sind ihre Worte nicht gespeichert. Es gibt { $others } weitere.
  }

# Gewinnspiele, für alle.
contests-title = Gewinnspiele
contests-lead = Was es zu gewinnen gibt, und wie gezogen wurde: jede Ziehung kann jeder nachrechnen.
contests-none = Gerade gibt es nichts zu gewinnen
contests-none-text = Kommen Sie wieder, oder lassen Sie sich schreiben, wenn es etwas gibt.
contest-state-draft = Entwurf
contest-state-scheduled = Beginnt später
contest-state-open = Offen
contest-state-closed = Geschlossen
contest-state-frozen = Vor der Ziehung
contest-state-drawn = Gezogen
contest-state-called_off = Abgesagt
contest-opens-at = Beginnt { $at }
contest-closes-at = Offen bis { $at }
contest-closed-at = Geschlossen { $at }
contest-drawn-at = Gezogen { $at }
contest-enter = Teilnehmen
contest-enter-button = Am Gewinnspiel teilnehmen
contest-accept = Ich nehme die Regeln unten an (Fassung { $version })
contest-rules-missing = Wer teilnimmt, nimmt die Regeln an.
contest-age = Ich bin { $age } oder älter
contest-age-missing = Sagen Sie, dass Sie alt genug sind.
contest-offers = Schreiben Sie mir auch über Veranstaltungen und Gewinnspiele
contest-offers-help = Zum Teilnehmen nicht nötig, und keine bessere Chance. Ein Klick beendet es.
contest-kept = Ihre Teilnahme wird { $days } Tage aufbewahrt. Ihre Nummer, die nichts über Sie sagt, bleibt in der Liste: siehe unsere <policy>Datenschutzerklärung</policy>.
contest-entered-title = Sie nehmen teil
contest-entered-text = Gewinnen Sie, schreiben wir an die Adresse, die wir kennen. Die Nummer Ihrer Teilnahme steht in der Kopie Ihrer Daten.
contest-to-contest = Zurück zum Gewinnspiel
contest-did = Sie nehmen teil
contest-did-text = Einmal genügt. Gewinnen Sie, schreiben wir Ihnen.
contest-not-eligible = Dieses Gewinnspiel ist nicht für Sie
contest-not-customers = Teilnehmen können Kunden mit einem laufenden Dienst.
contest-not-subscribers = Teilnehmen kann, wer von Veranstaltungen und Gewinnspielen hören will.
contest-for-customers = Teilnehmen können Kunden, angemeldet.
contest-sign-in = Anmelden
contest-ask-text = Geben Sie die Adresse an, unter der Sie von Veranstaltungen und Gewinnspielen hören. Wir senden Ihnen den Link zur Teilnahme.
contest-ask-button = Link senden
contest-asked-title = Sehen Sie in Ihr Postfach
contest-asked-text = Hört diese Adresse von Veranstaltungen und Gewinnspielen, ist der Link zur Teilnahme unterwegs.
contest-not-yet = Noch nicht dabei? <subscribe>Wählen Sie es zuerst</subscribe>.
contest-link-bad = Der Link gilt nicht mehr, oder Sie sind nicht mehr angemeldet. Machen Sie auf der Seite des Gewinnspiels weiter.
contest-rules = Regeln
contest-version = Fassung { $version }
contest-versions = Alle Fassungen:
contest-older = Eine ältere Fassung. Wer sie angenommen hat, nimmt unter ihr teil.
contest-draw = Die Ziehung
contest-draw-text = { $n ->
    [one] Eine Teilnahme gewinnt.
   *[other] { $n } Teilnahmen gewinnen.
  } Bevor jemand teilnahm, wurde eine geheime Zahl gezogen; ihr Fingerabdruck steht hier. Am Ende werden die Liste der Teilnahmenummern und ihr Fingerabdruck veröffentlicht, dann die Zahl: aus beiden folgt, wer gewonnen hat, wer immer es nachrechnet.
contest-commitment = Fingerabdruck der geheimen Zahl (SHA-256)
contest-list-hash = Fingerabdruck der Liste (SHA-256)
contest-seed = Die Zahl
contest-file = Die Ziehung als Datei
contest-verify = Rechnen Sie mit der Datei dieser Seite nach:
contest-entries = { $n ->
    [0] Keine Teilnahmen
    [one] Eine Teilnahme
   *[other] { $n } Teilnahmen
  }
contest-won = gewonnen
contest-winners = Diese Teilnahmen haben gewonnen
contest-winners-text = Wem sie gehören, steht hier nirgends. Wer gewonnen hat, bekam Nachricht.
contest-nobody = Niemand hat teilgenommen
contest-nobody-text = Also hat niemand gewonnen.
contest-called-off-text = Es findet nicht statt. Teilnahmen werden nach ihrer Frist gelöscht.
contest-closed-text = Niemand kann mehr teilnehmen. Die Liste der Teilnahmen wird gleich veröffentlicht.
contest-frozen-text = Niemand kann mehr teilnehmen. Die Liste der Teilnahmen steht unten; als Nächstes wird gezogen.

# Für alle, die sie schreiben.
contests-desk-lead = Wer teilnehmen darf, tut es einmal. Jede Ziehung kann jeder nachrechnen.
contests-see = Ansehen
contests-desk-none = Noch kein Gewinnspiel
contests-desk-none-text = Sagen Sie, was es zu gewinnen gibt, und unter welchen Regeln.
contest-new = Gewinnspiel schreiben
contest-see = Gewinnspiel ansehen
contest-title = Titel
contest-state = Stand
contest-eligibility = Wer teilnehmen darf
contest-customers = Kunden
contest-customers-text = Ansprechpersonen von Kunden mit einem laufenden Dienst, angemeldet.
contest-subscribers = Wer von Gewinnspielen hört
contest-subscribers-text = Wer „Veranstaltungen und Gewinnspiele“ gewählt hat, mit Konto oder ohne.
contest-opens = Beginnt
contest-closes = Schließt
contest-drawn = Gezogen
contest-places = Gewinner
contest-minimum-age = Mindestalter
contest-minimum-age-help = Ein Kästchen zum Ankreuzen; 0 für jedes Alter.
contest-entered-count = Teilnahmen
contest-introduction = Was es zu gewinnen gibt
contest-introduction-help = Markdown.
contest-rules-help = Markdown. Jede Teilnahme behält die Fassung, die angenommen wurde.
contest-rules-change = Regeln ändern
contest-rules-change-help = Eine neue Fassung. Wer vorher teilnahm, tat es unter der alten.
contest-rules-save = Fassung { $version } in Kraft setzen
contest-rules-changed = Fassung { $version } ist in Kraft.
contest-language = Sprache
contest-slug = Adresse
contest-slug-help = Leer für eine aus dem Titel.
contest-save = Speichern
contest-saved = Gespeichert.
contest-publish = Veröffentlichen
contest-published = Alle sehen es jetzt, mit seinem Fingerabdruck.
contest-draw-now = Ziehen
contest-draw-title = { $n ->
    [one] Aus einer Teilnahme ziehen?
   *[other] Aus { $n } Teilnahmen ziehen?
  }
contest-draw-warning = Die geheime Zahl wird veröffentlicht, und wer gewonnen hat, bekommt Nachricht. Gezogen wird einmal.
contest-was-drawn = { $n ->
    [0] Niemand hat teilgenommen, also hat niemand gewonnen.
    [one] Eine Teilnahme hat gewonnen; die Nachricht ist unterwegs.
   *[other] { $n } Teilnahmen haben gewonnen; die Nachrichten sind unterwegs.
  }
contest-call-off = Absagen
contest-call-off-title = Das Gewinnspiel absagen?
contest-call-off-warning = Seine Seite sagt es. Das lässt sich nicht zurücknehmen.
contest-was-called-off = Es ist abgesagt.
contest-discarded = Der Entwurf ist weg.
contest-desk-draft = Nur Mitarbeitende sehen es. Die geheime Zahl ist schon gezogen und versiegelt.
contest-desk-scheduled = Alle sehen es; teilgenommen wird ab seiner Zeit.
contest-desk-open = Teilnahmen kommen. Wer teilnimmt, wird niemandem gezeigt.
contest-desk-closed = Die Liste wird gleich sortiert und veröffentlicht.
contest-desk-frozen = Die Liste und ihr Fingerabdruck sind veröffentlicht. Ziehen Sie, wenn Sie so weit sind.
contest-desk-drawn = Es ist vorbei. Mit der Datei seiner Seite kann jeder nachrechnen.
contest-desk-called_off = Es findet nicht statt.

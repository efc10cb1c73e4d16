# Mitteilungen und Listen, für Mitarbeitende, die schreiben.
console-nav-announcements = Mitteilungen
announcements-lead = Was wir vielen schreiben. Nur wer das Thema gewählt hat, erhält es.
announcements-none = Noch nichts geschrieben
announcements-none-text = Schreiben Sie zu einem Thema; wer es gewählt hat, erhält es, jeder einmal.
announcement-new = Mitteilung schreiben
announcement-subject = Betreff
announcement-state = Stand
announcement-changed = Geändert
announcement-queued = Gesendet an
announcement-considered = Durchgegangen
announcement-hard = Tote Adressen
announcement-returned = Sonst nicht zugestellt
announcement-complaints = Beschwerden
announcement-unsigned = Für { $domain } kann nichts signiert werden
announcement-unsigned-text = Mitteilungen kommen von dieser Domain, die hier noch nicht nachgewiesen ist oder keine DKIM-Schlüssel hat. Viele Anbieter legten sie in den Spam-Ordner: Richten Sie die Domain zuerst ein.
announcement-stopped-complaints = Der Versand hat von selbst angehalten: Mindestens einer von tausend Lesern hat sich beschwert. Wartende Nachrichten bleiben liegen, bis er weitergeht.
announcement-stopped-hard = Der Versand hat von selbst angehalten: Mindestens zwei von hundert Adressen waren tot. Wartende Nachrichten bleiben liegen, bis er weitergeht.
announcement-stopped-unapproved = Der Versand hat von selbst angehalten: Mehr Adressen würden sie erhalten, als eine Person allein anschreiben darf.
announcement-needs-approval = Erst muss jemand anderes sie ansehen
announcement-alone = Was mehr als { $n } Adressen erhalten würden, gibt jemand frei, der es nicht geschrieben hat.
announcement-ask = Kollegen bitten
announcement-asked = Kollegen sehen in der Liste, dass sie auf sie wartet.
announcement-waits = Sie wartet seit { $at } auf einen Kollegen.
announcement-waiting = Wartet auf Freigabe
announcement-approve = So freigeben
announcement-approved = Sie ist freigegeben.
announcement-approved-by = Freigegeben von { $who }, { $at }. Eine Änderung des Entwurfs verlangt es neu.
announcement-send-at = Beginnt
announcement-schedule = Einplanen
announcement-scheduled = Sie beginnt zu ihrer Zeit.
announcement-unschedule = Wieder zum Entwurf machen
announcement-unscheduled = Sie ist wieder ein Entwurf.
announcement-unschedule-help = Bis sie beginnt, kann sie zurückgenommen werden. Zum Ändern machen Sie sie wieder zum Entwurf.
announcement-state-scheduled = Eingeplant
announcement-now = Stand jetzt
announcement-test = Probe senden
announcement-test-to = An
announcement-test-help = Die Nachricht, wie Leser sie erhalten, an eine Adresse bei { $house }.
announcement-test-send = Probe senden
announcement-tested = Die Probe ist unterwegs.
announcement-begun = Versand begonnen
announcement-finished = Beendet
announcement-topic-help = Es entscheidet, wer sie erhält: wer dieses Thema gewählt hat, sonst niemand.
announcement-language = Sprache
announcement-body = Text
announcement-body-help = Markdown. Speichern zeigt ihn, wie Leser ihn sehen.
announcement-save = Speichern und ansehen
announcement-saved = Der Entwurf ist gespeichert.
announcement-count = { $n ->
    [0] Niemand erhielte sie jetzt
    [one] Eine Adresse erhielte sie jetzt
   *[other] { $n } Adressen erhielten sie jetzt
  }
announcement-count-text = Wer „{ $topic }“ gewählt und nicht abgelehnt hat. Wer das ist, wird niemandem gezeigt.
announcement-send = Senden
announcement-send-title = { $n ->
    [one] An eine Adresse senden?
   *[other] An { $n } Adressen senden?
  }
announcement-send-text = Was gesendet ist, lässt sich nicht ändern. Wer inzwischen ablehnt, erhält es nicht.
announcement-started = Sie wird gesendet.
announcement-discard = Verwerfen
announcement-discard-title = Diesen Entwurf verwerfen?
announcement-discard-text = Er lässt sich nicht zurückholen.
announcement-discarded = Der Entwurf ist verworfen.
announcement-pause = Anhalten
announcement-paused = Angehalten. Was übergeben ist, geht hinaus.
announcement-resume = Fortsetzen
announcement-resumed = Es geht weiter, wo es stehen blieb.
announcement-cancel = Endgültig abbrechen
announcement-cancel-title = Versand endgültig abbrechen?
announcement-cancel-text = Wartende Nachrichten werden nicht gesendet. Hinausgegangene lassen sich nicht zurückrufen.
announcement-cancelled = Abgebrochen.
announcement-pause-help = Anhalten wirkt in einem Augenblick; was im Postausgang liegt, geht noch hinaus.
announcement-state-draft = Entwurf
announcement-state-sending = Wird gesendet
announcement-state-paused = Angehalten
announcement-state-sent = Gesendet
announcement-state-cancelled = Abgebrochen
announcement-preview = Wie Leser sie sehen
announcement-preview-light = Am Tag
announcement-preview-dark = Im Dunkeln
announcement-preview-text = Als reiner Text
lists-title = Listen für Briefe und Anrufe
lists-channel = Weg
lists-people = Personen
lists-left-out = Ausgelassen
lists-scrubbed = Abgeglichen mit dem Verzeichnis vom
lists-by = Erstellt von
lists-none = Noch keine Liste erstellt.
lists-note = Eine Liste wird auf dem Server erstellt, nie hier: Jede Person darauf findet es in ihrem Verzeichnis. Für Anrufe wird sie mit einem Verzeichnis unerwünschter Anrufe der letzten 31 Tage abgeglichen.
announcement-other-subject = Stattdessen für jeden zweiten Leser
announcement-other-subject-help = Ein anderer Betreff. Welcher besser ankommt, zeigt sich daran, wie oft Links geöffnet werden.
announcement-subject-of = Betreff { $letter }
announcement-counts-links = Zählen, wie oft Links geöffnet werden
announcement-counts-links-help = Wie oft, und nie von wem: Die Links führen über unsere Seite und sind für alle Leser gleich. Im reinen Text bleiben sie, wie sie sind.
announcement-readers = { $n ->
    [one] Ein Leser
   *[other] { $n } Leser
}
announcement-links = Geöffnete Links
announcement-link = Führt zu
announcement-followed = Geöffnet
announcement-links-help = Jedes Mal zählt, auch das desselben Lesers und das von Programmen, die Links in Mails ausprobieren. Wer es war, ist nicht bekannt.
announcement-links-none = Der Text hat keine Links.

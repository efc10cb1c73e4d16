# Der Transparenzbericht.
nav-transparency = Transparenz
transparency-title = Transparenzbericht
transparency-lead = Was mit den Daten von Menschen außerhalb der täglichen Arbeit geschehen ist, Halbjahr für Halbjahr. Vom Programm aus seinen eigenen Registern gezählt, nie von Hand.
transparency-json = Dasselbe als JSON
transparency-half-1 = Januar bis Juni { $year }
transparency-half-2 = Juli bis Dezember { $year }
transparency-running = Läuft noch
transparency-disclosures = Daten, die andere bekamen, ohne vorher zu fragen
transparency-disclosed = Offengelegt
transparency-refused = Abgelehnt
transparency-sealed = Oben nicht gezählt: zwischen { $from } und { $to } Offenlegungen, von denen das Gesetz noch zu berichten verbietet. Sie werden hier gezählt, sobald sie mitgeteilt sind.
transparency-sealed-more = Oben nicht gezählt: { $from } oder mehr Offenlegungen, von denen das Gesetz noch zu berichten verbietet. Sie werden hier gezählt, sobald sie mitgeteilt sind.
transparency-break = Mit einer Begründung geöffnet, wo keine Tatsache passte
transparency-opened = Fälle
transparency-unseen = Binnen eines Tages nicht angesehen
transparency-unusual = Auffällige Zugriffe von Mitarbeitern
transparency-found = Vom Programm gefunden
transparency-explained = Erklärt und zugestimmt
transparency-requests = Anfragen zu den eigenen Daten
transparency-received = Eingegangen
transparency-answered = Beantwortet
transparency-median = Die Hälfte binnen
transparency-longest = Am längsten
transparency-hours = { $n ->
    [one] einer Stunde
   *[other] { $n } Stunden
  }
transparency-days = { $n ->
    [one] eines Tages
   *[other] { $n } Tagen
  }
transparency-request-read = Einsehen
transparency-request-change = Berichtigen
transparency-request-export = Mitnehmen
transparency-request-erase = Löschen
transparency-request-object = Widersprechen
transparency-request-send = Zu Nachrichten
transparency-request-collect = Zu Formularen
transparency-request-disclose = Zu Offenlegungen

# Wie ankommt, was das Haus verlässt: Zustellungen, Beschwerden, Sperrlisten und was andere Anbieter berichten.
console-nav-sending = Versand
sending-lead = Wie ankommt, was hier hinausgeht. Nur Zahlen: Niemandes E-Mail wird dafür gelesen, und nichts sagt, wer wem geschrieben hat.
sending-deliveries = Zustellungen
sending-reports = Berichte anderer
sending-over = Über welche Zeit
sending-day = 24 Stunden
sending-week = 7 Tage
sending-delivered = Zugestellt
sending-deferred = Verschoben
sending-refused = Abgelehnt
sending-recipients = Empfänger
sending-why-spam = { $n } Spam
sending-why-policy = { $n } durch Sperre
sending-why-dead = { $n } Adresse fehlt
sending-why-failed = { $n } sonst
sending-blocked = Spam oder Sperre
sending-dead = Adresse fehlt
sending-half = Hälfte binnen
sending-when = Wann
sending-domain = Domain
sending-complaints = Beschwerden
sending-reputation = Ruf
sending-address = Adresse
sending-follows = Was folgt
sending-figure-delivered = Zugestellt
sending-figure-within = Die Hälfte binnen
sending-figure-blocked = Spam oder Sperre
sending-figure-dead = Adresse fehlt
sending-figure-complaints = Beschwerden
sending-figure-lists = Auf Sperrlisten
sending-figure-waiting = Wartet
sending-figure-received = Berichte
sending-figure-last = Der letzte
sending-figure-aligned = SPF oder DKIM richtig
sending-figure-encrypted = Verschlüsselt
sending-note-delivered = { $n ->
    [0] Nichts wurde gesendet.
    [one] Von einem Empfänger mit endgültiger Antwort.
   *[other] Von { $n } Empfängern mit endgültiger Antwort.
  }
sending-note-within = Von der Abgabe bis zur Annahme durch den anderen Server.
sending-note-blocked = { $n ->
    [0] Kein Server lehnte E-Mail dafür ab, was wir sind oder sandten.
    [one] Der Server eines Empfängers lehnte ab, was wir sind oder sandten. Ab 1 % nachsehen, wessen Post es ist.
   *[other] Die Server von { $n } Empfängern lehnten ab, was wir sind oder sandten. Ab 1 % nachsehen, wessen Post es ist.
  }
sending-note-dead = { $n ->
    [0] Jede Adresse gab es.
    [one] Eine Adresse gibt es nicht. Ab 3 % ist eine Liste alt oder gekauft.
   *[other] { $n } Adressen gibt es nicht. Ab 3 % ist eine Liste alt oder gekauft.
  }
sending-note-complaints = In 7 Tagen: Leser, die Spam sagen, und Server, die es tun.
sending-note-lists = Stündlich gefragt; siehe unten.
sending-note-lists-none = Keine Sperrliste wird gefragt.
sending-note-waiting = { $held ->
    [0] Nachrichten in der Warteschlange; keine ist angehalten.
    [one] Nachrichten in der Warteschlange; eine ist angehalten.
   *[other] Nachrichten in der Warteschlange; { $held } sind angehalten.
  }
sending-note-received = In 30 Tagen, jeder einmal gezählt.
sending-note-last = Wann er kam.
sending-note-aligned = { $n ->
    [0] Von keiner Nachricht wurde berichtet.
    [one] Von einer Nachricht, die andere unter einer Domain von hier sahen.
   *[other] Von { $n } Nachrichten, die andere unter Domains von hier sahen.
  }
sending-note-encrypted = { $n ->
    [0] Von keiner Verbindung wurde berichtet.
    [one] Von einer Verbindung zu einer Domain hier.
   *[other] Von { $n } Verbindungen zu Domains hier.
  }
sending-within-none = –
sending-within-10 = 10 Sekunden
sending-within-60 = 1 Minute
sending-within-600 = 10 Minuten
sending-within-3600 = 1 Stunde
sending-within-21600 = 6 Stunden
sending-within-longer = über 6 Stunden
sending-alarm-listed = { $address } steht auf der Sperrliste { $list }
sending-alarm-do = Andere Server lehnen E-Mail von dort womöglich ab. Sehen Sie unten nach, wessen E-Mail als Spam abgelehnt wird, halten Sie sie an, und bitten Sie dann den Betreiber der Liste, die Adresse zu streichen.
sending-chart = Zustellungen im Verlauf
sending-chart-day = Empfänger in jeder der letzten 24 Stunden: zugestellt, abgelehnt, verschoben.
sending-chart-week = Empfänger an jedem der letzten sieben Tage (UTC): zugestellt, abgelehnt, verschoben.
sending-chart-table = Dasselbe als Tabelle
sending-none = Nichts wurde gesendet
sending-none-text = Was zu anderen Servern hinausgeht, wird hier von selbst gezählt.
sending-places = Nach Ziel
sending-places-note = Das Schlechteste zuerst. Ziele mit weniger als 20 Empfängern stehen zusammen und verlieren nach einem Tag ihren Namen. Verschoben sind Versuche, alles andere Empfänger.
sending-others = Alle mit wenigen Empfängern
sending-senders = Nach Domain des Absenders
sending-senders-note = Das Schlechteste zuerst. Der Ruf ist der von sieben Tagen; unter 50 Empfängern wird nichts gesagt.
sending-house = Das Haus selbst
sending-grade-few = Zu wenig E-Mail
sending-grade-good = Gut
sending-grade-watch = Zu beobachten
sending-grade-poor = Schlecht
sending-voices = Was Empfänger sagen, nach Kunde
sending-voices-note = In 7 Tagen, das Schlechteste zuerst. Nach denselben Zahlen warnt, begrenzt und hält der Wächter an; wer sich über vieles beschwert, wiegt weniger.
sending-voices-none = In 7 Tagen beschwerte sich kein Empfänger, und jede Adresse gab es.
sending-level-none = Nichts
sending-level-warn = Benachrichtigt
sending-level-demote = Begrenzt
sending-level-hold = Angehalten
sending-egress = Nach unserer Adresse
sending-egress-none = Ohne Verbindung
sending-lists = Sperrlisten
sending-list = Liste
sending-asked = Gefragt
sending-list-listed = Gelistet
sending-list-clear = Nicht gelistet
sending-list-unknown = Noch keine Antwort
sending-list-failed = Keine Antwort:
sending-lists-none = Keine Sperrliste wird gefragt
sending-lists-none-text = Nennen Sie Listen unter reputation.block_lists in der Konfiguration und eigene Nameserver: Große offene lehnen die Listen oft ab.
sending-reports-lead = Was andere Anbieter an { $address } über Domains von hier berichten, in 30 Tagen. Berichte schreiben kann jeder; deshalb folgt aus keinem von selbst etwas.
sending-mail = E-Mail unter Domains von hier (DMARC)
sending-mail-note = Richtig ist E-Mail, deren SPF oder DKIM stimmt und zur Domain im Absender passt.
sending-mail-none = Noch kein DMARC-Bericht
sending-mail-none-text = Anbieter schicken sie täglich an { $address }; die Adresse steht im DMARC-Eintrag, den Kunden veröffentlichen sollen. Ihre Domain braucht für *._report._dmarc einen TXT-Eintrag v=DMARC1.
sending-aligned = Richtig
sending-messages = Nachrichten
sending-away = Abgewiesen
sending-do = Was zu tun ist
sending-by = Berichtet von { $names }
sending-messages-n = { $n ->
    [one] eine Nachricht
   *[other] { $n } Nachrichten
  }
sending-source-others = mehrere andere
sending-source-ours = unserer
sending-mail-good = Alles richtig
sending-mail-ours = Eigene E-Mail scheitert
sending-mail-unknown = Unbekannte Server
sending-mail-do-good = Nichts. Bleibt es so, kann der Kunde andere bitten, Fälschungen abzulehnen (p=reject).
sending-mail-do-ours = { $n ->
    [one] Eine Nachricht von uns galt nicht als richtig: Prüfen Sie, ob DKIM- und SPF-Eintrag der Domain so veröffentlicht sind, wie ihre Seite sagt.
   *[other] { $n } Nachrichten von uns galten nicht als richtig: Prüfen Sie, ob DKIM- und SPF-Eintrag der Domain so veröffentlicht sind, wie ihre Seite sagt.
  }
sending-mail-do-unknown = { $n ->
    [one] Eine Nachricht kam von einem Server, der nicht unserer ist: ein Dienst, den der Kunde ohne eigenen Eintrag nutzt, eine Weiterleitung oder eine Fälschung. Fragen Sie den Kunden, welche Dienste für die Domain senden.
   *[other] { $n } Nachrichten kamen von Servern, die nicht unsere sind: ein Dienst, den der Kunde ohne eigenen Eintrag nutzt, Weiterleitungen oder Fälschungen. Fragen Sie den Kunden, welche Dienste für die Domain senden.
  }
sending-tls = Verschlüsselte Verbindungen zu Domains hier (TLS)
sending-tls-none = Noch kein TLS-Bericht
sending-tls-none-text = Anbieter schicken sie an die Adresse im Eintrag _smtp._tls einer Domain.
sending-well = Gelungen
sending-sessions = Verbindungen
sending-tls-failed = Gescheitert
sending-tls-fails = Es scheitert
sending-tls-good = Alles gut
sending-tls-do-starttls = Nichts Verschlüsseltes wurde angeboten: Prüfen Sie, ob das Zertifikat geladen ist und nichts zwischen uns und der Welt STARTTLS wegnimmt.
sending-tls-do-certificate = Das Zertifikat unseres Mailservers genügte nicht: Prüfen Sie Namen, Ablauf und Kette (tls in der Konfiguration).
sending-tls-do-dane = Der TLSA-Eintrag passt nicht zum Zertifikat, oder DNSSEC ist kaputt: Prüfen Sie beides, wo die Zone der Domain liegt.
sending-tls-do-sts = Die MTA-STS-Richtlinie war nicht zu haben oder zu lesen: Prüfen Sie die Datei und das Zertifikat des Servers, der sie hat.
sending-tls-do-other = Die Berichte sagen nicht, warum. Fragen Sie einen Anbieter, der berichtet hat.
sending-tls-starttls-not-supported = STARTTLS wurde nicht angeboten
sending-tls-certificate-host-mismatch = das Zertifikat hat einen anderen Namen
sending-tls-certificate-expired = das Zertifikat ist abgelaufen
sending-tls-certificate-not-trusted = dem Zertifikat wird nicht vertraut
sending-tls-validation-failure = das Zertifikat ließ sich nicht prüfen
sending-tls-tlsa-invalid = der TLSA-Eintrag passt nicht
sending-tls-dnssec-invalid = DNSSEC ist kaputt
sending-tls-dane-required = DANE war verlangt
sending-tls-sts-policy-fetch-error = die MTA-STS-Richtlinie war nicht zu haben
sending-tls-sts-policy-invalid = die MTA-STS-Richtlinie ist ungültig
sending-tls-sts-webpki-invalid = der Server der MTA-STS-Richtlinie hat ein falsches Zertifikat
sending-tls-other = aus einem anderen Grund

# Die Seite der Richtlinie und was dazugehört. Die Richtlinie selbst steht in ihrer Datei und in deren Sprache.
policy-contents = Inhalt
policy-lead = Diese Seite wird aus der Datei gedruckt, die unsere Server durchsetzen. Was keine Regel darin erlaubt, wird abgelehnt, und jede Zusage sagt, woher man weiß, dass sie gilt.
policy-version-name = Fassung
policy-from = In Kraft seit
policy-looked-at = Zuletzt geprüft
policy-number = Nummer der Richtlinie
policy-language = Der Wortlaut der Richtlinie steht in der Sprache, in der sie gilt, auf Englisch. Alles um ihn herum steht in Ihrer.
policy-former = Diese Richtlinie gilt nicht mehr
policy-former-text = Sie steht hier, weil Belege und Einträge mit ihrer Nummer unter ihr entstanden sind.
policy-coming = Diese Richtlinie gilt noch nicht
policy-coming-text = Sie gilt ab { $date }. Alle, die sie betrifft, haben Bescheid bekommen.
policy-change = Diese Richtlinie ändert sich
policy-change-text = Ab { $date } gilt eine andere. Sie steht schon auf unserer Seite, mit allem, was weiter, und allem, was enger wird.
policy-change-see = Ansehen, was sich ändert
policy-link = Verweis auf { $id }
minute-title = In einer Minute
minute-promise = Zusage { $id }
minute-sold = Nichts wird verkauft
minute-sold-text = { $n ->
    [one] Es gibt keinen Zweck „verkaufen“. Ein Unternehmen arbeitet für uns; es ist unten genannt.
   *[other] Es gibt keinen Zweck „verkaufen“. { $n } Unternehmen arbeiten für uns; alle sind unten genannt.
}
minute-purposes = Eine geschlossene Liste von Gründen
minute-purposes-text = Ihre Daten dienen { $n } Gründen. Ein anderer lässt sich nicht einmal übersetzen.
minute-staff = Wer hier arbeitet, sieht zunächst nichts
minute-staff-text = Nötig ist eine Tatsache, die von Ihnen kommt, und jeder Blick steht in Ihrem Protokoll. Ihre Mail liest niemand.
minute-country = Sie bleiben in einem Land
minute-country-text = Gespeichert in: { $country }. Mit einem Speicher anderswo startet das Programm nicht.
minute-erased = Gelöscht heißt weg
minute-erased-text = Ihr eigener Schlüssel wird zerstört; nach { $days } Tagen gibt es auch keine Sicherung mehr davon.
minute-choice = Sie wählen, was wir senden
minute-choice-text = Rechnungen und Störungen erreichen Sie immer. Alles andere fragt jedes Mal erst nach Ihrer Wahl.
minute-card = Keine Kartennummern
minute-card-text = Sie geben sie beim Zahlungsdienst ein. Wir haben einen Verweis, der nur zum Abrechnen dient.
minute-grounds = Vier Gründe zur Herausgabe
minute-grounds-text = Nur aus { $n } Gründen, mit Dokument und zwei Personen, und Sie erfahren es.
marks-title = Woher man es weiß
marks-text = Neben jeder Zusage steht, was die letzte Selbstprüfung gefunden hat. Sie sieht stündlich von innen und täglich von außen nach, und eine Zusage, die nicht gilt, sagt es hier, für alle lesbar.
mark-PROVEN = Bewiesen
mark-HELD = Gehalten
mark-EVIDENCED = Belegt
mark-ATTESTED = Bestätigt
mark-UNPROBED = Noch nicht geprüft
mark-BROKEN = Gebrochen
mark-PROVEN-text = jeder Fall der Tabelle wurde versucht, keine Stichprobe
mark-HELD-text = was die Zusage ausschließt, wurde am laufenden System versucht und abgelehnt
mark-EVIDENCED-text = eine frische Aufzeichnung zeigt es
mark-ATTESTED-text = eine genannte Person sagt es, bis zu einem Datum
mark-UNPROBED-text = es ist noch nichts festgestellt
mark-BROKEN-text = gilt im Moment nicht; wer es in Ordnung bringen muss, weiß Bescheid
policy-how = Woher wir das wissen
how-static = Gezeigt, indem jede Verbindung von Grund, Daten, Person und Tun an der Tabelle versucht wird.
how-probe = Am laufenden System versucht, mit einer Person, die es nur für die Prüfung gibt.
how-evidence = Gezeigt durch eine Aufzeichnung, die frisch sein muss.
how-attested = Von einer genannten Person gesagt, für höchstens ein Jahr.
known-proven = Jeder Fall wurde angesehen: keiner widerspricht der Zusage.
known-held = Die Probe hielt am { $at }.
known-evidenced = Eine Aufzeichnung vom { $at } zeigt es.
known-attested = { $who } bestätigt es bis { $until }.
known-broken = Die letzte Prüfung fand, dass es nicht gilt. Wir sind dabei.
known-since = So steht es seit { $at }.
known-nothing = Die erste Selbstprüfung ist noch nicht dazu gekommen.
known-missing-static = Die Tabelle wurde noch nicht angesehen.
known-missing-probe = Noch ist keine Probe gelaufen.
known-missing-evidence = Es gibt noch keine Aufzeichnung.
known-missing-attested = Noch hat es niemand bestätigt.
policy-rests = Sie beruht auf
policy-check = Die Prüfung heißt
policy-code = dem Programmteil
policy-measures = Die Maßnahmen
policy-measures-text = Bei jedem Start des Programms und jede Stunde getestet; eine, die nicht genügt, bricht Zusage
policy-purposes = Wozu Daten dienen
policy-purposes-text = { $n ->
    [one] Ein Grund. Die Liste ist geschlossen: Was nicht darauf steht, geschieht nicht.
   *[other] { $n } Gründe. Die Liste ist geschlossen: Was nicht darauf steht, geschieht nicht.
}
policy-purpose = Grund
policy-supporting = unterstützend
policy-meaning = Was es heißt
policy-arises = Entsteht durch
policy-matrix = Welche Daten wozu
policy-matrix-table = Tabelle der Daten und Gründe
policy-matrix-text = Jede Zeile ist eine Art von Daten, jede Spalte ein Grund. Ein leeres Feld heißt: Das darf niemand dafür verwenden, wer auch fragt.
policy-lane-you = Sie
policy-lane-you-text = nur Sie selbst, angemeldet
policy-lane-program = Programm
policy-lane-program-text = eine Aufgabe des Programms, wenn eine Tatsache sie verlangt
policy-lane-staff = Personal
policy-lane-staff-text = wer hier arbeitet, wenn eine Tatsache es rechtfertigt
policy-lane-never = nie
policy-lane-never-text = für immer ausgeschlossen, was auch eine Regel sagt
policy-lane-no = nicht verwendet
policy-category = Art der Daten
policy-who = Wer was sieht
policy-who-text = Für jede Rolle hier: was sie öffnen kann, und die Tatsache, ohne die das Programm ablehnt. Ein eingetippter Grund ist keine Tatsache.
policy-who-else = Was Sie selbst tun können und was das Programm tut
policy-sees-nothing = Sieht nichts von Ihnen.
policy-for = für
policy-with = nur mit
policy-or = oder
policy-and = und
policy-told = Sie erfahren es sofort.
policy-may = darf
policy-never = Was nie geschieht
policy-never-text = Diese Zeilen gehen jeder Regel vor, auch solchen, die später geschrieben werden.
policy-retention = Wie lange es bleibt
policy-retention-text = Dann geht es von selbst. Gelöschtes ließe sich höchstens { $days } Tage lang aus einer Sicherung der Schlüssel zurückholen; danach von niemandem.
policy-kept = Bleibt
policy-goes = Wie es geht
policy-erase-destroy_key = Ihr Schlüssel wird zerstört, und nichts kann es mehr lesen
policy-erase-end_of_term = getrennt unter einem zweiten Schlüssel bis zum Ende der gesetzlichen Frist
policy-where = Wo
policy-anywhere = überall
policy-recipients = Wen es erreicht
policy-recipients-text = Die ganze Liste. Eine Verbindung zu jemand anderem wird abgelehnt.
policy-recipient = Wer
policy-receives = Erhält
policy-messages = Was wir Ihnen schreiben
policy-class = Art
policy-channels = Per
policy-channel-email = E-Mail
policy-channel-post = Post
policy-channel-telephone = Telefon
policy-choice = Ihre Wahl
policy-topics = Was Sie wählen können, Thema für Thema und Weg für Weg:
policy-topic = Thema
policy-often = Wie oft
policy-notes = Offen gesagt
policy-notes-text = Wo Zusagen gegeneinander ziehen oder wo eine endet. Sie fänden es früher oder später heraus; besser hier.
policy-more = Für alle, die nachprüfen
policy-versions = Alle Fassungen
policy-versions-link = was wann galt und was sich änderte
policy-versions-text = Jede Richtlinie, die je galt, und die angekündigten. Belege und Einträge tragen die Nummer derer, unter der sie entstanden.
policy-versions-none = Noch ist nichts verzeichnet
policy-versions-none-text = Die erste Fassung wird verzeichnet, wenn die Server starten.
policy-versions-coming = Was kommt
policy-transparency = Transparenzbericht
policy-transparency-link = was herausgegeben und geöffnet wurde, in Zahlen
policy-head = Kopf des Protokolls
policy-head-link = der unterschriebene Kopf des Protokolls, derselbe wie auf Rechnungen
policy-json-link = diese Seite für Programme, mit Begriffen des W3C Data Privacy Vocabulary
policy-md-link = diese Seite als einfacher Text, zum Vergleichen und Aufheben
policy-rules = Alle Regeln, wie das Programm sie liest
policy-rule = Regel
policy-rule-who = Wer
policy-rule-what = Darf
policy-rule-facts = Nur mit
policy-announced = Angekündigt
policy-announced-text = { $n ->
    [one] In Kraft ab { $date }. Eine Person bekam Bescheid.
   *[other] In Kraft ab { $date }. { $n } Personen bekamen Bescheid.
}
policy-read = Lesen
policy-changes = Was sich ändert
policy-changes-see = { $wider ->
    [0] { $narrower ->
        [0] Änderungen: nur Worte
       *[other] Änderungen: nichts weiter, { $narrower } enger
    }
   *[other] Änderungen: { $wider } weiter, { $narrower } enger
}
policy-in-force = In Kraft
policy-since = Ab { $date }
policy-until = bis { $date }
policy-changes-title = Was sich mit { $version } ändert
policy-changes-text = Verglichen werden die Entscheidungstabellen der beiden, nicht ihre Texte: wer was darf, was wie lange bleibt, wer was erhält.
policy-changes-between = Von Fassung { $before } zu Fassung { $after }, in Kraft ab { $date }.
policy-changes-first = Das ist die erste
policy-changes-first-text = Vor ihr gibt es keine zum Vergleichen.
policy-notice-given = Alle bekamen am { $date } Bescheid.
policy-widened = { $n ->
    [0] Nichts wird weiter
    [one] Eines wird weiter
   *[other] { $n } Dinge werden weiter
}
policy-widened-text = Weiter heißt: Es ist mehr erlaubt, bleibt länger, erreicht jemand Neuen oder lässt Ihnen weniger Wahl. Das braucht vorher Bescheid, und wo Sie gefragt wurden, fragt es noch einmal.
policy-narrowed = { $n ->
    [0] Nichts wird enger
    [one] Eines wird enger
   *[other] { $n } Dinge werden enger
}
policy-reworded = { $n ->
    [one] Eines hat andere Worte
   *[other] { $n } Dinge haben andere Worte
}
policy-needs-notice = Braucht vorher Bescheid
policy-needs-consent = Fragt Sie noch einmal
policy-role-person = Sie, angemeldet
policy-role-mailbox = Wer ein Postfach benutzt
policy-role-system = Das Programm selbst
policy-role-support = Support
policy-role-billing = Abrechnung
policy-role-fraud_reviewer = Prüfung angehaltener Bestellungen
policy-role-abuse_desk = Missbrauchsstelle
policy-role-privacy_officer = Datenschutzbeauftragte
policy-role-writer = Redaktion
policy-role-operator = Betrieb
policy-act-collect = erfragen
policy-act-read = lesen
policy-act-change = ändern
policy-act-send = senden
policy-act-export = mitnehmen
policy-act-disclose = herausgeben
policy-act-erase = löschen
policy-fact-own_session = Ihrer eigenen Sitzung
policy-fact-managed_mailbox = einem Postfach einer Domain, die Sie verwalten
policy-fact-own_mailbox = dem selbst angemeldeten Postfach
policy-fact-sign_in = einem Anmeldeversuch
policy-fact-order_placed = einer Bestellung von Ihnen, die nicht entschieden ist
policy-fact-order_in_review = einer Bestellung von Ihnen, die auf einen Menschen wartet
policy-fact-order_screened = einer Bestellung von Ihnen, die geprüft wurde
policy-fact-due_invoice = einer fälligen Rechnung von Ihnen
policy-fact-service_ordered = einem Dienst, den Sie haben
policy-fact-outbound_message = einer Nachricht an Sie, die das Nachrichtentor durchließ
policy-fact-queued_message = einer Nachricht von Ihnen auf dem Weg hinaus
policy-fact-open_case = einer Anfrage zu Ihren Daten, die Sie gestellt haben und die offen ist
policy-fact-open_ticket = einer Anfrage, die Sie eröffnet haben und die offen ist
policy-fact-ground = einem verzeichneten Grund
policy-fact-second_person = einer zweiten Person, die zustimmte
policy-fact-consent = Ihrem geltenden Ja
policy-fact-fresh_permission = Ihrer Erlaubnis für diese eine Bestellung
policy-fact-standing_permission = Ihrer ständigen Erlaubnis
policy-fact-break_glass = einem Fall mit geschriebenem Grund, für eine Stunde
policy-fact-request = einer geprüften Bitte von Ihnen
policy-fact-term_ended = dem Ende der Frist
policy-fact-second_look = einem Fall, den noch niemand Zweites angesehen hat
policy-fact-site_consent = dem, was Sie einer Website mitzugeben erlaubten, solange Sie dort angemeldet sind
policy-fact-list_joined = einer Liste, der jemand anderswo beigetreten ist
policy-fact-survey_answered = einer Antwort, die Sie auf eine Umfrage mit Ihrem Namen gegeben haben
console-nav-promises = Zusagen
promises-lead = Wie es um jede Zusage der Datenschutzrichtlinie steht: was die Selbstprüfungen fanden, was fehlt und wie es vorher war.
promises-none = Noch lief keine Selbstprüfung
promises-none-text = Die erste läuft, wenn die Server starten. „mailkeep policy check“ sieht jetzt nach.
promises-broken = { $n ->
    [one] Eine Zusage gilt nicht
   *[other] { $n } Zusagen gelten nicht
}
promises-broken-text = Besucher lesen es auf der Seite der Richtlinie. Unten steht zu jeder, was sie bricht und was hilft; danach sieht „mailkeep policy check“ sofort wieder nach.
promises-sound = Jede gegebene Zusage gilt
promises-sound-text = Stand { $at }.
promises-title = Alle Zusagen
promises-awaits = Wartet auf { $what }
promises-planned = Geplant
promises-history = Wie es vorher war
promises-promise = Zusage
promises-mark = Zeichen
promises-seen = Zuletzt so
promises-why = Warum
promises-alert = { $n ->
    [one] Eine Zusage der Datenschutzrichtlinie gilt nicht.
   *[other] { $n } Zusagen der Datenschutzrichtlinie gelten nicht.
}
promises-alert-see = Ansehen, welche

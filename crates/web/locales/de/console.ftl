# The staff console.
console-mark = Mitarbeiterkonsole
console-staff = Mitarbeiter
console-sign-in = Als Mitarbeiter anmelden
console-code-help = Die sechs Ziffern Ihrer Authentifizierungs-App. Ohne sie können sich Mitarbeiter nicht anmelden.
console-sign-in-wrong = Name, Passwort oder Code stimmt nicht. Ein Code gilt einmal; warten Sie auf den nächsten.
console-lead = Was auf einen Menschen wartet.
console-nav-overview = Übersicht
console-nav-orders = Prüfung der Bestellungen
console-nav-customers = Kunden
console-nav-queue = Ausgehende E-Mail
console-nav-jobs = Aufgaben
console-nav-sites = Websites
console-nav-staff = Mitarbeiter
staff-login = Name
search = Suchen
figure-orders_in_review = Bestellungen in Prüfung
figure-queue = Ausgehende Nachrichten
figure-jobs_ready = Aufgaben bereit
figure-jobs_running = Aufgaben in Arbeit
figure-jobs_waiting = Aufgaben wartend
figure-jobs_dead = Gescheiterte Aufgaben
figure-customers = Kunden
col-waiting = Wartet seit
col-plan = Tarif
col-score = Punkte
col-customer = Kunde
col-since = Seit
col-contacts = Kontakte
col-destination = Ziel
col-age = Wartet
col-attempts = Versuche
col-answer = Letzte Antwort
col-kind = Art
col-error = Was schiefging
col-permissions = Darf
col-factor = Zweiter Faktor
orders-lead = Erstbestellungen, die die Vorprüfung nicht von selbst entschieden hat. Die älteste zuerst.
orders-none = Nichts wartet auf Prüfung
orders-none-text = Bestellungen, die einen Menschen brauchen, erscheinen hier.
order-asked = Gefragt
decide-title = Ihre Entscheidung
decide-approve = Genehmigen
decide-approve-title = Diese Bestellung genehmigen?
decide-approve-text = Die Karte wird belastet, die Rechnung ausgestellt und der Dienst eingerichtet.
decide-ask = Nachfragen
decide-ask-title = Den Besteller fragen
decide-ask-text = Der Besteller bekommt Ihre Frage per E-Mail. Die Bestellung bleibt in Prüfung.
decide-ask-send = Frage senden
decide-question = Ihre Frage
decide-refuse = Ablehnen
decide-refuse-title = Diese Bestellung ablehnen?
decide-refuse-text = Die Autorisierung wird zurückgegeben. Der Besteller bekommt eine klare Antwort und einen Weg zu einem Menschen.
decide-reason = Grund für die Akten
decide-reason-help = Für Kollegen; der Besteller sieht ihn nicht.
decide-incomplete = Etwas wurde leer gelassen. Öffnen Sie das Formular noch einmal und füllen Sie es aus.
decide-approved = Die Bestellung ist genehmigt.
decide-refused = Die Bestellung ist abgelehnt.
decide-asked = Die Frage ist unterwegs.
decide-late = Über diese Bestellung hat schon jemand entschieden.
screening-title = Was die Vorprüfung ergeben hat
screening-score = { $score } Punkte
screening-none = Nichts spricht gegen diese Bestellung.
screening-missing = Nicht bekannt: { $what }. Was nicht bekannt ist, führt nie zu einer Genehmigung.
applicant-title = Der Besteller
applicant-sealed = Name und Adresse sind versiegelt. Das Öffnen wird aufgezeichnet, und der Besteller sieht es.
applicant-open = Für diese Prüfung öffnen
applicant-recorded = Dieser Blick ist im Protokoll des Bestellers aufgezeichnet.
fact-name = Name
fact-organisation = Organisation
fact-email = E-Mail
fact-email_domain = E-Mail-Domain
fact-address = Adresse
fact-country = Land
fact-postal_code = Postleitzahl
fact-phone = Telefon
fact-mailboxes = Postfächer
fact-card_country = Land der Karte
fact-orders_from_network = Bestellungen aus demselben Netz an einem Tag
fact-served_orders = Früher ausgeführte Bestellungen
fact-refused_orders = Früher abgelehnte Bestellungen
staff-customers-lead = Maskiert. Ein Profil öffnet sich nur mit einer Tatsache, die es rechtfertigt.
staff-customers-search = Kunden finden
staff-customers-help = Eine Registrierungsnummer, eine Domain oder eine ganze E-Mail-Adresse.
staff-customers-none = Niemand gefunden
staff-customers-none-text = Gefunden werden nur ganze Werte, weil personenbezogene Daten verschlüsselt sind.
customer-active = Aktiv
customer-new = Neu
customer-blocked = Gesperrt
queue-lead = Nachrichten auf dem Weg zu anderen Servern. Adressen werden nicht gezeigt.
queue-recipients = { $n ->
    [one] Ein Empfänger
   *[other] { $n } Empfänger
  }
queue-now = Jetzt versuchen
queue-tried = Die Zustellung der Nachricht wird sofort versucht.
queue-none = Die Warteschlange ist leer
queue-none-text = Alles wurde übergeben.
jobs-lead = Arbeit im Hintergrund.
jobs-dead = Gescheiterte Aufgaben
jobs-retry = Noch einmal versuchen
jobs-retried = Die Aufgabe wird noch einmal versucht.
jobs-none = Keine gescheiterten Aufgaben
jobs-none-text = Endgültig gescheiterte Aufgaben stünden hier.
staff-lead = Wer hier arbeitet und was jeder darf. Mitarbeiter werden auf der Kommandozeile hinzugefügt: mailkeep staff add.
staff-active = Aktiv
staff-off = Aus
screening-sealed = Die Ergebnisse sind personenbezogen; sie werden gezeigt, wenn die Akte für diese Prüfung geöffnet ist.
applicant-over = Die Bestellung ist entschieden; ihre Akte ist geschlossen.
enrol-title = Ihr Mitarbeiterkonto einrichten
enrol-lead-password = Willkommen, { $login }. Wählen Sie zuerst ein Passwort.
enrol-lead-code = Scannen Sie das Bild mit Ihrer Authentifizierungs-App und geben Sie den Code ein, den sie anzeigt.
enrol-lead-done = Ihr Konto ist bereit. Bewahren Sie diese Wiederherstellungscodes auf und melden Sie sich dann an.
enrol-next = Weiter
console-waits = Was auf einen Menschen wartet
waits-orders_in_review = { $n ->
    [0] Jede Bestellung ist entschieden.
    [one] Eine Bestellung braucht einen Menschen; ihr Besteller wartet.
   *[other] { $n } Bestellungen brauchen einen Menschen; ihre Besteller warten.
  }
waits-orders_in_review-do = Bestellungen prüfen
waits-queue = { $n ->
    [0] Alles wurde an andere Server übergeben.
    [one] Eine Nachricht ist auf dem Weg zu einem anderen Server.
   *[other] { $n } Nachrichten sind auf dem Weg zu anderen Servern.
  }
waits-queue-do = Warteschlange anzeigen
waits-jobs_dead = { $n ->
    [0] Keine Aufgabe ist endgültig gescheitert.
    [one] Eine Aufgabe ist endgültig gescheitert und wartet auf eine Entscheidung.
   *[other] { $n } Aufgaben sind endgültig gescheitert und warten auf eine Entscheidung.
  }
waits-jobs_dead-do = Aufgaben anzeigen
waits-none = Nichts wartet auf Sie
waits-none-text = Woran Sie arbeiten dürfen, erscheint hier; ein Kollege mit der Berechtigung „staff“ kann Ihnen mehr geben.
you-lead = Ihr eigenes Passwort, Token für Programme, und wo Sie angemeldet sind.
screening-list = Liste vom { $date }
decide-block = Ablehnen und sperren
decide-block-title = Ablehnen und nie wieder bedienen?
decide-block-text = Zuerst muss eine Kollegin oder ein Kollege zustimmen. Dann wird die Bestellung abgelehnt, und was Sie wählen, von da an auch.
decide-block-send = Vorschlagen
decide-block-proposed = Vorgeschlagen. Jemand anderes muss zustimmen.
decide-blocked = Die Bestellung ist abgelehnt, und was genannt war, ist gesperrt.
decide-block-undone = Die Sperre ist vom Tisch; die Bestellung wartet auf eine Entscheidung.
decide-not-yours = Das ist für jemand anderen, oder es ist schon erledigt.
block-proposed-title = Ablehnen und sperren: ein zweiter Blick
block-proposed-text = Jemand schlägt vor, diese Bestellung abzulehnen und dies von nun an auch. Noch ist nichts geschehen.
block-own = Sie haben es vorgeschlagen; jemand anderes muss zustimmen.
block-agree = Zustimmen: ablehnen und sperren
block-disagree = Nicht zustimmen
block-note-help = Für die Person, die es ansieht.
block-what = Was gesperrt wird
block-kind-mail_address = Die Mailadresse
block-kind-mail_domain = Die Maildomain
block-kind-network = Das Netz
block-kind-card = Die Karte
block-cause = Grund
block-cause-card_testing = Karten wurden ausprobiert
block-cause-stolen_card = Die Karte gehörte jemand anderem
block-cause-false_identity = Nicht, wer sie zu sein behaupten
block-cause-spam = Versendet Spam
block-cause-chargeback = Hat Zahlungen zurückgeholt
block-since = Seit
block-until = Bis
block-order = aus einer Bestellung
block-lift = Aufheben
block-lifted = Aufgehoben.
block-add-title = Eine Maildomain sperren
block-add-text = Jede erste Bestellung mit einer Adresse dieser Domain wird abgelehnt. Adressen, Netze und Karten werden mit der Bestellung gesperrt, mit der sie kamen.
block-add = Sperren
block-added = Die Domain ist gesperrt.
console-nav-blocks = Sperrliste
blocks-lead = Was nicht wieder bedient wird. Jeder Eintrag endet von selbst; was mit einer Bestellung kam, ist ein Fingerabdruck, den niemand lesen kann.
blocks-none = Nichts ist gesperrt
blocks-none-text = Was zwei Menschen ablehnen und sperren, steht dann hier.
appeal-title = Ein Einspruch
appeal-sealed = Was geschrieben wurde, ist versiegelt. Öffnen Sie unten die Akte, um es zu lesen.
appeal-answer = Ihre Antwort
appeal-answer-help = Sie wird auf der Seite der Bestellung und per Mail gelesen.
appeal-grant = Bestellung wieder annehmen
appeal-decline = Bei der Ablehnung bleiben
appeal-granted = Die Bestellung wartet wieder auf ihre Zahlung.
appeal-declined = Die Antwort ist unterwegs.
documents-title = Dokumente
documents-text = Das Öffnen wird aufgezeichnet und ist für die bestellende Person sichtbar. Sie werden bald nach der Entscheidung gelöscht.
document-open = { $kind ->
        [pdf] PDF-Datei
        [png] PNG-Bild
       *[other] JPEG-Bild
    } öffnen

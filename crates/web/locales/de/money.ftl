# Geld eines Kunden: Karten, Guthaben, was zurückkommt; und wie Mitarbeitende es bewegen.
center-nav-cards = Zahlungsmittel
center-nav-credit = Guthaben
console-nav-invoices = Rechnungen
console-nav-cover = Kartenschutz
money-amount-wrong = Schreiben Sie einen Betrag wie 12.50.
money-no-invoice = Keine Rechnung hat diese Nummer.
money-open = Offen
money-paid = Bezahlt
money-credited = Gutgeschrieben
money-sums = Summen
money-of-tax = mit { $tax } Steuer
money-apart = { $amount } liegt gesondert
money-left = { $amount } kann zurück auf die Karte
money-nothing-yet = Noch nichts.

# Zahlungsmittel.
cards-title = Zahlungsmittel
cards-lead = Die Karten, die Sie bei uns aufbewahren, und wofür jede belastet werden darf.
cards-add = Karte hinzufügen
cards-add-text = Sie geben sie auf der eigenen Seite des Kartendienstes ein. Ihre Nummer erreicht uns nie: Wir behalten das Netz, die letzten vier Ziffern und den Monat, in dem sie endet.
cards-add-go = Zum Kartendienst
cards-for = Darf belastet werden für
cards-for-help = Nur für Verlängerungen und Änderungen dessen, was Sie ankreuzen. Für alles Neue fragen wir wieder.
cards-none = Keine Karte hinterlegt
cards-none-text = Mit einer Karte verlängern sich Dienste von selbst. Ohne Karte zahlen Sie jede Rechnung von Hand.
cards-card = Karte
cards-ends-in = Karte mit der Endung
cards-unnamed = Karte, hinterlegt am { $at }
cards-expires = Gültig bis
cards-since = Hinterlegt seit { $at }
cards-soon = Endet bald
cards-over = Abgelaufen
cards-default = Zahlt für alles
cards-pays = Zahlt für
cards-pays-nothing = Zahlt zurzeit für nichts.
cards-keeps = Zum Entfernen lassen Sie erst eine andere Karte zahlen.
cards-all = Für alles verwenden
cards-all-title = Diese Karte für alles zahlen lassen?
cards-all-text = Von jetzt an darf sie für die Verlängerungen des hier Genannten belastet werden, anstelle der bisherigen Karten. Was fällig und nicht bezahlt ist, wird sofort versucht.
cards-all-yes = Diese Karte verwenden
cards-remove-title = Diese Karte entfernen?
cards-remove-text = Der Kartendienst vergisst sie, und wir auch. Rechnungen, die sie bezahlt hat, bleiben, wie sie sind.
cards-remove-yes = Karte entfernen
cards-removed = Die Karte ist entfernt.
cards-silent = Der Kartendienst antwortet nicht. Nichts wurde entfernt; bitte versuchen Sie es gleich noch einmal.
cards-permissions = Was wofür zahlt
cards-permissions-text = Eine Karte wird nur für das belastet, wofür Sie es erlaubt haben. Sie können das jederzeit zurücknehmen; der Dienst läuft weiter, und Sie zahlen seine Rechnungen von Hand.
cards-service = Dienst
cards-since-head = Erlaubt am
cards-by-hand = Von Hand
cards-switch = Andere Karte
cards-choose = Karte wählen
cards-switch-title = Welche Karte soll zahlen?
cards-switch-text = Sie darf für die Verlängerungen von { $domain } belastet werden. Was fällig und nicht bezahlt ist, wird sofort versucht.
cards-switch-yes = Diese Karte verwenden
cards-withdraw = Zurücknehmen
cards-withdraw-title = Die Erlaubnis zurücknehmen?
cards-withdraw-text = Für { $domain } wird keine Karte mehr belastet. Der Dienst läuft weiter; Sie zahlen seine Rechnungen von Hand.
cards-permitted = Die Karte zahlt von jetzt an.
cards-withdrawn = Die Erlaubnis ist zurückgenommen.
cards-cover = Wurde hier eine Karte ohne Ihre Schuld missbraucht?

# Was aus einer Rechnung wurde.
invoice-to-pay = { $amount } zu zahlen
invoice-pay = Mit Karte zahlen
invoice-pay-text = Fällig am { $at }. Guthaben auf Ihrem Konto wird zuerst verwendet.
invoice-declined-text = Ihre Bank hat die hinterlegte Karte abgelehnt. Zahlen Sie hier mit einer anderen; der Dienst läuft weiter.
invoice-disputed-text = Ihre Bank prüft eine Zahlung dieser Rechnung. Bitte warten Sie, bis sie entschieden hat.
invoice-keep-card = Diese Karte für die Verlängerungen dessen behalten, was diese Rechnung berechnet
invoice-events = Was geschah
invoice-event-paid = Mit Karte bezahlt
invoice-event-paid-short = Bezahlt
invoice-event-charged = Von der hinterlegten Karte abgebucht
invoice-event-charged-short = Bezahlt
invoice-event-declined = Ihre Bank hat die Karte abgelehnt
invoice-event-declined-short = Abgelehnt
invoice-event-refund_begun = Geht zurück auf die Karte
invoice-event-refund_begun-short = Unterwegs
invoice-event-refund_paid = Auf die Karte zurückgegeben
invoice-event-refund_paid-short = Erstattet
invoice-event-refund_failed = Konnte nicht auf die Karte zurück; es ist Guthaben auf dem Konto
invoice-event-refund_failed-short = Auf dem Konto
invoice-event-credit_note = Rechnungskorrektur
invoice-event-credit_note-short = Gutgeschrieben
invoice-event-credit_applied = Mit Guthaben bezahlt
invoice-event-credit_applied-short = Bezahlt
invoice-event-disputed = Zahlung bei der Bank bestritten
invoice-event-disputed-short = Bei der Bank
invoice-event-dispute_won = Die Bank entschied: Die Zahlung war richtig
invoice-event-dispute_won-short = Entschieden
invoice-event-dispute_lost = Die Bank entschied: Die Zahlung wird zurückgenommen
invoice-event-dispute_lost-short = Wieder offen

# Guthaben.
credit-title = Guthaben
credit-lead = Was wir Ihnen schulden: aus Rechnungskorrekturen, aus doppelt Bezahltem oder von uns gegeben.
credit-balance = Auf dem Konto
credit-how = Wie es verwendet wird
credit-how-text = Es zahlt Ihre nächste Rechnung zuerst, bevor eine Karte belastet wird. Sie müssen nichts tun.
credit-how-none = Wenn Guthaben da ist, zahlt es die nächste Rechnung zuerst, bevor eine Karte belastet wird.
credit-moved = Bewegungen
credit-none = Es gab noch kein Guthaben
credit-none-text = Guthaben aus Rechnungskorrekturen, Erstattungen und überzahlten Rechnungen erscheint hier mit seiner Ursache.
credit-see = Rechnung ansehen
credit-kind-overpaid = Es wurde mehr bezahlt als geschuldet
credit-kind-credited = Korrektur von Bezahltem
credit-kind-cover = Schutz für eine missbrauchte Karte
credit-kind-applied = Für eine Rechnung bezahlt
credit-kind-refund = Auf die Karte zurückgegeben
credit-kind-refund_failed = Konnte nicht auf die Karte zurück
credit-kind-granted = Von uns gegeben
credit-kind-taken_back = Von uns zurückgenommen
credit-reason = Grund
credit-reason-help = Der Kunde liest ihn.
credit-reason-outage = Ein Dienst war nicht, was wir versprachen
credit-reason-mistake = Wir haben einen Fehler gemacht
credit-reason-good_will = Kulanz
credit-reason-given_in_error = Irrtümlich gegeben
credit-console-lead = Was auf dem Konto liegt, und davon geben oder zurücknehmen. Der Kunde erfährt es und sieht den Grund.
credit-console-how = Guthaben zahlt die nächste Rechnung, bevor eine Karte belastet wird. Um zurückzugeben, was eine Rechnung nahm, öffnen Sie die Rechnung: Dann zeigen die Bücher, was weniger verkauft wurde.
credit-give-title = Geben oder zurücknehmen
credit-act = Was zu tun ist
credit-give = Guthaben geben
credit-give-text = Wofür nichts bezahlt wurde: Wir tragen es.
credit-take = Guthaben zurücknehmen
credit-take-text = Höchstens, was da ist.
credit-before = Jetzt auf dem Konto
credit-after = Danach
credit-give-do = { $amount } geben
credit-take-do = { $amount } zurücknehmen
credit-told = Zweimal gedrückt geschieht es einmal. Der Kunde erhält eine Nachricht.
credit-done = Erledigt. Der Kunde erfährt es.
credit-too-much = Auf dem Konto liegt { $held }.

# Angenommene Bedingungen.
accepted-title = Angenommene Bedingungen
accepted-lead = Welche Fassung Sie angenommen haben, wann und mit welcher Bestellung.
accepted-current = Geltende Bedingungen
accepted-at = Angenommen
accepted-hash = Fingerabdruck (SHA-256)
accepted-file = Text
accepted-download = { $title }, Fassung { $n }, herunterladen
accepted-note = Der Text wird so aufbewahrt, wie Sie ihn angenommen haben. Sein Fingerabdruck steht bei Ihrer Bestellung.
accepted-none = Keine Bedingungen angenommen
accepted-none-text = Wenn Sie etwas bestellen, wofür es Bedingungen gibt, wird die angenommene Fassung hier aufbewahrt.

# Ein neuer Preis auf der Seite der Dienste.
service-coming = Ein neuer Preis kommt
service-coming-text = Ab { $on } kostet eine Laufzeit ({ $term }) { $new } statt { $old }, vor Steuer.
service-coming-right = Wenn Sie das nicht wollen, ändern Sie den Tarif oder kündigen Sie vor dem { $on }: Was Sie haben, kostet bis dahin dasselbe, und Gehen kostet nichts.
billing-language = Sprache Ihrer Dokumente
billing-language-help = Der nächsten Rechnungen und der Rechnungskorrekturen, Kontoauszüge und Hosting-Berichte, die zu ihnen gehören. Was schon ausgestellt ist, bleibt, wie es ist.
billing-approvals = Nachlässe und Befreiungen
billing-approvals-text = Ein Mensch hat sie auf den hier genannten Nachweis hin genehmigt. Schreiben Sie uns, wenn er nicht mehr stimmt.

# Schutz für eine missbrauchte Karte.
cover-title = Schutz für eine missbrauchte Karte
cover-lead = Wenn hier eine Karte von Ihnen ohne Ihre Schuld missbraucht wurde, tragen wir, was Ihre Bank Ihnen lässt, bis { $most }.
cover-claims = Ihre Fälle
cover-tell = Einen Missbrauch melden
cover-payment = Zahlung
cover-how = Was geschah
cover-how-stolen = Die Karte ging verloren oder wurde gestohlen
cover-how-copied = Jemand benutzte ihre Nummer
cover-how-unknown = Ich kenne diese Zahlung nicht
cover-reported = Der Bank gemeldet am
cover-reported-help = Bitte melden Sie es zuerst Ihrer Bank: Sie kann die Karte sperren.
cover-amount = Was die Bank Ihnen lässt
cover-amount-help = Höchstens { $most }, und nicht mehr als bezahlt wurde.
cover-not-at-fault = Ich hatte keinen Anteil daran und gab die Karte niemandem
cover-send = Fall eröffnen
cover-told = Ihr Fall ist eröffnet. Zwei Menschen sehen ihn an; Sie hören per Mail von uns.
cover-no-payment = Es gibt keine Zahlung zu melden
cover-no-payment-text = Der Schutz gilt für Zahlungen, die hier mit Karte gemacht wurden. Jede kann einen Fall haben.
cover-works = Wie es geht
cover-works-1 = Sperren Sie die Karte bei Ihrer Bank und melden Sie ihr die Zahlung. Die meisten Banken tragen alles bis auf einen kleinen Teil.
cover-works-2 = Sagen Sie uns, was Ihnen bleibt. Jemand von uns sieht es an, jemand anderes entscheidet.
cover-works-3 = Was wir decken, ist sofort Guthaben auf Ihrem Konto.
cover-state-open = Offen
cover-state-open-text = Noch hat es niemand angesehen.
cover-state-recorded = Wird entschieden
cover-state-recorded-text = Jemand von uns hat es angesehen; jemand anderes entscheidet.
cover-state-granted = Gedeckt
cover-state-granted-text = Der Betrag ist Guthaben auf Ihrem Konto.
cover-state-refused = Nicht gedeckt
cover-state-refused-text = Es ist nicht gedeckt.
cover-because-at_fault = Die Karte wurde mit Ihrem Anteil benutzt.
cover-because-bank_pays = Ihre Bank trägt den Verlust.
cover-because-not_shown = Was berichtet wurde, passt nicht zur Zahlung.
cover-staff-open = Befund fehlt
cover-staff-recorded = Wartet auf eine zweite Person
cover-staff-granted = Gedeckt
cover-staff-refused = Abgelehnt
cover-console-lead = Missbrauchte Karten, die Kunden melden. Eine Person hält fest, was sie fand, eine andere entscheidet.
cover-none = Kein Fall ist offen
cover-none-text = Wenn ein Kunde eine missbrauchte Karte meldet, erscheint sie hier.
cover-told-at = Gemeldet
cover-claim = Missbrauchte Karte
cover-claim-lead = Höchstens { $most }, nur ohne Schuld des Kunden und nur für eine Zahlung, die hier gemacht wurde.
cover-record-title = Was haben Sie gefunden?
cover-record-text = Vergleichen Sie die Zahlung mit der Bestellung, ihrer Prüfung und den Anmeldungen. Jemand anderes entscheidet nach dem, was Sie schreiben.
cover-findings = Befund
cover-findings-help = Ohne Namen. Er wird versiegelt aufbewahrt.
cover-record = Festhalten und weitergeben
cover-recorded = Festgehalten. Jemand anderes entscheidet.
cover-decide-title = Entscheiden
cover-decide-text = { $who } hat einen Befund über { $amount } festgehalten. Gewährt ist es sofort Guthaben auf dem Konto des Kunden.
cover-grant = { $amount } gewähren
cover-grant-title = Diesen Fall gewähren?
cover-grant-text = { $amount } wird Guthaben auf dem Konto des Kunden, und wir tragen es.
cover-grant-yes = Gewähren
cover-granted = Gewährt. Der Betrag ist auf dem Konto.
cover-refuse = Ablehnen
cover-refuse-title = Diesen Fall ablehnen?
cover-refuse-text = Der Kunde erfährt den Grund, mit diesen Worten.
cover-refused = Abgelehnt. Der Kunde erfährt es.
cover-reason = Grund
cover-wait = Wartet auf jemand anderes
cover-wait-text = Sie haben den Befund festgehalten; jemand anderes entscheidet.
cover-facts = Was berichtet wurde
cover-recorded-by = Befund von
cover-decided-by = Entschieden von

# Rechnungen und Erstattungen in der Konsole.
console-invoices-lead = Nummern, Tage und Beträge. Um etwas zurückzugeben, öffnen Sie die Rechnung.
console-invoice-number = Nummer der Rechnung
console-invoice-find = Suchen
console-invoices-newest = Neueste Rechnungen
console-invoices-none = Noch keine Rechnung
console-invoices-none-text = Die erste wird mit der ersten Bestellung ausgestellt.
refund-title = Zurückgeben
refund-text = Schreiben Sie zu jeder Zeile, was gutgeschrieben wird, vor Steuer; die Steuer folgt. Zuerst sehen Sie, was es ergibt.
refund-line = Zeile
refund-left = Rest
refund-credit = Korrektur
refund-credit-of = Korrektur von Zeile { $n }, vor Steuer
refund-to = Was bezahlt war, geht
refund-to-card = Zurück auf die Karte
refund-to-card-text = Auf die Karte, die gezahlt hat; Banken brauchen einige Tage.
refund-to-account = Auf das Konto
refund-to-account-text = Als Guthaben, das die nächste Rechnung zahlt.
refund-see = Ansehen, was es ergibt
refund-whole = Alles, was übrig ist
refund-nothing = Schreiben Sie zu mindestens einer Zeile einen Betrag.
refund-comes-to = Was es ergibt
refund-line-n = Zeile { $n }
refund-tax = Steuer
refund-note = Rechnungskorrektur
refund-off-open = Vom Offenen ab
refund-back-card = Zurück auf die Karte
refund-back-account = Guthaben auf dem Konto
refund-do = { $amount } zurückgeben
refund-once = Zweimal gedrückt geschieht es einmal.
refund-how = Wie es geht
refund-how-1 = Eine Rechnungskorrektur mit eigener Nummer nimmt die Zeilen zurück; die Rechnung bleibt, wie sie ist.
refund-how-2 = Zuerst wird weniger, was noch offen ist. Was bezahlt war, geht auf die Karte zurück oder bleibt als Guthaben.
refund-how-3 = Sie sehen jeden Betrag, bevor Sie bestätigen, und nie geht mehr zurück, als eingenommen wurde.
refund-done-account = Rechnungskorrektur { $number } ist ausgestellt.
refund-done-card = Rechnungskorrektur { $number } ist ausgestellt, und das Geld ist unterwegs zur Karte.
refund-done-begun = Rechnungskorrektur { $number } ist ausgestellt. Der Kartendienst hat noch nicht geantwortet; er wird von selbst gefragt.
refund-done-failed = Die Rechnungskorrektur ist ausgestellt, aber der Kartendienst lehnte die Erstattung ab. Das Geld ist Guthaben auf dem Konto.
figure-disputes = Zu beantwortende Streitfälle
waits-disputes = { $n ->
    [0] Keine Bank wartet auf eine Antwort.
    [one] Eine Bank wartet auf unsere Antwort.
   *[other] { $n } Banken warten auf unsere Antworten.
  }
waits-disputes-do = Streitfälle zeigen
figure-cover = Missbrauchte Karten
waits-cover = { $n ->
    [0] Kein Fall wartet auf Sie.
    [one] Ein Fall wartet auf Sie.
   *[other] { $n } Fälle warten auf Sie.
  }
waits-cover-do = Fälle zeigen
dispute-evidence = Nachweis ansehen
dispute-prepared = Eine Antwort ist aufbewahrt, und niemand weiß, ob die Bank sie hat
dispute-prepared-text = Sie wurde am { $at } aufbewahrt, aber der Kartendienst antwortete nicht. Senden Sie sie noch einmal: Er wird zuerst gefragt und bekommt sie nur, wenn er keine hat.
dispute-kept = Hier aufbewahrt
transfers-recorded = Zuletzt erfasst
transfers-none = Noch keine Überweisung erfasst.
transfer-credited = Davon Guthaben
movement-credit_granted = Guthaben gegeben
movement-credit_taken_back = Guthaben zurückgenommen
sandbox-expiring = Genehmigen; die Karte endet diesen Monat

# Was einmal verkauft wird.
item-each = { $price } je Stück
item-an-hour = { $price } je Stunde
order-items = Einmalig, mit der ersten Rechnung
order-items-help = Lassen Sie es leer, wenn Sie es nicht brauchen.
service-extras = Extras bestellen
extras-title = Extras bestellen
extras-lead = Was einmal getan wird, für { $domain }.
extras-what = Was brauchen Sie?
extras-order = Für { $amount } bestellen
extras-card = Der Betrag wird von der Karte abgebucht, die für diesen Dienst zahlt.
extras-by-hand = Sie erhalten eine Rechnung und zahlen sie von Hand.
extras-how-1 = Sie sehen, was es ergibt, mit Steuer, bevor Sie bestellen.
extras-how-2 = Es ist eine Rechnung, bezahlt mit der Karte, die für diesen Dienst zahlt, und kommt nicht wieder.
extras-ordered = Bestellt. Dies ist die Rechnung.
extras-none = Nichts wird angeboten
extras-none-text = Wenn etwas einmal verkauft wird, wie ein Umzug von Mail, erscheint es hier.

hand-over-title = Übergabe von allem
hand-over-lead = Alle E-Mail aller Postfächer und Ihre Angaben als Dateien zum Mitnehmen.
hand-over-warned-title = Ihre Dienste werden beendet, wenn dies nicht behoben wird
hand-over-warned-text = Beheben Sie es bis { $at } und schreiben Sie uns; dann geschieht nichts. Wenn nicht, enden Ihre Dienste, und Sie bekommen innerhalb von { $n } Tagen alles, was wir für Sie haben.
hand-over-making-title = Die Dateien werden gemacht
hand-over-making-text = Sie bekommen eine E-Mail, wenn sie da sind, spätestens am { $at }.
hand-over-cured-text = Die letzte Warnung wurde zurückgenommen: Es ist behoben.
hand-over-expired-text = Die Dateien der letzten Übergabe wurden nach Ablauf ihrer Zeit entfernt.
hand-over-files = Dateien
hand-over-until = Bis { $at }
hand-over-records = Angaben Ihres Kontos
hand-over-part = Teil { $n }, { $size }
hand-over-fetch = Holen
hand-over-password = Um eine Datei zu holen, geben Sie kurz vorher Ihr Passwort ein. Offene Rechnungen halten nichts zurück.
hand-over-invoice = Die Rechnung
hand-over-ask-title = Alles anfordern
hand-over-ask-text = Ihre Dienste laufen weiter wie bisher. Die Dateien sind innerhalb von { $n } Tagen da, meist früher, und können { $keep } Tage lang geholt werden.
hand-over-free = Es kostet nichts.
hand-over-ask = Alles anfordern
hand-over-ask-for = Alles anfordern für { $amount }
hand-over-asked = Wir machen die Dateien. Sie bekommen eine E-Mail, wenn sie da sind.
hand-over-holds = Was Sie bekommen
hand-over-holds-1 = Für jedes Postfach jeden Ordner als mbox-Datei, mit dem, was gelesen, beantwortet, markiert und verschlagwortet ist. Andere Anbieter und Mailprogramme lesen sie.
hand-over-holds-2 = Die Angaben Ihres Kontos und seiner Postfächer für Programme, mit allen Rechnungen als Dokumenten.
hand-over-holds-3 = Nur Eigentümer holen sie. Niemand von uns kann sie öffnen.
hand-overs = Übergaben
hand-overs-lead = Kunden, die gewarnt wurden, und Kunden, die alles bekommen. Die Dateien sind allein für ihre Eigentümer.
hand-overs-overdue = { $n ->
    [one] Eine Übergabe ist über ihren Tag hinaus. Warum, steht unter Aufgaben.
   *[other] { $n } Übergaben sind über ihren Tag hinaus. Warum, steht unter Aufgaben.
 }
hand-overs-none = Niemand wurde gewarnt oder hat gefragt
hand-overs-none-text = Eine Warnung beginnt auf der Seite eines Kunden; Eigentümer fragen im Kundencenter.
hand-over-one = Übergabe
hand-over-cause = Weil
hand-over-cause-breach = Was vereinbart ist, wird nicht eingehalten
hand-over-cause-wish = Ein Eigentümer hat gefragt
hand-over-opened = Begonnen
hand-over-next = Als Nächstes
hand-over-next-cure = Kann behoben werden bis { $at }
hand-over-next-due = Zu liefern bis { $at }
hand-over-state-warned = Gewarnt
hand-over-state-cured = Behoben
hand-over-state-making = Wird gemacht
hand-over-state-ready = Kann geholt werden
hand-over-state-expired = Entfernt
hand-over-decide = Ist es behoben?
hand-over-decide-wait = Der Kunde kann es bis { $at } beheben. Vorher kann nichts beendet werden.
hand-over-decide-end = Die Tage, um es zu beheben, waren am { $at } vorbei.
hand-over-cure = Warnung zurücknehmen
hand-over-cure-text = Den Eigentümern wird gesagt, dass es behoben ist.
hand-over-cure-yes = Es ist behoben
hand-over-end = Alle Dienste beenden
hand-over-end-text = Alle Dienste des Kunden enden, wenn der heutige Tag vorüber ist. Alles wird innerhalb von { $n } Tagen übergeben und das Entgelt berechnet.
hand-over-end-yes = Beenden und übergeben
hand-over-facts = Wie weit es ist
hand-over-cure-until = Kann behoben werden bis
hand-over-ended-by = Beendet von
hand-over-due = Zu liefern bis
hand-over-charge = Entgelt
hand-over-count = { $n ->
    [one] Eine Datei, { $size }
   *[other] { $n } Dateien, { $size }
 }
hand-over-fetch-until = Kann geholt werden bis
hand-over-sealed = Der Grund und die Dateien sind für den Kunden versiegelt. Die Datenschutzrichtlinie hat keine Regel, nach der die Abrechnung sie öffnet; auch wer den Grund schrieb, kann ihn hier nicht noch einmal lesen. Die Eigentümer haben ihn Wort für Wort in ihrer E-Mail.
hand-over-overdue = Über den Tag hinaus
hand-over-overdue-text = Es hätte geliefert sein müssen. Die Aufgabe versucht es von selbst wieder; unter Aufgaben steht, warum sie scheitert.
hand-over-warned = Die Eigentümer sind gewarnt.
hand-over-cured = Die Warnung ist zurückgenommen.
hand-over-ended = Die Dienste enden, wenn der heutige Tag vorüber ist; die Dateien werden gemacht.
hand-over-warn-title = Vor dem Ende warnen
hand-over-warn-lead = Der Kunde hat { $cure } Tage, um es zu beheben. Erst dann kann eine Person die Dienste beenden; alles wird innerhalb von { $n } Tagen übergeben.
hand-over-reason = Grund
hand-over-reason-label = Was nicht eingehalten wird, und wie es behoben wird
hand-over-reason-help = Die Eigentümer lesen es Wort für Wort. Es wird für sie versiegelt aufbewahrt; Sie können es hier nicht noch einmal lesen.
hand-over-told = { $n ->
    [one] Ein Eigentümer bekommt es per E-Mail.
   *[other] { $n } Eigentümer bekommen es per E-Mail.
 }
hand-over-warn = Kunden warnen
leaving-all = Alles auf einmal
leaving-all-text = Wir schreiben alle E-Mail aller Postfächer und Ihre Angaben in Dateien, die andere Anbieter lesen.
hand-over-notice-title-warned = Ihre Dienste werden beendet, wenn dies nicht behoben wird
hand-over-notice-warned = Wir haben Sie vor etwas gewarnt, das nicht eingehalten wird. Es kann bis { $at } behoben werden.
hand-over-notice-title-making = Alles wird übergeben
hand-over-notice-making = Die Dateien werden gemacht. Sie bekommen eine E-Mail, wenn sie da sind.
hand-over-notice-title-ready = Alles, was wir für Sie haben, liegt bereit
hand-over-notice-ready = Holen Sie die Dateien, solange sie da sind; später werden sie entfernt.
hand-over-see = Mehr sehen

# Was jedes Postfach zusätzlich haben kann.
order-add-ons = Zusätzlich, für jedes Postfach
order-add-ons-help = Das können Sie auch später hinzufügen und entfernen.
add-on-with = { $plan }: { $price }
grants-quota = { $space } mehr für jedes Postfach
grants-undelete = Gelöschtes lässt sich { $n ->
    [one] einen Tag
   *[other] { $n } Tage
  } lang zurückholen
grants-recipients = { $n ->
    [one] ein Empfänger mehr am Tag
   *[other] { $n } Empfänger mehr am Tag
  }
grants-message = Nachrichten bis { $size }
feature-add-on = { $name } zusätzlich erhältlich
service-add-ons = Zusatzleistungen
add-ons-title = Zusatzleistungen
add-ons-lead = Was jedes Postfach von { $domain } zusätzlich zu { $plan } hat und haben kann.
add-ons-held = Was Sie haben
add-ons-offered = Was Sie hinzufügen können
add-ons-how-1 = Sie sehen vorher, was es mit Steuer kostet.
add-ons-how-2 = Es beginnt sofort, für jedes Postfach, und kostet den Rest der Laufzeit; spätere Postfächer bringen ihres mit.
add-ons-how-3 = Wenn Sie es entfernen, endet es mit der Laufzeit, und bis dahin können Sie das zurücknehmen.
add-ons-none = Es gibt nichts hinzuzufügen
add-ons-none-text = { $plan } enthält schon alles.
add-on-since = seit { $at }
add-on-until = bis { $at }
add-on-remove = Entfernen
add-on-remove-text = Jetzt entfernt, endet es am { $at }.
add-on-keep = Behalten
add-on-now = Heute, bis { $at }
add-on-free = Bis { $at } kostet es nichts.
add-on-not-later = Es endet am { $at }: Den Tarif, der dann beginnt, gibt es nicht damit.
add-on-add = Hinzufügen
add-on-add-for = Für { $amount } hinzufügen
add-on-added = Hinzugefügt. Ihre Postfächer haben es in einem Augenblick.
add-on-removed = Es endet mit der Laufzeit. Bis dahin können Sie es behalten.
add-on-kept = Es bleibt.
change-ends = Endet am { $at }, weil es { $plan } nicht damit gibt: { $what }.
who-subscriptions = Dienste
who-subscriptions-none = Noch kein Dienst.
who-next = nächste Abrechnung am { $at }

# „Ihre Daten“: Seiten und die Wörter für das Protokoll der Verwendungen.
# Purposes, as reasons: “to …”.
purpose-deliver = um zu liefern, was Sie bestellt haben, und es abzurechnen
purpose-prefill = um Ihnen zu ersparen, dasselbe zweimal einzugeben
purpose-troubleshoot = um einen Fehler zu beheben, den Sie gemeldet haben
purpose-feedback = um zu fragen, wie zufrieden Sie sind
purpose-inform = um Sie über Ausfälle, Neuerungen, Angebote und Nachrichten zu unterrichten
purpose-protect = um Betrug und Einbrüche von Ihnen und anderen fernzuhalten
purpose-comply = um einer rechtlichen Anordnung nachzukommen
purpose-rights = damit Sie sehen, berichtigen, mitnehmen und löschen können, was Ihres ist
purpose-audit = um zu zeigen, wer Ihre Daten verwendet hat

# Facts, as what was the case.
because-own-session = Sie waren angemeldet
because-managed-mailbox = jemand verwaltete Ihre Domain
because-own-mailbox = das Postfach selbst war angemeldet
because-sign-in = jemand meldete sich mit Ihrem Namen an
because-order-placed = eine Bestellung von Ihnen war noch nicht entschieden
because-order-in-review = eine Bestellung von Ihnen wartete auf die Entscheidung eines Menschen
because-order-screened = Ihre Bestellung wurde noch einmal geprüft
because-due-invoice = eine Rechnung von Ihnen war fällig
because-service-ordered = ein Dienst von Ihnen lief
because-outbound-message = eine Nachricht an Sie sollte gesendet werden
because-queued-message = eine Nachricht von Ihnen war unterwegs
because-open-ticket = eine Anfrage von Ihnen war offen
because-ground = ein festgehaltener Grund verlangte es
because-second-person = eine zweite Person stimmte zu
because-consent = Sie hatten eingewilligt
because-fresh-permission = Sie hatten es für diese Bestellung erlaubt
because-standing-permission = Sie hatten es für diesen Dienst erlaubt
because-break-glass = jemand vom Personal eröffnete einen Fall mit schriftlicher Begründung
because-second-look = eine zweite Person prüfte den Fall eines Kollegen
because-request = eine geprüfte Anfrage zu diesen Daten war offen
because-term-ended = die Frist war abgelaufen
because-site-consent = Sie hatten es erlaubt und waren bei der Website angemeldet
because = weil: { $fact }
not-because = nichts rechtfertigte es; genannt wurde: { $fact }

# As what somebody acts.
acting-person = Sie
acting-mailbox = die Person, der das Postfach gehört
acting-system = das Programm
acting-support = Personal: Hilfe
acting-billing = Personal: Abrechnung
acting-fraud-reviewer = Personal: Bestellprüfung
acting-abuse-desk = Personal: Missbrauchsstelle
acting-privacy-officer = Personal: Datenschutz
acting-writer = Personal: Redaktion
acting-operator = Personal: Betrieb

# Who.
who-you = Sie
who-contact = Ein anderer Kontakt Ihrer Organisation
who-program = Das Programm ({ $name })
who-staff = { $role } ({ $name })
who-staff-mail = Jemand vom Personal, in Ihrem Protokoll { $name }
task-answer-to-a-request = Die Antwort auf eine Anfrage
task-billing-run = Der Rechnungslauf
task-copy-of-your-data = Die Kopie, um die Sie baten
task-erasure = Die Löschung, um die Sie baten
task-invoice-rendering = Die Erstellung einer Rechnung
task-list-for-letters-and-calls = Die Liste derer, die um Briefe oder Anrufe baten
task-message-gate = Der Versand von Nachrichten an Sie
task-order-fulfilment = Die Ausführung Ihrer Bestellung
task-order-screening = Die Prüfung Ihrer Bestellung
task-outgoing-delivery = Die Zustellung Ihrer E-Mail
task-retention = Das Ende einer Frist
task-sign-in-check = Die Prüfung einer Anmeldung
task-sign-in-to-a-site = Eine Anmeldung bei einer Website

# What was done.
did-read = { $who } · gelesen: { $what }
did-change = { $who } · geändert: { $what }
did-collect = { $who } · erhoben: { $what }
did-send = { $who } · zum Senden verwendet: { $what }
did-export = { $who } · mitgenommen: { $what }
did-disclose = { $who } · offengelegt: { $what }
did-erase = { $who } · gelöscht: { $what }
refused-read = { $who } · wollte lesen: { $what }
refused-change = { $who } · wollte ändern: { $what }
refused-collect = { $who } · wollte erheben: { $what }
refused-send = { $who } · wollte zum Senden verwenden: { $what }
refused-export = { $who } · wollte mitnehmen: { $what }
refused-disclose = { $who } · wollte offenlegen: { $what }
refused-erase = { $who } · wollte löschen: { $what }

# Categories.
kind-identity = Ihr Name, Ihre Sprache und Zeitzone
kind-contact = Wie Sie zu erreichen sind
kind-postal = Ihre Postanschrift
kind-billing-address = An wen Rechnungen gehen
kind-payment-token = Verweise auf Ihre Karten
kind-invoice = Rechnungen
kind-credential = Was beweist, dass Sie es sind
kind-preferences = Ihre Einstellungen und Bezeichnungen
kind-organisation-link = Ihre Organisation und Ihre Rolle darin
kind-ticket = Was Sie uns schrieben und was wir antworteten
kind-mail-content = Ihre Nachrichten
kind-mail-metadata = Absender, Empfänger, Betreffe und Daten
kind-network = Netze und Geräte
kind-fraud-signal = Was die Prüfung ergab
kind-use-record = Das Protokoll, wer Ihre Daten verwendet hat

# Fields.
field-persons-name = Name
field-persons-language = Sprache
field-persons-time-zone = Zeitzone
field-persons-email = E-Mail-Adresse
field-persons-phone = Telefon
field-persons-postal = Postanschrift
field-credentials-password = Prüfwert Ihres Passworts
field-credentials-totp-pending = zweiter Faktor in Einrichtung
field-credentials-totp-secret = zweiter Faktor
field-one-time-tokens-email = zu bestätigende Adresse
field-sessions-network = Netz einer Sitzung
field-sessions-device = Gerät einer Sitzung
field-security-events-network = Netz eines Sicherheitsereignisses
field-security-events-device = Gerät eines Sicherheitsereignisses
field-customers-name = Name der Organisation
field-contacts-name = Namen von Kontakten
field-contacts-email = Adressen von Kontakten
field-contact-invitations-email = Adressen von Einladungen
field-api-tokens-name = Namen von Zugriffstoken
field-site-consents-subject = den Namen, unter dem eine Website Sie kennt
field-orders-billing = Rechnungsadresse einer Bestellung
field-orders-applicant = Erreichbarkeit bei der Bestellung
field-orders-network = Netz einer Bestellung
field-billing-profiles-details = Rechnungsangaben
field-qualifications-evidence = Nachweis für einen Nachlass oder eine Befreiung
field-payment-methods-token = Verweis auf eine Karte
field-payment-methods-face = woran Sie eine Karte erkennen
field-invoices-snapshot = Rechnungen
field-invoice-documents-pdf = Rechnungen als Dokumente
field-screenings-facts = was die Prüfung betrachtete
field-screenings-assessment = was die Prüfung ergab
field-order-decisions-note = Notiz zu einer Entscheidung
field-order-questions-question = Fragen zu einer Bestellung
field-order-questions-answer = Antworten zu einer Bestellung
field-ticket-letters-message-id = Kennung eines Schreibens
field-ticket-letters-raw = Schreiben an den Support
field-ticket-writers-email = Adresse von jemandem, der uns schrieb
field-tickets-title = Betreff einer Anfrage
field-ticket-entries-words = was in einer Anfrage geschrieben wurde
field-cover-cases-findings = was zu einer missbrauchten Karte gefunden wurde
field-disputes-summary = was wir auf eine bestrittene Zahlung antworteten
field-disputes-evidence = Belege zu einer bestrittenen Zahlung
field-dkim-keys-private-key = Schlüssel, die E-Mail signieren
field-mailboxes-address = Adresse eines Postfachs
field-mailboxes-display-name = Name zum Postfach
field-addresses-address = Aliasse und Listen
field-list-members-address = Mitglieder von Listen
field-app-passwords-label = Namen von Geräten
field-folders-name = Namen von Ordnern
field-keywords-name = Stichwörter von Nachrichten
field-message-index-meta = Umschläge von Nachrichten
field-message-index-filter = Suchfilter
field-message-bodies-content = Nachrichten
field-message-bodies-search-text = Text für die Suche
field-search-packs-words = Wörter für die Suche
field-search-packs-places = Stellen der Wörter
field-queue-messages-envelope = Umschläge ausgehender Nachrichten
field-queue-messages-content = ausgehende Nachrichten
field-queue-recipients-address = Empfänger ausgehender Nachrichten
field-queue-recipients-last-answer = Antworten anderer Server
field-ledger-entries-payload = Protokoll der Verwendungen
field-outbound-messages-context = Nachricht an Sie
field-consents-network = Netz einer Wahl
field-subscribers-email = E-Mail-Adresse eines Abonnements
field-break-glass-reason = schriftliche Begründung eines Falls
field-break-glass-verdict-words = Worte einer zweiten Person zu einem Fall
field-break-glass-settled-words = wie ein strittiger Fall geklärt wurde
field-disclosure-documents-content = Dokument einer Offenlegung
field-unusual-uses-explanation = Erklärung eines ungewöhnlichen Zugriffs
field-subject-requests-reason = Ihr Text in einem Widerspruch
field-subject-requests-answer = Antwort auf einen Widerspruch
field-exports-content = Kopie Ihrer Daten
field-mail-body = Nachrichten
field-mail-search-text = Text für die Suche
field-mail-envelope = Umschläge von Nachrichten

# What tables hold.
holds-persons = Ihr Profil
holds-credentials = Prüfwert des Passworts und zweiter Faktor
holds-one-time-tokens = Links in Nachrichten
holds-sessions = Wo Sie angemeldet sind
holds-security-events = Was mit Ihrer Anmeldung geschah
holds-customers = Ihre Organisation
holds-contacts = Kontakte
holds-contact-invitations = Einladungen
holds-api-tokens = Zugriffstoken
holds-site-consents = Was Sie Websites mitzugeben erlaubten
holds-orders = Bestellungen
holds-billing-profiles = Rechnungsangaben
holds-qualifications = Nachlässe, die ein Mensch bewilligt hat
holds-payment-methods = Verweise auf Karten
holds-invoices = Rechnungen
holds-invoice-documents = Rechnungen als Dokumente
holds-screenings = Was die Prüfung einer Bestellung ergab
holds-order-decisions = Entscheidungen über Bestellungen
holds-order-questions = Fragen zu Bestellungen und Antworten
holds-tickets = Anfragen
holds-ticket-entries = Was in Anfragen geschrieben wurde
holds-cover-cases = Fälle missbrauchter Karten
holds-disputes = Bestrittene Zahlungen
holds-dkim-keys = Schlüssel, die E-Mail signieren
holds-mailboxes = Postfächer
holds-addresses = Aliasse und Listen
holds-list-members = Mitglieder von Listen
holds-app-passwords = Passwörter für Geräte
holds-folders = Ordner
holds-keywords = Stichwörter von Nachrichten
holds-message-index = Umschläge und Suchfilter von Nachrichten
holds-message-bodies = Nachrichten
holds-search-packs = Wörter von Nachrichten für die Suche
holds-queue-messages = Ausgehende Nachrichten
holds-queue-recipients = Empfänger ausgehender Nachrichten
holds-ledger-entries = Das Protokoll der Verwendungen
holds-outbound-messages = Nachrichten, die wir Ihnen sandten
holds-consents = Was Sie hören wollen
holds-subscribers = Abonnements ohne Konto
holds-break-glass = Fälle des Personals mit schriftlicher Begründung
holds-disclosure-documents = Dokumente von Offenlegungen
holds-unusual-uses = Ungewöhnliche Zugriffe des Personals
holds-subject-requests = Anfragen zu Ihren Daten
holds-exports = Kopien Ihrer Daten

# Where rows come from.
source-persons = Sie gaben es bei der Registrierung oder im Profil ein.
source-credentials = Sie wählten es; gespeichert ist nur ein Prüfwert.
source-one-time-tokens = Sie baten um einen Link.
source-sessions = Es entsteht, wenn Sie sich anmelden.
source-security-events = Es entsteht, wenn sich an Ihrer Anmeldung etwas ändert.
source-customers = Sie gaben es bei der Bestellung ein.
source-contacts = Es entsteht aus einer Bestellung oder einer angenommenen Einladung.
source-contact-invitations = Sie gaben es auf der Seite der Kontakte ein.
source-api-tokens = Sie gaben es ein, als Sie das Token anlegten.
source-site-consents = Es entstand, als Sie sich bei einer Website anmeldeten.
source-orders = Es steht da, wie bestellt wurde, und wird danach nicht geändert.
source-billing-profiles = Sie gaben es bei der Bestellung oder in den Rechnungsangaben ein.
source-qualifications = Die Buchhaltung hat aufgeschrieben, welches Dokument sie gesehen hat.
source-payment-methods = Der Kartendienst gab es uns; die Kartennummer erreicht uns nie.
source-invoices = Es entsteht aus dem, was Sie bestellten.
source-invoice-documents = Es wird aus der Rechnung erzeugt.
source-screenings = Es entsteht bei der Prüfung einer ersten Bestellung.
source-order-decisions = Wer prüfte, schrieb es.
source-order-questions = Die Prüfung fragte, Sie antworteten.
source-tickets = Sie oder wir schrieben es, als die Anfrage eröffnet wurde.
source-ticket-entries = Sie schrieben es, oder der Support.
source-cover-cases = Die Abrechnung schrieb es.
source-disputes = Wir schrieben es, als eine Zahlung bei Ihrer Bank bestritten wurde.
source-dkim-keys = Das Programm erzeugte es.
source-mailboxes = Es wurde beim Anlegen des Postfachs eingegeben.
source-addresses = Sie gaben es auf den Seiten der Postfächer und Aliasse ein.
source-list-members = Sie gaben es auf der Seite der Aliasse ein.
source-app-passwords = Es wurde beim Anlegen des Passworts eingegeben.
source-folders = E-Mail-Programme legten es an.
source-keywords = E-Mail-Programme legten es an.
source-message-index = Es entsteht aus empfangener oder geschriebener E-Mail.
source-message-bodies = Es entsteht aus empfangener oder geschriebener E-Mail.
source-search-packs = Sie entstehen, damit die Mail durchsuchbar ist.
source-queue-messages = Es entsteht aus geschriebener E-Mail.
source-queue-recipients = Es entsteht aus geschriebener E-Mail.
source-ledger-entries = Es entsteht bei jeder Verwendung Ihrer Daten.
source-outbound-messages = Es entsteht, wenn wir Ihnen etwas mitzuteilen haben; der Inhalt geht mit dem Versand.
source-consents = Sie haben es gewählt, auch mit dem Link unter einer Nachricht.
source-subscribers = Sie haben es in das Formular zum Abonnieren eingegeben.
source-break-glass = Jemand vom Personal schrieb es.
source-disclosure-documents = Wer für Datenschutz zuständig ist, legte es ab.
source-unusual-uses = Das Programm fand es, und das Personal erklärte es.
source-subject-requests = Sie schrieben es, und wir antworteten.
source-exports = Sie baten darum.

# The pages.
center-nav-details = Rechnungsangaben
privacy-title = Ihre Daten
privacy-lead = Was wir über Sie speichern, warum, und wer es verwendet hat. Alles können Sie ansehen, berichtigen, mitnehmen und löschen.
privacy-overview = Übersicht
privacy-held = Was wir speichern
privacy-held-text = Jedes Feld mit Wert, Grund und Ende
privacy-uses = Wer sie verwendet hat
privacy-copy = Kopie mitnehmen
privacy-copy-text = Alles in einer Datei, zum Lesen und für Programme
privacy-sites = Websites
privacy-sites-text = Wo Sie sich mit Ihrer Nummer anmelden und was weitergegeben wird
privacy-objections = Widersprechen
privacy-objections-text = Einer Verwendung widersprechen; ein Mensch antwortet
privacy-erasure = Löschen
privacy-erasure-text = Sehen, was geht und was bleibt, dann entscheiden
privacy-newest = Zuletzt von anderen verwendet
privacy-newest-none = Außer Ihnen hat noch niemand Ihre Daten verwendet.
privacy-staff-last = Personal sah zuletzt nach: { $at }
privacy-staff-never = Vom Personal hat nie jemand nachgesehen
privacy-uses-all = Alle Verwendungen ansehen
privacy-ways = Was Sie tun können
privacy-head = Kopf des Protokolls, signiert
privacy-head-text = Bewahren Sie diese Zeile auf: Sie steht auch auf Ihren Rechnungen. Wer das Protokoll später umschreibt, kann sie nicht wieder passend machen. <verify>Hier prüfen</verify>.
notices-title = { $n ->
    [one] Jemand vom Personal hat Ihre Daten verwendet
   *[other] { $n } Verwendungen Ihrer Daten durch das Personal
 }
notices-text = Zuletzt { $at }. Sehen Sie, wer, wofür und welche Tatsache es rechtfertigte.
notices-see = Ansehen
notices-seen = Gesehen
ledger-refused = Verweigert
ledger-none = Noch nichts aufgezeichnet
ledger-none-text = Sobald jemand etwas von Ihnen verwendet, steht es hier.
ledger-note = Einträge enthalten die Namen von Feldern, niemals ihre Werte. Sie sind verkettet, und ihr Kopf wird jede Stunde signiert: Es fiele auf, wenn einer entfernt würde. Was jeder Zweck bedeutet, steht in der <policy>Datenschutzerklärung</policy>; Dateien mit Beweisen werden <verify>hier geprüft</verify>, auch ohne Netz.
uses-lead = Jede Verwendung dessen, was Ihres ist, die neueste zuerst, mit ihrem Grund. Verweigertes auch.
uses-why = { $purpose } · { $because }
uses-download = Mit Beweisen
uses-user = Von wem
uses-purpose = Wofür
uses-from = Von
uses-until = Bis
uses-filter = Anzeigen
uses-everybody = Alle
uses-others = Alle außer Ihnen
uses-by-you = Sie
uses-by-contact = Andere Kontakte
uses-by-program = Das Programm
uses-by-staff = Personal
uses-refused = Was verweigert wurde
uses-every-purpose = Jeder Zweck
uses-all = Alle anzeigen
uses-older = Ältere
uses-folded = { $n ->
    [one] Sie, einmal
   *[other] Sie, { $n }-mal
 }
uses-none-such = Keine solche Verwendung
uses-none-such-text = Nichts im Protokoll passt zu Ihrer Auswahl.
uses-policy = Geltende Datenschutzerklärung:
uses-seen = Vermerkt. Die Einträge bleiben im Protokoll.
use-title = Eine Verwendung im Einzelnen
use-proof = Diese Verwendung mit Beweis
use-details = Einzelheiten
use-was-allowed = Von einer Regel erlaubt
use-when = Wann
use-as = Als was
use-fields = Felder
use-categories = Arten von Daten
use-fact = Tatsache
use-rule = Regel
use-refusal = Warum verweigert
use-policy = Datenschutzerklärung
use-policy-now = die geltende
use-policy-then = eine frühere
use-place = Stelle
use-place-text = { $position } aller Einträge, { $sequence } dieser Kette
use-proof-text = Die Datei mit dem Beweis zeigt jedem, dass dieser Eintrag im Protokoll steht und dass das Protokoll nur gewachsen ist. <verify>Im Browser prüfen</verify>.
held-lead = Nach Art, mit den jetzigen Werten: woher, wofür, wer es sehen kann und wann es geht.
held-empty = Hier steht nichts.
held-more = { $n ->
    [one] und ein weiterer
   *[other] und { $n } weitere
 }
held-closed = Verschlossen: Es wird niemandem gezeigt.
held-elsewhere = { $n ->
    [one] Eines, auf einer eigenen Seite
   *[other] { $n }, auf einer eigenen Seite
 }
held-correct = Berichtigen
held-see = Ansehen
held-correct-what = Berichtigen: { $what }
held-see-what = Ansehen: { $what }
held-used = Verwendet,
held-seen-by = Sehen können es, jeweils mit einer Tatsache:
held-kept = Aufbewahrt
held-note = Diese Seite anzusehen ist auch eine Verwendung: Sie steht in Ihrem <uses>Protokoll</uses>. Was jede Art bedeutet, sagt die <policy>Datenschutzerklärung</policy>.
copy-lead = Alles, was wir über Sie speichern, in einer Datei, die sich ohne Netz öffnen lässt.
copy-holds = Was darin ist
copy-page = Eine Seite zum Lesen, in jedem Browser
copy-json = Dasselbe für Programme, als JSON mit Schema
copy-invoices = Ihre Rechnungen als Dokumente
copy-uses = Das Protokoll, wer Ihre Daten verwendet hat, mit Beweisen
copy-customers = Sie enthält auch, was über { $names } gespeichert ist; das gehört Ihnen.
copy-mail = E-Mail nehmen Sie mit einem E-Mail-Programm oder im <mail>Webmail</mail> mit: Sie kann groß sein.
copy-kept = { $n ->
    [one] Sie kann eine Stunde lang abgeholt werden; dann wird sie entfernt.
   *[other] Nur Sie können sie { $n } Stunden lang abholen; dann wird sie entfernt.
 }
copy-ask = Kopie anlegen
copy-asked = Die Kopie wird angelegt. Wir schreiben Ihnen, wenn sie fertig ist.
copy-of = Kopie vom { $at }
copy-is-ready = Ihre Kopie ist fertig
copy-ready-until = Eine Kopie Ihrer Daten kann bis { $at } abgeholt werden.
copy-until = { $size } · bis { $at }
copy-fetch = Abholen
copy-failed = Die Kopie konnte nicht angelegt werden
copy-failed-text = Bei uns ging etwas schief, und wir wurden benachrichtigt. Bitte fordern Sie sie noch einmal an.
copy-being-made = Die Kopie wird angelegt
copy-progress = Fortschritt
copy-parts = { $done } von { $total } Teilen
copy-removed = Die Kopie ist entfernt.
copied-head = Ihre Daten
copied-lead = Alles, was über Sie gespeichert war, als diese Kopie angelegt wurde. Die Datei daneben sagt Programmen dasselbe.
copied-person = Über Sie
copied-customer = Über Ihre Organisation
copied-mailbox = Über ein Postfach
copied-staff = Über Ihr Personalkonto
copied-beside = Was das Programm daneben vermerkte
copied-uses = Wer Ihre Daten verwendet hat
copied-uses-text = { $n ->
    [one] Eine Verwendung, mit Beweis unter dem Kopf unten:
   *[other] { $n } Verwendungen, mit Beweisen unter dem Kopf unten:
 }
copied-not-here = Was nicht in dieser Kopie ist
copied-mail = Nachrichten nehmen Sie mit einem E-Mail-Programm oder im Webmail mit.
copied-left-out = Gespeichert und niemandem gegeben: { $what }.
copied-policy = Geltende Datenschutzerklärung:
objections-lead = Sie können einer Verwendung Ihrer Daten widersprechen. Angebote und Fragen enden sofort; im Übrigen wägt ein Mensch Ihren Grund ab und antwortet innerhalb eines Monats.
objections-choices = Angebote und Neuigkeiten lassen sich einzeln wählen unter <choices>Was ich höre</choices>.
objection-new = Ein neuer Widerspruch
objection-use = Welche Verwendung
objection-reason = Ihr Grund
objection-reason-help = Nötig bei dem, worauf der Dienst beruht. Nur wer für Datenschutz zuständig ist und antwortet, liest ihn, und Sie sehen, wann.
objection-send = Widersprechen
objection-to = Widerspruch: { $purpose }
objection-waits = Wartet auf Antwort
objection-granted = Die Verwendung endet
objection-refused = Sie geht weiter
objection-partly = Ein Teil endet
objection-you = Sie, { $at }
objection-we = Unsere Antwort, { $at }
objection-due = Sie haben eine Antwort bis zum { $at }.
objection-made = Ihr Widerspruch ist festgehalten. Sie erfahren, wenn er beantwortet ist.
objection-stopped = Erledigt: Solche Nachrichten kommen nicht mehr. Der Widerspruch ist festgehalten, und Sie erhalten eine Antwort.
objection-too-many = Viele Ihrer Widersprüche warten auf Antwort. Bitte warten Sie diese zuerst ab.
object-protect = Prüfung, Netze von Anmeldungen
object-feedback = Endet sofort
object-inform = Angebote und Nachrichten enden sofort; Ausfälle werden weiter gemeldet
object-deliver = Ohne sie muss der Dienst vielleicht enden
erasure-lead = Bevor etwas geschieht, sehen Sie, was geht, was bleibt und warum, und was endet.
erasure-goes = Was geht
erasure-goes-text = { $n ->
    [one] Es wird sofort unlesbar: Der Schlüssel wird vernichtet. Einen Tag später gibt es keine Sicherung des Schlüssels mehr.
   *[other] Es wird sofort unlesbar: Der Schlüssel wird vernichtet. { $n } Tage später gibt es keine Sicherung des Schlüssels mehr.
 }
erasure-stays = Was bleibt
erasure-stays-text = Das Gesetz verlangt es. Es liegt unter einem eigenen Schlüssel, der am Ende der Frist vernichtet wird.
erasure-stays-nothing = Nichts von Ihnen bleibt.
erasure-until = { $years ->
    [one] für ein Jahr ab dem Datum
   *[other] für { $years } Jahre ab dem Datum
 }
erasure-ends = Was endet
erasure-sessions = Ihre Anmeldung, auf jedem Gerät
erasure-customers = { $names }: gehört sonst niemandem
erasure-services = { $n ->
    [one] ein Dienst, heute
   *[other] { $n } Dienste, heute
 }
erasure-domains = { $n ->
    [one] eine Domain, mit ihrer E-Mail
   *[other] { $n } Domains, mit ihrer E-Mail
 }
erasure-mailboxes = { $n ->
    [one] ein Postfach mit allen Nachrichten
   *[other] { $n } Postfächer mit allen Nachrichten
 }
erasure-left = { $names }: geht ohne Sie weiter; andere Kontakte sind nicht betroffen
erasure-owes = Es ist noch <invoices>etwas offen</invoices>. Das bleibt geschuldet.
erasure-ask = Alles löschen
erasure-copy-first = Nehmen Sie vorher eine <copy>Kopie</copy> mit: Danach ist keine mehr zu haben.
erasure-number = Ihre Registrierungsnummer
erasure-number-help = Geben Sie { $id } ein, damit es niemandem aus Versehen geschieht.
erasure-number-wrong = Das ist nicht Ihre Registrierungsnummer.
erasure-at-once = Nicht einen Tag warten
erasure-at-once-help = Sonst können Sie es 24 Stunden lang rückgängig machen.
erasure-do = Meine Daten löschen
erasure-waits = Ihre Daten werden in 24 Stunden gelöscht. Bis dahin können Sie es rückgängig machen. Der Link zur Bescheinigung ist in Ihrer E-Mail.
erasure-begins = Ihre Daten werden gelöscht. Der Link zur Bescheinigung ist in Ihrer E-Mail.
erasure-planned = Ihre Daten werden am { $at } gelöscht
erasure-planned-text = Bis dahin bleibt alles, wie es ist. Danach kann es niemand zurückholen, auch wir nicht.
erasure-undo = Meine Daten behalten
erasure-undo-here = Ansehen oder rückgängig machen
erasure-undone = Nichts wurde gelöscht. Alles ist wie vorher.
erasure-undone-title = Ihre Daten bleiben
erasure-too-late = Es gibt nichts rückgängig zu machen: Es wurde schon rückgängig gemacht oder hat begonnen.
erasure-too-late-title = Es lässt sich nicht rückgängig machen
erased-title = Löschung Ihrer Daten
erased-cooling = Ihre Daten werden gelöscht
erased-cooling-text = Am { $at }. Bis dahin können Sie es hier oder im Kundencenter rückgängig machen. Bewahren Sie diesen Link auf: Die Bescheinigung wird hier sein.
erased-working = Ihre Daten werden gerade gelöscht
erased-working-text = Das dauert einen Augenblick. Danach ist die Bescheinigung hier.
erased-done = Ihre Daten sind gelöscht
erased-done-text = { $id }, am { $at }. Die Bescheinigung kann einmal abgeholt werden; danach behalten wir keine Kopie.
erased-fetched = Ihre Daten sind gelöscht
erased-fetched-text = { $id }, am { $at }. Die Bescheinigung wurde abgeholt; es gibt keine andere Kopie.
erased-undone = Ihre Daten bleiben
erased-undone-text = Die Löschung wurde rückgängig gemacht; nichts wurde gelöscht.
certificate-fetch = Bescheinigung abholen
certificate-gone = Die Bescheinigung wurde schon abgeholt, oder zu diesem Link gibt es keine.
certificate-title = Bescheinigung der Löschung
certificate-text = Die Daten des Profils { $id } wurden gelöscht, wie am { $asked } verlangt.
certificate-done = Ausgeführt am { $at }
certificate-unreadable = unlesbar: Der Schlüssel ist vernichtet
certificate-kept = { $years ->
    [one] aufbewahrt für ein Jahr ab dem Datum, wie das Gesetz es verlangt
   *[other] aufbewahrt für { $years } Jahre ab dem Datum, wie das Gesetz es verlangt
 }
certificate-final = Wann es niemand mehr lesen kann
certificate-final-text = Am { $at } ist die letzte Sicherung des Schlüssels vergangen: Von da an lassen sich die Daten auch aus keiner Sicherung mehr lesen.
certificate-proof = Beweis
certificate-proof-text = Die Löschung ist Eintrag { $n } des Protokolls der Verwendungen, unter diesem signierten Kopf:
certificate-proof-json = Der Beweis für Programme
verify-title = Das Protokoll prüfen
verify-lead = Glauben Sie uns nicht: Prüfen Sie selbst, dass eine Verwendung im Protokoll steht und dass es nie umgeschrieben wurde.
verify-do = Hier prüfen
verify-file = Datei mit Beweisen
verify-file-help = Aus „Wer sie verwendet hat“ oder aus einer Kopie Ihrer Daten. Sie bleibt in Ihrem Browser.
verify-head = Kopf auf einer Rechnung
verify-head-help = Die Zeile einer alten Rechnung: Sie muss der Anfang des heutigen Protokolls sein.
verify-run = Prüfen
verify-good = Alles passt
verify-bad = Es passt nicht
verify-signed = Der Kopf über %n% Einträge ist mit dem veröffentlichten Schlüssel signiert.
verify-entries = Verwendungen, die sagen, was festgelegt wurde, und im Protokoll stehen: %n%.
verify-grew = Das Protokoll von %n% Einträgen ist der Anfang von diesem: Es ist nur gewachsen.
verify-head-fits = Ihre Zeile über %n% Einträge ist der Anfang des heutigen Protokolls.
verify-unreadable = Das lässt sich nicht lesen. Wählen Sie eine Datei mit Beweisen, wie sie heruntergeladen wurde, oder eine ganze Zeile einer Rechnung.
verify-nothing = Wählen Sie zuerst eine Datei oder geben Sie eine Zeile ein.
verify-other-key = Es ist mit einem anderen Schlüssel signiert als dem veröffentlichten.
verify-bad-signature = Die Signatur passt nicht zum Kopf: Eines von beiden wurde geändert.
verify-bad-payload = Eine Verwendung sagt etwas anderes, als festgelegt wurde.
verify-bad-path = Eine Verwendung steht unter diesem Kopf nicht im Protokoll.
verify-bad-growth = Das frühere Protokoll ist nicht der Anfang von diesem: Es wurde umgeschrieben. Bewahren Sie auf, was Sie haben, und sagen Sie es anderen.
verify-offline = Für diese Zeile muss der Beweis geholt werden, und gerade gibt es keine Verbindung.
verify-old-browser = Dieser Browser kann Ed25519-Signaturen nicht prüfen. Nehmen Sie einen neueren oder den Befehl unten.
verify-no-script = Ohne JavaScript kann diese Seite nicht selbst prüfen; unten steht, wie andere es tun.
verify-how = Wie es geht
verify-how-1 = Jede Verwendung ist ein Eintrag; ihr Hash umfasst wer, was, warum und wann, und den Eintrag davor.
verify-how-2 = Alle Einträge sind Blätter eines Baums (RFC 6962); seine Wurzel ändert sich mit jedem von ihnen.
verify-how-3 = Jede Stunde wird die Wurzel signiert; der signierte Kopf steht auf Ihren Rechnungen.
verify-how-4 = Ein Beweis sind die wenigen Hashes, die von Ihrem Eintrag zu diesem Kopf führen.
verify-no-network = Ist diese Seite geladen, braucht sie kein Netz und sendet nichts von Ihnen.
verify-others = Mit Werkzeugen anderer
verify-others-text = Der Kopf ist eine <note>C2SP signed note</note> in der Form <log>tlog-checkpoint</log>; jeder Prüfer dieser Form nimmt ihn an. Der Befehl dieses Programms ebenso:
verify-command = Befehl
verify-key = Veröffentlichter Schlüssel
verify-newest = Neuester Kopf
verify-growth = Beweis des Wachstums
billing-title = Rechnungsangaben
billing-lead = An wen Ihre nächsten Rechnungen gehen. Ausgestellte bleiben, wie sie sind.
billing-details = Rechnungsadresse
billing-organisation = Organisation
billing-saved = Gespeichert. Ihre nächste Rechnung trägt es.
billing-name = Name des Kunden
billing-name-help = So sehen ihn Ihre Kontakte im Kundencenter.
billing-name-saved = Der neue Name gilt.
mailbox-user-name = Name zum Postfach
mailbox-user-name-help = Briefe aus dem Webmail tragen ihn.
mailbox-name-saved = Der Name ist gespeichert.

mail-uses = Wer dieses Postfach verwendet hat
mail-uses-lead = Jede Verwendung Ihrer E-Mail, die neueste zuerst, mit ihrem Grund. Vom Personal kann niemand Nachrichten lesen.

# The console.
console-nav-requests = Anfragen
requests-title = Widersprüche
requests-lead = Menschen, die einer Verwendung ihrer Daten widersprechen. Jeder Widerspruch ist innerhalb eines Monats zu beantworten.
requests-waiting = Wartend
requests-none = Nichts wartet
requests-none-text = Jeder Widerspruch wurde beantwortet.
requests-answered = Beantwortet
requests-purpose = Verwendung
requests-made = Eingegangen
requests-due = Fällig
requests-outcome = Entscheidung
request-title = Ein Widerspruch
request-due = Fällig { $at }
request-closed = Dieser Widerspruch wurde beantwortet; was geschrieben wurde, ist wieder verschlossen.
request-sealed = Was die Person schrieb, ist verschlossen
request-sealed-text = Der Widerspruch rechtfertigt, seinen Text zu öffnen, und sonst nichts von der Person. Sie erfährt, dass Sie ihn lasen.
request-open = Text öffnen
request-reason = Was die Person schrieb
request-no-reason = Kein Grund wurde genannt.
request-answer = Die Antwort
request-answer-words = In einfachen Worten
request-answer-help = Sagen Sie, was endet oder warum es weitergeht. Die Person liest es im Kundencenter.
request-answer-send = Antwort senden
request-answered = Die Antwort ist gesendet.
request-answered-before = Inzwischen hat es eine Kollegin oder ein Kollege beantwortet.
request-object = Zu widersprechen
request-outcome-granted = Die Verwendung endet
request-outcome-partly = Ein Teil endet
request-outcome-refused = Sie geht weiter
field-order-documents-document = Dokumente, die zeigen, wer Sie sind
field-order-appeals-appeal = was Sie gegen eine Ablehnung schrieben
field-order-appeals-answer = was wir darauf antworteten
field-order-refusals-note = Notizen zu einer Ablehnung
holds-order-documents = Dokumente, die zeigen, wer Sie sind
holds-order-appeals = Was Sie gegen eine Ablehnung schrieben, und unsere Antworten
holds-order-refusals = Vorschläge, eine Bestellung abzulehnen
source-order-documents = Sie haben sie zu einer Bestellung gesandt.
source-order-appeals = Sie haben es geschrieben, wir haben geantwortet.
source-order-refusals = Wer die Bestellung prüfte, schrieb sie.

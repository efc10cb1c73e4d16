# Was Mitarbeiter von Menschen sehen, und wie auf sie geachtet wird.
console-nav-privacy = Datenschutz
console-nav-house = Das Haus
console-nav-break = Notzugriff
console-nav-second = Zweiter Blick
console-nav-unusual = Auffällige Zugriffe
console-nav-disclosures = Offenlegungen
figure-second_look = Zweiter Blick
figure-unusual = Auffällige Zugriffe
figure-break_glass_late = Alarme zu Notzugriffen
waits-second_look = { $n ->
    [0] Kein Kollege wartet auf Sie.
    [one] Etwas, das ein Kollege getan hat, wartet auf eine zweite Person.
   *[other] { $n } Dinge, die Kollegen getan haben, warten auf eine zweite Person.
  }
waits-second_look-do = Ansehen
waits-unusual = { $n ->
    [0] Nichts Auffälliges ist ungeklärt.
    [one] Ein auffälliger Zugriff wartet auf eine Erklärung oder auf Zustimmung.
   *[other] { $n } auffällige Zugriffe warten auf eine Erklärung oder auf Zustimmung.
  }
waits-unusual-do = Zeigen
waits-break_glass_late = { $n ->
    [0] Kein Fall ist überfällig oder bestritten.
    [one] Ein Fall ist bestritten, oder niemand hat ihn binnen eines Tages angesehen.
   *[other] { $n } Fälle sind bestritten, oder niemand hat sie binnen eines Tages angesehen.
  }
waits-break_glass_late-do = Klären

masked = Verdeckt
open-title = Name und Kontakte öffnen
open-now = Offen:
open-until = In { $seconds } Sekunden ist es wieder verdeckt. Diese Nutzung ist aufgezeichnet; der Kunde kann sie lesen.
open-mask = Jetzt verdecken
open-facts = Das rechtfertigt jetzt einen Blick:
open-do = Öffnen
open-under = Öffnen wegen: { $fact }
open-minute = Es bleibt eine Minute offen und endet mit der Tatsache. Der Kunde liest in seinen Aufzeichnungen, dass und warum Sie hingesehen haben.
open-no-fact = Nichts rechtfertigt jetzt einen Blick auf diesen Kunden: keine Bestellung wartet auf Prüfung, und nichts ist fällig.
open-other-role = { $fact }: das ist für Kollegen mit der Rolle { $roles }.
open-anyway = Öffnen versuchen
open-anyway-text = Ohne eine Tatsache lehnt das Programm es ab. Der Versuch ist aufgezeichnet, und der Kunde kann ihn lesen.
open-refused = Es bleibt geschlossen
open-refused-fact = Nichts rechtfertigt jetzt das Öffnen. Möglich wird es, wenn eine Bestellung auf Prüfung wartet, eine Rechnung fällig ist oder die Person eine Anfrage eröffnet.
open-refused-role = Die Richtlinie hat keine Regel, nach der Ihre Rolle das öffnet.
open-refused-erased = Es gibt nichts zu öffnen: die Daten wurden gelöscht.
open-refused-ledger = Die Aufzeichnung kann nicht geschrieben werden, deshalb bleiben persönliche Daten geschlossen. Das muss zuerst ein Betreiber beheben.
open-refused-recorded = Dieser Versuch ist aufgezeichnet. Die Person, um die es geht, kann ihn im Kundencenter lesen.
fact-order_in_review = Bestellung { $number } wartet auf Prüfung
fact-due_invoice = Rechnung { $number } ist fällig
fact-break_glass = Ihr Notzugriff
col-number = Nummer
who-title = Um wen es geht
who-services = Dienste
who-services-n = { $n ->
    [0] Derzeit keiner
    [one] { $blocked ->
        [0] Einer
       *[other] Einer, gesperrt
      }
   *[other] { $blocked ->
        [0] { $n }
       *[other] { $n }, davon { $blocked } gesperrt
      }
  }
who-orders = Bestellungen
who-orders-none = Keine Bestellungen.
who-due = Fällige Rechnungen
who-due-none = Nichts ist fällig.
who-due-on = fällig am { $date }
person-pending = Nicht bestätigt
person-active = Aktiv
person-closed = Geschlossen
person-no-customer = Handelt für niemanden
person-no-fact = Was ein Mensch uns über sich gesagt hat, öffnet sich nur unter einer Anfrage, die er eröffnet hat, oder unter einem Notzugriff.

break-lead = Ihre Fälle: Daten, die mit einer Begründung geöffnet wurden, wo keine Tatsache passt. Die Person erfährt es sofort, und ein Kollege sieht jeden Fall binnen eines Tages an.
break-none = Sie haben keinen Fall eröffnet
break-none-text = Ein Fall beginnt auf der Seite eines Kunden oder einer Person, wenn etwas nicht auf eine Tatsache warten kann.
break-offer = Etwas kann nicht warten: mit einer Begründung öffnen
break-what = Eine Stunde lang können Sie Name, Kontakt und Netz öffnen. Die Person bekommt eine Nachricht, sobald Sie zum ersten Mal hinsehen. Ein Kollege liest Ihre Begründung und stimmt zu oder bestreitet sie.
break-cause = Art der Begründung
break-reason = Die Begründung
break-reason-help = In ein oder zwei Sätzen, 20 bis 1.000 Zeichen: was geschehen ist und warum es nicht warten kann.
break-reason-short = Sagen Sie es in einem Satz, mindestens 20 Zeichen: ein Kollege muss es verstehen.
break-reason-long = Höchstens 1.000 Zeichen; sagen Sie, worauf es ankommt.
break-begin = Fall eröffnen
break-begun = Der Fall ist eine Stunde lang offen. Was Sie darunter öffnen, erfährt die Person.
break-closed = Der Fall ist geschlossen. Ein Kollege sieht ihn trotzdem an.
break-about = Über
cause-account_at_risk = Ein Konto scheint in fremder Hand
cause-safety = Jemand ist in Gefahr
cause-abuse = Missbrauch ist im Gange
cause-fault = Eine Störung, die nicht warten kann
cause-other = Etwas anderes
case-open = Offen
case-waiting = Wartet auf den zweiten Blick
case-late = Binnen eines Tages von niemandem angesehen
case-confirmed = Bestätigt
case-disputed = Bestritten
case-settled = Geklärt
case-hour = Ihre Stunde
case-left = { $minutes ->
    [one] Noch eine Minute
   *[other] Noch { $minutes } Minuten
  }
case-open-text = Das Öffnen erfährt die Person sofort. Jeder Blick dauert eine Minute; dann sind die Felder wieder verdeckt.
case-close = Fall schließen
case-close-title = Jetzt schließen?
case-close-text = Was Sie wissen, genügt: unter diesem Fall öffnet sich nichts mehr. Ein Kollege sieht ihn trotzdem an.
case-over = Die Stunde ist um, oder der Fall wurde geschlossen. Darunter öffnet sich nichts mehr.
case-uses = Was geöffnet wurde
case-no-uses = Unter diesem Fall wurde nichts geöffnet.
case-entry = Eintrag { $n } der Aufzeichnung
use-allowed = Geöffnet

second-lead = Was Kollegen getan haben und was die Augen einer zweiten Person braucht. Ihr Eigenes ist für andere.
second-none = Nichts wartet auf Sie
second-none-text = Hier erscheinen Notzugriffe, Offenlegungen und Erklärungen von Kollegen.
second-unusual = Erklärungen, denen zuzustimmen ist
second-to-unusual = Lesen
look-sealed = Die Begründung ist versiegelt. Dass sie gelesen wird, ist aufgezeichnet wie jede Nutzung.
look-open = Begründung lesen
look-recorded = Dass Sie das gelesen haben, ist aufgezeichnet.
look-own-text = Das ist Ihr eigener Fall. Eine andere Person sieht ihn an.
look-done-text = Dieser Fall ist erledigt; seine Worte sind geschlossen.
look-verdict = Was sagen Sie?
look-confirm = Bestätigen
look-confirm-text = Die Begründung trägt, und was geöffnet wurde, passt dazu.
look-words = Was nicht stimmt
look-words-help = Datenschutzbeauftragte lesen es und klären den Streit. Mindestens 20 Zeichen.
look-words-missing = Sagen Sie in einem Satz, was Sie meinen, mindestens 20 Zeichen.
look-dispute = Bestreiten
look-dispute-said = Was nicht stimmt
look-settle = Streit klären
look-settle-words = Wie er geklärt wurde
look-settle-help = Was herauskam und was folgt. Mindestens 20 Zeichen.
look-settle-others = Der Fall ist bestritten. Ein Datenschutzbeauftragter klärt ihn.
look-confirmed = Sie haben den Fall bestätigt.
look-disputed = Sie haben den Fall bestritten. Die Datenschutzbeauftragten sind alarmiert.
look-settled = Der Streit ist geklärt.
look-late = Jemand hat ihn schon angesehen.
look-own = Das ist für eine andere Person als die, die es getan hat.

unusual-lead = Das Programm zählt, wer wen angesehen hat, ohne etwas zu öffnen. Was aus dem Rahmen fällt, erklärt, wer es getan hat, und jemand anders stimmt zu.
unusual-none = Nichts Auffälliges
unusual-none-text = Was Sie getan haben, ist wie üblich.
unusual-line = die Grenze liegt bei { $n }
unusual-explain = Was war der Grund?
unusual-explain-help = Mindestens 20 Zeichen. Ein Kollege liest es und stimmt zu.
unusual-send = Erklären
unusual-again = Mit anderen Worten erklären
unusual-words = Erklären Sie es in ein oder zwei Sätzen, 20 bis 2.000 Zeichen.
unusual-explained = Danke. Ein Kollege liest es.
unusual-read = Erklärung lesen
unusual-agree = Ich stimme zu
unusual-agreed = Sie haben zugestimmt.
unusual-waits = Es wartet auf die Erklärung dessen, der es getan hat.
unusual-state-open = Nicht erklärt
unusual-state-explained = Erklärt
unusual-state-agreed = Zugestimmt
sign-many_subjects = { $n } verschiedene Menschen in einer Stunde
sign-unusual_hour = { $n ->
    [one] Ein Zugriff außerhalb der üblichen Zeiten
   *[other] { $n } Zugriffe außerhalb der üblichen Zeiten
  }
sign-many_refusals = { $n } Ablehnungen in einer Stunde
sign-many_staff = Ein Mensch, an einem Tag von { $n } Mitarbeitern angesehen
sign-colleague = Daten eines Kollegen
sign-own_profile = Das eigene Profil als Kunde
sign-open_case = Ein Notzugriff ohne Abschluss
own-profile = Ihr eigenes Profil als Kunde
own-profile-number = Ihre Registration ID
own-profile-help = Wenn Sie auch Kunde sind, sagen Sie es: ein Blick von hier auf Ihr eigenes Profil fällt dann auf, und niemand muss sich wundern.
own-profile-declare = Das bin ich
own-profile-declared = Vermerkt. Für Ihr Eigenes ist das Kundencenter da.
own-profile-wrong = Niemand hat diese Registration ID.

disclosures-lead = Daten, die andere bekommen, ohne dass die Person vorher gefragt wird. Einer von vier Gründen, ein Dokument, ein Umfang, zwei Personen; anders geht es nicht.
disclosures-none = Keine Offenlegung
disclosures-none-text = Keine passt zu den Filtern, oder es gab keine. Das ist eine gute Nachricht.
disclosures-filter = Register filtern
filter-all = Alle
filter-do = Filtern
disclosure-new = Neue Offenlegung
disclosure-new-lead = Sie sind die erste von zwei Personen. Ein Kollege liest das Dokument, bevor etwas herausgegeben werden kann.
disclosure-why = Warum
disclosure-what = Was, und wessen
disclosure-ground = Grund
ground-legal_process = Rechtliches Verfahren
ground-legal_process-text = Ein Gerichtsbeschluss oder ein anderes rechtliches Verfahren, das uns bindet
ground-rights_or_property = Rechte oder Eigentum
ground-rights_or_property-text = Schutz unserer Rechte oder der Rechte anderer Kunden
ground-urgent_safety = Dringende Sicherheit
ground-urgent_safety-text = Eine dringende Gefahr für einen Menschen
ground-own_organisation = Eigene Organisation
ground-own_organisation-text = Die veröffentlichte Richtlinie der Organisation der Person, die selbst ihre Pflichten erfüllt
disclosure-recipient = An wen
disclosure-recipient-help = Eine Behörde oder eine Organisation, nie eine Privatperson.
disclosure-document = Dokument
disclosure-document-help = Der Beschluss, das Ersuchen, die veröffentlichte Richtlinie: eine Datei von höchstens 10 MiB. Sie wird versiegelt aufbewahrt, mit ihrer SHA-256.
disclosure-no-document = Ohne das Dokument, das sie rechtfertigt (höchstens 10 MiB), gibt es keine Offenlegung.
disclosure-organisation = Die Organisation
disclosure-organisation-help = Nur für den Grund „eigene Organisation“: die Nummer des Kunden, dessen veröffentlichte Richtlinie es ist.
disclosure-no-customer = Das ist keine Kundennummer.
disclosure-standing = Die Richtlinie dieser Organisation ist hier kein Grund: die Person gehört ihr nicht an, oder sie schuldet Geld, oder ihre Domain ist nicht nachgewiesen.
disclosure-subject = Wessen Daten
disclosure-subject-help = Eine Registration ID, eine Kundennummer oder die Adresse eines Postfachs.
disclosure-no-subject = Niemand hat diese Nummer oder Adresse.
disclosure-scope = Umfang
disclosure-scope-help = Nur, was das Dokument verlangt. Nichts anderes von der Person öffnet sich.
disclosure-no-scope = Nennen Sie mindestens eine Kategorie: eine Offenlegung ohne Umfang wird abgelehnt.
category-identity = Name
category-contact = Kontakt
category-postal = Postanschrift
category-billing_address = Rechnungsanschrift
category-payment_token = Kartenverweis
category-invoice = Rechnungen
category-credential = Zugangsdaten
category-preferences = Einstellungen
category-organisation_link = Organisation
category-ticket = Anfragen
category-mail_content = Nachrichten
category-mail_metadata = Umschläge von Nachrichten
category-mail_trace = Was aus Nachrichten wurde
category-survey_answer = Antworten auf Umfragen
category-contest_entry = Teilnahmen an Gewinnspielen
category-network = Netz
category-fraud_signal = Prüfung
category-use_record = Aufzeichnung der Nutzungen
disclosure-from = Von
disclosure-until = Bis
disclosure-period = Zeitraum
disclosure-period-all = Alles
disclosure-period-help = Für alles mit einem Datum, etwa Rechnungen. Leer: alles.
disclosure-seal = Die Person benachrichtigen
disclosure-seal-text = Die Person erfährt es sofort, es sei denn, das Gesetz verbietet es für eine Zeit. Dann ist die Offenlegung bis zu einem Prüfdatum versiegelt, im Transparenzbericht nur als Spanne gezählt, und sie wird mitgeteilt, wenn das Datum da ist.
disclosure-seal-do = Das Gesetz verbietet, es der Person zu sagen
disclosure-review = Prüfdatum
disclosure-review-help = Binnen eines Jahres; dann kann die Anordnung erneuert werden.
disclosure-review-date = Eine versiegelte Offenlegung hat ein Prüfdatum, nach heute und binnen eines Jahres.
disclosure-open = Offenlegung eröffnen
disclosure-opened = Die Offenlegung ist eröffnet. Eine zweite Person liest das Dokument und stimmt zu.
form-date = Das ist kein Datum.
disclosure-period-wrong = Der Zeitraum endet, bevor er beginnt.
disclosure-waiting = Wartet auf eine zweite Person
disclosure-agreed = Zugestimmt
disclosure-produced = Herausgegeben
disclosure-refused = Abgelehnt
disclosure-sealed = Versiegelt
disclosure-step-1 = Eröffnet
disclosure-step-2 = Zweite Person
disclosure-step-3 = Herausgegeben
disclosure-second = Die zweite Person
disclosure-second-text = Lesen Sie das Dokument. Verlangt es das, von uns, über diese Person, und nicht mehr als den Umfang?
disclosure-read = Dokument lesen
disclosure-have-read = Ich habe das Dokument gelesen, und der Umfang ist nicht weiter, als es verlangt
disclosure-agree = Zustimmen
disclosure-refuse = Ablehnen
disclosure-refuse-title = Diese Offenlegung ablehnen?
disclosure-refuse-text = Darunter kann nichts mehr herausgegeben werden. Im Transparenzbericht zählt sie als abgelehnt.
disclosure-withdraw = Zurückziehen
disclosure-waits-text = Ein zweiter Datenschutzbeauftragter liest das Dokument und stimmt zu oder lehnt ab. Bis dahin öffnet sich nichts, auch nicht für Sie.
disclosure-read-first = Lesen Sie zuerst das Dokument, und sagen Sie, dass Sie es gelesen haben.
disclosure-narrow = Den Umfang verkleinern
disclosure-narrow-text = Eine Behörde verlangt viel, und das Schriftstück gibt vielleicht weniger her. Nehmen Sie heraus, was es nicht verlangt; hinzufügen lässt sich nichts.
disclosure-narrow-do = Nur das Angekreuzte
disclosure-narrowed = Der Umfang ist jetzt kleiner.
disclosure-narrow-nothing = Etwas muss bleiben; um nichts herauszugeben, lehnen Sie ab.
disclosure-narrow-wider = Das gehört nicht zum Umfang. Was weiter geht, ist eine eigene Offenlegung.
disclosure-agreed-done = Sie haben zugestimmt. Wer sie eröffnet hat, kann den Umfang jetzt herausgeben.
disclosure-same-person = Die zweite Person ist eine andere als die erste.
disclosure-late = Es ist schon entschieden.
disclosure-refused-done = Sie ist abgelehnt.
disclosure-not-yours = Abgelehnt: das ist für die andere der beiden Personen, oder es ist entschieden. Der Versuch ist aufgezeichnet.
disclosure-hand-over = Herausgeben
disclosure-produce-text = Genau der Umfang wird geöffnet und in ein Archiv gepackt, das nur sein Kennwort öffnet. Es wird aufgezeichnet; die Person erfährt es, wenn es nicht versiegelt ist.
disclosure-produce = Archiv herstellen
disclosure-produce-again = Noch einmal herstellen
disclosure-take = Archiv holen
disclosure-passphrase = Kennwort des Archivs
disclosure-passphrase-text = Es wird einmal gezeigt und nirgends gespeichert. Geben Sie es auf einem anderen Weg weiter als das Archiv. Jedes Programm für ZIP-Dateien mit AES-256 öffnet es, zum Beispiel 7-Zip.
disclosure-nothing = Über diese Person ist nichts aus dem Umfang gespeichert. Es gibt nichts herauszugeben.
disclosure-package-gone = Es gibt kein Archiv zu holen, oder sein Tag ist um. Stellen Sie es noch einmal her.
disclosure-facts = Die Offenlegung
disclosure-by = Eröffnet von
disclosure-agreed-by = Zugestimmt von
disclosure-refused-by = Abgelehnt von
disclosure-told = Die Person
disclosure-told-now = erfährt es bei der Herausgabe
disclosure-told-later = darf es nicht erfahren vor dem
disclosure-told-at = hat es erfahren am
disclosure-produced-on = Hergestellt
disclosure-reveal = Der Person jetzt sagen
disclosure-reveal-title = Versiegelung beenden?
disclosure-reveal-text = Nur, wenn das Gesetz es nicht mehr verbietet. Der Eintrag erscheint in den Aufzeichnungen der Person, und sie bekommt eine Nachricht.
disclosure-revealed = Die Person erfährt es.
staff-address = Tickets per Mail
staff-address-at = Eine Adresse bei { $domain } ist vermerkt.
staff-address-help = Dorthin geht ein Link, der nachweist, dass sie Ihre ist. Die Domain muss ihre Mail signieren (DKIM) oder ihre Server nennen (SPF), sonst gelten Antworten von dort nicht als Ihre. Worte eines Kunden gehen nie dorthin.
staff-address-is-proven = Nachgewiesen
staff-address-lead = Wer hier eine Adresse nennt, erfährt dort von Tickets, denen er folgt: wenn ein Kunde schreibt und wenn ein Kollege ihm eines gibt oder ihn nennt. Eine Antwort auf eine solche Mail wird in das Ticket geschrieben.
staff-address-link-wrong = Dieser Link gilt nicht mehr, oder ein Kollege hat die Adresse. Lassen Sie einen neuen senden.
staff-address-new = Ihre Adresse
staff-address-prove = Sie ist meine
staff-address-prove-text = Drücken Sie den Knopf, und Sie erfahren von Ihren Tickets an der Adresse, an die dieser Link ging.
staff-address-proven = Die Adresse ist nachgewiesen. Von nun an erfahren Sie dort davon.
staff-address-remove = Vergessen
staff-address-removed = Die Adresse ist vergessen.
staff-address-send = Link senden
staff-address-sent = Ein Link ist unterwegs. Nichts anderes geht dorthin, bevor Sie ihm folgen.
staff-address-waits = Wartet auf den Link

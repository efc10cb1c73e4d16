# Texts of every page.
skip-to-content = Zum Inhalt springen
optional = optional
cancel = Abbrechen
save = Änderungen speichern
copy = Kopieren
copied = Kopiert
copy-what = { $what } kopieren
crumbs = Wo Sie sind
steps = Schritte
pager = Seiten der Liste
pager-before = Neuere
pager-after = Ältere
pager-where = Seite { $page } von { $pages }
yes = Ja
no = Nein

nav-main = Hauptnavigation
nav-foot = Weiteres
nav-menu = Menü
nav-plans = Tarife und Preise
nav-policy = Datenschutzerklärung
nav-sign-in = Anmelden
nav-start = Jetzt beginnen
nav-center = Kundencenter
nav-webmail = Webmail

form-required = Bitte füllen Sie dieses Feld aus.
form-card-number = Das sieht nach der Nummer einer Zahlungskarte aus. Wir fragen hier nie danach und haben sie nicht behalten: Bitte schreiben Sie etwas anderes.
form-number = Bitte geben Sie eine Zahl ein.
form-email = Das sieht nicht nach einer E-Mail-Adresse aus, wie zum Beispiel ada@example.com.
form-has-errors = { $n ->
    [one] Bitte prüfen Sie ein Feld noch einmal.
   *[other] Bitte prüfen Sie { $n } Felder noch einmal.
  }

error-home = Zur Startseite
error-contact = Wenn das öfter geschieht, schreiben Sie an <mail>{ $email }</mail>.
error-request = Nummer der Anfrage: { $id }
error-not-found-title = Hier ist nichts
error-not-found-text = Vielleicht enthält die Adresse einen Tippfehler, oder die Seite gibt es nicht mehr. Bei Ihnen ist nichts kaputt.
error-forbidden-title = Diese Seite dürfen Sie nicht öffnen
error-forbidden-text = Sie sind angemeldet, aber Ihre Rolle umfasst diese Seite nicht. Ein Inhaber des Kontos kann Ihre Rolle ändern.
error-forbidden-staff = Sie sind angemeldet, aber Ihre Rollen umfassen diese Seite nicht. Wer bei Ihnen die Mitarbeitenden verwaltet, kann sie ändern.
error-forgery-title = Bitte senden Sie das Formular noch einmal
error-forgery-text = Das Formular war zu lange offen, oder Sie haben sich seither neu angemeldet. Gehen Sie zurück, laden Sie die Seite neu und senden Sie es noch einmal. Es wurde nichts geändert.
error-bad-title = Das hat nicht geklappt
error-too-many-title = Zu viele Versuche
error-too-many-text = Zum Schutz der Konten vor dem Erraten von Passwörtern lassen wir nach vielen Versuchen jeden warten. Bitte versuchen Sie es in { $minutes ->
    [one] einer Minute
   *[other] { $minutes } Minuten
  } wieder.
error-too-large-title = Das war zu viel
error-too-large-text = Was gesendet wurde, ist größer, als wir hier annehmen. Bitte senden Sie weniger auf einmal.
error-internal-title = Bei uns ist etwas schiefgegangen
error-internal-text = Es liegt nicht an Ihnen, und Ihre Daten sind sicher. Wir haben festgehalten, was geschehen ist. Bitte versuchen Sie es gleich noch einmal.
autodiscover-address = Die Anfrage nennt keine E-Mail-Adresse.
verbatim = { $text }
no-customer = Hier ist noch nichts. Bestellen Sie zuerst einen Tarif; das dauert zwei Minuten.

# The webmail.
mail-sign-in-title = Ihr Postfach öffnen
mail-sign-in-lead = Mit der Adresse und einem Passwort des Postfachs.
mail-sign-in = Öffnen
mail-sign-in-help = Das Passwort des Postfachs oder ein dafür angelegtes App-Passwort. Der Administrator Ihrer Domain findet beides im <center>Kundencenter</center>.
mail-sign-in-wrong = Die Adresse oder das Passwort stimmt nicht. Prüfen Sie beides und versuchen Sie es noch einmal, oder bitten Sie den Administrator Ihrer Domain, ein neues Passwort festzulegen.
mail-sign-in-state = Dieses Postfach kann zurzeit nicht verwendet werden. Der Administrator Ihrer Domain sieht den Grund im Kundencenter.
mail-sign-in-not-granted = Dieses Postfach kann auf diesen Seiten nicht verwendet werden. Der Administrator Ihrer Domain kennt den Grund.
mail-address = E-Mail-Adresse
mail-password = Passwort
mail-sign-out = Abmelden
mail-signed-out = Sie sind von Ihrem Postfach abgemeldet.
mail-write = Schreiben
mail-folders = Ordner
mail-folders-arrange = Ordner verwalten
mail-folders-lead = Legen Sie eigene Ordner an; andere E-Mail-Programme zeigen sie auch.
mail-folders-own = Ihre Ordner
mail-folder-new = Neuer Ordner
mail-folder-help = Ein Schrägstrich legt einen Ordner in einen anderen: Laden/Bestellungen.
mail-folder-make = Ordner anlegen
mail-folder-made = Der Ordner ist angelegt.
mail-folder-name = Name von { $name }
mail-folder-rename = Umbenennen
mail-folder-renamed = Der Ordner hat seinen neuen Namen.
mail-folder-exists = Einen Ordner mit diesem Namen gibt es schon. Wählen Sie einen anderen Namen.
mail-folder-bad = Ein Name hat 1 bis 250 Zeichen und keine leeren Teile zwischen Schrägstrichen.
mail-folder-many = Es gibt zu viele Ordner. Entfernen Sie zuerst einen.
mail-folder-fixed = Das Postfach braucht diesen Ordner; er kann nicht entfernt oder umbenannt werden.
mail-folder-delete-title = Den Ordner { $name } entfernen?
mail-folder-delete-text = { $n ->
    [0] Er ist leer.
    [one] Die Nachricht darin wird mit entfernt. Einige Tage lang kann der Support sie zurückholen.
   *[other] Die { $n } Nachrichten darin werden mit entfernt. Einige Tage lang kann der Support sie zurückholen.
  }
mail-folder-delete-yes = Ordner entfernen
mail-folder-deleted = Der Ordner ist entfernt.
mail-role-inbox = Posteingang
mail-role-drafts = Entwürfe
mail-role-sent = Gesendet
mail-role-junk = Spam
mail-role-trash = Papierkorb
mail-role-archive = Archiv
mail-space = Belegter Speicher
mail-space-used = { $used } von { $quota }
mail-space-only = { $used } belegt
mail-search = E-Mail durchsuchen
mail-acts = Was mit Nachrichten geschehen soll
mail-archive = Archivieren
mail-delete = Löschen
mail-junk = Spam
mail-not-junk = Kein Spam
mail-mark-read = Als gelesen markieren
mail-mark-unread = Als ungelesen markieren
mail-move = Verschieben
mail-move-to = Verschieben nach
mail-star = Mit einem Stern versehen
mail-unstar = Stern entfernen
mail-tick = Auswählen: { $subject }
mail-unread-word = ungelesen
mail-draft-word = Entwurf
mail-answered = beantwortet
mail-no-subject = Kein Betreff
mail-nobody = Niemand
mail-files = { $n ->
    [one] Eine Datei
   *[other] { $n } Dateien
  }
mail-filter-all = Alle
mail-filter-unread = Ungelesen
mail-filter-starred = Mit Stern
mail-empty = Hier ist nichts
mail-empty-inbox = Neue E-Mail erscheint hier von selbst.
mail-empty-folder = Verschieben Sie Nachrichten hierher, oder lassen Sie Ihr E-Mail-Programm das tun.
mail-empty-unread = Alles gelesen
mail-empty-starred = Noch keine Sterne
mail-empty-filter = Nichts in diesem Ordner passt. Wählen Sie „Alle“, um alles zu sehen.
mail-found-title = Suche: { $query }
mail-found = { $n ->
    [one] Eine Nachricht gefunden
   *[other] { $n } Nachrichten gefunden
  }
mail-found-none = Nichts gefunden
mail-found-none-text = Wir haben Absender, Empfänger, Betreff und Text in allen Ordnern durchsucht. Weniger Wörter finden mehr.
mail-search-short = Geben Sie mindestens zwei Zeichen ein, nach denen gesucht werden soll.
mail-moved-trash = { $n ->
    [one] Die Nachricht ist im Papierkorb.
   *[other] { $n } Nachrichten sind im Papierkorb.
  }
mail-moved-junk = { $n ->
    [one] Die Nachricht ist im Spam-Ordner.
   *[other] { $n } Nachrichten sind im Spam-Ordner.
  }
mail-moved-inbox = { $n ->
    [one] Die Nachricht ist im Posteingang.
   *[other] { $n } Nachrichten sind im Posteingang.
  }
mail-moved-archive = { $n ->
    [one] Die Nachricht ist im Archiv.
   *[other] { $n } Nachrichten sind im Archiv.
  }
mail-moved-folder = { $n ->
    [one] Die Nachricht ist verschoben.
   *[other] { $n } Nachrichten sind verschoben.
  }
mail-undo = Rückgängig machen
mail-undone = Alles ist wieder, wo es war.
mail-gone = { $n ->
    [one] Die Nachricht ist gelöscht.
   *[other] { $n } Nachrichten sind gelöscht.
  }
mail-none-ticked = Wählen Sie zuerst Nachrichten aus.
mail-neighbours = Andere Nachrichten
mail-newer = Neuere Nachricht
mail-older = Ältere Nachricht
mail-from = Von
mail-to = An
mail-cc = Cc
mail-bcc = Bcc
mail-bcc-add = Verborgene Empfänger
mail-subject = Betreff
mail-text = Text
mail-text-of = Text von: { $subject }
mail-answers-to = Antworten gehen an
mail-remote = { $n ->
    [one] Ein Bild, das anderswo liegt, wird nicht geladen, damit der Absender nicht erfährt, dass Sie dies lesen.
   *[other] { $n } Bilder, die anderswo liegen, werden nicht geladen, damit der Absender nicht erfährt, dass Sie dies lesen.
  }
mail-remote-load = Bilder laden
mail-reply = Antworten
mail-reply-all = Allen antworten
mail-forward = Weiterleiten
mail-write-on = Weiterschreiben
mail-as-text = Als reinen Text zeigen
mail-as-html = Wie gesendet zeigen
mail-source = Quelltext zeigen
mail-save = Als Datei speichern
mail-write-new = Neue Nachricht
mail-write-reply = Antwort
mail-write-forward = Weiterleitung
mail-write-draft = Entwurf
mail-attach = Dateien anhängen
mail-attach-help = Zusammen bis zu { $most }
mail-send = Senden
mail-save-draft = Als Entwurf speichern
mail-discard = Verwerfen
mail-sent = Ihre Nachricht ist unterwegs.
mail-sent-unsaved = Ihre Nachricht ist unterwegs, aber unter „Gesendet“ konnte keine Kopie abgelegt werden: { $reason }
mail-saved = Der Entwurf ist gespeichert.
mail-discarded = Die Nachricht ist verworfen.
mail-write-nobody = An wen soll sie gehen? Geben Sie mindestens eine Adresse ein.
mail-write-wrong-address = „{ $address }“ ist keine E-Mail-Adresse.
mail-write-many = Eine Nachricht darf an höchstens { $most } Empfänger gehen. Verwenden Sie für mehr eine Verteilerliste.
mail-write-refused = Sie wurde nicht gesendet: { $reason }
mail-guard-trial-outside = Nicht gesendet: Solange der Dienst zur Probe läuft, gehen Nachrichten nur an Adressen Ihrer eigenen Domains. Mit dem ersten bezahlten Tag ist der Weg frei.
mail-guard-per-message = Nicht gesendet: Die Nachricht hat { $value } Empfänger, erlaubt sind { $limit }. Senden Sie sie in Teilen.
mail-guard-per-hour = Nicht gesendet: Mit dieser Nachricht hätte das Postfach in einer Stunde an { $value } Empfänger geschrieben, erlaubt sind { $limit }. Bitte versuchen Sie es in einer Stunde erneut.
mail-guard-per-day = Nicht gesendet: Mit dieser Nachricht hätte das Postfach in dieser Zeit an { $value } Empfänger geschrieben, erlaubt sind { $limit }. Bitte versuchen Sie es später erneut.
mail-guard-first-time = Nicht gesendet: Mit dieser Nachricht hätte das Postfach innerhalb von 24 Stunden an { $value } Personen geschrieben, denen es noch nie geschrieben hat, erlaubt sind { $limit }. Bitte versuchen Sie es morgen erneut; die Grenze steigt von selbst.
mail-guard-held = Ihre Nachricht ist aufgehoben und wartet, bis jemand sie angesehen hat, weil fast derselbe Text an { $value } Personen geht, denen Sie noch nie geschrieben haben.
mail-guard-sign-in = Ihre Nachricht ist aufgehoben und wartet, weil dieses Postfach von einem neuen Ort benutzt wurde und mehreren Personen schrieb, denen es noch nie geschrieben hat. Sagen Sie unter „Nachrichten, die warten“, ob Sie das waren.
mail-guard-throttled = Sie wurde nicht gesendet: Das Senden ist eine Zeit lang begrenzt; mit ihr hätten Sie binnen 24 Stunden { $value } Personen geschrieben und dürfen { $limit } schreiben. „Warum“ oben sagt, was zu tun ist.
mail-guard-locked = Sie wurde nicht gesendet: Aus diesem Postfach kann vorläufig nichts gesendet werden. „Warum“ oben sagt, was zu tun ist; E-Mail an unsere Betreuung geht hinaus.
mail-guard-suspended = Sie wurde nicht gesendet: Für diese Domain kann vorläufig nichts gesendet werden. „Warum“ oben sagt, was zu tun ist.
mail-write-failed = Sie konnte gerade nicht gesendet werden und ist als Entwurf aufgehoben. Bitte versuchen Sie es in ein paar Minuten noch einmal.
mail-write-twice = Dieses Schreiben ist vielleicht schon unterwegs: Das Senden wurde vorher unterbrochen. Sehen Sie unter „Gesendet“ nach; wenn es dort nicht ist, klicken Sie noch einmal auf „Senden“.
mail-write-source-gone = Den Entwurf mit den angehängten Dateien gibt es nicht mehr. Gehen Sie zurück, hängen Sie die Dateien noch einmal an und senden Sie.
mail-write-too-large = Mit ihren Dateien ist die Nachricht größer als { $most }. Nehmen Sie eine Datei weg.
mail-quota-full = Das Postfach ist voll. Löschen Sie Nachrichten, oder bitten Sie den Administrator Ihrer Domain um mehr Speicher.
mail-quote-intro = Am { $date } schrieb { $who }:
mail-quote-forward = Weitergeleitete Nachricht von { $who }, { $date }, Betreff: { $subject }
mail-refused = Das hat nicht geklappt: { $reason }.
mail-keys = Tasten
mail-key-next = Nächste Nachricht
mail-key-previous = Vorige Nachricht
mail-key-open = Öffnen
mail-key-tick = Auswählen
mail-key-write = Schreiben
mail-key-reply = Antworten
mail-key-reply-all = Allen antworten
mail-key-forward = Weiterleiten
mail-key-star = Stern
mail-key-archive = Archivieren
mail-key-delete = Löschen
mail-key-back = Zurück zur Liste
mail-key-search = Suchen
mail-key-help = Diese Liste
mail-close = Schließen
mail-remove = Entfernen
upload-broken = Das Formular kam nicht vollständig an. Gehen Sie zurück und senden Sie es noch einmal.
mail-delete-for-good = Endgültig löschen
mail-gone-title = Endgültig löschen?
mail-gone-text = Was den Papierkorb verlässt, kann im Webmail nicht zurückgeholt werden.
mail-discard-title = Diese Nachricht verwerfen?
mail-discard-text = Was Sie geschrieben haben und der Entwurf dazu sind dann weg.
mail-discard-yes = Verwerfen
mail-discard-no = Weiterschreiben

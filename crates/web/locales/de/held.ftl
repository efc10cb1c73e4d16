# Aufgehobene E-Mail: die Missbrauchsstelle, und was Inhaber davon erfahren.
console-nav-held = Aufgehobene E-Mail
figure-held = Aufgehobene Nachrichten
waits-held = { $n ->
    [0] Der Ausgangswächter hält nichts auf.
    [one] Eine Nachricht wartet, bis jemand über sie entschieden hat.
   *[other] { $n } Nachrichten warten, bis jemand über sie entschieden hat.
  }
waits-held-do = Über Aufgehobenes entscheiden
queue-held = Aufgehoben
held-desk-lead = E-Mail, die der Ausgangswächter aufhält, nach Kunde und Grund. Worte und Adressen werden nicht gezeigt. Worüber niemand entscheidet, das geht nach 48 Stunden an den Absender zurück.
held-none = Nichts ist aufgehoben
held-none-text = Was der Wächter für eine Kampagne hält, erscheint hier von selbst.
held-none-of-customer = Von diesem Kunden ist nichts aufgehoben
held-of-customer = Aufgehobene E-Mail eines Kunden
held-customer-lead = Ein Postfach wird mit dem Ende seiner Nummer benannt. Den Kunden finden Sie über die Nummer in der Adresse dieser Seite.
held-pick = Auswählen
held-pick-cluster = Die Nachrichten von { $customer } auswählen
held-pick-message = Eine Nachricht des Postfachs { $mailbox } auswählen
held-why = Grund
held-messages = Nachrichten
held-mailbox = Postfach
held-size = Umfang
held-back-at = Geht zurück
held-n = { $n ->
    [one] Eine Nachricht
   *[other] { $n } Nachrichten
  }
held-mailboxes-n = { $n ->
    [one] ein Postfach
   *[other] { $n } Postfächer
  }
held-confirmed-n = { $n ->
    [one] Von einer sagte der Inhaber, dass sie von ihm ist.
   *[other] Von { $n } sagten die Inhaber, dass sie von ihnen sind.
  }
held-confirmed = Der Inhaber sagte, dass sie von ihm ist:
held-score = Nach ihren Worten unerwünscht mit einer Wahrscheinlichkeit von { $n } %
held-code-campaign = Kampagne
held-code-wave = Welle
held-code-sign-in = Neuer Ort
held-code-returns = Tote Adressen
held-code-complaints = Beschwerden
held-reason-campaign = Fast derselbe Text ging an { $value } Personen, denen noch nie geschrieben wurde; ab { $limit } wartet er.
held-reason-wave = Fast derselbe Text kam von mehreren Kunden an { $value } Personen, denen noch nie geschrieben wurde; ab { $limit } wartet er.
held-reason-sign-in = Das Postfach wurde von einem neuen Ort benutzt und schrieb mehreren Personen, denen es noch nie geschrieben hat.
held-reason-returns = { $value } Adressen, an die das Postfach schrieb, gibt es nicht; ab { $limit } wartet es.
held-reason-complaints = Zu viele, die in der letzten Woche E-Mail des Kunden bekamen, halten sie für unerwünscht.
held-reason-other = Sie wartet, bis jemand sie angesehen hat.
held-ticked = Mit den ausgewählten
held-release = Freigeben
held-except = Freigeben und dem Postfach vertrauen
held-trust = Freigeben und dem Kunden vertrauen
held-drop = Verwerfen
held-drop-title = Das Ausgewählte verwerfen?
held-drop-text = Es ist endgültig weg und lässt sich nicht zurückholen. Jedem Absender wird gesagt, warum.
held-drop-yes = Verwerfen
held-none-ticked = Wählen Sie zuerst aus, worum es geht.
held-no-reason = Geben Sie einen Grund aus der Liste an.
held-released = { $n ->
    [0] Nichts wurde freigegeben: Jemand hatte schon entschieden.
    [one] Eine Nachricht geht jetzt hinaus.
   *[other] { $n } Nachrichten gehen jetzt hinaus.
  }
held-dropped = { $n ->
    [0] Nichts wurde verworfen: Jemand hatte schon entschieden.
    [one] Eine Nachricht ist verworfen, und ihr Absender erfährt es.
   *[other] { $n } Nachrichten sind verworfen, und ihre Absender erfahren es.
  }
held-cause-consented = Die Empfänger haben darum gebeten
held-cause-business = Das schreibt dieser Betrieb eben
held-cause-mistaken = Sie ist harmlos
held-cause-spam = Unerwünschte Werbung
held-cause-stolen = Das Postfach ist gestohlen
held-cause-owner = Der Inhaber hat es gesagt
held-cause-time = Die Zeit war um
held-cause-other = Ein anderer Grund
held-trust-title = Vertrauen
held-tier-0 = Neu: Grenzen gelten für alle Postfächer zusammen.
held-tier-1 = Bekannt durch die bezahlten Tage.
held-tier-2 = Vertraut durch die bezahlten Wochen.
held-tier-3 = Das Personal vertraut ihm: keine Grenzen außer denen der Dienstklasse, und Kampagnen werden nicht aufgehalten.
held-tier-none = Noch wurde nichts gesendet.
held-exception = Kampagnen des Postfachs { $mailbox } gehen hinaus bis
held-trust-customer = Dem Kunden vertrauen
held-untrust = Vertrauen zurücknehmen
held-trusted = Das Personal vertraut dem Kunden jetzt.
held-untrusted = Dem Kunden wird jetzt nur noch nach dem vertraut, was er bezahlt hat.
held-decided = Was entschieden wurde
held-decided-none = Über diesen Kunden wurde noch nichts entschieden.
held-done = Getan
held-by = Von
held-when = Wann
held-act-release = Freigegeben
held-act-drop = Verworfen
held-act-confirm = Vom Inhaber freigegeben
held-act-know = Vom Inhaber bestätigt
held-act-withdraw = Vom Inhaber zurückgenommen
held-act-expire = An den Absender zurückgegangen
held-act-trust = Vertraut
held-act-untrust = Vertrauen zurückgenommen
held-act-except = Dem Postfach eine Zeit lang vertraut
held-key-down = Nächste Zeile
held-key-up = Zeile davor
held-own-title = Nachrichten, die warten
held-own-lead = Wir heben diese Nachrichten von Ihnen auf, weil fast derselbe Text an viele Personen geht, denen dieses Postfach noch nie geschrieben hat. Daran erkennt man gestohlene Postfächer. Sagen Sie uns, ob sie von Ihnen sind.
held-own-none = Alle Ihre Nachrichten sind unterwegs.
held-own-waits = { $n ->
    [one] Eine Nachricht von Ihnen wartet und wurde noch nicht gesendet.
   *[other] { $n } Nachrichten von Ihnen warten und wurden noch nicht gesendet.
  }
held-own-see = Warum?
held-own-confirm = Ja, sie sind von mir
held-own-withdraw = Ausgewählte zurücknehmen
held-own-said = Sie sagten, dass sie von Ihnen ist
held-own-not-yours = Wenn Sie sie nicht geschrieben haben, hat jemand anderes ein Passwort von Ihnen: Ändern Sie es, und ziehen Sie im Kundencenter die Passwörter Ihrer Geräte zurück. Worüber niemand entscheidet, das kommt nach 48 Stunden zu Ihnen zurück.
held-own-decided = Über sie hatte schon jemand entschieden.
held-own-gone = Danke. Sie gehen jetzt hinaus.
held-own-known = Danke. Was weiter wartet, sieht sich unsere Missbrauchsstelle an, die weiß, was Sie gesagt haben.
held-own-back = { $n ->
    [one] Die Nachricht ist zurückgenommen, und Sie bekommen sie mit einem Bericht.
   *[other] { $n } Nachrichten sind zurückgenommen, und Sie bekommen sie mit Berichten.
  }
strange-title = Waren Sie das?
strange-text = Dieses Postfach wurde von einem Ort benutzt, der neu für es ist, und schrieb mehreren Personen, denen es noch nie geschrieben hat. Alles, was es sendet, wartet, bis Sie antworten; Empfangen und Lesen gehen weiter.
strange-since = Es begann am
strange-sign-new-place = Aus diesem Netz wurde es in den letzten 90 Tagen nicht benutzt.
strange-sign-guessed = Von dort kamen falsche Passwörter vor dem richtigen.
strange-sign-new-password = Es bekam innerhalb eines Tages ein neues App-Passwort.
strange-not-from-here = Sie benutzen das Postfach selbst von einem Ort, der neu für es ist, darum können wir Ihnen von hier aus nicht glauben. Wer das Postfach verwaltet, sagt es im Kundencenter; oder Sie sagen es von dort, wo Sie das Postfach schon benutzt haben.
strange-known = Ja, das war ich
strange-stolen = Nein, Postfach sperren
strange-help = Wenn Sie es waren, geht hinaus, was deswegen wartet, und wir kennen den Ort von nun an. Wenn nicht, geht nichts von dem hinaus, was wartet, alle werden abgemeldet, und alle Passwörter des Postfachs enden; E-Mail kommt weiter an, und neue Passwörter werden im Kundencenter gemacht.
strange-known-done = Danke. Was deswegen wartete, geht jetzt hinaus, und der Ort ist bekannt.
strange-stolen-done = Niemand ist mehr im Postfach angemeldet, seine Passwörter sind beendet, und nichts von dem, was wartete, geht hinaus. Machen Sie im Kundencenter neue Passwörter.
strange-waits = Die E-Mail eines Ihrer Postfächer wartet, weil das Postfach von einem neuen Ort benutzt wurde und mehreren Personen schrieb, denen es noch nie geschrieben hat.
strange-answer = Antworten

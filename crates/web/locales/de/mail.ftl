# Messages to people. Each template has a subject, which is its headline, and a text; paragraphs are parted by blank lines.
mail-foot = Fragen? Antworten Sie auf diese Nachricht oder schreiben Sie an { $email }.
mail-why-account = Sie erhalten diese Nachricht, weil sie Ihr Konto oder Ihren Dienst betrifft; solche Nachrichten werden immer gesendet.
mail-why-chosen = Sie erhalten diese Nachricht wegen Ihrer Wahl zu „{ $topic }“.
mail-page = Auf unserer Website lesen
mail-stop = Diese Nachrichten mit einem Klick beenden
mail-choices = Alles, was Sie wählen können
mail-fact-step_until = Bis
mail-fact-order_number = Bestellung
mail-fact-invoice_number = Rechnung
mail-fact-total = Gesamt
mail-fact-amount = Betrag
mail-fact-due_on = Fällig
mail-fact-domain = Domain
mail-fact-domains = Domains
mail-fact-list = Liste
mail-fact-address = Postfach
mail-fact-add_on = Zusatzleistung
mail-fact-plan = Tarif
mail-fact-old_price = Preis bis dahin
mail-fact-new_price = Neuer Preis
mail-fact-effective_on = Ab
mail-fact-ends_on = Endet
mail-fact-expires_on = Belastbar bis
mail-fact-mailboxes_before = Postfächer bisher
mail-fact-mailboxes_counted = Gezählte Postfächer
mail-fact-amount_before_tax = Betrag vor Steuer
mail-fact-invoice_on = Rechnung am
mail-fact-delete_on = E-Mails werden gelöscht am
mail-fact-cure_until = Kann behoben werden bis
mail-fact-fetch_until = Kann geholt werden bis
mail-fact-restore_until = Wiederherstellbar bis
mail-fact-from = In Kraft ab
mail-fact-promises = Zusagen
mail-fact-registration_id = Registrierungsnummer
mail-fact-parts = Teile des Dienstes
mail-fact-starts_at = Beginnt
mail-fact-planned_until = Geplant bis
mail-fact-ended_at = Vorbei seit
mail-fact-used_because = Weil
mail-fact-used_by = Wer
mail-fact-used_fields = Felder
mail-fact-used_for = Wofür

mail-identity-confirm_email = Bitte bestätigen Sie Ihre E-Mail-Adresse
    .text = Jemand, hoffentlich Sie, hat mit dieser Adresse ein Konto angelegt. Klicken Sie auf die Schaltfläche, um zu bestätigen, dass sie Ihnen gehört.

        Wenn Sie es nicht waren, tun Sie nichts: Ohne Bestätigung geschieht nichts.
    .button = Adresse bestätigen
mail-identity-email_taken = Sie haben schon ein Konto
    .text = Jemand, hoffentlich Sie, wollte mit dieser Adresse ein Konto anlegen. Es gibt schon eines, darum wurde nichts angelegt.

        Wenn Sie das Passwort vergessen haben, können Sie ein neues festlegen.
    .button = Neues Passwort festlegen
mail-identity-email_changed = Ihre E-Mail-Adresse wurde geändert
    .text = Die Adresse Ihres Kontos ist jetzt eine andere. Wenn Sie das nicht waren, schreiben Sie uns sofort.
mail-identity-confirm_new_email = Bitte bestätigen Sie Ihre neue E-Mail-Adresse
    .text = Klicken Sie auf die Schaltfläche, und diese Adresse tritt an die Stelle der alten.
    .button = Adresse bestätigen
mail-identity-reset_password = Neues Passwort festlegen
    .text = Jemand, hoffentlich Sie, hat ein neues Passwort angefordert. Der Link gilt eine Stunde und einmal.

        Wenn Sie es nicht waren, tun Sie nichts: Ihr Passwort bleibt, wie es ist.
    .button = Neues Passwort festlegen
mail-identity-password_changed = Ihr Passwort wurde geändert
    .text = Das Passwort Ihres Kontos wurde geändert, und alle anderen Sitzungen sind beendet. Wenn Sie das nicht waren, schreiben Sie uns sofort.
mail-identity-second_factor_changed = Ihr zweiter Faktor wurde geändert
    .text = Der zweite Faktor Ihres Kontos wurde ein- oder ausgeschaltet, oder seine Wiederherstellungscodes wurden neu angelegt. Wenn Sie das nicht waren, schreiben Sie uns sofort.
mail-identity-contact_invitation = Sie sind eingeladen
    .text = Einer unserer Kunden möchte Sie als Kontakt. Klicken Sie auf die Schaltfläche, um anzunehmen; dabei legen Sie ein eigenes Konto an.
    .button = Einladung ansehen
mail-identity-staff_address = Tickets per Mail: Ist das Ihre Adresse?
    .text = Jemand vom Personal, hoffentlich Sie, hat diese Adresse genannt, um von Tickets zu erfahren. Drücken Sie den Knopf, während Sie an der Konsole angemeldet sind, und sie gilt.

        Waren Sie es nicht, tun Sie nichts: Sonst geht nichts hierher.
    .button = Sie ist meine
mail-identity-staff_enrolment = Ihr Mitarbeiterkonto
    .text = Für Sie wurde ein Konto in der Mitarbeiterkonsole angelegt. Klicken Sie auf die Schaltfläche, um ein Passwort zu wählen und Ihren zweiten Faktor einzurichten. Der Link gilt einmal.
    .button = Konto einrichten
mail-identity-data_used = Jemand hat Ihre Daten verwendet
    .text = Jemand von uns hat etwas von Ihnen geöffnet. Unten steht, wer, wofür und welche Tatsache es rechtfertigte. Der Eintrag in Ihrem Protokoll hat den Beweis.
    .button = Eintrag ansehen
mail-identity-export_ready = Ihre Kopie ist fertig
    .text = Die Kopie Ihrer Daten, um die Sie baten, kann { $hours } Stunden lang im Kundencenter abgeholt werden. Dann wird sie entfernt.

        Wenn Sie nicht darum baten, ändern Sie sofort Ihr Passwort und schreiben Sie uns.
    .button = Kopie abholen
mail-identity-erasure_planned = Ihre Daten werden gelöscht
    .text = Sie haben verlangt, dass wir löschen, was wir über Sie speichern. { $hours ->
            [0] Es beginnt jetzt.
           *[other] Es beginnt in { $hours } Stunden; bis dahin können Sie es rückgängig machen.
         }

        Bewahren Sie diese Nachricht auf: Der Link führt danach zur Bescheinigung, die einmal abgeholt werden kann. Auch diese Adresse wird gelöscht, es kommt also keine weitere Nachricht.

        Wenn Sie es nicht waren, machen Sie es rückgängig und ändern Sie sofort Ihr Passwort.
    .button = Ansehen oder rückgängig machen
mail-identity-request_answered = Ihr Widerspruch ist beantwortet
    .text = Wir haben über Ihren Widerspruch entschieden. Die Antwort steht im Kundencenter.
    .button = Antwort lesen
mail-policy-changed = Unsere Datenschutzrichtlinie ändert sich
    .text = Ab dem unten genannten Tag gilt eine andere Datenschutzrichtlinie. Sie erlaubt etwas, das die jetzige nicht erlaubt; was das ist, steht Zeile für Zeile auf unserer Seite, neben dem, was enger wird. Wenn Sie nicht einverstanden sind, können Sie vor diesem Tag kündigen wie an jedem anderen.
    .button = Ansehen, was sich ändert
mail-policy-promise_broken = Eine Zusage der Datenschutzrichtlinie gilt nicht
    .text = Die Selbstprüfung hat gefunden, dass etwas auf der Seite der Richtlinie im Moment nicht stimmt. Auch Besucher sehen es. Die Konsole sagt, welche Zusage es ist, warum, und was hilft.
    .button = Zusagen ansehen
mail-commerce-order_received = Wir haben Ihre Bestellung
    .text = Vielen Dank. Wir haben Ihre Bestellung und prüfen sie jetzt. Bevor sie angenommen ist, wird nichts abgebucht; Sie hören in jedem Fall von uns.
    .button = Bestellung ansehen
mail-commerce-order_in_review = Ein Mensch sieht Ihre Bestellung an
    .text = Manche Erstbestellungen sieht jemand von uns an, meist innerhalb eines Arbeitstages. Es wurde nichts abgebucht.

        Wenn wir etwas von Ihnen brauchen, antworten Sie einfach auf diese Nachricht.
    .button = Bestellung ansehen
mail-commerce-order_question = Eine Frage zu Ihrer Bestellung
    .text = Bevor wir mit Ihrer Bestellung fortfahren können, fragt jemand von uns:

        { $question }

        Bitte antworten Sie auf der Seite der Bestellung. Es wurde nichts abgebucht.
    .button = Antworten
mail-commerce-order_accepted = Ihre Bestellung ist angenommen
    .text = Die Zahlung ist erfolgt, und Ihr Dienst wird eingerichtet. Verifizieren Sie als Nächstes Ihre Domain und legen Sie Ihr erstes Postfach an.
    .button = E-Mail einrichten
mail-commerce-order_refused = Wir konnten Ihre Bestellung nicht annehmen
    .text = Es wurde nichts abgebucht, und die Autorisierung Ihrer Karte wurde zurückgegeben.

        Wenn Sie meinen, dass wir uns irren, antworten Sie auf diese Nachricht. Ein Mensch sieht noch einmal nach.
    .button = Bestellung ansehen
mail-commerce-billing_preview = Ihre nächste Rechnung ändert sich
    .text = Wir haben die Postfächer für Ihre nächste Rechnung gezählt, und seit der letzten hat sich etwas geändert. Unten steht, was sie beträgt, wenn sich bis zur endgültigen Zählung nichts mehr ändert. Wenn es so gewollt ist, gibt es nichts zu tun.
    .button = Ihre Dienste ansehen
mail-commerce-plan_changed = Ihr Tarif ändert sich
    .text = Wie gewünscht ändert sich Ihr Abonnement am unten genannten Tag. Wenn Sie das nicht waren, schreiben Sie uns bitte sofort.
    .button = Ihre Dienste ansehen
mail-commerce-add_on_added = Ihr Dienst kann mehr
    .text = Wie gewünscht haben Ihre Postfächer ab dem unten genannten Tag, was unten steht. Wenn Sie das nicht waren, schreiben Sie uns sofort.
    .button = Ihre Dienste ansehen
mail-commerce-add_on_removed = Eine Zusatzleistung endet
    .text = Wie gewünscht endet, was unten steht, mit der bezahlten Laufzeit. Bis dahin haben Ihre Postfächer es wie bisher, und Sie können das Ende selbst zurücknehmen. Wenn Sie das nicht waren, schreiben Sie uns sofort.
    .button = Ihre Dienste ansehen
mail-commerce-invoice_issued = Ihre Rechnung { $invoice_number }
    .text = Eine neue Rechnung liegt im Kundencenter, als Seite und als PDF.
    .button = Rechnung ansehen
mail-commerce-payment_failed = Die Zahlung ist nicht gelungen
    .text = Ihre Bank hat der Zahlung nicht zugestimmt. Es wurde nichts abgebucht. Bitte versuchen Sie es noch einmal, vielleicht mit einer anderen Karte.
    .button = Offenes ansehen
mail-commerce-payment_received = Vielen Dank für Ihre Zahlung
    .text = Wir haben sie erhalten. Die Rechnung liegt im Kundencenter.
    .button = Rechnung ansehen
mail-commerce-refund_paid = Wir haben Geld zurückgegeben
    .text = Der Betrag unten geht auf die Karte zurück, die bezahlt hat. Banken brauchen einige Tage, bis er erscheint.
    .button = Rechnung ansehen
mail-commerce-card_expiring = Eine bei uns hinterlegte Karte endet bald
    .text = Die Karte, die für die genannten Dienste zahlt, kann bis zum genannten Tag belastet werden. Fügen Sie vorher eine andere hinzu, damit Ihre Dienste sich von selbst verlängern.
    .button = Zahlungsmittel ansehen
mail-commerce-credit_granted = Wir haben Ihrem Konto Guthaben gegeben
    .text = Der genannte Betrag zahlt Ihre nächste Rechnung, bevor eine Karte belastet wird. Sie müssen nichts tun.
    .button = Guthaben ansehen
mail-commerce-credit_taken_back = Von Ihrem Konto wurde Guthaben zurückgenommen
    .text = Wir haben den genannten Betrag zurückgenommen, der gegeben worden war. Der Grund steht daneben auf Ihrem Konto.
    .button = Guthaben ansehen
mail-commerce-cover_granted = Ihr Fall einer missbrauchten Karte ist gedeckt
    .text = Wir tragen, was Ihre Bank Ihnen ließ: Der genannte Betrag ist Guthaben auf Ihrem Konto. Er zahlt Ihre nächste Rechnung zuerst.
    .button = Fall ansehen
mail-commerce-cover_refused = Ihr Fall einer missbrauchten Karte ist entschieden
    .text = Wir haben ihn angesehen und decken ihn nicht. Der Grund steht beim Fall; schreiben Sie uns, wenn Sie es anders sehen.
    .button = Fall ansehen
mail-commerce-dispute_opened = Eine Zahlung wird bei Ihrer Bank bestritten
    .text = Ihre Bank hat uns mitgeteilt, dass eine Zahlung der Rechnung { $invoice_number } bestritten wird. Solange sie das prüft, bekommen Sie zu dieser Rechnung keine Erinnerungen, und an Ihrem Dienst ändert sich nichts. War die Zahlung richtig, sagen Sie es Ihrer Bank; das ist der schnellste Weg.
    .button = Rechnung ansehen
mail-commerce-dispute_won = Der Streit um die Zahlung ist entschieden
    .text = Ihre Bank hat entschieden, dass die Zahlung der Rechnung { $invoice_number } richtig war. Sie müssen nichts tun.
    .button = Rechnung ansehen
mail-commerce-dispute_lost = Rechnung { $invoice_number } ist wieder offen
    .text = Ihre Bank hat gegen die Zahlung dieser Rechnung entschieden; der Betrag unten ist deshalb wieder offen. Bitte bezahlen Sie ihn auf anderem Weg, oder schreiben Sie uns, wenn das nicht stimmt.
    .button = Rechnung bezahlen
mail-commerce-invoice_overdue = Rechnung { $invoice_number } ist überfällig
    .text = Diese Rechnung ist über ihr Fälligkeitsdatum hinaus offen. Bitte bezahlen Sie sie, damit das Senden nicht pausiert wird. E-Mail wird in jedem Fall empfangen und kann gelesen werden.
    .button = Rechnung ansehen
mail-commerce-service_ready = Ihr Dienst ist bereit
    .text = Verifizieren Sie nun Ihre Domain und legen Sie Ihr erstes Postfach an. Das Kundencenter zeigt jeden Schritt.
    .button = E-Mail einrichten
mail-commerce-service_cancelled = Ihr Dienst wird enden
    .text = Wie gewünscht, endet der Dienst an dem unten genannten Tag. Bis dahin können Sie es sich mit einem Klick anders überlegen. Bitte ziehen Sie Ihre E-Mail vorher um.
    .button = Dienst ansehen
mail-commerce-service_paused = Ihr Dienst ruht
    .text = Ihr Abonnement ist beendet. E-Mails werden nicht mehr empfangen und können nicht mehr gelesen werden. Sie werden bis zum unten genannten Tag aufbewahrt und dann gelöscht.

        Wenn Sie doch weitermachen möchten, schreiben Sie uns: Wir können den Dienst wieder aufnehmen.
    .button = Ihre Dienste ansehen
mail-commerce-service_deleted = Die E-Mails Ihres Dienstes sind gelöscht
    .text = Die Zeit nach dem Ende Ihres Abonnements ist um, und die E-Mails wurden entfernt. Bis zum unten genannten Tag können wir sie noch wiederherstellen, wenn Sie uns schreiben. Danach kann es niemand mehr.
    .button = Ihre Dienste ansehen
mail-commerce-hand_over_warned = Ihre Dienste werden beendet, wenn dies nicht behoben wird
    .text = Was mit uns vereinbart ist, wird nicht eingehalten. Der Grund:

        { $reason }

        Bitte beheben Sie es bis zu dem unten genannten Tag und schreiben Sie uns. Ist es behoben, geschieht nichts. Wenn nicht, beenden wir Ihre Dienste nach diesem Tag und übergeben Ihnen alles, was wir für Sie haben.
    .button = Was das bedeutet
mail-commerce-hand_over_cured = Die Warnung ist zurückgenommen
    .text = Wovor wir gewarnt haben, ist behoben. Ihre Dienste laufen weiter wie bisher; es ist nichts zu tun.
    .button = Kundencenter öffnen
mail-commerce-hand_over_ended = Ihre Dienste enden, und Sie bekommen alles
    .text = Die Tage, um zu beheben, wovor wir gewarnt haben, sind vorbei; Ihre Dienste enden deshalb, wenn der heutige Tag vorüber ist. Wir schreiben nun alles, was wir für Sie haben, in Dateien: alle E-Mail aller Postfächer und Ihre Angaben. Sie bekommen sie bis zu dem unten genannten Tag, auch wenn Rechnungen offen sind.
    .button = Stand ansehen
mail-commerce-hand_over_ready = Alles, was wir für Sie haben, liegt bereit
    .text = Alle E-Mail aller Postfächer und Ihre Angaben sind in Dateien, die Sie bis zu dem unten genannten Tag holen können. Danach werden sie entfernt. Andere Anbieter und Mailprogramme lesen sie.
    .button = Dateien holen
mail-commerce-price_change = Der Preis von { $plan } ändert sich
    .text = Der Preis für einen Zeitraum, vor Steuern, ändert sich von { $old_price } auf { $new_price }. Was Sie schon bezahlt haben, bleibt, wie es ist; der erste Zeitraum zum neuen Preis beginnt an dem unten genannten Tag. Wenn Sie nicht einverstanden sind, können Sie bis dahin im Kundencenter kündigen.
    .button = Ihre Dienste ansehen
mail-commerce-terms_changed = Unsere Bedingungen ändern sich
    .text = Wir haben unsere Bedingungen neu gefasst. Die neue Fassung gilt von dem unten genannten Tag an für das, was Sie bei uns haben. Die Seite zeigt sie ganz, zusammen mit der Fassung, die bis dahin gilt. Wenn Sie nicht einverstanden sind, können Sie vor diesem Tag im Kundencenter kündigen.
    .button = Bedingungen lesen
mail-mailbox-domain_proven = Ihre Domain ist verifiziert
    .text = Sie können nun Postfächer auf ihr anlegen. Veröffentlichen Sie die DNS-Einträge für E-Mail, falls noch nicht geschehen, damit E-Mail zu uns kommt und andere ihr vertrauen.
    .button = Einträge ansehen
mail-mailbox-domain_problem = Mit den Einträgen Ihrer Domain stimmt etwas nicht
    .text = Ein Eintrag, von dem Ihre E-Mail abhängt, fehlt oder weicht ab. Die Seite sagt, welcher es ist und wie Sie ihn berichtigen.
    .button = Einträge ansehen
mail-mailbox-mailbox_ready = Ihr Postfach ist bereit
    .text = Legen Sie im Kundencenter ein Passwort für jedes Gerät an und richten Sie das Gerät in einer Minute ein.
    .button = Gerät einrichten
mail-mailbox-quota_warning = Ein Postfach ist fast voll
    .text = Wenn es voll ist, geht neue E-Mail an die Absender zurück. Löschen Sie etwas, oder erhöhen Sie die Speichergrenze.
    .button = Postfach ansehen
mail-mailbox-list_invitation = Möchten Sie Nachrichten von { $list }?
    .text = Jemand bei { $domain } möchte Ihnen über die Verteilerliste { $list } schreiben und fragt, ob Sie das möchten. Der E-Mail-Dienst dieser Domain stellt Ihnen diese Frage.

        Wenn Sie beitreten, erhalten Sie, was an die Liste geschrieben wird, bis Sie austreten; das geht mit einem Klick in jeder ihrer Nachrichten. Wenn Sie nichts tun, kommt nichts: Sie werden höchstens noch einmal gefragt. Über den Link können Sie auch sagen, dass Sie nicht noch einmal gefragt werden möchten.
    .button = Antworten
    .why = Sie erhalten diese Nachricht, weil jemand Ihre Adresse für diese Liste eingegeben hat.
mail-mailbox-mail_held = E-Mail von Ihnen wartet und wurde noch nicht gesendet
    .text = Fast derselbe Text ging aus einem Ihrer Postfächer an viele Personen, denen es noch nie geschrieben hat. Daran erkennt man gestohlene Postfächer, darum heben wir ihn auf, bis jemand ihn angesehen hat.

        Wenn er von Ihnen ist, sagen Sie es im Webmail dieses Postfachs. Wenn ihn niemand von Ihnen geschrieben hat, ändern Sie dort das Passwort. Worüber niemand entscheidet, das geht nach 48 Stunden an den Absender zurück.
    .button = Sehen, was wartet
mail-mailbox-strange_sign_in = Haben Sie sich in Ihrem Postfach angemeldet?
    .text = Eines Ihrer Postfächer wurde von einem Ort benutzt, der neu für es ist, und schrieb mehreren Personen, denen es noch nie geschrieben hat. Daran erkennt man gestohlene Postfächer, darum wartet alles, was es sendet; Empfangen und Lesen gehen weiter.

        Sagen Sie auf der Seite, ob es jemand von Ihnen war: Dann geht hinaus, was wartet. Wenn nicht, sperren Sie dort das Postfach mit einem Druck. Worüber niemand entscheidet, das geht nach 48 Stunden an den Absender zurück.
    .button = Antworten
mail-mailbox-dead_addresses = Viele Adressen, an die Sie geschrieben haben, gibt es nicht
    .text = { $addresses } Adressen, an die eines Ihrer Postfächer geschrieben hat, gibt es nicht. So sehen gekaufte oder alte Listen aus, und so auch gestohlene Postfächer; andere Server halten dann bald alle Ihre E-Mails für unerwünscht. Darum wartet, was das Postfach sendet, bis zu einem Tag nach der letzten, bis jemand es angesehen hat; Empfangen und Lesen gehen weiter.

        Nehmen Sie die Adressen, die zurückkamen, aus Ihrer Liste. Wenn niemand von Ihnen diese Nachrichten geschrieben hat, ändern Sie das Passwort des Postfachs. Worüber niemand entscheidet, das geht nach 48 Stunden an den Absender zurück.
    .button = Sehen, was wartet
mail-mailbox-recipients_complain = Manche, denen Sie schreiben, halten Ihre E-Mail für unerwünscht
    .text = In den letzten sieben Tagen haben mehrere Empfänger Ihre E-Mail in den Spamordner verschoben, oder ihre Server hielten sie für Spam. { $level ->
        [hold] Es sind so viele, dass wartet, was Sie senden, bis jemand es angesehen hat. Worüber niemand entscheidet, das geht nach 48 Stunden an den Absender zurück.
        [demote] Es sind so viele, dass Sie am Tag weniger neuen Personen schreiben können, bis es weniger werden.
       *[warn] Noch ist nichts begrenzt. Werden es mehr, können Sie weniger Personen schreiben, und dann wartet Ihre E-Mail.
    }

        Schreiben Sie nur denen, die darum gebeten haben, und machen Sie es leicht, Ihre Listen zu verlassen. Wer sich beschwert hat, sagen wir Ihnen nicht.
    .button = Sehen, was wartet
mail-mailbox-sending_limited = Sie können eine Zeit lang weniger senden
    .text = { $about ->
        [mailbox] Eines Ihrer Postfächer kann
       *[customer] Alle Ihre Postfächer zusammen können
    } am Tag so vielen Personen schreiben wie ein neuer Kunde, weil { $cause ->
         [spam] E-Mail an viele hinausging, die nicht darum gebeten hatten
         [stolen] jemand anderes von dort E-Mail gesendet hat
         [complaints] zu viele Empfänger die E-Mail für unerwünscht halten
         [returns] es viele Adressen nicht gibt, an die geschrieben wurde
         [fraud] E-Mail hinausging, die sich als die von jemand anderem ausgibt
         [malware] E-Mail mit schädlichen Programmen hinausging
         [asked] Sie darum gebeten haben
        *[other] unsere Missbrauchsstelle so entschieden hat; sie sagt Ihnen den Grund, wenn Sie uns schreiben
    }. Empfangen und Lesen gehen weiter wie bisher.

        Es endet von selbst zu der Zeit, die unten steht. { $cause ->
        [stolen] Legen Sie neue Passwörter für das Postfach an und sehen Sie die Computer durch, von denen es benutzt wird: Was das Passwort verraten hat, kann noch da sein.
       *[other] Schreiben Sie nur denen, die darum gebeten haben. Wenn Sie das für einen Irrtum halten, schreiben Sie uns.
    }
    .button = Sehen, wie es steht
mail-mailbox-sending_locked = Vorläufig kann nichts gesendet werden
    .text = { $about ->
        [mailbox] Aus einem Ihrer Postfächer geht nichts hinaus
       *[customer] Aus Ihren Postfächern geht nichts hinaus
    }, weil { $cause ->
         [spam] E-Mail an viele hinausging, die nicht darum gebeten hatten
         [stolen] jemand anderes von dort E-Mail gesendet hat
         [complaints] zu viele Empfänger die E-Mail für unerwünscht halten
         [returns] es viele Adressen nicht gibt, an die geschrieben wurde
         [fraud] E-Mail hinausging, die sich als die von jemand anderem ausgibt
         [malware] E-Mail mit schädlichen Programmen hinausging
         [asked] Sie darum gebeten haben
        *[other] unsere Missbrauchsstelle so entschieden hat; sie sagt Ihnen den Grund, wenn Sie uns schreiben
    }. E-Mail kommt weiterhin an, und Lesen geht weiter. Was vorher abgegeben wurde, wartet.

        { $cause ->
        [stolen] Legen Sie neue Passwörter für das Postfach an, sehen Sie die Computer durch, von denen es benutzt wird, und schreiben Sie uns dann: Ein Mensch hebt es auf.
       *[other] Schreiben Sie uns, was Sie ändern werden oder warum es ein Irrtum ist: Ein Mensch sieht es sich an und hebt es auf. An unsere Betreuung können Sie auch aus dem Postfach selbst schreiben.
    }
    .button = Sehen, wie es steht
mail-mailbox-domain_suspended = Für eine Ihrer Domains kann nichts gesendet werden
    .text = Für die Domain, die unten steht, geht nichts hinaus, aus keinem ihrer Postfächer und unter keiner ihrer Adressen, weil { $cause ->
         [spam] E-Mail an viele hinausging, die nicht darum gebeten hatten
         [stolen] jemand anderes von dort E-Mail gesendet hat
         [complaints] zu viele Empfänger die E-Mail für unerwünscht halten
         [returns] es viele Adressen nicht gibt, an die geschrieben wurde
         [fraud] E-Mail hinausging, die sich als die von jemand anderem ausgibt
         [malware] E-Mail mit schädlichen Programmen hinausging
         [asked] Sie darum gebeten haben
        *[other] unsere Missbrauchsstelle so entschieden hat; sie sagt Ihnen den Grund, wenn Sie uns schreiben
    }. E-Mail kommt weiterhin an, und Lesen geht weiter. Was vorher abgegeben wurde, wartet.

        Schreiben Sie uns, was Sie ändern werden oder warum es ein Irrtum ist: Ein Mensch sieht es sich an und hebt es auf.
    .button = Sehen, wie es steht
mail-mailbox-service_terminated = Wir beenden unsere Beziehung zu Ihnen
    .text = Wir beenden Ihre Dienste, wenn der heutige Tag vorüber ist, weil { $cause ->
         [spam] E-Mail an viele hinausging, die nicht darum gebeten hatten
         [stolen] jemand anderes von dort E-Mail gesendet hat
         [complaints] zu viele Empfänger die E-Mail für unerwünscht halten
         [returns] es viele Adressen nicht gibt, an die geschrieben wurde
         [fraud] E-Mail hinausging, die sich als die von jemand anderem ausgibt
         [malware] E-Mail mit schädlichen Programmen hinausging
         [asked] Sie darum gebeten haben
        *[other] unsere Missbrauchsstelle so entschieden hat; sie sagt Ihnen den Grund, wenn Sie uns schreiben
    }. Zwei von uns haben das entschieden. Es geht nichts mehr hinaus.

        Sie bekommen alles, was wir für Sie aufbewahren: alle E-Mails aller Postfächer und Ihre Aufzeichnungen, als Dateien. Wir sagen Ihnen, wenn sie bereit sind. Wenn Sie das für einen Irrtum halten, schreiben Sie uns gleich: Solange Ihre E-Mail nicht gelöscht ist, kann alles wieder aufgenommen werden.
    .button = Sehen, wie weit es ist
mail-mailbox-sending_restored = Sie können wieder senden wie zuvor
    .text = { $about ->
        [mailbox] Die Grenze für eines Ihrer Postfächer ist aufgehoben
        [domain] Die Sperre der Domain, die unten steht, ist aufgehoben
       *[customer] Was wir gegen Ihre E-Mail unternommen hatten, ist aufgehoben
    }. Was gewartet hat, geht jetzt hinaus. Zu tun ist nichts.
    .button = Kundencenter öffnen
mail-outreach-confirm_subscription = Bitte bestätigen Sie, dass Sie von uns hören möchten
    .text = Jemand, hoffentlich Sie, möchte unter dieser Adresse von uns hören. Drücken Sie den Knopf und bestätigen Sie, dann kommt, was gewählt wurde.

        Waren Sie es nicht, tun Sie nichts: Es kommt nichts, und die Adresse ist nach einer Woche vergessen.
    .button = Bestätigen
mail-outreach-announcement_subscribed = { $title }
    .text = { $title }
mail-outreach-announcement_news = { $title }
    .text = { $title }
mail-outreach-announcement_marketing = { $title }
    .text = { $title }
mail-outreach-offer = { $title }
    .text = { $title }
mail-outreach-announcement_feedback = { $title }
    .text = { $title }
    .button = Zur Umfrage
mail-outreach-announcement_test = Test: { $title }
    .text = { $title }
mail-outreach-contest_enter = Teilnehmen: { $contest }
    .text = Sie wollten an diesem Gewinnspiel teilnehmen. Es geschieht nichts, bevor Sie den Link öffnen und die Regeln annehmen. Waren Sie es nicht, tun Sie nichts.
    .button = Zum Gewinnspiel
    .why = Sie bekommen das, weil jemand Ihre Adresse auf der Seite des Gewinnspiels angegeben hat.
mail-outreach-contest_won = Sie haben gewonnen: { $contest }
    .text = Ihre Teilnahme { $number } wurde gezogen. Antworten Sie auf diese Nachricht, und wir sagen, wie Sie bekommen, was Sie gewonnen haben. Mit der Datei auf der Seite des Gewinnspiels lässt sich die Ziehung nachrechnen.
    .button = Die Ziehung ansehen
    .why = Sie bekommen das, weil Sie an diesem Gewinnspiel teilgenommen haben.
mail-outreach-status_told = { $what ->
    [outage_reported] Ausfall: { $title }
    [outage_ended] Vorbei: { $title }
    [maintenance_planned] Geplante Wartung: { $title }
    [maintenance_changed] Geänderte Wartung: { $title }
    [maintenance_began] Wartung beginnt: { $title }
    [maintenance_ended] Wartung beendet: { $title }
    [maintenance_cancelled] Wartung abgesagt: { $title }
   *[other] Zustand des Dienstes: { $title }
    }
    .text = { $title }
    .button = Zum Status
mail-outreach-outage_reported = Ausfall: { $title }
    .text = Etwas, das Sie bei uns haben, funktioniert nicht, wie es soll. Wir arbeiten daran und schreiben wieder, wenn es vorbei ist. Was wir dazwischen wissen, steht auf der Statusseite.
    .button = Zum Status
mail-outreach-outage_ended = Vorbei: { $title }
    .text = Worüber wir Ihnen schrieben, funktioniert wieder. Auf der Statusseite steht, was gesagt wurde und wie lange es gedauert hat.
    .button = Zum Status
mail-outreach-maintenance_planned = Geplante Wartung: { $title }
    .text = Wir müssen an etwas arbeiten, das Sie bei uns haben. In der Zeit unten funktioniert es vielleicht nicht.
    .button = Zum Plan
mail-outreach-maintenance_changed = Geänderte Wartung: { $title }
    .text = Der Plan, über den wir Ihnen schrieben, hat sich geändert. Jetzt gelten die Zeiten unten.
    .button = Zum Plan
mail-outreach-maintenance_began = Wartung beginnt: { $title }
    .text = Die angekündigte Wartung hat begonnen. Wir schreiben wieder, wenn sie vorbei ist.
    .button = Zum Status
mail-outreach-maintenance_ended = Wartung beendet: { $title }
    .text = Die angekündigte Wartung ist vorbei, und alles funktioniert wieder.
    .button = Zum Status
mail-outreach-maintenance_cancelled = Wartung abgesagt: { $title }
    .text = Die angekündigte Wartung findet nicht statt.
    .button = Zum Status
mail-commerce-order_verify = Bitte zeigen Sie uns, dass Sie es sind
    .text = Etwas an Ihrer Bestellung ist ungewöhnlich, was auch ehrlichen Leuten geschieht. Auf der Seite der Bestellung können Sie sich einen Code senden lassen; mit ihm geht die Bestellung von selbst weiter. Oder bitten Sie dort um einen Menschen.

        Belastet wurde nichts.
    .button = Zur Bestellung
mail-commerce-order_code = Ihr Code
    .text = Mit diesem Code zeigen Sie, dass diese Adresse Ihnen gehört. Er gilt eine halbe Stunde:

        { $code }

        Wenn Sie nichts bestellt haben, tun Sie nichts: Ohne den Code geschieht nichts.
    .button = Zur Bestellung
mail-commerce-order_appeal_answered = Wir haben Ihre Bestellung noch einmal angesehen
    .text = Ein anderer Mensch hat Ihre Bestellung angesehen und antwortet:

        { $answer }
    .button = Zur Bestellung
mail-helpdesk-staff_news = [{ $number }] { $what ->
        [given] Ein Kollege hat Ihnen dieses Ticket gegeben
        [named] Ein Kollege hat Sie in diesem Ticket genannt
       *[other] Der Kunde hat geschrieben
    }
    .text = In diesem Ticket gibt es Neues für Sie. Was geschrieben wurde, steht in der Konsole; nichts davon ist in dieser Mail.

        Eine Antwort auf diese Mail geht an den Kunden. Beginnen Sie sie mit einer Zeile #note, um nur an Kollegen zu schreiben, #ask, um den Kunden etwas zu fragen, oder #solve, um zu antworten und zu lösen. Sie erfahren erst wieder etwas, wenn Sie das Ticket angesehen haben.
    .button = Ticket öffnen
mail-helpdesk-ticket_received = [{ $number }] Ihr Schreiben ist da
    .text = Danke für Ihr Schreiben. Ihre Anfrage hat die Nummer { $number }; ein Mensch wird sie lesen.

        Wenn Sie etwas ergänzen möchten, antworten Sie auf diese Mail.
    .button = Anfrage verfolgen
mail-helpdesk-ticket_answered = [{ $number }] { $title }
    .text = { $files ->
        [0] Hier ist unsere Antwort auf Ihre Anfrage { $number }. Um fortzufahren, antworten Sie auf diese Mail.
        [one] Hier ist unsere Antwort auf Ihre Anfrage { $number }. Eine Datei dazu liegt auf der Seite der Anfrage. Um fortzufahren, antworten Sie auf diese Mail.
       *[other] Hier ist unsere Antwort auf Ihre Anfrage { $number }. { $files } Dateien dazu liegen auf der Seite der Anfrage. Um fortzufahren, antworten Sie auf diese Mail.
        }
    .button = Anfrage öffnen
mail-helpdesk-case_received = [{ $number }] Wir haben Ihre Anfrage zu Ihren Daten
    .text = Danke für Ihr Schreiben. Ihre Anfrage ist der Fall { $number }. Jemand vom Datenschutz antwortet spätestens am { $answer_by }, und niemand sonst liest sie.

        Wenn Sie etwas hinzufügen möchten, antworten Sie auf diese Mail.
    .button = Den Fall verfolgen
mail-helpdesk-case_confirm = [{ $number }] Haben Sie uns wegen Ihrer Daten geschrieben?
    .text = Jemand hat uns, als Fall { $number }, gebeten, etwas mit Ihren Daten zu tun. Vorher möchten wir sicher sein, dass Sie es waren. Der Link zeigt, worum es geht, und lässt Sie ja oder nein sagen. Er gilt { $days } Tage.

        Waren Sie es nicht, sagen Sie es dort, oder tun Sie nichts: ohne Ihr Ja geschieht nichts.
    .button = Sehen, worum es geht
mail-helpdesk-case_overdue = Datenschutzfälle sind überfällig
    .text = Die Frist dieser Datenschutzfälle ist vorbei: { $cases }. Menschen warten auf eine Antwort, die die Datenschutzerklärung verspricht. Sehen Sie, wer sie geben kann.
    .button = Die Fälle ansehen
mail-webhooks-endpoint_disabled = Ein Webhook von Ihnen ist abgeschaltet
    .text = Eines Ihrer Programme, dem wir sagen, was geschieht, hat drei Tage nicht geantwortet oder sagte, dass es nicht mehr da ist. Ihm wird nichts mehr gesendet.

        Bringen Sie es in Ordnung, schalten Sie es im Kundenbereich ein und wiederholen Sie, was es verpasst hat: Ereignisse werden einen Monat aufbewahrt.
    .button = Zum Webhook

# Was Menschen hören wollen. Jedes Thema der Datenschutzrichtlinie: sein Name, was es bringt, wie oft.
topic-newsletter = Newsletter
topic-newsletter-brings = Was es bei uns Neues gibt, in einem Brief.
topic-newsletter-often = Einmal im Monat.
topic-blog = Blog
topic-blog-brings = Neue Artikel: wie E-Mail funktioniert und wie wir sie betreiben.
topic-blog-often = Wenn einer erscheint, einige im Monat.
topic-status = Zustand des Dienstes
topic-status-brings = Störungen und Wartungen überall, auch wo sie Sie nicht betreffen.
topic-status-often = Wenn etwas geschieht.
topic-status_receiving = Zustand: E-Mail-Empfang
topic-status_receiving-brings = Störungen und Wartungen nur dieses Teils.
topic-status_receiving-often = Wenn etwas geschieht.
topic-status_sending = Zustand: E-Mail-Versand
topic-status_sending-brings = Störungen und Wartungen nur dieses Teils.
topic-status_sending-often = Wenn etwas geschieht.
topic-status_mailboxes = Zustand: Postfächer
topic-status_mailboxes-brings = Störungen und Wartungen nur dieses Teils.
topic-status_mailboxes-often = Wenn etwas geschieht.
topic-status_webmail = Zustand: Webmail
topic-status_webmail-brings = Störungen und Wartungen nur dieses Teils.
topic-status_webmail-often = Wenn etwas geschieht.
topic-status_customer_center = Zustand: Kundencenter
topic-status_customer_center-brings = Störungen und Wartungen nur dieses Teils.
topic-status_customer_center-often = Wenn etwas geschieht.
topic-product_updates = Neues an Ihren Diensten
topic-product_updates-brings = Änderungen und neue Möglichkeiten der Dienste, die Sie haben.
topic-product_updates-often = Einige Male im Jahr.
topic-new_services = Neue Dienste
topic-new_services-brings = Dienste, die wir neu anbieten.
topic-new_services-often = Einige Male im Jahr.
topic-special_offers = Sonderangebote
topic-special_offers-brings = Ein besserer Preis auf Zeit.
topic-special_offers-often = Höchstens einmal im Monat.
topic-events_and_contests = Veranstaltungen und Wettbewerbe
topic-events_and_contests-brings = Veranstaltungen zum Hingehen und Wettbewerbe.
topic-events_and_contests-often = Einige Male im Jahr.
topic-feedback = Wie waren wir?
topic-feedback-brings = Eine kurze Frage, wie zufrieden Sie waren.
topic-feedback-often = Höchstens einmal in 90 Tagen.
topic-subscribed = Was Sie abonniert haben
topic-news = Neuigkeiten des Dienstes
topic-marketing = Alle Angebote
topic-all = Alles

topic-class-subscribed = Abonniert
topic-class-news = Neuigkeit
topic-class-marketing = Angebot
topic-class-feedback = Frage

channel-email = E-Mail
channel-post = Post
channel-telephone = Telefon
choices-by-email = per E-Mail
choices-by-post = per Post
choices-by-telephone = per Telefon

center-nav-choices = Was ich höre
nav-subscribe = Newsletter
choices-title = Was ich höre
choices-lead = Kreuzen Sie an, was Sie möchten, und auf welchem Weg. Eine Änderung gilt sofort, schon vor der nächsten Nachricht.
choices-stop = Alle Angebote beenden, auf jedem Weg
choices-stop-text = Ein Klick, und kein Angebot erreicht Sie per E-Mail, Post oder Telefon. Eine Stunde lang können Sie ihn zurücknehmen.
choices-stop-button = Alle Angebote beenden
choices-stop-quiet = Kein Angebot erreicht Sie
choices-stop-quiet-text = Nicht per E-Mail, nicht per Post, nicht per Telefon, es sei denn, Sie kreuzen unten eines an.
choices-matrix = Thema für Thema
choices-topic = Thema
choices-class-subscribed = Abonnements
choices-class-subscribed-text = kommen, wenn Sie es wünschen
choices-class-news = Neues an Ihren Diensten
choices-class-news-text = kommt, wenn Sie es wünschen
choices-class-marketing = Angebote
choices-class-marketing-text = kommen, wenn Sie es wünschen
choices-class-feedback = Unsere Fragen
choices-class-feedback-text = kommen, bis Sie nein sagen
choices-always = Nachrichten über Ihre Rechnungen, Ihre Sicherheit und Ausfälle, die Sie betreffen, erreichen Sie immer.
choices-save = Meine Wahl speichern
choices-saved = { $n ->
    [0] Nichts wurde geändert: Es ist, wie es war.
    [one] Gespeichert: eine Wahl geändert. Sie gilt ab sofort.
   *[other] Gespeichert: { $n } geändert. Sie gelten ab sofort.
  }
choices-stopped = Keine Angebote mehr, auf keinem Weg. Das gilt ab sofort.
choices-undo = Rückgängig machen
choices-undo-text = Sie haben eben etwas beendet. War das ein Versehen, nehmen Sie es zurück.
choices-undone = { $n ->
    [0] Es gab nichts zurückzuholen.
    [one] Ein Thema kommt wieder.
   *[other] { $n } Themen kommen wieder.
  }
choices-gpc = Global Privacy Control
choices-gpc-now = Ihr Browser bittet darum, nicht beworben zu werden. Wir nehmen das als Nein zu Angeboten auf jedem Weg und bewahren es als Beleg auf.
choices-gpc-since = Ihr Browser bittet darum, nicht beworben zu werden. Seit { $date } nehmen wir das als Nein zu Angeboten auf jedem Weg. Was Sie hier selbst ankreuzen, gilt trotzdem.
choices-note = Was jede Art von Nachricht sein darf, steht in der <policy>Datenschutzrichtlinie</policy>.
receipts-title = Belege
receipts-none = Noch keine Belege
receipts-none-text = Jede Wahl, die Sie treffen, wird hier aufbewahrt, mit dem, was gezeigt wurde, und der geltenden Richtlinie.
receipts-older = { $n ->
    [one] Ein älterer Beleg
   *[other] { $n } ältere Belege
  }
receipt-yes = Ja zu { $topic }, { $channel }
receipt-no = Nein zu { $topic }, { $channel }
receipt-policy = Richtlinie
receipt-policy-older = (eine ältere)
receipt-from-page = auf dieser Seite
receipt-from-click = über den Link unter einer Nachricht
receipt-from-stop = mit einem Klick
receipt-from-undo = zurückgenommen
receipt-from-confirmation = über den Link zur Bestätigung
receipt-from-gpc = durch das Signal Ihres Browsers

one-click-title = { $topic }: nichts mehr davon?
one-click-lead = Ein Klick, und es hört sofort auf. Sie müssen sich nicht anmelden.
one-click-button = Diese Nachrichten beenden
one-click-done = Es hat aufgehört
one-click-done-text = { $topic } kommt nicht mehr. Das gilt ab sofort.
one-click-undone = Es kommt wieder
one-click-undone-text = { $topic } kommt wie zuvor.
one-click-offers = Alle Angebote beenden, per E-Mail, Post und Telefon
one-click-others = Was sonst noch zu Ihnen kommt
one-click-keep = Behalten, was angekreuzt ist
one-click-keep-help = Der Rest hört sofort auf. Wenn Sie mehr hören möchten, abonnieren Sie es auf unserer Website oder wählen Sie es im Kundencenter.
one-click-kept = Ihre Wahl gilt
one-click-kept-text = Was Sie nicht behalten haben, kommt nicht mehr.
one-click-foot = Nachrichten über Rechnungen, Sicherheit und Ausfälle erreichen Sie immer. Alles, was Sie wählen können, steht im <center>Kundencenter</center>.
one-click-unclear = Es ist nicht klar, was Sie beenden möchten. Öffnen Sie den Link noch einmal und drücken Sie den Knopf.

subscribe-title = Von uns hören
subscribe-lead = Ohne Konto. Wählen, Adresse bestätigen, und mit einem Klick wieder gehen, wann immer Sie möchten.
subscribe-topics = Was möchten Sie hören?
subscribe-topics-none = Wählen Sie mindestens eines.
subscribe-gpc = Ihr Browser bittet darum, nicht beworben zu werden (Global Privacy Control); deshalb schlagen wir keine Angebote vor.
subscribe-email = Ihre E-Mail-Adresse
subscribe-email-help = Wir verwenden sie nur dafür.
subscribe-button = Link zur Bestätigung senden
subscribe-foot = Sie haben ein Konto? Wählen Sie <sign_in>dort</sign_in>. Was wir versprechen, steht in der <policy>Datenschutzrichtlinie</policy>.
subscribe-sent-title = Sehen Sie in Ihr Postfach
subscribe-sent-text = Wir haben Ihnen einen Link gesendet. Nichts kommt, bevor Sie ihm folgen und bestätigen.
subscribe-confirm = Noch ein Klick
subscribe-confirm-lead = Bestätigen Sie, dass Sie unter dieser Adresse von uns hören möchten.
subscribe-confirm-button = Ja, das möchte ich
subscribe-done-title = Sie haben abonniert
subscribe-done-text = Von jetzt an kommt, was Sie gewählt haben. Jede Nachricht hat einen Link, mit dem es endet.
subscribe-bad-text = Der Link gilt nicht mehr. Fordern Sie einen neuen an.

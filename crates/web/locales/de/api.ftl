# The API and the page that shows it.
api-title = API für Programme
api-lead = Was das Kundencenter kann, für Ihre eigenen Programme: Domains, Postfächer, Aliasse, Bestellungen und Rechnungen.
api-begin = Erste Schritte
api-token = Legen Sie im <tokens>Kundencenter</tokens> ein Token an. Es kann nicht mehr als die Berechtigungen, die Sie ihm geben, und nicht mehr, als Sie selbst dürfen. Senden Sie es mit jeder Anfrage:
api-customer = Wer für mehrere Kunden handelt, nennt einen mit <code>?customer=</code>; <code>/api/v1/customers</code> führt sie auf.
api-lists = Listen kommen seitenweise, der älteste Eintrag zuerst: Geben Sie <code>next_cursor</code> einer Seite als <code>?cursor=</code> für die nächste an und <code>?limit=</code> für ihre Größe (ohne Angabe 50, höchstens 200).
api-repeat = Eine Anfrage, die etwas anlegt, darf einen <code>Idempotency-Key</code> Ihrer Wahl tragen. Wird sie innerhalb von 24 Stunden unter demselben Schlüssel noch einmal gesendet, legt sie nichts doppelt an und erhält dasselbe als Antwort.
api-rate = Ein Token darf { $n } Anfragen je Minute stellen. Darüber hinaus ist die Antwort 429, mit <code>Retry-After</code> in Sekunden.
api-document = Für Codegeneratoren gibt es das <document>OpenAPI-Dokument</document>.
api-operations = Operationen
api-required = erforderlich
api-no-token = kein Token
api-problems = Wenn etwas nicht geht
api-problems-lead = Die Antwort ist <code>application/problem+json</code> (RFC 9457): ein <code>code</code>, der gleich bleibt, ein <code>detail</code>, das sagt, was zu tun ist, und <code>errors</code> für Felder, die nicht passen.
api-col-code = Code
api-col-status = Status
api-col-meaning = Bedeutung
api-problem-unreadable = Der Inhalt, der Cursor oder ein Kopffeld ist nicht lesbar.
api-problem-token-needed = Es gibt kein Token, oder es ist abgelaufen oder widerrufen.
api-problem-scope-missing = Dem Token fehlt die Berechtigung, die die Operation braucht.
api-problem-not-allowed = Ihre Rolle beim Kunden erlaubt das nicht.
api-problem-not-found = Das gibt es nicht, oder es gehört nicht Ihnen.
api-problem-refused = Im jetzigen Zustand ist das nicht möglich.
api-problem-conflict = Die Anfrage hängt mit einer früheren unter demselben Idempotency-Key zusammen.
api-problem-too-large = Der Inhalt ist größer, als wir annehmen.
api-problem-fields-wrong = Ein Feld passt nicht; siehe errors.
api-problem-too-many-requests = Warten Sie so lange, wie Retry-After sagt.
api-problem-internal = Bei uns ist etwas schiefgegangen; nennen Sie dem Support die request_id.
api-token-needed = Senden Sie ein API-Token als „Authorization: Bearer …“. Sie legen es im Kundencenter an.
api-scope-missing = Diesem Token fehlt die Berechtigung { $scope }. Legen Sie im Kundencenter eines an, das sie hat.
api-fields-wrong = Einige Felder passen nicht. Berichtigen Sie sie und senden Sie die Anfrage noch einmal.
api-body-wrong = Der Inhalt ist nicht lesbar: { $reason }. Berichtigen Sie ihn und senden Sie ihn noch einmal.
api-body-type = Senden Sie den Inhalt als application/json.
api-cursor-wrong = Dieser Cursor stammt nicht von uns. Beginnen Sie mit der ersten Seite.
api-limit-wrong = limit ist eine Zahl von 1 bis { $most }.
api-id-wrong = Das ist keine Kennung.
api-term-wrong = Schreiben Sie monthly, quarterly oder annual.
api-quota-most = Der Tarif erlaubt höchstens { $most } Byte je Postfach.
api-name-customer = Sie handeln für mehrere Kunden. Nennen Sie einen mit ?customer=.
api-key-wrong = Ein Idempotency-Key besteht aus Buchstaben, Ziffern und Zeichen.
api-key-running = Eine Anfrage mit diesem Idempotency-Key läuft noch, oder ihr Ausgang ist unbekannt. Sehen Sie nach, ob das Gewünschte da ist, und verwenden Sie einen anderen Schlüssel.
api-key-different = Dieser Idempotency-Key wurde für eine andere Anfrage verwendet. Verwenden Sie einen anderen.
api-shown-once = Das wurde schon angelegt und damals einmal gezeigt. Widerrufen Sie es und legen Sie ein neues an.
nav-api = API
api-event-wrong = Es gibt kein Ereignis { $event }.
api-instant-wrong = Schreiben Sie einen Zeitpunkt wie 2026-03-01T00:00:00Z.

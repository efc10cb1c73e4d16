# Die Leiter: Schritte der Missbrauchsstelle, und wie die von ihnen lesen, die sie betreffen.
rung-hold = E-Mail angehalten
rung-throttle = Gedrosselt
rung-lock = Gesperrt
rung-suspend = Domain angehalten
rung-terminate = Beendet
rung-wish = Ende gewünscht
rung-throttle-do = Drosseln
rung-lock-do = Sperren
rung-suspend-do = Domain anhalten
rung-terminate-do = Beziehung beenden
rung-throttle-text = Eine Zeit lang gelten die Grenzen eines neuen Kunden: für ein Postfach oder über alle des Kunden. Der Kunde erfährt es per E-Mail.
rung-lock-text = Von dort wird nichts mehr angenommen, und was in der Warteschlange steht, wartet. E-Mail kommt weiterhin an, und Lesen geht weiter. Es wirkt sofort und kann jederzeit zurückgenommen werden; dann geht hinaus, was wartet. Der Kunde erfährt es per E-Mail.
rung-suspend-text = Für die Domain geht nichts hinaus: aus keinem ihrer Postfächer und unter keiner ihrer Adressen aus anderen Postfächern des Kunden. Was in der Warteschlange steht, wartet; E-Mail kommt weiterhin an. Es kann jederzeit zurückgenommen werden. Der Kunde erfährt es per E-Mail.
rung-terminate-text = Alle Dienste des Kunden enden, wenn der heutige Tag vorüber ist, es geht nichts mehr hinaus, und der Kunde bekommt alles, was für ihn aufbewahrt wird, als Dateien. Hier wird nichts gelöscht: Das kommt später, wie wenn ein Kunde geht, und bis dahin kann es zurückgenommen werden.
ladder-title = Grenzen und Sperren
ladder-none = Nichts ist von der Stelle oder dem Wächter begrenzt oder gesperrt.
ladder-in-force = Was begrenzt oder gesperrt ist
ladder-next = Einen Schritt tun:
ladder-step = Schritt
ladder-past = Frühere Schritte
ladder-began = Begonnen
ladder-ended = Geendet
ladder-until = Bis
ladder-until-person = Bis ein Mensch es aufhebt
ladder-waits-second = Wartet auf eine zweite Person
ladder-by-guard = Der Wächter
ladder-confirmed-by = bestätigt von { $who }
ladder-about = Wen es betrifft
ladder-about-customer = Alle Postfächer des Kunden
ladder-about-mailbox = Postfach { $mailbox }
ladder-address = Oder das Postfach dieser Adresse
ladder-address-help = Wie sie jemand genannt hat, der sich beschwert. Sie wird nachgeschlagen und nicht aufbewahrt.
ladder-no-mailbox = Ein solches Postfach hat der Kunde nicht.
ladder-domain = Domain
ladder-how-long = Wie lange
ladder-days = { $n ->
    [one] Einen Tag
   *[other] { $n } Tage
  }
ladder-why-help = Der Kunde liest den Grund; was Mitarbeiter sonst wissen, steht in keiner Aufzeichnung.
ladder-why-spam = Unerwünschte Werbung
ladder-why-stolen = Jemand anderes sendet von dort
ladder-why-complaints = Empfänger beschweren sich
ladder-why-returns = Viele Adressen gibt es nicht
ladder-why-fraud = Gibt sich als jemand anderes aus
ladder-why-malware = Schädliche Programme
ladder-why-asked = Der Kunde hat darum gebeten
ladder-why-other = Ein anderer Grund
ladder-end-mended = Was dazu führte, ist behoben
ladder-end-mistaken = Es war ein Irrtum
ladder-end-owner = Der Eigentümer hat es wieder in der Hand
ladder-end-time = Die Zeit war vorüber
ladder-end-other = Ein anderer Grund
ladder-lift = Zurücknehmen
ladder-lift-title = Diesen Schritt zurücknehmen?
ladder-lift-text = Was darauf wartet, geht hinaus, und der Kunde erfährt es per E-Mail.
ladder-lift-wish = Niemand hat es bestätigt, und niemand hat davon erfahren.
ladder-lifted = Es ist zurückgenommen. Was gewartet hat, geht hinaus.
ladder-wish-back = Es ist zurückgenommen.
ladder-ended-before = Jemand hatte es vorher beendet.
ladder-already = Dasselbe gilt bereits.
ladder-confirm = Das Ende bestätigen
ladder-confirm-title = Die Beziehung zu diesem Kunden beenden?
ladder-confirm-text = Jemand aus dem Haus wünscht es. Alle Dienste enden, wenn der heutige Tag vorüber ist, es geht nichts mehr hinaus, und der Kunde bekommt alles als Dateien.
ladder-confirmed = Es ist bestätigt und wird binnen einer Minute ausgeführt.
ladder-own-wish = Sie haben es selbst gewünscht: Jemand anderes muss es bestätigen.
ladder-terminate-second = Es beginnt, wenn jemand anderes aus dem Haus es hier bestätigt. Bis dahin geschieht nichts; sperren Sie den Kunden, wenn E-Mail jetzt aufhören muss.
ladder-word = Schreiben Sie { $word }
ladder-word-help = Damit niemand beendet, was er nicht meint.
ladder-word-wrong = Das ist nicht die Domain des Kunden.
ladder-done-throttle = Es gelten jetzt die Grenzen eines neuen Kunden, und der Kunde erfährt es.
ladder-done-lock = Von dort geht nichts mehr hinaus, und der Kunde erfährt es.
ladder-done-suspend = Für die Domain geht nichts mehr hinaus, und der Kunde erfährt es.
ladder-done-terminate = Es wartet auf jemand anderen aus dem Haus.
ladder-paused = { $n ->
    [one] Ein Ziel lehnt E-Mail dieses Kunden ab und wird in Ruhe gelassen bis
   *[other] { $n } Ziele lehnen E-Mail dieses Kunden ab und werden in Ruhe gelassen, das letzte bis
  }
ladder-try-again = Jetzt wieder versuchen
ladder-tried-again = { $n ->
    [0] Es wurde nichts mehr in Ruhe gelassen.
    [one] Ein Ziel wird jetzt wieder versucht.
   *[other] { $n } Ziele werden jetzt wieder versucht.
  }
ladder-customer-steps = { $n ->
    [one] Eine Grenze oder Sperre gilt für die E-Mail dieses Kunden.
   *[other] { $n } Grenzen oder Sperren gelten für die E-Mail dieses Kunden.
  }
ladder-customer-see = Zur Missbrauchsstelle
destinations-title = Ziele
destinations-lead = Domains, an die nichts gesendet wird, und Domains, die E-Mail ablehnen. E-Mail dorthin wird angenommen und wartet.
destinations-stopped = Von Mitarbeitern angehalten
destinations-stopped-none = E-Mail geht an jedes Ziel.
destinations-paused = Für Kunden in Ruhe gelassen
destinations-paused-lead = Sie haben binnen einer Stunde mehrere Nachrichten eines Kunden abgelehnt: nach einer Regel, wegen eines schlechten Rufs oder als Spam. Nur dessen E-Mail wartet und wird von selbst wieder versucht. Welche Kunden das sind, steht auf deren Seiten.
destinations-paused-none = Kein Ziel lehnt die E-Mail eines Kunden ab.
destination-domain = Domain
destination-for = Für
destination-customers = { $n ->
    [one] einen Kunden
   *[other] { $n } Kunden
  }
destination-again = Wieder versucht
destination-is-stopped = Angehalten
destination-ended = Aufgehoben von { $who }
destination-stop-title = Ein Ziel anhalten
destination-stop-text = Von niemandem geht etwas an die Domain, auch nicht, was in der Warteschlange steht, bis es jemand zurücknimmt. Absender erfahren wie üblich von der Verzögerung und bekommen ihre E-Mail zurück, wenn sie zu lange wartet.
destination-stop = Anhalten
destination-stopped = Dorthin geht nichts mehr.
destination-lifted = Dorthin geht wieder E-Mail.
destination-wrong = Das ist kein Name einer Domain.
destination-ours = Diese Domain ist bei uns: Sperren Sie ihre Postfächer, oder halten Sie die Domain an.
limit-throttle-customer = Sie können eine Zeit lang weniger senden
limit-throttle-mailbox = Ein Postfach kann eine Zeit lang weniger senden
limit-throttle-domain = Eine Domain kann eine Zeit lang weniger senden
limit-lock-customer = Vorläufig kann nichts gesendet werden
limit-lock-mailbox = Aus einem Postfach kann vorläufig nichts gesendet werden
limit-lock-domain = Für eine Domain kann vorläufig nichts gesendet werden
limit-suspend-domain = Für { $domain } kann vorläufig nichts gesendet werden
limit-terminate-customer = Ihre Dienste enden
limit-because-spam = E-Mail ging an viele hinaus, die nicht darum gebeten hatten.
limit-because-stolen = Jemand anderes hat von dort E-Mail gesendet.
limit-because-complaints = Zu viele Empfänger halten die E-Mail für unerwünscht.
limit-because-returns = Viele Adressen gibt es nicht, an die geschrieben wurde.
limit-because-fraud = E-Mail ging hinaus, die sich als die von jemand anderem ausgibt.
limit-because-malware = E-Mail mit schädlichen Programmen ging hinaus.
limit-because-asked = Sie haben darum gebeten.
limit-because-other = Unsere Missbrauchsstelle hat so entschieden; den Grund sagt sie Ihnen, wenn Sie uns schreiben.
limit-do-throttle = Sie können am Tag so vielen Personen schreiben wie ein neuer Kunde. Schreiben Sie nur denen, die darum gebeten haben. Es endet von selbst; wenn Sie es für einen Irrtum halten, schreiben Sie uns.
limit-do-throttle-stolen = Es kann am Tag so vielen Personen schreiben wie ein neuer Kunde. Legen Sie neue Passwörter an und sehen Sie die Computer durch, von denen das Postfach benutzt wird. Es endet von selbst.
limit-do-lock = E-Mail kommt weiterhin an, und was vorher abgegeben wurde, wartet. Schreiben Sie uns, was Sie ändern werden oder warum es ein Irrtum ist: Ein Mensch sieht es sich an und hebt es auf. E-Mail an unsere Betreuung geht hinaus.
limit-do-lock-stolen = E-Mail kommt weiterhin an, und was vorher abgegeben wurde, wartet. Legen Sie neue Passwörter an, sehen Sie die Computer durch, von denen das Postfach benutzt wird, und schreiben Sie uns dann: Ein Mensch hebt es auf. E-Mail an unsere Betreuung geht hinaus.
limit-do-suspend = E-Mail kommt weiterhin an, und was vorher abgegeben wurde, wartet. Schreiben Sie uns, was Sie ändern werden oder warum es ein Irrtum ist: Ein Mensch sieht es sich an und hebt es auf.
limit-do-terminate = Sie bekommen alles, was wir für Sie aufbewahren, als Dateien. Wenn Sie es für einen Irrtum halten, schreiben Sie uns gleich: Solange Ihre E-Mail nicht gelöscht ist, kann alles wieder aufgenommen werden.
limit-since = Seit
limit-until = bis
limit-see-mailbox = Postfach ansehen
limit-write = Uns schreiben
limit-short-throttle = Sie können eine Zeit lang weniger senden.
limit-short-lock = Aus diesem Postfach kann vorläufig nichts gesendet werden; E-Mail kommt weiterhin an.
limit-short-suspend = Für diese Domain kann vorläufig nichts gesendet werden; E-Mail kommt weiterhin an.
limit-short-terminate = Der Dienst endet, und es kann nichts mehr gesendet werden; E-Mail kommt weiterhin an.
figure-terminations = Zu bestätigende Beendigungen
waits-terminations = { $n ->
    [0] Keine Beendigung wartet auf Ihre Bestätigung.
    [one] Eine Beendigung wartet, bis sie jemand anderes bestätigt hat.
   *[other] { $n } Beendigungen warten, bis sie jemand anderes bestätigt hat.
  }
waits-terminations-do = Zur Missbrauchsstelle

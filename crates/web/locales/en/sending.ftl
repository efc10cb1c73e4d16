# How what leaves the house is received: deliveries, complaints, block lists, and what other providers report.
console-nav-sending = Sending
sending-lead = How mail that leaves here is received. Counts only: nobody’s mail is read for them, and nothing says who wrote to whom.
sending-deliveries = Deliveries
sending-reports = Reports of others
sending-over = Over which time
sending-day = 24 hours
sending-week = 7 days
sending-delivered = Delivered
sending-deferred = Put off
sending-refused = Refused
sending-recipients = Recipients
sending-why-spam = { $n } spam
sending-why-policy = { $n } by a block
sending-why-dead = { $n } no such address
sending-why-failed = { $n } otherwise
sending-blocked = Spam or block
sending-dead = No such address
sending-half = Half within
sending-when = When
sending-domain = Domain
sending-complaints = Complaints
sending-reputation = Reputation
sending-address = Address
sending-follows = What follows
sending-figure-delivered = Delivered
sending-figure-within = Half of it within
sending-figure-blocked = Spam or block
sending-figure-dead = No such address
sending-figure-complaints = Complaints
sending-figure-lists = On block lists
sending-figure-waiting = Waiting
sending-figure-received = Reports
sending-figure-last = The last
sending-figure-aligned = SPF or DKIM right
sending-figure-encrypted = Encrypted
sending-note-delivered = { $n ->
    [0] Nothing was sent.
    [one] Of one recipient with a final answer.
   *[other] Of { $n } recipients with a final answer.
  }
sending-note-within = From when it was handed in until the other server took it.
sending-note-blocked = { $n ->
    [0] No server refused mail for what we are or sent.
    [one] One recipient’s server refused it for what we are or sent. From 1 % on look who.
   *[other] { $n } recipients’ servers refused it for what we are or sent. From 1 % on look who.
  }
sending-note-dead = { $n ->
    [0] Every address existed.
    [one] One address does not exist. From 3 % on a list is old or bought.
   *[other] { $n } addresses do not exist. From 3 % on a list is old or bought.
  }
sending-note-complaints = In 7 days: readers who say spam, and servers that do.
sending-note-lists = Asked every hour; see below.
sending-note-lists-none = No block list is asked.
sending-note-waiting = { $held ->
    [0] Messages in the queue; none is held.
    [one] Messages in the queue; one is held.
   *[other] Messages in the queue; { $held } are held.
  }
sending-note-received = In 30 days, counted once each.
sending-note-last = When it came.
sending-note-aligned = { $n ->
    [0] No message was reported of.
    [one] Of one message that others saw under a domain here.
   *[other] Of { $n } messages that others saw under domains here.
  }
sending-note-encrypted = { $n ->
    [0] No connection was reported of.
    [one] Of one connection to a domain here.
   *[other] Of { $n } connections to domains here.
  }
sending-within-none = –
sending-within-10 = 10 seconds
sending-within-60 = 1 minute
sending-within-600 = 10 minutes
sending-within-3600 = 1 hour
sending-within-21600 = 6 hours
sending-within-longer = over 6 hours
sending-alarm-listed = { $address } stands on the block list { $list }
sending-alarm-do = Other servers may refuse mail from there. Look below whose mail is refused as spam, stop it, and then ask the list’s operator to take the address off.
sending-chart = Deliveries over time
sending-chart-day = Recipients of each of the last 24 hours: delivered, refused, put off.
sending-chart-week = Recipients of each of the last seven days (UTC): delivered, refused, put off.
sending-chart-table = The same as a table
sending-none = Nothing was sent
sending-none-text = What goes out to other servers is counted here by itself.
sending-places = By destination
sending-places-note = Worst first. Destinations with fewer than 20 recipients stand together, and lose their names after a day. Put off are tries, all else recipients.
sending-others = All with few recipients
sending-senders = By sender’s domain
sending-senders-note = Worst first. The reputation is that of seven days; of fewer than 50 recipients nothing is said.
sending-house = The house itself
sending-grade-few = Too little mail
sending-grade-good = Good
sending-grade-watch = To be watched
sending-grade-poor = Poor
sending-voices = What recipients say, by customer
sending-voices-note = In 7 days, the worst first. The guard warns, limits and holds by the same counts, with less weight for readers who complain of much.
sending-voices-none = In 7 days no recipient complained, and no address was dead.
sending-level-none = Nothing
sending-level-warn = Told
sending-level-demote = Limited
sending-level-hold = Held
sending-egress = By address of ours
sending-egress-none = No connection
sending-lists = Block lists
sending-list = List
sending-asked = Asked
sending-list-listed = Listed
sending-list-clear = Not listed
sending-list-unknown = No answer yet
sending-list-failed = No answer:
sending-lists-none = No block list is asked
sending-lists-none-text = Name lists under reputation.block_lists in the configuration, and name servers of your own: lists often refuse large open ones.
sending-reports-lead = What other providers report to { $address } about domains here, in 30 days. Anybody can write a report, so nothing follows from one by itself.
sending-mail = Mail under domains here (DMARC)
sending-mail-note = Mail whose SPF or DKIM is right and fits the domain in From counts as right.
sending-mail-none = No DMARC report yet
sending-mail-none-text = Providers send them daily to { $address }, which stands in the DMARC record that customers are asked to publish. Its domain needs a TXT record for *._report._dmarc that says v=DMARC1.
sending-aligned = Right
sending-messages = Messages
sending-away = Turned away
sending-do = What to do
sending-by = Reported by { $names }
sending-messages-n = { $n ->
    [one] one message
   *[other] { $n } messages
  }
sending-source-others = several others
sending-source-ours = ours
sending-mail-good = All right
sending-mail-ours = Our own mail fails
sending-mail-unknown = Unknown servers
sending-mail-do-good = Nothing. Where it stays so, the customer can ask others to refuse forgeries (p=reject).
sending-mail-do-ours = { $n ->
    [one] One message that we sent was not taken for right: check that the domain’s DKIM and SPF records are published as its page says.
   *[other] { $n } messages that we sent were not taken for right: check that the domain’s DKIM and SPF records are published as its page says.
  }
sending-mail-do-unknown = { $n ->
    [one] One message came from a server that is not ours: a service that the customer uses without a record of its own, forwarding, or a forgery. Ask the customer which services send for the domain.
   *[other] { $n } messages came from servers that are not ours: a service that the customer uses without a record of its own, forwarding, or forgery. Ask the customer which services send for the domain.
  }
sending-tls = Encrypted connections to domains here (TLS)
sending-tls-none = No TLS report yet
sending-tls-none-text = Providers send them to the address in a domain’s _smtp._tls record.
sending-well = Well
sending-sessions = Connections
sending-tls-failed = Failed
sending-tls-fails = It fails
sending-tls-good = All well
sending-tls-do-starttls = Nothing encrypted was offered: check that the certificate is loaded and that nothing between us and the world takes STARTTLS away.
sending-tls-do-certificate = The certificate of our mail server did not satisfy: check its names, its end and its chain (tls in the configuration).
sending-tls-do-dane = The TLSA record does not fit the certificate, or DNSSEC is broken: check both where the domain’s zone is kept.
sending-tls-do-sts = The MTA-STS policy could not be had or read: check the file and the certificate of the server that has it.
sending-tls-do-other = The reports do not say why. Ask a provider that reported.
sending-tls-starttls-not-supported = STARTTLS was not offered
sending-tls-certificate-host-mismatch = the certificate has another name
sending-tls-certificate-expired = the certificate ended
sending-tls-certificate-not-trusted = the certificate is not trusted
sending-tls-validation-failure = the certificate could not be checked
sending-tls-tlsa-invalid = the TLSA record does not fit
sending-tls-dnssec-invalid = DNSSEC is broken
sending-tls-dane-required = DANE was required
sending-tls-sts-policy-fetch-error = the MTA-STS policy could not be had
sending-tls-sts-policy-invalid = the MTA-STS policy is not valid
sending-tls-sts-webpki-invalid = the MTA-STS policy’s server has a wrong certificate
sending-tls-other = for another reason

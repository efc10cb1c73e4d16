# The ladder: steps of the abuse desk, and as those read of them whom they are about.
rung-hold = Mail held
rung-throttle = Throttled
rung-lock = Locked
rung-suspend = Domain suspended
rung-terminate = Ended
rung-wish = End wished for
rung-throttle-do = Throttle
rung-lock-do = Lock
rung-suspend-do = Suspend a domain
rung-terminate-do = End the relationship
rung-throttle-text = For some time the limits are those of a new customer: for one mailbox, or over all of the customer. The customer is told by mail.
rung-lock-text = Nothing is taken from there any more, and what is queued waits. Mail still arrives, and reading goes on. It stops at once and can be taken back at any time; then what waits goes out. The customer is told by mail.
rung-suspend-text = Nothing goes out for the domain: from none of its mailboxes, and under none of its addresses from other mailboxes of the customer. What is queued waits, mail still arrives. It can be taken back at any time. The customer is told by mail.
rung-terminate-text = All services of the customer end when today is over, nothing goes out any more, and the customer gets everything that is held for them as files. Nothing is deleted here: deletion comes later, as when a customer leaves, and until then it can be taken back.
ladder-title = Limits and stops
ladder-none = Nothing is limited or stopped by the desk or the guard.
ladder-in-force = What is limited or stopped
ladder-next = Take a step:
ladder-step = Step
ladder-past = Earlier steps
ladder-began = Began
ladder-ended = Ended
ladder-until = Until
ladder-until-person = Until a person lifts it
ladder-waits-second = Waits for a second person
ladder-by-guard = The guard
ladder-confirmed-by = confirmed by { $who }
ladder-about = Whom it is about
ladder-about-customer = All mailboxes of the customer
ladder-about-mailbox = Mailbox { $mailbox }
ladder-address = Or the mailbox of this address
ladder-address-help = As somebody named it who complained. It is looked up and not kept.
ladder-no-mailbox = The customer has no such mailbox.
ladder-domain = Domain
ladder-how-long = How long
ladder-days = { $n ->
    [one] One day
   *[other] { $n } days
  }
ladder-why-help = The customer reads the reason; what staff know besides stands in no record.
ladder-why-spam = Unwanted advertising
ladder-why-stolen = Somebody else sends from there
ladder-why-complaints = Recipients complain
ladder-why-returns = Many addresses do not exist
ladder-why-fraud = Pretends to be somebody else
ladder-why-malware = Harmful programs
ladder-why-asked = The customer asked for it
ladder-why-other = Another reason
ladder-end-mended = What led to it is mended
ladder-end-mistaken = It was a mistake
ladder-end-owner = The owner has it in their hands again
ladder-end-time = The time was over
ladder-end-other = Another reason
ladder-lift = Take back
ladder-lift-title = Take this step back?
ladder-lift-text = What waits for it goes out, and the customer is told by mail.
ladder-lift-wish = Nobody confirmed it, and nobody was told.
ladder-lifted = It is taken back. What waited goes out.
ladder-wish-back = It is taken back.
ladder-ended-before = Somebody had ended it before.
ladder-already = The same is in force already.
ladder-confirm = Confirm the end
ladder-confirm-title = End the relationship with this customer?
ladder-confirm-text = A colleague wishes it. All services end when today is over, nothing goes out any more, and the customer gets everything as files.
ladder-confirmed = It is confirmed, and carried out within a minute.
ladder-own-wish = You wished for it yourself: another member of staff has to confirm it.
ladder-terminate-second = It begins when another member of staff confirms it here. Until then nothing happens; lock the customer if mail has to stop now.
ladder-word = Type { $word }
ladder-word-help = So that nobody ends what they did not mean to.
ladder-word-wrong = This is not the domain of the customer.
ladder-done-throttle = The limits are those of a new customer now, and the customer is told.
ladder-done-lock = Nothing goes out from there any more, and the customer is told.
ladder-done-suspend = Nothing goes out for the domain any more, and the customer is told.
ladder-done-terminate = It waits for another member of staff.
ladder-paused = { $n ->
    [one] One destination refuses mail of this customer and is left alone until
   *[other] { $n } destinations refuse mail of this customer and are left alone, the last until
  }
ladder-try-again = Try again now
ladder-tried-again = { $n ->
    [0] Nothing was left alone any more.
    [one] One destination is tried again now.
   *[other] { $n } destinations are tried again now.
  }
ladder-customer-steps = { $n ->
    [one] One limit or stop is in force about the mail of this customer.
   *[other] { $n } limits or stops are in force about the mail of this customer.
  }
ladder-customer-see = See the abuse desk
destinations-title = Destinations
destinations-lead = Domains to which nothing is sent, and domains that refuse mail. Mail for them is taken and waits.
destinations-stopped = Stopped by staff
destinations-stopped-none = Mail goes to every destination.
destinations-paused = Left alone for customers
destinations-paused-lead = They refused several messages of a customer within an hour, for a policy, a bad name or spam. Only that customer’s mail waits, and is tried again by itself. Which customers these are, stands on their own pages.
destinations-paused-none = No destination refuses the mail of a customer.
destination-domain = Domain
destination-for = For
destination-customers = { $n ->
    [one] one customer
   *[other] { $n } customers
  }
destination-again = Tried again
destination-is-stopped = Stopped
destination-ended = Lifted by { $who }
destination-stop-title = Stop a destination
destination-stop-text = Nothing goes to the domain from anybody, what is queued included, until somebody takes it back. Senders are told of the delay as usual, and get their mail back when it waited for too long.
destination-stop = Stop
destination-stopped = Nothing goes there any more.
destination-lifted = Mail goes there again.
destination-wrong = This is no name of a domain.
destination-ours = This domain is served here: lock its mailboxes or suspend it instead.
limit-throttle-customer = You can send less for some time
limit-throttle-mailbox = A mailbox can send less for some time
limit-throttle-domain = A domain can send less for some time
limit-lock-customer = Nothing can be sent for now
limit-lock-mailbox = Nothing can be sent from a mailbox for now
limit-lock-domain = Nothing can be sent for a domain for now
limit-suspend-domain = Nothing can be sent for { $domain } for now
limit-terminate-customer = Your services end
limit-because-spam = Mail to many people who did not ask for it went out.
limit-because-stolen = Somebody else sent mail from there.
limit-because-complaints = Too many of those who got mail take it for unwanted.
limit-because-returns = Many addresses that were written to do not exist.
limit-because-fraud = Mail went out that pretends to come from somebody else.
limit-because-malware = Mail with harmful programs went out.
limit-because-asked = You asked for it.
limit-because-other = Our abuse desk decided so; it tells you why when you write to us.
limit-do-throttle = You can write to as many people a day as a new customer. Write only to those who asked for it. It ends by itself; if you think that it is a mistake, write to us.
limit-do-throttle-stolen = It can write to as many people a day as a new customer. Make new passwords, and look at the computers from which the mailbox is used. It ends by itself.
limit-do-lock = Mail still arrives, and what was handed in before waits. Write to us what you will change, or why it is a mistake: a person looks at it and lifts it. Mail to our support goes out.
limit-do-lock-stolen = Mail still arrives, and what was handed in before waits. Make new passwords, look at the computers from which the mailbox is used, and then write to us: a person lifts it. Mail to our support goes out.
limit-do-suspend = Mail still arrives, and what was handed in before waits. Write to us what you will change, or why it is a mistake: a person looks at it and lifts it.
limit-do-terminate = You get everything that we hold for you as files. If you think that it is a mistake, write to us at once: as long as your mail is not deleted, all of it can be taken up again.
limit-since = Since
limit-until = until
limit-see-mailbox = See the mailbox
limit-write = Write to us
limit-short-throttle = You can send less for some time.
limit-short-lock = Nothing can be sent from this mailbox for now; mail still arrives.
limit-short-suspend = Nothing can be sent for this domain for now; mail still arrives.
limit-short-terminate = The service ends, and nothing can be sent any more; mail still arrives.
figure-terminations = Ends to be confirmed
waits-terminations = { $n ->
    [0] No end of a relationship waits for you to confirm it.
    [one] One end of a relationship waits until another than its author confirmed it.
   *[other] { $n } ends of relationships wait until another than their author confirmed them.
  }
waits-terminations-do = See the abuse desk

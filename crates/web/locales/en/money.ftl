# Money of a customer: cards, credit, what comes back; and how staff move it.
center-nav-cards = Payment methods
center-nav-credit = Account credit
console-nav-invoices = Invoices
console-nav-cover = Card cover
money-amount-wrong = Write an amount such as 12.50.
money-no-invoice = No invoice has this number.
money-open = Open
money-paid = Paid
money-credited = Credited
money-sums = Sums
money-of-tax = with { $tax } tax
money-apart = { $amount } lies apart
money-left = { $amount } can go back to the card
money-nothing-yet = Nothing yet.

# Payment methods.
cards-title = Payment methods
cards-lead = The cards that you keep with us, and what each may be charged for.
cards-add = Add a card
cards-add-text = You type it on the card processor’s own page. Its number never reaches us: we keep the network, the last four digits and the month in which it ends.
cards-add-go = Go to the card processor
cards-for = May be charged for
cards-for-help = Only for renewals and changes of what you tick. For anything new we ask again.
cards-none = No card is kept
cards-none-text = Add one and services renew by themselves. Without a card you pay each invoice by hand.
cards-card = Card
cards-ends-in = Card that ends in
cards-unnamed = Card kept on { $at }
cards-expires = Good until
cards-since = Kept since { $at }
cards-soon = Ends soon
cards-over = Has ended
cards-default = Pays for everything
cards-pays = Pays for
cards-pays-nothing = Pays for nothing now.
cards-keeps = To remove it, let another card pay first.
cards-all = Use for everything
cards-all-title = Let this card pay for everything?
cards-all-text = From now on it may be charged for the renewals of what is listed here, in place of the cards that paid before. What is due and not paid is tried at once.
cards-all-yes = Use this card
cards-remove-title = Remove this card?
cards-remove-text = The card processor forgets it, and so do we. Invoices that it paid stay as they are.
cards-remove-yes = Remove the card
cards-removed = The card is removed.
cards-silent = The card processor does not answer. Nothing was removed; please try again in a moment.
cards-permissions = What pays for what
cards-permissions-text = A card is charged only for what you permitted it for. You can withdraw that at any time; the service runs on, and you pay its invoices by hand.
cards-service = Service
cards-since-head = Permitted on
cards-by-hand = By hand
cards-switch = Other card
cards-choose = Choose a card
cards-switch-title = Which card shall pay?
cards-switch-text = It may be charged for the renewals of { $domain }. What is due and not paid is tried at once.
cards-switch-yes = Use this card
cards-withdraw = Withdraw
cards-withdraw-title = Withdraw the permission?
cards-withdraw-text = No card is charged for { $domain } any more. The service runs on; you pay its invoices by hand.
cards-permitted = The card pays from now on.
cards-withdrawn = The permission is withdrawn.
cards-cover = A card was misused here without your fault?

# What became of an invoice.
invoice-to-pay = { $amount } to pay
invoice-pay = Pay by card
invoice-pay-text = Due on { $at }. Credit on your account is used first.
invoice-declined-text = Your bank declined the card that you keep with us. Pay with another one here; the service goes on.
invoice-disputed-text = Your bank is looking at a payment of this invoice. Please wait until it has decided.
invoice-keep-card = Keep this card for the renewals of what this invoice bills
invoice-events = What happened
invoice-event-paid = Paid by card
invoice-event-paid-short = Paid
invoice-event-charged = Charged to the kept card
invoice-event-charged-short = Paid
invoice-event-declined = Your bank declined the card
invoice-event-declined-short = Declined
invoice-event-refund_begun = Goes back to the card
invoice-event-refund_begun-short = On its way
invoice-event-refund_paid = Given back to the card
invoice-event-refund_paid-short = Given back
invoice-event-refund_failed = Could not go back to the card; it is credit on the account
invoice-event-refund_failed-short = On the account
invoice-event-credit_note = Credit note
invoice-event-credit_note-short = Credited
invoice-event-credit_applied = Paid with credit on the account
invoice-event-credit_applied-short = Paid
invoice-event-disputed = Payment disputed at the bank
invoice-event-disputed-short = With the bank
invoice-event-dispute_won = The bank decided: the payment was right
invoice-event-dispute_won-short = Decided
invoice-event-dispute_lost = The bank decided: the payment is taken back
invoice-event-dispute_lost-short = Owed again

# Account credit.
credit-title = Account credit
credit-lead = What we owe you: from credit notes, from what was paid twice, or given by us.
credit-balance = On the account
credit-how = How it is used
credit-how-text = It pays your next invoice first, before a card is charged. You need not do anything.
credit-how-none = When there is credit, it pays the next invoice first, before a card is charged.
credit-moved = Movements
credit-none = There was no credit yet
credit-none-text = Credit from notes, refunds and overpaid invoices appears here with its cause.
credit-see = See the invoice
credit-kind-overpaid = More was paid than was owed
credit-kind-credited = Credit note for what was paid
credit-kind-cover = Cover for a misused card
credit-kind-applied = Paid for an invoice
credit-kind-refund = Given back to the card
credit-kind-refund_failed = Could not go back to the card
credit-kind-granted = Given by us
credit-kind-taken_back = Taken back by us
credit-reason = Reason
credit-reason-help = The customer reads it.
credit-reason-outage = A service was not what we promised
credit-reason-mistake = We made a mistake
credit-reason-good_will = Good will
credit-reason-given_in_error = Given in error
credit-console-lead = What lies on the account, and giving or taking back some. The customer is told and sees the reason.
credit-console-how = Credit pays the next invoice before a card is charged. To give back what an invoice took, open the invoice: then the books show what was sold less.
credit-give-title = Give or take back
credit-act = What to do
credit-give = Give credit
credit-give-text = For which nothing was paid: we bear it.
credit-take = Take credit back
credit-take-text = At most what is there.
credit-before = On the account now
credit-after = Afterwards
credit-give-do = Give { $amount }
credit-take-do = Take { $amount } back
credit-told = Pressed twice it is done once. The customer gets a message.
credit-done = Done. The customer is told.
credit-too-much = There is { $held } on the account.

# Accepted terms.
accepted-title = Accepted terms
accepted-lead = Which version you accepted, when, with which order.
accepted-current = Terms in force
accepted-at = Accepted
accepted-hash = Fingerprint (SHA-256)
accepted-file = Text
accepted-download = Download { $title }, version { $n }
accepted-note = The text is kept as you accepted it. Its fingerprint stands with your order.
accepted-none = No terms were accepted
accepted-none-text = When you order something for which there are terms, the version that you accept is kept here.

# A new price on the services page.
service-coming = A new price is coming
service-coming-text = From { $on } on a term ({ $term }) costs { $new } instead of { $old }, before tax.
service-coming-right = If you do not want that, change the plan or cancel before { $on }: what you have costs what it does until then, and leaving costs nothing.
billing-language = Language of your papers
billing-language-help = Of the next invoices, and of the credit notes, statements and hosting reports that belong to them. What was issued stays as it is.
billing-approvals = Discounts and exemptions
billing-approvals-text = A person approved them on the evidence named here. Write to us when it is not right any more.

# Cover for a misused card.
cover-title = Cover for a misused card
cover-lead = If a card of yours was misused here without your fault, we bear what your bank leaves to you, up to { $most }.
cover-claims = Your cases
cover-tell = Tell us of a misuse
cover-payment = Payment
cover-how = What happened
cover-how-stolen = The card was lost or stolen
cover-how-copied = Somebody used its number
cover-how-unknown = I do not know this payment
cover-reported = Told the bank on
cover-reported-help = Please tell your bank first: it can block the card.
cover-amount = What the bank leaves to you
cover-amount-help = At most { $most }, and no more than was paid.
cover-not-at-fault = I had no part in it, and gave the card to nobody
cover-send = Open a case
cover-told = Your case is open. Two people look at it; you hear from us by mail.
cover-no-payment = There is no payment to tell of
cover-no-payment-text = Cover is for payments that were made here by card. Each can have one case.
cover-works = How it goes
cover-works-1 = Block the card at your bank and tell it of the payment. Most banks bear all but a small part.
cover-works-2 = Tell us what is left to you. One of us looks at it, another one decides.
cover-works-3 = What we cover is credit on your account at once.
cover-state-open = Open
cover-state-open-text = Nobody has looked at it yet.
cover-state-recorded = Being decided
cover-state-recorded-text = One of us has looked at it; another one decides.
cover-state-granted = Covered
cover-state-granted-text = The amount is credit on your account.
cover-state-refused = Not covered
cover-state-refused-text = It is not covered.
cover-because-at_fault = The card was used with your part in it.
cover-because-bank_pays = Your bank bears the loss.
cover-because-not_shown = What was told does not fit the payment.
cover-staff-open = Findings missing
cover-staff-recorded = Waits for a second person
cover-staff-granted = Covered
cover-staff-refused = Refused
cover-console-lead = Misused cards that customers tell of. One person records what was found, another one decides.
cover-none = No case is open
cover-none-text = When a customer tells of a misused card, it appears here.
cover-told-at = Told
cover-claim = Misused card
cover-claim-lead = At most { $most }, only without the customer’s fault, and only for a payment that was made here.
cover-record-title = What did you find?
cover-record-text = Compare the payment with the order, its screening and the sign-ins. A colleague decides on what you write.
cover-findings = Findings
cover-findings-help = Without names. It is kept sealed.
cover-record = Record and pass on
cover-recorded = Recorded. A colleague decides.
cover-decide-title = Decide
cover-decide-text = { $who } recorded findings for { $amount }. Granted, it is credit on the customer’s account at once.
cover-grant = Grant { $amount }
cover-grant-title = Grant this claim?
cover-grant-text = { $amount } becomes credit on the customer’s account, and we bear it.
cover-grant-yes = Grant it
cover-granted = Granted. The amount is on the account.
cover-refuse = Refuse
cover-refuse-title = Refuse this claim?
cover-refuse-text = The customer is told the reason, in these words.
cover-refused = Refused. The customer is told.
cover-reason = Reason
cover-wait = Waits for a colleague
cover-wait-text = You recorded the findings; somebody else decides.
cover-facts = What was told
cover-recorded-by = Findings by
cover-decided-by = Decided by

# Invoices and refunds in the console.
console-invoices-lead = Numbers, days and amounts. To give something back, open the invoice.
console-invoice-number = Number of the invoice
console-invoice-find = Find
console-invoices-newest = Newest invoices
console-invoices-none = No invoice yet
console-invoices-none-text = The first one is issued with the first order.
refund-title = Give back
refund-text = Write for each line what is credited, before tax; the tax follows. First you see what it comes to.
refund-line = Line
refund-left = Left
refund-credit = Credit
refund-credit-of = Credit of line { $n }, before tax
refund-to = What was paid goes
refund-to-card = Back to the card
refund-to-card-text = To the card that paid; banks take a few days.
refund-to-account = To the account
refund-to-account-text = As credit that pays the next invoice.
refund-see = See what it comes to
refund-whole = All that is left
refund-nothing = Write an amount for at least one line.
refund-comes-to = What it comes to
refund-line-n = Line { $n }
refund-tax = Tax
refund-note = Credit note
refund-off-open = Off what is owed
refund-back-card = Back to the card
refund-back-account = Credit on the account
refund-do = Give { $amount } back
refund-once = Pressed twice it is done once.
refund-how = How it goes
refund-how-1 = A credit note with a number of its own takes the lines off; the invoice stays as it is.
refund-how-2 = What is still owed becomes less first. What was paid goes back to the card or stays as credit.
refund-how-3 = You see every amount before you confirm, and never more goes back than was collected.
refund-done-account = Credit note { $number } is issued.
refund-done-card = Credit note { $number } is issued, and the money is on its way to the card.
refund-done-begun = Credit note { $number } is issued. The processor has not answered yet; it is asked by itself.
refund-done-failed = The credit note is issued, but the processor refused the refund. The money is credit on the account.
figure-disputes = Disputes to answer
waits-disputes = { $n ->
    [0] No bank waits for an answer.
    [one] One bank waits for our answer.
   *[other] { $n } banks wait for our answers.
  }
waits-disputes-do = Show disputes
figure-cover = Misused cards
waits-cover = { $n ->
    [0] No claim waits for you.
    [one] One claim waits for you.
   *[other] { $n } claims wait for you.
  }
waits-cover-do = Show claims
dispute-evidence = See the evidence
dispute-prepared = An answer is kept, and nobody knows whether the bank has it
dispute-prepared-text = It was kept on { $at }, but the processor did not answer. Send it again: the processor is asked first, and gets it only if it has none.
dispute-kept = Kept here
transfers-recorded = Recorded last
transfers-none = No transfer was recorded yet.
transfer-credited = Of it credit
movement-credit_granted = Credit given
movement-credit_taken_back = Credit taken back
sandbox-expiring = Approve; the card ends this month

# What is sold once.
item-each = { $price } each
item-an-hour = { $price } an hour
order-items = Once, with the first invoice
order-items-help = Leave it empty if you do not need it.
service-extras = Order extras
extras-title = Order extras
extras-lead = What is done once, for { $domain }.
extras-what = What do you need?
extras-order = Order for { $amount }
extras-card = The amount is charged to the card that pays for this service.
extras-by-hand = You get an invoice and pay it by hand.
extras-how-1 = You see what it comes to, with tax, before you order.
extras-how-2 = It is one invoice, paid with the card that pays for this service, and never comes again.
extras-ordered = Ordered. This is the invoice.
extras-none = Nothing is offered
extras-none-text = When something is sold once, such as moving mail, it appears here.

hand-over-title = Everything handed over
hand-over-lead = All mail of all mailboxes, and your records, as files to take along.
hand-over-warned-title = Your services will be ended, unless this is cured
hand-over-warned-text = Cure it until { $at } and write to us; then nothing happens. If not, your services end, and within { $n } days you get everything we hold for you.
hand-over-making-title = The files are being made
hand-over-making-text = You get a mail when they are here, at the latest on { $at }.
hand-over-cured-text = The last warning was taken back: it was cured.
hand-over-expired-text = The files of the last hand-over were removed when their time was over.
hand-over-files = Files
hand-over-until = Until { $at }
hand-over-records = Records of your account
hand-over-part = Part { $n }, { $size }
hand-over-fetch = Fetch
hand-over-password = To fetch a file, give your password a moment before. Open invoices hold nothing back.
hand-over-invoice = The invoice
hand-over-ask-title = Ask for everything
hand-over-ask-text = Your services go on as they are. The files are here within { $n } days, mostly sooner, and can be fetched for { $keep } days.
hand-over-free = It costs nothing.
hand-over-ask = Ask for everything
hand-over-ask-for = Ask for everything for { $amount }
hand-over-asked = We are making the files. You get a mail when they are here.
hand-over-holds = What you get
hand-over-holds-1 = For each mailbox every folder as an mbox file with what is read, answered, flagged and labelled. Other providers and mail programs read it.
hand-over-holds-2 = The records of your account and its mailboxes for programs, with all invoices as documents.
hand-over-holds-3 = Only owners fetch it. None of our people can open it.
hand-overs = Hand-overs
hand-overs-lead = Customers who were warned, and customers who get everything. The files are for their owners alone.
hand-overs-overdue = { $n ->
    [one] One hand-over is past its day. See under Jobs why.
   *[other] { $n } hand-overs are past their day. See under Jobs why.
 }
hand-overs-none = Nobody was warned or asked
hand-overs-none-text = A warning begins on the page of a customer; owners ask in the Customer Center.
hand-over-one = Hand-over
hand-over-cause = Because
hand-over-cause-breach = What was agreed is not kept
hand-over-cause-wish = An owner asked
hand-over-opened = Begun
hand-over-next = Next
hand-over-next-cure = Can be cured until { $at }
hand-over-next-due = To be delivered by { $at }
hand-over-state-warned = Warned
hand-over-state-cured = Cured
hand-over-state-making = Being made
hand-over-state-ready = Can be fetched
hand-over-state-expired = Removed
hand-over-decide = Is it cured?
hand-over-decide-wait = The customer can cure it until { $at }. Nothing can be ended before.
hand-over-decide-end = The days to cure were over on { $at }.
hand-over-cure = Take the warning back
hand-over-cure-text = The owners are told that it is cured.
hand-over-cure-yes = It is cured
hand-over-end = End all services
hand-over-end-text = All services of the customer end when today is over. Everything is handed over within { $n } days, and the charge is billed.
hand-over-end-yes = End and hand over
hand-over-facts = How far it is
hand-over-cure-until = Can be cured until
hand-over-ended-by = Ended by
hand-over-due = To be delivered by
hand-over-charge = Charge
hand-over-count = { $n ->
    [one] One file, { $size }
   *[other] { $n } files, { $size }
 }
hand-over-fetch-until = Can be fetched until
hand-over-sealed = The reason and the files are sealed for the customer. The privacy policy has no rule by which the billing desk opens them, so whoever wrote the reason cannot read it here again. The owners have it word for word in their mail.
hand-over-overdue = Past its day
hand-over-overdue-text = It should have been delivered. The job tries again by itself; see under Jobs why it fails.
hand-over-warned = The owners are warned.
hand-over-cured = The warning is taken back.
hand-over-ended = The services end when today is over, and the files are being made.
hand-over-warn-title = Warn of an end
hand-over-warn-lead = The customer has { $cure } days to cure it. Only then can a person end the services; everything is handed over within { $n } days.
hand-over-reason = Reason
hand-over-reason-label = What is not kept, and how it is cured
hand-over-reason-help = The owners read it word for word. It is kept sealed for them, so you cannot read it here again.
hand-over-told = { $n ->
    [one] One owner gets it by mail.
   *[other] { $n } owners get it by mail.
 }
hand-over-warn = Warn the customer
leaving-all = Everything in one go
leaving-all-text = We write all mail of all mailboxes and your records into files that other providers read.
hand-over-notice-title-warned = Your services will be ended, unless this is cured
hand-over-notice-warned = We have warned you of something that is not kept. It can be cured until { $at }.
hand-over-notice-title-making = Everything is being handed over
hand-over-notice-making = The files are being made. You get a mail when they are here.
hand-over-notice-title-ready = Everything we hold for you is ready
hand-over-notice-ready = Fetch the files while they are here; later they are removed.
hand-over-see = See more

# What every mailbox can have besides.
order-add-ons = Besides, for every mailbox
order-add-ons-help = You can add and remove these later.
add-on-with = { $plan }: { $price }
grants-quota = { $space } more for each mailbox
grants-undelete = deleted mail can be brought back for { $n ->
    [one] one day
   *[other] { $n } days
  }
grants-recipients = { $n ->
    [one] one recipient more a day
   *[other] { $n } recipients more a day
  }
grants-message = messages up to { $size }
feature-add-on = { $name } to be had besides
service-add-ons = Add-ons
add-ons-title = Add-ons
add-ons-lead = What every mailbox of { $domain } has besides { $plan }, and what it can have.
add-ons-held = What you have
add-ons-offered = What you can add
add-ons-how-1 = You see what it comes to, with tax, before you add it.
add-ons-how-2 = It begins at once, for every mailbox, and costs what is left of the term; mailboxes that come later bring theirs.
add-ons-how-3 = It ends with the term when you remove it, and until then you can take that back.
add-ons-none = Nothing can be added
add-ons-none-text = { $plan } has everything in it already.
add-on-since = since { $at }
add-on-until = until { $at }
add-on-remove = Remove
add-on-remove-text = Removed now, it ends on { $at }.
add-on-keep = Keep it
add-on-now = Today, until { $at }
add-on-free = It costs nothing until { $at }.
add-on-not-later = It ends on { $at }: the plan that begins then does not sell it.
add-on-add = Add
add-on-add-for = Add for { $amount }
add-on-added = Added. Your mailboxes have it in a moment.
add-on-removed = It ends with the term. Until then you can keep it.
add-on-kept = It stays.
change-ends = Ends on { $at }, because { $plan } does not sell it: { $what }.
who-subscriptions = Services
who-subscriptions-none = No service yet.
who-next = billed next on { $at }

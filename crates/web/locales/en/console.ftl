# The staff console.
console-mark = Staff console
console-staff = Staff
console-sign-in = Sign in as staff
console-code-help = The six digits of your authenticator app. Staff cannot sign in without.
console-sign-in-wrong = Name, password or code is not right. A code works once; wait for the next one.
console-lead = What waits for a person.
console-nav-overview = Overview
console-nav-orders = Order review
console-nav-customers = Customers
console-nav-queue = Outgoing mail
console-nav-jobs = Jobs
console-nav-sites = Sites
console-nav-staff = Staff
staff-login = Name
search = Search
figure-orders_in_review = Orders in review
figure-queue = Outgoing messages
figure-jobs_ready = Jobs ready
figure-jobs_running = Jobs running
figure-jobs_waiting = Jobs waiting
figure-jobs_dead = Dead letters
figure-customers = Customers
col-waiting = Waiting since
col-plan = Plan
col-score = Score
col-customer = Customer
col-since = Since
col-contacts = Contacts
col-destination = Destination
col-age = Waiting
col-attempts = Tries
col-answer = Last answer
col-kind = Kind
col-error = What went wrong
col-permissions = May
col-factor = Second factor
orders-lead = First orders that the screening did not decide by itself. The oldest first.
orders-none = Nothing waits for review
orders-none-text = Orders that need a person appear here.
order-asked = Asked
decide-title = Your decision
decide-approve = Approve
decide-approve-title = Approve this order?
decide-approve-text = The card is charged, the invoice issued and the service made ready.
decide-ask = Ask more
decide-ask-title = Ask the applicant
decide-ask-text = The applicant gets your question by mail. The order stays in review.
decide-ask-send = Send the question
decide-question = Your question
decide-refuse = Refuse
decide-refuse-title = Refuse this order?
decide-refuse-text = The authorisation is given back. The applicant gets a plain answer and a way to a person.
decide-reason = Reason for the record
decide-reason-help = For colleagues; the applicant does not see it.
decide-incomplete = Something was left empty. Open the form again and fill it in.
decide-approved = The order is approved.
decide-refused = The order is refused.
decide-asked = The question is on its way.
decide-late = Somebody has decided this order already.
screening-title = What the screening found
screening-score = Score { $score }
screening-none = Nothing speaks against this order.
screening-missing = Not known: { $what }. What is not known never approves.
applicant-title = The applicant
applicant-sealed = Name and address are sealed. Opening them is recorded, and the applicant sees it.
applicant-open = Open for this review
applicant-recorded = This look is recorded in the applicant’s ledger.
fact-name = Name
fact-organisation = Organisation
fact-email = E-mail
fact-email_domain = E-mail domain
fact-address = Address
fact-country = Country
fact-postal_code = Postal code
fact-phone = Telephone
fact-mailboxes = Mailboxes
fact-card_country = Country of the card
fact-orders_from_network = Orders from the same network in a day
fact-served_orders = Orders served before
fact-refused_orders = Orders refused before
staff-customers-lead = Masked. A profile opens only with a fact that justifies it.
staff-customers-search = Find a customer
staff-customers-help = A Registration ID, a domain, or a whole e-mail address.
staff-customers-none = Nobody found
staff-customers-none-text = Only whole values are found, because personal data is encrypted.
customer-active = Active
customer-new = New
customer-blocked = Blocked
queue-lead = Messages on their way to other servers. Addresses are not shown.
queue-recipients = { $n ->
    [one] One recipient
   *[other] { $n } recipients
  }
queue-now = Try now
queue-tried = The message is tried at once.
queue-none = The queue is empty
queue-none-text = Everything has been handed over.
jobs-lead = Work in the background.
jobs-dead = Dead letters
jobs-retry = Try again
jobs-retried = The job is tried again.
jobs-none = No dead letters
jobs-none-text = Jobs that failed for good would stand here.
staff-lead = Who works here, and what each may do. Staff are added on the command line: mailkeep staff add.
staff-active = Active
staff-off = Off
screening-sealed = The findings are personal; they are shown when the file is opened for this review.
applicant-over = The order is decided; its file is closed.
enrol-title = Set up your staff account
enrol-lead-password = Welcome, { $login }. First choose a password.
enrol-lead-code = Scan the picture with your authenticator app and type the code it shows.
enrol-lead-done = Your account is ready. Keep these recovery codes, then sign in.
enrol-next = Go on
console-waits = What waits for a person
waits-orders_in_review = { $n ->
    [0] Every order is decided.
    [one] One order needs a person; its applicant waits.
   *[other] { $n } orders need a person; their applicants wait.
  }
waits-orders_in_review-do = Review orders
waits-queue = { $n ->
    [0] Everything has been handed over to other servers.
    [one] One message is on its way to another server.
   *[other] { $n } messages are on their way to other servers.
  }
waits-queue-do = Show the queue
waits-jobs_dead = { $n ->
    [0] No job has failed for good.
    [one] One job has failed for good and waits for a decision.
   *[other] { $n } jobs have failed for good and wait for a decision.
  }
waits-jobs_dead-do = Show jobs
waits-none = Nothing waits for you
waits-none-text = What you may work on appears here; a colleague with the permission “staff” can give you more.
you-lead = Your own password, tokens for programs, and where you are signed in.
screening-list = list of { $date }
decide-block = Refuse and block
decide-block-title = Refuse, and never serve this again?
decide-block-text = A colleague must agree first. Then the order is refused, and what you choose is refused from now on.
decide-block-send = Propose it
decide-block-proposed = Proposed. A colleague must agree.
decide-blocked = The order is refused, and what was named is blocked.
decide-block-undone = The block is off the table; the order waits for a decision.
decide-not-yours = This is for a colleague, or it is settled already.
block-proposed-title = Refuse and block: a second look
block-proposed-text = A colleague proposes to refuse this order and to refuse these from now on. Nothing has happened yet.
block-own = You proposed it; somebody else must agree.
block-agree = Agree: refuse and block
block-disagree = Do not agree
block-note-help = For the colleague who looks at it.
block-what = What is blocked
block-kind-mail_address = The mail address
block-kind-mail_domain = The mail domain
block-kind-network = The network
block-kind-card = The card
block-cause = Reason
block-cause-card_testing = Cards were tried out
block-cause-stolen_card = The card was not theirs
block-cause-false_identity = Not who they said they are
block-cause-spam = Sends spam
block-cause-chargeback = Took payments back
block-since = Since
block-until = Until
block-order = from an order
block-lift = Lift
block-lifted = Lifted.
block-add-title = Block a mail domain
block-add-text = Every first order with an address of this domain is refused. Addresses, networks and cards are blocked with the order that they came with.
block-add = Block it
block-added = The domain is blocked.
console-nav-blocks = Block list
blocks-lead = What is not served again. Each entry ends by itself; what came with an order is kept as a fingerprint that nobody can read.
blocks-none = Nothing is blocked
blocks-none-text = What two people refuse and block comes here.
appeal-title = An appeal
appeal-sealed = What the applicant writes is sealed. Open the file below to read it.
appeal-answer = Your answer to the applicant
appeal-answer-help = The applicant reads it on the page of the order and by mail.
appeal-grant = Take the order back in
appeal-decline = Leave it refused
appeal-granted = The order waits for its payment again.
appeal-declined = The applicant has your answer.
documents-title = Documents of the applicant
documents-text = Opening one is recorded, and the applicant sees it. They are deleted soon after the decision.
document-open = Open { $kind ->
        [pdf] the PDF file
        [png] the PNG image
       *[other] the JPEG image
    }

# “Your data”: pages, and the words for what stands in the record of uses.
# Purposes, as reasons: “to …”.
purpose-deliver = to deliver what you ordered and bill for it
purpose-prefill = to spare you typing the same thing twice
purpose-troubleshoot = to find and mend a fault that you reported
purpose-feedback = to ask how we are doing
purpose-inform = to tell you of outages, upgrades, offers and news
purpose-protect = to keep fraud and break-ins away from you and others
purpose-comply = to answer legal process
purpose-rights = to let you see, correct, take along and erase what is yours
purpose-audit = to show who used your data

# Facts, as what was the case.
because-own-session = you were signed in
because-managed-mailbox = somebody administered your domain
because-own-mailbox = the mailbox itself was signed in
because-sign-in = somebody was signing in with your name
because-order-placed = an order of yours was not decided yet
because-order-in-review = an order of yours waited for a person’s decision
because-order-screened = the screening of your order was made again
because-due-invoice = an invoice of yours was due
because-service-ordered = a service of yours was running
because-outbound-message = a message to you was about to be sent
because-queued-message = a message of yours was on its way
because-open-ticket = a ticket of yours was open
because-ground = a recorded ground asked for it
because-second-person = a second person agreed
because-consent = you had agreed
because-fresh-permission = you had allowed it for this order
because-standing-permission = you had allowed it for this service
because-break-glass = a member of staff opened a case with a written reason
because-second-look = a colleague’s case was looked at by a second person
because-request = a verified request about this data was open
because-term-ended = its term had ended
because-site-consent = you had agreed to it and were signed in to the site
because = because { $fact }
not-because = nothing justified it; what was named: { $fact }

# As what somebody acts.
acting-person = you
acting-mailbox = the user of the mailbox
acting-system = the program
acting-support = staff: support
acting-billing = staff: billing
acting-fraud-reviewer = staff: order review
acting-abuse-desk = staff: abuse desk
acting-privacy-officer = staff: privacy officer
acting-writer = staff: writer
acting-operator = staff: operator

# Who.
who-you = You
who-contact = Another contact of your organisation
who-program = The program ({ $name })
who-staff = { $role } ({ $name })
who-staff-mail = A member of staff, known in your record as { $name }
task-answer-to-a-request = The answer to a request
task-billing-run = The billing run
task-copy-of-your-data = The copy that you asked for
task-erasure = The erasure that you asked for
task-invoice-rendering = The making of an invoice
task-list-for-letters-and-calls = The list of those who asked for letters or calls
task-message-gate = The sending of messages to you
task-order-fulfilment = The fulfilment of your order
task-order-screening = The screening of your order
task-outgoing-delivery = The delivery of your mail
task-retention = The end of a term
task-sign-in-check = The check of a sign-in
task-sign-in-to-a-site = A sign-in to a site

# What was done.
did-read = { $who } read: { $what }
did-change = { $who } changed: { $what }
did-collect = { $who } noted: { $what }
did-send = { $who } used to send: { $what }
did-export = { $who } took along: { $what }
did-disclose = { $who } disclosed: { $what }
did-erase = { $who } erased: { $what }
refused-read = { $who } wanted to read: { $what }
refused-change = { $who } wanted to change: { $what }
refused-collect = { $who } wanted to note: { $what }
refused-send = { $who } wanted to use to send: { $what }
refused-export = { $who } wanted to take along: { $what }
refused-disclose = { $who } wanted to disclose: { $what }
refused-erase = { $who } wanted to erase: { $what }

# Categories.
kind-identity = Your name, language and time zone
kind-contact = How you can be reached
kind-postal = Your postal address
kind-billing-address = To whom invoices are written
kind-payment-token = References to your cards
kind-invoice = Invoices
kind-credential = What proves that you are you
kind-preferences = Choices and names that you gave
kind-organisation-link = Your organisation and your part in it
kind-ticket = What you wrote to us and what we answered
kind-mail-content = Your messages
kind-mail-metadata = Senders, recipients, subjects and dates
kind-network = Networks and devices
kind-fraud-signal = What the screening found
kind-use-record = The record of who used your data

# Fields.
field-persons-name = name
field-persons-language = language
field-persons-time-zone = time zone
field-persons-email = e-mail address
field-persons-phone = telephone
field-persons-postal = postal address
field-credentials-password = check of your password
field-credentials-totp-pending = second factor being set up
field-credentials-totp-secret = second factor
field-one-time-tokens-email = address that is to be confirmed
field-sessions-network = network of a session
field-sessions-device = device of a session
field-security-events-network = network of a security event
field-security-events-device = device of a security event
field-customers-name = name of the organisation
field-contacts-name = names of contacts
field-contacts-email = addresses of contacts
field-contact-invitations-email = addresses of invitations
field-api-tokens-name = names of access tokens
field-site-consents-subject = the name by which a site knows you
field-orders-billing = billing address of an order
field-orders-applicant = how to reach who ordered
field-orders-network = network of an order
field-billing-profiles-details = billing details
field-qualifications-evidence = evidence of a discount or exemption
field-payment-methods-token = reference to a card
field-payment-methods-face = what you know a card by
field-invoices-snapshot = invoices
field-invoice-documents-pdf = invoices as documents
field-screenings-facts = what the screening looked at
field-screenings-assessment = what the screening found
field-order-decisions-note = note on a decision
field-order-questions-question = questions about an order
field-order-questions-answer = answers about an order
field-ticket-letters-message-id = identifier of a letter
field-ticket-letters-raw = letter to support
field-ticket-writers-email = address of somebody who wrote to us
field-tickets-title = subject of a ticket
field-ticket-entries-words = what was written in a ticket
field-cover-cases-findings = what was found about a misused card
field-disputes-summary = what we answered to a dispute
field-disputes-evidence = evidence for a dispute
field-dkim-keys-private-key = keys that sign mail
field-mailboxes-address = address of a mailbox
field-mailboxes-display-name = name of the mailbox’s user
field-addresses-address = aliases and lists
field-list-members-address = members of lists
field-app-passwords-label = names of devices
field-folders-name = names of folders
field-keywords-name = keywords of messages
field-message-index-meta = envelopes of messages
field-message-index-filter = search filters
field-message-bodies-content = messages
field-message-bodies-search-text = text for the search
field-search-packs-words = words for the search
field-search-packs-places = places of the words
field-queue-messages-envelope = envelopes of outgoing messages
field-queue-messages-content = outgoing messages
field-queue-recipients-address = recipients of outgoing messages
field-queue-recipients-last-answer = answers of other servers
field-ledger-entries-payload = record of uses
field-outbound-messages-context = message to you
field-consents-network = network of a choice
field-subscribers-email = e-mail address of a subscription
field-break-glass-reason = written reason of a case
field-break-glass-verdict-words = words of a second person about a case
field-break-glass-settled-words = how a disputed case was settled
field-disclosure-documents-content = document of a disclosure
field-unusual-uses-explanation = explanation of unusual access
field-subject-requests-reason = what you wrote in an objection
field-subject-requests-answer = answer to an objection
field-exports-content = copy of your data
field-mail-body = messages
field-mail-search-text = text for the search
field-mail-envelope = envelopes of messages

# What tables hold.
holds-persons = Your profile
holds-credentials = Password check and second factor
holds-one-time-tokens = Links in messages
holds-sessions = Where you are signed in
holds-security-events = What happened to your sign-in
holds-customers = Your organisation
holds-contacts = Contacts
holds-contact-invitations = Invitations
holds-api-tokens = Access tokens
holds-site-consents = What you agreed to pass to sites
holds-orders = Orders
holds-billing-profiles = Billing details
holds-qualifications = Discounts that a person approved
holds-payment-methods = References to cards
holds-invoices = Invoices
holds-invoice-documents = Invoices as documents
holds-screenings = What the screening of an order found
holds-order-decisions = Decisions about orders
holds-order-questions = Questions about orders, and answers
holds-tickets = Tickets
holds-ticket-entries = What was written in tickets
holds-cover-cases = Claims for a misused card
holds-disputes = Disputes about payments
holds-dkim-keys = Keys that sign mail
holds-mailboxes = Mailboxes
holds-addresses = Aliases and lists
holds-list-members = Members of lists
holds-app-passwords = Passwords for devices
holds-folders = Folders
holds-keywords = Keywords of messages
holds-message-index = Envelopes and search filters of messages
holds-message-bodies = Messages
holds-search-packs = Words of messages for the search
holds-queue-messages = Outgoing messages
holds-queue-recipients = Recipients of outgoing messages
holds-ledger-entries = The record of uses
holds-outbound-messages = Messages that we sent you
holds-consents = What you chose to hear of
holds-subscribers = Subscriptions without an account
holds-break-glass = Cases of staff with a written reason
holds-disclosure-documents = Documents of disclosures
holds-unusual-uses = Unusual access by staff
holds-subject-requests = Requests about your data
holds-exports = Copies of your data

# Where rows come from.
source-persons = You typed it into the registration form or your profile.
source-credentials = You chose it; only a check of it is kept.
source-one-time-tokens = You asked for a link.
source-sessions = It arises when you sign in.
source-security-events = It arises when something about your sign-in changes.
source-customers = You typed it into the order form.
source-contacts = It arises from an order, or from an invitation that was accepted.
source-contact-invitations = You typed it on the contacts page.
source-api-tokens = You typed it when you made the token.
source-site-consents = It arose when you signed in to a site.
source-orders = It stands as the order was placed, and is not changed afterwards.
source-billing-profiles = You typed it into the order form or the billing details.
source-qualifications = The billing desk wrote what document it looked at.
source-payment-methods = The card processor gave it to us; the card number never reaches us.
source-invoices = It arises from what you ordered.
source-invoice-documents = It is drawn from the invoice.
source-screenings = It arises from the screening of a first order.
source-order-decisions = The reviewer wrote it.
source-order-questions = The reviewer asked, you answered.
source-tickets = You or we wrote it when the ticket was opened.
source-ticket-entries = You wrote it, or support did.
source-cover-cases = The billing desk wrote it.
source-disputes = We wrote it when a payment was disputed at your bank.
source-dkim-keys = The program made it.
source-mailboxes = It was typed when the mailbox was made.
source-addresses = You typed it on the pages of mailboxes and aliases.
source-list-members = You typed it on the page of aliases.
source-app-passwords = It was typed when the password was made.
source-folders = Mail programs made it.
source-keywords = Mail programs made it.
source-message-index = It arises from mail that was received or written.
source-message-bodies = It arises from mail that was received or written.
source-search-packs = They arise so that mail can be searched.
source-queue-messages = It arises from mail that was written.
source-queue-recipients = It arises from mail that was written.
source-ledger-entries = It arises with each use of your data.
source-outbound-messages = It arises when we have something to tell you; what it says goes when it is sent.
source-consents = You chose it, or the link under a message did.
source-subscribers = You typed it into the subscription form.
source-break-glass = A member of staff wrote it.
source-disclosure-documents = The privacy officer filed it.
source-unusual-uses = The program found it, and staff explained it.
source-subject-requests = You wrote it, and we answered.
source-exports = You asked for it.

# The pages.
center-nav-details = Billing details
privacy-title = Your data
privacy-lead = What we hold about you, why, and who used it. All of it yours to see, correct, take along and erase.
privacy-overview = Overview
privacy-held = What we hold
privacy-held-text = Each field with its value, its reason and its end
privacy-uses = Who used it
privacy-copy = Take a copy
privacy-copy-text = Everything in one file, to read and for programs
privacy-sites = Sites
privacy-sites-text = Where you sign in with your number, and what is passed
privacy-objections = Object
privacy-objections-text = Say no to a use; a person answers
privacy-erasure = Erase
privacy-erasure-text = See what goes and what stays, then decide
privacy-newest = Last used by others
privacy-newest-none = Nobody but you has used your data yet.
privacy-staff-last = Staff last looked { $at }
privacy-staff-never = No member of staff ever looked
privacy-uses-all = See every use
privacy-ways = What you can do
privacy-head = Head of the record, signed
privacy-head-text = Keep this line: it stands on your invoices too. Whoever rewrites the record later cannot make it fit again. <verify>Verify it here</verify>.
notices-title = { $n ->
    [one] A member of staff used your data
   *[other] { $n } uses of your data by staff
 }
notices-text = The last time { $at }. See who, for what, and which fact justified it.
notices-see = See it
notices-seen = I have seen it
ledger-refused = Refused
ledger-none = Nothing recorded yet
ledger-none-text = As soon as anybody uses something of yours, it stands here.
ledger-note = Entries hold the names of fields, never their values. They are chained, and their head is signed each hour: removing one would show. What each purpose means stands in the <policy>policy</policy>; files with proofs are <verify>verified here</verify>, also offline.
uses-lead = Every use of what is yours, newest first, with its reason. Refusals too.
uses-why = { $purpose } · { $because }
uses-download = With proofs
uses-user = By whom
uses-purpose = For what
uses-from = From
uses-until = Until
uses-filter = Show
uses-everybody = Everybody
uses-others = Everybody but you
uses-by-you = You
uses-by-contact = Other contacts
uses-by-program = The program
uses-by-staff = Staff
uses-refused = What was refused
uses-every-purpose = Every purpose
uses-all = Show all
uses-older = Older
uses-folded = { $n ->
    [one] You, once
   *[other] You, { $n } times
 }
uses-none-such = No such use
uses-none-such-text = Nothing in the record fits what you chose.
uses-policy = Policy in force:
uses-seen = Noted. The entries stay in the record.
use-title = One use in full
use-proof = This use with its proof
use-details = Details
use-was-allowed = Allowed by a rule
use-when = When
use-as = As what
use-fields = Fields
use-categories = Kinds of data
use-fact = Fact
use-rule = Rule
use-refusal = Why it was refused
use-policy = Policy
use-policy-now = the one in force
use-policy-then = an earlier one
use-place = Place
use-place-text = { $position } of all entries, { $sequence } of this chain
use-proof-text = The file with the proof shows anybody that this entry stands in the record and that the record only grew. <verify>Verify it in your browser</verify>.
held-lead = By kind, with the present values: where each comes from, what it is for, who can see it, and when it goes.
held-empty = Nothing stands here.
held-more = { $n ->
    [one] and one more
   *[other] and { $n } more
 }
held-closed = Kept closed: it is shown to nobody.
held-elsewhere = { $n ->
    [one] One, on a page of its own
   *[other] { $n }, on a page of their own
 }
held-correct = Correct
held-see = See
held-correct-what = Correct: { $what }
held-see-what = See: { $what }
held-used = Used
held-seen-by = Can be seen, each under a fact, by
held-kept = Kept
held-note = Looking at this page is a use too: it stands in your <uses>record</uses>. What each kind means is said in the <policy>policy</policy>.
copy-lead = Everything that we hold about you in one file that opens offline.
copy-holds = What is in it
copy-page = A page to read, in any browser
copy-json = The same for programs, as JSON with its schema
copy-invoices = Your invoices as documents
copy-uses = The record of who used your data, with proofs
copy-customers = It holds what is held about { $names } too, which you own.
copy-mail = Mail is taken along with any mail program, or from the <mail>webmail</mail>: it may be large.
copy-kept = { $n ->
    [one] It can be fetched for one hour; then it is removed.
   *[other] It can be fetched for { $n } hours, by you alone; then it is removed.
 }
copy-ask = Make a copy
copy-asked = The copy is being made. We write to you when it is ready.
copy-of = Copy of { $at }
copy-is-ready = Your copy is ready
copy-ready-until = A copy of your data can be fetched until { $at }.
copy-until = { $size } · until { $at }
copy-fetch = Fetch it
copy-failed = The copy could not be made
copy-failed-text = Something failed on our side, and we were told. Please ask again.
copy-being-made = The copy is being made
copy-progress = Progress
copy-parts = { $done } of { $total } parts
copy-removed = The copy is removed.
copied-head = Your data
copied-lead = Everything that was held about you when this copy was made. The file beside it says the same to programs.
copied-person = About you
copied-customer = About your organisation
copied-mailbox = About a mailbox
copied-staff = About your staff account
copied-beside = What the program noted beside it
copied-uses = Who used your data
copied-uses-text = { $n ->
    [one] One use, with its proof under the head below:
   *[other] { $n } uses, with their proofs under the head below:
 }
copied-not-here = What is not in this copy
copied-mail = Messages are taken along with any mail program or from the webmail.
copied-left-out = Held, and given to nobody: { $what }.
copied-policy = Policy in force:
objections-lead = You can say no to a use of your data. Offers and questions stop at once; for the rest a person weighs your reason and answers within a month.
objections-choices = Offers and news can be chosen one by one under <choices>What I hear of</choices>.
objection-new = A new objection
objection-use = Which use
objection-reason = Your reason
objection-reason-help = Needed for what the service rests on. Only the privacy officer who answers reads it, and you see when.
objection-send = Object
objection-to = Objection: { $purpose }
objection-waits = Waits for an answer
objection-granted = The use ends
objection-refused = It goes on
objection-partly = Part of it ends
objection-you = You, { $at }
objection-we = Our answer, { $at }
objection-due = You have an answer by { $at }.
objection-made = Your objection is recorded. You will be told when it is answered.
objection-stopped = Done: such messages have stopped. The objection is recorded, and you get an answer.
objection-too-many = Many of your objections wait for an answer. Please wait for those first.
object-protect = Screening, networks of sign-ins
object-feedback = Stops at once
object-inform = Offers and news stop at once; outages are still told
object-deliver = Without it the service may have to end
erasure-lead = Before anything happens, see what goes, what stays and why, and what ends.
erasure-goes = What goes
erasure-goes-text = { $n ->
    [one] It becomes unreadable at once: the key is destroyed. One day later no backup of the key is left.
   *[other] It becomes unreadable at once: the key is destroyed. { $n } days later no backup of the key is left.
 }
erasure-stays = What stays
erasure-stays-text = The law asks for it. It lies under a key of its own that is destroyed when the term ends.
erasure-stays-nothing = Nothing of yours stays.
erasure-until = { $years ->
    [one] for one year from its date
   *[other] for { $years } years from its date
 }
erasure-ends = What ends
erasure-sessions = Your sign-in, on every device
erasure-customers = { $names }: nobody else owns it
erasure-services = { $n ->
    [one] one service, today
   *[other] { $n } services, today
 }
erasure-domains = { $n ->
    [one] one domain, with its mail
   *[other] { $n } domains, with their mail
 }
erasure-mailboxes = { $n ->
    [one] one mailbox with all its messages
   *[other] { $n } mailboxes with all their messages
 }
erasure-left = { $names }: goes on without you; other contacts are not affected
erasure-owes = Something is <invoices>still owed</invoices>. It stays owed.
erasure-ask = Erase everything
erasure-copy-first = Take a <copy>copy</copy> before: afterwards there is none to be had.
erasure-number = Your Registration ID
erasure-number-help = Type { $id }, so that nobody does this by accident.
erasure-number-wrong = This is not your Registration ID.
erasure-at-once = Do not wait a day
erasure-at-once-help = Otherwise you can undo it within 24 hours.
erasure-do = Erase my data
erasure-waits = Your data will be erased in 24 hours. Until then you can undo it. The link to the certificate is in your mail.
erasure-begins = Your data is being erased. The link to the certificate is in your mail.
erasure-planned = Your data will be erased on { $at }
erasure-planned-text = Until then everything goes on as before. Afterwards nobody can bring it back, we neither.
erasure-undo = Keep my data
erasure-undo-here = See it, or undo it
erasure-undone = Nothing was erased. Everything is as before.
erasure-undone-title = Your data stays
erasure-too-late = There is nothing to undo: it was undone before, or has begun.
erasure-too-late-title = It cannot be undone
erased-title = Erasure of your data
erased-cooling = Your data will be erased
erased-cooling-text = On { $at }. Until then you can undo it here or in the Customer Center. Keep this link: the certificate will be here.
erased-working = Your data is being erased
erased-working-text = This takes a moment. Afterwards the certificate is here.
erased-done = Your data is erased
erased-done-text = { $id }, on { $at }. The certificate can be fetched once; afterwards we keep no copy of it.
erased-fetched = Your data is erased
erased-fetched-text = { $id }, on { $at }. The certificate was fetched; there is no other copy.
erased-undone = Your data stays
erased-undone-text = The erasure was undone; nothing was erased.
certificate-fetch = Fetch the certificate
certificate-gone = The certificate was fetched before, or there is none for this link.
certificate-title = Certificate of erasure
certificate-text = The data of the profile { $id } was erased, as its person asked on { $asked }.
certificate-done = Done on { $at }
certificate-unreadable = unreadable: the key is destroyed
certificate-kept = { $years ->
    [one] kept for one year from its date, as the law asks
   *[other] kept for { $years } years from its date, as the law asks
 }
certificate-final = When nobody can read it any more
certificate-final-text = On { $at } the last backup of the key is gone: from then on the data cannot be read from any backup either.
certificate-proof = Proof
certificate-proof-text = The erasure is entry { $n } of the record of uses, under this signed head:
certificate-proof-json = The proof for programs
verify-title = Verify the record
verify-lead = Do not believe us: check for yourself that a use stands in the record, and that the record was never rewritten.
verify-do = Verify here
verify-file = File with proofs
verify-file-help = From “Who used it”, or from a copy of your data. It stays in your browser.
verify-head = Head on an invoice
verify-head-help = The line of an old invoice: it must be the beginning of today’s record.
verify-run = Verify
verify-good = Everything fits
verify-bad = It does not fit
verify-signed = The head over %n% entries is signed with the published key.
verify-entries = Uses that say what was committed to, and stand in the record: %n%.
verify-grew = The record of %n% entries is the beginning of this one: it only grew.
verify-head-fits = Your line over %n% entries is the beginning of today’s record.
verify-unreadable = This cannot be read. Choose a file with proofs as it was downloaded, or a whole line of an invoice.
verify-nothing = Choose a file or type a line first.
verify-other-key = It is signed with another key than the published one.
verify-bad-signature = The signature does not fit the head: one of the two was changed.
verify-bad-payload = A use says something else than what was committed to.
verify-bad-path = A use does not stand in the record under this head.
verify-bad-growth = The earlier record is not the beginning of this one: it was rewritten. Keep what you have and tell others.
verify-offline = For this line the proof must be fetched, and there is no connection now.
verify-old-browser = This browser cannot check Ed25519 signatures. Use a newer one, or the command below.
verify-no-script = Without JavaScript this page cannot verify by itself; below stands how others do it.
verify-how = How it works
verify-how-1 = Each use is an entry; its hash covers who, what, why and when, and the entry before it.
verify-how-2 = All entries are the leaves of one tree (RFC 6962); its root changes when any of them does.
verify-how-3 = Each hour the root is signed; the signed head stands on your invoices.
verify-how-4 = A proof is the few hashes that lead from your entry to that head.
verify-no-network = Once this page is loaded it needs no network, and sends nothing of yours.
verify-others = With other people’s tools
verify-others-text = The head is a <note>C2SP signed note</note> in the form <log>tlog-checkpoint</log>; any verifier of that form accepts it. The command of this program does too:
verify-command = Command
verify-key = Published key
verify-newest = Newest head
verify-growth = Proof of growth
billing-title = Billing details
billing-lead = To whom your next invoices are written. Those that were issued stay as they are.
billing-details = Billing address
billing-organisation = Organisation
billing-saved = Saved. Your next invoice carries it.
billing-name = Name of the customer
billing-name-help = How contacts of yours see it in the Customer Center.
billing-name-saved = The new name is in use.
mailbox-user-name = Name of its user
mailbox-user-name-help = Letters from the webmail carry it.
mailbox-name-saved = The name is saved.

mail-uses = Who used this mailbox
mail-uses-lead = Every use of your mail, newest first, with its reason. Nobody of our staff can read messages.

# The console.
console-nav-requests = Requests
requests-title = Objections
requests-lead = People who say no to a use of their data. Each is to be answered within a month.
requests-waiting = Waiting
requests-none = Nothing waits
requests-none-text = Every objection was answered.
requests-answered = Answered
requests-purpose = Use
requests-made = Made
requests-due = Due
requests-outcome = Decision
request-title = An objection
request-due = Due { $at }
request-closed = This objection was answered; what was written is closed again.
request-sealed = What the person wrote is closed
request-sealed-text = The objection justifies opening its text, and nothing else of the person. They are told that you read it.
request-open = Open the text
request-reason = What the person wrote
request-no-reason = No reason was given.
request-answer = The answer
request-answer-words = In plain words
request-answer-help = Say what ends, or why it goes on. The person reads this in the Customer Center.
request-answer-send = Send the answer
request-answered = The answer is sent.
request-answered-before = A colleague answered it meanwhile.
request-object = To object
request-outcome-granted = The use ends
request-outcome-partly = Part of it ends
request-outcome-refused = It goes on
field-order-documents-document = documents that show who you are
field-order-appeals-appeal = what you wrote against a refusal
field-order-appeals-answer = what we answered to it
field-order-refusals-note = notes on a refusal
holds-order-documents = Documents that show who you are
holds-order-appeals = What you wrote against a refusal, and our answers
holds-order-refusals = Proposals to refuse an order
source-order-documents = You sent them with an order.
source-order-appeals = You wrote it, we answered.
source-order-refusals = The reviewer wrote them.

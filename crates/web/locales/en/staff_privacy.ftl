# What staff see of people, and how they are watched over.
console-nav-privacy = Privacy
console-nav-house = The house
console-nav-break = Break-glass
console-nav-second = Second look
console-nav-unusual = Unusual access
console-nav-disclosures = Disclosures
figure-second_look = Second look
figure-unusual = Unusual access
figure-break_glass_late = Break-glass alarms
waits-second_look = { $n ->
    [0] No colleague waits for you.
    [one] One thing that a colleague did waits for another person.
   *[other] { $n } things that colleagues did wait for another person.
  }
waits-second_look-do = Look
waits-unusual = { $n ->
    [0] Nothing unusual is unexplained.
    [one] One unusual access waits for an explanation or for somebody to agree.
   *[other] { $n } unusual accesses wait for an explanation or for somebody to agree.
  }
waits-unusual-do = Show
waits-break_glass_late = { $n ->
    [0] No case is late or disputed.
    [one] One case is disputed, or nobody looked at it within a day.
   *[other] { $n } cases are disputed, or nobody looked at them within a day.
  }
waits-break_glass_late-do = Settle

masked = Masked
open-title = Open name and contacts
open-now = Open:
open-until = It masks itself again in { $seconds } seconds. This use is on record; the customer can read it.
open-mask = Mask now
open-facts = This justifies a look now:
open-do = Open
open-under = Open because of: { $fact }
open-minute = It stays open for a minute and ends with the fact. The customer reads in their own record that you looked, and why.
open-no-fact = Nothing justifies a look at this customer now: no order of theirs waits for review, and nothing is due.
open-other-role = { $fact }: that is for colleagues with the role { $roles }.
open-anyway = Try to open
open-anyway-text = The program will refuse it without a fact. The attempt is on record, and the customer can read it.
open-refused = It stays closed
open-refused-fact = Nothing justifies opening it now. It becomes possible when an order waits for review, an invoice is due, or a ticket is opened by the person.
open-refused-role = The policy has no rule that lets your role open this.
open-refused-erased = There is nothing to open: the data was erased.
open-refused-ledger = The ledger cannot be written, so personal data stays closed. An operator has to mend that first.
open-refused-recorded = This attempt is on record. The person it is about can read it in the Customer Center.
fact-order_in_review = Order { $number } waits for review
fact-due_invoice = Invoice { $number } is due
fact-break_glass = Your break-glass case
col-number = Number
who-title = Who it is
who-services = Services
who-services-n = { $n ->
    [0] None now
    [one] { $blocked ->
        [0] One
       *[other] One, blocked
      }
   *[other] { $blocked ->
        [0] { $n }
       *[other] { $n }, { $blocked } of them blocked
      }
  }
who-orders = Orders
who-orders-none = No orders.
who-due = Due invoices
who-due-none = Nothing is due.
who-due-on = due on { $date }
person-pending = Not confirmed
person-active = Active
person-closed = Closed
person-no-customer = Acts for nobody
person-no-fact = What a person told us about themselves opens only under a ticket that they opened, or a break-glass case.

break-lead = Your cases: data opened with a reason, where no fact fits. The person is told at once, and a colleague looks at each case within a day.
break-none = You opened no case
break-none-text = A case begins on the page of a customer or a person, when something cannot wait for a fact.
break-offer = Something cannot wait: open with a reason
break-what = For an hour you can open name, contacts and network. The person gets a message the first time you look. A colleague reads your reason and agrees or disputes it.
break-cause = What kind of reason
break-reason = The reason
break-reason-help = In a sentence or two, 20 to 1,000 characters: what happened, and why it cannot wait.
break-reason-short = Say it in a sentence, at least 20 characters: a colleague has to understand it.
break-reason-long = At most 1,000 characters; say what matters.
break-begin = Open a case
break-begun = The case is open for an hour. What you open under it is told to the person.
break-closed = The case is closed. A colleague still looks at it.
break-about = About
cause-account_at_risk = An account seems to be in a stranger’s hands
cause-safety = Somebody is in danger
cause-abuse = Abuse is going on
cause-fault = A fault that cannot wait
cause-other = Something else
case-open = Open
case-waiting = Waits for a second look
case-late = Nobody looked within a day
case-confirmed = Confirmed
case-disputed = Disputed
case-settled = Settled
case-hour = Your hour
case-left = { $minutes ->
    [one] One minute left
   *[other] { $minutes } minutes left
  }
case-open-text = Opening is told to the person at once. Each look lasts a minute; then the fields mask themselves again.
case-close = Close the case
case-close-title = Close it now?
case-close-text = What you know is enough: nothing more can be opened under this case. A colleague still looks at it.
case-over = The hour is over, or the case was closed. Nothing opens under it any more.
case-uses = What was opened
case-no-uses = Nothing was opened under this case.
case-entry = ledger entry { $n }
use-allowed = Opened

second-lead = What colleagues did that needs another person’s eyes. Your own is for others.
second-none = Nothing waits for you
second-none-text = Break-glass cases, disclosures and explanations of colleagues appear here.
second-unusual = Explanations to agree with
second-to-unusual = Read
look-sealed = The reason is sealed. Reading it is on record, like every use.
look-open = Read the reason
look-recorded = That you read this is on record.
look-own-text = This is your own case. Another person looks at it.
look-done-text = This case is done with; its words are closed.
look-verdict = What do you say?
look-confirm = Confirm
look-confirm-text = The reason holds, and what was opened fits it.
look-words = What is wrong
look-words-help = Privacy officers read it and settle the dispute. At least 20 characters.
look-words-missing = Say in a sentence what you mean, at least 20 characters.
look-dispute = Dispute
look-dispute-said = What was found wrong
look-settle = Settle the dispute
look-settle-words = How it was settled
look-settle-help = What came out, and what follows. At least 20 characters.
look-settle-others = It is disputed. A privacy officer settles it.
look-confirmed = You confirmed the case.
look-disputed = You disputed the case. Privacy officers are alerted.
look-settled = The dispute is settled.
look-late = Somebody has looked at it already.
look-own = That is for another person than the one who did it.

unusual-lead = The program counts who looked at whom, without opening anything. What is out of the ordinary is explained by whoever did it, and agreed to by somebody else.
unusual-none = Nothing unusual
unusual-none-text = What you did is as usual.
unusual-line = the line is at { $n }
unusual-explain = What was the reason?
unusual-explain-help = At least 20 characters. A colleague reads it and agrees.
unusual-send = Explain
unusual-again = Explain in other words
unusual-words = Explain it in a sentence or two, 20 to 2,000 characters.
unusual-explained = Thank you. A colleague reads it.
unusual-read = Read the explanation
unusual-agree = I agree
unusual-agreed = You agreed.
unusual-waits = It waits for whoever did it to explain.
unusual-state-open = Not explained
unusual-state-explained = Explained
unusual-state-agreed = Agreed
sign-many_subjects = { $n } different people in an hour
sign-unusual_hour = { $n ->
    [one] One access outside of usual hours
   *[other] { $n } accesses outside of usual hours
  }
sign-many_refusals = { $n } refusals in an hour
sign-many_staff = One person, looked at by { $n } members of staff in a day
sign-colleague = A colleague’s data
sign-own_profile = One’s own profile as a customer
sign-open_case = A break-glass case without closure
own-profile = Your own profile as a customer
own-profile-number = Your Registration ID
own-profile-help = If you are a customer too, say so: looking at your own profile from here then stands out, and nobody has to wonder.
own-profile-declare = This is mine
own-profile-declared = Noted. Use the Customer Center for what is your own.
own-profile-wrong = Nobody has this Registration ID.

disclosures-lead = Data handed to others without asking the person first. One of four grounds, a document, a scope, two people; nothing else is possible.
disclosures-none = No disclosure
disclosures-none-text = None fits the filters, or there has been none. That is good news.
disclosures-filter = Filter the register
filter-all = All
filter-do = Filter
disclosure-new = New disclosure
disclosure-new-lead = You are the first of two people. A colleague reads the document before anything can be handed over.
disclosure-why = Why
disclosure-what = What, and whose
disclosure-ground = Ground
ground-legal_process = Legal process
ground-legal_process-text = A court order, or another legal process that binds us
ground-rights_or_property = Rights or property
ground-rights_or_property-text = Protecting ours, or those of other customers
ground-urgent_safety = Urgent safety
ground-urgent_safety-text = An urgent danger to a person
ground-own_organisation = Own organisation
ground-own_organisation-text = The published policy of the person’s organisation, itself in good standing
disclosure-recipient = To whom
disclosure-recipient-help = An authority or an organisation, never a private person.
disclosure-document = Document
disclosure-document-help = The order, the request, the published policy: a file of at most 10 MiB. It is kept sealed, with its SHA-256.
disclosure-no-document = There is no disclosure without the document that justifies it, at most 10 MiB.
disclosure-organisation = The organisation
disclosure-organisation-help = Only for the ground “own organisation”: the number of the customer whose published policy it is.
disclosure-no-customer = That is no number of a customer.
disclosure-standing = This organisation’s policy is no ground here: the person does not belong to it, or it owes money, or its domain is not proven.
disclosure-subject = Whose data
disclosure-subject-help = A Registration ID, the number of a customer, or the address of a mailbox.
disclosure-no-subject = Nobody has this number or address.
disclosure-scope = Scope
disclosure-scope-help = Only what the document demands. Nothing else of the person opens.
disclosure-no-scope = Name at least one category: a disclosure without a scope is refused.
category-identity = Name
category-contact = Contact
category-postal = Postal address
category-billing_address = Billing address
category-payment_token = Card reference
category-invoice = Invoices
category-credential = Credentials
category-preferences = Preferences
category-organisation_link = Organisation
category-ticket = Tickets
category-mail_content = Messages
category-mail_metadata = Envelopes of messages
category-mail_trace = What became of messages
category-survey_answer = Answers to surveys
category-contest_entry = Entries in contests
category-network = Network
category-fraud_signal = Screening
category-use_record = Record of uses
disclosure-from = From
disclosure-until = Until
disclosure-period = Period
disclosure-period-all = All of it
disclosure-period-help = For what has a date, such as invoices. Empty: all of it.
disclosure-seal = Telling the person
disclosure-seal-text = The person is told at once, unless the law forbids it for a time. Then the disclosure is sealed until a review date, counted in the transparency report as one of a band, and told when the date has come.
disclosure-seal-do = The law forbids to tell the person
disclosure-review = Review date
disclosure-review-help = Within a year; the order can be renewed then.
disclosure-review-date = A sealed disclosure has a review date, after today and within a year.
disclosure-open = Open the disclosure
disclosure-opened = The disclosure is open. A second person reads the document and agrees.
form-date = This is no date.
disclosure-period-wrong = The period ends before it begins.
disclosure-waiting = Waits for a second person
disclosure-agreed = Agreed
disclosure-produced = Handed over
disclosure-refused = Refused
disclosure-sealed = Sealed
disclosure-step-1 = Opened
disclosure-step-2 = Second person
disclosure-step-3 = Handed over
disclosure-second = The second person
disclosure-second-text = Read the document. Does it demand this, from us, about this person, and no more than the scope?
disclosure-read = Read the document
disclosure-have-read = I have read the document, and the scope is no wider than it demands
disclosure-agree = Agree
disclosure-refuse = Refuse
disclosure-refuse-title = Refuse this disclosure?
disclosure-refuse-text = Nothing can be handed over under it any more. It is counted as refused in the transparency report.
disclosure-withdraw = Withdraw
disclosure-waits-text = A second privacy officer reads the document and agrees or refuses. Until then nothing opens, not for you either.
disclosure-read-first = Read the document first, and say that you did.
disclosure-narrow = Make the scope narrower
disclosure-narrow-text = An authority asks for much, and the document may give less. Untick what it does not demand; nothing can be added again.
disclosure-narrow-do = Keep what is ticked
disclosure-narrowed = The scope is narrower now.
disclosure-narrow-nothing = Something has to be left; to hand over nothing, refuse it.
disclosure-narrow-wider = That is not in the scope. What is wider is a disclosure of its own.
disclosure-agreed-done = You agreed. Who opened it can hand over the scope now.
disclosure-same-person = The second person is another one than the first.
disclosure-late = It is decided already.
disclosure-refused-done = It is refused.
disclosure-not-yours = The gate refused: this is for the other of the two people, or it is decided. The attempt is on record.
disclosure-hand-over = Hand over
disclosure-produce-text = Exactly the scope is opened and packed into an archive that only its passphrase opens. The ledger records it; the person is told, unless it is sealed.
disclosure-produce = Produce the archive
disclosure-produce-again = Produce it again
disclosure-take = Take the archive
disclosure-passphrase = Passphrase of the archive
disclosure-passphrase-text = It is shown once and stored nowhere. Hand it over by another way than the archive. Any program for ZIP files with AES-256 opens it, for example 7-Zip.
disclosure-nothing = Nothing of the scope is held about this person. There is nothing to hand over.
disclosure-package-gone = There is no archive to take, or its day is over. Produce it again.
disclosure-facts = The disclosure
disclosure-by = Opened by
disclosure-agreed-by = Agreed by
disclosure-refused-by = Refused by
disclosure-told = The person
disclosure-told-now = is told when it is handed over
disclosure-told-later = may not be told before
disclosure-told-at = was told on
disclosure-produced-on = Produced
disclosure-reveal = Tell the person now
disclosure-reveal-title = End the seal?
disclosure-reveal-text = Only when the law no longer forbids it. The entry appears in the person’s record, and they get a message.
disclosure-revealed = The person is told.
staff-address = Tickets by mail
staff-address-at = An address at { $domain } is noted.
staff-address-help = A link goes there, which proves that it is yours. The domain must sign its mail (DKIM) or name its servers (SPF), or answers from it are not taken for yours. No words of a customer are sent there.
staff-address-is-proven = Proven
staff-address-lead = Whoever names an address here is told there of tickets that they follow: when a customer writes, and when a colleague gives them one or names them. An answer to such a mail is written into the ticket.
staff-address-link-wrong = That link does not work any more, or a colleague has the address. Have another sent.
staff-address-new = Your address
staff-address-prove = It is mine
staff-address-prove-text = Press the button, and you are told of your tickets at the address to which this link was sent.
staff-address-proven = The address is proven. You are told there from now on.
staff-address-remove = Forget it
staff-address-removed = The address is forgotten.
staff-address-send = Send the link
staff-address-sent = A link is on its way. Nothing else goes there before you follow it.
staff-address-waits = Waits for the link

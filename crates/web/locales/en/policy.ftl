# The policy page and what belongs to it. The policy itself stands in the policy file and in its language.
policy-contents = Contents
policy-lead = This page is printed from the file that our servers enforce. What no rule on it allows is refused, and each promise says how it is known to be kept.
policy-version-name = Version
policy-from = In force since
policy-looked-at = Last checked
policy-number = Policy number
policy-language = The words of the policy stand in the language in which it is in force, English. Everything around them is in yours.
policy-former = This policy is not in force any more
policy-former-text = It stands here because receipts and records that carry its number were made under it.
policy-coming = This policy is not in force yet
policy-coming-text = It is in force from { $date }. Everybody it concerns was told.
policy-change = This policy changes
policy-change-text = From { $date } another one is in force. It is on our site already, with everything that becomes wider and everything that becomes narrower.
policy-change-see = See what changes
policy-link = Link to { $id }
minute-title = In one minute
minute-promise = Promise { $id }
minute-sold = Nothing is sold
minute-sold-text = { $n ->
    [one] There is no purpose “sell”. One company works for us, and it is named below.
   *[other] There is no purpose “sell”. { $n } companies work for us, and all are named below.
}
minute-purposes = A closed list of reasons
minute-purposes-text = Your data is used for { $n } reasons. Any other does not even compile.
minute-staff = Staff see nothing by default
minute-staff-text = They need a fact that you brought about, and you read each look in your record. Nobody reads your mail.
minute-country = It stays in one country
minute-country-text = Stored in: { $country }. The program does not start with a store elsewhere.
minute-erased = Erased means gone
minute-erased-text = Your own key is destroyed; after { $days } days no backup of it is left.
minute-choice = You choose what we send
minute-choice-text = Bills and outages always reach you. Anything else asks your choice first, each time.
minute-card = No card numbers
minute-card-text = You type it on the processor's page. We hold a reference that serves to bill, and nothing else.
minute-grounds = Four grounds to disclose
minute-grounds-text = Only on { $n } grounds, with a document and two people, and you are told.
marks-title = How each promise is known
marks-text = Next to each promise stands what the last self-check found. It looks each hour from inside and each day from outside, and a promise that does not hold says so here, for everybody to read.
mark-PROVEN = Proven
mark-HELD = Held
mark-EVIDENCED = On record
mark-ATTESTED = Attested
mark-UNPROBED = Not checked yet
mark-BROKEN = Broken
mark-PROVEN-text = every case in the table was tried, not a sample
mark-HELD-text = what the promise excludes was tried on the running system, and was refused
mark-EVIDENCED-text = a fresh record shows it
mark-ATTESTED-text = a named person says so, until a date
mark-UNPROBED-text = nothing was found out yet
mark-BROKEN-text = it does not hold at the moment; whoever has to mend it was told
policy-how = How we know
how-static = Shown by trying every combination of reason, data, person and act against the table.
how-probe = Tried on the running system with a person who exists for the check alone.
how-evidence = Shown by a record that has to be fresh.
how-attested = Said by a named person, for a year at most.
known-proven = Every case was looked at: none is against the promise.
known-held = The probe held on { $at }.
known-evidenced = A record of { $at } shows it.
known-attested = { $who } attests it until { $until }.
known-broken = The last check found that it does not hold. We are on it.
known-since = It stands so since { $at }.
known-nothing = The first self-check has not come to it yet.
known-missing-static = The table was not looked at yet.
known-missing-probe = No probe has run yet.
known-missing-evidence = There is no record yet.
known-missing-attested = Nobody has attested it yet.
policy-rests = It rests on
policy-check = The check is called
policy-code = the part of the program
policy-measures = The measures
policy-measures-text = Tested each time the program starts, and every hour; one that falls short breaks promise
policy-purposes = What data is used for
policy-purposes-text = { $n ->
    [one] One reason. The list is closed: what is not on it does not happen.
   *[other] { $n } reasons. The list is closed: what is not on it does not happen.
}
policy-purpose = Reason
policy-supporting = supporting
policy-meaning = What it means
policy-arises = Arises from
policy-matrix = Which data for which reason
policy-matrix-table = Table of data and reasons
policy-matrix-text = Each row is a kind of data, each column a reason. An empty field means that nobody may use this for that, whoever asks.
policy-lane-you = you
policy-lane-you-text = only you yourself, signed in
policy-lane-program = program
policy-lane-program-text = a task of the program, when a fact calls for it
policy-lane-staff = staff
policy-lane-staff-text = a person who works here, when a fact justifies it
policy-lane-never = never
policy-lane-never-text = excluded for good, whatever a rule says
policy-lane-no = not used
policy-category = Kind of data
policy-who = Who sees what
policy-who-text = For each person who works here: what they can open, and the fact without which the program refuses. A reason that somebody types is no fact.
policy-who-else = What you can do yourself, and what the program does
policy-sees-nothing = Sees nothing of yours.
policy-for = for
policy-with = only with
policy-or = or
policy-and = and
policy-told = You are told at once.
policy-may = may
policy-never = What is never done
policy-never-text = These lines win over every rule, also over rules that are written later.
policy-retention = How long it is kept
policy-retention-text = Then it goes by itself. What is erased could be restored from a backup of the keys for at most { $days } days; after that by nobody.
policy-kept = Kept
policy-goes = How it goes
policy-erase-destroy_key = your key is destroyed, and nothing can read it
policy-erase-end_of_term = kept apart under a second key until the legal term ends
policy-where = Where
policy-anywhere = anywhere
policy-recipients = Whom it reaches
policy-recipients-text = The whole list. A connection to anybody else is refused.
policy-recipient = Who
policy-receives = Receives
policy-messages = What we write to you
policy-class = Kind
policy-channels = By
policy-channel-email = e-mail
policy-channel-post = post
policy-channel-telephone = telephone
policy-choice = Your choice
policy-topics = What you can choose, topic by topic and channel by channel:
policy-topic = Topic
policy-often = How often
policy-notes = Said openly
policy-notes-text = Where promises pull against each other, or where a promise ends. You would find these out sooner or later; better here.
policy-more = For those who check
policy-versions = Every version
policy-versions-link = what was in force and when, and what changed
policy-versions-text = Every policy that was ever in force, and those that are announced. Receipts and records carry the number of the one under which they were made.
policy-versions-none = Nothing is on record yet
policy-versions-none-text = The first version is recorded when the servers start.
policy-versions-coming = To come
policy-transparency = Transparency report
policy-transparency-link = what was disclosed and opened, in counts
policy-head = Head of the record
policy-head-link = the signed head of the record of uses, the same that stands on invoices
policy-json-link = this page for programs, with W3C Data Privacy Vocabulary terms
policy-md-link = this page as plain text, to compare and to keep
policy-rules = All rules, as the program reads them
policy-rule = Rule
policy-rule-who = Who
policy-rule-what = May
policy-rule-facts = Only with
policy-announced = Announced
policy-announced-text = { $n ->
    [one] In force from { $date }. One person was told.
   *[other] In force from { $date }. { $n } persons were told.
}
policy-read = Read it
policy-changes = What changes
policy-changes-see = { $wider ->
    [0] { $narrower ->
        [0] Changes: words only
       *[other] Changes: nothing wider, { $narrower } narrower
    }
   *[other] Changes: { $wider } wider, { $narrower } narrower
}
policy-in-force = In force
policy-since = From { $date }
policy-until = until { $date }
policy-changes-title = What changes with { $version }
policy-changes-text = The decision tables of the two are compared, not their texts: what may be done by whom, what is kept how long, who receives what.
policy-changes-between = From version { $before } to version { $after }, in force from { $date }.
policy-changes-first = This is the first
policy-changes-first-text = There is none before it to compare with.
policy-notice-given = Everybody was told on { $date }.
policy-widened = { $n ->
    [0] Nothing becomes wider
    [one] One thing becomes wider
   *[other] { $n } things become wider
}
policy-widened-text = Wider means: more is allowed, kept longer, reaches somebody new, or leaves you less choice. It needs notice first, and where you were asked, it asks again.
policy-narrowed = { $n ->
    [0] Nothing becomes narrower
    [one] One thing becomes narrower
   *[other] { $n } things become narrower
}
policy-reworded = { $n ->
    [one] One thing has other words
   *[other] { $n } things have other words
}
policy-needs-notice = Needs notice first
policy-needs-consent = Asks you again
policy-role-person = You, signed in
policy-role-mailbox = The user of a mailbox
policy-role-system = The program itself
policy-role-support = Support
policy-role-billing = Billing
policy-role-fraud_reviewer = Reviewer of held orders
policy-role-abuse_desk = Abuse desk
policy-role-privacy_officer = Privacy officer
policy-role-writer = Writer
policy-role-operator = Operator
policy-act-collect = ask for
policy-act-read = read
policy-act-change = change
policy-act-send = send
policy-act-export = take out
policy-act-disclose = disclose
policy-act-erase = erase
policy-fact-own_session = your own session
policy-fact-managed_mailbox = a mailbox of a domain that you administer
policy-fact-own_mailbox = the mailbox signed in itself
policy-fact-sign_in = an attempt to sign in
policy-fact-order_placed = an order of yours that is not decided
policy-fact-order_in_review = an order of yours that waits for a person
policy-fact-order_screened = an order of yours that was screened
policy-fact-due_invoice = an invoice of yours that is due
policy-fact-service_ordered = a service that you have
policy-fact-outbound_message = a message to you that passed the message gate
policy-fact-queued_message = a message of yours on its way out
policy-fact-open_case = a request about your data that you made and that is open
policy-fact-open_ticket = a ticket that you opened and that is open
policy-fact-ground = a recorded ground
policy-fact-second_person = a second person who agreed
policy-fact-consent = your yes, in force
policy-fact-fresh_permission = your permission for this one order
policy-fact-standing_permission = your standing permission
policy-fact-break_glass = a case opened with a written reason, for an hour
policy-fact-request = a request of yours that was verified
policy-fact-term_ended = the end of the term
policy-fact-second_look = a colleague's case that nobody has looked at
policy-fact-site_consent = what you agreed to pass to a site, while you are signed in to it
policy-fact-list_joined = a list that somebody elsewhere joined
policy-fact-survey_answered = an answer that you gave to a survey with your name
console-nav-promises = Promises
promises-lead = How each promise of the privacy policy stands: what the self-checks found, what is missing, and how it was before.
promises-none = No self-check has run yet
promises-none-text = The first one runs when the servers start. “mailkeep policy check” looks now.
promises-broken = { $n ->
    [one] One promise does not hold
   *[other] { $n } promises do not hold
}
promises-broken-text = Visitors read it on the policy page. Each is listed below with what breaks it and what mends it; after that, “mailkeep policy check” looks again at once.
promises-sound = Every promise that is given holds
promises-sound-text = As of { $at }.
promises-title = All promises
promises-awaits = Waits for { $what }
promises-planned = Planned
promises-history = How it was before
promises-promise = Promise
promises-mark = Mark
promises-seen = Last seen
promises-why = Why
promises-alert = { $n ->
    [one] A promise of the privacy policy does not hold.
   *[other] { $n } promises of the privacy policy do not hold.
}
promises-alert-see = See which

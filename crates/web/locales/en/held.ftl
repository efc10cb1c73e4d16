# Held mail: the abuse desk, and what owners are told of it.
console-nav-held = Held mail
figure-held = Held messages
waits-held = { $n ->
    [0] The outbound guard holds nothing.
    [one] One message waits until somebody has decided on it.
   *[other] { $n } messages wait until somebody has decided on them.
  }
waits-held-do = Decide on held mail
queue-held = Held
held-desk-lead = Mail that the outbound guard holds, by customer and cause. Nobody’s words or addresses are shown. What nobody decides on goes back to its sender after 48 hours.
held-none = Nothing is held
held-none-text = What the guard takes for a campaign appears here by itself.
held-none-of-customer = Nothing of this customer is held
held-of-customer = Held mail of a customer
held-customer-lead = A mailbox is named by the end of its number. To look at the customer, search for the number in the address of this page.
held-pick = Choose
held-pick-cluster = Choose the messages of { $customer }
held-pick-message = Choose a message of the mailbox { $mailbox }
held-why = Why
held-messages = Messages
held-mailbox = Mailbox
held-size = Size
held-back-at = Goes back
held-n = { $n ->
    [one] One message
   *[other] { $n } messages
  }
held-mailboxes-n = { $n ->
    [one] one mailbox
   *[other] { $n } mailboxes
  }
held-confirmed-n = { $n ->
    [one] The owner said of one that it is theirs.
   *[other] The owners said of { $n } that they are theirs.
  }
held-confirmed = The owner said that it is theirs:
held-score = Likelihood by its words that it is unwanted: { $n } %
held-code-campaign = Campaign
held-code-wave = Wave
held-code-sign-in = New place
held-code-returns = Dead addresses
held-code-complaints = Complaints
held-reason-campaign = Much the same text went to { $value } people never written to before; from { $limit } on it waits.
held-reason-wave = Much the same text came from several customers to { $value } people never written to before; from { $limit } on it waits.
held-reason-sign-in = The mailbox was used from a new place and wrote to several people to whom it never wrote before.
held-reason-returns = { $value } addresses that the mailbox wrote to do not exist; from { $limit } on it waits.
held-reason-complaints = Too many of those who got mail of the customer in the last week take it for unwanted.
held-reason-other = It waits until somebody has looked at it.
held-ticked = With those chosen
held-release = Release
held-except = Release, and trust the mailbox
held-trust = Release, and trust the customer
held-drop = Drop
held-drop-title = Drop what is chosen?
held-drop-text = It is gone for good, and cannot be brought back. Each sender is told why.
held-drop-yes = Drop it
held-none-ticked = Choose what it is about first.
held-no-reason = Give a reason from the list.
held-released = { $n ->
    [0] Nothing was released: somebody had decided before.
    [one] One message goes out now.
   *[other] { $n } messages go out now.
  }
held-dropped = { $n ->
    [0] Nothing was dropped: somebody had decided before.
    [one] One message is gone, and its sender is told.
   *[other] { $n } messages are gone, and their senders are told.
  }
held-cause-consented = The recipients asked for it
held-cause-business = It is what the business writes
held-cause-mistaken = It is harmless
held-cause-spam = Unwanted advertising
held-cause-stolen = The mailbox is stolen
held-cause-owner = The owner said so
held-cause-time = The time was over
held-cause-other = Another reason
held-trust-title = Trust
held-tier-0 = New: limits count over all mailboxes together.
held-tier-1 = Known by the days that were paid for.
held-tier-2 = Trusted by the weeks that were paid for.
held-tier-3 = Trusted by staff: no limits but those of the class of service, and campaigns are not held.
held-tier-none = Nothing was sent yet.
held-exception = Campaigns of the mailbox { $mailbox } go out until
held-trust-customer = Trust the customer
held-untrust = Take the trust back
held-trusted = The customer is trusted by staff now.
held-untrusted = The customer is trusted by what they paid for alone now.
held-decided = What was decided
held-decided-none = Nothing was decided on this customer yet.
held-done = Done
held-by = By
held-when = When
held-act-release = Released
held-act-drop = Dropped
held-act-confirm = Released by the owner
held-act-know = Confirmed by the owner
held-act-withdraw = Taken back by the owner
held-act-expire = Gone back to its sender
held-act-trust = Trusted
held-act-untrust = Trust taken back
held-act-except = Mailbox trusted for some time
held-key-down = Next row
held-key-up = Row before
held-own-title = Messages that wait
held-own-lead = We hold these messages of yours because much the same text goes to many people to whom this mailbox never wrote before. That is how stolen mailboxes are told. Tell us whether they are yours.
held-own-none = All your messages are on their way.
held-own-waits = { $n ->
    [one] One message of yours waits and was not sent yet.
   *[other] { $n } messages of yours wait and were not sent yet.
  }
held-own-see = See why
held-own-confirm = Yes, they are mine
held-own-withdraw = Take back those chosen
held-own-said = you said that it is yours
held-own-not-yours = If you did not write them, somebody else has a password of yours: change it, and withdraw the passwords of your devices in the Customer Center. What nobody decides on comes back to you after 48 hours.
held-own-decided = Somebody had decided on them before.
held-own-gone = Thank you. They go out now.
held-own-known = Thank you. Those that wait on are looked at by our abuse desk, which sees what you said.
held-own-back = { $n ->
    [one] The message is taken back, and you get it with a report.
   *[other] { $n } messages are taken back, and you get them with reports.
  }
strange-title = Was that you?
strange-text = This mailbox was used from a place that is new for it, and wrote to several people to whom it never wrote before. All mail that it sends waits until you answer; receiving and reading go on.
strange-since = It began on
strange-sign-new-place = It was not used from that network in the last 90 days.
strange-sign-guessed = Wrong passwords came from there before the right one.
strange-sign-new-password = It got a new app password within a day.
strange-not-from-here = You use the mailbox from a place that is new for it yourself, so we cannot take your word from here. Whoever looks after the mailbox says it in the Customer Center; or you say it from where you used the mailbox before.
strange-known = Yes, that was me
strange-stolen = No, lock the mailbox
strange-help = If it was you, what waits for this goes out, and we know the place from now on. If it was not, nothing of what waits goes out, everybody is signed out, and all passwords of the mailbox end; mail goes on arriving, and new passwords are made in the Customer Center.
strange-known-done = Thank you. What waited for this goes out now, and the place is known.
strange-stolen-done = Nobody is signed in to the mailbox any more, its passwords have ended, and nothing of what waited goes out. Make new passwords in the Customer Center.
strange-waits = The mail of one of your mailboxes waits, because the mailbox was used from a new place and wrote to several people to whom it never wrote before.
strange-answer = Answer

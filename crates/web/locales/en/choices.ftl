# What people choose to hear of. Each topic of the policy file: its name, what it brings, how often.
topic-newsletter = Newsletter
topic-newsletter-brings = What is new with us, in one letter.
topic-newsletter-often = Once a month.
topic-blog = Blog
topic-blog-brings = New articles: how mail works, how we run it.
topic-blog-often = When one appears, a few in a month.
topic-status = State of the service
topic-status-brings = Incidents and maintenance everywhere, also where they do not concern you.
topic-status-often = When something happens.
topic-status_receiving = State: receiving mail
topic-status_receiving-brings = Incidents and maintenance of this part alone.
topic-status_receiving-often = When something happens.
topic-status_sending = State: sending mail
topic-status_sending-brings = Incidents and maintenance of this part alone.
topic-status_sending-often = When something happens.
topic-status_mailboxes = State: mailboxes
topic-status_mailboxes-brings = Incidents and maintenance of this part alone.
topic-status_mailboxes-often = When something happens.
topic-status_webmail = State: webmail
topic-status_webmail-brings = Incidents and maintenance of this part alone.
topic-status_webmail-often = When something happens.
topic-status_customer_center = State: Customer Center
topic-status_customer_center-brings = Incidents and maintenance of this part alone.
topic-status_customer_center-often = When something happens.
topic-product_updates = Product updates
topic-product_updates-brings = Changes and new abilities of the services you have.
topic-product_updates-often = A few times a year.
topic-new_services = New services
topic-new_services-brings = Services that we begin to offer.
topic-new_services-often = A few times a year.
topic-special_offers = Special offers
topic-special_offers-brings = A better price for a time.
topic-special_offers-often = At most once a month.
topic-events_and_contests = Events and contests
topic-events_and_contests-brings = Events to come to, and contests.
topic-events_and_contests-often = A few times a year.
topic-feedback = How we did
topic-feedback-brings = A short question about how we did.
topic-feedback-often = At most once in 90 days.
topic-subscribed = What you subscribed to
topic-news = News of the service
topic-marketing = All offers
topic-all = Everything

topic-class-subscribed = Subscribed
topic-class-news = News
topic-class-marketing = Offer
topic-class-feedback = Question

channel-email = E-mail
channel-post = Post
channel-telephone = Telephone
choices-by-email = by e-mail
choices-by-post = by post
choices-by-telephone = by telephone

center-nav-choices = What I hear of
nav-subscribe = Newsletter
choices-title = What I hear of
choices-lead = Tick what you want, by the way you want it. A change counts at once, before the next message.
choices-stop = Stop all offers, on every channel
choices-stop-text = One click, and no offer reaches you by e-mail, by post or by telephone. You can take it back for an hour.
choices-stop-button = Stop all offers
choices-stop-quiet = No offer reaches you
choices-stop-quiet-text = Not by e-mail, not by post, not by telephone, unless you tick one below.
choices-matrix = Topic by topic
choices-topic = Topic
choices-class-subscribed = Subscriptions
choices-class-subscribed-text = come when you ask for them
choices-class-news = News of your services
choices-class-news-text = come when you ask for them
choices-class-marketing = Offers
choices-class-marketing-text = come when you ask for them
choices-class-feedback = Our questions
choices-class-feedback-text = come until you say no
choices-always = Messages about your bills, your security and outages that concern you always reach you.
choices-save = Save my choices
choices-saved = { $n ->
    [0] Nothing was changed: it is as it was.
    [one] Saved: one choice changed. It counts from now on.
   *[other] Saved: { $n } choices changed. They count from now on.
  }
choices-stopped = No more offers, on any channel. It counts from now on.
choices-undo = Undo
choices-undo-text = You stopped something a moment ago. If that was a slip, take it back.
choices-undone = { $n ->
    [0] There was nothing to bring back.
    [one] One topic comes again.
   *[other] { $n } topics come again.
  }
choices-gpc = Global Privacy Control
choices-gpc-now = Your browser asks not to be marketed to. We take that as a no to offers on every channel, and keep it as a receipt.
choices-gpc-since = Your browser asks not to be marketed to. Since { $date } we take that as a no to offers on every channel. What you tick here yourself still counts.
choices-note = What each kind of message may be is part of the <policy>privacy policy</policy>.
receipts-title = Receipts
receipts-none = No receipts yet
receipts-none-text = Each choice you make is kept here, with what was shown and the policy in force.
receipts-older = { $n ->
    [one] One older receipt
   *[other] { $n } older receipts
  }
receipt-yes = Yes to { $topic }, { $channel }
receipt-no = No to { $topic }, { $channel }
receipt-policy = policy
receipt-policy-older = (an older one)
receipt-from-page = on this page
receipt-from-click = by the link under a message
receipt-from-stop = by one click
receipt-from-undo = undone
receipt-from-confirmation = by the link that confirms
receipt-from-gpc = by your browser’s signal

one-click-title = { $topic }: no more of it?
one-click-lead = One click, and it stops at once. You need not sign in.
one-click-button = Stop these messages
one-click-done = It has stopped
one-click-done-text = { $topic } will not come any more. It counts from now on.
one-click-undone = It comes again
one-click-undone-text = { $topic } comes as before.
one-click-offers = Stop all offers, by e-mail, post and telephone
one-click-others = What else comes to you
one-click-keep = Keep what is ticked
one-click-keep-help = The rest stops at once. To hear of more, subscribe on our site or choose it in the Customer Center.
one-click-kept = Your choice counts
one-click-kept-text = What you did not keep does not come any more.
one-click-foot = Messages about bills, security and outages always reach you. All your choices are in the <center>Customer Center</center>.
one-click-unclear = It is not clear what you want to stop. Open the link again and press its button.

subscribe-title = Hear from us
subscribe-lead = Without an account. Choose, confirm your address, and leave with one click whenever you like.
subscribe-topics = What do you want to hear of?
subscribe-topics-none = Choose at least one.
subscribe-gpc = Your browser asks not to be marketed to (Global Privacy Control), so we propose no offers.
subscribe-email = Your e-mail address
subscribe-email-help = We use it for this alone.
subscribe-button = Send me the link that confirms
subscribe-foot = You have an account? Choose <sign_in>there</sign_in>. What we promise stands in the <policy>privacy policy</policy>.
subscribe-sent-title = Look into your mailbox
subscribe-sent-text = We have sent you a link. Nothing comes before you follow it and confirm.
subscribe-confirm = One more click
subscribe-confirm-lead = Confirm that you want to hear from us at this address.
subscribe-confirm-button = Yes, I want it
subscribe-done-title = You are subscribed
subscribe-done-text = From now on what you chose comes to you. Each message has a link with which it ends.
subscribe-bad-text = The link is not valid any more. Ask for a new one.

# Messages to people. Each template has a subject, which is its headline, and a text; paragraphs are parted by blank lines.
mail-foot = Questions? Answer this message or write to { $email }.
mail-why-account = You get this message because it concerns your account or your service; such messages are always sent.
mail-why-chosen = You get this message because of your choice about “{ $topic }”.
mail-page = Read it on our site
mail-stop = Stop these messages with one click
mail-choices = All your choices
mail-fact-step_until = Until
mail-fact-order_number = Order
mail-fact-invoice_number = Invoice
mail-fact-total = Total
mail-fact-amount = Amount
mail-fact-due_on = Due
mail-fact-domain = Domain
mail-fact-domains = Domains
mail-fact-list = List
mail-fact-address = Mailbox
mail-fact-add_on = Besides
mail-fact-plan = Plan
mail-fact-old_price = Price until then
mail-fact-new_price = New price
mail-fact-effective_on = From
mail-fact-ends_on = Ends
mail-fact-expires_on = Can be charged until
mail-fact-mailboxes_before = Mailboxes until now
mail-fact-mailboxes_counted = Mailboxes counted
mail-fact-amount_before_tax = Amount before tax
mail-fact-invoice_on = Invoice on
mail-fact-delete_on = Mail is deleted on
mail-fact-cure_until = Can be cured until
mail-fact-fetch_until = Can be fetched until
mail-fact-restore_until = Can be restored until
mail-fact-from = In force from
mail-fact-promises = Promises
mail-fact-registration_id = Registration ID
mail-fact-parts = Parts of the service
mail-fact-starts_at = Begins
mail-fact-planned_until = Planned until
mail-fact-ended_at = Over since
mail-fact-used_because = Because
mail-fact-used_by = Who
mail-fact-used_fields = Fields
mail-fact-used_for = For what

mail-identity-confirm_email = Please confirm your e-mail address
    .text = Somebody, hopefully you, made an account with this address. Press the button to confirm that it is yours.

        If it was not you, do nothing: without a confirmation nothing happens.
    .button = Confirm the address
mail-identity-email_taken = You have an account already
    .text = Somebody, hopefully you, tried to make an account with this address. There is one already, so nothing was made.

        If you have forgotten the password, you can set a new one.
    .button = Set a new password
mail-identity-email_changed = Your e-mail address was changed
    .text = The address of your account is now another one. If this was not you, write to us at once.
mail-identity-confirm_new_email = Please confirm your new e-mail address
    .text = Press the button, and this address takes the place of the old one.
    .button = Confirm the address
mail-identity-reset_password = Set a new password
    .text = Somebody, hopefully you, asked for a new password. The link works for one hour and once.

        If it was not you, do nothing: your password stays as it is.
    .button = Set a new password
mail-identity-password_changed = Your password was changed
    .text = The password of your account was changed, and all other sessions have ended. If this was not you, write to us at once.
mail-identity-second_factor_changed = Your second factor was changed
    .text = The second factor of your account was turned on or off, or its recovery codes were made anew. If this was not you, write to us at once.
mail-identity-contact_invitation = You are invited
    .text = A customer of ours wants you as a contact. Press the button to accept; you make an account of your own on the way.
    .button = See the invitation
mail-identity-staff_address = Tickets by mail: is this your address?
    .text = Somebody of staff, hopefully you, named this address to be told of tickets. Press the button while you are signed in to the console, and it is yours.

        If it was not you, do nothing: nothing else is sent here.
    .button = It is mine
mail-identity-staff_enrolment = Your staff account
    .text = An account for the staff console was made for you. Press the button to choose a password and set up your second factor. The link works once.
    .button = Set up the account
mail-identity-data_used = Somebody used your data
    .text = One of us opened something of yours. Below stands who, for what, and which fact justified it. The entry in your record has the proof.
    .button = See the entry
mail-identity-export_ready = Your copy is ready
    .text = The copy of your data that you asked for can be fetched in the Customer Center for { $hours } hours. Then it is removed.

        If you did not ask for it, change your password at once and write to us.
    .button = Fetch the copy
mail-identity-erasure_planned = Your data will be erased
    .text = You asked us to erase what we hold about you. { $hours ->
            [0] It begins now.
           *[other] It begins in { $hours } hours; until then you can undo it.
         }

        Keep this message: the link leads to the certificate afterwards, which can be fetched once. This address is erased too, so there is no later message.

        If it was not you, undo it and change your password at once.
    .button = See or undo it
mail-identity-request_answered = There is an answer to your objection
    .text = We have decided about your objection. The answer stands in the Customer Center.
    .button = Read the answer
mail-policy-changed = Our privacy policy changes
    .text = From the day named below another privacy policy is in force. It allows something that the present one does not; what that is, line by line, stands on our site, beside what becomes narrower. If you do not agree, you can cancel before that day as on any other.
    .button = See what changes
mail-policy-promise_broken = A promise of the privacy policy does not hold
    .text = The self-check found that what stands on the policy page is not so at the moment. Visitors see the mark too. The console says which promise it is, why, and what mends it.
    .button = See the promises
mail-commerce-order_received = We have your order
    .text = Thank you. We have your order and check it now. Nothing is charged before it is accepted; you hear from us either way.
    .button = See the order
mail-commerce-order_in_review = A person is looking at your order
    .text = Some first orders are looked at by one of us, usually within a working day. Nothing has been charged.

        If we need something from you, just answer this message.
    .button = See the order
mail-commerce-order_question = A question about your order
    .text = Before we can go on with your order, one of us asks:

        { $question }

        Please answer on the page of the order. Nothing has been charged.
    .button = Answer
mail-commerce-order_accepted = Your order is accepted
    .text = The payment was taken and your service is being made ready. Next, prove your domain and make your first mailbox.
    .button = Set up your mail
mail-commerce-order_refused = We could not accept your order
    .text = Nothing was charged, and the authorisation of your card was given back.

        If you think that we are wrong, answer this message. A person will look again.
    .button = See the order
mail-commerce-billing_preview = Your next invoice will change
    .text = We counted the mailboxes for your next invoice, and something changed since the last one. Below stands what it comes to if nothing changes again before the final count. There is nothing to do if it is as you want it.
    .button = See your services
mail-commerce-plan_changed = Your plan changes
    .text = As you asked, your subscription changes on the day below. If it was not you, write to us at once.
    .button = See your services
mail-commerce-add_on_added = Your service has more
    .text = As you asked, your mailboxes have what stands below from the day below on. If it was not you, write to us at once.
    .button = See your services
mail-commerce-add_on_removed = Something ends that you had besides
    .text = As you asked, what stands below ends with the term that is paid for. Until then your mailboxes have it as before, and you can take it back yourself. If it was not you, write to us at once.
    .button = See your services
mail-commerce-invoice_issued = Your invoice { $invoice_number }
    .text = A new invoice is in the Customer Center, as a page and as a PDF.
    .button = See the invoice
mail-commerce-payment_failed = The payment did not go through
    .text = Your bank did not agree to the payment. Nothing was charged. Please try again, perhaps with another card.
    .button = See what is open
mail-commerce-payment_received = Thank you for your payment
    .text = We have received it. The invoice is in the Customer Center.
    .button = See the invoice
mail-commerce-refund_paid = We have given money back
    .text = The amount below goes back to the card that paid. Banks take a few days until it shows.
    .button = See the invoice
mail-commerce-card_expiring = A card that you keep with us ends soon
    .text = The card that pays for the services below can be charged until the day below. Add another one before it, so that your services renew by themselves.
    .button = See payment methods
mail-commerce-credit_granted = We have put credit on your account
    .text = The amount below pays your next invoice before a card is charged. You need not do anything.
    .button = See the credit
mail-commerce-credit_taken_back = Credit was taken back from your account
    .text = We took back the amount below, which had been given. The reason stands beside it on your account.
    .button = See the credit
mail-commerce-cover_granted = Your case of a misused card is covered
    .text = We bear what your bank left to you: the amount below is credit on your account. It pays your next invoice first.
    .button = See the case
mail-commerce-cover_refused = Your case of a misused card was decided
    .text = We looked at it and do not cover it. The reason stands beside the case; write to us if you see it differently.
    .button = See the case
mail-commerce-dispute_opened = A payment is disputed at your bank
    .text = Your bank told us that a payment of invoice { $invoice_number } is disputed. While it looks at it you get no reminders for this invoice, and nothing changes for your service. If the payment was right, tell your bank so; that is the quickest way.
    .button = See the invoice
mail-commerce-dispute_won = The dispute is settled
    .text = Your bank decided that the payment of invoice { $invoice_number } was right. There is nothing to do.
    .button = See the invoice
mail-commerce-dispute_lost = Invoice { $invoice_number } is open again
    .text = Your bank decided against the payment of this invoice, and so the amount below is open again. Please pay it in another way, or write to us if you think that this is wrong.
    .button = Pay the invoice
mail-commerce-invoice_overdue = Invoice { $invoice_number } is overdue
    .text = This invoice is past its date. Please pay it, so that sending is not paused. Mail is received and can be read in any case.
    .button = See the invoice
mail-commerce-service_ready = Your service is ready
    .text = Now prove your domain and make your first mailbox. Each step is shown in the Customer Center.
    .button = Set up your mail
mail-commerce-service_cancelled = Your service will end
    .text = As you asked, the service ends on the day below. Until then you can change your mind with one press. Please move your mail away before.
    .button = See the service
mail-commerce-service_paused = Your service is paused
    .text = Your subscription has ended. Mail is neither received nor read any more. It is kept until the day below and then deleted.

        If you want to go on after all, write to us: we can take it up again.
    .button = See your services
mail-commerce-service_deleted = The mail of your service is deleted
    .text = The time after the end of your subscription is over, and the mail was taken away. Until the day below we can still restore it, if you write to us. After it nobody can.
    .button = See your services
mail-commerce-hand_over_warned = Your services will be ended, unless this is cured
    .text = What was agreed with us is not kept. This is the reason:

        { $reason }

        Please cure it by the day below and write to us. If it is cured, nothing happens. If not, we end your services after that day, and hand over everything that we hold for you.
    .button = See what this means
mail-commerce-hand_over_cured = The warning is taken back
    .text = What we warned you of is cured. Your services go on as before, and there is nothing to do.
    .button = Open the Customer Center
mail-commerce-hand_over_ended = Your services end, and you get everything
    .text = The days to cure what we warned you of are over, and so your services end when today is over. We now write everything that we hold for you into files: all mail of all mailboxes, and your records. You get them by the day below, also if invoices are open.
    .button = See how far it is
mail-commerce-hand_over_ready = Everything we hold for you is ready
    .text = All mail of all mailboxes and your records are in files that you can fetch until the day below. After it they are removed. Other providers and mail programs read them.
    .button = Fetch the files
mail-commerce-price_change = The price of { $plan } changes
    .text = The price for one period, before tax, changes from { $old_price } to { $new_price }. What you have paid for already stays as it is; the first period at the new price begins on the day below. If you do not agree, you can cancel until then in the Customer Center.
    .button = See your services
mail-commerce-terms_changed = Our terms change
    .text = We have written a new version of our terms. It holds from the day below for what you have with us. The page shows it in full, with the version that holds until then. If you do not agree, you can cancel before that day in the Customer Center.
    .button = Read the terms
mail-mailbox-domain_proven = Your domain is proven
    .text = You can now make mailboxes on it. Publish the mail records, if you have not yet, so that mail comes to us and is trusted elsewhere.
    .button = See the records
mail-mailbox-domain_problem = Something is wrong with your domain’s records
    .text = A record that your mail depends on is missing or differs. The page says which, and how to mend it.
    .button = See the records
mail-mailbox-mailbox_ready = Your mailbox is ready
    .text = Make a password for each device in the Customer Center, and set the device up in a minute.
    .button = Set up a device
mail-mailbox-quota_warning = A mailbox is nearly full
    .text = When it is full, new mail is returned to its senders. Delete something, or raise the quota.
    .button = See the mailbox
mail-mailbox-list_invitation = Do you want mail from { $list }?
    .text = Somebody at { $domain } wants to write to you by the mailing list { $list } and asks whether you want that. Their mail service sends you this question for them.

        If you join, you get what is written to the list until you leave, which takes one click in any of its messages. If you do nothing, nothing comes: you are asked at most once more. The link also lets you say that you do not want to be asked again.
    .button = Answer
    .why = You get this message because somebody entered your address for this list.
mail-mailbox-mail_held = Mail of yours waits and was not sent yet
    .text = Much the same text went from a mailbox of yours to many people to whom it never wrote before. That is how stolen mailboxes are told, so we hold it until somebody has looked at it.

        If it is yours, say so in the webmail of that mailbox. If nobody of you wrote it, change the password there. What nobody decides on goes back to its sender after 48 hours.
    .button = See what waits
mail-mailbox-strange_sign_in = Was it you who signed in to your mailbox?
    .text = A mailbox of yours was used from a place that is new for it, and wrote to several people to whom it never wrote before. That is how stolen mailboxes are told, so all mail that it sends waits; receiving and reading go on.

        Say on the page whether it was one of you: then what waits goes out. If it was not, lock the mailbox there with one press. What nobody decides on goes back to its sender after 48 hours.
    .button = Answer
mail-mailbox-dead_addresses = Many addresses that you wrote to do not exist
    .text = { $addresses } addresses that a mailbox of yours wrote to do not exist. Lists that were bought or are old look like this, and so do stolen mailboxes, and other servers soon take all your mail for unwanted. So what the mailbox sends waits for a day after the last of them, until somebody has looked at it; receiving and reading go on.

        Take the addresses that came back out of your list. If nobody of you wrote these messages, change the password of the mailbox. What nobody decides on goes back to its sender after 48 hours.
    .button = See what waits
mail-mailbox-recipients_complain = Some of those you write to take your mail for unwanted
    .text = In the last seven days several of those who got mail from you moved it to Junk, or their servers took it for spam. { $level ->
        [hold] It is so many that what you send waits until somebody has looked at it. What nobody decides on goes back to its sender after 48 hours.
        [demote] It is so many that you can write to fewer new people a day until it is less.
       *[warn] Nothing is limited so far. If it becomes more, you can write to fewer people, and then your mail waits.
    }

        Write only to those who asked for it, and make it easy to leave your lists. We do not tell you who complained.
    .button = See what waits
mail-mailbox-sending_limited = You can send less for some time
    .text = { $about ->
        [mailbox] A mailbox of yours
       *[customer] All your mailboxes together
    } can write to as many people a day as a new customer, because { $cause ->
         [spam] mail to many people who did not ask for it went out
         [stolen] somebody else sent mail from it
         [complaints] too many of those who got mail take it for unwanted
         [returns] many addresses that were written to do not exist
         [fraud] mail went out that pretends to come from somebody else
         [malware] mail with harmful programs went out
         [asked] you asked for it
        *[other] our abuse desk decided so; it tells you why when you write to us
    }. Receiving and reading go on as before.

        It ends by itself at the time below. { $cause ->
        [stolen] Make new passwords for the mailbox, and look at the computers from which it is used: whatever told the password may still be there.
       *[other] Write only to those who asked for it. If you think that this is a mistake, write to us.
    }
    .button = See where you stand
mail-mailbox-sending_locked = Nothing can be sent for now
    .text = { $about ->
        [mailbox] From a mailbox of yours nothing goes out
       *[customer] From your mailboxes nothing goes out
    }, because { $cause ->
         [spam] mail to many people who did not ask for it went out
         [stolen] somebody else sent mail from it
         [complaints] too many of those who got mail take it for unwanted
         [returns] many addresses that were written to do not exist
         [fraud] mail went out that pretends to come from somebody else
         [malware] mail with harmful programs went out
         [asked] you asked for it
        *[other] our abuse desk decided so; it tells you why when you write to us
    }. Mail still arrives, and reading goes on. What was handed in before waits.

        { $cause ->
        [stolen] Make new passwords for the mailbox, look at the computers from which it is used, and then write to us: a person lifts it.
       *[other] Write to us what you will change, or why it is a mistake: a person looks at it and lifts it. You can write to our support from the mailbox itself.
    }
    .button = See where you stand
mail-mailbox-domain_suspended = Nothing can be sent for a domain of yours
    .text = For the domain below nothing goes out, from none of its mailboxes and under none of its addresses, because { $cause ->
         [spam] mail to many people who did not ask for it went out
         [stolen] somebody else sent mail from it
         [complaints] too many of those who got mail take it for unwanted
         [returns] many addresses that were written to do not exist
         [fraud] mail went out that pretends to come from somebody else
         [malware] mail with harmful programs went out
         [asked] you asked for it
        *[other] our abuse desk decided so; it tells you why when you write to us
    }. Mail still arrives, and reading goes on. What was handed in before waits.

        Write to us what you will change, or why it is a mistake: a person looks at it and lifts it.
    .button = See where you stand
mail-mailbox-service_terminated = We end our relationship with you
    .text = We end your services when today is over, because { $cause ->
         [spam] mail to many people who did not ask for it went out
         [stolen] somebody else sent mail from it
         [complaints] too many of those who got mail take it for unwanted
         [returns] many addresses that were written to do not exist
         [fraud] mail went out that pretends to come from somebody else
         [malware] mail with harmful programs went out
         [asked] you asked for it
        *[other] our abuse desk decided so; it tells you why when you write to us
    }. Two of our staff decided this. Nothing goes out any more.

        You get everything that we hold for you: all mail of all mailboxes and your records, as files. We tell you when they are ready. If you think that this is a mistake, write to us at once: as long as your mail is not deleted, all of it can be taken up again.
    .button = See how far it is
mail-mailbox-sending_restored = You can send again as before
    .text = { $about ->
        [mailbox] The limit on a mailbox of yours is lifted
        [domain] The suspension of the domain below is lifted
       *[customer] What we did about your mail is lifted
    }. What waited goes out now. There is nothing to do.
    .button = Open the Customer Center
mail-outreach-confirm_subscription = Please confirm that you want to hear from us
    .text = Somebody, hopefully you, asked to hear from us at this address. Press the button and confirm, and what was chosen comes.

        If it was not you, do nothing: nothing comes, and the address is forgotten after a week.
    .button = Confirm
mail-outreach-announcement_subscribed = { $title }
    .text = { $title }
mail-outreach-announcement_news = { $title }
    .text = { $title }
mail-outreach-announcement_marketing = { $title }
    .text = { $title }
mail-outreach-offer = { $title }
    .text = { $title }
mail-outreach-announcement_feedback = { $title }
    .text = { $title }
    .button = Answer the survey
mail-outreach-announcement_test = Test: { $title }
    .text = { $title }
mail-outreach-contest_enter = Enter: { $contest }
    .text = You asked to enter this contest. Nothing is entered before you open the link and accept the rules. If you did not ask, do nothing.
    .button = To the contest
    .why = You get this because somebody typed your address on the page of the contest.
mail-outreach-contest_won = You won: { $contest }
    .text = Your entry { $number } was drawn. Answer this message, and we say how you get what you won. The draw can be done again with the file on the page of the contest.
    .button = See the draw
    .why = You get this because you entered this contest.
mail-outreach-status_told = { $what ->
    [outage_reported] Outage: { $title }
    [outage_ended] Over: { $title }
    [maintenance_planned] Planned maintenance: { $title }
    [maintenance_changed] Changed maintenance: { $title }
    [maintenance_began] Maintenance begins: { $title }
    [maintenance_ended] Maintenance is over: { $title }
    [maintenance_cancelled] Maintenance is called off: { $title }
   *[other] State of the service: { $title }
    }
    .text = { $title }
    .button = See the status
mail-outreach-outage_reported = Outage: { $title }
    .text = Something that you have with us does not work as it should. We work on it, and write again when it is over. What is known in between is on the status page.
    .button = See the status
mail-outreach-outage_ended = Over: { $title }
    .text = What we wrote to you about works again. The status page has all that was said, and how long it took.
    .button = See the status
mail-outreach-maintenance_planned = Planned maintenance: { $title }
    .text = We have to work on something that you have with us. It may not work in the time below.
    .button = See the plan
mail-outreach-maintenance_changed = Changed maintenance: { $title }
    .text = The plan that we wrote to you about has changed. The times below hold now.
    .button = See the plan
mail-outreach-maintenance_began = Maintenance begins: { $title }
    .text = The maintenance that we announced has begun. We write again when it is over.
    .button = See the status
mail-outreach-maintenance_ended = Maintenance is over: { $title }
    .text = The maintenance that we announced is over, and everything works again.
    .button = See the status
mail-outreach-maintenance_cancelled = Maintenance is called off: { $title }
    .text = The maintenance that we announced does not take place.
    .button = See the status
mail-commerce-order_verify = Please show us that it is you
    .text = Something about your order is unusual, which happens to honest people too. On the page of the order you can have a code sent to you; with it the order goes on by itself. Or ask there for a person.

        Nothing has been charged.
    .button = Go to the order
mail-commerce-order_code = Your code
    .text = With this code you show that this address is yours. It holds for half an hour:

        { $code }

        If you did not order anything, do nothing: without the code nothing happens.
    .button = Go to the order
mail-commerce-order_appeal_answered = We have looked at your order again
    .text = Another person looked at your order, and answers:

        { $answer }
    .button = See the order
mail-helpdesk-staff_news = [{ $number }] { $what ->
        [given] A colleague gave you this ticket
        [named] A colleague named you in this ticket
       *[other] The customer wrote
    }
    .text = This ticket has news for you. What was written stands in the console; none of it is in this mail.

        An answer to this mail goes to the customer. Begin it with a line #note to write to colleagues only, #ask to ask the customer something, or #solve to answer and solve. You are not told again before you look at the ticket.
    .button = Open the ticket
mail-helpdesk-ticket_received = [{ $number }] We have your letter
    .text = Thank you for writing. Your ticket is { $number }, and a person will read it.

        To add something, answer this mail.
    .button = Follow the ticket
mail-helpdesk-ticket_answered = [{ $number }] { $title }
    .text = { $files ->
        [0] Here is our answer to your ticket { $number }. To go on, answer this mail.
        [one] Here is our answer to your ticket { $number }. A file with it waits on the page of the ticket. To go on, answer this mail.
       *[other] Here is our answer to your ticket { $number }. { $files } files with it wait on the page of the ticket. To go on, answer this mail.
        }
    .button = Open the ticket
mail-helpdesk-case_received = [{ $number }] We have your request about your data
    .text = Thank you for writing. Your request is the case { $number }. A privacy officer answers it by { $answer_by } at the latest, and nobody else reads it.

        To add something, answer this mail.
    .button = Follow the case
mail-helpdesk-case_confirm = [{ $number }] Did you ask us about your data?
    .text = Somebody asked us, as the case { $number }, to do something with data of yours. Before we do, we want to be sure that it was you. The link shows what is asked, and lets you say yes or no. It works for { $days } days.

        If it was not you, say so there, or do nothing: nothing is done without your yes.
    .button = See what is asked
mail-helpdesk-case_overdue = Privacy cases are late
    .text = The term of these privacy cases is over: { $cases }. People wait for an answer that the policy promises. See who can give it.
    .button = See the cases
mail-webhooks-endpoint_disabled = A webhook of yours is disabled
    .text = One of your programs that we tell what happens did not answer for three days, or said that it is gone. Nothing more is sent to it.

        Mend it, enable it in the Customer Center, and replay what it missed: events are kept for a month.
    .button = See the webhook

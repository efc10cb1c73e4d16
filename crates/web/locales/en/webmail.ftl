# The webmail.
mail-sign-in-title = Open your mailbox
mail-sign-in-lead = With the address and a password of the mailbox.
mail-sign-in = Open
mail-sign-in-help = The password of the mailbox or an application password made for it. The administrator of your domain finds both in the <center>Customer Center</center>.
mail-sign-in-wrong = That address or password is not right. Check them and try again, or ask the administrator of your domain to set a new password.
mail-sign-in-state = This mailbox cannot be used at the moment. The administrator of your domain sees the reason in the Customer Center.
mail-sign-in-not-granted = This mailbox cannot be used on these pages. The administrator of your domain can say why.
mail-address = E-mail address
mail-password = Password
mail-sign-out = Sign out
mail-signed-out = You are signed out of your mailbox.
mail-write = Write
mail-folders = Folders
mail-folders-arrange = Arrange folders
mail-folders-lead = Make folders of your own; other mail programs show them too.
mail-folders-own = Your folders
mail-folder-new = New folder
mail-folder-help = A slash puts a folder into another: Shop/Orders.
mail-folder-make = Make the folder
mail-folder-made = The folder is there.
mail-folder-name = Name of { $name }
mail-folder-rename = Rename
mail-folder-renamed = The folder has its new name.
mail-folder-exists = There is a folder of this name already. Choose another name.
mail-folder-bad = A name has 1 to 250 characters and no empty parts between slashes.
mail-folder-many = There are too many folders. Remove one first.
mail-folder-fixed = This folder is needed by the mailbox and cannot be removed or renamed.
mail-folder-delete-title = Remove the folder { $name }?
mail-folder-delete-text = { $n ->
    [0] It is empty.
    [one] The message in it goes with it. For some days it can be brought back by support.
   *[other] The { $n } messages in it go with it. For some days they can be brought back by support.
  }
mail-folder-delete-yes = Remove the folder
mail-folder-deleted = The folder is removed.
mail-role-inbox = Inbox
mail-role-drafts = Drafts
mail-role-sent = Sent
mail-role-junk = Junk
mail-role-trash = Trash
mail-role-archive = Archive
mail-space = Space used
mail-space-used = { $used } of { $quota }
mail-space-only = { $used } used
mail-search = Search mail
mail-acts = What to do with messages
mail-archive = Archive
mail-delete = Delete
mail-junk = Junk
mail-not-junk = Not junk
mail-mark-read = Mark read
mail-mark-unread = Mark unread
mail-move = Move
mail-move-to = Move to
mail-star = Add a star
mail-unstar = Take the star away
mail-tick = Choose: { $subject }
mail-unread-word = unread
mail-draft-word = Draft
mail-answered = answered
mail-no-subject = No subject
mail-nobody = Nobody
mail-files = { $n ->
    [one] One file
   *[other] { $n } files
  }
mail-filter-all = All
mail-filter-unread = Unread
mail-filter-starred = Starred
mail-empty = Nothing here
mail-empty-inbox = New mail appears here by itself.
mail-empty-folder = Move messages here, or let your mail program do so.
mail-empty-unread = All read
mail-empty-starred = No stars yet
mail-empty-filter = Nothing in this folder fits. Choose “All” to see everything.
mail-found-title = Search: { $query }
mail-found = { $n ->
    [one] One message found
   *[other] { $n } messages found
  }
mail-found-none = Nothing found
mail-found-none-text = We looked through sender, recipients, subject and text in all folders. Fewer words find more.
mail-search-short = Type at least two characters to search for.
mail-moved-trash = { $n ->
    [one] The message is in the Trash.
   *[other] { $n } messages are in the Trash.
  }
mail-moved-junk = { $n ->
    [one] The message is in Junk.
   *[other] { $n } messages are in Junk.
  }
mail-moved-inbox = { $n ->
    [one] The message is in the inbox.
   *[other] { $n } messages are in the inbox.
  }
mail-moved-archive = { $n ->
    [one] The message is in the archive.
   *[other] { $n } messages are in the archive.
  }
mail-moved-folder = { $n ->
    [one] The message is moved.
   *[other] { $n } messages are moved.
  }
mail-undo = Undo
mail-undone = They are back where they were.
mail-gone = { $n ->
    [one] The message is deleted.
   *[other] { $n } messages are deleted.
  }
mail-none-ticked = Choose messages first.
mail-neighbours = Other messages
mail-newer = Newer message
mail-older = Older message
mail-from = From
mail-to = To
mail-cc = Cc
mail-bcc = Bcc
mail-bcc-add = Hidden recipients
mail-subject = Subject
mail-text = Text
mail-text-of = Text of: { $subject }
mail-answers-to = Answers go to
mail-remote = { $n ->
    [one] A picture that stands elsewhere is not loaded, so that the sender does not learn that you read this.
   *[other] { $n } pictures that stand elsewhere are not loaded, so that the sender does not learn that you read this.
  }
mail-remote-load = Load pictures
mail-reply = Reply
mail-reply-all = Reply to all
mail-forward = Forward
mail-write-on = Write on
mail-as-text = Show as plain text
mail-as-html = Show as sent
mail-source = Show source
mail-save = Save as file
mail-write-new = New message
mail-write-reply = Reply
mail-write-forward = Forward
mail-write-draft = Draft
mail-attach = Attach files
mail-attach-help = Up to { $most } in all
mail-send = Send
mail-save-draft = Save as draft
mail-discard = Discard
mail-sent = Your message is on its way.
mail-sent-unsaved = Your message is on its way, but no copy could be kept in Sent: { $reason }
mail-saved = The draft is saved.
mail-discarded = The message is discarded.
mail-write-nobody = Whom shall it go to? Type at least one address.
mail-write-wrong-address = “{ $address }” is no e-mail address.
mail-write-many = A message may go to at most { $most } recipients. Use a mailing list for more.
mail-write-refused = It was not sent: { $reason }
mail-guard-trial-outside = It was not sent: while the service is being tried, mail goes to addresses of your own domains only. It opens with the first paid day.
mail-guard-per-message = It was not sent: it has { $value } recipients, and a message may have { $limit }. Send it in parts.
mail-guard-per-hour = It was not sent: with it this mailbox would have written to { $value } recipients in an hour, and may write to { $limit }. Please try again in an hour.
mail-guard-per-day = It was not sent: with it this mailbox would have written to { $value } recipients in this time, and may write to { $limit }. Please try again later.
mail-guard-first-time = It was not sent: with it this mailbox would have written to { $value } people within 24 hours to whom it never wrote before, and may write to { $limit }. Please try again tomorrow; the limit rises by itself.
mail-guard-held = Your message is kept and waits until somebody has looked at it, because much the same text goes to { $value } people to whom you never wrote before.
mail-guard-sign-in = Your message is kept and waits, because this mailbox was used from a new place and wrote to several people to whom it never wrote before. Say under “Messages that wait” whether it was you.
mail-guard-throttled = It was not sent: sending is limited for some time, with it you would have written to { $value } people within 24 hours, and may write to { $limit }. “See why” above says what to do.
mail-guard-locked = It was not sent: nothing can be sent from this mailbox for now. “See why” above says what to do; mail to our support goes out.
mail-guard-suspended = It was not sent: nothing can be sent for this domain for now. “See why” above says what to do.
mail-write-failed = It could not be sent just now and is kept as a draft. Please try again in a few minutes.
mail-write-twice = This letter may be on its way already: sending it was cut off before. Look into Sent; if it is not there, press Send again.
mail-write-source-gone = The draft with the attached files is gone. Go back, attach the files again and send.
mail-write-too-large = With its files the message is larger than { $most }. Take a file away.
mail-quota-full = The mailbox is full. Delete messages, or ask the administrator of your domain for more space.
mail-quote-intro = On { $date }, { $who } wrote:
mail-quote-forward = Forwarded message from { $who }, { $date }, subject: { $subject }
mail-refused = That did not work: { $reason }.
mail-keys = Keys
mail-key-next = Next message
mail-key-previous = Previous message
mail-key-open = Open
mail-key-tick = Choose
mail-key-write = Write
mail-key-reply = Reply
mail-key-reply-all = Reply to all
mail-key-forward = Forward
mail-key-star = Star
mail-key-archive = Archive
mail-key-delete = Delete
mail-key-back = Back to the list
mail-key-search = Search
mail-key-help = This list
mail-close = Close
mail-remove = Remove
upload-broken = The form did not arrive whole. Go back and send it again.
mail-delete-for-good = Delete for good
mail-gone-title = Delete for good?
mail-gone-text = What leaves the Trash cannot be taken back in the webmail.
mail-discard-title = Discard this message?
mail-discard-text = What you have written and its draft are gone.
mail-discard-yes = Discard it
mail-discard-no = Go on writing

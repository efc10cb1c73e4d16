# Announcements and lists, for staff who write.
console-nav-announcements = Announcements
announcements-lead = What we write to many. Only those who chose the topic get it.
announcements-none = Nothing was written yet
announcements-none-text = Write about a topic; those who chose it get it, each once.
announcement-new = Write an announcement
announcement-subject = Subject
announcement-state = State
announcement-changed = Changed
announcement-queued = Sent to
announcement-considered = Gone through
announcement-hard = Dead addresses
announcement-returned = Otherwise not delivered
announcement-complaints = Complaints
announcement-unsigned = Nothing can be signed for { $domain }
announcement-unsigned-text = Announcements come from this domain, which is not proven here or has no DKIM keys yet. Many providers would put them into the spam folder: set the domain up first.
announcement-stopped-complaints = It stopped by itself: one reader in a thousand complained, or more. Messages that wait are kept until it goes on.
announcement-stopped-hard = It stopped by itself: two addresses in a hundred were dead, or more. Messages that wait are kept until it goes on.
announcement-stopped-unapproved = It stopped by itself: more addresses would get it than one person alone may write to.
announcement-needs-approval = Somebody else must look at it first
announcement-alone = What more than { $n } addresses would get is approved by somebody who did not write it.
announcement-ask = Ask a colleague
announcement-asked = Colleagues see in the list that it waits for them.
announcement-waits = It waits for a colleague since { $at }.
announcement-waiting = Waits for approval
announcement-approve = Approve it as it stands
announcement-approved = It is approved.
announcement-approved-by = Approved by { $who }, { $at }. A change of the draft wants it anew.
announcement-send-at = Begins
announcement-schedule = Schedule
announcement-scheduled = It begins at its time.
announcement-unschedule = Make it a draft again
announcement-unscheduled = It is a draft again.
announcement-unschedule-help = Until it begins it can be taken back. To change it, make it a draft again.
announcement-state-scheduled = Scheduled
announcement-now = As of now
announcement-test = Send a test
announcement-test-to = To
announcement-test-help = The message as readers get it, to an address at { $house }.
announcement-test-send = Send the test
announcement-tested = The test is on its way.
announcement-begun = Sending began
announcement-finished = Ended
announcement-topic-help = It decides who gets it: those who chose this topic, and nobody else.
announcement-language = Language
announcement-body = Text
announcement-body-help = Markdown. Save to see it as readers do.
announcement-save = Save and look at it
announcement-saved = The draft is saved.
announcement-count = { $n ->
    [0] Nobody would get it now
    [one] One address would get it now
   *[other] { $n } addresses would get it now
  }
announcement-count-text = Those who chose “{ $topic }” and have not declined. Who that is, nobody is shown.
announcement-send = Send
announcement-send-title = { $n ->
    [one] Send it to one address?
   *[other] Send it to { $n } addresses?
  }
announcement-send-text = What was sent cannot be changed. Whoever declines meanwhile does not get it.
announcement-started = It is being sent.
announcement-discard = Throw away
announcement-discard-title = Throw this draft away?
announcement-discard-text = It cannot be brought back.
announcement-discarded = The draft is gone.
announcement-pause = Pause
announcement-paused = It is paused. What was handed over goes out.
announcement-resume = Go on
announcement-resumed = It goes on where it stopped.
announcement-cancel = Stop for good
announcement-cancel-title = Stop sending for good?
announcement-cancel-text = Messages that wait are not sent. Those that went out cannot be called back.
announcement-cancelled = It was stopped.
announcement-pause-help = A pause takes effect within a moment; messages in the outgoing queue still go.
announcement-state-draft = Draft
announcement-state-sending = Being sent
announcement-state-paused = Paused
announcement-state-sent = Sent
announcement-state-cancelled = Stopped
announcement-preview = As readers see it
announcement-preview-light = By day
announcement-preview-dark = In the dark
announcement-preview-text = As plain text
lists-title = Lists for letters and calls
lists-channel = Channel
lists-people = People
lists-left-out = Left out
lists-scrubbed = Held against the registry of
lists-by = Made by
lists-none = No list was made yet.
lists-note = A list is made on the server, never here: each person on it finds that in their record. For calls it is held against a do-not-call registry of the last 31 days.
announcement-other-subject = Instead, for every other reader
announcement-other-subject-help = Another subject. Which of the two does better shows in how often links are followed.
announcement-subject-of = Subject { $letter }
announcement-counts-links = Count how often links are followed
announcement-counts-links-help = How often, and never by whom: the links lead over our site and are the same for all readers. In plain text they stay as they are.
announcement-readers = { $n ->
    [one] One reader
   *[other] { $n } readers
}
announcement-links = Links that were followed
announcement-link = Leads to
announcement-followed = Followed
announcement-links-help = Each time counts, also that of the same reader and of programs that try the links in mails. Who it was is not known.
announcement-links-none = The text has no links.

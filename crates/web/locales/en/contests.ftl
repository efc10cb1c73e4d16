# Contests, for everybody.
contests-title = Contests
contests-lead = What there is to win, and how it was drawn: anybody can do each draw again.
contests-none = Nothing to win right now
contests-none-text = Come again, or let us write to you when there is.
contest-state-draft = Draft
contest-state-scheduled = Opens later
contest-state-open = Open
contest-state-closed = Closed
contest-state-frozen = To be drawn
contest-state-drawn = Drawn
contest-state-called_off = Called off
contest-opens-at = Opens { $at }
contest-closes-at = Open until { $at }
contest-closed-at = Closed { $at }
contest-drawn-at = Drawn { $at }
contest-enter = Enter
contest-enter-button = Enter the contest
contest-accept = I accept the rules below (version { $version })
contest-rules-missing = Whoever enters accepts the rules.
contest-age = I am { $age } or older
contest-age-missing = Say that you are old enough.
contest-offers = Also write to me about events and contests
contest-offers-help = Not needed to enter, and no better chance. You end it with one click.
contest-kept = Your entry is kept for { $days } days. Its number, which says nothing of you, stays in the list: see our <policy>privacy policy</policy>.
contest-entered-title = You have entered
contest-entered-text = If you win, we write to the address that we know. The number of your entry stands in the copy of your data.
contest-to-contest = Back to the contest
contest-did = You have entered
contest-did-text = Once is enough. If you win, we write to you.
contest-not-eligible = This contest is not for you
contest-not-customers = Customers enter who have a service that runs.
contest-not-subscribers = Those enter who chose to hear of events and contests.
contest-for-customers = Customers enter, signed in.
contest-sign-in = Sign in
contest-ask-text = Type the address at which you hear of events and contests. We send you the link to enter.
contest-ask-button = Send me the link
contest-asked-title = Look into your mailbox
contest-asked-text = If this address hears of events and contests, the link to enter is on its way.
contest-not-yet = Not yet among those who hear of them? <subscribe>Choose it first</subscribe>.
contest-link-bad = The link does not work any more, or you are not signed in any more. Go on from the page of the contest.
contest-rules = Rules
contest-version = Version { $version }
contest-versions = All versions:
contest-older = An older version. Who accepted it entered under it.
contest-draw = The draw
contest-draw-text = { $n ->
    [one] One entry wins.
   *[other] { $n } entries win.
  } Before anybody entered, a secret number was drawn, and its fingerprint stands here. At the end the list of entry numbers and its fingerprint are published, then the number: from both follows who won, whoever works it out.
contest-commitment = Fingerprint of the secret number (SHA-256)
contest-list-hash = Fingerprint of the list (SHA-256)
contest-seed = The number
contest-file = The draw as a file
contest-verify = Do it again with the file of this page:
contest-entries = { $n ->
    [0] No entries
    [one] One entry
   *[other] { $n } entries
  }
contest-won = won
contest-winners = These entries won
contest-winners-text = Whose they are stands nowhere here. Those who won were written to.
contest-nobody = Nobody entered
contest-nobody-text = So nobody won.
contest-called-off-text = It does not take place. Entries are deleted after their term.
contest-closed-text = Nobody can enter any more. The list of entries is published in a moment.
contest-frozen-text = Nobody can enter any more. The list of entries stands below; next the winners are drawn.

# For staff who write them.
contests-desk-lead = Who may enter does so once. Each draw can be done again by anybody.
contests-see = See them
contests-desk-none = No contest yet
contests-desk-none-text = Say what there is to win, and under which rules.
contest-new = Write a contest
contest-see = See the contest
contest-title = Title
contest-state = State
contest-eligibility = Who may enter
contest-customers = Customers
contest-customers-text = Contacts of customers who have a service that runs, signed in.
contest-subscribers = Those who hear of contests
contest-subscribers-text = Whoever chose “Events and contests”, with an account or without.
contest-opens = Opens
contest-closes = Closes
contest-drawn = Drawn
contest-places = Winners
contest-minimum-age = Minimum age
contest-minimum-age-help = A box to tick; 0 for any age.
contest-entered-count = Entries
contest-introduction = What there is to win
contest-introduction-help = Markdown.
contest-rules-help = Markdown. Each entry keeps the version that was accepted.
contest-rules-change = Change the rules
contest-rules-change-help = A new version. Whoever entered before did so under the old one.
contest-rules-save = Put version { $version } in force
contest-rules-changed = Version { $version } is in force.
contest-language = Language
contest-slug = Address
contest-slug-help = Empty for one made of the title.
contest-save = Save
contest-saved = It is saved.
contest-publish = Publish
contest-published = Everybody sees it now, with its fingerprint.
contest-draw-now = Draw
contest-draw-title = { $n ->
    [one] Draw from one entry?
   *[other] Draw from { $n } entries?
  }
contest-draw-warning = The secret number is published, and those who won are written to. It is drawn once.
contest-was-drawn = { $n ->
    [0] Nobody entered, so nobody won.
    [one] One entry won; its holder is written to.
   *[other] { $n } entries won; their holders are written to.
  }
contest-call-off = Call off
contest-call-off-title = Call the contest off?
contest-call-off-warning = Its page says so. It cannot be taken back.
contest-was-called-off = It is called off.
contest-discarded = The draft is gone.
contest-desk-draft = Nobody but staff sees it. The secret number is drawn and sealed already.
contest-desk-scheduled = Everybody sees it; entering begins at its time.
contest-desk-open = Entries come in. Who enters is shown to nobody.
contest-desk-closed = The list is sorted and published in a moment.
contest-desk-frozen = The list and its fingerprint are published. Draw when you are ready.
contest-desk-drawn = It is over. Anybody can do the draw again with the file of its page.
contest-desk-called_off = It does not take place.

# The transparency report.
nav-transparency = Transparency
transparency-title = Transparency report
transparency-lead = What happened with people’s data outside of everyday work, half-year by half-year. Counted by the program from its own registers, never by hand.
transparency-json = The same as JSON
transparency-half-1 = January to June { $year }
transparency-half-2 = July to December { $year }
transparency-running = Goes on
transparency-disclosures = Data handed to others without asking first
transparency-disclosed = Disclosed
transparency-refused = Refused
transparency-sealed = Not counted above: between { $from } and { $to } disclosures that the law forbids to tell of yet. They are counted here once they are revealed.
transparency-sealed-more = Not counted above: { $from } or more disclosures that the law forbids to tell of yet. They are counted here once they are revealed.
transparency-break = Opened with a reason, where no fact fitted
transparency-opened = Cases
transparency-unseen = Not looked at within a day
transparency-unusual = Unusual access by staff
transparency-found = Found by the program
transparency-explained = Explained and agreed to
transparency-requests = Requests about one’s own data
transparency-received = Received
transparency-answered = Answered
transparency-median = Half within
transparency-longest = Slowest
transparency-hours = { $n ->
    [one] one hour
   *[other] { $n } hours
  }
transparency-days = { $n ->
    [one] one day
   *[other] { $n } days
  }
transparency-request-read = To see
transparency-request-change = To correct
transparency-request-export = To take along
transparency-request-erase = To erase
transparency-request-object = To object
transparency-request-send = About messages
transparency-request-collect = About forms
transparency-request-disclose = About disclosures

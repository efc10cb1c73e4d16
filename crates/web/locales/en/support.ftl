# Help: hours and service levels
nav-support = Help
support-title = Help from people
support-lead = Write to us and a person answers, who sees what your service does and nothing they do not need.
support-open = Somebody is there now
support-open-until = Until { $at }.
support-open-always = At any time of the day.
support-closed = Nobody is there at the moment
support-opens = From { $at } on somebody is there again. Your message waits until then; emergencies do not.
support-hours = When we are there
support-zone = Times in the zone { $zone }.
support-day-closed = closed
support-holidays-worked = On holidays, too.
support-holidays-closed = Not on:
support-holidays-none = No holidays are coming up.
day-monday = Monday
day-tuesday = Tuesday
day-wednesday = Wednesday
day-thursday = Thursday
day-friday = Friday
day-saturday = Saturday
day-sunday = Sunday
support-levels = How fast we answer
support-levels-lead = In our hours, counted by the minute. While you are to answer, the clock stands still.
support-priority = What it is
support-first-answer = A person answers
support-solution = It is solved
support-in-hours = { $n ->
    [one] within an hour
   *[other] within { $n } hours
  }
priority-emergency = Emergency
priority-emergency-text = No mail comes or goes for a whole domain.
priority-high = Work suffers
priority-high-text = One mailbox or one way of using it does not work.
priority-normal = A question
priority-normal-text = How something is done, or what an invoice says.
priority-low = A wish
priority-low-text = Something that would be nice.
support-emergencies = Emergencies are taken at any time, and their hours count around the clock.
support-emergencies-at = Emergencies are taken at any time under { $where }, and their hours count around the clock.
support-articles = Search the knowledgebase first

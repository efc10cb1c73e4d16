# Hilfe: Zeiten und Reaktionszeiten
nav-support = Hilfe
support-title = Hilfe von Menschen
support-lead = Schreiben Sie uns, und ein Mensch antwortet, der sieht, was Ihr Dienst tut, und nichts, was er nicht braucht.
support-open = Jetzt ist jemand da
support-open-until = Bis { $at }.
support-open-always = Zu jeder Tageszeit.
support-closed = Zurzeit ist niemand da
support-opens = Ab { $at } ist wieder jemand da. Ihre Nachricht wartet bis dahin; Notfälle nicht.
support-hours = Wann wir da sind
support-zone = Zeiten in der Zone { $zone }.
support-day-closed = geschlossen
support-holidays-worked = Auch an Feiertagen.
support-holidays-closed = Nicht am:
support-holidays-none = Es stehen keine Feiertage bevor.
day-monday = Montag
day-tuesday = Dienstag
day-wednesday = Mittwoch
day-thursday = Donnerstag
day-friday = Freitag
day-saturday = Samstag
day-sunday = Sonntag
support-levels = Wie schnell wir antworten
support-levels-lead = In unseren Zeiten, auf die Minute gezählt. Während Sie antworten sollen, steht die Uhr.
support-priority = Worum es geht
support-first-answer = Ein Mensch antwortet
support-solution = Es ist gelöst
support-in-hours = { $n ->
    [one] in einer Stunde
   *[other] in { $n } Stunden
  }
priority-emergency = Notfall
priority-emergency-text = Für eine ganze Domain kommt oder geht keine Post.
priority-high = Die Arbeit leidet
priority-high-text = Ein Postfach oder ein Weg, es zu verwenden, geht nicht.
priority-normal = Eine Frage
priority-normal-text = Wie etwas geht, oder was auf einer Rechnung steht.
priority-low = Ein Wunsch
priority-low-text = Etwas, das schön wäre.
support-emergencies = Notfälle werden zu jeder Zeit angenommen, und ihre Stunden zählen rund um die Uhr.
support-emergencies-at = Notfälle werden zu jeder Zeit unter { $where } angenommen, und ihre Stunden zählen rund um die Uhr.
support-articles = Zuerst in der Wissensdatenbank suchen

# Angebote: was ein Gutschein gibt, in klaren Worten, die Seite der Angebote, und die Bestellung mit einem Code.
offers-title = Angebote
offers-lead = Für eine Zeit ein besserer Preis. Was ein Angebot gibt, ist immer das, was sein Code gibt.
offers-none = Im Moment gibt es kein Angebot
offers-none-text = Wer vom nächsten hören möchte, kann das wählen; sonst wird niemandem geschrieben.
offers-hear = Von Angeboten hören
offer-gives = Sie bekommen
offer-gives-share = { $what } Nachlass auf jede Rechnung
offer-gives-amount = { $what } Nachlass auf jede Rechnung
offer-plans = Für
offer-plans-all = jeden Tarif
offer-until = Bestellen bis
offer-until-open = ein letzter Tag steht nicht fest
offer-lasts = Es gilt
offer-lasts-always = solange Sie den Tarif behalten
offer-lasts-months = { $n ->
    [one] den ersten Monat
   *[other] die ersten { $n } Monate
  }
offer-lasts-years = { $n ->
    [one] das erste Jahr
   *[other] die ersten { $n } Jahre
  }
offer-lasts-monthly = { $n ->
    [one] den ersten Monat, wenn Sie monatlich zahlen
   *[other] die ersten { $n } Monate, wenn Sie monatlich zahlen
  }
offer-lasts-quarterly = { $n ->
    [one] den ersten Monat, wenn Sie vierteljährlich zahlen
   *[other] die ersten { $n } Monate, wenn Sie vierteljährlich zahlen
  }
offer-lasts-annual = { $n ->
    [one] das erste Jahr, wenn Sie jährlich zahlen
   *[other] die ersten { $n } Jahre, wenn Sie jährlich zahlen
  }
offer-code = Code
offer-note = Jeder Kunde kann es einmal nutzen. Was einmalig verkauft wird, wird nicht billiger.
offer-note-limited = { $n ->
    [one] Jeder Kunde kann es einmal nutzen; nach einer Nutzung insgesamt endet es. Was einmalig verkauft wird, wird nicht billiger.
   *[other] Jeder Kunde kann es einmal nutzen; nach { $n } Nutzungen insgesamt endet es. Was einmalig verkauft wird, wird nicht billiger.
  }
offer-order = Mit diesem Code bestellen
offer-new = Angebot schreiben
offer-coupon = Gutschein
offer-coupon-none = Keiner: dies ist kein Angebot
offer-coupon-help = Mit einem Gutschein ist es ein Angebot, das nur bekommt, wer Sonderangebote gewählt hat. Was der Gutschein gibt, steht von selbst unter dem Text; schreiben Sie es dort nicht hin.
offer-coupons-none = Es gibt keinen Gutschein, der genutzt werden kann. Wer den Katalog pflegt, legt einen an.
offer-terms = Das Angebot
offer-used = Seither genutzt
offer-used-orders = { $n ->
    [one] Eine Bestellung
   *[other] { $n } Bestellungen
  }
offer-badge = Angebot
order-coupon-unknown = Diesen Code kennen wir nicht. Sehen Sie nach, ob er richtig geschrieben ist.
order-coupon-over = Dieser Code kann nicht mehr oder noch nicht genutzt werden. Sie können ohne ihn bestellen.
order-coupon-plan = Dieser Code ist für einen anderen Tarif. Wählen Sie einen, für den er gilt, oder bestellen Sie ohne ihn.
order-coupon-currency = Dieser Code gibt keinen Nachlass in der Währung, in der Sie kaufen.
announcement-stopped-coupon_over = Von selbst angehalten: Der Gutschein kann nicht mehr genutzt werden. Wartende Nachrichten werden zurückgehalten; beenden Sie es endgültig.
announcement-stopped-coupon_used_up = Von selbst angehalten: Der Gutschein ist aufgebraucht. Wartende Nachrichten werden zurückgehalten. Es kann weitergehen, wenn eine Bestellung mit dem Gutschein abgelehnt wurde.
contest-announce = Dieses Gewinnspiel ankündigen
contest-announce-read = Zum Gewinnspiel

# Zeilen von Bestellungen und Rechnungen.
bill-mailboxes = { $n ->
    [one] Ein Postfach
   *[other] { $n } Postfächer
  }
bill-closed-mailboxes = { $n ->
    [one] Ein geschlossenes Postfach
   *[other] { $n } geschlossene Postfächer
  }
bill-add-on = { $n ->
    [one] Für ein Postfach
   *[other] Für { $n } Postfächer
  }
bill-space = { $n } GB Speicher
bill-hours = { $n ->
    [one] Eine Stunde
   *[other] { $n } Stunden
  }
bill-pieces = { $n } ×
bill-setup = Einrichtung, einmalig
bill-unused = Gutschrift für ungenutzte Tage
bill-for = { $what }, { $domain }, { $term }
bill-from-to = { $what }, { $domain }, { $from } bis { $to }
bill-discount = Nachlass

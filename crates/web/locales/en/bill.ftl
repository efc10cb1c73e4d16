# Lines of orders and invoices.
bill-mailboxes = { $n ->
    [one] One mailbox
   *[other] { $n } mailboxes
  }
bill-closed-mailboxes = { $n ->
    [one] One closed mailbox
   *[other] { $n } closed mailboxes
  }
bill-add-on = { $n ->
    [one] For one mailbox
   *[other] For { $n } mailboxes
  }
bill-space = { $n } GB of space
bill-hours = { $n ->
    [one] One hour
   *[other] { $n } hours
  }
bill-pieces = { $n } ×
bill-setup = Setting up, once
bill-unused = Credit for unused days
bill-for = { $what }, { $domain }, { $term }
bill-from-to = { $what }, { $domain }, { $from } to { $to }
bill-discount = Discount

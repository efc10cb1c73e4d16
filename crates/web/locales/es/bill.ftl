# Líneas de pedidos y facturas.
bill-mailboxes = { $n ->
    [one] Un buzón
   *[other] { $n } buzones
  }
bill-closed-mailboxes = { $n ->
    [one] Un buzón cerrado
   *[other] { $n } buzones cerrados
  }
bill-add-on = { $n ->
    [one] Para un buzón
   *[other] Para { $n } buzones
  }
bill-space = { $n } GB de espacio
bill-hours = { $n ->
    [one] Una hora
   *[other] { $n } horas
  }
bill-pieces = { $n } ×
bill-setup = Puesta en marcha, una vez
bill-unused = Abono por los días no usados
bill-for = { $what }, { $domain }, { $term }
bill-from-to = { $what }, { $domain }, del { $from } al { $to }
bill-discount = Descuento

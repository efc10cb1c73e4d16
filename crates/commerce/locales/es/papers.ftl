# What invoices, credit notes, statements and hosting reports say beside what was sold.

invoice = Factura
credit-note = Factura rectificativa
statement = Extracto
hosting-report = Informe de alojamiento
dated = { $title } { $date }
numbered = { $title } { $number }
for-time = { $title }, del { $from } al { $to }
for-programs = Lo mismo para programas (EN 16931)

# The head and the foot of a page.
billed-to = Facturado a
for = Para
tax-number = Número fiscal { $id }
page = Página { $page } de { $pages }
ledger-head = Cabeza del registro de uso de datos: { $head }
number = Número
date = Fecha
due = Vence
order = Pedido
for-invoice = De la factura
of-day = Con fecha
from = Desde
to = Hasta
plan = Plan
counted = Contado el
generated = Generado el
next-billing = Próxima facturación
renewal = Renovación
monthly = mensual
quarterly = trimestral
annual = anual

# Lines and sums.
service = Servicio
quantity = Cantidad
price-each = Precio unitario
amount = Importe
days = del { $from } al { $to }
discount = Descuento
net = Neto
total = Total
in-gigabytes = { $n } GB
in-hours = { $n } h
closed-mailboxes = { $plan }: buzones cerrados
space = { $plan }: espacio
add-on-space = { $name }, espacio
setup = { $plan }: alta
unused-days = { $plan }: días sin usar

# Statements.
movement = Movimiento
balance = Saldo
balance-before = Saldo anterior
balance-after = Saldo posterior
move-invoice-issued = Factura
move-payment-received = Pago de
move-transfer-received = Transferencia bancaria
move-credit-note-issued = Factura rectificativa
move-paid-part-credited = Parte pagada abonada
move-credit-applied = Saldo a favor usado
move-credit-granted = Saldo a favor
move-credit-taken-back = Saldo a favor retirado
move-cover-granted = Cobertura por fraude con tarjeta
move-chargeback = Devuelto por el banco
move-dispute-lost = Disputa perdida
move-refund-begun = Reembolso
move-refund-failed = Reembolso fallido
move-further = Todos los demás movimientos juntos
move-other = Otro movimiento

# Hosting reports.
mailbox = Buzón
quota = Cuota
used = Usado
priced-by = Precio según
with-aliases = { $domain }, también { $aliases }
new-mailbox = { $address } (nuevo)
closed-mailbox = { $address } (cerrado)
new-closed-mailbox = { $address } (nuevo) (cerrado)
gone-mailbox = un buzón que ya no existe
no-limit = sin límite
basis-included = incluido
basis-use = uso
basis-quota = cuota
for-a-term = por un período completo
billed-with-this = Facturado con este informe
line-days = { $name } del { $from } al { $to }
count-at-price = { $count } a { $price }
billed-before-tax = Facturado, antes de impuestos

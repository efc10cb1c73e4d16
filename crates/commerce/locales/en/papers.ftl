# What invoices, credit notes, statements and hosting reports say beside what was sold.

invoice = Invoice
credit-note = Credit note
statement = Statement
hosting-report = Hosting report
dated = { $title } { $date }
numbered = { $title } { $number }
for-time = { $title }, { $from } to { $to }
for-programs = The same for programs (EN 16931)

# The head and the foot of a page.
billed-to = Billed to
for = For
tax-number = Tax number { $id }
page = Page { $page } of { $pages }
ledger-head = Head of the record of data use: { $head }
number = Number
date = Date
due = Due
order = Order
for-invoice = For invoice
of-day = Dated
from = From
to = To
plan = Plan
counted = Counted
generated = Generated
next-billing = Next billing
renewal = Renewal
monthly = monthly
quarterly = quarterly
annual = annual

# Lines and sums.
service = Service
quantity = Quantity
price-each = Price each
amount = Amount
days = { $from } to { $to }
discount = Discount
net = Net
total = Total
in-gigabytes = { $n } GB
in-hours = { $n } h
closed-mailboxes = { $plan }: closed mailboxes
space = { $plan }: space
add-on-space = { $name }, space
setup = { $plan }: setup
unused-days = { $plan }: unused days

# Statements.
movement = Movement
balance = Balance
balance-before = Balance before
balance-after = Balance after
move-invoice-issued = Invoice
move-payment-received = Payment of
move-transfer-received = Bank transfer
move-credit-note-issued = Credit note
move-paid-part-credited = Paid part credited
move-credit-applied = Credit used
move-credit-granted = Credit
move-credit-taken-back = Credit taken back
move-cover-granted = Card-fraud cover
move-chargeback = Taken back by the bank
move-dispute-lost = Dispute lost
move-refund-begun = Refund
move-refund-failed = Refund that failed
move-further = All further movements together
move-other = Other movement

# Hosting reports.
mailbox = Mailbox
quota = Quota
used = Used
priced-by = Priced by
with-aliases = { $domain }, also { $aliases }
new-mailbox = { $address } (new)
closed-mailbox = { $address } (closed)
new-closed-mailbox = { $address } (new) (closed)
gone-mailbox = a mailbox that is gone
no-limit = no limit
basis-included = included
basis-use = use
basis-quota = quota
for-a-term = for a whole term
billed-with-this = Billed with this report
line-days = { $name } { $from } to { $to }
count-at-price = { $count } at { $price }
billed-before-tax = Billed, before tax

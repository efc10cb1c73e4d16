# What invoices, credit notes, statements and hosting reports say beside what was sold.

invoice = Rechnung
# So that nobody takes it for a self-billed invoice, which German law calls a Gutschrift.
credit-note = Rechnungskorrektur
statement = Kontoauszug
hosting-report = Hosting-Bericht
dated = { $title } { $date }
numbered = { $title } { $number }
for-time = { $title }, { $from } bis { $to }
for-programs = Dasselbe für Programme (EN 16931)

# The head and the foot of a page.
billed-to = Rechnung an
for = Für
tax-number = Steuernummer { $id }
page = Seite { $page } von { $pages }
ledger-head = Stand des Verzeichnisses der Datennutzung: { $head }
number = Nummer
date = Datum
due = Fällig
order = Bestellung
for-invoice = Zur Rechnung
of-day = Vom
from = Von
to = Bis
plan = Tarif
counted = Gezählt
generated = Erstellt
next-billing = Nächste Abrechnung
renewal = Verlängerung
monthly = monatlich
quarterly = vierteljährlich
annual = jährlich

# Lines and sums.
service = Leistung
quantity = Menge
price-each = Einzelpreis
amount = Betrag
days = { $from } bis { $to }
discount = Rabatt
net = Netto
total = Gesamt
in-gigabytes = { $n } GB
in-hours = { $n } Std.
closed-mailboxes = { $plan }: geschlossene Postfächer
space = { $plan }: Speicherplatz
add-on-space = { $name }, Speicherplatz
setup = { $plan }: Einrichtung
unused-days = { $plan }: nicht genutzte Tage

# Statements.
movement = Bewegung
balance = Saldo
balance-before = Saldo davor
balance-after = Saldo danach
move-invoice-issued = Rechnung
move-payment-received = Zahlung von
move-transfer-received = Überweisung
move-credit-note-issued = Rechnungskorrektur
move-paid-part-credited = Bezahlter Teil gutgeschrieben
move-credit-applied = Guthaben verwendet
move-credit-granted = Guthaben
move-credit-taken-back = Guthaben zurückgenommen
move-cover-granted = Erstattung bei Kartenmissbrauch
move-chargeback = Von der Bank zurückgebucht
move-dispute-lost = Einspruch verloren
move-refund-begun = Erstattung
move-refund-failed = Fehlgeschlagene Erstattung
move-further = Alle weiteren Bewegungen zusammen
move-other = Andere Bewegung

# Hosting reports.
mailbox = Postfach
quota = Kontingent
used = Belegt
priced-by = Preis nach
with-aliases = { $domain }, auch { $aliases }
new-mailbox = { $address } (neu)
closed-mailbox = { $address } (geschlossen)
new-closed-mailbox = { $address } (neu) (geschlossen)
gone-mailbox = ein Postfach, das es nicht mehr gibt
no-limit = unbegrenzt
basis-included = enthalten
basis-use = Belegung
basis-quota = Kontingent
for-a-term = für eine ganze Laufzeit
billed-with-this = Mit diesem Bericht abgerechnet
line-days = { $name } { $from } bis { $to }
count-at-price = { $count } zu { $price }
billed-before-tax = Abgerechnet, vor Steuer

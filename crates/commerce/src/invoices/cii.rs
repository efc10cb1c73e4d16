//! An invoice for programs: EN 16931 in the syntax of UN/CEFACT Cross Industry Invoice, as Factur-X puts it into the PDF.
//!
//! Made from the snapshot alone, like the sheet. The amount of a line stands for its whole quantity, so that price times quantity is the
//! line to the cent, whatever part of a period it is for.

use jiff::civil::Date;
use mailkeep_types::Money;
use uuid::Uuid;

use super::{CreditNote, Invoice, Snapshot, SnapshotLine};
use crate::catalogue::pricing::Measure;
use crate::documents::Words;
use crate::orders::BillingDetails;
use crate::taxes::{TaxDecision, Treatment};
use crate::totals::TaxRate;

/// The name under which programs look for it (Factur-X 1.0, section 6).
pub const FILE_NAME: &str = "factur-x.xml";

/// Writes elements; every text is escaped.
struct Xml(String);

impl Xml {
    fn open(&mut self, name: &str) {
        self.0.push_str(&format!("<{name}>"));
    }

    fn close(&mut self, name: &str) {
        self.0.push_str(&format!("</{name}>"));
    }

    fn within(&mut self, name: &str, inner: impl FnOnce(&mut Self)) {
        self.open(name);
        inner(self);
        self.close(name);
    }

    fn leaf(&mut self, name: &str, text: &str) {
        self.with(name, "", text);
    }

    /// An element with attributes as they are written.
    fn with(&mut self, name: &str, attributes: &str, text: &str) {
        let space = if attributes.is_empty() { "" } else { " " };
        self.0.push_str(&format!("<{name}{space}{attributes}>{}</{name}>", escape(text)));
    }

    fn date(&mut self, name: &str, date: Date) {
        let text = date.strftime("%Y%m%d").to_string();
        self.within(name, |xml| xml.with("udt:DateTimeString", "format=\"102\"", &text));
    }
}

/// Text that XML 1.0 can hold: characters it knows, with its own marks escaped.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            other if other.is_control() || matches!(other, '\u{FFFE}' | '\u{FFFF}') => {}
            other => safe.push(other),
        }
    }
    safe
}

/// What is issued: an invoice, or the credit note that corrects one.
#[derive(Debug, Clone, Copy)]
pub struct Issued<'a> {
    /// Its identifier.
    pub id: Uuid,
    /// Its number.
    pub number: &'a str,
    /// The number and date of the invoice that a credit note corrects; nothing on an invoice.
    pub corrects: Option<(&'a str, Date)>,
}

impl<'a> Issued<'a> {
    /// An invoice.
    pub fn invoice(invoice: &'a Invoice) -> Self {
        Issued { id: invoice.id.uuid(), number: &invoice.number, corrects: None }
    }

    /// A credit note for an invoice.
    pub fn note(note: &'a CreditNote, invoice: &'a Invoice) -> Self {
        let corrects = Some((invoice.number.as_str(), invoice.issued_on));
        Issued { id: note.id.uuid(), number: &note.number, corrects }
    }

    /// UNTDID 1001: commercial invoice, credit note.
    const fn type_code(&self) -> &'static str {
        match self.corrects {
            None => "380",
            Some(_) => "381",
        }
    }
}

/// The invoice or credit note as XML.
pub fn invoice_xml(issued: &Issued<'_>, snapshot: &Snapshot) -> String {
    let mut xml = Xml("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned());
    xml.0.push_str(
        "<rsm:CrossIndustryInvoice xmlns:rsm=\"urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100\" \
         xmlns:ram=\"urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100\" \
         xmlns:qdt=\"urn:un:unece:uncefact:data:standard:QualifiedDataType:100\" \
         xmlns:udt=\"urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100\">",
    );
    xml.within("rsm:ExchangedDocumentContext", |xml| {
        xml.within("ram:GuidelineSpecifiedDocumentContextParameter", |xml| {
            xml.leaf("ram:ID", "urn:cen.eu:en16931:2017");
        });
    });
    xml.within("rsm:ExchangedDocument", |xml| {
        xml.leaf("ram:ID", issued.number);
        xml.leaf("ram:TypeCode", issued.type_code());
        xml.date("ram:IssueDateTime", snapshot.issued_on);
        if let Some(head) = &snapshot.ledger_head {
            let note = Words::to(Some(&snapshot.customer)).fill("ledger-head", &[("head", head)]);
            xml.within("ram:IncludedNote", |xml| xml.leaf("ram:Content", &note));
        }
    });
    xml.within("rsm:SupplyChainTradeTransaction", |xml| {
        for (number, line) in (1..).zip(&snapshot.lines) {
            write_line(xml, number, line, snapshot);
        }
        xml.within("ram:ApplicableHeaderTradeAgreement", |xml| {
            write_seller(xml, snapshot);
            write_buyer(xml, &snapshot.customer);
            if let Some(order) = &snapshot.order_number {
                xml.within("ram:BuyerOrderReferencedDocument", |xml| xml.leaf("ram:IssuerAssignedID", order));
            }
        });
        xml.within("ram:ApplicableHeaderTradeDelivery", |_| {});
        write_settlement(xml, issued, snapshot);
    });
    xml.close("rsm:CrossIndustryInvoice");
    xml.0
}

/// The tax of a line; that of the whole invoice where lines had none of their own.
fn tax_of(line: &SnapshotLine, snapshot: &Snapshot) -> TaxDecision {
    let whole = || TaxDecision::plain(snapshot.tax_name.clone(), snapshot.tax_rate);
    line.tax.clone().unwrap_or_else(whole)
}

fn write_line(xml: &mut Xml, number: u32, line: &SnapshotLine, snapshot: &Snapshot) {
    let currency = snapshot.totals.currency;
    let tax = tax_of(line, snapshot);
    // A price is never negative; a credit is a negative quantity (EN 16931, BR-27).
    let negative = line.total.net_minor < 0;
    let quantity = line.quantity.trim_start_matches('-');
    let quantity = if quantity.is_empty() || quantity == "0" { "1" } else { quantity };
    let signed = if negative { format!("-{quantity}") } else { quantity.to_owned() };
    let unit = format!("unitCode=\"{}\"", unit_code(line.measure));
    let net = Money::new(line.total.net_minor, currency);
    let price = if negative { net.negated() } else { net };
    let name = match &line.item {
        Some(item) => format!("{}: {item}", line.plan),
        None => line.plan.clone(),
    };
    xml.within("ram:IncludedSupplyChainTradeLineItem", |xml| {
        xml.within("ram:AssociatedDocumentLineDocument", |xml| xml.leaf("ram:LineID", &number.to_string()));
        xml.within("ram:SpecifiedTradeProduct", |xml| {
            xml.leaf("ram:Name", &name);
            if !line.domain.is_empty() {
                xml.leaf("ram:Description", &line.domain);
            }
        });
        xml.within("ram:SpecifiedLineTradeAgreement", |xml| {
            xml.within("ram:NetPriceProductTradePrice", |xml| {
                xml.leaf("ram:ChargeAmount", &amount(price));
                xml.with("ram:BasisQuantity", &unit, quantity);
            });
        });
        xml.within("ram:SpecifiedLineTradeDelivery", |xml| xml.with("ram:BilledQuantity", &unit, &signed));
        xml.within("ram:SpecifiedLineTradeSettlement", |xml| {
            xml.within("ram:ApplicableTradeTax", |xml| {
                xml.leaf("ram:TypeCode", "VAT");
                xml.leaf("ram:CategoryCode", tax.treatment.code(tax.rate));
                xml.leaf("ram:RateApplicablePercent", &percent(tax.rate));
            });
            xml.within("ram:BillingSpecifiedPeriod", |xml| {
                xml.date("ram:StartDateTime", line.period.start);
                xml.date("ram:EndDateTime", line.period.end.yesterday().unwrap_or(line.period.end));
            });
            xml.within("ram:SpecifiedTradeSettlementLineMonetarySummation", |xml| {
                xml.leaf("ram:LineTotalAmount", &amount(net));
            });
        });
    });
}

fn write_seller(xml: &mut Xml, snapshot: &Snapshot) {
    let seller = &snapshot.seller;
    xml.within("ram:SellerTradeParty", |xml| {
        xml.leaf("ram:Name", &seller.name);
        xml.within("ram:PostalTradeAddress", |xml| {
            for (element, line) in
                ["ram:LineOne", "ram:LineTwo", "ram:LineThree"].into_iter().zip(&seller.address)
            {
                xml.leaf(element, line);
            }
            xml.leaf("ram:CountryID", &seller.country);
        });
        xml.within("ram:URIUniversalCommunication", |xml| {
            xml.with("ram:URIID", "schemeID=\"EM\"", &seller.email);
        });
        if let Some(id) = &seller.tax_id {
            xml.within("ram:SpecifiedTaxRegistration", |xml| xml.with("ram:ID", "schemeID=\"VA\"", id));
        }
    });
}

fn write_buyer(xml: &mut Xml, buyer: &BillingDetails) {
    xml.within("ram:BuyerTradeParty", |xml| {
        xml.leaf("ram:Name", &buyer.name);
        xml.within("ram:PostalTradeAddress", |xml| {
            if !buyer.postal_code.is_empty() {
                xml.leaf("ram:PostcodeCode", &buyer.postal_code);
            }
            for (element, line) in
                ["ram:LineOne", "ram:LineTwo", "ram:LineThree"].into_iter().zip(&buyer.street)
            {
                xml.leaf(element, line);
            }
            xml.leaf("ram:CityName", &buyer.city);
            xml.leaf("ram:CountryID", &buyer.country);
            if !buyer.region.is_empty() {
                xml.leaf("ram:CountrySubDivisionName", &buyer.region);
            }
        });
        if let Some(id) = buyer.tax_id.as_ref().filter(|id| !id.is_empty()) {
            xml.within("ram:SpecifiedTaxRegistration", |xml| xml.with("ram:ID", "schemeID=\"VA\"", id));
        }
    });
}

fn write_settlement(xml: &mut Xml, issued: &Issued<'_>, snapshot: &Snapshot) {
    let totals = &snapshot.totals;
    let money = |minor| amount(Money::new(minor, totals.currency));
    let rows: Vec<(TaxDecision, i64, i64)> = if snapshot.taxes.is_empty() {
        let tax = TaxDecision::plain(snapshot.tax_name.clone(), snapshot.tax_rate);
        vec![(tax, totals.net_minor, totals.tax_minor)]
    } else {
        snapshot.taxes.iter().map(|row| (row.tax.clone(), row.net_minor, row.tax_minor)).collect()
    };
    xml.within("ram:ApplicableHeaderTradeSettlement", |xml| {
        xml.leaf("ram:InvoiceCurrencyCode", totals.currency.code());
        for (tax, net_minor, tax_minor) in rows {
            xml.within("ram:ApplicableTradeTax", |xml| {
                xml.leaf("ram:CalculatedAmount", &money(tax_minor));
                xml.leaf("ram:TypeCode", "VAT");
                if let Some(note) = tax.note.as_ref().filter(|_| tax.treatment != Treatment::Taxed) {
                    xml.leaf("ram:ExemptionReason", note);
                }
                xml.leaf("ram:BasisAmount", &money(net_minor));
                xml.leaf("ram:CategoryCode", tax.treatment.code(tax.rate));
                xml.leaf("ram:RateApplicablePercent", &percent(tax.rate));
            });
        }
        xml.within("ram:SpecifiedTradePaymentTerms", |xml| {
            xml.date("ram:DueDateDateTime", snapshot.due_on);
        });
        xml.within("ram:SpecifiedTradeSettlementHeaderMonetarySummation", |xml| {
            xml.leaf("ram:LineTotalAmount", &money(totals.net_minor));
            xml.leaf("ram:TaxBasisTotalAmount", &money(totals.net_minor));
            let currency = format!("currencyID=\"{}\"", totals.currency.code());
            xml.with("ram:TaxTotalAmount", &currency, &money(totals.tax_minor));
            xml.leaf("ram:GrandTotalAmount", &money(totals.total_minor));
            xml.leaf("ram:DuePayableAmount", &money(totals.total_minor));
        });
        if let Some((number, on)) = issued.corrects {
            xml.within("ram:InvoiceReferencedDocument", |xml| {
                xml.leaf("ram:IssuerAssignedID", number);
                let text = on.strftime("%Y%m%d").to_string();
                xml.within("ram:FormattedIssueDateTime", |xml| {
                    xml.with("qdt:DateTimeString", "format=\"102\"", &text);
                });
            });
        }
    });
}

/// UN/ECE Recommendation 20: what a quantity counts.
fn unit_code(measure: Measure) -> &'static str {
    match measure {
        Measure::Mailbox | Measure::Piece => "C62",
        Measure::Gigabyte => "E34",
        Measure::Hour => "HUR",
    }
}

/// An amount without its currency.
fn amount(money: Money) -> String {
    let text = money.to_string();
    text.split(' ').next().unwrap_or_default().to_owned()
}

fn percent(rate: TaxRate) -> String {
    format!("{}.{:02}", rate.0 / 100, rate.0 % 100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invoices::sheet::tests::sample;

    #[test]
    fn totals_and_required_terms_are_there_and_text_cannot_become_markup() {
        let (invoice, mut snapshot) = sample(2);
        snapshot.customer.name = "A & B <GmbH>\u{1}".to_owned();
        let xml = invoice_xml(&Issued::invoice(&invoice), &snapshot);
        for part in [
            "<ram:ID>urn:cen.eu:en16931:2017</ram:ID>",
            "<ram:ID>INV-000001</ram:ID>",
            "<ram:Name>A &amp; B &lt;GmbH&gt;</ram:Name>",
            "<ram:LineTotalAmount>60.00</ram:LineTotalAmount>",
            "<ram:GrandTotalAmount>63.76</ram:GrandTotalAmount>",
            "<ram:RateApplicablePercent>6.25</ram:RateApplicablePercent>",
        ] {
            assert!(xml.contains(part), "{part} is not in {xml}");
        }
        assert_eq!(xml.matches("<ram:IncludedSupplyChainTradeLineItem>").count(), 2);
        if let Ok(folder) = std::env::var("MAILKEEP_SAMPLE_FOLDER") {
            std::fs::write(std::path::Path::new(&folder).join("factur-x.xml"), xml).unwrap();
        }
    }

    #[test]
    fn a_credit_is_a_negative_quantity_at_a_price_that_is_not() {
        let (invoice, mut snapshot) = sample(1);
        let line = &mut snapshot.lines[0];
        line.total.net_minor = -2032;
        line.quantity = "-5".to_owned();
        let xml = invoice_xml(&Issued::invoice(&invoice), &snapshot);
        assert!(xml.contains("<ram:ChargeAmount>20.32</ram:ChargeAmount>"), "{xml}");
        assert!(xml.contains("<ram:BilledQuantity unitCode=\"C62\">-5</ram:BilledQuantity>"), "{xml}");
    }
}

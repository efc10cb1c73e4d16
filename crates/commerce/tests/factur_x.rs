//! Holds the invoice for programs inside the PDF against the schema and the rules of EN 16931, with the Python package `factur-x`
//! from PyPI: of a first order, and of a change of plan with a credit for unused days.

use std::process::Command;

use mailkeep_commerce::changes::{AskedBy, When, Wish};
use mailkeep_commerce::periods::Interval;
use mailkeep_commerce::processor::sandbox::Scenario;
use mailkeep_commerce::testing::run;
use mailkeep_policy::{Actor, Fact};
use mailkeep_storage::sql::Dialect;
use mailkeep_types::{SessionId, SystemClock};

const CHECK: &str = "import sys, facturx
pdf = open(sys.argv[1], 'rb').read()
name, xml = facturx.get_facturx_xml_from_pdf(pdf, check_xsd=True)
assert name == 'factur-x.xml', name
assert facturx.xml_check_xsd(xml, flavor='factur-x', level='en16931')
print(xml.decode())";

/// A Python that has the package; says so when it has not.
fn python() -> Option<String> {
    let python = std::env::var("MAILKEEP_TEST_PYTHON").ok();
    let has = |python: &String| {
        Command::new(python).args(["-c", "import facturx"]).output().is_ok_and(|done| done.status.success())
    };
    let found = python.filter(has);
    if found.is_none() {
        eprintln!("skipped: MAILKEEP_TEST_PYTHON names no Python with factur-x; ./dev test makes one");
    }
    found
}

/// What the package reads out of a document, after it found that it fits.
fn checked(python: &str, name: uuid::Uuid, pdf: &[u8]) -> String {
    let path = std::env::temp_dir().join(format!("{name}.pdf"));
    std::fs::write(&path, pdf).unwrap();
    let done = Command::new(python).arg("-c").arg(CHECK).arg(&path).output().unwrap();
    std::fs::remove_file(&path).unwrap();
    let said = String::from_utf8_lossy(&done.stdout).into_owned();
    assert!(done.status.success(), "{said}\n{}", String::from_utf8_lossy(&done.stderr));
    said
}

#[test]
fn the_invoice_for_programs_fits_the_schema_of_en_16931() {
    let Some(python) = python() else { return };
    run(Dialect::Sqlite, move |bench| async move {
        let buyer = bench.served(5, "company.example", Scenario::Approve).await;
        let id = bench.commerce.list_subscriptions(buyer.customer).await.unwrap()[0].id;
        bench.days(10);
        let wish = Wish {
            plan_key: "enterprise".to_owned(),
            interval: Interval::Monthly,
            mailboxes: 5,
            when: When::Now,
        };
        let customer = buyer.customer;
        bench.commerce.change_subscription(customer, id, wish, AskedBy::Customer, None).await.unwrap();
        let invoices = bench.commerce.list_invoices(customer).await.unwrap();
        assert_eq!(invoices.len(), 2);
        for invoice in invoices {
            let (actor, fact) = (Actor::Person(buyer.person), Fact::OwnSession(SessionId::new(&SystemClock)));
            let (_, pdf) = bench.commerce.invoice_pdf(actor, fact, invoice.id).await.unwrap();
            let said = checked(&python, invoice.id.uuid(), pdf.in_test());
            assert!(said.contains(&format!("<ram:ID>{}</ram:ID>", invoice.number)), "{said}");
        }
        let paid = &bench.commerce.list_invoices(customer).await.unwrap()[1];
        let note =
            bench.commerce.refund_invoice(bench.staff, paid.id, vec![(1, 500)], false).await.unwrap().0;
        let (actor, fact) = (Actor::Person(buyer.person), Fact::OwnSession(SessionId::new(&SystemClock)));
        let (_, pdf) = bench.commerce.credit_note_pdf(actor, fact, paid.id, note.id).await.unwrap();
        let said = checked(&python, note.id.uuid(), pdf.in_test());
        let named = format!("<ram:IssuerAssignedID>{}</ram:IssuerAssignedID>", paid.number);
        for part in
            ["<ram:TypeCode>381</ram:TypeCode>", "<ram:LineTotalAmount>5.00</ram:LineTotalAmount>", &named]
        {
            assert!(said.contains(part), "{part} is not in {said}");
        }
    });
}

//! What the walk finds in the Billing Manager and the catalogue: a claim, a hand-over, a credit note, a dispute, an item and a
//! brand.

use mailkeep_commerce::brands::console::NewBrand;
use mailkeep_commerce::catalogue::items::NewItem;
use mailkeep_commerce::cover::How;
use mailkeep_commerce::cover::claim::NewClaim;
use mailkeep_commerce::handovers::NewFile;
use mailkeep_commerce::payments::AttemptKind;
use mailkeep_commerce::taxes::TaxParty;
use mailkeep_policy::Personal;
use mailkeep_types::{CustomerId, InvoiceId, Money, PersonId, StaffId};

use super::world::Builder;

impl Builder {
    /// An item of the catalogue, which is everybody's.
    pub(super) async fn item(&self) -> String {
        let commerce = &self.state.commerce;
        if commerce.list_all_items().await.unwrap().is_empty() {
            let new = NewItem {
                key: "work".to_owned(),
                name: "Work".to_owned(),
                measure: "hour".to_owned(),
                tax_class: String::new(),
                prices: vec![("USD".to_owned(), "90.00".to_owned())],
                offered: true,
            };
            commerce.write_item(StaffId::new(&*self.state.clock), new, true).await.unwrap();
        }
        "work".to_owned()
    }

    /// A brand, which is everybody's.
    pub(super) async fn brand(&self) -> String {
        let commerce = &self.state.commerce;
        if commerce.list_brands().await.unwrap().is_empty() {
            let new = NewBrand {
                key: "harbour".to_owned(),
                name: "Harbour Mail".to_owned(),
                hosts: "www.harbour.example".to_owned(),
                seller: "Harbour Mail Limited".to_owned(),
                address: "1 Quay Street".to_owned(),
                country: "IE".to_owned(),
                email: "billing@harbour.example".to_owned(),
                series: "HM".to_owned(),
                credit_note_series: "HMC".to_owned(),
                ..NewBrand::default()
            };
            commerce.write_brand(StaffId::new(&*self.state.clock), &new, true).await.unwrap();
        }
        "harbour".to_owned()
    }

    /// A claim for a misused card.
    pub(super) async fn claimed(&self, customer: CustomerId, person: PersonId) -> String {
        let commerce = &self.state.commerce;
        let paid = commerce.claimable_payments(customer).await.unwrap().remove(0);
        let new = NewClaim {
            id: mailkeep_types::new_uuid(&*self.state.clock),
            payment: paid.id,
            amount_minor: 100,
            how: How::Copied,
            reported_on: paid.local_day,
            not_at_fault: true,
        };
        commerce.open_cover_claim(customer, person, new).await.unwrap().to_string()
    }

    /// Everything, as far as one file, to be fetched.
    pub(super) async fn handed_over(&self, customer: CustomerId, person: PersonId) -> String {
        let (commerce, blobs) = (&self.state.commerce, self.state.office.blobs());
        let id = mailkeep_types::new_uuid(&*self.state.clock);
        commerce.ask_for_hand_over(customer, person, id, 0, TaxParty::in_country("US")).await.unwrap();
        let content = b"an archive".to_vec();
        let size = i64::try_from(content.len()).unwrap();
        let file = NewFile { number: 1, part: 0, name: None, content: Personal::new(content), size };
        commerce.keep_hand_over_file(blobs, id, customer, file).await.unwrap();
        commerce.finish_hand_over(id, vec![person]).await.unwrap();
        id.to_string()
    }

    /// A credit note, whose part that was paid is credit on the account.
    pub(super) async fn credited(&self, invoice: InvoiceId) -> String {
        let staff = StaffId::new(&*self.state.clock);
        let credited = self.state.commerce.refund_invoice(staff, invoice, vec![(1, 100)], false).await;
        credited.unwrap().0.id.to_string()
    }

    /// A dispute about a part of what the customer paid.
    pub(super) async fn disputed(&self, customer: CustomerId) -> String {
        let commerce = &self.state.commerce;
        let payments = commerce.list_payments(customer).await.unwrap();
        let paid = payments.iter().find(|attempt| attempt.kind == AttemptKind::Capture).unwrap();
        let part = Money::new(100, paid.amount.currency);
        self.state.sandbox.as_ref().unwrap().dispute(paid.id, part).await.unwrap();
        commerce.reconcile_attempt(paid.id).await.unwrap();
        commerce.list_disputes_of(customer).await.unwrap()[0].id.to_string()
    }
}

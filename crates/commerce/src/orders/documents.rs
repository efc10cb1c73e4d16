//! Documents by which applicants show who they are: sealed, seen by a reviewer while the order waits, and deleted soon
//! after it is decided.

use mailkeep_policy::{Act, Actor, Fact, Personal, Place, Sealed, Shown, Subject, Use, category, purpose};
use mailkeep_types::{CustomerId, OrderId, StaffId, Timestamp, new_uuid};
use uuid::Uuid;

use super::{OrderStatus, held, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

/// The largest document, in bytes.
pub const LARGEST_DOCUMENT: usize = 5 * 1024 * 1024;
/// How many documents an order can have.
const MOST_DOCUMENTS: usize = 4;

/// A document without what it shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// Its identifier.
    pub id: Uuid,
    /// What kind of file it is.
    pub media_type: String,
    /// When it came.
    pub uploaded_at: Timestamp,
}

/// The kinds of files that are taken, each with how it begins.
const KINDS: [(&str, &[u8]); 3] =
    [("application/pdf", b"%PDF-"), ("image/jpeg", &[0xff, 0xd8, 0xff]), ("image/png", b"\x89PNG\r\n\x1a\n")];

impl Commerce {
    /// Takes a document of an applicant who was asked for more. The caller has checked that the person may act for the
    /// customer. What a file is says its beginning, not its name.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for `document`; [`CommerceError::State`] when nothing is asked.
    pub async fn add_document(
        &self,
        customer: CustomerId,
        order: OrderId,
        bytes: Vec<u8>,
    ) -> Result<(), CommerceError> {
        let unfit = || CommerceError::invalid("document", "send a PDF, JPEG or PNG file of at most 5 MB");
        if bytes.len() > LARGEST_DOCUMENT {
            return Err(unfit());
        }
        let media_type = KINDS.iter().find(|(_, start)| bytes.starts_with(start)).ok_or_else(unfit)?.0;
        self.show_order(customer, order).await?;
        let id = new_uuid(&**self.clock());
        let place = Place { table: "order_documents", column: "document", row: id };
        let document: Personal<_, category::Ticket> = Personal::new(bytes);
        let sealed = self.policy().seal(Subject::customer(customer), place, &document)?.into_bytes();
        self.write(move |tx| {
            let found = store::find(tx, order)?.ok_or(CommerceError::NotFound("order"))?;
            if !matches!(found.status, OrderStatus::MoreAsked | OrderStatus::InReview) {
                return Err(CommerceError::State("this order does not ask for a document".to_owned()));
            }
            if held::store::documents(tx, order)?.len() >= MOST_DOCUMENTS {
                let message = format!("at most {MOST_DOCUMENTS} documents are kept with an order");
                return Err(CommerceError::invalid("document", message));
            }
            Ok(held::store::insert_document(tx, id, order, media_type, &sealed)?)
        })
        .await
    }

    /// The documents of an order, without what they show.
    pub async fn list_documents(&self, order: OrderId) -> Result<Vec<DocumentRow>, CommerceError> {
        self.read(move |tx| Ok(held::store::documents(tx, order)?)).await
    }

    /// Opens a document for a member of staff while the order waits. The ledger shows it to the applicant.
    ///
    /// # Errors
    /// [`CommerceError::Refused`] when the order is not in review or the role does not fit.
    pub async fn open_document(
        &self,
        staff: StaffId,
        order: OrderId,
        id: Uuid,
    ) -> Result<(Shown<Vec<u8>>, String), CommerceError> {
        let customer = self.find_order(order).await?.customer;
        let asked = Use {
            actor: Actor::Staff(staff),
            subject: Subject::customer(customer),
            act: Act::Read,
            fields: &["order_documents.document"],
            fact: Fact::OrderInReview(order),
        };
        let grant = self.policy().grant::<purpose::Protect>(asked).await?;
        let found = self.read(move |tx| Ok(held::store::document(tx, order, id)?)).await?;
        let (media_type, bytes) = found.ok_or(CommerceError::NotFound("document"))?;
        let sealed = Sealed::<Vec<u8>, category::Ticket>::from_bytes(bytes);
        let place = Place { table: "order_documents", column: "document", row: id };
        Ok((self.policy().show(&grant, place, &sealed)?, media_type))
    }
}

//! A refused applicant objects, a person looks again, and answers.

use mailkeep_policy::Act;
use mailkeep_policy::{Actor, Fact, May, Personal, Place, Purpose, Sealed, Shown, Subject, Use, category};
use mailkeep_types::{CustomerId, OrderId, StaffId, Timestamp, new_uuid};
use uuid::Uuid;

use super::{OrderStatus, held, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::notices;

/// The longest appeal or answer, in characters.
const LONGEST_TEXT: usize = 4000;

/// An appeal, opened for whoever may read it.
pub struct OpenAppeal {
    /// What the applicant wrote.
    pub appeal: Shown<String>,
    /// What was answered, once it was.
    pub answer: Option<Shown<String>>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Whether the order was taken back in; `None` while it waits.
    pub granted: Option<bool>,
}

/// An appeal as stored.
pub struct AppealRow {
    /// Its identifier.
    pub id: Uuid,
    /// What the applicant wrote, sealed.
    pub appeal: Vec<u8>,
    /// What was answered, sealed.
    pub answer: Option<Vec<u8>>,
    /// When it was made.
    pub made_at: Timestamp,
    /// Whether the order was taken back in.
    pub granted: Option<bool>,
}

fn place(column: &'static str, row: Uuid) -> Place {
    Place { table: "order_appeals", column, row }
}

impl Commerce {
    /// Objects to a refusal. The caller has checked that the person may act for the customer.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for `appeal`; [`CommerceError::State`] when the order is not refused, its data is past
    /// its term, or an appeal was made already.
    pub async fn appeal(
        &self,
        customer: CustomerId,
        order: OrderId,
        text: String,
    ) -> Result<(), CommerceError> {
        check_text("appeal", &text)?;
        self.show_order(customer, order).await?;
        let id = new_uuid(&**self.clock());
        let text: Personal<_, category::Ticket> = Personal::new(text);
        let sealed =
            self.policy().seal(Subject::customer(customer), place("appeal", id), &text)?.into_bytes();
        self.write(move |tx| {
            let found = store::find(tx, order)?.ok_or(CommerceError::NotFound("order"))?;
            if found.status != OrderStatus::Refused || held::store::is_forgotten(tx, order)? {
                return Err(CommerceError::State("this order cannot be appealed (any more)".to_owned()));
            }
            if !held::store::appeals(tx, order)?.is_empty() {
                return Err(CommerceError::State("a person looked at this order again already".to_owned()));
            }
            Ok(held::store::insert_appeal(tx, id, order, &sealed)?)
        })
        .await
    }

    /// The appeals of an order: for its customer's contacts under their own session, for staff while one waits.
    ///
    /// # Errors
    /// [`CommerceError::Refused`] when the fact does not hold.
    pub async fn open_appeals<P>(
        &self,
        actor: Actor,
        fact: Fact,
        customer: CustomerId,
        order: OrderId,
    ) -> Result<Vec<OpenAppeal>, CommerceError>
    where
        P: Purpose + May<category::Ticket>,
    {
        let rows = self.read(move |tx| Ok(held::store::appeals(tx, order)?)).await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let asked = Use {
            actor,
            subject: Subject::customer(customer),
            act: Act::Read,
            fields: &["order_appeals.appeal", "order_appeals.answer"],
            fact,
        };
        let grant = self.policy().grant::<P>(asked).await?;
        let open = |column, id, bytes: Vec<u8>| {
            let sealed = Sealed::<String, category::Ticket>::from_bytes(bytes);
            self.policy().show(&grant, place(column, id), &sealed)
        };
        let mut opened = Vec::with_capacity(rows.len());
        for row in rows {
            opened.push(OpenAppeal {
                appeal: open("appeal", row.id, row.appeal)?,
                answer: row.answer.map(|bytes| open("answer", row.id, bytes)).transpose()?,
                made_at: row.made_at,
                granted: row.granted,
            });
        }
        Ok(opened)
    }

    /// Answers the appeal of an order. Granted, the order waits for its payment again, and a person vouches for it.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for `answer`; [`CommerceError::Staff`] when no appeal waits (any more), or when it is
    /// the reviewer's own refusal: somebody else looks again.
    pub async fn settle_appeal(
        &self,
        order: OrderId,
        staff: StaffId,
        granted: bool,
        answer: String,
    ) -> Result<(), CommerceError> {
        check_text("answer", &answer)?;
        let found = self.find_order(order).await?;
        let late = || CommerceError::Staff(format!("no appeal of order {} waits any more", found.number));
        if found.decided_by == Some(staff) {
            let message = format!("you refused order {} yourself; a colleague looks again", found.number);
            return Err(CommerceError::Staff(message));
        }
        let waiting = self.read(move |tx| Ok(held::store::appeals(tx, order)?)).await?;
        let id = waiting.into_iter().find(|appeal| appeal.granted.is_none()).ok_or_else(late)?.id;
        let text: Personal<_, category::Ticket> = Personal::new(answer.clone());
        let subject = Subject::customer(found.customer);
        let sealed = self.policy().seal(subject, place("answer", id), &text)?.into_bytes();
        let policy = self.policy().clone();
        self.write(move |tx| {
            let found = store::find(tx, order)?.ok_or(CommerceError::NotFound("order"))?;
            if !held::store::settle_appeal(tx, id, staff, granted, &sealed)? {
                let message = format!("no appeal of order {} waits any more", found.number);
                return Err(CommerceError::Staff(message));
            }
            if granted && store::move_on(tx, order, OrderStatus::Refused, OrderStatus::Placed)? {
                held::store::set_cleared(tx, order, staff)?;
            }
            notices::appeal_answered(tx, &policy, &found, id, &answer)
        })
        .await
    }
}

fn check_text(field: &'static str, text: &str) -> Result<(), CommerceError> {
    if text.trim().is_empty() || text.chars().count() > LONGEST_TEXT {
        return Err(CommerceError::invalid(
            field,
            format!("write a text of at most {LONGEST_TEXT} characters"),
        ));
    }
    Ok(())
}

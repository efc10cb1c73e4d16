//! What a reviewer asks the applicant of a held order, and what the applicant answers.

use mailkeep_policy::{
    Act, Actor, Fact, May, Personal, Place, Purpose, Sealed, Shown, Subject, Use, category,
};
use mailkeep_types::{CustomerId, OrderId, Timestamp};
use uuid::Uuid;

use super::{OrderStatus, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

/// The longest answer, in characters.
const LONGEST_ANSWER: usize = 4000;

/// A question, opened for whoever may read it.
pub struct OpenQuestion {
    /// What was asked.
    pub question: Shown<String>,
    /// What was answered, once it was.
    pub answer: Option<Shown<String>>,
    /// When it was asked.
    pub asked_at: Timestamp,
}

/// A question as stored.
pub struct QuestionRow {
    /// Its identifier.
    pub id: Uuid,
    /// What was asked, sealed.
    pub question: Vec<u8>,
    /// What was answered, sealed.
    pub answer: Option<Vec<u8>>,
    /// When it was asked.
    pub asked_at: Timestamp,
}

fn place(column: &'static str, row: Uuid) -> Place {
    Place { table: "order_questions", column, row }
}

impl Commerce {
    /// Seals a text of a question for its customer.
    pub(super) fn seal_question(
        &self,
        customer: CustomerId,
        column: &'static str,
        id: Uuid,
        text: String,
    ) -> Result<Vec<u8>, CommerceError> {
        let text: Personal<_, category::Ticket> = Personal::new(text);
        Ok(self.policy().seal(Subject::customer(customer), place(column, id), &text)?.into_bytes())
    }

    /// The questions of an order, oldest first: for its customer's contacts under their own session, for staff while it
    /// is in review.
    ///
    /// # Errors
    /// [`CommerceError::Refused`] when the fact does not hold.
    pub async fn open_questions<P>(
        &self,
        actor: Actor,
        fact: Fact,
        customer: CustomerId,
        order: OrderId,
    ) -> Result<Vec<OpenQuestion>, CommerceError>
    where
        P: Purpose + May<category::Ticket>,
    {
        let rows = self.read(move |tx| Ok(store::questions(tx, order)?)).await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let asked = Use {
            actor,
            subject: Subject::customer(customer),
            act: Act::Read,
            fields: &["order_questions.question", "order_questions.answer"],
            fact,
        };
        let grant = self.policy().grant::<P>(asked).await?;
        let open = |column, id, bytes: Vec<u8>| {
            let sealed = Sealed::<String, category::Ticket>::from_bytes(bytes);
            self.policy().show(&grant, place(column, id), &sealed)
        };
        let mut opened = Vec::with_capacity(rows.len());
        for row in rows {
            opened.push(OpenQuestion {
                question: open("question", row.id, row.question)?,
                answer: row.answer.map(|bytes| open("answer", row.id, bytes)).transpose()?,
                asked_at: row.asked_at,
            });
        }
        Ok(opened)
    }

    /// Answers the open question of an order, which goes back to the reviewers. The caller has checked that the person
    /// may act for the customer.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for `answer`; [`CommerceError::State`] when nothing is asked (any more).
    pub async fn answer_question(
        &self,
        customer: CustomerId,
        order: OrderId,
        text: String,
    ) -> Result<(), CommerceError> {
        if text.trim().is_empty() || text.chars().count() > LONGEST_ANSWER {
            let message = format!("write an answer of at most {LONGEST_ANSWER} characters");
            return Err(CommerceError::invalid("answer", message));
        }
        let nothing = || CommerceError::State("this question was answered already".to_owned());
        let find = move |tx: &mut mailkeep_storage::sql::Tx<'_>| {
            store::find(tx, order)?
                .filter(|found| found.customer == customer)
                .ok_or(CommerceError::NotFound("order"))
        };
        let open = self
            .read(move |tx| {
                find(tx)?;
                Ok(store::questions(tx, order)?.pop().filter(|question| question.answer.is_none()))
            })
            .await?;
        let question = open.ok_or_else(nothing)?.id;
        let sealed = self.seal_question(customer, "answer", question, text)?;
        self.write(move |tx| {
            if find(tx)?.status != OrderStatus::MoreAsked || !store::answer_question(tx, question, &sealed)? {
                return Err(nothing());
            }
            store::move_on(tx, order, OrderStatus::MoreAsked, OrderStatus::InReview)?;
            Ok(())
        })
        .await
    }
}

//! The owner says whose the mail from a strange place was.

use mailkeep_types::MailboxId;

use super::{Answer, store};
use crate::holds::{Act, Cause, HeldMessage, Holds, HoldsError};
use crate::ladder::climb;
use crate::verdict::ReasonCode;

impl Holds {
    /// The owner wrote it: the place is known from now on, and what was held for it goes out. What is held for other reasons waits
    /// on. Gives how many messages went out.
    ///
    /// # Errors
    /// When the database or the queue fails; asked again, it does what is left.
    pub async fn know_place(&self, mailbox: MailboxId, held: &[HeldMessage]) -> Result<usize, HoldsError> {
        self.answer(mailbox, Answer::Mine).await?;
        let mut gone = 0;
        for held in held.iter().filter(|held| held.mailbox == mailbox) {
            if held.code == Some(ReasonCode::SignIn) {
                gone += usize::from(self.let_go(*held, Act::Confirm, Cause::Owner).await?);
            }
        }
        Ok(gone)
    }

    /// Somebody else wrote it: nothing of what is held goes out. Whoever calls this ends sessions and passwords first. Gives how many
    /// messages were dropped.
    ///
    /// # Errors
    /// When the database or the queue fails; asked again, it does what is left.
    pub async fn report_theft(&self, mailbox: MailboxId, held: &[HeldMessage]) -> Result<usize, HoldsError> {
        let mut gone = 0;
        for held in held.iter().filter(|held| held.mailbox == mailbox) {
            gone += usize::from(self.give_back(*held, Act::Drop, Cause::Stolen, None).await?);
        }
        self.answer(mailbox, Answer::Stolen).await?;
        Ok(gone)
    }

    async fn answer(&self, mailbox: MailboxId, answer: Answer) -> Result<(), HoldsError> {
        let write = self.guard().0.db.write(move |tx| {
            let asked = store::open_of(tx, mailbox)?;
            store::answer(tx, mailbox, answer)?;
            match asked.filter(|_| answer == Answer::Stolen) {
                Some(asked) => climb::on_theft(tx, asked.customer, mailbox),
                None => Ok(()),
            }
        });
        Ok(write.await?)
    }
}

//! Hand-overs are listed and read.

use mailkeep_policy::{Act, Actor, Fact, Sealed, Shown, Subject, Use, category, purpose};
use mailkeep_types::{CustomerId, PersonId, SessionId};
use uuid::Uuid;

use super::{HandOver, HandOverFile, file_place, reason_place, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

/// A file with the address of its mailbox.
#[derive(Debug, Clone)]
pub struct ShownFile {
    /// The file.
    pub file: HandOverFile,
    /// The mailbox's address; nothing for the customer's records.
    pub name: Option<Shown<String>>,
}

impl Commerce {
    /// All hand-overs: those that wait for somebody first.
    pub async fn list_hand_overs(&self) -> Result<Vec<HandOver>, CommerceError> {
        self.read(store::all).await
    }

    /// One hand-over.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`].
    pub async fn find_hand_over(&self, id: Uuid) -> Result<HandOver, CommerceError> {
        self.read(move |tx| store::find(tx, id)?.ok_or(CommerceError::NotFound("hand-over"))).await
    }

    /// The hand-overs of a customer, the newest first.
    pub async fn hand_overs_of(&self, customer: CustomerId) -> Result<Vec<HandOver>, CommerceError> {
        self.read(move |tx| store::of_customer(tx, customer)).await
    }

    /// How many files a hand-over has, and how many bytes.
    pub async fn size_of_hand_over(&self, id: Uuid) -> Result<(i64, i64), CommerceError> {
        let files = self.read(move |tx| Ok(store::files(tx, id)?)).await?;
        let count = i64::try_from(files.len()).unwrap_or(i64::MAX);
        Ok((count, files.iter().map(|(file, _)| file.size).sum()))
    }

    /// How many hand-overs are past their day.
    pub async fn overdue_hand_overs(&self) -> Result<usize, CommerceError> {
        let today = self.today();
        Ok(self.list_hand_overs().await?.iter().filter(|one| one.is_overdue(today)).count())
    }

    /// The reason of a warning and the files, opened for an owner who is signed in.
    ///
    /// # Errors
    /// As the gate says.
    pub async fn show_hand_over(
        &self,
        (person, session): (PersonId, SessionId),
        one: &HandOver,
    ) -> Result<(Option<Shown<String>>, Vec<ShownFile>), CommerceError> {
        let id = one.id;
        let (reason, files) =
            self.read(move |tx| Ok((store::reason(tx, id)?, store::files(tx, id)?))).await?;
        let asked = Use {
            actor: Actor::Person(person),
            subject: Subject::customer(one.customer),
            act: Act::Read,
            fields: &["hand_overs.reason", "hand_over_files.name"],
            fact: Fact::OwnSession(session),
        };
        let grant = self.policy().grant::<purpose::Rights>(asked).await?;
        let reason = match reason {
            Some(sealed) => {
                let sealed: Sealed<String, category::Ticket> = Sealed::from_bytes(sealed);
                Some(self.policy().show(&grant, reason_place(id), &sealed)?)
            }
            None => None,
        };
        let mut shown = Vec::with_capacity(files.len());
        for (file, name) in files {
            let name = match name {
                Some(sealed) => {
                    let sealed: Sealed<String, category::Identity> = Sealed::from_bytes(sealed);
                    Some(self.policy().show(&grant, file_place("name", file.id), &sealed)?)
                }
                None => None,
            };
            shown.push(ShownFile { file, name });
        }
        Ok((reason, shown))
    }
}

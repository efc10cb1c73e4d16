//! Letters to departments go from the mail server to the Help Desk.

use mailkeep_helpdesk::letters::thread::Authenticity;
use mailkeep_helpdesk::mailroom::{Incoming, Mailroom};
use mailkeep_smtp::house::{Authorship, BoxFuture, Departments, HouseError, Letter};
use mailkeep_types::EmailAddress;

/// The mailroom as the mail server knows it.
pub struct Mailbag(pub Mailroom);

impl Departments for Mailbag {
    fn has(&self, address: &EmailAddress) -> bool {
        self.0.department(address).is_some()
    }

    fn take(&self, letter: Letter) -> BoxFuture<'_, Result<(), HouseError>> {
        Box::pin(async move {
            let department = self.0.department(&letter.recipient);
            let department =
                department.ok_or_else(|| HouseError::Failed("the department is gone".to_owned()))?;
            let incoming = Incoming {
                recipient: &letter.recipient,
                sender: letter.sender.as_ref(),
                authenticity: match letter.authorship {
                    Authorship::Proven => Authenticity::Proven,
                    Authorship::Unknown => Authenticity::Unknown,
                    Authorship::Failed => Authenticity::Failed,
                },
                raw: &letter.content,
            };
            let taken = self.0.take(department, incoming).await;
            taken.map(drop).map_err(|error| HouseError::Failed(error.to_string()))
        })
    }
}

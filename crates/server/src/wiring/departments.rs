//! Letters to departments go from the mail server to the Help Desk; what comes back of messages goes to outreach.

use mailkeep_helpdesk::letters::thread::Authenticity;
use mailkeep_helpdesk::mailroom::{Incoming, Mailroom};
use mailkeep_outreach::Outreach;
use mailkeep_outreach::returns::ReturnAddresses;
use mailkeep_smtp::house::{Authorship, BoxFuture, Departments, HouseError, Letter};
use mailkeep_types::EmailAddress;

/// The mailroom and the addresses for what comes back, as the mail server knows them.
pub struct Mailbag {
    /// Letters to departments.
    pub mailroom: Mailroom,
    /// What comes back of messages.
    pub outreach: Outreach,
    /// Where it comes back to.
    pub returns: ReturnAddresses,
}

impl Departments for Mailbag {
    fn has(&self, address: &EmailAddress) -> bool {
        self.mailroom.department(address).is_some() || self.returns.read(address).is_some()
    }

    fn take(&self, letter: Letter) -> BoxFuture<'_, Result<(), HouseError>> {
        Box::pin(async move {
            let Some(department) = self.mailroom.department(&letter.recipient) else {
                let noted =
                    self.outreach.take_return(&self.returns, &letter.recipient, &letter.content).await;
                return noted.map(drop).map_err(|error| HouseError::Failed(error.to_string()));
            };
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
            let taken = self.mailroom.take(department, incoming).await;
            taken.map(drop).map_err(|error| HouseError::Failed(error.to_string()))
        })
    }
}

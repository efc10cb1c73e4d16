//! Letters to departments go from the mail server to the Help Desk; what comes back of messages goes to outreach, and reports about domains go
//! to the mail store.

use mailkeep_helpdesk::letters::thread::Authenticity;
use mailkeep_helpdesk::mailroom::{Incoming, Mailroom};
use mailkeep_helpdesk::tickets::TicketError;
use mailkeep_mailbox::PostOffice;
use mailkeep_mailbox::domain_reports::{Taken, looks_like_report};
use mailkeep_outbound_guard::sending::Guard;
use mailkeep_outreach::Outreach;
use mailkeep_outreach::returns::ReturnAddresses;
use mailkeep_protocols::imap::structure::{fields, unfold};
use mailkeep_protocols::reports::{Complaint, read_complaint};
use mailkeep_protocols::smtp::Reply;
use mailkeep_smtp::house::{Authorship, BoxFuture, Departments, HouseError, Letter};
use mailkeep_storage::sql::SqlError;
use mailkeep_types::EmailAddress;

/// How much of a From field is read.
const LONGEST_FROM: usize = 1_000;

/// The mailroom and the addresses for what comes back, as the mail server knows them.
pub struct Mailbag {
    /// Letters to departments.
    pub mailroom: Mailroom,
    /// What comes back of messages.
    pub outreach: Outreach,
    /// Where it comes back to.
    pub returns: ReturnAddresses,
    /// Where other providers send reports about domains.
    pub reports: EmailAddress,
    /// Who sent what is complained of, and whose the domains are.
    pub office: PostOffice,
    /// Who counts complaints.
    pub guard: Guard,
}

impl Mailbag {
    /// Counts a report of a complaint (RFC 5965) about a message of a mailbox of ours, when it comes from where such reports are believed.
    async fn hear(&self, letter: &Letter) -> Result<(), SqlError> {
        if letter.authorship != Authorship::Proven {
            return Ok(());
        }
        let Some(author) = author(&letter.content) else { return Ok(()) };
        let reporter = author.domain();
        let Some(complaint) = read_complaint(&letter.content).filter(Complaint::objects) else {
            return Ok(());
        };
        let Some(message) = &complaint.enclosed.message_id else { return Ok(()) };
        let recipient = complaint.rcpt_to.first().map(String::as_str).filter(|address| address.contains('@'));
        // A reporter that is not named speaks for its own readers alone.
        let own = if self.guard.names_reporter(reporter) { Vec::new() } else { vec![reporter.to_string()] };
        let Some(sent) = self.office.sent_to(message, recipient, own).await? else { return Ok(()) };
        if self.guard.believes(reporter, &sent.domain) {
            self.guard.hear_complaint(sent.mailbox, sent.customer, sent.recipient).await?;
        }
        Ok(())
    }

    /// Takes a letter to the address for reports: a report (DMARC, TLS) whose sender is proven, and nothing else.
    async fn take_report(&self, letter: &Letter) -> Result<(), HouseError> {
        let author = author(&letter.content).filter(|_| letter.authorship == Authorship::Proven);
        let Some(author) = author else {
            let words = "A report is taken here when SPF, DKIM or DMARC of the domain in From is right";
            return Err(only_reports(words));
        };
        match self.office.take_domain_report(letter.content.clone(), author.domain()).await {
            Ok(Taken::Counted | Taken::Left) => Ok(()),
            Ok(Taken::NoReport) => Err(only_reports(
                "This address takes DMARC and TLS reports only, and this is none that can be read",
            )),
            Err(error) => Err(HouseError::Failed(error.to_string())),
        }
    }

    /// Counts a letter to a department that is a report about domains; it becomes no ticket then.
    async fn is_report(&self, letter: &Letter) -> bool {
        if letter.authorship != Authorship::Proven || !looks_like_report(&letter.content) {
            return false;
        }
        let Some(author) = author(&letter.content) else { return false };
        match self.office.take_domain_report(letter.content.clone(), author.domain()).await {
            Ok(taken) => taken != Taken::NoReport,
            Err(error) => {
                tracing::warn!(%error, "a report about domains could not be counted; it becomes a ticket");
                false
            }
        }
    }
}

/// Why a letter to the address for reports is not taken.
fn only_reports(words: &'static str) -> HouseError {
    HouseError::Refused(Reply::of(550, (5, 7, 1), words))
}

/// The address in From.
fn author(content: &[u8]) -> Option<EmailAddress> {
    let field = fields(content).find(|field| field.is("From"))?;
    let value = String::from_utf8_lossy(&unfold(field.value, LONGEST_FROM)).into_owned();
    let bare = value.rsplit_once('<').map_or(value.as_str(), |(_, rest)| rest);
    EmailAddress::parse(bare.trim().trim_end_matches('>')).ok()
}

impl Departments for Mailbag {
    fn has(&self, address: &EmailAddress) -> bool {
        self.mailroom.department(address).is_some()
            || self.returns.read(address).is_some()
            || *address == self.reports
    }

    fn take(&self, letter: Letter) -> BoxFuture<'_, Result<(), HouseError>> {
        Box::pin(async move {
            let department = self.mailroom.department(&letter.recipient);
            if department.is_none() && letter.recipient == self.reports {
                return self.take_report(&letter).await;
            }
            let Some(department) = department else {
                let noted =
                    self.outreach.take_return(&self.returns, &letter.recipient, &letter.content).await;
                return noted.map(drop).map_err(|error| HouseError::Failed(error.to_string()));
            };
            if self.is_report(&letter).await {
                return Ok(());
            }
            if let Err(error) = self.hear(&letter).await {
                // The letter is taken all the same.
                tracing::warn!(%error, "a report of a complaint could not be counted");
            }
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
            taken.map(drop).map_err(|error| match error {
                TicketError::NotTaken(sentence) => HouseError::Refused(Reply::of(550, (5, 7, 1), sentence)),
                other => HouseError::Failed(other.to_string()),
            })
        })
    }
}

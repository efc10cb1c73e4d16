//! The outbound guard at the door of submission: whose a mailbox is it learns from the mail store, what was paid for and what
//! the class of service says from commerce.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use mailkeep_commerce::Commerce;
use mailkeep_mailbox::{MailError, PostOffice, places};
use mailkeep_outbound_guard::departures::WaitCause;
use mailkeep_outbound_guard::ladder::Sender;
use mailkeep_outbound_guard::sending::{Addressee, DomainStanding, Guard, Later, Standing, Standings};
use mailkeep_outbound_guard::suspicions::{Sign, Surroundings};
use mailkeep_outbound_guard::{Judged, Reason, ReasonCode, Verdict};
use mailkeep_protocols::smtp::Reply;
use mailkeep_smtp::MailHouse;
use mailkeep_smtp::departures::{Departures, HeldBack, HeldBackBy, Leaving};
use mailkeep_smtp::house::{BoxFuture, House as _};
use mailkeep_smtp::submit::{Submission, SubmissionPolicy, SubmissionVerdict, Why};
use mailkeep_types::sending::SendingRules;
use mailkeep_types::{CustomerId, DomainId, DomainName, EmailAddress, MailboxId, Timestamp};
use parking_lot::Mutex;

/// For how long what is known of a domain is taken for true.
const KNOWN_FOR: Duration = Duration::from_secs(10);
/// So many domains are remembered.
const DOMAINS: usize = 10_000;

/// Asks the mail store and commerce.
pub struct Asked {
    office: PostOffice,
    commerce: Commerce,
    domains: Mutex<HashMap<DomainId, (Timestamp, Arc<Household>)>>,
}

/// What the mailboxes of a domain have in common.
struct Household {
    name: DomainName,
    customer: CustomerId,
    rules: SendingRules,
    paid_since: Option<Timestamp>,
    tried: bool,
    inside: Vec<DomainName>,
}

impl Asked {
    /// Asks these.
    pub fn new(office: PostOffice, commerce: Commerce) -> Self {
        Asked { office, commerce, domains: Mutex::default() }
    }

    async fn household(&self, id: DomainId) -> Result<Arc<Household>, String> {
        let now = self.office.clock().now();
        if let Some((at, known)) = self.domains.lock().get(&id)
            && now.since(*at) < KNOWN_FOR
            && *at <= now
        {
            return Ok(Arc::clone(known));
        }
        let failed = |error: MailError| error.to_string();
        let domain = self.office.domain(id).await.map_err(failed)?;
        let inside = self.office.domains_of_customer(domain.customer).await.map_err(failed)?;
        let mut household = Household {
            name: domain.name,
            customer: domain.customer,
            rules: SendingRules::default(),
            // What no service pays for is the house's own.
            paid_since: Some(domain.created_at),
            tried: false,
            inside: inside.into_iter().filter(|one| one.proven_at.is_some()).map(|one| one.name).collect(),
        };
        if let Some(service) = domain.service {
            let standing =
                self.commerce.service_standing(service).await.map_err(|error| error.to_string())?;
            household.rules = standing.sending;
            household.paid_since = standing.paid_since;
            household.tried = standing.tried;
        }
        let household = Arc::new(household);
        let mut domains = self.domains.lock();
        if domains.len() >= DOMAINS {
            domains.clear();
        }
        domains.insert(id, (now, Arc::clone(&household)));
        Ok(household)
    }
}

impl Asked {
    /// Who sends, under addresses of these domains besides their own.
    async fn sender<'a>(
        &self,
        mailbox: MailboxId,
        under: impl Iterator<Item = &'a DomainName>,
    ) -> Result<Sender, String> {
        let facts = self.office.mailbox_facts(mailbox).await.map_err(|error| error.to_string())?;
        let household = self.household(facts.domain).await?;
        let domains = std::iter::once(household.name.clone()).chain(under.cloned()).collect();
        Ok(Sender { mailbox: Some(mailbox), customer: household.customer, domains })
    }

    /// Who sends the copies of a list in this domain; nobody where it is not here any more.
    async fn list_sender(&self, domain: &DomainName) -> Result<Option<Sender>, String> {
        let found = self.office.proven_domain(domain).await.map_err(|error| error.to_string())?;
        Ok(found.map(|domain| Sender {
            mailbox: None,
            customer: domain.customer,
            domains: vec![domain.name],
        }))
    }
}

impl Standings for Asked {
    fn standing(&self, mailbox: MailboxId) -> Later<'_, Result<Standing, String>> {
        Box::pin(async move {
            let facts = self.office.mailbox_facts(mailbox).await.map_err(|error| error.to_string())?;
            let household = self.household(facts.domain).await?;
            // Days since it was made are those of UTC, as where the mail store counts.
            let days = |at: Timestamp| at.as_seconds().div_euclid(24 * 3600);
            let age = days(self.office.clock().now()) - days(facts.created_at);
            let unsigned = |limit: i64| u64::try_from(limit).unwrap_or_default();
            Ok(Standing {
                customer: household.customer,
                per_message: unsigned(facts.class.per_message()),
                per_window: unsigned(facts.class.per_day(age)),
                rules: household.rules.clone(),
                paid_since: household.paid_since,
                tried: household.tried,
                inside: household.inside.clone(),
            })
        })
    }

    fn domain(&self, domain: DomainId) -> Later<'_, Result<DomainStanding, String>> {
        Box::pin(async move {
            let household = self.household(domain).await?;
            Ok(DomainStanding {
                customer: household.customer,
                name: household.name.clone(),
                paid_since: household.paid_since,
                tried: household.tried,
            })
        })
    }

    fn surroundings(&self, mailbox: MailboxId, from: IpAddr) -> Later<'_, Result<Surroundings, String>> {
        Box::pin(async move {
            let found = self.office.surroundings(mailbox, from).await.map_err(|error| error.to_string())?;
            let sign = |sign| match sign {
                places::Sign::NewPlace => Sign::NewPlace,
                places::Sign::Guessed => Sign::Guessed,
                places::Sign::NewPassword => Sign::NewPassword,
            };
            Ok(Surroundings { place: found.place, signs: found.signs.into_iter().map(sign).collect() })
        })
    }
}

/// Decides on what is submitted.
pub struct Guarded {
    /// The guard.
    pub guard: Guard,
    /// Knows blocks and states of mailboxes.
    pub house: MailHouse,
    /// Knows whose mailboxes are.
    pub asked: Arc<Asked>,
}

impl Guarded {
    /// Why nothing is taken from whoever submits, if it is so.
    async fn refuses(&self, submission: &Submission<'_>) -> Result<Option<Reason>, String> {
        // Whoever is stopped can still write to us.
        if submission.recipients.iter().all(|recipient| recipient.department) {
            return Ok(None);
        }
        let under = submission.authors.iter().chain(submission.sender).map(EmailAddress::domain);
        let sender = self.asked.sender(submission.mailbox, under).await?;
        self.guard.refuses(sender).await.map_err(|error| error.to_string())
    }
}

fn not_now(error: &str) -> SubmissionVerdict {
    tracing::error!(%error, "the outbound guard could not judge a message; its sender is told to come again");
    let words = "This could not be done just now; try again in a few minutes";
    SubmissionVerdict::Refuse(Reply::of(451, (4, 3, 0), words), None)
}

/// Says which mail waits in the queue, and hears what was refused.
pub struct Stops {
    /// The guard.
    pub guard: Guard,
    /// Knows whose mailboxes are.
    pub asked: Arc<Asked>,
}

impl Stops {
    async fn sender(&self, leaving: Leaving<'_>) -> Result<Option<Sender>, String> {
        let under = leaving.sender.map(EmailAddress::domain);
        match (leaving.mailbox, under) {
            (Some(mailbox), under) => self.asked.sender(mailbox, under.into_iter()).await.map(Some),
            (None, Some(domain)) if leaving.of_list => self.asked.list_sender(domain).await,
            (None, _) => Ok(None),
        }
    }
}

impl Departures for Stops {
    fn held_back<'a>(&'a self, leaving: Leaving<'a>) -> BoxFuture<'a, Result<Option<HeldBack>, String>> {
        Box::pin(async move {
            let sender = self.sender(leaving).await?;
            let waits = self.guard.waits(sender, leaving.to).await.map_err(|error| error.to_string())?;
            Ok(waits.map(|waiting| HeldBack {
                by: match waiting.why {
                    WaitCause::Sender => HeldBackBy::Sender,
                    WaitCause::Destination => HeldBackBy::Destination,
                    WaitCause::Refused => HeldBackBy::Refusals,
                },
                until: waiting.until,
            }))
        })
    }

    fn refused<'a>(&'a self, leaving: Leaving<'a>) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            let heard = match self.sender(leaving).await {
                Ok(Some(sender)) => {
                    let heard = self.guard.hear_block(sender.customer, leaving.to).await;
                    heard.map_err(|error| error.to_string())
                }
                Ok(None) => Ok(None),
                Err(error) => Err(error),
            };
            match heard {
                Ok(None) => {}
                Ok(Some(until)) => {
                    metrics::counter!("mailkeep_guard_pauses_total").increment(1);
                    tracing::info!(to = %leaving.to, until = %until.to_jiff(), "a destination refuses a customer's mail and is left alone");
                }
                Err(error) => tracing::warn!(%error, "a refusal could not be counted"),
            }
        })
    }
}

impl SubmissionPolicy for Guarded {
    fn check<'a>(&'a self, submission: &'a Submission<'a>) -> BoxFuture<'a, SubmissionVerdict> {
        Box::pin(async move {
            // Who may not send at all is told so, and is not counted.
            if let Err(error) = self.house.check_sending(submission.mailbox, 0).await {
                return SubmissionVerdict::Refuse(error.into_reply(), None);
            }
            match self.house.is_signed_in(submission.mailbox, submission.signed_in_at).await {
                Ok(true) => {}
                Ok(false) => {
                    let words = "The owner of this mailbox ended all sign-ins; sign in with a new password";
                    return SubmissionVerdict::Refuse(Reply::of(530, (5, 7, 0), words), None);
                }
                Err(error) => return SubmissionVerdict::Refuse(error.into_reply(), None),
            }
            match self.refuses(submission).await {
                Ok(None) => {}
                Ok(Some(reason)) => return refusal(550, (5, 7, 1), reason),
                Err(error) => return not_now(&error),
            }
            let to = submission.recipients.iter().map(|recipient| Addressee {
                address: recipient.address.clone(),
                members: u64::try_from(recipient.members).unwrap_or(u64::MAX),
                department: recipient.department,
            });
            let to: Vec<Addressee> = to.collect();
            match self.guard.judge(submission.mailbox, submission.from, &to, submission.content).await {
                Ok(judged) => verdict(&judged, to.len()),
                Err(error) => not_now(&error.to_string()),
            }
        })
    }
}

fn verdict(judged: &Judged, recipients: usize) -> SubmissionVerdict {
    let Some(reason) = judged.first_reason() else { return SubmissionVerdict::Allow };
    let refuse = |code, status| refusal(code, status, reason);
    match judged.verdict {
        Verdict::Allow | Verdict::Hold => {
            count(reason);
            let held = judged.verdict == Verdict::Hold;
            let of_limit = judged.reasons.get(usize::from(held)).copied();
            let first = of_limit.filter(|_| judged.served < recipients).map(|of| (judged.served, why(of)));
            let known = || Why { number: judged.number, score: judged.score, ..why(reason) };
            SubmissionVerdict::AllowInPart { first, held: held.then(known) }
        }
        // Later it may be sent: a mail program keeps it in its outbox.
        Verdict::Delay => refuse(450, (4, 7, 1)),
        Verdict::Refuse if reason.code == ReasonCode::PerMessage => refuse(550, (5, 5, 3)),
        Verdict::Refuse => refuse(550, (5, 7, 1)),
    }
}

fn count(reason: Reason) {
    metrics::counter!("mailkeep_guard_verdicts_total", "reason" => reason.code.word()).increment(1);
}

fn refusal(code: u16, status: (u8, u16, u16), reason: Reason) -> SubmissionVerdict {
    count(reason);
    let why = why(reason);
    let reply = Reply::of(code, status, format!("{}: {}", why.code, why.sentence));
    SubmissionVerdict::Refuse(reply, Some(why))
}

fn why(reason: Reason) -> Why {
    let Reason { code, value, limit } = reason;
    Why { code: code.word(), value, limit, sentence: reason.to_string(), number: None, score: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(verdict: Verdict, codes: &[ReasonCode], served: usize) -> SubmissionVerdict {
        let reasons = codes.iter().map(|code| Reason { code: *code, value: 13, limit: 10 }).collect();
        super::verdict(&Judged { verdict, reasons, served, score: None, number: None }, 13)
    }

    #[test]
    fn what_is_held_may_be_over_a_limit_as_well() {
        let held = judged(Verdict::Hold, &[ReasonCode::Campaign, ReasonCode::PerMessage], 10);
        let SubmissionVerdict::AllowInPart { first: Some((10, limit)), held: Some(campaign) } = held else {
            panic!("{held:?}")
        };
        assert_eq!((limit.code, campaign.code), ("per-message", "campaign"));
        let held = judged(Verdict::Hold, &[ReasonCode::Wave], 13);
        assert!(matches!(held, SubmissionVerdict::AllowInPart { first: None, held: Some(_) }), "{held:?}");
        let served = judged(Verdict::Allow, &[ReasonCode::PerHour], 2);
        assert!(matches!(served, SubmissionVerdict::AllowInPart { first: Some((2, _)), held: None }));
        assert_eq!(judged(Verdict::Allow, &[], 13), SubmissionVerdict::Allow);
    }

    #[test]
    fn a_mail_program_learns_whether_to_come_again() {
        let said = |verdict, code| match judged(verdict, &[code], 0) {
            SubmissionVerdict::Refuse(reply, Some(why)) => format!("{reply} by {}", why.code),
            other => format!("{other:?}"),
        };
        assert!(said(Verdict::Delay, ReasonCode::FirstTime).starts_with("450 4.7.1 first-time: 13 people"));
        assert!(said(Verdict::Refuse, ReasonCode::PerMessage).starts_with("550 5.5.3 per-message: "));
        assert!(said(Verdict::Refuse, ReasonCode::TrialOutside).starts_with("550 5.7.1 trial-outside: "));
    }
}

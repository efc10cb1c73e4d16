//! Support as its promises say: a customer follows a ticket from the question to its end, and nobody else does; support sees the
//! customer under a ticket of theirs alone, and while it is open. Tried by two synthetic customers and a synthetic agent, who are
//! removed afterwards.

use anyhow::Result;
use mailkeep_helpdesk::service_levels::Priority;
use mailkeep_helpdesk::tickets::{DeskKind, Hand, Move, NewTicket, Reply, Seen};
use mailkeep_identity::IdentityError;
use mailkeep_identity::persons::ProbePerson;
use mailkeep_policy::{Act, Actor, Fact, PolicyError, Refusal, Subject, Use, purpose};
use mailkeep_types::{CustomerId, StaffId, new_uuid};
use mailkeep_web::ctx::encode;
use uuid::Uuid;

use super::Outcome;
use super::person::{mark, page, sign_in};
use super::wire::Site;
use crate::config::Config;
use crate::wiring::services::Services;

/// What the agent answers.
const ANSWER: &str = "The probe is answered: it is all well.";
/// Where a person reads what was done with their data: what staff did to mend something.
const USES: &str = "/center/privacy/uses?user=staff&purpose=troubleshoot";

/// Who plays.
struct Cast {
    one: ProbePerson,
    other: ProbePerson,
    customer: CustomerId,
    stranger: CustomerId,
    agent: StaffId,
}

impl Cast {
    async fn make(config: &Config, services: &Services) -> Result<Self> {
        let (identity, host) = (&services.identity, &config.server.hostname);
        let (one, other) = (identity.make_probe_person(host).await?, identity.make_probe_person(host).await?);
        let (customer, stranger) =
            (identity.make_probe_customer(&one).await?, identity.make_probe_customer(&other).await?);
        Ok(Cast { one, other, customer, stranger, agent: identity.make_probe_agent().await? })
    }

    async fn remove(self, services: &Services) -> Result<()> {
        for customer in [self.customer, self.stranger] {
            remove_customer(services, customer).await?;
        }
        for person in [self.one.person, self.other.person] {
            services.identity.remove_probe_person(person).await?;
        }
        Ok(services.identity.remove_probe_agent(self.agent).await?)
    }
}

async fn remove_customer(services: &Services, customer: CustomerId) -> Result<()> {
    services.desk.remove_probe_tickets(customer).await?;
    Ok(services.identity.remove_probe_customer(customer).await?)
}

/// Removes whom probes left that did not end, with what they asked.
///
/// # Errors
/// When a database fails.
pub(super) async fn remove_left(services: &Services) -> Result<()> {
    for customer in services.identity.list_left_probe_customers().await? {
        remove_customer(services, customer).await?;
    }
    Ok(services.identity.remove_left_probes().await?)
}

/// The outcomes, by check.
///
/// # Errors
/// When those who play cannot be made or removed.
pub(super) async fn probes(
    config: &Config,
    services: &Services,
    site: &Site,
) -> Result<Vec<(&'static str, Outcome)>> {
    let cast = Cast::make(config, services).await?;
    let followed = followed(services, site, &cast).await;
    let needed = needs_ticket(services, site, &cast).await;
    // Removed whatever came out.
    cast.remove(services).await?;
    Ok(vec![("tickets-followed", followed), ("troubleshoot-needs-ticket", needed)])
}

fn said(error: impl Into<anyhow::Error>) -> String {
    format!("{:#}", error.into())
}

/// P22: a ticket is opened, found, answered, ended and rated by whom it belongs to, and is not there for another customer.
async fn followed(services: &Services, site: &Site, cast: &Cast) -> Outcome {
    let cookie = session(site, &cast.one).await?;
    let subject = format!("A question of {}", mark(&cast.one));
    let form = format!(
        "subject={}&words=Is+it+all+well%3F&priority={}&about=",
        encode(&subject),
        Priority::Low.word()
    );
    let at = post(site, &cookie, "/center/tickets/new", "/center/tickets", &form).await?;
    let ticket: Uuid = at
        .rsplit('/')
        .next()
        .and_then(|id| id.parse().ok())
        .ok_or_else(|| format!("a ticket that was opened leads to {at}"))?;
    for path in [&*at, "/center/tickets"] {
        if !page(site, path, &cookie).await?.body.contains(&subject) {
            return Err(format!("{path} does not show a ticket that was opened"));
        }
    }
    let seen = Seen { ticket, owner: None, version: None, desk: DeskKind::Support };
    services.desk.write_as_staff(seen, cast.agent, Reply::Answer, ANSWER).await.map_err(said)?;
    if !page(site, &at, &cookie).await?.body.contains(ANSWER) {
        return Err("an answer does not reach the one who asked".to_owned());
    }
    let strange = session(site, &cast.other).await?;
    let answer = page(site, &at, &strange).await?;
    let list = page(site, "/center/tickets", &strange).await?;
    if answer.status != 404 || list.status != 200 || list.body.contains(&subject) {
        return Err(format!("another customer's ticket answers {}", answer.status));
    }
    post(site, &cookie, &at, &format!("{at}/solve"), "").await?;
    post(site, &cookie, &at, &format!("{at}/rate"), "rating=5").await?;
    Ok(())
}

/// P8: without a ticket support is refused; with it, it sees the customer's name and address and nothing else, until it is closed;
/// and the person can read that it was refused.
async fn needs_ticket(services: &Services, site: &Site, cast: &Cast) -> Outcome {
    let (desk, actor) = (&services.desk, Actor::Staff(cast.agent));
    let look =
        |customer, fact| services.identity.read_customer_card::<purpose::Troubleshoot>(actor, customer, fact);
    let nothing = Fact::OpenTicket(new_uuid(&**services.policy.clock()));
    refused(look(cast.customer, nothing).await.err(), "without a ticket")?;
    let new = NewTicket {
        owner: Subject::customer(cast.customer),
        department: mailkeep_web::center::tickets::new::SUPPORT.to_owned(),
        subject: "A probe".to_owned(),
        words: "Support may look while this is open.".to_owned(),
        priority: Priority::Low,
        about: None,
    };
    let ticket = desk.open_ticket(Hand::Person(cast.one.person), new).await.map_err(said)?.id;
    let fact = Fact::OpenTicket(ticket);
    look(cast.customer, fact).await.map_err(|error| format!("a ticket lets support see nothing: {error}"))?;
    refused(look(cast.stranger, fact).await.err(), "under another customer's ticket")?;
    let address = Use {
        actor,
        subject: Subject::person(cast.one.person),
        act: Act::Read,
        fields: &["persons.postal"],
        fact,
    };
    let beyond = services.policy.grant::<purpose::Troubleshoot>(address).await.err();
    refused(beyond.map(|refusal| PolicyError::Refused(refusal).into()), "beyond what it needs")?;
    let seen = Seen { ticket, owner: None, version: None, desk: DeskKind::Support };
    desk.move_ticket(seen, Hand::Staff(cast.agent), Move::Close).await.map_err(said)?;
    refused(look(cast.customer, fact).await.err(), "after the ticket was closed")?;
    let uses = page(site, USES, &session(site, &cast.one).await?).await?;
    match uses.body.matches("badge--bad").count() {
        // Without a ticket, beyond it, and after it; the one under this ticket stands in the other customer's record.
        3.. => Ok(()),
        count => Err(format!("of three refusals the person can read {count}")),
    }
}

fn refused(error: Option<IdentityError>, when: &str) -> Outcome {
    match error {
        Some(IdentityError::Policy(PolicyError::Refused(
            Refusal::NotAllowed { .. } | Refusal::Never(_) | Refusal::NotJustified(_),
        ))) => Ok(()),
        Some(other) => Err(format!("{when}: {other}")),
        None => Err(format!("support sees a customer {when}")),
    }
}

async fn session(site: &Site, person: &ProbePerson) -> Result<String, String> {
    let session = sign_in(site, &person.email.to_string(), person.password.expose()).await;
    session.map(|session| session.cookie).map_err(said)
}

/// Sends the form of a page; the page that it leads to.
async fn post(site: &Site, cookie: &str, from: &str, to: &str, form: &str) -> Result<String, String> {
    let before = page(site, from, cookie).await?;
    let token = before.token().ok_or_else(|| format!("{from} has no form"))?;
    let answer = site.post(to, cookie, &format!("csrf={token}&{form}")).await.map_err(said)?;
    match (answer.status, answer.header("location").split(['?', '#']).next()) {
        (303, Some(place)) => Ok(place.to_owned()),
        (status, _) => Err(format!("{to} answers {status}")),
    }
}

//! Who asks, and whether a route's permission lets them pass.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::http::{HeaderMap, header};
use mailkeep_helpdesk::tickets::{DeskKind, Seen};
use mailkeep_identity::Permission::Scope as Scoped;
use mailkeep_identity::persons::Greeting;
use mailkeep_identity::{Access, ContactRole, IdentityError, Origin, PersonAccess, StaffAccess};
use mailkeep_outreach::incidents::{Incident, IncidentKind, Stage};
use mailkeep_policy::outbound::Manner;
use mailkeep_policy::{Personal, Shown, Subject, purpose, use_notices};
use mailkeep_types::{CustomerId, DomainId, MailboxId, SubscriptionId};
use mailkeep_webhooks::endpoints::Whose;
use uuid::Uuid;

use crate::chrome::{PersonBadge, StaffBadge, Standing, UseNotices};
use crate::cookies;
use crate::error::WebError;
use crate::messages::msg;
use crate::routes::{Permission, Role, StaffPermission};
use crate::state::WebState;
use crate::webmail::Visit;

/// Who asks.
#[derive(Clone)]
pub struct Who {
    /// What identity says.
    pub access: Access,
    /// The language and time zone of a person.
    pub greeting: Option<Arc<Greeting>>,
    /// The customer being worked for.
    pub customer: Option<CustomerId>,
    /// Its name, for the head of pages.
    pub customer_name: Option<Shown<String>>,
    /// The holder of a mailbox, in the webmail.
    pub mailbox: Option<Arc<Visit>>,
    /// Uses by staff that the person has not seen yet.
    pub notices: Option<UseNotices>,
    /// Outages and maintenance that touch what they use.
    pub standing: Option<Standing>,
    /// For staff: how many promises of the policy do not hold.
    pub broken: i64,
}

/// The words by which a browser introduces itself in every request.
pub(crate) fn device(headers: &HeaderMap) -> Option<String> {
    const SAID: [header::HeaderName; 3] =
        [header::USER_AGENT, header::ACCEPT_LANGUAGE, header::ACCEPT_ENCODING];
    let words: Vec<&str> = SAID
        .iter()
        .filter_map(|name| headers.get(name)?.to_str().ok())
        .filter(|text| !text.is_empty())
        .collect();
    (!words.is_empty()).then(|| words.join("\n"))
}

/// Where a request comes from.
pub fn origin(headers: &HeaderMap, peer: Option<IpAddr>) -> Origin {
    let agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Origin::new(peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)), agent)
}

/// Whether a browser sends the Global Privacy Control signal.
pub fn gpc(headers: &HeaderMap) -> bool {
    headers.get("sec-gpc").is_some_and(|value| value.as_bytes() == b"1")
}

/// How a choice is made, for its receipt.
pub fn manner(source: &str, language: &str, peer: Option<IpAddr>) -> Manner {
    Manner {
        source: source.to_owned(),
        language: Some(language.to_owned()),
        network: peer.map(|peer| Personal::new(peer.to_string())),
    }
}

impl Who {
    /// Nobody we know.
    pub fn visitor() -> Self {
        Who {
            access: Access::Visitor,
            greeting: None,
            customer: None,
            customer_name: None,
            mailbox: None,
            notices: None,
            standing: None,
            broken: 0,
        }
    }

    /// Recognises the asker by the session cookie that fits the place.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn recognise(
        state: &WebState,
        headers: &HeaderMap,
        peer: Option<IpAddr>,
        permission: Permission,
    ) -> Result<Who, WebError> {
        let cookie = match permission {
            Permission::Staff(_) => cookies::STAFF,
            Permission::Site => return Ok(Who::visitor()),
            Permission::Mailbox => {
                let mailbox = state.webmail()?.recognise(headers).await?;
                let standing = match &mailbox {
                    // The Customer Center is no part of the webmail.
                    Some(_) => standing(state, |part| part != "customer_center").await?,
                    None => None,
                };
                return Ok(Who { mailbox, standing, ..Who::visitor() });
            }
            _ => cookies::PERSON,
        };
        let Some(token) = cookies::get(headers, cookie) else { return Ok(Who::visitor()) };
        let access = state.identity.recognise(token, &origin(headers, peer)).await?;
        let mut who = Who { access, ..Who::visitor() };
        if matches!(who.access, Access::Staff(_)) {
            who.broken = mailkeep_policy::checks::count_broken(&state.policy).await?;
        }
        if let Access::Person(person) = &who.access {
            who.greeting = match state.identity.greeting(person).await {
                // The keys go a moment before the session does; from then on there is nobody to greet.
                Err(error) if error.is_erased() => return Ok(Who::visitor()),
                greeting => Some(greeting?),
            };
            who.notices = notices(state, person).await?;
            who.standing = standing(state, |_| true).await?;
            // The cookie only chooses among the person's own customers.
            let chosen =
                cookies::get(headers, cookies::CUSTOMER).and_then(|id| id.parse::<CustomerId>().ok());
            let own = |id: &CustomerId| person.customers.iter().any(|membership| membership.customer == *id);
            who.customer =
                chosen.filter(own).or_else(|| person.customers.first().map(|membership| membership.customer));
            if let Some(customer) = who.customer {
                let (actor, fact) = (person.actor(), person.fact());
                let named =
                    state.identity.read_customer_name::<purpose::Prefill>(actor, customer, fact).await;
                who.customer_name = match named {
                    // A customer's data goes before that of its last owner.
                    Err(error) if error.is_erased() => None,
                    named => Some(named?.0),
                };
            }
        }
        Ok(who)
    }

    /// Holds the asker against a route's permission.
    ///
    /// # Errors
    /// What the asker must do first, or that it is not theirs.
    pub async fn may(
        &self,
        state: &WebState,
        permission: Permission,
        params: &HashMap<String, String>,
    ) -> Result<(), WebError> {
        match permission {
            Permission::Public | Permission::Credentials | Permission::Site => Ok(()),
            Permission::Person => self.in_browser(),
            Permission::CustomerRole(roles) => {
                self.in_browser()?;
                self.in_role(roles).map(|_| ())
            }
            Permission::DomainAdmin(roles) => {
                self.in_browser()?;
                let customer = self.in_role(roles)?;
                owns(state, customer, params).await
            }
            Permission::Staff(asked) => {
                let staff = self.staff()?;
                let known = asked.word();
                let may = known.is_none_or(|permission| staff.may(permission));
                if may { Ok(()) } else { Err(WebError::Forbidden) }
            }
            Permission::StaffApi(asked) => {
                let staff = self.staff()?;
                if asked.word().is_some_and(|permission| staff.may(permission)) {
                    Ok(())
                } else {
                    Err(WebError::Forbidden)
                }
            }
            Permission::Mailbox if self.mailbox.is_some() => Ok(()),
            Permission::Mailbox => Err(WebError::SignIn { at: "/mail/sign-in" }),
            Permission::Api(scope, roles) => {
                self.access.require(Scoped(scope)).map_err(|error| match error {
                    IdentityError::Forbidden => WebError::Scope(scope),
                    other => other.into(),
                })?;
                if roles.is_empty() {
                    return Ok(());
                }
                owns(state, self.in_role(roles)?, params).await
            }
        }
    }

    fn in_browser(&self) -> Result<(), WebError> {
        self.access.person_in_browser().map(drop).map_err(|_| WebError::SignIn { at: "/sign-in" })
    }

    /// The person who asks, in a browser or through an API token.
    ///
    /// # Errors
    /// That one must sign in.
    pub fn person(&self) -> Result<&PersonAccess, WebError> {
        self.access.person().map_err(|_| WebError::SignIn { at: "/sign-in" })
    }

    /// The signed-in member of staff.
    ///
    /// # Errors
    /// That one must sign in.
    pub fn staff(&self) -> Result<&StaffAccess, WebError> {
        self.access.staff().map_err(|_| WebError::SignIn { at: "/console/sign-in" })
    }

    /// The customer being worked for, if the person has one of the roles there.
    ///
    /// # Errors
    /// That one must sign in or order first, or has another role.
    pub fn in_role(&self, roles: &[Role]) -> Result<CustomerId, WebError> {
        let person = self.person()?;
        // In a browser one of several is always chosen; a program has to say which.
        let missing = if person.customers.is_empty() { "no-customer" } else { "api-name-customer" };
        let customer = self.customer.ok_or_else(|| WebError::Bad(msg(missing)))?;
        let wanted: Vec<ContactRole> = roles.iter().map(|role| role.contact()).collect();
        if person.roles_at(customer).any_of(&wanted) { Ok(customer) } else { Err(WebError::Forbidden) }
    }

    /// The time zone the person chose.
    pub fn time_zone(&self) -> Option<&str> {
        self.greeting.as_ref().map(|greeting| greeting.time_zone.as_str())
    }

    /// The language the person chose.
    pub fn language(&self) -> Option<&str> {
        self.greeting.as_ref().and_then(|greeting| greeting.language.split('-').next())
    }

    /// What the head of the page shows of a person.
    pub fn person_badge(&self) -> Option<PersonBadge> {
        let Access::Person(person) = &self.access else { return None };
        let roles = self.customer.map(|customer| person.roles_at(customer));
        Some(PersonBadge {
            registration_id: person.registration_id.to_string(),
            name: self.greeting.as_ref().map(|greeting| greeting.name.clone()).unwrap_or_default(),
            customer: self.customer_name.clone(),
            role: roles.and_then(|roles| roles.iter().next()).map(|role| role.word().to_owned()),
            customers: person.customers.len(),
        })
    }

    /// What the head of the page shows of a member of staff.
    pub fn staff_badge(&self) -> Option<StaffBadge> {
        let Access::Staff(staff) = &self.access else { return None };
        Some(StaffBadge {
            login: staff.login.clone(),
            permissions: staff.permissions().iter().map(|permission| permission.word().to_owned()).collect(),
            broken: self.broken,
        })
    }

    /// The token that this session's forms carry.
    pub fn csrf_token(&self) -> Option<[u8; 32]> {
        match &self.access {
            Access::Visitor => self.mailbox.as_ref().map(|visit| visit.csrf_token()),
            Access::Person(person) => Some(person.csrf),
            Access::Staff(staff) => Some(staff.csrf),
        }
    }
}

/// What staff did with the person's data, or that of a customer of theirs, and the person has not seen yet.
async fn notices(state: &WebState, person: &PersonAccess) -> Result<Option<UseNotices>, WebError> {
    let owned = person.customers.iter().filter(|own| own.roles.contains(ContactRole::Owner));
    let customers = owned.map(|own| Subject::customer(own.customer));
    let subjects: Vec<Subject> = std::iter::once(Subject::person(person.person)).chain(customers).collect();
    let unseen = use_notices::unseen(&state.policy, &subjects).await?;
    Ok(unseen.first().map(|newest| UseNotices {
        count: i64::try_from(unseen.len()).unwrap_or(i64::MAX),
        newest: newest.entry.to_string(),
        at: newest.at,
    }))
}

/// What goes on that touches a part, the worst first.
async fn standing(state: &WebState, touches: impl Fn(&str) -> bool) -> Result<Option<Standing>, WebError> {
    let (open, now) = (state.outreach.open_incidents().await?, state.clock.now());
    let mut going: Vec<&Incident> = open
        .iter()
        .filter(|incident| incident.stage(now).goes_on())
        .filter(|incident| incident.components.iter().any(|part| touches(part)))
        .collect();
    let is_down =
        |incident: &Incident| incident.kind == IncidentKind::Outage || incident.stage(now) == Stage::Overrun;
    going.sort_by_key(|incident| (!is_down(incident), std::cmp::Reverse(incident.starts_at)));
    Ok(going.first().map(|worst| Standing {
        state: if is_down(worst) { "down" } else { "maintenance" },
        title: worst.title.clone(),
        incident: worst.id.to_string(),
        more: i64::try_from(going.len() - 1).unwrap_or(0),
    }))
}

/// Whether the domain, mailbox, subscription, endpoint or ticket in the path belongs to the customer; what does not is not there.
async fn owns(
    state: &WebState,
    customer: CustomerId,
    params: &HashMap<String, String>,
) -> Result<(), WebError> {
    if let Some(id) = params.get("domain") {
        let id: DomainId = id.parse().map_err(|_| WebError::NotFound)?;
        let domain = state.office.domain(id).await?;
        if domain.customer != customer {
            return Err(WebError::NotFound);
        }
    }
    if let Some(id) = params.get("subscription") {
        let id: SubscriptionId = id.parse().map_err(|_| WebError::NotFound)?;
        state.commerce.show_subscription(customer, id).await?;
    }
    if let Some(id) = params.get("endpoint") {
        let id: Uuid = id.parse().map_err(|_| WebError::NotFound)?;
        state.webhooks.show_endpoint(Whose::Customer(customer), id).await?;
    }
    if let Some(id) = params.get("ticket") {
        let ticket = id.parse().map_err(|_| WebError::NotFound)?;
        state
            .desk
            .look_at(Seen {
                ticket,
                owner: Some(Subject::customer(customer)),
                version: None,
                desk: DeskKind::Support,
            })
            .await?;
    }
    if let Some(id) = params.get("mailbox") {
        let id: MailboxId = id.parse().map_err(|_| WebError::NotFound)?;
        let facts = state.office.mailbox_facts(id).await?;
        if state.office.domain(facts.domain).await?.customer != customer {
            return Err(WebError::NotFound);
        }
    }
    Ok(())
}

impl Role {
    /// The same role as identity knows it.
    pub fn contact(self) -> ContactRole {
        match self {
            Role::Owner => ContactRole::Owner,
            Role::Billing => ContactRole::Billing,
            Role::Technical => ContactRole::Technical,
            Role::ReadOnly => ContactRole::ReadOnly,
        }
    }
}

impl StaffPermission {
    /// The same permission as identity knows it; `None` asks for no particular one.
    pub fn word(self) -> Option<mailkeep_identity::StaffPermission> {
        use mailkeep_identity::StaffPermission as P;
        match self {
            StaffPermission::Any => None,
            StaffPermission::Catalogue => Some(P::Catalogue),
            StaffPermission::Articles => Some(P::Articles),
            StaffPermission::Downloads => Some(P::Downloads),
            StaffPermission::Billing => Some(P::Billing),
            StaffPermission::Reports => Some(P::Reports),
            StaffPermission::Orders => Some(P::Orders),
            StaffPermission::Customers => Some(P::Customers),
            StaffPermission::Tickets => Some(P::Tickets),
            StaffPermission::Abuse => Some(P::Abuse),
            StaffPermission::Queue => Some(P::Queue),
            StaffPermission::Jobs => Some(P::Jobs),
            StaffPermission::Staff => Some(P::Staff),
            StaffPermission::Sites => Some(P::Sites),
            StaffPermission::BreakGlass => Some(P::BreakGlass),
            StaffPermission::SecondLook => Some(P::SecondLook),
            StaffPermission::Privacy => Some(P::Privacy),
        }
    }
}

impl From<IdentityError> for WebError {
    fn from(error: IdentityError) -> Self {
        match error {
            IdentityError::NotFound => WebError::NotFound,
            IdentityError::Forbidden => WebError::Forbidden,
            IdentityError::SignInNeeded => WebError::SignIn { at: "/sign-in" },
            IdentityError::PasswordNeeded => WebError::Password,
            IdentityError::Locked { retry_after, .. } => {
                WebError::TooMany { retry_after_seconds: retry_after.as_secs().max(1) }
            }
            error if error.is_for_the_person() => {
                WebError::Bad(msg("verbatim").with("text", error.to_string()))
            }
            error => WebError::internal(error),
        }
    }
}

//! Facts are looked up by the domains that own them; each registers a check for its kinds.

use std::collections::HashMap;
use std::sync::Arc;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{StaffId, Timestamp};
use parking_lot::RwLock;
use uuid::Uuid;

use crate::outbound::{self, AddressLookup};
use crate::subject::{Actor, Fact, Subject};
use crate::table::FactSet;
use crate::vocabulary::{CategoryId, FactKind, Role};
use crate::{break_glass, disclosures, requests, unusual_uses};

/// What is claimed: that `fact` holds and ties `actor` to `subject`.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    /// The fact.
    pub fact: Fact,
    /// Who names it.
    pub actor: Actor,
    /// Whose data it is to justify.
    pub subject: Subject,
}

/// Looks a claim up. It runs in a read transaction of the main database.
pub(super) type FactCheck = Arc<dyn Fn(&mut Tx<'_>, &Claim) -> Result<bool, SqlError> + Send + Sync>;

/// Finds the roles of a member of staff; none for one who left or has no second factor.
pub(super) type StaffRoles = Arc<dyn Fn(&mut Tx<'_>, StaffId) -> Result<Vec<Role>, SqlError> + Send + Sync>;

/// What was found about a claim.
#[derive(Clone)]
pub(super) struct Found {
    /// The roles in which the actor may act.
    pub roles: Vec<Role>,
    /// The facts that hold: the one that was named, and those that accompany it.
    pub facts: FactSet,
    /// Whether the subject may not be told yet.
    pub sealed: bool,
    /// The categories that a disclosure covers.
    pub scope: Option<Vec<CategoryId>>,
}

/// What the domains registered.
#[derive(Default)]
pub(super) struct Registry {
    checks: RwLock<HashMap<FactKind, Vec<FactCheck>>>,
    staff_roles: RwLock<Option<StaffRoles>>,
}

impl Registry {
    pub(super) fn register(&self, kind: FactKind, check: FactCheck) {
        self.checks.write().entry(kind).or_default().push(check);
    }

    pub(super) fn register_staff_roles(&self, roles: StaffRoles) {
        *self.staff_roles.write() = Some(roles);
    }

    /// The roles of the actor, and whether the claim holds: whether one of the checks of its kind says so. A kind that
    /// nobody registered never holds. Facts of the kinds in `beside` accompany the one that is named: their checks get
    /// the same claim, and look for the second person *of this ground*, the permission *for this invoice*.
    pub(super) fn lookup(
        &self,
        kind: FactKind,
        beside: FactSet,
        addresses: Option<AddressLookup>,
        now: Timestamp,
    ) -> impl Fn(&mut Tx<'_>, &Claim) -> Result<Found, SqlError> + use<> {
        let checks = self.checks.read();
        let registered = checks.get(&kind).cloned().unwrap_or_default();
        let beside: Vec<(FactKind, Vec<FactCheck>)> =
            beside.iter().map(|kind| (kind, checks.get(&kind).cloned().unwrap_or_default())).collect();
        drop(checks);
        let staff_roles = self.staff_roles.read().clone();
        move |tx, claim| {
            let roles = match claim.actor {
                Actor::Person(_) => vec![Role::Person],
                Actor::Mailbox(_) => vec![Role::Mailbox],
                Actor::System(_) => vec![Role::System],
                // Of their own data, staff are the persons that it is about.
                Actor::Staff(id) if claim.subject == Subject::Staff(id) => vec![Role::Person],
                Actor::Staff(id) => match &staff_roles {
                    Some(find) => find(tx, id)?.into_iter().filter(|role| role.is_staff()).collect(),
                    None => Vec::new(),
                },
            };
            let holds = match claim.fact {
                Fact::OwnMailbox(id) => {
                    let may = claim.actor == Actor::Mailbox(id) || matches!(claim.actor, Actor::System(_));
                    let own = may && claim.subject == Subject::Mailbox(id);
                    own && (registered.is_empty() || any(&registered, tx, claim)?)
                }
                Fact::OutboundMessage(id) => match outbound::pending_subject(tx, id)? {
                    None => false,
                    Some(to) if to == claim.subject => true,
                    // A customer's message goes to a person, whose address is read for it.
                    Some(to) => match &addresses {
                        Some(find) => find(tx, to)?.is_some_and(|address| address.subject == claim.subject),
                        None => false,
                    },
                },
                Fact::BreakGlass(id) => break_glass::store::is_open(tx, id, claim.actor, claim.subject, now)?,
                Fact::Request(id) => requests::store::stands(tx, id, claim.actor, claim.subject, now)?,
                Fact::SecondLook(id) => second_look(tx, id, claim)?,
                Fact::Ground(id) => disclosures::store::stands(tx, id, claim.actor, claim.subject)?,
                _ => any(&registered, tx, claim)?,
            };
            let mut found = Found { roles, facts: FactSet::default(), sealed: false, scope: None };
            if holds {
                found.facts = FactSet::one(kind);
                for (kind, checks) in &beside {
                    if accompanies(*kind, checks, tx, claim)? {
                        found.facts = found.facts.with(*kind);
                    }
                }
                if let Fact::Ground(id) = claim.fact {
                    found.sealed = disclosures::store::is_sealed(tx, id, now)?;
                    found.scope = Some(disclosures::store::scope(tx, id)?);
                }
            }
            Ok(found)
        }
    }
}

/// Whether a fact of `kind` accompanies the one that is claimed.
fn accompanies(
    kind: FactKind,
    checks: &[FactCheck],
    tx: &mut Tx<'_>,
    claim: &Claim,
) -> Result<bool, SqlError> {
    match (kind, claim.fact) {
        (FactKind::SecondPerson, Fact::Ground(id)) => disclosures::store::is_agreed(tx, id),
        (FactKind::Consent, Fact::OutboundMessage(id)) => outbound::has_consent(tx, id),
        _ => any(checks, tx, claim),
    }
}

/// A colleague's case, document or explanation that waits for another person.
fn second_look(tx: &mut Tx<'_>, id: Uuid, claim: &Claim) -> Result<bool, SqlError> {
    Ok(break_glass::store::waits(tx, id, claim.actor, claim.subject)?
        || disclosures::store::waits(tx, id, claim.actor, claim.subject)?
        || unusual_uses::waits(tx, id, claim.actor, claim.subject)?)
}

fn any(checks: &[FactCheck], tx: &mut Tx<'_>, claim: &Claim) -> Result<bool, SqlError> {
    for check in checks {
        if check(tx, claim)? {
            return Ok(true);
        }
    }
    Ok(false)
}

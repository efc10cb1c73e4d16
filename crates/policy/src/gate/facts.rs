//! Facts are looked up by the domains that own them; each registers a check for its kinds.

use std::collections::HashMap;
use std::sync::Arc;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::StaffId;
use parking_lot::RwLock;

use crate::outbound;
use crate::subject::{Actor, Fact, Subject};
use crate::vocabulary::{FactKind, Role};

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

/// What the domains registered.
#[derive(Default)]
pub(super) struct Registry {
    checks: RwLock<HashMap<FactKind, FactCheck>>,
    staff_roles: RwLock<Option<StaffRoles>>,
}

impl Registry {
    pub(super) fn register(&self, kind: FactKind, check: FactCheck) {
        self.checks.write().insert(kind, check);
    }

    pub(super) fn register_staff_roles(&self, roles: StaffRoles) {
        *self.staff_roles.write() = Some(roles);
    }

    /// The roles of the actor, and whether the claim holds. A kind that nobody registered never holds.
    pub(super) fn lookup(
        &self,
    ) -> impl Fn(&mut Tx<'_>, &Claim) -> Result<(Vec<Role>, bool), SqlError> + use<> {
        let (checks, staff_roles) = (self.checks.read().clone(), self.staff_roles.read().clone());
        move |tx, claim| {
            let roles = match claim.actor {
                Actor::Person(_) => vec![Role::Person],
                Actor::Mailbox(_) => vec![Role::Mailbox],
                Actor::System(_) => vec![Role::System],
                Actor::Staff(id) => match &staff_roles {
                    Some(find) => find(tx, id)?.into_iter().filter(|role| role.is_staff()).collect(),
                    None => Vec::new(),
                },
            };
            let check = checks.get(&claim.fact.kind());
            let holds = match claim.fact {
                Fact::OwnMailbox(id) => {
                    let same = claim.subject == Subject::Mailbox(id)
                        && matches!(claim.actor, Actor::System(_))
                        || claim.actor == Actor::Mailbox(id) && claim.subject == Subject::Mailbox(id);
                    same && check.map_or(Ok(true), |check| check(tx, claim))?
                }
                Fact::OutboundMessage(id) => outbound::is_pending(tx, id, claim.subject)?,
                _ => check.map_or(Ok(false), |check| check(tx, claim))?,
            };
            Ok((roles, holds))
        }
    }
}

//! One pass through the gate.

use std::collections::HashMap;
use std::marker::PhantomData;
use std::num::NonZeroUsize;
use std::sync::Arc;

use lru::LruCache;
use mailkeep_storage::sql::{Database, SqlError};
use mailkeep_types::{LedgerEntryId, SharedClock, Timestamp};
use parking_lot::{Mutex, RwLock};

use super::facts::{Claim, FactCheck, Found, Registry, StaffRoles};
use super::lookups::Lookups;
use super::{Field, Grant, OWN_SESSION, Refusal, USE_SESSION, Use, lifetime};
use crate::file::CompiledPolicy;
use crate::keys::{KeyStore, SubjectKeys};
use crate::ledger::{Decision, Ledger, NewEntry};
use crate::outbound::AddressLookup;
use crate::staff_uses;
use crate::staff_uses::store::NewUse;
use crate::subject::{Actor, Fact, Subject};
use crate::table::{CellKey, Denied, FactSet};
use crate::vocabulary::{Act, CategoryId, FactKind, Purpose, PurposeId, Role};

/// Who showed a living session of their own over whose data, for what.
type OwnSession = (Fact, Actor, Subject, PurposeId);

/// The same use again within [`USE_SESSION`] is the same use session.
#[derive(PartialEq, Eq, Hash)]
struct SessionKey {
    actor: Actor,
    subject: Subject,
    purpose: PurposeId,
    act: Act,
    fact: Option<Fact>,
    fact_kind: FactKind,
    fields: Vec<(&'static str, &'static str)>,
}

pub(crate) struct Gate {
    db: Database,
    lookups: Lookups,
    pub(super) clock: SharedClock,
    pub(super) keys: Arc<KeyStore>,
    policy: Arc<CompiledPolicy>,
    ledger: Ledger,
    registry: Registry,
    fields: RwLock<HashMap<String, Field>>,
    columns: RwLock<HashMap<(&'static str, &'static str), CategoryId>>,
    sessions: Mutex<LruCache<SessionKey, (LedgerEntryId, Timestamp)>>,
    /// Own sessions that were found living a moment ago, see [`OWN_SESSION`].
    own: Mutex<LruCache<OwnSession, (Found, Timestamp)>>,
}

/// A mailbox with its own mail, and the program that carries it.
const fn carries_mail(role: Role, fact: FactKind) -> bool {
    matches!(role, Role::Mailbox)
        || matches!(role, Role::System) && matches!(fact, FactKind::QueuedMessage | FactKind::OwnMailbox)
}

/// What the gate found out about a use before it is recorded.
struct Verdict {
    role: Role,
    outcome: Result<u16, Refusal>,
}

impl Gate {
    pub(crate) fn new(
        db: Database,
        clock: SharedClock,
        keys: Arc<KeyStore>,
        policy: Arc<CompiledPolicy>,
        ledger: Ledger,
    ) -> Self {
        let most = NonZeroUsize::new(50_000).unwrap_or(NonZeroUsize::MIN);
        let (sessions, own) = (Mutex::new(LruCache::new(most)), Mutex::new(LruCache::new(most)));
        Gate {
            lookups: Lookups::new(db.clone()),
            db,
            clock,
            keys,
            policy,
            ledger,
            registry: Registry::default(),
            fields: RwLock::default(),
            columns: RwLock::default(),
            sessions,
            own,
        }
    }

    /// Forgets which own sessions were found living: one ended, or its person is a contact no more.
    pub(crate) fn forget_own_sessions(&self) {
        self.own.lock().clear();
    }

    pub(crate) fn register_fact(&self, kind: FactKind, check: FactCheck) {
        self.registry.register(kind, check);
    }

    pub(crate) fn register_staff_roles(&self, roles: StaffRoles) {
        self.registry.register_staff_roles(roles);
    }

    pub(crate) fn register_fields(&self, fields: &[Field]) {
        let (mut known, mut columns) = (self.fields.write(), self.columns.write());
        for field in fields {
            known.insert(format!("{}.{}", field.table, field.column), *field);
            columns.insert((field.table, field.column), field.category);
        }
    }

    pub(crate) fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    pub(crate) fn fields(&self) -> Vec<Field> {
        let mut fields: Vec<Field> = self.fields.read().values().copied().collect();
        fields.sort_by_key(|field| (field.table, field.column));
        fields
    }

    pub(crate) fn field(&self, table: &'static str, column: &'static str) -> Option<CategoryId> {
        self.columns.read().get(&(table, column)).copied()
    }

    pub(crate) async fn pass<P: Purpose>(
        &self,
        asked: Use<'_>,
        addresses: Option<AddressLookup>,
    ) -> Result<Grant<P>, Refusal> {
        let mut fields = Vec::with_capacity(asked.fields.len());
        {
            let known = self.fields.read();
            for name in asked.fields {
                fields.push(*known.get(*name).ok_or_else(|| Refusal::UnknownField((*name).to_owned()))?);
            }
        }
        #[cfg(feature = "gate-allows-all")]
        if super::open::LETS_ALL_THROUGH {
            return self.let_through(asked, fields).await;
        }
        let found = self.find(P::ID, &asked, addresses).await?;
        let verdict = self.decide(P::ID, &asked, &fields, &found);
        // Without a key there is nothing to read and nobody to whom an entry could be shown.
        let keys = self.keys.get(asked.subject).await?;
        metrics::counter!("policy_gate_total", "outcome" => if verdict.outcome.is_ok() { "allowed" } else { "refused" })
            .increment(1);
        let entry = match found.sealed {
            // What may not be told yet stands in the chain of whoever does it, until it is revealed.
            true => self.record_sealed(P::ID, &asked, &fields, &verdict).await,
            false => self.record(P::ID, &asked, &fields, &verdict, asked.subject, &keys).await,
        };
        let rule = verdict.outcome?;
        let mut fresh = false;
        let entry = match entry {
            Ok((id, new)) => {
                fresh = new;
                Some(id)
            }
            // Mail keeps flowing; everybody else waits until the ledger can be written.
            Err(error) if carries_mail(verdict.role, asked.fact.kind()) => {
                metrics::counter!("policy_ledger_failures_total").increment(1);
                tracing::warn!(%error, rule, "the ledger cannot be written; mail is carried all the same");
                None
            }
            Err(error) => {
                metrics::counter!("policy_ledger_failures_total").increment(1);
                return Err(Refusal::Ledger(error.to_string()));
            }
        };
        let ends_at = lifetime(verdict.role).map_or(Timestamp::NEVER, |span| self.clock.now().plus(span));
        let notify = fresh && !found.sealed && self.policy.notifies.get(usize::from(rule)) == Some(&true);
        Ok(Grant {
            notify,
            subject: asked.subject,
            actor: asked.actor,
            act: asked.act,
            fields,
            ends_at,
            entry,
            keys,
            clock: Arc::clone(&self.clock),
            purpose: PhantomData,
        })
    }

    /// What is known of the fact that was named. The pages of one moment show the same session again and again: what was
    /// found of it holds for [`OWN_SESSION`], where nothing else accompanies it.
    async fn find(
        &self,
        purpose: PurposeId,
        asked: &Use<'_>,
        addresses: Option<AddressLookup>,
    ) -> Result<Found, SqlError> {
        let (kind, now) = (asked.fact.kind(), self.clock.now());
        let claim = Claim { fact: asked.fact, actor: asked.actor, subject: asked.subject };
        let beside = self.policy.table.companions(purpose, kind);
        let own = matches!(
            (asked.fact, asked.actor),
            (Fact::OwnSession(_) | Fact::ManagedMailbox(_), Actor::Person(_))
        );
        let shown = (own && beside == FactSet::default()).then_some((
            asked.fact,
            asked.actor,
            asked.subject,
            purpose,
        ));
        if let Some(shown) = &shown
            && let Some((found, since)) = self.own.lock().get(shown)
            && *since <= now
            && now.since(*since) < OWN_SESSION
        {
            return Ok(found.clone());
        }
        let lookup = self.registry.lookup(kind, beside, addresses, now);
        let found = self.lookups.find(Box::new(move |tx| lookup(tx, &claim))).await?;
        if let Some(shown) = shown
            && found.facts != FactSet::default()
        {
            self.own.lock().put(shown, (found.clone(), now));
        }
        Ok(found)
    }

    /// Every field must be allowed, all to the same role.
    fn decide(&self, purpose: PurposeId, asked: &Use<'_>, fields: &[Field], found: &Found) -> Verdict {
        let mut first = None;
        for role in &found.roles {
            let outcome = self.decide_as(*role, purpose, asked, fields, found);
            if outcome.is_ok() {
                return Verdict { role: *role, outcome };
            }
            // Of several refusals the one that may pass says most.
            if first.is_none() || matches!(outcome, Err(Refusal::NotJustified(_))) {
                first = Some(Verdict { role: *role, outcome });
            }
        }
        first.unwrap_or(Verdict { role: Role::Operator, outcome: Err(Refusal::NoRole) })
    }

    fn decide_as(
        &self,
        role: Role,
        purpose: PurposeId,
        asked: &Use<'_>,
        fields: &[Field],
        found: &Found,
    ) -> Result<u16, Refusal> {
        let table = &self.policy.table;
        let mut rule = 0;
        for field in fields {
            let category = field.category;
            let outside = found.scope.as_ref().is_some_and(|scope| !scope.contains(&category));
            let facts = if outside { FactSet::default() } else { found.facts };
            rule = table.decide(CellKey { purpose, category, role, act: asked.act }, facts).map_err(
                |denied| match denied {
                    Denied::Silent => Refusal::NotAllowed { role, act: asked.act, category, purpose },
                    Denied::Never(line) => {
                        let words =
                            self.policy.raw.never.get(usize::from(line)).map(|never| never.words.clone());
                        Refusal::Never(words.unwrap_or_default())
                    }
                    Denied::FactsMissing => Refusal::NotJustified(asked.fact.kind()),
                },
            )?;
        }
        Ok(rule)
    }

    async fn record_sealed(
        &self,
        purpose: PurposeId,
        asked: &Use<'_>,
        fields: &[Field],
        verdict: &Verdict,
    ) -> Result<(LedgerEntryId, bool), SqlError> {
        let Actor::Staff(id) = asked.actor else { return Err(SqlError::NotFound) };
        let chain = Subject::Staff(id);
        let keys = self.keys.create(chain).await.map_err(|error| SqlError::Engine(error.to_string()))?;
        self.record(purpose, asked, fields, verdict, chain, &keys).await
    }

    /// The entry in `chain` that stands for the use, and whether it was written now.
    async fn record(
        &self,
        purpose: PurposeId,
        asked: &Use<'_>,
        fields: &[Field],
        verdict: &Verdict,
        chain: Subject,
        keys: &Arc<SubjectKeys>,
    ) -> Result<(LedgerEntryId, bool), SqlError> {
        let now = self.clock.now();
        let session = SessionKey {
            actor: asked.actor,
            subject: asked.subject,
            purpose,
            act: asked.act,
            // Carrying mail is one use, however many messages are carried.
            fact: (asked.fact.kind() != FactKind::QueuedMessage).then_some(asked.fact),
            fact_kind: asked.fact.kind(),
            fields: fields.iter().map(|field| (field.table, field.column)).collect(),
        };
        if verdict.outcome.is_ok()
            && let Some((entry, since)) = self.sessions.lock().get(&session)
            && *since <= now
            && now.since(*since) < USE_SESSION
        {
            return Ok((*entry, false));
        }
        let (decision, reason) = match &verdict.outcome {
            Ok(rule) => (Decision::Allowed, self.policy.table.rules()[usize::from(*rule)].clone()),
            Err(refusal) => (Decision::Refused, refusal.to_string()),
        };
        let mut categories: Vec<_> = fields.iter().map(|field| field.category).collect();
        categories.sort_unstable();
        categories.dedup();
        let actor = match asked.actor {
            Actor::Person(id) if asked.subject == Subject::Person(id) => "you".to_owned(),
            Actor::Person(id) => format!("person {id}"),
            Actor::Mailbox(_) => "the mailbox user".to_owned(),
            Actor::System(name) => name.to_owned(),
            Actor::Staff(id) if asked.subject == Subject::Staff(id) => "you".to_owned(),
            Actor::Staff(id) => self.keys.house().staff_pseudonym(id),
        };
        let entry = NewEntry {
            subject: chain,
            actor,
            role: verdict.role,
            purpose,
            act: asked.act,
            categories,
            fields: fields.iter().map(|field| format!("{}.{}", field.table, field.column)).collect(),
            fact: asked.fact.kind(),
            fact_id: asked.fact.uuid(),
            decision,
            reason,
        };
        let id = self.ledger.append(entry, keys).await?;
        if let Actor::Staff(staff) = asked.actor
            && asked.subject != Subject::Staff(staff)
        {
            let noted = NewUse::of(asked, staff, purpose, id, now, verdict.outcome.is_ok());
            self.db.write(move |tx| staff_uses::store::note(tx, &noted)).await?;
        }
        if verdict.outcome.is_ok() {
            self.sessions.lock().put(session, (id, now));
        }
        Ok((id, true))
    }
}

//! The handle that the other crates hold.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use mailkeep_storage::blobs::Blobs;
use mailkeep_storage::sql::{Database, SqlError, Tx};
use mailkeep_types::{CustomerId, MailboxId, SharedClock, StaffId, Timestamp};
use uuid::Uuid;
use zeroize::{Zeroize as _, Zeroizing};

use crate::checks::Probe;
use crate::disclosures::StandingCheck;
use crate::egress::Egress;
use crate::error::{PolicyError, StartError};
use crate::file::{BUILT_FILE, CompiledPolicy, Erasure, PolicyFileError};
use crate::gate::{Claim, Field, Gate, Grant, OpenError, Refusal, Use};
use crate::keys::{
    KeyError, KeyStore, KeyUse, LookupKind, MailboxCipher, RootKey, RootKeySource, SubjectKeys,
    additional_data,
};
use crate::ledger::{Head, Ledger, NewEntry, NoteSigner};
use crate::outbound::{AddressLookup, Addresses, Channel, ChoiceKeys, Outbound, ReachLookup, StoredAddress};
use crate::page::{self, Page};
use crate::personal::{Personal, Sealed, Stored};
use crate::records::{HOUSE_RECORDS, Record, SchemaFault, compare};
use crate::retention::EndedSubjects;
use crate::shown::Shown;
use crate::subject::{Place, Subject};
use crate::tell;
use crate::unusual_uses::Lines;
use crate::vocabulary::{Category, CategoryId, FactKind, May, Purpose, Role};

/// What the policy core needs to know.
#[derive(Debug, Clone)]
pub struct PolicyConfig {
    /// A policy file to be used instead of the one of the build; it may be narrower, never wider.
    pub file: Option<PathBuf>,
    /// Where the root key comes from.
    pub root_key: RootKeySource,
    /// The name of the ledger in its signed heads: host name and path, without blanks and `+`. It stays what it was when
    /// the first head was signed.
    pub ledger_origin: String,
    /// The file that holds the suppression list outside the databases; a restore leaves it alone.
    pub suppression_file: Option<PathBuf>,
}

/// The policy that is enforced. Cheap to clone.
#[derive(Clone)]
pub struct Policy {
    inner: Arc<Inner>,
}

struct Inner {
    db: Database,
    clock: SharedClock,
    compiled: Arc<CompiledPolicy>,
    keys: Arc<KeyStore>,
    gate: Gate,
    addresses: Addresses,
    choices: ChoiceKeys,
    suppression_file: Option<PathBuf>,
    standing: parking_lot::RwLock<Vec<StandingCheck>>,
    records: parking_lot::RwLock<Vec<Record>>,
    /// Where what is too large for a row rests.
    blobs: parking_lot::RwLock<Option<Blobs>>,
    ended: parking_lot::RwLock<Vec<EndedSubjects>>,
    probes: parking_lot::RwLock<Vec<(String, Probe)>>,
    lines: parking_lot::RwLock<Lines>,
    egress: Egress,
    ledger_origin: String,
    /// The policies under which a yes was given to less than is asked now.
    stale: parking_lot::RwLock<HashSet<[u8; 32]>>,
    /// The newest signed head that this node knows, and when it looked.
    head: parking_lot::Mutex<Option<(Head, Timestamp)>>,
}

impl std::fmt::Debug for Policy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Policy({})", self.inner.compiled.id_text())
    }
}

/// How old the head that is printed may be beyond its own hour.
const HEAD_KNOWN_FOR: std::time::Duration = std::time::Duration::from_secs(300);

/// The house key of what people choose.
const CHOICES: &str = "choices";

/// How often a node says that it serves.
pub const SAY_SERVING: std::time::Duration = std::time::Duration::from_secs(30);

/// What the mail store seals by itself, column by column; see [`crate::MailColumn`]. And what it keeps of messages on their way, which
/// stands there as hashes and codes.
const FIELDS: &[Field] = &[
    Field::new("mail", "body", CategoryId::MailContent),
    Field::new("mail", "search_text", CategoryId::MailContent),
    Field::new("mail", "envelope", CategoryId::MailMetadata),
    Field::new("mail", "trace", CategoryId::MailTrace),
];

impl Policy {
    /// Reads and checks the policy file, opens the key database, and stands ready.
    ///
    /// # Errors
    /// When the file is malformed, wrong or wider than the build, or the root key is missing or another one.
    pub async fn start(
        db: Database,
        keys: Database,
        config: &PolicyConfig,
        clock: SharedClock,
    ) -> Result<Self, StartError> {
        let text = match &config.file {
            Some(path) => std::fs::read_to_string(path)
                .map_err(|error| PolicyFileError::Read { path: path.display().to_string(), error })?,
            None => BUILT_FILE.to_owned(),
        };
        let root = RootKey::load(&config.root_key)?;
        let compiled = CompiledPolicy::compile_bounded(&text)?;
        let list = config.suppression_file.clone();
        Self::assemble(db, keys, compiled, root, clock, &config.ledger_origin, list).await
    }

    /// As [`Policy::start`], with a policy and a root key that the caller has.
    ///
    /// # Errors
    /// When the root key is another than that of the key database.
    pub async fn start_with(
        db: Database,
        keys: Database,
        compiled: CompiledPolicy,
        root: RootKey,
        clock: SharedClock,
    ) -> Result<Self, StartError> {
        Self::assemble(db, keys, compiled, root, clock, "mailkeep.example/ledger", None).await
    }

    /// As [`Policy::start_with`], with a file for the suppression list.
    ///
    /// # Errors
    /// When the root key is another than that of the key database.
    #[cfg(feature = "testing")]
    pub async fn start_listed(
        db: Database,
        keys: Database,
        compiled: CompiledPolicy,
        root: RootKey,
        clock: SharedClock,
        suppression_file: PathBuf,
    ) -> Result<Self, StartError> {
        let list = Some(suppression_file);
        Self::assemble(db, keys, compiled, root, clock, "mailkeep.example/ledger", list).await
    }

    async fn assemble(
        db: Database,
        keys: Database,
        compiled: CompiledPolicy,
        root: RootKey,
        clock: SharedClock,
        ledger_origin: &str,
        suppression_file: Option<PathBuf>,
    ) -> Result<Self, StartError> {
        #[cfg(feature = "gate-allows-all")]
        crate::gate::open::check_place()?;
        let compiled = Arc::new(compiled);
        let keys = Arc::new(KeyStore::open(keys, root, Arc::clone(&clock)).await?);
        let choices = ChoiceKeys::derive(&*keys.house_secret(CHOICES).await?);
        let ledger = Ledger::new(db.clone(), Arc::clone(&clock), compiled.id);
        let gate =
            Gate::new(db.clone(), Arc::clone(&clock), Arc::clone(&keys), Arc::clone(&compiled), ledger);
        gate.register_fields(FIELDS);
        let (addresses, standing) = (Addresses::default(), parking_lot::RwLock::default());
        let head = parking_lot::Mutex::default();
        let ledger_origin = ledger_origin.to_owned();
        let inner = Inner {
            db,
            clock,
            compiled,
            keys,
            gate,
            addresses,
            choices,
            suppression_file,
            standing,
            records: parking_lot::RwLock::default(),
            blobs: parking_lot::RwLock::default(),
            ended: parking_lot::RwLock::default(),
            probes: parking_lot::RwLock::default(),
            lines: parking_lot::RwLock::default(),
            egress: Egress::default(),
            ledger_origin,
            stale: parking_lot::RwLock::default(),
            head,
        };
        let policy = Policy { inner: Arc::new(inner) };
        policy.register_records(HOUSE_RECORDS);
        // A handle would keep itself alive through its own registry.
        let weak = Arc::downgrade(&policy.inner);
        policy.register_fact(FactKind::Consent, move |tx, claim| match weak.upgrade() {
            Some(inner) => crate::outbound::consent_stands(&Policy { inner }, tx, claim),
            None => Ok(false),
        });
        Ok(policy)
    }

    /// The policy in force.
    pub fn compiled(&self) -> &CompiledPolicy {
        &self.inner.compiled
    }

    /// The policy page, with the name that stands for us.
    pub fn page(&self, operator: &str) -> Page {
        page::page(&self.inner.compiled, operator)
    }

    pub(crate) fn remember_stale(&self, stale: HashSet<[u8; 32]>) {
        *self.inner.stale.write() = stale;
    }

    /// Whether a yes that was given under a policy counts for what is asked now.
    pub(crate) fn still_counts(&self, policy_id: &[u8; 32]) -> bool {
        !self.inner.stale.read().contains(policy_id)
    }

    /// The main database.
    pub fn database(&self) -> &Database {
        &self.inner.db
    }

    /// The clock.
    pub fn clock(&self) -> &SharedClock {
        &self.inner.clock
    }

    // ---- the ledger's heads -----------------------------------------------------------------------------------------

    /// The key with which heads of the ledger are verified, in the form of a C2SP signed note.
    ///
    /// # Errors
    /// When the key database fails.
    pub async fn ledger_key(&self) -> Result<String, KeyError> {
        Ok(self.ledger_signer().await?.verifier_key())
    }

    pub(crate) async fn ledger_signer(&self) -> Result<Arc<NoteSigner>, KeyError> {
        self.inner.keys.ledger_signer(&self.inner.ledger_origin).await
    }

    pub(crate) fn remember_head(&self, head: Head) {
        *self.inner.head.lock() = Some((head, self.inner.clock.now()));
    }

    /// The newest signed head, to be printed on what people keep, e.g. an invoice; `None` before the first. Asks the
    /// database at most every few minutes.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn ledger_head(&self) -> Result<Option<Head>, SqlError> {
        let now = self.inner.clock.now();
        if let Some((head, at)) = *self.inner.head.lock()
            && at <= now
            && now.since(at) < HEAD_KNOWN_FOR
        {
            return Ok(Some(head));
        }
        let newest = crate::ledger::newest_checkpoint(self).await?.map(|newest| newest.head());
        *self.inner.head.lock() = newest.map(|head| (head, now));
        Ok(newest)
    }

    // ---- registration, at start -------------------------------------------------------------------------------------

    /// Says which columns of a crate's tables hold personal data, and of which category.
    pub fn register_fields(&self, fields: &[Field]) {
        self.inner.gate.register_fields(fields);
    }

    /// Says what a crate's tables hold, whose the rows are and when they go; registers the personal columns with it.
    pub fn register_records(&self, records: &'static [Record]) {
        let fields: Vec<Field> = records
            .iter()
            .flat_map(|record| {
                record.personal.iter().map(|(column, category)| Field::new(record.table, column, *category))
            })
            .collect();
        self.inner.gate.register_fields(&fields);
        self.inner.records.write().extend_from_slice(records);
    }

    /// Says where the content rests of rows that name it in their column `blob_key`, so that a copy has it, too.
    pub fn register_blobs(&self, blobs: Blobs) {
        *self.inner.blobs.write() = Some(blobs);
    }

    pub(crate) fn blobs(&self) -> Option<Blobs> {
        self.inner.blobs.read().clone()
    }

    /// Every registered table.
    pub fn records(&self) -> Vec<Record> {
        self.inner.records.read().clone()
    }

    /// Compares the registry with the live schema: what a start is refused for.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn check_records(&self) -> Result<Vec<SchemaFault>, SqlError> {
        Ok(compare(&self.records(), &self.inner.db.schema().await?))
    }

    /// Registers how the subjects are found whose last service ended before a time and who owe nothing: their keys are
    /// destroyed by the retention run.
    pub fn register_ended<F>(&self, find: F)
    where
        F: Fn(&mut Tx<'_>, Timestamp) -> Result<Vec<Subject>, SqlError> + Send + Sync + 'static,
    {
        self.inner.ended.write().push(Arc::new(find));
    }

    pub(crate) fn ended(&self) -> Vec<EndedSubjects> {
        self.inner.ended.read().clone()
    }

    /// Registers how `mailkeep policy check` looks at what a promise says about a crate's rows; `check` is the check that
    /// the policy file names. The probe changes nothing.
    pub fn register_probe<F>(&self, check: &'static str, probe: F)
    where
        F: Fn(&mut Tx<'_>) -> Result<Result<(), String>, SqlError> + Send + Sync + 'static,
    {
        self.inner.probes.write().push((check.to_owned(), Arc::new(probe)));
    }

    pub(crate) fn probes(&self) -> Vec<(String, Probe)> {
        self.inner.probes.read().clone()
    }

    /// Every registered column.
    pub fn fields(&self) -> Vec<Field> {
        self.inner.gate.fields()
    }

    /// Forgets which persons' own sessions were found living a moment ago. Whoever ends sessions or takes roles away calls it
    /// once that is written.
    pub fn forget_own_sessions(&self) {
        self.inner.gate.forget_own_sessions();
    }

    /// Registers how facts of a kind are looked up. The check gets a read transaction and answers whether the fact
    /// holds *and* ties the actor to the subject. Several crates may own rows of one kind; one yes is enough.
    pub fn register_fact<F>(&self, kind: FactKind, check: F)
    where
        F: Fn(&mut Tx<'_>, &Claim) -> Result<bool, SqlError> + Send + Sync + 'static,
    {
        self.inner.gate.register_fact(kind, Arc::new(check));
    }

    /// Registers how the roles of a member of staff are found.
    pub fn register_staff_roles<F>(&self, roles: F)
    where
        F: Fn(&mut Tx<'_>, StaffId) -> Result<Vec<Role>, SqlError> + Send + Sync + 'static,
    {
        self.inner.gate.register_staff_roles(Arc::new(roles));
    }

    /// Registers when a disclosure on the ground of the person's own organisation is open to it: the person belongs to
    /// it, it pays what it owes, its domain is its own. Every check that is registered must say yes; without any, the
    /// ground is refused.
    pub fn register_good_standing<F>(&self, check: F)
    where
        F: Fn(&mut Tx<'_>, CustomerId, Subject) -> Result<bool, SqlError> + Send + Sync + 'static,
    {
        self.inner.standing.write().push(Arc::new(check));
    }

    /// Says where the usual ends for accesses of staff; see [`crate::unusual_uses`].
    pub fn register_lines(&self, lines: Lines) {
        *self.inner.lines.write() = lines;
    }

    pub(crate) fn lines(&self) -> Lines {
        *self.inner.lines.read()
    }

    pub(crate) fn standing(&self) -> Vec<StandingCheck> {
        self.inner.standing.read().clone()
    }

    /// Registers how the stored address of a subject is found, for messages that name none. Several crates may; the first
    /// that knows the subject answers.
    pub fn register_addresses<F>(&self, lookup: F)
    where
        F: Fn(&mut Tx<'_>, Subject) -> Result<Option<StoredAddress>, SqlError> + Send + Sync + 'static,
    {
        self.inner.addresses.register(Arc::new(lookup));
    }

    /// Registers by which keyed hashes a subject is reached on which channel: an address, a telephone number, a postal
    /// address. What is declined there stays declined for whoever comes with the same.
    pub fn register_reach<F>(&self, lookup: F)
    where
        F: Fn(&mut Tx<'_>, Subject) -> Result<Vec<(Channel, [u8; 32])>, SqlError> + Send + Sync + 'static,
    {
        self.inner.addresses.register_reach(Arc::new(lookup));
    }

    pub(crate) fn reaches(&self) -> Vec<ReachLookup> {
        self.inner.addresses.reaches()
    }

    pub(crate) fn choice_keys(&self) -> &ChoiceKeys {
        &self.inner.choices
    }

    pub(crate) fn suppression_file(&self) -> Option<&std::path::Path> {
        self.inner.suppression_file.as_deref()
    }

    pub(crate) fn key_database(&self) -> &Database {
        self.inner.keys.database()
    }

    pub(crate) async fn house_secret(&self, name: &'static str) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        self.inner.keys.house_secret(name).await
    }

    pub(crate) fn addresses(&self) -> Option<AddressLookup> {
        self.inner.addresses.lookup()
    }

    // ---- keys -------------------------------------------------------------------------------------------------------

    /// Makes the subject's keys unless they are there. Before anything is sealed for the subject.
    ///
    /// # Errors
    /// [`KeyError::Erased`] for a subject whose data was erased: none is ever made again for it.
    pub async fn create_key(&self, subject: Subject) -> Result<(), KeyError> {
        self.inner.keys.create(subject).await.map(|_| ())
    }

    /// Destroys the subject's data key: what is sealed under it becomes unreadable, here at once, on other nodes within
    /// a minute, and for good when the last backup of the key database is gone. Invoices stay under the books key.
    ///
    /// # Errors
    /// When the key database fails.
    pub async fn erase(&self, subject: Subject) -> Result<bool, KeyError> {
        self.inner.keys.destroy(subject, KeyUse::Data).await
    }

    /// Ends the legal term of the subject's invoices: destroys the books key.
    ///
    /// # Errors
    /// When the key database fails.
    pub async fn end_books(&self, subject: Subject) -> Result<bool, KeyError> {
        self.inner.keys.destroy(subject, KeyUse::Books).await
    }

    /// A keyed hash for look-ups, e.g. of a network.
    pub fn lookup_hash(&self, kind: LookupKind, text: &str) -> [u8; 32] {
        self.inner.keys.house().lookup_hash(kind, text)
    }

    /// Says that this node serves; to be said again every [`SAY_SERVING`], so that the root key is not replaced meanwhile.
    ///
    /// # Errors
    /// When the key database fails.
    pub async fn say_serving(&self, node: Uuid) -> Result<(), KeyError> {
        self.inner.keys.say_serving(node).await
    }

    /// Says that this node serves no longer.
    ///
    /// # Errors
    /// When the key database fails.
    pub async fn stop_serving(&self, node: Uuid) -> Result<(), KeyError> {
        self.inner.keys.stop_serving(node).await
    }

    /// The cipher for the mail of one mailbox.
    ///
    /// # Errors
    /// When the mailbox has no key or was erased.
    pub async fn mailbox_cipher(&self, mailbox: MailboxId) -> Result<MailboxCipher, KeyError> {
        let keys = self.inner.keys.get(Subject::Mailbox(mailbox)).await?;
        Ok(MailboxCipher::new(mailbox, keys))
    }

    pub(crate) fn key_use(&self, category: CategoryId) -> KeyUse {
        match self.inner.compiled.terms(category).erasure {
            Erasure::DestroyKey => KeyUse::Data,
            Erasure::EndOfTerm => KeyUse::Books,
        }
    }

    // ---- values -----------------------------------------------------------------------------------------------------

    /// Seals a value for its place. May be called within a transaction.
    ///
    /// # Errors
    /// When the column is not registered with the value's category, or the subject has no key.
    pub fn seal<T: Stored, C: Category>(
        &self,
        subject: Subject,
        place: Place,
        value: &Personal<T, C>,
    ) -> Result<Sealed<T, C>, PolicyError> {
        let registered = self.inner.gate.field(place.table, place.column);
        if registered != Some(C::ID) {
            return Err(PolicyError::Unregistered {
                table: place.table,
                column: place.column,
                category: C::ID,
            });
        }
        let keys = self.inner.keys.get_now(subject)?;
        let cipher = keys.category(C::ID, self.key_use(C::ID))?;
        let mut plain = value.value().to_stored();
        let sealed = cipher.seal(&additional_data(subject, &place), &plain);
        plain.zeroize();
        Ok(Sealed::from_bytes(sealed))
    }

    /// Asks the gate.
    ///
    /// # Errors
    /// See [`Refusal`]; refusals are recorded too.
    pub async fn grant<P: Purpose>(&self, asked: Use<'_>) -> Result<Grant<P>, Refusal> {
        let grant = self.inner.gate.pass(asked, self.addresses()).await?;
        if grant.notify()
            && let Some(entry) = grant.entry()
        {
            tell::data_used(self, P::ID, &asked, entry).await?;
        }
        Ok(grant)
    }

    /// The keys of a subject, within a closure of the database.
    pub(crate) fn keys_of(&self, subject: Subject) -> Result<Arc<SubjectKeys>, KeyError> {
        self.inner.keys.get_now(subject)
    }

    /// The pseudonym under which the ledger knows a member of staff.
    pub(crate) fn staff_pseudonym(&self, staff: StaffId) -> String {
        self.inner.keys.house().staff_pseudonym(staff)
    }

    /// Writes an entry that no pass through the gate stands behind: something that was sealed until now.
    pub(crate) async fn append_entry(&self, entry: NewEntry) -> Result<(), PolicyError> {
        let keys = self.inner.keys.get(entry.subject).await?;
        self.inner.gate.ledger().append(entry, &keys).await?;
        Ok(())
    }

    /// As [`Policy::open`], for code that goes over all columns of a subject and knows their categories at run time.
    pub(crate) fn open_any<P: Purpose>(
        &self,
        grant: &Grant<P>,
        place: Place,
        category: CategoryId,
        sealed: &[u8],
    ) -> Result<Vec<u8>, OpenError> {
        grant.covers_column(&place, category)?;
        let cipher = grant.keys().category(category, self.key_use(category)).map_err(OpenError::Key)?;
        let data = additional_data(grant.subject(), &place);
        cipher.open(&data, sealed).ok_or(OpenError::Damaged(place.table))
    }

    /// Whether a sealed value opens in a place: for the probe that moves one.
    pub(crate) fn opens_in<T: Stored, C: Category>(
        &self,
        subject: Subject,
        place: Place,
        sealed: &Sealed<T, C>,
    ) -> bool {
        let Ok(keys) = self.inner.keys.get_now(subject) else { return false };
        let Ok(cipher) = keys.category(C::ID, self.key_use(C::ID)) else { return false };
        cipher.open(&additional_data(subject, &place), sealed.as_bytes()).is_some()
    }

    /// Whether the subject's data key is there.
    pub(crate) async fn has_data_key(&self, subject: Subject) -> Result<bool, KeyError> {
        Ok(self.inner.keys.get(subject).await?.has_data())
    }

    /// Opens a sealed value to be shown: what comes out can be put on a page, into an answer or a message, and read by
    /// none of the code on the way there.
    ///
    /// # Errors
    /// As [`Policy::open`].
    pub fn show<P, T, C>(
        &self,
        grant: &Grant<P>,
        place: Place,
        sealed: &Sealed<T, C>,
    ) -> Result<Shown<T>, OpenError>
    where
        P: Purpose + May<C>,
        T: Stored,
        C: Category,
    {
        Ok(Shown::opened(self.open_value(grant, place, sealed)?, C::ID))
    }

    /// Opens a sealed value for `reader`, which cannot keep a reference to it: for code that computes with the value.
    /// Every caller is listed in `policy/reviewed.toml`; what is only shown goes by [`Policy::show`].
    ///
    /// # Errors
    /// When the grant has ended or does not cover the place, or the value was changed or moved.
    pub fn open<P, T, C, R>(
        &self,
        grant: &Grant<P>,
        place: Place,
        sealed: &Sealed<T, C>,
        reader: impl FnOnce(&T) -> R,
    ) -> Result<R, OpenError>
    where
        P: Purpose + May<C>,
        T: Stored,
        C: Category,
    {
        self.open_value(grant, place, sealed).map(|value| reader(&value))
    }

    fn open_value<P, T, C>(
        &self,
        grant: &Grant<P>,
        place: Place,
        sealed: &Sealed<T, C>,
    ) -> Result<T, OpenError>
    where
        P: Purpose + May<C>,
        T: Stored,
        C: Category,
    {
        grant.covers_place::<C>(&place)?;
        let cipher = grant.keys().category(C::ID, self.key_use(C::ID)).map_err(OpenError::Key)?;
        let data = additional_data(grant.subject(), &place);
        let mut plain = cipher.open(&data, sealed.as_bytes()).ok_or(OpenError::Damaged(place.table))?;
        let value = T::from_stored(&plain).ok_or(OpenError::Damaged(place.table));
        plain.zeroize();
        value
    }

    /// The gate for connections to others.
    pub fn egress(&self) -> &Egress {
        &self.inner.egress
    }

    /// The outbound message gate.
    pub fn outbound(&self) -> Outbound {
        Outbound { policy: self.clone() }
    }
}

//! The tables of this crate and of the storage below it.

use super::{Owner, Record, Term};
use crate::vocabulary::CategoryId;

pub(crate) const RECORDS: &[Record] = crate::personal_records! {
    /// Work that is to be done; payloads are identifiers.
    jobs of Owner::House, from "the program" {
        plain { id, kind, unique_key, payload, state, run_at, attempts, lease_until, every_micros, last_error, created_at, bulk }
    }
    /// Which migrations were applied.
    schema_migrations of Owner::House, from "the program" {
        plain { name, checksum, applied_at }
    }
    /// Who used whose data, for what, justified by what.
    ledger_entries of Owner::Subject, from "the gate", row id {
        personal { payload: UseRecord }
        plain { id, position, subject_kind, subject_id, sequence, at, policy_id, commitment, previous, hash }
        ends { Term::empty(CategoryId::UseRecord, "at", &["payload"]) }
    }
    /// The newest entry of each chain.
    ledger_heads of Owner::Subject, from "the gate" {
        plain { subject_kind, subject_id, sequence, hash }
    }
    /// Roots of subtrees over all entries.
    ledger_nodes of Owner::House, from "the gate" {
        plain { height, node, hash }
    }
    /// Signed heads of the ledger.
    ledger_checkpoints of Owner::House, from "the gate" {
        plain { size, root, note, at }
    }
    /// Messages that passed the message gate; what they say goes when they are sent.
    outbound_messages of Owner::Subject, from "what the program has to tell", row id {
        personal { context: Contact }
        plain { id, class, template, topic, subject_kind, subject_id, unique_key, state, policy_id, created_at, finished_at }
    }
    /// Choices by topic and channel, each a receipt.
    consents of Owner::Subject, from "the person's choice", row id {
        personal { network: Network }
        plain { id, subject_kind, subject_id, sequence, topic, channel, state, source, policy_id, at, wording, language }
        ends { Term::null(CategoryId::Network, "at", &["network"]) }
    }
    /// Who declined what, by keyed hashes that belong to nobody's row, so that it holds after an erasure too.
    suppressions of Owner::House, from "refusals" {
        lookups { holder }
        plain { channel, topic, at, copied_at }
    }
    /// Disclosures to others: grounds, documents, scopes, two people.
    disclosures of Owner::House, from "the privacy officer" {
        plain { id, subject_kind, subject_id, ground, document_hash, authority, scope, opened_by, opened_at, agreed_by,
            agreed_at, sealed_until, revealed_at, period_from, period_until, refused_by, refused_at, produced_at,
            package_hash }
    }
    /// Documents that justify disclosures.
    disclosure_documents of Owner::Staff("staff_id"), from "the privacy officer", row disclosure_id {
        personal { content: UseRecord }
        plain { disclosure_id, staff_id, media_type, at }
    }
    /// What was produced for a disclosure, encrypted for the authority, for a day.
    disclosure_packages of Owner::House, from "the program" {
        plain { disclosure_id, content, made_at }
    }
    /// Disclosures that were refused, by ground and a word.
    disclosure_refusals of Owner::House, from "the register, or the second person" {
        plain { id, ground, why, staff_id, at }
    }
    /// Uses and refusals of staff, by identifiers and names of fields.
    staff_uses of Owner::Staff("staff_id"), from "the gate" {
        plain { id, staff_id, subject_kind, subject_id, at, purpose, act, fact, fact_id, fields, allowed }
        ends { Term::delete(CategoryId::UseRecord, "at") }
    }
    /// Profiles that staff said are their own.
    staff_profiles of Owner::Staff("staff_id"), from "the member of staff" {
        plain { staff_id, person_id, declared_at }
    }
    /// Unusual access, with what the member of staff says about it.
    unusual_uses of Owner::Staff("staff_id"), from "the program and the member of staff", row id {
        personal { explanation: UseRecord }
        plain { id, found_key, sign, staff_id, seen, threshold, since, until, found_at, explained_at, agreed_by, agreed_at }
        ends { Term::delete(CategoryId::UseRecord, "found_at") }
    }
    /// Cases that staff opened with a reason.
    break_glass of Owner::Subject, from "the member of staff who opened it", row id {
        personal { reason: UseRecord, verdict_words: UseRecord, settled_words: UseRecord }
        plain { id, staff_id, subject_kind, subject_id, opened_at, ends_at, seen_by, seen_at, cause, closed_at, verdict,
            settled_by, settled_at }
        ends { Term::delete(CategoryId::UseRecord, "opened_at") }
    }
    /// How promises are known that no table can prove.
    promise_records of Owner::House, from "whoever attests, and probes" {
        plain { id, promise, kind, outcome, who, words, at, until }
    }
    /// Policies that came into force.
    policy_versions of Owner::House, from "the start of the servers" {
        plain { sequence, policy_id, version, text, from_at }
    }
    /// Notices of policies to come.
    policy_announcements of Owner::House, from "the operator" {
        plain { id, policy_id, version, text, announced_at, from_at, told }
    }
    /// Persons who exist for a probe alone.
    synthetic_subjects of Owner::House, from "the live probe" {
        plain { subject_kind, subject_id, made_at }
    }
    /// What the self-checks found about each promise.
    promise_marks of Owner::House, from "the self-checks" {
        plain { id, promise, mark, report, since, looked_at }
    }
    /// Requests: for a copy, an erasure, an objection, with how they were verified and what was answered.
    subject_requests of Owner::Subject, from "the person, or the privacy officer for those who cannot sign in", row id {
        personal { reason: Ticket, answer: Ticket }
        plain { id, subject_kind, subject_id, act, verified_by, proof, at, done_at, case_id, purpose, outcome, due_at,
            answered_by }
        ends { Term::delete(CategoryId::Ticket, "done_at") }
    }
    /// Uses by staff of which the person was told at once.
    use_notices of Owner::Subject, from "the gate" {
        plain { entry_id, subject_kind, subject_id, at, seen_at }
        ends { Term::delete(CategoryId::UseRecord, "at") }
    }
    /// Copies of their data that people asked for.
    exports of Owner::Person("person_id"), from "the person, who asked for a copy", row id {
        personal { content: Identity }
        plain { id, person_id, state, done, total, size, blob_key, created_at, ready_at, expires_at }
    }
    /// Erasures that people asked for, with their certificates.
    erasures of Owner::Person("person_id"), from "the person, who asked for it" {
        plain { id, person_id, registration_id, state, token_hash, notice_id, certificate, created_at, due_at, done_at,
            fetched_at }
    }
};

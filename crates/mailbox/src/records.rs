//! The tables of this crate, as the policy's registry knows them. A column that is not here stops the start.

use mailkeep_policy::records::{Owner, Record, Term};
use mailkeep_policy::{CategoryId, personal_records};

/// The domain that a row belongs to, and with it the customer.
const DOMAIN: Owner = Owner::Through { column: "domain_id", table: "domains", key: "id" };
/// The folder that a row belongs to.
const FOLDER: Owner = Owner::Through { column: "folder_id", table: "folders", key: "id" };
/// The message of the queue that a row belongs to.
const QUEUED: Owner = Owner::Through { column: "queue_id", table: "queue_messages", key: "id" };

/// The message that a step belongs to.
const TRACED: Owner = Owner::Through { column: "trace_id", table: "mail_traces", key: "id" };

/// The tables. The days of mail content count from the closing of the mailbox, which destroys its key.
pub(crate) const RECORDS: &[Record] = personal_records! {
    /// Domains of customers.
    domains of Owner::Customer("customer_id"), from "the order form and the domains page" {
        plain { id, customer_id, service_id, name, proven_name, state, alias_of, challenge, catch_all, mailbox_limit, class, own_class,
            proven_at, checked_at, created_at }
    }
    /// Keys that sign mail of a domain.
    dkim_keys of DOMAIN, from "the program" {
        personal { private_key: MailMetadata }
        plain { id, domain_id, selector, algorithm, public_key, active, created_at }
    }
    /// Mailboxes.
    mailboxes of Owner::Mailbox("id"), from "the mailboxes page", row id {
        asked { display_name: Identity }
        personal { address: Identity }
        lookups { address_hash }
        plain { id, domain_id, state, quota_bytes, class, blocks, password_hash, password_changed_at, locked_until,
            signed_out_at, created_at, closed_at }
    }
    /// From where a mailbox was signed in to, as keyed hashes.
    mailbox_places of Owner::Mailbox("mailbox_id"), from "mail programs" {
        lookups { place }
        plain { mailbox_id, first_at, last_at, known_at, guessed_at }
    }
    /// What changes with every message.
    mailbox_counters of Owner::Mailbox("mailbox_id"), from "the program" {
        plain { mailbox_id, modseq, used_bytes, messages, next_uidvalidity, full_since }
    }
    /// Every address that is answered for: a mailbox's own, its aliases, and those of distribution lists, which are nobody's.
    addresses of Owner::Mailbox("mailbox_id"), from "the mailboxes and aliases pages", row alias_id {
        asked { address: Identity }
        lookups { hash }
        plain { domain_id, kind, mailbox_id, alias_id, created_at, writers }
    }
    /// Mailboxes that are members of distribution lists.
    list_members of Owner::Mailbox("mailbox_id"), from "the page of lists" {
        plain { alias_id, position, mailbox_id }
    }
    /// Members elsewhere of distribution lists, who say themselves that they want it.
    list_guests of Owner::Customer("customer_id"), from "the page of lists", row id {
        asked { address: Contact }
        lookups { hash }
        plain { id, alias_id, customer_id, state, asks, failures, asked_at, answered_at }
    }
    /// Who left a list of a customer, or does not want to be asked by it: as a hash, so that nobody asks again.
    list_refusals of Owner::Customer("customer_id"), from "the member, by the link of a message" {
        lookups { hash }
        plain { customer_id, guest_id, at }
    }
    /// Passwords for programs, as hashes.
    app_passwords of Owner::Mailbox("mailbox_id"), from "the mailbox's user", row id {
        asked { label: Preferences }
        plain { id, mailbox_id, hash, protocols, created_at, last_used_at }
    }
    /// Wrong passwords, by keyed hashes.
    sign_in_failures of Owner::House, from "mail programs" {
        plain { key, failures, window_start, blocked_until }
    }
    /// What became of messages, with hashes of the other side's address and of the Message-ID.
    mail_traces of Owner::Mailbox("mailbox_id"), from "mail that was received or written" {
        lookups { other, message }
        plain { id, position, mailbox_id, way, domain, size, at, first, word }
        ends { Term::delete(CategoryId::MailTrace, "at") }
    }
    /// What happened to them later.
    mail_trace_steps of TRACED, from "the program and other mail servers" {
        plain { trace_id, position, at, step, code, status }
        ends { Term::delete(CategoryId::MailTrace, "at") }
    }
    /// How deliveries ended, by destination and never by sender.
    delivery_destinations of Owner::House, from "the program and other mail servers" {
        plain { begins_at, destination, egress, slot, delivered, deferred, dead, spam, policy, failed, within_10s, within_1m,
            within_10m, within_1h, within_6h, later }
    }
    /// How deliveries of a domain ended, never by destination.
    delivery_senders of DOMAIN, from "the program and other mail servers" {
        plain { domain_id, begins_at, slot, delivered, deferred, dead, spam, policy, failed }
    }
    /// What block lists say of our addresses.
    block_list_answers of Owner::House, from "block lists" {
        plain { list, address, listed, answer, since, asked_at, failed_at }
    }
    /// Reports of other providers about a domain, so that each counts once.
    domain_reports of DOMAIN, from "other providers" {
        plain { id, kind, domain_id, reporter, begins_at, received_at }
    }
    /// Mail under a domain as other providers saw it, by the server that sent it.
    dmarc_counts of DOMAIN, from "other providers" {
        plain { domain_id, day, source, disposition, dkim, spf, messages }
    }
    /// Encrypted connections to a domain as other providers saw them.
    tls_counts of DOMAIN, from "other providers" {
        plain { domain_id, day, policy, result, sessions }
    }
    /// Folders.
    folders of Owner::Mailbox("mailbox_id"), from "mail programs", row id {
        personal { name: MailMetadata }
        plain { id, mailbox_id, name_hash, role, subscribed, uidvalidity, uidnext, modseq, recent_from, total, unseen, bytes,
            created_at }
    }
    /// Keywords of messages.
    keywords of Owner::Mailbox("mailbox_id"), from "mail programs" {
        personal { name: MailMetadata }
        plain { mailbox_id, bit }
    }
    /// Messages in folders.
    messages of FOLDER, from "mail that was received or written" {
        plain { folder_id, uid, modseq, flags, internal_at, saved_at, size, thread, body_id }
    }
    /// Messages that went.
    expunged of Owner::Mailbox("mailbox_id"), from "mail programs" {
        plain { folder_id, uid, modseq, mailbox_id, flags, internal_at, size, thread, body_id, expunged_at, purge_at }
    }
    /// Envelopes and search filters of messages.
    message_index of Owner::Mailbox("mailbox_id"), from "mail that was received or written" {
        personal { meta: MailMetadata, filter: MailContent }
        plain { mailbox_id, body_id, size }
    }
    /// Bodies of messages.
    message_bodies of Owner::Mailbox("mailbox_id"), from "mail that was received or written" {
        personal { content: MailContent, search_text: MailContent }
        plain { body_id, mailbox_id, blob_key }
    }
    /// The words of many messages in one piece, for searches.
    search_packs of Owner::Mailbox("mailbox_id"), from "the program" {
        personal { words: MailContent, places: MailContent }
        plain { mailbox_id, id, messages }
    }
    /// Which message is in which pack.
    search_packed of Owner::Mailbox("mailbox_id"), from "the program" {
        plain { mailbox_id, body_id, pack_id }
    }
    /// Sessions of the webmail, as hashes.
    page_sessions of Owner::Mailbox("mailbox_id"), from "the webmail" {
        plain { hash, mailbox_id, created_at, used_at, app_password_id }
    }
    /// The outgoing queue.
    queue_messages of Owner::Mailbox("mailbox_id"), from "mail that was written" {
        personal { envelope: MailMetadata, content: MailContent }
        plain { id, mailbox_id, unique_key, blob_key, size, hold, hold_code, hold_value, hold_limit, held_at, hold_number, hold_score,
            confirmed_at, created_at, expires_at }
    }
    /// Recipients in the outgoing queue.
    queue_recipients of QUEUED, from "mail that was written" {
        personal { address: MailMetadata, last_answer: MailMetadata }
        plain { queue_id, position, domain, state, attempts, next_at, lease_until, last_code, last_at, delay_reported,
            lease_by, bulk }
    }
    /// Where queued messages have been put already.
    queue_stored of QUEUED, from "mail that was written" {
        plain { queue_id, target_id }
    }
    /// Recipients per mailbox and day.
    sending_counts of Owner::Mailbox("mailbox_id"), from "the program" {
        plain { mailbox_id, day, recipients }
    }
    /// Letters that were sent from the webmail, by the key of their form.
    webmail_letters of Owner::Mailbox("mailbox_id"), from "the webmail" {
        plain { mailbox_id, letter_key, done, created_at }
    }
};

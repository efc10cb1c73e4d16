//! The tables of this crate, as the policy's registry knows them. A column that is not here stops the start.

use mailkeep_policy::CategoryId;
use mailkeep_policy::personal_records;
use mailkeep_policy::records::{Owner, Record, Term};

const CONSENT: Owner = Owner::Through { column: "consent_id", table: "site_consents", key: "id" };
const SITE_SIGN_IN: Owner = Owner::Through { column: "sign_in_id", table: "site_sign_ins", key: "id" };

/// A contact's row is the customer's: the copy of name and address in it is for the other contacts.
pub(crate) const RECORDS: &[Record] = personal_records! {
    /// Natural persons with a login.
    persons of Owner::Person("id"), from "the registration form and the profile page", row id {
        asked { name: Identity, language: Identity, time_zone: Identity, email: Contact, phone: Contact, postal: Postal }
        lookups { email_lookup, phone_lookup, postal_lookup }
        plain { id, registration_id, status, created_at, confirmed_at, changed_at }
    }
    /// What proves a person or a member of staff: password check and second factor.
    credentials of Owner::Principal, from "the person, when choosing them", row principal_id {
        personal { password: Credential, totp_pending: Credential, totp_secret: Credential }
        plain { principal_kind, principal_id, password_changed_at, totp_since, totp_step }
    }
    /// Recovery codes, as hashes.
    recovery_codes of Owner::Principal, from "the program, for the person" {
        plain { code_hash, principal_kind, principal_id, created_at, used_at }
    }
    /// Links in messages, as hashes.
    one_time_tokens of Owner::Principal, from "the person, who asked for a link", row id {
        personal { email: Contact }
        lookups { email_lookup }
        plain { id, token_hash, kind, principal_kind, principal_id, created_at, expires_at, used_at }
    }
    /// Attempts to sign in.
    sign_in_attempts of Owner::Principal, from "the sign-in page" {
        plain { id, principal_kind, principal_id, state, pending_hash, created_at, expires_at }
    }
    /// Sessions, with the network and the kind of device.
    sessions of Owner::Principal, from "the sign-in page", row id {
        personal { network: Network, device: Network }
        plain { id, token_hash, principal_kind, principal_id, second_factor, authenticated_at, created_at, last_seen_at,
            idle_until, expires_at }
        ends { Term::delete(CategoryId::Network, "expires_at") }
    }
    /// Browsers that are greeted.
    recognition_tokens of Owner::Person("person_id"), from "the sign-in page" {
        plain { id, token_hash, person_id, created_at, expires_at }
    }
    /// Tries at credentials, by keyed hashes.
    credential_limits of Owner::House, from "the sign-in page" {
        plain { limit_key, tries, locked_until, updated_at }
    }
    /// What happened to an account's security.
    security_events of Owner::Principal, from "the program", row id {
        personal { network: Network, device: Network }
        plain { id, principal_kind, principal_id, kind, at }
        ends { Term::delete(CategoryId::Network, "at") }
    }
    /// The parties that order and pay.
    customers of Owner::Customer("id"), from "the order form", row id {
        asked { name: Identity }
        plain { id, created_at, changed_at }
    }
    /// Persons who act for a customer.
    contacts of Owner::Customer("customer_id"), from "the order form, or an invitation that was accepted", row id {
        personal { name: Identity, email: Contact }
        plain { id, customer_id, person_id, roles, created_at }
    }
    /// Invitations to act for a customer.
    contact_invitations of Owner::Customer("customer_id"), from "the contacts page", row id {
        asked { email: Contact }
        lookups { email_lookup }
        plain { id, customer_id, roles, token_hash, invited_by, created_at, expires_at }
    }
    /// Members of staff.
    staff of Owner::Staff("id"), from "the operator" {
        plain { id, login, roles, status, created_at, changed_at }
    }
    /// Where members of staff are told of tickets by mail, and answer from.
    staff_addresses of Owner::Staff("staff_id"), from "the member of staff", row staff_id {
        personal { email: Contact }
        lookups { email_lookup }
        plain { staff_id, domain, proven_at, set_at }
    }
    /// Tokens for the HTTP API, as hashes.
    api_tokens of Owner::Person("person_id"), from "the person, who made them", row id {
        asked { name: Preferences }
        plain { id, person_id, token_hash, scopes, created_at, expires_at, last_used_at }
    }
    /// Sites that persons sign in to with their Registration ID.
    sites of Owner::House, from "staff, who registered the site" {
        plain { id, title, home, listed_as, categories, numbered, confidential, secret_hash, status, registered_by,
            created_at, changed_at, unheard_since }
    }
    /// Where persons are sent back to.
    site_addresses of Owner::House, from "staff, who registered the site" {
        plain { site_id, kind, place, address }
    }
    /// Keys with which sign-ins to sites are signed, sealed under a key of the house.
    site_keys of Owner::House, from "the program" {
        plain { id, public_key, private_key, created_at, signs_from }
    }
    /// What the person agreed to pass to sites.
    site_consents of Owner::Person("person_id"), from "the person, who signed in to a site", row id {
        personal { subject: Identity }
        plain { id, person_id, site_id, shares, numbered, policy_id, given_at, used_at, withdrawn_at }
    }
    /// Sign-ins to sites.
    site_sign_ins of CONSENT, from "the person, who signed in to a site" {
        plain { id, consent_id, session_id, authenticated_at, created_at, ended_at, told_at }
    }
    /// Codes that sites change for tokens, as hashes.
    site_codes of SITE_SIGN_IN, from "the person, who signed in to a site" {
        plain { code_hash, sign_in_id, address, challenge, nonce, shares, offline, expires_at, used_at }
    }
    /// Tokens of sites, as hashes.
    site_tokens of SITE_SIGN_IN, from "the site that the person signed in to" {
        plain { token_hash, sign_in_id, kind, shares, created_at, expires_at, used_at }
    }
    /// Tokens of staff for the HTTP API, as hashes.
    staff_tokens of Owner::Staff("staff_id"), from "the member of staff, who made them" {
        plain { id, staff_id, title, token_hash, permissions, created_at, expires_at, last_used_at }
    }
    /// Requests of programs that were carried out once, as keyed hashes.
    api_requests of Owner::Principal, from "programs of whoever asked" {
        plain { principal_kind, principal_id, key_hash, request_hash, made_id, created_at }
    }
};

#[cfg(test)]
mod tests {
    use mailkeep_policy::records::compare;
    use mailkeep_storage::both_engines;
    use mailkeep_storage::sql::Database;

    use super::RECORDS;

    both_engines!(every_column_of_our_tables_is_declared, |db: Database| async move {
        let mut schema = db.schema().await.unwrap();
        schema.tables.retain(|table, _| RECORDS.iter().any(|record| record.table == table));
        assert_eq!(schema.tables.len(), RECORDS.len());
        assert_eq!(compare(RECORDS, &schema), vec![]);
    });
}

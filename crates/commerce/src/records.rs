//! The tables of this crate, as the policy's registry knows them. A column that is not here stops the start.

use mailkeep_policy::CategoryId;
use mailkeep_policy::personal_records;
use mailkeep_policy::records::{Owner, Record, Term};

/// The order that a row belongs to.
const ORDER: Owner = Owner::Through { column: "order_id", table: "orders", key: "id" };
/// The invoice that a row belongs to.
const INVOICE: Owner = Owner::Through { column: "invoice_id", table: "invoices", key: "id" };
/// The subscription that a row belongs to.
const SUBSCRIPTION: Owner = Owner::Through { column: "subscription_id", table: "subscriptions", key: "id" };

/// The hand-over that a row belongs to.
const HAND_OVER: Owner = Owner::Through { column: "hand_over_id", table: "hand_overs", key: "id" };

/// The tables.
pub(crate) const RECORDS: &[Record] = personal_records! {
    /// Plans as they were sold.
    plan_versions of Owner::House, from "the configuration" {
        plain { id, plan_key, version, name, summary, included_space_mb, fewest_mailboxes, most_mailboxes, limits, currency,
            sheet, class_key, created_at, published_by }
    }
    /// Classes of service.
    service_classes of Owner::House, from "the configuration" {
        plain { class_key, name, limits, position, changed_by, changed_at }
    }
    /// What classes of service said over time.
    service_class_changes of Owner::House, from "the console" {
        plain { class_key, number, name, limits, changed_by, changed_at }
    }
    /// Prices of plans.
    plan_prices of Owner::House, from "the configuration" {
        plain { plan_version_id, billing_interval, amount_minor }
    }
    /// The version in force of each plan.
    plans of Owner::House, from "the configuration" {
        plain { plan_key, plan_version_id, position, offered, source }
    }
    /// What staff change about plans before it is published.
    plan_drafts of Owner::House, from "the console" {
        plain { id, plan_key, content, base_version_id, written_by, written_at }
    }
    /// Price changes.
    price_changes of Owner::House, from "the console" {
        plain { id, plan_key, plan_version_id, notice, ordered_by, ordered_at }
    }
    /// Which subscription was told of which price.
    price_change_notices of SUBSCRIPTION, from "the program" {
        plain { price_change_id, subscription_id, effective_on, old_minor, new_minor, told_at, applied_at }
    }
    /// What is sold once or by the hour, as it was sold.
    item_versions of Owner::House, from "the configuration or the console" {
        plain { id, item_key, version, name, measure, tax_class, prices, created_at, made_by }
    }
    /// The version in force of each item.
    items of Owner::House, from "the configuration or the console" {
        plain { item_key, item_version_id, position, offered, source }
    }
    /// Coupons.
    coupons of Owner::House, from "the console" {
        plain { id, code, percent, amount_minor, currency, periods, from_on, until_on, most_uses, uses, plans, made_by,
            withdrawn_at, created_at, amounts }
    }
    /// Rates of taxes.
    tax_rates of Owner::House, from "the console" {
        plain { id, country, region, class, name, rate, inclusive, from_on, until_on, made_by, made_at, ended_by, ended_at }
    }
    /// Brands of resellers, every version.
    brand_versions of Owner::House, from "the console" {
        plain { brand, version, sheet, made_by, made_at }
    }
    /// Who used which coupon.
    coupon_uses of Owner::Customer("customer_id"), from "the order form" {
        plain { coupon_id, customer_id, order_id, used_at }
    }
    /// As what a customer qualifies for less, or for no tax.
    qualifications of Owner::Customer("customer_id"), from "the billing desk", row id {
        personal { evidence: BillingAddress }
        plain { id, customer_id, kind, from_on, until_on, approved_by, approved_at, revoked_by, revoked_at }
    }
    /// Versions of the terms.
    terms_versions of Owner::House, from "the console" {
        plain { id, brand_key, version, title, body, sha256, notice, holds_from, published_by, published_at }
    }
    /// Which version was accepted with which order.
    terms_acceptances of Owner::Customer("customer_id"), from "the order form" {
        plain { order_id, terms_id, sha256, customer_id, person_id, accepted_at }
    }
    /// To which brand a customer belongs.
    customer_brands of Owner::Customer("customer_id"), from "the order form" {
        plain { customer_id, brand_key }
    }
    /// Numbers without gaps.
    number_series of Owner::House, from "the program" {
        plain { series, last_number }
    }
    /// Carts of visitors, found by a hash.
    carts of Owner::House, from "the plans page" {
        plain { id, token_hash, created_at, expires_at, order_id, coupon_code, brand_key }
    }
    /// What is in the carts.
    cart_lines of Owner::House, from "the plans page" {
        plain { id, cart_id, position, plan_key, billing_interval, mailboxes, domain, add_ons }
    }
    /// What is sold once, in the carts.
    cart_items of Owner::House, from "the plans page" {
        plain { cart_id, item_key, quantity }
    }
    /// What is ordered besides a subscription that runs.
    extras of Owner::Customer("customer_id"), from "the services page" {
        plain { id, customer_id, subscription_id, invoice_id, ordered_at }
    }
    /// Orders, as they were placed: what they say is not changed afterwards, the billing details are.
    orders of Owner::Customer("customer_id"), from "the order form", row id {
        personal { billing: BillingAddress, applicant: Contact, network: Network }
        lookups { network_hash, device_hash, card_hash, name_hash, mail_hash, mail_domain_hash }
        plain { id, number, customer_id, person_id, status, currency, net_minor, tax_minor, total_minor, tax_name, tax_rate,
            time_zone, keep_card, placed_at, decided_at, decided_by, invoice_id, priced, coupon_id, cleared_by, forgotten_at,
            trial_days }
        ends { Term::null(CategoryId::Network, "placed_at", &["network", "network_hash", "device_hash", "card_hash",
            "name_hash", "mail_hash", "mail_domain_hash"]) }
    }
    /// What was ordered.
    order_lines of ORDER, from "the order form" {
        plain { order_id, position, plan_version_id, billing_interval, mailboxes, domain, add_ons }
    }
    /// Where a customer's invoices go.
    billing_profiles of Owner::Customer("customer_id"), from "the order form and the billing page", row customer_id {
        asked { details: BillingAddress }
        plain { customer_id, updated_at }
    }
    /// The processor's names for stored cards.
    payment_methods of Owner::Customer("customer_id"), from "the card processor", row id {
        personal { token: PaymentToken, face: PaymentToken }
        plain { id, customer_id, processor, created_at, disabled_at, expires_on, expiry_told_at }
    }
    /// For which subscriptions a card is wanted that is being given.
    card_wishes of SUBSCRIPTION, from "the payment methods page" {
        plain { payment_attempt_id, subscription_id }
    }
    /// For which subscriptions a stored card may be charged.
    payment_permissions of SUBSCRIPTION, from "the order form" {
        plain { subscription_id, payment_method_id, given_at, withdrawn_at }
    }
    /// Attempts to pay.
    payment_attempts of Owner::Customer("customer_id"), from "the program" {
        plain { id, kind, order_id, invoice_id, ordinal, customer_id, payment_method_id, amount_minor, currency, processor,
            reference, page_url, status, decline_code, local_day, created_at, updated_at }
    }
    /// What the card processor told us.
    payment_events of Owner::Through { column: "payment_attempt_id", table: "payment_attempts", key: "id" },
        from "the card processor" {
        plain { processor, event_id, payment_attempt_id, received_at }
    }
    /// Invoices as issued.
    invoices of Owner::Customer("customer_id"), from "the billing run", row id {
        personal { snapshot: Invoice }
        plain { id, number, series, sequence, customer_id, currency, net_minor, tax_minor, total_minor, issued_on, due_on,
            created_at }
        ends { Term::delete(CategoryId::Invoice, "created_at") }
    }
    /// Lines of invoices.
    invoice_lines of INVOICE, from "the billing run" {
        plain { invoice_id, position, subscription_id, plan_version_id, quantity, unit_minor, gross_minor, discount_minor,
            net_minor, tax_rate, tax_minor, period_start, period_end, kind, item_key, quantity_divisor, measure,
            tax_place, tax_class, tax_treatment }
    }
    /// What is paid and owed.
    invoice_balances of Owner::Customer("customer_id"), from "payments" {
        plain { invoice_id, customer_id, paid_minor, credited_minor, open_minor, due_on, settled_at, disputed_minor,
            dunning_round }
    }
    /// Invoices as documents.
    invoice_documents of INVOICE, from "the program", row invoice_id {
        personal { pdf: Invoice }
        plain { invoice_id, sha256, rendered_at }
        ends { Term::delete(CategoryId::Invoice, "rendered_at") }
    }
    /// Credit notes.
    credit_notes of Owner::Customer("customer_id"), from "the billing desk" {
        plain { id, number, series, sequence, invoice_id, customer_id, currency, net_minor, tax_minor, total_minor, issued_on,
            issued_by, created_at }
    }
    /// Lines of credit notes.
    credit_note_lines of Owner::Through { column: "credit_note_id", table: "credit_notes", key: "id" },
        from "the billing desk" {
        plain { credit_note_id, position, net_minor, tax_minor }
    }
    /// Credit notes as documents.
    credit_note_documents of Owner::Through { column: "credit_note_id", table: "credit_notes", key: "id" },
        from "the program", row credit_note_id {
        personal { pdf: Invoice }
        plain { credit_note_id, sha256, rendered_at }
        ends { Term::delete(CategoryId::Invoice, "rendered_at") }
    }
    /// Bookings.
    journal_entries of Owner::House, from "invoices and payments" {
        plain { id, kind, subject_id, booked_on, created_at }
    }
    /// Lines of bookings.
    journal_lines of Owner::Customer("customer_id"), from "invoices and payments" {
        plain { entry_id, position, account, customer_id, currency, amount_minor }
    }
    /// Subscriptions.
    subscriptions of Owner::Customer("customer_id"), from "orders" {
        plain { id, customer_id, person_id, order_id, plan_version_id, billing_interval, mailboxes, tax_name, tax_rate, anchor,
            time_zone, status, next_index, next_on, cancel_at_end, created_at, ended_on, pending_plan_version_id, pending_interval,
            pending_mailboxes, coupon_id, currency }
    }
    /// Periods that were counted.
    billed_periods of SUBSCRIPTION, from "the billing run" {
        plain { subscription_id, period_start, period_end, mailboxes, space_mb, counted_at, invoice_id }
    }
    /// What was found when mailboxes were counted, by their identifiers.
    mailbox_counts of SUBSCRIPTION, from "the billing run" {
        plain { subscription_id, invoice_on, stage, open_mailboxes, closed_mailboxes, used_bytes, domains, counted_on,
            counted_at }
    }
    /// What was hosted and what it came to, month by month.
    hosting_reports of SUBSCRIPTION, from "the billing run" {
        plain { subscription_id, invoice_on, invoice_id, net_minor, currency, report, generated_at }
    }
    /// How far the steps of each month are.
    month_steps of Owner::House, from "the billing run" {
        plain { invoice_on, step, done, begun_at, moved_at }
    }
    /// What failed in a month and is tried again.
    month_failures of SUBSCRIPTION, from "the billing run" {
        plain { subscription_id, invoice_on, step, code, failed_at }
    }
    /// What later invoices took off lines of earlier ones.
    credited_lines of INVOICE, from "changes of plan" {
        plain { invoice_id, position, by_invoice_id, by_position, net_minor, tax_minor }
    }
    /// Changes of plan and term.
    plan_changes of SUBSCRIPTION, from "the services page" {
        plain { id, subscription_id, asked_at, asked_by, from_plan_version_id, from_interval, from_mailboxes,
            to_plan_version_id, to_interval, to_mailboxes, effective_on, invoice_id }
    }
    /// What subscriptions have besides.
    subscription_add_ons of SUBSCRIPTION, from "orders and the services page" {
        plain { id, subscription_id, add_on_key, since_on, until_on, asked_by, asked_at, invoice_id, removed_by, removed_at,
            told }
    }
    /// Subscriptions that were cancelled.
    endings of SUBSCRIPTION, from "the services page" {
        plain { subscription_id, asked_at, asked_by, ends_on, paused_on, delete_on, deleted_on, restore_until, purged_on }
    }
    /// What the mail side is to be like.
    services of Owner::Customer("customer_id"), from "orders" {
        plain { id, subscription_id, customer_id, domain, plan_version_id, mailboxes, ended_at, generation, provisioned,
            created_at }
    }
    /// What stops a service.
    service_blocks of Owner::Through { column: "service_id", table: "services", key: "id" }, from "the program" {
        plain { service_id, kind, cause_id, since, lifted_at }
    }
    /// Reminders that were sent.
    dunning_rounds of INVOICE, from "the program" {
        plain { invoice_id, round, step, taken_at }
    }
    /// What the screening of a first order found.
    screenings of ORDER, from "the screening", row order_id {
        personal { facts: FraudSignal, assessment: FraudSignal }
        plain { order_id, score, outcome, config, screened_at }
        ends { Term::empty(CategoryId::FraudSignal, "screened_at", &["facts", "assessment"]) }
    }
    /// How often which reason was named on a day.
    screening_counts of Owner::House, from "the screening" {
        plain { screened_on, code, hits, points }
    }
    /// What people decided about orders.
    order_decisions of ORDER, from "the reviewer", row id {
        personal { note: FraudSignal }
        plain { id, order_id, staff_id, decision, decided_at }
        ends { Term::null(CategoryId::FraudSignal, "decided_at", &["note"]) }
    }
    /// What a reviewer asks the applicant of a held order, and the answers.
    order_questions of ORDER, from "the reviewer and the applicant", row id {
        personal { question: Ticket, answer: Ticket }
        plain { id, order_id, asked_at, answered_at }
        ends { Term::delete(CategoryId::Ticket, "asked_at") }
    }
    /// Credit on the account.
    account_credits of Owner::Customer("customer_id"), from "payments" {
        plain { id, customer_id, kind, cause_id, amount_minor, currency, created_at }
    }
    /// Money that goes back to a card.
    refunds of Owner::Customer("customer_id"), from "the billing desk" {
        plain { id, payment_id, invoice_id, customer_id, amount_minor, currency, status, requested_by, created_at, ended_at }
    }
    /// Money that came by bank.
    bank_transfers of Owner::Customer("customer_id"), from "the billing desk" {
        plain { id, customer_id, invoice_id, amount_minor, currency, received_on, statement_line, paid_minor, credited_minor,
            recorded_by, created_at }
    }
    /// Claims for a misused card.
    cover_cases of Owner::Customer("customer_id"), from "the billing desk", row id {
        personal { findings: FraudSignal }
        plain { id, customer_id, payment_id, amount_minor, currency, recorded_by, recorded_at, approved_by, approved_at }
        ends { Term::empty(CategoryId::FraudSignal, "recorded_at", &["findings"]) }
    }
    /// Credit that staff gave or took back.
    credit_grants of Owner::Customer("customer_id"), from "the billing desk" {
        plain { id, customer_id, amount_minor, currency, reason, staff_id, created_at }
    }
    /// What customers tell of a misused card, in fixed words.
    cover_claims of Owner::Customer("customer_id"), from "the cover page" {
        plain { id, customer_id, person_id, payment_id, amount_minor, currency, how, reported_on, claimed_at, status, reason,
            recorded_by, recorded_at, decided_by, decided_at }
    }
    /// Leaving with everything.
    hand_overs of Owner::Customer("customer_id"), from "the billing desk", row id {
        personal { reason: Ticket }
        plain { id, customer_id, cause, state, opened_at, warned_by, asked_by, cure_until, cured_at, cured_by, ended_at, ended_by,
            due_on, invoice_id, ready_at, expires_at }
        ends { Term::null(CategoryId::Ticket, "opened_at", &["reason"]) }
    }
    /// What is handed over.
    hand_over_files of HAND_OVER, from "what is held for the customer", row id {
        personal { name: Identity, content: MailContent }
        plain { id, hand_over_id, number, part, size, blob_key }
    }
    /// Payments that a cardholder disputes.
    disputes of Owner::Customer("customer_id"), from "the card processor", row id {
        personal { summary: FraudSignal, evidence: FraudSignal }
        plain { id, processor, reference, payment_id, invoice_id, customer_id, amount_minor, currency, invoice_minor, reason,
            status, due_at, answered_by, answered_at, opened_at, closed_at, prepared_by, prepared_at }
        ends { Term::null(CategoryId::FraudSignal, "opened_at", &["summary", "evidence"]) }
    }
    /// The built-in processor's disputes.
    sandbox_disputes of Owner::House, from "the sandbox processor" {
        plain { reference, attempt_id, amount_minor, currency, opens_at, due_at, answer, answered_at, outcome }
    }
    /// Codes by which applicants show who they are, as hashes.
    order_verifications of ORDER, from "the screening" {
        plain { id, order_id, method, code_hash, wrong_codes, sent_at, expires_at, passed_at }
    }
    /// Documents by which applicants show who they are.
    order_documents of ORDER, from "the applicant", row id {
        personal { document: Ticket }
        plain { id, order_id, media_type, uploaded_at }
        ends { Term::delete(CategoryId::Ticket, "uploaded_at") }
    }
    /// What refused applicants write, and what is answered.
    order_appeals of ORDER, from "the applicant and the reviewer", row id {
        personal { appeal: Ticket, answer: Ticket }
        plain { id, order_id, made_at, granted, settled_at, settled_by }
        ends { Term::delete(CategoryId::Ticket, "made_at") }
    }
    /// Refusals with a block that wait for a second person.
    order_refusals of ORDER, from "the reviewer", row id {
        personal { note: FraudSignal }
        plain { id, order_id, proposed_by, kinds, reason, proposed_at, settled_at, settled_by, agreed }
        ends { Term::null(CategoryId::FraudSignal, "proposed_at", &["note"]) }
    }
    /// What is not served again, as keyed hashes that say nothing by themselves.
    screening_blocks of Owner::House, from "the reviewers" {
        plain { id, kind, value_hash, domain, reason, order_id, blocked_by, blocked_at, ends_at, lifted_at }
    }
    /// The built-in processor's pages.
    sandbox_sessions of Owner::House, from "the sandbox processor" {
        plain { token_hash, attempt_id, amount_minor, currency, description, return_url, keep_card, state, created_at }
    }
    /// The built-in processor's answers.
    sandbox_answers of Owner::House, from "the sandbox processor" {
        plain { attempt_id, kind, scenario, reference, target, amount_minor, currency, outcome, card_token, settles_at,
            created_at }
    }
    /// The built-in processor's test cards.
    sandbox_cards of Owner::House, from "the sandbox processor" {
        plain { token, scenario, charges, created_at }
    }
    /// The built-in processor's messages to us.
    sandbox_webhooks of Owner::House, from "the sandbox processor" {
        plain { id, attempt_id, outcome, due_at, deliveries }
    }
};

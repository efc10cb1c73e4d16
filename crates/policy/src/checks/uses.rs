//! Checks of what data is used for, by the person, the program and staff.

use super::Outcome;
use super::cells::{allowed_with, every_way, must, needs, needs_one};
use crate::file::{CompiledPolicy, Erasure};
use crate::table::{Cell, CellKey, FactSet, Way};
use crate::vocabulary::{Act, CategoryId, FactKind, PurposeId, Role};

/// P1, P11: the purposes are the nine, and nothing is handed to others without a recorded ground, or the person's own yes
/// to the site that they sign in to.
pub(super) fn purposes_closed(policy: &CompiledPolicy) -> Outcome {
    const NINE: [&str; 9] =
        ["deliver", "prefill", "troubleshoot", "feedback", "inform", "protect", "comply", "rights", "audit"];
    if let Some(other) = PurposeId::ALL.iter().find(|purpose| !NINE.contains(&purpose.id())) {
        return Err(format!("there is a purpose “{other}”"));
    }
    every_way(
        policy,
        |key| key.act == Act::Disclose,
        |_, way| needs_one(way, &[FactKind::Ground, FactKind::SiteConsent]),
    )
}

/// P5: personal fields are asked of the person in a session, or arise from an order that is being decided.
pub(super) fn fields_asked(policy: &CompiledPolicy) -> Outcome {
    every_way(
        policy,
        |key| key.act == Act::Collect,
        |key, way| match key.role {
            Role::Person => needs(way, FactKind::OwnSession),
            Role::System => needs_one(way, &[FactKind::OrderPlaced, FactKind::OrderInReview]),
            _ => false,
        },
    )
}

/// P6: what is used to deliver is justified by something ordered, due, sent or one's own; mail, and nothing but reading it, also by
/// the request under which everything is handed over to whom it belongs (decision 0029).
pub(super) fn deliver_cells(policy: &CompiledPolicy) -> Outcome {
    use FactKind::{
        DueInvoice, ListJoined, OrderInReview, OrderPlaced, OutboundMessage, OwnMailbox, OwnSession,
        QueuedMessage, ServiceOrdered,
    };
    // What is written to a list reaches those who joined it.
    must(policy, PurposeId::Deliver, CategoryId::Contact, Role::System, Act::Send, ListJoined)?;
    every_way(
        policy,
        |key| key.purpose == PurposeId::Deliver,
        |key, way| match key.role {
            Role::Person => needs(way, OwnSession),
            Role::Mailbox => needs(way, OwnMailbox),
            Role::System => {
                hands_over(key, way)
                    || needs_one(
                        way,
                        &[
                            ServiceOrdered,
                            OrderPlaced,
                            DueInvoice,
                            OutboundMessage,
                            QueuedMessage,
                            OwnMailbox,
                        ],
                    )
                    || joined(key, way)
            }
            _ => needs_one(way, &[DueInvoice, OrderInReview]),
        },
    )
}

/// The program reads mail under a request, by the rule of hand-overs and no other.
fn hands_over(key: CellKey, way: &Way) -> bool {
    key.role == Role::System
        && key.act == Act::Read
        && matches!(key.category, CategoryId::MailContent | CategoryId::MailMetadata)
        && way.needs == FactSet::one(FactKind::Request)
}

/// An address is used to send what is written to a list that its owner joined.
fn joined(key: CellKey, way: &Way) -> bool {
    key.act == Act::Send
        && key.category == CategoryId::Contact
        && way.needs == FactSet::one(FactKind::ListJoined)
}

/// P18: what a person is asked for, a person can change.
pub(super) fn asked_is_editable(policy: &CompiledPolicy) -> Outcome {
    for category in CategoryId::ALL {
        let cell = |purpose, act| CellKey { purpose, category: *category, role: Role::Person, act };
        let may = |act| {
            PurposeId::ALL
                .iter()
                .any(|purpose| allowed_with(policy, cell(*purpose, act), FactKind::OwnSession))
        };
        if may(Act::Collect) && !may(Act::Change) {
            return Err(format!("a person is asked for {category} and cannot change it"));
        }
    }
    Ok(())
}

/// P28: the screening may read what it needs of an order that was placed, and nobody else sees what it found.
pub(super) fn first_order_screened(policy: &CompiledPolicy) -> Outcome {
    let category = CategoryId::FraudSignal;
    let key = CellKey { purpose: PurposeId::Protect, category, role: Role::System, act: Act::Collect };
    if !allowed_with(policy, key, FactKind::OrderPlaced) {
        return Err("the screening may not note what it found".to_owned());
    }
    every_way(
        policy,
        |key| key.category == category,
        |key, _| key.purpose == PurposeId::Protect && matches!(key.role, Role::System | Role::FraudReviewer),
    )
}

/// What is in messages, and what tells of them.
const fn is_mail(category: CategoryId) -> bool {
    matches!(category, CategoryId::MailContent | CategoryId::MailMetadata | CategoryId::MailTrace)
}

/// P31: whoever protects the house against bulk mail sees neither what is written nor to whom.
pub(super) fn bulk_limited(policy: &CompiledPolicy) -> Outcome {
    every_way(
        policy,
        |key| key.purpose == PurposeId::Protect && key.role.is_staff(),
        |key, _| !is_mail(key.category),
    )
}

/// P29: a reviewer sees the order while it waits, and nothing else.
pub(super) fn review_until_decided(policy: &CompiledPolicy) -> Outcome {
    every_way(
        policy,
        |key| key.role == Role::FraudReviewer,
        |key, way| {
            needs(way, FactKind::OrderInReview)
                && key.act == Act::Read
                && key.category != CategoryId::PaymentToken
                && !is_mail(key.category)
        },
    )
}

/// P8: only support, only under a ticket.
pub(super) fn troubleshoot_needs_ticket(policy: &CompiledPolicy) -> Outcome {
    every_way(
        policy,
        |key| key.purpose == PurposeId::Troubleshoot,
        |key, way| key.role == Role::Support && needs(way, FactKind::OpenTicket),
    )?;
    // Whatever the purpose, support has no other way to a profile.
    every_way(policy, |key| key.role == Role::Support, |_, way| needs(way, FactKind::OpenTicket))?;
    must(
        policy,
        PurposeId::Troubleshoot,
        CategoryId::Identity,
        Role::Support,
        Act::Read,
        FactKind::OpenTicket,
    )
}

/// P11: the table in memory says what the rules on the page say, cell by cell. The rules are read here by another way
/// than the compiler's: each cell asks each line whether it speaks of it.
pub(super) fn cells_as_written(policy: &CompiledPolicy) -> Outcome {
    purposes_closed(policy)?;
    let has = |list: &[String], word: &str| list.iter().any(|listed| listed == word);
    let any = |list: &[String], word: &str| list.is_empty() || has(list, word);
    for key in CellKey::all() {
        let (purpose, category) = (key.purpose.id(), key.category.id());
        let (role, act) = (key.role.id(), key.act.id());
        let never = policy.raw.never.iter().any(|line| {
            any(&line.purposes, purpose)
                && any(&line.categories, category)
                && any(&line.roles, role)
                && any(&line.acts, act)
        });
        let rules = policy.raw.rule.iter().filter(|rule| {
            rule.purpose == purpose
                && has(&rule.categories, category)
                && has(&rule.roles, role)
                && has(&rule.acts, act)
        });
        let mut written: Vec<(String, Vec<&str>)> = rules
            .flat_map(|rule| rule.requires.iter().map(|way| (rule.id.get_ref().clone(), sorted(way))))
            .collect();
        if never {
            written.clear();
        }
        written.sort();
        let mut held: Vec<(String, Vec<&str>)> = match policy.table.cell(key) {
            Cell::Allowed(ways) => ways
                .iter()
                .map(|way| {
                    let mut facts: Vec<&str> = way.needs.iter().map(FactKind::id).collect();
                    facts.sort_unstable();
                    (policy.table.rules()[usize::from(way.rule)].clone(), facts)
                })
                .collect(),
            Cell::Silent | Cell::Never(_) => Vec::new(),
        };
        held.sort();
        if held != written {
            return Err(format!("{role} may {act} {category} for {purpose} otherwise than the page says"));
        }
    }
    Ok(())
}

fn sorted(way: &str) -> Vec<&str> {
    let mut facts: Vec<&str> = way.split('+').map(str::trim).collect();
    facts.sort_unstable();
    facts
}

/// P7: what was told once is filled in for the person who is signed in, and for nobody else; on the sites that they sign in
/// to, by what they agreed to.
pub(super) fn prefill_own_session(policy: &CompiledPolicy) -> Outcome {
    every_way(
        policy,
        |key| key.purpose == PurposeId::Prefill,
        |key, way| match key.act {
            Act::Read => key.role == Role::Person && needs(way, FactKind::OwnSession),
            Act::Disclose => key.role == Role::System && needs(way, FactKind::SiteConsent),
            _ => false,
        },
    )?;
    must(policy, PurposeId::Prefill, CategoryId::Identity, Role::Person, Act::Read, FactKind::OwnSession)
}

/// P41: sites that a person signs in to get what the person agreed to, by that way alone, and nothing that bills, proves who
/// somebody is or was written to anybody.
pub(super) fn sites_by_consent(policy: &CompiledPolicy) -> Outcome {
    every_way(
        policy,
        |_| true,
        |key, way| {
            !needs(way, FactKind::SiteConsent)
                || key.purpose == PurposeId::Prefill
                    && key.act == Act::Disclose
                    && key.role == Role::System
                    && matches!(key.category, CategoryId::Identity | CategoryId::Contact | CategoryId::Postal)
        },
    )?;
    let sites = policy.raw.recipient.iter().filter(|recipient| recipient.kind == "site");
    for site in sites {
        let id = site.id.get_ref();
        if site.purposes.iter().any(|purpose| purpose != PurposeId::Prefill.id()) {
            return Err(format!("{id} receives for another purpose than the person's own sign-in"));
        }
        let passed = policy.terms_of_site(id).map(|terms| terms.categories).unwrap_or_default();
        let mut asked = site.categories.iter().filter_map(|category| CategoryId::from_id(category));
        if let Some(category) = asked.find(|category| !passed.contains(category)) {
            return Err(format!("{id} receives {category} without the person's yes"));
        }
    }
    Ok(())
}

/// P19, P23: a person reads and changes the profile and what bills go to.
pub(super) fn own_details(policy: &CompiledPolicy) -> Outcome {
    use CategoryId::{BillingAddress, Contact, Identity, OrganisationLink, Postal};
    for category in [Identity, Contact, Postal, BillingAddress, OrganisationLink] {
        for act in [Act::Read, Act::Change] {
            must(policy, PurposeId::Rights, category, Role::Person, act, FactKind::OwnSession)?;
        }
        must(policy, PurposeId::Deliver, category, Role::Person, Act::Collect, FactKind::OwnSession)?;
    }
    Ok(())
}

/// P26: everything that erasure is to reach is under a key that erasure destroys, and backups of keys are short-lived.
pub(super) fn erasable(policy: &CompiledPolicy) -> Outcome {
    let kept: Vec<_> = CategoryId::ALL
        .iter()
        .filter(|category| policy.terms(**category).erasure == Erasure::EndOfTerm)
        .collect();
    if kept != [&CategoryId::Invoice] {
        return Err(format!("erasure does not reach {kept:?}"));
    }
    match policy.raw.erasure.days {
        0..=7 => Ok(()),
        days => Err(format!("backups of keys live {days} days")),
    }
}

/// P30: what the screening noted about somebody who is not served goes by itself.
pub(super) fn rejected_goes(policy: &CompiledPolicy) -> Outcome {
    let terms = policy.terms(CategoryId::FraudSignal);
    match (terms.erasure, terms.keep_days) {
        (Erasure::DestroyKey, ..=180) => Ok(()),
        _ => Err("what the screening noted is kept for more than 180 days".to_owned()),
    }
}

/// P34: all that is stored is bound to the declared country, and so is whoever processes it for us.
pub(super) fn declared_country(policy: &CompiledPolicy) -> Outcome {
    if let Some(free) = CategoryId::ALL.iter().find(|category| !policy.terms(**category).in_country) {
        return Err(format!("{free} may be stored anywhere"));
    }
    let abroad =
        policy.raw.recipient.iter().find(|recipient| {
            recipient.kind == "processor" && recipient.country != policy.raw.residency.code
        });
    match abroad {
        Some(recipient) => Err(format!("{} works in {}", recipient.id.get_ref(), recipient.country)),
        None => Ok(()),
    }
}

/// P39: the profile opens to the person in a session, and credentials to nobody but the sign-in itself.
pub(super) fn profile_needs_session(policy: &CompiledPolicy) -> Outcome {
    every_way(
        policy,
        |key| key.role == Role::Person && key.category != CategoryId::UseRecord,
        |_, way| needs_one(way, &[FactKind::OwnSession, FactKind::ManagedMailbox]),
    )?;
    every_way(
        policy,
        |key| key.category == CategoryId::Credential,
        |key, way| match key.role {
            Role::System => needs(way, FactKind::SignIn),
            Role::Person => needs(way, FactKind::OwnSession),
            _ => false,
        },
    )?;
    must(policy, PurposeId::Protect, CategoryId::Credential, Role::System, Act::Read, FactKind::SignIn)
}

//! Checks of what staff can see, and of what is handed to others.

use super::Outcome;
use super::cells::{every_way, must, needs, needs_one};
use crate::disclosures::Ground;
use crate::file::CompiledPolicy;
use crate::table::{Cell, CellKey, Way};
use crate::vocabulary::{Act, CategoryId, FactKind, PurposeId, Role};

/// P35: each way of staff to a person's data needs a fact that somebody else brought about, or a recorded case; the
/// person is told of it or was told before; and messages and credentials stay closed.
pub(super) fn staff_needs_fact(policy: &CompiledPolicy) -> Outcome {
    use FactKind::{
        BreakGlass, DueInvoice, Ground, OpenCase, OpenTicket, OrderInReview, Request, SecondLook,
        SecondPerson, SurveyAnswered,
    };
    every_way(
        policy,
        |key| key.role.is_staff(),
        |_, way| {
            needs_one(
                way,
                &[
                    OpenTicket,
                    OpenCase,
                    OrderInReview,
                    DueInvoice,
                    BreakGlass,
                    SecondLook,
                    Request,
                    SurveyAnswered,
                ],
            ) || needs(way, Ground) && needs(way, SecondPerson)
        },
    )?;
    every_way(
        policy,
        |key| key.role.is_staff() && matches!(key.category, CategoryId::MailContent | CategoryId::Credential),
        |key, _| key.act == Act::Disclose && key.category == CategoryId::MailContent,
    )?;
    // Looking is all that staff do; changing is the person's own.
    every_way(policy, |key| key.role.is_staff(), |key, _| matches!(key.act, Act::Read | Act::Disclose))?;
    for (index, rule) in policy.raw.rule.iter().enumerate() {
        let staff = rule.roles.iter().filter_map(|role| Role::from_id(role)).any(Role::is_staff);
        // The applicant is told that a person looks before the person does, as is whoever answers a survey; a reason is
        // staff's own text.
        let before = ["order_in_review", "second_look", "survey_answered"];
        let told_otherwise = rule.requires.iter().all(|way| before.contains(&way.as_str()));
        if staff && !told_otherwise && !policy.notifies[index] {
            return Err(format!("rule {} lets staff look without telling the person", rule.id.get_ref()));
        }
    }
    Ok(())
}

/// P36: what a privacy case opens, it opens to privacy officers for the answer, and for nothing else; and the address that the page
/// gives is one.
pub(super) fn privacy_case(policy: &CompiledPolicy) -> Outcome {
    every_way(
        policy,
        |_| true,
        |key, way| {
            !needs(way, FactKind::OpenCase)
                || key.role == Role::PrivacyOfficer
                    && key.act == Act::Read
                    && key.purpose == PurposeId::Rights
        },
    )?;
    must(policy, PurposeId::Rights, CategoryId::Ticket, Role::PrivacyOfficer, Act::Read, FactKind::OpenCase)?;
    policy.privacy_address().map(drop)
}

/// P46 to P50: nothing is disclosed without asking the person but by a privacy officer, on a recorded ground, with a second
/// person; the grounds are the four, and the person is told. A site that the person signs in to gets what the person was
/// asked for.
pub(super) fn disclosure_grounds(policy: &CompiledPolicy) -> Outcome {
    let asked = |key: CellKey, way: &Way| {
        key.purpose == PurposeId::Prefill && key.role == Role::System && needs(way, FactKind::SiteConsent)
    };
    every_way(
        policy,
        |key| key.act == Act::Disclose || key.purpose == PurposeId::Comply,
        |key, way| {
            key.act == Act::Disclose && asked(key, way)
                || key.act == Act::Disclose
                    && key.purpose == PurposeId::Comply
                    && key.role == Role::PrivacyOfficer
                    && needs(way, FactKind::Ground)
                    && needs(way, FactKind::SecondPerson)
        },
    )?;
    every_way(policy, |_| true, |key, way| !needs(way, FactKind::Ground) || key.act == Act::Disclose)?;
    let written: Vec<&str> = policy.raw.ground.iter().map(|ground| ground.id.get_ref().as_str()).collect();
    let known: Vec<&str> = Ground::ALL.iter().map(|ground| ground.id()).collect();
    if written != known {
        return Err(format!("the grounds are {}", written.join(", ")));
    }
    let disclosing = CellKey::all().filter(|key| key.act == Act::Disclose);
    for key in disclosing {
        if let Cell::Allowed(ways) = policy.table.cell(key)
            && ways.iter().any(|way| !asked(key, way) && !policy.notifies[usize::from(way.rule)])
        {
            return Err("a disclosure is not told to the person".to_owned());
        }
    }
    Ok(())
}

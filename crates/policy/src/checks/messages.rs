//! Checks of what is written to people.

use super::Outcome;
use super::cells::{every_way, must, needs};
use crate::file::CompiledPolicy;
use crate::outbound::{Channel, Choice, MessageClass};
use crate::table::{CellKey, FactSet, Way};
use crate::vocabulary::{Act, CategoryId, FactKind, PurposeId, Role};

/// What serves to ask or to inform is done by the program, with a message that passed the gate; but for the lists for
/// letters and calls, which need a yes of each person on them, and for answers, which are read by whoever wrote the
/// questions.
fn only_by_message(policy: &CompiledPolicy, purpose: PurposeId) -> Outcome {
    every_way(
        policy,
        |key| key.purpose == purpose,
        |key, way| {
            let listed =
                purpose == PurposeId::Inform && key.act == Act::Export && needs(way, FactKind::Consent);
            answered(key, way)
                || key.role == Role::System && (needs(way, FactKind::OutboundMessage) || listed)
        },
    )
}

/// An answer that was given with a name is read by those who write surveys, and nothing else of whoever gave it.
fn answered(key: CellKey, way: &Way) -> bool {
    key.purpose == PurposeId::Feedback
        && key.category == CategoryId::SurveyAnswer
        && key.role == Role::Writer
        && key.act == Act::Read
        && way.needs == FactSet::one(FactKind::SurveyAnswered)
}

/// P9: questions go through the message gate, can be declined, and come once in a quarter at most.
pub(super) fn feedback_opt_out(policy: &CompiledPolicy) -> Outcome {
    only_by_message(policy, PurposeId::Feedback)?;
    match policy.classes.get(&MessageClass::Feedback) {
        Some(terms) if terms.choice < Choice::OptOut => {
            Err("messages of class feedback cannot be declined".to_owned())
        }
        Some(terms) if terms.one_in_days.is_none_or(|days| days < 90) => {
            Err("messages of class feedback come more often than once in 90 days".to_owned())
        }
        Some(_) => Ok(()),
        None => Err("nothing is said of messages of class feedback".to_owned()),
    }
}

/// P14: everything that can be declined is a topic of its own, by each channel that it comes by.
pub(super) fn topics_chosen(policy: &CompiledPolicy) -> Outcome {
    for class in MessageClass::ALL.iter().filter(|class| **class != MessageClass::Account) {
        let Some(terms) = policy.classes.get(class) else { continue };
        for channel in &terms.channels {
            let offered =
                policy.topics.iter().any(|topic| topic.class == *class && topic.channels.contains(channel));
            if !offered {
                return Err(format!("nobody can choose messages of class {class} by {channel}"));
            }
        }
    }
    match policy.topics.iter().find(|topic| topic.class == MessageClass::Account) {
        Some(topic) => Err(format!("the topic {} cannot be declined", topic.id)),
        None => Ok(()),
    }
}

/// P16: offers come by three channels, only to those who asked, and a list of people is made of a yes alone: a no to
/// the class is enough everywhere.
pub(super) fn one_click(policy: &CompiledPolicy) -> Outcome {
    let offers = policy.classes.get(&MessageClass::Marketing);
    if offers.is_none_or(|terms| terms.choice != Choice::OptIn || terms.channels.len() != Channel::ALL.len())
    {
        return Err("offers do not come by three channels to those who asked for them".to_owned());
    }
    lists_need_consent(policy)
}

/// P17: whatever is sent or listed asks for the choice first, and there is no other way.
pub(super) fn declined_stays(policy: &CompiledPolicy) -> Outcome {
    choices_honoured(policy)?;
    lists_need_consent(policy)
}

fn lists_need_consent(policy: &CompiledPolicy) -> Outcome {
    every_way(
        policy,
        |key| key.act == Act::Export && key.purpose != PurposeId::Rights,
        |key, way| match key.purpose {
            PurposeId::Audit => true,
            PurposeId::Inform => key.role == Role::System && needs(way, FactKind::Consent),
            _ => false,
        },
    )?;
    for category in [CategoryId::Identity, CategoryId::Contact, CategoryId::Postal] {
        must(policy, PurposeId::Inform, category, Role::System, Act::Export, FactKind::Consent)?;
    }
    Ok(())
}

/// P10: what serves to inform goes through the message gate, and only to those who asked for it.
pub(super) fn inform_split(policy: &CompiledPolicy) -> Outcome {
    only_by_message(policy, PurposeId::Inform)?;
    for class in [MessageClass::News, MessageClass::Marketing, MessageClass::Subscribed] {
        match policy.classes.get(&class) {
            Some(terms) if terms.choice == Choice::OptIn && terms.purpose == PurposeId::Inform => {}
            _ => return Err(format!("messages of class {class} go to people who did not ask for them")),
        }
    }
    Ok(())
}

/// P15: messages about the account are sent whatever was chosen, and only they.
pub(super) fn account_class_always(policy: &CompiledPolicy) -> Outcome {
    let account = policy.classes.get(&MessageClass::Account);
    match account {
        Some(terms) if terms.choice == Choice::None && terms.purpose == PurposeId::Deliver => Ok(()),
        _ => Err("messages of class account can be declined".to_owned()),
    }
}

/// P25: every class but account honours a choice, every template has a class, and a message is sent for the purpose of
/// its class or not at all.
pub(super) fn choices_honoured(policy: &CompiledPolicy) -> Outcome {
    for class in MessageClass::ALL.iter().filter(|class| **class != MessageClass::Account) {
        match policy.classes.get(class) {
            Some(terms) if terms.choice != Choice::None => {}
            Some(_) => return Err(format!("messages of class {class} cannot be declined")),
            None => return Err(format!("nothing is said of messages of class {class}")),
        }
    }
    only_by_message(policy, PurposeId::Feedback)?;
    only_by_message(policy, PurposeId::Inform)
}

/// P42: addresses are used to send for three purposes, by the program and not by staff, and to make lists of those who
/// asked for letters or calls.
pub(super) fn contact_uses(policy: &CompiledPolicy) -> Outcome {
    every_way(
        policy,
        |key| key.category == CategoryId::Contact && key.act == Act::Send,
        |key, _| {
            key.role == Role::System
                && matches!(key.purpose, PurposeId::Deliver | PurposeId::Feedback | PurposeId::Inform)
        },
    )?;
    lists_need_consent(policy)?;
    must(policy, PurposeId::Deliver, CategoryId::Contact, Role::System, Act::Send, FactKind::OutboundMessage)
}

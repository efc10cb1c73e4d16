//! Checks of what is written to people.

use super::Outcome;
use super::cells::{every_way, must, needs};
use crate::file::CompiledPolicy;
use crate::outbound::{Choice, MessageClass};
use crate::vocabulary::{Act, CategoryId, FactKind, PurposeId, Role};

pub(super) fn only_by_message(policy: &CompiledPolicy, purpose: PurposeId) -> Outcome {
    every_way(
        policy,
        |key| key.purpose == purpose,
        |key, way| key.role == Role::System && needs(way, FactKind::OutboundMessage),
    )
}

/// P9: questions go through the message gate and can be declined.
pub(super) fn feedback_opt_out(policy: &CompiledPolicy) -> Outcome {
    only_by_message(policy, PurposeId::Feedback)?;
    match policy.classes.get(&MessageClass::Feedback) {
        Some(terms) if terms.choice >= Choice::OptOut => Ok(()),
        _ => Err("messages of class feedback cannot be declined".to_owned()),
    }
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

/// P42: addresses are used to send for three purposes, by the program and not by staff, and one of one's own mailbox.
pub(super) fn contact_uses(policy: &CompiledPolicy) -> Outcome {
    every_way(
        policy,
        |key| key.category == CategoryId::Contact && key.act == Act::Send,
        |key, _| {
            key.role == Role::System
                && matches!(key.purpose, PurposeId::Deliver | PurposeId::Feedback | PurposeId::Inform)
        },
    )?;
    must(policy, PurposeId::Deliver, CategoryId::Contact, Role::System, Act::Send, FactKind::OutboundMessage)
}

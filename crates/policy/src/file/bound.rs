//! The upper bound: a file given at run time may say less than the file of the build, never more.

use super::CompiledPolicy;
use crate::vocabulary::CategoryId;

/// The first way in which `file` allows more than `bound`: a cell, a recipient, a duty that fell away, a message sent
/// with less choice, or data kept longer, elsewhere, or erased later.
pub(super) fn first_widening(file: &CompiledPolicy, bound: &CompiledPolicy) -> Option<String> {
    cells(file, bound)
        .or_else(|| categories(file, bound))
        .or_else(|| recipients(file, bound))
        .or_else(|| messages(file, bound))
        .or_else(|| {
            let (mine, theirs) = (file.raw.erasure.days, bound.raw.erasure.days);
            (mine > theirs).then(|| format!("erased data can be restored for {mine} days, not {theirs}"))
        })
        .or_else(|| {
            let (mine, theirs) = (&file.raw.residency.code, &bound.raw.residency.code);
            (mine != theirs).then(|| format!("data is stored in {mine}, not in {theirs}"))
        })
}

fn cells(file: &CompiledPolicy, bound: &CompiledPolicy) -> Option<String> {
    if let Some(key) = file.table.first_wider_cell(&bound.table) {
        return Some(format!("{} may {} {} for {}", key.role, key.act, key.category, key.purpose));
    }
    let quiet = file.raw.rule.iter().find(|rule| {
        let told = |file: &super::raw::RawRule| file.obliges.iter().any(|duty| duty == "notify");
        !told(rule)
            && bound.raw.rule.iter().any(|other| other.id.get_ref() == rule.id.get_ref() && told(other))
    })?;
    Some(format!("the rule {} does not tell the person any more", quiet.id.get_ref()))
}

fn categories(file: &CompiledPolicy, bound: &CompiledPolicy) -> Option<String> {
    for category in CategoryId::ALL {
        let (mine, theirs) = (file.terms(*category), bound.terms(*category));
        if mine.keep_days > theirs.keep_days {
            return Some(format!("{category} is kept {} days, not {}", mine.keep_days, theirs.keep_days));
        }
        if mine.erasure != theirs.erasure {
            return Some(format!("{category} is erased in another way"));
        }
        if theirs.in_country && !mine.in_country {
            return Some(format!("{category} may be stored outside {}", bound.raw.residency.country));
        }
    }
    None
}

fn recipients(file: &CompiledPolicy, bound: &CompiledPolicy) -> Option<String> {
    for recipient in &file.raw.recipient {
        let id = recipient.id.get_ref();
        let Some(known) = bound.raw.recipient.iter().find(|other| other.id.get_ref() == id) else {
            return Some(format!("there is a recipient {id}"));
        };
        if (&recipient.kind, &recipient.country) != (&known.kind, &known.country) {
            return Some(format!("the recipient {id} is a {} in {}", recipient.kind, recipient.country));
        }
        if recipient.registration_id && !known.registration_id {
            return Some(format!("the recipient {id} may have the Registration ID"));
        }
        let more =
            |mine: &[String], theirs: &[String]| mine.iter().find(|word| !theirs.contains(word)).cloned();
        let more = more(&recipient.categories, &known.categories)
            .or_else(|| more(&recipient.purposes, &known.purposes));
        if let Some(more) = more {
            return Some(format!("the recipient {id} also receives for or of {more}"));
        }
    }
    None
}

fn messages(file: &CompiledPolicy, bound: &CompiledPolicy) -> Option<String> {
    for (class, mine) in &file.classes {
        match bound.classes.get(class) {
            None => return Some(format!("there is a message class {class}")),
            Some(theirs) if mine.choice < theirs.choice => {
                return Some(format!("messages of class {class} are sent with less choice"));
            }
            Some(theirs) if mine.purpose != theirs.purpose => {
                return Some(format!("messages of class {class} serve another purpose"));
            }
            Some(theirs) if mine.channels.iter().any(|channel| !theirs.channels.contains(channel)) => {
                return Some(format!("messages of class {class} come by more channels"));
            }
            // No limit is more often than any.
            Some(theirs) if theirs.one_in_days > mine.one_in_days => {
                return Some(format!("messages of class {class} are sent more often"));
            }
            Some(_) => {}
        }
    }
    let choice = |policy: &CompiledPolicy, class| policy.classes.get(class).map(|terms| terms.choice);
    for (template, class) in &file.templates {
        if let Some(before) = bound.templates.get(template)
            && choice(file, class) < choice(bound, before)
        {
            return Some(format!("template {template} moved from class {before} to {class}"));
        }
    }
    // A choice that was made for a topic must not come to mean another kind of message.
    for topic in &file.topics {
        match bound.topic(&topic.id) {
            None => return Some(format!("there is a topic {}", topic.id)),
            Some(known) if known.class != topic.class => {
                return Some(format!("the topic {} moved to the class {}", topic.id, topic.class));
            }
            Some(known) if topic.channels.iter().any(|channel| !known.channels.contains(channel)) => {
                return Some(format!("the topic {} comes by more channels", topic.id));
            }
            Some(_) => {}
        }
    }
    None
}

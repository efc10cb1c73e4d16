//! What changes from one policy to another: tables are compared, not texts.

use std::collections::BTreeMap;

use serde::Serialize;

use super::CompiledPolicy;
use super::raw::RawRecipient;
use crate::table::{Cell, CellKey, FactSet, Way};
use crate::vocabulary::{Act, CategoryId, PurposeId, Role};

/// In which direction something changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is allowed, kept longer, sent with less choice, or reaches somebody new.
    Widened,
    /// Less.
    Narrowed,
    /// Other words for the same.
    Reworded,
}

/// What has to happen before the change is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// People are told first.
    Notice,
    /// People are asked first; until then the old policy counts for what they gave.
    Consent,
}

/// A change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Change {
    /// In which direction.
    pub direction: Direction,
    /// What it needs.
    pub needs: Needs,
    /// What changes, in words.
    pub what: String,
    /// Where cells of the table change: which.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<CellChange>,
}

/// Cells that change in the same way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CellChange {
    /// Who.
    pub role: &'static str,
    /// Does what.
    pub act: &'static str,
    /// For what.
    pub purpose: &'static str,
    /// With which data.
    pub categories: Vec<&'static str>,
    /// On which facts: of the entries one, all that stand in it together.
    pub facts: Vec<Vec<&'static str>>,
}

impl Change {
    fn new(direction: Direction, what: String) -> Self {
        let needs = if direction == Direction::Widened { Needs::Notice } else { Needs::Nothing };
        Change { direction, needs, what, cell: None }
    }
}

/// Every change from `before` to `after`, widenings first.
pub fn diff(before: &CompiledPolicy, after: &CompiledPolicy) -> Vec<Change> {
    let mut changes = cells(before, after);
    categories(before, after, &mut changes);
    classes(before, after, &mut changes);
    topics(before, after, &mut changes);
    recipients(before, after, &mut changes);
    promises(before, after, &mut changes);
    changes.sort();
    changes
}

fn ways(cell: &Cell) -> &[Way] {
    match cell {
        Cell::Allowed(ways) => ways,
        Cell::Silent | Cell::Never(_) => &[],
    }
}

/// Cells that change in the same way for the same purpose, role and act are one change.
fn cells(before: &CompiledPolicy, after: &CompiledPolicy) -> Vec<Change> {
    let mut groups: BTreeMap<(Direction, PurposeId, Role, Act, Vec<FactSet>), Vec<CategoryId>> =
        BTreeMap::new();
    for key in CellKey::all() {
        let (old, new) = (ways(before.table.cell(key)), ways(after.table.cell(key)));
        let missing = |from: &[Way], to: &[Way]| -> Vec<FactSet> {
            let gone = from.iter().filter(|way| !to.iter().any(|other| way.needs.contains(other.needs)));
            gone.map(|way| way.needs).collect()
        };
        for (direction, facts) in
            [(Direction::Widened, missing(new, old)), (Direction::Narrowed, missing(old, new))]
        {
            if !facts.is_empty() {
                let group = (direction, key.purpose, key.role, key.act, facts);
                groups.entry(group).or_default().push(key.category);
            }
        }
    }
    groups
        .into_iter()
        .map(|((direction, purpose, role, act, facts), categories)| {
            let list: Vec<&'static str> = categories.iter().map(|category| category.id()).collect();
            let said = facts.iter().map(|set| format!("{set:?}")).collect::<Vec<_>>().join(" or ");
            let may = if direction == Direction::Widened { "may now" } else { "may no longer" };
            let mut change = Change::new(
                direction,
                format!("{role} {may} {act} {} for {purpose} with {said}", list.join(", ")),
            );
            change.cell = Some(CellChange {
                role: role.id(),
                act: act.id(),
                purpose: purpose.id(),
                categories: list,
                facts: facts.iter().map(|set| set.iter().map(|fact| fact.id()).collect()).collect(),
            });
            // What rests on choice needs the choice anew.
            if direction == Direction::Widened && matches!(purpose, PurposeId::Feedback | PurposeId::Inform) {
                change.needs = Needs::Consent;
            }
            change
        })
        .collect()
}

fn categories(before: &CompiledPolicy, after: &CompiledPolicy, changes: &mut Vec<Change>) {
    for category in CategoryId::ALL {
        let (old, new) = (before.terms(*category), after.terms(*category));
        if old.keep_days != new.keep_days {
            let direction =
                if new.keep_days > old.keep_days { Direction::Widened } else { Direction::Narrowed };
            let what = format!("{category} is kept {} days instead of {}", new.keep_days, old.keep_days);
            changes.push(Change::new(direction, what));
        }
        if old.erasure != new.erasure {
            changes.push(Change::new(Direction::Widened, format!("{category} is erased in another way")));
        }
        if old.in_country != new.in_country {
            let direction = if new.in_country { Direction::Narrowed } else { Direction::Widened };
            changes.push(Change::new(
                direction,
                format!("{category} is bound to the country: {}", new.in_country),
            ));
        }
    }
    let (old, new) = (&before.raw.residency, &after.raw.residency);
    if old.code != new.code {
        let what = format!("data is stored in {} instead of {}", new.country, old.country);
        changes.push(Change::new(Direction::Widened, what));
    }
    let (old, new) = (before.raw.erasure.days, after.raw.erasure.days);
    if old != new {
        let direction = if new > old { Direction::Widened } else { Direction::Narrowed };
        changes.push(Change::new(direction, format!("backups of keys live {new} days instead of {old}")));
    }
}

fn classes(before: &CompiledPolicy, after: &CompiledPolicy, changes: &mut Vec<Change>) {
    for (class, new) in &after.classes {
        match before.classes.get(class) {
            None => {
                changes.push(Change::new(Direction::Widened, format!("messages of class {class} are sent")))
            }
            Some(old) if old.choice != new.choice => {
                let widened = new.choice < old.choice;
                let direction = if widened { Direction::Widened } else { Direction::Narrowed };
                let what = format!("messages of class {class}: {} instead of {}", new.choice, old.choice);
                let needs = if widened { Needs::Consent } else { Needs::Nothing };
                changes.push(Change { direction, needs, what, cell: None });
            }
            Some(_) => {}
        }
    }
    for (template, class) in &after.templates {
        match before.templates.get(template) {
            None => {
                let what = format!("the message {template} is sent, as {class}");
                changes.push(Change::new(Direction::Reworded, what));
            }
            Some(old) if old != class => {
                let what = format!("the message {template} is sent as {class} instead of {old}");
                changes.push(Change::new(Direction::Widened, what));
            }
            Some(_) => {}
        }
    }
}

/// How often messages come, and what can be chosen.
fn topics(before: &CompiledPolicy, after: &CompiledPolicy, changes: &mut Vec<Change>) {
    for (class, new) in &after.classes {
        let old = before.classes.get(class).and_then(|old| old.one_in_days);
        if before.classes.contains_key(class) && old != new.one_in_days {
            let direction = if new.one_in_days < old { Direction::Widened } else { Direction::Narrowed };
            let often = |days: Option<u32>| {
                days.map_or_else(|| "without a limit".to_owned(), |days| format!("once in {days} days"))
            };
            let what =
                format!("messages of class {class}: {} instead of {}", often(new.one_in_days), often(old));
            changes.push(Change::new(direction, what));
        }
    }
    for topic in &after.topics {
        match before.topic(&topic.id) {
            // Nobody gets it who does not choose it.
            None => changes.push(Change::new(Direction::Reworded, format!("{} can be chosen", topic.id))),
            Some(old) if old.class != topic.class => {
                let what = format!("{} is of the class {} instead of {}", topic.id, topic.class, old.class);
                changes.push(Change::new(Direction::Widened, what));
            }
            Some(old) => {
                for channel in topic.channels.iter().filter(|channel| !old.channels.contains(channel)) {
                    let what = format!("{} can be chosen by {channel}", topic.id);
                    changes.push(Change::new(Direction::Reworded, what));
                }
            }
        }
    }
    for topic in before.topics.iter().filter(|topic| after.topic(&topic.id).is_none()) {
        changes.push(Change::new(Direction::Narrowed, format!("{} does not come any more", topic.id)));
    }
}

fn recipients(before: &CompiledPolicy, after: &CompiledPolicy, changes: &mut Vec<Change>) {
    // A utility receives nothing of anybody: nothing changes for a person with it.
    let of = |policy: &'_ CompiledPolicy| -> BTreeMap<String, RawRecipient> {
        let all = policy.raw.recipient.iter().filter(|recipient| recipient.kind != "utility");
        all.map(|recipient| (recipient.id.get_ref().clone(), recipient.clone())).collect()
    };
    let said = |r: &RawRecipient| {
        let number = if r.registration_id { " and the Registration ID" } else { "" };
        format!("{} in {} receives {}{number}", r.id.get_ref(), r.country, r.categories.join(", "))
    };
    let (old, new) = (of(before), of(after));
    for (id, recipient) in &new {
        let known = old.get(id);
        if known.is_some_and(|known| said(known) == said(recipient)) {
            continue;
        }
        let less = known.is_some_and(|known| {
            known.country == recipient.country
                && recipient.categories.iter().all(|category| known.categories.contains(category))
                && (known.registration_id || !recipient.registration_id)
        });
        let direction = if less { Direction::Narrowed } else { Direction::Widened };
        changes.push(Change::new(direction, said(recipient)));
    }
    for id in old.keys().filter(|id| !new.contains_key(*id)) {
        changes.push(Change::new(Direction::Narrowed, format!("{id} receives nothing any more")));
    }
}

fn promises(before: &CompiledPolicy, after: &CompiledPolicy, changes: &mut Vec<Change>) {
    let texts = |policy: &CompiledPolicy| -> BTreeMap<String, String> {
        policy.kept_promises().map(|p| (p.id.get_ref().clone(), p.text.clone())).collect()
    };
    let (old, new) = (texts(before), texts(after));
    for (id, text) in &old {
        match new.get(id) {
            None => changes
                .push(Change::new(Direction::Widened, format!("the promise {id} is not given any more"))),
            Some(now) if now != text => {
                changes.push(Change::new(Direction::Reworded, format!("the promise {id} has other words")));
            }
            Some(_) => {}
        }
    }
    for id in new.keys().filter(|id| !old.contains_key(*id)) {
        changes.push(Change::new(Direction::Narrowed, format!("the promise {id} is given")));
    }
}

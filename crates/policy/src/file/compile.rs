//! From the linted file to tables. Words that the lint has checked are skipped here when they are unknown.

use std::collections::HashMap;

use super::raw::{RawFile, RawNever};
use super::{CategoryTerms, ClassTerms, Erasure, TopicTerms};
use crate::outbound::{Channel, Choice, MessageClass};
use crate::table::{Cell, CellKey, DecisionTable, FactSet, Way};
use crate::vocabulary::{Act, CategoryId, FactKind, PurposeId, Role};

pub(super) fn table(file: &RawFile) -> DecisionTable {
    let mut table = DecisionTable::new(
        file.rule.iter().map(|rule| rule.id.get_ref().clone()).collect(),
        file.never.iter().map(|never| never.id.get_ref().clone()).collect(),
    );
    for (index, rule) in file.rule.iter().enumerate() {
        let index = u16::try_from(index).unwrap_or(u16::MAX);
        let Some(purpose) = PurposeId::from_id(&rule.purpose) else { continue };
        for category in rule.categories.iter().filter_map(|id| CategoryId::from_id(id)) {
            for role in rule.roles.iter().filter_map(|id| Role::from_id(id)) {
                for act in rule.acts.iter().filter_map(|id| Act::from_id(id)) {
                    let ways = rule.requires.iter().map(|way| Way { rule: index, needs: facts(way) });
                    match table.cell_mut(CellKey { purpose, category, role, act }) {
                        Cell::Allowed(present) => present.extend(ways),
                        cell => *cell = Cell::Allowed(ways.collect()),
                    }
                }
            }
        }
    }
    table.note_companions();
    for (index, never) in file.never.iter().enumerate() {
        let index = u16::try_from(index).unwrap_or(u16::MAX);
        for key in CellKey::all().filter(|key| covers(never, *key)) {
            *table.cell_mut(key) = Cell::Never(index);
        }
    }
    table
}

fn facts(way: &str) -> FactSet {
    way.split('+').filter_map(|id| FactKind::from_id(id.trim())).fold(FactSet::default(), FactSet::with)
}

fn covers(never: &RawNever, key: CellKey) -> bool {
    let holds = |list: &[String], word: &str| list.is_empty() || list.iter().any(|w| w == word);
    holds(&never.purposes, key.purpose.id())
        && holds(&never.categories, key.category.id())
        && holds(&never.roles, key.role.id())
        && holds(&never.acts, key.act.id())
}

pub(super) fn categories(file: &RawFile) -> Vec<CategoryTerms> {
    CategoryId::ALL
        .iter()
        .map(|id| {
            let raw = file.category.iter().find(|raw| raw.id.get_ref() == id.id());
            CategoryTerms {
                keep_days: raw.and_then(|raw| raw.keep_days).unwrap_or(0),
                keep_from: raw.map(|raw| raw.keep_from.clone()).unwrap_or_default(),
                erasure: match raw.map(|raw| raw.erase.as_str()) {
                    Some("end_of_term") => Erasure::EndOfTerm,
                    _ => Erasure::DestroyKey,
                },
                in_country: raw.is_none_or(|raw| raw.residency == "declared"),
                as_controller: raw.is_none_or(|raw| raw.held_as == "controller"),
            }
        })
        .collect()
}

pub(super) fn classes(file: &RawFile) -> HashMap<MessageClass, ClassTerms> {
    file.message
        .iter()
        .filter_map(|raw| {
            let class = MessageClass::from_id(raw.class.get_ref())?;
            let choice = Choice::from_id(&raw.choice)?;
            let purpose = PurposeId::from_id(&raw.purpose)?;
            let channels = channels(&raw.channels);
            Some((class, ClassTerms { choice, purpose, channels, one_in_days: raw.one_in_days }))
        })
        .collect()
}

pub(super) fn templates(file: &RawFile) -> HashMap<String, MessageClass> {
    file.message
        .iter()
        .filter_map(|raw| Some((MessageClass::from_id(raw.class.get_ref())?, raw)))
        .flat_map(|(class, raw)| raw.templates.iter().map(move |template| (template.clone(), class)))
        .collect()
}

fn channels(words: &[String]) -> Vec<Channel> {
    words.iter().filter_map(|word| Channel::from_id(word)).collect()
}

pub(super) fn topics(file: &RawFile) -> Vec<TopicTerms> {
    file.topic
        .iter()
        .filter_map(|raw| {
            Some(TopicTerms {
                id: raw.id.get_ref().clone(),
                class: MessageClass::from_id(&raw.class)?,
                channels: channels(&raw.channels),
                words: raw.words.clone(),
                often: raw.often.clone(),
            })
        })
        .collect()
}

/// The names in braces.
pub(crate) fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// What stands behind a placeholder, but for `{operator}`, which the page knows.
pub(crate) fn fill(file: &RawFile, name: &str) -> Option<String> {
    match name.split_once('.') {
        Some(("residency", "country")) => Some(file.residency.country.clone()),
        Some(("erasure", "days")) => Some(file.erasure.days.to_string()),
        Some(("ground", ground)) => {
            file.ground.iter().find(|raw| raw.id.get_ref() == ground).map(|raw| raw.words.clone())
        }
        Some(("retention", category)) => {
            let raw = file.category.iter().find(|raw| raw.id.get_ref() == category)?;
            Some(format!("{} after {}", span(raw.keep_days?), raw.keep_from))
        }
        Some(("one_in_days", class)) => {
            let raw = file.message.iter().find(|raw| raw.class.get_ref() == class)?;
            raw.one_in_days.map(|days| days.to_string())
        }
        Some(_) => None,
        None => file.fill.get(name).cloned(),
    }
}

/// `30 days`, `10 years`.
pub(crate) fn span(days: u32) -> String {
    match (days / 365, days % 365) {
        (1, 0) => "1 year".to_owned(),
        (years, 0) if years > 1 => format!("{years} years"),
        _ if days == 1 => "1 day".to_owned(),
        _ => format!("{days} days"),
    }
}

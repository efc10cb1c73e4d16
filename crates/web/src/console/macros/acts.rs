//! What is done with a ticket, as forms ask for it and pages say it.

use std::collections::BTreeMap;

use mailkeep_helpdesk::macros::{Acts, Effect, Ending, GiveTo};
use mailkeep_helpdesk::service_levels::Priority;
use mailkeep_helpdesk::tags::Tag;
use mailkeep_types::StaffId;
use serde::Serialize;

use crate::console::tickets::show;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::options::Choose;

/// What there is to choose from.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ActOptions {
    /// The departments of support.
    pub departments: Vec<Choose>,
    /// The priorities.
    pub priorities: Vec<Choose>,
    /// To whom a ticket is given.
    pub givens: Vec<Choose>,
    /// How it ends.
    pub endings: Vec<Choose>,
    /// The canned replies.
    pub canned: Vec<Choose>,
    /// The tags that the desk has.
    pub tags: Vec<Tag>,
}

/// What a priority is called.
pub(in crate::console) const fn priority_text(priority: Priority) -> &'static str {
    match priority {
        Priority::Low => "ticket-priority-low",
        Priority::Normal => "ticket-priority-normal",
        Priority::High => "ticket-priority-high",
        Priority::Emergency => "ticket-priority-emergency",
    }
}

const fn ending_text(ending: Ending) -> &'static str {
    match ending {
        Ending::Answer => "macro-ending-answer",
        Ending::Ask => "macro-ending-ask",
        Ending::AnswerSolve => "macro-ending-answer_solve",
        Ending::Note => "macro-ending-note",
        Ending::Solve => "macro-ending-solve",
        Ending::Close => "macro-ending-close",
    }
}

/// The departments of support, after `first`.
pub(in crate::console) fn departments(ctx: &Ctx, first: &'static str) -> Vec<Choose> {
    let support = ctx.state.mailroom.departments().iter().filter(|one| !one.is_privacy());
    let all = std::iter::once(Choose::new("", ctx.say(first)));
    all.chain(support.map(|one| Choose::new(one.name.clone(), one.name.clone()))).collect()
}

/// The priorities, after `first`.
pub(in crate::console) fn priorities(ctx: &Ctx, first: &'static str) -> Vec<Choose> {
    let all = Priority::ALL.into_iter().rev();
    let said = all.map(|one| Choose::new(one.word(), ctx.say(priority_text(one))));
    std::iter::once(Choose::new("", ctx.say(first))).chain(said).collect()
}

impl ActOptions {
    /// Those of the desk.
    ///
    /// # Errors
    /// A failure of the store.
    pub(in crate::console) async fn of(ctx: &Ctx) -> Result<Self, WebError> {
        let same = || Choose::new("", ctx.say("macro-as-it-is"));
        let mut givens = vec![
            same(),
            Choose::new("me", ctx.say("macro-give-me")),
            Choose::new("nobody", ctx.say("ticket-nobody")),
        ];
        let colleagues = show::colleagues(ctx).await?;
        givens.extend(colleagues.into_iter().map(|(id, login)| Choose::new(id.to_string(), login)));
        let endings = Ending::ALL.iter().map(|one| Choose::new(one.word(), ctx.say(ending_text(*one))));
        let heads = ctx.state.desk.list_canned().await?;
        let canned = heads.into_iter().map(|head| Choose::new(head.id.to_string(), head.title));
        Ok(ActOptions {
            departments: departments(ctx, "macro-as-it-is"),
            priorities: priorities(ctx, "macro-as-it-is"),
            givens,
            endings: std::iter::once(same()).chain(endings).collect(),
            canned: std::iter::once(Choose::new("", ctx.say("macro-canned-none"))).chain(canned).collect(),
            tags: ctx.state.desk.list_tags().await?,
        })
    }

    /// Made-up ones.
    pub(in crate::console) fn sample() -> Self {
        let options = |first: &str, words: &[&str]| {
            let all = std::iter::once(Choose::new("", first.to_owned()));
            all.chain(words.iter().map(|word| Choose::new(*word, (*word).to_owned()))).collect()
        };
        ActOptions {
            departments: options("As it is", &["support", "billing"]),
            priorities: options("As it is", &["emergency", "high", "normal", "low"]),
            givens: options("As it is", &["me", "nobody", "rosalind", "tove"]),
            endings: options("As it is", &["answer", "ask", "solve"]),
            canned: options("None", &["Which invoice?", "We look into it"]),
            tags: ["dns", "refund"].into_iter().filter_map(Tag::read).collect(),
        }
    }
}

fn joined(tags: &[Tag]) -> String {
    tags.iter().map(Tag::as_str).collect::<Vec<_>>().join(", ")
}

/// A form with acts in its fields.
pub(in crate::console) fn with_acts(form: Form, acts: &Acts) -> Form {
    form.with("to_department", acts.department.clone().unwrap_or_default())
        .with("priority", acts.priority.map_or("", Priority::word).to_owned())
        .with("tags", joined(&acts.tags))
        .with("untags", joined(&acts.untags))
        .with("give", acts.give.map(GiveTo::text).unwrap_or_default())
        .with("ending", acts.ending.map_or("", Ending::word).to_owned())
        .with("canned", acts.canned.map(|id| id.to_string()).unwrap_or_default())
}

/// Tags as somebody typed them, with commas between them.
pub(in crate::console) fn read_tags(ctx: &Ctx, form: &mut Form, field: &'static str) -> Vec<Tag> {
    let mut tags = Vec::new();
    for typed in ctx.form.get(field).split(',').map(str::trim).filter(|typed| !typed.is_empty()) {
        match Tag::read(typed) {
            Some(tag) if !tags.contains(&tag) => tags.push(tag),
            Some(_) => {}
            None => form.refuse(field, msg("ticket-tag-wrong")),
        }
    }
    tags
}

/// A department of support that a field names; nothing where it is empty.
///
/// # Errors
/// [`WebError::NotFound`] for another.
pub(in crate::console) fn read_department(ctx: &Ctx, field: &str) -> Result<Option<String>, WebError> {
    let named = ctx.form.get(field);
    let all = ctx.state.mailroom.departments();
    if named.is_empty() {
        Ok(None)
    } else if all.iter().any(|one| one.name == named && !one.is_privacy()) {
        Ok(Some(named.to_owned()))
    } else {
        Err(WebError::NotFound)
    }
}

/// Reads acts out of a form; what is wrong with them is said in `form`.
///
/// # Errors
/// [`WebError::NotFound`] for what no field offers.
pub(in crate::console) async fn read_acts(ctx: &Ctx, form: &mut Form) -> Result<Acts, WebError> {
    fn one<T>(typed: &str, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, WebError> {
        Some(typed)
            .filter(|typed| !typed.is_empty())
            .map(|typed| read(typed).ok_or(WebError::NotFound))
            .transpose()
    }
    let give = one(ctx.form.get("give"), GiveTo::read)?;
    if let Some(GiveTo::Staff(id)) = give
        && !show::colleagues(ctx).await?.contains_key(&id)
    {
        return Err(WebError::NotFound);
    }
    Ok(Acts {
        department: read_department(ctx, "to_department")?,
        priority: one(ctx.form.get("priority"), Priority::from_word)?,
        tags: read_tags(ctx, form, "tags"),
        untags: read_tags(ctx, form, "untags"),
        give,
        ending: one(ctx.form.get("ending"), Ending::from_word)?,
        canned: one(ctx.form.get("canned"), |id| id.parse().ok())?,
    })
}

/// What an effect is called.
pub(in crate::console) fn said(effect: &Effect, names: &BTreeMap<StaffId, String>) -> Msg {
    match effect {
        Effect::Department(to) => msg("ticket-did-department").with("name", to.clone()),
        Effect::Priority(Priority::Low) => msg("ticket-did-priority-low"),
        Effect::Priority(Priority::Normal) => msg("ticket-did-priority-normal"),
        Effect::Priority(Priority::High) => msg("ticket-did-priority-high"),
        Effect::Priority(Priority::Emergency) => msg("ticket-did-priority-emergency"),
        Effect::Tag(tag) => msg("ticket-did-tag").with("tag", tag.to_string()),
        Effect::Untag(tag) => msg("ticket-did-untag").with("tag", tag.to_string()),
        Effect::Assign(Some(to)) => {
            msg("ticket-did-assign").with("who", names.get(to).cloned().unwrap_or_default())
        }
        Effect::Assign(None) => msg("ticket-did-free"),
        Effect::Speak(ending, _) => msg(ending_text(*ending)),
        Effect::Move(mailkeep_helpdesk::tickets::Move::Close, _) => msg("ticket-did-close"),
        Effect::Move(..) => msg("ticket-did-solve"),
    }
}

/// What acts do, whatever the ticket is like, for a list.
pub(in crate::console) fn in_short(acts: &Acts, names: &BTreeMap<StaffId, String>) -> Vec<Msg> {
    let mut all = Vec::new();
    all.extend(acts.department.clone().map(Effect::Department));
    all.extend(acts.priority.map(Effect::Priority));
    all.extend(acts.tags.iter().cloned().map(Effect::Tag));
    all.extend(acts.untags.iter().cloned().map(Effect::Untag));
    let mut told: Vec<Msg> = all.iter().map(|effect| said(effect, names)).collect();
    told.extend(acts.give.map(|give| match give {
        GiveTo::Me => msg("macro-give-me-said"),
        GiveTo::Nobody => msg("ticket-did-free"),
        GiveTo::Staff(id) => said(&Effect::Assign(Some(id)), names),
    }));
    told.extend(acts.ending.map(|ending| msg(ending_text(ending))));
    told
}

//! The page as Markdown, for `mailkeep policy render` and `/policy.md`.

use std::fmt::{Error, Write as _};

use super::Page;

/// The whole page, without marks: what is promised, not how it is known today.
///
/// # Errors
/// Never in practice: a string can be written to.
pub fn markdown(page: &Page) -> Result<String, Error> {
    let mut out = format!("# {}\n\nVersion {}, policy {}\n", page.title, page.version, page.policy_id);
    for section in &page.sections {
        writeln!(out, "\n## {}\n", section.title)?;
        if !section.intro.is_empty() {
            writeln!(out, "{}\n", section.intro)?;
        }
        for promise in &section.promises {
            writeln!(out, "- **{}** {}", promise.id, promise.text)?;
        }
    }
    writeln!(out, "\n## Purposes\n")?;
    for purpose in &page.purposes {
        writeln!(
            out,
            "- **{}** ({}): {}; arises from {}",
            purpose.id, purpose.kind, purpose.words, purpose.trigger
        )?;
    }
    writeln!(out, "\n## What is held\n")?;
    for category in &page.categories {
        let purposes = category.purposes.join(", ");
        writeln!(out, "- **{}**: {}; kept {}; for {purposes}", category.id, category.words, category.kept)?;
    }
    for never in &page.nevers {
        writeln!(out, "- Never: {never}")?;
    }
    writeln!(out, "\n## Who may use it\n")?;
    for role in page.roles.iter().filter(|role| !role.uses.is_empty()) {
        for one in &role.uses {
            let facts: Vec<String> = one.way.facts.iter().map(|way| way.join(" + ")).collect();
            writeln!(
                out,
                "- **{}** may {} {} for {}, with {}",
                role.role,
                one.way.acts.join(", "),
                one.categories.join(", "),
                one.purpose,
                facts.join(" or ")
            )?;
        }
    }
    writeln!(out, "\n## Whom it reaches\n")?;
    for recipient in &page.recipients {
        let categories = recipient.categories.join(", ");
        writeln!(
            out,
            "- **{}** ({}): {}; receives {categories}",
            recipient.id, recipient.country, recipient.words
        )?;
    }
    writeln!(out, "\n## What is written to you\n")?;
    for message in &page.messages {
        let channels = message.channels.join(", ");
        writeln!(
            out,
            "- **{}**: {}; by {channels}; choice: {}",
            message.class, message.words, message.choice
        )?;
    }
    writeln!(out, "\n## Measures\n")?;
    for measure in &page.measures {
        writeln!(out, "- {measure}")?;
    }
    writeln!(out, "\n## Said openly\n")?;
    for note in &page.notes {
        writeln!(out, "- {note}")?;
    }
    Ok(out)
}

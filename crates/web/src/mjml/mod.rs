//! MJML, a language for the design of letters, in which staff can write an announcement instead of Markdown. See decision 0066.
//!
//! The text is read strictly and written anew by `read`, rendered by the crate `mrml`, and cleaned by `clean`. What comes out is a part
//! of a letter: the house puts who writes, why the reader gets it and how it is declined around it, where no style of the author reaches.

mod clean;
mod read;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use mrml::prelude::render::RenderOptions;
use parking_lot::Mutex;

use crate::markdown::{Rendered, is_web, plain};

pub use read::{Fault, Wrong};

/// Renders a text.
///
/// # Errors
/// With what is wrong, and in which line.
pub fn render(text: &str) -> Result<Rendered, Fault> {
    leading(text, |_| None)
}

/// The addresses in the web to which the links of a text lead, each once and in the order of their letters; none of one with a fault.
pub fn links(text: &str) -> Vec<String> {
    let found: Arc<Mutex<BTreeSet<String>>> = Arc::default();
    let noted = Arc::clone(&found);
    let rendered = leading(text, move |address| {
        if is_web(address) {
            noted.lock().insert(address.to_owned());
        }
        None
    });
    match rendered {
        Ok(_) => std::mem::take(&mut *found.lock()).into_iter().collect(),
        Err(_) => Vec::new(),
    }
}

/// Renders a text whose links into the web lead to `place` and their number among [`links`]. As plain text they stay as they were written.
///
/// # Errors
/// As [`render`].
pub fn render_counted(text: &str, place: &str) -> Result<Rendered, Fault> {
    let (links, place) = (links(text), place.to_owned());
    let lead = move |address: &str| {
        let number = links.binary_search_by(|link| link.as_str().cmp(address)).ok()?;
        Some(format!("{place}{number}"))
    };
    let counted = leading(text, lead)?;
    Ok(Rendered { text: render(text)?.text, ..counted })
}

/// The words of a text as HTML without styles and tables.
///
/// # Errors
/// As [`render`].
pub fn for_page(text: &str) -> Result<String, Fault> {
    Ok(clean::for_text(&render(text)?.html))
}

fn leading(
    text: &str,
    lead: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
) -> Result<Rendered, Fault> {
    let refused = || Fault { line: 1, what: Wrong::Refused };
    let read = read::read(text)?;
    let parsed = mrml::parse(&read).map_err(|_| refused())?;
    let page = parsed.element.render(&RenderOptions::default()).map_err(|_| refused())?;
    let html = clean::inside(&page, lead);
    let text = plain(&clean::for_text(&html), text);
    Ok(Rendered { text, sheet: clean::sheet(&html), designed: true, html })
}

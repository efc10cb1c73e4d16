//! The text of an announcement, in Markdown or in MJML: as a part of a letter, on a page, and the links in it.

use std::num::NonZeroUsize;
use std::sync::Arc;

use lru::LruCache;
use mailkeep_outreach::announcements::Format;
use parking_lot::Mutex;

use crate::markdown::{self, Rendered};
use crate::mjml::{self, Fault};

/// Renders a text.
///
/// # Errors
/// With what is wrong in a design; Markdown has no mistakes.
pub fn render(format: Format, text: &str) -> Result<Rendered, Fault> {
    match format {
        Format::Markdown => Ok(markdown::render(text)),
        Format::Mjml => mjml::render(text),
    }
}

/// The addresses in the web to which the links of a text lead, each once and in the order of their letters.
pub fn links(format: Format, text: &str) -> Vec<String> {
    match format {
        Format::Markdown => markdown::links(text),
        Format::Mjml => mjml::links(text),
    }
}

/// The words of a text as HTML for a page, which has styles of its own.
pub fn for_page(format: Format, text: &str) -> String {
    match format {
        Format::Markdown => markdown::render(text).html,
        Format::Mjml => mjml::for_page(text).unwrap_or_default(),
    }
}

/// So many texts are remembered.
const REMEMBERED: NonZeroUsize = NonZeroUsize::new(16).unwrap();

/// By what a text that was rendered is found: its format, where its links are counted, and the text.
type Key = (Format, String, String);

/// Texts that were rendered lately: what goes to many is rendered once.
pub struct Lately(Mutex<LruCache<Key, Arc<Rendered>>>);

impl std::fmt::Debug for Lately {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lately")
    }
}

impl Default for Lately {
    fn default() -> Self {
        Lately(Mutex::new(LruCache::new(REMEMBERED)))
    }
}

impl Lately {
    /// Renders a text, or gives what was rendered before. Its links are counted at `place`, where there is one.
    ///
    /// # Errors
    /// As [`render`].
    pub fn render(&self, format: Format, text: &str, place: Option<&str>) -> Result<Arc<Rendered>, Fault> {
        let key = (format, place.unwrap_or_default().to_owned(), text.to_owned());
        if let Some(rendered) = self.0.lock().get(&key) {
            return Ok(Arc::clone(rendered));
        }
        let rendered = Arc::new(match (format, place) {
            (Format::Markdown, Some(place)) => markdown::render_counted(text, place),
            (Format::Mjml, Some(place)) => mjml::render_counted(text, place)?,
            (format, None) => render(format, text)?,
        });
        self.0.lock().put(key, Arc::clone(&rendered));
        Ok(rendered)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_to_many_is_rendered_once() {
        let lately = Lately::default();
        let first = lately.render(Format::Markdown, "*one*", None).unwrap();
        assert_eq!(*first, markdown::render("*one*"));
        assert!(Arc::ptr_eq(&first, &lately.render(Format::Markdown, "*one*", None).unwrap()));
        assert_eq!(*lately.render(Format::Markdown, "*two*", None).unwrap(), markdown::render("*two*"));
        assert!(
            lately.render(Format::Mjml, "*one*", None).is_err(),
            "the same text in another format is another"
        );
    }

    #[test]
    fn links_are_counted_by_their_address_and_the_plain_text_shows_it() {
        let text = "[b](https://b.example/?x=1&y=2) [a](https://a.example) <https://b.example/?x=1&y=2> [m](mailto:a@b.example) [p](/plans)";
        assert_eq!(links(Format::Markdown, text), ["https://a.example", "https://b.example/?x=1&y=2"]);
        let place = Some("https://www.house.example/l/n/");
        let counted = Lately::default().render(Format::Markdown, text, place).unwrap();
        let leads = |to: &str| counted.html.matches(&format!("href=\"{to}\"")).count();
        assert_eq!(leads("https://www.house.example/l/n/0"), 1, "{}", counted.html);
        assert_eq!(leads("https://www.house.example/l/n/1"), 2, "{}", counted.html);
        assert_eq!((leads("mailto:a@b.example"), leads("/plans")), (1, 1), "{}", counted.html);
        assert!(counted.text.contains("https://b.example/?x=1&y=2") && !counted.text.contains("/l/n/"));
    }
}

//! Documents on paper: what invoices, credit notes, statements and hosting reports are drawn with.
//!
//! Each is drawn from what is handed in alone, so that the same facts give the same bytes, and is PDF/A-3a: tagged in the
//! order of reading, with all that it is read by inside. Text is set in DejaVu Sans, whose letters cover the Latin, Greek
//! and Cyrillic alphabets; only the letters in use are embedded.
//!
//! To add one: a file `sheet.rs` in the folder of what it shows, which draws pages with a [`Press`].

mod keep;
mod letterhead;
mod press;
mod sheet;
mod words;

pub(crate) use letterhead::Letterhead;
pub(crate) use press::{Imprint, Press};
pub(crate) use sheet::{BELOW_HEAD, BELOW_SHORT_HEAD, Head, Sheet};
pub use words::LANGUAGES;
pub(crate) use words::Words;

/// The empty border of a page, in points.
pub(crate) const MARGIN: f32 = 56.0;
/// The colour of what is to be read.
pub(crate) const INK: (u8, u8, u8) = (28, 30, 38);
/// The colour of labels.
pub(crate) const GREY: (u8, u8, u8) = (104, 108, 120);
/// The colour of titles.
pub(crate) const ACCENT: (u8, u8, u8) = (22, 82, 140);

/// The lines of each page, so many on the first; there is always one page.
pub(crate) fn paginate<T>(lines: &[T], first: usize, later: usize) -> Vec<&[T]> {
    let (head, mut rest) = lines.split_at(lines.len().min(first.max(1)));
    let mut pages = vec![head];
    while !rest.is_empty() {
        let (page, more) = rest.split_at(rest.len().min(later.max(1)));
        pages.push(page);
        rest = more;
    }
    pages
}

//! What a person newly wrote in a reply, apart from what it quotes, the signature and the lawyer's paragraph. For display only:
//! the letter is kept whole, and “show all” is always there.
//!
//! Lines are told apart first (`lines`, `tell`), by tables of what programs write in many languages (`words`); then the letter is
//! read from above. Whenever that leaves nothing, or the person answered between the lines of the quote, the quote is shown too:
//! to show too much costs a glance, to hide a sentence costs the answer to it.

mod lines;
mod tell;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use lines::{Head, Kind, Lines};

/// A signature after “-- ” has at most so many lines (RFC 3676 section 4.3 names four as good manners).
const SIGNATURE_LINES: usize = 20;
/// After dashes without the blank, which people draw between paragraphs too, at most so many.
const BARE_SIGNATURE_LINES: usize = 8;

/// Why a piece is not shown at first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elided {
    /// An earlier letter, with what the program wrote above it.
    Quote,
    /// The sender's signature, or the line of their telephone.
    Signature,
    /// A paragraph that lawyers or scanners put under every letter.
    Notice,
}

/// Why quotes are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// Nothing would be left without them.
    NothingLeft,
    /// The answer stands between the lines of the quote.
    Interleaved,
}

/// A piece of a letter's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// Why it is not shown at first; `None` for what is.
    pub elided: Option<Elided>,
}

/// A letter's text in pieces, which cover it from its first byte to its last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trimmed {
    /// In order, without gaps; two neighbours are never of the same kind.
    pub pieces: Vec<Piece>,
    /// Why quotes are shown, if they are.
    pub whole: Option<Whole>,
}

impl Trimmed {
    /// What is shown at first, without empty lines around it.
    pub fn shown(&self, text: &str) -> String {
        let shown = self.pieces.iter().filter(|piece| piece.elided.is_none());
        let joined: String = shown.filter_map(|piece| text.get(piece.range.clone())).collect();
        // The blanks before the first word may be the indent of code.
        let end = joined.trim_end().len();
        let body = joined.get(..end).unwrap_or_default();
        let first = body.len() - body.trim_start().len();
        let start = body.get(..first).and_then(|blank| blank.rfind('\n')).map_or(0, |at| at + 1);
        body.get(start..).unwrap_or_default().to_owned()
    }

    /// Whether something is not shown at first.
    pub fn hides_something(&self) -> bool {
        self.pieces.iter().any(|piece| piece.elided.is_some())
    }
}

/// Parts what a person newly wrote from the rest.
pub fn trim_reply(text: &str) -> Trimmed {
    read(&Lines::of(text))
}

fn read(lines: &Lines<'_>) -> Trimmed {
    let mut marks = Marks { lines, of: vec![None; lines.len()] };
    let whole = marks.letter(0);
    if whole == Some(Whole::NothingLeft) {
        marks.of.fill(None);
    }
    Trimmed { pieces: marks.pieces(), whole }
}

/// Why each line is not shown.
struct Marks<'l, 'a> {
    lines: &'l Lines<'a>,
    of: Vec<Option<Elided>>,
}

impl Marks<'_, '_> {
    fn elide(&mut self, lines: Range<usize>, why: Elided) {
        for slot in self.of.get_mut(lines).into_iter().flatten() {
            slot.get_or_insert(why);
        }
    }

    /// The next line from `from` on above which a program began another letter.
    fn next_head(&self, from: usize) -> Option<(usize, Head, usize)> {
        (from..self.lines.len()).find_map(|at| match self.lines.kind(at) {
            Kind::Head { head, lines } => Some((at, head, lines)),
            _ => None,
        })
    }

    fn has_text(&self, lines: Range<usize>) -> bool {
        lines.into_iter().any(|at| matches!(self.lines.kind(at), Kind::Text | Kind::Code))
    }

    /// Reads the letter from a line on, at most once again behind a line that stands above an answer.
    fn letter(&mut self, from: usize) -> Option<Whole> {
        let end = self.lines.len();
        let Some((head, kind, height)) = self.next_head(from) else {
            return self.own_words(from..end);
        };
        let after = head + height;
        // Below the fields of a header alone the letter stands as it was, also where it began with a quote of its own.
        let quoted = kind != Head::Fields && self.starts_with_quote(after);
        if self.has_text(self.without_endings(from..head)) {
            let whole = self.own_words(from..head);
            let next = self.next_head(after).map_or(end, |(at, ..)| at);
            if quoted && self.has_text(self.without_endings(after..next)) {
                // The answer goes on below or within the quote.
                self.mark_endings(after..end);
                self.unmark(from..head, Elided::Quote);
                return Some(Whole::Interleaved);
            }
            self.elide(self.with_rules_above(from, head)..end, Elided::Quote);
            return whole;
        }
        if !(quoted || kind == Head::Attribution) || self.quotes_within(from..head) {
            return Some(Whole::NothingLeft);
        }
        if quoted {
            // The answer stands below the quote.
            let next = self.next_head(after).map_or(end, |(at, ..)| at);
            let Some(answer) = (after..next).find(|at| self.has_text(*at..*at + 1)) else {
                return Some(Whole::NothingLeft);
            };
            let whole = self.own_words(answer..next);
            if whole.is_none() {
                self.elide(head..answer, Elided::Quote);
            }
            if next < end && whole != Some(Whole::NothingLeft) {
                self.elide(self.with_rules_above(answer, next)..end, Elided::Quote);
            }
            return whole;
        }
        // A line that names a letter, and below it words that nothing marks as quoted: they may be the answer.
        match self.next_head(after) {
            Some((next, ..)) if !self.has_text(after..next) => Some(Whole::NothingLeft),
            Some((next, ..)) => {
                let whole = self.own_words(after..next);
                self.elide(head..after, Elided::Quote);
                self.elide(self.with_rules_above(after, next)..end, Elided::Quote);
                whole
            }
            None if self.has_text(after..end) => {
                let whole = self.own_words(after..end);
                self.elide(head..after, Elided::Quote);
                whole
            }
            None => Some(Whole::NothingLeft),
        }
    }

    /// Reads lines above which no program began another letter: words, perhaps with quotes, a signature below.
    fn own_words(&mut self, lines: Range<usize>) -> Option<Whole> {
        let words = self.without_endings(lines.clone());
        if !self.has_text(words.clone()) {
            return Some(Whole::NothingLeft);
        }
        self.mark_endings(lines.clone());
        if self.quotes_within(words.clone()) {
            self.unmark(lines, Elided::Quote);
            return Some(Whole::Interleaved);
        }
        None
    }

    fn unmark(&mut self, lines: Range<usize>, why: Elided) {
        for slot in self.of.get_mut(lines).into_iter().flatten() {
            if *slot == Some(why) {
                *slot = None;
            }
        }
    }

    fn quotes_within(&self, mut lines: Range<usize>) -> bool {
        lines.any(|at| self.lines.kind(at) == Kind::Quote)
    }

    fn starts_with_quote(&self, from: usize) -> bool {
        let first = (from..self.lines.len()).find(|at| self.lines.kind(*at) != Kind::Blank);
        first.is_some_and(|at| self.lines.kind(at) == Kind::Quote)
    }

    /// The first line of the dashes and empty lines that stand directly above a line.
    fn with_rules_above(&self, not_before: usize, mut at: usize) -> usize {
        while at > not_before && matches!(self.lines.kind(at - 1), Kind::Rule | Kind::Blank) {
            at -= 1;
        }
        at
    }

    /// What is left of lines without quotes, signatures and notices at their end.
    fn without_endings(&self, lines: Range<usize>) -> Range<usize> {
        self.endings(&lines).last().map_or(lines.clone(), |(first, _)| lines.start..first.start)
    }

    fn mark_endings(&mut self, lines: Range<usize>) {
        for (ending, why) in self.endings(&lines) {
            self.elide(ending, why);
        }
    }

    /// Quotes, signatures and notices at the end of lines, from below; perhaps all of them.
    fn endings(&self, lines: &Range<usize>) -> Vec<(Range<usize>, Elided)> {
        let mut found: Vec<(Range<usize>, Elided)> = Vec::new();
        let mut end = lines.end;
        while let Some((from, why)) = self.ending(lines.start, end) {
            found.push((from..end, why));
            end = from;
        }
        found
    }

    /// The lowest ending of the lines `start..end`, with the empty lines above it.
    fn ending(&self, start: usize, end: usize) -> Option<(usize, Elided)> {
        let last = (start..end).rev().find(|at| self.lines.kind(*at) != Kind::Blank)?;
        let kind = self.lines.kind(last);
        if kind == Kind::Quote {
            let mut from = last;
            while from > start && matches!(self.lines.kind(from - 1), Kind::Quote | Kind::Blank) {
                from -= 1;
            }
            return Some((from, Elided::Quote));
        }
        let found = self
            .signature(start, last)
            .map(|from| (from, Elided::Signature))
            .or_else(|| self.notice(start, last).map(|from| (from, Elided::Notice)))?;
        Some((self.with_rules_above(start, found.0), found.1))
    }

    /// The first line of a signature that ends with the line `last`.
    fn signature(&self, start: usize, last: usize) -> Option<usize> {
        if self.lines.kind(last) == Kind::Text && tell::is_device_line(&self.lines.line(last).to_lowercase())
        {
            return Some(last);
        }
        let mut below = 0;
        for at in (start..=last).rev() {
            match self.lines.kind(at) {
                Kind::Blank => {}
                Kind::Quote | Kind::Code | Kind::Head { .. } => return None,
                Kind::Rule | Kind::Text => {
                    let raw = self.lines.raw(at);
                    if raw == "-- " || (raw.trim() == "--" && below <= BARE_SIGNATURE_LINES) {
                        return Some(at);
                    }
                    below += 1;
                    if below > SIGNATURE_LINES {
                        return None;
                    }
                }
            }
        }
        None
    }

    /// The first line of a notice: the paragraph that ends with the line `last`.
    fn notice(&self, start: usize, last: usize) -> Option<usize> {
        let mut from = last;
        while from > start && matches!(self.lines.kind(from - 1), Kind::Text) {
            from -= 1;
        }
        let mut paragraph = String::new();
        for at in (from..=last).take(60) {
            paragraph.push_str(&self.lines.line(at).to_lowercase());
            paragraph.push(' ');
        }
        tell::is_notice(&paragraph).then_some(from)
    }

    fn pieces(&self) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        for (at, elided) in self.of.iter().enumerate() {
            let range = self.lines.bytes(at..at + 1);
            match pieces.last_mut() {
                Some(piece) if piece.elided == *elided => piece.range.end = range.end,
                _ => pieces.push(Piece { range, elided: *elided }),
            }
        }
        pieces
    }
}

//! What each line of a letter is, for itself and with its neighbours.

use std::cell::Cell;
use std::ops::Range;

use super::tell;
use super::words::HeaderField;

/// Longer lines are text: no program writes such a line above a quote.
const LONGEST_MARK: usize = 400;
/// Over how many lines the line above a quote is broken at most.
const BROKEN_OVER: usize = 6;
/// In how many lines the fields of a header stand together.
const HEADER_WITHIN: usize = 12;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Blank,
    Text,
    /// Between two fences: words, whatever they look like.
    Code,
    Quote,
    /// A line of dashes or the like.
    Rule,
    /// The first line of what a program wrote above another letter; how many lines that is.
    Head {
        attribution: bool,
        lines: usize,
    },
}

/// The lines of a letter.
pub(super) struct Lines<'a> {
    text: &'a str,
    ranges: Vec<Range<usize>>,
    pub(super) kinds: Vec<Kind>,
    /// How many bytes were looked at, for the test that the work grows with the letter and not faster.
    pub(super) work: Cell<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let mut ranges = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            ranges.push(start..start + line.len());
            start += line.len();
        }
        let mut lines = Lines { text, ranges, kinds: Vec::new(), work: Cell::new(0) };
        lines.kinds = (0..lines.len()).map(|at| lines.kind_alone(at)).collect();
        lines.keep_code();
        lines.find_heads();
        lines
    }

    pub(super) fn len(&self) -> usize {
        self.ranges.len()
    }

    pub(super) fn kind(&self, at: usize) -> Kind {
        self.kinds.get(at).copied().unwrap_or(Kind::Blank)
    }

    /// The bytes of some lines.
    pub(super) fn bytes(&self, lines: Range<usize>) -> Range<usize> {
        let start = self.ranges.get(lines.start).map_or(self.text.len(), |range| range.start);
        let end = self.ranges.get(lines.end).map_or(self.text.len(), |range| range.start);
        start..end
    }

    /// A line without what surrounds its words.
    pub(super) fn line(&self, at: usize) -> &'a str {
        tell::clean(self.raw(at))
    }

    /// A line with its blanks, without its end.
    pub(super) fn raw(&self, at: usize) -> &'a str {
        let line = self.ranges.get(at).and_then(|range| self.text.get(range.clone())).unwrap_or_default();
        self.work.set(self.work.get() + line.len());
        line.trim_end_matches(['\r', '\n'])
    }

    fn short(&self, at: usize) -> Option<&'a str> {
        Some(self.line(at)).filter(|line| line.len() <= LONGEST_MARK)
    }

    fn kind_alone(&self, at: usize) -> Kind {
        let line = self.line(at);
        if line.is_empty() {
            Kind::Blank
        } else if line.starts_with('>') {
            Kind::Quote
        } else if line.len() >= 3 && line.chars().all(|c| matches!(c, '-' | '_' | '=' | '*' | '—' | '–'))
        {
            Kind::Rule
        } else {
            Kind::Text
        }
    }

    /// What stands between two fences is code, whatever it looks like; and a line “>From …” alone was a line “From …”, which
    /// old mailboxes do not suffer.
    fn keep_code(&mut self) {
        let mut open = None;
        for at in 0..self.len() {
            if self.kind(at) == Kind::Text && self.line(at).starts_with("```") {
                match open.take() {
                    None => open = Some(at),
                    Some(from) => {
                        if let Some(inside) = self.kinds.get_mut(from..=at) {
                            inside.fill(Kind::Code);
                        }
                    }
                }
            }
            let beside = [at.checked_sub(1), at.checked_add(1)];
            let alone = !beside.into_iter().flatten().any(|next| self.kind(next) == Kind::Quote);
            if self.kind(at) == Kind::Quote && alone && self.raw(at).starts_with(">From ") {
                self.set(at, Kind::Text);
            }
        }
    }

    fn set(&mut self, at: usize, kind: Kind) {
        if let Some(slot) = self.kinds.get_mut(at) {
            *slot = kind;
        }
    }

    fn find_heads(&mut self) {
        // Up to here lines belong to a head already.
        let mut taken = 0;
        for at in 0..self.len() {
            if at < taken || self.kind(at) == Kind::Code {
                continue;
            }
            let head = self
                .attribution_ending_at(at, taken)
                .map(|from| (from, true, at + 1 - from))
                .or_else(|| self.separator_at(at).map(|lines| (at, false, lines)))
                .or_else(|| self.header_at(at).map(|lines| (at, false, lines)));
            if let Some((from, attribution, lines)) = head {
                self.set(from, Kind::Head { attribution, lines });
                taken = from + lines;
            }
        }
    }

    /// The first line of an attribution that ends with this one. The shortest that holds is taken, so that what a person wrote
    /// above it stays theirs.
    fn attribution_ending_at(&self, at: usize, not_before: usize) -> Option<usize> {
        let last = self.short(at)?;
        // The closing bracket of an address that was broken may look like a quote: “> wrote:”.
        let bracket = last.strip_prefix('>').map(str::trim_start);
        if bracket.is_some_and(|rest| rest.len() > 40 || rest.starts_with('>'))
            || !tell::may_end_attribution(last)
        {
            return None;
        }
        let mut joined = String::new();
        for from in (not_before..=at).rev().take(BROKEN_OVER) {
            let line = self.short(from)?;
            if from < at {
                let quoted = matches!(self.kind(from), Kind::Quote | Kind::Code);
                // A paragraph ends here, unless the address stands apart by a line of its own.
                let apart = line.is_empty() && self.line(from + 1).starts_with('<');
                if quoted || (line.is_empty() && !apart) || tell::ends_sentence(line) {
                    return None;
                }
            }
            joined = if joined.is_empty() {
                line.to_lowercase()
            } else {
                format!("{} {joined}", line.to_lowercase())
            };
            let starts_bare = !joined.starts_with('>') && !line.is_empty();
            if starts_bare && joined.len() <= 2 * LONGEST_MARK && tell::is_attribution(&joined) {
                return Some(from);
            }
        }
        None
    }

    fn separator_at(&self, at: usize) -> Option<usize> {
        let line = self.short(at).filter(|_| !matches!(self.kind(at), Kind::Quote | Kind::Blank))?;
        tell::is_separator(&line.to_lowercase()).then_some(1)
    }

    /// The header of a letter in the text: the sender and two more of its fields close together. Those that show the letter's way
    /// too were pasted by a person, who wants them to be read.
    fn header_at(&self, at: usize) -> Option<usize> {
        let field_of = |at: usize| self.short(at).and_then(|line| tell::header_field(&line.to_lowercase()));
        let first = field_of(at).filter(|_| self.kind(at) == Kind::Text)?;
        if matches!(first, HeaderField::Trace | HeaderField::Other) {
            return None;
        }
        let mut found = vec![first];
        let (mut last, mut without) = (at, 0);
        for next in at + 1..self.len().min(at + HEADER_WITHIN) {
            match field_of(next) {
                Some(HeaderField::Trace) => return None,
                Some(field) => {
                    if !found.contains(&field) {
                        found.push(field);
                    }
                    (last, without) = (next, 0);
                }
                // A long list of receivers goes over several lines; an empty line may stand between two fields, no more.
                None if without < 2 => without += 1,
                None => break,
            }
        }
        let traced = at.checked_sub(1).is_some_and(|before| field_of(before) == Some(HeaderField::Trace));
        let known = found.iter().filter(|field| **field != HeaderField::Other).count();
        (found.contains(&HeaderField::From) && known >= 3 && !traced).then_some(last + 1 - at)
    }
}

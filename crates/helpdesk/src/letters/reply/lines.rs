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
        head: Head,
        lines: usize,
    },
}

/// What a program wrote above another letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// “On … wrote:”.
    Attribution,
    /// “-----Original Message-----”, with the fields below it.
    Separator,
    /// The fields alone.
    Fields,
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
        // Some programs mark quotes in another way than by “>”: what the first line below an attribution begins with.
        let mut mark = None;
        for at in 0..self.len() {
            if at < taken || self.kind(at) == Kind::Code {
                continue;
            }
            let head = self
                .attribution_ending_at(at, taken)
                .map(|from| (from, Head::Attribution, at + 1 - from))
                .or_else(|| self.separator_at(at).map(|lines| (at, Head::Separator, lines)))
                .or_else(|| self.fields_at(at).map(|lines| (at, Head::Fields, lines)));
            if let Some((from, head, lines)) = head {
                self.set(from, Kind::Head { head, lines });
                taken = from + lines;
                mark = (head == Head::Attribution).then(|| self.mark_at(taken)).flatten();
            } else if self.kind(at) == Kind::Text && mark.is_some_and(|mark| self.line(at).starts_with(mark))
            {
                self.set(at, Kind::Quote);
            }
        }
    }

    /// The mark with which the first two lines that say something begin both.
    fn mark_at(&self, from: usize) -> Option<char> {
        let mut first =
            (from..self.len().min(from + HEADER_WITHIN)).filter(|at| self.kind(*at) != Kind::Blank);
        let mut next = || first.next().and_then(|at| self.line(at).chars().next());
        let mark = next().filter(|mark| matches!(mark, '|' | ')' | '}' | ':' | '%' | '#'))?;
        (next() == Some(mark)).then_some(mark)
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
        // Without a date only what stands above a quote is meant, and only when nothing longer holds.
        let above = (at + 1..at + 4).find(|next| self.kind(*next) != Kind::Blank);
        let above_quote = above.is_some_and(|next| self.kind(next) == Kind::Quote);
        let words_alone = self.kind(at) == Kind::Text && tell::is_name_and_verb(&last.to_lowercase());
        let mut undated = (above_quote && words_alone).then_some(at);
        let mut joined = String::new();
        for from in (not_before..=at).rev().take(BROKEN_OVER) {
            let Some(line) = self.short(from) else { break };
            if from < at {
                let quoted = matches!(self.kind(from), Kind::Quote | Kind::Code);
                // A paragraph ends here, unless the address stands apart by a line of its own.
                let apart = line.is_empty() && self.line(from + 1).starts_with('<');
                if quoted || (line.is_empty() && !apart) || tell::ends_sentence(line) {
                    break;
                }
            }
            let lower = line.to_lowercase();
            joined = if joined.is_empty() { lower } else { format!("{lower} {joined}") };
            if joined.starts_with('>') || line.is_empty() || joined.len() > 2 * LONGEST_MARK {
                continue;
            }
            if tell::is_attribution(&joined) {
                return Some(from);
            }
            if above_quote && undated.is_none() && tell::is_undated_attribution(&joined) {
                undated = Some(from);
            }
        }
        undated
    }

    /// A separator and the fields below it, with one empty line among them.
    fn separator_at(&self, at: usize) -> Option<usize> {
        let line = self.short(at).filter(|_| !matches!(self.kind(at), Kind::Quote | Kind::Blank))?;
        if !tell::is_separator(&line.to_lowercase()) {
            return None;
        }
        let mut last = at;
        for next in at + 1..self.len().min(at + HEADER_WITHIN) {
            let field = self.kind(next) == Kind::Text && self.field_at(next).is_some();
            if field {
                last = next;
            } else if self.kind(next) != Kind::Blank || next > at + 1 {
                break;
            }
        }
        Some(last + 1 - at)
    }

    fn field_at(&self, at: usize) -> Option<HeaderField> {
        self.short(at).and_then(|line| tell::header_field(&line.to_lowercase()))
    }

    /// The header of a letter in the text: the sender and two more of its fields close together. Those that show the letter's way
    /// too were pasted by a person, who wants them to be read.
    fn fields_at(&self, at: usize) -> Option<usize> {
        let first = self.field_at(at).filter(|_| self.kind(at) == Kind::Text)?;
        if self.short(at).is_some_and(|line| tell::is_flat_header(&line.to_lowercase())) {
            return Some(1);
        }
        if matches!(first, HeaderField::Trace | HeaderField::Other) {
            return None;
        }
        let mut found = vec![first];
        let (mut last, mut without) = (at, 0);
        for next in at + 1..self.len().min(at + HEADER_WITHIN) {
            match self.field_at(next) {
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
        let traced =
            at.checked_sub(1).is_some_and(|before| self.field_at(before) == Some(HeaderField::Trace));
        let known = found.iter().filter(|field| **field != HeaderField::Other).count();
        (found.contains(&HeaderField::From) && known >= 3 && !traced).then_some(last + 1 - at)
    }
}

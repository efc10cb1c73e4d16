//! `SEARCH` (RFC 3501 section 6.4.4), extended results (RFC 4731), change numbers (RFC 7162 section 3.1.5).

use super::keyword;
use crate::imap::command::{Command, Flag, SearchCommand, SearchKey, SearchReturn};
use crate::imap::cursor::{Bad, Cursor, Parsed};
use crate::imap::dates::read_date;
use crate::imap::sequence::SequenceSet;

/// Deeper nesting of parentheses, `NOT` and `OR` is refused.
const MAX_DEPTH: usize = 30;

/// More keys in one search are refused.
const MAX_KEYS: usize = 500;

/// The text of the refusal of a character set; the server answers it with `NO [BADCHARSET]`.
pub(crate) const BAD_CHARSET: &str = "[BADCHARSET (US-ASCII UTF-8)] searches are taken in UTF-8";

struct Reader<'a, 'b> {
    cursor: &'b mut Cursor<'a>,
    keys: usize,
    modseq: bool,
}

/// `SEARCH [RETURN (…)] [CHARSET name] key…`.
pub(super) fn search(cursor: &mut Cursor<'_>, uid: bool) -> Parsed<Command> {
    cursor.space()?;
    let mut returns = None;
    if cursor.eat_word("RETURN ") {
        returns = Some(return_options(cursor)?);
        cursor.space()?;
    }
    if cursor.eat_word("CHARSET ") {
        let name = cursor.text()?;
        if !["UTF-8", "US-ASCII", "UTF8", "ASCII"].iter().any(|known| name.eq_ignore_ascii_case(known)) {
            return Err(Bad::new(BAD_CHARSET));
        }
        cursor.space()?;
    }
    let mut reader = Reader { cursor, keys: 0, modseq: false };
    let mut keys = vec![reader.key(0)?];
    while !reader.cursor.at_end() {
        reader.cursor.space()?;
        keys.push(reader.key(0)?);
    }
    let modseq = reader.modseq;
    let key = if keys.len() == 1 { keys.pop().unwrap_or(SearchKey::All) } else { SearchKey::And(keys) };
    Ok(Command::Search { uid, search: SearchCommand { returns, key, modseq } })
}

fn return_options(cursor: &mut Cursor<'_>) -> Parsed<SearchReturn> {
    let mut wanted = SearchReturn::default();
    cursor.list(0, |cursor| {
        match cursor.atom()?.to_ascii_uppercase().as_str() {
            "MIN" => wanted.min = true,
            "MAX" => wanted.max = true,
            "ALL" => wanted.all = true,
            "COUNT" => wanted.count = true,
            other => return Err(Bad::about("unknown return option of SEARCH", other.as_bytes())),
        }
        Ok(())
    })?;
    // Nothing named means ALL (RFC 4731 section 3.1).
    if wanted == SearchReturn::default() {
        wanted.all = true;
    }
    Ok(wanted)
}

impl Reader<'_, '_> {
    fn key(&mut self, depth: usize) -> Parsed<SearchKey> {
        self.keys = self.keys.saturating_add(1);
        if depth > MAX_DEPTH || self.keys > MAX_KEYS {
            return Err(Bad::new("the search is nested too deep or has too many keys"));
        }
        let deeper = depth.saturating_add(1);
        match self.cursor.peek() {
            Some(b'(') => {
                self.cursor.expect(b'(')?;
                let mut keys = vec![self.key(deeper)?];
                while !self.cursor.eat(b')') {
                    if self.cursor.at_end() {
                        return Err(Bad::new("a closing parenthesis is missing"));
                    }
                    self.cursor.space()?;
                    keys.push(self.key(deeper)?);
                }
                return Ok(SearchKey::And(keys));
            }
            Some(b'0'..=b'9' | b'*') => return SequenceSet::read(self.cursor).map(SearchKey::Sequence),
            _ => {}
        }
        let name = self.cursor.atom()?.to_ascii_uppercase();
        Ok(match name.as_str() {
            "NOT" => SearchKey::Not(Box::new(self.argument_key(deeper)?)),
            "OR" => {
                let left = self.argument_key(deeper)?;
                SearchKey::Or(Box::new(left), Box::new(self.argument_key(deeper)?))
            }
            "MODSEQ" => self.modseq()?,
            _ => match simple(&name) {
                Some(key) => key,
                None => {
                    self.cursor.space().map_err(|_| unknown(&name))?;
                    self.with_argument(&name)?
                }
            },
        })
    }

    fn argument_key(&mut self, depth: usize) -> Parsed<SearchKey> {
        self.cursor.space()?;
        self.key(depth)
    }

    fn with_argument(&mut self, name: &str) -> Parsed<SearchKey> {
        let cursor = &mut *self.cursor;
        Ok(match name {
            "KEYWORD" => SearchKey::Has(keyword(cursor)?),
            "UNKEYWORD" => not(SearchKey::Has(keyword(cursor)?)),
            "UID" => SearchKey::Uid(SequenceSet::read(cursor)?),
            "BEFORE" => SearchKey::Before(read_date(cursor)?),
            "ON" => SearchKey::On(read_date(cursor)?),
            "SINCE" => SearchKey::Since(read_date(cursor)?),
            "SENTBEFORE" => SearchKey::SentBefore(read_date(cursor)?),
            "SENTON" => SearchKey::SentOn(read_date(cursor)?),
            "SENTSINCE" => SearchKey::SentSince(read_date(cursor)?),
            "LARGER" => SearchKey::Larger(cursor.number()?),
            "SMALLER" => SearchKey::Smaller(cursor.number()?),
            "BODY" => SearchKey::Body(cursor.text()?),
            "TEXT" => SearchKey::Text(cursor.text()?),
            "FROM" | "TO" | "CC" | "BCC" | "SUBJECT" => {
                SearchKey::Header(name.to_ascii_lowercase(), cursor.text()?)
            }
            "HEADER" => {
                let field = cursor.text()?.to_ascii_lowercase();
                cursor.space()?;
                SearchKey::Header(field, cursor.text()?)
            }
            _ => return Err(unknown(name)),
        })
    }

    /// `MODSEQ ["name" type] number`. Change numbers are kept per message, so the entry makes no difference.
    fn modseq(&mut self) -> Parsed<SearchKey> {
        self.modseq = true;
        self.cursor.space()?;
        if self.cursor.peek() == Some(b'"') {
            self.cursor.string()?;
            self.cursor.space()?;
            self.cursor.atom()?;
            self.cursor.space()?;
        }
        Ok(SearchKey::ModSeq(self.cursor.number64()?))
    }
}

fn not(key: SearchKey) -> SearchKey {
    SearchKey::Not(Box::new(key))
}

fn unknown(name: &str) -> Bad {
    Bad::about("unknown or incomplete search key", name.as_bytes())
}

fn simple(name: &str) -> Option<SearchKey> {
    Some(match name {
        "ALL" | "OLD" => SearchKey::All,
        "NEW" | "RECENT" => SearchKey::Nothing,
        "ANSWERED" => SearchKey::Has(Flag::Answered),
        "DELETED" => SearchKey::Has(Flag::Deleted),
        "DRAFT" => SearchKey::Has(Flag::Draft),
        "FLAGGED" => SearchKey::Has(Flag::Flagged),
        "SEEN" => SearchKey::Has(Flag::Seen),
        "UNANSWERED" => not(SearchKey::Has(Flag::Answered)),
        "UNDELETED" => not(SearchKey::Has(Flag::Deleted)),
        "UNDRAFT" => not(SearchKey::Has(Flag::Draft)),
        "UNFLAGGED" => not(SearchKey::Has(Flag::Flagged)),
        "UNSEEN" => not(SearchKey::Has(Flag::Seen)),
        _ => return None,
    })
}

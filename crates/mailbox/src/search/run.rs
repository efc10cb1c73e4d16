//! Running a search over the rows of a folder.

use std::sync::Arc;

use mailkeep_policy::MailColumn;
use mailkeep_protocols::imap::structure::{fields, header_length};
use mailkeep_protocols::mime::decode_words;
use mailkeep_types::{BodyId, Timestamp};

use super::cache::{Known, Searched};
use super::grams::normalise;
use super::packs::Packs;
use super::query::{Compiled, SearchKey, Tri};
use super::words::MessageWords;
use crate::error::{MailError, Result};
use crate::mailboxes::MailboxSession;
use crate::messages::{self, HEADERS_END, LISTING_FIELDS, MessageRow, Metadata, store};

/// Messages to be looked at by one reader before it lets others have a turn.
const BATCH: usize = 64;

impl MailboxSession {
    /// The UIDs of the rows that match, in their order. The rows are those of [`MailboxSession::open_folder`], which
    /// the caller has at hand.
    ///
    /// # Errors
    /// When the store fails or the grant ended.
    pub async fn search(&self, rows: &[MessageRow], key: SearchKey) -> Result<Vec<u32>> {
        let mut compiled = Compiled::new(key, &self.keys().search);
        let cache = &self.office().0.search;
        let searched = cache.of(self.mailbox());
        // A query of flags and dates only needs to know nothing of the texts.
        let asks_texts = compiled.asks_filters();
        if asks_texts {
            let packs = self.packs(&searched.packs).await?;
            if compiled.asks_phrases() {
                let loading = packs.packs.iter().map(|pack| pack.load_places(self));
                futures_util::future::try_join_all(loading).await?;
            }
            self.load_filters(rows, packs, &searched).await?;
            compiled.ask_packs(packs);
        }
        let mut answers: Vec<(u32, Tri)> = Vec::new();
        let mut look: Vec<(usize, MessageRow)> = Vec::new();
        {
            let index = searched.index.lock();
            if asks_texts {
                compiled.look_up(index.words());
            }
            for row in rows {
                let packed = searched.packs.get().and_then(|packs| packs.place(row.body));
                let known = match packed {
                    Some(_) => Known { packed, ..Known::default() },
                    None => index.get(row.body),
                };
                match compiled.eval(row, known, &mut |_| Tri::Maybe) {
                    Tri::No => {}
                    Tri::Yes => answers.push((row.uid, Tri::Yes)),
                    Tri::Maybe => {
                        look.push((answers.len(), *row));
                        answers.push((row.uid, Tri::No));
                    }
                }
            }
        }
        for looked in self.look_at(look, Arc::new(compiled), &searched).await? {
            if let Some(answer) = answers.get_mut(looked.at) {
                answer.1 = looked.matches.into();
            }
        }
        cache.shrink();
        Ok(answers.into_iter().filter(|(_, answer)| *answer == Tri::Yes).map(|(uid, _)| uid).collect())
    }

    /// Sees to it that the filters of all rows that are in no pack are in memory.
    async fn load_filters(&self, rows: &[MessageRow], packs: &Packs, searched: &Arc<Searched>) -> Result<()> {
        let (missing, none) = {
            let index = searched.index.lock();
            let missing: Vec<BodyId> = rows
                .iter()
                .filter(|row| packs.place(row.body).is_none() && !index.has(row.body))
                .map(|row| row.body)
                .collect();
            (missing, index.is_empty() && packs.packs.is_empty())
        };
        if missing.is_empty() {
            return Ok(());
        }
        const FEW: usize = 200;
        let (mailbox, searched) = (self.mailbox(), Arc::clone(searched));
        let all = none && missing.len() > FEW;
        self.office()
            .db()
            .read(move |tx| {
                if all {
                    let mut index = searched.index.lock();
                    return store::for_each_filter(tx, mailbox, |body, filter| index.insert(body, filter));
                }
                for body in &missing {
                    if let Some(filter) = store::filter(tx, mailbox, *body)? {
                        searched.index.lock().insert(*body, &filter);
                    }
                }
                Ok(())
            })
            .await?;
        Ok(())
    }

    /// Opens messages and evaluates the query on them, several readers at a time, and keeps their words.
    async fn look_at(
        &self,
        look: Vec<(usize, MessageRow)>,
        compiled: Arc<Compiled>,
        searched: &Searched,
    ) -> Result<Vec<Looked>> {
        let limit = self.office().0.search.limit_of_one();
        let mut running = tokio::task::JoinSet::new();
        for batch in look.chunks(BATCH) {
            let (batch, compiled, session) = (batch.to_vec(), Arc::clone(&compiled), self.clone());
            running.spawn(async move {
                let reader = session.clone();
                session
                    .office()
                    .db()
                    .read(move |tx| {
                        batch
                            .iter()
                            .map(|(at, row)| reader.look(tx, *at, row, &compiled))
                            .collect::<Result<Vec<_>>>()
                    })
                    .await
            });
        }
        let mut out = Vec::with_capacity(look.len());
        while let Some(batch) = running.join_next().await {
            let mut batch = batch.map_err(|error| MailError::Library(error.to_string()))??;
            let mut index = searched.index.lock();
            for looked in &mut batch {
                if let Some(words) = looked.words.take() {
                    index.keep_words(looked.body, &words, limit);
                }
            }
            out.append(&mut batch);
        }
        Ok(out)
    }

    fn look(
        &self,
        tx: &mut mailkeep_storage::sql::Tx<'_>,
        at: usize,
        row: &MessageRow,
        compiled: &Compiled,
    ) -> Result<Looked> {
        let mut look = Look { session: self, row, text: None, metadata: None, raw_header: None };
        let mut failure = None;
        let answer = compiled.eval(row, Known::default(), &mut |key| match look.answer(tx, key) {
            Ok(yes) => yes.into(),
            Err(error) => {
                failure = Some(error);
                Tri::No
            }
        });
        if let Some(error) = failure {
            return Err(error);
        }
        let opened = look.text.as_ref();
        let words = opened.and_then(|(headers, body)| MessageWords::of(headers, body, &self.keys().search));
        Ok(Looked { at, body: row.body, matches: answer == Tri::Yes, words })
    }
}

/// A message that was looked at.
struct Looked {
    /// Its place among the answers.
    at: usize,
    body: BodyId,
    matches: bool,
    /// Its words, if its text was opened.
    words: Option<MessageWords>,
}

/// A message that is being looked at; what was opened once is kept for the other parts of the query.
struct Look<'a> {
    session: &'a MailboxSession,
    row: &'a MessageRow,
    /// Normalised headers and bodies.
    text: Option<(String, String)>,
    metadata: Option<Metadata>,
    raw_header: Option<Vec<u8>>,
}

impl Look<'_> {
    fn answer(&mut self, tx: &mut mailkeep_storage::sql::Tx<'_>, key: &Compiled) -> Result<bool> {
        Ok(match key {
            Compiled::Text(needle) => {
                let (headers, bodies) = self.text(tx)?;
                holds(headers, &needle.text) || holds(bodies, &needle.text)
            }
            Compiled::Body(needle) => holds(&self.text(tx)?.1, &needle.text),
            Compiled::Header(name, needle) => {
                let listed = LISTING_FIELDS.contains(&name.as_str());
                let header = if listed { self.metadata(tx)?.listing() } else { self.raw_header(tx)? };
                fields(header).any(|field| {
                    field.is(name)
                        && (needle.text.is_empty()
                            || holds(&normalise(&decode_words(field.value)), &needle.text))
                })
            }
            Compiled::SentFrom(time) => self.sent(tx)?.is_some_and(|sent| sent >= *time),
            Compiled::SentBefore(time) => self.sent(tx)?.is_some_and(|sent| sent < *time),
            _ => false,
        })
    }

    fn metadata(&mut self, tx: &mut mailkeep_storage::sql::Tx<'_>) -> Result<&Metadata> {
        if self.metadata.is_none() {
            let (body, session) = (self.row.body, self.session);
            let sealed = store::meta(tx, session.mailbox(), body)?.ok_or(MailError::Damaged("metadata"))?;
            let cipher = &session.keys().cipher;
            let bytes = cipher.open(session.grant(), MailColumn::Envelope, body.as_bytes(), &sealed)?;
            self.metadata = Some(Metadata::from_bytes(bytes).ok_or(MailError::Damaged("metadata"))?);
        }
        self.metadata.as_ref().ok_or(MailError::Damaged("metadata"))
    }

    /// The time of the Date field; of a message without a readable one, the time it arrived.
    fn sent(&mut self, tx: &mut mailkeep_storage::sql::Tx<'_>) -> Result<Option<Timestamp>> {
        let arrived = self.row.internal_at;
        let metadata = self.metadata(tx)?;
        let date = metadata.field("date").and_then(|date| jiff::fmt::rfc2822::parse(date.trim()).ok());
        // IMAP compares the day that the field names and disregards time and zone.
        Ok(Some(date.map_or(arrived, |zoned| {
            let civil = zoned.datetime().to_zoned(jiff::tz::TimeZone::UTC);
            civil.map_or(arrived, |utc| Timestamp::from_jiff(utc.timestamp()))
        })))
    }

    fn text(&mut self, tx: &mut mailkeep_storage::sql::Tx<'_>) -> Result<&(String, String)> {
        if self.text.is_none() {
            self.load(tx)?;
        }
        self.text.as_ref().ok_or(MailError::Damaged("the text of a message"))
    }

    /// The whole header.
    fn raw_header(&mut self, tx: &mut mailkeep_storage::sql::Tx<'_>) -> Result<&[u8]> {
        if self.raw_header.is_none() {
            self.load(tx)?;
        }
        Ok(self.raw_header.as_deref().unwrap_or_default())
    }

    fn load(&mut self, tx: &mut mailkeep_storage::sql::Tx<'_>) -> Result<()> {
        let opened = open_text(self.session, tx, self.row.body)?;
        self.text = Some(opened.texts);
        self.raw_header = Some(opened.raw_header);
        Ok(())
    }
}

/// A message as searches look at it.
pub(super) struct Opened {
    /// Normalised headers and bodies.
    pub texts: (String, String),
    /// The whole header.
    pub raw_header: Vec<u8>,
}

/// Opens a message for searching; nothing is in one that is gone.
pub(super) fn open_text(
    session: &MailboxSession,
    tx: &mut mailkeep_storage::sql::Tx<'_>,
    body: BodyId,
) -> Result<Opened> {
    let cipher = &session.keys().cipher;
    let mut found = (String::new(), Vec::new());
    store::search_source(tx, body, |content, search_text| -> Result<bool> {
        found = match search_text {
            Some(sealed) => {
                let packed = cipher.open(session.grant(), MailColumn::SearchText, body.as_bytes(), sealed)?;
                let text = messages::unpack(&packed)?;
                let text = String::from_utf8_lossy(&text).into_owned();
                let (text, header) = text.rsplit_once(HEADERS_END).unwrap_or((&text, ""));
                (text.to_owned(), header.as_bytes().to_vec())
            }
            None => {
                let packed = cipher.open(session.grant(), MailColumn::Body, body.as_bytes(), content)?;
                let raw = messages::unpack(&packed)?;
                let (part, leaves) = messages::read_structure(&raw);
                let header = raw.get(..part.body_start).unwrap_or_default();
                let length = header_length(&raw);
                (messages::all_text(&raw, header, &leaves), raw.get(..length).unwrap_or_default().to_vec())
            }
        };
        Ok(true)
    })?;
    let (text, raw_header) = found;
    let (headers, bodies) = text.split_once(HEADERS_END).unwrap_or((&text, ""));
    Ok(Opened { texts: (normalise(headers), normalise(bodies)), raw_header })
}

fn holds(text: &str, part: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), part.as_bytes()).is_some()
}

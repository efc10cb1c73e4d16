//! One attempt to bring a message to its recipients in one domain.

use std::time::Duration;

use bytes::Bytes;
use mailkeep_protocols::smtp::Reply;
use mailkeep_types::{EmailAddress, MailboxId};
use tokio::time::Instant;

use super::client::ClientError;
use super::pool::{Lease, Place, describe};
use super::route::{RouteError, find_route};
use super::shaping::{Turn, asks_to_slow_down};
use super::transaction::Transaction;
use super::worker::Shared;
use crate::departures::HeldBack;
use crate::house::{Authorship, Claimed, House, Leads, Letter, List, Parcel, Stored, Went};
use crate::lists;

/// The answer to one recipient and who gave it.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub reply: Reply,
    /// The server; `None` when the words are our own.
    pub remote: Option<String>,
    /// The server reports further (DSN), or the message is in our own mailbox.
    pub reports: Reports,
    /// Where the message was brought, or the attempt ended.
    pub went: Went,
}

/// Who tells the sender of a success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reports {
    /// The next server.
    Next,
    /// We: it went on to a server that does not.
    WeRelayed,
    /// We: it is in the mailbox.
    WeDelivered,
}

impl Answer {
    fn own(reply: Reply) -> Self {
        Answer { reply, remote: None, reports: Reports::WeRelayed, went: Went::Out(None) }
    }
}

/// What came of an attempt.
pub(super) enum Attempted {
    /// An answer for each recipient, in their order.
    Answered(Vec<Answer>),
    /// Nothing was tried, since it waits.
    HeldBack(HeldBack),
}

/// So long an answer to the question whether a message waits is good for: a place at a slow destination may take minutes.
const ASKED_FOR: Duration = Duration::from_secs(1);

/// One attempt, of which was `asked` then whether the message waits.
pub(super) async fn attempt<H: House>(
    shared: &Shared<H>,
    claimed: &Claimed,
    content: &Bytes,
    asked: Instant,
) -> Attempted {
    let everybody = |reply: Reply| vec![Answer::own(reply); claimed.recipients.len()];
    match deliver_here(shared, claimed, content).await {
        Ok(Some(answers)) => return Attempted::Answered(answers),
        Ok(None) => {}
        Err(reply) => return Attempted::Answered(everybody(reply)),
    }
    let stopping = || Attempted::Answered(everybody(Reply::of(451, (4, 3, 2), "Delivery is stopping")));
    let destination = shared.pool.destination(&shared.resolver, claimed.domain.as_str()).await;
    if claimed.bulk {
        match destination.limits.pace.turn(claimed.queue, Instant::now()) {
            Turn::In(wait) => tokio::time::sleep(wait).await,
            Turn::Later(wait) => {
                return Attempted::HeldBack(HeldBack::in_line(shared.clock.now().plus(wait)));
            }
        }
    }
    let of_bulk = match claimed.bulk {
        false => None,
        true => match (destination.place_of_bulk().await, shared.active_bulk.acquire().await) {
            (Some(there), Ok(here)) => Some((there, here)),
            _ => return stopping(),
        },
    };
    let Some(place) = destination.place(&shared.pool).await else { return stopping() };
    let Ok(active) = shared.active.acquire().await else { return stopping() };
    if asked.elapsed() > ASKED_FOR {
        match held_back(shared, claimed).await {
            Ok(None) => {}
            Ok(Some(back)) => return Attempted::HeldBack(back),
            Err(answers) => return Attempted::Answered(answers),
        }
    }
    let answers = bring(shared, claimed, content, place).await;
    drop((active, of_bulk));
    if answers.iter().any(|answer| asks_to_slow_down(&answer.reply)) {
        destination.limits.pace.slow_down(Instant::now());
    }
    Attempted::Answered(answers)
}

/// Whether the message waits; the answers to give when that cannot be told.
pub(super) async fn held_back<H>(
    shared: &Shared<H>,
    claimed: &Claimed,
) -> Result<Option<HeldBack>, Vec<Answer>> {
    shared.departures.held_back(claimed.leaving()).await.map_err(|error| {
        tracing::error!(%error, queue = %claimed.queue, "whether a message may leave could not be asked; it is tried later");
        let reply = Reply::of(451, (4, 3, 0), "This could not be done just now");
        vec![Answer { went: Went::Nowhere, ..Answer::own(reply) }; claimed.recipients.len()]
    })
}

/// Brings the message to a server of its domain.
async fn bring<H: House>(
    shared: &Shared<H>,
    claimed: &Claimed,
    content: &Bytes,
    place: Place<'_>,
) -> Vec<Answer> {
    let everybody = |reply: Reply| vec![Answer::own(reply); claimed.recipients.len()];
    let everybody_from = |reply: Reply, from| {
        vec![Answer { went: Went::Out(from), ..Answer::own(reply) }; claimed.recipients.len()]
    };
    let domain = claimed.domain.as_str();
    if let Some(reply) = place.down() {
        return everybody(reply);
    }
    let place = match place.take_idle() {
        Ok(mut lease) => match send(&mut lease, claimed, content).await {
            Ok(answers) => {
                lease.give_back().await;
                return answers;
            }
            // An idle connection may have been closed meanwhile; when the first command found it so, nothing was sent.
            Err(Broken { error: ClientError::Closed | ClientError::Io(_), nothing_sent: true }) => {
                drop(lease);
                match shared.pool.destination(&shared.resolver, domain).await.place(&shared.pool).await {
                    Some(place) => place,
                    None => return everybody(Reply::of(451, (4, 3, 2), "Delivery is stopping")),
                }
            }
            Err(broken) => {
                return everybody_from(describe(&lease.host, &broken.error), lease.connection.from);
            }
        },
        Err(place) => place,
    };
    let route = match find_route(&shared.resolver, domain, &shared.ourselves).await {
        Ok(route) => route,
        Err(error) => return everybody(no_route(&error)),
    };
    let mut lease = match place.connect(&route).await {
        Ok(lease) => lease,
        Err(reply) => return everybody(reply),
    };
    match send(&mut lease, claimed, content).await {
        Ok(answers) => {
            lease.give_back().await;
            answers
        }
        Err(broken) => everybody_from(describe(&lease.host, &broken.error), lease.connection.from),
    }
}

struct Broken {
    error: ClientError,
    nothing_sent: bool,
}

async fn send(lease: &mut Lease, claimed: &Claimed, content: &Bytes) -> Result<Vec<Answer>, Broken> {
    let transaction = Transaction {
        sender: claimed.sender.as_ref(),
        params: &claimed.params,
        recipients: claimed.recipients.iter().map(|r| (&r.address, &r.params)).collect(),
        content,
    };
    let went = Went::Out(lease.connection.from);
    if let Some(obstacle) = transaction.obstacle(&lease.connection.features) {
        return Ok(vec![Answer { went, ..Answer::own(obstacle) }; claimed.recipients.len()]);
    }
    let protocol = if lease.connection.is_tls() { "tls" } else { "plain" };
    match lease.connection.send(&transaction).await {
        Ok(replies) => {
            metrics::counter!("mailkeep_smtp_transactions_out_total", "protocol" => protocol).increment(1);
            let reports = if lease.connection.features.dsn { Reports::Next } else { Reports::WeRelayed };
            let answer = |reply| Answer { reply, remote: Some(lease.host.clone()), reports, went };
            Ok(replies.into_iter().map(answer).collect())
        }
        Err(error) => Err(Broken { nothing_sent: !lease.connection.content_sent, error }),
    }
}

fn no_route(error: &RouteError) -> Reply {
    let words = error.to_string();
    match error {
        RouteError::NoDomain => Reply::of(550, (5, 1, 2), words),
        RouteError::NullMx => Reply::of(556, (5, 1, 10), words),
        RouteError::NoServer => Reply::of(550, (5, 4, 4), words),
        RouteError::Ourselves => Reply::of(550, (5, 4, 6), words),
        RouteError::Later(_) => Reply::of(451, (4, 4, 3), words),
    }
}

/// The answer for a mailbox or domain that takes no mail at the moment.
pub(crate) fn closed(for_now: bool) -> Reply {
    if for_now {
        Reply::of(450, (4, 2, 1), "This address takes no mail at the moment; try again later")
    } else {
        Reply::of(550, (5, 2, 1), "This address takes no mail any more")
    }
}

/// The answer for a mailbox without room.
pub(crate) fn full(for_now: bool) -> Reply {
    if for_now {
        Reply::of(452, (4, 2, 2), "The mailbox is full; try again later")
    } else {
        Reply::of(552, (5, 2, 2), "The mailbox has been full for days and takes no more mail")
    }
}

/// The answer for an address of a list that takes reports.
pub(crate) fn reports_only() -> Reply {
    Reply::of(550, (5, 7, 1), "This address takes reports of mail servers only; write to the list itself")
}

/// Delivers into our own mailboxes when the domain is ours; `None` when it is not.
async fn deliver_here<H: House>(
    shared: &Shared<H>,
    claimed: &Claimed,
    content: &Bytes,
) -> Result<Option<Vec<Answer>>, Reply> {
    let mut answers = Vec::with_capacity(claimed.recipients.len());
    for recipient in &claimed.recipients {
        let bytes = content.len() as u64;
        let reply = match shared.house.find(&recipient.address, bytes).await.map_err(|e| e.into_reply())? {
            Leads::NotOurs => return Ok(None),
            Leads::Unknown => Reply::of(550, (5, 1, 1), "There is no such address here"),
            Leads::Closed { for_now } => closed(for_now),
            Leads::Full { for_now } => full(for_now),
            Leads::Department => match take_here(shared, claimed, &recipient.address, content).await {
                Ok(reply) | Err(reply) => reply,
            },
            Leads::Bounces if claimed.sender.is_none() => Reply::of(250, (2, 0, 0), "Counted"),
            Leads::Bounces => reports_only(),
            Leads::To { mailboxes, list } => {
                match put_here(shared, claimed, mailboxes, list, content).await {
                    Ok(reply) | Err(reply) => reply,
                }
            }
        };
        answers.push(Answer { reply, remote: None, reports: Reports::WeDelivered, went: Went::Here });
    }
    Ok(Some(answers))
}

/// Hands the message to a department. Whether its author is proven was found out when it came into the queue.
async fn take_here<H: House>(
    shared: &Shared<H>,
    claimed: &Claimed,
    recipient: &EmailAddress,
    content: &Bytes,
) -> Result<Reply, Reply> {
    let sender = claimed.sender.as_ref().map(EmailAddress::to_string).unwrap_or_default();
    let letter = Letter {
        recipient: recipient.clone(),
        sender: claimed.sender.clone(),
        authorship: if claimed.vouched { Authorship::Proven } else { Authorship::Unknown },
        content: [format!("Return-Path: <{sender}>\r\n").as_bytes(), content].concat().into(),
    };
    shared.house.take_letter(letter).await.map_err(|e| e.into_reply())?;
    Ok(Reply::of(250, (2, 0, 0), "Taken"))
}

/// Puts the message into mailboxes and sends it on from a list, each once however often it is tried.
async fn put_here<H: House>(
    shared: &Shared<H>,
    claimed: &Claimed,
    mailboxes: Vec<MailboxId>,
    list: Option<List>,
    content: &Bytes,
) -> Result<Reply, Reply> {
    let sender = claimed.sender.as_ref().map(EmailAddress::to_string).unwrap_or_default();
    let mut onward = Vec::new();
    if let Some(list) = list {
        lists::refuse_loop(content, &list.address)?;
        lists::require_writer(&shared.house, &list, lists::author_of(claimed, content)).await?;
        if list.guests > 0 {
            let (smtputf8, vouched) = (claimed.params.smtputf8, claimed.vouched);
            onward.push((list.id, lists::onward(&list, smtputf8, vouched, content)));
        }
    }
    let goes_on = !onward.is_empty();
    let content = [format!("Return-Path: <{sender}>\r\n").as_bytes(), content].concat().into();
    let parcel =
        Parcel { mailboxes, junk: false, content, onward, queued: Some(claimed.queue), submitted: None };
    let stored = shared.house.store(parcel).await.map_err(|e| e.into_reply())?;
    Ok(if goes_on || stored.contains(&Stored::Stored) {
        Reply::of(250, (2, 0, 0), "Stored")
    } else if stored.contains(&Stored::Full) {
        full(true)
    } else {
        Reply::of(550, (5, 2, 1), "The mailbox takes no mail")
    })
}

//! The worker: takes what is due from the queue, tries it, records what became of it.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hickory_resolver::TokioResolver;
use mailkeep_protocols::reports::{Cause, classify};
use mailkeep_protocols::smtp::Reply;
use mailkeep_protocols::smtp::report::{Action, DeliveryReport, RecipientReport};
use mailkeep_types::{QueueId, SharedClock, Timestamp};
use metrics::counter;
use parking_lot::Mutex;
use rustls::RootCertStore;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::attempt::{Answer, Attempted, Reports, attempt, held_back};
use super::places::{BATCH, Places};
use super::pool::{Pool, PoolSettings};
use super::reporting::{About, ReportMaker, is_delay_due, is_wanted};
use super::route::Ourselves;
use super::shaping::{Shaping, Usual, share_of_bulk};
use super::tls::{self, TlsMode};
use crate::config::{DeliveryConfig, SmtpConfig};
use crate::departures::{Departures, HeldBack, Unhindered};
use crate::house::{Became, Claimed, ClaimedRecipient, Copy, House, NewMessage, Outcome, QueueBell, Went};
use crate::lists;

/// Delivers the outgoing queue. Cheap to clone; run it once for each node.
pub struct Delivery<H>(Arc<Shared<H>>);

pub(super) struct Shared<H> {
    pub house: H,
    pub resolver: TokioResolver,
    pub pool: Pool,
    pub ourselves: Ourselves,
    /// Says which mail waits although it is due.
    pub departures: Arc<dyn Departures>,
    /// Deliveries that have a place at their destination; those that wait for one do not keep the others waiting.
    pub active: Semaphore,
    /// The same for mail in bulk, of which fewer are active at once, so that there is room for everything else.
    pub active_bulk: Semaphore,
    host_name: String,
    config: DeliveryConfig,
    grace: Duration,
    pub clock: SharedClock,
    /// The recipients that we are working on, whose leases are renewed.
    held: Mutex<HashSet<(QueueId, i64)>>,
}

impl<H> Clone for Delivery<H> {
    fn clone(&self) -> Self {
        Delivery(self.0.clone())
    }
}

/// Recipients that we are working on, from the claim until the outcome is recorded.
struct Held<H> {
    delivery: Delivery<H>,
    recipients: Vec<(QueueId, i64)>,
}

impl<H> Held<H> {
    fn new(delivery: &Delivery<H>, claimed: &Claimed) -> Self {
        let recipients: Vec<_> = claimed.recipients.iter().map(|r| (claimed.queue, r.position)).collect();
        delivery.0.held.lock().extend(recipients.iter().copied());
        Held { delivery: delivery.clone(), recipients }
    }
}

impl<H> Drop for Held<H> {
    fn drop(&mut self) {
        let mut held = self.delivery.0.held.lock();
        for recipient in &self.recipients {
            held.remove(recipient);
        }
    }
}

/// What came of a look at the queue.
#[derive(Clone, Copy)]
struct Took {
    something: bool,
    /// There was no room for mail in bulk; whether some was due is not known.
    left_bulk: bool,
}

impl Took {
    const NOTHING: Took = Took { something: false, left_bulk: false };
}

/// Copies for guests of lists go each by itself; the recipients of other messages stay together.
fn apart(claimed: Claimed) -> Vec<Claimed> {
    if claimed.recipients.iter().all(|recipient| recipient.guest.is_none()) {
        return vec![claimed];
    }
    let alone =
        |recipient: &ClaimedRecipient| Claimed { recipients: vec![recipient.clone()], ..claimed.clone() };
    claimed.recipients.iter().map(alone).collect()
}

/// How long a claimed recipient is ours when the lease is not renewed: so long a node may be dead before another takes
/// its mail, and the database be away before two try at the same time.
const LEASE: Duration = Duration::from_secs(5 * 60);
/// How often leases are renewed.
const RENEW: Duration = Duration::from_secs(60);
/// How long an attempt may take at most.
const ATTEMPT: Duration = Duration::from_secs(18 * 60);
/// So many times the deliveries at once may be claimed and wait for their destination.
const WAITING: usize = 10;
/// What waits is looked at again after so long, should nobody have said that it goes on.
const LOOK_AGAIN: Duration = Duration::from_secs(6 * 3600);

impl<H: House> Delivery<H> {
    /// Delivers for `house`. `roots` are the authorities for [`TlsMode::Verified`].
    ///
    /// # Errors
    /// When the cryptographic library offers no TLS version.
    pub fn new(
        house: H,
        config: &SmtpConfig,
        resolver: TokioResolver,
        roots: RootCertStore,
        clock: SharedClock,
    ) -> Result<Self, rustls::Error> {
        let settings = &config.delivery;
        let tls = match settings.tls {
            TlsMode::Verified => tls::verified(roots)?,
            TlsMode::Opportunistic | TlsMode::Off => tls::opportunistic()?,
        };
        let pool = PoolSettings {
            our_name: config.host_name.clone(),
            port: settings.remote_port,
            patience: settings.patience(),
            tls_mode: settings.tls,
            tls: Arc::new(tls),
            idle_time: Duration::from_secs(settings.idle_seconds),
        };
        let usual = Usual {
            connections: settings.max_connections_per_destination,
            messages_per_connection: settings.max_messages_per_connection,
        };
        let pool = Pool::new(pool, Shaping::new(usual, &settings.destinations));
        let ourselves = Ourselves {
            names: vec![config.host_name.to_ascii_lowercase()],
            addresses: settings.own_addresses.clone(),
        };
        Ok(Delivery(Arc::new(Shared {
            house,
            resolver,
            pool,
            ourselves,
            departures: Arc::new(Unhindered),
            active: Semaphore::new(settings.max_deliveries.max(1)),
            active_bulk: Semaphore::new(share_of_bulk(settings.max_deliveries)),
            host_name: config.host_name.clone(),
            config: settings.clone(),
            grace: Duration::from_secs(config.grace_seconds),
            clock,
            held: Mutex::default(),
        })))
    }

    /// Asks before each message whether it waits; to be called before [`Delivery::run`].
    #[must_use]
    pub fn with_departures(mut self, departures: Arc<dyn Departures>) -> Self {
        if let Some(shared) = Arc::get_mut(&mut self.0) {
            shared.departures = departures;
        }
        self
    }

    /// Works until `stop`, then lets the attempts that are under way come to their end, if they do within the grace of
    /// the configuration. What is cut off then is tried again at the next start.
    pub async fn run(&self, stop: CancellationToken) {
        let shared = &self.0;
        let (attempts, cut) = (TaskTracker::new(), CancellationToken::new());
        let places = Places::new(shared.config.max_deliveries.max(1).saturating_mul(WAITING));
        let poll = Duration::from_secs(shared.config.poll_seconds.max(1));
        let mut bell = shared.house.queue_bell();
        let renewing = self.clone();
        let renewal = tokio::spawn(async move { renewing.renew_leases().await });
        while let Err(error) = shared.house.reclaim().await {
            let _ = error.into_reply();
            tokio::select! {
                () = stop.cancelled() => break,
                () = tokio::time::sleep(poll) => {}
            }
        }
        while !stop.is_cancelled() {
            let took = self.take_batch(&attempts, &places, &cut).await;
            shared.pool.tidy(false).await;
            if took.something {
                continue;
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = bell.rung() => {}
                () = places.room_for_bulk(), if took.left_bulk => {}
                () = tokio::time::sleep(poll) => {}
            }
        }
        attempts.close();
        if tokio::time::timeout(shared.grace, attempts.wait()).await.is_err() {
            cut.cancel();
            attempts.wait().await;
        }
        renewal.abort();
        shared.pool.tidy(true).await;
    }

    /// Lengthens the leases of what is under way, again and again.
    async fn renew_leases(&self) {
        loop {
            tokio::time::sleep(RENEW).await;
            let held: Vec<(QueueId, i64)> = self.0.held.lock().iter().copied().collect();
            if !held.is_empty()
                && let Err(error) = self.0.house.renew(held, LEASE).await
            {
                let _ = error.into_reply();
            }
        }
    }

    /// Claims and starts attempts.
    async fn take_batch(&self, attempts: &TaskTracker, places: &Places, cut: &CancellationToken) -> Took {
        // Claims only when there is room to begin, so that leases do not run out in a line.
        let Ok(first) = places.all.clone().acquire_owned().await else { return Took::NOTHING };
        let of_bulk = places.take_of_bulk();
        let claimed = match self.0.house.claim(BATCH, of_bulk, LEASE).await {
            Ok(claimed) => claimed,
            Err(error) => {
                let _ = error.into_reply();
                return Took::NOTHING;
            }
        };
        let took = Took { something: !claimed.is_empty(), left_bulk: of_bulk == 0 };
        let claimed = claimed.into_iter().flat_map(apart);
        let claimed: Vec<_> = claimed.map(|one| (Held::new(self, &one), one)).collect();
        let mut first = Some(first);
        for (held, one) in claimed {
            let place = match first.take() {
                Some(place) => place,
                None => match places.all.clone().acquire_owned().await {
                    Ok(place) => place,
                    Err(_) => return Took::NOTHING,
                },
            };
            // There is one for each: only this takes them.
            let of_bulk = one.bulk.then(|| places.of_bulk.clone().try_acquire_owned());
            let (worker, cut) = (self.clone(), cut.clone());
            attempts.spawn(async move {
                tokio::select! {
                    biased;
                    () = worker.work(&one) => {}
                    () = cut.cancelled() => {}
                }
                drop((held, place, of_bulk));
            });
        }
        took
    }

    /// Tries one message for one domain and records the outcome.
    async fn work(&self, claimed: &Claimed) {
        let shared = &*self.0;
        let (asked, then) = (shared.clock.now(), Instant::now());
        // What waits is not even opened.
        let (content, attempted) = match held_back(shared, claimed).await {
            Ok(Some(back)) => return self.record_waiting(claimed, back, asked).await,
            Ok(None) => self.attempt(claimed, then).await,
            Err(answers) => (Bytes::new(), Attempted::Answered(answers)),
        };
        match attempted {
            Attempted::Answered(answers) => {
                let leaving = claimed.leaving();
                if (leaving.mailbox.is_some() || leaving.of_list) && answers.iter().any(is_block) {
                    shared.departures.refused(leaving).await;
                }
                self.record_answers(claimed, &content, &answers).await;
            }
            Attempted::HeldBack(back) => self.record_waiting(claimed, back, asked).await,
        }
    }

    /// The content, and what became of it.
    async fn attempt(&self, claimed: &Claimed, asked: Instant) -> (Bytes, Attempted) {
        let shared = &*self.0;
        let everybody = |reply: Reply, went| {
            let answer = Answer { reply, remote: None, reports: Reports::WeRelayed, went };
            Attempted::Answered(vec![answer; claimed.recipients.len()])
        };
        let content = match shared.house.content(claimed.queue).await {
            Ok(content) => content,
            Err(error) => return (Bytes::new(), everybody(error.into_reply(), Went::Nowhere)),
        };
        let content = match self.copy_for_guest(claimed, content.clone()).await {
            Ok(content) => content,
            Err(reply) => return (content, everybody(reply, Went::Nowhere)),
        };
        let attempted = tokio::time::timeout(ATTEMPT, attempt(shared, claimed, &content, asked)).await;
        let late = |_| {
            let words = "The recipient's server took too long";
            everybody(Reply::of(451, (4, 4, 2), words), Went::Out(None))
        };
        (content, attempted.unwrap_or_else(late))
    }

    /// The message as the guest of a list gets it, to whom alone it goes: how they leave is on top, under a signature of the
    /// list's domain (RFC 8058). Others get it as it is. What may be forged is not signed: with a sender's address in the
    /// list's domain it would become genuine.
    async fn copy_for_guest(&self, claimed: &Claimed, content: Bytes) -> Result<Bytes, Reply> {
        let shared = &*self.0;
        let Some(guest) = claimed.recipients.first().and_then(|recipient| recipient.guest) else {
            return Ok(content);
        };
        let link = match shared.house.copy_for(guest).await.map_err(|e| e.into_reply())? {
            Copy::Left => return Err(lists::left()),
            Copy::Wanted { link: None } => return Ok(content),
            Copy::Wanted { link: Some(link) } => link,
        };
        let copy = lists::copy_for(&link, &content);
        let Some(list) = claimed.sender.as_ref().filter(|_| claimed.vouched) else { return Ok(copy.into()) };
        let signed = shared.house.sign(list.domain(), copy).await.map_err(|e| e.into_reply())?;
        Ok(signed.into())
    }

    /// Records that a message was not tried, and tells its sender when it is late or too late.
    async fn record_waiting(&self, claimed: &Claimed, back: HeldBack, asked: Timestamp) {
        let (mut outcomes, mut told) = (Vec::with_capacity(claimed.recipients.len()), Vec::new());
        let went = Went::Nowhere;
        let answer = Answer { reply: back.reply(), remote: None, reports: Reports::WeRelayed, went };
        for recipient in &claimed.recipients {
            let (outcome, action) = self.judge_waiting(recipient, claimed, back, asked);
            told.extend(action.map(|action| self.tell(recipient, claimed, &answer, action)));
            outcomes.push(Became { position: recipient.position, guest: recipient.guest, outcome });
        }
        counter!("mailkeep_smtp_deliveries_total", "outcome" => "waits").increment(1);
        tracing::info!(queue = %claimed.queue, domain = %claimed.domain, by = ?back.by, "a message waits");
        // A report shows what it is about.
        let content = match told.iter().any(Option::is_some) {
            true => self.0.house.content(claimed.queue).await.unwrap_or_default(),
            false => Bytes::new(),
        };
        self.record(claimed, &content, went, outcomes, told).await;
    }

    /// It is not due again before something is to be done: the wait is over, its sender is to be told, or its time has run out.
    fn judge_waiting(
        &self,
        recipient: &ClaimedRecipient,
        message: &Claimed,
        back: HeldBack,
        found_at: Timestamp,
    ) -> (Outcome, Option<Action>) {
        let (now, delay) = (self.0.clock.now(), self.0.config.delay_report_seconds);
        if now >= message.expires {
            return (Outcome::Failed { reply: back.reply() }, Some(Action::Failed));
        }
        let due = !recipient.delay_reported && is_delay_due(message.arrived, now, delay);
        let delay_reported = recipient.delay_reported || due;
        let mut next_at = message.expires.min(now.plus(LOOK_AGAIN));
        if let Some(until) = back.until {
            next_at = next_at.min(until);
        }
        if !delay_reported {
            next_at = next_at.min(message.arrived.plus(Duration::from_secs(delay)));
        }
        (Outcome::Waits { next_at, found_at, back, delay_reported }, due.then_some(Action::Delayed))
    }

    async fn record_answers(&self, claimed: &Claimed, content: &[u8], answers: &[Answer]) {
        let mut outcomes = Vec::with_capacity(answers.len());
        let mut told = Vec::new();
        for (recipient, answer) in claimed.recipients.iter().zip(answers) {
            let (outcome, action) = self.judge(recipient, claimed, answer);
            let word = match &outcome {
                Outcome::Delivered { .. } => "delivered",
                Outcome::Deferred { .. } | Outcome::Waits { .. } => "deferred",
                Outcome::Failed { .. } => "failed",
            };
            counter!("mailkeep_smtp_deliveries_total", "outcome" => word).increment(1);
            tracing::info!(queue = %claimed.queue, domain = %claimed.domain, code = answer.reply.code(), "a recipient was {word}");
            if let Some(action) = action {
                told.push(self.tell(recipient, claimed, answer, action));
            }
            outcomes.push(Became { position: recipient.position, guest: recipient.guest, outcome });
        }
        // All recipients of an attempt are in one domain, and took one way.
        let went = answers.first().map_or(Went::Out(None), |answer| answer.went);
        self.record(claimed, content, went, outcomes, told).await;
    }

    async fn record(
        &self,
        claimed: &Claimed,
        content: &[u8],
        went: Went,
        outcomes: Vec<Became>,
        told: Vec<Option<RecipientReport>>,
    ) {
        let shared = &*self.0;
        let reports = self.reports(claimed, content, told);
        // What is delivered must be remembered: the record is tried until it is made, or the lease would run out and
        // the message be sent again.
        let mut wait = Duration::from_millis(100);
        while let Err(error) =
            shared.house.record(claimed.queue, went, outcomes.clone(), reports.clone()).await
        {
            let _ = error.into_reply();
            tokio::time::sleep(wait).await;
            wait = (wait * 2).min(Duration::from_secs(30));
        }
    }

    /// What became of a recipient, and what its sender is to be told.
    fn judge(
        &self,
        recipient: &ClaimedRecipient,
        message: &Claimed,
        answer: &Answer,
    ) -> (Outcome, Option<Action>) {
        let (now, config) = (self.0.clock.now(), &self.0.config);
        let reply = answer.reply.clone();
        if reply.is_positive() {
            let action = match answer.reports {
                Reports::Next => None,
                Reports::WeRelayed => Some(Action::Relayed),
                Reports::WeDelivered => Some(Action::Delivered),
            };
            return (Outcome::Delivered { reply }, action);
        }
        let next_at = now.plus(config.wait_after(recipient.attempts.saturating_add(1), rand::random()));
        if reply.is_permanent() || next_at >= message.expires {
            return (Outcome::Failed { reply }, Some(Action::Failed));
        }
        let due =
            !recipient.delay_reported && is_delay_due(message.arrived, now, config.delay_report_seconds);
        let delay_reported = recipient.delay_reported || due;
        (Outcome::Deferred { next_at, reply, delay_reported }, due.then_some(Action::Delayed))
    }

    fn tell(
        &self,
        recipient: &ClaimedRecipient,
        message: &Claimed,
        answer: &Answer,
        action: Action,
    ) -> Option<RecipientReport> {
        if !is_wanted(&recipient.params, action) {
            return None;
        }
        let mut about = About::answer(
            &recipient.address,
            &recipient.params,
            action,
            &answer.reply,
            answer.remote.as_deref(),
        );
        if action == Action::Failed && about.status.0 != 5 {
            // It would have been tried further had its time not run out (RFC 3463: 5.4.7).
            about.status = mailkeep_protocols::smtp::Enhanced(5, 4, 7);
        }
        about.last_attempt = Some(self.0.clock.now());
        about.retry_until = (action == Action::Delayed).then_some(message.expires);
        Some(about)
    }

    /// One report for all recipients of the attempt; none to the null sender.
    fn reports(
        &self,
        message: &Claimed,
        content: &[u8],
        told: Vec<Option<RecipientReport>>,
    ) -> Vec<NewMessage> {
        let recipients: Vec<RecipientReport> = told.into_iter().flatten().collect();
        let Some(sender) = message.sender.as_ref().filter(|_| !recipients.is_empty()) else {
            return Vec::new();
        };
        let maker = ReportMaker { host_name: &self.0.host_name, clock: &self.0.clock };
        let report = DeliveryReport {
            envid: message.params.envid.clone(),
            reporting_host: self.0.host_name.clone(),
            arrived: message.arrived,
            recipients,
        };
        vec![maker.message(sender, &report, content, message.params.ret)]
    }
}

/// Whether a server refused a message for a policy, a bad name or spam, for now or for good.
fn is_block(answer: &Answer) -> bool {
    let refused = answer.remote.is_some() && !answer.reply.is_positive();
    refused && matches!(classify(None, &answer.reply.to_string()), Cause::Blocked | Cause::Spam)
}

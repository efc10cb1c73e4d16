//! How much a destination gets at once. What the operator says of it counts for all domains that it stands for together, and
//! whoever asks us to go slower is listened to: mail in bulk then waits for its turn, and what people write to each other does not.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use hickory_resolver::TokioResolver;
use hickory_resolver::proto::rr::RData;
use mailkeep_protocols::smtp::Reply;
use mailkeep_types::{DomainName, QueueId};
use parking_lot::Mutex;
use schemars::JsonSchema;
use serde::Deserialize;
use tokio::sync::Semaphore;
use tokio::time::Instant;

/// What the operator says of a destination: what is not said is as for any other.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct DestinationConfig {
    /// Domains of recipients.
    pub domains: Vec<String>,
    /// Names under which its mail servers stand: `example.net` is for all domains whose first MX record ends in it.
    pub servers: Vec<String>,
    /// Most connections at once to all of them together.
    pub max_connections: Option<usize>,
    /// Most messages over one connection.
    pub max_messages_per_connection: Option<usize>,
    /// Most messages in bulk (announcements, copies of lists) that go there in a minute from each node; the others wait for their turn.
    pub bulk_per_minute: Option<u32>,
}

impl DestinationConfig {
    /// What the type cannot say.
    ///
    /// # Errors
    /// In words.
    pub fn check(&self) -> Result<(), String> {
        if self.domains.is_empty() && self.servers.is_empty() {
            return Err("name at least one of `domains` or `servers`".to_owned());
        }
        if let Some(bad) =
            self.domains.iter().chain(&self.servers).find(|name| DomainName::parse(name).is_err())
        {
            return Err(format!("“{bad}” is no domain name"));
        }
        let numbers = [
            ("max_connections", self.max_connections),
            ("max_messages_per_connection", self.max_messages_per_connection),
            ("bulk_per_minute", self.bulk_per_minute.map(|number| number as usize)),
        ];
        match numbers.into_iter().find(|(_, number)| *number == Some(0)) {
            Some((name, _)) => Err(format!("{name} is at least 1; leave it out where there is no limit")),
            None => Ok(()),
        }
    }
}

/// The limits of all destinations.
pub(crate) struct Shaping {
    usual: Usual,
    rules: Vec<Rule>,
    /// A rule asks for the servers of a domain.
    by_server: bool,
}

/// What a destination gets of which nothing is said.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usual {
    pub connections: usize,
    pub messages_per_connection: usize,
}

struct Rule {
    domains: Vec<String>,
    servers: Vec<String>,
    limits: Arc<Limits>,
}

/// The limits of one destination.
pub(crate) struct Limits {
    /// One for each connection.
    pub places: Arc<Semaphore>,
    /// One for each connection that mail in bulk may take: fewer, so that there is one for everything else.
    pub bulk: Semaphore,
    pub messages_per_connection: usize,
    pub pace: Pace,
}

impl Limits {
    fn new(connections: usize, messages_per_connection: usize, bulk_per_minute: Option<u32>) -> Self {
        Limits {
            places: Arc::new(Semaphore::new(connections.max(1))),
            bulk: Semaphore::new(share_of_bulk(connections)),
            messages_per_connection,
            pace: Pace::new(bulk_per_minute),
        }
    }
}

/// How many of so many mail in bulk may take.
pub(crate) fn share_of_bulk(places: usize) -> usize {
    (places - places / 5).min(places.saturating_sub(1)).max(1)
}

impl Shaping {
    pub(crate) fn new(usual: Usual, destinations: &[DestinationConfig]) -> Self {
        let lower = |names: &[String]| names.iter().map(|name| name.to_ascii_lowercase()).collect();
        let rule = |said: &DestinationConfig| Rule {
            domains: lower(&said.domains),
            servers: lower(&said.servers),
            limits: Arc::new(Limits::new(
                said.max_connections.unwrap_or(usual.connections),
                said.max_messages_per_connection.unwrap_or(usual.messages_per_connection),
                said.bulk_per_minute,
            )),
        };
        let by_server = destinations.iter().any(|said| !said.servers.is_empty());
        Shaping { usual, rules: destinations.iter().map(rule).collect(), by_server }
    }

    /// The limits for a domain: those of the first that names it, else of the first that names its server, else the usual ones.
    pub(crate) async fn limits(&self, resolver: &TokioResolver, domain: &str) -> Arc<Limits> {
        let named = self.rules.iter().find(|rule| rule.domains.iter().any(|name| name == domain));
        let found = match named {
            None if self.by_server => self.of_server(resolver, domain).await,
            named => named,
        };
        match found {
            Some(rule) => Arc::clone(&rule.limits),
            None => Arc::new(Limits::new(self.usual.connections, self.usual.messages_per_connection, None)),
        }
    }

    async fn of_server(&self, resolver: &TokioResolver, domain: &str) -> Option<&Rule> {
        // Where nothing is found out, nobody can be brought anything either.
        let found = resolver.mx_lookup(format!("{domain}.")).await.ok()?;
        let exchanges = found.answers().iter().filter_map(|record| match &record.data {
            RData::MX(mx) => Some((mx.preference, mx.exchange.to_ascii())),
            _ => None,
        });
        let (_, first) = exchanges.min()?;
        let host = first.trim_end_matches('.').to_ascii_lowercase();
        self.rules.iter().find(|rule| rule.servers.iter().any(|name| is_under(&host, name)))
    }
}

fn is_under(host: &str, name: &str) -> bool {
    host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// When mail in bulk may go, one after the other. What would have to wait for long is given a time to come back at, so that it takes no
/// place meanwhile, and is let through then before what came later.
pub(crate) struct Pace {
    /// By the configuration; zero is no limit.
    usual: Duration,
    line: Mutex<Line>,
}

struct Line {
    /// When the next may go.
    next: Instant,
    /// When the last of those comes back that were told a time.
    last: Instant,
    told: HashSet<QueueId>,
    /// The destination asked us to go slower: so far apart, since then.
    slowed: Option<(Duration, Instant)>,
}

/// When a message may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// After so long, which is waited here.
    In(Duration),
    /// It comes back after so long.
    Later(Duration),
}

/// So long a message waits where it is; one that came back a little longer, since its time was told to it.
const PATIENCE: Duration = Duration::from_secs(10);
const LONGER: Duration = Duration::from_secs(30);
/// How far apart messages are when a destination asks for the first time, and at most.
const SLOW: Duration = Duration::from_secs(1);
const SLOWEST: Duration = Duration::from_secs(60);
/// After so long without being asked again it is tried twice as fast.
const EASE: Duration = Duration::from_secs(5 * 60);
/// Those under way are asked the same: what is heard so soon after it was heard is not heard again.
const SAME: Duration = Duration::from_secs(5);
/// So many are remembered to have been told a time; further ones join the end of the line when they come back.
const REMEMBERED: usize = 200_000;

impl Pace {
    pub(crate) fn new(per_minute: Option<u32>) -> Self {
        let usual = per_minute.map_or(Duration::ZERO, |number| Duration::from_secs(60) / number.max(1));
        let now = Instant::now();
        Pace { usual, line: Mutex::new(Line { next: now, last: now, told: HashSet::new(), slowed: None }) }
    }

    /// When this message may go, seen from `now`.
    pub(crate) fn turn(&self, message: QueueId, now: Instant) -> Turn {
        let mut line = self.line.lock();
        let came_back = line.told.remove(&message);
        let apart = line.apart(now).max(self.usual);
        if apart.is_zero() {
            line.told = HashSet::new();
            return Turn::In(Duration::ZERO);
        }
        let slot = line.next.max(now);
        let wait = slot.duration_since(now);
        let may = match came_back {
            true => wait <= LONGER,
            false => wait <= PATIENCE && line.last <= now + PATIENCE,
        };
        if may {
            line.next = slot + apart;
            return Turn::In(wait);
        }
        line.last = line.last.max(slot) + apart;
        if line.told.len() < REMEMBERED {
            line.told.insert(message);
        }
        Turn::Later(line.last.duration_since(now))
    }

    /// The destination asked us to go slower.
    pub(crate) fn slow_down(&self, now: Instant) {
        let mut line = self.line.lock();
        let apart = match line.slowed {
            Some((_, since)) if now.duration_since(since) < SAME => return,
            _ => (line.apart(now).max(self.usual) * 2).clamp(SLOW, SLOWEST.max(self.usual)),
        };
        line.slowed = Some((apart, now));
    }

    /// Whether what it remembers is still needed.
    pub(crate) fn is_at_rest(&self, now: Instant) -> bool {
        let mut line = self.line.lock();
        // Without a limit nobody is asked whether they were told a time.
        line.apart(now).is_zero() && (self.usual.is_zero() || line.told.is_empty()) && line.next <= now
    }
}

impl Line {
    /// How far apart messages are because the destination asked for it.
    fn apart(&mut self, now: Instant) -> Duration {
        while let Some((apart, since)) = self.slowed
            && now.duration_since(since) >= EASE
        {
            let eased = apart / 2;
            self.slowed = (eased >= SLOW).then_some((eased, since + EASE));
        }
        self.slowed.map_or(Duration::ZERO, |(apart, _)| apart)
    }
}

/// What servers say when they are sent too much at once.
const TOO_MUCH: [&str; 9] = [
    "rate",
    "too many",
    "too much",
    "too fast",
    "throttl",
    "slow down",
    "unusual",
    "server busy",
    "limit exceeded",
];

/// Whether a server refused for now because it gets too much at once.
pub(crate) fn asks_to_slow_down(reply: &Reply) -> bool {
    if !(400..500).contains(&reply.code()) {
        return false;
    }
    let words = reply.to_string().to_lowercase();
    TOO_MUCH.iter().any(|said| {
        words.match_indices(said).any(|(at, _)| {
            // “rate” is a word of its own, not a part of “generated” or “operate”.
            let begins = words.get(..at).and_then(|before| before.chars().next_back());
            !begins.is_some_and(char::is_alphanumeric)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> QueueId {
        QueueId::from_uuid(uuid::Uuid::from_u128(number))
    }

    const fn s(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    #[test]
    fn without_a_limit_everything_goes_at_once() {
        let pace = Pace::new(None);
        for number in 0..1_000 {
            assert_eq!(pace.turn(id(number), Instant::now()), Turn::In(Duration::ZERO));
        }
        assert!(pace.is_at_rest(Instant::now()));
    }

    #[test]
    fn ten_thousand_go_at_their_pace_each_told_its_time_once() {
        let pace = Pace::new(Some(120));
        let start = Instant::now();
        // When each comes: all at first, then at the time that it was told.
        let mut coming: std::collections::BTreeSet<(Instant, u128)> =
            (0..10_000).map(|n| (start, n)).collect();
        let (mut went, mut told) = (Vec::new(), 0);
        while let Some((now, number)) = coming.pop_first() {
            match pace.turn(id(number), now) {
                Turn::In(wait) => went.push((now + wait, number)),
                Turn::Later(wait) => {
                    told += 1;
                    coming.insert((now + wait, number));
                }
            }
        }
        went.sort();
        assert!(told < 10_000, "{told}");
        let last = went.last().unwrap().0;
        let whole = last.duration_since(start).as_secs();
        assert!((4_999..5_030).contains(&whole), "10,000 at 120 a minute took {whole} s");
        for minute in went.windows(121) {
            assert!(minute[120].0.duration_since(minute[0].0) >= s(60) - Duration::from_millis(1));
        }
    }

    #[test]
    fn who_was_told_a_time_goes_before_who_comes_later() {
        let pace = Pace::new(Some(60));
        let now = Instant::now();
        let first: Vec<_> = (0..20).map(|number| pace.turn(id(number), now)).collect();
        assert_eq!(first[10], Turn::In(s(10)));
        assert_eq!(first[11], Turn::Later(s(12)));
        let Turn::Later(wait) = first[19] else { panic!("{first:?}") };
        assert_eq!(pace.turn(id(99), now + s(5)), Turn::Later(wait + s(1) - s(5)), "behind them");
        assert_eq!(pace.turn(id(11), now + s(12)), Turn::In(Duration::ZERO));
    }

    #[test]
    fn goes_slower_when_asked_and_faster_again_after_a_while() {
        let pace = Pace::new(None);
        let now = Instant::now();
        pace.slow_down(now);
        pace.slow_down(now + s(1));
        let second = |from: Instant, number| {
            pace.turn(id(number), from);
            pace.turn(id(number + 1), from)
        };
        assert_eq!(second(now + s(1), 0), Turn::In(s(1)), "those under way count once");
        pace.slow_down(now + s(20));
        assert_eq!(second(now + s(20), 2), Turn::In(s(2)));
        assert_eq!(second(now + s(320), 4), Turn::In(s(1)));
        assert_eq!(second(now + s(620), 6), Turn::In(Duration::ZERO));
        for minute in 0..30 {
            pace.slow_down(now + s(1_000 + minute * 60));
        }
        pace.turn(id(8), now + s(2_800));
        assert_eq!(pace.turn(id(9), now + s(2_800)), Turn::Later(SLOWEST * 2));
        assert!(!pace.is_at_rest(now + s(2_800)));
        assert!(pace.is_at_rest(now + s(2_800 + 6 * 300)), "nobody asks for long");
    }

    #[test]
    fn hears_who_gets_too_much() {
        let reply = |code, words: &'static str| Reply::of(code, (4, 7, 0), words);
        for words in [
            "Our system has detected an unusual amount of mail",
            "too many connections from your address",
            "Rate limited, come back later",
            "Server busy. Please try again later from",
            "mail temporarily throttled",
        ] {
            assert!(asks_to_slow_down(&reply(421, words)), "{words}");
        }
        for (code, words) in [
            (450, "Greylisted, try again later"),
            (451, "the answer could not be generated"),
            (452, "mailbox full"),
            (550, "rate limit: go away"),
        ] {
            assert!(!asks_to_slow_down(&reply(code, words)), "{words}");
        }
    }

    #[test]
    fn a_server_stands_under_its_own_name_only() {
        assert!(is_under("mx1.mail.example.net", "example.net") && is_under("example.net", "example.net"));
        assert!(!is_under("badexample.net", "example.net") && !is_under("example.net.evil", "example.net"));
    }

    #[test]
    fn bulk_leaves_a_place_where_there_are_two() {
        let shares: Vec<usize> = [1, 2, 3, 5, 10, 200].into_iter().map(share_of_bulk).collect();
        assert_eq!(shares, [1, 1, 2, 4, 8, 160]);
    }
}

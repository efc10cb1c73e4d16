//! Pieces for tests: certificates, a house in memory, a name server on loopback, a client that says what the test says.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use hickory_resolver::TokioResolver;
use hickory_resolver::proto::op::{Message, MessageType, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, MX, TXT};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use mailkeep_protocols::smtp::sasl::Credentials;
use mailkeep_protocols::smtp::{Notify, RcptParams, Reply};
use mailkeep_storage::sql::{Channel, Notice};
use mailkeep_types::{
    AliasId, DomainName, EmailAddress, GuestId, MailboxId, ManualClock, QueueId, Timestamp,
};
use parking_lot::Mutex;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::UdpSocket;
use tokio::sync::{Notify as Changed, broadcast};

use crate::house::{
    Author, Authorship, Became, Claimed, ClaimedRecipient, Copy, House, HouseError, Leads, Letter, List,
    NewMessage, Outcome, Parcel, QueueBell, Stored, Went,
};

/// TLS for a server and a client that belong together.
pub(crate) mod tls {
    use std::sync::Arc;

    use rustls::pki_types::PrivateKeyDer;
    use tokio_rustls::TlsConnector;

    /// The configuration of a server named `mx.example.com`, and a client that trusts it.
    pub(crate) fn pair() -> (Arc<rustls::ServerConfig>, TlsConnector) {
        let made = rcgen::generate_simple_self_signed(["mx.example.com".to_owned()]).expect("a certificate");
        let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let server = rustls::ServerConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .expect("a key that fits");
        let mut roots = rustls::RootCertStore::empty();
        roots.add(made.cert.der().clone()).expect("a root");
        let client = rustls::ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_root_certificates(roots)
            .with_no_client_auth();
        (Arc::new(server), TlsConnector::from(Arc::new(client)))
    }
}

/// A client that says what the test says.
pub(crate) struct Peer<S>(pub S, pub Vec<u8>);

impl<S: AsyncRead + AsyncWrite + Unpin> Peer<S> {
    pub(crate) fn new(stream: S) -> Self {
        Peer(stream, Vec::new())
    }

    pub(crate) async fn send(&mut self, bytes: &[u8]) {
        self.0.write_all(bytes).await.unwrap();
        self.0.flush().await.unwrap();
    }

    /// One line; empty at the end of the connection.
    pub(crate) async fn line(&mut self) -> String {
        loop {
            if let Some(end) = self.1.iter().position(|b| *b == b'\n') {
                let line: Vec<u8> = self.1.drain(..=end).collect();
                return String::from_utf8(line).unwrap().trim_end().to_owned();
            }
            let mut buffer = [0; 4096];
            match self.0.read(&mut buffer).await {
                Ok(0) | Err(_) => return String::new(),
                Ok(count) => self.1.extend_from_slice(&buffer[..count]),
            }
        }
    }

    /// The last line of a reply.
    pub(crate) async fn reply(&mut self) -> String {
        loop {
            let line = self.line().await;
            if line.as_bytes().get(3) != Some(&b'-') {
                return line;
            }
        }
    }

    pub(crate) async fn say(&mut self, command: &str) -> String {
        self.send(format!("{command}\r\n").as_bytes()).await;
        self.reply().await
    }
}

/// A house in memory. Its domain is `example.com` with the mailboxes `ada` and `bob`, `full` that has no room, the
/// alias `info` of ada's, and the list `all` with both and `carol@far.example`.
#[derive(Clone)]
pub(crate) struct MemoryHouse {
    pub clock: Arc<ManualClock>,
    domain: Option<&'static str>,
    state: Arc<Mutex<State>>,
    changed: Arc<Changed>,
    bell: broadcast::Sender<Notice>,
}

#[derive(Default)]
struct State {
    boxes: HashMap<MailboxId, Vec<(bool, Bytes)>>,
    queue: Vec<(QueueId, NewMessage, Timestamp, Vec<Entry>)>,
    log: Vec<(String, String)>,
    letters: Vec<Letter>,
    guest_left: bool,
}

/// Where carol leaves the list `all`.
pub(crate) const LINK: &str = "https://www.example.com/lists/carol";
/// Carol as a guest of the list `all`.
const CAROL: GuestId = GuestId::from_uuid(uuid::Uuid::from_u128(11));

struct Entry {
    next_at: Timestamp,
    leased: bool,
    attempts: u32,
    delay_reported: bool,
    done: bool,
}

pub(crate) fn mailbox(name: &str) -> MailboxId {
    let number = match name {
        "ada" => 1,
        "bob" => 2,
        _ => 3,
    };
    MailboxId::from_uuid(uuid::Uuid::from_u128(number))
}

impl MemoryHouse {
    pub(crate) fn new() -> Self {
        let clock = ManualClock::at("2026-03-01");
        MemoryHouse {
            clock,
            domain: Some("example.com"),
            state: Arc::default(),
            changed: Arc::default(),
            bell: broadcast::channel(16).0,
        }
    }

    /// A house that has no domain of its own.
    pub(crate) fn without_domain() -> Self {
        MemoryHouse { domain: None, ..MemoryHouse::new() }
    }

    /// The messages of a mailbox as text, with their being in Junk.
    pub(crate) fn messages(&self, name: &str) -> Vec<(bool, String)> {
        let state = self.state.lock();
        let all = state.boxes.get(&mailbox(name)).cloned().unwrap_or_default();
        all.into_iter().map(|(junk, bytes)| (junk, String::from_utf8(bytes.to_vec()).unwrap())).collect()
    }

    /// Carol leaves the list `all`.
    pub(crate) fn leave(&self) {
        self.state.lock().guest_left = true;
    }

    /// The messages that were put into the queue.
    pub(crate) fn queued(&self) -> Vec<NewMessage> {
        self.state.lock().queue.iter().map(|(_, message, _, _)| message.clone()).collect()
    }

    /// Recipients and what became of them, in order.
    /// Letters to departments: to whom, from whom, and what is known about the address in From.
    pub(crate) fn letters(&self) -> Vec<(String, Option<String>, Authorship)> {
        let state = self.state.lock();
        let shown = |letter: &Letter| {
            let sender = letter.sender.as_ref().map(EmailAddress::to_string);
            (letter.recipient.to_string(), sender, letter.authorship)
        };
        state.letters.iter().map(shown).collect()
    }

    pub(crate) fn log(&self) -> Vec<(String, String)> {
        self.state.lock().log.clone()
    }

    /// Waits until the log has this many lines.
    pub(crate) async fn wait_for_log(&self, count: usize) {
        let wait = async {
            loop {
                let changed = self.changed.notified();
                if self.log().len() >= count {
                    return;
                }
                changed.await;
            }
        };
        let timely = tokio::time::timeout(Duration::from_secs(20), wait).await;
        assert!(timely.is_ok(), "only these became of: {:?}", self.log());
    }

    pub(crate) fn wake(&self) {
        let _ = self.bell.send(Notice { channel: Channel::Queue, id: [0; 16], value: 1 });
        self.changed.notify_waiters();
    }
}

impl MemoryHouse {
    /// What is due and in bulk, or is not: what an address of the name `bulk` sends is.
    fn claim_from(&self, wanted: bool, limit: usize) -> Vec<Claimed> {
        use mailkeep_types::Clock;
        let (now, mut claimed) = (self.clock.now(), Vec::<Claimed>::new());
        for (id, message, at, entries) in &mut self.state.lock().queue {
            let bulk = message.sender.as_ref().is_some_and(|sender| sender.local() == "bulk");
            if bulk != wanted {
                continue;
            }
            for (position, entry) in entries.iter_mut().enumerate() {
                if entry.done || entry.leased || entry.next_at > now || claimed.len() >= limit {
                    continue;
                }
                entry.leased = true;
                let (address, params) = message.recipients[position].clone();
                let (attempts, delay_reported) = (entry.attempts, entry.delay_reported);
                let domain = address.domain().clone();
                let position = i64::try_from(position).unwrap();
                let guest = (address.local() == "carol").then_some(CAROL);
                let recipient =
                    ClaimedRecipient { position, address, params, attempts, delay_reported, guest };
                match claimed.iter_mut().find(|c| c.queue == *id && c.domain == domain) {
                    Some(same) => same.recipients.push(recipient),
                    None => claimed.push(Claimed {
                        queue: *id,
                        mailbox: message.mailbox,
                        domain,
                        recipients: vec![recipient],
                        sender: message.sender.clone(),
                        params: message.params.clone(),
                        arrived: *at,
                        expires: at.plus(Duration::from_secs(5 * 24 * 3600)),
                        vouched: true,
                        bulk,
                    }),
                }
            }
        }
        claimed
    }
}

impl House for MemoryHouse {
    async fn find(&self, address: &EmailAddress, _: u64) -> Result<Leads, HouseError> {
        if Some(address.domain().as_str()) != self.domain {
            return Ok(Leads::NotOurs);
        }
        let local = address.local().to_lowercase();
        let to = |mailboxes| Ok(Leads::To { mailboxes, list: None });
        if local == "all+bounces" {
            return Ok(Leads::Bounces);
        }
        match local.split('+').next().unwrap_or_default() {
            "ada" | "info" => to(vec![mailbox("ada")]),
            "bob" => to(vec![mailbox("bob")]),
            "late" => to(vec![mailbox("late")]),
            "all" => {
                let id = AliasId::from_uuid(uuid::Uuid::from_u128(9));
                let list = Some(List { id, address: address.clone(), guests: 1, restricted: false });
                Ok(Leads::To { mailboxes: vec![mailbox("ada"), mailbox("bob")], list })
            }
            "board" => {
                let id = AliasId::from_uuid(uuid::Uuid::from_u128(10));
                let list = Some(List { id, address: address.clone(), guests: 0, restricted: true });
                Ok(Leads::To { mailboxes: vec![mailbox("ada"), mailbox("bob")], list })
            }
            "support" => Ok(Leads::Department),
            "full" => Ok(Leads::Full { for_now: true }),
            "broken" => Err(HouseError::Failed("the disk is gone".into())),
            _ => Ok(Leads::Unknown),
        }
    }

    async fn may_write_to(&self, _: &List, author: Author) -> Result<bool, HouseError> {
        let is_ada = |address: &EmailAddress| address.to_string() == "ada@home.example";
        Ok(author.mailbox == Some(mailbox("ada")) || author.address.as_ref().is_some_and(is_ada))
    }

    async fn store(&self, parcel: Parcel) -> Result<Vec<Stored>, HouseError> {
        for (_, mut message) in parcel.onward {
            let never = RcptParams { notify: Some(Notify::NEVER), orcpt: None };
            message.recipients = vec![(EmailAddress::parse("carol@far.example").unwrap(), never)];
            self.enqueue(message).await?;
        }
        let mut state = self.state.lock();
        let mut stored = Vec::new();
        for one in parcel.mailboxes {
            if one == mailbox("late") {
                // Became full after RCPT.
                stored.push(Stored::Full);
                continue;
            }
            state.boxes.entry(one).or_default().push((parcel.junk, parcel.content.clone()));
            stored.push(Stored::Stored);
        }
        Ok(stored)
    }

    async fn take_letter(&self, letter: Letter) -> Result<(), HouseError> {
        self.state.lock().letters.push(letter);
        Ok(())
    }

    async fn sign_in(&self, _: IpAddr, credentials: Credentials) -> Result<MailboxId, HouseError> {
        let name = credentials.name.split('@').next().unwrap_or_default().to_owned();
        match credentials.password.as_str() {
            "right" => Ok(mailbox(&name)),
            _ => Err(HouseError::Refused(Reply::of(535, (5, 7, 8), "Wrong name or password"))),
        }
    }

    async fn may_write_as(&self, who: MailboxId, address: &EmailAddress) -> Result<bool, HouseError> {
        Ok(matches!(self.find(address, 0).await, Ok(Leads::To { mailboxes, .. }) if mailboxes == [who]))
    }

    async fn check_sending(&self, who: MailboxId, recipients: usize) -> Result<(), HouseError> {
        if who == mailbox("bob") {
            return Err(HouseError::Refused(Reply::of(
                550,
                (5, 7, 1),
                "Sending is stopped for this mailbox",
            )));
        }
        if recipients > 3 {
            return Err(HouseError::Refused(Reply::of(550, (5, 5, 3), "Too many recipients")));
        }
        Ok(())
    }

    async fn count_sent(&self, _: MailboxId, _: usize) -> Result<(), HouseError> {
        Ok(())
    }

    async fn sign(&self, domain: &DomainName, message: Vec<u8>) -> Result<Vec<u8>, HouseError> {
        Ok([format!("DKIM-Signature: d={domain}\r\n").as_bytes(), &message].concat())
    }

    async fn enqueue(&self, message: NewMessage) -> Result<QueueId, HouseError> {
        use mailkeep_types::Clock;
        let (id, now) = (QueueId::new(&*self.clock), self.clock.now());
        let fresh = || Entry { next_at: now, leased: false, attempts: 0, delay_reported: false, done: false };
        let entries = message.recipients.iter().map(|_| fresh()).collect();
        self.state.lock().queue.push((id, message, now, entries));
        self.wake();
        Ok(id)
    }

    async fn claim(&self, limit: usize, of_bulk: usize, _: Duration) -> Result<Vec<Claimed>, HouseError> {
        let mut claimed = self.claim_from(false, limit);
        claimed.extend(self.claim_from(true, limit.saturating_sub(claimed.len()).min(of_bulk)));
        Ok(claimed)
    }

    async fn renew(&self, _: Vec<(QueueId, i64)>, _: Duration) -> Result<(), HouseError> {
        Ok(())
    }

    async fn reclaim(&self) -> Result<(), HouseError> {
        Ok(())
    }

    async fn content(&self, queue: QueueId) -> Result<Bytes, HouseError> {
        let state = self.state.lock();
        let found =
            state.queue.iter().find(|(id, ..)| *id == queue).map(|(_, message, ..)| message.content.clone());
        found.ok_or_else(|| HouseError::Failed("no such message".into()))
    }

    async fn copy_for(&self, _: GuestId) -> Result<Copy, HouseError> {
        Ok(if self.state.lock().guest_left {
            Copy::Left
        } else {
            Copy::Wanted { link: Some(LINK.to_owned()) }
        })
    }

    async fn record(
        &self,
        queue: QueueId,
        _: Went,
        outcomes: Vec<Became>,
        reports: Vec<NewMessage>,
    ) -> Result<(), HouseError> {
        {
            let mut state = self.state.lock();
            let State { queue: messages, log, .. } = &mut *state;
            let (_, message, _, entries) = messages.iter_mut().find(|(id, ..)| *id == queue).unwrap();
            for Became { position, outcome, .. } in outcomes {
                let position = usize::try_from(position).unwrap();
                let entry = &mut entries[position];
                entry.leased = false;
                let word = match outcome {
                    Outcome::Delivered { .. } => {
                        entry.done = true;
                        "delivered".to_owned()
                    }
                    Outcome::Deferred { next_at, reply, delay_reported } => {
                        (entry.next_at, entry.delay_reported) = (next_at, delay_reported);
                        entry.attempts += 1;
                        format!("deferred {reply}")
                    }
                    Outcome::Waits { next_at, back, delay_reported, .. } => {
                        (entry.next_at, entry.delay_reported) = (next_at, delay_reported);
                        format!("waits {:?}", back.by)
                    }
                    Outcome::Failed { reply } => {
                        entry.done = true;
                        format!("failed {reply}")
                    }
                };
                log.push((message.recipients[position].0.to_string(), word));
            }
        }
        for report in reports {
            self.enqueue(report).await?;
        }
        self.wake();
        Ok(())
    }

    fn queue_bell(&self) -> impl QueueBell {
        self.bell.subscribe()
    }
}

/// A name server on loopback with a few records, and a resolver that asks it.
pub(crate) async fn resolver(records: &[(&str, &str)]) -> TokioResolver {
    let mut zone: HashMap<String, Vec<RData>> = HashMap::new();
    for (name, value) in records {
        let data = match value.split_once(' ') {
            Some(("A", ip)) => RData::A(A(ip.parse().unwrap())),
            Some(("MX", rest)) => {
                let (preference, host) = rest.split_once(' ').unwrap();
                RData::MX(MX::new(preference.parse().unwrap(), Name::from_ascii(host).unwrap()))
            }
            Some(("TXT", text)) => {
                let pieces = text.as_bytes().chunks(200).map(|c| String::from_utf8(c.to_vec()).unwrap());
                RData::TXT(TXT::new(pieces.collect()))
            }
            _ => panic!("{value}"),
        };
        zone.entry(format!("{name}.")).or_default().push(data);
    }
    let socket = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let address: SocketAddr = socket.local_addr().unwrap();
    tokio::spawn(async move {
        let mut buffer = [0; 1500];
        while let Ok((count, from)) = socket.recv_from(&mut buffer).await {
            let Ok(query) = Message::from_vec(&buffer[..count]) else { continue };
            let bytes = answer(&zone, &query).to_vec().unwrap();
            let _ = socket.send_to(&bytes, from).await;
        }
    });
    crate::dns::resolver(&[address]).unwrap()
}

fn answer(zone: &HashMap<String, Vec<RData>>, query: &Message) -> Message {
    let mut response = query.clone();
    response.metadata.message_type = MessageType::Response;
    response.metadata.recursion_available = true;
    let Some(question) = query.queries.first() else { return response };
    match zone.get(&question.name().to_lowercase().to_ascii()) {
        None => response.metadata.response_code = ResponseCode::NXDomain,
        Some(all) => {
            let wanted = question.query_type();
            for data in all.iter().filter(|data| data.record_type() == wanted || wanted == RecordType::ANY) {
                response.answers.push(Record::from_rdata(question.name().clone(), 60, data.clone()));
            }
        }
    }
    response
}

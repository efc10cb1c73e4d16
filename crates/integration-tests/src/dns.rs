//! A little name server on loopback: a zone that tests write to while it answers.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use anyhow::Result;
use hickory_resolver::proto::op::{Message, OpCode, ResponseCode};
use hickory_resolver::proto::rr::rdata::{A, AAAA, CNAME, MX, PTR, TXT};
use hickory_resolver::proto::rr::{Name, RData, Record, RecordType};
use parking_lot::RwLock;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, UdpSocket};

type Zone = Arc<RwLock<HashMap<String, Vec<RData>>>>;

/// A running name server; it ends with the runtime.
#[derive(Clone)]
pub struct NameServer {
    /// Where it answers, over UDP and TCP.
    pub address: SocketAddr,
    zone: Zone,
}

fn key(name: &str) -> String {
    name.trim_end_matches('.').to_ascii_lowercase()
}

impl NameServer {
    /// Starts on a free port of loopback.
    pub async fn start() -> Result<Self> {
        // UDP and TCP must share a port; another process may hold one of the two.
        let (udp, tcp) = loop {
            let udp = UdpSocket::bind("127.0.0.1:0").await?;
            if let Ok(tcp) = TcpListener::bind(udp.local_addr()?).await {
                break (udp, tcp);
            }
        };
        let address = udp.local_addr()?;
        let zone = Zone::default();
        let for_udp = Arc::clone(&zone);
        tokio::spawn(async move {
            let mut buffer = vec![0; 4096];
            while let Ok((length, from)) = udp.recv_from(&mut buffer).await {
                if let Some(answer) = answer(&for_udp, &buffer[..length], true) {
                    let _ = udp.send_to(&answer, from).await;
                }
            }
        });
        let for_tcp = Arc::clone(&zone);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = tcp.accept().await {
                let zone = Arc::clone(&for_tcp);
                tokio::spawn(async move {
                    while let Ok(length) = stream.read_u16().await {
                        let mut query = vec![0; usize::from(length)];
                        if stream.read_exact(&mut query).await.is_err() {
                            return;
                        }
                        let Some(answer) = answer(&zone, &query, false) else { return };
                        let length = u16::try_from(answer.len()).unwrap_or(u16::MAX).to_be_bytes();
                        if stream.write_all(&[&length[..], &answer].concat()).await.is_err() {
                            return;
                        }
                    }
                });
            }
        });
        Ok(NameServer { address, zone })
    }

    fn add(&self, name: &str, data: RData) {
        self.zone.write().entry(key(name)).or_default().push(data);
    }

    /// Adds a TXT record; texts over 255 bytes are cut into strings as DNS wants them.
    pub fn txt(&self, name: &str, text: &str) {
        let parts =
            text.as_bytes().chunks(255).map(|part| String::from_utf8_lossy(part).into_owned()).collect();
        self.add(name, RData::TXT(TXT::new(parts)));
    }

    /// Adds an MX record.
    ///
    /// # Panics
    /// If a name is malformed: a mistake of the test.
    pub fn mx(&self, name: &str, preference: u16, exchange: &str) {
        self.add(name, RData::MX(MX::new(preference, Name::from_utf8(exchange).expect("a name"))));
    }

    /// Adds a CNAME record.
    ///
    /// # Panics
    /// If a name is malformed: a mistake of the test.
    pub fn cname(&self, name: &str, target: &str) {
        self.add(name, RData::CNAME(CNAME(Name::from_utf8(target).expect("a name"))));
    }

    /// Adds an A or AAAA record.
    pub fn address(&self, name: &str, address: IpAddr) {
        self.add(
            name,
            match address {
                IpAddr::V4(v4) => RData::A(A(v4)),
                IpAddr::V6(v6) => RData::AAAA(AAAA(v6)),
            },
        );
    }

    /// Says which name an address of loopback has.
    ///
    /// # Panics
    /// If the name is malformed: a mistake of the test.
    pub fn reverse(&self, address: IpAddr, name: &str) {
        let reverse = Name::from(address).to_string();
        self.add(&reverse, RData::PTR(PTR(Name::from_utf8(name).expect("a name"))));
    }

    /// Removes all records of a name.
    pub fn clear(&self, name: &str) {
        self.zone.write().remove(&key(name));
    }
}

fn answer(zone: &Zone, query: &[u8], udp: bool) -> Option<Vec<u8>> {
    let request = Message::from_vec(query).ok()?;
    let mut response = Message::response(request.metadata.id, OpCode::Query);
    response.metadata.recursion_desired = request.metadata.recursion_desired;
    response.metadata.recursion_available = true;
    response.metadata.authoritative = true;
    let question = request.queries.first()?.clone();
    let zone = zone.read();
    let mut name = key(&question.name().to_utf8());
    response.add_query(question.clone());
    let mut found_name = false;
    for _ in 0..8 {
        let Some(records) = zone.get(&name) else { break };
        found_name = true;
        let owner = Name::from_utf8(format!("{name}.")).ok()?;
        let mut next = None;
        for data in records {
            let wanted =
                question.query_type() == RecordType::ANY || data.record_type() == question.query_type();
            if wanted || data.record_type() == RecordType::CNAME {
                response.add_answer(Record::from_rdata(owner.clone(), 60, data.clone()));
            }
            if let (RData::CNAME(target), false) = (data, wanted) {
                next = Some(key(&target.0.to_utf8()));
            }
        }
        match next {
            Some(target) => name = target,
            None => break,
        }
    }
    // A name with names below it exists, if empty (RFC 8020).
    let below = format!(".{name}");
    if !found_name && !zone.keys().any(|other| other.ends_with(&below)) {
        response.metadata.response_code = ResponseCode::NXDomain;
    }
    let bytes = response.to_vec().ok()?;
    if udp && bytes.len() > 1232 { response.truncate().to_vec().ok() } else { Some(bytes) }
}

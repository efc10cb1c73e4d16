//! Whatever stands in the DNS of a customer's domain, the check says how each record stands, with advice where one is not
//! as it should be.
#![no_main]

use std::net::IpAddr;

use arbitrary::Arbitrary;
use libfuzzer_sys::{arbitrary, fuzz_target};
use mailkeep_mailbox::dns::{
    CheckState, DnsError, DnsFuture, DnsRecord, MxRecord, RecordKind, Resolver, SrvRecord, check_records,
};

/// What the DNS answers.
#[derive(Debug, Arbitrary)]
struct Answers {
    kind: u8,
    cname: bool,
    value: String,
    texts: Vec<String>,
    mx: Vec<(u16, String)>,
    srv: Vec<(u16, u16, String)>,
}

fn some<T>(records: Vec<T>) -> Result<Vec<T>, DnsError> {
    if records.is_empty() { Err(DnsError::NoRecords) } else { Ok(records) }
}

impl Resolver for Answers {
    fn txt<'a>(&'a self, _: &'a str) -> DnsFuture<'a, Vec<String>> {
        Box::pin(async { some(self.texts.clone()) })
    }

    fn mx<'a>(&'a self, _: &'a str) -> DnsFuture<'a, Vec<MxRecord>> {
        let record =
            |(preference, host): &(u16, String)| MxRecord { preference: *preference, host: host.clone() };
        Box::pin(async move { some(self.mx.iter().map(record).collect()) })
    }

    fn srv<'a>(&'a self, _: &'a str) -> DnsFuture<'a, Vec<SrvRecord>> {
        let record = |(priority, port, host): &(u16, u16, String)| SrvRecord {
            priority: *priority,
            port: *port,
            host: host.clone(),
        };
        Box::pin(async move { some(self.srv.iter().map(record).collect()) })
    }

    fn cname<'a>(&'a self, _: &'a str) -> DnsFuture<'a, Vec<String>> {
        Box::pin(async { some(self.texts.clone()) })
    }

    fn addresses<'a>(&'a self, _: &'a str) -> DnsFuture<'a, Vec<IpAddr>> {
        Box::pin(async { Err(DnsError::NoSuchName) })
    }
}

const KINDS: [RecordKind; 6] = [
    RecordKind::Proof,
    RecordKind::Mx,
    RecordKind::Spf,
    RecordKind::Dkim,
    RecordKind::Dmarc,
    RecordKind::Setup,
];

fuzz_target!(|answers: Answers| {
    let record = DnsRecord {
        purpose: KINDS[usize::from(answers.kind) % KINDS.len()],
        name: "example.com".to_owned(),
        kind: if answers.cname { "CNAME" } else { "SRV" },
        value: answers.value.clone(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let checked = runtime.block_on(check_records(vec![record], &answers));
    assert_eq!(checked.len(), 1);
    assert!(checked.iter().all(|one| (one.state == CheckState::Ok) == one.advice.is_empty()));
});

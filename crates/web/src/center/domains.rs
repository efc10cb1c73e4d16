//! Domains: adding, proving, the records to publish with their live state.

use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::form::Form;
use crate::messages::{Msg, msg};
use crate::options::Choose;
use crate::page::Page;
use crate::samples;

/// The domains of the customer.
#[derive(Debug, Serialize)]
pub struct DomainsPage {
    /// The domains.
    pub domains: Vec<DomainRow>,
    /// Whether the one who asks may change them.
    pub may_change: bool,
    /// A domain to add.
    pub form: Form,
    /// What a new domain can be: its own, or another name for one that is proven.
    pub targets: Vec<Choose>,
}

/// A domain in the list.
#[derive(Debug, Clone, Serialize)]
pub struct DomainRow {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The domain it is another name for.
    pub alias_of: Option<String>,
    /// Whether it is proven.
    pub proven: bool,
    /// `good`, `part`, `bad` or `unknown`.
    pub dns: &'static str,
    /// How that looks.
    pub dns_tone: &'static str,
    /// How many mailboxes it has.
    pub mailboxes: i64,
}

impl Page for DomainsPage {
    const TEMPLATE: &'static str = "center/domains.html";

    fn samples() -> Vec<Self> {
        let row = DomainRow {
            id: "a".to_owned(),
            name: "larkspur-books.example".to_owned(),
            alias_of: None,
            proven: true,
            dns: "good",
            dns_tone: "good",
            mailboxes: 5,
        };
        let alias = DomainRow {
            id: "b".to_owned(),
            name: "larkspur.example".to_owned(),
            alias_of: Some("larkspur-books.example".to_owned()),
            proven: false,
            dns: "unknown",
            dns_tone: "note",
            mailboxes: 0,
        };
        let targets = vec![
            Choose::new("", "A domain of its own"),
            Choose::new("a", "Another name for larkspur-books.example"),
        ];
        vec![
            DomainsPage {
                domains: vec![row, alias],
                may_change: true,
                form: Form::new(),
                targets: targets.clone(),
            },
            DomainsPage {
                domains: Vec::new(),
                may_change: true,
                form: Form::new().wrong("domain", msg("form-required")),
                targets: Vec::new(),
            },
        ]
    }
}

/// One domain.
#[derive(Debug, Serialize)]
pub struct DomainPage {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The domain it is another name for.
    pub alias_of: Option<String>,
    /// Whether it is proven.
    pub proven: bool,
    /// The name of the record that proves it.
    pub proof_name: String,
    /// Its value.
    pub proof_value: String,
    /// What the last look found wanting.
    pub proof_problem: Option<Msg>,
    /// When the records were last looked up.
    pub checked_at: Option<Timestamp>,
    /// The records to publish.
    pub records: Vec<RecordCard>,
    /// Whether the one who asks may change the domain.
    pub may_change: bool,
    /// The catch-all.
    pub form: Form,
    /// Mailboxes that can catch all; the first option is none.
    pub targets: Vec<Choose>,
}

/// A record to publish.
#[derive(Debug, Clone, Serialize)]
pub struct RecordCard {
    /// Names its texts: `mx`, `spf`, `dkim`, `dkim-ed25519`, `dmarc`.
    pub kind: &'static str,
    /// `MX` or `TXT`.
    #[serde(rename = "type")]
    pub record_type: String,
    /// The name to publish under.
    pub name: String,
    /// The value to publish.
    pub value: String,
    /// `good`, `missing`, `differs` or `unknown`.
    pub state: &'static str,
    /// How that looks.
    pub tone: &'static str,
    /// How to mend it.
    pub advice: Option<String>,
    /// What was found instead.
    pub found: Option<String>,
}

impl Page for DomainPage {
    const TEMPLATE: &'static str = "center/domain.html";

    fn samples() -> Vec<Self> {
        let record = |kind, record_type: &str, name: &str, value: &str, state, tone| RecordCard {
            kind,
            record_type: record_type.to_owned(),
            name: name.to_owned(),
            value: value.to_owned(),
            state,
            tone,
            advice: None,
            found: None,
        };
        let records = vec![
            record("mx", "MX", "larkspur-books.example", "10 mx1.mailkeep.example.", "good", "good"),
            RecordCard {
                advice: Some("The record exists, but does not include our servers. Add include:_spf.mailkeep.example before ~all.".to_owned()),
                found: Some("v=spf1 include:other.example ~all".to_owned()),
                ..record("spf", "TXT", "larkspur-books.example", "v=spf1 include:_spf.mailkeep.example ~all", "differs", "warn")
            },
            record("dkim", "TXT", "mk1._domainkey.larkspur-books.example", "v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwq3exampleexampleexampleexampleexampleexample", "missing", "bad"),
            record("dmarc", "TXT", "_dmarc.larkspur-books.example", "v=DMARC1; p=none", "unknown", "note"),
        ];
        let page = |proven, proof_problem, records| DomainPage {
            id: "a".to_owned(),
            name: "larkspur-books.example".to_owned(),
            alias_of: None,
            proven,
            proof_name: "_mailkeep-proof.larkspur-books.example".to_owned(),
            proof_value: "mailkeep-proof=7f3k2q9mx8d2c11xt".to_owned(),
            proof_problem,
            checked_at: proven.then(|| samples::minutes_ago(4)),
            records,
            may_change: true,
            form: Form::new(),
            targets: vec![
                Choose::new("", "is refused"),
                Choose::new("m", "goes to ada@larkspur-books.example"),
            ],
        };
        vec![
            page(true, None, records.clone()),
            page(false, None, records.clone()),
            page(false, Some(msg("domain-prove-missing")), records),
        ]
    }
}

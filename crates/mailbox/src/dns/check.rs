//! A live look at what a domain publishes, with a sentence on how to mend what is wrong.

use super::{DnsError, DnsRecord, RecordKind, Resolver};

/// How a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CheckState {
    /// As it should be.
    Ok,
    /// Not there.
    Missing,
    /// There, and not as it should be.
    Wrong,
    /// The DNS gave no answer.
    Unknown,
}

/// A record and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedRecord {
    /// The record to be published.
    pub record: DnsRecord,
    /// How it stands.
    pub state: CheckState,
    /// What was found instead.
    pub found: Vec<String>,
    /// What to do, in a sentence; empty when all is well.
    pub advice: String,
}

/// Looks at each record.
pub async fn check_records(records: Vec<DnsRecord>, resolver: &dyn Resolver) -> Vec<CheckedRecord> {
    let mut out = Vec::with_capacity(records.len());
    let mx_hosts: Vec<String> =
        records.iter().filter(|r| r.purpose == RecordKind::Mx).filter_map(|r| mx_host(&r.value)).collect();
    for record in records {
        let (state, found, advice) = match check_one(&record, &mx_hosts, resolver).await {
            Ok(verdict) => verdict,
            Err(DnsError::NoSuchName | DnsError::NoRecords) => {
                (CheckState::Missing, Vec::new(), missing(&record))
            }
            Err(DnsError::Failed(why)) => {
                let advice = format!("The DNS gave no answer ({why}); check again in some minutes.");
                (CheckState::Unknown, Vec::new(), advice)
            }
        };
        out.push(CheckedRecord { record, state, found, advice });
    }
    out
}

type Verdict = (CheckState, Vec<String>, String);

fn ok(found: Vec<String>) -> Verdict {
    (CheckState::Ok, found, String::new())
}

fn missing(record: &DnsRecord) -> String {
    let add = format!("Add a {} record for {} with the value shown", record.kind, record.name);
    match record.purpose {
        RecordKind::Proof => format!("{add}; mail is routed only after it is found."),
        RecordKind::Mx => format!("{add}; without it no mail reaches your mailboxes."),
        RecordKind::Spf => format!("{add}; without it receivers may take your mail for spam."),
        RecordKind::Dkim => format!("{add}; without it receivers cannot check our signatures."),
        RecordKind::Dmarc => format!("{add}; without it others can forge your address more easily."),
        RecordKind::TlsReports => {
            format!(
                "{add}, so that we learn of servers that cannot reach you encrypted; mail works without it."
            )
        }
        RecordKind::Setup => {
            format!("{add}, so that mail programs set themselves up; mail works without it.")
        }
    }
}

fn mx_host(value: &str) -> Option<String> {
    value.split_whitespace().nth(1).map(|host| host.trim_end_matches('.').to_ascii_lowercase())
}

async fn check_one(
    record: &DnsRecord,
    mx_hosts: &[String],
    resolver: &dyn Resolver,
) -> Result<Verdict, DnsError> {
    match record.purpose {
        RecordKind::Proof => {
            let found = resolver.txt(&record.name).await?;
            if found.iter().any(|text| text.trim() == record.value) {
                return Ok(ok(found));
            }
            let advice = "Replace the value by the one shown; it must be exactly this text.".to_owned();
            Ok((CheckState::Wrong, found, advice))
        }
        RecordKind::Mx => check_mx(record, mx_hosts, resolver).await,
        RecordKind::Spf => check_spf(record, resolver).await,
        RecordKind::Dkim => check_dkim(record, resolver).await,
        RecordKind::Dmarc => {
            let found = with_start(resolver.txt(&record.name).await?, "v=DMARC1");
            match found.len() {
                0 => Err(DnsError::NoRecords),
                1 if found.iter().any(|text| tag(text, "p").is_some()) => Ok(ok(found)),
                1 => {
                    let advice = "The DMARC record has no policy: add p=quarantine.".to_owned();
                    Ok((CheckState::Wrong, found, advice))
                }
                _ => {
                    let advice =
                        "There are several DMARC records, which receivers ignore: keep one.".to_owned();
                    Ok((CheckState::Wrong, found, advice))
                }
            }
        }
        RecordKind::TlsReports => {
            // Whoever has the reports sent elsewhere has reason to.
            let found = with_start(resolver.txt(&record.name).await?, "v=TLSRPTv1");
            if found.iter().any(|text| tag(text, "rua").is_some()) {
                Ok(ok(found))
            } else {
                Err(DnsError::NoRecords)
            }
        }
        RecordKind::Setup => check_setup(record, resolver).await,
    }
}

async fn check_mx(record: &DnsRecord, ours: &[String], resolver: &dyn Resolver) -> Result<Verdict, DnsError> {
    let found = resolver.mx(&record.name).await?;
    let shown: Vec<String> = found.iter().map(|mx| format!("{} {}.", mx.preference, mx.host)).collect();
    let foreign: Vec<&str> =
        found.iter().map(|mx| mx.host.as_str()).filter(|h| !ours.iter().any(|o| o == h)).collect();
    let wanted = mx_host(&record.value).unwrap_or_default();
    if !found.iter().any(|mx| mx.host == wanted) {
        let advice = format!("Add {wanted} as a mail server (MX) of {}.", record.name);
        return Ok((CheckState::Wrong, shown, advice));
    }
    if let Some(first) = foreign.first() {
        let advice = format!(
            "Remove the mail server {first}, or mail may go there instead of to your mailboxes here."
        );
        return Ok((CheckState::Wrong, shown, advice));
    }
    Ok(ok(shown))
}

async fn check_spf(record: &DnsRecord, resolver: &dyn Resolver) -> Result<Verdict, DnsError> {
    let found = with_start(resolver.txt(&record.name).await?, "v=spf1");
    let include =
        record.value.split_whitespace().find(|word| word.starts_with("include:")).unwrap_or_default();
    let (state, advice) = match found.as_slice() {
        [] => return Err(DnsError::NoRecords),
        [text] => {
            let words: Vec<String> = text.split_whitespace().map(str::to_ascii_lowercase).collect();
            let included =
                words.iter().any(|word| word.trim_start_matches('+') == include.to_ascii_lowercase());
            let ends_well = words.last().is_some_and(|word| word == "~all" || word == "-all");
            let open = words.iter().any(|word| word == "+all" || word == "all");
            if !included {
                (CheckState::Wrong, format!("Put “{include}” into your SPF record, before its “all”."))
            } else if open {
                (
                    CheckState::Wrong,
                    "“+all” lets everybody send for you: end the record with ~all.".to_owned(),
                )
            } else if !ends_well && !words.iter().any(|word| word.starts_with("redirect=")) {
                (CheckState::Wrong, "End the SPF record with ~all or -all.".to_owned())
            } else {
                (CheckState::Ok, String::new())
            }
        }
        _ => {
            let advice =
                "There are several SPF records, which receivers take for an error: join them into one.";
            (CheckState::Wrong, advice.to_owned())
        }
    };
    Ok((state, found, advice))
}

async fn check_dkim(record: &DnsRecord, resolver: &dyn Resolver) -> Result<Verdict, DnsError> {
    let found = resolver.txt(&record.name).await?;
    let wanted = tag(&record.value, "p").unwrap_or_default();
    if found.iter().any(|text| tag(text, "p").is_some_and(|p| p == wanted)) {
        return Ok(ok(found));
    }
    let cut = found.iter().filter_map(|text| tag(text, "p")).any(|p| !p.is_empty() && wanted.starts_with(&p));
    let advice = if cut {
        "The key is cut off: enter the value in pieces of at most 255 characters, each in quotes."
    } else {
        "The key is another one: replace the value by the one shown."
    };
    Ok((CheckState::Wrong, found, advice.to_owned()))
}

async fn check_setup(record: &DnsRecord, resolver: &dyn Resolver) -> Result<Verdict, DnsError> {
    let (found, right) = if record.kind == "CNAME" {
        let found = resolver.cname(&record.name).await?;
        let right = found.iter().any(|host| *host == record.value.trim_end_matches('.'));
        (found, right)
    } else {
        let found = resolver.srv(&record.name).await?;
        let mut words = record.value.split_whitespace().skip(2);
        let port = words.next().and_then(|port| port.parse::<u16>().ok());
        let host = words.next().unwrap_or_default().trim_end_matches('.');
        let right = found.iter().any(|srv| srv.host == host && Some(srv.port) == port);
        (found.iter().map(|srv| format!("{} {} {}.", srv.priority, srv.port, srv.host)).collect(), right)
    };
    if right {
        return Ok(ok(found));
    }
    Ok((CheckState::Wrong, found, "Replace the value by the one shown, or remove the record.".to_owned()))
}

fn with_start(records: Vec<String>, start: &str) -> Vec<String> {
    let begins =
        |text: &String| text.trim().get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    records.into_iter().filter(begins).collect()
}

/// The value of a tag of a `name=value; …` record, without blanks.
fn tag(text: &str, name: &str) -> Option<String> {
    text.split(';').find_map(|part| {
        let (key, value) = part.split_once('=')?;
        let value: String = value.chars().filter(|c| !c.is_whitespace() && *c != '"').collect();
        (key.trim() == name).then_some(value)
    })
}

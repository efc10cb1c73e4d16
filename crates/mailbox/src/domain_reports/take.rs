//! Who is believed, and about what; counting a report once.

use bytes::Bytes;
use mailkeep_policy::LookupKind;
use mailkeep_storage::sql::Tx;
use mailkeep_types::{DomainId, DomainName};

use super::read::read_report;
use super::{About, KEPT, Report, store};
use crate::deliveries::store::DAY;
use crate::error::{MailError, Result};
use crate::post_office::PostOffice;

/// So many reports of one provider about one domain count in a day.
const MOST_A_DAY: i64 = 50;

/// What became of a letter that may bring a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It brings none that can be read.
    NoReport,
    /// It was counted.
    Counted,
    /// It says nothing new: it was counted before, is about no domain here, about a time too long ago, or one of too many.
    Left,
}

/// What is counted of one domain.
struct OfDomain {
    id: [u8; 32],
    domain: DomainName,
    kind: &'static str,
}

impl PostOffice {
    /// Takes a letter as a report that comes from `reporter`: the domain in From, which must have been proven. A report about a domain that is
    /// not proven to be a customer's here is left, and so is one that was counted before.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn take_domain_report(&self, letter: Bytes, reporter: &DomainName) -> Result<Taken> {
        let report = {
            let library = |error: &dyn std::fmt::Display| MailError::Library(error.to_string());
            let _one = self.0.reading.acquire().await.map_err(|error| library(&error))?;
            let reading = tokio::task::spawn_blocking(move || read_report(&letter));
            reading.await.map_err(|error| library(&error))?
        };
        let Some(report) = report else { return Ok(Taken::NoReport) };
        let domains = self.domains_of(&report, reporter);
        let reporter = reporter.as_str().to_owned();
        let write = self.db().write(move |tx| {
            let mut taken = Taken::Left;
            for of in &domains {
                if count(tx, of, &report, &reporter)? {
                    taken = Taken::Counted;
                }
            }
            Ok::<_, MailError>(taken)
        });
        write.await
    }

    fn domains_of(&self, report: &Report, reporter: &DomainName) -> Vec<OfDomain> {
        let (kind, mut names) = match &report.about {
            About::Mail { domain, .. } => ("dmarc", vec![domain.as_str()]),
            About::Tls(connections) => ("tls", connections.iter().map(|one| one.domain.as_str()).collect()),
        };
        names.dedup();
        let of = |name: &str| {
            let domain = DomainName::parse(name).ok()?;
            let text = format!("report of {reporter} {kind} {domain} {}", report.number);
            let id = self.policy().lookup_hash(LookupKind::Other, &text);
            Some(OfDomain { id, domain, kind })
        };
        names.into_iter().filter_map(of).collect()
    }

    /// Removes what is too old.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn sweep_domain_reports(&self) -> Result<()> {
        let write = self.db().write(|tx| store::forget(tx, tx.now().minus(KEPT)));
        Ok(write.await?)
    }
}

/// Counts what a report says of a domain; false when it is left.
fn count(tx: &mut Tx<'_>, of: &OfDomain, report: &Report, reporter: &str) -> Result<bool> {
    let now = tx.now();
    let day = report.begins_at.as_micros().div_euclid(DAY);
    let (oldest, today) = (now.minus(KEPT), now.as_micros().div_euclid(DAY));
    // Clocks differ, and so do time zones.
    if report.begins_at < oldest || day > today + 1 {
        return Ok(false);
    }
    let Some(domain) = crate::domains::store::by_proven_name(tx, of.domain.as_str())? else {
        return Ok(false);
    };
    let lately = now.minus(std::time::Duration::from_secs(24 * 3600));
    if store::count_reports(tx, domain.id, reporter, lately)? >= MOST_A_DAY {
        return Ok(false);
    }
    if !store::insert(tx, (&of.id, of.kind), domain.id, reporter, report.begins_at)? {
        return Ok(false);
    }
    add(tx, domain.id, day, of, &report.about)?;
    Ok(true)
}

fn add(tx: &mut Tx<'_>, domain: DomainId, day: i64, of: &OfDomain, about: &About) -> Result<()> {
    match about {
        About::Mail { rows, .. } => {
            for row in rows {
                store::count_mail(tx, (domain, day), row)?;
            }
        }
        About::Tls(connections) => {
            let ours = |name: &str| DomainName::parse(name).is_ok_and(|name| name == of.domain);
            for one in connections.iter().filter(|one| ours(&one.domain)) {
                store::count_tls(tx, (domain, day), one)?;
            }
        }
    }
    Ok(())
}

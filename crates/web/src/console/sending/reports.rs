//! What other providers report: how mail under domains here fared (DMARC), and how encrypted connections to them did (TLS).

use std::collections::HashMap;

use mailkeep_mailbox::domain_reports::{DmarcOfDomain, TlsOfDomain};
use mailkeep_types::{CustomerId, DomainId, DomainName};
use serde::Serialize;

use super::gather::page_of;
use super::rows::bar;
use super::{Band, Figure, Value, thousandths};
use crate::ctx::Ctx;
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::routes::Answer;

/// What other providers report.
#[derive(Debug, Serialize)]
pub struct SendingReportsPage {
    /// Where they send it.
    pub address: String,
    /// The figures on top.
    pub figures: Vec<Figure>,
    /// Mail, the worst first.
    pub mail: Vec<MailRow>,
    /// Connections, the worst first.
    pub tls: Vec<TlsRow>,
}

/// How mail under a domain fared.
#[derive(Debug, Clone, Serialize)]
pub struct MailRow {
    /// The domain.
    pub name: String,
    /// The page of its customer.
    pub href: String,
    /// How many messages were seen.
    pub messages: i64,
    /// How many of them were right, in thousandths.
    pub aligned: Option<i64>,
    /// The same as a bar.
    pub bar: Vec<Band>,
    /// How many were put aside or refused.
    pub turned_away: i64,
    /// How that looks.
    pub tone: &'static str,
    /// `good`, `ours` or `unknown`.
    pub state: &'static str,
    /// What to do.
    pub advice: Msg,
    /// From where came what was not right.
    pub sources: Vec<SourceRow>,
    /// Who reported.
    pub reporters: String,
}

/// A server that sent what was not right.
#[derive(Debug, Clone, Serialize)]
pub struct SourceRow {
    /// Its address; nothing for several together.
    pub address: Option<String>,
    /// Whether it is ours.
    pub ours: bool,
    /// How many messages.
    pub messages: i64,
}

/// How encrypted connections to a domain did.
#[derive(Debug, Clone, Serialize)]
pub struct TlsRow {
    /// The domain.
    pub name: String,
    /// The page of its customer.
    pub href: String,
    /// How many connections there were.
    pub sessions: i64,
    /// How many failed.
    pub failed: i64,
    /// How many went well, in thousandths.
    pub well: Option<i64>,
    /// The same as a bar.
    pub bar: Vec<Band>,
    /// How they failed: the word of its text, and how many.
    pub failures: Vec<(String, i64)>,
    /// What to do.
    pub advice: Option<Msg>,
    /// Who reported.
    pub reporters: String,
}

impl MailRow {
    pub(super) fn of(found: DmarcOfDomain, name: String, href: String) -> Self {
        let wrong = found.messages - found.aligned;
        let ours: i64 = found.wrong.iter().filter(|one| one.ours).map(|one| one.messages).sum();
        let (state, tone, advice) = match wrong {
            0 => ("good", "good", msg("sending-mail-do-good")),
            _ if ours * 2 >= wrong => ("ours", "bad", msg("sending-mail-do-ours").with("n", ours)),
            _ => ("unknown", "warn", msg("sending-mail-do-unknown").with("n", wrong)),
        };
        let source = |one: mailkeep_mailbox::domain_reports::Source| SourceRow {
            address: one.address.map(|address| address.to_string()),
            ours: one.ours,
            messages: one.messages,
        };
        MailRow {
            name,
            href,
            messages: found.messages,
            aligned: thousandths(found.aligned, found.messages),
            bar: bar([(3, found.aligned), (5, wrong), (4, 0)]),
            turned_away: found.turned_away,
            tone,
            state,
            advice,
            sources: found.wrong.into_iter().map(source).collect(),
            reporters: found.reporters.join(", "),
        }
    }
}

/// What to do about the most frequent failure.
fn mend(result: &str) -> Msg {
    msg(match result {
        "starttls-not-supported" => "sending-tls-do-starttls",
        "certificate-host-mismatch"
        | "certificate-expired"
        | "certificate-not-trusted"
        | "validation-failure" => "sending-tls-do-certificate",
        "tlsa-invalid" | "dnssec-invalid" | "dane-required" => "sending-tls-do-dane",
        "sts-policy-fetch-error" | "sts-policy-invalid" | "sts-webpki-invalid" => "sending-tls-do-sts",
        _ => "sending-tls-do-other",
    })
}

impl TlsRow {
    pub(super) fn of(found: TlsOfDomain, name: String, href: String) -> Self {
        let sessions = found.well + found.failed;
        TlsRow {
            name,
            href,
            sessions,
            failed: found.failed,
            well: thousandths(found.well, sessions),
            bar: bar([(3, found.well), (5, found.failed), (4, 0)]),
            advice: found.failures.first().map(|(result, _)| mend(result)),
            failures: found.failures,
            reporters: found.reporters.join(", "),
        }
    }
}

impl Page for SendingReportsPage {
    const TEMPLATE: &'static str = "console/sending/reports.html";

    fn samples() -> Vec<Self> {
        super::samples::reports()
    }
}

pub(super) fn figures(
    (received, last): (i64, Option<mailkeep_types::Timestamp>),
    mail: &[DmarcOfDomain],
    tls: &[TlsOfDomain],
) -> Vec<Figure> {
    let sum = |of: fn(&DmarcOfDomain) -> i64| mail.iter().map(of).sum::<i64>();
    let (messages, aligned) = (sum(|one| one.messages), sum(|one| one.aligned));
    let (well, failed): (i64, i64) =
        (tls.iter().map(|one| one.well).sum(), tls.iter().map(|one| one.failed).sum());
    let figure = |id, value, note| Figure { id, value, note, href: None };
    vec![
        figure("received", Value::Count(received), msg("sending-note-received")),
        figure("last", last.map_or(Value::None, Value::Ago), msg("sending-note-last")),
        figure("aligned", Value::share(aligned, messages), msg("sending-note-aligned").with("n", messages)),
        figure(
            "encrypted",
            Value::share(well, well + failed),
            msg("sending-note-encrypted").with("n", well + failed),
        ),
    ]
}

/// `GET /console/sending/reports`
pub async fn show(ctx: Ctx) -> Answer {
    let office = &ctx.state.office;
    let (mail, tls) = (office.dmarc_of_domains().await?, office.tls_of_domains().await?);
    let figures = figures(office.reports_received().await?, &mail, &tls);
    let domains = mail.iter().map(|one| one.domain).chain(tls.iter().map(|one| one.domain)).collect();
    let names: HashMap<DomainId, (DomainName, CustomerId)> = office.name_domains(domains).await?;
    let place = |domain: DomainId| match names.get(&domain) {
        Some((name, customer)) => Ok(Some((name.to_unicode(), page_of(&ctx, *customer)?))),
        None => Ok::<_, crate::error::WebError>(None),
    };
    let (mut mail_rows, mut tls_rows) = (Vec::new(), Vec::new());
    for one in mail {
        if let Some((name, href)) = place(one.domain)? {
            mail_rows.push(MailRow::of(one, name, href));
        }
    }
    for one in tls {
        if let Some((name, href)) = place(one.domain)? {
            tls_rows.push(TlsRow::of(one, name, href));
        }
    }
    let address = ctx.state.mail_hosts.reports.clone();
    ctx.page(&SendingReportsPage { address, figures, mail: mail_rows, tls: tls_rows })
}

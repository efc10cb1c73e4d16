//! DMARC and TLS reports of other providers come by SMTP, are believed with care, counted once, and shown to the abuse desk; none becomes a
//! ticket.

use std::io::Write as _;

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use flate2::Compression;
use flate2::write::GzEncoder;
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use mailkeep_integration_tests::mail::hand_in;
use mailkeep_types::{Clock as _, SystemClock};

use crate::on_both_engines;

on_both_engines!(reports_of_others_are_counted_and_shown_and_nothing_else_is_taken);

const DOMAIN: &str = "reported-shop.example";
/// Where reports go, unless the configuration says otherwise.
const REPORTS: &str = "dmarc-reports@mailkeep.example";
const DESK: &str = "support@mailkeep.example";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(bytes).expect("into memory");
    packer.finish().expect("into memory")
}

/// A letter with a file in it, as providers send their reports.
fn letter(reporter: &str, domain: &str, number: &str, kind: &str, file: &[u8]) -> String {
    let coded = base64::engine::general_purpose::STANDARD.encode(gzip(file));
    let lines: Vec<String> =
        coded.as_bytes().chunks(76).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
    format!(
        "From: reports@{reporter}\r\nTo: {REPORTS}\r\nMessage-ID: <{number}@{reporter}>\r\n\
         Subject: Report Domain: {domain} Submitter: {reporter} Report-ID: <{number}>\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\nContent-Type: text/plain\r\n\r\nA report.\r\n--part\r\n\
         Content-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--part--\r\n",
        lines.join("\r\n")
    )
}

/// A DMARC report about yesterday: servers, how many messages, and whether DKIM was right.
pub(crate) fn dmarc_letter(reporter: &str, domain: &str, number: &str, rows: &[(&str, u32, bool)]) -> String {
    let begins = SystemClock.now().as_seconds() - 86_400;
    let row = |(source, count, right): &(&str, u32, bool)| {
        let (done, dkim) = if *right { ("none", "pass") } else { ("reject", "fail") };
        format!(
            "<record><row><source_ip>{source}</source_ip><count>{count}</count><policy_evaluated><disposition>{done}</disposition>\
             <dkim>{dkim}</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>{domain}</header_from></identifiers>\
             <auth_results></auth_results></record>"
        )
    };
    let rows: String = rows.iter().map(row).collect();
    let file = format!(
        "<?xml version=\"1.0\"?><feedback><report_metadata><org_name>{reporter}</org_name><email>reports@{reporter}</email>\
         <report_id>{number}</report_id><date_range><begin>{begins}</begin><end>{}</end></date_range></report_metadata>\
         <policy_published><domain>{domain}</domain><p>quarantine</p></policy_published>{rows}</feedback>",
        begins + 86_399
    );
    letter(reporter, domain, number, "application/gzip", file.as_bytes())
}

fn tls_letter(reporter: &str, domain: &str, number: &str) -> String {
    let today = jiff::Timestamp::from_second(SystemClock.now().as_seconds()).expect("a time of today");
    let day = today.strftime("%Y-%m-%d").to_string();
    let file = format!(
        r#"{{"organization-name":"{reporter}","date-range":{{"start-datetime":"{day}T00:00:00Z","end-datetime":"{day}T23:59:59Z"}},
        "contact-info":"reports@{reporter}","report-id":"{number}","policies":[{{"policy":{{"policy-type":"no-policy-found",
        "policy-domain":"{domain}"}},"summary":{{"total-successful-session-count":40,"total-failure-session-count":10}},
        "failure-details":[{{"result-type":"certificate-expired","failed-session-count":10}}]}}]}}"#
    );
    letter(reporter, domain, number, "application/tlsrpt+gzip", file.as_bytes())
}

async fn reports_of_others_are_counted_and_shown_and_nothing_else_is_taken(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    world.dns.txt("receiver.example", "v=spf1 ip4:127.0.0.1 -all");
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    ada.order(DOMAIN, 1, "approve").await?;
    ada.prove_domain(&world, DOMAIN).await?;
    let page = ada.domain_page(DOMAIN).await?;
    let page = ada.browser.open(&page).await?;
    let asked = format!("rua=mailto:{REPORTS}");
    ensure!(page.words().matches(&asked).count() >= 2, "DMARC and TLS: {}", page.words());

    let mx = world.installation.address("mx");
    let send =
        async |from: &str, to: &str, text: &str| hand_in(mx, &format!("reports@{from}"), to, text).await;
    let report = dmarc_letter(
        "receiver.example",
        DOMAIN,
        "d1",
        &[("203.0.113.9", 12, false), ("192.0.2.1", 88, true)],
    );
    send("receiver.example", REPORTS, &report).await?;
    send("receiver.example", REPORTS, &report).await.context("the same again is taken, and not counted")?;
    send("receiver.example", DESK, &tls_letter("receiver.example", DOMAIN, "t1")).await?;
    send("receiver.example", REPORTS, &dmarc_letter("receiver.example", "other.example", "d2", &[])).await?;
    // Whose report is not proven to be theirs, and what is no report, is refused, with the reason.
    let forged =
        send("stranger.example", REPORTS, &dmarc_letter("stranger.example", DOMAIN, "d3", &[])).await;
    ensure!(forged.is_err_and(|error| error.to_string().contains("SPF, DKIM or DMARC")), "forged");
    let text = "From: reports@receiver.example\r\nSubject: hello\r\n\r\nIs anybody there?\r\n";
    let refused = send("receiver.example", REPORTS, text).await;
    ensure!(refused.is_err_and(|error| error.to_string().contains("550 5.7.1")), "no report");

    let mut desk = Colleague::enrol(&world, "rosalind", &["abuse_desk"]).await?;
    let page = desk.browser.open("/console/sending/reports").await?;
    let words = page.words();
    for part in [
        DOMAIN,
        "Unknown servers",
        "203.0.113.9",
        "12 messages",
        "88.0%",
        "Reported by receiver.example",
        "the certificate ended",
        "80.0%",
    ] {
        ensure!(words.contains(part), "“{part}” is missing: {words}");
    }
    ensure!(!words.contains("other.example"), "{words}");
    let mut tessa = Colleague::enrol(&world, "tessa", &["support"]).await?;
    let queue = tessa.browser.open("/console/tickets?view=all").await?;
    let tickets = queue.links().iter().filter(|link| link.starts_with("/console/tickets/")).count();
    ensure!(tickets == 0, "a report became a ticket: {}", queue.words());
    let answer = tessa.browser.get("/console/sending/reports").await?;
    ensure!(answer.status == 403, "support does not mind the queue: {}", answer.status);
    world.installation.stop().await
}

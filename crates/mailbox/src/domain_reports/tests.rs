//! Reports: what they say, what is left of hostile ones, and who is believed about what.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_types::{DomainName, ManualClock, SharedClock, Timestamp};

use super::unpack::LONGEST_FILE;
use super::{About, Connections, Disposition, MOST_SOURCES, SUCCESS, Seen, Taken, read_report};
use crate::testing::TestOffice;

/// 4 March 2026.
const BEGINS: i64 = 1_772_582_400;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).unwrap();
    packer.finish().unwrap()
}

fn zip(files: &[&[u8]]) -> Vec<u8> {
    let mut packer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (number, file) in files.iter().enumerate() {
        packer.start_file(format!("{number}.xml"), zip::write::SimpleFileOptions::default()).unwrap();
        packer.write_all(file).unwrap();
    }
    packer.finish().unwrap().into_inner()
}

fn letter(kind: &str, file: &[u8]) -> Vec<u8> {
    let coded = base64::engine::general_purpose::STANDARD.encode(file);
    let lines: Vec<&str> =
        coded.as_bytes().chunks(76).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!(
        "From: dmarc@receiver.example\r\nSubject: Report Domain: example.com Submitter: receiver.example Report-ID: <1>\r\n\
         MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=part\r\n\r\n--part\r\nContent-Type: text/plain\r\n\r\nA report.\r\n\
         --part\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n--part--\r\n",
        lines.join("\r\n")
    )
    .into_bytes()
}

fn row(source: &str, count: u32, disposition: &str, dkim: &str, spf: &str) -> String {
    format!(
        "<record><row><source_ip>{source}</source_ip><count>{count}</count><policy_evaluated><disposition>{disposition}</disposition>\
         <dkim>{dkim}</dkim><spf>{spf}</spf></policy_evaluated></row><identifiers><header_from>example.com</header_from></identifiers>\
         <auth_results><spf><domain>example.com</domain><result>{spf}</result></spf></auth_results></record>"
    )
}

fn dmarc(domain: &str, number: &str, rows: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feedback><report_metadata><org_name>Receiver</org_name>\
         <email>dmarc@receiver.example</email><report_id>{number}</report_id><date_range><begin>{BEGINS}</begin><end>{}</end></date_range>\
         </report_metadata><policy_published><domain>{domain}</domain><p>quarantine</p></policy_published>{rows}</feedback>",
        BEGINS + 86_399
    )
    .into_bytes()
}

fn tls(domain: &str) -> Vec<u8> {
    format!(
        r#"{{"organization-name":"Receiver","date-range":{{"start-datetime":"2026-03-04T00:00:00Z","end-datetime":"2026-03-04T23:59:59Z"}},
        "contact-info":"tls@receiver.example","report-id":"t-1","policies":[{{"policy":{{"policy-type":"sts","policy-domain":"{domain}"}},
        "summary":{{"total-successful-session-count":97,"total-failure-session-count":5}},"failure-details":[
        {{"result-type":"certificate-expired","sending-mta-ip":"192.0.2.1","failed-session-count":3}}]}}]}}"#
    )
    .into_bytes()
}

fn seen(source: &str, disposition: Disposition, dkim: bool, spf: bool, messages: i64) -> Seen {
    Seen { source: source.parse().ok(), disposition, dkim, spf, messages }
}

#[test]
fn reports_are_read_however_they_are_packed() {
    let rows = row("192.0.2.1", 7, "none", "pass", "fail")
        + &row("192.0.2.1", 2, "none", "pass", "fail")
        + &row("2001:db8::9", 3, "reject", "fail", "fail");
    let file = dmarc("example.com", "d-1", &rows);
    for (kind, packed) in [
        ("application/gzip", gzip(&file)),
        ("application/zip", zip(&[&file])),
        ("application/octet-stream; name=\"a!b!1!2.xml.gz\"", gzip(&file)),
        ("text/xml", file.clone()),
        ("text/plain; name=\"report.xml\"", file.clone()),
    ] {
        let report = read_report(&letter(kind, &packed)).unwrap_or_else(|| panic!("{kind}"));
        assert_eq!((report.number.as_str(), report.begins_at), ("d-1", Timestamp::from_seconds(BEGINS)));
        let About::Mail { domain, rows } = report.about else { panic!("{kind}") };
        assert_eq!(domain, "example.com");
        assert_eq!(
            rows,
            [
                seen("192.0.2.1", Disposition::None, true, false, 9),
                seen("2001:db8::9", Disposition::Reject, false, false, 3)
            ]
        );
    }
    let report = read_report(&letter("application/tlsrpt+gzip", &gzip(&tls("example.com")))).unwrap();
    let of = |result, sessions| Connections { domain: "example.com".into(), policy: "sts", result, sessions };
    assert_eq!(report.about, About::Tls(vec![of("certificate-expired", 3), of("other", 2), of(SUCCESS, 97)]));
}

#[test]
fn of_many_servers_those_with_most_are_told_apart() {
    let most = u32::try_from(MOST_SOURCES).unwrap();
    let rows: String = (0..most + 10)
        .map(|n| row(&format!("10.0.{}.{}", n / 250, n % 250), n + 1, "none", "fail", "fail"))
        .collect();
    let report = read_report(&letter("text/xml", &dmarc("example.com", "d", &rows))).unwrap();
    let About::Mail { rows, .. } = report.about else { panic!() };
    assert_eq!(rows.len(), MOST_SOURCES + 1);
    assert_eq!(rows[0], seen("", Disposition::None, false, false, (1..=10).sum()), "the ten with least");
}

#[test]
fn hostile_files_are_left_within_the_limits() {
    let bomb = vec![b' '; LONGEST_FILE + 1];
    let good = dmarc("example.com", "d", &row("192.0.2.1", 1, "none", "pass", "pass"));
    let long = [&good[..], &bomb].concat();
    let many = "<dkim/>".repeat(300_000);
    let entities = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE f [<!ENTITY a \"{0}\"><!ENTITY b \"{1}\"><!ENTITY c SYSTEM \"file:///etc/passwd\">]>\
         <feedback><report_metadata><org_name>&b;</org_name><report_id>&b;&c;</report_id><date_range><begin>{BEGINS}</begin></date_range>\
         </report_metadata><policy_published><domain>&b;</domain></policy_published></feedback>",
        "x".repeat(1_000),
        "&a;".repeat(1_000)
    );
    let deep = "<a>".repeat(100_000);
    let nested = format!("{{\"policies\":{}", "[".repeat(100_000));
    for (what, file) in [
        ("a bomb of gzip", gzip(&long)),
        ("a bomb of zip", zip(&[&long])),
        ("gzip in gzip", gzip(&gzip(&good))),
        ("a broken archive", gzip(&good)[..40].to_vec()),
        ("a broken archive", b"PK\x03\x04 and nothing".to_vec()),
        (
            "too many elements",
            dmarc("example.com", "d", &format!("<record><auth_results>{many}</auth_results></record>")),
        ),
        ("deep elements", deep.into_bytes()),
        ("deep values", nested.into_bytes()),
        ("no number", dmarc("example.com", "", "")),
        (
            "a far time",
            String::from_utf8(good.clone())
                .unwrap()
                .replace(&BEGINS.to_string(), "18446744073709551615")
                .into_bytes(),
        ),
        ("another page", b"<html><body>report</body></html>".to_vec()),
        ("nothing", Vec::new()),
    ] {
        assert_eq!(read_report(&letter("application/octet-stream", &file)), None, "{what}");
    }
    // What stands for another text is not put in, so that nothing grows and no file is read.
    if let Some(report) = read_report(&letter("text/xml", entities.as_bytes())) {
        assert!(report.number.len() < 100, "{report:?}");
    }
    // An archive of which only a later file is good is looked into, though not for long.
    assert!(read_report(&letter("application/zip", &zip(&[b"no", &good]))).is_some());
    assert!(read_report(&letter("application/zip", &zip(&[b"no", b"no", b"no", &good]))).is_none());
    let longest = [&letter("text/xml", &good)[..], &vec![b'x'; 5 * 1024 * 1024]].concat();
    assert_eq!(read_report(&longest), None, "a long letter");
}

fn on_both_engines(body: impl AsyncFn(Database, Arc<ManualClock>)) {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let clock = ManualClock::at("2026-03-05");
        let shared: SharedClock = Arc::<ManualClock>::clone(&clock);
        mailkeep_storage::testing::run_at(dialect, shared, async |db| body(db, Arc::clone(&clock)).await);
    }
}

fn name(text: &str) -> DomainName {
    DomainName::parse(text).unwrap()
}

#[test]
fn a_report_counts_once_for_domains_that_are_ours_and_for_a_month() {
    on_both_engines(async |db, clock| {
        let test = TestOffice::open(db.clone()).await;
        let (office, id) = (&test.office, test.domain("example.com").await);
        let take = async |file: &[u8], reporter: &str| {
            let letter = Bytes::from(letter("text/xml", file));
            office.take_domain_report(letter, &name(reporter)).await.unwrap()
        };
        let rows =
            row("192.0.2.1", 90, "none", "pass", "pass") + &row("203.0.113.9", 10, "reject", "fail", "fail");
        let report = dmarc("example.com", "d-1", &rows);
        assert_eq!(take(b"hello", "receiver.example").await, Taken::NoReport);
        assert_eq!(take(&dmarc("other.example", "d", &rows), "receiver.example").await, Taken::Left);
        assert_eq!(take(&report, "receiver.example").await, Taken::Counted);
        assert_eq!(take(&report, "receiver.example").await, Taken::Left, "the same again");
        assert_eq!(take(&report, "second.example").await, Taken::Counted, "another's, under the same number");
        assert_eq!(take(&tls("Example.COM"), "receiver.example").await, Taken::Counted);
        assert_eq!(take(&tls("other.example"), "receiver.example").await, Taken::Left);

        let found = office.dmarc_of_domains().await.unwrap();
        let [of] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((of.domain, of.messages, of.aligned, of.turned_away), (id, 200, 180, 20));
        assert_eq!(of.reporters, ["receiver.example", "second.example"]);
        assert_eq!(of.wrong.len(), 1);
        assert_eq!((of.wrong[0].address, of.wrong[0].ours), ("203.0.113.9".parse().ok(), false));
        let found = office.tls_of_domains().await.unwrap();
        assert_eq!((found[0].domain, found[0].well, found[0].failed), (id, 97, 5));
        assert_eq!(found[0].failures, [("certificate-expired".to_owned(), 3), ("other".to_owned(), 2)]);
        assert_eq!(office.reports_received().await.unwrap(), (3, Some(db.now())));

        for number in 0..60 {
            let file = dmarc(
                "example.com",
                &format!("flood-{number}"),
                &row("192.0.2.1", 1, "none", "pass", "pass"),
            );
            take(&file, "loud.example").await;
        }
        let messages = office.dmarc_of_domains().await.unwrap()[0].messages;
        assert_eq!(messages, 250, "no more than fifty a day of one provider");
        clock.advance(Duration::from_secs(40 * 24 * 3600));
        assert_eq!(
            take(&dmarc("example.com", "late", &rows), "receiver.example").await,
            Taken::Left,
            "long ago"
        );
        office.sweep_domain_reports().await.unwrap();
        let left = db.read(|tx| {
            tx.query_one(
                "SELECT (SELECT COUNT(*) FROM domain_reports) + (SELECT COUNT(*) FROM dmarc_counts) + (SELECT COUNT(*) FROM tls_counts)",
                &[],
                |row| row.get::<i64>(0),
            )
        });
        assert_eq!(left.await.unwrap(), 0);
    });
}

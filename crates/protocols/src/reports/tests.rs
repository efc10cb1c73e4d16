use super::complaint::Enclosed;
use super::*;
use std::collections::BTreeMap;
use std::path::Path;

fn cause(raw: &[u8]) -> Option<Cause> {
    read_return(raw).cause()
}

/// Compares with the table beside the letters: at least 95 of 100 are told right, and nothing that can be mended is hard.
#[test]
fn agrees_with_collected_reports() {
    let Ok(folder) = std::env::var("MAILKEEP_SHARED_DATA") else { return };
    let folder = Path::new(&folder).join("mail/bounces");
    let table = std::fs::read_to_string(folder.join("expected.tsv")).unwrap();
    let mut rows: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
    for line in table.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        rows.entry(columns[0]).or_default().push(columns);
    }
    let (mut right, mut all, mut wrong, mut harmful) = (0, 0, Vec::new(), Vec::new());
    for (file, expected) in rows {
        let returned = read_return(&std::fs::read(folder.join(file)).unwrap());
        // The table is not in the order of the reports, so recipients of one report are compared by number.
        let mut found: Vec<bool> = match &returned {
            Returned::Failures(failures) if failures.len() == expected.len() => {
                failures.iter().map(|failure| failure.cause == Cause::Hard).collect()
            }
            other => vec![other.cause() == Some(Cause::Hard); expected.len()],
        };
        let mut wanted: Vec<bool> = expected.iter().map(|row| row[5] == "true").collect();
        found.sort_unstable();
        wanted.sort_unstable();
        all += wanted.len();
        let same = found.iter().zip(&wanted).filter(|(found, wanted)| found == wanted).count();
        right += same;
        let reasons: Vec<&str> = expected.iter().map(|row| row[4]).collect();
        if same < wanted.len() {
            wrong.push(format!("{file} {reasons:?} found {returned:?}"));
        }
        let mends = ["mailboxfull", "blocked", "spamdetected", "authfailure", "badreputation", "requireptr"];
        let hard = |flags: &[bool]| flags.iter().filter(|hard| **hard).count();
        if hard(&found) > hard(&wanted) && reasons.iter().any(|reason| mends.contains(reason)) {
            harmful.push(file.to_owned());
        }
        for row in expected.iter().filter(|row| row[4] == "feedback" && file.starts_with("arf")) {
            let Returned::Complaint(complaint) = &returned else { panic!("{file} is no complaint") };
            assert_eq!(complaint.kind, row[6], "{file}");
        }
    }
    assert!(all > 300, "{all} rows");
    assert!(harmful.is_empty(), "would be suppressed: {harmful:?}");
    assert!(right * 100 >= all * 95, "{right} of {all} are right; wrong:\n{}", wrong.join("\n"));
}

fn report(status: &str, diagnostic: &str) -> Vec<u8> {
    format!(
        "From: Mail Delivery System <MAILER-DAEMON@mx.example.org>\r\nTo: returns@example.com\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\
         Content-Type: text/plain\r\n\r\nYour message could not be delivered.\r\n--b\r\n\
         Content-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example.org\r\n\r\n\
         Final-Recipient: rfc822; ada@example.org\r\nAction: failed\r\nStatus: {status}\r\n\
         Diagnostic-Code: smtp; {diagnostic}\r\n\r\n--b--\r\n"
    )
    .into_bytes()
}

#[test]
fn tells_dead_addresses_from_what_can_be_mended() {
    let cases = [
        ("5.1.1", "550 5.1.1 <ada@example.org>: Recipient address rejected: User unknown", Cause::Hard),
        ("5.1.10", "550 5.1.10 Recipient not found by SMTP address lookup", Cause::Hard),
        ("5.1.2", "550 5.1.2 Host unknown", Cause::Hard),
        ("5.0.0", "550 no such user here", Cause::Hard),
        ("5.2.2", "552 5.2.2 The mailbox is over quota", Cause::Full),
        ("5.1.1", "550 5.1.1 mailbox full", Cause::Full),
        ("4.2.2", "452 4.2.2 The mailbox is full; try again later", Cause::Full),
        ("5.7.1", "550 5.7.1 Your network is on our blocklist", Cause::Blocked),
        ("5.1.1", "550 5.1.1 Refused due to recipient preferences", Cause::Blocked),
        ("5.7.1", "550 5.7.1 This message looks like spam", Cause::Spam),
        ("5.7.26", "550 5.7.26 Unauthenticated mail is not accepted", Cause::Authentication),
        ("5.7.1", "550 5.7.1 DMARC says reject", Cause::Authentication),
        ("4.4.1", "451 4.4.1 Connection timed out", Cause::Transient),
        ("5.2.1", "550 5.2.1 The account is disabled", Cause::Unknown),
        ("5.2.0", "550 unknown user", Cause::Unknown),
        ("5.3.4", "552 5.3.4 Message too large", Cause::Unknown),
    ];
    for (status, diagnostic, wanted) in cases {
        assert_eq!(cause(&report(status, diagnostic)), Some(wanted), "{status} {diagnostic}");
    }
}

#[test]
fn reads_our_own_report() {
    let text = crate::smtp::report::DeliveryReport {
        envid: None,
        reporting_host: "mx.example.com".to_owned(),
        arrived: mailkeep_types::Timestamp::from_seconds(1_700_000_000),
        recipients: vec![crate::smtp::report::RecipientReport {
            original: None,
            last: "büro@example.org".to_owned(),
            action: crate::smtp::report::Action::Failed,
            status: crate::smtp::Enhanced(5, 1, 1),
            remote: Some("mx.example.org".to_owned()),
            diagnostic: Some(crate::smtp::report::Diagnostic::Smtp(
                "550 5.1.1 There is no such address".to_owned(),
            )),
            last_attempt: None,
            retry_until: None,
        }],
    }
    .to_text();
    let letter = format!("Content-Type: message/global-delivery-status\r\n\r\n{text}");
    let Returned::Failures(failures) = read_return(letter.as_bytes()) else { panic!("no failures") };
    assert_eq!(failures[0].cause, Cause::Hard);
    assert_eq!(failures[0].recipient.as_deref(), Some("b\\x{FC}ro@example.org"));
}

#[test]
fn what_is_no_failure_is_none() {
    let late =
        String::from_utf8(report("4.4.1", "451 later")).unwrap().replace("Action: failed", "Action: delayed");
    assert_eq!(cause(late.as_bytes()), Some(Cause::Transient));
    let there =
        String::from_utf8(report("2.0.0", "250 ok")).unwrap().replace("Action: failed", "Action: delivered");
    assert_eq!(read_return(there.as_bytes()), Returned::Other);
    let away = b"From: Ada <ada@example.org>\r\nAuto-Submitted: auto-replied\r\n\r\nThe user unknown to you is away.\r\n";
    assert_eq!(read_return(away), Returned::Other);
    assert_eq!(read_return(b"Subject: hello\r\n\r\nHow are you?\r\n"), Returned::Other);
}

#[test]
fn reads_bounces_in_free_text() {
    let text = |said: &str| {
        format!(
            "From: MAILER-DAEMON@mx.example.org\r\n\r\nI wasn't able to deliver your message.\r\n\r\n{said}\r\n\r\n\
             --- Below this line is a copy of the message.\r\n\r\nSubject: user unknown, mailbox full\r\n"
        )
    };
    assert_eq!(
        cause(text("<ada@example.org>:\r\nSorry, no mailbox here by that name. (#5.1.1)").as_bytes()),
        Some(Cause::Hard)
    );
    assert_eq!(cause(text("<ada@example.org>:\r\nThe mailbox is full.").as_bytes()), Some(Cause::Full));
    let two = text("<ada@example.org>:\r\n550 User unknown\r\n<bob@example.org>:\r\n552 Mailbox full");
    let Returned::Failures(failures) = read_return(two.as_bytes()) else { panic!("no failures") };
    assert_eq!(failures.iter().map(|one| one.cause).collect::<Vec<_>>(), [Cause::Hard, Cause::Full]);
    assert_eq!(cause(two.as_bytes()), Some(Cause::Full), "one that can be mended speaks against the whole");
}

#[test]
fn reads_every_field_of_a_complaint() {
    let raw = b"Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\n\r\nA complaint.\r\n--b\r\n\
        Content-Type: message/feedback-report\r\n\r\nFeedback-Type: Abuse\r\nUser-Agent: Loop/1.0\r\nVersion: 1\r\n\
        Original-Mail-From: <returns+x@example.com>\r\nOriginal-Rcpt-To: <ada@example.org>\r\nOriginal-Rcpt-To: bob@example.org\r\n\
        Arrival-Date: Thu, 8 Mar 2005 14:00:00 EDT\r\nReporting-MTA: dns; mail.example.org\r\nSource-IP: 192.0.2.1\r\n\
        Incidents: 3\r\nReported-Domain: example.com\r\nReported-Uri: https://example.com/\r\n\
        Authentication-Results: mail.example.org; spf=pass\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n\
        Return-Path: <returns+x@example.com>\r\nMessage-ID: <m@example.com>\r\nSubject: News\r\n\r\nHello\r\n--b--\r\n";
    let complaint = read_complaint(raw).unwrap();
    assert!(complaint.objects());
    assert_eq!(
        complaint,
        Complaint {
            kind: "abuse".to_owned(),
            user_agent: Some("Loop/1.0".to_owned()),
            version: Some("1".to_owned()),
            mail_from: Some("returns+x@example.com".to_owned()),
            rcpt_to: vec!["ada@example.org".to_owned(), "bob@example.org".to_owned()],
            arrived: Some("Thu, 8 Mar 2005 14:00:00 EDT".to_owned()),
            reporting_host: Some("dns; mail.example.org".to_owned()),
            source: Some("192.0.2.1".to_owned()),
            incidents: 3,
            domains: vec!["example.com".to_owned()],
            uris: vec!["https://example.com/".to_owned()],
            authentication: vec!["mail.example.org; spf=pass".to_owned()],
            enclosed: Enclosed {
                return_path: Some("returns+x@example.com".to_owned()),
                message_id: Some("m@example.com".to_owned()),
            },
        }
    );
}

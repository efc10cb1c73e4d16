use std::path::{Path, PathBuf};
use std::process::Command;

use mailkeep_types::EmailAddress;

use super::duplicates::fingerprint;
use super::loops::{Exchange, MOST_ANSWERS, may_answer};
use super::machine::{Sign, sign_of_machine};
use super::*;

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// The folder of mails that lies beside the repository; `None`, said aloud, when it is not there and nobody asked for it.
pub(super) fn shared_mail(test: &str) -> Option<PathBuf> {
    let named = std::env::var_os("MAILKEEP_SHARED_DATA").map(PathBuf::from);
    let required = named.is_some();
    // The repository's root is two folders up; the data folder lies beside the repository.
    let folder =
        named.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data"));
    let mail = folder.join("mail");
    if mail.is_dir() {
        return Some(mail);
    }
    assert!(!required, "MAILKEEP_SHARED_DATA is {}, which has no folder mail", folder.display());
    say(&format!("SKIPPED {test}: set MAILKEEP_SHARED_DATA to the folder of shared data"));
    None
}

/// Writes past the test harness, which would swallow it.
pub(super) fn say(text: &str) {
    std::io::Write::write_all(&mut std::io::stderr(), format!("{text}\n").as_bytes()).unwrap();
}

/// The sender of the envelope as delivery noted it; the sender in From where nothing is noted.
fn envelope_of(raw: &[u8]) -> Option<EmailAddress> {
    let text = String::from_utf8_lossy(raw);
    let header = text.split("\n\n").next().unwrap_or_default();
    let noted = header.lines().find_map(|line| line.strip_prefix("Return-Path:")).map(str::trim);
    match noted.map(|path| path.trim_matches(['<', '>'])) {
        Some("") => None,
        Some(path) => Some(EmailAddress::parse(path).unwrap_or_else(|_| address("unknown@sample.example"))),
        None => Some(Letter::read(raw).from.unwrap_or_else(|| address("unknown@sample.example"))),
    }
}

/// Issue 5: machine mail gets no answer, ever.
#[test]
fn every_bounce_is_machine_mail() {
    let Some(mail) = shared_mail("every_bounce_is_machine_mail") else { return };
    let (mut count, mut missed) = (0, Vec::new());
    for file in std::fs::read_dir(mail.join("bounces")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "eml") {
            let raw = std::fs::read(&path).unwrap();
            count += 1;
            let sign = sign_of_machine(&raw, envelope_of(&raw).as_ref());
            if sign.is_none_or(Sign::is_weak) {
                missed.push((path.file_name().unwrap().to_owned(), sign));
            }
            assert!(!may_answer(sign, Exchange::default()), "{} would be answered", path.display());
        }
    }
    say(&format!(
        "bounces recognised: {} of {count}; by their subject alone: {missed:?}",
        count - missed.len()
    ));
    assert!(count > 300, "{count} bounces");
}

/// How often a person's letter is taken for a machine's. Most of the sample came over mailing lists or is a newsletter, which say
/// so; the rate is that of all others.
#[test]
fn few_letters_of_persons_are_taken_for_machine_mail() {
    let Some(mail) = shared_mail("few_letters_of_persons_are_taken_for_machine_mail") else { return };
    let mails = unpack(&mail.join("ham-2002.tar.xz"));
    let (mut persons, mut listed, mut taken) = (0, 0, Vec::new());
    for raw in &mails {
        match sign_of_machine(raw, envelope_of(raw).as_ref()) {
            Some(Sign::List | Sign::AsksForSilence) => listed += 1,
            Some(sign) => {
                taken.push((sign, Letter::read(raw).subject.chars().take(40).collect::<String>()));
            }
            None => persons += 1,
        }
    }
    say(&format!(
        "ham: {persons} of persons, {listed} over lists, {} by another sign: {taken:?}",
        taken.len()
    ));
    assert!(persons > 400 && taken.len() * 30 <= persons, "{} of {persons}", taken.len());
}

fn letter(fields: &str) -> Vec<u8> {
    format!("From: Ann Example <ann@sample.example>\r\nTo: support@host.example\r\n{fields}\r\n\r\nHello\r\n")
        .into_bytes()
}

#[test]
fn each_sign_of_a_machine_is_seen() {
    let ann = address("ann@sample.example");
    for (fields, sign) in [
        ("Subject: Hello", None),
        ("Auto-Submitted: no", None),
        ("Subject: Re: Automatic reply: your question", None),
        ("Subject: Out of office does not switch off", None),
        ("Subject: Automatic renewal of my plan", None),
        ("Subject: Auto-reply?", None),
        ("Auto-Submitted: auto-replied", Some(Sign::AutoSubmitted)),
        ("auto-submitted: Auto-Generated; owner-email=\"x\"", Some(Sign::AutoSubmitted)),
        (
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=x",
            Some(Sign::Report),
        ),
        ("X-Autoreply: yes", Some(Sign::Field)),
        ("X-Autorespond: your question", Some(Sign::Field)),
        ("X-Auto-Response-Suppress: DR, OOF, AutoReply", Some(Sign::AsksForSilence)),
        ("Precedence: auto_reply", Some(Sign::AsksForSilence)),
        ("Precedence: bulk (really)", Some(Sign::AsksForSilence)),
        ("Precedence: first-class", None),
        ("List-Id: <news.sample.example>", Some(Sign::List)),
        ("Subject: Automatic reply: your question", Some(Sign::Subject)),
        ("Subject: =?utf-8?q?R=C3=A9ponse_automatique?= : votre question", Some(Sign::Subject)),
        ("Subject: Abwesenheitsnotiz", Some(Sign::Subject)),
        ("Subject: Out of Office (until Monday)", Some(Sign::Subject)),
        ("Subject: Respuesta =?utf-8?b?YXV0b23DoXRpY2E=?=: hola", Some(Sign::Subject)),
        ("Subject: =?utf-8?b?6Ieq5YuV5b+c562U?=", Some(Sign::Subject)),
    ] {
        assert_eq!(sign_of_machine(&letter(fields), Some(&ann)), sign, "{fields}");
    }
    assert_eq!(sign_of_machine(&letter("Subject: Hello"), None), Some(Sign::NullSender));
    for sender in [
        "MAILER-DAEMON",
        "no-reply",
        "donotreply",
        "news-bounces",
        "bounce+ann=x",
        "Postmaster",
        "owner-list",
    ] {
        let sender = address(&format!("{sender}@sample.example"));
        assert_eq!(sign_of_machine(&letter("Subject: Hello"), Some(&sender)), Some(Sign::SenderName));
    }
    for sender in ["ann", "bouncer", "daemonia", "replies", "mailerson"] {
        let sender = address(&format!("{sender}@sample.example"));
        assert_eq!(sign_of_machine(&letter("Subject: Hello"), Some(&sender)), None);
    }
}

/// Two desks that say of each letter that it arrived: the worst case is that the other shows no sign and knows no end.
#[test]
fn two_desks_that_mail_each_other_fall_silent_after_two() {
    for other_knows_an_end in [true, false] {
        let (mut ours, mut theirs) = (Exchange { received: 1, ..Exchange::default() }, Exchange::default());
        loop {
            if !may_answer(None, ours) {
                break;
            }
            ours.answered += 1;
            theirs.received += 1;
            if other_knows_an_end && !may_answer(None, theirs) {
                break;
            }
            theirs.answered += 1;
            ours.received += 1;
        }
        assert_eq!(ours.answered, MOST_ANSWERS);
        assert_eq!(MOST_ANSWERS, 2);
    }
    assert!(!may_answer(Some(Sign::Subject), Exchange::default()));
    assert!(may_answer(None, Exchange { answered: 1, received: 20 }));
    assert!(!may_answer(None, Exchange { answered: 0, received: 21 }));
}

#[test]
fn a_letter_is_read_with_what_it_answers() {
    let raw = b"From: \"Ann, Example\" <Ann@Sample.Example>\r\nTo: Desk <support+t@host.example>, x\r\nCc: g: b@c.example;\r\n\
        Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nMessage-ID: <3@sample.example>\r\nIn-Reply-To: <2@host.example>\r\n\
        References: <1@host.example>\r\n <2@host.example>\r\nContent-Type: text/html\r\n\r\n<p>One<br>two</p>";
    let letter = Letter::read(raw);
    assert_eq!(letter.from, Some(address("Ann@sample.example")));
    assert_eq!(letter.to, [address("support+t@host.example"), address("b@c.example")]);
    assert_eq!(letter.subject, "Grüße");
    assert_eq!(letter.message_id.as_deref(), Some("3@sample.example"));
    assert_eq!(letter.answers, ["2@host.example", "1@host.example"]);
    assert_eq!(letter.text, "One\ntwo");
    // Who writes in the name of two wrote in the name of nobody.
    assert!(Letter::read(b"From: a@b.example, c@d.example\r\n\r\n").from.is_none());
    assert!(Letter::read(b"From: a@b.example\r\nFrom: c@d.example\r\n\r\n").from.is_none());
    assert!(Letter::read(b"").text.is_empty());
}

fn unpack(archive: &Path) -> Vec<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let done = Command::new("tar").arg("-xJf").arg(archive).arg("-C").arg(folder.path()).status().unwrap();
    assert!(done.success(), "{} cannot be unpacked", archive.display());
    let (mut folders, mut mails) = (vec![folder.path().to_owned()], Vec::new());
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() { folders.push(entry) } else { mails.push(std::fs::read(entry).unwrap()) }
        }
    }
    mails
}

#[test]
fn a_letter_that_comes_twice_is_one() {
    let letter = |trace: &str, id: &str, body: &str| {
        fingerprint(
            format!("{trace}From: ann@sample.example\r\nMessage-ID: <{id}>\r\nSubject: Hello\r\n\r\n{body}")
                .as_bytes(),
        )
    };
    let once = letter(
        "Return-Path: <ann@sample.example>\r\nReceived: from a\r\n\tby b\r\n",
        "1@sample.example",
        "Help\r\n",
    );
    let again =
        letter("Received: from c\r\nAuthentication-Results: x; none\r\n", "1@sample.example", "Help\r\n");
    assert_eq!(once, again, "on another way, to another department");
    assert_eq!(once, letter("DKIM-Signature: v=1\r\nDelivered-To: x\r\n", "1@sample.example", "Help"));
    assert_ne!(
        once,
        letter("", "1@sample.example", "Help me\r\n"),
        "who takes an identifier again hides nothing"
    );
    assert_ne!(once, letter("", "2@sample.example", "Help\r\n"), "who writes the same twice wrote twice");
    // What stands in one field cannot be moved to the next.
    assert_ne!(fingerprint(b"Subject: a\r\nDate: b\r\n\r\n"), fingerprint(b"Subject: aDate: b\r\n\r\n"));
}

use mailkeep_types::Timestamp;

use super::*;
use crate::webmail::reading::{self, Reading};

fn person(name: &str, address: &str) -> Correspondent {
    Correspondent::new(name, address)
}

fn letter() -> Letter {
    Letter {
        from: person("Ada Exämple", "ada@example.com"),
        to: vec![person("Sample, Bo", "bo@example.org")],
        cc: vec![],
        bcc: vec![person("", "cy@example.net")],
        subject: "Grüße\r\nBcc: evil@example.com".to_owned(),
        text: "Hello\n.\nFrom the lake ✓".to_owned(),
        in_reply_to: Some("one@example.com".to_owned()),
        references: vec!["zero@example.com".to_owned(), "one@example.com".to_owned()],
        message_id: "two@example.com".to_owned(),
        date: Timestamp::from_seconds(1_778_765_400),
        files: vec![
            LetterFile {
                name: "plän.pdf".to_owned(),
                media_type: "application/pdf".to_owned(),
                bytes: vec![0, 255, 10, 13, 1],
            },
            LetterFile {
                name: "old.eml".to_owned(),
                media_type: "message/rfc822".to_owned(),
                bytes: b"Subject: x\n\ny".to_vec(),
            },
        ],
    }
}

#[test]
fn what_is_built_reads_the_same() {
    let letter = letter();
    let raw = build(&Letter { subject: reading::one_line(&letter.subject), ..letter.clone() });
    let read = reading::read(&raw);
    assert_eq!(read.from, [letter.from]);
    assert_eq!(read.to, letter.to);
    assert_eq!(read.bcc, letter.bcc);
    assert_eq!(read.subject, "Grüße  Bcc: evil@example.com");
    assert_eq!(read.text.unwrap().trim().replace("\r\n", "\n"), letter.text);
    assert_eq!(read.references, letter.references);
    assert_eq!(read.in_reply_to, letter.in_reply_to);
    assert_eq!(read.message_id.as_deref(), Some("two@example.com"));
    assert_eq!(read.files.len(), 2);
    for (file, sent) in read.files.iter().zip(&letter.files) {
        assert_eq!((&file.name, file.bytes(&raw)), (&sent.name, sent.bytes.clone()));
    }
}

#[test]
fn recipients_are_read_as_people_type_them() {
    let typed = read_recipients(
        "ada@example.com; \"Sample, Bo\" <bo@example.org>,Cy <cy@example.net>\n nobody, a@@b, <x@example.com",
    );
    let shown: Vec<_> = typed.people.iter().map(Correspondent::typed).collect();
    assert_eq!(shown[..3], ["ada@example.com", "\"Sample, Bo\" <bo@example.org>", "Cy <cy@example.net>"]);
    assert_eq!(typed.people.len(), typed.addresses.len());
    assert!(
        typed.wrong.iter().any(|wrong| wrong == "nobody") && typed.wrong.iter().any(|wrong| wrong == "a@@b")
    );
    assert!(read_recipients(" ,; ").people.is_empty());
}

#[test]
fn answers_go_to_those_who_should_have_them() {
    let message = Reading {
        from: vec![person("Bo", "bo@example.org")],
        to: vec![person("Ada", "ADA@example.com"), person("Cy", "cy@example.net")],
        cc: vec![person("", "bo@example.org"), person("Di", "di@example.net")],
        subject: "re: plans".to_owned(),
        message_id: Some("m@x".to_owned()),
        in_reply_to: Some("l@x".to_owned()),
        text: Some("one\n> two".to_owned()),
        ..Reading::default()
    };
    let own = ["ada@example.com".to_owned()];
    let reply = begin_answer(AnswerKind::Reply, &message, &own, "Bo wrote:");
    assert_eq!(reply.to, message.from);
    assert!(reply.cc.is_empty());
    assert_eq!(reply.subject, "re: plans");
    assert_eq!(reply.text, "\n\nBo wrote:\n> one\n>> two\n");
    assert_eq!(reply.references, ["l@x", "m@x"]);
    let all = begin_answer(AnswerKind::ReplyAll, &message, &own, "");
    let cc: Vec<_> = all.cc.iter().map(|p| p.address.as_str()).collect();
    assert_eq!(cc, ["cy@example.net", "di@example.net"]);
    let forward = begin_answer(AnswerKind::Forward, &message, &own, "");
    assert!(forward.to.is_empty() && forward.in_reply_to.is_none());
    assert_eq!(forward.subject, "Fwd: re: plans");
    let mine = Reading { from: vec![person("", "ada@example.com")], ..message };
    assert_eq!(begin_answer(AnswerKind::Reply, &mine, &own, "").to.len(), 2);
}

#[test]
fn long_threads_keep_their_first_and_latest_references() {
    let message = Reading {
        references: (0..100).map(|n| format!("{n}@x")).collect(),
        message_id: Some("last@x".to_owned()),
        ..Reading::default()
    };
    let begun = begin_answer(AnswerKind::Reply, &message, &[], "");
    assert_eq!(begun.references.len(), MAX_KEPT);
    assert_eq!((begun.references[0].as_str(), begun.references[MAX_KEPT - 1].as_str()), ("0@x", "last@x"));
}

const MAX_KEPT: usize = 40;

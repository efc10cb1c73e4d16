use proptest::prelude::*;

use super::*;

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).into_owned()
}

fn structure(raw: &[u8]) -> String {
    text(render_bodystructure(raw, &parse(raw)))
}

const MIXED: &[u8] = b"From: Ann Example <ann@example.com>\r\n\
To: Team: bob@example.org, \"C. D.\" <cd@example.net>;\r\n\
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n from afar\r\n\
Date: Sun, 1 Mar 2026 10:00:00 +0100\r\n\
Message-ID: <one@example.com>\r\n\
MIME-Version: 1.0\r\n\
Content-Type: multipart/mixed; boundary=\"outer\"\r\n\
\r\n\
preamble\r\n\
--outer\r\n\
Content-Type: multipart/alternative; boundary=outer2\r\n\
\r\n\
--outer2\r\n\
\r\n\
plain\r\n\
--outer2\r\n\
Content-Type: text/html; charset=utf-8\r\n\
Content-Transfer-Encoding: quoted-printable\r\n\
\r\n\
<p>html</p>\r\n\
--outer2--\r\n\
--outer\r\n\
Content-Type: message/rfc822\r\n\
Content-Disposition: attachment; filename=\"old.eml\"\r\n\
\r\n\
Subject: inner\r\n\
\r\n\
inner text\r\n\
--outer--\r\n\
epilogue\r\n";

#[test]
fn envelope_of_a_usual_message() {
    assert_eq!(
        text(render_envelope(MIXED)),
        "(\"Sun, 1 Mar 2026 10:00:00 +0100\" \"=?utf-8?q?Gr=C3=BC=C3=9Fe?= from afar\" \
         ((\"Ann Example\" NIL \"ann\" \"example.com\")) ((\"Ann Example\" NIL \"ann\" \"example.com\")) \
         ((\"Ann Example\" NIL \"ann\" \"example.com\")) \
         ((NIL NIL \"Team\" NIL)(NIL NIL \"bob\" \"example.org\")(\"C. D.\" NIL \"cd\" \"example.net\")(NIL NIL NIL NIL)) \
         NIL NIL NIL \"<one@example.com>\")"
    );
    assert_eq!(text(render_envelope(b"")), "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)");
}

#[test]
fn structure_of_nested_parts() {
    assert_eq!(
        structure(MIXED),
        "(((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 5 0 NIL NIL NIL NIL)\
         (\"text\" \"html\" (\"charset\" \"utf-8\") NIL NIL \"quoted-printable\" 11 0 NIL NIL NIL NIL) \
         \"alternative\" (\"boundary\" \"outer2\") NIL NIL NIL)\
         (\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 28 (NIL \"inner\" NIL NIL NIL NIL NIL NIL NIL NIL) \
         (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 10 0 NIL NIL NIL NIL) 2 \
         NIL (\"attachment\" (\"filename\" \"old.eml\")) NIL NIL) \
         \"mixed\" (\"boundary\" \"outer\") NIL NIL NIL)"
    );
    assert_eq!(
        text(render_body(MIXED, &parse(MIXED))),
        "(((\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 5 0)\
         (\"text\" \"html\" (\"charset\" \"utf-8\") NIL NIL \"quoted-printable\" 11 0) \"alternative\")\
         (\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 28 (NIL \"inner\" NIL NIL NIL NIL NIL NIL NIL NIL) \
         (\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL \"7bit\" 10 0) 2) \"mixed\")"
    );
}

#[test]
fn sections_of_nested_parts() {
    let message = parse(MIXED);
    let section = |path: &[u32], what: Option<SectionText>| {
        find_section(&message, path, what.as_ref()).map(|range| text(MIXED[range].to_vec()))
    };
    assert_eq!(section(&[1, 1], None).unwrap(), "plain");
    assert_eq!(section(&[1, 2], None).unwrap(), "<p>html</p>");
    assert_eq!(section(&[2], None).unwrap(), "Subject: inner\r\n\r\ninner text");
    assert_eq!(section(&[2], Some(SectionText::Header)).unwrap(), "Subject: inner\r\n\r\n");
    assert_eq!(section(&[2], Some(SectionText::Text)).unwrap(), "inner text");
    assert_eq!(section(&[2, 1], None).unwrap(), "inner text");
    assert_eq!(section(&[1, 1], Some(SectionText::Mime)).unwrap(), "\r\n");
    assert!(section(&[2], Some(SectionText::Mime)).unwrap().starts_with("Content-Type: message/rfc822\r\n"));
    assert!(section(&[], Some(SectionText::Text)).unwrap().starts_with("preamble"));
    assert_eq!(section(&[], None).unwrap().len(), MIXED.len());
    for missing in [&[3][..], &[1, 3], &[1, 1, 1], &[2, 2], &[0], &[2, 1, 1]] {
        assert_eq!(section(missing, None), None, "{missing:?}");
    }
    assert_eq!(section(&[1], Some(SectionText::Header)), None);
    let plain = parse(b"Subject: x\r\n\r\nbody");
    assert_eq!(find_section(&plain, &[1], None), Some(14..18));
    assert_eq!(find_section(&plain, &[1, 1], None), None);
    assert_eq!(find_section(&plain, &[1], Some(&SectionText::Mime)), Some(0..14));
}

#[test]
fn selects_header_fields() {
    let header = &MIXED[..header_length(MIXED)];
    let names = ["SUBJECT".to_owned(), "message-id".to_owned()];
    assert_eq!(
        text(select_fields(header, &names, false)),
        "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n from afar\r\nMessage-ID: <one@example.com>\r\n\r\n"
    );
    let others = text(select_fields(header, &names, true));
    assert!(others.starts_with("From: ") && !others.contains("Subject") && others.ends_with("\r\n\r\n"));
}

#[test]
fn messages_that_are_broken() {
    // No closing boundary, a boundary in the middle of a header, a multipart without parts, bare line feeds.
    let open = b"Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\nSubject: x\n--b\n\nthree";
    let Kind::Multipart(children) = &parse(open).kind else { panic!("three parts") };
    assert_eq!(children.len(), 3);
    assert_eq!(&open[children[2].body_start..children[2].body_end], b"three");
    let empty = b"Content-Type: multipart/mixed; boundary=b\r\n\r\nnothing here\r\n";
    assert!(structure(empty).starts_with("(\"application\" \"octet-stream\""));
    let none = b"Content-Type: multipart/mixed\r\n\r\ntext\r\n";
    assert!(structure(none).starts_with("(\"application\" \"octet-stream\""));
    let encoded =
        b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\nU3ViamVjdDogeAo=\r\n";
    assert!(structure(encoded).starts_with("(\"application\" \"octet-stream\""));
}

#[test]
fn nesting_and_number_of_parts_are_bounded() {
    let mut deep = Vec::new();
    for level in 0..1_000 {
        deep.extend_from_slice(
            format!("Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n").as_bytes(),
        );
    }
    deep.extend_from_slice(b"\r\ninnermost\r\n");
    let rendered = structure(&deep);
    assert_eq!(rendered.matches("\"mixed\"").count(), MAX_DEPTH);
    let mut messages = b"Content-Type: message/rfc822\r\n\r\n".repeat(1_000);
    messages.extend_from_slice(b"\r\nend");
    assert!(structure(&messages).len() < 20_000);
    let mut wide = b"Content-Type: multipart/mixed; boundary=b\r\n\r\n".to_vec();
    wide.extend_from_slice(&b"--b\r\n\r\nx\r\n".repeat(10_000));
    let Kind::Multipart(children) = parse(&wide).kind else { panic!("many parts") };
    assert!(children.len() < MAX_PARTS);
}

proptest! {
    #[test]
    fn any_bytes_have_a_structure(raw in proptest::collection::vec(
        prop_oneof![
            Just(b"Content-Type: multipart/mixed; boundary=b\r\n".to_vec()),
            Just(b"Content-Type: message/rfc822\r\n".to_vec()),
            Just(b"--b\r\n".to_vec()), Just(b"--b--\r\n".to_vec()), Just(b"\r\n".to_vec()), Just(b"\n".to_vec()),
            Just(b"From: a <b@c>, d: e;\r\n".to_vec()),
            proptest::collection::vec(any::<u8>(), 0..12),
        ], 0..40)) {
        let raw = raw.concat();
        let message = parse(&raw);
        prop_assert!(message.body_start <= message.body_end && message.body_end <= raw.len());
        let rendered = render_bodystructure(&raw, &message);
        prop_assert!(rendered.starts_with(b"(") && rendered.ends_with(b")"));
        render_envelope(&raw);
        for path in [&[][..], &[1], &[1, 1], &[2], &[2, 1, 1]] {
            for what in [None, Some(SectionText::Header), Some(SectionText::Text), Some(SectionText::Mime)] {
                if let Some(range) = find_section(&message, path, what.as_ref()) {
                    prop_assert!(raw.get(range).is_some());
                }
            }
        }
    }
}

use std::collections::BTreeMap;

use super::*;

const LETTER: &str = "From: =?utf-8?q?Ada_Ex=C3=A4mple?= <ada@example.com>\r\n\
To: \"Sample, Bo\" <bo@example.org>, cy@example.net\r\n\
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n from the lake\r\n\
Message-ID: <one@example.com>\r\n\
References: <a@example.com>\r\n <b@example.com>\r\n\
MIME-Version: 1.0\r\n\
Content-Type: multipart/mixed; boundary=m\r\n\r\n\
--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n\
--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nHello\r\n\
--a\r\nContent-Type: text/html\r\n\r\n<p>Hello <img src=\"cid:pic@x\"></p>\r\n--a--\r\n\
--m\r\nContent-Type: image/png; name=pic.png\r\nContent-ID: <pic@x>\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw==\r\n\
--m\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=\"../../etc/plan.pdf\"\r\n\
Content-Transfer-Encoding: base64\r\n\r\nSGVsbG8=\r\n\
--m\r\nContent-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\ninside\r\n--m--\r\n";

#[test]
fn reads_people_texts_and_files() {
    let reading = read(LETTER.as_bytes());
    assert_eq!(reading.from, [Correspondent::new("Ada Exämple", "ada@example.com")]);
    assert_eq!(reading.to[0].typed(), "\"Sample, Bo\" <bo@example.org>");
    assert_eq!(reading.subject, "Grüße from the lake");
    assert_eq!(reading.references, ["a@example.com", "b@example.com"]);
    assert_eq!(reading.plain().trim(), "Hello");
    let offered: Vec<_> = reading.offered().map(|f| (f.section.as_str(), f.name.as_str(), f.size)).collect();
    assert_eq!(offered[0], ("3", "plan.pdf", 5));
    assert_eq!(offered[1].0, "4");
    assert_eq!(offered[1].1, "message.eml");
    assert_eq!(find_file(LETTER.as_bytes(), "3").unwrap().bytes(LETTER.as_bytes()), b"Hello");
    assert!(find_file(LETTER.as_bytes(), "9").is_none());
}

#[test]
fn html_loses_what_acts_and_what_calls_home() {
    let hostile = r#"<p onclick="x()">Hi<script>alert(1)</script><style>*{}</style>
        <img src="https://tracker.example/p.gif"><img src="cid:pic@x"><img src="/mail/sign-out"><img src="data:image/svg+xml,x">
        <a href="javascript:alert(1)">a</a><a href="/mail/folders">f</a><a href="//evil.example">g</a><a href="https://example.com/">b</a><form action="/x"><input name=q></form>
        <iframe src="https://evil.example"></iframe><svg><script>1</script></svg><base href="https://evil.example">
        <meta http-equiv="refresh" content="0;url=https://evil.example"><object data="x"></object>
        <div style="position:fixed;top:0;color:red;background:url(https://evil.example/x)">t</div>"#;
    let pictures = || BTreeMap::from([("pic@x".to_owned(), "/mail/part".to_owned())]);
    let clean = sanitise(hostile, pictures(), false);
    for gone in [
        "script",
        "onclick",
        "tracker",
        "sign-out",
        "javascript",
        "form",
        "input",
        "iframe",
        "evil",
        "position",
        "data:",
        "refresh",
        "folders",
    ] {
        assert!(!clean.html.contains(gone), "{gone} is still in {}", clean.html);
    }
    assert!(clean.html.contains("src=\"/mail/part\""), "{}", clean.html);
    assert!(clean.html.contains("color:red") || clean.html.contains("color: red"), "{}", clean.html);
    assert!(
        clean.html.contains("rel=\"noopener noreferrer nofollow\"")
            && clean.html.contains("target=\"_blank\"")
    );
    assert_eq!(clean.remote, 1);
    let loaded = sanitise(hostile, pictures(), true);
    assert!(loaded.html.contains("https://tracker.example/p.gif") && loaded.remote == 0);
}

#[test]
fn plain_text_is_escaped_linked_and_quoted() {
    let html = plain_to_html("See https://example.com/a?b=1&c <b>\n> before\n>> more\nafter ada@example.com");
    assert!(html.contains("href=\"https://example.com/a?b=1&amp;c\""), "{html}");
    assert!(html.contains("&lt;b&gt;"));
    assert!(html.contains("<blockquote>before\n<blockquote>more\n</blockquote></blockquote>after"), "{html}");
    assert!(html.contains("mailto:ada@example.com"));
    assert_eq!(plain_to_html(&">".repeat(5000)).matches("<blockquote>").count(), 3);
}

#[test]
fn any_bytes_are_read() {
    for raw in [
        &b""[..],
        b"\0\0\0",
        b"no header at all",
        b"From:\r\nContent-Type: multipart/mixed; boundary=\r\n\r\n--\r\n",
    ] {
        let reading = read(raw);
        let _ = (reading.plain(), reading.offered().count());
    }
}

#[test]
fn initials_come_from_the_name() {
    assert_eq!(Correspondent::new("Ada Example", "a@example.com").initials(), "AE");
    assert_eq!(Correspondent::new("", "bo@example.com").initials(), "B");
    assert_eq!(Correspondent::new("", "").initials(), "");
}

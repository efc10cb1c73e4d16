use proptest::prelude::*;

use super::*;
use crate::imap::structure;

const MIXED: &str = "From: Ann Example <ann@example.com>\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n =?utf-8?B?IQ==?=\r\n\
Content-Type: multipart/mixed; boundary=\"outer one\"\r\n\r\nignored\r\n--outer one\r\n\
Content-Type: multipart/alternative; boundary=inner\r\n\r\n--inner\r\n\r\nplain\r\nlines\r\n--inner\r\n\
Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<b>caf=E9</b>\r\n--inner--\r\n\
epilogue\r\n--outer one\r\nContent-Type: message/rfc822\r\n\r\nSubject: within\r\nContent-Type: multipart/mixed; boundary=b3\r\n\r\n\
--b3\r\n\r\none\r\n--b3--\r\n\r\n--outer one\r\nContent-Type: application/pdf; name=x.pdf\r\n\
Content-Disposition: attachment; filename*0*=utf-8''r%C3%A9; filename*1=\"sume.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--outer one--\r\n";

fn of<'a>(leaves: &'a [Leaf], section: &[u32]) -> &'a Leaf {
    leaves.iter().find(|leaf| leaf.section == section).unwrap()
}

#[test]
fn reads_the_leaves_of_a_usual_message() {
    let raw = MIXED.as_bytes();
    let leaves = leaves(&structure::parse(raw));
    let sections: Vec<_> = leaves.iter().map(|leaf| leaf.section.clone()).collect();
    assert_eq!(sections, [vec![1, 1], vec![1, 2], vec![2, 1], vec![3]]);
    assert_eq!(of(&leaves, &[1, 1]).text(raw), "plain\r\nlines");
    assert!(of(&leaves, &[1, 1]).in_alternative);
    assert_eq!(of(&leaves, &[1, 2]).text(raw), "<b>café</b>");
    assert_eq!(of(&leaves, &[2, 1]).text(raw), "one");
    assert!(of(&leaves, &[2, 1]).in_message && !of(&leaves, &[2, 1]).is_shown_text());
    let pdf = of(&leaves, &[3]);
    assert_eq!(pdf.file_name.as_deref(), Some("résume.pdf"));
    assert_eq!(&*pdf.bytes(raw), b"hello");
    assert_eq!(pdf.disposition, "attachment");
}

#[test]
fn a_message_without_parts_is_its_own_part_one() {
    let raw = b"Subject: hi\r\n\r\nbody\r\n";
    let leaves = leaves(&structure::parse(raw));
    assert_eq!(of(&leaves, &[1]).text(raw), "body\r\n");
}

#[test]
fn decodes_words_and_passes_over_broken_ones() {
    assert_eq!(decode_words(b" =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\n =?utf-8?B?IQ==?= x"), "Grüße! x");
    assert_eq!(decode_words(b"=?utf-8?Q?broken"), "=?utf-8?Q?broken");
    assert_eq!(decode_words(b"a =?x-none?Q?b?= c"), "a b c");
    assert_eq!(decode_words(b"caf\xe9"), "café");
    assert_eq!(decode_text(Some("gb2312"), b"\xc4\xe3\xba\xc3"), "\u{4f60}\u{597d}");
}

#[test]
fn shows_of_html_what_a_reader_sees() {
    let html = "<head><style>p{}</style></head><p>one</p><p>t<b>w</b>o &amp; &uuml;&#x41;</p><script>no<b></script>three<!-- no -->";
    let words: Vec<_> = html_to_text(html).split_whitespace().map(str::to_owned).collect();
    assert_eq!(words, ["one", "two", "&", "üA", "three"]);
}

proptest! {
    #[test]
    fn any_bytes_are_read(html in ".{0,200}", value in proptest::collection::vec(any::<u8>(), 0..200)) {
        html_to_text(&html);
        decode_words(&value);
        decode_parameter(&[(b"filename*".to_vec(), value.clone())], "filename");
        decode_base64(&value);
        decode_quoted_printable(&value, true);
        for charset in ["utf-7", "utf-16", "iso-2022-jp", "big5", "no such"] {
            decode_text(Some(charset), &value);
        }
        for leaf in leaves(&structure::parse(&value)) {
            leaf.text(&value);
        }
    }
}

#[test]
fn pages_become_lines_in_which_quotes_are_marked() {
    let page = "<head><title>no</title><style>p{}</style></head><body><div>Good <b>morn</b>ing,</div><div><br></div>\
        <p>one &amp; two<br>three</p><div>On Monday Ann wrote:<br></div>\n<blockquote type=cite>What?<br><br>\
        <blockquote>When?</blockquote></blockquote><ul><li>first<li>second</ul><hr><table><tr><td>From:<td>Ann</table>\
        <pre>a  b\nc</pre>2 < 3 &lt;x&gt;</body>";
    assert_eq!(
        html_to_lines(page),
        "Good morning,\n\none & two\nthree\n\nOn Monday Ann wrote:\n\n> What?\n>\n> > When?\n\n- first\n- second\n\n\
         ________________________________\n\nFrom: Ann\n\na  b\nc\n\n2 < 3 <x>"
    );
    assert_eq!(html_to_lines(""), "");
    assert_eq!(html_to_lines("<script>alert(1)"), "");
}

proptest! {
    #[test]
    fn lines_of_any_page_stay_small(page in "(<(/?)(p|div|br|blockquote|pre|li|hr|td|script)>|[a-z<>&;\n ]){0,60}") {
        // The longest thing that a few letters can make is a rule.
        prop_assert!(html_to_lines(&page).len() <= page.len() * 14 + 64);
    }
}

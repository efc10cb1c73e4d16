use super::{Fault, Wrong, links, render, render_counted};

fn body(inside: &str) -> String {
    format!(
        "<mjml>\n<mj-body>\n<mj-section>\n<mj-column>\n{inside}\n</mj-column>\n</mj-section>\n</mj-body>\n</mjml>"
    )
}

fn fault(text: &str) -> (usize, Wrong) {
    let Fault { line, what } = render(text).expect_err(text);
    (line, what)
}

#[test]
fn a_design_becomes_a_part_of_a_letter_and_plain_text() {
    let text = "<mjml><mj-head><mj-attributes><mj-all font-family=\"Georgia\" /><mj-text color='#123456' />\
         </mj-attributes></mj-head><mj-body background-color=\"#eeeeee\"><mj-section background-color=\"#ffffff\">\
         <mj-column><mj-text>Hello <b>you</b> &amp; <a href=\"https://a.example/?x=1&amp;y=2\">yours</a></mj-text>\
         <mj-button href=\"https://b.example\">Go</mj-button></mj-column>\
         <mj-column><mj-image src=\"/assets/map.png\" alt=\"a map\" /><mj-table><tr><td>1</td><td>2</td></tr></mj-table>\
         <mj-divider /><mj-spacer height=\"20px\" /></mj-column></mj-section></mj-body></mjml>";
    let rendered = render(text).unwrap();
    for part in
        ["<b>you</b>", "color:#123456", "font-family:Georgia", "href=\"https://b.example\"", "alt=\"a map\""]
    {
        assert!(rendered.html.contains(part), "{part}: {}", rendered.html);
    }
    for gone in ["<style", "<!--", "<html", "<body", "<script", "mso", "target="] {
        assert!(!rendered.html.contains(gone), "{gone}: {}", rendered.html);
    }
    assert!(rendered.sheet.contains(".mj-column-per-50{width:50% !important"), "{}", rendered.sheet);
    for part in ["Hello", "https://a.example/?x=1&y=2", "https://b.example", "Go"] {
        assert!(rendered.text.contains(part), "{part}: {}", rendered.text);
    }
    assert!(!rendered.text.contains('│') && !rendered.text.contains('─'), "no tables: {}", rendered.text);
    assert!(rendered.designed && !crate::markdown::render("x").designed);

    assert_eq!(links(text), ["https://a.example/?x=1&y=2", "https://b.example"]);
    let counted = render_counted(text, "https://www.house.example/l/n/").unwrap();
    assert!(counted.html.contains("https://www.house.example/l/n/0\"") && counted.html.contains("/l/n/1\""));
    assert_eq!(counted.text, rendered.text, "as plain text they stay");
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let cases = [
        (body("<mj-text>one</mj-text>\n<mj-raw><b>x</b></mj-raw>"), 6, Wrong::Element("mj-raw".to_owned())),
        (body("<mj-include path=\"/etc/passwd\" />"), 5, Wrong::Element("mj-include".to_owned())),
        (body("<mj-text><script>alert(1)</script></mj-text>"), 5, Wrong::Element("script".to_owned())),
        (body("<mj-text><iframe /></mj-text>"), 5, Wrong::Element("iframe".to_owned())),
        (body("<mj-section />"), 5, Wrong::Place("mj-section".to_owned())),
        (body("words"), 5, Wrong::Words),
        (body("<mj-text>one</mj-button>"), 5, Wrong::Closes("mj-button".to_owned())),
        (body("<mj-text>\n<b>one\n</mj-text>"), 7, Wrong::Closes("mj-text".to_owned())),
        (body("<mj-text css-class=\"x\">a</mj-text>"), 5, Wrong::Attribute("css-class".to_owned())),
        (body("<mj-text onclick=\"x\">a</mj-text>"), 5, Wrong::Attribute("onclick".to_owned())),
        (body("<mj-button href=\"javascript:alert(1)\">a</mj-button>"), 5, Wrong::Link),
        (body("<mj-button href=\"&#106;avascript:alert(1)\">a</mj-button>"), 5, Wrong::Link),
        (body("<mj-image src=\"https://elsewhere.example/p.png\" />"), 5, Wrong::Picture),
        (body("<mj-image\n src=\"//elsewhere.example/p.png\" />"), 6, Wrong::Picture),
        (body("<mj-text color=\"a>b\">a</mj-text>"), 5, Wrong::Value("color".to_owned())),
        (body("<mj-text color=red>a</mj-text>"), 5, Wrong::Tag),
        (body("<mj-text"), 6, Wrong::Tag),
        (body("<![CDATA[ x ]]>"), 5, Wrong::Tag),
        (body("<?xml version=\"1.0\"?>"), 5, Wrong::Tag),
        ("<mjml><mj-body>\n<mj-section>".to_owned(), 2, Wrong::Open("mj-section".to_owned())),
        ("<mjml></mjml>".to_owned(), 1, Wrong::Empty),
        (
            "<mjml><mj-head><mj-attributes>\n<mj-class color=\"red\" /></mj-attributes></mj-head></mjml>"
                .to_owned(),
            2,
            Wrong::Nameless,
        ),
        (String::new(), 1, Wrong::Empty),
        ("Hello".to_owned(), 1, Wrong::Words),
        (
            "<mjml><mj-head><mj-style>a{}</mj-style></mj-head></mjml>".to_owned(),
            1,
            Wrong::Element("mj-style".to_owned()),
        ),
        ("<mjml><mj-body></mj-body></mjml><mjml></mjml>".to_owned(), 1, Wrong::Place("mjml".to_owned())),
    ];
    for (text, line, what) in cases {
        assert_eq!(fault(&text), (line, what), "{text}");
    }
}

#[test]
fn depth_and_number_are_bounded_whatever_is_in_one_another() {
    for (open, close) in [("<div>", "</div>"), ("<b>", "</b>"), ("<span>", "</span>")] {
        let deep = format!("<mj-text>{}x{}</mj-text>", open.repeat(10_000), close.repeat(10_000));
        assert_eq!(fault(&body(&deep)).1, Wrong::Deep);
        let unclosed = format!("<mj-text>{}", open.repeat(10_000));
        assert_eq!(fault(&body(&unclosed)).1, Wrong::Deep);
    }
    assert_eq!(fault(&"<mjml>".repeat(10_000)).1, Wrong::Place("mjml".to_owned()));
    assert_eq!(fault(&body(&"<mj-spacer />".repeat(5_000))).1, Wrong::Many);
    assert!(render(&body(&"<mj-text>word</mj-text>".repeat(1_500))).is_ok());
    assert!(render(&body(&format!("<mj-text>{}</mj-text>", "<!-- x -->".repeat(5_000)))).is_ok());
}

#[test]
fn no_style_of_the_author_reaches_out_of_their_part() {
    let text = body(
        "<mj-text padding=\"0;position:fixed;top:0\" line-height=\"1;margin-bottom:-900px\">\
         <span style=\"position:absolute;display:none;background:url(/x);color:red\">a</span></mj-text>",
    );
    let html = render(&text).unwrap().html;
    for gone in ["position", "display:none", "url(", "-900px", "top:0"] {
        assert!(!html.contains(gone), "{gone}: {html}");
    }
    assert!(html.contains("color:red"), "{html}");
}

//! The second wall behind the renderer: of the page that it makes only the inside goes on, without comments, scripts and sheets; of styles
//! only those that change how an element itself looks. What lies outside of the author's part of a letter cannot be reached by them.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};

use ammonia::Builder;

/// The tags of a design: what the renderer makes, and what stands among words.
const TAGS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "div",
    "em",
    "h1",
    "h2",
    "h3",
    "hr",
    "i",
    "img",
    "li",
    "ol",
    "p",
    "s",
    "span",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
];
/// Those of them that only lay out: plain text has none.
const LAYOUT: &[&str] = &["span", "table", "tbody", "td", "th", "thead", "tr"];
const ATTRIBUTES: &[&str] = &[
    "align",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "class",
    "colspan",
    "height",
    "role",
    "rowspan",
    "style",
    "title",
    "valign",
    "width",
];

/// The properties of styles that stay.
const PROPERTIES: &[&str] = &[
    "background",
    "background-color",
    "border",
    "border-bottom",
    "border-collapse",
    "border-color",
    "border-left",
    "border-radius",
    "border-right",
    "border-spacing",
    "border-style",
    "border-top",
    "border-width",
    "color",
    "direction",
    "display",
    "font-family",
    "font-size",
    "font-style",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "margin",
    "max-width",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "table-layout",
    "text-align",
    "text-decoration",
    "text-transform",
    "vertical-align",
    "width",
    "word-break",
];
/// No length is greater, so that nothing is pushed out of sight.
const LONGEST: f64 = 1_000.0;
/// The units of lengths.
const UNITS: &[&str] = &["", "px", "%", "em", "rem", "pt"];

/// The class that the renderer gives columns, up to their width.
const COLUMN: &str = "mj-column-per-";

/// The inside of a rendered page; its links lead where `lead` says, or as they are written.
pub fn inside(page: &str, lead: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> String {
    let mut builder = base(TAGS.iter().copied());
    builder.add_generic_attributes(ATTRIBUTES).attribute_filter(move |element, attribute, value| {
        match (element, attribute) {
            ("img", "src") if !crate::markdown::is_own_picture(value) => None,
            ("a", "href") => Some(lead(value).map_or(Cow::Borrowed(value), Cow::Owned)),
            (_, "style") => Some(style(value)).filter(|style| !style.is_empty()).map(Cow::Owned),
            (_, "class") => value.split_whitespace().find(|class| width(class).is_some()).map(Cow::Borrowed),
            (_, "role") if value != "presentation" => None,
            (_, "width" | "height" | "border" | "cellpadding" | "cellspacing") if !is_length(value) => None,
            _ => Some(Cow::Borrowed(value)),
        }
    });
    builder.clean(page).to_string()
}

/// The same for plain text: without tables that only lay out, each cell is a part of its own.
pub fn for_text(inside: &str) -> String {
    let cells = inside.replace("<td", "<div").replace("</td>", "</div>");
    let tags = TAGS.iter().copied().filter(|tag| !LAYOUT.contains(tag));
    base(tags).clean(&cells.replace("<th", "<div").replace("</th>", "</div>")).to_string()
}

fn base(tags: impl Iterator<Item = &'static str>) -> Builder<'static> {
    let mut builder = Builder::default();
    builder
        .tags(tags.collect())
        .generic_attributes(HashSet::new())
        .tag_attributes([("a", HashSet::from(["href"])), ("img", HashSet::from(["src", "alt"]))].into())
        .clean_content_tags(HashSet::from(["script", "style", "title", "head", "noscript", "xml"]))
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .strip_comments(true);
    builder
}

/// The styles that stay.
fn style(value: &str) -> String {
    let kept = value.split(';').filter_map(|one| {
        let (name, value) = one.split_once(':')?;
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        (PROPERTIES.contains(&name.as_str()) && is_harmless(&name, value)).then(|| format!("{name}:{value}"))
    });
    kept.collect::<Vec<_>>().join(";")
}

fn is_harmless(name: &str, value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    // Neither an address nor an escape, and nothing that outweighs what the house says.
    let plain = |letter: char| letter.is_ascii_alphanumeric() || " #%.,'-()".contains(letter);
    if !lower.chars().all(plain)
        || lower.contains("url")
        || lower.contains("expression")
        || lower.contains("var(")
    {
        return false;
    }
    match name {
        "display" => ["block", "inline-block", "inline", "table"].contains(&lower.as_str()),
        _ => lower
            .split([' ', ',', '(', ')'])
            .all(|word| number(word).is_none_or(|n| (0.0..=LONGEST).contains(&n))),
    }
}

/// The number with which a word begins.
fn number(word: &str) -> Option<f64> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    if !digits.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.') {
        return None;
    }
    let end = digits.find(|letter: char| !letter.is_ascii_digit() && letter != '.').unwrap_or(digits.len());
    let (number, unit) = digits.split_at_checked(end)?;
    // A number with an exponent, or in a unit that is not known here, may be of any length.
    let number = if UNITS.contains(&unit) { number.parse::<f64>().unwrap_or(f64::MAX) } else { f64::MAX };
    Some(if digits.len() == word.len() { number } else { -number })
}

fn is_length(value: &str) -> bool {
    value == "auto" || number(value).is_some_and(|n| (0.0..=LONGEST).contains(&n)) && value.len() <= 8
}

/// The share of the width that a class of the renderer gives a column, e.g. `33.33` for `mj-column-per-33-33`.
fn width(class: &str) -> Option<f64> {
    let share = class.strip_prefix(COLUMN)?;
    if share.is_empty() || !share.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return None;
    }
    share.replacen('-', ".", 1).parse().ok().filter(|share| (1.0..=100.0).contains(share))
}

/// The sheet by which columns stand beside each other where there is room; written by the house, by the classes that are left.
pub fn sheet(inside: &str) -> String {
    let classes = inside.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let widths: BTreeMap<&str, f64> = classes.filter_map(|class| Some((class, width(class)?))).collect();
    let rules = widths
        .iter()
        .map(|(class, share)| format!(".{class}{{width:{share}% !important;max-width:{share}%}}"));
    let rules: String = rules.collect();
    if rules.is_empty() { rules } else { format!("@media only screen and (min-width:480px){{{rules}}}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_change_how_an_element_looks_and_nothing_else() {
        let kept = "color:#123456;padding:10px 25px;font-family:'Segoe UI', Arial;border-top:solid 4px #ccc";
        assert_eq!(style(kept), kept);
        for gone in [
            "position:fixed",
            "margin:-500px 0 0",
            "margin: 0 0 -500px",
            "padding-bottom:99999px",
            "padding:1e9px",
            "margin:90vh",
            "width:9in",
            "background:url(https://a.example/x.png)",
            "background:u\\72l(x)",
            "color:red !important",
            "display:none",
            "float:left",
            "z-index:9",
            "transform:scale(9)",
            "opacity:0",
            "width:expression(alert(1))",
            "color:var(--x)",
            "content:'x'",
            "font-size:9999px",
        ] {
            assert_eq!(style(gone), "", "{gone}");
        }
    }

    #[test]
    fn columns_have_the_width_that_the_renderer_gave_them() {
        assert_eq!((width("mj-column-per-50"), width("mj-column-per-33-33")), (Some(50.0), Some(33.33)));
        for wrong in ["mj-column-per-", "mj-column-per-500", "mj-column-per-5}", "mj-column-px-5", "x"] {
            assert_eq!(width(wrong), None, "{wrong}");
        }
        let sheet = sheet("<div class=\"mj-column-per-50\"></div><div class=\"mj-column-per-50\"></div>");
        assert_eq!(sheet.matches("width:50%").count(), 2, "{sheet}");
        assert!(super::sheet("<p>class=\"}x{\"</p>").is_empty());
    }
}

//! HTML from outside, made harmless: three walls, of which this is the first. The others are the policy of the page
//! it is served on (no script, no form, nothing loaded from elsewhere) and the sandbox of the frame.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use ammonia::{Builder, UrlRelative};

/// HTML that may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean {
    /// The HTML.
    pub html: String,
    /// Pictures that stand elsewhere and were left out.
    pub remote: usize,
}

/// Style that cannot load anything and cannot lay itself over other things.
const STYLE: [&str; 60] = [
    "background-color",
    "border",
    "border-bottom",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-radius",
    "border-right",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top",
    "border-top-color",
    "border-top-style",
    "border-top-width",
    "border-width",
    "clear",
    "color",
    "direction",
    "display",
    "float",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "margin",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "margin-top",
    "max-height",
    "max-width",
    "min-width",
    "padding",
    "padding-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
];

/// Cleans HTML. `pictures` leads from a Content-ID to the address of ours that serves it; pictures elsewhere are left
/// out and counted unless `remote` allows them.
pub fn sanitise(html: &str, pictures: BTreeMap<String, String>, remote: bool) -> Clean {
    let blocked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&blocked);
    let mut builder = Builder::default();
    builder
        .add_tags(["center", "font", "big", "u"])
        .rm_tags(["map", "area"])
        .add_generic_attributes(["align", "bgcolor", "color", "dir", "height", "style", "valign", "width"])
        .add_tag_attributes("table", ["border", "cellpadding", "cellspacing"])
        .add_tag_attributes("td", ["nowrap"])
        .add_tag_attributes("font", ["face", "size"])
        .add_tag_attributes("a", ["target"])
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "cid"]))
        // Addresses without a scheme fall to the filter below, which makes some of its own for pictures.
        .url_relative(UrlRelative::PassThrough)
        .set_tag_attribute_value("a", "target", "_blank")
        .link_rel(Some("noopener noreferrer nofollow"))
        .filter_style_properties(HashSet::from(STYLE))
        .attribute_filter(move |tag, name, value| match (tag, name) {
            ("img", "src") => picture(value, &pictures, remote, &count).map(Cow::Owned),
            (_, "src" | "cite" | "background" | "poster") => None,
            (_, "href") if !leads_out(value) => None,
            _ => Some(Cow::Borrowed(value)),
        });
    let html = builder.clean(html).to_string();
    Clean { html, remote: blocked.load(Ordering::Relaxed) }
}

/// Whether an address leads somewhere else than into our own pages.
fn leads_out(address: &str) -> bool {
    ["https://", "http://", "mailto:", "tel:"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}

fn picture(
    address: &str,
    pictures: &BTreeMap<String, String>,
    remote: bool,
    blocked: &AtomicUsize,
) -> Option<String> {
    let (scheme, rest) = address.split_once(':')?;
    if scheme.eq_ignore_ascii_case("cid") {
        return pictures.get(rest).cloned();
    }
    if remote {
        return Some(address.to_owned());
    }
    blocked.fetch_add(1, Ordering::Relaxed);
    None
}

//! Any message can be read in the webmail, and its HTML comes out harmless: no element or attribute that runs something
//! or loads from elsewhere, also when what came out is read again.
#![no_main]

use std::collections::BTreeMap;

use libfuzzer_sys::fuzz_target;
use mailkeep_web::webmail::reading::{find_file, plain_to_html, quote, read, sanitise};

fuzz_target!(|data: &[u8]| {
    let message = read(data);
    quote("", &message.plain());
    message.offered().for_each(|file| {
        let _ = find_file(data, &file.section).map(|file| file.bytes(data));
    });
    plain_to_html(&message.plain());
    harmless(&String::from_utf8_lossy(data));
    message.html.as_deref().map(harmless);
});

fn harmless(html: &str) {
    let clean = sanitise(html, BTreeMap::new(), false).html;
    let lower = clean.to_ascii_lowercase();
    for element in
        ["script", "style", "iframe", "object", "embed", "form", "base", "meta", "link", "svg", "math"]
    {
        // In texts and values `<` is written as a reference, so this could only be an element.
        assert!(
            !lower.contains(&format!("<{element}>")) && !lower.contains(&format!("<{element} ")),
            "{clean}"
        );
    }
    assert_eq!(sanitise(&clean, BTreeMap::new(), false).remote, 0, "{clean}");
}

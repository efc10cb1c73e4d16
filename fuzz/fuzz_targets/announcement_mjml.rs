//! Designs of announcements, as anybody might write them: what is taken comes out harmless, anything else names a line of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_web::mjml::{links, render, render_counted};

fuzz_target!(|text: &str| {
    if text.len() > 50_000 {
        return;
    }
    let rendered = match render(text) {
        Ok(rendered) => rendered,
        Err(fault) => {
            assert!(fault.line >= 1 && fault.line <= text.matches('\n').count() + 1);
            return;
        }
    };
    // Among words the sign is written as an entity, so what begins with it is a tag.
    for gone in ["<script", "<style", "<iframe", "<link", "<meta", "<!--"] {
        assert!(!rendered.html.contains(gone), "{gone}: {}", rendered.html);
    }
    for tag in rendered.html.split('<').skip(1).filter_map(|tag| tag.split('>').next()) {
        let style = tag.split("style=\"").nth(1).and_then(|style| style.split('"').next()).unwrap_or_default();
        assert!(!style.contains("url") && !style.contains("position") && !style.contains('!'), "{tag}");
        assert!(!tag.contains("href=\"javascript:") && !tag.contains("href=\"data:"), "{tag}");
    }
    let counted = render_counted(text, "https://www.house.example/l/n/a").expect("it was rendered before");
    assert_eq!(counted.text, rendered.text);
    assert!(links(text).iter().all(|link| link.starts_with("http")));
});

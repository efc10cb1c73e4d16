//! Any bytes have a structure whose parts lie within them, and are rendered without line breaks outside literals.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_protocols::imap::structure::{
    Kind, MAX_DEPTH, Part, SectionText, find_section, parse, render_body, render_bodystructure,
    render_envelope,
};

fuzz_target!(|data: &[u8]| {
    let message = parse(data);
    check(&message, data.len(), 0);
    for rendered in [render_envelope(data), render_body(data, &message), render_bodystructure(data, &message)]
    {
        assert!(rendered.starts_with(b"(") && rendered.ends_with(b")"));
        assert!(!rendered.contains(&0));
    }
    for path in [&[][..], &[1], &[1, 1], &[2], &[2, 1]] {
        for text in [None, Some(SectionText::Header), Some(SectionText::Text), Some(SectionText::Mime)] {
            if let Some(range) = find_section(&message, path, text.as_ref()) {
                assert!(data.get(range).is_some());
            }
        }
    }
});

fn check(part: &Part, length: usize, depth: usize) {
    assert!(depth <= MAX_DEPTH + 1);
    assert!(
        part.header_start <= part.body_start && part.body_start <= part.body_end && part.body_end <= length
    );
    match &part.kind {
        Kind::Leaf => {}
        Kind::Multipart(children) => children.iter().for_each(|child| check(child, length, depth + 1)),
        Kind::Message(inner) => check(inner, length, depth + 1),
    }
}

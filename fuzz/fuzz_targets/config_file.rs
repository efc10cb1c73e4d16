//! A damaged configuration is refused with sentences, or is one; never a panic. The bytes are edits of the example of the
//! manual: where, how many bytes go, what comes instead; and variables of the environment.
#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../crates/server/src/config/mod.rs"]
#[expect(dead_code, unused_imports, reason = "the program uses the rest")]
mod config;

const EXAMPLE: &str = include_str!("config_file.toml");

fuzz_target!(|edits: (Vec<(u16, u8, String)>, Vec<(String, String)>)| {
    let mut text = EXAMPLE.to_owned();
    for (at, gone, instead) in edits.0.iter().take(8) {
        let start = floor(&text, usize::from(*at) % (text.len() + 1));
        let end = floor(&text, start + usize::from(*gone));
        text.replace_range(start..end.max(start), instead);
    }
    let environment = edits.1.into_iter().take(4).map(|(name, value)| (format!("MAILKEEP__{name}"), value));
    if let Err(refused) = config::parse(&text, "mailkeep.toml", environment) {
        assert!(!refused.to_string().is_empty());
    }
});

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

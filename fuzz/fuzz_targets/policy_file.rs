//! A damaged policy file is refused with lines and reasons, or is a policy; never a panic. The bytes are edits of the
//! file that the program was built with: where, how many bytes go, what comes instead.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_policy::file::{BUILT_FILE, CompiledPolicy};

fuzz_target!(|edits: Vec<(u16, u8, String)>| {
    let mut text = BUILT_FILE.to_owned();
    for (at, gone, instead) in edits.iter().take(8) {
        let start = floor(&text, usize::from(*at));
        let end = floor(&text, start + usize::from(*gone));
        text.replace_range(start..end.max(start), instead);
    }
    match CompiledPolicy::compile_bounded(&text) {
        Ok(policy) => assert_eq!(policy.id_text().len(), 64),
        Err(refused) => assert!(!refused.to_string().is_empty()),
    }
});

fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

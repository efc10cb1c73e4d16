//! The first byte says in what chunks the rest arrives at the framer; whole commands go through the parser.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_protocols::imap::command::{Command, SearchKey};
use mailkeep_protocols::imap::{Event, Framer, Limits, SequenceSet, list_pattern, parse};

const LIMITS: Limits = Limits { line: 512, command: 2048, append: 4096 };

fuzz_target!(|data: &[u8]| {
    let Some((size, stream)) = data.split_first() else { return };
    let mut framer = Framer::default();
    for chunk in stream.chunks(usize::from(*size).max(1)) {
        framer.buffer().extend_from_slice(chunk);
        loop {
            match framer.next(&LIMITS) {
                Event::More => break,
                Event::Overflow => return,
                Event::Command(command) => read(&command),
                Event::Literal { length, .. } => assert!(length <= LIMITS.append),
                Event::TooLarge { tag } => assert!(tag.len() <= 64),
            }
        }
        assert!(framer.buffer().len() <= LIMITS.append + 2 * LIMITS.command + 512);
    }
});

fn read(command: &[u8]) {
    match parse(command) {
        Err(rejected) => {
            let text = rejected.bad.to_string();
            assert!(text.bytes().all(|b| (0x20..=0x7e).contains(&b)), "{text}");
        }
        Ok(request) => match request.command {
            Command::Fetch { set, .. } | Command::Store { set, .. } | Command::Copy { set, .. } => {
                use_set(&set)
            }
            Command::Search { search, .. } => use_key(&search.key),
            Command::List(list) => {
                for pattern in &list.patterns {
                    list_pattern::matches(pattern, "Archive/2026/INBOX", '/');
                }
            }
            Command::Append { message, .. } => assert!(command.get(message).is_some()),
            _ => {}
        },
    }
}

fn use_set(set: &SequenceSet) {
    let ranges = set.resolve(1000);
    assert!(ranges.windows(2).all(|w| w[0].end() < w[1].start()));
    set.exceeds(1000);
}

fn use_key(key: &SearchKey) {
    match key {
        SearchKey::And(keys) => keys.iter().for_each(use_key),
        SearchKey::Or(left, right) => {
            use_key(left);
            use_key(right);
        }
        SearchKey::Not(key) => use_key(key),
        SearchKey::Sequence(set) | SearchKey::Uid(set) => use_set(set),
        _ => {}
    }
}

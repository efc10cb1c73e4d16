//! The first byte says in what chunks the rest arrives at the line cutter; whole lines go through the command parser,
//! and answers of AUTH through theirs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_protocols::smtp::{Command, LineCutter, LineEvent, sasl};

const LIMIT: usize = 512;

fuzz_target!(|data: &[u8]| {
    let Some((size, stream)) = data.split_first() else { return };
    let mut cutter = LineCutter::new(LIMIT);
    for mut chunk in stream.chunks(usize::from(*size).max(1)) {
        while !chunk.is_empty() {
            let (taken, event) = cutter.take(chunk);
            assert!(taken > 0 && taken <= chunk.len());
            chunk = &chunk[taken..];
            if let LineEvent::Line(line) = event {
                assert!(line.len() <= LIMIT && !line.contains(&b'\n'));
                read(&line);
            }
        }
    }
});

fn read(line: &[u8]) {
    match Command::parse(line) {
        Ok(Command::Mail(Some(sender), _)) => {
            // What we would write as a command again must mean the same.
            let again = Command::parse(format!("MAIL FROM:<{sender}>").as_bytes());
            assert!(matches!(again, Ok(Command::Mail(Some(same), _)) if same == sender), "{sender}");
        }
        Ok(Command::Auth(_, Some(answer))) => {
            let _ = sasl::read_plain(&answer);
            let _ = sasl::read_login(&answer, &answer);
        }
        Ok(_) => {}
        Err(fault) => assert!(!fault.to_string().is_empty()),
    }
}

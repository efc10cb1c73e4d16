//! Letters that may bring DMARC or TLS reports are read within limits; what was read has a number and no more rows than are kept.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_mailbox::domain_reports::{About, MOST_SOURCES, looks_like_report, read_report};

fuzz_target!(|data: &[u8]| {
    let _ = looks_like_report(data);
    let mut letter = b"Content-Type: text/xml\r\n\r\n".to_vec();
    letter.extend_from_slice(data);
    for raw in [data, &letter] {
        let Some(report) = read_report(raw) else { continue };
        assert!(!report.number.is_empty());
        if let About::Mail { rows, .. } = report.about {
            // Each server, and the others together, with three dispositions and two answers each of SPF and DKIM.
            assert!(rows.len() <= (MOST_SOURCES + 1) * 12);
            assert!(rows.iter().all(|row| row.messages >= 0));
        }
    }
});

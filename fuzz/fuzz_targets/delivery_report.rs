//! Whatever comes back to us is read within limits, and only what names a failure has a cause.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mailkeep_protocols::reports::{Returned, classify, read_return};

fuzz_target!(|data: &[u8]| {
    let returned = read_return(data);
    match &returned {
        Returned::Failures(failures) => {
            assert!(!failures.is_empty() && failures.len() <= 100);
            assert!(returned.cause().is_some());
        }
        Returned::Complaint(_) | Returned::Other => assert!(returned.cause().is_none()),
    }
    classify(None, &String::from_utf8_lossy(data));
});

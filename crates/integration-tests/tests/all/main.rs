//! The real binary and its parts, driven from outside.

mod blobs_in_s3;

use std::path::PathBuf;

/// The Python with the clients of the tests. `./dev test` makes it; without it the test says so and is skipped.
fn python() -> Option<PathBuf> {
    let found = std::env::var_os("MAILKEEP_TEST_PYTHON").map(PathBuf::from);
    if found.is_none() {
        eprintln!("skipped: MAILKEEP_TEST_PYTHON is not set; ./dev test makes a Python with what is needed");
    }
    found
}

//! The ways round the gate that the compiler refuses. Each file is one attempt; its `.stderr` is the answer.
//!
//! After a change of the compiler's wording: `TRYBUILD=overwrite cargo test -p mailkeep-policy --test walls`, and read
//! the difference.

#[test]
fn bypasses_do_not_compile() {
    let cases = trybuild::TestCases::new();
    // The same steps, as they are meant: shows that the others fail for the reason they are about.
    cases.pass("tests/walls/as_meant.rs");
    cases.compile_fail("tests/walls/bypass_*.rs");
}

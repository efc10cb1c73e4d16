//! House rules that cargo cannot say. Run as `cargo run -p xtask -- tidy`.

fn main() {}

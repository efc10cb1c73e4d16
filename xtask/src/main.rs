//! House rules that cargo cannot say. Run as `cargo run -p xtask -- tidy`.

mod reviewed;
mod tidy;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("."));
    match std::env::args().nth(1).as_deref() {
        Some("tidy") => {
            let faults = tidy::look(root);
            for fault in &faults {
                eprintln!("{fault}");
            }
            println!("tidy: {} rules, {} faults", tidy::RULES.len() + 1, faults.len());
            if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        _ => {
            eprintln!("usage: cargo run -p xtask -- tidy");
            ExitCode::from(2)
        }
    }
}

//! `mailkeep policy check`

use std::path::Path;

use anyhow::Result;
use mailkeep_policy::checks::{Mark, check_static};

use super::{Which, compile};

/// Prints the mark of every promise; true when none is broken.
pub(super) async fn run(config: &Path, which: &Which) -> Result<bool> {
    let (text, name) = which.text(config)?;
    let policy = compile(&text, &name)?;
    let marks = check_static(&policy);
    if which.json {
        println!("{}", serde_json::to_string_pretty(&marks)?);
    } else {
        for checked in &marks {
            match &checked.mark {
                Mark::Proven => println!("{:4} PROVEN  {}", checked.promise, checked.check),
                Mark::Broken(why) => println!("{:4} BROKEN  {}: {why}", checked.promise, checked.check),
            }
        }
    }
    Ok(marks.iter().all(|checked| checked.mark == Mark::Proven))
}

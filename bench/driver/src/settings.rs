//! Words and `key=value` settings of the command line, and what all drivers report.

use std::collections::HashMap;
use std::time::Duration;

/// The command line.
pub struct Settings {
    words: Vec<String>,
    values: HashMap<String, String>,
}

impl Settings {
    /// Sorts the arguments into words and settings; a setting's key holds letters only, so that a password with `=` is
    /// a word.
    pub fn from_arguments(arguments: impl Iterator<Item = String>) -> Self {
        let mut settings = Settings { words: Vec::new(), values: HashMap::new() };
        for argument in arguments {
            match argument.split_once('=') {
                Some((key, value)) if key.bytes().all(|b| b.is_ascii_lowercase()) => {
                    settings.values.insert(key.to_owned(), value.to_owned());
                }
                _ => settings.words.push(argument),
            }
        }
        settings
    }

    /// The words in their order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// A setting.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.values.get(key).map(String::as_str)
    }

    /// A setting that is a number.
    pub fn number(&self, key: &str, default: usize) -> Result<usize, String> {
        self.text(key)
            .map_or(Ok(default), |value| value.parse().map_err(|_| format!("{key} must be a number")))
    }
}

/// Prints what was measured.
pub fn report(mut waits: Vec<Duration>, seconds: f64) {
    waits.sort_unstable();
    let at = |share: usize| {
        waits.get(waits.len() * share / 100).or(waits.last()).map_or(0.0, |w| w.as_secs_f64() * 1e3)
    };
    println!(
        "{{\"messages\": {}, \"seconds\": {seconds:.4}, \"rate\": {:.1}, \"median_ms\": {:.2}, \"p99_ms\": {:.2}, \"driver_processor_s\": {:.2}}}",
        waits.len(),
        waits.len() as f64 / seconds,
        at(50),
        at(99),
        processor_seconds()
    );
}

/// The processor time of this process in seconds; zero where there is no `/proc` (proc(5): fields 14 and 15, ticks).
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(')').next().unwrap_or("");
    after_name.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>()
        / 100.0
}

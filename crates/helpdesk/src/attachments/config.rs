//! How much may be sent with an entry.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Files that people send with what they write in tickets on our pages. Letters are as large as the mail server takes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AttachmentsConfig {
    /// The most bytes of one.
    pub most_bytes: usize,
    /// The most bytes of all that come at once.
    pub most_bytes_together: usize,
    /// How many may come at once.
    pub most: usize,
}

impl Default for AttachmentsConfig {
    fn default() -> Self {
        AttachmentsConfig { most_bytes: 10_000_000, most_bytes_together: 25_000_000, most: 10 }
    }
}

impl AttachmentsConfig {
    /// What is wrong with it: a sentence for each mistake.
    pub fn check(&self) -> Vec<String> {
        let mut faults = Vec::new();
        if self.most_bytes > self.most_bytes_together {
            faults.push("most_bytes: at most most_bytes_together".to_owned());
        }
        // A form is held in memory until it is written down.
        if self.most_bytes_together > 100_000_000 {
            faults.push("most_bytes_together: at most 100000000".to_owned());
        }
        if self.most > 50 {
            faults.push("most: at most 50".to_owned());
        }
        faults
    }
}

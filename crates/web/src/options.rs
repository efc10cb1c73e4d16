//! An option of a select field whose texts are made at run time.

use mailkeep_policy::Shown;
use serde::Serialize;

/// One option.
#[derive(Debug, Clone, Serialize)]
pub struct Choose {
    /// What the form sends.
    pub value: String,
    /// What it says.
    pub label: Shown<String>,
}

impl Choose {
    /// An option.
    pub fn new(value: impl Into<String>, label: impl Into<Shown<String>>) -> Self {
        Choose { value: value.into(), label: label.into() }
    }
}

//! An option of a select field whose texts are made at run time.

use serde::Serialize;

/// One option.
#[derive(Debug, Clone, Serialize)]
pub struct Choose {
    /// What the form sends.
    pub value: String,
    /// What it says.
    pub label: String,
}

impl Choose {
    /// An option.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Choose { value: value.into(), label: label.into() }
    }
}

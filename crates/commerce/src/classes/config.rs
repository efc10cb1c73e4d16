//! Classes as the operator writes them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ClassLimits;
use crate::catalogue::price_config::is_key;
use crate::config::ConfigProblem;

/// A class of service.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClassConfig {
    /// A short word that names it for ever, e.g. `business`; plans name it so.
    pub key: String,
    /// What staff and administrators read.
    pub name: String,
    /// What each mailbox is granted.
    pub limits: ClassLimits,
}

/// Every mistake in the classes.
pub(crate) fn check_classes(classes: &[ClassConfig]) -> Vec<ConfigProblem> {
    let mut problems = Vec::new();
    for (index, class) in classes.iter().enumerate() {
        let mut add = |at: &str, message: &str| {
            problems.push(ConfigProblem::at(format!("commerce.class.{}.{at}", class.key), message));
        };
        if !is_key(&class.key) {
            add("key", "write 1 to 32 small letters, digits and hyphens");
        }
        if classes.iter().take(index).any(|other| other.key == class.key) {
            add("key", "another class has this key; every class needs its own");
        }
        if class.name.trim().is_empty() {
            add("name", "write the name that staff and administrators read");
        }
        for (key, message) in class.limits.problems() {
            add(&format!("limits.{key}"), message);
        }
    }
    problems
}

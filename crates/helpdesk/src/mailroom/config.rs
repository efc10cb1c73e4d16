//! The departments as the operator writes them.

use mailkeep_types::EmailAddress;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Department;
use crate::attachments::{AttachmentsConfig, ScannerConfig};
use crate::tickets::PRIVACY;

/// The Help Desk's mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct HelpdeskConfig {
    /// The departments that are written to, besides the privacy desk. Without any, `web.support_email` is the department `support` and abuse@ its domain (RFC
    /// 2142) the department `abuse`. Their addresses must lead to this server (MX); one that is a mailbox or a list here stays that.
    #[serde(rename = "department")]
    pub departments: Vec<DepartmentConfig>,
    /// For so many days after its end an answer opens a ticket again; later it begins a new one.
    pub reopen_days: u32,
    /// Files that come with what is written on our pages.
    pub attachments: AttachmentsConfig,
    /// Who scans files for viruses.
    pub scanner: ScannerConfig,
}

/// A department.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DepartmentConfig {
    /// Its name: small letters, digits, hyphens.
    pub name: String,
    /// Its address, e.g. `support@example.com`. The part before the `@` may have 21 characters at most, so that a token has room
    /// beside it.
    pub address: String,
}

impl Default for HelpdeskConfig {
    fn default() -> Self {
        HelpdeskConfig {
            departments: Vec::new(),
            reopen_days: 14,
            attachments: AttachmentsConfig::default(),
            scanner: ScannerConfig::default(),
        }
    }
}

/// A local part has room for 64 bytes, 43 of which a token takes with its plus sign.
const LONGEST_LOCAL: usize = 21;

/// The departments of a house that wrote none.
fn usual(support: &str) -> Vec<DepartmentConfig> {
    let department =
        |name: &str, address: &str| DepartmentConfig { name: name.to_owned(), address: address.to_owned() };
    let mut usual = vec![department("support", support)];
    if let Some((_, domain)) =
        support.rsplit_once('@').filter(|(local, _)| !local.eq_ignore_ascii_case("abuse"))
    {
        usual.push(department("abuse", &format!("abuse@{domain}")));
    }
    usual
}

impl HelpdeskConfig {
    /// The departments, with `support` at this address and `abuse` in its domain where none is written, and the privacy desk, whose address the policy
    /// names; without it, to see whether the rest is right.
    ///
    /// # Errors
    /// A sentence for each mistake.
    pub fn read(&self, support: &str, privacy: Option<EmailAddress>) -> Result<Vec<Department>, Vec<String>> {
        let mut read: Vec<Department> = Vec::new();
        let mut faults = Vec::new();
        let usual = usual(support);
        let written = if self.departments.is_empty() { &usual[..] } else { &self.departments[..] };
        for one in written {
            let DepartmentConfig { name, address } = one;
            let well = (1..=40).contains(&name.len())
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
            if name == PRIVACY {
                faults.push(format!(
                    "“{name}”: the privacy desk has the address that the privacy policy names"
                ));
            }
            if !well {
                faults.push(format!("“{name}”: name a department with small letters, digits and hyphens"));
            }
            match EmailAddress::parse(address) {
                Ok(address) if address.local().len() > LONGEST_LOCAL || address.local().contains('+') => {
                    faults.push(format!(
                        "{address}: at most {LONGEST_LOCAL} characters and no plus sign before the @"
                    ))
                }
                Ok(address) => read.push(Department { name: name.clone(), address }),
                Err(error) => faults.push(format!("{address}: {error}")),
            }
        }
        read.extend(privacy.map(Department::privacy));
        for (place, one) in read.iter().enumerate() {
            let before = read.get(..place).unwrap_or_default();
            if before.iter().any(|other| other.name == one.name || other.address == one.address) {
                faults.push(format!("{} <{}> is there twice", one.name, one.address));
            }
        }
        if faults.is_empty() { Ok(read) } else { Err(faults) }
    }
}

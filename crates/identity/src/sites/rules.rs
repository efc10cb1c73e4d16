//! What the registration of a site may hold. Each refusal is a sentence for its field.

use mailkeep_policy::{CategoryId, Policy};
use mailkeep_protocols::openid::addresses;

use crate::error::IdentityError;
use crate::persons::check_name;

/// So many addresses are more than any site needs.
const MOST_ADDRESSES: usize = 20;

/// A registration as staff write it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteForm {
    /// What persons know it by.
    pub title: String,
    /// Its first page.
    pub home: String,
    /// As which recipient of the policy file it is registered.
    pub listed_as: String,
    /// The categories it may receive, in the words of the policy file.
    pub categories: Vec<String>,
    /// Whether it is to know people by their Registration ID.
    pub numbered: bool,
    /// Whether it keeps a secret. Read when it is registered, and never changed.
    pub confidential: bool,
    /// Where persons are sent back to: one in a line.
    pub addresses: String,
    /// Where they are sent back to after signing out: one in a line, or none.
    pub signed_out_addresses: String,
    /// Where it is told that somebody was signed out: at a host of its own; empty when it does not want to be.
    pub told_at: String,
}

/// A registration that was looked at.
#[derive(Debug, Clone)]
pub(super) struct Checked {
    pub title: String,
    pub home: String,
    pub listed_as: String,
    pub categories: Vec<CategoryId>,
    pub numbered: bool,
    pub confidential: bool,
    pub addresses: Vec<String>,
    pub signed_out_addresses: Vec<String>,
    pub told_at: Option<String>,
}

impl SiteForm {
    /// Looks at every field; the policy in force says what the site may have.
    pub(super) fn check(self, policy: &Policy) -> Result<Checked, IdentityError> {
        let title = check_name("title", &self.title)?;
        let home = self.home.trim().to_owned();
        addresses::check(&home).map_err(|fault| refuse("home", &fault.to_string()))?;
        let Some(terms) = policy.compiled().terms_of_site(&self.listed_as) else {
            return Err(refuse("listed_as", "choose one of the recipients that the policy lists as sites"));
        };
        let mut categories = Vec::new();
        for word in &self.categories {
            match CategoryId::from_id(word).filter(|category| terms.categories.contains(category)) {
                Some(category) => categories.push(category),
                None => {
                    let why = format!("the policy does not let “{}” receive “{word}”", terms.id);
                    return Err(refuse("categories", &why));
                }
            }
        }
        categories.sort_unstable();
        categories.dedup();
        if self.numbered && !terms.registration_id {
            let why = format!("the policy does not let “{}” have the Registration ID", terms.id);
            return Err(refuse("numbered", &why));
        }
        let addresses = lines("addresses", &self.addresses, true)?;
        let told_at = told_at(&self.told_at, &home, &addresses)?;
        Ok(Checked {
            title,
            home,
            listed_as: self.listed_as,
            categories,
            numbered: self.numbered,
            confidential: self.confidential,
            addresses,
            told_at,
            signed_out_addresses: lines("signed_out_addresses", &self.signed_out_addresses, false)?,
        })
    }
}

/// The address at which a site is told something: at a host to which persons go themselves, so that nobody is made to call
/// others.
fn told_at(text: &str, home: &str, addresses: &[String]) -> Result<Option<String>, IdentityError> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    addresses::check(text).map_err(|fault| refuse("told_at", &fault.to_string()))?;
    let mut own = addresses.iter().map(String::as_str).chain([home]).filter_map(addresses::host_of);
    if own.any(|host| addresses::host_of(text) == Some(host)) {
        return Ok(Some(text.to_owned()));
    }
    Err(refuse(
        "told_at",
        "choose an address at a host of the first page or of an address to which persons are sent back",
    ))
}

fn lines(field: &'static str, text: &str, needed: bool) -> Result<Vec<String>, IdentityError> {
    let mut found: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        addresses::check(line).map_err(|fault| refuse(field, &format!("{line}: {fault}")))?;
        if !found.iter().any(|known| known == line) {
            found.push(line.to_owned());
        }
    }
    match found.len() {
        0 if needed => Err(refuse(field, "name at least one address to which persons are sent back")),
        MOST_ADDRESSES.. => Err(refuse(field, "name fewer than 20 addresses")),
        _ => Ok(found),
    }
}

fn refuse(field: &'static str, why: &str) -> IdentityError {
    let mut chars = why.chars();
    let first: String = chars.next().map(|letter| letter.to_uppercase().collect()).unwrap_or_default();
    IdentityError::field(field, "site_invalid", format!("{first}{}.", chars.as_str()))
}

//! Lists in a folder, with their manifest.
//!
//! | file | a line holds |
//! |---|---|
//! | of domains | one domain in small ASCII letters |
//! | of networks | first address, last address, `anonymous`, `tor` or `hosting` |
//! | of countries | first address, last address, two letters (ISO 3166) |

use std::net::IpAddr;
use std::path::Path;

use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Domains, ListKind, Lists, Networks, built_in};

/// The manifest's name in the folder.
pub const MANIFEST: &str = "manifest.toml";
/// No list that we know of comes near this size; a larger file is a mistake.
const LARGEST_FILE: u64 = 128 * 1024 * 1024;

/// Why lists cannot be used; for the operator.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {why}")]
pub struct ListFault {
    /// The file.
    pub file: String,
    /// What is wrong with it.
    pub why: String,
}

impl ListFault {
    fn new(file: &str, why: impl ToString) -> Self {
        ListFault { file: file.to_owned(), why: why.to_string() }
    }
}

/// What the folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The lists.
    #[serde(default, rename = "list")]
    pub lists: Vec<Entry>,
}

/// One list of the folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// `disposable`, `disposable_rumour`, `free_mail`, `networks` or `countries`.
    pub kind: Kind,
    /// Its file in the folder.
    pub file: String,
    /// From when it is, e.g. `2026-11-01`.
    pub date: String,
    /// The SHA-256 of the file, in hexadecimal.
    pub sha256: String,
    /// Where it comes from, with its licence.
    pub source: String,
}

/// What a file of the folder is a list of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Throw-away mail domains, looked at by somebody.
    Disposable,
    /// Throw-away mail domains, gathered from other lists.
    DisposableRumour,
    /// Mail domains that give an address to anybody.
    FreeMail,
    /// Networks of servers, and such that hide where people are.
    Networks,
    /// Countries of networks.
    Countries,
}

/// The SHA-256 as the manifest writes it.
pub fn sha256_of(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// The manifest of a folder; `None` where there is none.
///
/// # Errors
/// [`ListFault`] when there is one that cannot be read.
pub fn manifest(folder: &Path) -> Result<Option<Manifest>, ListFault> {
    match std::fs::read_to_string(folder.join(MANIFEST)) {
        Ok(text) => {
            toml::from_str(&text).map(Some).map_err(|error| ListFault::new(MANIFEST, error.message()))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ListFault::new(MANIFEST, error)),
    }
}

/// Reads the lists of a folder. A kind that the folder does not hold is the built-in one's.
///
/// # Errors
/// [`ListFault`] for the first file that is not what the manifest says, or that holds what is no entry.
pub fn load(folder: &Path) -> Result<Lists, ListFault> {
    let mut lists = Lists::built_in();
    for entry in manifest(folder)?.unwrap_or_default().lists {
        let text = checked(folder, &entry)?;
        let lines = || text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
        let fault = |line: &str| ListFault::new(&entry.file, format!("“{line}” is no entry of such a list"));
        let date = entry.date.clone();
        match entry.kind {
            Kind::Disposable | Kind::DisposableRumour | Kind::FreeMail => {
                let names = lines().map(|line| match crate::config::is_domain(line) {
                    true => Ok(Box::from(line)),
                    false => Err(fault(line)),
                });
                let list = Domains { date, names: names.collect::<Result<_, _>>()? };
                match entry.kind {
                    Kind::DisposableRumour => lists.rumoured = list,
                    Kind::FreeMail => lists.free_mail = list,
                    _ => lists.disposable = list,
                }
            }
            Kind::Networks => {
                let ranges = lines().map(|line| range(line, network_kind).ok_or_else(|| fault(line)));
                lists.networks = Networks::new(ranges.collect::<Result<Vec<_>, _>>()?);
                lists.networks_date = date;
            }
            Kind::Countries => {
                let ranges = lines().map(|line| range(line, country).ok_or_else(|| fault(line)));
                lists.countries = Networks::new(ranges.collect::<Result<Vec<_>, _>>()?);
                lists.countries_date = date;
            }
        }
    }
    // What gives throw-away addresses is no ordinary free mail, whatever the other list says.
    let Lists { disposable, rumoured, free_mail, .. } = &mut lists;
    let throw_away = |name: &str| disposable.names.contains(name) || rumoured.names.contains(name);
    free_mail.names.retain(|name| !throw_away(name) || built_in::FREE_MAIL.contains(&&**name));
    Ok(lists)
}

/// The text of a file that is what the manifest says.
fn checked(folder: &Path, entry: &Entry) -> Result<String, ListFault> {
    let fault = |why: &dyn ToString| ListFault::new(&entry.file, why.to_string());
    // The manifest is the operator's own; a name with a path in it is a mistake all the same.
    if Path::new(&entry.file).components().count() != 1 || entry.file.starts_with('.') {
        return Err(fault(&"must be a file of the folder itself"));
    }
    let path = folder.join(&entry.file);
    let size = std::fs::metadata(&path).map_err(|error| fault(&error))?.len();
    if size > LARGEST_FILE {
        return Err(fault(&"is too large for a list"));
    }
    let bytes = std::fs::read(&path).map_err(|error| fault(&error))?;
    if sha256_of(&bytes) != entry.sha256 {
        return Err(fault(&"is not the file that the manifest names: its SHA-256 differs"));
    }
    String::from_utf8(bytes).map_err(|_| fault(&"is not text in UTF-8"))
}

/// Reads first address, last address and a word.
fn range<T>(line: &str, read: fn(&str) -> Option<T>) -> Option<(IpAddr, IpAddr, T)> {
    let mut parts = line.split(',');
    let (first, last) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let value = read(parts.next()?)?;
    parts.next().is_none().then_some((first, last, value))
}

fn network_kind(word: &str) -> Option<ListKind> {
    [ListKind::Anonymous, ListKind::Tor, ListKind::Hosting].into_iter().find(|kind| kind.word() == word)
}

fn country(code: &str) -> Option<[u8; 2]> {
    crate::config::is_country_code(code).then(|| code.as_bytes().try_into().ok()).flatten()
}

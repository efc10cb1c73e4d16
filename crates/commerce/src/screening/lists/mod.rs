//! What others know of mail domains and networks: lists with the date on which they were made.
//!
//! The program carries small lists of its own ([`built_in`]). An operator fetches larger ones into a folder
//! (`mailkeep screening lists update`): plain files, and a manifest that says for each what it is, from when, where it
//! comes from and which SHA-256 it has. The folder is read again when its manifest changes. A file that is not what the
//! manifest says makes the lists unreadable, and then no order is accepted without a person.

pub mod built_in;
pub mod folder;
mod networks;
mod source;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::net::IpAddr;

pub use networks::Networks;
use serde::{Deserialize, Serialize};
pub use source::ListSource;

/// What a list says of its entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListKind {
    /// Mail domains of throw-away addresses, each looked at by somebody.
    Disposable,
    /// The same, gathered from other lists: weaker evidence.
    DisposableRumour,
    /// Mail domains that give an address to anybody.
    FreeMail,
    /// Networks that hide where people are.
    Anonymous,
    /// Exits of Tor.
    Tor,
    /// Networks of servers.
    Hosting,
    /// In which country a network is registered.
    Countries,
}

impl ListKind {
    /// The word of the manifest.
    pub const fn word(self) -> &'static str {
        match self {
            ListKind::Disposable => "disposable",
            ListKind::DisposableRumour => "disposable_rumour",
            ListKind::FreeMail => "free_mail",
            ListKind::Anonymous => "anonymous",
            ListKind::Tor => "tor",
            ListKind::Hosting => "hosting",
            ListKind::Countries => "countries",
        }
    }
}

/// That a list has something of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listing {
    /// What the list says.
    pub kind: ListKind,
    /// Where the entry was found.
    pub of: Listed,
    /// The entry, e.g. the domain.
    pub value: String,
    /// The date of the list.
    pub date: String,
}

/// What of an order a list has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listed {
    /// The domain of the mail address.
    MailDomain,
    /// A mail exchanger of that domain.
    Exchanger,
    /// The network that the order came from.
    Network,
}

/// The country of a network.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located {
    /// Two letters (ISO 3166).
    pub country: String,
    /// The date of the table.
    pub date: String,
}

/// A list of domains with its date.
#[derive(Debug, Clone, Default)]
struct Domains {
    date: String,
    names: HashSet<Box<str>>,
}

impl Domains {
    /// The entry that is `domain` or a domain above it.
    fn entry(&self, domain: &str) -> Option<&str> {
        let mut rest = Some(domain);
        while let Some(name) = rest {
            if let Some(entry) = self.names.get(name) {
                return Some(entry);
            }
            rest = name.split_once('.').map(|(_, above)| above);
        }
        None
    }
}

/// Every list.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    disposable: Domains,
    rumoured: Domains,
    free_mail: Domains,
    networks: Networks<ListKind>,
    networks_date: String,
    countries: Networks<[u8; 2]>,
    countries_date: String,
}

impl Lists {
    /// The lists that the program carries.
    pub fn built_in() -> Self {
        let domains = |names: &[&str]| Domains {
            date: built_in::LISTS_DATE.to_owned(),
            names: names.iter().map(|name| Box::from(*name)).collect(),
        };
        Lists {
            disposable: domains(built_in::DISPOSABLE),
            free_mail: domains(built_in::FREE_MAIL),
            ..Lists::default()
        }
    }

    /// What the lists say of a mail domain. Throw-away domains count as nothing else.
    pub fn of_mail_domain(&self, domain: &str) -> Option<Listing> {
        let listed = |kind, list: &Domains| {
            list.entry(domain).map(|entry| Listing {
                kind,
                of: Listed::MailDomain,
                value: entry.to_owned(),
                date: list.date.clone(),
            })
        };
        listed(ListKind::Disposable, &self.disposable)
            // Lists that were gathered hold large providers by mistake: whoever is known to be one is not rumoured.
            .or_else(|| listed(ListKind::FreeMail, &self.free_mail))
            .or_else(|| listed(ListKind::DisposableRumour, &self.rumoured))
    }

    /// Whether a mail exchanger belongs to a throw-away domain.
    pub fn of_exchanger(&self, host: &str) -> Option<Listing> {
        self.disposable.entry(host).map(|entry| Listing {
            kind: ListKind::Disposable,
            of: Listed::Exchanger,
            value: entry.to_owned(),
            date: self.disposable.date.clone(),
        })
    }

    /// What the lists say of a network. The entry is not kept: the kind is what matters.
    pub fn of_network(&self, address: IpAddr) -> Option<Listing> {
        self.networks.find(address).map(|kind| Listing {
            kind: *kind,
            of: Listed::Network,
            value: String::new(),
            date: self.networks_date.clone(),
        })
    }

    /// The country that a network is registered in.
    pub fn country_of(&self, address: IpAddr) -> Option<Located> {
        let code = self.countries.find(address)?;
        let country = std::str::from_utf8(code).ok()?.to_owned();
        Some(Located { country, date: self.countries_date.clone() })
    }

    /// How many entries there are of each kind, with the date of the list: for the operator.
    pub fn counts(&self) -> Vec<(&'static str, usize, &str)> {
        vec![
            ("disposable", self.disposable.names.len(), &self.disposable.date),
            ("disposable_rumour", self.rumoured.names.len(), &self.rumoured.date),
            ("free_mail", self.free_mail.names.len(), &self.free_mail.date),
            ("networks", self.networks.len(), &self.networks_date),
            ("countries", self.countries.len(), &self.countries_date),
        ]
    }
}

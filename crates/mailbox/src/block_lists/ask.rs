//! Asking the lists, from time to time, by a job.

use std::net::IpAddr;
use std::time::Duration;

use super::{Listing, store};
use crate::deliveries::store::egresses;
use crate::dns::{DnsError, Resolver};
use crate::error::Result;
use crate::post_office::PostOffice;

/// Addresses from which nothing went for so long are not asked for any more, unless the configuration names them.
const USED: Duration = Duration::from_secs(7 * 24 * 3600);
/// So many addresses are asked for.
const MOST: usize = 32;

/// What a list answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said {
    /// The address stands there.
    Listed(String),
    /// It does not.
    Clear,
    /// There is no answer to be had; why.
    Nothing(String),
}

/// The name under which a list is asked for an address.
pub(super) fn question(list: &str, address: IpAddr) -> String {
    let reversed = match address {
        IpAddr::V4(four) => four.octets().iter().rev().map(u8::to_string).collect::<Vec<_>>().join("."),
        IpAddr::V6(six) => {
            let nibbles = six.octets().into_iter().rev().flat_map(|byte| [byte & 15, byte >> 4]);
            nibbles.map(|nibble| format!("{nibble:x}")).collect::<Vec<_>>().join(".")
        }
    };
    format!("{reversed}.{}", list.trim_matches('.'))
}

/// What an answer means. Lists answer 127.0.0.0/8; 127.255.255.0/24 says that they do not talk to whoever asked, and anything else comes from a
/// list that ended, or from a name server that makes up answers.
pub(super) fn meaning(answer: std::result::Result<Vec<IpAddr>, DnsError>) -> Said {
    let found = match answer {
        Ok(found) => found,
        Err(DnsError::NoSuchName | DnsError::NoRecords) => return Said::Clear,
        Err(DnsError::Failed(why)) => return Said::Nothing(why),
    };
    let codes = found.iter().filter_map(|address| match address {
        IpAddr::V4(four) if four.octets()[0] == 127 => Some(*four),
        _ => None,
    });
    let mut codes: Vec<_> = codes.collect();
    codes.sort_unstable();
    match codes.first() {
        Some(code) if code.octets()[1..3] == [255, 255] => {
            Said::Nothing(format!("the list does not answer whoever asks this way ({code})"))
        }
        Some(code) => Said::Listed(code.to_string()),
        None => Said::Nothing("the answer is none of a block list".to_owned()),
    }
}

/// Whether other servers can know an address at all.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(four) => {
            !(four.is_private() || four.is_loopback() || four.is_link_local() || four.is_unspecified())
        }
        IpAddr::V6(six) => {
            !(six.is_loopback()
                || six.is_unspecified()
                || six.is_unique_local()
                || six.is_unicast_link_local())
        }
    }
}

impl PostOffice {
    /// Asks every list for every address of ours, and tells the operator's log what is new.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn ask_block_lists(&self, resolver: &dyn Resolver) -> Result<()> {
        let lists = self.settings().block_lists.clone();
        let kept = lists.clone();
        if lists.is_empty() {
            return Ok(self.db().write(move |tx| store::keep(tx, &kept, &[])).await?);
        }
        let addresses = self.asked_addresses().await?;
        let texts: Vec<String> = addresses.iter().map(IpAddr::to_string).collect();
        self.db().write(move |tx| store::keep(tx, &kept, &texts)).await?;
        for list in &lists {
            for address in &addresses {
                let said = meaning(resolver.addresses(&question(list, *address)).await);
                self.note_listing(list.clone(), *address, said).await?;
            }
        }
        Ok(())
    }

    /// The addresses that are asked for: those of the configuration, and those from which mail went.
    async fn asked_addresses(&self) -> Result<Vec<IpAddr>> {
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        let used = self.db().read(move |tx| egresses(tx, tx.now().minus(USED), most)).await?;
        let used = used.iter().filter_map(|address| address.parse().ok()).filter(|one| is_public(*one));
        let mut addresses: Vec<IpAddr> = self.settings().own_addresses.clone();
        addresses.extend(used);
        addresses.sort_unstable();
        addresses.dedup();
        addresses.truncate(MOST);
        Ok(addresses)
    }

    async fn note_listing(&self, list: String, address: IpAddr, said: Said) -> Result<()> {
        let (name, text, written) = (list.clone(), address.to_string(), said.clone());
        let write = self.db().write(move |tx| match &written {
            Said::Listed(answer) => store::answer(tx, &name, &text, Some(answer)),
            Said::Clear => store::answer(tx, &name, &text, None),
            Said::Nothing(_) => store::failed(tx, &name, &text).map(|()| false),
        });
        let changed = write.await?;
        match said {
            Said::Listed(answer) if changed => {
                tracing::warn!(%list, %address, %answer, "an address of ours stands on a block list; see what its operator asks for, and who sends what");
            }
            Said::Clear if changed => {
                tracing::info!(%list, %address, "an address of ours stands on a block list no more");
            }
            Said::Nothing(why) => tracing::debug!(%list, %address, %why, "a block list gave no answer"),
            Said::Listed(_) | Said::Clear => {}
        }
        Ok(())
    }

    /// What the lists said when they were last asked, what is listed first.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn block_listings(&self) -> Result<Vec<Listing>> {
        Ok(self.db().read(store::all).await?)
    }
}

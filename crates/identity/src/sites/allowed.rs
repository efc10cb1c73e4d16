//! What a site may be passed now: what it was registered for, as far as the policy in force still says so.

use mailkeep_policy::Policy;
use mailkeep_protocols::openid::addresses;

use super::{Share, Site};

impl Site {
    /// The hosts to which it sends persons: of its first page and of where they come back.
    pub fn hosts(&self) -> Vec<String> {
        let own = self.addresses.iter().chain([&self.home]);
        let mut hosts: Vec<String> =
            own.filter_map(|address| addresses::host_of(address)).map(str::to_ascii_lowercase).collect();
        hosts.sort_unstable();
        hosts.dedup();
        hosts
    }

    /// What may be passed to it.
    pub fn may_receive(&self, policy: &Policy) -> Vec<Share> {
        let Some(terms) = policy.compiled().terms_of_site(&self.listed_as) else { return Vec::new() };
        let fits = |share: &&Share| {
            let category = share.category();
            self.categories.contains(&category) && terms.categories.contains(&category)
        };
        Share::ALL.iter().filter(fits).copied().collect()
    }

    /// Whether it knows people by their Registration ID.
    pub fn knows_number(&self, policy: &Policy) -> bool {
        let terms = policy.compiled().terms_of_site(&self.listed_as);
        self.numbered && terms.is_some_and(|terms| terms.registration_id)
    }

    /// Whether the policy in force knows sites of its kind at all.
    pub fn is_known(&self, policy: &Policy) -> bool {
        policy.compiled().terms_of_site(&self.listed_as).is_some()
    }
}

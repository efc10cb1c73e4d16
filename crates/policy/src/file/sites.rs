//! What the file lets sites have that persons sign in to with their Registration ID.

use super::CompiledPolicy;
use crate::table::{CellKey, FactSet};
use crate::vocabulary::{Act, CategoryId, FactKind, PurposeId, Role};

/// One of the recipients of the file as which a site can be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteTerms {
    /// Its word.
    pub id: String,
    /// Who it is, in the words of the file.
    pub words: String,
    /// What may be passed to it, in the order of the file's categories: what is listed for it and allowed by a rule.
    pub categories: Vec<CategoryId>,
    /// Whether it may know people by their Registration ID.
    pub registration_id: bool,
}

impl CompiledPolicy {
    /// Every recipient as which a site can be registered, in the order of the file.
    pub fn site_terms(&self) -> Vec<SiteTerms> {
        let sites = self.raw.recipient.iter().filter(|recipient| recipient.kind == "site");
        let terms = sites.map(|recipient| {
            let purpose = recipient.purposes.iter().any(|purpose| purpose == PurposeId::Prefill.id());
            let passed = |category: &&CategoryId| {
                let key = CellKey {
                    purpose: PurposeId::Prefill,
                    category: **category,
                    role: Role::System,
                    act: Act::Disclose,
                };
                purpose
                    && recipient.categories.iter().any(|listed| listed == category.id())
                    && self.table.decide(key, FactSet::one(FactKind::SiteConsent)).is_ok()
            };
            SiteTerms {
                id: recipient.id.get_ref().clone(),
                words: recipient.words.clone(),
                categories: CategoryId::ALL.iter().filter(passed).copied().collect(),
                registration_id: recipient.registration_id,
            }
        });
        terms.collect()
    }

    /// What the file says of sites of this kind; `None` when it does not know the kind, or knows it no longer.
    pub fn terms_of_site(&self, recipient: &str) -> Option<SiteTerms> {
        self.site_terms().into_iter().find(|terms| terms.id == recipient)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::file::BUILT_FILE;

    fn terms(text: &str, id: &str) -> Option<SiteTerms> {
        CompiledPolicy::compile(text).unwrap_or_else(|error| panic!("{error}")).terms_of_site(id)
    }

    #[test]
    fn a_site_may_have_what_its_recipient_lists_and_a_rule_allows() {
        use CategoryId::{Contact, Identity, Postal};
        let own = terms(BUILT_FILE, "own-sites").unwrap();
        assert_eq!((own.categories, own.registration_id), (vec![Identity, Contact, Postal], true));
        let other = terms(BUILT_FILE, "other-sites").unwrap();
        assert_eq!((other.categories, other.registration_id), (vec![Identity, Contact], false));
        assert_eq!(terms(BUILT_FILE, "card-processor"), None, "a processor is no site");
    }

    #[test]
    fn what_the_file_takes_away_is_passed_no_longer() {
        let listed = "purposes = [\"prefill\"]\ncategories = [\"identity\", \"contact\", \"postal\"]\n";
        let fewer = "purposes = [\"prefill\"]\ncategories = [\"identity\"]\n";
        let recipient = BUILT_FILE.replace(listed, fewer);
        assert_eq!(terms(&recipient, "own-sites").unwrap().categories, [CategoryId::Identity]);
        // The list of the recipient is no rule: without one nothing is passed.
        let rule = "categories = [\"identity\", \"contact\", \"postal\"]\nroles = [\"system\"]\nacts = [\"disclose\"]";
        let silent = BUILT_FILE
            .replace(rule, "categories = [\"identity\"]\nroles = [\"system\"]\nacts = [\"disclose\"]");
        assert_ne!(silent, BUILT_FILE);
        assert_eq!(terms(&silent, "own-sites").unwrap().categories, [CategoryId::Identity]);
        let number = BUILT_FILE.replace("registration_id = true\n", "");
        assert!(!terms(&number, "own-sites").unwrap().registration_id);
    }
}

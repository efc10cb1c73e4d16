//! What can be wrong with the lists of those whom data reaches.

use toml::Spanned;

use super::{Linter, ids};
use crate::disclosures::Ground;
use crate::file::raw::RawFile;
use crate::vocabulary::{CategoryId, PurposeId};

pub(super) fn recipients(linter: &mut Linter<'_>, file: &RawFile) {
    for recipient in &file.recipient {
        let id = recipient.id.get_ref();
        linter.words(&recipient.id, "purpose", &recipient.purposes, &ids(PurposeId::ALL, PurposeId::id));
        linter.words(&recipient.id, "category", &recipient.categories, &ids(CategoryId::ALL, CategoryId::id));
        linter.words(
            &recipient.id,
            "kind",
            std::slice::from_ref(&recipient.kind),
            &["processor", "addressee", "site", "utility"],
        );
        let two_letters = recipient.country.len() == 2
            && recipient.country.bytes().all(|letter| letter.is_ascii_uppercase());
        let anywhere = recipient.country == "*" && recipient.kind != "processor";
        if !two_letters && !anywhere {
            linter.wrong(
                &recipient.id,
                format!("recipient “{id}” has no country"),
                "set country to two capital letters (ISO 3166); * is for an addressee, a site or a utility, which may be anywhere",
            );
        }
        if recipient.kind == "processor" && two_letters && recipient.country != file.residency.code {
            linter.wrong(
                &recipient.id,
                format!(
                    "recipient “{id}” works for us in {}, outside {}",
                    recipient.country, file.residency.code
                ),
                "name one in the country of [residency], or declare that country there",
            );
        }
        if recipient.kind == "utility" && !(recipient.purposes.is_empty() && recipient.categories.is_empty())
        {
            linter.wrong(
                &recipient.id,
                format!("recipient “{id}” is a utility and receives personal data"),
                "make it a processor or an addressee, or take its purposes and categories away",
            );
        }
        if recipient.registration_id && recipient.kind != "site" {
            linter.wrong(
                &recipient.id,
                format!("recipient “{id}” is no site and may have the Registration ID"),
                "remove registration_id, or make it a site",
            );
        }
        // A pair that no rule opens cannot be handed on either.
        for category in &recipient.categories {
            let opened = file
                .rule
                .iter()
                .any(|rule| recipient.purposes.contains(&rule.purpose) && rule.categories.contains(category));
            if !opened {
                linter.wrong(
                    &recipient.id,
                    format!("recipient “{id}” receives {category}, which no rule opens for its purposes"),
                    "remove the category, or write the rule that opens it",
                );
            }
        }
    }
}

/// The grounds are the four that the program can record, no more and no fewer.
pub(super) fn grounds(linter: &mut Linter<'_>, file: &RawFile) {
    let known = ids(Ground::ALL, Ground::id);
    for ground in &file.ground {
        linter.words(&ground.id, "ground", std::slice::from_ref(ground.id.get_ref()), &known);
    }
    let end = Spanned::new(linter.text.len()..linter.text.len(), String::new());
    for id in known.iter().filter(|id| !file.ground.iter().any(|ground| ground.id.get_ref() == *id)) {
        linter.wrong(
            &end,
            format!("the ground “{id}” that the program records is missing"),
            "add a [[ground]] for it",
        );
    }
}

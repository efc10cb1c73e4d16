//! The words of the policy file in those of the W3C Data Privacy Vocabulary, so that programs that know no Mailkeep can
//! read what is used for what. Each mapping says what comes closest, not that a law applies.
//!
//! [`context`] goes into every JSON-LD file, [`document`] says the whole policy, and an export names the category of a
//! value with [`personal_data`].

use serde_json::{Value, json};

use crate::file::CompiledPolicy;
use crate::table::{Cell, CellKey};
use crate::vocabulary::{Act, CategoryId, PurposeId};

/// The namespace of the vocabulary; `dpv:` in what follows.
pub const DPV: &str = "https://w3id.org/dpv#";
/// The namespace of its kinds of personal data; `pd:` in what follows.
pub const PD: &str = "https://w3id.org/dpv/pd#";

/// What a purpose of ours is there.
pub const fn purpose(purpose: PurposeId) -> &'static [&'static str] {
    match purpose {
        PurposeId::Deliver => &["dpv:RequestedServiceProvision", "dpv:PaymentManagement"],
        PurposeId::Prefill => &["dpv:OptimiseUserInterface"],
        PurposeId::Troubleshoot => &["dpv:RepairImpairments", "dpv:CustomerCare"],
        PurposeId::Feedback => &["dpv:ImproveExistingProductsAndServices"],
        PurposeId::Inform => &["dpv:CommunicationManagement", "dpv:DirectMarketing"],
        PurposeId::Protect => &["dpv:FraudPreventionAndDetection", "dpv:IdentityAuthentication"],
        PurposeId::Comply => &["dpv:LegalCompliance"],
        PurposeId::Rights => &["dpv:RightsFulfillment"],
        PurposeId::Audit => &["dpv:RecordManagement"],
    }
}

/// On what basis a purpose is pursued, as a law that asks for one would sort it.
pub const fn legal_basis(purpose: PurposeId) -> &'static str {
    match purpose {
        PurposeId::Deliver | PurposeId::Prefill | PurposeId::Troubleshoot => "dpv:ContractPerformance",
        PurposeId::Inform => "dpv:Consent",
        PurposeId::Feedback | PurposeId::Protect => "dpv:LegitimateInterestOfController",
        PurposeId::Comply | PurposeId::Rights | PurposeId::Audit => "dpv:LegalObligation",
    }
}

/// What a category of ours is there.
pub const fn personal_data(category: CategoryId) -> &'static [&'static str] {
    match category {
        CategoryId::Identity => &["pd:Name", "pd:Language"],
        CategoryId::Contact => &["pd:Contact", "pd:EmailAddress"],
        CategoryId::Postal | CategoryId::BillingAddress => &["pd:PhysicalAddress"],
        CategoryId::PaymentToken => &["pd:PaymentCard"],
        CategoryId::Invoice => &["pd:Purchase"],
        CategoryId::Credential => &["pd:Authenticating"],
        CategoryId::Preferences => &["pd:Preference"],
        CategoryId::OrganisationLink => &["pd:Professional"],
        CategoryId::Ticket => &["pd:Communication"],
        CategoryId::SurveyAnswer => &["pd:Opinion"],
        CategoryId::ContestEntry => &["pd:Interest"],
        CategoryId::MailContent => &["pd:EmailContent"],
        CategoryId::MailMetadata | CategoryId::MailTrace => &["pd:CommunicationsMetadata"],
        CategoryId::Network => &["pd:IPAddress", "pd:DeviceBased"],
        CategoryId::FraudSignal => &["pd:Reliability"],
        CategoryId::UseRecord => &["pd:Interaction"],
    }
}

/// What an act of ours is there.
pub const fn processing(act: Act) -> &'static str {
    match act {
        Act::Collect => "dpv:Collect",
        Act::Read => "dpv:Consult",
        Act::Change => "dpv:Modify",
        Act::Send => "dpv:Transmit",
        Act::Export => "dpv:Export",
        Act::Disclose => "dpv:Disclose",
        Act::Erase => "dpv:Erase",
    }
}

/// The measures that guard every use.
pub const MEASURES: &[&str] = &[
    "dpv:EncryptionAtRest",
    "dpv:EncryptionInTransfer",
    "dpv:CryptographicKeyManagement",
    "dpv:AccessControlMethod",
    "dpv:MultiFactorAuthentication",
    "dpv:ActivityMonitoring",
    "dpv:DigitalSignatures",
    "dpv:Pseudonymisation",
];

/// What `@context` holds in a JSON-LD file with these words.
pub fn context() -> Value {
    json!({
        "dpv": DPV,
        "pd": PD,
        "dct": "http://purl.org/dc/terms/",
        "category": { "@id": "dpv:hasPersonalData", "@type": "@id" },
        "purpose": { "@id": "dpv:hasPurpose", "@type": "@id" },
    })
}

/// The whole policy as JSON-LD: for each purpose and category that some rule opens to each other, the acts, the basis,
/// who receives it and how long it is kept.
pub fn document(policy: &CompiledPolicy, address: &str) -> Value {
    let mut processes = Vec::new();
    for purpose_id in PurposeId::ALL {
        for category in CategoryId::ALL {
            let acts: Vec<&str> = Act::ALL
                .iter()
                .filter(|act| opens(policy, *purpose_id, *category, **act))
                .map(|act| processing(*act))
                .collect();
            if acts.is_empty() {
                continue;
            }
            let receives = policy.raw.recipient.iter().filter(|recipient| {
                recipient.purposes.iter().any(|word| word == purpose_id.id())
                    && recipient.categories.iter().any(|word| word == category.id())
            });
            let terms = policy.terms(*category);
            processes.push(json!({
                "@id": format!("{address}#{purpose_id}-{category}"),
                "@type": "dpv:Process",
                "dct:title": format!("{purpose_id}: {category}"),
                "dpv:hasPurpose": purpose(*purpose_id),
                "dpv:hasPersonalData": personal_data(*category),
                "dpv:hasProcessing": acts,
                "dpv:hasLegalBasis": legal_basis(*purpose_id),
                "dpv:hasRecipient": receives.map(|recipient| recipient.id.get_ref().as_str()).collect::<Vec<_>>(),
                "dpv:hasDuration": format!("P{}D after {}", terms.keep_days, terms.keep_from),
            }));
        }
    }
    json!({
        "@context": context(),
        "@id": address,
        "@type": "dpv:PrivacyNotice",
        "dct:title": policy.raw.policy.title,
        "dct:identifier": policy.id_text(),
        "dpv:hasTechnicalMeasure": MEASURES,
        "dpv:hasProcess": processes,
    })
}

fn opens(policy: &CompiledPolicy, purpose: PurposeId, category: CategoryId, act: Act) -> bool {
    crate::vocabulary::Role::ALL.iter().any(|role| {
        matches!(policy.table.cell(CellKey { purpose, category, role: *role, act }), Cell::Allowed(_))
    })
}

#[cfg(test)]
mod tests {
    use super::document;
    use crate::file::CompiledPolicy;

    #[test]
    fn the_document_says_every_open_pair_and_no_other() {
        let policy = CompiledPolicy::built().unwrap();
        let document = document(&policy, "https://mail.example.com/policy");
        let said = document["dpv:hasProcess"].as_array().unwrap();
        let has = |title: &str| said.iter().any(|process| process["dct:title"] == title);
        assert!(has("deliver: payment_token") && has("comply: mail_content"));
        assert!(!has("feedback: payment_token") && !has("inform: billing_address"));
        for process in said {
            assert!(!process["dpv:hasProcessing"].as_array().unwrap().is_empty(), "{process}");
        }
    }
}

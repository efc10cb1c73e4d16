//! Which tax is on what: by the place of the customer, the class of what is sold, and the date.
//!
//! [`Taxes::decide`] is pure: rules, party and date in, one decision for each class out. The rules are the
//! configuration's ([`rules::TaxConfig`]) with the standard rates of the European Union that ship with the program; whether
//! a tax number makes a reverse charge is decided by its form and check digits ([`vat_ids`]), and by the register too
//! where the operator has that asked.

pub mod eu;
pub mod places;
pub mod rates;
pub mod rules;
pub mod vat_ids;

#[cfg(test)]
mod tests;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use places::TaxParty;
pub use rules::{TaxConfig, TaxRateConfig};

use crate::totals::TaxRate;

/// How a line is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Treatment {
    /// Taxed at the rate of the place.
    #[default]
    Taxed,
    /// The customer owes the tax.
    ReverseCharge,
    /// The customer is exempt, on evidence that a person approved.
    Exempt,
}

impl Treatment {
    /// The stored word.
    pub const fn word(self) -> &'static str {
        match self {
            Treatment::Taxed => "taxed",
            Treatment::ReverseCharge => "reverse_charge",
            Treatment::Exempt => "exempt",
        }
    }

    /// The code of EN 16931 (UNTDID 5305) for a line of this treatment and rate.
    pub const fn code(self, rate: TaxRate) -> &'static str {
        match self {
            Treatment::Taxed if rate.0 == 0 => "Z",
            Treatment::Taxed => "S",
            Treatment::ReverseCharge => "AE",
            Treatment::Exempt => "E",
        }
    }
}

/// What stands on an invoice whose customer owes the tax (Article 226 (11a) of Directive 2006/112/EC).
pub const REVERSE_CHARGE: &str = "Reverse charge: the customer is liable for the tax.";

/// The tax of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxDecision {
    /// What it is called.
    pub name: String,
    /// Its rate.
    pub rate: TaxRate,
    /// Whether the price has it in it.
    pub inclusive: bool,
    /// How the line is treated.
    pub treatment: Treatment,
    /// The sentence that the invoice must carry for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Whose tax it is: the code of the customer's country, or of country and state. Empty where nobody decided.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub place: String,
}

impl TaxDecision {
    /// One tax at one rate on prices without it.
    pub fn plain(name: impl Into<String>, rate: TaxRate) -> Self {
        TaxDecision {
            name: name.into(),
            rate,
            inclusive: false,
            treatment: Treatment::Taxed,
            note: None,
            place: String::new(),
        }
    }
}

/// An exemption in force: what was approved, as the invoice names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemption {
    /// E.g. `Tax exempt: government body`.
    pub reason: String,
}

/// What the tax of a bill is decided from.
#[derive(Debug, Clone)]
pub struct Taxes<'a> {
    /// The rules.
    pub rules: &'a TaxConfig,
    /// The country of the seller.
    pub seller_country: String,
    /// Who buys.
    pub party: TaxParty,
    /// The day that counts: the date of the invoice, or the first day of the period.
    pub on: Date,
    /// An exemption of the customer that is in force on that day.
    pub exemption: Option<Exemption>,
}

impl Taxes<'_> {
    /// The tax on something of a class.
    pub fn decide(&self, class: &str) -> TaxDecision {
        let found = self.rules.find(self.party, class, self.on);
        let place = self.party.place();
        let untaxed = |treatment, note: String| TaxDecision {
            name: found.name.clone(),
            rate: TaxRate::ZERO,
            inclusive: found.inclusive,
            treatment,
            note: Some(note),
            place: place.clone(),
        };
        if let Some(exemption) = &self.exemption {
            return untaxed(Treatment::Exempt, exemption.reason.clone());
        }
        if self.is_reverse_charge() {
            return untaxed(Treatment::ReverseCharge, REVERSE_CHARGE.to_owned());
        }
        TaxDecision { place, ..found }
    }

    /// Between businesses of two member states the customer owes the tax (Article 196 of the Directive): when both are in
    /// the Union, in different states, and the customer's number is one of theirs.
    fn is_reverse_charge(&self) -> bool {
        let party = self.party;
        self.rules.reverse_charge
            && eu::is_member(&self.seller_country)
            && eu::is_member(party.country)
            && party.country != self.seller_country
            && party.vat == places::VatState::Valid
    }
}

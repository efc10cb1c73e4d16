//! Where a customer is taxed: what of a billing address the tax is decided from, in words that the program knew before.

use mailkeep_policy::Shown;

use super::vat_ids;
use crate::orders::BillingDetails;

/// What is known of a tax number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum VatState {
    /// None was given, or one of a country that has no numbers we know.
    #[default]
    None,
    /// It is not one: form or check digits are wrong, or it is another country's.
    Wrong,
    /// It is one of the customer's country.
    Valid,
}

/// What the tax is decided from. Holds codes out of lists, nothing that anybody typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct TaxParty {
    /// Two letters (ISO 3166); empty when the country is not known yet.
    pub country: &'static str,
    /// The code of a state or province of the United States or Canada; empty elsewhere.
    pub region: &'static str,
    /// What is known of the tax number.
    pub vat: VatState,
}

impl TaxParty {
    /// Somebody in a country, of whom nothing else is known yet.
    pub fn in_country(code: &str) -> Self {
        TaxParty { country: country(code).unwrap_or_default(), ..TaxParty::default() }
    }

    /// The code of the country, with that of the state where it has one: `DE`, `US-CA`.
    pub fn place(self) -> String {
        if self.region.is_empty() {
            self.country.to_owned()
        } else {
            format!("{}-{}", self.country, self.region)
        }
    }

    /// The party of opened billing details.
    pub fn of(details: &BillingDetails) -> Self {
        let country = country(&details.country).unwrap_or_default();
        TaxParty { country, region: region(country, &details.region), vat: vat(country, details) }
    }

    /// The party of billing details that are only shown. What comes out of them are words of fixed lists, which the
    /// tax on the order says too.
    pub fn of_shown(details: &Shown<BillingDetails>) -> Self {
        let mut party = TaxParty::default();
        let place = |details: &BillingDetails| {
            let party = TaxParty::of(details);
            Err((party.country, party.region))
        };
        if let Err((country, region)) = details.check::<(&'static str, &'static str)>(place) {
            (party.country, party.region) = (country, region);
        }
        let number = |details: &BillingDetails| match TaxParty::of(details).vat {
            VatState::None => Ok(()),
            VatState::Wrong => Err("wrong"),
            VatState::Valid => Err("valid"),
        };
        party.vat = match details.check::<&'static str>(number) {
            Ok(()) => VatState::None,
            Err("valid") => VatState::Valid,
            Err(_) => VatState::Wrong,
        };
        party
    }
}

fn vat(country: &str, details: &BillingDetails) -> VatState {
    match details.tax_id.as_deref().map(str::trim).filter(|id| !id.is_empty()) {
        Some(id) if super::eu::is_member(country) => match vat_ids::country_of(id) {
            Some(of) if of == country => VatState::Valid,
            _ => VatState::Wrong,
        },
        _ => VatState::None,
    }
}

/// The code of a country, out of the list.
pub fn country(code: &str) -> Option<&'static str> {
    COUNTRIES.split(' ').find(|known| *known == code)
}

/// The code of a state or province, by its code or its name; empty when it is not one.
fn region(country: &str, given: &str) -> &'static str {
    let given = given.trim();
    REGIONS
        .iter()
        .filter(|(of, ..)| *of == country)
        .find(|(_, code, name)| code.eq_ignore_ascii_case(given) || name.eq_ignore_ascii_case(given))
        .map_or("", |(_, code, _)| code)
}

/// Whether the list has a state or province.
pub(super) fn is_region(country: &str, code: &str) -> bool {
    REGIONS.iter().any(|(of, known, _)| *of == country && *known == code)
}

const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS \
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ \
    FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT \
    JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP \
    MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE \
    RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV \
    TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

/// States and provinces that have rates of their own.
const REGIONS: &[(&str, &str, &str)] = &[
    ("US", "AL", "Alabama"),
    ("US", "AK", "Alaska"),
    ("US", "AZ", "Arizona"),
    ("US", "AR", "Arkansas"),
    ("US", "CA", "California"),
    ("US", "CO", "Colorado"),
    ("US", "CT", "Connecticut"),
    ("US", "DE", "Delaware"),
    ("US", "DC", "District of Columbia"),
    ("US", "FL", "Florida"),
    ("US", "GA", "Georgia"),
    ("US", "HI", "Hawaii"),
    ("US", "ID", "Idaho"),
    ("US", "IL", "Illinois"),
    ("US", "IN", "Indiana"),
    ("US", "IA", "Iowa"),
    ("US", "KS", "Kansas"),
    ("US", "KY", "Kentucky"),
    ("US", "LA", "Louisiana"),
    ("US", "ME", "Maine"),
    ("US", "MD", "Maryland"),
    ("US", "MA", "Massachusetts"),
    ("US", "MI", "Michigan"),
    ("US", "MN", "Minnesota"),
    ("US", "MS", "Mississippi"),
    ("US", "MO", "Missouri"),
    ("US", "MT", "Montana"),
    ("US", "NE", "Nebraska"),
    ("US", "NV", "Nevada"),
    ("US", "NH", "New Hampshire"),
    ("US", "NJ", "New Jersey"),
    ("US", "NM", "New Mexico"),
    ("US", "NY", "New York"),
    ("US", "NC", "North Carolina"),
    ("US", "ND", "North Dakota"),
    ("US", "OH", "Ohio"),
    ("US", "OK", "Oklahoma"),
    ("US", "OR", "Oregon"),
    ("US", "PA", "Pennsylvania"),
    ("US", "RI", "Rhode Island"),
    ("US", "SC", "South Carolina"),
    ("US", "SD", "South Dakota"),
    ("US", "TN", "Tennessee"),
    ("US", "TX", "Texas"),
    ("US", "UT", "Utah"),
    ("US", "VT", "Vermont"),
    ("US", "VA", "Virginia"),
    ("US", "WA", "Washington"),
    ("US", "WV", "West Virginia"),
    ("US", "WI", "Wisconsin"),
    ("US", "WY", "Wyoming"),
    ("CA", "AB", "Alberta"),
    ("CA", "BC", "British Columbia"),
    ("CA", "MB", "Manitoba"),
    ("CA", "NB", "New Brunswick"),
    ("CA", "NL", "Newfoundland and Labrador"),
    ("CA", "NS", "Nova Scotia"),
    ("CA", "NT", "Northwest Territories"),
    ("CA", "NU", "Nunavut"),
    ("CA", "ON", "Ontario"),
    ("CA", "PE", "Prince Edward Island"),
    ("CA", "QC", "Quebec"),
    ("CA", "SK", "Saskatchewan"),
    ("CA", "YT", "Yukon"),
];

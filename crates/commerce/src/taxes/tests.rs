use jiff::civil::date;

use super::places::VatState;
use super::*;
use crate::catalogue::sheet::STANDARD;
use crate::orders::BillingDetails;

fn rules(toml: &str) -> TaxConfig {
    toml::from_str(toml).expect("rules")
}

fn decide(rules: &TaxConfig, seller: &str, party: TaxParty, on: Date) -> TaxDecision {
    Taxes { rules, seller_country: seller.to_owned(), party, on, exemption: None }.decide(STANDARD)
}

fn buyer(country: &str, region: &str, tax_id: Option<&str>) -> TaxParty {
    TaxParty::of(&BillingDetails {
        name: "Sample".to_owned(),
        street: vec!["1 Sample Street".to_owned()],
        postal_code: String::new(),
        city: "Sampletown".to_owned(),
        region: region.to_owned(),
        country: country.to_owned(),
        tax_id: tax_id.map(str::to_owned),
        language: String::new(),
    })
}

#[test]
fn numbers_of_every_state_are_told_from_mistyped_ones() {
    let good = [
        "ATU13585627",
        "BE0428759497",
        "BG175074752",
        "CY10259033P",
        "CZ25123891",
        "DE136695976",
        "DK13585628",
        "EE100931558",
        "EL094259216",
        "ESB58378431",
        "FI20774740",
        "FR40303265045",
        "HR33392005961",
        "HU12892312",
        "IE6433435F",
        "IE6433435OA",
        "IT00743110157",
        "LT119511515",
        "LT100001919017",
        "LU15027442",
        "LV40003521600",
        "MT11679112",
        "NL004495445B01",
        "PL8567346215",
        "PT501964843",
        "RO18547290",
        "SE123456789701",
        "SI50223054",
        "SK2022749619",
    ];
    for number in good {
        let country = if number.starts_with("EL") { "GR" } else { &number[..2] };
        assert_eq!(vat_ids::country_of(number), Some(country), "{number}");
    }
    // One digit mistyped is noticed wherever there is a check digit.
    for number in good.iter().filter(|number| !number.starts_with("BG") && !number.starts_with("ES")) {
        let at = number.rfind(|c: char| c.is_ascii_digit()).unwrap();
        let at = if number.starts_with("NL") || number.starts_with("SE") { at - 4 } else { at };
        let digit = number.as_bytes()[at] - b'0';
        let mut wrong = (*number).to_owned();
        wrong.replace_range(at..=at, &((digit + 1) % 10).to_string());
        assert_eq!(vat_ids::country_of(&wrong), None, "{wrong}");
    }
    assert_eq!(vat_ids::country_of("de 136-695.976"), Some("DE"));
    for bad in ["", "D", "DE", "US136695976", "DE13669597", "DEä36695976", "XX1", "FR", "IE1", "RO", "CY1P"]
    {
        assert_eq!(vat_ids::country_of(bad), None, "{bad}");
    }
}

#[test]
fn the_rate_is_that_of_the_place_the_class_and_the_day() {
    let rules = rules(
        r#"
        name = "Sales tax"
        percent = "1"
        eu_rates = true
        [[rate]]
        country = "US"
        name = "Sales tax"
        percent = "0"
        from = "2020-01-01"
        [[rate]]
        country = "US"
        region = "NY"
        name = "NY sales tax"
        percent = "8.25"
        from = "2020-01-01"
        until = "2026-06-01"
        [[rate]]
        country = "US"
        region = "NY"
        name = "NY sales tax"
        percent = "8.5"
        from = "2026-06-01"
        [[rate]]
        country = "DE"
        class = "books"
        name = "USt"
        percent = "7"
        from = "2020-01-01"
        inclusive = true
        "#,
    );
    assert_eq!(rules.check(), []);
    let on = date(2026, 3, 1);
    let rate = |party, on| decide(&rules, "US", party, on).rate.0;
    assert_eq!(rate(buyer("US", "Texas", None), on), 0);
    assert_eq!(rate(buyer("US", "new york", None), on), 825);
    assert_eq!(rate(buyer("US", "NY", None), date(2026, 6, 1)), 850);
    assert_eq!(rate(buyer("BR", "", None), on), 100);
    assert_eq!(rate(buyer("FI", "", None), date(2024, 8, 31)), 2400);
    assert_eq!(rate(buyer("FI", "", None), date(2024, 9, 1)), 2550);
    let taxes = Taxes {
        rules: &rules,
        seller_country: "US".to_owned(),
        party: buyer("DE", "", None),
        on,
        exemption: None,
    };
    let books = taxes.decide("books");
    assert_eq!((books.rate.0, books.inclusive, taxes.decide(STANDARD).rate.0), (700, true, 1900));
    assert_eq!(eu::standard_rates(on).count(), 27);
}

#[test]
fn between_businesses_of_two_states_the_customer_owes_the_tax() {
    let rules = rules("eu_rates = true");
    let on = date(2026, 3, 1);
    let abroad = decide(&rules, "DE", buyer("FR", "", Some("FR40303265045")), on);
    assert_eq!((abroad.rate.0, abroad.treatment), (0, Treatment::ReverseCharge));
    assert_eq!((abroad.note.as_deref(), abroad.treatment.code(abroad.rate)), (Some(REVERSE_CHARGE), "AE"));
    for (seller, party) in [
        // At home; without a number; with a wrong one; with another state's; from outside the Union.
        ("FR", buyer("FR", "", Some("FR40303265045"))),
        ("DE", buyer("FR", "", None)),
        ("DE", buyer("FR", "", Some("FR41303265045"))),
        ("DE", buyer("FR", "", Some("DE136695976"))),
        ("US", buyer("FR", "", Some("FR40303265045"))),
    ] {
        let decision = decide(&rules, seller, party, on);
        assert_eq!((decision.rate.0, decision.treatment), (2000, Treatment::Taxed), "{seller} {party:?}");
    }
    assert_eq!(buyer("FR", "", Some("FR41303265045")).vat, VatState::Wrong);
}

#[test]
fn an_exemption_says_why_on_the_invoice() {
    let rules = rules("percent = \"8\"");
    let exemption = Some(Exemption { reason: "Tax exempt: government body".to_owned() });
    let party = buyer("US", "NY", None);
    let taxes =
        Taxes { rules: &rules, seller_country: "US".to_owned(), party, on: date(2026, 3, 1), exemption };
    let decision = taxes.decide(STANDARD);
    assert_eq!((decision.rate, decision.treatment), (TaxRate::ZERO, Treatment::Exempt));
    assert_eq!(decision.note.as_deref(), Some("Tax exempt: government body"));
}

#[test]
fn every_mistake_in_the_rules_is_named() {
    let rules = rules(
        r#"
        percent = "101"
        [[rate]]
        country = "Germany"
        region = "Bavaria"
        name = " "
        percent = "x"
        from = "soon"
        until = "2020-01-01"
        "#,
    );
    let keys: Vec<String> = rules.check().into_iter().map(|problem| problem.key).collect();
    let rate = |key: &str| format!("commerce.tax.rate.1.{key}");
    let wanted =
        [rate("percent"), rate("country"), rate("region"), rate("name"), rate("from"), rate("until")];
    assert_eq!(keys[0], "commerce.tax.percent");
    assert_eq!(keys[1..], wanted);
}

#[test]
fn what_is_shown_gives_the_same_party_as_what_is_opened() {
    let details = |country: &str, region: &str, tax_id: Option<&str>| BillingDetails {
        name: "Sample".to_owned(),
        street: vec!["1 Sample Street".to_owned()],
        postal_code: String::new(),
        city: "Sampletown".to_owned(),
        region: region.to_owned(),
        country: country.to_owned(),
        tax_id: tax_id.map(str::to_owned),
        language: String::new(),
    };
    for details in [
        details("US", "illinois", None),
        details("FR", "Bretagne", Some("FR40303265045")),
        details("FR", "", Some("nonsense")),
        details("??", "", None),
    ] {
        assert_eq!(TaxParty::of_shown(&details.clone().into()), TaxParty::of(&details));
    }
}

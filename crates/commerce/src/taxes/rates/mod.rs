//! Rates of places that staff write in the console, beside those of the configuration. Of what fits a place, a class and a
//! day the newest counts, wherever it was written. A rate is never changed: it is ended, and a new one made.

mod store;

#[cfg(test)]
mod tests;

use jiff::civil::Date;
use mailkeep_storage::sql::Tx;
use mailkeep_types::{Money, StaffId, Timestamp, new_uuid};
use uuid::Uuid;

use super::places::{country, is_region};
use super::{TaxConfig, TaxRateConfig};
use crate::catalogue::price_config::is_key;
use crate::catalogue::sheet::STANDARD;
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::totals::TaxRate;

/// More rates than this are refused: each price reads them.
pub const MOST_RATES: usize = 2_000;
/// The longest name of a tax, in characters.
const LONGEST_NAME: usize = 40;

/// A rate that the console keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRate {
    /// Names it for ever.
    pub id: Uuid,
    /// What it says.
    pub rate: TaxRateConfig,
    /// Who wrote it.
    pub made_by: StaffId,
    /// When.
    pub made_at: Timestamp,
    /// Who ended it.
    pub ended_by: Option<StaffId>,
}

/// A rate to be made, as typed.
#[derive(Debug, Clone, Default)]
pub struct NewRate {
    /// Two letters of ISO 3166.
    pub country: String,
    /// A state or province of the United States or Canada; empty for all of the country.
    pub region: String,
    /// The class that plans and items name; empty for the standard one.
    pub class: String,
    /// What invoices call it.
    pub name: String,
    /// The rate in percent.
    pub percent: String,
    /// The first day; empty for today.
    pub from: String,
    /// The last day; empty when it does not end.
    pub last: String,
    /// Whether prices have it in them: `yes`, `no`, or empty for what the configuration says.
    pub inclusive: String,
}

/// Whom a rate is for: who was invoiced at its place for its class during the last year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RateEffect {
    /// How many customers.
    pub customers: u64,
    /// What they were invoiced before tax.
    pub net: Money,
    /// The tax on it.
    pub tax: Money,
}

/// The rules of the configuration with the rates of the console.
pub(crate) fn rules(tx: &mut Tx<'_>, config: &TaxConfig) -> Result<TaxConfig, CommerceError> {
    let mut rules = config.clone();
    // The oldest first: of two that begin on one day the one that was written last counts.
    rules.rates.extend(store::list(tx)?.into_iter().rev().map(|stored| stored.rate));
    Ok(rules)
}

impl Commerce {
    /// The rates of the console, the newest first.
    pub async fn list_tax_rates(&self) -> Result<Vec<StoredRate>, CommerceError> {
        self.read(store::list).await
    }

    /// Checks a rate without making it, and says whom it is for.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] naming the field that does not fit.
    pub async fn preview_tax_rate(&self, new: &NewRate) -> Result<Vec<RateEffect>, CommerceError> {
        let (rate, _) = read(new, self.today())?;
        let since = self.a_year_ago();
        self.read(move |tx| {
            let place = match rate.region.is_empty() {
                true => rate.country.clone(),
                false => format!("{}-{}", rate.country, rate.region),
            };
            // A rate of a country holds in its states, too.
            let within = if rate.region.is_empty() { format!("{}-", rate.country) } else { "-".to_owned() };
            store::effect(tx, (&place, &within), &rate.class, since)
        })
        .await
    }

    /// Makes a rate. Invoices that were issued keep what they say.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] naming the field that does not fit.
    pub async fn make_tax_rate(&self, staff: StaffId, new: &NewRate) -> Result<Uuid, CommerceError> {
        let (rate, number) = read(new, self.today())?;
        let clock = self.clock();
        let (id, made_at) = (new_uuid(&**clock), clock.now());
        let stored = StoredRate { id, rate, made_by: staff, made_at, ended_by: None };
        self.write(move |tx| {
            if usize::try_from(store::count(tx)?).unwrap_or(MOST_RATES) >= MOST_RATES {
                let message =
                    format!("there are {MOST_RATES} rates already; write further ones in the configuration");
                return Err(CommerceError::invalid("country", message));
            }
            Ok(store::insert(tx, &stored, number)?)
        })
        .await?;
        Ok(id)
    }

    /// Ends a rate: from tomorrow it holds no more; one that has not begun never does.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`] when there is none, or it was ended before.
    pub async fn end_tax_rate(&self, staff: StaffId, id: Uuid) -> Result<(), CommerceError> {
        let today = self.today();
        self.write(move |tx| {
            let first = store::first_day(tx, id)?.ok_or(CommerceError::NotFound("rate"))?;
            let first: Date = first.parse().map_err(|_| CommerceError::Stored("date"))?;
            let tomorrow = today.tomorrow().unwrap_or(today);
            Ok(store::end(tx, id, if first <= today { tomorrow } else { first }, staff)?)
        })
        .await
    }
}

/// Reads what was typed.
fn read(new: &NewRate, today: Date) -> Result<(TaxRateConfig, TaxRate), CommerceError> {
    let refuse = |field: &'static str, message: &str| Err(CommerceError::invalid(field, message));
    let place = new.country.trim().to_uppercase();
    if country(&place).is_none() {
        return refuse("country", "choose a country");
    }
    let region = new.region.trim().to_uppercase();
    if !region.is_empty() && !is_region(&place, &region) {
        return refuse("region", "write the code of a state or province of US or CA, such as NY, or nothing");
    }
    let class = match new.class.trim() {
        "" => STANDARD,
        class => class,
    };
    if !is_key(class) {
        return refuse(
            "class",
            "write 1 to 32 small letters, digits and hyphens, as plans and items have it",
        );
    }
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return refuse("name", "write what invoices call it, such as VAT, in at most 40 characters");
    }
    let Some(number) = TaxRate::parse_percent(new.percent.trim()) else {
        return refuse("percent", "write a percentage from 0 to 100 with at most two decimals, such as 8.25");
    };
    let from = match new.from.trim() {
        "" => today,
        text => match text.parse::<Date>() {
            Ok(from) => from,
            Err(_) => return refuse("from", "write a date such as 2026-01-01"),
        },
    };
    if from < today {
        return refuse("from", "it cannot begin before today: invoices of those days may have been issued");
    }
    let until = match new.last.trim() {
        "" => None,
        text => match text.parse::<Date>() {
            Ok(last) if last >= from => Some(last.tomorrow().unwrap_or(last)),
            _ => return refuse("last", "write a date that is not before the first day, or nothing"),
        },
    };
    let inclusive = match new.inclusive.as_str() {
        "" => None,
        "yes" => Some(true),
        "no" => Some(false),
        _ => return refuse("inclusive", "choose one of the three"),
    };
    let rate = TaxRateConfig {
        country: place,
        region,
        class: class.to_owned(),
        name: name.to_owned(),
        percent: number.percent(),
        from: from.to_string(),
        until: until.map(|until| until.to_string()),
        inclusive,
    };
    Ok((rate, number))
}

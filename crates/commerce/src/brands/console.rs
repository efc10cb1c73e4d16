//! Brands that staff write in the console. What they write is a version of the whole brand; the newest counts, and before
//! what the configuration says of the same key.

use std::sync::Arc;

use mailkeep_storage::sql::Tx;
use mailkeep_types::{EmailAddress, Money, StaffId, Timestamp};

use super::{BrandConfig, check_brands, store};
use crate::catalogue;
use crate::commerce::Commerce;
use crate::config::{CommerceConfig, ConfigProblem, InvoiceConfig, SellerConfig, is_country_code, is_domain};
use crate::error::CommerceError;

/// More brands than this are refused: every page looks for its own among them.
const MOST_BRANDS: usize = 500;
/// The longest line of a brand, in characters.
const LONGEST_LINE: usize = 120;
/// More host names or lines of an address than this are refused.
const MOST_LINES: usize = 20;

/// A version of a brand that the console keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrandVersion {
    /// 1 for the first.
    pub version: i64,
    /// The brand.
    pub brand: BrandConfig,
    /// Who wrote it.
    pub made_by: StaffId,
    /// When.
    pub made_at: Timestamp,
}

/// Who is with a brand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BrandUse {
    /// How many customers.
    pub customers: u64,
    /// How many of their services run.
    pub services: u64,
    /// What they were invoiced before tax during the last year, in each currency.
    pub invoiced: Vec<Money>,
}

/// A brand as the console shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownBrand {
    /// What is in force.
    pub brand: BrandConfig,
    /// The version, and who wrote it when; `None` when the configuration has it.
    pub written: Option<(i64, StaffId, Timestamp)>,
    /// Who is with it.
    pub used: BrandUse,
}

/// A brand to be written, as typed.
#[derive(Debug, Clone, Default)]
pub struct NewBrand {
    /// A short word that names it for ever.
    pub key: String,
    /// The name that customers see.
    pub name: String,
    /// The host names of its site, one in a line.
    pub hosts: String,
    /// The host name for mail programs; empty for the house's own.
    pub mail_host: String,
    /// The currency of its prices; empty for the house's own.
    pub currency: String,
    /// The keys of the plans that it sells; none for all.
    pub plans: Vec<String>,
    /// The legal name of who sells.
    pub seller: String,
    /// The lines of the seller's postal address.
    pub address: String,
    /// Two letters of ISO 3166.
    pub country: String,
    /// The seller's tax number, if there is one.
    pub tax_id: String,
    /// Where questions about an invoice go.
    pub email: String,
    /// The series of invoices.
    pub series: String,
    /// The series of credit notes.
    pub credit_note_series: String,
    /// Days after the invoice date on which it is due.
    pub due_days: String,
}

/// What a change of a brand does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrandEffect {
    /// The fields that change, by their names in [`NewBrand`], with what they were and what they become.
    pub changes: Vec<(&'static str, String, String)>,
    /// Whom it is for.
    pub used: BrandUse,
}

impl Commerce {
    /// Every brand besides the house's own, with who is with it.
    pub async fn list_brands(&self) -> Result<Vec<KnownBrand>, CommerceError> {
        let (config, since) = (self.config(), self.a_year_ago());
        self.read(move |tx| {
            let written = store::newest(tx)?;
            let one = |brand: &BrandConfig| {
                let version = written.iter().find(|version| version.brand.key == brand.key);
                Ok(KnownBrand {
                    brand: brand.clone(),
                    written: version.map(|version| (version.version, version.made_by, version.made_at)),
                    used: store::used(tx, &brand.key, since)?,
                })
            };
            merged(&config, &written).iter().map(one).collect()
        })
        .await
    }

    /// Checks a brand without writing it, and says what would change for whom.
    ///
    /// # Errors
    /// As [`Commerce::write_brand`].
    pub async fn preview_brand(&self, new: &NewBrand, fresh: bool) -> Result<BrandEffect, CommerceError> {
        let (config, since, new) = (self.config(), self.a_year_ago(), new.clone());
        self.read(move |tx| {
            let (wanted, before) = check(tx, &config, &new, fresh)?;
            let used = store::used(tx, &wanted.key, since)?;
            Ok(BrandEffect { changes: differences(before.as_ref(), &wanted), used })
        })
        .await
    }

    /// Writes a brand: a new one when `fresh`, else a new version of one that is there. It holds at once; what was invoiced
    /// keeps what it says.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] naming the field that does not fit; [`CommerceError::NotFound`] when the one to be changed
    /// is not there; [`CommerceError::Unchanged`] when nothing of it is different.
    pub async fn write_brand(
        &self,
        staff: StaffId,
        new: &NewBrand,
        fresh: bool,
    ) -> Result<i64, CommerceError> {
        let (config, made_at, new) = (self.config(), self.clock().now(), new.clone());
        let version = self
            .write(move |tx| {
                let (brand, _) = check(tx, &config, &new, fresh)?;
                let version = store::last_version(tx, &brand.key)? + 1;
                let sheet = serde_json::to_string(&brand).map_err(|_| CommerceError::Stored("brand"))?;
                store::insert(tx, &BrandVersion { version, brand, made_by: staff, made_at }, &sheet)?;
                Ok(version)
            })
            .await?;
        self.reload_brands().await?;
        Ok(version)
    }

    /// Takes over what the console of any node wrote of brands. Costs one short query when nothing changed.
    ///
    /// # Errors
    /// When the database fails; what was in force stays.
    pub async fn reload_brands(&self) -> Result<(), CommerceError> {
        let known = self.brands_known();
        let Some((count, written)) = self
            .read(move |tx| {
                let count = store::count(tx)?;
                Ok(if count == known { None } else { Some((count, store::newest(tx)?)) })
            })
            .await?
        else {
            return Ok(());
        };
        let mut config = self.parts.config.clone();
        config.brands = merged(&config, &written);
        self.put_in_force(Arc::new(config), count);
        Ok(())
    }
}

/// The brands of the configuration, each as the console has it if it was written there, and after them those of the console
/// alone.
fn merged(config: &CommerceConfig, written: &[BrandVersion]) -> Vec<BrandConfig> {
    let mut all = config.brands.clone();
    for version in written {
        match all.iter_mut().find(|brand| brand.key == version.brand.key) {
            Some(brand) => *brand = version.brand.clone(),
            None => all.push(version.brand.clone()),
        }
    }
    all
}

/// Reads what was typed and checks it beside all other brands. Gives the brand, and what is in force under its key.
fn check(
    tx: &mut Tx<'_>,
    config: &CommerceConfig,
    new: &NewBrand,
    fresh: bool,
) -> Result<(BrandConfig, Option<BrandConfig>), CommerceError> {
    let wanted = read(new)?;
    let mut brands = merged(config, &store::newest(tx)?);
    let before = brands.iter().find(|brand| brand.key == wanted.key).cloned();
    match (&before, fresh) {
        (Some(_), true) => {
            let message = "there is a brand of this name already; open it in the list to change it";
            return Err(CommerceError::invalid("key", message));
        }
        (None, false) => return Err(CommerceError::NotFound("brand")),
        (None, true) if brands.len() >= MOST_BRANDS => {
            return Err(CommerceError::invalid("key", format!("there are {MOST_BRANDS} brands already")));
        }
        _ => {}
    }
    if before.as_ref() == Some(&wanted) {
        return Err(CommerceError::Unchanged);
    }
    let own = config.currency;
    let moved = |before: &BrandConfig| before.currency.unwrap_or(own) != wanted.currency.unwrap_or(own);
    if before.as_ref().is_some_and(moved) && store::has_customers(tx, &wanted.key)? {
        let message = "customers of this brand have prices and credit in its currency; it stays";
        return Err(CommerceError::invalid("currency", message));
    }
    for key in &wanted.plans {
        if catalogue::store::on_offer(tx, key)?.is_none() {
            return Err(CommerceError::invalid("plans", format!("{key} is not on offer")));
        }
    }
    for (field, series) in
        [("series", &wanted.invoices.series), ("credit_note_series", &wanted.invoices.credit_note_series)]
    {
        if store::numbers_others(tx, series, &wanted.key)? {
            return Err(CommerceError::invalid(
                field,
                "customers of another brand have numbers of this series",
            ));
        }
    }
    // Last, so that of two that have the same this one is told.
    brands.retain(|brand| brand.key != wanted.key);
    brands.push(wanted.clone());
    let config = CommerceConfig { brands, ..config.clone() };
    let own = format!("commerce.brand.{}.", wanted.key);
    let problem = |problem: ConfigProblem| Some((problem.key.strip_prefix(&own)?.to_owned(), problem));
    // Which plans there are was asked of the database.
    match check_brands(&config).into_iter().filter_map(problem).find(|(field, _)| field != "plans") {
        None => Ok((wanted, before)),
        Some((field, problem)) => {
            let field = match field.as_str() {
                "name" => "name",
                "hosts" => "hosts",
                "seller" => "seller",
                "invoices" => "series",
                _ => "key",
            };
            Err(CommerceError::invalid(field, problem.message))
        }
    }
}

/// Reads what was typed, field by field.
fn read(new: &NewBrand) -> Result<BrandConfig, CommerceError> {
    let line = |field: &'static str, text: &str, needed: bool| -> Result<String, CommerceError> {
        let text = text.trim();
        if needed && text.is_empty() {
            return Err(CommerceError::invalid(field, "write something here"));
        }
        if text.chars().count() > LONGEST_LINE || text.chars().any(char::is_control) {
            return Err(CommerceError::invalid(
                field,
                format!("write at most {LONGEST_LINE} characters on one line"),
            ));
        }
        Ok(text.to_owned())
    };
    let lines = |field: &'static str, text: &str| -> Result<Vec<String>, CommerceError> {
        let all = text.lines().map(str::trim).filter(|text| !text.is_empty());
        let all = all.map(|text| line(field, text, true)).collect::<Result<Vec<_>, _>>()?;
        match all.len() {
            1..=MOST_LINES => Ok(all),
            _ => Err(CommerceError::invalid(field, format!("write 1 to {MOST_LINES} lines"))),
        }
    };
    let hosts: Vec<String> = lines("hosts", &new.hosts)?.iter().map(|host| host.to_lowercase()).collect();
    if let Some(wrong) = hosts.iter().find(|host| !is_domain(host)) {
        let message =
            format!("{wrong} is not a host name; write one in each line, such as www.reseller.example");
        return Err(CommerceError::invalid("hosts", message));
    }
    let mail_host = line("mail_host", &new.mail_host, false)?.to_lowercase();
    if !mail_host.is_empty() && !is_domain(&mail_host) {
        return Err(CommerceError::invalid("mail_host", "write a host name, such as mail.reseller.example"));
    }
    let currency = match new.currency.trim() {
        "" => None,
        code => Some(code.parse().map_err(|_| CommerceError::invalid("currency", "choose a currency"))?),
    };
    let country = line("country", &new.country, true)?.to_uppercase();
    if !is_country_code(&country) {
        return Err(CommerceError::invalid("country", "choose a country"));
    }
    let email = line("email", &new.email, true)?;
    if EmailAddress::parse(&email).is_err() {
        return Err(CommerceError::invalid("email", "write an e-mail address"));
    }
    let due_days = match new.due_days.trim() {
        "" => 0,
        days => match days.parse() {
            Ok(days @ 0..=365) => days,
            _ => return Err(CommerceError::invalid("due_days", "write a number of days up to 365")),
        },
    };
    Ok(BrandConfig {
        key: line("key", &new.key, true)?,
        name: line("name", &new.name, true)?,
        hosts,
        mail_host: Some(mail_host).filter(|host| !host.is_empty()),
        seller: SellerConfig {
            name: line("seller", &new.seller, true)?,
            address: lines("address", &new.address)?,
            country,
            tax_id: Some(line("tax_id", &new.tax_id, false)?).filter(|id| !id.is_empty()),
            email,
        },
        currency,
        plans: new.plans.clone(),
        invoices: InvoiceConfig {
            series: line("series", &new.series, true)?,
            credit_note_series: line("credit_note_series", &new.credit_note_series, true)?,
            due_days,
        },
    })
}

/// The fields in which two versions differ; all that say something when there was none.
fn differences(before: Option<&BrandConfig>, after: &BrandConfig) -> Vec<(&'static str, String, String)> {
    let before = before.map(NewBrand::of).unwrap_or_default().fields();
    let after = NewBrand::of(after).fields();
    let pairs = before.into_iter().zip(after);
    pairs.filter(|(old, new)| old.1 != new.1).map(|(old, new)| (old.0, old.1, new.1)).collect()
}

impl NewBrand {
    /// A brand as one would type it.
    pub fn of(brand: &BrandConfig) -> Self {
        NewBrand {
            key: brand.key.clone(),
            name: brand.name.clone(),
            hosts: brand.hosts.join("\n"),
            mail_host: brand.mail_host.clone().unwrap_or_default(),
            currency: brand.currency.map(|currency| currency.to_string()).unwrap_or_default(),
            plans: brand.plans.clone(),
            seller: brand.seller.name.clone(),
            address: brand.seller.address.join("\n"),
            country: brand.seller.country.clone(),
            tax_id: brand.seller.tax_id.clone().unwrap_or_default(),
            email: brand.seller.email.clone(),
            series: brand.invoices.series.clone(),
            credit_note_series: brand.invoices.credit_note_series.clone(),
            due_days: brand.invoices.due_days.to_string(),
        }
    }

    /// Every field with what is in it, in the order of the form.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let text = |name, text: &String| (name, text.clone());
        vec![
            text("key", &self.key),
            text("name", &self.name),
            text("hosts", &self.hosts),
            text("mail_host", &self.mail_host),
            text("currency", &self.currency),
            ("plans", self.plans.join("\n")),
            text("seller", &self.seller),
            text("address", &self.address),
            text("country", &self.country),
            text("tax_id", &self.tax_id),
            text("email", &self.email),
            text("series", &self.series),
            text("credit_note_series", &self.credit_note_series),
            text("due_days", &self.due_days),
        ]
    }
}

//! The handle through which everything of this crate is reached.

use std::sync::{Arc, PoisonError, RwLock};

use jiff::civil::Date;
use jiff::tz::TimeZone;
use mailkeep_policy::Policy;
use mailkeep_storage::sql::{Database, SqlError, Tx};
use mailkeep_types::{CustomerId, SharedClock, Timestamp};

use crate::config::CommerceConfig;
use crate::error::CommerceError;
use crate::ports::{MailExchangers, PhoneCodes, UsageSource};
use crate::processor::Processor;
use crate::screening::lists::ListSource;
use crate::services;
use crate::taxes::{Exemption, TaxConfig, TaxParty, Taxes};

/// The parts that commerce is made of.
pub struct CommerceParts {
    /// The database.
    pub db: Database,
    /// The gate to personal data.
    pub policy: Policy,
    /// The configuration; [`CommerceConfig::check`] must have found nothing.
    pub config: CommerceConfig,
    /// Who moves money.
    pub processor: Arc<dyn Processor>,
    /// Who counts mailboxes.
    pub usage: Arc<dyn UsageSource>,
    /// Who looks mail exchangers up.
    pub exchangers: Arc<dyn MailExchangers>,
    /// Who sends codes to telephones; nobody where the provider has no such service.
    pub phones: Option<Arc<dyn PhoneCodes>>,
    /// What is known of mail domains and networks.
    pub lists: ListSource,
}

/// Commerce: a cheap clone.
#[derive(Clone)]
pub struct Commerce {
    pub(crate) parts: Arc<CommerceParts>,
    in_force: Arc<RwLock<InForce>>,
}

/// The configuration with what the console changed of it.
struct InForce {
    config: Arc<CommerceConfig>,
    /// How many versions of brands it knows; -1 before it was looked.
    brands: i64,
}

impl Commerce {
    /// Puts commerce together, registers its facts with the policy, and syncs the catalogue.
    ///
    /// # Errors
    /// [`CommerceError::Config`] with every mistake, or the database's failure.
    pub async fn open(parts: CommerceParts) -> Result<Self, CommerceError> {
        let problems = parts.config.check();
        if !problems.is_empty() {
            return Err(CommerceError::Config(problems));
        }
        let in_force = InForce { config: Arc::new(parts.config.clone()), brands: -1 };
        let commerce = Commerce { parts: Arc::new(parts), in_force: Arc::new(RwLock::new(in_force)) };
        commerce.reload_brands().await?;
        let cover = commerce.config().payments.cover_limit(commerce.config().currency);
        crate::facts::register(&commerce.parts.policy, cover);
        commerce.sync_catalogue().await?;
        Ok(commerce)
    }

    pub(crate) fn policy(&self) -> &Policy {
        &self.parts.policy
    }

    /// What is printed on invoices of the ledger, so that rewritten history shows.
    pub(crate) async fn ledger_head(&self) -> Result<Option<String>, CommerceError> {
        Ok(self.policy().ledger_head().await?.map(|head| head.line()))
    }

    /// The customers whose last service ended before a time and who owe nothing: their data is past its term.
    ///
    /// # Errors
    /// When the database fails.
    pub fn ended_customers(&self, tx: &mut Tx<'_>, before: Timestamp) -> Result<Vec<CustomerId>, SqlError> {
        services::store::customers_ended_before(tx, before)
    }

    /// Whether a customer has a running service and owes nothing.
    ///
    /// # Errors
    /// When the database fails.
    pub fn owes_nothing(&self, tx: &mut Tx<'_>, customer: CustomerId) -> Result<bool, SqlError> {
        services::store::in_good_standing(tx, customer)
    }

    /// Whether a customer has a running service.
    ///
    /// # Errors
    /// When the database fails.
    pub fn serves(&self, tx: &mut Tx<'_>, customer: CustomerId) -> Result<bool, SqlError> {
        services::store::runs(tx, customer)
    }

    /// The configuration in force: as the file has it, with the brands that the console changed.
    pub fn config(&self) -> Arc<CommerceConfig> {
        let in_force = self.in_force.read().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(&in_force.config)
    }

    /// How many versions of brands the configuration in force knows.
    pub(crate) fn brands_known(&self) -> i64 {
        self.in_force.read().unwrap_or_else(PoisonError::into_inner).brands
    }

    /// Puts a configuration in force, unless one that knows more versions of brands is.
    pub(crate) fn put_in_force(&self, config: Arc<CommerceConfig>, brands: i64) {
        let mut in_force = self.in_force.write().unwrap_or_else(PoisonError::into_inner);
        if brands >= in_force.brands {
            *in_force = InForce { config, brands };
        }
    }

    /// What the tax of a brand's bill to a party is decided from, on a day, by the rules in force.
    pub(crate) fn taxes_of<'a>(
        &self,
        rules: &'a TaxConfig,
        brand: &str,
        party: TaxParty,
        on: Date,
        exemption: Option<Exemption>,
    ) -> Taxes<'a> {
        let seller_country = self.config().seller_of(brand).country.clone();
        Taxes { rules, seller_country, party, on, exemption }
    }

    /// The date of the provider's time zone.
    pub(crate) fn today(&self) -> Date {
        local_date(self.clock().now(), &self.config().time_zone)
    }

    /// The first day of the year over which the console says who would be affected.
    pub(crate) fn a_year_ago(&self) -> Date {
        let today = self.today();
        today.checked_sub(jiff::Span::new().years(1)).unwrap_or(today)
    }

    pub(crate) fn clock(&self) -> &SharedClock {
        self.parts.db.clock()
    }

    /// What is known of mail domains and networks.
    pub fn lists(&self) -> &ListSource {
        &self.parts.lists
    }

    pub(crate) fn processor(&self) -> &dyn Processor {
        &*self.parts.processor
    }

    pub(crate) async fn read<T, F>(&self, closure: F) -> Result<T, CommerceError>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, CommerceError> + Send + 'static,
        T: Send + 'static,
    {
        self.parts.db.read(closure).await
    }

    pub(crate) async fn write<T, F>(&self, closure: F) -> Result<T, CommerceError>
    where
        F: Fn(&mut Tx<'_>) -> Result<T, CommerceError> + Send + 'static,
        T: Send + 'static,
    {
        self.parts.db.write(closure).await
    }
}

/// The local date of an instant; UTC when the zone is not known.
pub fn local_date(at: Timestamp, time_zone: &str) -> Date {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    at.to_jiff().to_zoned(zone).date()
}

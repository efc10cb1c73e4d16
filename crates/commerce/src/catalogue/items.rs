//! What is sold once, by the piece, or by the hour: migrations, work, licences.

use mailkeep_types::{Currency, StaffId, new_uuid};
use uuid::Uuid;

use super::config::ItemConfig;
use super::price_config::{check_items, is_key};
use super::pricing::Measure;
use super::sheet::STANDARD;
use super::store;
use super::sync::wanted_item;
use crate::commerce::Commerce;
use crate::error::CommerceError;

/// The longest name of an item, in characters.
const LONGEST_NAME: usize = 100;
const KNOWN: &str = "there is an item of this name already; open it in the list to write a new version";

/// One version of an item, as sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemVersion {
    /// Names this version for ever.
    pub id: Uuid,
    /// The item's key.
    pub key: String,
    /// 1 for the first.
    pub version: i64,
    /// What customers read.
    pub name: String,
    /// Whether it is sold by the piece or by the hour.
    pub measure: Measure,
    /// As what it is taxed.
    pub tax_class: String,
    /// The price of one in each currency.
    pub prices: Vec<(Currency, i64)>,
}

impl ItemVersion {
    /// The price of one in a currency, if it is sold in it.
    pub fn price(&self, currency: Currency) -> Option<i64> {
        self.prices.iter().find(|(sold_in, _)| *sold_in == currency).map(|(_, minor)| *minor)
    }
}

/// An item as the console shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownItem {
    /// The version in force.
    pub version: ItemVersion,
    /// Whether it is on offer.
    pub offered: bool,
    /// Whether the console keeps it; else the configuration does.
    pub of_console: bool,
    /// Who wrote the version; nobody when the configuration did.
    pub made_by: Option<StaffId>,
    /// How many customers were invoiced for it during the last year.
    pub buyers: u64,
}

/// An item to be written, as typed.
#[derive(Debug, Clone, Default)]
pub struct NewItem {
    /// The word that names it for ever.
    pub key: String,
    /// What customers read.
    pub name: String,
    /// `piece` or `hour`.
    pub measure: String,
    /// As what it is taxed; empty for the standard class.
    pub tax_class: String,
    /// Prices such as `90.00`, by the code of their currency; empty ones are left out.
    pub prices: Vec<(String, String)>,
    /// Whether it is on offer from then on.
    pub offered: bool,
}

impl Commerce {
    /// Every item, those on offer first.
    pub async fn list_all_items(&self) -> Result<Vec<KnownItem>, CommerceError> {
        let since = self.a_year_ago();
        self.read(move |tx| store::all_items(tx, since)).await
    }

    /// Writes an item: a new one when `fresh`, else a new version of one that is there. What was sold keeps its price; the
    /// configuration changes it no more.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] naming the field that does not fit, `key` when a fresh one is there already;
    /// [`CommerceError::NotFound`] when the one to be changed is not; [`CommerceError::Unchanged`] when nothing of it is different;
    /// [`CommerceError::State`] as for [`Commerce::offer_item`].
    pub async fn write_item(&self, staff: StaffId, new: NewItem, fresh: bool) -> Result<i64, CommerceError> {
        let offered = new.offered;
        self.may_be_offered(&new.key, offered)?;
        let wanted = read(new)?;
        let id = new_uuid(&**self.clock());
        self.write(move |tx| {
            let current = store::current_item(tx, &wanted.key)?;
            match (&current, fresh) {
                (Some(_), true) => return Err(CommerceError::invalid("key", KNOWN)),
                (None, false) => return Err(CommerceError::NotFound("item")),
                _ => {}
            }
            if let Some(current) = &current
                && *current == (ItemVersion { id: current.id, version: current.version, ..wanted.clone() })
            {
                return Err(CommerceError::Unchanged);
            }
            let version = current.map_or(0, |current| current.version) + 1;
            let position = store::item_position(tx, &wanted.key)?;
            store::insert_item(tx, &ItemVersion { id, version, ..wanted.clone() }, position, Some(staff))?;
            store::offer_item(tx, &wanted.key, offered)?;
            Ok(version)
        })
        .await
    }

    /// Takes an item off the offer, or puts it back. Who ordered it keeps it.
    ///
    /// # Errors
    /// [`CommerceError::NotFound`] when there is none; [`CommerceError::State`] for the one that hand-overs are charged with.
    pub async fn offer_item(&self, key: &str, offered: bool) -> Result<(), CommerceError> {
        self.may_be_offered(key, offered)?;
        let key = key.to_owned();
        self.write(move |tx| match store::offer_item(tx, &key, offered)? {
            true => Ok(()),
            false => Err(CommerceError::NotFound("item")),
        })
        .await
    }
}

impl Commerce {
    fn may_be_offered(&self, key: &str, offered: bool) -> Result<(), CommerceError> {
        if !offered && self.config().hand_over.item == key {
            let message =
                "hand-overs are charged with this item; the configuration says so in commerce.hand_over.item";
            return Err(CommerceError::State(message.to_owned()));
        }
        Ok(())
    }
}

/// Reads what was typed, by the rules of the configuration.
fn read(new: NewItem) -> Result<ItemVersion, CommerceError> {
    let Some(measure) = [Measure::Piece, Measure::Hour].into_iter().find(|m| m.word() == new.measure) else {
        return Err(CommerceError::invalid("measure", "choose one of the two"));
    };
    let typed = new.prices.into_iter().map(|(currency, text)| (currency, text.trim().to_owned()));
    let config = ItemConfig {
        key: new.key.trim().to_owned(),
        name: new.name.trim().to_owned(),
        measure,
        prices: typed.filter(|(_, text)| !text.is_empty()).collect(),
        tax_class: match new.tax_class.trim() {
            "" => STANDARD.to_owned(),
            class => class.to_owned(),
        },
    };
    if config.name.chars().count() > LONGEST_NAME || config.name.chars().any(char::is_control) {
        return Err(CommerceError::invalid("name", "write at most 100 characters on one line"));
    }
    if !is_key(&config.tax_class) {
        let message = "write 1 to 32 small letters, digits and hyphens, as the rates of taxes have it";
        return Err(CommerceError::invalid("tax_class", message));
    }
    if let Some(problem) = check_items(std::slice::from_ref(&config)).into_iter().next() {
        let field = match problem.key.rsplit('.').next() {
            Some("key") => "key",
            Some("name") => "name",
            _ => "prices",
        };
        return Err(CommerceError::invalid(field, problem.message));
    }
    Ok(wanted_item(&config))
}

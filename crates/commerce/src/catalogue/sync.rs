//! Brings the tables in line with the configuration, at start.

use mailkeep_types::new_uuid;

use super::config::{ItemConfig, PlanConfig, parse_amount};
use super::items::ItemVersion;
use super::price_config::sheet_of;
use super::{PlanVersion, store};
use crate::classes;
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// Writes a new version of each plan that differs from the one in force, and takes plans that are no longer
    /// configured off the offer; items likewise. What was published or withdrawn in the console is the console's from then on. Run
    /// again, it changes nothing.
    pub(crate) async fn sync_catalogue(&self) -> Result<(), CommerceError> {
        let (config, clock) = (self.config().clone(), self.clock().clone());
        self.write(move |tx| {
            classes::change::sync(tx, &config.classes)?;
            store::withdraw_all(tx)?;
            for (position, plan) in (0i64..).zip(&config.plans) {
                if store::is_kept_by_console(tx, &plan.key)? {
                    store::set_position(tx, &plan.key, position)?;
                    continue;
                }
                let wanted = wanted(plan, config.currency);
                let in_force = store::current(tx, &plan.key)?;
                let id = match in_force {
                    Some(current) if same_terms(&current, &wanted) => current.id,
                    _ => {
                        let version = store::newest_number(tx, &plan.key)? + 1;
                        let new = PlanVersion { id: new_uuid(&*clock), version, ..wanted };
                        store::insert(tx, &new)?;
                        new.id
                    }
                };
                store::put_in_force(tx, &plan.key, id, position)?;
            }
            store::withdraw_all_items(tx)?;
            for (position, item) in (0i64..).zip(&config.items) {
                if store::is_item_of_console(tx, &item.key)? {
                    store::set_item_position(tx, &item.key, position)?;
                    continue;
                }
                let wanted = wanted_item(item);
                match store::current_item(tx, &item.key)? {
                    Some(current)
                        if current
                            == (ItemVersion {
                                id: current.id,
                                version: current.version,
                                ..wanted.clone()
                            }) =>
                    {
                        store::put_item_in_force(tx, &item.key, current.id, position)?;
                    }
                    older => {
                        let version = older.map_or(0, |older| older.version) + 1;
                        let new = ItemVersion { id: new_uuid(&*clock), version, ..wanted };
                        store::insert_item(tx, &new, position, None)?;
                    }
                }
            }
            Ok(())
        })
        .await
    }
}

pub(crate) fn wanted(plan: &PlanConfig, currency: mailkeep_types::Currency) -> PlanVersion {
    let mut prices: Vec<_> = plan
        .prices
        .offered()
        .filter_map(|(interval, text)| Some((interval, parse_amount(text, currency)?)))
        .collect();
    prices.sort();
    PlanVersion {
        id: uuid::Uuid::nil(),
        key: plan.key.clone(),
        version: 0,
        name: plan.name.clone(),
        summary: plan.summary.clone(),
        included_space_mb: plan.included_space_mb,
        fewest_mailboxes: plan.fewest_mailboxes,
        most_mailboxes: plan.most_mailboxes,
        class: plan.class.clone(),
        limits: plan.limits.clone().unwrap_or_default(),
        currency,
        prices,
        sheet: sheet_of(plan, currency),
    }
}

pub(crate) fn wanted_item(item: &ItemConfig) -> ItemVersion {
    let price = |(currency, text): (&String, &String)| {
        let currency = currency.parse().ok()?;
        Some((currency, parse_amount(text, currency)?))
    };
    ItemVersion {
        id: uuid::Uuid::nil(),
        key: item.key.clone(),
        version: 0,
        name: item.name.clone(),
        measure: item.measure,
        tax_class: item.tax_class.clone(),
        prices: item.prices.iter().filter_map(price).collect(),
    }
}

fn same_terms(current: &PlanVersion, wanted: &PlanVersion) -> bool {
    let mut terms = PlanVersion { id: current.id, version: current.version, ..wanted.clone() };
    if terms.class.is_some() {
        // What a class says is the class's to change.
        terms.limits = current.limits.clone();
    }
    *current == terms
}

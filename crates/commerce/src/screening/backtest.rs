//! What other weights would have decided: the facts of past orders, scored anew, beside how those orders ended.

use std::collections::BTreeMap;

use mailkeep_types::OrderId;

use super::{Outcome, ScreeningConfig, assess, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;

/// How an order ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decided {
    /// Served.
    Served,
    /// Refused.
    Refused,
}

/// An order that would have gone another way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// The order.
    pub order: OrderId,
    /// What the screening said then.
    pub was: (i64, Outcome),
    /// What it would say.
    pub would_be: (i64, Outcome),
    /// How it ended.
    pub ended: Decided,
    /// Whether a person decided it.
    pub by_a_person: bool,
}

/// How many orders of each end the screening put where.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Confusion {
    /// What was said then.
    pub then: BTreeMap<(Outcome, Decided), usize>,
    /// What the given configuration says.
    pub now: BTreeMap<(Outcome, Decided), usize>,
    /// The orders that would have gone another way.
    pub shifts: Vec<Shift>,
    /// Orders whose facts are past their term.
    pub gone: usize,
}

impl Commerce {
    /// Scores the facts of every decided order with a configuration. Nothing is changed.
    ///
    /// # Errors
    /// [`CommerceError::Config`] when the configuration has mistakes.
    pub async fn backtest_screening(&self, config: &ScreeningConfig) -> Result<Confusion, CommerceError> {
        let problems = config.check();
        if !problems.is_empty() {
            return Err(CommerceError::Config(problems));
        }
        let mut table = Confusion::default();
        for (order, outcome, served, by_a_person) in self.read(store::decided).await? {
            let ended = if served { Decided::Served } else { Decided::Refused };
            let Some((customer, screening)) = self.read(move |tx| store::screened(tx, order)).await? else {
                continue;
            };
            let was = (screening.score, outcome);
            let Some(open) = self.open_screening(order, customer, screening).await? else {
                table.gone += 1;
                continue;
            };
            let again = assess(&open.facts, config);
            *table.then.entry((was.1, ended)).or_default() += 1;
            *table.now.entry((again.outcome, ended)).or_default() += 1;
            if again.outcome != was.1 {
                let would_be = (i64::from(again.score), again.outcome);
                table.shifts.push(Shift { order, was, would_be, ended, by_a_person });
            }
        }
        Ok(table)
    }
}

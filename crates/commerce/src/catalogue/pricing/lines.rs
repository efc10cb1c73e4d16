//! The lines of one plan, as they are gathered.

use mailkeep_types::{Currency, Money, MoneyError, Ratio};

use super::{LineKind, Measure, PricedLine, Span, space};
use crate::catalogue::PlanVersion;
use crate::catalogue::sheet::{AddOnPrice, SpacePrice};
use crate::periods::prorate::price_of_part;

/// Gathers the lines of one plan.
pub(super) struct Lines<'a> {
    pub index: usize,
    pub plan: &'a PlanVersion,
    pub currency: Currency,
    pub span: Option<Span>,
    pub lines: Vec<PricedLine>,
}

impl Lines<'_> {
    pub fn add(
        &mut self,
        kind: LineKind,
        add_on: Option<&AddOnPrice>,
        quantity: Ratio,
        measure: Measure,
        unit_minor: i64,
    ) -> Result<(), MoneyError> {
        let whole = Money::new(unit_minor, self.currency).times(quantity)?;
        let gross = match self.span.filter(|_| kind.recurs()) {
            Some(span) => price_of_part(whole, span.part, span.whole)?,
            None => whole,
        };
        self.lines.push(PricedLine {
            plan: Some(self.index),
            kind,
            key: add_on.map(|add_on| add_on.key.clone()),
            name: add_on.map_or(&self.plan.name, |add_on| &add_on.name).clone(),
            quantity,
            measure,
            unit_minor,
            gross_minor: gross.minor,
            tax_class: self.plan.sheet.tax_class.clone(),
        });
        Ok(())
    }

    /// A line of space; none when nothing is to be charged.
    pub fn add_space(
        &mut self,
        kind: LineKind,
        add_on: Option<&AddOnPrice>,
        mb: u64,
        price: &SpacePrice,
    ) -> Result<(), MoneyError> {
        if mb == 0 {
            return Ok(());
        }
        self.add(kind, add_on, space::gigabytes(mb, price), Measure::Gigabyte, price.unit_minor)
    }
}

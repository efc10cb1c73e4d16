//! What a change comes to: pure, and the same for the preview and the bill.

use jiff::civil::Date;
use mailkeep_types::Ratio;

use super::unused::{OldLine, Unused, unused};
use crate::catalogue::PlanVersion;
use crate::catalogue::pricing::space::brought_mb;
use crate::catalogue::pricing::{
    LineKind, PlanUse, PriceRequest, Priced, PricedLine, Quantities, Span, price,
};
use crate::catalogue::sheet::SpaceBasis;
use crate::config::CommerceConfig;
use crate::discounts::Reduction;
use crate::error::CommerceError;
use crate::months::due::{Covered, Known, add};
use crate::periods::{Interval, Period};
use crate::taxes::{TaxDecision, Taxes};
use crate::totals::{LineTotal, Totals, sum_up};

/// A change with everything that decides what it comes to.
pub(crate) struct Change<'a> {
    /// The subscription and what is known of it.
    pub known: &'a Known,
    /// The plan that is wanted.
    pub to: &'a PlanVersion,
    /// For how long it is paid in advance.
    pub interval: Interval,
    /// At least so many mailboxes.
    pub mailboxes: u32,
    /// What the new plan's bills are reduced by.
    pub reductions: &'a [Reduction],
    /// The customer's date.
    pub today: Date,
}

/// What is billed at once.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Computed {
    /// All lines: first the credits, then the parts of terms that the new plan is charged for, each an item of its own.
    pub priced: Priced,
    /// The credits in their order.
    pub credits: Vec<(OldLine, Unused)>,
    /// What the new plan is charged for: the rest of the term, and the next one when it was billed ahead.
    pub charged: Vec<Period>,
    /// All of that.
    pub period: Period,
    /// What is paid for then.
    pub covers: Covered,
}

impl Change<'_> {
    /// How much there is, with what the new plan sells of what is had besides on a day.
    fn quantities(&self, interval: Interval, day: Date) -> (Quantities, u64) {
        let list = self.to.sheet.list(self.to.currency);
        let space = list.and_then(|list| list.interval(interval)).and_then(|prices| prices.space.as_ref());
        let mut had = self.known.count.quantities(self.mailboxes, space);
        let mailboxes = had.open.saturating_add(had.closed);
        let besides = self.known.add_ons_on(day, self.to, interval);
        let beyond = had.space_mb.saturating_sub(brought_mb(self.to, interval, besides, mailboxes));
        had.excess_mb = Some(beyond);
        let charged = match space.map(|space| space.by) {
            None => 0,
            Some(SpaceBasis::Pool) => beyond,
            Some(SpaceBasis::Use | SpaceBasis::Quota) => had.space_mb,
        };
        (had.with_add_ons(self.known.add_ons_on(day, self.to, interval)), charged)
    }

    fn request(
        &self,
        quantities: &Quantities,
        interval: Interval,
        parts: impl IntoIterator<Item = Option<Span>>,
        config: &CommerceConfig,
    ) -> PriceRequest {
        let used = |part| PlanUse {
            plan: self.to.clone(),
            interval,
            quantities: quantities.clone(),
            part,
            begins: false,
        };
        PriceRequest {
            currency: self.to.currency,
            plans: parts.into_iter().map(used).collect(),
            items: Vec::new(),
            reductions: self.reductions.to_vec(),
            closed_in_full: config.closed_mailboxes_in_full,
        }
    }

    /// What a whole term of the new plan comes to.
    pub(crate) fn later(&self, config: &CommerceConfig, taxes: &Taxes<'_>) -> Result<Priced, CommerceError> {
        let (quantities, _) = self.quantities(self.interval, self.known.subscription.next_on);
        price(&self.request(&quantities, self.interval, [None], config), taxes)
    }

    /// What the change comes to when it takes effect today.
    pub(crate) fn now(
        &self,
        config: &CommerceConfig,
        taxes: &Taxes<'_>,
        old: &[OldLine],
    ) -> Result<Computed, CommerceError> {
        let currency = self.to.currency;
        let mut all = Priced { lines: Vec::new(), taxes: Vec::new(), totals: sum_up(currency, &[], &[])? };
        let mut credits = Vec::new();
        for line in old {
            if line.currency != currency {
                return Err(CommerceError::State(
                    "a plan in another currency begins with an order".to_owned(),
                ));
            }
            if let Some(unused) = unused(line, self.today)? {
                let class = &self.known.plan.sheet.tax_class;
                add(&mut all, credit(line, unused, &taxes.decide(class), class), credits.len())?;
                credits.push((line.clone(), unused));
            }
        }
        let subscription = &self.known.subscription;
        let spans = subscription.paid_spans(self.today, &config.month);
        let (quantities, space_mb) = self.quantities(subscription.interval, self.today);
        let mailboxes = quantities.open.saturating_add(quantities.closed);
        let charged: Vec<Period> = spans.iter().map(|span| span.part).collect();
        let request = self.request(&quantities, subscription.interval, spans.into_iter().map(Some), config);
        add(&mut all, price(&request, taxes)?, credits.len())?;
        let period = Period { start: self.today, end: subscription.next_on };
        Ok(Computed { priced: all, credits, charged, period, covers: Covered { mailboxes, space_mb } })
    }
}

/// The line that gives back what is unused.
fn credit(old: &OldLine, unused: Unused, tax: &TaxDecision, class: &str) -> Priced {
    let line = PricedLine {
        plan: Some(0),
        kind: LineKind::Unused,
        key: None,
        name: old.plan_name.clone(),
        quantity: Ratio::new(-old.line.quantity.numerator(), old.line.quantity.denominator()),
        measure: old.line.measure,
        unit_minor: old.line.unit_minor,
        gross_minor: -unused.net_minor,
        tax_class: class.to_owned(),
    };
    let total = LineTotal {
        gross_minor: -unused.net_minor,
        discount_minor: 0,
        net_minor: -unused.net_minor,
        tax_minor: -unused.tax_minor,
    };
    // The credit carries the tax of what was billed, which may be another than today's.
    let tax = if tax.rate == old.line.tax_rate {
        tax.clone()
    } else {
        TaxDecision::plain(tax.name.clone(), old.line.tax_rate)
    };
    Priced {
        lines: vec![line],
        taxes: vec![tax],
        totals: Totals {
            currency: old.currency,
            lines: vec![total],
            discount_minor: 0,
            net_minor: total.net_minor,
            tax_minor: total.tax_minor,
            total_minor: total.net_minor + total.tax_minor,
        },
    }
}

//! What a cart comes to, by the function that bills.

use mailkeep_storage::sql::Tx;
use mailkeep_types::Ratio;

use super::{Cart, CartToken, Quote, QuoteLine, change, store};
use crate::catalogue;
use crate::commerce::Commerce;
use crate::config::CommerceConfig;
use crate::error::CommerceError;
use crate::totals::{Charge, compute};

impl Commerce {
    /// The cart with prices and totals; an empty one for a token that is not known.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for the field `plan` when a plan in the cart has left the offer.
    pub async fn quote_cart(&self, token: &CartToken) -> Result<Quote, CommerceError> {
        let (hash, config) = (change::hash(token), self.config().clone());
        self.read(move |tx| match store::find(tx, &hash)? {
            Some((cart, None)) => quote(tx, &cart, &config),
            _ => quote_lines(Vec::new(), &config),
        })
        .await
    }
}

/// Prices the lines of a cart at the versions in force.
pub(crate) fn quote(tx: &mut Tx<'_>, cart: &Cart, config: &CommerceConfig) -> Result<Quote, CommerceError> {
    let mut lines = Vec::with_capacity(cart.lines.len());
    for line in &cart.lines {
        let gone = || {
            let message =
                format!("the plan chosen for {} is no longer on offer; choose another", line.domain);
            CommerceError::invalid("plan", message)
        };
        let plan = catalogue::store::on_offer(tx, &line.plan_key)?.ok_or_else(gone)?;
        let unit = plan.price(line.interval).ok_or_else(gone)?;
        lines.push(QuoteLine { line: line.clone(), plan, unit });
    }
    quote_lines(lines, config)
}

fn quote_lines(lines: Vec<QuoteLine>, config: &CommerceConfig) -> Result<Quote, CommerceError> {
    let tax_rate = config.tax.rate();
    let charges: Vec<Charge> = lines
        .iter()
        .map(|line| Charge {
            unit_minor: line.unit.minor,
            quantity: line.line.mailboxes,
            part: Ratio::ONE,
            tax: tax_rate,
        })
        .collect();
    let totals = compute(config.currency, &charges, 0)?;
    Ok(Quote { lines, tax_name: config.tax.name.clone(), tax_rate, totals })
}

//! What a cart comes to, by the function that bills.

use jiff::civil::Date;
use mailkeep_storage::sql::Tx;
use mailkeep_types::{DomainName, Ratio};
use uuid::Uuid;

use super::{Cart, CartLine, CartToken, MOST_MAILBOXES, Quote, QuoteLine, QuotedTo, change, store};
use crate::add_ons;
use crate::catalogue;
use crate::catalogue::pricing::{ItemUse, PlanUse, PriceRequest, Quantities, price};
use crate::commerce::{Commerce, local_date};
use crate::config::CommerceConfig;
use crate::discounts::{BillOf, coupons, favours};
use crate::error::CommerceError;
use crate::orders;
use crate::periods::Interval;
use crate::taxes::{TaxParty, Taxes, rates};

impl Commerce {
    /// The cart with prices and totals for a buyer in some place; an empty one for a token that is not known.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for the field `plan` when a plan in the cart has left the offer.
    pub async fn quote_cart(&self, token: &CartToken, to: QuotedTo) -> Result<Quote, CommerceError> {
        let (hash, config) = (change::hash(token), self.config().clone());
        let on = local_date(self.clock().now(), &config.time_zone);
        self.read(move |tx| {
            let cart = store::find(tx, &hash)?.filter(|(_, order)| order.is_none()).map(|(cart, _)| cart);
            quote(tx, cart.as_ref(), &config, to, on)
        })
        .await
    }

    /// What one plan comes to for a buyer: the quote of a cart with this one line, which nobody has to fill.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for the fields `plan`, `mailboxes` and `add_ons`.
    pub async fn quote_plan(
        &self,
        brand: &str,
        plan: &str,
        interval: Interval,
        mailboxes: u32,
        add_ons: Vec<String>,
        to: QuotedTo,
    ) -> Result<Quote, CommerceError> {
        let (config, brand, key) = (self.config().clone(), brand.to_owned(), plan.to_owned());
        let on = local_date(self.clock().now(), &config.time_zone);
        self.read(move |tx| {
            let offered = catalogue::store::on_offer(tx, &key)?.filter(|_| config.sells(&brand, &key));
            let plan = offered.ok_or_else(|| CommerceError::invalid("plan", "this plan is not on offer"))?;
            if !(1..=MOST_MAILBOXES).contains(&mailboxes) || !plan.allows(mailboxes) {
                let message = match plan.most_mailboxes {
                    0 => format!("{} begins with {} mailboxes", plan.name, plan.fewest_mailboxes),
                    most => format!("{} has {} to {most} mailboxes", plan.name, plan.fewest_mailboxes),
                };
                return Err(CommerceError::invalid("mailboxes", message));
            }
            add_ons::refuse_unsold(&plan, config.currency_of(&brand), interval, &add_ons)?;
            let line = CartLine {
                id: Uuid::nil(),
                plan_key: key.clone(),
                interval,
                mailboxes,
                domain: DomainName::parse("quoted.invalid").map_err(|_| CommerceError::Stored("domain"))?,
                add_ons: add_ons.clone(),
            };
            let cart = Cart {
                id: Uuid::nil(),
                lines: vec![line],
                items: Vec::new(),
                expires_at: tx.now(),
                coupon: None,
                brand: brand.clone(),
            };
            quote(tx, Some(&cart), &config, to, on)
        })
        .await
    }

    /// The buyer of whom nothing is known yet: somebody in the seller's country.
    pub fn unknown_buyer(&self) -> QuotedTo {
        QuotedTo { party: TaxParty::in_country(&self.config().seller.country), customer: None }
    }
}

/// Prices the lines of a cart at the versions in force.
pub(crate) fn quote(
    tx: &mut Tx<'_>,
    cart: Option<&Cart>,
    config: &CommerceConfig,
    to: QuotedTo,
    on: Date,
) -> Result<Quote, CommerceError> {
    let brand = cart.map(|cart| cart.brand.clone()).unwrap_or_default();
    let currency = config.currency_of(&brand);
    let mut lines = Vec::new();
    for line in cart.map(|cart| cart.lines.as_slice()).unwrap_or_default() {
        let gone = || {
            let message =
                format!("the plan chosen for {} is no longer on offer; choose another", line.domain);
            CommerceError::invalid("plan", message)
        };
        let plan = catalogue::store::on_offer(tx, &line.plan_key)?.ok_or_else(gone)?;
        let unit = plan.price_in(currency, line.interval).ok_or_else(gone)?;
        add_ons::refuse_unsold(&plan, currency, line.interval, &line.add_ons)?;
        lines.push(QuoteLine { line: line.clone(), plan, unit });
    }
    let offered = catalogue::store::offered_items(tx)?;
    let mut items = Vec::new();
    for item in cart.map(|cart| cart.items.as_slice()).unwrap_or_default() {
        // What left the offer is ordered no more; whoever saw another total is told before they order.
        let sold = offered.iter().find(|sold| sold.key == item.key && sold.price(currency).is_some());
        items.extend(sold.map(|sold| (item.clone(), sold.clone())));
    }
    // A trial is for who tries: for all that is ordered, and once. What comes once is paid at once, and so is all beside it.
    let tried = match to.customer {
        Some(customer) => orders::store::is_served(tx, customer)?,
        None => false,
    };
    let trial_days = lines
        .iter()
        .map(|line| line.plan.sheet.trial_days)
        .min()
        .filter(|_| !tried && items.is_empty())
        .unwrap_or(0);
    let plans: Vec<&str> = lines.iter().map(|line| line.plan.key.as_str()).collect();
    let coupon = match cart.and_then(|cart| cart.coupon.as_deref()) {
        // A code that cannot be used any more takes nothing off; whoever saw another total is told before they order.
        Some(code) => match coupons::usable(tx, code, on, &plans, currency) {
            Ok(coupon) => Some(coupon),
            Err(CommerceError::Invalid { .. }) => None,
            Err(error) => return Err(error),
        },
        None => None,
    };
    let bill =
        BillOf { customer: to.customer, coupon: coupon.as_ref().map(|c| c.id), index: 0, currency, on };
    let favours = favours(tx, bill, config)?;
    let request = PriceRequest {
        currency,
        plans: lines
            .iter()
            .map(|line| PlanUse {
                plan: line.plan.clone(),
                interval: line.line.interval,
                quantities: Quantities::ordered(line.line.mailboxes)
                    .with_add_ons(line.line.add_ons.iter().map(String::as_str)),
                part: None,
                begins: true,
            })
            .collect(),
        items: items
            .iter()
            .map(|(wanted, item)| ItemUse {
                item: item.clone(),
                quantity: Ratio::new(i64::from(wanted.quantity), 1),
            })
            .collect(),
        reductions: favours.reductions,
        closed_in_full: config.closed_mailboxes_in_full,
    };
    let rules = rates::rules(tx, &config.tax)?;
    let taxes = Taxes {
        rules: &rules,
        seller_country: config.seller_of(&brand).country.clone(),
        party: to.party,
        on,
        exemption: favours.exemption,
    };
    Ok(Quote { lines, items, priced: price(&request, &taxes)?, coupon, brand, trial_days })
}

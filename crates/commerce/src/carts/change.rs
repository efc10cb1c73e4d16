//! Making a cart and changing its lines.

use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use mailkeep_types::{DomainName, new_uuid};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{CART_DAYS, Cart, CartLine, CartToken, MOST_LINES, MOST_MAILBOXES, MOST_PIECES, store};
use crate::add_ons;
use crate::brands::HOUSE;
use crate::catalogue;
use crate::commerce::{Commerce, local_date};
use crate::discounts::coupons;
use crate::error::CommerceError;
use crate::periods::Interval;

/// What a visitor puts into a cart, as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine {
    /// The plan's key.
    pub plan_key: String,
    /// For how long each price buys.
    pub interval: Interval,
    /// How many mailboxes.
    pub mailboxes: u32,
    /// The domain that the mail is for.
    pub domain: String,
    /// What its mailboxes are to have besides, by key.
    pub add_ons: Vec<String>,
}

impl Commerce {
    /// Puts a line into the cart behind `token`, or into a new one when there is none; returns the token to keep. A
    /// line for a domain that is in the cart already replaces it.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] naming the field that does not fit.
    pub async fn add_to_cart(
        &self,
        token: Option<&CartToken>,
        line: NewLine,
    ) -> Result<CartToken, CommerceError> {
        self.add_to_cart_of(HOUSE, token, line).await
    }

    /// As [`Commerce::add_to_cart`], on the site of a brand: what it sells, in its currency.
    pub async fn add_to_cart_of(
        &self,
        brand: &str,
        token: Option<&CartToken>,
        line: NewLine,
    ) -> Result<CartToken, CommerceError> {
        let domain = DomainName::parse(&line.domain).map_err(|error| {
            CommerceError::invalid("domain", format!("{error}; write one such as example.com"))
        })?;
        if line.mailboxes == 0 || line.mailboxes > MOST_MAILBOXES {
            let message = format!("write a number of mailboxes from 1 to {MOST_MAILBOXES}");
            return Err(CommerceError::invalid("mailboxes", message));
        }
        let given = token.cloned();
        let fresh = new_token();
        let clock = self.clock().clone();
        let (brand, currency) = (brand.to_owned(), self.config().currency_of(brand));
        let sold = self.config().sells(&brand, &line.plan_key);
        self.write(move |tx| {
            let plan = catalogue::store::on_offer(tx, &line.plan_key)?
                .filter(|_| sold)
                .ok_or_else(|| CommerceError::invalid("plan", "this plan is not on offer; choose another"))?;
            if plan.price_in(currency, line.interval).is_none() {
                return Err(CommerceError::invalid("interval", "this plan is not sold for this interval"));
            }
            if !plan.allows(line.mailboxes) {
                let message = match plan.most_mailboxes {
                    0 => format!("{} begins with {} mailboxes", plan.name, plan.fewest_mailboxes),
                    most => format!("{} is for {} to {most} mailboxes", plan.name, plan.fewest_mailboxes),
                };
                return Err(CommerceError::invalid("mailboxes", message));
            }
            add_ons::refuse_unsold(&plan, currency, line.interval, &line.add_ons)?;
            let found = match &given {
                // A cart that became an order is done with: the next line begins a new one.
                Some(token) => store::find(tx, &hash(token))?
                    .filter(|(cart, order)| order.is_none() && cart.brand == brand),
                None => None,
            };
            let (cart, token) = match (found, &given) {
                (Some((cart, _)), Some(token)) => (cart, token.clone()),
                _ => {
                    let id = new_uuid(&*clock);
                    let expires_at = tx.now().plus(Duration::from_secs(CART_DAYS * 86_400));
                    store::insert(tx, id, &hash(&fresh), expires_at, &brand)?;
                    let cart = Cart {
                        id,
                        lines: Vec::new(),
                        items: Vec::new(),
                        expires_at,
                        coupon: None,
                        brand: brand.clone(),
                    };
                    (cart, fresh.clone())
                }
            };
            let known = cart.lines.iter().any(|l| l.domain == domain);
            if cart.lines.len() >= MOST_LINES && !known {
                return Err(CommerceError::invalid("cart", format!("a cart has at most {MOST_LINES} lines")));
            }
            let line = CartLine {
                id: new_uuid(&*clock),
                plan_key: line.plan_key.clone(),
                interval: line.interval,
                mailboxes: line.mailboxes,
                domain: domain.clone(),
                add_ons: line.add_ons.clone(),
            };
            store::put_line(tx, cart.id, &line)?;
            Ok(token)
        })
        .await
    }

    /// Puts the code of a coupon into the cart, or takes it out with an empty one.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for the field `coupon` when it cannot be used for what is in the cart.
    pub async fn set_cart_coupon(&self, token: &CartToken, code: &str) -> Result<(), CommerceError> {
        let (hash, code) = (hash(token), coupons::normal(code));
        let config = self.config().clone();
        let on = local_date(self.clock().now(), &config.time_zone);
        self.write(move |tx| {
            let Some((cart, None)) = store::find(tx, &hash)? else {
                return Err(CommerceError::NotFound("cart"));
            };
            if code.is_empty() {
                return Ok(store::set_coupon(tx, cart.id, None)?);
            }
            let plans: Vec<&str> = cart.lines.iter().map(|line| line.plan_key.as_str()).collect();
            coupons::usable(tx, &code, on, &plans, config.currency_of(&cart.brand))?;
            Ok(store::set_coupon(tx, cart.id, Some(&code))?)
        })
        .await
    }

    /// Sets how many pieces or hours of an item are in the cart; none takes it out.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for the field `item` when it is not on offer in the currency of the cart, or too many are
    /// wanted.
    pub async fn set_cart_item(
        &self,
        token: &CartToken,
        key: &str,
        quantity: u32,
    ) -> Result<(), CommerceError> {
        if quantity > MOST_PIECES {
            return Err(CommerceError::invalid("item", format!("write a number up to {MOST_PIECES}")));
        }
        let (hash, key, config) = (hash(token), key.to_owned(), self.config().clone());
        self.write(move |tx| {
            let Some((cart, None)) = store::find(tx, &hash)? else {
                return Err(CommerceError::NotFound("cart"));
            };
            let currency = config.currency_of(&cart.brand);
            let offered = catalogue::store::offered_items(tx)?;
            let sold = offered.iter().any(|item| item.key == key && item.price(currency).is_some());
            if quantity > 0 && !sold {
                return Err(CommerceError::invalid("item", "this is not on offer; choose something else"));
            }
            Ok(store::put_item(tx, cart.id, &key, quantity)?)
        })
        .await
    }

    /// Takes a line out of the cart.
    pub async fn remove_from_cart(&self, token: &CartToken, line: Uuid) -> Result<(), CommerceError> {
        let hash = hash(token);
        self.write(move |tx| {
            let Some((cart, None)) = store::find(tx, &hash)? else {
                return Err(CommerceError::NotFound("cart"));
            };
            if store::delete_line(tx, cart.id, line)? { Ok(()) } else { Err(CommerceError::NotFound("line")) }
        })
        .await
    }
}

pub(crate) fn hash(token: &CartToken) -> [u8; 32] {
    Sha256::digest(token.0.as_bytes()).into()
}

fn new_token() -> CartToken {
    let mut random = [0u8; 32];
    // A machine without a random source can do nothing safely; the process must not go on.
    getrandom::fill(&mut random).expect("the operating system's random source answers");
    CartToken(BASE64URL_NOPAD.encode(&random))
}

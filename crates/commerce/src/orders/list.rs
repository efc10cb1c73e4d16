//! Orders as customers and staff see them, without anything personal.

use mailkeep_types::{CustomerId, OrderId, Timestamp};

use super::{Order, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::screening::Outcome;

/// A customer in the console's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerRow {
    /// Who.
    pub customer: CustomerId,
    /// How many orders there are.
    pub orders: i64,
    /// How many services run.
    pub services: i64,
    /// When the newest order was placed.
    pub last_order_at: Timestamp,
}

impl Commerce {
    /// The orders of a customer, newest first.
    pub async fn list_orders(&self, customer: CustomerId) -> Result<Vec<Order>, CommerceError> {
        self.read(move |tx| store::of_customer(tx, customer)).await
    }

    /// The orders of a customer after one, the oldest first.
    pub async fn page_orders(
        &self,
        customer: CustomerId,
        after: Option<OrderId>,
        limit: u32,
    ) -> Result<Vec<Order>, CommerceError> {
        self.read(move |tx| store::page_of(tx, customer, after, limit)).await
    }

    /// One order of a customer.
    pub async fn show_order(&self, customer: CustomerId, id: OrderId) -> Result<Order, CommerceError> {
        self.read(move |tx| {
            store::find(tx, id)?
                .filter(|order| order.customer == customer)
                .ok_or(CommerceError::NotFound("order"))
        })
        .await
    }

    /// Any order, for staff.
    pub async fn find_order(&self, id: OrderId) -> Result<Order, CommerceError> {
        self.read(move |tx| store::find(tx, id)?.ok_or(CommerceError::NotFound("order"))).await
    }

    /// The newest orders of everybody, for staff.
    pub async fn list_newest_orders(&self, limit: u32) -> Result<Vec<Order>, CommerceError> {
        self.read(move |tx| store::newest(tx, limit)).await
    }

    /// How an order was screened: outcome, score and when. The reasons are personal; see `open_review_file`.
    pub async fn screening_outcome(
        &self,
        id: OrderId,
    ) -> Result<Option<(Outcome, i64, Timestamp)>, CommerceError> {
        self.read(move |tx| Ok(store::screening(tx, id)?.map(|s| (s.outcome, s.score, s.screened_at)))).await
    }

    /// The customers who ordered, newest first, for staff.
    pub async fn list_customers(&self, limit: u32) -> Result<Vec<CustomerRow>, CommerceError> {
        self.read(move |tx| {
            let rows = store::customers(tx, limit)?;
            Ok(rows
                .into_iter()
                .map(|(customer, orders, services, last_order_at)| CustomerRow {
                    customer,
                    orders,
                    services,
                    last_order_at,
                })
                .collect())
        })
        .await
    }
}

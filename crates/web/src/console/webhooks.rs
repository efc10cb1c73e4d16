//! Webhooks of the house: programs of ours that are told what happens to anybody, see [`crate::webhooks`].

use mailkeep_webhooks::endpoints::{Registrar, Whose};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::page::Page;
use crate::webhooks::{EndpointDetail, EndpointList, Home, Place};

const BASE: &str = "/console/webhooks";

/// The endpoints of the house.
#[derive(Debug, Clone, Copy)]
pub struct OfHouse;

impl Home for OfHouse {
    type List = WebhooksPage;
    type One = WebhookPage;

    fn place(ctx: &Ctx) -> Result<Place, WebError> {
        let by = Registrar::Staff(ctx.who.staff()?.staff);
        Ok(Place { base: BASE, whose: Whose::House, by })
    }
}

/// The endpoints of the house.
#[derive(Debug, Serialize)]
pub struct WebhooksPage {
    /// What is on it.
    #[serde(flatten)]
    pub list: EndpointList,
}

/// One endpoint with its log.
#[derive(Debug, Serialize)]
pub struct WebhookPage {
    /// What is on it.
    #[serde(flatten)]
    pub detail: EndpointDetail,
}

impl From<EndpointList> for WebhooksPage {
    fn from(list: EndpointList) -> Self {
        WebhooksPage { list }
    }
}

impl From<EndpointDetail> for WebhookPage {
    fn from(detail: EndpointDetail) -> Self {
        WebhookPage { detail }
    }
}

impl Page for WebhooksPage {
    const TEMPLATE: &'static str = "console/webhooks.html";

    fn samples() -> Vec<Self> {
        EndpointList::samples(BASE).into_iter().map(Self::from).collect()
    }
}

impl Page for WebhookPage {
    const TEMPLATE: &'static str = "console/webhook.html";

    fn samples() -> Vec<Self> {
        EndpointDetail::samples(BASE).into_iter().map(Self::from).collect()
    }
}

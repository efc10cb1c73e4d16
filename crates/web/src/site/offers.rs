//! The page of offers: what was sent, what its writer put here, and whose coupon can be used still. Everything it says of an offer but the
//! text follows from the coupon.

use mailkeep_types::Habits;
use serde::Serialize;

use crate::announced;
use crate::ctx::Ctx;
use crate::markdown;
use crate::offers::{OfferWords, Terms};
use crate::page::Page;
use crate::render::Renderer;
use crate::routes::Answer;

/// The offers that can be taken now.
#[derive(Debug, Serialize)]
pub struct OffersPage {
    /// The newest first.
    pub offers: Vec<OfferCard>,
}

/// An offer.
#[derive(Debug, Clone, Serialize)]
pub struct OfferCard {
    /// Its title.
    pub title: String,
    /// The language of title and text.
    pub language: &'static str,
    /// Its text, as HTML.
    pub text: String,
    /// What it gives, in the reader's language.
    pub words: OfferWords,
}

impl Page for OffersPage {
    const TEMPLATE: &'static str = "site/offers.html";

    fn samples() -> Vec<Self> {
        let Ok(renderer) = Renderer::embedded() else { return Vec::new() };
        let card = |title: &str, text: &str| OfferCard {
            title: title.to_owned(),
            language: "en",
            text: markdown::render(text).html,
            words: OfferWords::sample(&renderer, "en"),
        };
        let offers = vec![
            card("Three months for two", "Come in **spring** and pay less until summer."),
            card(
                "A third less for a year",
                "For whoever moves from elsewhere: we help with the mail that is there.",
            ),
        ];
        vec![OffersPage { offers }, OffersPage { offers: Vec::new() }]
    }
}

/// `GET /offers`
pub async fn show(ctx: Ctx) -> Answer {
    let site = ctx.chrome().brand.url;
    let mut offers = Vec::new();
    for found in ctx.state.outreach.listed_offers().await? {
        let Some(offer) = found.offer else { continue };
        if !ctx.state.commerce.coupon_stands(offer.coupon).await? {
            continue;
        }
        let Some(terms) = Terms::of(&ctx.state.commerce, &ctx.brand_key(), offer.coupon).await? else {
            continue;
        };
        offers.push(OfferCard {
            title: found.title,
            language: Habits::of(&found.language).language(),
            text: announced::for_page(found.format, &found.body),
            words: terms.words(&ctx.state.renderer, &ctx.language, &site),
        });
    }
    ctx.page(&OffersPage { offers })
}

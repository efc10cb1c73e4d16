//! What an offer says in plain words: what its coupon gives, for which plans, until when, for how long. Computed from the coupon whenever it
//! is shown, in a letter, on the page of offers and in the console, and never typed by hand.

use mailkeep_commerce::Commerce;
use mailkeep_commerce::catalogue::PlanVersion;
use mailkeep_commerce::discounts::coupons::{Coupon, CouponWorth};
use mailkeep_commerce::periods::Interval;
use mailkeep_types::{Currency, Habits, Money};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;
use crate::render::Renderer;

/// An offer in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferWords {
    /// Names and values, e.g. “Order until” and “30 June 2026”.
    pub lines: Vec<(String, String)>,
    /// What holds besides.
    pub note: String,
    /// What the link says.
    pub button: String,
    /// Where one orders, with the code entered.
    pub link: String,
}

/// What the words are made of.
#[derive(Debug, Clone)]
pub struct Terms {
    coupon: Coupon,
    /// The plans that it is for, in the order of the catalogue; `None` for all of them.
    plans: Option<Vec<String>>,
    /// For which periods those are sold.
    intervals: Vec<Interval>,
    currency: Currency,
}

impl Terms {
    /// Those of a coupon under a brand; nothing where it takes nothing off there.
    ///
    /// # Errors
    /// When the database fails, or there is no such coupon.
    pub async fn of(
        commerce: &Commerce,
        brand: &str,
        coupon: Uuid,
    ) -> Result<Option<Self>, mailkeep_commerce::CommerceError> {
        let coupon = commerce.coupon(coupon).await?;
        Self::of_plans(commerce, brand, coupon, &commerce.list_plans().await?)
    }

    fn of_plans(
        commerce: &Commerce,
        brand: &str,
        coupon: Coupon,
        plans: &[PlanVersion],
    ) -> Result<Option<Self>, mailkeep_commerce::CommerceError> {
        let config = commerce.config();
        let currency = config.currency_of(brand);
        let fits = |plan: &&PlanVersion| {
            config.sells(brand, &plan.key)
                && plan.sheet.list(currency).is_some()
                && coupon.plans.as_ref().is_none_or(|keys| keys.contains(&plan.key))
        };
        let plans: Vec<&PlanVersion> = plans.iter().filter(fits).collect();
        if plans.is_empty() || !coupon.is_worth_in(currency) {
            return Ok(None);
        }
        let sold =
            |interval: &Interval| plans.iter().any(|plan| plan.price_in(currency, *interval).is_some());
        let intervals = [Interval::Monthly, Interval::Quarterly, Interval::Annual];
        Ok(Some(Terms {
            plans: coupon.plans.is_some().then(|| plans.iter().map(|plan| plan.name.clone()).collect()),
            intervals: intervals.into_iter().filter(sold).collect(),
            currency,
            coupon,
        }))
    }

    /// In words of a language; the link leads to a site.
    pub fn words(&self, renderer: &Renderer, language: &str, site: &str) -> OfferWords {
        let say = |id| renderer.text(language, &msg(id));
        let lines = [
            ("offer-gives", self.gives(renderer, language)),
            (
                "offer-plans",
                self.plans.as_ref().map_or_else(|| say("offer-plans-all"), |plans| plans.join(", ")),
            ),
            ("offer-until", self.until(renderer, language)),
            ("offer-lasts", self.lasts(renderer, language)),
            ("offer-code", self.coupon.code.clone()),
        ];
        let note = match self.coupon.most_uses {
            Some(most) => renderer.text(language, &msg("offer-note-limited").with("n", i64::from(most))),
            None => say("offer-note"),
        };
        OfferWords {
            lines: lines.into_iter().map(|(name, value)| (say(name), value)).collect(),
            note,
            button: say("offer-order"),
            // A code is letters, digits and hyphens.
            link: format!("{}/order?coupon={}", site.trim_end_matches('/'), self.coupon.code),
        }
    }

    /// In one line, to choose it by.
    pub fn line(&self, renderer: &Renderer, language: &str) -> String {
        let (gives, until) = (self.gives(renderer, language), self.until(renderer, language));
        format!("{}: {gives}, {until}", self.coupon.code)
    }

    fn gives(&self, renderer: &Renderer, language: &str) -> String {
        let habits = Habits::of(language);
        let (id, what) = match &self.coupon.worth {
            CouponWorth::Percent(percent) => ("offer-gives-share", habits.share(percent.0)),
            CouponWorth::Amounts(amounts) => {
                let minor =
                    amounts.iter().find(|(of, _)| *of == self.currency).map_or(0, |(_, minor)| *minor);
                ("offer-gives-amount", habits.money(Money::new(minor, self.currency)))
            }
        };
        renderer.text(language, &msg(id).with("what", what))
    }

    fn until(&self, renderer: &Renderer, language: &str) -> String {
        match self.coupon.until {
            // The day after the last one is kept.
            Some(until) => Habits::of(language).date(until.yesterday().unwrap_or(until)),
            None => renderer.text(language, &msg("offer-until-open")),
        }
    }

    fn lasts(&self, renderer: &Renderer, language: &str) -> String {
        let Some(periods) = self.coupon.periods else {
            return renderer.text(language, &msg("offer-lasts-always"));
        };
        let periods = i64::from(periods);
        let alone = self.intervals.len() == 1;
        let part = |interval: &Interval| {
            let (id, n) = match (interval, alone) {
                (Interval::Monthly, true) => ("offer-lasts-months", periods),
                (Interval::Quarterly, true) => ("offer-lasts-months", periods.saturating_mul(3)),
                (Interval::Annual, true) => ("offer-lasts-years", periods),
                (Interval::Monthly, false) => ("offer-lasts-monthly", periods),
                (Interval::Quarterly, false) => ("offer-lasts-quarterly", periods.saturating_mul(3)),
                (Interval::Annual, false) => ("offer-lasts-annual", periods),
            };
            renderer.text(language, &msg(id).with("n", n))
        };
        self.intervals.iter().map(part).collect::<Vec<_>>().join("; ")
    }
}

impl OfferWords {
    /// What the samples of pages and letters show.
    pub fn sample(renderer: &Renderer, language: &str) -> Self {
        Terms::sample().words(renderer, language, "https://www.mailkeep.example")
    }
}

impl Terms {
    /// What the samples of pages show.
    pub fn sample() -> Self {
        let coupon = Coupon {
            id: Uuid::nil(),
            code: "SPRING-26".to_owned(),
            worth: CouponWorth::Percent(mailkeep_commerce::totals::TaxRate(3_333)),
            periods: Some(3),
            from: jiff::civil::date(2026, 3, 1),
            until: Some(jiff::civil::date(2026, 7, 1)),
            most_uses: Some(500),
            uses: 212,
            plans: Some(vec!["business".to_owned()]),
            made_by: mailkeep_types::StaffId::from_uuid(Uuid::nil()),
            withdrawn: false,
        };
        Terms {
            coupon,
            plans: Some(vec!["Business".to_owned(), "Business with archive".to_owned()]),
            intervals: vec![Interval::Monthly, Interval::Annual],
            currency: Currency::USD,
        }
    }
}

/// An offer in the words of a language, under the brand of the page; nothing where it takes nothing off there.
///
/// # Errors
/// When the database fails.
pub async fn words(ctx: &Ctx, coupon: Uuid, language: &str) -> Result<Option<OfferWords>, WebError> {
    let terms = Terms::of(&ctx.state.commerce, &ctx.brand_key(), coupon).await?;
    let site = ctx.chrome().brand.url;
    Ok(terms.map(|terms| terms.words(&ctx.state.renderer, language, &site)))
}

/// The coupons that an offer can be made of, each in a line; with `kept`, that one as well, whatever became of it.
///
/// # Errors
/// When the database fails.
pub async fn to_choose(ctx: &Ctx, kept: Option<Uuid>) -> Result<Vec<(Uuid, String)>, WebError> {
    let commerce = &ctx.state.commerce;
    let plans = commerce.list_plans().await?;
    let mut coupons = commerce.coupons_in_force().await?;
    if let Some(kept) = kept.filter(|kept| coupons.iter().all(|coupon| coupon.id != *kept)) {
        coupons.push(commerce.coupon(kept).await?);
    }
    let mut lines = Vec::with_capacity(coupons.len());
    for coupon in coupons {
        let (id, code) = (coupon.id, coupon.code.clone());
        let terms = Terms::of_plans(commerce, &ctx.brand_key(), coupon, &plans)?;
        lines.push((id, terms.map_or(code, |terms| terms.line(&ctx.state.renderer, &ctx.language))));
    }
    Ok(lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(words: &OfferWords, at: usize) -> &str {
        &words.lines[at].1
    }

    #[test]
    fn the_words_follow_from_the_coupon_in_every_language() {
        let renderer = Renderer::embedded().unwrap().strict();
        let of = |terms: &Terms, language: &str| terms.words(&renderer, language, "https://www.example.com/");
        let terms = Terms::sample();
        let english = of(&terms, "en");
        assert_eq!(
            english.lines.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>(),
            [
                "33.33% off each bill",
                "Business, Business with archive",
                "30 June 2026",
                "the first 3 months when you pay by the month; the first 3 years when you pay by the year",
                "SPRING-26",
            ]
        );
        assert_eq!(english.link, "https://www.example.com/order?coupon=SPRING-26");
        assert!(english.note.contains("500"), "{}", english.note);
        assert_eq!(value(&of(&terms, "de"), 2), "30. Juni 2026");
        assert!(value(&of(&terms, "de"), 0).contains("33,33\u{a0}%"), "{:?}", of(&terms, "de"));
        assert_eq!(value(&of(&terms, "es"), 2), "30 de junio de 2026");

        let mut amount = Terms::sample();
        let usd = amount.currency;
        amount.coupon.worth = CouponWorth::Amounts(vec![(usd, 1_000)]);
        (amount.coupon.periods, amount.coupon.until, amount.plans) = (Some(1), None, None);
        amount.intervals = vec![Interval::Monthly];
        let words = of(&amount, "en");
        assert_eq!(value(&words, 0), "$10.00 off each bill");
        assert_eq!((value(&words, 1), value(&words, 3)), ("every plan", "the first month"));
        amount.coupon.periods = None;
        assert_eq!(value(&of(&amount, "en"), 3), "as long as you keep the plan");
        amount.coupon.periods = Some(2);
        amount.intervals = vec![Interval::Quarterly];
        assert_eq!(value(&of(&amount, "en"), 3), "the first 6 months");
        for language in ["en", "de", "es"] {
            for terms in [&terms, &amount] {
                let words = of(terms, language);
                for text in words.lines.iter().flat_map(|(name, value)| [name, value]).chain([&words.note]) {
                    assert!(!text.contains("offer-") && !text.contains(['{', '}']), "{language}: {text}");
                }
            }
        }
    }
}

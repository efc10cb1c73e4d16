//! Coupons: what they take off, how often they were used, and new ones.

use mailkeep_commerce::discounts::coupons::{Coupon, CouponWorth, NewCoupon};
use mailkeep_types::{Currency, Money};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples::usd;

/// The coupons.
#[derive(Debug, Serialize)]
pub struct CouponsPage {
    /// Every coupon, newest first.
    pub coupons: Vec<CouponRow>,
    /// A new one.
    pub form: Form,
    /// The currencies of amounts, the house's own first.
    pub currencies: Vec<String>,
    /// The plans it can be for.
    pub plans: Vec<Choose>,
}

/// A coupon.
#[derive(Debug, Clone, Serialize)]
pub struct CouponRow {
    /// Its id.
    pub id: String,
    /// What customers type.
    pub code: String,
    /// A percentage; or an amount.
    pub percent: Option<String>,
    /// An amount in each of some currencies.
    pub amounts: Vec<Money>,
    /// For how many periods.
    pub periods: Option<i64>,
    /// The first day.
    pub from: String,
    /// The last day.
    pub last: Option<String>,
    /// How often it was used.
    pub uses: i64,
    /// How often it can be used.
    pub most_uses: Option<i64>,
    /// The plans it is for.
    pub plans: Vec<String>,
    /// Whether it was taken back.
    pub withdrawn: bool,
}

impl Page for CouponsPage {
    const TEMPLATE: &'static str = "console/catalogue/coupons.html";

    fn samples() -> Vec<Self> {
        let row = |code: &str, percent: Option<&str>, uses, withdrawn| CouponRow {
            id: code.to_owned(),
            code: code.to_owned(),
            percent: percent.map(str::to_owned),
            amounts: match percent {
                None => vec![usd(1000), Money::new(900, Currency::EUR)],
                Some(_) => Vec::new(),
            },
            periods: percent.is_some().then_some(3),
            from: "2026-05-01".to_owned(),
            last: percent.is_some().then(|| "2026-06-30".to_owned()),
            uses,
            most_uses: percent.is_some().then_some(500),
            plans: if percent.is_some() { vec!["business".to_owned()] } else { Vec::new() },
            withdrawn,
        };
        let page = |coupons, form| CouponsPage {
            coupons,
            form,
            currencies: vec!["USD".to_owned(), "EUR".to_owned()],
            plans: vec![Choose::new("personal", "Personal"), Choose::new("business", "Business")],
        };
        let coupons = vec![row("SPRING-26", Some("33.33 %"), 212, false), row("WELCOME", None, 17, true)];
        vec![
            page(coupons, Form::new().with("periods", "1")),
            page(Vec::new(), Form::new().with("code", "A").wrong("code", msg("form-required"))),
        ]
    }
}

fn row(coupon: Coupon) -> CouponRow {
    let (percent, amounts) = match coupon.worth {
        CouponWorth::Percent(percent) => (Some(percent.to_string()), Vec::new()),
        CouponWorth::Amounts(amounts) => {
            (None, amounts.into_iter().map(|(currency, minor)| Money::new(minor, currency)).collect())
        }
    };
    CouponRow {
        id: coupon.id.to_string(),
        code: coupon.code,
        percent,
        amounts,
        periods: coupon.periods.map(i64::from),
        from: coupon.from.to_string(),
        last: coupon.until.map(|until| until.yesterday().unwrap_or(until).to_string()),
        uses: i64::from(coupon.uses),
        most_uses: coupon.most_uses.map(i64::from),
        plans: coupon.plans.unwrap_or_default(),
        withdrawn: coupon.withdrawn,
    }
}

async fn page(ctx: &Ctx, form: Form) -> Result<CouponsPage, WebError> {
    let commerce = &ctx.state.commerce;
    let plans = commerce.list_plans().await?;
    Ok(CouponsPage {
        coupons: commerce.list_coupons().await?.into_iter().map(row).collect(),
        form,
        currencies: commerce.config().currencies().iter().map(ToString::to_string).collect(),
        plans: plans.into_iter().map(|plan| Choose::new(plan.key, plan.name)).collect(),
    })
}

/// `GET /console/catalogue/coupons`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new().with("periods", "1")).await?;
    ctx.page(&page)
}

/// `POST /console/catalogue/coupons`
pub async fn make(ctx: Ctx) -> Answer {
    let given = |name: &str| ctx.form.get(name).to_owned();
    let new = NewCoupon {
        code: given("coupon"),
        percent: given("percent"),
        amounts: ctx
            .state
            .commerce
            .config()
            .currencies()
            .iter()
            .map(|currency| (currency.to_string(), given(&format!("amount-{currency}"))))
            .collect(),
        periods: given("periods"),
        from: given("from"),
        last: given("last"),
        most_uses: given("most_uses"),
        plans: ctx.form.all("plans").filter(|key| !key.is_empty()).map(str::to_owned).collect(),
    };
    let mut form = Form::of(&ctx.form);
    match ctx.state.commerce.make_coupon(ctx.who.staff()?.staff, new).await {
        Ok(_) => ctx.done("/console/catalogue/coupons", msg("coupon-made")),
        Err(mailkeep_commerce::CommerceError::Invalid { field: "code", message }) => {
            // A field that is called “code” would never be shown again.
            form.refuse("coupon", msg("verbatim").with("text", crate::error::sentence(&message)));
            let page = page(&ctx, form).await?;
            ctx.refused(&page)
        }
        Err(mailkeep_commerce::CommerceError::Invalid { field: "amount", message }) => {
            let currencies = ctx.state.commerce.config().currencies();
            let wrong = currencies.iter().find(|currency| message.contains(currency.code()));
            let field = format!("amount-{}", wrong.map_or("", |currency| currency.code()));
            form.refuse(&field, msg("verbatim").with("text", crate::error::sentence(&message)));
            let page = page(&ctx, form).await?;
            ctx.refused(&page)
        }
        Err(error) => {
            form.take(error, &["percent", "periods", "from", "last", "most_uses"])?;
            let page = page(&ctx, form).await?;
            ctx.refused(&page)
        }
    }
}

/// `POST /console/catalogue/coupons/{coupon}/withdraw`
pub async fn withdraw(ctx: Ctx) -> Answer {
    ctx.state.commerce.withdraw_coupon(ctx.param("coupon")?).await?;
    ctx.done("/console/catalogue/coupons", msg("coupon-withdrawn"))
}

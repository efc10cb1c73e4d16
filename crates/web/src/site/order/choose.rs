//! The first step: plan, term, domain, number of mailboxes.

use mailkeep_commerce::CommerceError;
use mailkeep_commerce::carts::CART_DAYS;
use mailkeep_commerce::carts::change::NewLine;
use mailkeep_commerce::discounts::coupons::CouponRefusal;
use mailkeep_commerce::periods::Interval;
use mailkeep_policy::Shown;
use mailkeep_types::Habits;
use serde::Serialize;

use super::cart;
use crate::add_ons::{self, AddOnField};
use crate::cookies;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::items::{self, ItemField};
use crate::messages::{Msg, msg};
use crate::page::Page;
use crate::routes::Answer;
use crate::site::plans;

/// As many letters of a code are looked at.
const LONGEST_CODE: usize = 32;

/// The form of the first step.
#[derive(Debug, Serialize)]
pub struct OrderPage {
    /// What was chosen.
    pub form: Form,
    /// The plans on sale.
    pub plans: Vec<Choice>,
    /// Yearly or monthly.
    pub terms: Vec<Choice>,
    /// What every mailbox can have besides.
    pub add_ons: Vec<AddOnField>,
    /// What is sold once.
    pub items: Vec<ItemField>,
}

/// One of several.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What it is.
    pub title: String,
    /// More on it.
    pub text: String,
}

impl Choice {
    /// A choice.
    pub fn new(value: impl Into<String>, title: impl Into<String>, text: impl Into<String>) -> Self {
        Choice { value: value.into(), title: title.into(), text: text.into() }
    }
}

impl Page for OrderPage {
    const TEMPLATE: &'static str = "site/order.html";

    fn samples() -> Vec<Self> {
        let page = |form| OrderPage {
            form,
            plans: vec![
                Choice::new("personal", "Personal", "$3.00 a mailbox and month"),
                Choice::new("business", "Business", "$6.00 a mailbox and month"),
                Choice::new("archive", "Business with archive", "$11.00 a mailbox and month"),
            ],
            terms: vec![
                Choice::new("annual", "Yearly", "Prepaid for a year at the lower price"),
                Choice::new("monthly", "Monthly", "Month by month, stop at any time"),
            ],
            add_ons: AddOnField::samples(),
            items: ItemField::samples(),
        };
        let chosen = Form::new().with("plan", "business").with("term", "annual").with("mailboxes", "5");
        vec![
            page(chosen.clone().with("coupon", "SPRING-26")),
            page(
                chosen
                    .with("coupon", "SPRING")
                    .wrong("domain", msg("form-required"))
                    .wrong("coupon", in_words(CouponRefusal::Unknown)),
            ),
        ]
    }
}

/// `GET /order?plan=…&coupon=…`: a link may bring the code of a coupon along.
pub async fn show(ctx: Ctx) -> Answer {
    let mut form = Form::new().with("term", "annual").with("mailboxes", "1");
    let quote = cart::quote(&ctx, ctx.state.commerce.unknown_buyer()).await?;
    let chosen = quote.as_ref().map(|quote| quote.items.clone()).unwrap_or_default();
    let entered = quote.as_ref().and_then(|quote| quote.coupon.as_ref()).map(|coupon| coupon.code.clone());
    let mut plan = ctx.query.get("plan").to_owned();
    if let Some(line) = quote.and_then(|quote| quote.lines.into_iter().next()) {
        if plan.is_empty() {
            plan.clone_from(&line.line.plan_key);
        }
        form = Form::new()
            .with("plan", line.line.plan_key)
            .with("term", line.line.interval.word())
            .with("mailboxes", line.line.mailboxes.to_string())
            .with("domain", line.line.domain.to_unicode());
        for key in line.line.add_ons {
            form = form.with(&format!("add-on-{key}"), "yes");
        }
    }
    for (item, _) in chosen {
        form = form.with(&format!("item-{}", item.key), item.quantity.to_string());
    }
    if !ctx.query.get("plan").is_empty() {
        form = form.with("plan", ctx.query.get("plan"));
    }
    form = form.with("coupon", entered.unwrap_or_default());
    if !ctx.query.get("coupon").is_empty() {
        form = brought(&ctx, form, &plan).await?;
    }
    ctx.page(&page(&ctx, form).await?)
}

/// The form with the code that a link brought along, and with a plan that it is for; what is wrong with it stands beside it.
async fn brought(ctx: &Ctx, mut form: Form, chosen: &str) -> Result<Form, WebError> {
    let code: String = ctx.query.get("coupon").chars().take(LONGEST_CODE).collect();
    let looked_at = ctx.state.commerce.look_at_code(&ctx.brand_key(), &code, &[]).await?;
    form = form.with("coupon", code);
    let coupon = match looked_at {
        Ok(coupon) => coupon,
        Err(refusal) => return Ok(form.wrong("coupon", in_words(refusal))),
    };
    let Some(keys) = coupon.plans else { return Ok(form) };
    let fits = |plan: &plans::PlanView| keys.contains(&plan.id);
    let on_sale = plans::on_sale(ctx).await?;
    let wanted = on_sale.iter().find(|plan| fits(plan) && plan.id == chosen);
    Ok(match wanted.or_else(|| on_sale.iter().find(|plan| fits(plan))) {
        Some(plan) => form.with("plan", plan.id.clone()),
        None => form.wrong("coupon", in_words(CouponRefusal::OtherPlan)),
    })
}

/// Why a code cannot be used.
pub(super) fn in_words(refusal: CouponRefusal) -> Msg {
    msg(match refusal {
        CouponRefusal::Unknown => "order-coupon-unknown",
        CouponRefusal::NotInForce => "order-coupon-over",
        CouponRefusal::OtherPlan => "order-coupon-plan",
        CouponRefusal::OtherCurrency => "order-coupon-currency",
    })
}

/// `POST /order`
pub async fn submit(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let plan_key = form.required(&ctx.form, "plan").to_owned();
    let domain = form.required(&ctx.form, "domain").to_owned();
    let mailboxes = form.checked(&ctx.form, "mailboxes", msg("form-number"), str::parse::<u32>);
    let read = |word: &str| Interval::from_word(word).ok_or(());
    let interval = form.checked(&ctx.form, "term", msg("form-required"), read);
    let code = ctx.form.get("coupon").to_owned();
    if !code.is_empty()
        && let Err(refusal) =
            ctx.state.commerce.look_at_code(&ctx.brand_key(), &code, &[plan_key.as_str()]).await?
    {
        form.refuse("coupon", in_words(refusal));
    }
    let currency = ctx.state.commerce.config().currency_of(&ctx.brand_key());
    let besides = add_ons::wanted(&add_ons::on_sale(&ctx, currency).await?, &ctx.form);
    let wanted = items::wanted(&items::on_offer(&ctx, currency).await?, &mut form, &ctx.form);
    if let (true, Some(mailboxes), Some(interval)) = (form.good(), mailboxes, interval) {
        // Our form orders one domain at a time: what was chosen before makes way.
        if let (Some(token), Some(quote)) =
            (cart::token(&ctx), cart::quote(&ctx, ctx.state.commerce.unknown_buyer()).await?)
        {
            for line in quote.lines {
                ctx.state.commerce.remove_from_cart(&token, line.line.id).await?;
            }
        }
        let line = NewLine { plan_key, interval, mailboxes, domain, add_ons: besides };
        match ctx.state.commerce.add_to_cart_of(&ctx.brand_key(), cart::token(&ctx).as_ref(), line).await {
            Ok(token) => {
                for item in wanted {
                    ctx.state.commerce.set_cart_item(&token, &item.key, item.quantity).await?;
                }
                // A code that ended in this moment is missed on the next page, where the sums are.
                match ctx.state.commerce.set_cart_coupon(&token, &code).await {
                    Ok(()) | Err(CommerceError::Invalid { .. }) => {}
                    Err(error) => return Err(error.into()),
                }
                let signed_in = ctx.who.person().is_ok();
                let to = if signed_in { "/order/review" } else { "/register?next=/order/review" };
                let mut response = ctx.redirect(to);
                cookies::set(&mut response, cookies::CART, token.as_str(), Some(CART_DAYS * 86_400));
                return Ok(response);
            }
            Err(CommerceError::Invalid { field: "interval", message }) => {
                form.refuse("term", msg("verbatim").with("text", crate::error::sentence(&message)));
            }
            Err(CommerceError::Invalid { field: "add_ons", message }) => {
                form.refuse_all(msg("verbatim").with("text", crate::error::sentence(&message)));
            }
            Err(error) => form.take(error, &["plan", "domain", "mailboxes"])?,
        }
    }
    ctx.refused(&page(&ctx, form).await?)
}

async fn page(ctx: &Ctx, mut form: Form) -> Result<OrderPage, WebError> {
    let plans = plans::on_sale(ctx).await?;
    if form.values.get("plan").is_none_or(Shown::is_blank)
        && let Some(first) = plans.first()
    {
        form = form.with("plan", first.id.clone());
    }
    let habits = Habits::of(&ctx.language);
    let choice = |plan: &plans::PlanView| {
        let price = plan.prices.first().map(|price| habits.money(price.per_month)).unwrap_or_default();
        Choice::new(
            plan.id.clone(),
            plan.name.clone(),
            ctx.text(&msg("order-plan-price").with("price", price)),
        )
    };
    let term = |word: &str, title, text| Choice::new(word, ctx.say(title), ctx.say(text));
    let currency = ctx.state.commerce.config().currency_of(&ctx.brand_key());
    Ok(OrderPage {
        form,
        add_ons: add_ons::on_sale(ctx, currency).await?,
        items: items::on_offer(ctx, currency).await?,
        plans: plans.iter().map(choice).collect(),
        terms: vec![
            term("annual", "order-term-annual", "order-term-annual-text"),
            term("monthly", "order-term-monthly", "order-term-monthly-text"),
        ],
    })
}

//! Webhooks: where programs are told what happens, with the log of what was sent. Customers have pages for their own endpoints, the
//! console for those of the house; both are made of this.

mod parts;

use mailkeep_types::Timestamp;
use mailkeep_webhooks::WebhookError;
use mailkeep_webhooks::endpoints::{NewEndpoint, Registrar, Whose, WithSecret};
use mailkeep_webhooks::events::EventKind;
use uuid::Uuid;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

pub use parts::{DeliveryRow, EndpointDetail, EndpointList, EndpointRow, EventBox};

/// Deliveries on a page of the log.
const ON_A_PAGE: u32 = 50;

/// Where the pages are and whose endpoints they show.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Where.
    pub base: &'static str,
    /// Whose.
    pub whose: Whose,
    /// Who works there.
    pub by: Registrar,
}

/// A part of the site that has pages about endpoints.
pub trait Home: 'static {
    /// The page of all.
    type List: Page + From<EndpointList>;
    /// The page of one.
    type One: Page + From<EndpointDetail>;

    /// Where the pages are, and what whoever asks may see there.
    ///
    /// # Errors
    /// When nobody is signed in there.
    fn place(ctx: &Ctx) -> Result<Place, WebError>;
}

impl From<WebhookError> for WebError {
    fn from(error: WebhookError) -> Self {
        match error {
            WebhookError::NotFound => WebError::NotFound,
            WebhookError::Field { sentence, .. } | WebhookError::State(sentence) => {
                WebError::verbatim(sentence)
            }
            error => WebError::internal(error),
        }
    }
}

/// The endpoints at a place, with what was typed.
pub async fn list(
    ctx: &Ctx,
    place: Place,
    form: Form,
    ticked: &[EventKind],
) -> Result<EndpointList, WebError> {
    let endpoints = ctx.state.webhooks.list_endpoints(place.whose).await?;
    Ok(EndpointList {
        base: place.base,
        endpoints: endpoints.iter().map(EndpointRow::from).collect(),
        form,
        events: EventBox::all(ticked),
    })
}

/// An endpoint at a place, with the part of its log that was asked for.
pub async fn detail(
    ctx: &Ctx,
    place: Place,
    id: Uuid,
    form: Option<(Form, Vec<EventKind>)>,
    secret: Option<String>,
) -> Result<EndpointDetail, WebError> {
    let webhooks = &ctx.state.webhooks;
    let endpoint = webhooks.show_endpoint(place.whose, id).await?;
    let before = ctx.query.get("before").parse().ok();
    let mut deliveries = webhooks.list_deliveries(place.whose, id, before, ON_A_PAGE + 1).await?;
    let more = deliveries.len() > ON_A_PAGE as usize;
    deliveries.truncate(ON_A_PAGE as usize);
    let (form, ticked) =
        form.unwrap_or_else(|| (Form::new().with("url", endpoint.url.clone()), endpoint.events.clone()));
    Ok(EndpointDetail {
        base: place.base,
        endpoint: EndpointRow::from(&endpoint),
        secret,
        form,
        events: EventBox::all(&ticked),
        older: deliveries.last().filter(|_| more).map(|last| last.id.to_string()),
        deliveries: deliveries.iter().map(DeliveryRow::from).collect(),
    })
}

/// What the form says.
pub fn wanted(ctx: &Ctx) -> (Form, NewEndpoint) {
    let mut form = Form::of(&ctx.form);
    let url = form.required(&ctx.form, "url").to_owned();
    let events = ctx.form.all("events").filter_map(EventKind::from_word).collect();
    (form, NewEndpoint { url, events })
}

/// What came of a form: something, or a sentence beside a field.
fn taken<T>(form: &mut Form, done: Result<T, WebhookError>) -> Result<Option<T>, WebError> {
    match done {
        Ok(done) => Ok(Some(done)),
        Err(WebhookError::Field { field, sentence }) => {
            form.refuse(field, msg("verbatim").with("text", sentence));
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

/// Registers what the form says; without success the form says why.
pub async fn register(
    ctx: &Ctx,
    place: Place,
) -> Result<Result<WithSecret, (Form, Vec<EventKind>)>, WebError> {
    let (mut form, new) = wanted(ctx);
    let ticked = new.events.clone();
    if form.good() {
        let made = ctx.state.webhooks.register_endpoint(place.whose, place.by, new).await;
        if let Some(made) = taken(&mut form, made)? {
            return Ok(Ok(made));
        }
    }
    Ok(Err((form, ticked)))
}

/// Changes what the form says; without success the form says why.
pub async fn change(ctx: &Ctx, place: Place, id: Uuid) -> Result<Option<(Form, Vec<EventKind>)>, WebError> {
    let (mut form, to) = wanted(ctx);
    let ticked = to.events.clone();
    if form.good() {
        let changed = ctx.state.webhooks.change_endpoint(place.whose, id, to).await;
        if taken(&mut form, changed)?.is_some() {
            return Ok(None);
        }
    }
    Ok(Some((form, ticked)))
}

/// The buttons of an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Button {
    /// Sends an event that says nothing.
    Test,
    /// Tells it what happens again.
    Enable,
    /// Tells it nothing more.
    Disable,
    /// Forgets it.
    Remove,
    /// Sends everything again from a time on.
    Replay,
}

/// What the buttons of an endpoint do.
pub async fn press(ctx: &Ctx, place: Place, id: Uuid, button: Button) -> Answer {
    let (webhooks, here) = (&ctx.state.webhooks, format!("{}/{id}", place.base));
    match button {
        Button::Test => {
            webhooks.test_endpoint(place.whose, id).await?;
            ctx.done(&here, msg("webhook-tested"))
        }
        Button::Enable => {
            webhooks.enable_endpoint(place.whose, id).await?;
            ctx.done(&here, msg("webhook-enabled"))
        }
        Button::Disable => {
            webhooks.disable_endpoint(place.whose, id).await?;
            ctx.done(&here, msg("webhook-disabled"))
        }
        Button::Remove => {
            webhooks.remove_endpoint(place.whose, id).await?;
            ctx.done(place.base, msg("webhook-removed"))
        }
        Button::Replay => {
            // What is not theirs is not there, whatever was typed.
            webhooks.show_endpoint(place.whose, id).await?;
            let at = ctx.form.get("since");
            let Some(since) = since(at, &ctx.chrome().time_zone) else {
                return ctx.sorry(&here, msg("webhook-since-wrong"));
            };
            let count = webhooks.replay_since(place.whose, id, since).await?;
            ctx.done(&here, msg("webhook-replayed").with("n", i64::try_from(count).unwrap_or(i64::MAX)))
        }
    }
}

/// The begin of a day, or a time of a day, where the reader is.
fn since(text: &str, zone: &str) -> Option<Timestamp> {
    let zone = jiff::tz::TimeZone::get(zone).unwrap_or(jiff::tz::TimeZone::UTC);
    let at: jiff::civil::DateTime = match text.parse() {
        Ok(at) => at,
        Err(_) => text.parse::<jiff::civil::Date>().ok()?.at(0, 0, 0, 0),
    };
    let at = at.to_zoned(zone).ok()?;
    Some(Timestamp::from_micros(at.timestamp().as_microsecond()))
}

/// `GET …/webhooks`
pub async fn show<H: Home>(ctx: Ctx) -> Answer {
    let list = list(&ctx, H::place(&ctx)?, Form::new(), &[]).await?;
    ctx.page(&H::List::from(list))
}

/// `POST …/webhooks`
pub async fn submit<H: Home>(ctx: Ctx) -> Answer {
    let place = H::place(&ctx)?;
    match register(&ctx, place).await? {
        // Shown in the answer itself: a secret belongs neither into an address nor into a cookie.
        Ok(made) => {
            let secret = Some(made.secret.expose());
            let detail = detail(&ctx, place, made.endpoint.id, None, secret).await?;
            ctx.page(&H::One::from(detail))
        }
        Err((form, ticked)) => {
            let list = list(&ctx, place, form, &ticked).await?;
            ctx.refused(&H::List::from(list))
        }
    }
}

/// `GET …/webhooks/{endpoint}`
pub async fn show_one<H: Home>(ctx: Ctx) -> Answer {
    let detail = detail(&ctx, H::place(&ctx)?, ctx.param("endpoint")?, None, None).await?;
    ctx.page(&H::One::from(detail))
}

/// `POST …/webhooks/{endpoint}`
pub async fn submit_one<H: Home>(ctx: Ctx) -> Answer {
    let (place, id): (_, Uuid) = (H::place(&ctx)?, ctx.param("endpoint")?);
    match change(&ctx, place, id).await? {
        None => ctx.done(&format!("{}/{id}", place.base), msg("webhook-changed")),
        Some(form) => {
            let detail = detail(&ctx, place, id, Some(form), None).await?;
            ctx.refused(&H::One::from(detail))
        }
    }
}

/// `POST …/webhooks/{endpoint}/rotate`
pub async fn rotate<H: Home>(ctx: Ctx) -> Answer {
    let (place, id) = (H::place(&ctx)?, ctx.param("endpoint")?);
    let made = ctx.state.webhooks.rotate_secret(place.whose, id).await?;
    let detail = detail(&ctx, place, id, None, Some(made.secret.expose())).await?;
    ctx.page(&H::One::from(detail))
}

/// `POST …/webhooks/{endpoint}/test`, and the other buttons.
pub async fn push<H: Home>(ctx: Ctx, button: Button) -> Answer {
    press(&ctx, H::place(&ctx)?, ctx.param("endpoint")?, button).await
}

/// `POST …/webhooks/{endpoint}/deliveries/{delivery}`
pub async fn replay<H: Home>(ctx: Ctx) -> Answer {
    let (place, id): (_, Uuid) = (H::place(&ctx)?, ctx.param("endpoint")?);
    ctx.state.webhooks.replay(place.whose, id, ctx.param("delivery")?).await?;
    ctx.done(&format!("{}/{id}", place.base), msg("webhook-replayed").with("n", 1))
}

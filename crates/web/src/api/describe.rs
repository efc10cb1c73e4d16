//! One declaration for everything: an operation is declared with its path, permission and handler, whose types say what
//! is sent and answered. From that come the route with its guard, the OpenAPI document and the page that shows it.

use std::future::Future;

use axum::http::{Method, StatusCode, header};
use axum::response::IntoResponse;
use mailkeep_identity::Scope;
use mailkeep_policy::{card_numbers, sink};
use schemars::generate::{Contract, SchemaSettings};
use schemars::{JsonSchema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::paging::Page;
use super::{problem, repeat};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::routes::{Answer, Permission, Role, Routes};

/// What an operation is, besides its types.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    /// The path from the root of the site, with `{names}`.
    pub path: &'static str,
    /// Its name in client libraries.
    pub id: &'static str,
    /// One sentence.
    pub summary: &'static str,
    /// Who may call it.
    pub permission: Permission,
}

/// An operation for those with the scope, and one of the roles at the customer; without roles, for the person alone.
pub fn op(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    scope: Scope,
    roles: &'static [Role],
) -> Operation {
    Operation { path, id, summary, permission: Permission::Api(scope, roles) }
}

/// How an operation looks from outside.
#[derive(Debug, Clone)]
pub struct Described {
    /// What it is.
    pub operation: Operation,
    /// The noun it belongs to.
    pub tag: &'static str,
    /// The method.
    pub method: Method,
    /// The schema of what is sent, if anything is.
    pub takes: Option<Value>,
    /// The schema of what is answered, if anything is.
    pub gives: Option<Value>,
    /// The media type of what is answered.
    pub media: &'static str,
    /// The status of success.
    pub status: StatusCode,
    /// Whether the answer is a list in pages.
    pub paged: bool,
    /// Whether it makes something, so that it can be named by an `Idempotency-Key`.
    pub makes: bool,
}

/// Declares operations.
pub struct Api<'a> {
    routes: &'a mut Routes,
    given: SchemaGenerator,
    taken: SchemaGenerator,
    tag: &'static str,
    described: Vec<Described>,
}

const JSON: &str = "application/json";

fn generator(contract: Contract) -> SchemaGenerator {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
        settings.contract = contract;
    });
    settings.into_generator()
}

impl<'a> Api<'a> {
    /// Declares into `routes`.
    pub fn new(routes: &'a mut Routes) -> Self {
        let (given, taken) = (generator(Contract::Serialize), generator(Contract::Deserialize));
        Api { routes, given, taken, tag: "", described: Vec::new() }
    }

    /// The noun that the following operations belong to.
    pub fn tag(&mut self, tag: &'static str) {
        self.tag = tag;
    }

    /// Reads one thing.
    pub fn read<G, H, F>(&mut self, operation: Operation, handler: H)
    where
        G: Serialize + JsonSchema,
        H: Fn(Ctx) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<G, WebError>> + Send + 'static,
    {
        self.plain(Method::GET, operation, false, handler);
    }

    /// Reads a list.
    pub fn list<V, H, F>(&mut self, operation: Operation, handler: H)
    where
        V: Serialize + JsonSchema,
        H: Fn(Ctx) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<Page<V>, WebError>> + Send + 'static,
    {
        self.plain(Method::GET, operation, true, handler);
    }

    /// Does something that takes no body; `again` answers a program that sends the request once more.
    pub fn act<G, H, F, A, B>(&mut self, operation: Operation, handler: H, again: A)
    where
        G: Serialize + JsonSchema + Send,
        H: Fn(Ctx) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<G, WebError>> + Send + 'static,
        A: Fn(Ctx) -> B + Clone + Send + Sync + 'static,
        B: Future<Output = Result<G, WebError>> + Send + 'static,
    {
        let described = Described { makes: true, ..self.described(Method::POST, operation, StatusCode::OK) };
        let gives = Some(self.given.subschema_for::<G>().to_value());
        self.declare(Described { gives, ..described }, move |ctx| {
            let (done, again) = (handler(ctx.clone()), again.clone());
            async move { acted(&ctx, done, again).await }
        });
    }

    /// Does something with what is sent; `again` as for [`Api::act`].
    pub fn carry_out<T, G, H, F, A, B>(&mut self, operation: Operation, handler: H, again: A)
    where
        T: DeserializeOwned + JsonSchema + Send + 'static,
        G: Serialize + JsonSchema + Send,
        H: Fn(Ctx, T) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<G, WebError>> + Send + 'static,
        A: Fn(Ctx) -> B + Clone + Send + Sync + 'static,
        B: Future<Output = Result<G, WebError>> + Send + 'static,
    {
        let described = Described { makes: true, ..self.described(Method::POST, operation, StatusCode::OK) };
        let takes = Some(self.taken.subschema_for::<T>().to_value());
        let gives = Some(self.given.subschema_for::<G>().to_value());
        self.declare(Described { takes, gives, ..described }, move |ctx| {
            let (handler, again) = (handler.clone(), again.clone());
            async move {
                let sent = body(&ctx)?;
                acted(&ctx, handler(ctx.clone(), sent), again).await
            }
        });
    }

    /// Answers a question that is too long for an address (POST), and changes nothing: sent again, it is answered again.
    pub fn ask<T, G, H, F>(&mut self, operation: Operation, handler: H)
    where
        T: DeserializeOwned + JsonSchema + Send + 'static,
        G: Serialize + JsonSchema,
        H: Fn(Ctx, T) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<G, WebError>> + Send + 'static,
    {
        self.change(Method::POST, operation, handler);
    }

    fn plain<G, H, F>(&mut self, method: Method, operation: Operation, paged: bool, handler: H)
    where
        G: Serialize + JsonSchema,
        H: Fn(Ctx) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<G, WebError>> + Send + 'static,
    {
        let described = Described { paged, ..self.described(method, operation, StatusCode::OK) };
        let gives = Some(self.given.subschema_for::<G>().to_value());
        self.declare(Described { gives, ..described }, move |ctx| {
            let answer = handler(ctx);
            async move { Ok(axum::Json(sink::json(&answer.await?)).into_response()) }
        });
    }

    /// Changes something by what is sent (PATCH or PUT, or POST where what is sent names itself), which sent again changes nothing
    /// more.
    pub fn change<T, G, H, F>(&mut self, method: Method, operation: Operation, handler: H)
    where
        T: DeserializeOwned + JsonSchema + Send + 'static,
        G: Serialize + JsonSchema,
        H: Fn(Ctx, T) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<G, WebError>> + Send + 'static,
    {
        let described = self.described(method, operation, StatusCode::OK);
        let takes = Some(self.taken.subschema_for::<T>().to_value());
        let gives = Some(self.given.subschema_for::<G>().to_value());
        self.declare(Described { takes, gives, ..described }, move |ctx| {
            let handler = handler.clone();
            async move {
                let sent = body(&ctx)?;
                Ok(axum::Json(sink::json(&handler(ctx, sent).await?)).into_response())
            }
        });
    }

    /// Makes something and gives it with its identifier; `again` shows it to a program that sends the request once
    /// more. It can be read at `at` followed by its identifier.
    pub fn make<T, G, H, F, A, B>(&mut self, operation: Operation, at: &'static str, make: H, again: A)
    where
        T: DeserializeOwned + JsonSchema + Send + 'static,
        G: Serialize + JsonSchema + Send,
        H: Fn(Ctx, T) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<(Uuid, G), WebError>> + Send + 'static,
        A: Fn(Ctx, Uuid) -> B + Clone + Send + Sync + 'static,
        B: Future<Output = Result<G, WebError>> + Send + 'static,
    {
        let described = self.described(Method::POST, operation, StatusCode::CREATED);
        let takes = Some(self.taken.subschema_for::<T>().to_value());
        let gives = Some(self.given.subschema_for::<G>().to_value());
        self.declare(Described { takes, gives, makes: true, ..described }, move |ctx| {
            let (make, again) = (make.clone(), again.clone());
            async move {
                let sent = body(&ctx)?;
                let shown = ctx.clone();
                let (id, made) = repeat::once(&ctx, make(ctx.clone(), sent), |id| again(shown, id)).await?;
                let place = [(header::LOCATION, format!("{at}/{id}"))];
                Ok((StatusCode::CREATED, place, axum::Json(sink::json(&made))).into_response())
            }
        });
    }

    /// Takes something away, or sets something of which nothing is told.
    pub fn remove<H, F>(&mut self, operation: Operation, handler: H)
    where
        H: Fn(Ctx) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<(), WebError>> + Send + 'static,
    {
        let described = self.described(Method::DELETE, operation, StatusCode::NO_CONTENT);
        self.declare(described, move |ctx| {
            let done = handler(ctx);
            async move {
                done.await?;
                Ok(StatusCode::NO_CONTENT.into_response())
            }
        });
    }

    /// Gives a file.
    pub fn file<H, F>(&mut self, operation: Operation, media: &'static str, handler: H)
    where
        H: Fn(Ctx) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Answer> + Send + 'static,
    {
        let described = Described { media, ..self.described(Method::GET, operation, StatusCode::OK) };
        self.declare(described, handler);
    }

    fn described(&self, method: Method, operation: Operation, status: StatusCode) -> Described {
        let (takes, gives) = (None, None);
        Described {
            operation,
            tag: self.tag,
            method,
            takes,
            gives,
            media: JSON,
            status,
            paged: false,
            makes: false,
        }
    }

    fn declare<H, F>(&mut self, described: Described, handler: H)
    where
        H: Fn(Ctx) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Answer> + Send + 'static,
    {
        let Operation { path, permission, .. } = described.operation;
        self.routes.route(described.method.clone(), path, permission, handler);
        self.described.push(described);
    }

    /// What was declared, and the schemas that it names.
    pub fn finish(mut self) -> (Vec<Described>, Map<String, Value>) {
        self.given.subschema_for::<problem::Problem>();
        let mut schemas = self.taken.take_definitions(true);
        schemas.extend(self.given.take_definitions(true));
        (self.described, schemas)
    }
}

/// Does something once for each `Idempotency-Key`.
async fn acted<G, B>(
    ctx: &Ctx,
    done: impl Future<Output = Result<G, WebError>> + Send,
    again: impl Fn(Ctx) -> B,
) -> Answer
where
    G: Serialize,
    B: Future<Output = Result<G, WebError>>,
{
    let shown = ctx.clone();
    // Nothing was made that could be named: that it was done is enough.
    let done = async { Ok((Uuid::nil(), done.await?)) };
    let (_, given) = repeat::once(ctx, done, |_| again(shown)).await?;
    Ok(axum::Json(sink::json(&given)).into_response())
}

/// Reads the body of a request.
fn body<T: DeserializeOwned>(ctx: &Ctx) -> Result<T, WebError> {
    let kind = ctx.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    // An empty body may come without a type.
    if !ctx.body.is_empty() && !kind.to_ascii_lowercase().starts_with(JSON) {
        return Err(WebError::Unreadable(msg("api-body-type")));
    }
    let unreadable = |error: serde_json::Error| {
        WebError::Unreadable(msg("api-body-wrong").with("reason", error.to_string()))
    };
    let sent: Value = serde_json::from_slice(&ctx.body).map_err(unreadable)?;
    let mut form = Form::new();
    for (field, value) in sent.as_object().into_iter().flatten() {
        let mut clean = value.clone();
        card_numbers::clean(&mut clean);
        if clean != *value {
            form.refuse(field, msg("form-card-number"));
        }
    }
    if !form.good() {
        return Err(WebError::Fields(Box::new(form)));
    }
    serde_json::from_slice(&ctx.body).map_err(unreadable)
}

//! The person whose token it is, and their profile.

use mailkeep_identity::persons::{PostalAddress, Profile, ProfileChange};
use mailkeep_identity::{Scope, Via};
use mailkeep_policy::Shown;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::describe::{Api, op};
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;

/// What the token stands for.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Token")]
pub struct TokenView {
    /// The Registration ID of the person.
    pub registration_id: String,
    /// What the token may be used for.
    pub scopes: Vec<String>,
}

/// A person's profile.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Profile")]
pub struct ProfileView {
    /// The Registration ID.
    pub registration_id: String,
    /// The name.
    #[schemars(with = "String")]
    pub name: Shown<String>,
    /// The e-mail address, changed in the Customer Center alone.
    #[schemars(with = "String")]
    pub email: Shown<String>,
    /// The telephone number.
    #[schemars(with = "Option<String>")]
    pub phone: Option<Shown<String>>,
    /// The postal address.
    #[schemars(with = "Option<Postal>")]
    pub postal: Option<Shown<PostalAddress>>,
    /// The preferred language.
    #[schemars(with = "String")]
    pub language: Shown<String>,
    /// The time zone, an IANA name.
    #[schemars(with = "String")]
    pub time_zone: Shown<String>,
}

/// A postal address.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Postal {
    /// Street and number, building, post box: one to four lines.
    pub lines: Vec<String>,
    /// The postal code.
    #[serde(default)]
    pub postal_code: String,
    /// The town.
    pub city: String,
    /// State, province or region.
    #[serde(default)]
    pub region: String,
    /// The country, as two letters of ISO 3166.
    pub country: String,
}

/// What to change of a profile; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileToChange {
    /// The name.
    pub name: Option<String>,
    /// The telephone number; an empty text removes it.
    pub phone: Option<String>,
    /// The postal address.
    pub postal: Option<Postal>,
    /// The preferred language, e.g. `en`.
    pub language: Option<String>,
    /// The time zone, an IANA name.
    pub time_zone: Option<String>,
}

impl From<Profile> for ProfileView {
    fn from(profile: Profile) -> Self {
        ProfileView {
            registration_id: profile.registration_id.to_string(),
            name: profile.name,
            email: profile.email.text(),
            phone: profile.phone,
            postal: profile.postal,
            language: profile.language,
            time_zone: profile.time_zone,
        }
    }
}

async fn token(ctx: Ctx) -> Result<TokenView, WebError> {
    let person = ctx.who.person()?;
    let scopes = match &person.via {
        Via::ApiToken(scopes) => scopes.iter().map(|scope| scope.word().to_owned()).collect(),
        Via::Browser => Vec::new(),
    };
    Ok(TokenView { registration_id: person.registration_id.to_string(), scopes })
}

async fn show(ctx: Ctx) -> Result<ProfileView, WebError> {
    Ok(ctx.state.identity.read_profile(ctx.access()).await?.into())
}

async fn change(ctx: Ctx, wanted: ProfileToChange) -> Result<ProfileView, WebError> {
    let postal = wanted.postal.map(|postal| PostalAddress {
        lines: postal.lines,
        postal_code: postal.postal_code,
        city: postal.city,
        region: postal.region,
        country: postal.country,
    });
    let change = ProfileChange {
        name: wanted.name,
        phone: wanted.phone,
        postal: postal.map(Some),
        language: wanted.language,
        time_zone: wanted.time_zone,
    };
    if let Err(error) = ctx.state.identity.change_profile(ctx.access(), change, &ctx.origin()).await {
        let mut form = Form::new();
        let field = error.field_name().unwrap_or_default();
        form.take(error, &[field])?;
        return Err(WebError::Fields(Box::new(form)));
    }
    show(ctx).await
}

pub(super) fn declare(api: &mut Api<'_>) {
    api.tag("Profile");
    let (read, write) = (Scope::ProfileRead, Scope::ProfileWrite);
    api.read(op("/api/v1/token", "showToken", "Whose token it is, and its scopes", read, &[]), token);
    api.read(op("/api/v1/profile", "showProfile", "The person's profile", read, &[]), show);
    let patch = op("/api/v1/profile", "changeProfile", "Correct the person's profile", write, &[]);
    api.change(axum::http::Method::PATCH, patch, change);
}

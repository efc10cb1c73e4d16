//! The profile: everything a person told us, to be corrected at any time.

use mailkeep_identity::IdentityError;
use mailkeep_identity::persons::{PostalAddress, Profile, ProfileChange};
use mailkeep_policy::Shown;
use mailkeep_types::{DomainName, EmailAddress};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::site::order::review::CountryOption;

/// The profile.
#[derive(Debug, Serialize)]
pub struct ProfilePage {
    /// The Registration ID.
    pub registration_id: String,
    /// Name, telephone, address, language, time zone.
    pub form: Form,
    /// The e-mail address in force.
    pub email: Shown<String>,
    /// Whether it is confirmed.
    pub email_confirmed: bool,
    /// The domain it is in.
    pub email_domain: Shown<String>,
    /// The customer's domains: an address in one of them cannot be reached when the domain cannot.
    pub hosted: Vec<String>,
    /// A new address.
    pub email_form: Form,
    /// Countries to choose from.
    pub countries: Vec<CountryOption>,
    /// Languages to choose from.
    pub languages: Vec<Choose>,
}

/// The languages of the build by their own names.
pub fn languages() -> Vec<Choose> {
    vec![Choose::new("de", "Deutsch"), Choose::new("en", "English"), Choose::new("es", "Español")]
}

/// The language that was chosen, where the build has it; otherwise English.
pub fn language_of(chosen: &str) -> String {
    let known = languages().iter().any(|one| one.value == chosen);
    if known { chosen } else { "en" }.to_owned()
}

impl Page for ProfilePage {
    const TEMPLATE: &'static str = "center/profile.html";

    fn samples() -> Vec<Self> {
        let form = Form::new()
            .with("name", "Ada Example")
            .with("phone", "+1 555 0100")
            .with("street", "12 Larkspur Lane")
            .with("city", "Springfield")
            .with("postal_code", "12345")
            .with("country", "US")
            .with("language", "en")
            .with("time_zone", "America/New_York");
        let page = |form, email_form, email_confirmed| ProfilePage {
            registration_id: "R-7F3K-2Q9M-X".to_owned(),
            form,
            email: "ada@example.net".into(),
            email_confirmed,
            email_domain: "example.net".into(),
            hosted: if email_confirmed { Vec::new() } else { vec!["example.net".to_owned()] },
            email_form,
            countries: crate::countries::options(),
            languages: languages(),
        };
        vec![
            page(form.clone(), Form::new(), true),
            page(
                form.wrong("time_zone", msg("field-time-zone-wrong")),
                Form::new().wrong("email", msg("form-email")),
                false,
            ),
        ]
    }
}

/// `GET /center/profile`
pub async fn show(ctx: Ctx) -> Answer {
    let profile = ctx.state.identity.read_profile(ctx.access()).await?;
    let page = page(&ctx, &profile, filled(&profile), Form::new()).await?;
    ctx.page(&page)
}

fn filled(profile: &Profile) -> Form {
    let mut form = Form::new()
        .with("name", &profile.name)
        .with("phone", profile.phone.clone().unwrap_or_default())
        .with("language", &profile.language)
        .with("time_zone", &profile.time_zone);
    if let Some(postal) = &profile.postal {
        form = form
            .with("street", postal.reshape(|postal| postal.lines.join(", ")))
            .with("city", postal.reshape(|postal| postal.city.clone()))
            .with("region", postal.reshape(|postal| postal.region.clone()))
            .with("postal_code", postal.reshape(|postal| postal.postal_code.clone()))
            .with("country", postal.reshape(|postal| postal.country.clone()));
    }
    form
}

/// The domains that the person's customer has here.
async fn hosted(ctx: &Ctx) -> Result<Vec<DomainName>, WebError> {
    let Ok(customer) = ctx.customer() else { return Ok(Vec::new()) };
    let domains = ctx.state.office.domains_of_customer(customer).await?;
    Ok(domains.into_iter().map(|domain| domain.name).collect())
}

async fn page(ctx: &Ctx, profile: &Profile, form: Form, email_form: Form) -> Result<ProfilePage, WebError> {
    let hosted = hosted(ctx).await?.iter().map(DomainName::to_unicode).collect();
    Ok(ProfilePage {
        registration_id: profile.registration_id.to_string(),
        form,
        email: profile.email.text(),
        // Nobody signs in before their address is confirmed.
        email_confirmed: true,
        email_domain: profile.email.reshape(|email| email.domain().to_unicode()),
        hosted,
        email_form,
        countries: crate::countries::options(),
        languages: languages(),
    })
}

/// `POST /center/profile`
pub async fn submit(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let given = |name: &str| ctx.form.get(name).to_owned();
    let address = ["street", "city", "region", "postal_code", "country"];
    let postal = address.iter().any(|field| !ctx.form.get(field).is_empty()).then(|| PostalAddress {
        lines: vec![given("street")],
        postal_code: given("postal_code"),
        city: given("city"),
        region: given("region"),
        country: given("country"),
    });
    let change = ProfileChange {
        name: Some(given("name")),
        phone: Some(given("phone")),
        postal: Some(postal),
        language: Some(given("language")),
        time_zone: Some(given("time_zone")),
    };
    if !form.good() {
        let profile = ctx.state.identity.read_profile(ctx.access()).await?;
        let page = page(&ctx, &profile, form, Form::new()).await?;
        return ctx.refused(&page);
    }
    match ctx.state.identity.change_profile(ctx.access(), change, &ctx.origin()).await {
        Ok(()) => ctx.done("/center/profile", msg("profile-saved")),
        Err(error) => {
            // Identity names the parts of the address with a prefix; the form does not.
            let part =
                error.field_name().and_then(|field| field.strip_prefix("postal_")).map(|part| match part {
                    "lines" => "street",
                    "code" => "postal_code",
                    part => part,
                });
            match part {
                Some(part) => form.refuse(part, msg("verbatim").with("text", error.to_string())),
                None => form.take(error, &["name", "phone", "language", "time_zone"])?,
            }
            let profile = ctx.state.identity.read_profile(ctx.access()).await?;
            let page = page(&ctx, &profile, form, Form::new()).await?;
            ctx.refused(&page)
        }
    }
}

/// `POST /center/profile/email`
pub async fn change_email(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let email = form.required(&ctx.form, "email").to_owned();
    if form.good() {
        let hosted = hosted(&ctx).await?;
        match ctx.state.identity.ask_to_change_email(ctx.access(), &email, &ctx.origin()).await {
            Ok(()) => {
                let new = EmailAddress::parse(&email).ok();
                let inside = new.is_some_and(|new| hosted.contains(new.domain()));
                let sent = if inside { "profile-email-sent-inside" } else { "profile-email-sent" };
                return ctx.done("/center/profile", msg(sent));
            }
            Err(IdentityError::PasswordNeeded) => {
                return Ok(ctx.redirect("/center/password?next=/center/profile"));
            }
            Err(error) => form.take(error, &["email"])?,
        }
    }
    let profile = ctx.state.identity.read_profile(ctx.access()).await?;
    let page = page(&ctx, &profile, filled(&profile), form).await?;
    ctx.refused(&page)
}

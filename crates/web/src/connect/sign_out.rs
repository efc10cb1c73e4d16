//! A site sends a person who signs out there (OpenID Connect RP-Initiated Logout 1.0). Whoever comes with an ID token of the
//! session is signed out at once; otherwise the person is asked, since anybody can make a link.

use axum::http::{HeaderValue, header};
use axum::response::Response;
use mailkeep_identity::Access;
use mailkeep_identity::sites::Site;
use mailkeep_protocols::openid::Parameters;
use mailkeep_protocols::openid::addresses::{origin, with_parameters};
use serde::Serialize;

use crate::cookies;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;
use crate::security::content_security_policy;

/// Whether to sign out.
#[derive(Debug, Serialize)]
pub struct SignOutPage {
    /// The site that the person comes from.
    pub title: Option<String>,
    /// The person's number.
    pub registration_id: String,
    /// What the site asks, to be sent again with the answer.
    pub request: String,
}

impl Page for SignOutPage {
    const TEMPLATE: &'static str = "connect/sign_out.html";

    fn samples() -> Vec<Self> {
        let page = |title: Option<&str>| SignOutPage {
            title: title.map(str::to_owned),
            registration_id: "R-7F3K-2Q9M-X".to_owned(),
            request: "sample".to_owned(),
        };
        vec![page(Some("Larkspur Library")), page(None)]
    }
}

/// Signed out.
#[derive(Debug, Serialize)]
pub struct SignedOutPage {
    /// The site that the person came from.
    pub site: Option<SiteLink>,
}

/// A site to go back to.
#[derive(Debug, Serialize)]
pub struct SiteLink {
    /// What it is called.
    pub title: String,
    /// Its first page.
    pub home: String,
}

impl Page for SignedOutPage {
    const TEMPLATE: &'static str = "connect/signed_out.html";

    fn samples() -> Vec<Self> {
        let (title, home) = ("Larkspur Library".to_owned(), "https://library.larkspur.example/".to_owned());
        vec![SignedOutPage { site: Some(SiteLink { title, home }) }, SignedOutPage { site: None }]
    }
}

/// What a site asks, with its registration.
struct Leaving {
    site: Option<Site>,
    /// Where the person goes afterwards, if the site registered it.
    address: Option<String>,
    /// The ID token belongs to the session that is signed in here.
    proven: bool,
}

/// `GET /connect/sign-out`
pub async fn show(ctx: Ctx) -> Answer {
    let leaving = look(&ctx, &ctx.query_text).await?;
    let Access::Person(me) = ctx.access() else { return gone(&ctx, leaving, false) };
    if leaving.proven {
        ctx.state.identity.sign_out(ctx.access()).await?;
        return gone(&ctx, leaving, true);
    }
    let mut response = ctx.page(&SignOutPage {
        title: leaving.site.map(|site| site.title),
        registration_id: me.registration_id.to_string(),
        request: ctx.query_text.clone(),
    })?;
    // The answer to this page's form may lead to the site.
    if let Some(origin) = leaving.address.as_deref().and_then(origin) {
        let mut forms = ctx.state.config.payment_origins.clone();
        forms.push(origin.to_owned());
        if let Ok(policy) = HeaderValue::from_str(&content_security_policy(&forms)) {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
    }
    Ok(response)
}

/// `POST /connect/sign-out`: the person said yes.
pub async fn submit(ctx: Ctx) -> Answer {
    let leaving = look(&ctx, ctx.form.get("request")).await?;
    ctx.state.identity.sign_out(ctx.access()).await?;
    gone(&ctx, leaving, true)
}

async fn look(ctx: &Ctx, text: &str) -> Result<Leaving, WebError> {
    let identity = &ctx.state.identity;
    let parameters = Parameters::parse(text.as_bytes()).map_err(|_| WebError::Bad(msg("connect-unfit")))?;
    let hint = match parameters.get("id_token_hint") {
        Some(token) => identity.read_site_hint(token).await?,
        None => None,
    };
    let named = parameters.get("client_id").map(str::to_owned);
    // A site that names another than its token does is not believed.
    let named = match (hint, named) {
        (Some(hint), None) => Some(hint.site.to_string()),
        (Some(hint), Some(named)) if hint.site.to_string() != named => None,
        (_, named) => named,
    };
    let site = match named {
        Some(named) => identity.open_site(&named).await?,
        None => None,
    };
    let registered = |address: &&str| {
        site.as_ref().is_some_and(|site| site.signed_out_addresses.iter().any(|known| known == address))
    };
    let address = parameters.get("post_logout_redirect_uri").filter(registered).map(|address| {
        let state: Vec<(&str, &str)> =
            parameters.get("state").map(|state| ("state", state)).into_iter().collect();
        with_parameters(address, &state)
    });
    let mut proven = false;
    if let Some(hint) = hint {
        identity.end_site_sign_in(hint.sign_in).await?;
        let here = ctx.access().person();
        proven = here.is_ok_and(|me| me.person == hint.person && me.session == hint.session);
    }
    Ok(Leaving { site, address, proven })
}

fn gone(ctx: &Ctx, leaving: Leaving, signed_out: bool) -> Answer {
    let mut response: Response = match leaving.address {
        Some(address) => ctx.redirect(&address),
        None => {
            let site = leaving.site.map(|site| SiteLink { title: site.title, home: site.home });
            let page = SignedOutPage { site };
            let chrome = crate::chrome::Chrome { person: None, csrf: String::new(), ..ctx.chrome() };
            let html = ctx.state.renderer.page(&page, &chrome)?;
            axum::response::IntoResponse::into_response(axum::response::Html(html))
        }
    };
    if signed_out {
        cookies::clear(&mut response, cookies::PERSON);
        cookies::clear(&mut response, cookies::CUSTOMER);
    }
    Ok(response)
}

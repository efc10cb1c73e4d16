//! A site sends a person to be signed in. Until site and address are known to be registered, nothing is answered to the
//! site: the person sees a page of ours. From then on every outcome goes back to the site.

use axum::response::Response;
use mailkeep_identity::Access;
use mailkeep_identity::site_sign_ins::{ConsentState, SiteRequest};
use mailkeep_identity::sites::Site;
use mailkeep_protocols::openid::addresses::with_parameters;
use mailkeep_protocols::openid::{Asked, ErrorCode, OpenIdError, Parameters, Target};

use super::consent::{self, Question};
use super::{AUTHORIZE, issuer, on_the_way};
use crate::ctx::{Ctx, encode};
use crate::error::WebError;
use crate::messages::msg;
use crate::routes::Answer;

/// When we led the person away to give the password, in seconds; of our own making, and harmless when a site makes it up.
const AFTER: &str = "after";
/// A request travels through the sign-in page as an address of ours, which has its limit.
const LONGEST: usize = 1900;

/// A request of a registered site, to be answered at a registered address.
struct Arrived {
    parameters: Parameters,
    target: Target,
    site: Site,
}

/// `GET /connect/authorize`
pub async fn show(ctx: Ctx) -> Answer {
    let arrived = arrive(&ctx, &ctx.query_text).await?;
    match go_on(&ctx, &arrived).await {
        Err(Turned::Site(refusal)) => send_back(&ctx, &arrived, &refused(refusal)),
        Err(Turned::Web(error)) => Err(error),
        Ok(response) => Ok(response),
    }
}

/// `POST /connect/authorize`: what the person decided.
pub async fn decide(ctx: Ctx) -> Answer {
    let arrived = arrive(&ctx, ctx.form.get("request")).await?;
    let outcome = async {
        if ctx.form.get("decision") != "agree" {
            return Err(Turned::Site(OpenIdError::new(ErrorCode::AccessDenied, "the person said no")));
        }
        let (request, _) = read(&ctx, &arrived)?;
        let consent = ctx.state.identity.agree_to_site(ctx.access(), &request).await?;
        let code = ctx.state.identity.begin_site_sign_in(ctx.access(), &request, consent).await?;
        Ok(code)
    };
    match outcome.await {
        Ok(code) => Ok(back(&ctx, &arrived, &[("code", code.expose())])),
        Err(Turned::Site(refusal)) => Ok(back(&ctx, &arrived, &refused(refusal))),
        Err(Turned::Web(error)) => Err(error),
    }
}

/// Why it does not go on.
enum Turned {
    /// To be told to the site.
    Site(OpenIdError),
    /// A page of ours, or a failure.
    Web(WebError),
}

impl From<OpenIdError> for Turned {
    fn from(error: OpenIdError) -> Self {
        Turned::Site(error)
    }
}

impl From<mailkeep_identity::IdentityError> for Turned {
    fn from(error: mailkeep_identity::IdentityError) -> Self {
        match error {
            mailkeep_identity::IdentityError::OpenId(error) => Turned::Site(error),
            error => Turned::Web(error.into()),
        }
    }
}

impl From<WebError> for Turned {
    fn from(error: WebError) -> Self {
        Turned::Web(error)
    }
}

/// Finds the site, and the address among those that it registered.
async fn arrive(ctx: &Ctx, text: &str) -> Result<Arrived, WebError> {
    let unfit = || WebError::Bad(msg("connect-unfit"));
    if text.len() > LONGEST {
        return Err(WebError::Bad(msg("connect-long")));
    }
    let parameters = Parameters::parse(text.as_bytes()).map_err(|_| unfit())?;
    let target = Target::read(&parameters).ok_or_else(unfit)?;
    let site = ctx.state.identity.open_site(&target.site).await?;
    let site = site.ok_or_else(|| WebError::Bad(msg("connect-unknown")))?;
    if !site.addresses.contains(&target.address) {
        return Err(unfit());
    }
    Ok(Arrived { parameters, target, site })
}

fn read(ctx: &Ctx, arrived: &Arrived) -> Result<(SiteRequest, Asked), OpenIdError> {
    let asked = Asked::read(&arrived.parameters)?;
    let identity = &ctx.state.identity;
    let request = identity.read_site_request(arrived.site.clone(), arrived.target.address.clone(), &asked)?;
    Ok((request, asked))
}

async fn go_on(ctx: &Ctx, arrived: &Arrived) -> Result<Response, Turned> {
    let (request, asked) = read(ctx, arrived)?;
    let identity = &ctx.state.identity;
    let access = ctx.access();
    if let Some(place) = password_needed(ctx, arrived, &asked).await? {
        if asked.prompt.none {
            return Err(OpenIdError::new(ErrorCode::LoginRequired, "nobody is signed in").into());
        }
        let after = ctx.state.clock.now().as_seconds().to_string();
        let again = arrived.parameters.clone().with(AFTER, &after).to_query();
        let next = encode(&format!("{AUTHORIZE}?{again}"));
        let hint = asked.login_hint.as_deref().filter(|_| place == "/sign-in");
        let hint = hint.map(|hint| format!("&login={}", encode(hint))).unwrap_or_default();
        return Ok(ctx.redirect(&format!("{place}?next={next}{hint}")));
    }
    let had = match identity.site_consent(access, &request).await? {
        ConsentState::Stands(consent) if !asked.prompt.consent => {
            let code = identity.begin_site_sign_in(access, &request, consent).await?;
            return Ok(send_back(ctx, arrived, &[("code", code.expose())])?);
        }
        ConsentState::Grows(had) => had,
        ConsentState::Stands(_) | ConsentState::Missing => Vec::new(),
    };
    if asked.prompt.none {
        return Err(OpenIdError::new(ErrorCode::ConsentRequired, "the person has to be asked").into());
    }
    let shown = identity.show_shares(access, &request.shares).await?;
    let question = Question {
        site: &arrived.site,
        address: &arrived.target.address,
        shown,
        had,
        request: arrived.parameters.clone().without(AFTER).to_query(),
    };
    Ok(consent::ask(ctx, question)?)
}

/// The page on which the person gives the password, where it is needed: nobody is signed in, or it was given too long ago for
/// what the site asks, or somebody else is signed in than the site believes.
async fn password_needed(
    ctx: &Ctx,
    arrived: &Arrived,
    asked: &Asked,
) -> Result<Option<&'static str>, Turned> {
    let Access::Person(me) = ctx.access() else { return Ok(Some("/sign-in")) };
    if let Some(token) = &asked.id_token_hint
        && asked.prompt.none
    {
        let hint = ctx.state.identity.read_site_hint(token).await?;
        if hint.is_none_or(|hint| hint.person != me.person || hint.site != arrived.site.id) {
            return Ok(Some("/center/password"));
        }
    }
    let (now, given) = (ctx.state.clock.now().as_seconds(), me.authenticated_at.as_seconds());
    let after = arrived.parameters.get(AFTER).and_then(|after| after.parse::<i64>().ok());
    // Given since the person was led away for it.
    let just_now = after.is_some_and(|after| given >= after);
    // No age at all means: now, by the person (OpenID Connect Core section 3.1.2.1).
    let login = asked.prompt.login || asked.max_age == Some(0);
    let most = asked.max_age.map(|most| i64::try_from(most).unwrap_or(i64::MAX));
    let old = most.is_some_and(|most| now.saturating_sub(given) > most);
    Ok(((login || old) && !just_now).then_some("/center/password"))
}

fn refused(refusal: OpenIdError) -> [(&'static str, &'static str); 2] {
    [("error", refusal.code.word()), ("error_description", refusal.why)]
}

/// The address of the site with the answer, with what the site wants to hear again and who answers (RFC 9207).
fn answer(ctx: &Ctx, arrived: &Arrived, outcome: &[(&str, &str)]) -> String {
    let issuer = issuer(ctx);
    let mut parameters = outcome.to_vec();
    if let Some(state) = &arrived.target.state {
        parameters.push(("state", state.as_str()));
    }
    parameters.push(("iss", issuer.as_str()));
    with_parameters(&arrived.target.address, &parameters)
}

fn back(ctx: &Ctx, arrived: &Arrived, outcome: &[(&str, &str)]) -> Response {
    ctx.redirect(&answer(ctx, arrived, outcome))
}

/// Sends the person back, by a page between where a form of ours led here.
fn send_back(ctx: &Ctx, arrived: &Arrived, outcome: &[(&str, &str)]) -> Answer {
    match arrived.parameters.get(AFTER) {
        None => Ok(back(ctx, arrived, outcome)),
        Some(_) => on_the_way::lead_on(ctx, &arrived.site.title, answer(ctx, arrived, outcome)),
    }
}

//! What a person can do with their own data, and nobody else: tried by two synthetic persons who are removed afterwards.

use anyhow::Result;
use mailkeep_identity::persons::ProbePerson;
use mailkeep_web::cookies;

use super::super::canaries;
use super::Outcome;
use super::choices::Chooser;
use super::wire::{Answer, Site};
use crate::config::Config;
use crate::wiring::services::Services;

/// The outcomes, by check.
///
/// # Errors
/// When the persons cannot be made or removed.
pub(super) async fn probes(
    config: &Config,
    services: &Services,
    site: &Site,
) -> Result<Vec<(&'static str, Outcome)>> {
    let host = &config.server.hostname;
    let first = services.identity.make_probe_person(host).await?;
    let second = services.identity.make_probe_person(host).await;
    let mut outcomes = match &second {
        Ok(second) => try_all(services, site, &first, second).await,
        Err(_) => Vec::new(),
    };
    // While they are there: what they typed is sealed wherever it is.
    let seen = canaries::look(config, services, &[mark(&first)]).await;
    // Removed whatever came out.
    services.identity.remove_probe_person(first.person).await?;
    services.identity.remove_probe_person(second?.person).await?;
    outcomes.push(("row-swap", seen?));
    Ok(outcomes)
}

/// The part of a synthetic person's name, address and street that nobody else types.
pub(super) fn mark(person: &ProbePerson) -> &str {
    person.name.rsplit(' ').next().unwrap_or(&person.name)
}

async fn try_all(
    services: &Services,
    site: &Site,
    one: &ProbePerson,
    other: &ProbePerson,
) -> Vec<(&'static str, Outcome)> {
    let said = |error: anyhow::Error| format!("{error:#}");
    let by_address = sign_in(site, &one.email.to_string(), one.password.expose()).await.map_err(said);
    let by_number =
        sign_in(site, &one.registration_id.to_string(), one.password.expose()).await.map_err(said);
    let everywhere = match (&by_address, &by_number) {
        (Ok(_), Ok(_)) => Ok(()),
        (Err(error), _) | (_, Err(error)) => {
            Err(format!("a person cannot sign in from another computer: {error}"))
        }
    };
    let session = by_address.map(|session| session.cookie);
    let known = by_number.ok().and_then(|session| session.known);
    let mut outcomes = vec![
        ("sign-in-anywhere", everywhere),
        ("registration-id-random", random_and_powerless(site, one, other).await),
        ("recognition-only", recognises_only(site, one, known).await),
        ("profile-needs-session", needs_session(site, one, &session).await),
        ("profile-page", with(&session, |cookie| sees_and_edits(site, one, cookie)).await),
        ("own-details", with(&session, |cookie| adds_details(site, one, cookie)).await),
        ("prefill-own-session", prefilled_for_nobody_else(site, one).await),
    ];
    // Without a session the checks before say why.
    if let Ok(cookie) = &session {
        outcomes.extend(Chooser { services, site, person: one, cookie }.probes().await);
    }
    outcomes
}

async fn with<'a, F: Future<Output = Outcome>>(
    session: &'a Result<String, String>,
    probe: impl FnOnce(&'a str) -> F,
) -> Outcome {
    match session {
        Ok(cookie) => probe(cookie).await,
        Err(error) => Err(format!("the person of the probe cannot sign in: {error}")),
    }
}

pub(super) struct Session {
    /// The session, as a request carries it.
    pub cookie: String,
    /// The token by which the browser is recognised.
    known: Option<String>,
}

pub(super) async fn sign_in(site: &Site, name: &str, password: &str) -> Result<Session> {
    let page = site.get("/sign-in", "").await?;
    let (name_field, password_field) = ("login", "password");
    anyhow::ensure!(page.body.contains("name=\"password\""), "there is no form to sign in with");
    let form = format!(
        "{name_field}={}&{password_field}={}",
        mailkeep_web::ctx::encode(name),
        mailkeep_web::ctx::encode(password)
    );
    let answer = site.post("/sign-in", "", &form).await?;
    let token = answer.cookie(cookies::PERSON).map(str::to_owned);
    let token = token.ok_or_else(|| anyhow::anyhow!("signing in answers {}", answer.status))?;
    let known = answer.cookie(cookies::KNOWN).map(str::to_owned);
    Ok(Session { cookie: format!("{}={token}", cookies::PERSON), known })
}

pub(super) async fn page(site: &Site, path: &str, cookie: &str) -> Result<Answer, String> {
    site.get(path, cookie).await.map_err(|error| format!("{error:#}"))
}

/// P38: two numbers of the same moment have next to nothing in common, and a number opens nothing.
async fn random_and_powerless(site: &Site, one: &ProbePerson, other: &ProbePerson) -> Outcome {
    let (first, second) = (one.registration_id.to_string(), other.registration_id.to_string());
    let alike =
        first.chars().zip(second.chars()).filter(|(a, b)| a == b && a.is_ascii_alphanumeric()).count();
    // The letter R, and of eight random ones by chance: five alike come once in a hundred thousand times.
    if alike > 6 {
        return Err(format!(
            "two numbers made after each other differ in {} characters",
            first.len() - alike
        ));
    }
    let cookie = format!("{}={first}", cookies::PERSON);
    match page(site, "/center/profile", &cookie).await? {
        answer if answer.asks_to_sign_in() => Ok(()),
        answer => Err(format!("the number as a cookie answers {}", answer.status)),
    }
}

/// P40: the cookie that recognises holds a token and not the number, and opens no page.
async fn recognises_only(site: &Site, one: &ProbePerson, known: Option<String>) -> Outcome {
    let Some(token) = known else { return Err("no cookie recognises a browser that signed in".to_owned()) };
    if token.contains(&one.registration_id.to_string()) {
        return Err("the cookie that recognises holds the number itself".to_owned());
    }
    for name in [cookies::KNOWN, cookies::PERSON] {
        let answer = page(site, "/center/profile", &format!("{name}={token}")).await?;
        if !answer.asks_to_sign_in() {
            return Err(format!("the cookie that recognises opens the profile: {}", answer.status));
        }
    }
    Ok(())
}

/// P39: the profile opens to the session and to nobody else, and not after it ended.
async fn needs_session(site: &Site, one: &ProbePerson, session: &Result<String, String>) -> Outcome {
    if sign_in(site, &one.email.to_string(), "not the password").await.is_ok() {
        return Err("a wrong password signs in".to_owned());
    }
    let cookie = session.clone()?;
    for cookie in ["", &format!("{cookie}x"), "__Host-session=0"] {
        let answer = page(site, "/center/profile", cookie).await?;
        if !answer.asks_to_sign_in() {
            return Err(format!("the profile answers {} without a session", answer.status));
        }
    }
    Ok(())
}

/// P19: what was given is seen on the profile, changed there, and seen as changed.
async fn sees_and_edits(site: &Site, one: &ProbePerson, cookie: &str) -> Outcome {
    let before = page(site, "/center/profile", cookie).await?;
    if !before.body.contains(&one.name) {
        return Err("the profile does not show the name that was given".to_owned());
    }
    let changed = format!("{} changed", one.name);
    save(site, cookie, &before, &changed, "").await?;
    match page(site, "/center/profile", cookie).await?.body.contains(&changed) {
        true => Ok(()),
        false => Err("a name that was changed is not shown".to_owned()),
    }
}

/// P23: an address is added by oneself.
async fn adds_details(site: &Site, one: &ProbePerson, cookie: &str) -> Outcome {
    let mark = mark(one);
    let before = page(site, "/center/profile", cookie).await?;
    save(
        site,
        cookie,
        &before,
        &one.name,
        &format!("&street=1+{mark}+Street&city=Probeville&region=CA&postal_code=90001&country=US"),
    )
    .await?;
    match page(site, "/center/profile", cookie).await?.body.contains(&format!("1 {mark} Street")) {
        true => Ok(()),
        false => Err("an address that was added is not shown".to_owned()),
    }
}

/// P7: what a person gave is on no page for others.
async fn prefilled_for_nobody_else(site: &Site, one: &ProbePerson) -> Outcome {
    for path in ["/register", "/sign-in", "/order"] {
        let answer = page(site, path, "").await?;
        if answer.body.contains(&one.name) || answer.body.contains(&one.email.to_string()) {
            return Err(format!("{path} shows a visitor what a person gave"));
        }
    }
    Ok(())
}

async fn save(site: &Site, cookie: &str, page: &Answer, name: &str, more: &str) -> Outcome {
    let Some(token) = page.token() else { return Err("the profile has no form".to_owned()) };
    let more = if more.is_empty() { "&street=&city=&region=&postal_code=&country=" } else { more };
    let form = format!(
        "csrf={token}&name={}&phone=&language=en&time_zone=UTC{more}",
        mailkeep_web::ctx::encode(name)
    );
    let answer = site.post("/center/profile", cookie, &form).await.map_err(|error| format!("{error:#}"))?;
    match answer.status {
        303 => Ok(()),
        status => Err(format!("saving the profile answers {status}")),
    }
}

//! What a visitor finds: pages without a cookie, closed doors, and the policy page as it is enforced.

use mailkeep_types::new_uuid;
use mailkeep_web::routes::{Permission, Route};
use mailkeep_web::site::policy::files::words;

use super::Outcome;
use super::wire::{Answer, Site};
use crate::config::Config;
use crate::wiring::services::Services;

/// Pages that are for everybody.
const OPEN: [&str; 8] =
    ["/", "/plans", "/policy", "/policy/versions", "/policy.json", "/api", "/help", "/downloads"];

pub(super) async fn got(site: &Site, path: &str) -> Result<Answer, String> {
    site.get(path, "").await.map_err(|error| format!("{error:#}"))
}

/// P12: the pages for everybody open, and none sets a cookie.
pub(super) async fn without_cookie(site: &Site) -> Outcome {
    for path in OPEN {
        let answer = got(site, path).await?;
        if answer.status != 200 {
            return Err(format!("{path} answers {} to a visitor", answer.status));
        }
        if !answer.header("set-cookie").is_empty() {
            return Err(format!("{path} sets a cookie in a visitor's browser"));
        }
    }
    Ok(())
}

/// P20: a visitor finds an article by the words of its title, without a cookie.
pub(super) async fn knowledgebase_search(site: &Site) -> Outcome {
    let home = got(site, "/help").await?;
    let link = home
        .body
        .split("href=\"/help/")
        .skip(1)
        .find(|rest| !rest.starts_with("in/") && !rest.starts_with("search"));
    let slug = link.and_then(|rest| rest.split('"').next()).ok_or("the knowledgebase shows no article")?;
    let found = got(site, &format!("/help/search?q={}", slug.replace('-', "+"))).await?;
    if found.status != 200 || !found.body.contains(&format!("href=\"/help/{slug}\"")) {
        return Err(format!("a search for the words of /help/{slug} does not find it"));
    }
    let article = got(site, &format!("/help/{slug}")).await?;
    let sets_cookie = [&home, &found, &article].iter().any(|answer| !answer.header("set-cookie").is_empty());
    match (article.status, sets_cookie) {
        (200, false) => Ok(()),
        (200, true) => Err("the knowledgebase sets a cookie in a visitor's browser".to_owned()),
        (status, _) => Err(format!("/help/{slug} answers {status} to a visitor")),
    }
}

/// P21: where a program is offered to everybody, its file is there, under the sum that its page says, and in parts. The last part
/// is asked for, which is not counted as a download. Where nothing is offered, nothing is missing.
pub(super) async fn downloads(site: &Site) -> Outcome {
    let links = |answer: &Answer, begin: &str| -> Vec<String> {
        let all = answer.body.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        all.filter(|link| link.starts_with(begin)).map(str::to_owned).collect()
    };
    let home = got(site, "/downloads").await?;
    if home.status != 200 {
        return Err(format!("/downloads answers {} to a visitor", home.status));
    }
    for program in links(&home, "/downloads/") {
        let page = got(site, &program).await?;
        let is_file = |link: &String| link.split('/').count() == 5 && !link.ends_with(".minisig");
        let Some(file) = links(&page, &format!("{program}/")).into_iter().find(is_file) else { continue };
        let part = site.last_byte(&file).await.map_err(|error| format!("{error:#}"))?;
        let sum = part.header("etag").trim_matches('"').to_owned();
        if part.status != 206 || part.body.is_empty() {
            return Err(format!("{file} is offered and answers {}", part.status));
        }
        if sum.len() != 64 || !page.body.contains(&sum) {
            return Err(format!("{program} does not say the sum of {file}"));
        }
    }
    Ok(())
}

/// P5: the form that asks for the most says where it is told what for.
pub(super) async fn asked_with_notice(site: &Site) -> Outcome {
    let form = got(site, "/register").await?;
    match form.status == 200 && form.body.contains("href=\"/policy\"") {
        true => Ok(()),
        false => Err("the form for registering does not lead to the policy".to_owned()),
    }
}

/// P13: no route that needs somebody answers a visitor, whatever the method.
pub(super) async fn closed_to_visitors(site: &Site, routes: &[Route]) -> Outcome {
    let closed = routes
        .iter()
        .filter(|route| !matches!(route.permission, Permission::Public | Permission::Credentials));
    let mut tried = 0;
    for route in closed {
        let path = filled(route.path);
        let answer =
            site.ask(route.method.as_str(), &path, "", "").await.map_err(|error| format!("{error:#}"))?;
        let refused = answer.asks_to_sign_in() || matches!(answer.status, 400 | 401 | 403 | 404);
        if !refused {
            return Err(format!("{} {} answers {} to a visitor", route.method, route.path, answer.status));
        }
        tried += 1;
    }
    // A list of routes that is cut off would prove nothing.
    if tried < 50 { Err(format!("only {tried} routes were tried")) } else { Ok(()) }
}

/// A path with something in place of each name in it.
fn filled(path: &str) -> String {
    let part = |part: &str| match part.starts_with('{') {
        true => new_uuid(&mailkeep_types::SystemClock).to_string(),
        false => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// P24: ending a service is one form on a page of its own, and ordering one takes at least as many.
pub(super) fn cancel_as_easy(routes: &[Route]) -> Outcome {
    let posts = |begin: &str, end: &str| {
        routes
            .iter()
            .filter(|route| {
                route.method.as_str() == "POST" && route.path.starts_with(begin) && route.path.ends_with(end)
            })
            .count()
    };
    let ordering = posts("/order", "") - posts("/order/{order}", "");
    match (posts("/center/services/", "/leave"), ordering) {
        (0, _) => Err("there is no form that cancels a service".to_owned()),
        (cancelling, ordering) if cancelling > ordering => {
            Err(format!("cancelling takes {cancelling} forms, ordering {ordering}"))
        }
        _ => Ok(()),
    }
}

/// P11: what is served at `/policy` is what the enforced file renders to, word for word; only the marks may differ.
pub(super) async fn page_as_enforced(config: &Config, services: &Services, site: &Site) -> Outcome {
    let served = got(site, "/policy").await?;
    if served.status != 200 {
        return Err(format!("/policy answers {}", served.status));
    }
    let enforced = mailkeep_web::site::policy::render_for_check(&services.policy, &config.web)
        .await
        .map_err(|error| format!("the page cannot be rendered: {error}"))?;
    let (served, enforced) = (words(&served.body), words(&enforced));
    let other = served.iter().zip(&enforced).find(|(one, other)| one != other);
    match other {
        Some((one, other)) => {
            Err(format!("the page that is served says “{one}” where the file says “{other}”"))
        }
        None if served.len() != enforced.len() => Err(format!(
            "the page that is served has {} words, that of the file {}",
            served.len(),
            enforced.len()
        )),
        None => Ok(()),
    }
}

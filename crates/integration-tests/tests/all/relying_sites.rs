//! Sites that people sign in to with their Registration ID: with relying sites that nobody here wrote, and everything that is
//! refused.

use std::path::Path;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{PASSWORD, Person, World};
use mailkeep_integration_tests::relying::{BACK, LEFT, Program, Site, agree, parameter, says};
use tokio::process::Command;

use crate::outside_clients::script;
use crate::{on_both_engines, python};

const NAMES: [&str; 6] = ["--as", "own-sites", "--category", "identity", "--category", "contact"];

/// The path of an address of the installation.
fn path<'a>(site: &Site, address: &'a str) -> Result<&'a str> {
    address.strip_prefix(&site.issuer).with_context(|| address.to_owned())
}

/// Walks a person through a relying site: sign in, agree, be signed in there, sign out.
async fn walk(mut world: World, site: &Site, mut program: Program) -> Result<()> {
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let said = program.next().await?;
    let address = said["go"].as_str().context("an address")?;
    // Somebody who is not signed in is asked for the password first, and comes back to where they were going.
    ada.browser.forget_cookies("session");
    let form = ada.browser.open(path(site, address)?).await?.form("/sign-in")?;
    let form = form.with("login", &ada.email).with("password", PASSWORD);
    let asked = ada.browser.submit(&form).await?;
    anyhow::ensure!(asked.words().contains("asks who you are"), "{}", asked.words());
    for shown in ["Ada Example", "ada@people.example", "by a name that no other site has"] {
        anyhow::ensure!(asked.words().contains(shown), "{shown} is shown: {}", asked.words());
    }
    program.tell(&agree(&mut ada.browser, asked).await?).await?;

    let said = program.next().await?;
    anyhow::ensure!(said["user"]["name"] == "Ada Example", "{said}");
    anyhow::ensure!(said["user"]["email"] == "ada@people.example", "{said}");
    let leave = said["leave"].as_str().context("an address")?;
    let record = ada.browser.open("/center/privacy/uses?user=program").await?.words();
    for written in
        ["A sign-in to a site disclosed", "e-mail address", "you had agreed to it", "Larkspur Library"]
    {
        anyhow::ensure!(record.contains(written), "{written} stands in the record: {record}");
    }
    let left = ada.browser.get(path(site, leave)?).await?;
    anyhow::ensure!(left.path.starts_with(LEFT), "{} {}", left.path, left.words());
    program.tell(&left.path).await?;
    anyhow::ensure!(program.next().await?["after"] == 401, "the tokens ended with the session");
    let center = ada.browser.get("/center").await?;
    anyhow::ensure!(center.path.starts_with("/sign-in"), "signed out here too: {}", center.path);
    program.end().await?;
    world.installation.stop().await
}

on_both_engines!(authlib_signs_a_person_in_and_out);

async fn authlib_signs_a_person_in_and_out(setup: Setup) -> Result<()> {
    let Some(python) = python() else { return Ok(()) };
    let world = World::start(setup, None).await?;
    let site = Site::register(&world, "Larkspur Library", &NAMES).await?;
    let mut command = Command::new(python);
    command.arg(script("relying_site.py")).args([&site.issuer, &site.id, &site.secret, BACK, LEFT]);
    let program = Program::start(command.arg(world.installation.certificate()))?;
    walk(world, &site, program).await
}

on_both_engines!(a_site_is_told_that_a_person_was_signed_out);

async fn a_site_is_told_that_a_person_was_signed_out(setup: Setup) -> Result<()> {
    let Some(python) = python() else { return Ok(()) };
    let more = format!("{}\n[webhooks]\nallow_private_addresses = true\n", setup.more);
    let mut world = World::start(Setup { more, ..setup }, None).await?;
    let mut command = Command::new(python);
    let mut program =
        Program::start(command.arg(script("relying_site_told.py")).arg(world.installation.certificate()))?;
    let here = format!("http://127.0.0.1:{}/", program.next().await?["port"]);
    // Told at a host to which it sends nobody: refused.
    let told = format!("{here}told");
    let alone = [&NAMES[..], &["--told-at", &told]].concat();
    anyhow::ensure!(Site::register(&world, "Larkspur Library", &alone).await.is_err(), "another host");
    let all = [&NAMES[..], &["--return", &here, "--told-at", &told]].concat();
    let site = Site::register(&world, "Larkspur Library", &all).await?;
    program.tell(&format!("{} {} {} {BACK}", site.issuer, site.id, site.secret)).await?;

    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    // Signed out here and not by way of the site, then taken back what was agreed to.
    let mut go = program.next().await?;
    for taken_back in [false, true] {
        let asked = ada.browser.get(path(&site, go["go"].as_str().context("an address")?)?).await?;
        program.tell(&agree(&mut ada.browser, asked).await?).await?;
        let sid = program.next().await?["sid"].clone();
        anyhow::ensure!(sid.is_string(), "{sid}");
        go = program.next().await?;
        let mut hears = async |times: usize| -> Result<()> {
            for _ in 0..times {
                let told = program.next().await?;
                anyhow::ensure!(told["told"] == sid && told["named"] == false, "{sid}, and no name: {told}");
            }
            Ok(())
        };
        if taken_back {
            let page = ada.browser.open("/center/privacy/sites").await?;
            ada.browser.submit(&page.form("/withdraw")?).await?;
            hears(1).await?;
        } else {
            let form = ada.browser.open("/center").await?.form("/sign-out")?;
            ada.browser.submit(&form).await?;
            // The first try was refused; it comes again, with a token of its own.
            hears(2).await?;
            ada.sign_in().await?;
        }
    }
    world.installation.stop().await
}

on_both_engines!(openid_client_signs_a_person_in_and_out);

async fn openid_client_signs_a_person_in_and_out(setup: Setup) -> Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser");
    if !folder.join("node_modules/openid-client").is_dir() {
        let missing = "openid-client is not installed; ./dev test does it";
        anyhow::ensure!(std::env::var_os("MAILKEEP_TEST_REQUIRE_BROWSER").is_none(), missing);
        eprintln!("skipped: {missing}");
        return Ok(());
    }
    let world = World::start(setup, None).await?;
    let site = Site::register(&world, "Larkspur Library", &NAMES).await?;
    let mut command = Command::new("node");
    command.arg(folder.join("relying-site.mjs")).args([&site.issuer, &site.id, &site.secret, BACK, LEFT]);
    command.env("NODE_EXTRA_CA_CERTS", world.installation.certificate());
    let program = Program::start(&mut command)?;
    walk(world, &site, program).await
}

on_both_engines!(what_does_not_fit_is_refused);

async fn what_does_not_fit_is_refused(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let site = Site::register(&world, "Larkspur Library", &NAMES).await?;
    let other = Site::register(&world, "Growers Forum", &["--as", "other-sites"]).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let browser = &mut ada.browser;

    // Where site and address are not known, nobody is sent anywhere.
    let long = "s".repeat(3000);
    for change in [
        ("redirect_uri", "https://evil.example/"),
        ("redirect_uri", "https://library.example/signed-in/"),
        ("redirect_uri", "https://library.example/signed-in?x=y"),
        ("redirect_uri", "https://library.example.evil.example/signed-in"),
        ("redirect_uri", ""),
        ("client_id", "018f6a5e-0000-7000-8000-000000000001"),
        ("client_id", "library"),
        ("client_id", ""),
        ("state", &long),
    ] {
        let page = browser.get(&site.asks("openid", &[change])).await?;
        anyhow::ensure!(
            page.status == 400 && page.path.starts_with("/connect/"),
            "{change:?}: {}",
            page.path
        );
    }
    let twice = format!("{}&redirect_uri=https%3A%2F%2Fevil.example", site.asks("openid", &[]));
    anyhow::ensure!(browser.get(&twice).await?.status == 400, "an address that comes twice");

    // Everything else is told to the site, with what it said itself.
    for (scope, change, error) in [
        ("openid", ("code_challenge", ""), "invalid_request"),
        ("openid", ("code_challenge_method", ""), "invalid_request"),
        ("openid", ("code_challenge_method", "plain"), "invalid_request"),
        ("openid", ("response_type", "token"), "unsupported_response_type"),
        ("openid", ("response_type", "id_token"), "unsupported_response_type"),
        ("profile", ("nonce", ""), "invalid_scope"),
        ("openid address", ("nonce", ""), "invalid_scope"),
        ("openid", ("request", "e30.e30.e30"), "request_not_supported"),
        ("openid", ("prompt", "none"), "consent_required"),
        ("openid", ("prompt", "none login"), "invalid_request"),
    ] {
        let page = browser.get(&site.asks(scope, &[change])).await?;
        let said = parameter(&page.path, "error");
        anyhow::ensure!(page.path.starts_with(BACK), "{change:?}: {} {}", page.path, page.words());
        anyhow::ensure!(said.as_deref() == Some(error), "{change:?}: {}", page.path);
        anyhow::ensure!(parameter(&page.path, "state").as_deref() == Some("state-1"), "{}", page.path);
        anyhow::ensure!(parameter(&page.path, "iss").as_deref() == Some(&*site.issuer), "{}", page.path);
    }
    let mut stranger = world.visitor()?;
    let nobody = stranger.get(&site.asks("openid", &[("prompt", "none")])).await?;
    anyhow::ensure!(parameter(&nobody.path, "error").as_deref() == Some("login_required"), "{}", nobody.path);
    let form = browser.open(&site.asks("openid", &[])).await?.form("/connect/authorize")?;
    let page = browser.submit(&form.with("decision", "refuse")).await?;
    anyhow::ensure!(parameter(&page.path, "error").as_deref() == Some("access_denied"), "{}", page.path);

    // The code: once, by its site, at its address, with its verifier.
    let code = |address: &str| parameter(address, "code").context("a code");
    for change in [
        ("code_verifier", "another-verifier-that-is-long-enough-to-be-one-too"),
        ("redirect_uri", LEFT),
        ("code", "none"),
    ] {
        let given = code(&site.agreed(browser, "openid").await?)?;
        let refused = site.exchange(&given, &[change]).await?;
        anyhow::ensure!((refused.status.as_u16(), refused.error()) == (400, "invalid_grant"), "{refused:?}");
    }
    let given = code(&site.agreed(browser, "openid").await?)?;
    let refused = site.exchange(&given, &[("code_verifier", "")]).await?;
    anyhow::ensure!((refused.status.as_u16(), refused.error()) == (400, "invalid_request"), "{refused:?}");
    let refused = other.exchange(&given, &[]).await?;
    anyhow::ensure!((refused.status.as_u16(), refused.error()) == (400, "invalid_grant"), "{refused:?}");
    let given = code(&site.agreed(browser, "openid profile").await?)?;
    let tokens = site.exchange(&given, &[]).await?;
    let access = tokens.text("access_token")?;
    anyhow::ensure!(site.userinfo(&access).await?.text("name")? == "Ada Example");
    let replayed = site.exchange(&given, &[]).await?;
    anyhow::ensure!((replayed.status.as_u16(), replayed.error()) == (400, "invalid_grant"), "{replayed:?}");
    let after = site.userinfo(&access).await?;
    anyhow::ensure!((after.status.as_u16(), after.error()) == (401, "invalid_token"), "{after:?}");

    // The secret: wrong, missing, of another site; then too often.
    let grant =
        [("grant_type", "authorization_code"), ("code", "x"), ("redirect_uri", BACK), ("code_verifier", "x")];
    for secret in ["mks_wrong", &other.secret] {
        let refused = site.post("/connect/token", &grant, secret).await?;
        anyhow::ensure!((refused.status.as_u16(), refused.error()) == (401, "invalid_client"), "{refused:?}");
    }
    let named = [grant.as_slice(), &[("client_id", &site.id)]].concat();
    let refused = site.post("/connect/token", &named, "").await?;
    anyhow::ensure!((refused.status.as_u16(), refused.error()) == (401, "invalid_client"), "{refused:?}");
    let mut last = 0;
    for number in 0..40 {
        last = other.post("/connect/token", &grant, &format!("mks_{number}")).await?.status.as_u16();
    }
    anyhow::ensure!(last == 429, "whoever guesses has to wait: {last}");

    // A closed site.
    world.installation.command(&["site", "close", &site.id]).await?;
    let page = browser.get(&site.asks("openid", &[])).await?;
    anyhow::ensure!(page.status == 400, "{}", page.path);
    world.installation.command(&["site", "open", &site.id]).await?;
    anyhow::ensure!(browser.get(&site.asks("openid", &[])).await?.path.starts_with(BACK), "open again");
    world.installation.stop().await
}

on_both_engines!(a_person_is_asked_once_and_takes_it_back);

async fn a_person_is_asked_once_and_takes_it_back(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let more = [NAMES.as_slice(), &["--registration-id"]].concat();
    let site = Site::register(&world, "Larkspur Library", &more).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let number = ada.registration_id().await?;
    let browser = &mut ada.browser;
    let asked = browser.open(&site.asks("openid email", &[])).await?;
    anyhow::ensure!(asked.words().contains(&number), "known by the number: {}", asked.words());
    let back = agree(browser, asked).await?;
    let tokens = site.exchange(&parameter(&back, "code").context("a code")?, &[]).await?;
    let claims = says(&tokens.text("id_token")?)?;
    anyhow::ensure!(claims["sub"] == number.as_str() && claims["nonce"] == "nonce-1", "{claims}");

    // Not again for as much, also where nobody may be asked; again when it grows, and when the site wants it.
    for change in [("prompt", ""), ("prompt", "none")] {
        let page = browser.get(&site.asks("openid email", &[change])).await?;
        anyhow::ensure!(parameter(&page.path, "code").is_some(), "{}", page.path);
    }
    let grown = browser.open(&site.asks("openid email profile", &[])).await?;
    anyhow::ensure!(grown.words().contains("You agreed before to"), "{}", grown.words());
    let again = browser.open(&site.asks("openid email", &[("prompt", "consent")])).await?;
    again.form("/connect/authorize")?;

    // The password again, where the site wants it fresh; then straight on, by a page between.
    for change in [("prompt", "login"), ("max_age", "0")] {
        let form = browser.open(&site.asks("openid email", &[change])).await?.form("/center/password")?;
        let page = browser.submit(&form.with("password", PASSWORD)).await?;
        let link = page.links().into_iter().find(|link| link.starts_with(BACK));
        let link = link.with_context(|| page.words())?;
        let tokens = site.exchange(&parameter(&link, "code").context("a code")?, &[]).await?;
        let claims = says(&tokens.text("id_token")?)?;
        let age = claims["iat"].as_i64().zip(claims["auth_time"].as_i64()).map(|(now, then)| now - then);
        anyhow::ensure!(age.is_some_and(|age| (0..60).contains(&age)), "{claims}");
    }
    let recent = browser.get(&site.asks("openid email", &[("max_age", "3600")])).await?;
    anyhow::ensure!(parameter(&recent.path, "code").is_some(), "{}", recent.path);
    let hinted = world.visitor()?.open(&site.asks("openid", &[("login_hint", "eve@people.example")])).await?;
    anyhow::ensure!(hinted.form("/sign-in")?.fields["login"] == "eve@people.example");

    // The person sees it, and takes it back: tokens end, and the site has to ask anew.
    let access = tokens.text("access_token")?;
    anyhow::ensure!(site.userinfo(&access).await?.text("email")? == "ada@people.example");
    let page = browser.open("/center/privacy/sites").await?;
    for shown in ["Larkspur Library", "Your e-mail address", "Your Registration ID", "Signed in"] {
        anyhow::ensure!(page.words().contains(shown), "{shown}: {}", page.words());
    }
    let page = browser.submit(&page.form("/withdraw")?).await?;
    anyhow::ensure!(page.words().contains("Taken back"), "{}", page.words());
    anyhow::ensure!(site.userinfo(&access).await?.status == 401);
    let asked = browser.get(&site.asks("openid email", &[("prompt", "none")])).await?;
    anyhow::ensure!(parameter(&asked.path, "error").as_deref() == Some("consent_required"), "{}", asked.path);

    // Signing out by a link that anybody can make asks first; a registered address is the only way on.
    let out =
        |address: &str| format!("/connect/sign-out?client_id={}&post_logout_redirect_uri={address}", site.id);
    let page = browser.open(&out("https://evil.example/")).await?;
    let page = browser.submit(&page.form("/connect/sign-out")?).await?;
    anyhow::ensure!(page.words().contains("You are signed out"), "{} {}", page.path, page.words());
    anyhow::ensure!(browser.get("/center").await?.path.starts_with("/sign-in"));
    let page = browser.get(&out(LEFT)).await?;
    anyhow::ensure!(page.path == LEFT, "{}", page.path);
    world.installation.stop().await
}

on_both_engines!(the_policy_file_is_the_authority);

async fn the_policy_file_is_the_authority(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    for (listed_as, category) in
        [("own-sites", "payment_token"), ("other-sites", "postal"), ("card-processor", "identity")]
    {
        let arguments =
            ["site", "add", "--title", "Shop", "--home", "https://shop.example/", "--return", BACK];
        let arguments = [arguments.as_slice(), &["--as", listed_as, "--category", category]].concat();
        let ended = world.installation.run(&arguments).await?;
        anyhow::ensure!(ended.code == Some(1), "{listed_as} {category}: {ended:?}");
        anyhow::ensure!(ended.err.contains("policy"), "it says why: {}", ended.err);
    }
    let site = Site::register(&world, "Larkspur Library", &NAMES).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let back = site.agreed(&mut ada.browser, "openid profile email").await?;
    let tokens = site.exchange(&parameter(&back, "code").context("a code")?, &[]).await?;
    let access = tokens.text("access_token")?;
    anyhow::ensure!(site.userinfo(&access).await?.text("email")? == "ada@people.example");

    // The next policy lets sites have names alone.
    let built = include_str!("../../../../policy/policy.toml");
    let narrower = built.replace(
        "categories = [\"identity\", \"contact\", \"postal\"]\nregistration_id = true",
        "categories = [\"identity\"]\nregistration_id = true",
    );
    anyhow::ensure!(narrower != built, "the policy file names the sites of the house otherwise");
    let file = world.installation.folder.join("policy.toml");
    std::fs::write(&file, narrower)?;
    world.installation.stop().await?;
    let config = std::fs::read_to_string(world.installation.config())?;
    std::fs::write(world.installation.config(), format!("{config}\n[policy]\nfile = {file:?}\n"))?;
    world.installation.start().await?;
    let passed = site.userinfo(&access).await?;
    anyhow::ensure!(passed.text("name")? == "Ada Example", "{passed:?}");
    anyhow::ensure!(passed.body.get("email").is_none(), "{passed:?}");
    let page = ada.browser.get(&site.asks("openid email", &[])).await?;
    anyhow::ensure!(parameter(&page.path, "error").as_deref() == Some("invalid_scope"), "{}", page.path);
    let list = world.installation.command(&["site", "list"]).await?;
    anyhow::ensure!(list.contains("may receive: openid profile\n"), "{list}");
    let listed = ada.browser.open("/center/privacy/sites").await?.words();
    anyhow::ensure!(!listed.contains("Your e-mail address"), "{listed}");
    world.installation.stop().await
}

on_both_engines!(everything_is_where_discovery_says);

async fn everything_is_where_discovery_says(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let app =
        Site::register(&world, "Larkspur App", &["--as", "other-sites", "--category", "identity", "--app"])
            .await?;
    anyhow::ensure!(app.secret.is_empty());
    let found = app.read("/.well-known/openid-configuration").await?;
    anyhow::ensure!(found.text("issuer")? == app.issuer, "{found:?}");
    let keys = app.read(path(&app, &found.text("jwks_uri")?)?).await?;
    let key = &keys.body["keys"][0];
    anyhow::ensure!(key["alg"] == "ES256" && key.get("d").is_none(), "{keys:?}");

    // An app on people's own machines has no secret, and proves itself by the verifier.
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    let back = app.agreed(&mut ada.browser, "openid profile offline_access").await?;
    let code = parameter(&back, "code").context("a code")?;
    let tokens = app.exchange(&code, &[("client_id", &app.id)]).await?;
    let claims = says(&tokens.text("id_token")?)?;
    anyhow::ensure!(claims["aud"] == app.id.as_str() && claims["iss"] == app.issuer.as_str(), "{claims}");
    let refresh = tokens.text("refresh_token")?;
    let access = tokens.text("access_token")?;
    let give_back = [("token", refresh.as_str()), ("client_id", &app.id)];
    let answered = app.post(path(&app, &found.text("revocation_endpoint")?)?, &give_back, "").await?;
    anyhow::ensure!(answered.status == 200, "{answered:?}");
    anyhow::ensure!(app.userinfo(&access).await?.status == 401, "a refresh token takes the rest with it");
    let renew = [("grant_type", "refresh_token"), ("refresh_token", &refresh), ("client_id", &app.id)];
    let refused = app.post("/connect/token", &renew, "").await?;
    anyhow::ensure!((refused.status.as_u16(), refused.error()) == (400, "invalid_grant"), "{refused:?}");
    let refused =
        app.post("/connect/token", &[("grant_type", "password"), ("client_id", &app.id)], "").await?;
    anyhow::ensure!(refused.error() == "unsupported_grant_type", "{refused:?}");
    world.installation.stop().await
}

//! P21: programs to download, on the real binary. Staff publish; a visitor gets the file as a whole and in parts; who may not have
//! it does not get it; what is withdrawn says so; what is counted is a number.

use std::path::Path;

use anyhow::{Context, Result};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, HOST, Person, World};
use mailkeep_integration_tests::pages::Page;
use reqwest::Method;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tokio::process::Command;

use crate::on_both_engines;

on_both_engines!(downloads);

/// The key, and the signature of the four letters `test`, from the documentation of minisign's library.
const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";
const SIGNATURE: &str = "untrusted comment: signature from minisign secret key\n\
    RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=\n\
    trusted comment: timestamp:1633700835\tfile:test\tprehashed\n\
    wLMDjy9FLAuxZ3q4NlEvkgtyhrr0gtTu6KC4KBJdITbbOeAi1zBIYo0v4iTgt8jJpIidRJnp94ABQkJAgAooBQ==\n";

/// Larger than any buffer on the way, and nowhere like another place in it.
fn program() -> Vec<u8> {
    (0..1_000_001u32).flat_map(|at| Sha256::digest(at.to_le_bytes())[..3].to_vec()).collect()
}

fn said(page: &Page, words: &str) -> Result<()> {
    anyhow::ensure!(page.words().contains(words), "“{words}” is not said: {} {}", page.status, page.words());
    Ok(())
}

/// The path of the page that a form led to, without what stands behind it.
fn path_of(page: &Page) -> String {
    page.path.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// Adds a program; gives its page in the console.
async fn add(publisher: &mut Colleague, name: &str, key: &str) -> Result<String> {
    let form = publisher.browser.open("/console/downloads/new").await?.form_to("/console/downloads")?;
    let form = form.with("name", name).with("summary", "Keeps your mail.").with("key", key);
    let page = publisher.browser.submit(&form).await?;
    said(&page, "Saved.")?;
    Ok(path_of(&page))
}

/// Begins a release; gives its page in the console.
async fn begin(
    publisher: &mut Colleague,
    program: &str,
    version: &str,
    audience: &str,
    plans: &[&str],
) -> Result<String> {
    let form = publisher.browser.open(&format!("{program}/new")).await?.form("/releases")?;
    let mut form =
        form.with("version", version).with("audience", audience).with("notes", "Quicker than *before*.");
    form.fields.remove("plans");
    let page = publisher.browser.submit_many(&form, "plans", plans).await?;
    said(&page, "The version is begun")?;
    Ok(path_of(&page))
}

/// Uploads a file into a draft; gives the page that answers.
async fn upload(
    publisher: &mut Colleague,
    release: &str,
    name: &str,
    signature: &str,
    file: &[u8],
) -> Result<Page> {
    let mut form = publisher.browser.open(release).await?.form_to(&format!("{release}/files"))?;
    form.fields.remove("signature_file");
    if !signature.is_empty() {
        form = form.with("signature", signature);
    }
    let form = form.with("platform", "linux").with("architecture", "x86_64");
    publisher.browser.submit_with_file(&form, "file", name, file).await
}

async fn publish(publisher: &mut Colleague, release: &str) -> Result<()> {
    let form = publisher.browser.open(release).await?.form("/publish")?;
    let page = publisher.browser.submit(&form).await?;
    said(&page, "It is published.")
}

async fn downloads(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut publisher = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let mut visitor = world.visitor()?;
    said(&visitor.open("/downloads").await?, "Nothing to download yet")?;

    let program_page = add(&mut publisher, "Mail Keeper", "").await?;
    let release = begin(&mut publisher, &program_page, "1.0.0", "public", &[]).await?;
    let file = program();
    let page = upload(&mut publisher, &release, "keeper.tar.gz", "", &file).await?;
    said(&page, "The file is there")?;
    anyhow::ensure!(visitor.get("/downloads/mail-keeper").await?.status == 404, "a draft is seen");
    publish(&mut publisher, &release).await?;
    as_a_whole_and_in_parts(&world, &file).await?;
    for audience in [("1.1.0", "registered", &[][..]), ("1.2.0", "plans", &["business"][..])] {
        let release = begin(&mut publisher, &program_page, audience.0, audience.1, audience.2).await?;
        said(
            &upload(&mut publisher, &release, "keeper.tar.gz", "", b"other bytes").await?,
            "The file is there",
        )?;
        publish(&mut publisher, &release).await?;
    }
    for_whom(&world).await?;
    feeds(&world, &file).await?;

    // As a whole three times (once by curl), its first part once, and what two releases gave to who is signed in. Not: parts
    // that go on, the head alone, and what was refused.
    let page = publisher.browser.open(&program_page).await?;
    said(&page, "6 downloads in 30 days, by day.")?;
    signed(&world, &mut publisher).await?;

    // What is withdrawn says so, and is not given out.
    let form = publisher.browser.open(&release).await?.form("/withdraw")?;
    let page = publisher.browser.submit(&form.clone().with("reason", " ")).await?;
    said(&page, "visitors read it")?;
    let page = publisher.browser.submit(&form.with("reason", "It loses letters.")).await?;
    said(&page, "It is withdrawn.")?;
    let page = visitor.get("/downloads/mail-keeper/1.0.0/keeper.tar.gz").await?;
    anyhow::ensure!(page.status == 410, "{} {}", page.status, page.words());
    said(&page, "It loses letters.")?;
    said(&visitor.open("/downloads/mail-keeper/1.0.0").await?, "It loses letters.")?;
    anyhow::ensure!(visitor.cookie_names().is_empty(), "a visitor got a cookie");
    said(&publisher.browser.open(&program_page).await?, "Withdrew version 1.0.0 wilma")?;

    let mut clerk = Colleague::enrol(&world, "bert", &["billing"]).await?;
    anyhow::ensure!(clerk.browser.get("/console/downloads").await?.status == 403, "others publish");
    world.installation.stop().await
}

/// The file by the rules of HTTP, and by curl as people use it.
async fn as_a_whole_and_in_parts(world: &World, file: &[u8]) -> Result<()> {
    const AT: &str = "/downloads/mail-keeper/1.0.0/keeper.tar.gz";
    let mut visitor = world.visitor()?;
    let page = visitor.open("/downloads/mail-keeper").await?;
    let sum = data_encoding::HEXLOWER.encode(&Sha256::digest(file));
    said(&page, &sum)?;
    anyhow::ensure!(page.links().iter().any(|link| link == AT), "{:?}", page.links());

    // A browser says that it takes compressed answers, and gets the file itself.
    let whole = visitor.fetch(Method::GET, AT, &[("accept-encoding", "gzip")]).await?;
    let header = |name: &str| {
        whole.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    let etag = header("etag");
    anyhow::ensure!(whole.status() == 200 && etag == format!("\"{sum}\""), "{} {etag}", whole.status());
    anyhow::ensure!(
        header("content-length") == file.len().to_string() && header("content-encoding").is_empty()
    );
    anyhow::ensure!(header("content-disposition") == "attachment; filename=\"keeper.tar.gz\"");
    anyhow::ensure!(
        header("cache-control").contains("public") && header("cache-control").contains("immutable")
    );
    anyhow::ensure!(
        header("content-security-policy").contains("sandbox")
            && header("x-content-type-options") == "nosniff"
    );
    anyhow::ensure!(header("set-cookie").is_empty() && header("accept-ranges") == "bytes");
    anyhow::ensure!(whole.bytes().await? == file, "the whole is another");

    // In two parts, of which the second is asked for as one goes on with what broke off.
    let first = visitor.fetch(Method::GET, AT, &[("range", "bytes=0-1234567")]).await?;
    anyhow::ensure!(first.status() == 206, "{}", first.status());
    let place = format!("bytes 0-1234567/{}", file.len());
    anyhow::ensure!(first.headers()["content-range"] == place.as_str(), "{:?}", first.headers());
    let first = first.bytes().await?;
    let rest = visitor.fetch(Method::GET, AT, &[("range", "bytes=1234568-"), ("if-range", &etag)]).await?;
    anyhow::ensure!(rest.status() == 206, "{}", rest.status());
    anyhow::ensure!([&first[..], &rest.bytes().await?[..]].concat() == file, "the parts are not the whole");
    let other = visitor.fetch(Method::GET, AT, &[("range", "bytes=5-9"), ("if-range", "\"other\"")]).await?;
    anyhow::ensure!(other.status() == 200 && other.bytes().await? == file, "a part of another file");
    let beyond = visitor.fetch(Method::GET, AT, &[("range", "bytes=99999999-")]).await?;
    anyhow::ensure!(
        beyond.status() == 416
            && beyond.headers()["content-range"] == format!("bytes */{}", file.len()).as_str()
    );
    let known = visitor.fetch(Method::GET, AT, &[("if-none-match", &etag)]).await?;
    anyhow::ensure!(known.status() == 304 && known.bytes().await?.is_empty());
    let head = visitor.fetch(Method::HEAD, AT, &[("range", "bytes=0-1")]).await?;
    anyhow::ensure!(
        head.status() == 200 && head.headers()["content-length"] == file.len().to_string().as_str()
    );

    // curl, whole and then going on with half a file.
    let folder = tempfile::tempdir()?;
    let target = folder.path().join("keeper.tar.gz");
    curl(world, AT, &target, false).await?;
    anyhow::ensure!(std::fs::read(&target)? == file, "curl got another file");
    std::fs::write(&target, &file[..2_000_000])?;
    curl(world, AT, &target, true).await?;
    anyhow::ensure!(std::fs::read(&target)? == file, "curl did not go on");
    Ok(())
}

async fn curl(world: &World, path: &str, target: &Path, goes_on: bool) -> Result<()> {
    let address = world.installation.address("https");
    let mut curl = Command::new("curl");
    curl.args(["-sS", "--fail", "--compressed", "--noproxy", "*", "--cacert"])
        .arg(world.installation.certificate())
        .arg("--resolve")
        .arg(format!("{HOST}:{}:{}", address.port(), address.ip()))
        .arg("-o")
        .arg(target);
    if goes_on {
        curl.args(["-C", "-"]);
    }
    let done = curl.arg(format!("https://{HOST}:{}{path}", address.port())).output().await?;
    anyhow::ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    Ok(())
}

/// Who may have what is asked at each download.
async fn for_whom(world: &World) -> Result<()> {
    const REGISTERED: &str = "/downloads/mail-keeper/1.1.0/keeper.tar.gz";
    const BUSINESS: &str = "/downloads/mail-keeper/1.2.0/keeper.tar.gz";
    let mut visitor = world.visitor()?;
    for path in [REGISTERED, BUSINESS] {
        let answer = visitor.fetch(Method::GET, path, &[]).await?;
        anyhow::ensure!(answer.status() == 303, "{path}: {}", answer.status());
        let to = answer.headers()["location"].to_str()?;
        anyhow::ensure!(to.starts_with("/sign-in?next="), "{to}");
    }
    let page = visitor.open("/downloads/mail-keeper/1.1.0").await?;
    said(&page, "Sign in to download this version.")?;
    anyhow::ensure!(!page.links().iter().any(|link| link == REGISTERED), "{:?}", page.links());

    let mut ada = Person::register(world, "Ada Example", "ada@people.example").await?;
    let answer = ada.browser.fetch(Method::GET, REGISTERED, &[]).await?;
    anyhow::ensure!(answer.status() == 200, "{}", answer.status());
    anyhow::ensure!(answer.headers()["cache-control"] == "private, no-store", "{:?}", answer.headers());
    anyhow::ensure!(answer.bytes().await? == "other bytes");
    let page = ada.browser.get(BUSINESS).await?;
    anyhow::ensure!(page.status == 403, "{} {}", page.status, page.words());
    said(&page, "This version comes with a plan.")?;

    // With the plan she gets it.
    ada.order_billed("larkspur.example", 5, "approve", &[("plan", "business")]).await?;
    let page = ada.wait_for_page(BUSINESS, |page| page.status == 200).await?;
    anyhow::ensure!(page.text() == "other bytes");
    Ok(())
}

/// Programs learn of updates, with the sums of what is for everybody.
async fn feeds(world: &World, file: &[u8]) -> Result<()> {
    let mut visitor = world.visitor()?;
    let feed = visitor.open("/downloads/mail-keeper/feed.json").await?;
    let feed: Value = serde_json::from_slice(&feed.body)?;
    anyhow::ensure!(feed["version"] == "https://jsonfeed.org/version/1.1", "{feed}");
    let items = feed["items"].as_array().context("items")?;
    let versions: Vec<&str> = items.iter().filter_map(|item| item["_update"]["version"].as_str()).collect();
    anyhow::ensure!(versions == ["1.2.0", "1.1.0", "1.0.0"], "{versions:?}");
    let attached = &items[2]["attachments"][0];
    let sum = data_encoding::HEXLOWER.encode(&Sha256::digest(file));
    anyhow::ensure!(
        attached["_update"]["sha256"] == sum.as_str() && attached["size_in_bytes"] == file.len(),
        "{attached}"
    );
    anyhow::ensure!(
        items[0]["attachments"] == Value::Array(Vec::new()),
        "what is not for everybody is not attached"
    );
    let atom = visitor.open("/downloads/mail-keeper/feed.atom").await?.text();
    anyhow::ensure!(atom.starts_with("<?xml") && atom.matches("<entry>").count() == 3, "{atom}");
    anyhow::ensure!(
        atom.contains("rel=\"self\"") && atom.contains("/downloads/mail-keeper/feed.atom\""),
        "{atom}"
    );
    let map = visitor.open("/sitemap.xml").await?.text();
    anyhow::ensure!(map.contains("/downloads/mail-keeper</loc>"), "{map}");
    Ok(())
}

/// A program with a key takes what was signed with it, and nothing else; minisign itself agrees.
async fn signed(world: &World, publisher: &mut Colleague) -> Result<()> {
    let page =
        add(publisher, "Signed Keeper", &format!("untrusted comment: minisign public key\n{KEY}")).await?;
    let release = begin(publisher, &page, "1.0.0", "public", &[]).await?;
    let refused = upload(publisher, &release, "test", "", b"test").await?;
    anyhow::ensure!(refused.status == 422, "{}", refused.status);
    said(&refused, "Files of this program must be signed")?;
    let refused = upload(publisher, &release, "test", SIGNATURE, b"tset").await?;
    anyhow::ensure!(refused.status == 422, "{}", refused.status);
    said(&refused, "It does not fit this file.")?;
    said(&refused, "There is no file yet.")?;
    said(&upload(publisher, &release, "test", SIGNATURE, b"test").await?, "Signature verified")?;
    publish(publisher, &release).await?;
    let mut visitor = world.visitor()?;
    let kept = visitor.open("/downloads/signed-keeper/1.0.0/test.minisig").await?;
    anyhow::ensure!(kept.text() == SIGNATURE, "{}", kept.text());

    let folder = tempfile::tempdir()?;
    let path = |name: &str| folder.path().join(name);
    let minisign = async |words: &[&str]| {
        Command::new("minisign")
            .args(words)
            .current_dir(folder.path())
            .stdin(std::process::Stdio::null())
            .output()
            .await
    };
    if minisign(&["-v"]).await.is_err() {
        eprintln!("skipped: minisign is not installed; ./dev test installs it");
        return Ok(());
    }
    // What people are told to do with what they downloaded.
    std::fs::write(path("test"), "test")?;
    std::fs::write(path("test.minisig"), kept.text())?;
    let verified = minisign(&["-Vm", "test", "-P", KEY]).await?;
    anyhow::ensure!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));

    // A key and a signature of the tool's own.
    let made = minisign(&["-G", "-W", "-p", "own.pub", "-s", "own.key"]).await?;
    anyhow::ensure!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    std::fs::write(path("own.tar"), program())?;
    let done = minisign(&["-SHm", "own.tar", "-s", "own.key", "-W"]).await?;
    anyhow::ensure!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let page = add(publisher, "Own Keeper", &std::fs::read_to_string(path("own.pub"))?).await?;
    let release = begin(publisher, &page, "1.0.0", "public", &[]).await?;
    let signature = std::fs::read_to_string(path("own.tar.minisig"))?;
    said(&upload(publisher, &release, "own.tar", SIGNATURE, &program()).await?, "another key")?;
    said(&upload(publisher, &release, "own.tar", &signature, &program()).await?, "Signature verified")
}

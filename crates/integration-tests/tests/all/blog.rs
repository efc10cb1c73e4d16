//! The blog from draft to announcement: what readers see and when, its feed as others read it, the sitemap, and the letter to those
//! who chose to hear of it.

use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use mailkeep_integration_tests::choosing::{announced, choose, one_click_path, ticked};
use mailkeep_integration_tests::installation::Setup;
use mailkeep_integration_tests::journey::{Colleague, Person, World};
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

use crate::outside_clients::script;
use crate::{on_both_engines, python};

on_both_engines!(a_post_from_draft_to_announcement);

const TITLE: &str = "Why mail <sometimes> waits";

/// The titles in a feed as Python's feedparser reads it; nothing where there is no Python.
async fn feed_titles(feed: &[u8]) -> Result<Option<Vec<String>>> {
    let Some(python) = python() else { return Ok(None) };
    let mut reader = Command::new(&python)
        .arg(script("atom_feed.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()?;
    reader.stdin.take().context("piped")?.write_all(feed).await?;
    let output = reader.wait_with_output().await?;
    ensure!(output.status.success(), "{output:?}");
    Ok(Some(serde_json::from_slice(&output.stdout)?))
}

async fn a_post_from_draft_to_announcement(setup: Setup) -> Result<()> {
    let mut world = World::start(setup, None).await?;
    let mut ada = Person::register(&world, "Ada Example", "ada@people.example").await?;
    choose(&mut ada, &["blog:email"]).await?;
    let mut writer = Colleague::enrol(&world, "wilma", &["writer"]).await?;
    let form = writer.browser.open("/console/posts/new").await?.form("/console/posts")?;
    let form = form
        .with("title", TITLE)
        .with("summary", "Busy servers, and what we do.")
        .with("author", "Rosalind F.")
        .with("tags", "Mail Servers, news")
        .with("slug", "why-mail-waits")
        .with("body", "It may *wait*. <script>alert(1)</script>\n\n## What we do\n\nWe try again.");
    let page = writer.browser.submit(&form).await?;
    ensure!(page.status.is_success(), "{} {}", page.status, page.words());
    let desk = page.path.split('?').next().unwrap_or_default().to_owned();

    // A draft is nowhere.
    let mut visitor = world.visitor()?;
    ensure!(visitor.get("/blog/why-mail-waits").await?.status == 404);
    for path in ["/blog", "/blog.atom", "/sitemap.xml"] {
        let text = visitor.open(path).await?.text();
        ensure!(!text.contains("why-mail-waits"), "{path}: {text}");
    }

    let page = writer.browser.submit(&page.form("/publish")?).await?;
    ensure!(page.words().contains("Readers see it now"), "{}", page.words());
    let post = visitor.open("/blog/why-mail-waits").await?;
    let (words, html) = (post.words(), post.text());
    ensure!(words.contains("Rosalind F.") && !words.contains("wilma"), "the name for everybody: {words}");
    ensure!(html.contains("<em>wait</em>") && !html.contains("<script>alert"), "{html}");
    for path in ["/blog", "/blog?tag=mail-servers", "/blog.atom", "/sitemap.xml"] {
        let text = visitor.open(path).await?.text();
        ensure!(text.contains("/blog/why-mail-waits"), "{path}: {text}");
    }
    ensure!(!visitor.open("/blog?tag=mail").await?.text().contains("why-mail-waits"), "another tag");
    ensure!(visitor.cookie_names().is_empty(), "visitors get no cookie");
    ensure!(
        feed_titles(&visitor.open("/blog.atom").await?.body).await?.is_none_or(|titles| titles == [TITLE])
    );

    // The announcement is looked at, then sent.
    let page = writer.browser.open(&desk).await?;
    let page = writer.browser.submit(&page.form("/announce")?).await?;
    ensure!(page.path.starts_with("/console/announcements/"), "{} {}", page.path, page.words());
    writer.browser.submit(&page.form("/send")?).await?;
    let mail = announced(&world, "ada@people.example", "Why mail").await?;
    let text = String::from_utf8_lossy(&mail.message).replace("=\r\n", "");
    ensure!(text.contains("/blog/why-mail-waits") && text.contains("Busy servers"), "{text}");

    // A newsletter tells of it as well, and stands in the archive.
    let page = writer.browser.open("/console/posts/newsletter").await?;
    let form =
        page.form("/console/posts/newsletter")?.with("title", "Our letter").with("introduction", "*Hello.*");
    let page = writer.browser.submit(&form).await?;
    ensure!(page.path.starts_with("/console/announcements/"), "{} {}", page.path, page.words());
    ensure!(page.words().contains("Nobody would get it now"), "{}", page.words());
    choose(&mut ada, &["newsletter:email"]).await?;
    let draft = page.path.split('?').next().unwrap_or_default().to_owned();
    let number = draft.rsplit('/').next().unwrap_or_default().to_owned();
    ensure!(visitor.get(&format!("/news/{number}")).await?.status == 404, "nobody got it yet");
    let page = writer.browser.open(&draft).await?;
    writer.browser.submit(&page.form("/send")?).await?;
    let mail = announced(&world, "ada@people.example", "Our letter").await?;
    let text = String::from_utf8_lossy(&mail.message).replace("=\r\n", "");
    for words in ["Hello.", TITLE, "/blog/why-mail-waits", &format!("/news/{number}")] {
        ensure!(text.contains(words), "{words}: {text}");
    }
    // The link under the letter shows what else comes, to whoever has it, and lets it stop without a sign-in.
    ensure!(ticked(&mut ada).await? == ["newsletter:email"], "{:?}", ticked(&mut ada).await?);
    choose(&mut ada, &["newsletter:email", "blog:email", "events_and_contests:post"]).await?;
    let link = one_click_path(&mail.message)?;
    let page = visitor.open(&link).await?;
    let form =
        page.forms().into_iter().find(|form| form.fields.contains_key("keep")).context("what else comes")?;
    ensure!(
        page.words().contains("What else comes to you Blog by e-mail Events and contests by post"),
        "{}",
        page.words()
    );
    let page = visitor.submit_many(&form, "keep", &["events_and_contests:post"]).await?;
    ensure!(page.words().contains("What you did not keep does not come any more"), "{}", page.words());
    let left = ticked(&mut ada).await?;
    ensure!(left == ["newsletter:email", "events_and_contests:post"], "{left:?}");
    let one = visitor.open(&format!("/news/{number}")).await?;
    ensure!(one.words().contains(TITLE) && one.text().contains("<em>Hello.</em>"), "{}", one.text());
    for path in ["/news", "/news?topic=newsletter", "/news.atom", "/sitemap.xml"] {
        let text = visitor.open(path).await?.text();
        ensure!(text.contains(&format!("/news/{number}")), "{path}: {text}");
    }
    ensure!(
        feed_titles(&visitor.open("/news.atom").await?.body)
            .await?
            .is_none_or(|titles| titles == ["Our letter"])
    );
    ensure!(visitor.cookie_names().is_empty(), "visitors get no cookie");
    let page = writer.browser.open("/console/posts/newsletter").await?;
    ensure!(page.words().contains("No post waits to be told"), "{}", page.words());
    let page = writer.browser.open(&draft).await?;
    writer.browser.submit(&page.form("/list")?).await?;
    ensure!(visitor.get(&format!("/news/{number}")).await?.status == 404, "it was taken off");

    let page = writer.browser.open(&desk).await?;
    writer.browser.submit(&page.form("/withdraw")?).await?;
    ensure!(visitor.get("/blog/why-mail-waits").await?.status == 404);
    world.installation.stop().await
}

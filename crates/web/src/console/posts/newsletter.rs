//! A newsletter is made of posts: staff choose which, and get its draft among the announcements.

use mailkeep_outreach::posts::{Newsletter, Post};
use mailkeep_types::{Habits, PostId, Timestamp};
use serde::Serialize;

use crate::center::profile::{language_of, languages};
use crate::console::incidents::zone;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

/// Posts of which a newsletter can be made.
#[derive(Debug, Serialize)]
pub struct NewsletterPage {
    /// What was typed.
    pub form: Form,
    /// Languages, each with a page of its own.
    pub languages: Vec<Choose>,
    /// The language of the newsletter and its posts.
    pub language: String,
    /// The posts that no newsletter told of, the newest first.
    pub posts: Vec<PostTick>,
}

/// A post to choose.
#[derive(Debug, Clone, Serialize)]
pub struct PostTick {
    /// Its number.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// Since when readers see it.
    pub published_at: Timestamp,
    /// Whether it is chosen.
    pub ticked: bool,
}

impl Page for NewsletterPage {
    const TEMPLATE: &'static str = "console/posts/newsletter.html";

    fn samples() -> Vec<Self> {
        let post = |id: &str, title: &str, days, ticked| PostTick {
            id: id.to_owned(),
            title: title.to_owned(),
            summary: "Greylisting, busy servers and what we do so that you rarely notice.".to_owned(),
            published_at: samples::days_ago(days),
            ticked,
        };
        let posts = vec![
            post("a", "Why mail sometimes waits", 3, true),
            post("b", "New disks", 12, true),
            post("c", "What we learnt from an outage in the night to Sunday", 40, false),
        ];
        let page = |form: Form, posts| NewsletterPage {
            form,
            languages: languages(),
            language: "en".to_owned(),
            posts,
        };
        vec![
            page(Form::new().with("title", "News of November 2026"), posts.clone()),
            page(
                Form::new()
                    .with("introduction", "Dear readers,")
                    .wrong("title", msg("form-required"))
                    .wrong("posts", msg("form-required")),
                posts,
            ),
            page(Form::new(), Vec::new()),
        ]
    }
}

async fn page(
    ctx: &Ctx,
    form: Form,
    language: &str,
    is_chosen: impl Fn(&Post) -> bool,
) -> Result<NewsletterPage, WebError> {
    let posts = ctx.state.outreach.posts_to_gather(language).await?;
    Ok(NewsletterPage {
        form,
        languages: languages(),
        language: language.to_owned(),
        posts: posts
            .into_iter()
            .map(|post| PostTick {
                id: post.id.to_string(),
                ticked: is_chosen(&post),
                published_at: post.published_at.unwrap_or(post.changed_at),
                title: post.title,
                summary: post.summary,
            })
            .collect(),
    })
}

/// The subject that stands there to begin with: the news of this month, in the language of the newsletter.
fn usual_title(ctx: &Ctx, language: &str) -> String {
    let today = ctx.state.clock.now().to_jiff().to_zoned(zone(ctx)).date();
    let title = msg("newsletter-subject").with("month", Habits::of(language).month(today, false));
    ctx.state.renderer.text(language, &title)
}

/// `GET /console/posts/newsletter?language=…`
pub async fn show(ctx: Ctx) -> Answer {
    let asked = ctx.query.get("language");
    let language = language_of(if asked.is_empty() { &ctx.language } else { asked });
    let form = Form::new().with("title", usual_title(&ctx, &language));
    ctx.page(&page(&ctx, form, &language, |_| true).await?)
}

/// `POST /console/posts/newsletter`
pub async fn submit(ctx: Ctx) -> Answer {
    let staff = ctx.who.staff()?.staff;
    let language = language_of(ctx.form.get("language"));
    let chosen: Vec<PostId> = ctx.form.all("posts").filter_map(|post| post.parse().ok()).collect();
    let newsletter = Newsletter {
        title: ctx.form.get("title").to_owned(),
        introduction: ctx.form.lines("introduction"),
        read_on: ctx.state.renderer.text(&language, &msg("blog-read-on")),
        blog: format!("{}/blog/", ctx.state.config.public_url.trim_end_matches('/')),
        language: language.clone(),
    };
    match ctx.state.outreach.gather_posts(staff, &chosen, newsletter).await {
        Ok(made) => ctx.done(&format!("/console/announcements/{made}"), msg("newsletter-made")),
        Err(error) => {
            let mut form = Form::of(&ctx.form);
            form.take(error, &["title", "introduction", "posts"])?;
            ctx.refused(&page(&ctx, form, &language, |post| chosen.contains(&post.id)).await?)
        }
    }
}

//! The blog for staff: all posts, and one as it is written.

pub mod act;
pub mod newsletter;

use mailkeep_helpdesk::articles::source::slug_of;
use mailkeep_outreach::posts::{Post, PostDraft, PostState};
use mailkeep_types::{PostId, Timestamp};
use serde::Serialize;

use crate::center::profile::{language_of, languages};
use crate::ctx::Ctx;
use crate::form::Form;
use crate::markdown;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::routes::Answer;
use crate::samples;

const FIELDS: &[&str] = &["title", "slug", "summary", "body", "author", "tags"];

/// All posts.
#[derive(Debug, Serialize)]
pub struct PostsPage {
    /// The posts, those that were changed last first.
    pub posts: Vec<PostRow>,
}

/// A post in the list.
#[derive(Debug, Clone, Serialize)]
pub struct PostRow {
    /// Its number.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The name under which it is shown.
    pub author: String,
    /// Where it stands.
    pub state: PostState,
    /// Since when readers see it, or from when on they will.
    pub published_at: Option<Timestamp>,
    /// When it was changed last.
    pub changed_at: Timestamp,
}

/// One post, or a new one.
#[derive(Debug, Serialize)]
pub struct PostEditPage {
    /// Its number; empty for a new one.
    pub id: String,
    /// Its address.
    pub slug: String,
    /// Where it stands.
    pub state: PostState,
    /// Since when readers see it, or from when on they will.
    pub published_at: Option<Timestamp>,
    /// What was typed.
    pub form: Form,
    /// Languages to choose from.
    pub languages: Vec<Choose>,
    /// The text as readers see it.
    pub preview: String,
    /// The announcement that was made of it; empty for none.
    pub announcement: String,
    /// The time zone of the house, in which times are typed.
    pub zone: String,
}

impl Page for PostsPage {
    const TEMPLATE: &'static str = "console/posts/list.html";

    fn samples() -> Vec<Self> {
        let row = |title: &str, state, published_at, days| PostRow {
            id: "a".to_owned(),
            title: title.to_owned(),
            author: "Rosalind F.".to_owned(),
            state,
            published_at,
            changed_at: samples::days_ago(days),
        };
        let posts = vec![
            row("What is new in July", PostState::Draft, None, 0),
            row("New disks", PostState::Scheduled, Some(samples::days_ago(-2)), 1),
            row("Why mail sometimes waits", PostState::Published, Some(samples::days_ago(3)), 4),
        ];
        vec![PostsPage { posts }, PostsPage { posts: Vec::new() }]
    }
}

impl Page for PostEditPage {
    const TEMPLATE: &'static str = "console/posts/one.html";

    fn samples() -> Vec<Self> {
        let text = "A server may ask to *come again later*.\n\n## What we do\n\nWe try again.";
        let written = Form::new()
            .with("title", "Why mail sometimes waits")
            .with("slug", "why-mail-waits")
            .with("summary", "Greylisting, busy servers and what we do.")
            .with("body", text)
            .with("author", "Rosalind F.")
            .with("tags", "mail-servers, news")
            .with("language", "en");
        let page = |id: &str, state, published_at, form: Form, announcement: &str| PostEditPage {
            id: id.to_owned(),
            slug: "why-mail-waits".to_owned(),
            state,
            published_at,
            preview: markdown::render_chapters(text).html,
            form,
            languages: languages(),
            announcement: announcement.to_owned(),
            zone: "America/New_York".to_owned(),
        };
        let wrong = Form::new().with("language", "en").wrong("title", msg("form-required"));
        vec![
            page("", PostState::Draft, None, wrong, ""),
            page("a", PostState::Draft, None, written.clone(), ""),
            page("a", PostState::Scheduled, Some(samples::days_ago(-2)), written.clone(), ""),
            page("a", PostState::Published, Some(samples::days_ago(3)), written.clone(), ""),
            page("a", PostState::Published, Some(samples::days_ago(3)), written, "b"),
        ]
    }
}

/// `GET /console/posts`
pub async fn show(ctx: Ctx) -> Answer {
    let now = ctx.state.clock.now();
    let posts = ctx.state.outreach.all_posts().await?.into_iter().map(|post| PostRow {
        id: post.id.to_string(),
        state: post.state(now),
        title: post.title,
        author: post.author,
        published_at: post.published_at,
        changed_at: post.changed_at,
    });
    ctx.page(&PostsPage { posts: posts.collect() })
}

/// `GET /console/posts/new`
pub async fn show_new(ctx: Ctx) -> Answer {
    let author = ctx.state.outreach.author_name(ctx.who.staff()?.staff).await?;
    let form = Form::new().with("language", ctx.language.clone()).with("author", author.unwrap_or_default());
    ctx.page(&page(&ctx, None, form))
}

/// `GET /console/posts/{post}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let post = ctx.state.outreach.post(ctx.param("post")?).await?;
    let form = Form::new()
        .with("title", post.title.clone())
        .with("slug", post.slug.clone())
        .with("summary", post.summary.clone())
        .with("body", post.body.clone())
        .with("author", post.author.clone())
        .with("tags", post.tags.join(", "))
        .with("language", post.language.clone());
    ctx.page(&page(&ctx, Some(post), form))
}

fn page(ctx: &Ctx, post: Option<Post>, form: Form) -> PostEditPage {
    PostEditPage {
        id: post.as_ref().map(|post| post.id.to_string()).unwrap_or_default(),
        slug: post.as_ref().map(|post| post.slug.clone()).unwrap_or_default(),
        state: post.as_ref().map_or(PostState::Draft, |post| post.state(ctx.state.clock.now())),
        published_at: post.as_ref().and_then(|post| post.published_at),
        form,
        languages: languages(),
        preview: post.as_ref().map(|post| markdown::render_chapters(&post.body).html).unwrap_or_default(),
        announcement: post
            .and_then(|post| post.announcement)
            .map(|announcement| announcement.to_string())
            .unwrap_or_default(),
        zone: ctx.state.config.time_zone.clone(),
    }
}

/// What was typed; without an address that of the title.
fn draft(ctx: &Ctx) -> PostDraft {
    let (title, slug) = (ctx.form.get("title"), ctx.form.get("slug"));
    PostDraft {
        slug: if slug.is_empty() { slug_of(title) } else { slug.to_owned() },
        language: language_of(ctx.form.get("language")),
        title: title.to_owned(),
        summary: ctx.form.get("summary").to_owned(),
        body: ctx.form.lines("body"),
        author: ctx.form.get("author").to_owned(),
        tags: ctx.form.get("tags").split(',').map(str::to_owned).collect(),
    }
}

async fn write(ctx: &Ctx, id: Option<PostId>) -> Answer {
    let staff = ctx.who.staff()?.staff;
    let mut form = Form::of(&ctx.form);
    match ctx.state.outreach.write_post(staff, id, draft(ctx)).await {
        Ok(id) => ctx.done(&format!("/console/posts/{id}"), msg("post-saved")),
        Err(error) => {
            form.take(error, FIELDS)?;
            let post = match id {
                Some(id) => Some(ctx.state.outreach.post(id).await?),
                None => None,
            };
            ctx.refused(&page(ctx, post, form))
        }
    }
}

/// `POST /console/posts`
pub async fn submit(ctx: Ctx) -> Answer {
    write(&ctx, None).await
}

/// `POST /console/posts/{post}`
pub async fn change(ctx: Ctx) -> Answer {
    let id: PostId = ctx.param("post")?;
    write(&ctx, Some(id)).await
}

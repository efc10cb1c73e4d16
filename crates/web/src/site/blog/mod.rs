//! The blog as readers see it: the newest posts, one post, a feed. No page of it sets a cookie, and nothing counts who reads.

pub mod feed;
pub mod post;

use mailkeep_outreach::posts::Post;
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples;

const SIZE: i64 = 10;

/// The newest posts.
#[derive(Debug, Serialize)]
pub struct BlogPage {
    /// One page of posts.
    pub posts: Vec<PostLink>,
    /// Which page.
    pub paging: Paging,
    /// The tag to which they are narrowed down; empty for all.
    pub tag: String,
    /// Tags, with how many posts have them.
    pub tags: Vec<(String, i64)>,
}

/// A post in a list.
#[derive(Debug, Clone, Serialize)]
pub struct PostLink {
    /// Its address.
    pub slug: String,
    /// Its language.
    pub language: String,
    /// Its title.
    pub title: String,
    /// What it is about.
    pub summary: String,
    /// The name under which it is shown.
    pub author: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Since when readers see it.
    pub published_at: Timestamp,
}

impl From<Post> for PostLink {
    fn from(post: Post) -> Self {
        PostLink {
            published_at: post.published_at.unwrap_or(post.changed_at),
            slug: post.slug,
            language: post.language,
            title: post.title,
            summary: post.summary,
            author: post.author,
            tags: post.tags,
        }
    }
}

pub(super) fn sample_links() -> Vec<PostLink> {
    let post = |slug: &str, language: &str, title: &str, summary: &str, days| PostLink {
        slug: slug.to_owned(),
        language: language.to_owned(),
        title: title.to_owned(),
        summary: summary.to_owned(),
        author: "Rosalind F.".to_owned(),
        tags: vec!["mail-servers".to_owned(), "news".to_owned()],
        published_at: samples::days_ago(days),
    };
    vec![
        post(
            "why-mail-waits",
            "en",
            "Why mail sometimes waits",
            "Greylisting, busy servers and what we do so that you rarely notice.",
            3,
        ),
        post("neue-platten", "de", "Neue Platten", "Was sich für Ihre Postfächer ändert, und was nicht.", 30),
    ]
}

impl Page for BlogPage {
    const TEMPLATE: &'static str = "site/blog/list.html";

    fn samples() -> Vec<Self> {
        let tags = vec![("news".to_owned(), 12), ("mail-servers".to_owned(), 4)];
        let paging = |total| Paging { page: 1, size: SIZE, total };
        vec![
            BlogPage { posts: sample_links(), paging: paging(24), tag: String::new(), tags: tags.clone() },
            BlogPage { posts: sample_links(), paging: paging(2), tag: "news".to_owned(), tags },
            BlogPage { posts: Vec::new(), paging: paging(0), tag: String::new(), tags: Vec::new() },
        ]
    }
}

/// `GET /blog?tag=…&page=…`
pub async fn show(ctx: Ctx) -> Answer {
    let asked = Paging::asked(ctx.query.get("page"), SIZE);
    let tag = ctx.query.get("tag");
    let narrowed = Some(tag).filter(|tag| !tag.is_empty());
    let (posts, total) = ctx.state.outreach.published_posts(narrowed, asked.skip(), asked.size).await?;
    ctx.page(&BlogPage {
        posts: posts.into_iter().map(PostLink::from).collect(),
        paging: asked.of(total),
        tag: tag.to_owned(),
        tags: ctx.state.outreach.post_tags().await?,
    })
}

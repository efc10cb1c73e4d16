use std::time::Duration;

use mailkeep_types::{PostId, StaffId};
use uuid::Uuid;

use super::gather::in_markdown;
use super::{Newsletter, PostDraft, PostState};
use crate::OutreachError;
use crate::testing::{House, on_both_engines};

fn writer() -> StaffId {
    StaffId::from_uuid(Uuid::from_u128(3))
}

fn draft(slug: &str) -> PostDraft {
    PostDraft {
        slug: slug.to_owned(),
        language: "en".to_owned(),
        title: format!("About {slug}"),
        summary: "What changed.".to_owned(),
        body: "There *is* news.".to_owned(),
        author: "Rosalind F.".to_owned(),
        tags: vec!["Mail Servers".to_owned(), "news".to_owned(), "news".to_owned()],
    }
}

async fn write(house: &House, slug: &str) -> PostId {
    house.outreach.write_post(writer(), None, draft(slug)).await.unwrap()
}

async fn seen(house: &House, tag: Option<&str>) -> Vec<String> {
    let (posts, total) = house.outreach.published_posts(tag, 0, 10).await.unwrap();
    assert_eq!(total, i64::try_from(posts.len()).unwrap());
    posts.into_iter().map(|post| post.slug).collect()
}

#[test]
fn readers_see_a_post_from_its_time_on_and_not_before() {
    on_both_engines(async |house| {
        let (first, second) = (write(&house, "first").await, write(&house, "second").await);
        assert_eq!(seen(&house, None).await, Vec::<String>::new());
        house.outreach.publish_post(first, None).await.unwrap();
        let at = house.outreach.now().plus(Duration::from_secs(3600));
        house.outreach.publish_post(second, Some(at)).await.unwrap();
        assert_eq!(seen(&house, None).await, ["first"]);
        let early = house.outreach.published_post("second").await;
        assert!(matches!(early, Err(OutreachError::NotFound)), "{early:?}");
        let waiting = house.outreach.post(second).await.unwrap();
        assert_eq!(waiting.state(house.outreach.now()), PostState::Scheduled);
        house.later(3600);
        assert_eq!(seen(&house, None).await, ["second", "first"]);
        assert!(house.outreach.discard_post(first).await.is_err(), "readers see it");
        house.outreach.withdraw_post(first).await.unwrap();
        assert_eq!(seen(&house, None).await, ["second"]);
        house.outreach.discard_post(first).await.unwrap();
        let past = house.outreach.publish_post(second, Some(at)).await;
        assert!(matches!(past, Err(OutreachError::Field { field: "at", .. })), "{past:?}");
        assert_eq!(house.outreach.author_name(writer()).await.unwrap().as_deref(), Some("Rosalind F."));
    });
}

#[test]
fn posts_are_found_by_whole_tags() {
    on_both_engines(async |house| {
        for (slug, tags) in [("one", ["mail", "news"]), ("two", ["mailbox", "news"])] {
            let tags = tags.map(str::to_owned).to_vec();
            let draft = PostDraft { tags, ..draft(slug) };
            let id = house.outreach.write_post(writer(), None, draft).await.unwrap();
            house.outreach.publish_post(id, None).await.unwrap();
            house.later(1);
        }
        assert_eq!(seen(&house, Some("mail")).await, ["one"]);
        assert_eq!(seen(&house, Some("news")).await, ["two", "one"]);
        for nothing in ["%", "m_il", "", "mail news"] {
            assert_eq!(seen(&house, Some(nothing)).await, Vec::<String>::new(), "{nothing}");
        }
        let tags = house.outreach.post_tags().await.unwrap();
        assert_eq!(tags[0], ("news".to_owned(), 2));
        assert_eq!(tags.len(), 3);
    });
}

#[test]
fn a_draft_is_looked_at_and_an_address_stays() {
    on_both_engines(async |house| {
        let id = write(&house, "first").await;
        let post = house.outreach.post(id).await.unwrap();
        assert_eq!(post.tags, ["mail-servers", "news"]);
        for (field, wrong) in [
            ("title", PostDraft { title: "a\nb".to_owned(), ..draft("x") }),
            ("summary", PostDraft { summary: String::new(), ..draft("x") }),
            ("author", PostDraft { author: " ".to_owned(), ..draft("x") }),
            ("body", PostDraft { body: " ".to_owned(), ..draft("x") }),
            ("slug", PostDraft { slug: "../x".to_owned(), ..draft("x") }),
            ("slug", draft("first")),
            ("tags", PostDraft { tags: vec!["a_b".to_owned()], ..draft("x") }),
        ] {
            let refused = house.outreach.write_post(writer(), None, wrong).await;
            assert!(matches!(refused, Err(OutreachError::Field { field: f, .. }) if f == field), "{field}");
        }
        house.outreach.write_post(writer(), Some(id), draft("renamed")).await.unwrap();
        house.outreach.publish_post(id, None).await.unwrap();
        let moved = house.outreach.write_post(writer(), Some(id), draft("elsewhere")).await;
        assert!(matches!(moved, Err(OutreachError::Field { field: "slug", .. })), "{moved:?}");
        house.later(60);
        house.outreach.write_post(writer(), Some(id), draft("renamed")).await.unwrap();
        let post = house.outreach.published_post("renamed").await.unwrap();
        assert_eq!(post.updated_at(), house.outreach.now(), "feeds tell of the change");
    });
}

#[test]
fn a_newsletter_tells_of_posts_that_none_told_of_before() {
    on_both_engines(async |house| {
        let newsletter = || Newsletter {
            language: "en".to_owned(),
            title: "News of May".to_owned(),
            introduction: "Dear *readers*,".to_owned(),
            read_on: "Read on".to_owned(),
            blog: "https://www.example.com/blog/".to_owned(),
        };
        let mut posts = Vec::new();
        for slug in ["first", "second", "third"] {
            let id = write(&house, slug).await;
            if slug != "third" {
                house.outreach.publish_post(id, None).await.unwrap();
            }
            house.later(60);
            posts.push(id);
        }
        let offered = async || {
            let posts = house.outreach.posts_to_gather("en").await.unwrap();
            posts.into_iter().map(|post| post.slug).collect::<Vec<_>>()
        };
        assert_eq!(offered().await, ["second", "first"], "the newest first, and no drafts");
        assert!(house.outreach.posts_to_gather("de").await.unwrap().is_empty());
        for wrong in [&posts[2..], &[PostId::new(&*house.clock)], &[]] {
            let refused = house.outreach.gather_posts(writer(), wrong, newsletter()).await;
            assert!(matches!(refused, Err(OutreachError::Field { field: "posts", .. })), "{refused:?}");
        }
        let made = house.outreach.gather_posts(writer(), &posts[..2], newsletter()).await.unwrap();
        let draft = house.outreach.announcement(made).await.unwrap();
        assert_eq!((&*draft.topic, draft.listed), ("newsletter", true));
        let (first, second) = (draft.body.find("/blog/first)"), draft.body.find("/blog/second)"));
        assert!(draft.body.starts_with("Dear *readers*,\n\n## About first\n"), "{}", draft.body);
        assert!(first.is_some() && first < second, "{}", draft.body);
        assert!(offered().await.is_empty());
        house.outreach.discard_announcement(made).await.unwrap();
        assert_eq!(offered().await, ["second", "first"], "what was thrown away told nobody");
    });
}

#[test]
fn plain_words_stay_plain_in_markdown() {
    for (words, markdown) in [
        ("Busy servers, and what we do.", "Busy servers, and what we do."),
        ("Why <mail> *waits* & [why]", r"Why \<mail\> \*waits\* \& \[why\]"),
        ("# one", r"\# one"),
        ("a # b - c", "a # b - c"),
        ("12. May", r"12\. May"),
        ("In 12. May", "In 12. May"),
    ] {
        assert_eq!(in_markdown(words), markdown);
    }
}

#[test]
fn a_post_becomes_one_announcement_about_the_blog() {
    on_both_engines(async |house| {
        let id = write(&house, "first").await;
        let announce = async || {
            house.outreach.announce_post(writer(), id, "https://example.com/blog/first", "Read on").await
        };
        assert!(matches!(announce().await, Err(OutreachError::State(_))), "nobody could read it");
        house.outreach.publish_post(id, None).await.unwrap();
        let announcement = announce().await.unwrap();
        assert_eq!(announce().await.unwrap(), announcement);
        let draft = house.outreach.announcement(announcement).await.unwrap();
        assert_eq!((&*draft.topic, &*draft.title), ("blog", "About first"));
        assert!(draft.body.contains("[Read on](https://example.com/blog/first)"), "{}", draft.body);
        // Thrown away, another one can be made.
        house.outreach.discard_announcement(announcement).await.unwrap();
        assert_ne!(announce().await.unwrap(), announcement);
    });
}

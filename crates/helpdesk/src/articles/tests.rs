//! Articles from the first word to the reader, on both engines.

use std::sync::Arc;
use std::time::Duration;

use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_types::{ArticleCategoryId, ManualClock, SharedClock, StaffId};

use super::store::by_hand;
use super::{
    ArticleError, ArticleState, Audience, CategoryDraft, Draft, Filter, Knowledgebase, Move, Placed,
    SHOWN_FROM,
};

struct House {
    db: Database,
    articles: Knowledgebase,
    clock: Arc<ManualClock>,
    category: ArticleCategoryId,
}

fn on_both_engines(body: impl AsyncFn(House)) {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let clock = ManualClock::at("2026-03-01");
        let shared: SharedClock = Arc::<ManualClock>::clone(&clock);
        mailkeep_storage::testing::run_at(dialect, shared, async |db| {
            let policy = mailkeep_policy::testing::policy(&db).await;
            let articles = Knowledgebase::open(db.clone(), policy);
            let draft = CategoryDraft {
                names: [("en".to_owned(), "Mail programs".to_owned())].into(),
                ..CategoryDraft::default()
            };
            let category = articles.put_category(None, draft).await.unwrap();
            body(House { db, articles, clock: Arc::clone(&clock), category }).await;
        });
    }
}

fn writer() -> StaffId {
    StaffId::from_uuid(uuid::Uuid::from_u128(7))
}

impl House {
    fn draft(&self, title: &str, body: &str) -> Draft {
        Draft {
            title: title.to_owned(),
            slug: String::new(),
            summary: format!("About {title}."),
            keywords: String::new(),
            body: body.to_owned(),
            note: String::new(),
            category: self.category,
            audience: Audience::Public,
            related: Vec::new(),
        }
    }

    async fn publish(&self, draft: Draft) -> mailkeep_types::ArticleTextId {
        let id = self.articles.begin_article(writer(), "en".to_owned(), None, draft).await.unwrap();
        self.articles.move_article(id, Move::Submit).await.unwrap();
        self.articles.move_article(id, Move::Publish).await.unwrap();
        id
    }

    async fn finds(&self, typed: &str, visitor: bool) -> Vec<String> {
        let library = self.articles.library().await.unwrap();
        library.search("en", typed, visitor).results.into_iter().map(|one| one.slug).collect()
    }
}

#[test]
fn readers_see_what_was_published_until_something_newer_is() {
    on_both_engines(async |house| {
        let articles = &house.articles;
        let id = house.publish(house.draft("Set up Aardvark", "Open the burrow.")).await;
        assert_eq!(house.finds("aardvrak", true).await, ["set-up-aardvark"]);

        let mut draft = house.draft("Set up Aardvark", "Open the thicket.");
        "set-up-the-aardvark".clone_into(&mut draft.slug);
        articles.write_article(writer(), id, 1, draft.clone()).await.unwrap();
        assert_eq!(house.finds("thicket", true).await, Vec::<String>::new(), "a draft is not found");
        let lost = articles.write_article(writer(), id, 1, draft).await;
        assert!(matches!(lost, Err(ArticleError::State(_))), "nobody's words are lost: {lost:?}");
        let early = articles.move_article(id, Move::Publish).await;
        assert!(matches!(early, Err(ArticleError::State(_))), "not without review: {early:?}");
        articles.move_article(id, Move::Submit).await.unwrap();
        articles.move_article(id, Move::Publish).await.unwrap();
        assert_eq!(house.finds("thicket", true).await, ["set-up-the-aardvark"]);
        let library = articles.library().await.unwrap();
        assert!(
            matches!(library.at("set-up-aardvark", true), Some(Placed::Moved(one)) if one.slug == "set-up-the-aardvark")
        );
        let taken = articles
            .begin_article(writer(), "en".to_owned(), None, house.draft("Set up Aardvark", "x"))
            .await;
        assert!(
            matches!(taken, Err(ArticleError::Field { field: "slug", .. })),
            "an old address is kept: {taken:?}"
        );

        let whole = articles.article(id).await.unwrap();
        assert_eq!(whole.revisions.iter().map(|one| one.number).collect::<Vec<_>>(), [2, 1]);
        articles.move_article(id, Move::Retire).await.unwrap();
        assert_eq!(house.finds("aardvark", true).await, Vec::<String>::new());
    });
}

#[test]
fn what_is_for_customers_is_not_there_for_visitors() {
    on_both_engines(async |house| {
        let mut draft = house.draft("Keys of the okapi", "Where the okapi is.");
        draft.audience = Audience::Customers;
        house.publish(draft).await;
        let library = house.articles.library().await.unwrap();
        assert!(library.at("keys-of-the-okapi", true).is_none());
        assert!(library.at("keys-of-the-okapi", false).is_some());
        assert!(house.finds("okapi", true).await.is_empty());
        assert_eq!(house.finds("okpai", false).await.len(), 1);
        assert_eq!(library.readable(true).count(), 0);
        assert!(house.articles.count_vote("keys-of-the-okapi", true, true, None).await.is_err());
    });
}

#[test]
fn another_node_learns_of_it() {
    on_both_engines(async |house| {
        let policy = house.articles.policy().clone();
        let other = Knowledgebase::open(house.db.clone(), policy);
        assert_eq!(other.library().await.unwrap().readable(true).count(), 0);
        house.publish(house.draft("Quokka", "Smiles.")).await;
        house.clock.advance(Duration::from_secs(6));
        assert_eq!(other.library().await.unwrap().readable(true).count(), 1);
    });
}

#[test]
fn revisions_are_not_changed_by_a_hand_either() {
    on_both_engines(async |house| {
        let id = house.publish(house.draft("Quokka", "Smiles.")).await;
        for sql in [
            "UPDATE article_revisions SET body = 'Bites.' WHERE text_id = $1",
            "DELETE FROM article_revisions WHERE text_id = $1",
        ] {
            let done = house.db.write(move |tx| by_hand(tx, sql, id.uuid())).await;
            assert!(done.is_err(), "{sql}");
        }
    });
}

#[test]
fn votes_count_and_make_popular() {
    on_both_engines(async |house| {
        house.publish(house.draft("First", "One.")).await;
        let second = house.publish(house.draft("Second", "Two.")).await;
        assert!(house.articles.library().await.unwrap().popular("en", true, 2).is_empty(), "nobody said so");
        for helped in [true, true, false] {
            house.articles.count_vote("second", true, helped, None).await.unwrap();
        }
        assert_eq!(house.articles.article(second).await.unwrap().votes, (2, 1));
        house.clock.advance(Duration::from_secs(1000));
        let library = house.articles.library().await.unwrap();
        let popular: Vec<&str> = library.popular("en", true, 2).iter().map(|one| one.slug.as_str()).collect();
        assert_eq!(popular, ["second"], "of the first nobody said so");
    });
}

#[test]
fn a_search_without_an_answer_is_named_when_many_made_it() {
    on_both_engines(async |house| {
        for _ in 1..SHOWN_FROM {
            house.articles.count_miss("en", "Platypus milk").await.unwrap();
        }
        assert_eq!(house.articles.misses().await.unwrap(), (vec![], 1));
        house.articles.count_miss("en", " platypus  MILK ").await.unwrap();
        let (named, _) = house.articles.misses().await.unwrap();
        assert_eq!(
            named.iter().map(|one| (one.words.as_str(), one.searched)).collect::<Vec<_>>(),
            [("platypus milk", 5)]
        );
        house.clock.advance(Duration::from_secs(91 * 86_400));
        house.articles.count_miss("en", "something else").await.unwrap();
        assert_eq!(house.articles.misses().await.unwrap(), (vec![], 1), "old ones are forgotten");
    });
}

#[test]
fn after_a_year_somebody_has_to_look() {
    on_both_engines(async |house| {
        let id = house.publish(house.draft("Quokka", "Smiles.")).await;
        let stale = || house.articles.list_articles(Filter { stale: true, ..Filter::default() });
        assert!(stale().await.unwrap().is_empty());
        house.clock.advance(Duration::from_secs(366 * 86_400));
        assert_eq!(stale().await.unwrap().len(), 1);
        house.articles.confirm_article(id).await.unwrap();
        assert!(stale().await.unwrap().is_empty());
    });
}

#[test]
fn categories_lie_one_within_another_and_go_when_empty() {
    on_both_engines(async |house| {
        let draft = |name: &str, parent| CategoryDraft {
            names: [("en".to_owned(), name.to_owned())].into(),
            parent,
            ..CategoryDraft::default()
        };
        let inner = house.articles.put_category(None, draft("Phones", Some(house.category))).await.unwrap();
        let deep = house.articles.put_category(None, draft("Too deep", Some(inner))).await;
        assert!(matches!(deep, Err(ArticleError::Field { field: "parent", .. })), "{deep:?}");
        assert!(matches!(house.articles.remove_category(house.category).await, Err(ArticleError::State(_))));
        house.articles.remove_category(inner).await.unwrap();
        house.articles.remove_category(house.category).await.unwrap();
        assert!(house.articles.categories().await.unwrap().is_empty());
    });
}

#[test]
fn what_the_program_brings_never_overwrites_what_staff_wrote() {
    on_both_engines(async |house| {
        let articles = &house.articles;
        let brought = articles.bring_articles().await.unwrap();
        assert!(brought.added >= 30 && brought.renewed == 0, "{brought:?}");
        assert_eq!(articles.bring_articles().await.unwrap().added, 0, "once");
        let of = |slug: &'static str| async move {
            let all = articles.list_articles(Filter::default()).await.unwrap();
            all.into_iter().find(|one| one.text.slug == slug).unwrap()
        };
        // The program of yesterday brought other words for two articles, and staff changed one of them.
        let (mine, theirs) = (of("set-up-thunderbird").await, of("set-up-outlook").await);
        let mut draft = house.draft("Thunderbird, our way", "Ask Wilma.");
        draft.category = mine.article.category;
        articles.write_article(writer(), mine.text.id, 1, draft).await.unwrap();
        for id in [mine.text.id, theirs.text.id] {
            let sql = "UPDATE article_texts SET shipped_hash = NULL WHERE id = $1";
            house.db.write(move |tx| by_hand(tx, sql, id.uuid())).await.unwrap();
            house.db.write(move |tx| super::store::put_shipped(tx, id, b"yesterday")).await.unwrap();
        }
        let brought = articles.bring_articles().await.unwrap();
        assert_eq!((brought.added, brought.renewed, brought.left), (0, 1, 1));
        assert_eq!(of("set-up-outlook").await.text.newest, 2);
        let kept = of("set-up-thunderbird").await;
        assert!(kept.text.shipped_newer && kept.revision.title == "Thunderbird, our way");
        articles.take_shipped(kept.text.id).await.unwrap();
        let taken = of("set-up-thunderbird").await;
        assert_eq!((taken.text.state, taken.text.shipped_newer), (ArticleState::Published, false));
        assert_ne!(taken.revision.title, "Thunderbird, our way");
    });
}

#[test]
fn a_network_votes_so_often_within_an_hour_and_others_still_do() {
    on_both_engines(async |house| {
        let articles = &house.articles;
        articles.bring_articles().await.unwrap();
        let vote = |network: &'static str| articles.count_vote("set-up-outlook", true, true, Some(network));
        for _ in 0..30 {
            vote("192.0.2.1").await.unwrap();
        }
        let more = vote("192.0.2.1").await;
        assert!(matches!(more, Err(ArticleError::TooMany)), "{more:?}");
        vote("192.0.2.2").await.unwrap();
        house.clock.advance(Duration::from_secs(3600));
        vote("192.0.2.1").await.unwrap();
    });
}

#[test]
fn two_nodes_that_start_at_once_bring_every_article_once() {
    on_both_engines(async |house| {
        let other = super::Knowledgebase::open(house.db.clone(), house.articles.policy().clone());
        let (one, two) = tokio::join!(house.articles.bring_articles(), other.bring_articles());
        let (one, two) = (one.unwrap(), two.unwrap());
        let all = house.articles.list_articles(Filter::default()).await.unwrap().len();
        assert_eq!((one.added + two.added, one.added.min(two.added)), (all, 0));
    });
}

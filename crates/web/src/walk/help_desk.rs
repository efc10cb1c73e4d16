//! What the walk finds at the Help Desk: an article, a program to download, a ticket with a letter.

use std::collections::HashMap;

use bytes::Bytes;
use mailkeep_helpdesk::articles::{ArticleError, Audience, CategoryDraft, Draft as ArticleDraft, Move};
use mailkeep_helpdesk::attachments::NewAttachment;
use mailkeep_helpdesk::canned::CannedDraft;
use mailkeep_helpdesk::downloads::{
    self, Architecture, Channel, FileDraft, Platform, ProductDraft, ReleaseDraft,
};
use mailkeep_helpdesk::letters::thread::Authenticity;
use mailkeep_helpdesk::macros::{Acts, MacroDraft};
use mailkeep_helpdesk::mailroom::{Incoming, Taken};
use mailkeep_helpdesk::rules::{Conditions, RuleDraft, When};
use mailkeep_helpdesk::service_levels::Priority;
use mailkeep_helpdesk::tickets::{DeskKind, Hand, NewTicket, Seen};
use mailkeep_policy::{Actor, Fact, Subject, purpose};
use mailkeep_types::{
    ArticleCategoryId, ArticleTextId, CustomerId, EmailAddress, PersonId, SessionId, StaffId,
};
use uuid::Uuid;

use super::world::Builder;
use crate::state::WebState;

pub(super) async fn write_article(state: &WebState, writer: StaffId) -> (ArticleCategoryId, ArticleTextId) {
    let articles = &state.articles;
    let known = articles.categories().await.unwrap();
    if let Some(category) = known.first() {
        let all = articles.list_articles(Default::default()).await.unwrap();
        return (category.id, all.first().unwrap().text.id);
    }
    let names = [("en".to_owned(), "Mail programs".to_owned())].into();
    let category = articles.put_category(None, CategoryDraft { names, ..Default::default() }).await.unwrap();
    let draft = ArticleDraft {
        title: "Set up a program".to_owned(),
        slug: String::new(),
        summary: "How it is done.".to_owned(),
        keywords: String::new(),
        body: "Type your address.".to_owned(),
        note: String::new(),
        category,
        audience: Audience::Public,
        related: Vec::new(),
    };
    let publish = async {
        let id = articles.begin_article(writer, "en".to_owned(), None, draft).await?;
        articles.move_article(id, Move::Submit).await?;
        articles.move_article(id, Move::Publish).await?;
        Ok::<_, ArticleError>(id)
    };
    (category, publish.await.unwrap())
}

impl Builder {
    /// A program that visitors download; both customers find the same.
    pub(super) async fn publish_program(&self, staff: StaffId, things: &mut HashMap<&'static str, String>) {
        let shelf = &self.state.downloads;
        if shelf.list_products().await.unwrap().is_empty() {
            let product = ProductDraft {
                name: "Keeper".to_owned(),
                slug: String::new(),
                summary: "Keeps mail.".to_owned(),
                key: String::new(),
            };
            let product = shelf.put_product(staff, None, product).await.unwrap();
            let release = ReleaseDraft {
                version: "1.0.0".to_owned(),
                channel: Channel::Stable,
                notes: "It is there.".to_owned(),
                audience: downloads::Audience::Public,
                plans: Vec::new(),
            };
            let release = shelf.begin_release(staff, product, release).await.unwrap();
            let file = FileDraft {
                platform: Platform::Any,
                architecture: Architecture::Any,
                name: "keeper.tar.gz".to_owned(),
                signature: String::new(),
                most_bytes: 100,
            };
            let pieces = futures_util::stream::iter([Ok(Bytes::from_static(b"bytes"))]);
            shelf.take_file(staff, release, file, pieces).await.unwrap();
            shelf.publish_release(staff, release).await.unwrap();
        }
        let (_, releases) = shelf.seen_product("keeper").await.unwrap();
        let (release, files) = releases.into_iter().next().unwrap();
        things.extend([
            ("program", "keeper".to_owned()),
            ("release", release.version),
            ("file", "keeper.tar.gz".to_owned()),
            ("product", release.product.to_string()),
            ("product_release", release.id.to_string()),
            ("release_file", files.first().unwrap().id.to_string()),
        ]);
    }

    /// An answer that the desk has ready.
    pub(super) async fn canned(&self, title: &str) -> Uuid {
        let draft = CannedDraft {
            title: title.to_owned(),
            category: "Letters".to_owned(),
            department: String::new(),
            language: "en".to_owned(),
            words: "Good day, {{ customer_name }}. We have mended it.".to_owned(),
        };
        self.state.desk.keep_canned(StaffId::new(&*self.state.clock), None, draft).await.unwrap()
    }

    /// Several acts that staff do with one press.
    pub(super) async fn desk_macro(&self, title: &str) -> Uuid {
        let acts = Acts { priority: Some(Priority::High), ..Acts::default() };
        let draft = MacroDraft { title: title.to_owned(), department: String::new(), acts };
        self.state.desk.keep_macro(StaffId::new(&*self.state.clock), None, draft).await.unwrap()
    }

    /// A rule that rests.
    pub(super) async fn desk_rule(&self, title: &str) -> Uuid {
        let acts = Acts { priority: Some(Priority::High), ..Acts::default() };
        let (when, conditions) = (When::Opened, Conditions::default());
        let draft = RuleDraft { title: title.to_owned(), when, conditions, acts, active: false };
        self.state.desk.keep_rule(StaffId::new(&*self.state.clock), None, draft).await.unwrap()
    }

    /// A question to support.
    pub(super) async fn asked(&self, customer: CustomerId, person: PersonId) -> Uuid {
        let new = NewTicket {
            owner: Subject::customer(customer),
            department: "support".to_owned(),
            subject: "Letters come back".to_owned(),
            words: "Since this morning.".to_owned(),
            priority: Priority::Normal,
            about: None,
        };
        let files = vec![NewAttachment { name: "log.txt".to_owned(), bytes: b"550".to_vec() }];
        self.state.desk.open_ticket_with(Hand::Person(person), new, files).await.unwrap().id
    }

    /// The first file of a ticket, or of a case, of the person.
    pub(super) async fn first_file(
        &self,
        ticket: &str,
        owner: Subject,
        (person, session): (PersonId, SessionId),
    ) -> String {
        let seen = Seen {
            ticket: ticket.parse().unwrap(),
            owner: Some(owner),
            version: None,
            desk: DeskKind::Support,
        };
        let (actor, fact) = (Actor::Person(person), Fact::OwnSession(session));
        let thread = self.state.desk.read_thread::<purpose::Rights>(seen, actor, fact).await.unwrap();
        thread.entries[0].files[0].id.to_string()
    }

    /// What somebody asks the privacy desk by mail.
    pub(super) async fn asked_privacy_desk(&self, email: &str, things: &mut HashMap<&'static str, String>) {
        let mailroom = &self.state.mailroom;
        let address = EmailAddress::parse("privacy@mailkeep.example").unwrap();
        let sender = EmailAddress::parse(email).ok();
        let raw = format!(
            "From: {email}\r\nTo: {address}\r\nSubject: Privacy Policy\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nWhat do you hold?\r\n\
             --b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename=a.txt\r\n\r\nThis?\r\n--b--\r\n"
        );
        let incoming = Incoming {
            recipient: &address,
            sender: sender.as_ref(),
            authenticity: Authenticity::Proven,
            raw: raw.as_bytes(),
        };
        let department = mailroom.department(&address).unwrap();
        let Taken::Began(case) = mailroom.take(department, incoming).await.unwrap() else {
            panic!("it is the first letter")
        };
        let letters = self.state.desk.list_letters(case).await.unwrap();
        things.extend([
            ("privacy_case", case.to_string()),
            ("follow", mailroom.follow_token(case)),
            ("case_letter", letters[0].id.to_string()),
        ]);
    }

    /// What the asker adds to it by mail.
    pub(super) async fn wrote(&self, ticket: &Uuid, email: &str) -> String {
        let mailroom = &self.state.mailroom;
        let head = mailroom.head("support", *ticket, Uuid::nil()).unwrap();
        let sender = EmailAddress::parse(email).unwrap();
        let raw = format!("From: {email}\r\nTo: {}\r\nSubject: more\r\n\r\nAnd this.\r\n", head.reply_to);
        let incoming = Incoming {
            recipient: &head.reply_to,
            sender: Some(&sender),
            authenticity: Authenticity::Proven,
            raw: raw.as_bytes(),
        };
        let department = mailroom.department(&head.reply_to).unwrap();
        assert_eq!(mailroom.take(department, incoming).await.unwrap(), Taken::WentOn(*ticket));
        self.state.desk.list_letters(*ticket).await.unwrap()[0].id.to_string()
    }
}

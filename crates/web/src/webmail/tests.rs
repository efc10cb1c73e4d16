//! Drives the webmail through its router, as a browser would.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, StatusCode, header};
use bytes::Bytes;
use mailkeep_mailbox::messages::{Delivery, prepare};
use mailkeep_mailbox::testing::{PASSWORD, TestOffice};
use mailkeep_storage::sql::Database;
use mailkeep_storage::testing::both_engines;
use mailkeep_types::MailboxId;
use parking_lot::Mutex;
use tower::ServiceExt;

use super::outgoing::{Outgoing, Submission, SubmissionRefused, Submitted};
use super::service::Webmail;

/// Remembers what was handed in; refuses recipients at `refused.example`.
#[derive(Default)]
struct Door(Mutex<Vec<Submission>>);

impl Outgoing for Door {
    fn submit(&self, submission: Submission) -> Submitted<'_> {
        Box::pin(async move {
            if submission.recipients.iter().any(|to| to.domain().as_str() == "refused.example") {
                return Err(SubmissionRefused::ByRule("write to somebody else".to_owned()));
            }
            self.0.lock().push(submission);
            Ok(None)
        })
    }
}

struct Browser {
    router: Router,
    cookie: String,
    csrf: String,
}

struct Page {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    text: String,
}

impl Page {
    fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }
}

impl Browser {
    async fn send(&mut self, method: Method, path: &str, kind: &str, body: impl Into<Body>) -> Page {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, kind)
            .header("sec-fetch-site", "same-origin")
            .body(body.into())
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            if pair.starts_with("__Host-mailbox=") {
                self.cookie = pair.to_owned();
            }
        }
        let (status, headers) = (response.status(), response.headers().clone());
        let text =
            String::from_utf8_lossy(&to_bytes(response.into_body(), 1 << 24).await.unwrap()).into_owned();
        if let Some((_, from)) = text.split_once("name=\"csrf\" value=\"") {
            self.csrf = from.split('"').next().unwrap().to_owned();
        }
        Page { status, headers, text }
    }

    async fn get(&mut self, path: &str) -> Page {
        self.send(Method::GET, path, "", Body::empty()).await
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.csrf.clone();
        let encode = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
        let pairs = fields.iter().copied().chain([("csrf", csrf.as_str())]);
        let body: Vec<String> =
            pairs.map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        self.send(Method::POST, path, "application/x-www-form-urlencoded", body.join("&")).await
    }

    async fn post_files(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str)]) -> Page {
        let csrf = self.csrf.clone();
        let mut body = String::new();
        for (name, value) in fields.iter().copied().chain([("csrf", csrf.as_str())]) {
            body += &format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        }
        for (name, content) in files {
            body += &format!(
                "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: text/plain\r\n\r\n{content}\r\n"
            );
        }
        body += "--b--\r\n";
        self.send(Method::POST, path, "multipart/form-data; boundary=b", body).await
    }

    async fn sign_in(&mut self, address: &str) -> Page {
        self.post("/mail/sign-in", &[("address", address), ("password", PASSWORD)]).await
    }
}

struct Scene {
    test: TestOffice,
    door: Arc<Door>,
    router: Router,
    ann: MailboxId,
    inbox: String,
}

impl Scene {
    async fn new(db: Database) -> Self {
        let test = TestOffice::open(db).await;
        let domain = test.domain("larkspur.example").await;
        let ann = test.mailbox(domain, "ann@larkspur.example").await;
        test.mailbox(domain, "bob@larkspur.example").await;
        let door = Arc::new(Door::default());
        let state = crate::testing::state(&test).await;
        let state = state.with_webmail(Webmail::new(test.office.clone(), door.clone()));
        let router = crate::router(state);
        let inbox = test.office.session(ann).await.unwrap().facts().inbox.to_string();
        Scene { test, door, router, ann, inbox }
    }

    fn browser(&self) -> Browser {
        Browser { router: self.router.clone(), cookie: String::new(), csrf: String::new() }
    }

    async fn signed_in(&self) -> Browser {
        let mut browser = self.browser();
        assert_eq!(browser.sign_in("ann@larkspur.example").await.location(), "/mail");
        browser.get(&format!("/mail/f/{}", self.inbox)).await;
        browser
    }

    async fn deliver(&self, raw: &str) {
        let message = Arc::new(prepare(&Bytes::from(raw.replace('\n', "\r\n"))));
        self.test.office.deliver(vec![Delivery::to_inbox(self.ann, message)]).await.unwrap();
    }
}

const LETTER: &str = "From: Bo Sample <bo@joinery.example>
To: ann@larkspur.example
Subject: Shelf <plan>
Message-ID: <one@joinery.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=m

--m
Content-Type: text/html; charset=utf-8

<p>Eleven shelves of oakwood<script>alert(1)</script><img src=\"https://tracker.example/x.gif\"></p>
--m
Content-Type: text/html; name=evil.html
Content-Disposition: attachment; filename=\"evil.html\"

<script>alert(2)</script>
--m--
";

both_engines!(mail_is_read_searched_and_moved, |db: Database| async move {
    let scene = Scene::new(db).await;
    scene.deliver(LETTER).await;
    scene.deliver("From: cy@example.net\nTo: ann@larkspur.example\nSubject: Second\n\nnothing much\n").await;
    let mut browser = scene.signed_in().await;

    let list = browser.get(&format!("/mail/f/{}", scene.inbox)).await;
    assert_eq!(list.status, StatusCode::OK);
    assert!(list.text.contains("Shelf &lt;plan&gt;") && list.text.contains("Bo Sample"), "{}", list.text);
    assert!(list.text.contains("(2) ·"), "the title counts unread messages");

    let at = format!("/mail/f/{}/1", scene.inbox);
    let message = browser.get(&at).await;
    assert!(message.text.contains("evil.html"));
    assert!(message.text.contains("is not loaded"), "{}", message.text);
    assert!(
        browser.get(&format!("/mail/f/{}", scene.inbox)).await.text.contains("(1) ·"),
        "reading marks as read"
    );

    let body = browser.get(&format!("{at}/body")).await;
    let policy = body.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none'") && policy.contains("sandbox") && !policy.contains("https:"),
        "{policy}"
    );
    assert!(
        body.text.contains("oakwood") && !body.text.contains("<script>") && !body.text.contains("tracker")
    );
    let loaded = browser.get(&format!("{at}/body?pictures=load")).await;
    assert!(loaded.text.contains("tracker.example") && !loaded.text.contains("alert"));

    let file = browser.get(&format!("{at}/part/2")).await;
    assert_eq!(file.text.trim(), "<script>alert(2)</script>");
    assert!(file.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
    assert_eq!(file.headers[header::CONTENT_SECURITY_POLICY], "default-src 'none'; sandbox");
    assert_eq!(browser.get(&format!("{at}/picture/2")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        browser.get(&format!("{at}/source")).await.headers[header::CONTENT_TYPE],
        "text/plain; charset=utf-8"
    );

    let found = browser.get("/mail/search?q=oakwood+shelves").await;
    assert!(found.text.contains("Shelf &lt;plan&gt;") && !found.text.contains("Second"), "{}", found.text);
    assert!(browser.get("/mail/search?q=ghost").await.text.contains("Nothing found"));

    let id = format!("{}.1", scene.inbox);
    let back = format!("/mail/f/{}", scene.inbox);
    browser.post("/mail/act", &[("do", &format!("star:{id}")), ("back", &back)]).await;
    assert!(browser.get(&format!("{back}?filter=starred")).await.text.contains("Shelf"));

    let moved = browser.post("/mail/act", &[("do", "delete"), ("m", &id), ("back", &back)]).await;
    assert!(moved.location().contains("undo=trash.1."), "{}", moved.location());
    let list = browser.get(moved.location()).await;
    assert!(!list.text.contains("Bo Sample") && list.text.contains("in the Trash"));
    let field = |name: &str| {
        let (_, from) = list.text.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
        from.split('"').next().unwrap().to_owned()
    };
    let (from, to, uids) = (field("from"), field("to"), field("uids"));
    browser.post("/mail/undo", &[("from", &from), ("to", &to), ("uids", &uids)]).await;
    assert!(browser.get(&back).await.text.contains("Bo Sample"));
});

both_engines!(a_letter_goes_out_once_and_is_kept, |db: Database| async move {
    let scene = Scene::new(db).await;
    scene.deliver(LETTER).await;
    let mut browser = scene.signed_in().await;
    let write = browser.get(&format!("/mail/write?reply={}.1", scene.inbox)).await;
    assert!(write.text.contains("Bo Sample &lt;bo@joinery.example&gt;"), "{}", write.text);
    let (_, from) = write.text.split_once("name=\"key\" value=\"").unwrap();
    let key = from.split('"').next().unwrap().to_owned();
    let answers = format!("{}.1", scene.inbox);
    let fields = [
        ("do", "send"),
        ("key", key.as_str()),
        ("answers", answers.as_str()),
        ("references", "one@joinery.example"),
        ("to", "Bo Sample <bo@joinery.example>, bo@joinery.example"),
        ("bcc", "cy@example.net"),
        ("subject", "Re: Shelf"),
        ("text", "Just right.\r\n"),
    ];
    let sent = browser.post_files("/mail/write", &fields, &[("wood.txt", "oak")]).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, "/mail"), "{}", sent.text);
    let again = browser.post_files("/mail/write", &fields, &[("wood.txt", "oak")]).await;
    assert_eq!(again.location(), "/mail");
    {
        let sent = scene.door.0.lock();
        let [submission] = sent.as_slice() else { panic!("{} letters went out", sent.len()) };
        assert_eq!(submission.recipients.len(), 2);
        let read = crate::webmail::reading::read(&submission.message);
        assert_eq!(read.from[0].address, "ann@larkspur.example");
        assert_eq!(read.in_reply_to.as_deref(), Some("one@joinery.example"));
        assert_eq!((read.files[0].name.as_str(), read.files[0].size), ("wood.txt", 3));
    }
    let session = scene.test.office.session(scene.ann).await.unwrap();
    assert_eq!(session.find_folder("Sent").await.unwrap().state.total, 1);
    assert!(browser.get(&format!("/mail/f/{}", scene.inbox)).await.text.contains("answered"));
});

both_engines!(a_refused_letter_stays_with_its_files, |db: Database| async move {
    let scene = Scene::new(db).await;
    let mut browser = scene.signed_in().await;
    let fields = [("do", "send"), ("to", "no@refused.example"), ("subject", "S"), ("text", "T")];
    let refused = browser.post_files("/mail/write", &fields, &[("wood.txt", "oak")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.text.contains("write to somebody else") && refused.text.contains("wood.txt"),
        "{}",
        refused.text
    );
    let session = scene.test.office.session(scene.ann).await.unwrap();
    assert_eq!(session.find_folder("Drafts").await.unwrap().state.total, 1);
    let drafts = session.find_folder("Drafts").await.unwrap();
    let draft = format!("{}.1", drafts.id);
    let opened = browser.get(&format!("/mail/write?draft={draft}")).await;
    assert!(opened.text.contains("wood.txt") && opened.text.contains("no@refused.example"));

    let fields = [
        ("do", "send"),
        ("draft", draft.as_str()),
        ("source", draft.as_str()),
        ("keep", "2"),
        ("to", "bo@joinery.example"),
        ("subject", "S"),
        ("text", "T"),
    ];
    assert_eq!(browser.post_files("/mail/write", &fields, &[]).await.location(), "/mail");
    assert_eq!(crate::webmail::reading::read(&scene.door.0.lock()[0].message).files.len(), 1);
    assert_eq!(session.find_folder("Drafts").await.unwrap().state.total, 0);

    let nobody =
        browser.post_files("/mail/write", &[("do", "send"), ("to", "bo@@x"), ("text", "T")], &[]).await;
    assert!(nobody.text.contains("is no e-mail address"), "{}", nobody.text);
});

both_engines!(only_the_holder_comes_in, |db: Database| async move {
    let scene = Scene::new(db).await;
    scene.deliver(LETTER).await;
    let mut browser = scene.browser();
    let wrong =
        browser.post("/mail/sign-in", &[("address", "ann@larkspur.example"), ("password", "guess")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!wrong.text.contains("guess"));
    let at = format!("/mail/f/{}", scene.inbox);
    let turned_away = browser.get(&at).await;
    assert_eq!(
        (turned_away.status, turned_away.location()),
        (StatusCode::SEE_OTHER, format!("/mail/sign-in?next={at}").as_str())
    );

    let mut bob = scene.browser();
    bob.sign_in("bob@larkspur.example").await;
    for path in [
        at.clone(),
        format!("{at}/1"),
        format!("{at}/1/body"),
        format!("{at}/1/part/2"),
        format!("{at}/1/source"),
    ] {
        assert_eq!(bob.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    bob.get("/mail/folders").await;
    let id = format!("{}.1", scene.inbox);
    assert_eq!(bob.post("/mail/act", &[("do", "delete"), ("m", &id)]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(bob.post("/mail/act", &[("do", &format!("star:{id}"))]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(bob.get(&format!("/mail/write?forward={id}")).await.status, StatusCode::NOT_FOUND);

    let mut ann = scene.signed_in().await;
    ann.csrf = bob.csrf.clone();
    assert_eq!(ann.post("/mail/act", &[("do", "delete"), ("m", &id)]).await.status, StatusCode::FORBIDDEN);
    ann.get(&at).await;
    let cookie = ann.cookie.clone();
    assert_eq!(ann.post("/mail/sign-out", &[]).await.location(), "/mail/sign-in");
    ann.cookie = cookie;
    assert_eq!(ann.get(&at).await.status, StatusCode::SEE_OTHER, "the session is over on the server too");
});

both_engines!(folders_are_made_renamed_and_removed, |db: Database| async move {
    let scene = Scene::new(db).await;
    let mut browser = scene.signed_in().await;
    assert_eq!(browser.post("/mail/folders", &[("name", "Shop/Orders")]).await.location(), "/mail/folders");
    assert_eq!(
        browser.post("/mail/folders", &[("name", "Shop")]).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let session = scene.test.office.session(scene.ann).await.unwrap();
    let shop = session.find_folder("Shop").await.unwrap().id;
    browser.post(&format!("/mail/folders/{shop}/rename"), &[("name", "Store")]).await;
    assert!(browser.get("/mail/folders").await.text.contains("Store&#x2f;Orders"));
    let trash = session.find_folder("Trash").await.unwrap().id;
    assert_eq!(
        browser.post(&format!("/mail/folders/{trash}/rename"), &[("name", "X")]).await.status,
        StatusCode::NOT_FOUND
    );
    browser.post(&format!("/mail/folders/{trash}/delete"), &[]).await;
    assert!(session.find_folder("Trash").await.is_ok());
    let orders = session.find_folder("Store/Orders").await.unwrap().id;
    assert_eq!(
        browser.post(&format!("/mail/folders/{orders}/delete"), &[]).await.location(),
        "/mail/folders"
    );
    assert!(session.find_folder("Store/Orders").await.is_err());
});

//! Who calls, and what a route's declared permission says to them.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use axum::response::Response;
use mailkeep_identity::{ContactRole, Scopes, StaffRole};
use tower::ServiceExt;

use crate::routes::{Permission, Role};

/// A kind of caller.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    Visitor,
    /// Registered, the address not confirmed.
    Unconfirmed,
    /// A contact of the customer.
    Contact(ContactRole),
    /// The owner of another customer.
    Stranger,
    /// A person without a customer.
    Newcomer,
    Mailbox,
    Staff(StaffRole),
    StaffWithoutFactor,
    /// A token of staff, made for all that it can be made for.
    StaffToken(StaffRole),
    /// A token of a contact in this role.
    Token(ContactRole, Scopes),
}

/// A caller with what they bring along.
#[derive(Debug, Clone)]
pub struct Caller {
    pub kind: Kind,
    cookie: Option<String>,
    bearer: Option<String>,
    csrf: Option<[u8; 32]>,
    /// The `Idempotency-Key` of what it sends.
    key: Option<String>,
}

/// What a permission says to a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The handler answers.
    Passes,
    /// Led to a sign-in page.
    SignIn(&'static str),
    /// Must order or choose a customer first.
    NoCustomer,
    Forbidden,
    /// An API without a token, and a place for sites.
    Unauthorised,
    /// Theirs, but the thing in the path is another customer's.
    NotFound,
}

impl Verdict {
    /// Whether an answer is this one.
    pub fn fits(self, response: &Response) -> bool {
        let (status, to) = (response.status(), location(response));
        match self {
            Verdict::Passes => {
                let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&status);
                !refused && !status.is_server_error() && !to.contains("/sign-in?next=")
            }
            Verdict::SignIn(at) => {
                status == StatusCode::SEE_OTHER && to.split('?').next() == Some(at) && to.contains("next=")
            }
            Verdict::NoCustomer => status == StatusCode::BAD_REQUEST,
            Verdict::Forbidden => status == StatusCode::FORBIDDEN,
            Verdict::Unauthorised => status == StatusCode::UNAUTHORIZED,
            Verdict::NotFound => status == StatusCode::NOT_FOUND,
        }
    }
}

/// Where an answer leads.
pub fn location(response: &Response) -> &str {
    response.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default()
}

impl Caller {
    pub fn new(kind: Kind) -> Self {
        Caller { kind, cookie: None, bearer: None, csrf: None, key: None }
    }

    pub fn with_cookie(self, name: &str, value: &str) -> Self {
        Caller { cookie: Some(format!("{name}={value}")), ..self }
    }

    pub fn with_csrf(self, csrf: [u8; 32]) -> Self {
        Caller { csrf: Some(csrf), ..self }
    }

    pub fn with_bearer(self, token: &str) -> Self {
        Caller { bearer: Some(token.to_owned()), ..self }
    }

    pub fn with_key(self, key: &str) -> Self {
        Caller { key: Some(key.to_owned()), ..self }
    }

    /// The token of a form that this caller's pages carry.
    pub fn form(&self) -> String {
        self.csrf.map(|csrf| format!("csrf={}", crate::csrf::mask(&csrf))).unwrap_or_default()
    }

    /// Sends a request as a browser on our own page would, or as a program.
    pub async fn send(&self, router: &Router, method: &Method, path: &str, body: &str) -> Response {
        self.send_from(router, method, path, body, "same-origin").await
    }

    /// The same with what the browser says of the page the request comes from.
    pub async fn send_from(
        &self,
        router: &Router,
        method: &Method,
        path: &str,
        body: &str,
        site: &str,
    ) -> Response {
        let mut request = Request::builder().method(method).uri(path).header("sec-fetch-site", site);
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(token) = &self.bearer {
            request = request.header(header::AUTHORIZATION, format!("Bearer {token}"));
        }
        if let Some(key) = &self.key {
            request = request.header("idempotency-key", key);
        }
        let kind = match path.starts_with("/api/") {
            true => "application/json",
            false => "application/x-www-form-urlencoded",
        };
        let request = request.header(header::CONTENT_TYPE, kind).body(Body::from(body.to_owned())).unwrap();
        router.clone().oneshot(request).await.unwrap()
    }

    /// What a permission says to this caller. `foreign`: the path names things of another customer.
    pub fn verdict(&self, permission: Permission, foreign: bool) -> Verdict {
        let theirs = if foreign { Verdict::NotFound } else { Verdict::Passes };
        match permission {
            Permission::Public | Permission::Credentials => Verdict::Passes,
            // None of them is a site.
            Permission::Site => Verdict::Unauthorised,
            Permission::Person => match self.kind {
                Kind::Contact(_) | Kind::Stranger | Kind::Newcomer => theirs,
                _ => Verdict::SignIn("/sign-in"),
            },
            Permission::CustomerRole(roles) | Permission::DomainAdmin(roles) => match self.kind {
                Kind::Contact(role) if has(roles, role) => theirs,
                Kind::Contact(_) => Verdict::Forbidden,
                Kind::Stranger => theirs,
                Kind::Newcomer => Verdict::NoCustomer,
                _ => Verdict::SignIn("/sign-in"),
            },
            Permission::Mailbox => match self.kind {
                Kind::Mailbox => theirs,
                _ => Verdict::SignIn("/mail/sign-in"),
            },
            Permission::Staff(asked) => match &self.kind {
                Kind::Staff(role) if asked.word().is_none_or(|word| role.permissions().contains(&word)) => {
                    Verdict::Passes
                }
                Kind::Staff(_) => Verdict::Forbidden,
                _ => Verdict::SignIn("/console/sign-in"),
            },
            Permission::StaffApi(asked) => match &self.kind {
                Kind::StaffToken(role)
                    if asked.word().is_some_and(|one| role.permissions().contains(&one)) =>
                {
                    Verdict::Passes
                }
                Kind::StaffToken(_) => Verdict::Forbidden,
                _ => Verdict::Unauthorised,
            },
            Permission::Api(scope, roles) => match &self.kind {
                Kind::Token(_, scopes) if !scopes.contains(scope) => Verdict::Forbidden,
                Kind::Token(role, _) if roles.is_empty() || has(roles, *role) => theirs,
                Kind::Token(..) => Verdict::Forbidden,
                _ => Verdict::Unauthorised,
            },
        }
    }
}

fn has(roles: &[Role], role: ContactRole) -> bool {
    roles.iter().any(|wanted| wanted.contact() == role)
}

//! The route registry: every route is declared once, with its method, path and permission.
//!
//! The permission is not a note but the guard: [`Routes`] puts [`crate::guard`] in front of each handler, so a route
//! without a permission cannot be written. A test walks what [`crate::declare`] lists as every role.
//!
//! To add a route: write `async fn show(ctx: Ctx) -> Answer` in the file of its noun, declare it in the `routes`
//! function of its audience, give the page a context with samples ([`crate::page::Page`]) and name it in
//! [`crate::pages::all`].

use std::future::Future;

use axum::Router;
use axum::http::Method;
use axum::middleware::from_fn_with_state;
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use mailkeep_identity::Scope;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::guard::{Guard, guard};
use crate::state::WebState;

/// What a handler answers.
pub type Answer = Result<Response, WebError>;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// Everybody, without a cookie.
    Public,
    /// Any signed-in person.
    Person,
    /// A signed-in person who is a contact of the customer in one of these roles.
    CustomerRole(&'static [Role]),
    /// The same, and the `{domain}` or `{mailbox}` in the path belongs to that customer.
    DomainAdmin(&'static [Role]),
    /// The holder of a mailbox, signed in in the webmail.
    Mailbox,
    /// A bearer of an API token with this scope, whose person is a contact of the customer in one of the roles; the
    /// `{domain}` or `{mailbox}` in the path belongs to that customer. No roles: the person alone is enough.
    Api(Scope, &'static [Role]),
    /// Staff signed in with a second factor, with this permission.
    Staff(StaffPermission),
    /// A bearer of a token of staff that was made for this, whose owner may do it.
    StaffApi(StaffPermission),
    /// The name and password are being given: rate-limited, and no session is needed.
    Credentials,
    /// A site that persons sign in to, with its own secret or a token that it was given; the handler looks at it. Whoever is
    /// signed in in a browser is nobody here.
    Site,
}

/// The role of a contact at a customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// May do everything, and alone may change the account.
    Owner,
    /// Invoices, payment, orders.
    Billing,
    /// Domains and mailboxes.
    Technical,
    /// May look.
    ReadOnly,
}

/// Every role, for pages that all contacts may see.
pub const ANY_ROLE: &[Role] = &[Role::Owner, Role::Billing, Role::Technical, Role::ReadOnly];
/// Roles that see and change billing.
pub const BILLING: &[Role] = &[Role::Owner, Role::Billing];
/// Roles that write to support.
pub const WRITING: &[Role] = &[Role::Owner, Role::Billing, Role::Technical];
/// Roles that change domains and mailboxes.
pub const TECHNICAL: &[Role] = &[Role::Owner, Role::Technical];
/// The one role that changes the account.
pub const OWNER: &[Role] = &[Role::Owner];

/// What a member of staff may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffPermission {
    /// Be signed in.
    Any,
    /// Plans, prices, coupons, taxes and terms.
    Catalogue,
    /// Write articles, news and announcements.
    Articles,
    /// Programs that people download.
    Downloads,
    /// Invoices, payments, the billing month.
    Billing,
    /// Figures about the business.
    Reports,
    /// Review orders.
    Orders,
    /// Look up customers.
    Customers,
    /// Answer tickets.
    Tickets,
    /// Held mail, and whom is trusted with sending.
    Abuse,
    /// The outgoing mail queue.
    Queue,
    /// Jobs and dead letters.
    Jobs,
    /// Other staff.
    Staff,
    /// Sites that persons sign in to with their Registration ID.
    Sites,
    /// Open data with a reason, where no fact fits.
    BreakGlass,
    /// Look at colleagues' cases and explanations.
    SecondLook,
    /// Disclosures.
    Privacy,
}

/// One declared route.
#[derive(Debug, Clone)]
pub struct Route {
    /// GET or POST; for the API also PUT, PATCH or DELETE.
    pub method: Method,
    /// The path, with `{names}`.
    pub path: &'static str,
    /// Who may use it.
    pub permission: Permission,
}

/// Collects routes.
pub struct Routes {
    state: WebState,
    router: Router,
    list: Vec<Route>,
}

impl Routes {
    /// No routes yet.
    pub fn new(state: WebState) -> Self {
        Routes { state, router: Router::new(), list: Vec::new() }
    }

    /// The services, for what is made once while routes are declared.
    pub fn state(&self) -> &WebState {
        &self.state
    }

    /// Declares a page.
    pub fn get<H, F>(&mut self, path: &'static str, permission: Permission, handler: H)
    where
        H: Fn(Ctx) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Answer> + Send + 'static,
    {
        self.route(Method::GET, path, permission, handler);
    }

    /// Declares an act: the form of a page, answered with a redirect.
    pub fn post<H, F>(&mut self, path: &'static str, permission: Permission, handler: H)
    where
        H: Fn(Ctx) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Answer> + Send + 'static,
    {
        self.route(Method::POST, path, permission, handler);
    }

    /// Declares an act whose form may carry files, up to `max_body_bytes` in all.
    pub fn upload<H, F>(
        &mut self,
        path: &'static str,
        permission: Permission,
        max_body_bytes: usize,
        handler: H,
    ) where
        H: Fn(Ctx) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Answer> + Send + 'static,
    {
        self.guarded(Method::POST, path, permission, max_body_bytes, false, handler);
    }

    /// Declares an act whose form carries a file that may be larger than memory: its first part is the token of our forms, and
    /// the handler reads the others as they arrive.
    pub fn stream<H, F>(
        &mut self,
        path: &'static str,
        permission: Permission,
        max_body_bytes: usize,
        handler: H,
    ) where
        H: Fn(Ctx) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Answer> + Send + 'static,
    {
        self.guarded(Method::POST, path, permission, max_body_bytes, true, handler);
    }

    /// Declares a route with any method; for the HTTP API.
    pub fn route<H, F>(&mut self, method: Method, path: &'static str, permission: Permission, handler: H)
    where
        H: Fn(Ctx) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Answer> + Send + 'static,
    {
        let max_body_bytes = self.state.config.max_form_bytes;
        self.guarded(method, path, permission, max_body_bytes, false, handler);
    }

    fn guarded<H, F>(
        &mut self,
        method: Method,
        path: &'static str,
        permission: Permission,
        max_body_bytes: usize,
        streams: bool,
        handler: H,
    ) where
        H: Fn(Ctx) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Answer> + Send + 'static,
    {
        // Every method that is declared here has a filter; GET stands for the compiler's peace.
        let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
        let guarded = Guard { state: self.state.clone(), permission, max_body_bytes, streams };
        let handler = on(filter, move |ctx: Ctx| handler(ctx)).layer(from_fn_with_state(guarded, guard));
        let router = std::mem::take(&mut self.router);
        self.router = router.route(path, handler);
        self.list.push(Route { method, path, permission });
    }

    /// The finished router and what was declared.
    pub fn finish(self) -> (Router, Vec<Route>) {
        (self.router, self.list)
    }
}

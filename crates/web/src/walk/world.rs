//! A small company in every state that routes speak of: two customers with the same things, contacts in every role,
//! staff in every role, mailboxes, tokens, an order that is served and one that is held.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use bytes::Bytes;
use mailkeep_commerce::carts::change::NewLine;
use mailkeep_commerce::orders::place::PlaceOrder;
use mailkeep_commerce::orders::{Applicant, BillingDetails};
use mailkeep_commerce::periods::Interval;
use mailkeep_commerce::price_changes::NoticeMode;
use mailkeep_commerce::processor::sandbox::Scenario;
use mailkeep_commerce::terms::publish::NewTerms;
use mailkeep_identity::site_sign_ins::SiteRequest;
use mailkeep_identity::sites::{Share, SiteForm};
use mailkeep_identity::staff_tokens::{GRANTABLE, NewStaffToken};
use mailkeep_identity::testing::{self as people, PersonBuilder, TestPerson};
use mailkeep_identity::{ContactRole, ContactRoles, Scope, Scopes, StaffPermission, StaffRole};
use mailkeep_mailbox::Protocol;
use mailkeep_mailbox::addresses::NewList;
use mailkeep_mailbox::domains::NewDomain;
use mailkeep_mailbox::lists::{GuestFilter, Invitations};
use mailkeep_mailbox::mailboxes::ClassLimits;
use mailkeep_mailbox::messages::{Delivery, prepare};
use mailkeep_mailbox::testing::TestOffice;
use mailkeep_policy::break_glass::{self, Cause};
use mailkeep_policy::disclosures::{self, Document, Ground, OpenDisclosure};
use mailkeep_policy::requests::{self, Objection, Proof};
use mailkeep_policy::{CategoryId, Personal, PurposeId, Shown, Subject, exports};
use mailkeep_protocols::openid::Challenge;
use mailkeep_storage::sql::Database;
use mailkeep_types::{
    AliasId, CustomerId, DomainId, DomainName, EmailAddress, GuestId, MailboxId, OrderId, PersonId,
    ServiceId, StaffId,
};
use mailkeep_webhooks::endpoints::{NewEndpoint, Registrar, Whose};

use super::callers::{Caller, Kind};
use super::help_desk::write_article;
use crate::state::WebState;
use crate::webmail::{Outgoing, Submission, Submitted, Webmail};

/// Takes letters and forgets them.
struct Door;

impl Outgoing for Door {
    fn submit(&self, _: Submission) -> Submitted<'_> {
        Box::pin(async { Ok(None) })
    }
}

/// Everything that a walk needs.
pub struct World {
    pub state: WebState,
    pub router: Router,
    pub callers: Vec<Caller>,
    /// What the names in paths stand for: things of the customer whose contacts call.
    pub own: HashMap<&'static str, String>,
    /// The same things of another customer.
    pub foreign: HashMap<&'static str, String>,
    _test: TestOffice,
}

impl World {
    pub async fn new(db: Database) -> Self {
        let test = TestOffice::open(db).await;
        let state = crate::testing::state(&test).await;
        let state = state.with_webmail(Webmail::new(test.office.clone(), Arc::new(Door)));
        // Whoever orders accepts terms.
        let terms = NewTerms {
            brand: String::new(),
            title: "Terms of service".to_owned(),
            body: "You pay for what you order. We serve it.".to_owned(),
            notice: NoticeMode::ThirtyDays,
        };
        state.commerce.publish_terms(StaffId::from_uuid(uuid::Uuid::nil()), terms).await.unwrap();
        let mut builder = Builder { state, test };
        let (own_person, own) = builder.customer("Ada Example", "Larkspur", "larkspur.example").await;
        let (other_person, foreign) = builder.customer("Eve Stranger", "Foxglove", "foxglove.example").await;
        let mut callers = vec![Caller::new(Kind::Visitor), builder.unconfirmed().await];
        for role in ContactRole::ALL {
            callers.push(builder.contact(&own_person, *role).await);
        }
        callers.push(builder.browser(Kind::Stranger, &other_person).await);
        callers.push(
            builder
                .browser(
                    Kind::Newcomer,
                    &PersonBuilder::new("Nils Newcomer").create(&builder.state.identity).await,
                )
                .await,
        );
        callers.push(builder.mailbox(&own).await);
        for role in StaffRole::ALL {
            callers.push(builder.staff(*role).await);
        }
        callers.push(builder.staff_without_factor().await);
        for role in [StaffRole::Billing, StaffRole::FraudReviewer, StaffRole::Operator] {
            callers.push(builder.staff_token(role).await);
        }
        for scope in Scope::ALL {
            callers.push(builder.token(&own_person, ContactRole::Owner, &[*scope]).await);
        }
        let reader = builder.person_in(&own_person, ContactRole::ReadOnly, "Rae Reader").await;
        callers.push(builder.token(&reader, ContactRole::ReadOnly, Scope::ALL).await);
        let router = crate::router(builder.state.clone());
        World { state: builder.state, router, callers, own, foreign, _test: builder.test }
    }
}

/// An article that visitors read; both customers find the same.
pub(super) struct Builder {
    pub(super) state: WebState,
    test: TestOffice,
}

impl Builder {
    /// A customer with its owner and one of everything.
    async fn customer(
        &mut self,
        owner: &str,
        name: &str,
        domain: &str,
    ) -> (TestPerson, HashMap<&'static str, String>) {
        let state = self.state.clone();
        let owner = PersonBuilder::new(owner).customer(name).create(&state.identity).await;
        let customer = owner.customer.unwrap();
        let mut things = HashMap::from([("customer", customer.to_string())]);
        things.extend(self.site(&owner).await);

        let served = self.order(&owner, customer, domain, Some("192.0.2.7")).await;
        let held = self.order(&owner, customer, &format!("held-{domain}"), None).await;
        let order = state.commerce.show_order(customer, served).await.unwrap();
        let subscription = &state.commerce.list_subscriptions(customer).await.unwrap()[0];
        things.insert("order", served.to_string());
        things.insert("version", state.policy.compiled().id_text());
        things.insert("held", held.to_string());
        things.insert("block", uuid::Uuid::nil().to_string());
        things.insert("document", uuid::Uuid::nil().to_string());
        things.insert("saved_view", uuid::Uuid::nil().to_string());
        things.insert("canned_reply", self.canned(domain).await.to_string());
        things.insert("desk_macro", self.desk_macro(domain).await.to_string());
        things.insert("desk_rule", self.desk_rule(domain).await.to_string());
        things.insert("item", self.item().await);
        things.insert("brand", self.brand().await);
        things.insert("invoice", order.invoice.unwrap().to_string());
        things.insert("note", self.credited(order.invoice.unwrap()).await);
        things.insert("subscription", subscription.id.to_string());
        things.insert("add_on", "archive".to_owned());
        let cards = state.commerce.list_payment_methods(customer).await.unwrap();
        things.insert("card", cards[0].id.to_string());
        let terms = state.commerce.accepted_terms(customer).await.unwrap();
        things.insert("terms", terms[0].terms.to_string());
        things.insert("claim", self.claimed(customer, owner.person).await);
        things.insert("dispute", self.disputed(customer).await);
        let ticket = self.asked(customer, owner.person).await;
        things.insert("letter", self.wrote(&ticket, &owner.email).await);
        things.insert("ticket", ticket.to_string());
        self.asked_privacy_desk(&owner.email, &mut things).await;
        things.insert("hand_over", self.handed_over(customer, owner.person).await);
        things.insert("hand_over_file", "1".to_owned());
        let service = state.commerce.list_services(customer).await.unwrap()[0].id;

        self.mail(customer, service, domain, &mut things).await;
        let access = owner.access_now(&state.identity).await;
        let reader = (owner.person, access.person().unwrap().session);
        let file = self.first_file(&things["ticket"], Subject::customer(customer), reader).await;
        things.insert("attachment", file);
        let file = self.first_file(&things["privacy_case"], Subject::person(owner.person), reader).await;
        things.insert("case_attachment", file);
        let (contacts, _) = state.identity.list_contacts(&access, customer).await.unwrap();
        things.insert("contact", contacts[0].contact.to_string());
        things.insert("person", owner.person.to_string());
        self.privacy_work(owner.person, &mut things).await;
        // A second session and token, so that ending them does not end the caller's own.
        let spare = people::sign_in(&state.identity, &owner.email, &owner.password).await;
        let spare = people::access(&state.identity, &spare.token).await;
        things.insert("session", spare.person().unwrap().session.to_string());
        let scopes = Scopes::of(&[Scope::ProfileRead]);
        self.record(&owner, &access, customer, &mut things).await;
        let token =
            state.identity.issue_api_token(&access, "spare", scopes, 30, &people::origin()).await.unwrap();
        things.insert("token", token.id.to_string());
        let by = Registrar::Person(owner.person);
        let (endpoint, delivery) = self.webhook(Whose::Customer(customer), by).await;
        things.extend([("endpoint", endpoint), ("delivery", delivery)]);
        let by = Registrar::Staff(StaffId::from_uuid(uuid::Uuid::nil()));
        let (endpoint, delivery) = self.webhook(Whose::House, by).await;
        things.extend([("house_endpoint", endpoint), ("house_delivery", delivery)]);
        let writer = StaffId::from_uuid(uuid::Uuid::nil());
        things.extend(self.written(customer, writer).await);
        let (category, article) = write_article(&state, writer).await;
        self.publish_program(writer, &mut things).await;
        things.insert("category", "mail-programs".to_owned());
        things.insert("slug", "set-up-a-program".to_owned());
        things.insert("text", article.to_string());
        things.insert("article_category", category.to_string());
        let plan = state.commerce.plan_to_edit("business").await.unwrap();
        state.commerce.write_plan_draft(writer, plan).await.unwrap();
        (owner, things)
    }

    /// A program that is told what happens, and was sent something.
    async fn webhook(&self, whose: Whose, by: Registrar) -> (String, String) {
        let webhooks = &self.state.webhooks;
        let new = NewEndpoint { url: "https://hooks.larkspur.example/in".to_owned(), events: Vec::new() };
        let endpoint = webhooks.register_endpoint(whose, by, new).await.unwrap().endpoint.id;
        let delivery = webhooks.test_endpoint(whose, endpoint).await.unwrap();
        (endpoint.to_string(), delivery.to_string())
    }

    /// Orders a plan and pays it; without a network the screening does not know enough and holds the order.
    async fn order(
        &self,
        owner: &TestPerson,
        customer: CustomerId,
        domain: &str,
        network: Option<&str>,
    ) -> OrderId {
        let commerce = &self.state.commerce;
        let line = NewLine {
            plan_key: "business".to_owned(),
            interval: Interval::Monthly,
            mailboxes: 5,
            domain: domain.to_owned(),
            add_ons: vec!["archive".to_owned()],
        };
        let request = PlaceOrder {
            cart: commerce.add_to_cart(None, line).await.unwrap(),
            customer,
            person: owner.person,
            billing: Shown::from(BillingDetails {
                name: "Robin Sample".to_owned(),
                street: vec!["12 Nowhere Lane".to_owned()],
                postal_code: "62701".to_owned(),
                city: "Springfield".to_owned(),
                region: "IL".to_owned(),
                country: "US".to_owned(),
                tax_id: None,
                language: "en".to_owned(),
            }),
            applicant: Shown::from(Applicant {
                email: owner.email.clone(),
                phone: Some("+1 217 555 0100".to_owned()),
            }),
            network: network.map(|ip| ip.parse().unwrap()),
            device: None,
            time_zone: None,
            keep_card: true,
            expected_total_minor: None,
            terms_seen: None,
        };
        let order = commerce.place_order(request).await.unwrap();
        let page =
            commerce.start_payment(customer, order, "https://www.mailkeep.example/back").await.unwrap();
        let token = page.rsplit('/').next().unwrap();
        self.state.sandbox.as_ref().unwrap().choose(token, Scenario::Approve).await.unwrap().unwrap();
        commerce.advance_order(order).await.unwrap();
        order
    }

    /// A proven domain with a mailbox that has an alias, an application password and a message.
    async fn mail(
        &self,
        customer: CustomerId,
        service: ServiceId,
        name: &str,
        things: &mut HashMap<&'static str, String>,
    ) {
        let office = &self.state.office;
        let new = NewDomain {
            customer,
            service: Some(service),
            name: DomainName::parse(name).unwrap(),
            alias_of: None,
            mailbox_limit: None,
            class: ClassLimits::default(),
        };
        let domain = office.add_domain(new).await.unwrap();
        self.test.dns.add_txt(&domain.challenge_name(), &domain.challenge);
        office.prove_domain(domain.id, &self.test.dns).await.unwrap();
        let mailbox = self.test.mailbox(domain.id, &format!("ann@{name}")).await;
        let address = EmailAddress::parse(&format!("sales@{name}")).unwrap();
        let alias = office.add_alias(domain.id, address, mailbox).await.unwrap();
        let (list, guest) = self.list(domain.id, mailbox, name).await;
        let label = Personal::new("Phone".to_owned());
        let password = office.create_app_password(mailbox, label, &Protocol::ALL).await.unwrap();
        let letter = "From: cy@example.net\r\nTo: ann\r\nSubject: Hello\r\nMIME-Version: 1.0\r\n\
                      Content-Type: text/html\r\n\r\n<p>Hello.</p>\r\n";
        let letter = Arc::new(prepare(&Bytes::from(letter)));
        office.deliver(vec![Delivery::to_inbox(mailbox, letter)]).await.unwrap();
        let inbox = office.session(mailbox).await.unwrap().facts().inbox;
        things.extend([
            ("domain", domain.id.to_string()),
            ("mailbox", mailbox.to_string()),
            ("alias", alias.to_string()),
            ("list", list.to_string()),
            ("guest", guest.to_string()),
            ("guest_link", office.guest_token(guest)),
            ("password", password.id.to_string()),
            ("folder", inbox.to_string()),
            ("uid", "1".to_owned()),
            ("part", "1".to_owned()),
        ]);
    }

    /// A list with a mailbox, and somebody elsewhere who was asked.
    async fn list(&self, domain: DomainId, mailbox: MailboxId, name: &str) -> (AliasId, GuestId) {
        let office = &self.state.office;
        let address = EmailAddress::parse(&format!("news@{name}")).unwrap();
        let list = office
            .add_list(NewList { domain, address, mailboxes: vec![mailbox], writers: Default::default() })
            .await
            .unwrap();
        let how = Invitations { language: "en".to_owned(), most: None };
        let asked = vec![EmailAddress::parse("olivia@willow.example").unwrap()];
        office.invite_guests(list, asked, how).await.unwrap();
        let summary = office.list_summary(list).await.unwrap();
        let guests = office.guests_of_list(&summary, GuestFilter::All, 0, 1).await.unwrap().guests;
        (list, guests[0].id)
    }

    /// A site, and what the owner agreed to pass to it.
    async fn site(&self, owner: &TestPerson) -> [(&'static str, String); 2] {
        let identity = &self.state.identity;
        let form = SiteForm {
            title: "Library".to_owned(),
            home: "https://library.example/".to_owned(),
            listed_as: "own-sites".to_owned(),
            categories: vec!["identity".to_owned()],
            addresses: "https://library.example/back".to_owned(),
            confidential: true,
            ..SiteForm::default()
        };
        let new = identity.register_site_from_command_line(form).await.unwrap();
        let request = SiteRequest {
            site: identity.open_site(&new.id.to_string()).await.unwrap().unwrap(),
            address: "https://library.example/back".to_owned(),
            shares: vec![Share::Profile],
            challenge: Challenge([7; 32]),
            nonce: None,
            offline: false,
        };
        let access = owner.access_now(identity).await;
        let consent = identity.agree_to_site(&access, &request).await.unwrap();
        [("site", new.id.to_string()), ("consent", consent.to_string())]
    }

    /// A break-glass case and a disclosure that wait for a second person.
    async fn privacy_work(&self, person: PersonId, things: &mut HashMap<&'static str, String>) {
        let (policy, staff) = (&self.state.policy, StaffId::new(&*self.state.clock));
        let subject = Subject::person(person);
        let reason = "The account seems to be used by a stranger; I must reach its owner.";
        let case = break_glass::open(policy, staff, subject, Cause::AccountAtRisk, reason).await.unwrap();
        things.insert("case", case.uuid().to_string());
        let order = OpenDisclosure {
            subject,
            ground: Ground::LegalProcess,
            document: Document { bytes: b"The court orders".to_vec(), media_type: "text/plain".to_owned() },
            recipient: "District Court of Example".to_owned(),
            scope: vec![CategoryId::Identity],
            period_from: None,
            period_until: None,
            organisation: None,
            sealed_until: None,
            opened_by: staff,
        };
        things.insert("disclosure", disclosures::open(policy, order).await.unwrap().to_string());
    }

    /// A use on record, a copy that is ready, and an objection that waits.
    async fn record(
        &self,
        owner: &TestPerson,
        access: &mailkeep_identity::Access,
        customer: CustomerId,
        things: &mut HashMap<&'static str, String>,
    ) {
        let (policy, blobs) = (&self.state.policy, self.state.office.blobs());
        let session = access.person().unwrap().session;
        let others = [Subject::customer(customer)];
        let copy = exports::ask(policy, owner.person, Proof::Session(session), &others).await.unwrap();
        let gathered = exports::gather(policy, copy).await.unwrap().unwrap();
        let own = |entry: &&mailkeep_policy::ledger::BundledEntry| entry.entry.subject_kind == 1;
        let entry = gathered.uses.entries.iter().find(own).unwrap().entry.id;
        exports::store_content(policy, blobs, copy, owner.person, b"PK".to_vec()).await.unwrap();
        let objection =
            requests::object(policy, owner.person, Proof::Session(session), PurposeId::Protect, "No.").await;
        let Ok(Objection::Waits(request)) = objection else { panic!("{objection:?}") };
        things.extend([
            ("entry", entry.to_string()),
            ("copy", copy.to_string()),
            ("request", request.to_string()),
        ]);
    }

    async fn browser(&self, kind: Kind, person: &TestPerson) -> Caller {
        let access = person.access_now(&self.state.identity).await;
        let csrf = access.person().unwrap().csrf;
        Caller::new(kind).with_cookie(crate::cookies::PERSON, person.token.expose()).with_csrf(csrf)
    }

    async fn person_in(&self, owner: &TestPerson, role: ContactRole, name: &str) -> TestPerson {
        let identity = &self.state.identity;
        let person = PersonBuilder::new(name).create(identity).await;
        let access = owner.access_now(identity).await;
        let (customer, roles) = (owner.customer.unwrap(), ContactRoles::of(&[role]));
        identity.invite_contact(&access, customer, &person.email, roles, &people::origin()).await.unwrap();
        let mail = people::last_mail_to(identity, "identity/contact_invitation", &person.email).await;
        identity.accept_invitation(&person.access, mail.token(), &people::origin()).await.unwrap();
        person
    }

    async fn contact(&self, owner: &TestPerson, role: ContactRole) -> Caller {
        if role == ContactRole::Owner {
            return self.browser(Kind::Contact(role), owner).await;
        }
        let person = self.person_in(owner, role, &format!("Cy {}", role.word().replace('_', " "))).await;
        self.browser(Kind::Contact(role), &person).await
    }

    /// Registered, but the address was never confirmed: there is no session to come with.
    async fn unconfirmed(&self) -> Caller {
        let builder = PersonBuilder::new("Una Confirmed");
        let registration = builder.registration();
        let (email, password) = (registration.email.clone(), people::PASSWORD);
        self.state.identity.register_person(registration, &people::origin()).await.unwrap();
        let tried = self.state.identity.sign_in(&email, password.into(), &people::origin()).await;
        assert!(tried.is_err(), "nobody signs in before the address is confirmed");
        Caller::new(Kind::Unconfirmed)
    }

    async fn mailbox(&self, own: &HashMap<&'static str, String>) -> Caller {
        let mailbox: MailboxId = own["mailbox"].parse().unwrap();
        let token = self.state.office.begin_page_session(mailbox, None).await.unwrap();
        let csrf = crate::csrf::token(&token);
        Caller::new(Kind::Mailbox).with_cookie(crate::cookies::MAILBOX, &token).with_csrf(csrf)
    }

    async fn staff(&self, role: StaffRole) -> Caller {
        let login = role.word().replace('_', "-");
        let staff = people::create_staff(&self.state.identity, &login, &[role]).await;
        let csrf = staff.access.staff().unwrap().csrf;
        Caller::new(Kind::Staff(role))
            .with_cookie(crate::cookies::STAFF, staff.token.expose())
            .with_csrf(csrf)
    }

    /// A token for all that the role may have done by programs.
    async fn staff_token(&self, role: StaffRole) -> Caller {
        let identity = &self.state.identity;
        let login = format!("{}-with-programs", role.word().replace('_', "-"));
        let staff = people::create_staff(identity, &login, &[role]).await;
        let may = |permission: &StaffPermission| role.permissions().contains(permission);
        let permissions: Vec<StaffPermission> = GRANTABLE.into_iter().filter(may).collect();
        let wish = NewStaffToken { title: "walk", permissions: &permissions, lifetime_days: 30 };
        let (password, origin) = (people::PASSWORD.into(), people::origin());
        let made = identity.issue_staff_token(&staff.access, wish, password, &origin).await.unwrap();
        Caller::new(Kind::StaffToken(role)).with_bearer(made.token.expose())
    }

    /// The password was right, the second factor was not given.
    async fn staff_without_factor(&self) -> Caller {
        let identity = &self.state.identity;
        let pending =
            identity.sign_in_staff("operator", people::PASSWORD.into(), &people::origin()).await.unwrap();
        Caller::new(Kind::StaffWithoutFactor).with_cookie(crate::cookies::STAFF, pending.token.expose())
    }

    async fn token(&self, person: &TestPerson, role: ContactRole, scopes: &[Scope]) -> Caller {
        let access = person.access_now(&self.state.identity).await;
        let set = Scopes::of(scopes);
        let made =
            self.state.identity.issue_api_token(&access, "walk", set.clone(), 30, &people::origin()).await;
        Caller::new(Kind::Token(role, set)).with_bearer(made.unwrap().token.expose())
    }
}

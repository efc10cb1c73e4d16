//! A small company to test with: commerce on a fresh database, a clock that stands still, the sandbox processor, and
//! builders that take a customer from a cart to a service.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use mailkeep_policy::{FactKind, Policy, Role};
use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_types::{Clock, CustomerId, DomainName, ManualClock, OrderId, PersonId, ServiceId, StaffId};
use parking_lot::Mutex;

use crate::carts::CartToken;
use crate::carts::change::NewLine;
use crate::commerce::{Commerce, CommerceParts};
use crate::config::CommerceConfig;
use crate::orders::place::PlaceOrder;
use crate::orders::{Applicant, BillingDetails, OrderStatus};
use crate::periods::Interval;
use crate::ports::{BoxFuture, HeldDomain, HeldMailbox, MailExchangers, PhoneCodes, PortError, UsageSource};
use crate::processor::Processor;
use crate::processor::sandbox::{Sandbox, Scenario};
use crate::screening::ListSource;

/// Runs a test on both engines with a [`Bench`]: `both_engines!(name, |bench| async move { … });`
#[macro_export]
macro_rules! bench_on_both_engines {
    ($name:ident, $body:expr) => {
        mod $name {
            #[allow(unused_imports, reason = "each test uses what it needs")]
            use super::*;

            #[test]
            fn sqlite() {
                $crate::testing::run(mailkeep_storage::sql::Dialect::Sqlite, $body);
            }

            #[test]
            fn postgres() {
                $crate::testing::run(mailkeep_storage::sql::Dialect::Postgres, $body);
            }
        }
    };
}
pub use crate::bench_on_both_engines as both_engines;

/// How many cases a property is tried with: `PROPTEST_CASES` when it is set, else a number that suits every build.
pub fn case_count(usual: u32) -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// Runs a test with a fresh bench on 1 March 2026, noon UTC.
pub fn run<F, R>(dialect: Dialect, body: F)
where
    F: FnOnce(Bench) -> R,
    R: Future<Output = ()>,
{
    let clock = ManualClock::at("2026-03-01");
    clock.advance(Duration::from_secs(12 * 3600));
    let for_bench = Arc::clone(&clock);
    mailkeep_storage::testing::run_at(dialect, clock, |db| async move {
        body(Bench::new(db, for_bench).await).await;
    });
}

/// Mailboxes that a test sets: by number, empty and open, or one by one.
#[derive(Default)]
pub struct SetUsage(pub Mutex<HashMap<ServiceId, u32>>, pub Mutex<HashMap<ServiceId, Vec<HeldMailbox>>>);

impl SetUsage {
    /// A mailbox of a service by its number, the same one each time.
    pub fn mailbox(service: ServiceId, number: u32) -> HeldMailbox {
        let id = uuid::Uuid::from_u128(service.uuid().as_u128() ^ (u128::from(number) << 8));
        let id = mailkeep_types::MailboxId::from_uuid(id);
        HeldMailbox { id, quota_bytes: 25_000_000_000, used_bytes: 0, closed: false }
    }
}

impl UsageSource for SetUsage {
    fn held(&self, service: ServiceId) -> BoxFuture<'_, Result<Vec<HeldDomain>, PortError>> {
        let count = self.0.lock().get(&service).copied().unwrap_or(0);
        let mut mailboxes: Vec<HeldMailbox> = (1..=count).map(|n| SetUsage::mailbox(service, n)).collect();
        mailboxes.extend(self.1.lock().get(&service).into_iter().flatten());
        let name = DomainName::parse("company.example").expect("a domain name");
        Box::pin(async move { Ok(vec![HeldDomain { name, aliases: Vec::new(), mailboxes }]) })
    }
}

/// Every domain receives mail but `no-mx.example`; looking `broken.example` up fails.
pub struct SetExchangers;

impl MailExchangers for SetExchangers {
    fn receives_mail<'a>(&'a self, domain: &'a DomainName) -> BoxFuture<'a, Result<bool, PortError>> {
        Box::pin(async move {
            match domain.as_str() {
                "no-mx.example" => Ok(false),
                "broken.example" => Err(PortError("the name server does not answer".to_owned())),
                _ => Ok(true),
            }
        })
    }

    fn exchangers<'a>(&'a self, domain: &'a DomainName) -> BoxFuture<'a, Result<Vec<String>, PortError>> {
        Box::pin(async move {
            match domain.as_str() {
                "broken.example" => Err(PortError("the name server does not answer".to_owned())),
                "burner.example" => Ok(vec!["mx.yopmail.com".to_owned()]),
                other => Ok(vec![format!("mx.{other}")]),
            }
        })
    }
}

/// Telephones: the last code that came to each number.
#[derive(Default)]
pub struct Telephones(pub Mutex<HashMap<String, String>>);

impl PhoneCodes for Telephones {
    fn send_code<'a>(&'a self, number: &'a str, code: &'a str) -> BoxFuture<'a, Result<(), PortError>> {
        self.0.lock().insert(number.to_owned(), code.to_owned());
        Box::pin(async { Ok(()) })
    }
}

/// The small company.
pub struct Bench {
    /// The database.
    pub db: Database,
    /// The clock of everything.
    pub clock: Arc<ManualClock>,
    /// Commerce.
    pub commerce: Commerce,
    /// The policy.
    pub policy: Policy,
    /// The sandbox processor behind it.
    pub sandbox: Sandbox,
    /// How many mailboxes services hold.
    pub usage: Arc<SetUsage>,
    /// What came to telephones.
    pub phones: Arc<Telephones>,
    /// A member of staff who may review and bill.
    pub staff: StaffId,
}

impl Bench {
    /// A bench over a fresh, migrated database with its clock.
    pub async fn new(db: Database, clock: Arc<ManualClock>) -> Self {
        let policy = mailkeep_policy::testing::policy(&db).await;
        let staff = StaffId::new(&*clock);
        policy.register_staff_roles(move |_, id| {
            Ok(if id == staff { vec![Role::FraudReviewer, Role::Billing] } else { Vec::new() })
        });
        // Whoever is signed in is a contact of whom they ask about: tests of that belong to identity.
        policy.register_fact(FactKind::OwnSession, |_, _| Ok(true));
        let sandbox = Sandbox::new(db.clone(), "https://pay.mailkeep.example/sandbox", [7; 32]);
        let usage = Arc::new(SetUsage::default());
        let phones = Arc::new(Telephones::default());
        let mut config = CommerceConfig::example();
        // Whoever does not test the billing month itself reckons from one day: invoiced and charged on the first.
        config.month.payment_day = config.month.invoice_day;
        let commerce = open(&db, &policy, config, Arc::new(sandbox.clone()), &usage, &phones).await;
        Bench { db, clock, commerce, policy, sandbox, usage, phones, staff }
    }

    /// The same company started again with a changed configuration.
    pub async fn reopened(&self, change: impl FnOnce(&mut CommerceConfig)) -> Bench {
        let mut config = CommerceConfig::clone(&self.commerce.config());
        change(&mut config);
        let processor = Arc::new(self.sandbox.clone());
        let commerce = open(&self.db, &self.policy, config, processor, &self.usage, &self.phones).await;
        Bench { commerce, ..self.shallow() }
    }

    /// The same company with another processor.
    pub async fn with_processor(&self, processor: Arc<dyn Processor>) -> Bench {
        let config = CommerceConfig::clone(&self.commerce.config());
        let commerce = open(&self.db, &self.policy, config, processor, &self.usage, &self.phones).await;
        Bench { commerce, ..self.shallow() }
    }

    fn shallow(&self) -> Bench {
        Bench {
            db: self.db.clone(),
            clock: Arc::clone(&self.clock),
            commerce: self.commerce.clone(),
            policy: self.policy.clone(),
            sandbox: self.sandbox.clone(),
            usage: Arc::clone(&self.usage),
            phones: Arc::clone(&self.phones),
            staff: self.staff,
        }
    }

    /// Moves the clock on by whole days.
    pub fn days(&self, days: u64) {
        self.clock.advance(Duration::from_secs(days * 86_400));
    }

    /// A new customer with one person.
    pub fn customer(&self) -> Buyer {
        let customer = CustomerId::new(&*self.clock);
        // A mail domain of their own: many customers of one domain within a week are looked at.
        let email = format!("robin.sample@c{}.example", customer.uuid().simple());
        Buyer {
            customer,
            person: PersonId::new(&*self.clock),
            billing: BillingDetails {
                name: "Robin Sample".to_owned(),
                street: vec!["12 Nowhere Lane".to_owned()],
                postal_code: "62701".to_owned(),
                city: "Springfield".to_owned(),
                region: "IL".to_owned(),
                country: "US".to_owned(),
                tax_id: None,
                language: String::new(),
            },
            applicant: Applicant { email, phone: Some("+1 217 555 0100".to_owned()) },
            network: Some("192.0.2.7".parse().expect("an address")),
            device: None,
        }
    }

    /// Puts a plan for a domain into a cart and places the order.
    pub async fn order(
        &self,
        buyer: &Buyer,
        plan: &str,
        interval: Interval,
        mailboxes: u32,
        domain: &str,
    ) -> OrderId {
        let (plan_key, domain) = (plan.to_owned(), domain.to_owned());
        let line = NewLine { plan_key, interval, mailboxes, domain, add_ons: Vec::new() };
        let cart = self.commerce.add_to_cart(None, line).await.expect("the line fits");
        self.commerce.place_order(buyer.order_of(cart)).await.expect("the order is placed")
    }

    /// Sends the payer to the sandbox's page, who chooses a scenario; the order does not go on yet.
    pub async fn authorise(&self, buyer: &Buyer, order: OrderId, scenario: Scenario) {
        let back = "https://www.mailkeep.example/orders/back";
        let url = self.commerce.start_payment(buyer.customer, order, back).await.expect("the page opens");
        let token = url.rsplit('/').next().expect("a token");
        self.sandbox.choose(token, scenario).await.expect("the sandbox answers").expect("the page is there");
    }

    /// Sends the payer to the sandbox's page, who chooses a scenario and comes back.
    pub async fn pay(&self, buyer: &Buyer, order: OrderId, scenario: Scenario) -> OrderStatus {
        self.authorise(buyer, order, scenario).await;
        self.commerce.advance_order(order).await.expect("the order goes on")
    }

    /// From nothing to a service that runs: a monthly business plan of so many mailboxes.
    pub async fn served(&self, mailboxes: u32, domain: &str, scenario: Scenario) -> Buyer {
        let buyer = self.customer();
        let order = self.order(&buyer, "business", Interval::Monthly, mailboxes, domain).await;
        assert_eq!(self.pay(&buyer, order, scenario).await, OrderStatus::Fulfilled);
        buyer
    }

    /// What the clock says.
    pub fn now(&self) -> mailkeep_types::Timestamp {
        self.clock.now()
    }
}

async fn open(
    db: &Database,
    policy: &Policy,
    config: CommerceConfig,
    processor: Arc<dyn Processor>,
    usage: &Arc<SetUsage>,
    phones: &Arc<Telephones>,
) -> Commerce {
    let parts = CommerceParts {
        db: db.clone(),
        policy: policy.clone(),
        config,
        processor,
        usage: Arc::clone(usage) as Arc<dyn UsageSource>,
        exchangers: Arc::new(SetExchangers),
        phones: Some(Arc::clone(phones) as Arc<dyn PhoneCodes>),
        lists: ListSource::built_in(),
    };
    Commerce::open(parts).await.expect("the example configuration is right")
}

/// Somebody who orders; obviously fictional.
#[derive(Clone)]
pub struct Buyer {
    /// The customer.
    pub customer: CustomerId,
    /// The person.
    pub person: PersonId,
    /// To whom the invoice is written.
    pub billing: BillingDetails,
    /// How they are reached.
    pub applicant: Applicant,
    /// Where they order from.
    pub network: Option<std::net::IpAddr>,
    /// What their browser says of itself.
    pub device: Option<String>,
}

impl Buyer {
    /// An order of what is in a cart, as their browser sends it.
    pub fn order_of(&self, cart: CartToken) -> PlaceOrder {
        PlaceOrder {
            cart,
            customer: self.customer,
            person: self.person,
            billing: self.billing.clone().into(),
            applicant: self.applicant.clone().into(),
            network: self.network,
            device: self.device.clone(),
            time_zone: None,
            keep_card: true,
            expected_total_minor: None,
            terms_seen: None,
        }
    }
}

/// A brand that sells under its own name, in euros.
#[cfg(test)]
pub(crate) fn harbour() -> crate::brands::BrandConfig {
    toml::from_str(
        r#"
        key = "harbour"
        name = "Harbour Mail"
        hosts = ["www.harbour.example"]
        mail_host = "mail.harbour.example"
        currency = "EUR"
        plans = ["business"]
        [seller]
        name = "Harbour Mail Limited"
        address = ["1 Quay Street", "Harbourtown"]
        country = "IE"
        email = "billing@harbour.example"
        [invoices]
        series = "HM"
        credit_note_series = "HMC"
        "#,
    )
    .unwrap()
}

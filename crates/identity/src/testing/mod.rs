//! Builders for tests of this and other crates: a signed-in person with a customer, or a member of staff, in one line. They
//! take the public ways, so what they make is what the program makes.

pub(crate) mod store;

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use mailkeep_policy::Policy;
use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_types::{
    CustomerId, EmailAddress, ManualClock, PersonId, RegistrationId, SharedClock, StaffId, Timestamp,
};

use crate::access::{Access, StaffRole};
use crate::config::{IdentityConfig, PasswordConfig};
use crate::identity::Identity;
use crate::origin::Origin;
use crate::persons::Registration;
use crate::secrets::{Secret, totp};
use crate::sessions::{NewSession, SignIn};

/// A password that every rule accepts.
pub const PASSWORD: &str = "lantern yak sandpaper 41";

/// Settings whose passwords are computed in no time.
pub fn quick_config() -> IdentityConfig {
    let password = PasswordConfig {
        argon2_memory_kib: 8,
        argon2_passes: 1,
        argon2_lanes: 1,
        ..PasswordConfig::default()
    };
    IdentityConfig { password, ..IdentityConfig::default() }
}

/// Identity over `db`, with a fresh policy core and the clock of `db`.
pub async fn identity(db: &Database) -> Identity {
    identity_over(db, mailkeep_policy::testing::policy(db).await)
}

/// Identity over `db` with a policy core that the test has.
///
/// # Panics
/// If the quick settings are refused; a mistake here.
pub fn identity_over(db: &Database, policy: Policy) -> Identity {
    Identity::new(db.clone(), policy, Arc::clone(db.clock()), quick_config())
        .expect("the quick settings are good")
}

/// Runs `body` on SQLite and on PostgreSQL, with a clock that the test moves.
pub fn on_both_engines(body: impl AsyncFn(Identity, Arc<ManualClock>)) {
    on_both_engines_with(quick_config(), body);
}

/// As [`on_both_engines`], with settings of the test.
///
/// # Panics
/// If the settings are refused.
pub fn on_both_engines_with(config: IdentityConfig, body: impl AsyncFn(Identity, Arc<ManualClock>)) {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let clock = ManualClock::at("2026-03-01");
        let shared: SharedClock = Arc::<ManualClock>::clone(&clock);
        let config = config.clone();
        mailkeep_storage::testing::run_at(dialect, Arc::clone(&shared), |db| async {
            let policy = mailkeep_policy::testing::policy(&db).await;
            let identity = Identity::new(db, policy, shared, config).expect("the settings are good");
            body(identity, clock).await;
        });
    }
}

/// A browser at an address of a documentation network (RFC 5737).
pub fn origin() -> Origin {
    origin_at(10)
}

/// The same at another address of that network.
pub fn origin_at(last: u8) -> Origin {
    let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    Origin::new(IpAddr::V4(Ipv4Addr::new(192, 0, 2, last)), agent)
}

/// A message that passed the outbound message gate and waits.
#[derive(Debug)]
pub struct WaitingMail {
    /// To which address.
    pub to: EmailAddress,
    /// What its template gets.
    pub context: serde_json::Value,
}

impl WaitingMail {
    /// The token of its link.
    ///
    /// # Panics
    /// If it has none.
    pub fn token(&self) -> &str {
        self.context["token"].as_str().expect("a message with a link")
    }
}

/// Every waiting message of a template, oldest first.
///
/// # Panics
/// If one cannot be opened.
pub async fn waiting_mails(identity: &Identity, template: &str) -> Vec<WaitingMail> {
    let name = template.to_owned();
    let ids =
        identity.db().read(move |tx| store::waiting(tx, &name)).await.expect("the messages can be listed");
    let mut mails = Vec::with_capacity(ids.len());
    for id in ids {
        let outbound = identity.policy().outbound();
        let render = |opened: mailkeep_policy::outbound::Opened<'_>| WaitingMail {
            to: opened.to.clone(),
            context: opened.context.clone(),
        };
        mails.push(outbound.deliver(id, render).await.expect("a waiting message opens"));
    }
    mails
}

/// The newest waiting message of a template.
///
/// # Panics
/// If there is none.
pub async fn last_mail(identity: &Identity, template: &str) -> WaitingMail {
    waiting_mails(identity, template)
        .await
        .pop()
        .unwrap_or_else(|| panic!("no message {template} is waiting"))
}

/// The newest waiting message of a template to one address.
///
/// # Panics
/// If there is none.
pub async fn last_mail_to(identity: &Identity, template: &str, address: &str) -> WaitingMail {
    let mut mails = waiting_mails(identity, template).await;
    mails.retain(|mail| mail.to.to_string() == address);
    mails.pop().unwrap_or_else(|| panic!("no message {template} to {address} is waiting"))
}

/// The code that an authenticator app shows for a secret in base32.
///
/// # Panics
/// If the secret is not base32.
pub fn app_code(secret: &Secret, at: Timestamp) -> Secret {
    let bytes = data_encoding::BASE32_NOPAD.decode(secret.expose().as_bytes()).expect("a secret in base32");
    Secret::new(totp::code_at(&bytes, at))
}

/// Makes a person: registered, confirmed, signed in.
#[derive(Debug, Clone)]
pub struct PersonBuilder {
    name: String,
    email: String,
    password: String,
    customer: Option<String>,
}

/// A person who is signed in.
#[derive(Debug)]
pub struct TestPerson {
    /// The person.
    pub person: PersonId,
    /// The person's number.
    pub registration_id: RegistrationId,
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
    /// The session's cookie.
    pub token: Secret,
    /// The session as use cases take it.
    pub access: Access,
    /// The customer, if one was asked for.
    pub customer: Option<CustomerId>,
}

impl PersonBuilder {
    /// A person of this name; the address is made from it, at `example.com`.
    pub fn new(name: &str) -> Self {
        let local = name.to_lowercase().replace(' ', ".");
        let email = format!("{local}@example.com");
        PersonBuilder { name: name.to_owned(), email, password: PASSWORD.to_owned(), customer: None }
    }

    /// With another address.
    #[must_use]
    pub fn email(mut self, email: &str) -> Self {
        self.email = email.to_owned();
        self
    }

    /// With another password.
    #[must_use]
    pub fn password(mut self, password: &str) -> Self {
        self.password = password.to_owned();
        self
    }

    /// With a customer of this name, owned by the person.
    #[must_use]
    pub fn customer(mut self, name: &str) -> Self {
        self.customer = Some(name.to_owned());
        self
    }

    /// What is typed into the form.
    pub fn registration(&self) -> Registration {
        Registration {
            name: self.name.clone(),
            email: self.email.clone(),
            password: Secret::new(self.password.clone()),
            language: "en".to_owned(),
            time_zone: "America/New_York".to_owned(),
        }
    }

    /// Makes the person.
    ///
    /// # Panics
    /// If any step is refused.
    pub async fn create(self, identity: &Identity) -> TestPerson {
        identity.register_person(self.registration(), &origin()).await.expect("the registration is accepted");
        let mail = last_mail_to(identity, "identity/confirm_email", &self.email).await;
        identity.confirm_email(mail.token(), &origin()).await.expect("the link works");
        let session = sign_in(identity, &self.email, &self.password).await;
        let mut access = access(identity, &session.token).await;
        let mut customer = None;
        if let Some(name) = &self.customer {
            customer =
                Some(identity.open_customer(&access, name.as_str()).await.expect("the customer is opened"));
            access = self::access(identity, &session.token).await;
        }
        let me = access.person().expect("a person");
        TestPerson {
            person: me.person,
            registration_id: me.registration_id,
            email: self.email,
            password: self.password,
            token: session.token,
            access,
            customer,
        }
    }
}

impl TestPerson {
    /// The access as it is now: with customers that came meanwhile.
    pub async fn access_now(&self, identity: &Identity) -> Access {
        access(identity, &self.token).await
    }
}

/// Signs a person in who has no second factor.
///
/// # Panics
/// If that is refused.
pub async fn sign_in(identity: &Identity, name: &str, password: &str) -> NewSession {
    match identity.sign_in(name, password.into(), &origin()).await.expect("the password is right") {
        SignIn::Done(session) => session,
        SignIn::SecondFactor(_) => panic!("a second factor is asked for"),
    }
}

/// The access that goes with a session's cookie.
///
/// # Panics
/// If the database fails.
pub async fn access(identity: &Identity, token: &Secret) -> Access {
    identity.recognise(token.expose(), &origin()).await.expect("the session is looked up")
}

/// A member of staff who is signed in.
#[derive(Debug)]
pub struct TestStaff {
    /// Who.
    pub staff: StaffId,
    /// The session's cookie.
    pub token: Secret,
    /// The session as use cases take it.
    pub access: Access,
    /// The secret of the authenticator app, in base32.
    pub secret: Secret,
    /// The recovery codes.
    pub recovery_codes: Vec<Secret>,
}

/// Makes a member of staff: added, enrolled, signed in, with [`PASSWORD`].
///
/// # Panics
/// If any step is refused.
pub async fn create_staff(identity: &Identity, login: &str, roles: &[StaffRole]) -> TestStaff {
    let link = identity.add_staff_from_command_line(login, roles).await.expect("the login name is free");
    let offer =
        identity.enrol_staff(link.token.expose(), PASSWORD.into(), &origin()).await.expect("the link works");
    // The code of the step before is tolerated, and leaves the present one for the sign-in.
    let earlier = app_code(&offer.secret, identity.now().minus(Duration::from_secs(30)));
    let recovery_codes =
        identity.finish_enrolment(link.token.expose(), earlier, &origin()).await.expect("the code is right");
    let pending =
        identity.sign_in_staff(login, PASSWORD.into(), &origin()).await.expect("the password is right");
    let code = app_code(&offer.secret, identity.now());
    let session =
        identity.finish_sign_in(pending.token.expose(), code, &origin()).await.expect("the code is right");
    let access = access(identity, &session.token).await;
    TestStaff { staff: link.staff, token: session.token, access, secret: offer.secret, recovery_codes }
}

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use mailkeep_policy::Personal;
use mailkeep_storage::sql::{Database, Dialect};
use mailkeep_types::{ManualClock, SharedClock};

use super::Sign;
use crate::mailboxes::{Protocol, Secret, SignIn};
use crate::testing::{PASSWORD, TestOffice};

const DAY: Duration = Duration::from_secs(24 * 3600);
const HOME: &str = "192.0.2.7";
const AWAY: &str = "198.51.100.9";

fn on_both_engines(body: impl AsyncFn(Database, Arc<ManualClock>)) {
    for dialect in [Dialect::Sqlite, Dialect::Postgres] {
        let clock = ManualClock::at("2026-03-01");
        let shared: SharedClock = Arc::<ManualClock>::clone(&clock);
        mailkeep_storage::testing::run_at(dialect, shared, async |db| body(db, Arc::clone(&clock)).await);
    }
}

async fn sign_in(test: &TestOffice, network: &str, password: &str) -> bool {
    let sign_in = SignIn {
        address: "ann@example.com",
        password: Secret::new(password),
        protocol: Protocol::Imap,
        network: network.parse().unwrap(),
    };
    test.office.authenticate(sign_in).await.unwrap().is_ok()
}

#[test]
fn a_place_is_new_for_a_week_and_again_after_three_months() {
    on_both_engines(async |db, clock| {
        let test = TestOffice::open(db).await;
        let ann = test.session("ann@example.com").await.mailbox();
        let signs = async |network: &str| {
            let network: IpAddr = network.parse().unwrap();
            test.office.surroundings(ann, network).await.unwrap().signs
        };
        assert!(sign_in(&test, HOME, PASSWORD).await);
        assert_eq!(signs(HOME).await, [], "the first place is one's own");
        assert_eq!(signs("192.0.2.200").await, [], "another address of the line");
        assert_eq!(signs(AWAY).await, [Sign::NewPlace]);
        clock.advance(DAY);
        assert!(sign_in(&test, AWAY, PASSWORD).await);
        assert_eq!(signs(AWAY).await, [Sign::NewPlace]);
        clock.advance(DAY * 7);
        assert_eq!(signs(AWAY).await, [], "used for a week");
        clock.advance(DAY * 90);
        test.office.forget_places().await.unwrap();
        assert!(sign_in(&test, HOME, PASSWORD).await);
        for network in [HOME, AWAY] {
            assert_eq!(signs(network).await, [Sign::NewPlace], "nobody was there for long: {network}");
        }
    });
}

#[test]
fn a_guessed_password_and_a_new_one_are_signs() {
    on_both_engines(async |db, clock| {
        let test = TestOffice::open(db).await;
        let ann = test.session("ann@example.com").await.mailbox();
        let signs = async |network: &str| {
            let network: IpAddr = network.parse().unwrap();
            test.office.surroundings(ann, network).await.unwrap().signs
        };
        for _ in 0..5 {
            assert!(!sign_in(&test, AWAY, "wrong").await);
        }
        assert!(sign_in(&test, AWAY, PASSWORD).await);
        assert_eq!(signs(AWAY).await, [Sign::NewPlace, Sign::Guessed], "no first place, then");
        clock.advance(DAY * 8);
        assert_eq!(signs(AWAY).await, [Sign::NewPlace, Sign::Guessed], "and time makes it none");
        let label = Personal::new("Desk".to_owned());
        test.office.create_app_password(ann, label, &[Protocol::Smtp]).await.unwrap();
        assert_eq!(signs(AWAY).await, [Sign::NewPlace, Sign::Guessed, Sign::NewPassword]);
        clock.advance(DAY);
        assert_eq!(signs(AWAY).await, [Sign::NewPlace, Sign::Guessed]);
    });
}

#[test]
fn a_sign_out_ends_sessions_passwords_and_strange_places() {
    on_both_engines(async |db, clock| {
        let test = TestOffice::open(db).await;
        let office = &test.office;
        let session = test.session("ann@example.com").await;
        let ann = session.mailbox();
        let label = Personal::new("Desk".to_owned());
        office.create_app_password(ann, label, &[Protocol::Smtp]).await.unwrap();
        assert!(sign_in(&test, HOME, PASSWORD).await && sign_in(&test, AWAY, PASSWORD).await);
        let token = office.begin_page_session(ann, None).await.unwrap();
        clock.advance(Duration::from_secs(1));
        office.sign_out_everywhere(ann).await.unwrap();
        assert!(!session.still_open().await.unwrap() && !sign_in(&test, HOME, PASSWORD).await);
        assert!(office.page_session(&token).await.unwrap().is_none());
        assert!(office.list_app_passwords(ann).await.unwrap().is_empty());
        clock.advance(Duration::from_secs(1));
        office.set_mailbox_password(ann, Secret::new("another good password")).await.unwrap();
        assert!(sign_in(&test, HOME, "another good password").await);
        assert!(office.session(ann).await.unwrap().still_open().await.unwrap());
        let away = office.surroundings(ann, AWAY.parse().unwrap()).await.unwrap();
        clock.advance(DAY * 8);
        assert_eq!(away.signs, [Sign::NewPlace]);
        let later = office.surroundings(ann, AWAY.parse().unwrap()).await.unwrap();
        assert_eq!(later.signs, [Sign::NewPlace], "it does not age");
    });
}

use mailkeep_policy::CategoryId;
use mailkeep_policy::testing::policy_of;
use mailkeep_protocols::openid::{ErrorCode, SiteCredentials};
use mailkeep_storage::both_engines;
use mailkeep_storage::sql::Database;

use super::*;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::testing::{PersonBuilder, create_staff, identity_over, on_both_engines, origin, origin_at};
use crate::{Access, StaffRole};

pub(crate) fn form() -> SiteForm {
    SiteForm {
        title: "Larkspur Library".to_owned(),
        home: "https://library.example/".to_owned(),
        listed_as: "own-sites".to_owned(),
        categories: ["identity", "contact"].map(str::to_owned).to_vec(),
        numbered: false,
        confidential: true,
        addresses: "https://library.example/back\nhttps://library.example/back".to_owned(),
        signed_out_addresses: "https://library.example/".to_owned(),
        told_at: String::new(),
    }
}

fn credentials(id: SiteId, secret: Option<&str>) -> SiteCredentials {
    SiteCredentials { id: id.to_string(), secret: secret.map(str::to_owned), in_header: true }
}

async fn authenticates(
    identity: &Identity,
    id: SiteId,
    secret: Option<&str>,
    network: u8,
) -> Result<(), String> {
    match identity.authenticate_site(&credentials(id, secret), &origin_at(network)).await {
        Ok(site) => {
            assert_eq!(site.id, id);
            Ok(())
        }
        Err(IdentityError::OpenId(error)) => Err(error.code.to_string()),
        Err(error) => Err(error.code().to_owned()),
    }
}

fn refused_field(result: Result<NewSite, IdentityError>) -> &'static str {
    result.unwrap_err().field_name().unwrap()
}

#[test]
fn a_site_is_registered_for_what_the_policy_lets_its_kind_have() {
    on_both_engines(async |identity, _| {
        let new = identity.register_site_from_command_line(form()).await.unwrap();
        assert!(new.secret.unwrap().expose().starts_with(SECRET_PREFIX));
        let site = identity.open_site(&new.id.to_string()).await.unwrap().unwrap();
        assert_eq!(site.addresses, ["https://library.example/back"], "each once");
        assert_eq!(site.may_receive(identity.policy()), [Share::Profile, Share::Email, Share::Phone]);
        assert!(!site.knows_number(identity.policy()));
        let register = |form| identity.register_site_from_command_line(form);
        // Not in the policy for anybody, not for this kind, not a recipient, not a site, not a category at all.
        for (listed_as, category) in
            [("own-sites", "payment_token"), ("other-sites", "postal"), ("own-sites", "everything")]
        {
            let (listed_as, categories) = (listed_as.to_owned(), vec![category.to_owned()]);
            let wrong = SiteForm { listed_as, categories, ..form() };
            assert_eq!(refused_field(register(wrong).await), "categories", "{category}");
        }
        for listed_as in ["card-processor", "friends", ""] {
            let wrong = SiteForm { listed_as: listed_as.to_owned(), ..form() };
            assert_eq!(refused_field(register(wrong).await), "listed_as", "{listed_as}");
        }
        let wrong = SiteForm { listed_as: "other-sites".to_owned(), numbered: true, ..form() };
        assert_eq!(refused_field(register(wrong).await), "numbered");
        for address in ["", "http://library.example/back", "https://library.example/#x", "javascript:x"] {
            let wrong = SiteForm { addresses: address.to_owned(), ..form() };
            assert_eq!(refused_field(register(wrong).await), "addresses", "{address}");
        }
        let many = (0..21).map(|n| format!("https://library.example/{n}\n")).collect();
        assert_eq!(refused_field(register(SiteForm { addresses: many, ..form() }).await), "addresses");
        for told_at in ["https://evil.example/told", "library", "http://library.example/told"] {
            let wrong = SiteForm { told_at: told_at.to_owned(), ..form() };
            assert_eq!(refused_field(register(wrong).await), "told_at", "{told_at}");
        }
        let wrong = SiteForm { home: "library".to_owned(), ..form() };
        assert_eq!(refused_field(register(wrong).await), "home");
        assert_eq!(identity.list_sites_from_command_line().await.unwrap().len(), 1);
    });
}

both_engines!(what_the_policy_takes_away_is_passed_no_longer, |db: Database| async move {
    let narrower = mailkeep_policy::file::BUILT_FILE.replace(
        "categories = [\"identity\", \"contact\", \"postal\"]\nregistration_id = true\n",
        "categories = [\"identity\"]\n",
    );
    let identity = identity_over(&db, mailkeep_policy::testing::policy(&db).await);
    let all = ["identity", "contact", "postal"].map(str::to_owned).to_vec();
    let form = SiteForm { categories: all, numbered: true, ..form() };
    let new = identity.register_site_from_command_line(form.clone()).await.unwrap();
    let site = identity.open_site(&new.id.to_string()).await.unwrap().unwrap();
    assert_eq!(site.may_receive(identity.policy()), Share::ALL);
    assert!(site.knows_number(identity.policy()));

    // The registration stays as it was written; the policy of the next start says less.
    let identity = identity_over(&db, policy_of(&db, &narrower).await);
    let site = identity.open_site(&new.id.to_string()).await.unwrap().unwrap();
    assert_eq!(site.categories, [CategoryId::Identity, CategoryId::Contact, CategoryId::Postal]);
    assert_eq!(site.may_receive(identity.policy()), [Share::Profile]);
    assert!(!site.knows_number(identity.policy()));
    assert_eq!(refused_field(identity.register_site_from_command_line(form).await), "categories");

    // A kind that the policy knows no longer: nobody signs in, and the site is nobody.
    let (before, rest) = narrower.split_once("[[recipient]]\nid = \"own-sites\"").unwrap();
    let (_, after) = rest.split_once("[[recipient]]").unwrap();
    let without = format!("{before}[[recipient]]{after}").replace("\"recipient:own-sites\", ", "");
    let identity = identity_over(&db, policy_of(&db, &without).await);
    assert!(identity.open_site(&new.id.to_string()).await.unwrap().is_none());
    let secret = new.secret.unwrap();
    assert_eq!(
        authenticates(&identity, new.id, Some(secret.expose()), 1).await,
        Err("invalid_client".to_owned())
    );
});

#[test]
fn a_site_proves_itself_by_its_secret_and_guessing_locks_the_guesser() {
    on_both_engines(async |identity, _| {
        let new = identity.register_site_from_command_line(form()).await.unwrap();
        let secret = new.secret.unwrap();
        let secret = secret.expose();
        let wrong = || Err(ErrorCode::InvalidClient.word().to_owned());
        assert_eq!(authenticates(&identity, new.id, Some(secret), 1).await, Ok(()));
        assert_eq!(authenticates(&identity, new.id, None, 1).await, wrong());
        assert_eq!(authenticates(&identity, new.id, Some(""), 1).await, wrong());
        let stranger = SiteId::new(&**identity.clock());
        assert_eq!(authenticates(&identity, stranger, Some(secret), 1).await, wrong());
        let app = SiteForm { confidential: false, ..form() };
        let app = identity.register_site_from_command_line(app).await.unwrap();
        assert!(app.secret.is_none());
        assert_eq!(authenticates(&identity, app.id, None, 1).await, Ok(()));
        assert_eq!(authenticates(&identity, app.id, Some(secret), 1).await, wrong());

        // Somebody guesses: their network is locked out, and the site is not.
        let mut answers = Vec::new();
        for number in 0..20 {
            let guess = format!("mks_{number}");
            answers.push(authenticates(&identity, new.id, Some(&guess), 66).await.unwrap_err());
        }
        assert_eq!((answers[0].as_str(), answers[19].as_str()), ("invalid_client", "locked"));
        assert_eq!(authenticates(&identity, new.id, Some(secret), 66).await, Err("locked".to_owned()));
        assert_eq!(authenticates(&identity, new.id, Some(secret), 1).await, Ok(()));
    });
}

#[test]
fn staff_with_the_permission_keep_the_registry() {
    on_both_engines(async |identity, _| {
        let operator = create_staff(&identity, "oscar", &[StaffRole::Operator]).await.access;
        let writer = create_staff(&identity, "wendy", &[StaffRole::Writer]).await.access;
        let ada = PersonBuilder::new("Ada Example").create(&identity).await;
        for access in [&writer, &ada.access, &Access::Visitor] {
            assert!(identity.register_site(access, form()).await.is_err());
            assert!(identity.list_sites(access).await.is_err());
        }
        let new = identity.register_site(&operator, form()).await.unwrap();
        let first = new.secret.unwrap();
        let second = identity.renew_site_secret(&operator, new.id).await.unwrap();
        let id = new.id;
        assert!(authenticates(&identity, id, Some(first.expose()), 1).await.is_err());
        assert_eq!(authenticates(&identity, id, Some(second.expose()), 1).await, Ok(()));

        identity.set_site_disabled(&operator, id, true).await.unwrap();
        assert!(authenticates(&identity, id, Some(second.expose()), 1).await.is_err());
        assert!(identity.open_site(&id.to_string()).await.unwrap().is_none());
        identity.set_site_disabled(&operator, id, false).await.unwrap();

        let changed = SiteForm { title: "Library".to_owned(), confidential: false, ..form() };
        identity.change_site(&operator, id, changed).await.unwrap();
        let listed = identity.show_site(&operator, id).await.unwrap();
        assert_eq!((listed.site.title.as_str(), listed.persons), ("Library", 0));
        assert!(listed.site.confidential, "what keeps a secret goes on keeping it");
        let nobody = SiteId::new(&**identity.clock());
        assert!(matches!(identity.show_site(&operator, nobody).await, Err(IdentityError::NotFound)));
        assert!(matches!(
            identity.change_site(&operator, nobody, form()).await,
            Err(IdentityError::NotFound)
        ));
        let _ = origin();
    });
}

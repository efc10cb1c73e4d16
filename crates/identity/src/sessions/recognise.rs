//! Who comes with a cookie: a session authorises, a recognition only greets.

use std::time::Duration;

use mailkeep_storage::sql::SqlError;
use mailkeep_types::RegistrationId;

use super::store::{self, HolderRow, LivingSession};
use crate::access::{Access, PersonAccess, StaffAccess, StaffRole, Via};
use crate::config::days;
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::origin::Origin;
use crate::principal::Principal;
use crate::secrets::{Secret, tokens};

/// The use of a session is written at most this often.
const TOUCH: Duration = Duration::from_secs(60);

enum Holder {
    Person(HolderRow),
    Staff(String, Vec<StaffRole>),
}

impl Identity {
    /// Who comes with this session cookie: [`Access::Visitor`] when the session ended or there never was one.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn recognise(&self, token: &str, origin: &Origin) -> Result<Access, IdentityError> {
        let hash = tokens::hash(token);
        let found = self
            .db()
            .read(move |tx| -> Result<_, SqlError> {
                let Some(session) = store::find_living(tx, &hash)? else { return Ok(None) };
                let holder = match session.principal {
                    Principal::Person(id) => store::load_holder(tx, id)?.map(Holder::Person),
                    Principal::Staff(id) => store::load_staff(tx, id)?
                        .map(|(login, roles)| Holder::Staff(login, StaffRole::from_stored(&roles))),
                };
                Ok(holder.map(|holder| (session, holder)))
            })
            .await?;
        let Some((session, holder)) = found else { return Ok(Access::Visitor) };
        if self.now().since(session.last_seen_at) >= TOUCH {
            self.touch(&session, origin).await?;
        }
        let csrf = tokens::csrf(token);
        Ok(match (session.principal, holder) {
            (Principal::Person(person), Holder::Person(row)) => Access::Person(PersonAccess {
                person,
                registration_id: row.registration_id,
                session: session.session,
                via: Via::Browser,
                customers: row.customers,
                authenticated_at: session.authenticated_at,
                second_factor: session.second_factor,
                csrf,
                changed_at: row.changed_at,
            }),
            // A session of staff without a second factor is not made; if one were, it would be nobody's.
            (Principal::Staff(staff), Holder::Staff(login, roles)) if session.second_factor => {
                let (session, authenticated_at) = (session.session, session.authenticated_at);
                let made_for = None;
                Access::Staff(StaffAccess { staff, login, session, roles, made_for, authenticated_at, csrf })
            }
            _ => Access::Visitor,
        })
    }

    async fn touch(&self, session: &LivingSession, origin: &Origin) -> Result<(), IdentityError> {
        let id = session.session;
        let idle = self.session_config(session.principal).idle();
        let (network, device) = self.seal_origin(session.principal, id, origin)?;
        self.db().write(move |tx| store::touch(tx, id, tx.now().plus(idle), &network, &device)).await?;
        Ok(())
    }

    /// Makes a token by which this browser is recognised later. It authorises nothing: it gives the Registration ID, to
    /// greet and to fill in the sign-in form, and no more.
    ///
    /// # Errors
    /// When nobody is signed in.
    pub async fn remember_browser(&self, access: &Access) -> Result<Secret, IdentityError> {
        let person = access.person_in_browser()?.person;
        let (id, made, lifetime) = (self.new_uuid(), tokens::make(""), days(self.config().recognition_days));
        let hash = made.hash;
        self.db()
            .write(move |tx| store::insert_recognition(tx, id, &hash, person, tx.now().plus(lifetime)))
            .await?;
        Ok(made.token)
    }

    /// The Registration ID that goes with a recognition token.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn recognise_browser(&self, token: &str) -> Result<Option<RegistrationId>, IdentityError> {
        let hash = tokens::hash(token);
        Ok(self.db().read(move |tx| store::recognised(tx, &hash)).await?)
    }

    /// Forgets a browser.
    ///
    /// # Errors
    /// A failure of the database.
    pub async fn forget_browser(&self, token: &str) -> Result<(), IdentityError> {
        let hash = tokens::hash(token);
        Ok(self.db().write(move |tx| store::forget_recognition(tx, &hash)).await?)
    }
}

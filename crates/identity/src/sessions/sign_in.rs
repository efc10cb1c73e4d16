//! The first step of a sign-in: name and password.
//!
//! The try is counted and recorded before the password is looked at. A name that nobody has takes the same way with a
//! password that fits nobody, so that neither the answer nor its time tells whether the name exists.

use std::time::Duration;

use mailkeep_storage::sql::{SqlError, Tx};
use mailkeep_types::{EmailAddress, RegistrationId, Timestamp};
use uuid::Uuid;

use super::{NewSession, PendingSignIn, SignIn, store};
use crate::credentials::{self, store::CredentialRow};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::limits::{self, Admission, Limit};
use crate::origin::Origin;
use crate::persons::{self, PersonStatus};
use crate::principal::Principal;
use crate::secrets::{Secret, tokens};
use crate::security_events::SecurityEventKind;
use crate::staff::{self, StaffStatus};

/// How long an attempt may take until its code is entered.
pub(crate) const ATTEMPT: Duration = Duration::from_secs(600);

/// Who is said to sign in.
#[derive(Clone, Copy)]
enum Name {
    Number(RegistrationId),
    Email([u8; 32]),
    Staff,
    Nobody,
}

/// Somebody who exists, with what is needed to check the password.
struct Known {
    principal: Principal,
    attempt: Uuid,
    credentials: CredentialRow,
    confirmed: bool,
}

enum Begun {
    Locked(Timestamp),
    Unknown,
    Known(Box<Known>),
}

impl Identity {
    /// Signs a person in by Registration ID or address.
    ///
    /// # Errors
    /// [`IdentityError::WrongCredentials`], [`IdentityError::Locked`], [`IdentityError::EmailNotConfirmed`] (only after
    /// the right password), [`IdentityError::Busy`].
    pub async fn sign_in(
        &self,
        name: &str,
        password: Secret,
        origin: &Origin,
    ) -> Result<SignIn, IdentityError> {
        let parsed = match (name.parse::<RegistrationId>(), EmailAddress::parse(name)) {
            (Ok(number), _) => Name::Number(number),
            (_, Ok(email)) => Name::Email(self.email_lookup(&email)),
            _ => Name::Nobody,
        };
        self.first_step(parsed, name, password, origin).await
    }

    /// Begins the sign-in of a member of staff, who always has a second factor.
    ///
    /// # Errors
    /// As [`Identity::sign_in`].
    pub async fn sign_in_staff(
        &self,
        login: &str,
        password: Secret,
        origin: &Origin,
    ) -> Result<PendingSignIn, IdentityError> {
        match self.first_step(Name::Staff, login, password, origin).await? {
            SignIn::SecondFactor(pending) => Ok(pending),
            SignIn::Done(_) => Err(IdentityError::NoSecondFactor),
        }
    }

    async fn first_step(
        &self,
        name: Name,
        text: &str,
        password: Secret,
        origin: &Origin,
    ) -> Result<SignIn, IdentityError> {
        // The password is computed however long it is given; a novel is not.
        if password.expose().len() > 1024 {
            return Err(IdentityError::WrongCredentials);
        }
        let unknown = match name {
            Name::Staff => self.limit_of_unknown(&format!("staff/{}", text.trim())),
            _ => self.limit_of_unknown(text),
        };
        let network = self.limit_of_network(origin);
        let (this, login) = (self.clone(), text.trim().to_lowercase());
        let begun = self.db().write(move |tx| this.begin(tx, name, &login, unknown, network)).await?;
        let known = match begun {
            Begun::Locked(until) => return Err(IdentityError::locked(until, self.now())),
            Begun::Unknown => {
                self.hasher().check_nobody(password).await?;
                return Err(IdentityError::WrongCredentials);
            }
            Begun::Known(known) => known,
        };
        let stored = known.credentials.password.clone();
        let right = self.password_is_right(known.principal, known.attempt, stored, password).await?;
        if !right {
            self.fail_attempt(known.principal, known.attempt, SecurityEventKind::WrongPassword, origin)
                .await?;
            return Err(IdentityError::WrongCredentials);
        }
        self.after_password(&known, network, origin).await
    }

    fn begin(
        &self,
        tx: &mut Tx<'_>,
        name: Name,
        login: &str,
        unknown: Limit,
        network: Limit,
    ) -> Result<Begun, IdentityError> {
        let found = find(tx, name, login)?;
        let whose = found.map_or(unknown, |(principal, _)| self.limit_of(principal));
        if let Admission::Locked { until } = limits::admit(tx, &[whose, network], &self.config().limits)? {
            return Ok(Begun::Locked(until));
        }
        let Some((principal, confirmed)) = found else { return Ok(Begun::Unknown) };
        let attempt = self.new_uuid();
        store::insert_attempt(tx, attempt, principal, tx.now().plus(ATTEMPT))?;
        let credentials = credentials::store::load(tx, principal)?;
        Ok(Begun::Known(Box::new(Known { principal, attempt, credentials, confirmed })))
    }

    async fn after_password(
        &self,
        known: &Known,
        network: Limit,
        origin: &Origin,
    ) -> Result<SignIn, IdentityError> {
        let (principal, attempt, confirmed) = (known.principal, known.attempt, known.confirmed);
        let second_factor = known.credentials.totp_since.is_some();
        let (this, at, whose) = (self.clone(), origin.clone(), self.limit_of(principal));
        let pending = tokens::make("");
        let (token, hash) = (pending.token, pending.hash);
        let outcome = self
            .db()
            .write(move |tx| -> Result<Option<SignIn>, IdentityError> {
                limits::forgive(tx, whose, network)?;
                if !confirmed {
                    store::finish_attempt(tx, attempt, "done")?;
                    return Ok(None);
                }
                if second_factor {
                    let expires_at = tx.now().plus(ATTEMPT);
                    store::await_second_factor(tx, attempt, &hash, expires_at)?;
                    return Ok(Some(SignIn::SecondFactor(PendingSignIn {
                        token: token.clone(),
                        expires_at,
                    })));
                }
                store::finish_attempt(tx, attempt, "done")?;
                if matches!(principal, Principal::Staff(_)) {
                    return Err(IdentityError::NoSecondFactor);
                }
                let session: NewSession = this.start_session(tx, principal, false, &at)?;
                Ok(Some(SignIn::Done(session)))
            })
            .await?;
        outcome.ok_or(IdentityError::EmailNotConfirmed)
    }

    pub(crate) async fn fail_attempt(
        &self,
        principal: Principal,
        attempt: Uuid,
        kind: SecurityEventKind,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        metrics::counter!("identity_sign_ins_failed_total").increment(1);
        let (this, at) = (self.clone(), origin.clone());
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                // A wrong code leaves the attempt open for the next one, until the limit says no.
                if kind != SecurityEventKind::WrongCode {
                    store::finish_attempt(tx, attempt, "failed")?;
                }
                this.record(tx, principal, kind, Some(&at))
            })
            .await
    }
}

/// Finds who may sign in under the name; the flag says whether the address is confirmed.
fn find(tx: &mut Tx<'_>, name: Name, login: &str) -> Result<Option<(Principal, bool)>, SqlError> {
    let person = match name {
        Name::Number(number) => persons::find_by_registration_id(tx, number)?,
        Name::Email(lookup) => persons::store::find_by_email(tx, &lookup)?,
        Name::Staff => {
            let row = staff::store::find_by_login(tx, login)?.filter(|row| row.status == StaffStatus::Active);
            return Ok(row.map(|row| (Principal::Staff(row.staff), true)));
        }
        Name::Nobody => None,
    };
    let person = person.filter(|person| person.status != PersonStatus::Closed);
    Ok(person.map(|person| (Principal::Person(person.person), person.status == PersonStatus::Active)))
}

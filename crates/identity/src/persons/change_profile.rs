//! A person corrects their profile. The address has a use case of its own, since it is confirmed first.

use mailkeep_policy::{Act, Category, Json, Personal, Stored, Subject, Use, category, purpose};
use mailkeep_types::PersonId;

use super::store::{self, SealedChange};
use super::{
    PostalAddress, check_language, check_name, check_phone, check_postal, check_time_zone, phone_lookup,
    postal_lookup,
};
use crate::access::{Access, Scope};
use crate::error::IdentityError;
use crate::identity::Identity;
use crate::origin::Origin;
use crate::principal::Principal;
use crate::security_events::SecurityEventKind;
use crate::{customers, fields};

/// The fields to be replaced; `None` leaves one as it is.
#[derive(Clone, Default)]
pub struct ProfileChange {
    /// The name.
    pub name: Option<String>,
    /// The telephone number; an empty text removes it.
    pub phone: Option<String>,
    /// The postal address; `Some(None)` removes it.
    pub postal: Option<Option<PostalAddress>>,
    /// The preferred language.
    pub language: Option<String>,
    /// The time zone, an IANA name.
    pub time_zone: Option<String>,
}

impl std::fmt::Debug for ProfileChange {
    /// Names the type, never a value.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ProfileChange(…)")
    }
}

impl Identity {
    /// Replaces the given fields. All are checked before any is written.
    ///
    /// # Errors
    /// [`IdentityError::Field`] for `name`, `phone`, `postal_…`, `language` or `time_zone`.
    pub async fn change_profile(
        &self,
        access: &Access,
        change: ProfileChange,
        origin: &Origin,
    ) -> Result<(), IdentityError> {
        let me = access.person_with(Scope::ProfileWrite)?;
        let (id, subject) = (me.person, Subject::person(me.person));
        let name = change.name.map(|text| check_name("name", &text)).transpose()?;
        let phone = change.phone.map(|text| check_phone(&text)).transpose()?;
        let postal =
            change.postal.map(|address| address.as_ref().map(check_postal).transpose()).transpose()?;
        let language = change.language.map(|text| check_language(&text)).transpose()?;
        let time_zone = change.time_zone.map(|text| check_time_zone(&text)).transpose()?;

        let touched = [
            (name.is_some(), "persons.name"),
            (phone.is_some(), "persons.phone"),
            (postal.is_some(), "persons.postal"),
            (language.is_some(), "persons.language"),
            (time_zone.is_some(), "persons.time_zone"),
        ];
        let touched: Vec<&str> = touched.iter().filter(|(yes, _)| *yes).map(|(_, field)| *field).collect();
        if touched.is_empty() {
            return Ok(());
        }
        let asked = Use { actor: me.actor(), subject, act: Act::Change, fields: &touched, fact: me.fact() };
        self.policy().grant::<purpose::Rights>(asked).await?;

        let sealed = SealedChange {
            phone_lookup: phone.iter().flatten().map(|text| phone_lookup(self.policy(), text)).next(),
            postal_lookup: postal.iter().flatten().map(|given| postal_lookup(self.policy(), given)).next(),
            name: name
                .clone()
                .map(|text| self.seal_field::<_, category::Identity>(id, "name", text))
                .transpose()?,
            phone: phone
                .map(|text| {
                    text.map(|text| self.seal_field::<_, category::Contact>(id, "phone", text)).transpose()
                })
                .transpose()?,
            postal: postal
                .map(|given| {
                    given
                        .map(|given| self.seal_field::<_, category::Postal>(id, "postal", Json(given)))
                        .transpose()
                })
                .transpose()?,
            language: language
                .map(|text| self.seal_field::<_, category::Identity>(id, "language", text))
                .transpose()?,
            time_zone: time_zone
                .map(|text| self.seal_field::<_, category::Identity>(id, "time_zone", text))
                .transpose()?,
        };
        let (this, at) = (self.clone(), origin.clone());
        self.db()
            .write(move |tx| -> Result<(), IdentityError> {
                store::change(tx, id, &sealed)?;
                if let Some(name) = &name {
                    customers::refresh_contact(&this, tx, id, Some(&name.into()), None)?;
                }
                this.record(tx, Principal::Person(id), SecurityEventKind::ProfileChanged, Some(&at))
            })
            .await
    }

    pub(super) fn seal_field<T: Stored, C: Category>(
        &self,
        person: PersonId,
        column: &'static str,
        value: T,
    ) -> Result<Vec<u8>, IdentityError> {
        let value: Personal<T, C> = Personal::new(value);
        Ok(self.policy().seal(Subject::person(person), fields::person(column, person), &value)?.into_bytes())
    }
}

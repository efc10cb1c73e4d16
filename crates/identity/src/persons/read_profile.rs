//! A person sees their own profile.

use mailkeep_policy::{Act, Json, Sealed, Subject, Use, category, purpose};
use mailkeep_types::EmailAddress;

use super::{PostalAddress, Profile, store};
use crate::access::Access;
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;

pub(super) const PROFILE_FIELDS: &[&str] = &[
    "persons.name",
    "persons.email",
    "persons.phone",
    "persons.postal",
    "persons.language",
    "persons.time_zone",
];

impl Identity {
    /// The profile of the person who asks.
    ///
    /// # Errors
    /// When nobody is signed in, or the policy refuses.
    pub async fn read_profile(&self, access: &Access) -> Result<Profile, IdentityError> {
        let me = access.person()?;
        let (id, policy) = (me.person, self.policy());
        let asked = Use {
            actor: me.actor(),
            subject: Subject::person(id),
            act: Act::Read,
            fields: PROFILE_FIELDS,
            fact: me.fact(),
        };
        let grant = policy.grant::<purpose::Rights>(asked).await?;
        let row = self.db().read(move |tx| store::load(tx, id)).await?.ok_or(IdentityError::NotFound)?;
        let text = |column, bytes: Vec<u8>| {
            let sealed: Sealed<String, category::Identity> = Sealed::from_bytes(bytes);
            policy.show(&grant, fields::person(column, id), &sealed)
        };
        let email: Sealed<EmailAddress, category::Contact> = Sealed::from_bytes(row.email);
        let phone = row.phone.map(|bytes| {
            let sealed: Sealed<String, category::Contact> = Sealed::from_bytes(bytes);
            policy.show(&grant, fields::person("phone", id), &sealed)
        });
        let postal = row.postal.map(|bytes| {
            let sealed: Sealed<Json<PostalAddress>, category::Postal> = Sealed::from_bytes(bytes);
            let postal = policy.show(&grant, fields::person("postal", id), &sealed)?;
            Ok::<_, IdentityError>(postal.reshape(|Json(address)| address.clone()))
        });
        Ok(Profile {
            person: id,
            registration_id: row.summary.registration_id,
            name: text("name", row.name)?,
            email: policy.show(&grant, fields::person("email", id), &email)?,
            phone: phone.transpose()?,
            postal: postal.transpose()?,
            language: text("language", row.language)?,
            time_zone: text("time_zone", row.time_zone)?,
            created_at: row.summary.created_at,
        })
    }
}

//! Name and postal address or telephone number of a person, for a list of those who asked for letters or calls.

use mailkeep_policy::outbound::Channel;
use mailkeep_policy::{Act, Actor, Fact, Json, Sealed, Shown, Subject, Use, category, purpose};
use mailkeep_types::{PersonId, RegistrationId};

use super::{PostalAddress, phone_lookup, postal_lookup, store};
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;

/// A line of such a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The public number of the profile.
    pub registration_id: RegistrationId,
    /// The name.
    pub name: Shown<String>,
    /// The telephone number, on a list for calls.
    pub phone: Option<Shown<String>>,
    /// The postal address, on a list for letters.
    pub postal: Option<Shown<PostalAddress>>,
    /// The hash by which the number or the address is found on the suppression list; `None` where there is neither.
    pub holder: Option<[u8; 32]>,
}

impl Identity {
    /// Opens what a list for the channel needs of a person, and nothing else. `fact` is the person's yes.
    ///
    /// # Errors
    /// When the policy refuses, which is recorded, or there is no such person.
    pub async fn read_for_list(
        &self,
        actor: Actor,
        person: PersonId,
        fact: Fact,
        channel: Channel,
    ) -> Result<Listed, IdentityError> {
        let policy = self.policy();
        let fields: &[&str] = match channel {
            Channel::Post => &["persons.name", "persons.postal"],
            Channel::Telephone => &["persons.name", "persons.phone"],
            // Messages by e-mail go through the message gate and are never listed.
            Channel::Email => return Err(IdentityError::Forbidden),
        };
        let asked = Use { actor, subject: Subject::person(person), act: Act::Export, fields, fact };
        let grant = policy.grant::<purpose::Inform>(asked).await?;
        let row = self.db().read(move |tx| store::load(tx, person)).await?.ok_or(IdentityError::NotFound)?;
        let name: Sealed<String, category::Identity> = Sealed::from_bytes(row.name);
        let mut listed = Listed {
            registration_id: row.summary.registration_id,
            name: policy.show(&grant, fields::person("name", person), &name)?,
            phone: None,
            postal: None,
            holder: None,
        };
        if let Some(bytes) = row.phone.filter(|_| channel == Channel::Telephone) {
            let (place, sealed) =
                (fields::person("phone", person), Sealed::<String, category::Contact>::from_bytes(bytes));
            listed.phone = Some(policy.show(&grant, place, &sealed)?);
            listed.holder = Some(policy.open(&grant, place, &sealed, |phone| phone_lookup(policy, phone))?);
        }
        if let Some(bytes) = row.postal.filter(|_| channel == Channel::Post) {
            let place = fields::person("postal", person);
            let sealed: Sealed<Json<PostalAddress>, category::Postal> = Sealed::from_bytes(bytes);
            listed.postal = Some(policy.show(&grant, place, &sealed)?.reshape(|postal| postal.0.clone()));
            listed.holder =
                Some(policy.open(&grant, place, &sealed, |postal| postal_lookup(policy, &postal.0))?);
        }
        Ok(listed)
    }
}

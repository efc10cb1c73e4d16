//! The name, language and time zone with which the pages meet a signed-in person: opened once per session and node, then
//! kept in memory until the profile changes.

use std::sync::Arc;

use mailkeep_policy::{Act, Sealed, Subject, Use, category, purpose};

use super::{Greeting, store};
use crate::access::PersonAccess;
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;

impl Identity {
    /// What greets the person.
    ///
    /// # Errors
    /// When the policy refuses.
    pub async fn greeting(&self, person: &PersonAccess) -> Result<Arc<Greeting>, IdentityError> {
        if let Some((changed_at, greeting)) = self.greetings().lock().get(&person.session)
            && *changed_at == person.changed_at
        {
            return Ok(Arc::clone(greeting));
        }
        let (id, policy) = (person.person, self.policy());
        let asked = Use {
            actor: person.actor(),
            subject: Subject::person(id),
            act: Act::Read,
            fields: &["persons.name", "persons.language", "persons.time_zone"],
            fact: person.fact(),
        };
        let grant = policy.grant::<purpose::Prefill>(asked).await?;
        let row = self.db().read(move |tx| store::load(tx, id)).await?.ok_or(IdentityError::NotFound)?;
        let name: Sealed<String, category::Identity> = Sealed::from_bytes(row.name);
        // Language and time zone choose texts and the form of dates before anything is rendered.
        let choice = |column, bytes: Vec<u8>| {
            let sealed: Sealed<String, category::Identity> = Sealed::from_bytes(bytes);
            policy.open(&grant, fields::person(column, id), &sealed, Clone::clone)
        };
        let greeting = Arc::new(Greeting {
            name: policy.show(&grant, fields::person("name", id), &name)?,
            language: choice("language", row.language)?,
            time_zone: choice("time_zone", row.time_zone)?,
        });
        self.greetings().lock().put(person.session, (person.changed_at, Arc::clone(&greeting)));
        Ok(greeting)
    }
}

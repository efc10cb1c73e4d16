//! A person is asked what may be passed to a site, once for each site and for as much; and agrees.

use mailkeep_policy::{Act, Json, LookupKind, Personal, Sealed, Shown, Subject, Use, category, purpose};
use mailkeep_types::{EmailAddress, PersonId, SiteConsentId, SiteId};

use super::{SiteRequest, store};
use crate::access::{Access, PersonAccess};
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;
use crate::persons::{self, PostalAddress};
use crate::sites::Share;

/// Whether a person agreed to what a site asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ConsentState {
    /// To all of it.
    Stands(SiteConsentId),
    /// To some of it: to this.
    Grows(Vec<Share>),
    /// Never, or not any more.
    Missing,
}

/// Something that would be passed, with what it is now.
#[derive(Debug, Clone)]
pub struct ShownShare {
    /// What.
    pub share: Share,
    /// Its values; none where the profile has nothing.
    pub values: Vec<Shown<String>>,
}

impl Identity {
    /// Whether the person agreed to what the site asks for.
    ///
    /// # Errors
    /// [`IdentityError::SignInNeeded`].
    pub async fn site_consent(
        &self,
        access: &Access,
        request: &SiteRequest,
    ) -> Result<ConsentState, IdentityError> {
        let (person, site) = (access.person_in_browser()?.person, request.site.id);
        let numbered = request.site.knows_number(self.policy());
        let found = self.db().read(move |tx| store::consent_in_force(tx, person, site)).await?;
        Ok(match found {
            Some(consent) if consent.numbered != numbered => ConsentState::Missing,
            Some(consent) if request.shares.iter().all(|share| consent.shares.contains(share)) => {
                ConsentState::Stands(consent.id)
            }
            Some(consent) => ConsentState::Grows(consent.shares),
            None => ConsentState::Missing,
        })
    }

    /// Writes down that the person agrees to what the site asks for, beside what was agreed to before.
    ///
    /// # Errors
    /// [`IdentityError::SignInNeeded`].
    pub async fn agree_to_site(
        &self,
        access: &Access,
        request: &SiteRequest,
    ) -> Result<SiteConsentId, IdentityError> {
        let me = access.person_in_browser()?;
        let (person, site, asked) = (me.person, request.site.id, request.shares.clone());
        let numbered = request.site.knows_number(self.policy());
        let name = if numbered { me.registration_id.to_string() } else { self.name_for_site(site, person) };
        let (this, fresh) = (self.clone(), SiteConsentId::new(&**self.clock()));
        self.db()
            .write(move |tx| -> Result<SiteConsentId, IdentityError> {
                let before = store::consent_in_force(tx, person, site)?;
                let id = before.as_ref().map_or(fresh, |before| before.id);
                let mut shares = asked.clone();
                shares.extend(before.iter().flat_map(|before| before.shares.iter().copied()));
                let value: Personal<String, category::Identity> = Personal::new(name.clone());
                let subject = Subject::person(person);
                let sealed = this.policy().seal(subject, fields::site_consent(id), &value)?;
                let policy_id = this.policy().compiled().id;
                let row = store::NewConsent { id, person, site, shares, numbered, policy_id };
                store::write_consent(tx, &row, sealed.as_bytes(), before.is_some())?;
                Ok(id)
            })
            .await
    }

    /// A name for a person that this site alone knows: the same whenever they come back, and of no use to another site.
    fn name_for_site(&self, site: SiteId, person: PersonId) -> String {
        let hash = self.policy().lookup_hash(LookupKind::Other, &format!("site/{site}/{person}"));
        data_encoding::HEXLOWER.encode(&hash)
    }

    /// What would be passed, for the person to look at before they agree.
    ///
    /// # Errors
    /// [`IdentityError::SignInNeeded`], or when the policy refuses.
    pub async fn show_shares(
        &self,
        access: &Access,
        shares: &[Share],
    ) -> Result<Vec<ShownShare>, IdentityError> {
        let me = access.person_in_browser()?;
        let names: Vec<&str> = shares.iter().flat_map(|share| share.fields().iter().copied()).collect();
        if names.is_empty() {
            return Ok(Vec::new());
        }
        let grant = self.policy().grant::<purpose::Prefill>(own(me, &names)).await?;
        let (id, policy) = (me.person, self.policy());
        let row = self.db().read(move |tx| persons::store::load(tx, id)).await?;
        let row = row.ok_or(IdentityError::NotFound)?;
        let identity = |column, bytes: &[u8]| {
            let sealed: Sealed<String, category::Identity> = Sealed::from_bytes(bytes.to_vec());
            policy.show(&grant, fields::person(column, id), &sealed)
        };
        let mut shown = Vec::with_capacity(shares.len());
        for share in shares {
            let values = match share {
                Share::Profile => vec![
                    identity("name", &row.name)?,
                    identity("language", &row.language)?,
                    identity("time_zone", &row.time_zone)?,
                ],
                Share::Email => {
                    let sealed: Sealed<EmailAddress, category::Contact> =
                        Sealed::from_bytes(row.email.clone());
                    vec![policy.show(&grant, fields::person("email", id), &sealed)?.text()]
                }
                Share::Phone => match row.phone.clone() {
                    Some(bytes) => {
                        let sealed: Sealed<String, category::Contact> = Sealed::from_bytes(bytes);
                        vec![policy.show(&grant, fields::person("phone", id), &sealed)?]
                    }
                    None => Vec::new(),
                },
                Share::Address => match row.postal.clone() {
                    Some(bytes) => {
                        let sealed: Sealed<Json<PostalAddress>, category::Postal> = Sealed::from_bytes(bytes);
                        let postal = policy.show(&grant, fields::person("postal", id), &sealed)?;
                        vec![postal.reshape(|Json(address)| super::claims::formatted(address))]
                    }
                    None => Vec::new(),
                },
            };
            shown.push(ShownShare { share: *share, values });
        }
        Ok(shown)
    }
}

fn own<'a>(me: &PersonAccess, names: &'a [&'a str]) -> Use<'a> {
    Use {
        actor: me.actor(),
        subject: Subject::person(me.person),
        act: Act::Read,
        fields: names,
        fact: me.fact(),
    }
}

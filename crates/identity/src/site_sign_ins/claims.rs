//! A site asks what was passed: the claims of OpenID Connect Core section 5.1, as far as the person agreed, the site is
//! registered, and the policy in force lets it.

use mailkeep_policy::{Act, Actor, Fact, Json, Sealed, Shown, Subject, Use, category, purpose};
use mailkeep_protocols::openid::{ErrorCode, OpenIdError};
use mailkeep_types::EmailAddress;
use serde::Serialize;

use super::store::{self, TokenKind};
use super::{ACCESS_PREFIX, SubjectName, TASK};
use crate::error::IdentityError;
use crate::fields;
use crate::identity::Identity;
use crate::limits::{self, Admission};
use crate::origin::Origin;
use crate::persons::{self, PostalAddress};
use crate::secrets::tokens;
use crate::sites::{self, Share};

/// What is passed.
#[derive(Debug, Clone, Serialize)]
pub struct SiteClaims {
    /// The name by which the site knows the person.
    pub sub: SubjectName,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Shown<String>>,
    /// The language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<Shown<String>>,
    /// The time zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zoneinfo: Option<Shown<String>>,
    /// The e-mail address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<Shown<String>>,
    /// That the person showed it to be theirs: nobody signs in before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_verified: Option<bool>,
    /// The telephone number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone_number: Option<Shown<String>>,
    /// The postal address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<Shown<AddressClaim>>,
}

/// A postal address (OpenID Connect Core section 5.1.1).
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct AddressClaim {
    /// As on a letter.
    pub formatted: String,
    /// Street and number.
    pub street_address: String,
    /// The town.
    pub locality: String,
    /// State or region.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub region: String,
    /// The postal code.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub postal_code: String,
    /// Two letters of ISO 3166.
    pub country: String,
}

/// The lines of a postal address.
pub(super) fn formatted(address: &PostalAddress) -> String {
    let town = [address.postal_code.as_str(), address.city.as_str()];
    let town = town.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" ");
    let mut lines: Vec<&str> = address.lines.iter().map(String::as_str).collect();
    lines.extend([town.as_str(), address.region.as_str(), address.country.as_str()]);
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

fn address_claim(Json(address): &Json<PostalAddress>) -> AddressClaim {
    AddressClaim {
        formatted: formatted(address),
        street_address: address.lines.join("\n"),
        locality: address.city.clone(),
        region: address.region.clone(),
        postal_code: address.postal_code.clone(),
        country: address.country.clone(),
    }
}

fn wrong() -> OpenIdError {
    OpenIdError::new(ErrorCode::InvalidToken, "the access token is not known or has ended")
}

impl Identity {
    /// What an access token opens. Each passing is recorded with the fields that are passed.
    ///
    /// # Errors
    /// [`IdentityError::OpenId`] with `invalid_token`, which counts as a try of its network; [`IdentityError::Locked`].
    pub async fn read_site_claims(&self, token: &str, origin: &Origin) -> Result<SiteClaims, IdentityError> {
        if !token.starts_with(ACCESS_PREFIX) {
            // Another kind of token than ours: a mistake, and no try at one.
            return Err(wrong().into());
        }
        let hash = tokens::hash(token);
        let found = self
            .db()
            .read(move |tx| -> Result<_, IdentityError> {
                let Some(token) = store::find_token(tx, &hash, TokenKind::Access)? else { return Ok(None) };
                let Some(row) = store::living(tx, token.sign_in)? else { return Ok(None) };
                let Some(site) = sites::store::find(tx, row.site)? else { return Ok(None) };
                let profile = persons::store::load(tx, row.person)?;
                Ok(profile.map(|profile| (token, row, site, profile)))
            })
            .await?;
        let numbered = |site: &sites::Site| site.knows_number(self.policy());
        let Some((token, row, site, profile)) = found
            .filter(|(_, row, site, _)| site.is_known(self.policy()) && (!row.numbered || numbered(site)))
        else {
            return Err(self.wrong_site_token(origin).await?);
        };
        let may = site.may_receive(self.policy());
        let shares: Vec<Share> = token
            .shares
            .iter()
            .copied()
            .filter(|share| may.contains(share) && row.shares.contains(share))
            .collect();
        let mut names = vec!["site_consents.subject"];
        names.extend(shares.iter().flat_map(|share| share.fields().iter().copied()));
        let asked = Use {
            actor: Actor::System(TASK),
            subject: Subject::person(row.person),
            act: Act::Disclose,
            fields: &names,
            fact: Fact::SiteConsent(row.consent),
        };
        let grant = self.policy().grant::<purpose::Prefill>(asked).await?;
        let (policy, id) = (self.policy(), row.person);
        let passed = |share| shares.contains(&share);
        let subject: Sealed<String, category::Identity> = Sealed::from_bytes(row.subject);
        let identity = |column, bytes: Vec<u8>| {
            let sealed: Sealed<String, category::Identity> = Sealed::from_bytes(bytes);
            policy.show(&grant, fields::person(column, id), &sealed)
        };
        let mut claims = SiteClaims {
            sub: policy.show(&grant, fields::site_consent(row.consent), &subject)?,
            name: None,
            locale: None,
            zoneinfo: None,
            email: None,
            email_verified: None,
            phone_number: None,
            address: None,
        };
        if passed(Share::Profile) {
            claims.name = Some(identity("name", profile.name)?);
            claims.locale = Some(identity("language", profile.language)?);
            claims.zoneinfo = Some(identity("time_zone", profile.time_zone)?);
        }
        if passed(Share::Email) {
            let sealed: Sealed<EmailAddress, category::Contact> = Sealed::from_bytes(profile.email);
            claims.email = Some(policy.show(&grant, fields::person("email", id), &sealed)?.text());
            claims.email_verified = Some(true);
        }
        if let Some(bytes) = profile.phone.filter(|_| passed(Share::Phone)) {
            let sealed: Sealed<String, category::Contact> = Sealed::from_bytes(bytes);
            claims.phone_number = Some(policy.show(&grant, fields::person("phone", id), &sealed)?);
        }
        if let Some(bytes) = profile.postal.filter(|_| passed(Share::Address)) {
            let sealed: Sealed<Json<PostalAddress>, category::Postal> = Sealed::from_bytes(bytes);
            let postal = policy.show(&grant, fields::person("postal", id), &sealed)?;
            claims.address = Some(postal.reshape(address_claim));
        }
        Ok(claims)
    }

    /// Counts a token that does not work.
    async fn wrong_site_token(&self, origin: &Origin) -> Result<IdentityError, IdentityError> {
        let (network, config) = (self.limit_of_network(origin), self.config().limits.clone());
        let admission = self.db().write(move |tx| limits::admit(tx, &[network], &config)).await?;
        Ok(match admission {
            Admission::Open => wrong().into(),
            Admission::Locked { until } => IdentityError::locked(until, self.now()),
        })
    }
}

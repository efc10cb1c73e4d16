//! The tables `site_consents`, `site_sign_ins`, `site_codes` and `site_tokens`.

use mailkeep_storage::jobs::{NewJob, enqueue};
use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{PersonId, SessionId, SiteConsentId, SiteId, SiteSignInId, Timestamp};

use super::{SiteHint, SiteRequest, SiteSignOut};
use crate::jobs::TELL_SITE;
use crate::sites::{self, Share, Site};

// ---- what was agreed to ---------------------------------------------------------------------------------------------

#[derive(Clone)]
pub(super) struct ConsentRow {
    pub id: SiteConsentId,
    pub site: SiteId,
    pub shares: Vec<Share>,
    pub numbered: bool,
    pub given_at: Timestamp,
    pub used_at: Timestamp,
}

pub(super) struct NewConsent {
    pub id: SiteConsentId,
    pub person: PersonId,
    pub site: SiteId,
    pub shares: Vec<Share>,
    pub numbered: bool,
    pub policy_id: [u8; 32],
}

fn consent(row: &Row<'_>) -> Result<ConsentRow, SqlError> {
    Ok(ConsentRow {
        id: row.get(0)?,
        site: row.get(1)?,
        shares: Share::from_stored(&row.get::<String>(2)?),
        numbered: row.get(3)?,
        given_at: row.get(4)?,
        used_at: row.get(5)?,
    })
}

/// The agreement of a person with a site, unless it was taken back.
pub(super) fn consent_in_force(
    tx: &mut Tx<'_>,
    person: PersonId,
    site: SiteId,
) -> Result<Option<ConsentRow>, SqlError> {
    tx.query_opt(
        "SELECT id, site_id, shares, numbered, given_at, used_at FROM site_consents
         WHERE person_id = $1 AND site_id = $2 AND withdrawn_at IS NULL",
        params![person, site],
        consent,
    )
}

/// Writes an agreement; one that stands is replaced by the wider one.
pub(super) fn write_consent(
    tx: &mut Tx<'_>,
    new: &NewConsent,
    subject: &[u8],
    stands: bool,
) -> Result<(), SqlError> {
    let (shares, now) = (Share::stored(&new.shares), tx.now());
    if stands {
        tx.execute(
            "UPDATE site_consents SET shares = $2, numbered = $3, subject = $4, policy_id = $5, given_at = $6,
                 used_at = $6
             WHERE id = $1",
            params![new.id, &shares, new.numbered, subject, &new.policy_id, now],
        )?;
    } else {
        tx.execute(
            "INSERT INTO site_consents (id, person_id, site_id, shares, numbered, subject, policy_id, given_at, used_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)",
            params![
                new.id,
                new.person,
                new.site,
                &shares,
                new.numbered,
                subject,
                &new.policy_id,
                now
            ],
        )?;
    }
    Ok(())
}

pub(super) fn touch_consent(tx: &mut Tx<'_>, id: SiteConsentId) -> Result<(), SqlError> {
    tx.execute("UPDATE site_consents SET used_at = $2 WHERE id = $1", params![id, tx.now()])?;
    Ok(())
}

pub(super) fn withdraw(tx: &mut Tx<'_>, person: PersonId, id: SiteConsentId) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE site_consents SET withdrawn_at = $3 WHERE id = $1 AND person_id = $2 AND withdrawn_at IS NULL",
        params![id, person, tx.now()],
    )?;
    Ok(rows == 1)
}

/// Agreements in force with their sites and how many sign-ins each has that live.
pub(super) fn list_consents(
    tx: &mut Tx<'_>,
    person: PersonId,
) -> Result<Vec<(ConsentRow, Site, i64)>, SqlError> {
    let rows = tx.query(
        "SELECT c.id, c.site_id, c.shares, c.numbered, c.given_at, c.used_at,
                (SELECT COUNT(*) FROM site_sign_ins i JOIN sessions e ON e.id = i.session_id
                 WHERE i.consent_id = c.id AND i.ended_at IS NULL AND e.idle_until > $2 AND e.expires_at > $2)
         FROM site_consents c WHERE c.person_id = $1 AND c.withdrawn_at IS NULL ORDER BY c.used_at DESC, c.id",
        params![person, tx.now()],
        |row| Ok::<_, SqlError>((consent(row)?, row.get(6)?)),
    )?;
    let mut listed = Vec::with_capacity(rows.len());
    for (consent, signed_in) in rows {
        if let Some(site) = sites::store::find(tx, consent.site)? {
            listed.push((consent, site, signed_in));
        }
    }
    Ok(listed)
}

/// What the sites are called with which the person ever agreed on something.
pub(super) fn titles(tx: &mut Tx<'_>, person: PersonId) -> Result<Vec<(SiteConsentId, String)>, SqlError> {
    tx.query(
        "SELECT c.id, s.title FROM site_consents c JOIN sites s ON s.id = c.site_id WHERE c.person_id = $1",
        params![person],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

// ---- sign-ins -------------------------------------------------------------------------------------------------------

/// A sign-in that lives, with what was agreed to.
#[derive(Clone)]
pub(super) struct SignInRow {
    pub id: SiteSignInId,
    pub consent: SiteConsentId,
    pub person: PersonId,
    pub site: SiteId,
    pub shares: Vec<Share>,
    pub numbered: bool,
    pub subject: Vec<u8>,
    pub authenticated_at: Timestamp,
}

/// A sign-in lives while nobody ended it, the agreement stands, the site is open and the person's session lives.
const LIVING: &str = "FROM site_sign_ins i
     JOIN site_consents c ON c.id = i.consent_id
     JOIN sites s ON s.id = c.site_id
     JOIN sessions e ON e.id = i.session_id
     WHERE i.ended_at IS NULL AND c.withdrawn_at IS NULL AND s.status = 'active'
       AND e.idle_until > $1 AND e.expires_at > $1";

pub(super) fn living(tx: &mut Tx<'_>, id: SiteSignInId) -> Result<Option<SignInRow>, SqlError> {
    let sql = format!(
        "SELECT i.id, c.id, c.person_id, c.site_id, c.shares, c.numbered, c.subject, i.authenticated_at
         {LIVING} AND i.id = $2"
    );
    tx.query_opt(&sql, params![tx.now(), id], |row| {
        Ok(SignInRow {
            id: row.get(0)?,
            consent: row.get(1)?,
            person: row.get(2)?,
            site: row.get(3)?,
            shares: Share::from_stored(&row.get::<String>(4)?),
            numbered: row.get(5)?,
            subject: row.get(6)?,
            authenticated_at: row.get(7)?,
        })
    })
}

/// Whether the person is signed in to a site under this agreement.
pub(crate) fn stands(tx: &mut Tx<'_>, consent: SiteConsentId, person: PersonId) -> Result<bool, SqlError> {
    let sql = format!("SELECT 1 {LIVING} AND c.id = $2 AND c.person_id = $3 LIMIT 1");
    let found = tx.query_opt(&sql, params![tx.now(), consent, person], |row| row.get::<i64>(0))?;
    Ok(found.is_some())
}

pub(super) fn insert_sign_in(
    tx: &mut Tx<'_>,
    id: SiteSignInId,
    consent: SiteConsentId,
    session: SessionId,
    authenticated_at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO site_sign_ins (id, consent_id, session_id, authenticated_at, created_at)
         VALUES ($1, $2, $3, $4, $5)",
        params![id, consent, session, authenticated_at, tx.now()],
    )?;
    Ok(())
}

/// Whose sign-in it is or was.
pub(super) fn hint(tx: &mut Tx<'_>, id: SiteSignInId) -> Result<Option<SiteHint>, SqlError> {
    tx.query_opt(
        "SELECT c.site_id, i.id, c.person_id, i.session_id FROM site_sign_ins i
         JOIN site_consents c ON c.id = i.consent_id WHERE i.id = $1",
        params![id],
        |row| {
            Ok(SiteHint {
                site: row.get(0)?,
                sign_in: row.get(1)?,
                person: row.get(2)?,
                session: row.get(3)?,
            })
        },
    )
}

/// Sign-ins of which the site got tokens and was not told that they ended, at sites that want to be told.
const UNTOLD: &str = "SELECT c.site_id, i.id FROM site_sign_ins i
     JOIN site_consents c ON c.id = i.consent_id
     JOIN sites s ON s.id = c.site_id
     WHERE i.told_at IS NULL AND s.status = 'active'
       AND EXISTS (SELECT 1 FROM site_addresses a WHERE a.site_id = s.id AND a.kind = 'told')
       AND EXISTS (SELECT 1 FROM site_codes k WHERE k.sign_in_id = i.id AND k.used_at IS NOT NULL)";

fn untold(row: &Row<'_>) -> Result<SiteSignOut, SqlError> {
    Ok(SiteSignOut { site: row.get(0)?, sign_in: row.get(1)? })
}

/// Leaves a job for each, in the transaction that ends them.
fn tell(tx: &mut Tx<'_>, ended: Vec<SiteSignOut>) -> Result<(), SqlError> {
    for ended in ended {
        tx.execute("UPDATE site_sign_ins SET told_at = $2 WHERE id = $1", params![ended.sign_in, tx.now()])?;
        enqueue(tx, NewJob::new(TELL_SITE, &ended))?;
    }
    Ok(())
}

/// The sessions of a person end, all but one: the sites are told. Before the sessions are removed.
pub(crate) fn tell_of_person(
    tx: &mut Tx<'_>,
    person: PersonId,
    keep: Option<SessionId>,
) -> Result<(), SqlError> {
    let sql = format!("{UNTOLD} AND c.person_id = $1 AND i.session_id <> $2 ORDER BY i.id");
    let keep = keep.map_or(uuid::Uuid::nil(), SessionId::uuid);
    let ended = tx.query(&sql, params![person, keep], untold)?;
    tell(tx, ended)
}

/// A session ends: the sites are told. Before it is removed.
pub(crate) fn tell_of_session(tx: &mut Tx<'_>, session: SessionId) -> Result<(), SqlError> {
    let ended =
        tx.query(&format!("{UNTOLD} AND i.session_id = $1 ORDER BY i.id"), params![session], untold)?;
    tell(tx, ended)
}

/// Sessions were over by themselves: the sites are told, a part at a time. Before they are removed.
pub(crate) fn tell_of_over(tx: &mut Tx<'_>) -> Result<(), SqlError> {
    let sql = format!(
        "{UNTOLD} AND i.session_id IN (SELECT e.id FROM sessions e WHERE e.idle_until < $1 OR e.expires_at < $1)"
    );
    let ended = tx.query(&sql, params![tx.now()], untold)?;
    tell(tx, ended)
}

/// The site ended it itself and knows.
pub(super) fn end_by_site(tx: &mut Tx<'_>, id: SiteSignInId) -> Result<(), SqlError> {
    tx.execute("UPDATE site_sign_ins SET told_at = $2 WHERE id = $1", params![id, tx.now()])?;
    end_sign_in(tx, id)
}

/// Ends a sign-in; its codes and tokens are of no use from then on.
pub(super) fn end_sign_in(tx: &mut Tx<'_>, id: SiteSignInId) -> Result<(), SqlError> {
    let ended = tx.query(&format!("{UNTOLD} AND i.id = $1"), params![id], untold)?;
    tell(tx, ended)?;
    tx.execute(
        "UPDATE site_sign_ins SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL",
        params![id, tx.now()],
    )?;
    Ok(())
}

pub(super) fn end_all_of_consent(tx: &mut Tx<'_>, consent: SiteConsentId) -> Result<(), SqlError> {
    let ended =
        tx.query(&format!("{UNTOLD} AND i.consent_id = $1 ORDER BY i.id"), params![consent], untold)?;
    tell(tx, ended)?;
    tx.execute(
        "UPDATE site_sign_ins SET ended_at = $2 WHERE consent_id = $1 AND ended_at IS NULL",
        params![consent, tx.now()],
    )?;
    Ok(())
}

pub(crate) fn end_all_of_site(tx: &mut Tx<'_>, site: SiteId) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE site_sign_ins SET ended_at = $2
         WHERE ended_at IS NULL AND consent_id IN (SELECT id FROM site_consents WHERE site_id = $1)",
        params![site, tx.now()],
    )?;
    Ok(())
}

// ---- codes ----------------------------------------------------------------------------------------------------------

pub(super) struct CodeRow {
    pub sign_in: SiteSignInId,
    pub site: SiteId,
    pub address: String,
    pub challenge: [u8; 32],
    pub nonce: Option<String>,
    pub shares: Vec<Share>,
    pub offline: bool,
    pub expires_at: Timestamp,
    pub used: bool,
}

pub(super) fn insert_code(
    tx: &mut Tx<'_>,
    hash: &[u8; 32],
    sign_in: SiteSignInId,
    request: &SiteRequest,
    expires_at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO site_codes (code_hash, sign_in_id, address, challenge, nonce, shares, offline, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        params![
            hash,
            sign_in,
            request.address.as_str(),
            &request.challenge.0,
            &request.nonce,
            &Share::stored(&request.shares),
            request.offline,
            expires_at
        ],
    )?;
    Ok(())
}

pub(super) fn find_code(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<CodeRow>, SqlError> {
    tx.query_opt(
        "SELECT k.sign_in_id, c.site_id, k.address, k.challenge, k.nonce, k.shares, k.offline, k.expires_at, k.used_at
         FROM site_codes k
         JOIN site_sign_ins i ON i.id = k.sign_in_id
         JOIN site_consents c ON c.id = i.consent_id
         WHERE k.code_hash = $1",
        params![hash],
        |row| {
            Ok(CodeRow {
                sign_in: row.get(0)?,
                site: row.get(1)?,
                address: row.get(2)?,
                challenge: row.get(3)?,
                nonce: row.get(4)?,
                shares: Share::from_stored(&row.get::<String>(5)?),
                offline: row.get(6)?,
                expires_at: row.get(7)?,
                used: row.get::<Option<Timestamp>>(8)?.is_some(),
            })
        },
    )
}

/// Spends a code; false when somebody else was faster.
pub(super) fn use_code(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE site_codes SET used_at = $2 WHERE code_hash = $1 AND used_at IS NULL",
        params![hash, tx.now()],
    )?;
    Ok(rows == 1)
}

// ---- tokens ---------------------------------------------------------------------------------------------------------

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Access,
    Refresh,
}

impl TokenKind {
    const fn word(self) -> &'static str {
        match self {
            TokenKind::Access => "access",
            TokenKind::Refresh => "refresh",
        }
    }
}

pub(super) struct TokenRow {
    pub sign_in: SiteSignInId,
    pub site: SiteId,
    pub shares: Vec<Share>,
    pub used: bool,
}

pub(super) fn insert_token(
    tx: &mut Tx<'_>,
    hash: &[u8; 32],
    sign_in: SiteSignInId,
    kind: TokenKind,
    shares: &str,
    expires_at: Timestamp,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO site_tokens (token_hash, sign_in_id, kind, shares, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![hash, sign_in, kind.word(), shares, tx.now(), expires_at],
    )?;
    Ok(())
}

/// A token that is not over.
pub(super) fn find_token(
    tx: &mut Tx<'_>,
    hash: &[u8; 32],
    kind: TokenKind,
) -> Result<Option<TokenRow>, SqlError> {
    tx.query_opt(
        "SELECT t.sign_in_id, c.site_id, t.shares, t.used_at FROM site_tokens t
         JOIN site_sign_ins i ON i.id = t.sign_in_id
         JOIN site_consents c ON c.id = i.consent_id
         WHERE t.token_hash = $1 AND t.kind = $2 AND t.expires_at > $3",
        params![hash, kind.word(), tx.now()],
        |row| {
            Ok(TokenRow {
                sign_in: row.get(0)?,
                site: row.get(1)?,
                shares: Share::from_stored(&row.get::<String>(2)?),
                used: row.get::<Option<Timestamp>>(3)?.is_some(),
            })
        },
    )
}

/// Spends a refresh token; false when somebody else was faster.
pub(super) fn use_token(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE site_tokens SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL",
        params![hash, tx.now()],
    )?;
    Ok(rows == 1)
}

pub(super) fn delete_token(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<(), SqlError> {
    tx.execute("DELETE FROM site_tokens WHERE token_hash = $1", params![hash])?;
    Ok(())
}

/// Removes tokens that are over, and sign-ins whose session is gone, with what belongs to them.
pub(crate) fn sweep(tx: &mut Tx<'_>) -> Result<(), SqlError> {
    let gone =
        "sign_in_id IN (SELECT id FROM site_sign_ins WHERE session_id NOT IN (SELECT id FROM sessions))";
    let now = tx.now();
    tx.execute(&format!("DELETE FROM site_tokens WHERE expires_at < $1 OR {gone}"), params![now])?;
    tx.execute(&format!("DELETE FROM site_codes WHERE {gone}"), params![])?;
    tx.execute("DELETE FROM site_sign_ins WHERE session_id NOT IN (SELECT id FROM sessions)", params![])?;
    Ok(())
}

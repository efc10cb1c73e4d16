//! All SQL of reports about domains.

use mailkeep_storage::sql::{SqlError, Tx, params};
use mailkeep_types::{DomainId, Timestamp};

use super::{Connections, MOST_SOURCES, Seen};
use crate::deliveries::store::DAY;

/// How many reports of a provider about a domain came since then.
pub(super) fn count_reports(
    tx: &mut Tx<'_>,
    domain: DomainId,
    reporter: &str,
    since: Timestamp,
) -> Result<i64, SqlError> {
    tx.query_one(
        "SELECT CAST(COUNT(*) AS BIGINT) FROM domain_reports WHERE domain_id = $1 AND reporter = $2 AND received_at > $3",
        params![domain, reporter, since],
        |row| row.get(0),
    )
}

/// Writes a report down; false when it was counted before.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    (id, kind): (&[u8; 32], &str),
    domain: DomainId,
    reporter: &str,
    begins_at: Timestamp,
) -> Result<bool, SqlError> {
    let now = tx.now();
    let written = tx.execute(
        "INSERT INTO domain_reports (id, kind, domain_id, reporter, begins_at, received_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT DO NOTHING",
        params![id.as_slice(), kind, domain, reporter, begins_at, now],
    )?;
    Ok(written > 0)
}

/// Whether a server is named among those of a domain's day, or there is room for one more.
fn may_name(tx: &mut Tx<'_>, (domain, day): (DomainId, i64), source: &str) -> Result<bool, SqlError> {
    let (named, is_named): (i64, i64) = tx.query_one(
        "SELECT CAST(COUNT(DISTINCT source) AS BIGINT), CAST(COALESCE(MAX(CASE WHEN source = $3 THEN 1 ELSE 0 END), 0) AS BIGINT) \
         FROM dmarc_counts WHERE domain_id = $1 AND day = $2 AND source <> ''",
        params![domain, day, source],
        |row| Ok::<_, SqlError>((row.get(0)?, row.get(1)?)),
    )?;
    Ok(is_named == 1 || named < i64::try_from(MOST_SOURCES).unwrap_or(i64::MAX))
}

/// Adds messages of a day. Beyond the servers that a day names, they count together.
pub(super) fn count_mail(
    tx: &mut Tx<'_>,
    (domain, day): (DomainId, i64),
    seen: &Seen,
) -> Result<(), SqlError> {
    let mut source = seen.source.map(|source| source.to_string()).unwrap_or_default();
    if !source.is_empty() && !may_name(tx, (domain, day), &source)? {
        source.clear();
    }
    tx.execute(
        "INSERT INTO dmarc_counts AS x (domain_id, day, source, disposition, dkim, spf, messages) VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (domain_id, day, source, disposition, dkim, spf) DO UPDATE SET messages = x.messages + $7",
        params![
            domain,
            day,
            source.as_str(),
            seen.disposition.word(),
            i64::from(seen.dkim),
            i64::from(seen.spf),
            seen.messages
        ],
    )
    .map(drop)
}

/// Adds connections of a day.
pub(super) fn count_tls(
    tx: &mut Tx<'_>,
    (domain, day): (DomainId, i64),
    one: &Connections,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO tls_counts AS x (domain_id, day, policy, result, sessions) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (domain_id, day, policy, result) DO UPDATE SET sessions = x.sessions + $5",
        params![domain, day, one.policy, one.result, one.sessions],
    )
    .map(drop)
}

/// How the mail of a domain fared.
pub(super) struct MailSums {
    pub domain: DomainId,
    pub messages: i64,
    pub aligned: i64,
    pub turned_away: i64,
}

/// How the mail of domains fared from a day on, those first of which most was not aligned.
pub(super) fn mail(tx: &mut Tx<'_>, from: i64, limit: i64) -> Result<Vec<MailSums>, SqlError> {
    tx.query(
        "SELECT domain_id, CAST(SUM(messages) AS BIGINT) AS messages, \
         CAST(SUM(CASE WHEN dkim + spf > 0 THEN messages ELSE 0 END) AS BIGINT) AS aligned, \
         CAST(SUM(CASE WHEN disposition <> 'none' THEN messages ELSE 0 END) AS BIGINT) AS away, \
         CAST(SUM(CASE WHEN dkim + spf > 0 THEN 0 ELSE messages END) AS BIGINT) AS wrong \
         FROM dmarc_counts WHERE day >= $1 GROUP BY domain_id ORDER BY wrong DESC, messages DESC, domain_id LIMIT $2",
        params![from, limit],
        |row| {
            Ok(MailSums {
                domain: row.get(0)?,
                messages: row.get(1)?,
                aligned: row.get(2)?,
                turned_away: row.get(3)?,
            })
        },
    )
}

/// Servers that sent what was not aligned, with how much that was, most first.
pub(super) fn wrong_sources(
    tx: &mut Tx<'_>,
    domain: DomainId,
    from: i64,
    limit: i64,
) -> Result<Vec<(String, i64)>, SqlError> {
    tx.query(
        "SELECT source, CAST(SUM(messages) AS BIGINT) AS messages FROM dmarc_counts \
         WHERE domain_id = $1 AND day >= $2 AND dkim = 0 AND spf = 0 GROUP BY source ORDER BY messages DESC, source LIMIT $3",
        params![domain, from, limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// How connections to domains went from a day on: well, and not; the worst first.
pub(super) fn tls(tx: &mut Tx<'_>, from: i64, limit: i64) -> Result<Vec<(DomainId, i64, i64)>, SqlError> {
    tx.query(
        "SELECT domain_id, CAST(SUM(CASE WHEN result = 'success' THEN sessions ELSE 0 END) AS BIGINT) AS well, \
         CAST(SUM(CASE WHEN result = 'success' THEN 0 ELSE sessions END) AS BIGINT) AS failed \
         FROM tls_counts WHERE day >= $1 GROUP BY domain_id ORDER BY failed DESC, well DESC, domain_id LIMIT $2",
        params![from, limit],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )
}

/// How connections to a domain failed, most first.
pub(super) fn tls_failures(
    tx: &mut Tx<'_>,
    domain: DomainId,
    from: i64,
) -> Result<Vec<(String, i64)>, SqlError> {
    tx.query(
        "SELECT result, CAST(SUM(sessions) AS BIGINT) AS sessions FROM tls_counts \
         WHERE domain_id = $1 AND day >= $2 AND result <> 'success' GROUP BY result ORDER BY sessions DESC, result",
        params![domain, from],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Who reported about a domain since then, by how often.
pub(super) fn reporters(
    tx: &mut Tx<'_>,
    domain: DomainId,
    kind: &str,
    since: Timestamp,
) -> Result<Vec<String>, SqlError> {
    tx.query(
        "SELECT reporter, COUNT(*) AS n FROM domain_reports WHERE domain_id = $1 AND received_at > $3 AND kind = $2 \
         GROUP BY reporter ORDER BY n DESC, reporter LIMIT 50",
        params![domain, kind, since],
        |row| row.get(0),
    )
}

/// How many reports came since then, and when the last did.
pub(super) fn received(tx: &mut Tx<'_>, since: Timestamp) -> Result<(i64, Option<Timestamp>), SqlError> {
    tx.query_one(
        "SELECT CAST(COUNT(*) AS BIGINT), MAX(received_at) FROM domain_reports WHERE received_at > $1",
        params![since],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Removes what is older.
pub(super) fn forget(tx: &mut Tx<'_>, before: Timestamp) -> Result<(), SqlError> {
    tx.execute("DELETE FROM domain_reports WHERE received_at < $1", params![before])?;
    let day = before.as_micros().div_euclid(DAY);
    for sql in ["DELETE FROM dmarc_counts WHERE day < $1", "DELETE FROM tls_counts WHERE day < $1"] {
        tx.execute(sql, params![day])?;
    }
    Ok(())
}

//! The table `list_exports`.

use mailkeep_policy::outbound::Channel;
use mailkeep_storage::sql::{SqlError, Tx, params};
use uuid::Uuid;

use super::ListExport;

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: Uuid,
    list: &ListExport,
    policy_id: &[u8; 32],
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO list_exports (id, channel, topic, scrubbed_on, people, left_out, made_by, policy_id, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        params![
            id,
            list.channel.id(),
            &list.topic,
            &list.scrubbed_on,
            list.people,
            list.left_out,
            &list.made_by,
            policy_id,
            list.at,
        ],
    )?;
    Ok(())
}

pub(super) fn newest(tx: &mut Tx<'_>) -> Result<Vec<ListExport>, SqlError> {
    let rows = tx.query(
        "SELECT channel, topic, scrubbed_on, people, left_out, made_by, at FROM list_exports ORDER BY at DESC LIMIT 100",
        params![],
        |row| {
            let channel = Channel::from_id(&row.get::<String>(0)?);
            let (topic, scrubbed_on, people) = (row.get(1)?, row.get(2)?, row.get(3)?);
            let (left_out, made_by, at) = (row.get(4)?, row.get(5)?, row.get(6)?);
            Ok::<_, SqlError>(channel.map(|channel| ListExport {
                channel,
                topic,
                scrubbed_on,
                people,
                left_out,
                made_by,
                at,
            }))
        },
    )?;
    Ok(rows.into_iter().flatten().collect())
}

//! The tables of surveys.

use mailkeep_storage::sql::{Row, SqlError, Tx, params};
use mailkeep_types::{AnnouncementId, PersonId, StaffId, SurveyId, Timestamp};
use uuid::Uuid;

use super::figures::Counts;
use super::write::SurveyDraft;
use super::{Mode, Question, Survey};

const COLUMNS: &str = "id, mode, language, title, introduction, questions, state, opens_at, closes_at, closed_at, \
                       announcement_id, written_by, changed_at, invited, answered";

fn row(row: &Row<'_>) -> Result<Survey, SqlError> {
    let (mode, questions) = (row.get::<String>(1)?, row.get::<String>(5)?);
    Ok(Survey {
        id: row.get(0)?,
        mode: Mode::from_word(&mode)
            .ok_or_else(|| SqlError::Engine(format!("a survey of the mode {mode}")))?,
        language: row.get(2)?,
        title: row.get(3)?,
        introduction: row.get(4)?,
        questions: serde_json::from_str(&questions)
            .map_err(|error| SqlError::Engine(format!("questions of a survey: {error}")))?,
        published: row.get::<String>(6)? == "open",
        opens_at: row.get(7)?,
        closes_at: row.get(8)?,
        closed_at: row.get(9)?,
        announcement: row.get(10)?,
        written_by: row.get(11)?,
        changed_at: row.get(12)?,
        invited: row.get(13)?,
        answered: row.get(14)?,
    })
}

pub(super) fn find(tx: &mut Tx<'_>, id: SurveyId) -> Result<Option<Survey>, SqlError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM surveys WHERE id = $1"), params![id], row)
}

pub(super) fn newest(tx: &mut Tx<'_>) -> Result<Vec<Survey>, SqlError> {
    tx.query(&format!("SELECT {COLUMNS} FROM surveys ORDER BY created_at DESC LIMIT 200"), params![], row)
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: SurveyId,
    draft: &SurveyDraft,
    staff: StaffId,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO surveys (id, mode, language, title, introduction, questions, state, opens_at, closes_at, written_by,
             created_at, changed_at, invited, answered)
         VALUES ($1, $2, $3, $4, $5, '[]', 'draft', $6, $7, $8, $9, $9, 0, 0)",
        params![
            id,
            draft.mode.word(),
            &draft.language,
            &draft.title,
            &draft.introduction,
            draft.opens_at,
            draft.closes_at,
            staff,
            tx.now(),
        ],
    )?;
    Ok(())
}

pub(super) fn change(tx: &mut Tx<'_>, id: SurveyId, draft: &SurveyDraft) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE surveys SET mode = $2, language = $3, title = $4, introduction = $5, opens_at = $6, closes_at = $7,
             changed_at = $8
         WHERE id = $1",
        params![
            id,
            draft.mode.word(),
            &draft.language,
            &draft.title,
            &draft.introduction,
            draft.opens_at,
            draft.closes_at,
            tx.now(),
        ],
    )?;
    Ok(())
}

pub(super) fn set_questions(tx: &mut Tx<'_>, id: SurveyId, questions: &[Question]) -> Result<(), SqlError> {
    let text = serde_json::to_string(questions)
        .map_err(|error| SqlError::Engine(format!("questions of a survey: {error}")))?;
    tx.execute(
        "UPDATE surveys SET questions = $2, changed_at = $3 WHERE id = $1",
        params![id, &text, tx.now()],
    )?;
    Ok(())
}

pub(super) fn set_published(tx: &mut Tx<'_>, id: SurveyId, published: bool) -> Result<(), SqlError> {
    let state = if published { "open" } else { "draft" };
    tx.execute("UPDATE surveys SET state = $2, changed_at = $3 WHERE id = $1", params![id, state, tx.now()])?;
    Ok(())
}

/// Closes it; false when it was before.
pub(super) fn close(tx: &mut Tx<'_>, id: SurveyId) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE surveys SET state = 'closed', closed_at = $2, changed_at = $2 WHERE id = $1 AND closed_at IS NULL",
        params![id, tx.now()],
    )?;
    Ok(rows == 1)
}

/// Lets others who count answers of the survey wait until this transaction ends.
pub(super) fn lock(tx: &mut Tx<'_>, id: SurveyId) -> Result<(), SqlError> {
    tx.execute("UPDATE surveys SET answered = answered WHERE id = $1", params![id])?;
    Ok(())
}

pub(super) fn add_answered(tx: &mut Tx<'_>, id: SurveyId, by: i64) -> Result<(), SqlError> {
    tx.execute("UPDATE surveys SET answered = answered + $2 WHERE id = $1", params![id, by])?;
    Ok(())
}

pub(super) fn note_announcement(
    tx: &mut Tx<'_>,
    id: SurveyId,
    announcement: AnnouncementId,
) -> Result<(), SqlError> {
    tx.execute("UPDATE surveys SET announcement_id = $2 WHERE id = $1", params![id, announcement])?;
    Ok(())
}

/// The survey that is sent by an announcement.
pub(super) fn of_announcement(
    tx: &mut Tx<'_>,
    announcement: AnnouncementId,
) -> Result<Option<(SurveyId, Mode)>, SqlError> {
    let found = tx.query_opt(
        "SELECT id, mode FROM surveys WHERE announcement_id = $1",
        params![announcement],
        |row| Ok::<_, SqlError>((row.get(0)?, row.get::<String>(1)?)),
    )?;
    Ok(found.and_then(|(id, mode)| Some((id, Mode::from_word(&mode)?))))
}

/// Deletes it with all that hangs on it; false when it is not there.
pub(super) fn delete(tx: &mut Tx<'_>, id: SurveyId) -> Result<bool, SqlError> {
    tx.execute("DELETE FROM survey_answers WHERE survey_id = $1", params![id])?;
    tx.execute("DELETE FROM survey_texts WHERE survey_id = $1", params![id])?;
    tx.execute("DELETE FROM survey_counts WHERE survey_id = $1", params![id])?;
    tx.execute("DELETE FROM survey_sheets WHERE survey_id = $1", params![id])?;
    tx.execute("DELETE FROM survey_invitations WHERE survey_id = $1", params![id])?;
    Ok(tx.execute("DELETE FROM surveys WHERE id = $1", params![id])? == 1)
}

/// A link.
#[derive(Debug, Clone, Copy)]
pub(super) struct Invitation {
    pub survey: SurveyId,
    pub person: Option<PersonId>,
    pub used: bool,
}

pub(super) fn invitation(tx: &mut Tx<'_>, hash: &[u8; 32]) -> Result<Option<Invitation>, SqlError> {
    tx.query_opt(
        "SELECT survey_id, person_id, state FROM survey_invitations WHERE token_hash = $1",
        params![hash],
        |row| {
            let used = row.get::<String>(2)? != "open";
            Ok(Invitation { survey: row.get(0)?, person: row.get(1)?, used })
        },
    )
}

/// Notes a link that goes out.
pub(super) fn invite(
    tx: &mut Tx<'_>,
    id: SurveyId,
    hash: &[u8; 32],
    person: Option<PersonId>,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO survey_invitations (token_hash, survey_id, person_id, state) VALUES ($1, $2, $3, 'open')",
        params![hash, id, person],
    )?;
    tx.execute("UPDATE surveys SET invited = invited + 1 WHERE id = $1", params![id])?;
    Ok(())
}

/// Uses a link; false when it was before.
pub(super) fn use_link(tx: &mut Tx<'_>, hash: &[u8; 32], state: &str) -> Result<bool, SqlError> {
    let rows = tx.execute(
        "UPDATE survey_invitations SET state = $2 WHERE token_hash = $1 AND state = 'open'",
        params![hash, state],
    )?;
    Ok(rows == 1)
}

/// The links whose answers waited are used as all others.
pub(super) fn spend_links(tx: &mut Tx<'_>, id: SurveyId) -> Result<(), SqlError> {
    tx.execute(
        "UPDATE survey_invitations SET state = 'spent' WHERE survey_id = $1 AND state = 'fresh'",
        params![id],
    )?;
    Ok(())
}

pub(super) fn insert_sheet(tx: &mut Tx<'_>, id: Uuid, survey: SurveyId, sheet: &str) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO survey_sheets (id, survey_id, sheet) VALUES ($1, $2, $3)",
        params![id, survey, sheet],
    )?;
    Ok(())
}

pub(super) fn count_sheets(tx: &mut Tx<'_>, survey: SurveyId) -> Result<i64, SqlError> {
    tx.query_one("SELECT COUNT(*) FROM survey_sheets WHERE survey_id = $1", params![survey], |row| row.get(0))
}

pub(super) fn sheets(tx: &mut Tx<'_>, survey: SurveyId) -> Result<Vec<String>, SqlError> {
    tx.query("SELECT sheet FROM survey_sheets WHERE survey_id = $1 ORDER BY id", params![survey], |row| {
        row.get(0)
    })
}

pub(super) fn delete_sheets(tx: &mut Tx<'_>, survey: SurveyId) -> Result<(), SqlError> {
    tx.execute("DELETE FROM survey_sheets WHERE survey_id = $1", params![survey])?;
    Ok(())
}

pub(super) fn add_count(
    tx: &mut Tx<'_>,
    survey: SurveyId,
    question: u32,
    value: i64,
    by: i64,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO survey_counts (survey_id, question, value, count) VALUES ($1, $2, $3, $4)
         ON CONFLICT (survey_id, question, value) DO UPDATE SET count = survey_counts.count + excluded.count",
        params![survey, i64::from(question), value, by],
    )?;
    Ok(())
}

pub(super) fn counts(tx: &mut Tx<'_>, survey: SurveyId) -> Result<Counts, SqlError> {
    let rows = tx.query(
        "SELECT question, value, count FROM survey_counts WHERE survey_id = $1",
        params![survey],
        |row| Ok::<_, SqlError>((row.get::<i64>(0)?, row.get::<i64>(1)?, row.get::<i64>(2)?)),
    )?;
    let counts = rows.into_iter().filter_map(|(question, value, count)| {
        let question = u32::try_from(question).ok()?;
        Some(((question, value), count))
    });
    Ok(counts.collect())
}

pub(super) fn insert_text(
    tx: &mut Tx<'_>,
    id: Uuid,
    survey: SurveyId,
    question: u32,
    text: &str,
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO survey_texts (id, survey_id, question, text) VALUES ($1, $2, $3, $4)",
        params![id, survey, i64::from(question), text],
    )?;
    Ok(())
}

pub(super) fn texts(
    tx: &mut Tx<'_>,
    survey: SurveyId,
    question: u32,
    skip: i64,
    limit: i64,
) -> Result<Vec<String>, SqlError> {
    tx.query(
        "SELECT text FROM survey_texts WHERE survey_id = $1 AND question = $2 ORDER BY id LIMIT $3 OFFSET $4",
        params![survey, i64::from(question), limit, skip],
        |row| row.get(0),
    )
}

pub(super) fn insert_answers(
    tx: &mut Tx<'_>,
    id: Uuid,
    survey: SurveyId,
    person: PersonId,
    answers: &[u8],
) -> Result<(), SqlError> {
    tx.execute(
        "INSERT INTO survey_answers (id, survey_id, person_id, answers, answered_at) VALUES ($1, $2, $3, $4, $5)",
        params![id, survey, person, answers, tx.now()],
    )?;
    Ok(())
}

/// Answers with a name, sealed.
pub(super) struct AnswersRow {
    pub id: Uuid,
    pub person: PersonId,
    pub answers: Vec<u8>,
    pub at: Timestamp,
}

pub(super) fn answers(
    tx: &mut Tx<'_>,
    survey: SurveyId,
    skip: i64,
    limit: i64,
) -> Result<Vec<AnswersRow>, SqlError> {
    tx.query(
        "SELECT id, person_id, answers, answered_at FROM survey_answers WHERE survey_id = $1
         ORDER BY answered_at DESC, id LIMIT $2 OFFSET $3",
        params![survey, limit, skip],
        |row| Ok(AnswersRow { id: row.get(0)?, person: row.get(1)?, answers: row.get(2)?, at: row.get(3)? }),
    )
}

pub(super) fn count_answers(tx: &mut Tx<'_>, survey: SurveyId) -> Result<i64, SqlError> {
    tx.query_one("SELECT COUNT(*) FROM survey_answers WHERE survey_id = $1", params![survey], |row| {
        row.get(0)
    })
}

/// Whether it is the answer of the person.
pub(crate) fn is_answer_of(tx: &mut Tx<'_>, id: Uuid, person: PersonId) -> Result<bool, SqlError> {
    let found = tx.query_opt("SELECT person_id FROM survey_answers WHERE id = $1", params![id], |row| {
        row.get::<PersonId>(0)
    })?;
    Ok(found == Some(person))
}

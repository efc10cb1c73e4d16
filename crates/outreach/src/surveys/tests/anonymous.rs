use mailkeep_storage::sql::Dialect;

use super::*;
use crate::OutreachError;
use crate::surveys::{Score, Standing};
use crate::testing::on_both_engines;

/// What anonymous answers are kept in.
const TABLES: [&str; 3] = ["survey_sheets", "survey_counts", "survey_texts"];

#[test]
fn answers_are_counted_five_at_a_time_and_part_from_each_other() {
    on_both_engines(async |house| {
        persons(&house, 7).await;
        let id = survey(&house, Mode::Anonymous).await;
        let links: Vec<String> = send(&house, id).await.into_values().collect();
        assert_eq!((links.len(), house.outreach.survey(id).await.unwrap().invited), (7, 7));
        let answer = async |at: usize, score: u32| {
            let answers = [(1, value(score)), (2, text(&format!("text {at}"))), (3, value(1))];
            house.outreach.answer_survey(&links[at], sheet(&answers)).await.unwrap();
        };
        for at in 0..4 {
            answer(at, 3).await;
            let found = house.outreach.survey_results(id).await.unwrap();
            assert_eq!((found.survey.answered, found.questions[0].answered), (0, 0), "after {at}");
            assert!(found.questions.iter().all(|one| one.withheld && one.values.is_empty()));
        }
        answer(4, 10).await;
        let found = house.outreach.survey_results(id).await.unwrap();
        assert_eq!(found.survey.answered, 5);
        let nps = Score::Nps { score: -60, promoters: 1, passives: 0, detractors: 4 };
        assert_eq!(found.questions[0].score, Some(nps));
        assert_eq!(found.questions[2].values, [(1, 5), (2, 0), (3, 0)]);
        // The fifth was not asked what went wrong, and four texts are not shown.
        assert_eq!((found.questions[1].answered, found.questions[1].withheld), (4, true));
        assert_eq!(house.outreach.survey_texts(id, 2, 0, 50).await.unwrap(), Vec::<String>::new());
        assert_eq!(count(&house, "survey_texts", id).await, 4);
        assert_eq!(count(&house, "survey_sheets", id).await, 0);

        // Two more are laid aside until it is closed.
        answer(5, 1).await;
        answer(6, 1).await;
        assert_eq!(house.outreach.survey(id).await.unwrap().answered, 5);
        house.outreach.close_survey(id).await.unwrap();
        assert_eq!(house.outreach.survey(id).await.unwrap().answered, 7);
        let mut texts = house.outreach.survey_texts(id, 2, 0, 50).await.unwrap();
        texts.sort_unstable();
        assert_eq!(texts, ["text 0", "text 1", "text 2", "text 3", "text 5", "text 6"]);
        let page = house.outreach.survey_texts(id, 2, 4, 4).await.unwrap();
        assert_eq!(page.len(), 2);
    });
}

#[test]
fn nothing_says_who_answered_what_or_when() {
    on_both_engines(async |house| {
        persons(&house, 5).await;
        let id = survey(&house, Mode::Anonymous).await;
        let schema = house.db.schema().await.unwrap();
        for table in TABLES {
            let columns: Vec<&str> = schema.tables[table].keys().map(String::as_str).collect();
            let known = ["count", "id", "question", "sheet", "survey_id", "text", "value"];
            assert!(columns.iter().all(|column| known.contains(column)), "{table}: {columns:?}");
        }
        let links: Vec<String> = send(&house, id).await.into_values().collect();
        for (at, link) in links.iter().enumerate() {
            house.later(60);
            let answers = [(1, value(2)), (2, text(&format!("text {at}"))), (3, value(2))];
            house.outreach.answer_survey(link, sheet(&answers)).await.unwrap();
        }
        // Of links it is kept that they were used, and of all the same.
        let persons = "SELECT COUNT(person_id) FROM survey_invitations WHERE survey_id = $1";
        assert_eq!(rows(&house, persons, id).await, [0]);
        let fresh = "SELECT COUNT(*) FROM survey_invitations WHERE survey_id = $1 AND state <> 'spent'";
        assert_eq!(rows(&house, fresh, id).await, [0]);
        // A number that sorts by time would give the order away: these are random, as their version says.
        match house.db.dialect() {
            Dialect::Sqlite => {
                // Without a number of the row, what is found lies in the order of its key.
                for table in TABLES.into_iter().chain(["survey_invitations"]) {
                    let sql = format!("SELECT rowid FROM {table} WHERE survey_id = $1");
                    let found = house.db.read(move |tx| numbers(tx, &sql, id.uuid())).await;
                    assert!(found.is_err(), "{table} numbers its rows in the order in which they came");
                }
            }
            Dialect::Postgres => {
                // One transaction wrote all five texts, and rewrote all five links.
                for table in ["survey_texts", "survey_invitations"] {
                    let sql = format!("SELECT COUNT(DISTINCT xmin::text) FROM {table} WHERE survey_id = $1");
                    let found = house.db.read(move |tx| numbers(tx, &sql, id.uuid())).await.unwrap();
                    assert_eq!(found, [1], "{table}");
                }
                let sql = "SELECT COUNT(*) FROM survey_texts WHERE survey_id = $1
                           AND get_byte(id, 6) >> 4 <> 4";
                assert_eq!(rows(&house, sql, id).await, [0]);
                // They lie in the order of their random numbers.
                let sql =
                    "SELECT CAST(split_part(trim(ctid::text, '()'), ',', 2) AS BIGINT) FROM survey_texts
                           WHERE survey_id = $1 ORDER BY id";
                let places = rows(&house, sql, id).await;
                assert!(places.is_sorted(), "{places:?}");
            }
        }
    });
}

#[test]
fn a_link_answers_once_and_looking_changes_nothing() {
    on_both_engines(async |house| {
        persons(&house, 1).await;
        let id = survey(&house, Mode::Anonymous).await;
        let link = send(&house, id).await.into_values().next().unwrap();
        for _ in 0..3 {
            assert_eq!(house.outreach.invited(&link).await.unwrap().standing, Standing::Open);
        }
        let answers = sheet(&[(1, value(9)), (3, value(2))]);
        for wrong in [
            sheet(&[]),
            sheet(&[(3, value(2))]),
            sheet(&[(1, value(11)), (3, value(1))]),
            sheet(&[(1, value(9)), (3, Given::Values(vec![]))]),
            sheet(&[(1, text("nine")), (3, value(1))]),
            sheet(&[(1, Given::Values(vec![1, 2])), (3, value(1))]),
        ] {
            let refused = house.outreach.answer_survey(&link, wrong.clone()).await;
            assert!(matches!(refused, Err(OutreachError::Field { .. })), "{wrong:?}: {refused:?}");
        }
        house.outreach.answer_survey(&link, answers.clone()).await.unwrap();
        let again = house.outreach.answer_survey(&link, answers.clone()).await;
        assert!(matches!(again, Err(OutreachError::State(_))), "{again:?}");
        assert_eq!(house.outreach.invited(&link).await.unwrap().standing, Standing::Answered);
        assert_eq!(count(&house, "survey_sheets", id).await, 1);
        for unknown in ["", "x", &link[1..]] {
            assert!(matches!(house.outreach.invited(unknown).await, Err(OutreachError::LinkInvalid)));
            let refused = house.outreach.answer_survey(unknown, answers.clone()).await;
            assert!(matches!(refused, Err(OutreachError::LinkInvalid)), "{refused:?}");
        }
        house.outreach.delete_survey(id).await.unwrap();
        for table in TABLES.into_iter().chain(["survey_invitations"]) {
            assert_eq!(count(&house, table, id).await, 0, "{table}");
        }
        assert!(matches!(house.outreach.invited(&link).await, Err(OutreachError::LinkInvalid)));
    });
}

#[test]
fn two_at_once_by_one_link_are_one() {
    on_both_engines(async |house| {
        persons(&house, 6).await;
        let id = survey(&house, Mode::Anonymous).await;
        let links: Vec<String> = send(&house, id).await.into_values().collect();
        let mut tasks = Vec::new();
        for link in links.iter().chain(&links) {
            let (outreach, link) = (house.outreach.clone(), link.clone());
            let answers = sheet(&[(1, value(7)), (3, value(3))]);
            tasks.push(tokio::spawn(async move { outreach.answer_survey(&link, answers).await.is_ok() }));
        }
        let mut taken = 0;
        for task in tasks {
            taken += usize::from(task.await.unwrap());
        }
        assert_eq!(taken, 6);
        house.outreach.close_survey(id).await.unwrap();
        let found = house.outreach.survey_results(id).await.unwrap();
        assert_eq!((found.survey.answered, found.questions[0].answered), (6, 6));
    });
}

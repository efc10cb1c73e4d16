mod draws;
mod entering;

use std::time::Duration;

use mailkeep_types::{ContestId, StaffId};
use uuid::Uuid;

use super::{ContestDraft, Eligibility, Entering};
use crate::testing::{House, numbers};

fn writer() -> StaffId {
    StaffId::from_uuid(Uuid::nil())
}

fn draft(house: &House, eligibility: Eligibility) -> ContestDraft {
    let now = house.outreach.now();
    ContestDraft {
        slug: "a-year-of-mail".to_owned(),
        language: "en".to_owned(),
        title: "Win a year of mail".to_owned(),
        introduction: "Three of you get **a year of mail**.".to_owned(),
        rules: "One entry for each of you.".to_owned(),
        eligibility,
        minimum_age: 18,
        places: 3,
        opens_at: now,
        closes_at: now.plus(Duration::from_secs(30 * 86_400)),
    }
}

async fn contest(house: &House, eligibility: Eligibility) -> ContestId {
    let id = house.outreach.write_contest(writer(), None, draft(house, eligibility)).await.unwrap();
    house.outreach.publish_contest(id).await.unwrap();
    id
}

fn entering(rules_version: i64) -> Entering {
    Entering { rules_version, old_enough: true, language: "en".to_owned() }
}

async fn count(house: &House, table: &'static str, id: ContestId) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM {table} WHERE contest_id = $1");
    house.db.read(move |tx| numbers(tx, &sql, id.uuid())).await.unwrap()[0]
}

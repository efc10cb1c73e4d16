//! The tables of this crate, as the policy's registry knows them. A column that is not here stops the start.

use mailkeep_policy::CategoryId;
use mailkeep_policy::personal_records;
use mailkeep_policy::records::{Owner, Record, Term};

pub(crate) const RECORDS: &[Record] = personal_records! {
    /// Visitors who asked for topics without an account.
    subscribers of Owner::Subscriber("id"), from "the subscription form", row id {
        personal { email: Contact }
        lookups { email_lookup }
        plain { id, language, state, topics, token_hash, asked_at, confirmed_at, ended_at }
    }
    /// What was written to many.
    announcements of Owner::House, from "staff who write" {
        plain { id, topic, class, language, title, body, state, written_by, created_at, changed_at, begun_at, finished_at,
            next_kind, next_id, considered, queued, stopped_because, changed_by, send_at, asked_at, approved_by,
            approved_at, other_title, queued_other, counts_links, coupon_id, listed, format, readers }
    }
    /// How often the links of announcements were followed, by nobody in particular.
    announcement_clicks of Owner::House, from "those who follow links" {
        plain { announcement_id, link, subject, clicks }
    }
    /// To whom announcements went.
    announcement_recipients of Owner::Subject, from "the sending of an announcement" {
        lookups { address }
        plain { announcement_id, subject_kind, subject_id, outbound_id, at }
    }
    /// What came back of messages: that they were not delivered, or a complaint.
    mail_returns of Owner::Subject, from "reports of mail servers and providers" {
        plain { outbound_id, what, subject_kind, subject_id, announcement_id, at }
    }
    /// Surveys.
    surveys of Owner::House, from "staff who write" {
        plain { id, mode, language, title, introduction, questions, state, opens_at, closes_at, closed_at, announcement_id,
            written_by, created_at, changed_at, invited, answered }
    }
    /// Links to surveys, and that they were used; whose they are, of those with names only.
    survey_invitations of Owner::Person("person_id"), from "the sending of a survey" {
        plain { token_hash, survey_id, person_id, state }
    }
    /// Anonymous answers that wait for others.
    survey_sheets of Owner::House, from "a survey without names" {
        plain { id, survey_id, sheet }
    }
    /// How often what was answered.
    survey_counts of Owner::House, from "surveys" {
        plain { survey_id, question, value, count }
    }
    /// Anonymous texts.
    survey_texts of Owner::House, from "a survey without names" {
        plain { id, survey_id, question, text }
    }
    /// What you answered in surveys with your name.
    survey_answers of Owner::Person("person_id"), from "a survey that keeps answers with names", row id {
        personal { answers: SurveyAnswer }
        plain { id, survey_id, person_id, answered_at }
        ends { Term::delete(CategoryId::SurveyAnswer, "answered_at") }
    }
    /// Contests.
    contests of Owner::House, from "staff who write" {
        plain { id, slug, language, title, introduction, eligibility, minimum_age, places, state, opens_at, closes_at,
            rules_version, sealed_seed, commitment, list_hash, seed, frozen_at, drawn_at, called_off_at, written_by,
            created_at, changed_at }
    }
    /// The versions of their rules.
    contest_rules of Owner::House, from "staff who write" {
        plain { contest_id, version, rules, at }
    }
    /// Contests that you entered.
    contest_entries of Owner::Subject, from "the page of a contest", row id {
        personal { number: ContestEntry }
        lookups { address, number_lookup }
        plain { id, contest_id, subject_kind, subject_id, rules_version, age_stated, language, entered_at }
        ends { Term::delete(CategoryId::ContestEntry, "entered_at") }
    }
    /// Numbers of entries, which say nothing of whose they are.
    contest_numbers of Owner::House, from "contests" {
        plain { contest_id, number, place }
    }
    /// Posts of the blog, under names that everybody shall read.
    posts of Owner::House, from "staff who write" {
        plain { id, slug, language, title, summary, body, author, tags, published_at, announcement_id, written_by,
            created_at, changed_at, newsletter_id }
    }
    /// Outages and planned maintenance.
    incidents of Owner::House, from "staff who report" {
        plain { id, kind, title, components, starts_at, planned_until, noticed_at, ended_at, cancelled_at, written_by,
            created_at }
    }
    /// What was said of them.
    incident_updates of Owner::House, from "staff who report" {
        plain { id, incident_id, what, text, written_by, at }
    }
    /// How far customers were told of it.
    incident_mailings of Owner::House, from "the telling of an incident" {
        plain { update_id, incident_id, next_person, considered, queued, finished_at }
    }
    /// How far those who chose to hear of the service were gone through.
    incident_readers of Owner::House, from "the telling of an incident" {
        plain { update_id, topic, incident_id, next_kind, next_id, queued, finished_at }
    }
    /// Lists for letters and calls that were made; not who was on them.
    list_exports of Owner::House, from "the command line" {
        plain { id, channel, topic, scrubbed_on, people, left_out, made_by, policy_id, at }
    }
};

#[cfg(test)]
mod tests {
    use mailkeep_policy::records::compare;
    use mailkeep_storage::both_engines;
    use mailkeep_storage::sql::Database;

    use super::RECORDS;

    both_engines!(every_column_of_our_tables_is_declared, |db: Database| async move {
        let mut schema = db.schema().await.unwrap();
        schema.tables.retain(|table, _| RECORDS.iter().any(|record| record.table == table));
        assert_eq!(schema.tables.len(), RECORDS.len());
        assert_eq!(compare(RECORDS, &schema), vec![]);
    });
}

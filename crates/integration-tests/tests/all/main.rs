//! The real binary and its parts, driven from outside.

mod add_ons;
mod announcement_crash;
mod blobs_in_s3;
mod blog;
mod break_glass;
mod browser_journeys;
mod campaigns;
mod canned_replies;
mod cases;
mod certificates;
mod contests;
mod crash;
mod downloads;
mod experiments;
mod followed_links;
mod hostile;
mod http_api;
mod keys;
mod knowledgebase;
mod lists;
mod mail_returns;
mod mail_tickets;
mod main_job;
mod message_trace;
mod offers;
mod operation;
mod outside_clients;
mod outside_postfix;
mod own_data;
mod policy_kept;
mod recipients_voice;
mod relying_sites;
mod reports;
mod reports_of_others;
mod sabotages;
mod scanned_files;
mod sending_counts;
mod status_feeds;
mod stolen_mailboxes;
mod surveys;
mod tickets;
mod tickets_macros;
mod tickets_rules;
mod tickets_search;
mod tickets_staff_mail;
mod tickets_tools;
mod webhooks;

use std::path::PathBuf;

use mailkeep_integration_tests::installation::Setup;
use mailkeep_storage::sql::MigrationSet;
use mailkeep_storage::testing::migrated_postgres_url;

/// The Python with the clients of the tests. `./dev test` makes it; without it the test says so and is skipped.
fn python() -> Option<PathBuf> {
    let found = std::env::var_os("MAILKEEP_TEST_PYTHON").map(PathBuf::from);
    if found.is_none() {
        eprintln!("skipped: MAILKEEP_TEST_PYTHON is not set; ./dev test makes a Python with what is needed");
    }
    found
}

/// Databases on an engine; `None` where PostgreSQL is asked for and not installed.
fn on(engine: &str) -> Option<Setup> {
    match engine {
        "sqlite" => Some(Setup::default()),
        _ => Some(Setup {
            database_url: migrated_postgres_url(MigrationSet::Main)?,
            keys_url: migrated_postgres_url(MigrationSet::Keys)?,
            migrated: true,
            ..Setup::default()
        }),
    }
}

/// Makes a test for each engine from an `async fn(Setup) -> anyhow::Result<()>`.
macro_rules! on_both_engines {
    ($name:ident) => {
        mod $name {
            async fn on(engine: &str) {
                let Some(setup) = crate::on(engine) else { return };
                if let Err(error) = super::$name(setup).await {
                    panic!("{error:?}");
                }
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                on("sqlite").await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                on("postgres").await;
            }
        }
    };
}
pub(crate) use on_both_engines;

//! Outgoing mail: destinations and answers, never addresses or content.

use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::page::Page;
use crate::paging::Paging;
use crate::samples;

/// Messages on their way.
#[derive(Debug, Serialize)]
pub struct QueuePage {
    /// The messages of this page of the list.
    pub messages: Vec<QueueRow>,
    /// Where in the list.
    pub paging: Paging,
}

/// A message on its way.
#[derive(Debug, Clone, Serialize)]
pub struct QueueRow {
    /// Its id.
    pub id: String,
    /// The domain it goes to.
    pub destination: String,
    /// How many recipients there.
    pub recipients: i64,
    /// Since when.
    pub at: Timestamp,
    /// How often it was tried.
    pub attempts: i64,
    /// What the other server said last.
    pub last_answer: String,
}

impl Page for QueuePage {
    const TEMPLATE: &'static str = "console/queue.html";

    fn samples() -> Vec<Self> {
        let row = |destination: &str, attempts, answer: &str| QueueRow {
            id: destination.to_owned(),
            destination: destination.to_owned(),
            recipients: attempts + 1,
            at: samples::minutes_ago(90),
            attempts,
            last_answer: answer.to_owned(),
        };
        vec![
            QueuePage {
                messages: vec![
                    row("example.net", 0, ""),
                    row("example.org", 3, "451 4.7.1 Please try again later"),
                ],
                paging: Paging { page: 1, size: 50, total: 2 },
            },
            QueuePage { messages: Vec::new(), paging: Paging { page: 1, size: 50, total: 0 } },
        ]
    }
}

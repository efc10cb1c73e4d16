//! Outgoing mail: destinations and answers, never addresses or content.

use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::messages::msg;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
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
    /// Whether it waits for a decision of the abuse desk.
    pub held: bool,
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
            held: destination.ends_with(".com"),
        };
        vec![
            QueuePage {
                messages: vec![
                    row("example.net", 0, ""),
                    row("example.org", 3, "451 4.7.1 Please try again later"),
                    row("example.com", 0, ""),
                ],
                paging: Paging { page: 1, size: 50, total: 3 },
            },
            QueuePage { messages: Vec::new(), paging: Paging { page: 1, size: 50, total: 0 } },
        ]
    }
}

/// `GET /console/queue`
pub async fn show(ctx: Ctx) -> Answer {
    let mut paging = Paging::asked(ctx.query.get("page"), 50);
    let messages = paging
        .cut(ctx.state.office.list_queued(5_000).await?)
        .into_iter()
        .map(|message| QueueRow {
            id: message.id.to_string(),
            destination: message
                .destinations
                .iter()
                .map(|(name, _)| name.as_str())
                .collect::<Vec<_>>()
                .join(", "),
            recipients: message.destinations.iter().map(|(_, count)| count).sum(),
            at: message.created_at,
            attempts: message.attempts,
            last_answer: message.last_code.map_or_else(String::new, |code| code.to_string()),
            held: message.held,
        })
        .collect();
    ctx.page(&QueuePage { messages, paging })
}

/// `POST /console/queue/{message}/now`
pub async fn try_now(ctx: Ctx) -> Answer {
    ctx.state.office.retry_queued(ctx.param("message")?).await?;
    ctx.done("/console/queue", msg("queue-tried"))
}

//! What waits for a person.

use serde::Serialize;

use crate::page::Page;

/// The overview of the console.
#[derive(Debug, Serialize)]
pub struct ConsolePage {
    /// The figures.
    pub figures: Vec<Figure>,
}

/// A figure with its list.
#[derive(Debug, Clone, Serialize)]
pub struct Figure {
    /// Names its text.
    pub id: &'static str,
    /// The figure.
    pub value: i64,
    /// The list behind it, if the reader may open it.
    pub href: Option<&'static str>,
}

impl Page for ConsolePage {
    const TEMPLATE: &'static str = "console/overview.html";

    fn samples() -> Vec<Self> {
        let figure = |id, value, href| Figure { id, value, href };
        vec![ConsolePage {
            figures: vec![
                figure("orders_in_review", 3, Some("/console/orders")),
                figure("queue", 1240, Some("/console/queue")),
                figure("jobs_dead", 0, None),
            ],
        }]
    }
}

//! What is not served again: the block list of the screening.

use mailkeep_commerce::screening::blocks::{Block, BlockReason};
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::paging::Paging;
use crate::routes::Answer;
use crate::samples;

/// The block list.
#[derive(Debug, Serialize)]
pub struct BlocksPage {
    /// The entries of this page of the list.
    pub blocks: Vec<BlockRow>,
    /// Where in the list.
    pub paging: Paging,
    /// The reasons for a block.
    pub causes: Vec<&'static str>,
    /// A domain as typed.
    pub form: Form,
}

/// An entry; what came with an order is kept as a hash and cannot be read.
#[derive(Debug, Clone, Serialize)]
pub struct BlockRow {
    /// Its id.
    pub id: String,
    /// `mail_address`, `mail_domain`, `network` or `card`.
    pub kind: &'static str,
    /// The domain, where one was entered by hand.
    pub domain: Option<String>,
    /// Why.
    pub cause: &'static str,
    /// The order that led to it.
    pub order: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// When it ends by itself.
    pub until: Timestamp,
}

impl BlockRow {
    fn of(block: Block) -> Self {
        BlockRow {
            id: block.id.to_string(),
            kind: block.kind.word(),
            domain: block.domain,
            cause: block.reason.word(),
            order: block.order.map(|order| order.to_string()),
            since: block.since,
            until: block.until,
        }
    }
}

impl Page for BlocksPage {
    const TEMPLATE: &'static str = "console/blocks.html";

    fn samples() -> Vec<Self> {
        let row = |kind, domain: Option<&str>, cause| BlockRow {
            id: "b".to_owned(),
            kind,
            domain: domain.map(str::to_owned),
            cause,
            order: domain.is_none().then(|| "o".to_owned()),
            since: samples::days_ago(12),
            until: samples::days_ago(-353),
        };
        let page = |blocks: Vec<BlockRow>, form| BlocksPage {
            paging: Paging { page: 1, size: 50, total: 3 },
            blocks,
            causes: causes(),
            form,
        };
        let rows = vec![
            row("mail_domain", Some("burner.example"), "spam"),
            row("card", None, "card_testing"),
            row("mail_address", None, "false_identity"),
        ];
        vec![page(rows, Form::new()), page(Vec::new(), Form::new().wrong("domain", msg("form-required")))]
    }
}

fn causes() -> Vec<&'static str> {
    BlockReason::ALL.map(BlockReason::word).to_vec()
}

/// `GET /console/blocks`
pub async fn show(ctx: Ctx) -> Answer {
    let page = page(&ctx, Form::new()).await?;
    ctx.page(&page)
}

async fn page(ctx: &Ctx, form: Form) -> Result<BlocksPage, WebError> {
    let mut paging = Paging::asked(ctx.query.get("page"), 50);
    let blocks = paging.cut(ctx.state.commerce.list_blocks().await?);
    let blocks = blocks.into_iter().map(BlockRow::of).collect();
    Ok(BlocksPage { blocks, paging, causes: causes(), form })
}

/// `POST /console/blocks`: blocks a whole mail domain.
pub async fn add(ctx: Ctx) -> Answer {
    let mut form = Form::of(&ctx.form);
    let staff = ctx.who.staff()?.staff;
    let Some(reason) = BlockReason::from_word(ctx.form.get("cause")) else {
        form.refuse("cause", msg("form-required"));
        let page = page(&ctx, form).await?;
        return ctx.refused(&page);
    };
    match ctx.state.commerce.block_domain(staff, ctx.form.get("domain"), reason).await {
        Ok(()) => ctx.done("/console/blocks", msg("block-added")),
        Err(error) => {
            form.take(error, &["domain"])?;
            let page = page(&ctx, form).await?;
            ctx.refused(&page)
        }
    }
}

/// `POST /console/blocks/{block}/lift`
pub async fn lift(ctx: Ctx) -> Answer {
    ctx.state.commerce.unblock(ctx.param("block")?).await?;
    ctx.done("/console/blocks", msg("block-lifted"))
}

//! An announcement is written: begun empty, with what it is to announce or with the words of another, and kept as a draft.

use mailkeep_outreach::announcements::{Announcement, Draft, Format, MAX_BODY, Readers};
use mailkeep_outreach::contests::{self, Contest, ContestState};
use mailkeep_outreach::offers::Offer;
use mailkeep_types::AnnouncementId;

use super::one::{Kept, blank, page};
use crate::announced;
use crate::center::profile::language_of;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::mjml::Fault;
use crate::routes::Answer;

/// Another like one that was sent: its words, and not what was only of that day.
fn again(before: &Announcement) -> Form {
    Form::new()
        .with("topic", before.topic.clone())
        .with("language", before.language.clone())
        .with("title", before.title.clone())
        .with("body", before.body.clone())
        .with("format", before.format.word())
        .with("readers", before.readers.word())
        .with("listed", if before.listed { "yes" } else { "" })
        .with("counts_links", if before.counts_links { "yes" } else { "" })
}

/// `GET /console/announcements/new`, with a topic, a contest or another announcement to begin with.
pub async fn show_new(ctx: Ctx) -> Answer {
    let mut form = Form::new()
        .with("language", ctx.language.clone())
        .with("topic", ctx.query.get("topic"))
        .with("format", Format::Markdown.word());
    if let Ok(id) = ctx.query.get("contest").parse() {
        let contest = ctx.state.outreach.contest(id).await?;
        if contest.state(ctx.state.clock.now()) == ContestState::Draft {
            return Err(WebError::NotFound);
        }
        form = of_contest(&ctx, &contest);
    }
    if let Ok(id) = ctx.query.get("from").parse() {
        let before = ctx.state.outreach.announcement(id).await?;
        let kept = Kept { coupon: None, readers: &before.readers };
        return ctx.page(&blank(&ctx, again(&before), kept).await?);
    }
    ctx.page(&blank(&ctx, form, Kept::NOTHING).await?)
}

/// What announces a contest: its title and text, with a link to its page.
fn of_contest(ctx: &Ctx, contest: &Contest) -> Form {
    let link = format!("{}/contests/{}", ctx.state.config.public_url.trim_end_matches('/'), contest.slug);
    let read = ctx.state.renderer.text(&contest.language, &msg("contest-announce-read"));
    Form::new()
        .with("topic", contests::TOPIC)
        .with("format", Format::Markdown.word())
        .with("language", contest.language.clone())
        .with("title", contest.title.clone())
        .with("body", format!("{}\n\n[{read}]({link})\n", contest.introduction))
}

fn draft(ctx: &Ctx) -> Draft {
    Draft {
        topic: ctx.form.get("topic").to_owned(),
        language: language_of(ctx.form.get("language")),
        title: ctx.form.get("title").to_owned(),
        other_title: Some(ctx.form.get("other_title").trim().to_owned()).filter(|title| !title.is_empty()),
        counts_links: !ctx.form.get("counts_links").is_empty(),
        body: ctx.form.lines("body"),
        format: Format::from_word(ctx.form.get("format")),
        readers: Readers::from_word(ctx.form.get("readers")),
        offer: match ctx.form.get("coupon") {
            "" => None,
            // What is no number is one that there is no coupon of.
            coupon => Some(Offer { coupon: coupon.parse().unwrap_or_default() }),
        },
        listed: ctx.form.ticked("listed"),
    }
}

/// What is wrong with a design. How long a text may be is said before anything is read.
fn fault(draft: &Draft) -> Option<Fault> {
    let fits = !draft.body.trim().is_empty() && draft.body.len() <= MAX_BODY;
    fits.then(|| announced::render(draft.format, &draft.body).err()).flatten()
}

async fn write(ctx: &Ctx, id: Option<AnnouncementId>) -> Answer {
    let staff = ctx.who.staff()?.staff;
    let mut form = Form::of(&ctx.form);
    let draft = draft(ctx);
    if let Some(fault) = fault(&draft) {
        form.refuse("body", fault.words());
    } else {
        match ctx.state.outreach.write_announcement(staff, id, draft).await {
            Ok(id) => return ctx.done(&format!("/console/announcements/{id}"), msg("announcement-saved")),
            Err(error) => form.take(error, &["topic", "title", "other_title", "body", "coupon", "listed"])?,
        }
    }
    match id {
        None => {
            let readers = Readers::from_word(ctx.form.get("readers"));
            ctx.refused(&blank(ctx, form, Kept { coupon: None, readers: &readers }).await?)
        }
        Some(id) => {
            let announcement = ctx.state.outreach.announcement(id).await?;
            ctx.refused(&page(ctx, announcement, Some(form)).await?)
        }
    }
}

/// `POST /console/announcements`
pub async fn submit(ctx: Ctx) -> Answer {
    write(&ctx, None).await
}

/// `POST /console/announcements/{announcement}`
pub async fn change(ctx: Ctx) -> Answer {
    let id = ctx.param("announcement")?;
    write(&ctx, Some(id)).await
}

//! One announcement: a draft to write, or how its sending stands, and what readers will see of it.

use mailkeep_outreach::announcements::{Announcement, AnnouncementState, Clicks, Readers};
use mailkeep_outreach::returns::{ReturnFigures, StopReason};
use mailkeep_policy::outbound::Channel;
use mailkeep_types::{DomainName, EmailAddress, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use crate::announced;
use crate::center::profile::languages;
use crate::console::rules::edit::plan_keys;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::mail::topic_name;
use crate::messages::{Msg, msg};
use crate::offers::{self, OfferWords};
use crate::options::Choose;
use crate::page::Page;
use crate::render::Renderer;
use crate::routes::Answer;
use crate::samples;

/// One announcement: a draft to write, or how its sending stands.
#[derive(Debug, Serialize)]
pub struct AnnouncementPage {
    /// Its number; empty for a new one.
    pub id: String,
    /// Where it stands.
    pub state: &'static str,
    /// Topic, subject, text.
    pub form: Form,
    /// Topics to choose from.
    pub topics: Vec<Choose>,
    /// Languages to choose from.
    pub languages: Vec<Choose>,
    /// Coupons to choose from; with one it is an offer.
    pub coupons: Vec<Choose>,
    /// For whom it may be.
    pub readers: Vec<Choose>,
    /// For whom it is, in words.
    pub read_by: Msg,
    /// What it offers.
    pub offer: Option<OfferPart>,
    /// Whether everybody finds it on the site.
    pub listed: bool,
    /// Its topic in words.
    pub topic: Option<Msg>,
    /// Its class.
    pub class: String,
    /// How many would get it now.
    pub audience: Option<i64>,
    /// How many messages passed the gate.
    pub queued: i64,
    /// How many were gone through.
    pub considered: i64,
    /// What came back.
    pub returns: ReturnFigures,
    /// The other subject, which every other reader has, and how many that are.
    pub other: Option<(String, i64)>,
    /// How often links were followed, where that is counted.
    pub links: Option<Vec<LinkRow>>,
    /// Why it stopped by itself.
    pub stopped_because: Option<StopReason>,
    /// When it begins by itself.
    pub send_at: Option<Timestamp>,
    /// When sending began.
    pub begun_at: Option<Timestamp>,
    /// When it ended.
    pub finished_at: Option<Timestamp>,
    /// Whether somebody else looked at it, or must.
    pub approval: Approval,
    /// The time zone of the house, in which times are typed.
    pub zone: String,
    /// The domain that test messages go to.
    pub house: String,
    /// The domain that it comes from, when nothing can be signed for it.
    pub unsigned: Option<String>,
}

/// What an offer gives, and how often it was used.
#[derive(Debug, Clone, Serialize)]
pub struct OfferPart {
    /// In words; nothing where its coupon is worth nothing any more.
    pub words: Option<OfferWords>,
    /// How many orders used its coupon since sending began; not who.
    pub used: Option<i64>,
}

/// How often a link was followed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct LinkRow {
    /// Where it leads.
    pub address: String,
    /// By readers of the first subject.
    pub first: i64,
    /// By readers of the other one.
    pub other: i64,
}

/// Whether somebody else looked at it, or must.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Approval {
    /// It goes nowhere before.
    pub needed: bool,
    /// To how many addresses it goes without.
    pub alone: i64,
    /// Since when it waits.
    pub asked_at: Option<Timestamp>,
    /// Whether whoever looks may approve it: not whose words they are.
    pub may: bool,
    /// The words that are looked at, by when they were changed.
    pub seen: String,
    /// Who approved it.
    pub by: Option<String>,
    /// When.
    pub at: Option<Timestamp>,
}

impl Page for AnnouncementPage {
    const TEMPLATE: &'static str = "console/announcement.html";

    fn samples() -> Vec<Self> {
        let page = |id: &str, state, form: Form, audience, queued, considered| AnnouncementPage {
            id: id.to_owned(),
            state,
            form,
            topics: vec![
                Choose::new("newsletter", "Newsletter"),
                Choose::new("special_offers", "Special offers"),
            ],
            languages: languages(),
            coupons: sample_coupons(),
            readers: vec![
                Choose::new("all", "Everybody who wants it"),
                Choose::new("customers", "Customers"),
            ],
            read_by: in_words(&Readers::Customers),
            offer: None,
            listed: state == "sent",
            topic: (!id.is_empty()).then(|| topic_name("special_offers")),
            class: "marketing".to_owned(),
            audience,
            queued,
            considered,
            returns: match state {
                "draft" | "scheduled" => ReturnFigures::default(),
                _ => ReturnFigures { hard: 7, other: 12, complaints: 1 },
            },
            other: (state == "sent").then(|| ("Pay two months, get three".to_owned(), 642)),
            links: (state == "sent").then(|| {
                let row = |address: &str, first, other| LinkRow { address: address.to_owned(), first, other };
                vec![
                    row("https://www.mailkeep.example/plans", 61, 88),
                    row("https://www.mailkeep.example/blog/three-months", 4, 0),
                ]
            }),
            stopped_because: None,
            send_at: (state == "scheduled").then(|| samples::days_ago(-2)),
            begun_at: (!["draft", "scheduled"].contains(&state)).then(|| samples::minutes_ago(4)),
            finished_at: (state == "sent").then(|| samples::minutes_ago(1)),
            approval: Approval { alone: 1000, ..Approval::default() },
            zone: "America/New_York".to_owned(),
            house: "mailkeep.example".to_owned(),
            unsigned: None,
        };
        let approval = |may, asked: bool, approved: bool| Approval {
            needed: !approved,
            alone: 1000,
            asked_at: asked.then(|| samples::minutes_ago(50)),
            may,
            seen: samples::minutes_ago(60).to_string(),
            by: approved.then(|| "rosalind".to_owned()),
            at: approved.then(|| samples::minutes_ago(9)),
        };
        let written = Form::new()
            .with("topic", "special_offers")
            .with("language", "en")
            .with("format", "markdown")
            .with("title", "Three months for the price of two")
            .with("body", "Until the end of June, **every plan** costs a third less.\n\n* no code needed\n* ends by itself");
        let wrong = Form::new().with("language", "en").wrong("title", msg("form-required"));
        let offer = |used| Some(OfferPart { words: sample_words(), used });
        let offered = written.clone().with("coupon", "c").with("listed", "yes");
        vec![
            page("", "draft", wrong, None, 0, 0),
            AnnouncementPage {
                unsigned: Some("news.mailkeep.example".to_owned()),
                ..page("a", "draft", written.clone(), Some(312), 0, 0)
            },
            AnnouncementPage {
                approval: approval(false, false, false),
                ..page("a", "draft", written.clone(), Some(1284), 0, 0)
            },
            AnnouncementPage {
                approval: approval(true, true, false),
                ..page("a", "draft", written.clone(), Some(1284), 0, 0)
            },
            AnnouncementPage {
                approval: approval(false, true, true),
                ..page("a", "scheduled", written.clone(), Some(1284), 0, 0)
            },
            page("a", "sending", written.clone(), None, 312, 900),
            page("a", "paused", written.clone(), None, 312, 900),
            AnnouncementPage {
                stopped_because: Some(StopReason::Hard),
                ..page("a", "paused", written.clone(), None, 312, 900)
            },
            page("a", "sent", written, None, 1284, 1391),
            AnnouncementPage { offer: offer(None), ..page("a", "draft", offered.clone(), Some(312), 0, 0) },
            AnnouncementPage {
                offer: offer(Some(41)),
                stopped_because: Some(StopReason::CouponUsedUp),
                ..page("a", "paused", offered.clone(), None, 312, 900)
            },
            AnnouncementPage {
                offer: offer(Some(1)),
                stopped_because: Some(StopReason::CouponOver),
                ..page("a", "paused", offered, None, 312, 900)
            },
        ]
    }
}

fn sample_coupons() -> Vec<Choose> {
    vec![
        Choose::new("", "None: this is no offer"),
        Choose::new("c", "SPRING-26: 33.33% off each bill, 30 June 2026"),
    ]
}

fn sample_words() -> Option<OfferWords> {
    Renderer::embedded().ok().map(|renderer| OfferWords::sample(&renderer, "en"))
}

fn topics(ctx: &Ctx) -> Vec<Choose> {
    let topics = ctx.state.policy.compiled().topics().iter();
    topics
        .filter(|topic| topic.channels.contains(&Channel::Email))
        .map(|topic| Choose::new(topic.id.clone(), ctx.text(&topic_name(&topic.id))))
        .collect()
}

/// The coupons to choose from, none first.
async fn coupons(ctx: &Ctx, kept: Option<Uuid>) -> Result<Vec<Choose>, WebError> {
    let mut coupons = vec![Choose::new("", ctx.say("offer-coupon-none"))];
    let known = offers::to_choose(ctx, kept).await?;
    coupons.extend(known.into_iter().map(|(id, line)| Choose::new(id.to_string(), line)));
    Ok(coupons)
}

/// For whom an announcement may be. A plan that left the catalogue is offered as long as it is chosen.
async fn readers_to_choose(ctx: &Ctx, chosen: &Readers) -> Result<Vec<Choose>, WebError> {
    let mut readers = vec![Readers::All, Readers::Customers, Readers::Others];
    readers.extend(plan_keys(ctx).await?.into_iter().map(Readers::Plan));
    if !readers.contains(chosen) {
        readers.push(chosen.clone());
    }
    Ok(readers.iter().map(|readers| Choose::new(readers.word(), ctx.text(&in_words(readers)))).collect())
}

fn in_words(readers: &Readers) -> Msg {
    match readers {
        Readers::All => msg("announcement-for-all"),
        Readers::Customers => msg("announcement-for-customers"),
        Readers::Others => msg("announcement-for-others"),
        Readers::Plan(key) => msg("announcement-for-plan").with("plan", key.clone()),
    }
}

/// What was chosen before, and is offered although it left the catalogue.
#[derive(Clone, Copy)]
pub(super) struct Kept<'a> {
    pub(super) coupon: Option<Uuid>,
    pub(super) readers: &'a Readers,
}

impl Kept<'_> {
    pub(super) const NOTHING: Kept<'static> = Kept { coupon: None, readers: &Readers::All };
}

pub(super) async fn blank(ctx: &Ctx, form: Form, kept: Kept<'_>) -> Result<AnnouncementPage, WebError> {
    let choice = readers_to_choose(ctx, kept.readers).await?;
    Ok(AnnouncementPage {
        id: String::new(),
        state: AnnouncementState::Draft.word(),
        form,
        topics: topics(ctx),
        languages: languages(),
        coupons: coupons(ctx, kept.coupon).await?,
        readers: choice,
        read_by: in_words(&Readers::All),
        offer: None,
        listed: false,
        topic: None,
        class: String::new(),
        audience: None,
        queued: 0,
        considered: 0,
        returns: ReturnFigures::default(),
        other: None,
        links: None,
        stopped_because: None,
        send_at: None,
        begun_at: None,
        finished_at: None,
        approval: Approval::default(),
        zone: ctx.state.config.time_zone.clone(),
        house: house(ctx).map(|domain| domain.to_string()).unwrap_or_default(),
        unsigned: None,
    })
}

/// The domain of the sender of announcements, when nothing can be signed for it.
async fn unsigned(ctx: &Ctx) -> Result<Option<String>, WebError> {
    let Some(sender) = ctx.state.outreach.announces_from() else { return Ok(None) };
    let keys = ctx.state.office.dkim_signing_keys(sender.domain()).await?;
    Ok(keys.is_empty().then(|| sender.domain().to_string()))
}

/// The domain of the house, from which it writes to many.
pub(super) fn house(ctx: &Ctx) -> Option<DomainName> {
    let support = EmailAddress::parse(&ctx.state.config.support_email).ok()?;
    Some(support.domain().clone())
}

/// Whether somebody else looked at it, or must before it goes on. `audience`: how many would get it now.
async fn approval(
    ctx: &Ctx,
    announcement: &Announcement,
    audience: Option<i64>,
) -> Result<Approval, WebError> {
    let (staff, alone) = (ctx.who.staff()?.staff, ctx.state.outreach.alone_up_to());
    let more = audience.is_some_and(|count| count > alone)
        || announcement.stopped_because == Some(StopReason::Unapproved);
    let by = match announcement.approved {
        Some((by, _)) => {
            let names = ctx.state.identity.name_colleagues(ctx.access()).await?;
            Some(names.get(&by).cloned().unwrap_or_else(|| by.to_string()))
        }
        None => None,
    };
    Ok(Approval {
        needed: more && announcement.approved.is_none(),
        alone,
        asked_at: announcement.asked_at,
        may: announcement.changed_by != staff,
        seen: announcement.changed_at.to_string(),
        by,
        at: announcement.approved.map(|(_, at)| at),
    })
}

/// How often each link of what is sent was followed, where that is counted.
async fn links(ctx: &Ctx, announcement: &Announcement) -> Result<Option<Vec<LinkRow>>, WebError> {
    if !announcement.counts_links {
        return Ok(None);
    }
    let mut rows: Vec<LinkRow> = announced::links(announcement.format, &announcement.body)
        .into_iter()
        .map(|address| LinkRow { address, ..LinkRow::default() })
        .collect();
    for Clicks { link, other, clicks } in ctx.state.outreach.clicks_of(announcement.id).await? {
        let Some(row) = usize::try_from(link).ok().and_then(|place| rows.get_mut(place)) else { continue };
        *(if other { &mut row.other } else { &mut row.first }) += clicks;
    }
    Ok(Some(rows))
}

/// What it offers, and how often that was used since sending began.
async fn offered(ctx: &Ctx, announcement: &Announcement) -> Result<Option<OfferPart>, WebError> {
    let Some(offer) = announcement.offer else { return Ok(None) };
    let words = offers::words(ctx, offer.coupon, &announcement.language).await?;
    let used = match announcement.begun_at {
        Some(since) => Some(ctx.state.commerce.coupon_uses_since(offer.coupon, since).await?),
        None => None,
    };
    Ok(Some(OfferPart { words, used }))
}

pub(super) async fn page(
    ctx: &Ctx,
    announcement: Announcement,
    form: Option<Form>,
) -> Result<AnnouncementPage, WebError> {
    let before = matches!(announcement.state, AnnouncementState::Draft | AnnouncementState::Scheduled);
    let audience = match before {
        true => Some(ctx.state.outreach.count_readers(&announcement).await?),
        false => None,
    };
    let audience = audience.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    let approval = approval(ctx, &announcement, audience).await?;
    let returns = ctx.state.outreach.returns_of(announcement.id).await?;
    let form = form.unwrap_or_else(|| {
        Form::new()
            .with("topic", announcement.topic.clone())
            .with("language", announcement.language.clone())
            .with("title", announcement.title.clone())
            .with("other_title", announcement.other_title.clone().unwrap_or_default())
            .with("body", announcement.body.clone())
            .with("format", announcement.format.word())
            .with("readers", announcement.readers.word())
            .with("counts_links", if announcement.counts_links { "yes" } else { "" })
            .with("coupon", announcement.offer.map(|offer| offer.coupon.to_string()).unwrap_or_default())
            .with("listed", if announcement.listed { "yes" } else { "" })
    });
    let offer = offered(ctx, &announcement).await?;
    let read_by = announcement.readers.clone();
    let kept = Kept { coupon: announcement.offer.map(|offer| offer.coupon), readers: &read_by };
    let links = links(ctx, &announcement).await?;
    let unsigned = if before { unsigned(ctx).await? } else { None };
    Ok(AnnouncementPage {
        unsigned,
        id: announcement.id.to_string(),
        state: announcement.state.word(),
        topic: Some(topic_name(&announcement.topic)),
        class: announcement.class.id().to_owned(),
        audience,
        queued: announcement.queued,
        considered: announcement.considered,
        returns,
        other: announcement.other_title.map(|title| (title, announcement.queued_other)),
        links,
        offer,
        listed: announcement.listed,
        read_by: in_words(&read_by),
        stopped_because: announcement.stopped_because,
        send_at: announcement.send_at.filter(|_| announcement.state == AnnouncementState::Scheduled),
        approval,
        begun_at: announcement.begun_at,
        finished_at: announcement.finished_at,
        ..blank(ctx, form, kept).await?
    })
}

/// `GET /console/announcements/{announcement}`
pub async fn show_one(ctx: Ctx) -> Answer {
    let announcement = ctx.state.outreach.announcement(ctx.param("announcement")?).await?;
    ctx.page(&page(&ctx, announcement, None).await?)
}

//! Messages to people: what passed the outbound gate is rendered, signed and put into the outgoing queue, once. A message
//! that can be declined says how in its head, for the button of the mail program (RFC 2369, RFC 2919, RFC 8058). Customers of a
//! reseller read the reseller's name, and links lead to its site; it comes from an address of the house, which alone it can sign for.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result};
use mail_builder::MessageBuilder;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use mailkeep_commerce::CommerceError;
use mailkeep_commerce::brands::{HOUSE, shared_by};
use mailkeep_mailbox::queue::{Envelope, NewQueued, NewRecipient, RecipientEnvelope};
use mailkeep_outreach::announcements::{Announcement, AnnouncementState, Format, OTHER, TEST};
use mailkeep_policy::outbound::{self, DELIVER, Deliver, MessageClass, Opened, OutboundError, OutboundRow};
use mailkeep_smtp::MailHouse;
use mailkeep_smtp::house::House as _;
use mailkeep_storage::jobs::{self, Job, JobError, NewJob};
use mailkeep_storage::sql::SqlError;
use mailkeep_types::{EmailAddress, Habits, OutboundId};
use mailkeep_web::announced::Lately;
use mailkeep_web::config::WebConfig;
use mailkeep_web::mail::{
    Announced, Choosing, MailError, RenderedMail, Rendering, counted_at, page_of, render,
};
use mailkeep_web::markdown::Rendered;
use mailkeep_web::mjml::Fault;
use mailkeep_web::offers::Terms;
use mailkeep_web::render::Renderer;
use uuid::Uuid;

use super::readers::customers_of;
use super::services::Services;
use crate::config::Config;

/// After how long a message of an announcement that stopped by itself is looked at again.
const WHILE_STOPPED: Duration = Duration::from_secs(600);

/// Delivers messages of the gate.
#[derive(Clone)]
pub struct MailOut {
    services: Services,
    config: Arc<Config>,
    renderer: Renderer,
    /// Cloned with it.
    lately: Arc<Lately>,
    house: MailHouse,
}

/// A message as its reader gets it.
struct Letter {
    mail: RenderedMail,
    /// How it is declined; nothing for what is always sent.
    choosing: Option<Choosing>,
    about: Option<AboutTicket>,
    /// It comes from where announcements do: it can be declined, or shows how one that can will look.
    announced: bool,
    /// The pages as the reader's brand has them: its name, addresses and site.
    face: WebConfig,
}

/// What the head of a letter about a ticket is made of.
struct AboutTicket {
    ticket: Uuid,
    department: String,
    /// The identifier of the letter that is answered.
    answers: Option<String>,
}

impl AboutTicket {
    fn of(context: &serde_json::Value) -> Option<Self> {
        Some(AboutTicket {
            ticket: Uuid::parse_str(context["ticket"].as_str()?).ok()?,
            department: context["department"].as_str()?.to_owned(),
            answers: context["answers"].as_str().map(str::to_owned),
        })
    }
}

impl MailOut {
    /// Puts it together.
    ///
    /// # Errors
    /// When the built-in templates are broken.
    pub fn new(services: Services, config: Arc<Config>) -> Result<Self> {
        let renderer = Renderer::embedded().map_err(anyhow::Error::msg)?;
        let house = services.house();
        Ok(MailOut { services, config, renderer, lately: Arc::default(), house })
    }

    /// Runs the job [`outbound::DELIVER`].
    ///
    /// # Errors
    /// A dead job for what no time can mend, else another try.
    pub async fn run(&self, job: Job) -> Result<(), JobError> {
        let id = job.payload::<Deliver>()?.outbound_id;
        let gate = self.services.policy.outbound();
        let announcement = self.services.outreach.announcement_of(id).await.map_err(JobError::retry)?;
        if announcement.as_ref().is_some_and(|found| found.state == AnnouncementState::Cancelled) {
            return self.drop_message(id).await;
        }
        if announcement.as_ref().is_some_and(|found| found.stopped_because.is_some()) {
            return self.wait(job, id).await;
        }
        if let Some(found) = &announcement
            && self.services.outreach.stop_if_over(found).await.map_err(JobError::retry)?
        {
            return self.wait(job, id).await;
        }
        let commerce = self.services.commerce.config();
        let usual = self.brand_of_reader(id).await.map_err(JobError::retry)?;
        let terms = match announcement.as_ref().and_then(|found| found.offer) {
            Some(offer) => {
                let terms = Terms::of(&self.services.commerce, &usual, offer.coupon).await;
                match terms.map_err(JobError::retry)? {
                    Some(terms) => Some(terms),
                    // The plans that it is for left the catalogue of this reader's brand.
                    None => return self.drop_message(id).await,
                }
            }
            None => None,
        };
        let rendered = gate.deliver(id, |opened| {
            let brand = commerce.brand(opened.context["brand"].as_str().unwrap_or(&usual));
            let face = self.config.web.under(brand);
            let choosing = self.choosing(opened.row, &face);
            let shown = choosing.clone().or_else(|| as_tried(&opened, &face));
            let announced = match self.text_of(announcement.as_ref(), opened.context, &face) {
                Ok(announced) => announced,
                Err(fault) => return (opened.to.clone(), Err(MailError::Design(fault))),
            };
            let page = announcement.as_ref().filter(|found| found.has_page());
            let page = page.map(|found| page_of(&face, found.id));
            let language = Habits::of(opened.language.unwrap_or("en")).language();
            let offer = match &terms {
                Some(terms) => Some(terms.words(&self.renderer, language, &face.public_url)),
                // A test brings what it says along.
                None => serde_json::from_value(opened.context["offer"].clone()).ok(),
            };
            let mail = render(
                &self.renderer,
                &face,
                &Rendering {
                    language,
                    now: self.services.policy.clock().now(),
                    template: &opened.row.template,
                    context: opened.context,
                    choosing: shown.as_ref(),
                    announced: announced.as_ref().map(|(title, body)| Announced {
                        title,
                        body,
                        page: page.as_deref(),
                    }),
                    offer: offer.as_ref(),
                },
            );
            let about = AboutTicket::of(opened.context);
            let announced = shown.is_some();
            (opened.to.clone(), mail.map(|mail| Letter { mail, choosing, about, announced, face }))
        });
        let (to, letter) = match rendered.await {
            Ok((to, Ok(letter))) => (to, letter),
            Ok((_, Err(error))) => return Err(JobError::dead(error)),
            Err(OutboundError::NotPending(_) | OutboundError::Declined(_)) => return Ok(()),
            Err(error) if error.is_final() => return Err(JobError::dead(error)),
            Err(error) => return Err(JobError::retry(error)),
        };
        self.queue(&job, id, &to, letter).await.map_err(|error| JobError::retry(format!("{error:#}")))
    }

    /// Title and text that the template leaves open: those of an announcement, or what is told of an incident, which stands in the message
    /// itself; the page may say more by now.
    fn text_of<'a>(
        &self,
        announcement: Option<&'a Announcement>,
        context: &'a serde_json::Value,
        face: &WebConfig,
    ) -> Result<Option<(&'a str, Arc<Rendered>)>, Fault> {
        if let Some(found) = announcement {
            let other = context[OTHER].as_bool().unwrap_or_default();
            let place = found.counts_links.then(|| counted_at(face, found.id, other));
            let body = self.lately.render(found.format, &found.body, place.as_deref())?;
            return Ok(Some((found.subject(other), body)));
        }
        let told = context["title"].as_str().zip(context["markdown"].as_str());
        let format = Format::from_word(context["format"].as_str().unwrap_or_default());
        told.map(|(title, body)| Ok((title, self.lately.render(format, body, None)?))).transpose()
    }

    /// Does not send it, for good.
    async fn drop_message(&self, id: OutboundId) -> Result<(), JobError> {
        let db = self.services.policy.database();
        db.write(move |tx| outbound::mark_failed(tx, id)).await?;
        Ok(())
    }

    /// The key of the brand to which the reader belongs; the house's own for whoever is with several, or with none.
    async fn brand_of_reader(&self, id: OutboundId) -> Result<String, CommerceError> {
        if self.services.commerce.config().brands.is_empty() {
            return Ok(HOUSE.to_owned());
        }
        let db = self.services.policy.database();
        db.read(move |tx| {
            let customers = match outbound::recipient_of(tx, id)? {
                Some(reader) => customers_of(tx, reader)?,
                None => Vec::new(),
            };
            shared_by(tx, &customers)
        })
        .await
    }

    /// Looks again later, by another job: a stop may outlast the tries of one.
    async fn wait(&self, job: Job, id: OutboundId) -> Result<(), JobError> {
        let waiting = self.services.policy.database().write(move |tx| -> Result<(), SqlError> {
            let again = tx.now().plus(WHILE_STOPPED);
            let key = format!("{id}:{}", again.as_micros());
            let next = NewJob::new(DELIVER, &Deliver { outbound_id: id }).key(key).at(again).bulk(true);
            jobs::enqueue(tx, next)?;
            job.complete_in(tx)
        });
        Ok(waiting.await?)
    }

    /// How the reader declines what the message is about; nothing for messages that are always sent.
    fn choosing(&self, row: &OutboundRow, face: &WebConfig) -> Option<Choosing> {
        if row.class == MessageClass::Account {
            return None;
        }
        let token = self.services.policy.choice_token(row.subject, row.topic());
        let site = face.public_url.trim_end_matches('/');
        Some(Choosing { topic: row.topic().to_owned(), link: format!("{site}/choices/{token}") })
    }

    /// Whom a message is from that no department sends.
    fn sender(&self, announced: bool) -> Result<EmailAddress> {
        match self.services.outreach.announces_from().filter(|_| announced) {
            Some(sender) => Ok(sender),
            None => EmailAddress::parse(&self.config.web.support_email).context("web.support_email"),
        }
    }

    async fn queue(&self, job: &Job, id: OutboundId, to: &EmailAddress, letter: Letter) -> Result<()> {
        let Letter { mail, choosing, about, announced, face } = letter;
        let head = about
            .as_ref()
            .and_then(|about| self.services.mailroom.head(&about.department, about.ticket, id.uuid()));
        let from = match &head {
            Some(head) => head.from.clone(),
            None => self.sender(announced)?,
        };
        let now = self.services.policy.clock().now();
        let address = from.to_string();
        let mut message = MessageBuilder::new()
            .from((face.brand_name.as_str(), address.as_str()))
            .to(to.to_string())
            .subject(mail.subject)
            .date(now.as_seconds())
            .message_id(match &head {
                Some(head) => head.message_id.clone(),
                None => format!("{id}@{}", self.config.server.hostname),
            })
            // Machines must not answer (RFC 3834).
            .header("Auto-Submitted", Text::new("auto-generated"))
            .text_body(mail.text)
            .html_body(mail.html);
        if let Some(head) = &head {
            message = message.reply_to(head.reply_to.to_string());
        } else if face.support_email != address {
            message = message.reply_to(face.support_email);
        }
        if let Some(answered) = about.and_then(|about| about.answers) {
            message = message.in_reply_to(answered.clone()).references(answered);
        }
        let (bulk, reference) =
            (choosing.is_some(), choosing.as_ref().and_then(|_| self.services.returns.of(id)));
        if let Some(choosing) = choosing {
            let list = format!("<{}.{}>", choosing.topic, self.config.server.hostname);
            message = message
                .header("List-Id", Raw::new(list))
                .header("List-Unsubscribe", Raw::new(format!("<{}>", choosing.link)))
                .header("List-Unsubscribe-Post", Raw::new("List-Unsubscribe=One-Click"));
        }
        let content = message.write_to_vec()?;
        let office = &self.services.office;
        let signed = self.house.sign(from.domain(), content).await;
        let content =
            signed.map_err(|error| anyhow::anyhow!("the message could not be signed: {error:?}"))?;
        // A report that it could not be delivered finds its ticket, too; of a message that can be declined it is read by the program.
        let back = head.map(|head| head.reply_to).or(reference).unwrap_or(from);
        let recipient = NewRecipient {
            envelope: RecipientEnvelope { address: to.to_string(), notify: None, orcpt: None, guest: None },
            domain: to.domain().clone(),
        };
        let sealed = office
            .seal_queued(NewQueued {
                sender: None,
                unique_key: Some(format!("outbound:{id}")),
                envelope: Envelope { return_path: back.to_string(), ..Envelope::default() },
                content: content.into(),
                recipients: vec![recipient],
                hold: None,
                expires_at: None,
                bulk,
            })
            .await?;
        let (office, job) = (office.clone(), job.clone());
        let db = office.db().clone();
        // Queued, marked as sent and done with, or none of it.
        db.write(move |tx| -> Result<(), mailkeep_mailbox::MailError> {
            office.enqueue_in(tx, &sealed)?;
            outbound::mark_sent(tx, id)?;
            job.complete_in(tx)?;
            Ok(())
        })
        .await?;
        Ok(())
    }
}

/// A test of an announcement looks as readers get it; its link leads nowhere.
fn as_tried(opened: &Opened<'_>, face: &WebConfig) -> Option<Choosing> {
    let topic = opened.context["topic"].as_str().filter(|_| opened.row.template == TEST)?;
    Some(Choosing::preview(face, topic))
}

//! What a person hears of, and how they are heard: boxes, links and buttons as a browser or a mail program uses them, and
//! what the message gate makes of it. Tried by a synthetic person, whose choices go with it.

use mailkeep_identity::persons::ProbePerson;
use mailkeep_policy::outbound::{Channel, Choice, MessageClass};
use mailkeep_policy::{Act, Actor, Fact, Refusal, Subject, Use, purpose};
use mailkeep_storage::sql::SqlError;
use mailkeep_types::{OutboundId, StaffId, new_uuid};
use mailkeep_web::ctx::encode;

use super::Outcome;
use super::person::page;
use super::wire::Site;
use crate::wiring::services::Services;

const PAGE: &str = "/center/choices";
/// What a mail program sends (RFC 8058).
const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

/// Who plays, and where.
pub(super) struct Chooser<'a> {
    pub services: &'a Services,
    pub site: &'a Site,
    pub person: &'a ProbePerson,
    /// The session, as a request carries it.
    pub cookie: &'a str,
}

/// A topic by a channel, as the page writes it, and the class of the topic.
type Pair = (MessageClass, String);

fn said(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Chooser<'_> {
    /// The outcomes, by check. The person has chosen nothing before.
    pub(super) async fn probes(&self) -> Vec<(&'static str, Outcome)> {
        vec![
            ("inform-split", self.nothing_unasked().await),
            ("topics-chosen", self.each_by_itself().await),
            ("feedback-opt-out", self.questions_end().await),
            ("one-click", self.offers_end().await),
            ("declined-stays", self.stays_out().await),
            ("account-class-always", self.always_arrives().await),
            ("contact-uses", self.by_messages_alone().await),
        ]
    }

    const fn subject(&self) -> Subject {
        Subject::person(self.person.person)
    }

    /// Every box of the page, in the order of the policy file.
    fn pairs(&self) -> Vec<Pair> {
        let topics = self.services.policy.compiled().topics().iter();
        topics
            .flat_map(|topic| {
                topic.channels.iter().map(move |by| (topic.class, format!("{}:{by}", topic.id)))
            })
            .collect()
    }

    fn boxes_of(&self, wanted: impl Fn(MessageClass) -> bool) -> Vec<String> {
        self.pairs().into_iter().filter(|(class, _)| wanted(*class)).map(|(_, name)| name).collect()
    }

    /// Ticks exactly these boxes.
    async fn choose(&self, boxes: &[String]) -> Outcome {
        let before = page(self.site, PAGE, self.cookie).await?;
        let token = before.token().ok_or_else(|| format!("{PAGE} has no form"))?;
        let wanted: String = boxes.iter().map(|name| format!("&wanted={}", encode(name))).collect();
        let answer =
            self.site.post(PAGE, self.cookie, &format!("csrf={token}{wanted}")).await.map_err(said)?;
        match answer.status {
            303 => Ok(()),
            status => Err(format!("choosing answers {status}")),
        }
    }

    /// Looks whether exactly these boxes are ticked, and whether the message gate takes it so.
    async fn comes(&self, boxes: &[String], when: &str) -> Outcome {
        let shown = page(self.site, PAGE, self.cookie).await?;
        let standing = self.services.outreach.standing(self.subject()).await.map_err(said)?;
        for (_, name) in self.pairs() {
            let Some(tag) = shown.body.split("<input").find(|tag| tag.contains(&format!("value=\"{name}\"")))
            else {
                return Err(format!("nobody can choose {name}"));
            };
            let wanted = boxes.contains(&name);
            let ticked = tag.split('>').next().is_some_and(|head| head.contains(" checked"));
            if ticked != wanted {
                return Err(format!("{when}, the page says of {name} that it {}", words(ticked)));
            }
            let found = standing.iter().find(|one| format!("{}:{}", one.topic, one.channel) == name);
            if found.is_none_or(|one| one.comes != wanted) {
                return Err(format!("{when}, the message gate says of {name} that it {}", words(!wanted)));
            }
        }
        Ok(())
    }

    /// Uses the link under a message about a topic, as a mail program does; looking at it before changes nothing.
    async fn click(&self, topic: &str, act: &str, before: &[String], after: &[String]) -> Outcome {
        let link = format!("/choices/{}", self.services.policy.choice_token(self.subject(), topic));
        for method in ["HEAD", "GET"] {
            let answer = self.site.ask(method, &link, "", "").await.map_err(said)?;
            if answer.status != 200 {
                return Err(format!("the link under a message answers {}", answer.status));
            }
        }
        self.comes(before, "after a look at the link under a message").await?;
        let answer = self.site.post(&link, "", act).await.map_err(said)?;
        if answer.status != 200 || !answer.header("set-cookie").is_empty() {
            return Err(format!("the click under a message answers {}", answer.status));
        }
        self.comes(after, "after the click under a message").await
    }

    /// P10: to whom nothing was chosen for, nothing comes but what is about the account, and questions until declined.
    async fn nothing_unasked(&self) -> Outcome {
        let outbound = self.services.policy.outbound();
        let unasked = self.boxes_of(|class| outbound.choice_for(class) == Choice::OptOut);
        self.comes(&unasked, "before anything was chosen").await?;
        self.reaches_account().await
    }

    /// P14: every second box is ticked, and then the others: each topic by each channel is decided by itself.
    async fn each_by_itself(&self) -> Outcome {
        let all = self.boxes_of(|_| true);
        for first in [0, 1] {
            let boxes: Vec<String> = all.iter().skip(first).step_by(2).cloned().collect();
            self.choose(&boxes).await?;
            self.comes(&boxes, "after every second topic was chosen").await?;
        }
        Ok(())
    }

    /// P9: one click ends the questions, and nothing else.
    async fn questions_end(&self) -> Outcome {
        let asked = self.boxes_of(|class| class == MessageClass::Feedback);
        let before = self.boxes_of(|_| true);
        let after: Vec<String> = before.iter().filter(|name| !asked.contains(name)).cloned().collect();
        self.choose(&before).await?;
        for name in &asked {
            let topic = name.split(':').next().unwrap_or_default();
            self.click(topic, ONE_CLICK, &before, &after).await?;
        }
        Ok(())
    }

    /// P16: one click ends an offer by mail; one press of a button, without signing in, all offers by every channel.
    async fn offers_end(&self) -> Outcome {
        let offers = self.boxes_of(|class| class == MessageClass::Marketing);
        let Some(one) = offers.iter().find(|name| name.ends_with(":email")) else {
            return Err("no offer comes by mail".to_owned());
        };
        let topic = one.split(':').next().unwrap_or_default();
        let all = self.boxes_of(|_| true);
        let without: Vec<String> = all.iter().filter(|name| *name != one).cloned().collect();
        self.choose(&all).await?;
        self.click(topic, ONE_CLICK, &all, &without).await?;
        let none: Vec<String> = all.iter().filter(|name| !offers.contains(name)).cloned().collect();
        self.click(topic, "act=offers", &without, &none).await
    }

    /// P17: a list on which the address stands does not bring back what was declined.
    async fn stays_out(&self) -> Outcome {
        let offers = self.boxes_of(|class| class == MessageClass::Marketing);
        let Some(topic) = offers.iter().find_map(|name| name.strip_suffix(":email")) else {
            return Err("no offer comes by mail".to_owned());
        };
        self.choose(&offers).await?;
        self.choose(&[]).await?;
        let address = self.person.email.to_string();
        let imported =
            self.services.outreach.import_subscribers([address.as_str()], topic, "en", "a probe").await;
        match imported.map_err(said)?.declined {
            1 => self.comes(&[], "after an import").await,
            _ => Err("an address that declined is subscribed by an import".to_owned()),
        }
    }

    /// P15: whoever declined everything gets what is about the account.
    async fn always_arrives(&self) -> Outcome {
        self.choose(&[]).await?;
        self.comes(&[], "after everything was declined").await?;
        self.reaches_account().await
    }

    async fn reaches_account(&self) -> Outcome {
        let (outbound, subject) = (self.services.policy.outbound(), self.subject());
        let class = MessageClass::Account;
        let arrives = self.services.policy.database().read(move |tx| -> Result<bool, SqlError> {
            outbound.may_reach(tx, subject, class, class.id(), Channel::Email)
        });
        match arrives.await.map_err(said)? {
            true => Ok(()),
            false => Err("a message about the account would be kept back".to_owned()),
        }
    }

    /// P42: the address is opened to send a message that passed the gate, by the program; without one, and by staff, it is not.
    async fn by_messages_alone(&self) -> Outcome {
        let policy = &self.services.policy;
        let no_message = Fact::OutboundMessage(OutboundId::new(&**policy.clock()));
        let staff = Actor::Staff(StaffId::from_uuid(new_uuid(&**policy.clock())));
        for (actor, who) in [(Actor::System("message gate"), "the program"), (staff, "staff")] {
            let asked = Use {
                actor,
                subject: self.subject(),
                act: Act::Send,
                fields: &["persons.email"],
                fact: no_message,
            };
            let outcomes = [
                policy.grant::<purpose::Deliver>(asked).await.err(),
                policy.grant::<purpose::Feedback>(asked).await.err(),
                policy.grant::<purpose::Inform>(asked).await.err(),
            ];
            for refusal in outcomes {
                match refusal {
                    Some(
                        Refusal::NotAllowed { .. }
                        | Refusal::Never(_)
                        | Refusal::NotJustified(_)
                        | Refusal::NoRole,
                    ) => {}
                    Some(other) => return Err(said(other)),
                    None => return Err(format!("{who} may write to an address without a message")),
                }
            }
        }
        Ok(())
    }
}

const fn words(comes: bool) -> &'static str {
    if comes { "comes" } else { "does not come" }
}

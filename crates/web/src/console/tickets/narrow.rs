//! What of the desk somebody looks at: a queue and what narrows it down, as an address has it.

use mailkeep_helpdesk::service_levels::Priority;
use mailkeep_helpdesk::tags::Tag;
use mailkeep_helpdesk::tickets::Queue;
use mailkeep_helpdesk::views::{Filter, Order, QueueKind};
use mailkeep_types::{StaffId, Timestamp};
use serde::Serialize;

use super::show;
use crate::ctx::{Ctx, encode};
use crate::error::WebError;
use crate::form::{Form, Submitted};
use crate::options::Choose;

/// A queue, narrowed down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Looked {
    pub(super) queue: QueueKind,
    pub(super) filter: Filter,
}

/// The fields that narrow a queue down.
#[derive(Debug, Serialize)]
pub struct Narrow {
    /// What is chosen.
    pub form: Form,
    /// The departments of support.
    pub departments: Vec<Choose>,
    /// The priorities.
    pub priorities: Vec<Choose>,
    /// The tags of the desk.
    pub tags: Vec<Choose>,
    /// Who may take care of a ticket.
    pub colleagues: Vec<Choose>,
    /// The orders.
    pub orders: Vec<Choose>,
    /// Whether anything is chosen.
    pub used: bool,
}

impl Looked {
    /// Reads it. What is not known narrows nothing down.
    pub(super) fn read(fields: &Submitted) -> Self {
        let department = fields.get("department");
        Looked {
            queue: QueueKind::from_word(fields.get("view")).unwrap_or(QueueKind::Waiting),
            filter: Filter {
                department: (!department.is_empty()).then(|| department.to_owned()),
                priority: Priority::from_word(fields.get("priority")),
                tag: Tag::read(fields.get("tag")),
                assignee: fields.get("with").parse().ok(),
                order: Order::from_word(fields.get("order")).unwrap_or(Order::Newest),
            },
        }
    }

    /// Reads what a form carries along of the page it stands on.
    pub(super) fn of_form(form: &Submitted) -> Self {
        Looked::read(&Submitted::parse(form.get("here").as_bytes()))
    }

    /// The query of its address.
    pub(super) fn query(&self) -> String {
        let Filter { department, priority, tag, assignee, order } = &self.filter;
        let mut query = format!("view={}", self.queue.word());
        let mut add = |name: &str, value: &str| query.push_str(&format!("&{name}={}", encode(value)));
        if let Some(department) = department {
            add("department", department);
        }
        if let Some(priority) = priority {
            add("priority", priority.word());
        }
        if let Some(tag) = tag {
            add("tag", tag.as_str());
        }
        if let Some(assignee) = assignee {
            add("with", &assignee.to_string());
        }
        if *order != Order::Newest {
            add("order", order.word());
        }
        query
    }

    /// Its page.
    pub(super) fn href(&self) -> String {
        format!("/console/tickets?{}", self.query())
    }

    /// The queue of whoever looks; what is due before `soon` is urgent.
    pub(super) const fn queue(&self, me: StaffId, soon: Timestamp) -> Queue {
        match self.queue {
            QueueKind::Mine => Queue::Of(me),
            QueueKind::Unassigned => Queue::Unassigned,
            QueueKind::Waiting => Queue::WaitingOnUs,
            QueueKind::Due => Queue::DueBefore(soon),
            QueueKind::Followed => Queue::Followed(me),
            QueueKind::All => Queue::All,
        }
    }
}

/// What a priority is called.
const fn text(priority: Priority) -> &'static str {
    match priority {
        Priority::Low => "ticket-priority-low",
        Priority::Normal => "ticket-priority-normal",
        Priority::High => "ticket-priority-high",
        Priority::Emergency => "ticket-priority-emergency",
    }
}

impl Narrow {
    /// The fields as the page shows them.
    ///
    /// # Errors
    /// A failure of the store.
    pub(super) async fn of(ctx: &Ctx, looked: &Looked) -> Result<Self, WebError> {
        let Filter { department, priority, tag, assignee, order } = &looked.filter;
        let form = Form::new()
            .with("department", department.clone().unwrap_or_default())
            .with("priority", priority.map_or("", Priority::word).to_owned())
            .with("tag", tag.as_ref().map(ToString::to_string).unwrap_or_default())
            .with("with", assignee.map(|id| id.to_string()).unwrap_or_default())
            .with("order", order.word().to_owned());
        let any = || vec![Choose::new("", ctx.say("tickets-any"))];
        let departments = ctx.state.mailroom.departments();
        let support = departments.iter().filter(|one| !one.is_privacy());
        let tags = ctx.state.desk.list_tags().await?;
        let colleagues = show::colleagues(ctx).await?;
        let priorities = Priority::ALL.into_iter().rev();
        let said = |priority: Priority| Choose::new(priority.word(), ctx.say(text(priority)));
        Ok(Narrow {
            form,
            departments: any()
                .into_iter()
                .chain(support.map(|one| Choose::new(one.name.clone(), one.name.clone())))
                .collect(),
            priorities: any().into_iter().chain(priorities.map(said)).collect(),
            tags: any()
                .into_iter()
                .chain(tags.iter().map(|tag| Choose::new(tag.as_str(), tag.to_string())))
                .collect(),
            colleagues: any()
                .into_iter()
                .chain(colleagues.into_iter().map(|(id, login)| Choose::new(id.to_string(), login)))
                .collect(),
            orders: vec![
                Choose::new("newest", ctx.say("tickets-order-newest")),
                Choose::new("oldest", ctx.say("tickets-order-oldest")),
            ],
            used: looked.filter != Filter::default(),
        })
    }

    /// Made-up ones.
    pub(super) fn sample(used: bool) -> Self {
        let options = |words: &[&str]| {
            let all = std::iter::once(Choose::new("", "Any"));
            all.chain(words.iter().map(|word| Choose::new(*word, (*word).to_owned()))).collect()
        };
        Narrow {
            form: Form::new().with("tag", if used { "dns" } else { "" }),
            departments: options(&["support", "billing"]),
            priorities: options(&["high", "normal"]),
            tags: options(&["dns", "refund", "vip"]),
            colleagues: options(&["rosalind", "tove"]),
            orders: vec![
                Choose::new("newest", "What happened last first"),
                Choose::new("oldest", "What waited longest first"),
            ],
            used,
        }
    }
}

#[cfg(test)]
mod tests {
    use mailkeep_helpdesk::views::{Filter, Order, QueueKind};

    use super::Looked;
    use crate::form::Submitted;

    #[test]
    fn an_address_says_what_is_looked_at_and_what_is_not_known_narrows_nothing_down() {
        let whole = "view=all&department=billing%26co&priority=high&tag=gr%C3%B6%C3%9Fe&with=00000000-0000-0000-0000-000000000007&order=oldest";
        let looked = Looked::read(&Submitted::parse(whole.as_bytes()));
        assert_eq!(looked.query(), whole);
        assert_eq!(looked.filter.order, Order::Oldest);
        let odd = "view=x&priority=huge&tag=a@b&with=me&order=random&after=1.x";
        let looked = Looked::read(&Submitted::parse(odd.as_bytes()));
        assert_eq!((looked.queue, &looked.filter), (QueueKind::Waiting, &Filter::default()));
        assert_eq!(looked.href(), "/console/tickets?view=waiting");
    }

    #[test]
    fn a_form_leads_back_to_the_desk_alone() {
        let form = Submitted::of(vec![("here".to_owned(), "//far.example\r\nview=mine&tag=dns".to_owned())]);
        assert_eq!(Looked::of_form(&form).href(), "/console/tickets?view=waiting&tag=dns");
    }
}

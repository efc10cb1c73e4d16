//! Views of the desk, on both engines.

use std::collections::BTreeSet;
use std::time::Duration;

use mailkeep_policy::Subject;
use mailkeep_types::StaffId;

use super::{Filter, LONGEST_NAME, MOST_VIEWS, Order, QueueKind};
use crate::service_levels::Priority;
use crate::tags::Tag;
use crate::tickets::tests::{House, on_both_engines, seen};
use crate::tickets::{Hand, NewTicket, Queue, Ticket, TicketError};

impl House {
    /// Twelve tickets a minute apart, over departments, priorities, tags and agents; a third of them closed.
    async fn full(&self, colleague: StaffId) -> Vec<Ticket> {
        let desk = &self.desk;
        let mut made = Vec::new();
        for number in 0_usize..12 {
            self.clock.advance(Duration::from_secs(60));
            let new = NewTicket {
                owner: Subject::customer(self.customer),
                department: ["support", "billing"][number % 2].to_owned(),
                subject: "Hello".to_owned(),
                words: "Hello.".to_owned(),
                priority: [Priority::Normal, Priority::High, Priority::Low][number % 3],
                about: None,
            };
            let ticket = desk.open_ticket(Hand::Person(self.person), new).await.unwrap();
            if number % 4 < 2 {
                desk.tag_ticket(seen(&ticket), self.agent, Tag::read("dns").unwrap()).await.unwrap();
            }
            let to = [None, Some(self.agent), Some(colleague)][number / 2 % 3];
            desk.assign_ticket(seen(&ticket), self.agent, to).await.unwrap();
            if number % 3 == 2 {
                let by = Hand::Staff(self.agent);
                desk.move_ticket(seen(&ticket), by, crate::tickets::Move::Close).await.unwrap();
            }
            made.push(desk.look_at(seen(&ticket)).await.unwrap());
        }
        made
    }

    /// All of a view, page by page.
    async fn walked(&self, queue: Queue, filter: &Filter) -> Vec<Ticket> {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = self.desk.list_view(queue, filter.clone(), after, 2).await.unwrap();
            assert!(page.tickets.len() <= 2);
            found.extend(page.tickets);
            match page.next {
                Some(next) => after = Some(next),
                None => return found,
            }
        }
    }
}

/// What the view is to show, found by looking at each ticket.
fn wanted(queue: Queue, filter: &Filter, all: &[Ticket], tagged: &BTreeSet<uuid::Uuid>) -> Vec<Ticket> {
    let mut found: Vec<Ticket> = all
        .iter()
        .filter(|ticket| {
            let over = ticket.closed_at.is_some();
            (match queue {
                Queue::Of(staff) => !over && ticket.assignee == Some(staff),
                Queue::Unassigned => !over && ticket.assignee.is_none(),
                Queue::WaitingOnUs => !over,
                Queue::DueBefore(at) => !over && ticket.due_next().is_some_and(|due| due < at),
                Queue::Followed(_) => false,
                Queue::All => true,
            }) && filter.department.as_ref().is_none_or(|name| *name == ticket.department)
                && filter.priority.is_none_or(|priority| priority == ticket.priority)
                && filter.assignee.is_none_or(|staff| ticket.assignee == Some(staff))
                && (filter.tag.is_none() || tagged.contains(&ticket.id))
        })
        .cloned()
        .collect();
    match (queue, filter.order) {
        (Queue::DueBefore(_), _) => found.sort_by_key(|ticket| (ticket.due_next(), ticket.id)),
        (_, Order::Oldest) => found.sort_by_key(|ticket| (ticket.changed_at, ticket.id)),
        (_, Order::Newest) => found.sort_by_key(|ticket| std::cmp::Reverse((ticket.changed_at, ticket.id))),
    }
    found
}

#[test]
fn every_queue_is_narrowed_down_by_everything_and_no_page_leaves_anything_out() {
    on_both_engines(async |house| {
        let colleague = StaffId::new(&*house.clock);
        let all = house.full(colleague).await;
        let ids = all.iter().map(|ticket| ticket.id).collect();
        let tagged: BTreeSet<_> = house.desk.tags_of(ids).await.unwrap().into_keys().collect();
        assert_eq!(tagged.len(), 6);
        let far = all[0].opened_at.plus(Duration::from_secs(365 * 24 * 3600));
        let mut some = 0;
        for queue in
            [Queue::Of(house.agent), Queue::Unassigned, Queue::WaitingOnUs, Queue::DueBefore(far), Queue::All]
        {
            for department in [None, Some("billing".to_owned())] {
                for priority in [None, Some(Priority::High)] {
                    for tag in [None, Tag::read("dns")] {
                        for assignee in [None, Some(colleague)] {
                            for order in [Order::Newest, Order::Oldest] {
                                let (department, tag) = (department.clone(), tag.clone());
                                let filter = Filter { department, priority, tag, assignee, order };
                                let found = house.walked(queue, &filter).await;
                                assert_eq!(
                                    found,
                                    wanted(queue, &filter, &all, &tagged),
                                    "{queue:?} {filter:?}"
                                );
                                some += usize::from(!found.is_empty());
                            }
                        }
                    }
                }
            }
        }
        assert!(some > 60, "only {some} of the views show anything");
    });
}

#[test]
fn views_are_kept_seen_by_those_they_are_for_and_thrown_away() {
    on_both_engines(async |house| {
        let (desk, me, colleague) = (&house.desk, house.agent, StaffId::new(&*house.clock));
        let filter = Filter {
            department: Some("billing".to_owned()),
            priority: Some(Priority::Emergency),
            tag: Tag::read("dns"),
            assignee: Some(colleague),
            order: Order::Oldest,
        };
        let own = desk.keep_view(me, "  My   own ", false, QueueKind::All, filter.clone()).await.unwrap();
        house.clock.advance(Duration::from_secs(1));
        let shared = desk.keep_view(me, "Ours", true, QueueKind::Mine, Filter::default()).await.unwrap();
        let mine = desk.list_saved_views(me).await.unwrap();
        assert_eq!(mine.iter().map(|view| view.id).collect::<Vec<_>>(), [own, shared]);
        assert_eq!(
            (mine[0].name.as_str(), &mine[0].filter, mine[0].queue),
            ("My own", &filter, QueueKind::All)
        );
        let theirs = desk.list_saved_views(colleague).await.unwrap();
        assert_eq!(theirs.iter().map(|view| view.id).collect::<Vec<_>>(), [shared]);

        let foreign = desk.throw_view_away(colleague, own).await;
        assert!(matches!(foreign, Err(TicketError::NotFound)), "{foreign:?}");
        desk.throw_view_away(colleague, shared).await.unwrap();
        desk.throw_view_away(me, own).await.unwrap();
        assert_eq!(desk.list_saved_views(me).await.unwrap(), []);

        for name in ["", " ", &"x".repeat(LONGEST_NAME + 1)] {
            let wrong = desk.keep_view(me, name, false, QueueKind::All, Filter::default()).await;
            assert!(matches!(wrong, Err(TicketError::Field { field: "name", .. })), "{wrong:?}");
        }
        for number in 0..MOST_VIEWS {
            let name = format!("View {number}");
            desk.keep_view(me, &name, false, QueueKind::All, Filter::default()).await.unwrap();
        }
        let full = desk.keep_view(me, "One more", false, QueueKind::All, Filter::default()).await;
        assert!(matches!(full, Err(TicketError::State(_))), "{full:?}");
    });
}

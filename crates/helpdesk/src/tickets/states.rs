//! Where a ticket stands, and which moves there are.

use mailkeep_types::words;

use super::Hand;

words! {
    /// Where a ticket stands.
    TicketState {
        /// Nobody took it yet.
        New = "new",
        /// Somebody works on it.
        Open = "open",
        /// The customer is to answer.
        WaitingOnCustomer = "waiting_on_customer",
        /// The customer wrote again: we are to answer.
        WaitingOnUs = "waiting_on_us",
        /// It is done, unless the customer writes again.
        Solved = "solved",
        /// It is over; the customer may open it again.
        Closed = "closed",
    }
}

words! {
    /// What is done with a ticket.
    Move {
        /// Staff begin to work on it.
        Take = "take",
        /// Staff answer and go on working.
        Answer = "answer",
        /// Staff answer, and the customer is to do something now.
        Ask = "ask",
        /// The customer writes.
        Write = "write",
        /// It is solved.
        Solve = "solve",
        /// It is closed.
        Close = "close",
        /// The customer opens it again.
        Reopen = "reopen",
    }
}

words! {
    /// Who wrote an entry, and for whom.
    EntryKind {
        /// The customer.
        Customer = "customer",
        /// Staff, for the customer.
        Agent = "agent",
        /// Staff, for staff.
        Note = "note",
    }
}

words! {
    /// What kind of thing a ticket is about.
    AboutKind {
        /// A mail domain.
        Domain = "domain",
        /// A mailbox.
        Mailbox = "mailbox",
        /// A subscription.
        Subscription = "subscription",
        /// An invoice.
        Invoice = "invoice",
    }
}

impl Move {
    /// Whether a hand may make this move at all. Staff do not open a ticket again: an open ticket lets them look, and they
    /// would justify themselves.
    pub const fn is_for(self, hand: Hand) -> bool {
        matches!(
            (self, hand),
            (Move::Take | Move::Answer | Move::Ask, Hand::Staff(_))
                | (Move::Write | Move::Reopen, Hand::Person(_) | Hand::Writer(_))
                | (Move::Solve, Hand::Staff(_) | Hand::Person(_) | Hand::Writer(_))
                | (Move::Close, _)
        )
    }
}

impl TicketState {
    /// Where a move leads; `None` when it cannot be made from here.
    pub const fn after(self, act: Move) -> Option<TicketState> {
        use TicketState as S;
        match (self, act) {
            (S::Closed, Move::Reopen) => Some(S::WaitingOnUs),
            (S::Closed, _) => None,
            (_, Move::Close) => Some(S::Closed),
            (S::Solved, Move::Write | Move::Reopen) => Some(S::WaitingOnUs),
            (S::Solved, _) => None,
            (S::New, Move::Take) => Some(S::Open),
            (_, Move::Answer) => Some(S::Open),
            (_, Move::Ask) => Some(S::WaitingOnCustomer),
            (S::New, Move::Write) => Some(S::New),
            (_, Move::Write) => Some(S::WaitingOnUs),
            (_, Move::Solve) => Some(S::Solved),
            (_, Move::Take | Move::Reopen) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use mailkeep_types::{PersonId, StaffId};
    use uuid::Uuid;

    use super::{Hand, Move, TicketState};

    const ASK: &str = "waiting_on_customer";
    const US: &str = "waiting_on_us";

    /// A line for each state, a column for each move in the order of `Move::ALL`.
    const TABLE: [(&str, [&str; 7]); 6] = [
        ("new", ["open", "open", ASK, "new", "solved", "closed", "-"]),
        ("open", ["-", "open", ASK, US, "solved", "closed", "-"]),
        (ASK, ["-", "open", ASK, US, "solved", "closed", "-"]),
        (US, ["-", "open", ASK, US, "solved", "closed", "-"]),
        ("solved", ["-", "-", "-", US, "-", "closed", US]),
        ("closed", ["-", "-", "-", "-", "-", "-", US]),
    ];

    #[test]
    fn every_state_allows_its_moves_only() {
        assert_eq!(TABLE.len(), TicketState::ALL.len());
        for (from, leads) in TABLE {
            let state = TicketState::from_word(from).unwrap();
            let found: Vec<&str> =
                Move::ALL.iter().map(|act| state.after(*act).map_or("-", TicketState::word)).collect();
            assert_eq!(found, leads, "{from}");
        }
    }

    #[test]
    fn no_move_of_staff_leads_out_of_closed() {
        let staff = Hand::Staff(StaffId::from_uuid(Uuid::nil()));
        let theirs = Move::ALL.iter().filter(|act| act.is_for(staff) || act.is_for(Hand::Program));
        assert!(theirs.clone().count() > 1);
        for act in theirs {
            assert_eq!(TicketState::Closed.after(*act), None, "{act:?}");
        }
        assert!(Move::Reopen.is_for(Hand::Person(PersonId::from_uuid(Uuid::nil()))));
    }
}

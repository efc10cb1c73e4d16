//! Refusing an order for good takes two people: one proposes what is to be blocked, another agrees or does not.

use mailkeep_policy::{Act, Actor, Fact, Personal, Place, Sealed, Shown, Subject, Use, category, purpose};
use mailkeep_types::{OrderId, StaffId, Timestamp, new_uuid};
use uuid::Uuid;

use super::advance::go_on_later;
use super::decide::Decision;
use super::{OrderStatus, held, store};
use crate::commerce::Commerce;
use crate::error::CommerceError;
use crate::screening;
use crate::screening::blocks::{Block, BlockKind, BlockReason};

/// A refusal with a block that waits for a second person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its identifier.
    pub id: Uuid,
    /// Who proposed it.
    pub by: StaffId,
    /// What is to be blocked.
    pub kinds: Vec<BlockKind>,
    /// Why.
    pub reason: BlockReason,
    /// A note for the second person, sealed.
    pub note: Option<Vec<u8>>,
    /// When.
    pub at: Timestamp,
}

fn place(id: Uuid) -> Place {
    Place { table: "order_refusals", column: "note", row: id }
}

impl Commerce {
    /// Proposes to refuse a held order and to block what it came with. Nothing happens before a colleague agrees.
    ///
    /// # Errors
    /// [`CommerceError::Invalid`] for `kinds`; [`CommerceError::Staff`] when the order is not held (any more) or a proposal
    /// waits already.
    pub async fn propose_block(
        &self,
        id: OrderId,
        staff: StaffId,
        kinds: Vec<BlockKind>,
        reason: BlockReason,
        note: Option<String>,
    ) -> Result<(), CommerceError> {
        if kinds.is_empty() {
            return Err(CommerceError::invalid("kinds", "choose what is to be blocked"));
        }
        let order = self.find_order(id).await?;
        let proposal = new_uuid(&**self.clock());
        let note = match note {
            Some(text) => {
                let text: Personal<_, category::FraudSignal> = Personal::new(text);
                let subject = Subject::customer(order.customer);
                Some(self.policy().seal(subject, place(proposal), &text)?.into_bytes())
            }
            None => None,
        };
        let proposal = Proposal { id: proposal, by: staff, kinds, reason, note, at: self.clock().now() };
        self.write(move |tx| {
            let order = store::find(tx, id)?.ok_or(CommerceError::NotFound("order"))?;
            if !matches!(order.status, OrderStatus::InReview | OrderStatus::MoreAsked) {
                return Err(gone(&order.number));
            }
            if held::store::proposal(tx, id)?.is_some() {
                let message = format!("a colleague proposed to block order {} already", order.number);
                return Err(CommerceError::Staff(message));
            }
            Ok(held::store::insert_proposal(tx, id, &proposal)?)
        })
        .await
    }

    /// The proposal that waits, if one does.
    pub async fn waiting_proposal(&self, id: OrderId) -> Result<Option<Proposal>, CommerceError> {
        self.read(move |tx| held::store::proposal(tx, id)).await
    }

    /// Opens the note of a proposal for a colleague, while the order waits.
    ///
    /// # Errors
    /// [`CommerceError::Refused`] when the order is not in review or the role does not fit.
    pub async fn open_proposal_note(
        &self,
        staff: StaffId,
        id: OrderId,
        proposal: &Proposal,
    ) -> Result<Option<Shown<String>>, CommerceError> {
        let Some(note) = proposal.note.clone() else { return Ok(None) };
        let customer = self.find_order(id).await?.customer;
        let asked = Use {
            actor: Actor::Staff(staff),
            subject: Subject::customer(customer),
            act: Act::Read,
            fields: &["order_refusals.note"],
            fact: Fact::OrderInReview(id),
        };
        let grant = self.policy().grant::<purpose::Protect>(asked).await?;
        let sealed = Sealed::<String, category::FraudSignal>::from_bytes(note);
        Ok(Some(self.policy().show(&grant, place(proposal.id), &sealed)?))
    }

    /// A second person agrees, or does not: agreed, the order is refused and what was named comes onto the block list.
    ///
    /// # Errors
    /// [`CommerceError::Staff`] for whoever proposed it, and when nothing waits (any more).
    pub async fn settle_block(
        &self,
        id: OrderId,
        staff: StaffId,
        agreed: bool,
    ) -> Result<OrderStatus, CommerceError> {
        let (decision, term, clock) = (new_uuid(&**self.clock()), self.block_term(), self.clock().clone());
        self.write(move |tx| {
            let order = store::find(tx, id)?.ok_or(CommerceError::NotFound("order"))?;
            let proposal = held::store::proposal(tx, id)?.ok_or_else(|| gone(&order.number))?;
            if proposal.by == staff {
                let message = "somebody else than who proposed the block must agree to it".to_owned();
                return Err(CommerceError::Staff(message));
            }
            held::store::settle_proposal(tx, proposal.id, staff, agreed)?;
            if !agreed {
                return Ok(());
            }
            if !matches!(order.status, OrderStatus::InReview | OrderStatus::MoreAsked) {
                return Err(gone(&order.number));
            }
            let traces = screening::store::all_traces(tx, id)?;
            for kind in &proposal.kinds {
                let Some(hash) = screening::store::of_kind(&traces, *kind) else { continue };
                let block = Block {
                    id: new_uuid(&*clock),
                    kind: *kind,
                    value_hash: hash.clone(),
                    domain: None,
                    reason: proposal.reason,
                    order: Some(id),
                    by: proposal.by,
                    since: tx.now(),
                    until: tx.now().plus(term),
                    lifted_at: None,
                };
                screening::store::insert_block(tx, &block)?;
            }
            store::move_on(tx, id, order.status, OrderStatus::Releasing)?;
            store::insert_decision(tx, decision, id, proposal.by, Decision::RefuseAndBlock.word(), None)?;
            store::set_decided(tx, id, Some(proposal.by))?;
            go_on_later(tx, id)
        })
        .await?;
        match self.advance_order(id).await {
            Err(CommerceError::ProcessorUnknown(_)) => Ok(OrderStatus::Releasing),
            other => other,
        }
    }
}

fn gone(number: &str) -> CommerceError {
    CommerceError::Staff(format!("order {number} is not in review any more; look at it again"))
}

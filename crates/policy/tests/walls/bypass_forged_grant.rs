//! A grant that the gate did not give.
use std::marker::PhantomData;

use mailkeep_policy::{Act, Actor, Grant, Subject, purpose};
use mailkeep_types::{PersonId, Timestamp};

fn forge(person: PersonId) -> Grant<purpose::Rights> {
    Grant {
        subject: Subject::person(person),
        actor: Actor::Person(person),
        act: Act::Read,
        ends_at: Timestamp::NEVER,
        purpose: PhantomData,
    }
}

fn main() {
    let _ = forge;
}

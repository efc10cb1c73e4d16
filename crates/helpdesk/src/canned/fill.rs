//! What variables stand for is put in their places.

use mailkeep_policy::Shown;

use super::template::{Piece, marker};
use super::{Template, Variable};

/// What the variables stand for at one ticket.
#[derive(Debug, Clone, Default)]
pub struct Values {
    /// The name of the contact who opened it, opened under the ticket; nothing where nobody is known by name.
    pub customer_name: Option<Shown<String>>,
    /// What it is called, opened under the ticket.
    pub ticket_subject: Option<Shown<String>>,
    /// Its number.
    pub ticket_number: String,
    /// The login of whoever answers.
    pub agent_name: String,
    /// The name of the provider.
    pub provider_name: String,
}

/// A text with what its variables stand for.
#[derive(Debug)]
pub struct Filled {
    /// The text.
    pub words: Shown<String>,
    /// Variables for which nothing is known; they stand in the text as they were written.
    pub missing: Vec<Variable>,
}

type Pieces = Vec<Piece>;

fn put(pieces: &Pieces, variable: Variable, value: &str) -> Pieces {
    let filled = |piece: &Piece| match piece {
        Piece::Variable(found) if *found == variable => Piece::Text(value.to_owned()),
        other => other.clone(),
    };
    pieces.iter().map(filled).collect()
}

fn joined(pieces: &Pieces) -> String {
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Variable(variable) => marker(*variable),
    };
    pieces.iter().map(text).collect()
}

impl Template {
    /// Puts the values in. What a value has in it is text: names in braces within it are not read again.
    pub fn fill(&self, values: &Values) -> Filled {
        let plain = [
            (Variable::TicketNumber, &values.ticket_number),
            (Variable::AgentName, &values.agent_name),
            (Variable::ProviderName, &values.provider_name),
        ];
        let pieces = plain
            .into_iter()
            .fold(self.pieces.clone(), |pieces, (variable, value)| put(&pieces, variable, value));
        let mut filled: Shown<Pieces> = pieces.into();
        let mut missing = Vec::new();
        // The closures capture nothing, so that they have no place to put a personal value but the text.
        if self.has(Variable::CustomerName) {
            match &values.customer_name {
                Some(name) => filled = filled.join(name, |to, name| put(to, Variable::CustomerName, name)),
                None => missing.push(Variable::CustomerName),
            }
        }
        if self.has(Variable::TicketSubject) {
            match &values.ticket_subject {
                Some(title) => {
                    filled = filled.join(title, |to, title| put(to, Variable::TicketSubject, title))
                }
                None => missing.push(Variable::TicketSubject),
            }
        }
        Filled { words: filled.reshape(joined), missing }
    }
}

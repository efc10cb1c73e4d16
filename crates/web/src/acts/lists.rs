//! Distribution lists: whose they are, what is opened of them, and reading addresses that somebody pasted.

use std::collections::BTreeSet;

use mailkeep_mailbox::lists::{Guest, Invitations, ListSummary};
use mailkeep_policy::{Act, Fact, Shown, Subject, Use, purpose};
use mailkeep_types::{AliasId, EmailAddress};

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::{Msg, msg};

/// Addresses that are taken at once.
pub const MOST_AT_ONCE: usize = 100;
/// Mistakes that are named; the others are counted.
const NAMED: usize = 5;

/// The list in the path, which must be the customer's.
///
/// # Errors
/// [`WebError::NotFound`] for one of somebody else.
pub async fn own(ctx: &Ctx) -> Result<ListSummary, WebError> {
    let list: AliasId = ctx.param("list")?;
    let found = ctx.state.office.list_summary(list).await?;
    if found.customer == ctx.customer()? { Ok(found) } else { Err(WebError::NotFound) }
}

/// The addresses of guests, in their order.
///
/// # Errors
/// When the gate refuses.
pub async fn opened(ctx: &Ctx, guests: &[Guest]) -> Result<Vec<Shown<EmailAddress>>, WebError> {
    if guests.is_empty() {
        return Ok(Vec::new());
    }
    let person = ctx.who.person()?;
    let asked = Use {
        actor: person.actor(),
        subject: Subject::customer(ctx.customer()?),
        act: Act::Read,
        fields: &["list_guests.address"],
        fact: Fact::OwnSession(person.session),
    };
    let grant = ctx.state.policy.grant::<purpose::Rights>(asked).await?;
    let open = |guest| ctx.state.office.open_guest(&grant, guest);
    Ok(guests.iter().map(open).collect::<Result<_, _>>()?)
}

/// How invitations of the customer are sent: in the language of whoever asks, and at most so many a day as the outbound guard
/// lets the customer write to strangers.
///
/// # Errors
/// When the database fails.
pub async fn invitations(ctx: &Ctx, list: &ListSummary) -> Result<Invitations, WebError> {
    let guard = ctx.state.holds.guard();
    let most = guard.invitations_for(list.domain).await.map_err(WebError::internal)?;
    Ok(Invitations { language: ctx.language.clone(), most })
}

/// Addresses as they were pasted, each with the number of its line.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Pasted {
    /// The addresses, none of them twice.
    pub addresses: Vec<EmailAddress>,
    /// The line of each.
    pub lines: Vec<usize>,
    /// Lines on which stands something else.
    pub wrong: Vec<usize>,
}

/// Reads one address on a line, or several with commas between them; a name before an address in angle brackets is left out.
pub fn read(text: &str) -> Pasted {
    let (mut pasted, mut known) = (Pasted::default(), BTreeSet::new());
    for (line, words) in (1..).zip(text.lines()) {
        for word in words.split([',', ';']).map(str::trim).filter(|word| !word.is_empty()) {
            let inner = word.split_once('<').and_then(|(_, rest)| rest.trim_end().strip_suffix('>'));
            match EmailAddress::parse(inner.unwrap_or(word).trim()) {
                Ok(address) if known.insert(address.canonical()) => {
                    pasted.addresses.push(address);
                    pasted.lines.push(line);
                }
                Ok(_) => {}
                Err(_) => pasted.wrong.push(line),
            }
        }
    }
    pasted.wrong.dedup();
    pasted
}

/// What is wrong, line by line, as one text.
pub fn mistakes(ctx: &Ctx, faults: &[(usize, &'static str)]) -> Msg {
    let named = faults.iter().take(NAMED).map(|(line, why)| {
        let line = i64::try_from(*line).unwrap_or(i64::MAX);
        ctx.text(&msg("list-line").with("line", line).with("what", ctx.say(why)))
    });
    let mut texts: Vec<String> = named.collect();
    let more = faults.len().saturating_sub(NAMED);
    if more > 0 {
        texts.push(ctx.text(&msg("list-lines-more").with("n", i64::try_from(more).unwrap_or(i64::MAX))));
    }
    msg("verbatim").with("text", texts.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pasted_addresses_are_read_and_mistakes_named_by_their_line() {
        let text = "ada@far.example\r\n\r\nGrace Hopper <grace@far.example>, ADA@far.example\nnobody\nx@y.example; z@\n";
        let pasted = read(text);
        let addresses: Vec<String> = pasted.addresses.iter().map(ToString::to_string).collect();
        assert_eq!(addresses, ["ada@far.example", "grace@far.example", "x@y.example"]);
        assert_eq!((pasted.lines, pasted.wrong), (vec![1, 3, 5], vec![4, 5]));
        assert_eq!(read(" \n,;\n"), Pasted::default());
    }
}

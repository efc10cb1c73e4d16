//! The finished message.

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::message_id::MessageId;

use super::Letter;
use crate::webmail::reading::Correspondent;

type AddPeople<'x> = fn(MessageBuilder<'x>, Address<'x>) -> MessageBuilder<'x>;

/// Writes the message as it goes out and is kept (RFC 5322).
pub fn build(letter: &Letter) -> Vec<u8> {
    let mut builder = MessageBuilder::new()
        .from(address(&letter.from))
        .message_id(letter.message_id.as_str())
        .date(letter.date.as_seconds())
        .subject(letter.subject.as_str())
        .text_body(with_crlf(&letter.text));
    for (people, add) in [
        (&letter.to, MessageBuilder::to as AddPeople<'_>),
        (&letter.cc, MessageBuilder::cc),
        (&letter.bcc, MessageBuilder::bcc),
    ] {
        if !people.is_empty() {
            builder = add(builder, Address::new_list(people.iter().map(address).collect()));
        }
    }
    if let Some(id) = &letter.in_reply_to {
        builder = builder.in_reply_to(id.as_str());
    }
    if !letter.references.is_empty() {
        builder = builder.references(MessageId::new_list(letter.references.iter().map(String::as_str)));
    }
    for file in &letter.files {
        builder = builder.attachment(media_type(&file.media_type), file.name.as_str(), file.bytes.as_slice());
    }
    // Writing to memory cannot fail; were it to, an empty message would be refused by whoever takes it.
    builder.write_to_vec().unwrap_or_default()
}

fn address(person: &Correspondent) -> Address<'_> {
    let name = (!person.name.is_empty()).then_some(person.name.as_str());
    Address::new_address(name, person.address.as_str())
}

/// A media type that may stand in a header; messages and multiparts have rules of their own and go as plain bytes.
fn media_type(claimed: &str) -> &str {
    let token = |text: &str| {
        !text.is_empty()
            && text.len() <= 80
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b))
    };
    match claimed.split_once('/') {
        Some((main, sub)) if token(main) && token(sub) && !matches!(main, "message" | "multipart") => claimed,
        _ => "application/octet-stream",
    }
}

fn with_crlf(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    for line in text.lines() {
        out.push_str(line);
        out.push_str("\r\n");
    }
    out
}

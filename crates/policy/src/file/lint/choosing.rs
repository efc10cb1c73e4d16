//! What can be wrong with the topics that people choose.

use super::{Linter, ids};
use crate::file::raw::RawFile;
use crate::outbound::{Channel, MessageClass};

/// Each topic is within a class with a choice and by the channels of that class; each such class has a topic.
pub(super) fn topics(linter: &mut Linter<'_>, file: &RawFile) {
    for topic in &file.topic {
        let class = std::slice::from_ref(&topic.class);
        linter.words(&topic.id, "class", class, &ids(MessageClass::ALL, MessageClass::id));
        linter.words(&topic.id, "channel", &topic.channels, &ids(Channel::ALL, Channel::id));
        let Some(message) = file.message.iter().find(|message| *message.class.get_ref() == topic.class)
        else {
            continue;
        };
        if message.choice == "none" {
            linter.wrong(
                &topic.id,
                format!("the topic “{}” is of a class without a choice", topic.id.get_ref()),
                "give it a class that can be declined",
            );
        }
        if topic.channels.is_empty() || topic.channels.iter().any(|word| !message.channels.contains(word)) {
            linter.wrong(
                &topic.id,
                format!("the topic “{}” comes by other channels than its class", topic.id.get_ref()),
                format!("use some of {}", message.channels.join(", ")),
            );
        }
        if topic.words.is_empty() || topic.often.is_empty() {
            linter.wrong(
                &topic.id,
                format!("the topic “{}” does not say what it brings and how often", topic.id.get_ref()),
                "fill words and often",
            );
        }
    }
    for message in file.message.iter().filter(|message| message.choice != "none") {
        if !file.topic.iter().any(|topic| topic.class == *message.class.get_ref()) {
            linter.wrong(
                &message.class,
                format!("nobody can choose messages of class {}", message.class.get_ref()),
                "add a [[topic]] of that class",
            );
        }
    }
}

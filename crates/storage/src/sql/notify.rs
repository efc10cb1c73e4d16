//! Wake-ups: small notices that something changed, sent once the change is durable. They carry no content; whoever
//! wakes looks into the database.

use std::collections::HashMap;
use std::sync::{Arc, Weak};

use parking_lot::Mutex;
use tokio::sync::{broadcast, watch};

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// A mailbox changed; the value is its newest change number.
    Mailbox,
    /// Addresses, domains or limits changed, and what is cached of them is stale.
    Routing,
    /// The outgoing queue has something to do.
    Queue,
    /// A job became due.
    Job,
    /// Rights, sessions or settings changed, and what is cached of them is stale.
    Access,
}

impl Channel {
    const ALL: [Channel; 5] =
        [Channel::Mailbox, Channel::Routing, Channel::Queue, Channel::Job, Channel::Access];

    fn letter(self) -> char {
        match self {
            Channel::Mailbox => 'm',
            Channel::Routing => 'r',
            Channel::Queue => 'q',
            Channel::Job => 'j',
            Channel::Access => 'a',
        }
    }
}

/// Something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// What kind of thing.
    pub channel: Channel,
    /// Which one.
    pub id: [u8; 16],
    /// A number whose meaning the channel says.
    pub value: i64,
}

impl Notice {
    /// The payload of PostgreSQL's NOTIFY.
    pub(super) fn to_payload(self, node: &str) -> String {
        let id = data_encoding::HEXLOWER.encode(&self.id);
        format!("{node} {} {id} {}", self.channel.letter(), self.value)
    }

    /// Reads a payload; `None` for this node's own, which were delivered at once, and for anything malformed.
    pub(super) fn from_payload(payload: &str, node: &str) -> Option<Notice> {
        let mut parts = payload.split(' ');
        if parts.next()? == node {
            return None;
        }
        let letter = parts.next()?;
        let channel = Channel::ALL.into_iter().find(|c| letter == c.letter().to_string())?;
        let id = data_encoding::HEXLOWER.decode(parts.next()?.as_bytes()).ok()?.try_into().ok()?;
        Some(Notice { channel, id, value: parts.next()?.parse().ok()? })
    }
}

type Watched = Mutex<HashMap<(Channel, [u8; 16]), watch::Sender<i64>>>;

pub(super) struct Notifier {
    channels: [broadcast::Sender<Notice>; Channel::ALL.len()],
    watched: Watched,
}

impl Default for Notifier {
    fn default() -> Self {
        Notifier { channels: Channel::ALL.map(|_| broadcast::channel(1024).0), watched: Mutex::default() }
    }
}

impl Notifier {
    pub(super) fn send(&self, notices: &[Notice]) {
        for notice in notices {
            // No receiver is no fault.
            let _ = self.channels[notice.channel as usize].send(*notice);
            if let Some(sender) = self.watched.lock().get(&(notice.channel, notice.id)) {
                sender.send_replace(notice.value);
            }
        }
    }

    pub(super) fn subscribe(&self, channel: Channel) -> broadcast::Receiver<Notice> {
        self.channels[channel as usize].subscribe()
    }

    pub(super) fn watch(notifier: &Arc<Self>, channel: Channel, id: [u8; 16]) -> Watch {
        let mut watched = notifier.watched.lock();
        let receiver = watched.entry((channel, id)).or_insert_with(|| watch::channel(0).0).subscribe();
        Watch { receiver: Some(receiver), key: (channel, id), notifier: Arc::downgrade(notifier) }
    }
}

/// Watches one thing; see [`super::Database::watch`].
pub struct Watch {
    receiver: Option<watch::Receiver<i64>>,
    key: (Channel, [u8; 16]),
    notifier: Weak<Notifier>,
}

impl Watch {
    /// True when there was a notice since the last call of this or of [`Watch::changed`]. Does not wait.
    pub fn take(&mut self) -> bool {
        self.receiver.as_mut().is_some_and(|receiver| {
            let changed = receiver.has_changed().unwrap_or(false);
            if changed {
                receiver.mark_unchanged();
            }
            changed
        })
    }

    /// Waits for the next notice since the last call and gives its value. Never ends while the database is closed.
    pub async fn changed(&mut self) -> i64 {
        if let Some(receiver) = &mut self.receiver
            && receiver.changed().await.is_ok()
        {
            return *receiver.borrow_and_update();
        }
        std::future::pending().await
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.receiver = None;
        if let Some(notifier) = self.notifier.upgrade() {
            let mut watched = notifier.watched.lock();
            if watched.get(&self.key).is_some_and(|sender| sender.receiver_count() == 0) {
                watched.remove(&self.key);
            }
        }
    }
}

//! What connections share: how many there may be, and the memory for messages on their way in.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Counts of things in use by a key, with a limit for each key and for all.
#[derive(Debug)]
pub(crate) struct Slots<K: Eq + Hash + Copy> {
    total: usize,
    each: usize,
    used: Mutex<(usize, HashMap<K, usize>)>,
}

/// One slot; given back when dropped.
#[derive(Debug)]
pub(crate) struct Slot<K: Eq + Hash + Copy> {
    slots: Arc<Slots<K>>,
    key: K,
}

impl<K: Eq + Hash + Copy> Slots<K> {
    pub fn new(total: usize, each: usize) -> Arc<Self> {
        Arc::new(Slots { total, each, used: Mutex::new((0, HashMap::new())) })
    }

    /// A slot for `key`, if one is free.
    pub fn take(self: &Arc<Self>, key: K) -> Option<Slot<K>> {
        let mut used = self.used.lock();
        let (all, by_key) = &mut *used;
        let of_key = by_key.get(&key).copied().unwrap_or(0);
        if *all >= self.total || of_key >= self.each {
            return None;
        }
        *all += 1;
        by_key.insert(key, of_key + 1);
        Some(Slot { slots: Arc::clone(self), key })
    }
}

impl<K: Eq + Hash + Copy> Drop for Slot<K> {
    fn drop(&mut self) {
        let mut used = self.slots.used.lock();
        let (all, by_key) = &mut *used;
        *all = all.saturating_sub(1);
        if let Some(count) = by_key.get_mut(&self.key) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                by_key.remove(&self.key);
            }
        }
    }
}

/// The address that is counted: of IPv6 the /64, which is what one customer of a network gets.
pub(crate) fn counted_address(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(v4) => IpAddr::V4(v4),
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX))),
    }
}

/// Memory for messages, in units of 64 KiB.
#[derive(Debug, Clone)]
pub(crate) struct AppendMemory {
    units: Arc<Semaphore>,
    most: u32,
}

const UNIT: usize = 64 * 1024;

impl AppendMemory {
    pub fn new(bytes: usize) -> Self {
        let most = u32::try_from(bytes / UNIT).unwrap_or(u32::MAX).max(1);
        AppendMemory { units: Arc::new(Semaphore::new(most as usize)), most }
    }

    /// Waits until there is room for `bytes`. Small amounts are free: they are bounded by the number of connections.
    pub async fn reserve(&self, bytes: usize) -> Option<OwnedSemaphorePermit> {
        let units = u32::try_from(bytes / UNIT).unwrap_or(u32::MAX).min(self.most);
        if units == 0 {
            return None;
        }
        Arc::clone(&self.units).acquire_many_owned(units).await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_counted_and_given_back() {
        let slots = Slots::new(3, 2);
        let first = slots.take(1).unwrap();
        let _second = slots.take(1).unwrap();
        assert!(slots.take(1).is_none());
        let _third = slots.take(2).unwrap();
        assert!(slots.take(3).is_none());
        drop(first);
        assert!(slots.take(3).is_some());
    }

    #[test]
    fn a_network_of_ipv6_counts_as_one() {
        let counted = |text: &str| counted_address(text.parse().unwrap());
        assert_eq!(counted("2001:db8:1:2::1"), counted("2001:db8:1:2:ffff::2"));
        assert_ne!(counted("2001:db8:1:2::1"), counted("2001:db8:1:3::1"));
        assert_eq!(counted("::ffff:192.0.2.1"), counted("192.0.2.1"));
    }

    #[tokio::test]
    async fn memory_is_handed_out_once() {
        let memory = AppendMemory::new(10 * UNIT);
        let held = memory.reserve(8 * UNIT).await;
        assert!(held.is_some());
        assert!(memory.reserve(UNIT - 1).await.is_none());
        let waiting = memory.reserve(5 * UNIT);
        tokio::pin!(waiting);
        assert!(futures_poll(waiting.as_mut()).await.is_none());
        drop(held);
        assert!(waiting.await.is_some());
    }

    /// Polls once.
    async fn futures_poll<F: std::future::Future + Unpin>(mut future: F) -> Option<F::Output> {
        std::future::poll_fn(|context| {
            std::task::Poll::Ready(match std::pin::Pin::new(&mut future).poll(context) {
                std::task::Poll::Ready(value) => Some(value),
                std::task::Poll::Pending => None,
            })
        })
        .await
    }
}

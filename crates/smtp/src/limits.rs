//! Limits that all connections share: how many there are, how many from one place, and the memory of messages that
//! are coming in.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How many connections may be open, in all and from one address.
#[derive(Debug)]
pub struct Connections {
    total: usize,
    per_address: usize,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// A connection's place; given back when it is dropped.
#[derive(Debug)]
pub struct Place {
    connections: Arc<Connections>,
    key: IpAddr,
}

impl Connections {
    /// At most `total` connections, of which `per_address` from one address.
    pub fn new(total: usize, per_address: usize) -> Arc<Self> {
        Arc::new(Connections { total, per_address, open: Mutex::default() })
    }

    /// A place for a connection from `address`; `None` when there is none left.
    pub fn enter(self: &Arc<Self>, address: IpAddr) -> Option<Place> {
        let key = network_of(address);
        let mut open = self.open.lock();
        let from_here = open.by_address.get(&key).copied().unwrap_or(0);
        if open.all >= self.total || from_here >= self.per_address {
            return None;
        }
        open.all += 1;
        open.by_address.insert(key, from_here + 1);
        Some(Place { connections: self.clone(), key })
    }

    /// How many connections are open.
    pub fn open(&self) -> usize {
        self.open.lock().all
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.connections.open.lock();
        open.all = open.all.saturating_sub(1);
        if let Some(count) = open.by_address.get_mut(&self.key) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                open.by_address.remove(&self.key);
            }
        }
    }
}

/// The address that is counted: an IPv6 customer has a whole /64, so that is what counts as one place.
pub fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(ip) => IpAddr::V4(ip),
        IpAddr::V6(ip) => IpAddr::V6(Ipv6Addr::from_bits(ip.to_bits() & !u128::from(u64::MAX))),
    }
}

/// Memory for the messages that are coming in on all connections together.
#[derive(Debug, Clone)]
pub struct Memory(Arc<Semaphore>);

/// A part of that memory; given back when it is dropped.
#[derive(Debug)]
pub struct MemoryShare {
    memory: Memory,
    held: Option<OwnedSemaphorePermit>,
    bytes: usize,
}

/// Memory is counted in blocks of this size.
const BLOCK: usize = 64 * 1024;

impl Memory {
    /// At most `bytes` for all messages.
    pub fn new(bytes: usize) -> Self {
        Memory(Arc::new(Semaphore::new((bytes / BLOCK).max(1))))
    }

    /// A share that has nothing yet.
    pub fn share(&self) -> MemoryShare {
        MemoryShare { memory: self.clone(), held: None, bytes: 0 }
    }
}

impl MemoryShare {
    /// Makes sure that the share covers `bytes`; false when there is not enough left.
    pub fn grow_to(&mut self, bytes: usize) -> bool {
        if bytes <= self.bytes {
            return true;
        }
        let blocks = (bytes - self.bytes).div_ceil(BLOCK);
        let wanted = u32::try_from(blocks).unwrap_or(u32::MAX);
        match self.memory.0.clone().try_acquire_many_owned(wanted) {
            Ok(permit) => {
                match &mut self.held {
                    Some(held) => held.merge(permit),
                    None => self.held = Some(permit),
                }
                self.bytes += blocks * BLOCK;
                true
            }
            Err(_) => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_limited_and_given_back() {
        let connections = Connections::new(3, 2);
        let here: IpAddr = "192.0.2.1".parse().unwrap();
        let first = connections.enter(here).unwrap();
        let _second = connections.enter("::ffff:192.0.2.1".parse().unwrap()).unwrap();
        assert!(connections.enter(here).is_none());
        let _third = connections.enter("192.0.2.2".parse().unwrap()).unwrap();
        assert!(connections.enter("192.0.2.3".parse().unwrap()).is_none());
        drop(first);
        assert!(connections.enter(here).is_some());
        assert_eq!(connections.open(), 2);
    }

    #[test]
    fn a_64_is_one_place() {
        let connections = Connections::new(9, 1);
        let _one = connections.enter("2001:db8:0:1::1".parse().unwrap()).unwrap();
        assert!(connections.enter("2001:db8:0:1:ffff::2".parse().unwrap()).is_none());
        assert!(connections.enter("2001:db8:0:2::1".parse().unwrap()).is_some());
    }

    #[test]
    fn memory_is_shared_and_given_back() {
        let memory = Memory::new(4 * BLOCK);
        let (mut one, mut two) = (memory.share(), memory.share());
        assert!(one.grow_to(3 * BLOCK) && one.grow_to(1));
        assert!(two.grow_to(10) && !two.grow_to(BLOCK + 1));
        drop(one);
        assert!(two.grow_to(4 * BLOCK));
    }
}

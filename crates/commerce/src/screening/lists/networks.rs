//! A table of networks: ranges that do not overlap, found by bisection.

use std::net::IpAddr;

/// Ranges of IPv4 addresses, and of the first halves of IPv6 addresses: nobody is given less than a /64.
#[derive(Debug, Clone)]
pub struct Networks<T> {
    four: Vec<(u32, u32, T)>,
    six: Vec<(u64, u64, T)>,
}

impl<T> Default for Networks<T> {
    fn default() -> Self {
        Networks { four: Vec::new(), six: Vec::new() }
    }
}

impl<T> Networks<T> {
    /// A table of ranges, first and last address each. Ranges of mixed families or turned around are dropped.
    pub fn new(ranges: impl IntoIterator<Item = (IpAddr, IpAddr, T)>) -> Self {
        let mut table = Networks::default();
        for (first, last, value) in ranges {
            match (first, last) {
                (IpAddr::V4(first), IpAddr::V4(last)) if first <= last => {
                    table.four.push((first.to_bits(), last.to_bits(), value));
                }
                (IpAddr::V6(first), IpAddr::V6(last)) if first <= last => {
                    table.six.push((upper(first), upper(last), value));
                }
                _ => {}
            }
        }
        table.four.sort_by_key(|(first, ..)| *first);
        table.six.sort_by_key(|(first, ..)| *first);
        table
    }

    /// What the table says of an address.
    pub fn find(&self, address: IpAddr) -> Option<&T> {
        match address.to_canonical() {
            IpAddr::V4(four) => holding(&self.four, four.to_bits()),
            IpAddr::V6(six) => holding(&self.six, upper(six)),
        }
    }

    /// How many ranges there are.
    pub fn len(&self) -> usize {
        self.four.len() + self.six.len()
    }

    /// Whether the table is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The first half of an IPv6 address.
fn upper(address: std::net::Ipv6Addr) -> u64 {
    u64::try_from(address.to_bits() >> 64).unwrap_or_default()
}

/// The range that begins last before a number, if it reaches it.
fn holding<N: Ord + Copy, T>(ranges: &[(N, N, T)], number: N) -> Option<&T> {
    let after = ranges.partition_point(|(first, ..)| *first <= number);
    let (_, last, value) = ranges.get(after.checked_sub(1)?)?;
    (number <= *last).then_some(value)
}

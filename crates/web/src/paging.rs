//! Lists in pages.

use serde::Serialize;

/// Which page of a list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Paging {
    /// The page, from 1.
    pub page: i64,
    /// Rows on a page.
    pub size: i64,
    /// Rows in all.
    pub total: i64,
}

impl Paging {
    /// The page that was asked for, kept within sense; `total` is filled in once counted.
    pub fn asked(page: &str, size: i64) -> Self {
        Paging { page: page.parse().unwrap_or(1).clamp(1, 100_000), size, total: 0 }
    }

    /// The same with the count of all rows.
    #[must_use]
    pub fn of(self, total: i64) -> Self {
        Paging { total, ..self }
    }

    /// The rows before this page: the `OFFSET`.
    pub fn skip(self) -> i64 {
        (self.page - 1) * self.size
    }

    /// Cuts the page out of a whole list.
    pub fn cut<T>(&mut self, all: Vec<T>) -> Vec<T> {
        self.total = i64::try_from(all.len()).unwrap_or(i64::MAX);
        let skip = usize::try_from(self.skip()).unwrap_or(usize::MAX);
        all.into_iter().skip(skip).take(usize::try_from(self.size).unwrap_or(0)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_stay_within_sense() {
        assert_eq!(Paging::asked("-3", 20).skip(), 0);
        assert_eq!(Paging::asked("x", 20).page, 1);
        let mut second = Paging::asked("2", 3);
        assert_eq!(second.cut((0..5).collect()), [3, 4]);
        assert_eq!(second.total, 5);
    }
}

//! Where an article stands, and which moves there are.

use mailkeep_types::words;

words! {
    /// Where the newest revision of an article stands.
    ArticleState {
        /// It is being written.
        Draft = "draft",
        /// It waits for somebody who reads it.
        InReview = "in_review",
        /// Readers see it.
        Published = "published",
        /// Readers see it no longer.
        Retired = "retired",
    }
}

words! {
    /// Who may read an article.
    Audience {
        /// Everybody.
        Public = "public",
        /// People who are signed in.
        Customers = "customers",
    }
}

words! {
    /// What is done with an article.
    Move {
        /// A new revision is written.
        Write = "write",
        /// It is given to review.
        Submit = "submit",
        /// The reviewer gives it back.
        Return = "return",
        /// It is published.
        Publish = "publish",
        /// It is taken away from readers.
        Retire = "retire",
    }
}

impl ArticleState {
    /// Where a move leads; `None` when it cannot be made from here.
    pub const fn after(self, act: Move) -> Option<ArticleState> {
        use ArticleState as S;
        match (self, act) {
            (S::Draft | S::Published | S::Retired, Move::Write)
            | (S::InReview, Move::Return | Move::Write) => Some(S::Draft),
            (S::Draft, Move::Submit) => Some(S::InReview),
            (S::InReview, Move::Publish) => Some(S::Published),
            (S::Draft | S::InReview | S::Published, Move::Retire) => Some(S::Retired),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{ArticleState, Move};

    /// A line for each state, a column for each move in the order of `Move::ALL`.
    const TABLE: [(&str, [&str; 5]); 4] = [
        ("draft", ["draft", "in_review", "-", "-", "retired"]),
        ("in_review", ["draft", "-", "draft", "published", "retired"]),
        ("published", ["draft", "-", "-", "-", "retired"]),
        ("retired", ["draft", "-", "-", "-", "-"]),
    ];

    #[test]
    fn nothing_is_published_that_was_not_in_review() {
        for (from, leads) in TABLE {
            let state = ArticleState::from_word(from).unwrap();
            let found: Vec<&str> =
                Move::ALL.iter().map(|act| state.after(*act).map_or("-", ArticleState::word)).collect();
            assert_eq!(found, leads, "{from}");
        }
    }
}

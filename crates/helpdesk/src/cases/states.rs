//! The words of cases.

use mailkeep_types::words;

use crate::letters::privacy::Hint;

words! {
    /// What is asked of the privacy desk.
    CaseKind {
        /// To see what is held, and why.
        Access = "access",
        /// To take it along.
        Portability = "portability",
        /// To have it corrected.
        Correction = "correction",
        /// To have it erased.
        Erasure = "erasure",
        /// To have a use of it ended.
        Objection = "objection",
        /// To have it kept and not used.
        Restriction = "restriction",
        /// To complain.
        Complaint = "complaint",
        /// Anything else about the policy.
        Question = "question",
    }
}

words! {
    /// Whether it is known who asks.
    Identity {
        /// Nobody asked for it.
        Unasked = "unasked",
        /// A link went to the address on file.
        Asked = "asked",
        /// They followed the link, or were signed in.
        Shown = "shown",
        /// Whoever has the address on file says that they did not ask.
        Denied = "denied",
    }
}

words! {
    /// What came of a case.
    CaseOutcome {
        /// What was asked was done.
        Granted = "granted",
        /// Some of it was.
        Partly = "partly",
        /// It was not, for the reason in the answer.
        Refused = "refused",
        /// Nothing is held about whoever asked.
        NothingHeld = "nothing_held",
        /// It was not shown who asks.
        Unconfirmed = "unconfirmed",
        /// There was something to explain, and nothing to do.
        Explained = "explained",
    }
}

words! {
    /// Where a case stands.
    CaseStage {
        /// Nobody said yet what it is.
        Unread = "unread",
        /// It is to be answered.
        Open = "open",
        /// It is answered.
        Settled = "settled",
    }
}

impl From<Hint> for CaseKind {
    fn from(hint: Hint) -> Self {
        match hint {
            Hint::Access => CaseKind::Access,
            Hint::Portability => CaseKind::Portability,
            Hint::Correction => CaseKind::Correction,
            Hint::Erasure => CaseKind::Erasure,
            Hint::Objection => CaseKind::Objection,
            Hint::Restriction => CaseKind::Restriction,
            Hint::Complaint => CaseKind::Complaint,
        }
    }
}

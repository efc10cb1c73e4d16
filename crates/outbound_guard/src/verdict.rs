//! What the guard says of a message, and why.

use std::fmt;

/// What happens to a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It goes out.
    Allow,
    /// It is accepted and waits until somebody decides.
    Hold,
    /// It may be handed in again later.
    Delay,
    /// It is not accepted.
    Refuse,
}

/// Which rule spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReasonCode {
    /// A service that is being tried writes to its own customer's addresses alone.
    TrialOutside,
    /// Recipients of one message.
    PerMessage,
    /// Recipients of an hour.
    PerHour,
    /// Recipients of the window of the class of service.
    PerWindow,
    /// Recipients outside in 24 hours, by how long the customer has been here.
    PerDay,
    /// Recipients never written to before, in 24 hours.
    FirstTime,
    /// Much the same text to many who were never written to before.
    Campaign,
    /// Much the same text from many customers.
    Wave,
    /// Several never written to before, from where the mailbox was never used.
    SignIn,
    /// Many recipients of the mailbox do not exist.
    Returns,
    /// Too many recipients take mail of the customer for unwanted.
    Complaints,
    /// The mailbox or its customer is throttled.
    Throttled,
    /// The mailbox or its customer is locked.
    Locked,
    /// The domain is suspended.
    Suspended,
}

impl ReasonCode {
    /// All of them.
    pub const ALL: [ReasonCode; 14] = [
        ReasonCode::TrialOutside,
        ReasonCode::PerMessage,
        ReasonCode::PerHour,
        ReasonCode::PerWindow,
        ReasonCode::PerDay,
        ReasonCode::FirstTime,
        ReasonCode::Campaign,
        ReasonCode::Wave,
        ReasonCode::SignIn,
        ReasonCode::Returns,
        ReasonCode::Complaints,
        ReasonCode::Throttled,
        ReasonCode::Locked,
        ReasonCode::Suspended,
    ];

    /// The word in replies, in the database and in the keys of texts.
    pub const fn word(self) -> &'static str {
        match self {
            ReasonCode::TrialOutside => "trial-outside",
            ReasonCode::PerMessage => "per-message",
            ReasonCode::PerHour => "per-hour",
            ReasonCode::PerWindow => "per-window",
            ReasonCode::PerDay => "per-day",
            ReasonCode::FirstTime => "first-time",
            ReasonCode::Campaign => "campaign",
            ReasonCode::Wave => "wave",
            ReasonCode::SignIn => "sign-in",
            ReasonCode::Returns => "returns",
            ReasonCode::Complaints => "complaints",
            ReasonCode::Throttled => "throttled",
            ReasonCode::Locked => "locked",
            ReasonCode::Suspended => "suspended",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|code| code.word() == word)
    }
}

/// Why a message does not simply go out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reason {
    /// The rule.
    pub code: ReasonCode,
    /// What was counted, this message with it.
    pub value: u64,
    /// What the rule allows.
    pub limit: u64,
}

impl fmt::Display for Reason {
    /// A sentence for the person who sends: what was met, and what to do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Reason { value, limit, .. } = self;
        match self.code {
            ReasonCode::TrialOutside => f.write_str(
                "while the service is tried, mail goes to addresses of your own domains only; it opens with the first paid day",
            ),
            ReasonCode::PerMessage => {
                write!(f, "the message has {value} recipients and may have {limit}; send it in parts")
            }
            ReasonCode::PerHour => {
                write!(f, "{value} recipients in an hour are more than the {limit} of this mailbox; try again in an hour")
            }
            ReasonCode::PerWindow => write!(
                f,
                "{value} recipients are more than the {limit} that this mailbox may write to in this time; try again later or ask for more"
            ),
            ReasonCode::PerDay => write!(
                f,
                "{value} recipients outside in 24 hours are more than {limit}; try again tomorrow, the limit rises by itself"
            ),
            ReasonCode::FirstTime => write!(
                f,
                "{value} people never written to before in 24 hours are more than {limit}; try again tomorrow, the limit rises by itself"
            ),
            ReasonCode::Campaign => write!(
                f,
                "much the same text went to {value} people never written to before, so it waits until somebody has looked at it"
            ),
            ReasonCode::Wave => write!(
                f,
                "much the same text comes from several customers to {value} people never written to before, so it waits until somebody has looked at it"
            ),
            ReasonCode::Returns => write!(
                f,
                "{value} addresses that this mailbox wrote to do not exist, so its mail waits until somebody has looked at it; clean your list"
            ),
            ReasonCode::Complaints => f.write_str(
                "too many of those who got your mail take it for unwanted, so it waits until somebody has looked at it",
            ),
            ReasonCode::Throttled => write!(
                f,
                "sending is limited for some time: {value} recipients in 24 hours are more than {limit}; why and until when, the Customer Center says"
            ),
            ReasonCode::Locked => f.write_str(
                "nothing can be sent from this mailbox at the moment, mail still arrives; why and what to do, the webmail and the Customer Center say",
            ),
            ReasonCode::Suspended => f.write_str(
                "nothing can be sent for this domain at the moment, mail still arrives; why and what to do, the Customer Center says",
            ),
            ReasonCode::SignIn => f.write_str(
                "the mailbox was signed in to from a place that is new and wrote to people never written to before, so its mail waits \
                 until its owner says in the webmail or the Customer Center that it is theirs",
            ),
        }
    }
}

/// The verdict on a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// What happens.
    pub verdict: Verdict,
    /// Why; empty when it simply goes out to all.
    pub reasons: Vec<Reason>,
    /// The first so many recipients are served; the others are reported to the sender.
    pub served: usize,
    /// What its words say; nothing when nobody new gets it, or too little was learnt.
    pub score: Option<u16>,
    /// Under which number it is known, when somebody new gets it.
    pub number: Option<i64>,
}

impl Judged {
    /// All recipients are served.
    pub const fn allow(recipients: usize) -> Self {
        Judged { verdict: Verdict::Allow, reasons: Vec::new(), served: recipients, score: None, number: None }
    }

    /// The reason that decided.
    pub fn first_reason(&self) -> Option<Reason> {
        self.reasons.first().copied()
    }
}

//! The review of first orders.

use mailkeep_types::{Money, Timestamp};
use serde::Serialize;

use crate::bill::Bill;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::paging::Paging;
use crate::samples::{self, usd};

/// Orders that wait for a decision.
#[derive(Debug, Serialize)]
pub struct OrdersPage {
    /// The orders of this page of the list.
    pub orders: Vec<ReviewRow>,
    /// Where in the list.
    pub paging: Paging,
}

/// An order in the list; no personal data.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewRow {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// When it was placed.
    pub at: Timestamp,
    /// What was ordered.
    pub plan: String,
    /// The score of the screening.
    pub score: i32,
    /// How the score looks.
    pub tone: &'static str,
    /// The heaviest reason.
    pub first_reason: String,
    /// Whether the applicant was asked something.
    pub asked: bool,
    /// What it comes to.
    pub total: Money,
}

impl Page for OrdersPage {
    const TEMPLATE: &'static str = "console/orders.html";

    fn samples() -> Vec<Self> {
        let row = |number: &str, score, asked| ReviewRow {
            id: number.to_owned(),
            number: number.to_owned(),
            at: samples::minutes_ago(i64::from(score)),
            plan: "Business, 5 mailboxes".to_owned(),
            score,
            tone: score_tone(score),
            first_reason: "The mail domain has no mail exchanger".to_owned(),
            asked,
            total: usd(38_970),
        };
        vec![
            OrdersPage {
                orders: vec![row("O-2026-00042", 35, false), row("O-2026-00041", 70, true)],
                paging: Paging { page: 1, size: 25, total: 2 },
            },
            OrdersPage { orders: Vec::new(), paging: Paging { page: 1, size: 25, total: 0 } },
        ]
    }
}

/// How a score looks.
pub fn score_tone(score: i32) -> &'static str {
    match score {
        ..=29 => "good",
        30..=59 => "warn",
        _ => "bad",
    }
}

/// One order with what the screening found.
#[derive(Debug, Serialize)]
pub struct OrderPage {
    /// Its id.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its state.
    pub state: &'static str,
    /// How the state looks.
    pub tone: &'static str,
    /// When it was placed.
    pub placed_at: Timestamp,
    /// Whether it waits for a decision.
    pub decidable: bool,
    /// The score.
    pub score: i32,
    /// How the score looks.
    pub score_tone: &'static str,
    /// The findings, heaviest first.
    pub reasons: Vec<ReasonRow>,
    /// What is not known.
    pub missing: Vec<String>,
    /// The applicant, once opened for this review.
    pub facts: Vec<Fact>,
    /// What it comes to.
    pub bill: Bill,
    /// Question and reason as typed.
    pub form: Form,
}

/// A finding.
#[derive(Debug, Clone, Serialize)]
pub struct ReasonRow {
    /// What it adds to the score.
    pub weight: i32,
    /// What was found, in words.
    pub sentence: String,
    /// The value that was found.
    pub value: String,
}

/// Something known about the applicant.
#[derive(Debug, Clone, Serialize)]
pub struct Fact {
    /// Names its text.
    pub id: &'static str,
    /// The value.
    pub value: String,
}

impl Page for OrderPage {
    const TEMPLATE: &'static str = "console/order.html";

    fn samples() -> Vec<Self> {
        let reason = |weight, sentence: &str, value: &str| ReasonRow {
            weight,
            sentence: sentence.to_owned(),
            value: value.to_owned(),
        };
        let page = |state, tone, decidable, facts, form| OrderPage {
            id: "o".to_owned(),
            number: "O-2026-00042".to_owned(),
            state,
            tone,
            placed_at: samples::minutes_ago(35),
            decidable,
            score: 45,
            score_tone: score_tone(45),
            reasons: vec![
                reason(30, "The postal code is not the one the bank knows.", ""),
                reason(20, "The e-mail address is at a free mail provider.", "freemail.example"),
                reason(-5, "The telephone number is valid for the country.", ""),
            ],
            missing: vec!["country of the card".to_owned()],
            facts,
            bill: Bill::sample(),
            form,
        };
        let facts = vec![
            Fact { id: "name", value: "Ada Example".to_owned() },
            Fact { id: "email", value: "ada@freemail.example".to_owned() },
            Fact { id: "address", value: "12 Larkspur Lane, Springfield 12345, US".to_owned() },
        ];
        vec![
            page("review", "note", true, Vec::new(), Form::new()),
            page("review", "note", true, facts, Form::new().wrong("question", msg("form-required"))),
            page("active", "good", false, Vec::new(), Form::new()),
        ]
    }
}

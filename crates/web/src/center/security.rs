//! Password, second factor, sessions, API tokens.

use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::samples;

/// Sign-in and security.
#[derive(Debug, Serialize)]
pub struct SecurityPage {
    /// Whether a second factor is asked for.
    pub factor_on: bool,
    /// How many recovery codes are left.
    pub recovery_left: i64,
    /// The form that changes the password.
    pub password_form: Form,
    /// The sessions.
    pub sessions: Vec<SessionRow>,
    /// The API tokens.
    pub tokens: Vec<TokenRow>,
    /// A token just made, shown this once.
    pub new_token: Option<String>,
    /// The form that makes a token.
    pub token_form: Form,
    /// What a token may do.
    pub scopes: Vec<Choose>,
}

/// A session.
#[derive(Debug, Clone, Serialize)]
pub struct SessionRow {
    /// Its id.
    pub id: String,
    /// The browser and system, as far as they say.
    pub device: String,
    /// When it was begun.
    pub begun_at: Timestamp,
    /// When it was last used.
    pub used_at: Timestamp,
    /// Whether it is the one asking.
    pub current: bool,
}

/// An API token.
#[derive(Debug, Clone, Serialize)]
pub struct TokenRow {
    /// Its id.
    pub id: String,
    /// What it is for.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<String>,
    /// When it was last used.
    pub used_at: Option<Timestamp>,
}

impl Page for SecurityPage {
    const TEMPLATE: &'static str = "center/security.html";

    fn samples() -> Vec<Self> {
        let session = SessionRow {
            id: "a".to_owned(),
            device: "Firefox on Linux".to_owned(),
            begun_at: samples::days_ago(2),
            used_at: samples::minutes_ago(0),
            current: true,
        };
        let other = SessionRow {
            id: "b".to_owned(),
            device: String::new(),
            used_at: samples::minutes_ago(90),
            current: false,
            ..session.clone()
        };
        let token = TokenRow {
            id: "t".to_owned(),
            name: "Backup script".to_owned(),
            scopes: vec!["read".to_owned()],
            used_at: None,
        };
        let page = |factor_on, password_form, sessions, tokens, new_token| SecurityPage {
            factor_on,
            recovery_left: 8,
            password_form,
            sessions,
            tokens,
            new_token,
            token_form: Form::new(),
            scopes: vec![Choose::new("read", "Read"), Choose::new("write", "Read and change")],
        };
        vec![
            page(
                true,
                Form::new(),
                vec![session.clone(), other],
                vec![
                    token.clone(),
                    TokenRow { id: "u".to_owned(), used_at: Some(samples::days_ago(1)), ..token },
                ],
                None,
            ),
            page(
                false,
                Form::new().wrong("current_password", msg("password-wrong")),
                vec![session],
                Vec::new(),
                Some("mk_sample".to_owned()),
            ),
        ]
    }
}

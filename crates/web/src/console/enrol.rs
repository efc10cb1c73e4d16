//! A new member of staff chooses a password and sets up the second factor, by a link that works once.

use mailkeep_identity::{IdentityError, Secret};
use serde::Serialize;

use crate::center::second_factor::{FactorPage, exposed};
use crate::ctx::Ctx;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// A step of the enrolment.
#[derive(Debug, Serialize)]
pub struct EnrolPage {
    /// `password`, `code` or `done`.
    pub step: &'static str,
    /// The name to sign in with.
    pub login: String,
    /// The secret of the link.
    pub token: String,
    /// What is wrong.
    pub form: Form,
    /// What the authenticator app is set up with; shown once.
    pub factor: Option<FactorPage>,
    /// The recovery codes; shown once.
    pub codes: Vec<String>,
}

impl Page for EnrolPage {
    const TEMPLATE: &'static str = "console/enrol.html";

    fn samples() -> Vec<Self> {
        let page = |step, form, factor, codes: &[&str]| EnrolPage {
            step,
            login: "rosalind".to_owned(),
            token: "sample".to_owned(),
            form,
            factor,
            codes: codes.iter().map(|code| (*code).to_owned()).collect(),
        };
        vec![
            page("password", Form::new().wrong("password", msg("password-weak")), None, &[]),
            page("code", Form::new(), FactorPage::samples().into_iter().next(), &[]),
            page("done", Form::new(), None, &["7f3k-2q9m", "8d2c-11xt"]),
        ]
    }
}

fn page(step: &'static str, token: &str, login: String, form: Form) -> EnrolPage {
    EnrolPage { step, login, token: token.to_owned(), form, factor: None, codes: Vec::new() }
}

/// `GET /console/enrol?token=…`
pub async fn show(ctx: Ctx) -> Answer {
    let token = ctx.query.get("token");
    let login = ctx.state.identity.enrolment(token, &ctx.origin()).await?;
    ctx.page(&page("password", token, login, Form::new()))
}

/// `POST /console/enrol`
pub async fn submit(ctx: Ctx) -> Answer {
    let token = ctx.form.get("token");
    let login = ctx.state.identity.enrolment(token, &ctx.origin()).await?;
    let password = Secret::new(ctx.form.raw("password"));
    match ctx.state.identity.enrol_staff(token, password, &ctx.origin()).await {
        Ok(offer) => {
            let factor = FactorPage::of(Form::new(), offer.secret.expose().to_owned(), offer.uri.expose())?;
            ctx.page(&EnrolPage { factor: Some(factor), ..page("code", token, login, Form::new()) })
        }
        Err(error) => {
            let mut form = Form::new();
            form.take(error, &["password"])?;
            ctx.refused(&page("password", token, login, form))
        }
    }
}

/// `POST /console/enrol/code`
pub async fn submit_code(ctx: Ctx) -> Answer {
    let token = ctx.form.get("token");
    let code = Secret::new(ctx.form.get("code"));
    match ctx.state.identity.finish_enrolment(token, code, &ctx.origin()).await {
        Ok(codes) => {
            ctx.page(&EnrolPage { codes: exposed(&codes), ..page("done", token, String::new(), Form::new()) })
        }
        Err(IdentityError::WrongCode) => {
            let form = Form::new().wrong("code", msg("factor-wrong"));
            ctx.refused(&page("code", token, String::new(), form))
        }
        Err(error) => Err(error.into()),
    }
}

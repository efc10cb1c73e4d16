//! Signing in with the address and password of a mailbox.

use mailkeep_mailbox::{Protocol, Secret, SignIn, SignInRefusal};
use serde::Serialize;

use super::service::mail_error;
use crate::cookies;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// The form.
#[derive(Debug, Serialize)]
pub struct SignInPage {
    /// Address and password.
    pub form: Form,
    /// Where to go afterwards.
    pub next: String,
}

impl Page for SignInPage {
    const TEMPLATE: &'static str = "webmail/sign_in.html";

    fn samples() -> Vec<Self> {
        let mut wrong = Form::new().with("address", "ada@larkspur.example");
        wrong.refuse_all(msg("mail-sign-in-wrong"));
        vec![
            SignInPage { form: Form::new(), next: String::new() },
            SignInPage { form: wrong, next: "/mail".to_owned() },
        ]
    }
}

/// `GET /mail/sign-in`
pub async fn show(ctx: Ctx) -> Answer {
    ctx.state.webmail()?;
    ctx.page(&SignInPage { form: Form::new(), next: ctx.next().unwrap_or_default() })
}

/// `POST /mail/sign-in`
pub async fn submit(ctx: Ctx) -> Answer {
    let webmail = ctx.state.webmail()?;
    let mut form = Form::of(&ctx.form);
    let address = form.required(&ctx.form, "address").to_owned();
    form.required(&ctx.form, "password");
    let again = |form: Form| ctx.refused(&SignInPage { form, next: ctx.next().unwrap_or_default() });
    if !form.good() {
        return again(form);
    }
    let sign_in = SignIn {
        address: &address,
        password: Secret::new(ctx.form.raw("password").to_owned()),
        protocol: Protocol::Webmail,
        network: ctx.network(),
    };
    let session = match webmail.office().authenticate(sign_in).await.map_err(WebError::internal)? {
        Ok(session) => session,
        Err(SignInRefusal::TooMany(until)) => {
            let retry_after_seconds = until.since(ctx.state.clock.now()).as_secs().max(1);
            return Err(WebError::TooMany { retry_after_seconds });
        }
        Err(SignInRefusal::State) => {
            form.refuse_all(msg("mail-sign-in-state"));
            return again(form);
        }
        Err(SignInRefusal::NotGranted | SignInRefusal::AppPasswordNeeded) => {
            form.refuse_all(msg("mail-sign-in-not-granted"));
            return again(form);
        }
        Err(SignInRefusal::Wrong | SignInRefusal::Protocol) => {
            form.refuse_all(msg("mail-sign-in-wrong"));
            return again(form);
        }
    };
    let token = webmail
        .office()
        .begin_page_session(session.mailbox(), session.app_password())
        .await
        .map_err(mail_error)?;
    let next = ctx.next().filter(|path| path.starts_with("/mail")).unwrap_or_else(|| "/mail".to_owned());
    let mut response = ctx.redirect(&next);
    cookies::set(&mut response, cookies::MAILBOX, &token, None);
    Ok(response)
}

/// `POST /mail/sign-out`
pub async fn sign_out(ctx: Ctx) -> Answer {
    if let Some(token) = cookies::get(&ctx.headers, cookies::MAILBOX) {
        ctx.state.webmail()?.office().end_page_session(token).await.map_err(mail_error)?;
    }
    let mut response = ctx.done("/mail/sign-in", msg("mail-signed-out"))?;
    cookies::clear(&mut response, cookies::MAILBOX);
    Ok(response)
}

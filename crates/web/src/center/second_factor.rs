//! Setting up a second factor, and its recovery codes.

use mailkeep_identity::{IdentityError, Secret};
use qrcode::{EcLevel, QrCode};
use serde::Serialize;

use crate::ctx::Ctx;
use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;
use crate::routes::Answer;

/// The page that shows the secret as a QR code and asks for a first code.
#[derive(Debug, Serialize)]
pub struct FactorPage {
    /// What was typed.
    pub form: Form,
    /// The secret in base32, to type by hand.
    pub secret: String,
    /// The side of the picture in modules, quiet zone included.
    pub qr_size: usize,
    /// The dark modules as an SVG path.
    pub qr_path: String,
}

impl FactorPage {
    /// The page for a secret and its `otpauth:` address.
    ///
    /// # Errors
    /// An address too long for a QR code; ours are not.
    pub fn of(form: Form, secret: String, address: &str) -> Result<Self, WebError> {
        let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(WebError::internal)?;
        const QUIET: usize = 2;
        let width = code.width();
        let mut path = String::new();
        for (at, color) in code.to_colors().into_iter().enumerate() {
            if color == qrcode::Color::Dark {
                let (x, y) = (at % width + QUIET, at / width + QUIET);
                path.push_str(&format!("M{x} {y}h1v1h-1z"));
            }
        }
        Ok(FactorPage { form, secret, qr_size: width + 2 * QUIET, qr_path: path })
    }
}

impl Page for FactorPage {
    const TEMPLATE: &'static str = "center/factor.html";

    fn samples() -> Vec<Self> {
        let address = "otpauth://totp/Mailkeep:R-7F3K-2Q9M-X?secret=JBSWY3DPEHPK3PXP&issuer=Mailkeep";
        [Form::new(), Form::new().wrong("code", msg("factor-wrong"))]
            .into_iter()
            .filter_map(|form| FactorPage::of(form, "JBSWY3DPEHPK3PXP".to_owned(), address).ok())
            .collect()
    }
}

/// The page that makes and shows recovery codes.
#[derive(Debug, Serialize)]
pub struct RecoveryPage {
    /// The password, asked for before new codes are made.
    pub form: Form,
    /// The codes, shown this once; empty before they are made.
    pub codes: Vec<String>,
}

impl Page for RecoveryPage {
    const TEMPLATE: &'static str = "center/recovery.html";

    fn samples() -> Vec<Self> {
        let codes = [
            "7f3k-2q9m",
            "8d2c-11xt",
            "0pv4-zzq1",
            "m3ck-7w2e",
            "94rt-hh2a",
            "q1q1-k3v9",
            "tt8x-2b6d",
            "5sja-w0c7",
        ];
        vec![
            RecoveryPage { form: Form::new(), codes: codes.map(str::to_owned).to_vec() },
            RecoveryPage {
                form: Form::new().wrong("current_password", msg("password-wrong")),
                codes: Vec::new(),
            },
        ]
    }
}

/// `GET /center/security/factor`
pub async fn show(ctx: Ctx) -> Answer {
    let page = offer(&ctx, Form::new()).await?;
    ctx.page(&page)
}

async fn offer(ctx: &Ctx, form: Form) -> Result<FactorPage, WebError> {
    let offer = ctx.state.identity.offer_second_factor(ctx.access()).await?;
    FactorPage::of(form, offer.secret.expose().to_owned(), offer.uri.expose())
}

/// `POST /center/security/factor`
pub async fn confirm(ctx: Ctx) -> Answer {
    let code = Secret::new(ctx.form.get("code"));
    match ctx.state.identity.confirm_second_factor(ctx.access(), code, &ctx.origin()).await {
        Ok(codes) => ctx.page(&RecoveryPage { form: Form::new(), codes: exposed(&codes) }),
        Err(IdentityError::WrongCode) => {
            // A wrong code may mean a wrong scan: a fresh secret is offered.
            let page = offer(&ctx, Form::new().wrong("code", msg("factor-again"))).await?;
            ctx.refused(&page)
        }
        Err(error) => Err(error.into()),
    }
}

/// The codes in the clear, for the one page that shows them.
pub fn exposed(codes: &[Secret]) -> Vec<String> {
    codes.iter().map(|code| code.expose().to_owned()).collect()
}

/// `POST /center/security/factor/off`
pub async fn turn_off(ctx: Ctx) -> Answer {
    again(&ctx).await?;
    ctx.state.identity.remove_second_factor(ctx.access(), &ctx.origin()).await?;
    ctx.done("/center/security", msg("security-factor-is-off"))
}

/// `GET /center/security/recovery`
pub async fn show_recovery(ctx: Ctx) -> Answer {
    ctx.page(&RecoveryPage { form: Form::new(), codes: Vec::new() })
}

/// `POST /center/security/recovery`
pub async fn make_recovery(ctx: Ctx) -> Answer {
    if let Err(error) = again(&ctx).await {
        let WebError::Bad(text) = error else { return Err(error) };
        return ctx
            .refused(&RecoveryPage { form: Form::new().wrong("current_password", text), codes: Vec::new() });
    }
    let codes = ctx.state.identity.replace_recovery_codes(ctx.access(), &ctx.origin()).await?;
    ctx.page(&RecoveryPage { form: Form::new(), codes: exposed(&codes) })
}

/// Takes the password that the form asked for as the recent one.
async fn again(ctx: &Ctx) -> Result<(), WebError> {
    let password = Secret::new(ctx.form.raw("current_password"));
    Ok(ctx.state.identity.confirm_password(ctx.access(), password, &ctx.origin()).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_has_the_three_corner_marks() {
        let page = FactorPage::of(Form::new(), String::new(), "otpauth://totp/x?secret=A").unwrap();
        for corner in [
            "M2 2h1v1h-1z".to_owned(),
            format!("M{} 2h1v1h-1z", page.qr_size - 3),
            format!("M2 {}h1v1h-1z", page.qr_size - 3),
        ] {
            assert!(page.qr_path.contains(&corner), "{corner}");
        }
    }
}

//! Setting up a second factor, and its recovery codes.

use qrcode::{EcLevel, QrCode};
use serde::Serialize;

use crate::error::WebError;
use crate::form::Form;
use crate::messages::msg;
use crate::page::Page;

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

//! The profile: everything a person told us, to be corrected at any time.

use serde::Serialize;

use crate::form::Form;
use crate::messages::msg;
use crate::options::Choose;
use crate::page::Page;
use crate::site::order::review::CountryOption;

/// The profile.
#[derive(Debug, Serialize)]
pub struct ProfilePage {
    /// The Registration ID.
    pub registration_id: String,
    /// Name, telephone, address, language, time zone.
    pub form: Form,
    /// The e-mail address in force.
    pub email: String,
    /// Whether it is confirmed.
    pub email_confirmed: bool,
    /// A new address.
    pub email_form: Form,
    /// Countries to choose from.
    pub countries: Vec<CountryOption>,
    /// Languages to choose from.
    pub languages: Vec<Choose>,
}

/// The languages of the build by their own names.
pub fn languages() -> Vec<Choose> {
    vec![Choose::new("en", "English")]
}

impl Page for ProfilePage {
    const TEMPLATE: &'static str = "center/profile.html";

    fn samples() -> Vec<Self> {
        let form = Form::new()
            .with("name", "Ada Example")
            .with("phone", "+1 555 0100")
            .with("street", "12 Larkspur Lane")
            .with("city", "Springfield")
            .with("postal_code", "12345")
            .with("country", "US")
            .with("language", "en")
            .with("time_zone", "America/New_York");
        let page = |form, email_form, email_confirmed| ProfilePage {
            registration_id: "R-7F3K-2Q9M-X".to_owned(),
            form,
            email: "ada@example.net".to_owned(),
            email_confirmed,
            email_form,
            countries: crate::countries::options(),
            languages: languages(),
        };
        vec![
            page(form.clone(), Form::new(), true),
            page(
                form.wrong("time_zone", msg("field-time-zone-wrong")),
                Form::new().wrong("email", msg("form-email")),
                false,
            ),
        ]
    }
}

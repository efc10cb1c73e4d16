//! PROMISES, experiment 25: privacy@ with variants of the subject.

use super::Letter;
use super::privacy::{Hint, Intake, hint, intake};

/// The intake of a letter with this subject as it stands in the mail.
fn of(subject: &str) -> Intake {
    let raw = format!(
        "From: ann@sample.example\r\nTo: privacy@host.example\r\nSubject: {subject}\r\n\r\nHello\r\n"
    );
    intake(&Letter::read(raw.as_bytes()).subject)
}

#[test]
fn experiment_25_every_variant_of_the_subject_is_a_case() {
    for subject in [
        "Privacy Policy",
        "privacy policy",
        "PRIVACY POLICY",
        "pRiVaCy pOlIcY",
        "Re: Privacy Policy",
        "RE: Re: Fwd: Privacy Policy",
        "AW: Privacy Policy",
        "RV: Privacy Policy",
        "[host] Re[2]: Your Privacy Policy, please!",
        "Privacy  Policy",
        "PrivacyPolicy",
        "Privacy-Policy",
        "Privacy_Policy",
        "P r i v a c y   P o l i c y",
        "Privacy\r\n Policy",
        "Privacy\t Policy",
        "=?utf-8?Q?Privacy_Policy?=",
        "=?UTF-8?B?UHJpdmFjeSBQb2xpY3k=?=",
        "=?utf-8?Q?Priva?= =?utf-8?Q?cy_Policy?=",
        "=?iso-8859-1?Q?Privacy=A0Policy?=",
        "=?utf-8?Q?Privacy=E2=80=8BPolicy?=",
        "=?utf-8?Q?Priv=C2=ADacy_Policy?=",
        "Ｐｒｉｖａｃｙ　Ｐｏｌｉｃｙ",
        "𝐏𝐫𝐢𝐯𝐚𝐜𝐲 𝐏𝐨𝐥𝐢𝐜𝐲",
        "ⓅⓡⓘⓥⓐⓒⓎ Policy",
        "Prívácy Pólicy",
        "Рrivасу Роliсу",
        "Ρrivacy Ρolicy",
        "PRlVACY P0LICY",
        "Your “Privacy Policy” (section 4)",
        "Frage zur Datenschutzerklärung",
        "DATENSCHUTZERKLÄRUNG",
        "Política de Privacidad",
    ] {
        assert_eq!(of(subject), Intake::Certain, "{subject}");
    }
}

#[test]
fn other_mail_is_for_a_person_to_look_at() {
    for subject in [
        "",
        "Hello",
        "Privacy",
        "Policy of privacy",
        "Private policy",
        "Privacy and your policy",
        "Please delete my data",
    ] {
        assert_eq!(of(subject), Intake::Triage, "{subject}");
    }
    assert_eq!(of(&"x ".repeat(100_000)), Intake::Triage);
}

#[test]
fn what_it_may_be_about_is_a_hint() {
    let of = |subject: &str, text: &str| {
        let raw = format!("Subject: {subject}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n");
        hint(&Letter::read(raw.as_bytes()))
    };
    assert_eq!(of("Privacy Policy", "Please send me a copy of my data."), Some(Hint::Access));
    assert_eq!(of("Privacy Policy", "Please erase\r\nall of it."), Some(Hint::Erasure));
    assert_eq!(of("Auskunft nach Art. 15", ""), Some(Hint::Access));
    assert_eq!(of("Löschung", ""), Some(Hint::Erasure));
    assert_eq!(of("Widerspruch gegen Werbung", "Und löschen Sie mich."), Some(Hint::Objection));
    assert_eq!(of("Rectificación", ""), Some(Hint::Correction));
    assert_eq!(of("data portability", "a copy of my data"), Some(Hint::Portability));
    assert_eq!(of("Beschwerde", ""), Some(Hint::Complaint));
    assert_eq!(of("Hello", "How are you?"), None);
}

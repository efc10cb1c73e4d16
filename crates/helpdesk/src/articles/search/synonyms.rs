//! Words that people use for the same thing. Each line is one meaning in one language; what is typed as one of its words also
//! finds the others, with less weight.

const EN: &[&[&str]] = &[
    &["mail", "email", "message", "letter"],
    &["password", "passphrase", "passcode", "login"],
    &["mailbox", "account", "inbox"],
    &["invoice", "bill", "receipt"],
    &["spam", "junk"],
    &["cancel", "quit", "terminate", "unsubscribe", "leave"],
    &["quota", "storage", "space", "full", "size"],
    &["alias", "forward", "nickname"],
    &["iphone", "ios", "ipad"],
    &["authenticator", "2fa", "mfa", "totp", "otp"],
    &["price", "cost", "fee", "charge"],
    &["delete", "remove", "erase"],
    &["move", "migrate", "import", "transfer"],
    &["phishing", "scam", "fraud"],
    &["card", "visa", "mastercard"],
    &["administrator", "admin"],
    &["privacy", "gdpr"],
    &["upgrade", "downgrade", "switch"],
    &["webmail", "browser"],
    &["setup", "configure", "settings"],
];
const DE: &[&[&str]] = &[
    &["mail", "email", "nachricht"],
    &["passwort", "kennwort", "login"],
    &["postfach", "konto", "account"],
    &["rechnung", "beleg"],
    &["spam", "junk", "werbung"],
    &["kundigen", "beenden", "kundigung"],
    &["speicherplatz", "quota", "speicher", "voll"],
    &["alias", "weiterleitung"],
    &["iphone", "ios", "ipad"],
    &["zweifaktor", "2fa", "totp", "code"],
    &["preis", "kosten", "gebuhr"],
    &["loschen", "entfernen"],
    &["umziehen", "umzug", "import", "migration"],
    &["datenschutz", "dsgvo"],
    &["einrichten", "einstellungen", "konfigurieren"],
];
const ES: &[&[&str]] = &[
    &["correo", "email", "mensaje"],
    &["contrasena", "clave", "password"],
    &["buzon", "cuenta"],
    &["factura", "recibo"],
    &["spam", "basura"],
    &["cancelar", "baja", "anular"],
    &["espacio", "cuota", "lleno", "almacenamiento"],
    &["alias", "reenvio"],
    &["iphone", "ios", "ipad"],
    &["verificacion", "2fa", "totp", "codigo"],
    &["precio", "coste", "costo", "tarifa"],
    &["borrar", "eliminar"],
    &["mover", "migrar", "importar"],
    &["privacidad", "rgpd"],
    &["configurar", "ajustes"],
];

/// The other words for a folded word.
pub(super) fn of(language: &str, word: &str) -> impl Iterator<Item = &'static str> {
    let table = match language {
        "de" => DE,
        "es" => ES,
        _ => EN,
    };
    let word = word.to_owned();
    let mine = table.iter().find(|meaning| meaning.contains(&word.as_str()));
    mine.into_iter().flat_map(|meaning| meaning.iter().copied()).filter(move |other| *other != word)
}

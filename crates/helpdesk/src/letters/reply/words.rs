//! The words by which mail programs of many languages mark what they did not let a person write: the line above a quote, the
//! separator of a forwarded letter, the fields of its header, the advertisement of a telephone, the lawyer's paragraph.
//!
//! All tables are lower case. A program that is missing is one more word in its table, and a case in `tests.rs`.

/// Verbs of the line above a quote: “… wrote:”.
const WROTE: [&str; 40] = [
    "wrote",
    "writes",
    "schrieb",
    "geschrieben",
    "a écrit",
    "a ecrit",
    "écrivait",
    "escribió",
    "escribio",
    "va escriure",
    "ha escrit",
    "escreveu",
    "schreef",
    "geschreven",
    "ha scritto",
    "scrive",
    "skrev",
    "skrifaði",
    "kirjoitti",
    "napisał",
    "napisal",
    "napísal",
    "napsal",
    "napisao",
    "piše",
    "a scris",
    "írta",
    "ezt írta",
    "rašė",
    "kirjutas",
    "yazdı",
    "έγραψε",
    "написал",
    "пишет",
    "пише",
    "написа",
    "写道",
    "寫道",
    "書きました",
    "작성",
];

/// How such a line begins, when it does not begin with a date or a name and an address.
const OPENERS: [&str; 36] = [
    "on ",
    "am ",
    "um ",
    "le ",
    "el ",
    "op ",
    "il ",
    "den ",
    "em ",
    "a ",
    "na ",
    "dnia ",
    "w dniu ",
    "dne ",
    "dňa ",
    "pe ",
    "în ",
    "la data ",
    "data ",
    "ngày ",
    "pada ",
    "på ",
    "to ",
    "ma ",
    "ti ",
    "ke ",
    "pe, ",
    "la ",
    "su ",
    "στις ",
    "в ",
    "на ",
    "от ",
    "在",
    "於",
    "at ",
];

/// What stands between the dashes above a letter that follows whole.
const SEPARATORS: [&str; 44] = [
    "original message",
    "original email",
    "original appointment",
    "forwarded message",
    "forwarded by",
    "reply message",
    "begin forwarded message",
    "ursprüngliche nachricht",
    "original-nachricht",
    "originalnachricht",
    "weitergeleitete nachricht",
    "anfang der weitergeleiteten nachricht",
    "message d'origine",
    "message d’origine",
    "message original",
    "message transféré",
    "début du message transféré",
    "message transmis",
    "mensaje original",
    "mensaje reenviado",
    "inicio del mensaje reenviado",
    "messaggio originale",
    "messaggio inoltrato",
    "inizio messaggio inoltrato",
    "oorspronkelijk bericht",
    "doorgestuurd bericht",
    "mensagem original",
    "mensagem encaminhada",
    "wiadomość oryginalna",
    "oryginalna wiadomość",
    "treść przekazanej wiadomości",
    "ursprungligt meddelande",
    "originalmeddelande",
    "vidarebefordrat meddelande",
    "original meddelelse",
    "oprindelig meddelelse",
    "opprinnelig melding",
    "alkuperäinen viesti",
    "eredeti üzenet",
    "původní zpráva",
    "исходное сообщение",
    "пересылаемое сообщение",
    "原始邮件",
    "原始郵件",
];

/// The line that desks write above their letters, in the languages of ours and of others.
const ABOVE: [&str; 5] = [
    "reply above this line",
    "please type your reply above",
    "antworten sie oberhalb dieser zeile",
    "responda por encima de esta línea",
    "répondre au-dessus de cette ligne",
];

/// A field of a header that a program wrote into the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeaderField {
    From,
    To,
    Date,
    Subject,
    /// Of the letter's way. Programs do not quote these: a person who pastes them wants them to be read.
    Trace,
    Other,
}

const FIELDS: [(HeaderField, &[&str]); 6] = [
    (
        HeaderField::From,
        &[
            "from",
            "von",
            "de",
            "da",
            "van",
            "från",
            "fra",
            "od",
            "от",
            "от кого",
            "від",
            "lähettäjä",
            "feladó",
            "kimden",
            "expéditeur",
            "发件人",
            "寄件者",
            "差出人",
            "보낸 사람",
            "από",
            "de la",
        ],
    ),
    (
        HeaderField::To,
        &[
            "to",
            "an",
            "à",
            "para",
            "a",
            "aan",
            "till",
            "til",
            "do",
            "komu",
            "кому",
            "vastaanottaja",
            "címzett",
            "kime",
            "destinataire",
            "收件人",
            "收件者",
            "宛先",
            "받는 사람",
            "προς",
            "către",
            "pour",
        ],
    ),
    (
        HeaderField::Date,
        &[
            "date",
            "sent",
            "datum",
            "gesendet",
            "envoyé",
            "enviado",
            "enviada el",
            "enviado el",
            "enviada em",
            "data",
            "inviato",
            "verzonden",
            "skickat",
            "sendt",
            "dato",
            "wysłano",
            "odesláno",
            "дата",
            "отправлено",
            "надіслано",
            "lähetetty",
            "elküldve",
            "dátum",
            "tarih",
            "gönderilen",
            "fecha",
            "日期",
            "发送时间",
            "寄件日期",
            "送信日時",
            "날짜",
            "trimis",
            "päivämäärä",
        ],
    ),
    (
        HeaderField::Subject,
        &[
            "subject",
            "betreff",
            "objet",
            "asunto",
            "oggetto",
            "onderwerp",
            "assunto",
            "ämne",
            "emne",
            "temat",
            "předmět",
            "predmet",
            "тема",
            "aihe",
            "tárgy",
            "konu",
            "主题",
            "主旨",
            "件名",
            "제목",
            "θέμα",
            "subiect",
        ],
    ),
    (
        HeaderField::Trace,
        &[
            "received",
            "return-path",
            "message-id",
            "dkim-signature",
            "delivered-to",
            "authentication-results",
        ],
    ),
    (
        HeaderField::Other,
        &[
            "cc",
            "kopie",
            "copie",
            "copia",
            "bcc",
            "reply-to",
            "antwort an",
            "répondre à",
            "responder a",
            "risposta",
            "rispondi a",
            "antwoord aan",
            "svar till",
            "importance",
            "wichtigkeit",
            "priority",
            "priorität",
            "attachments",
            "anlagen",
            "kópia",
            "dw",
            "копия",
            "抄送",
            "副本",
        ],
    ),
];

/// How a telephone or a program signs by itself.
const SENT_WITH: [&str; 43] = [
    "sent from",
    "sent via",
    "sent with",
    "sent by",
    "sent on",
    "sent using",
    "send from",
    "get outlook for",
    "get [outlook for",
    "gesendet von",
    "gesendet mit",
    "gesendet via",
    "von mein",
    "diese nachricht wurde von mein",
    "diese nachricht wurde mit",
    "hol dir outlook",
    "outlook für",
    "envoyé de",
    "envoyé depuis",
    "envoyé à partir",
    "télécharger outlook",
    "enviado desde",
    "enviado do",
    "enviado de",
    "enviado con",
    "enviado a través",
    "obtener outlook",
    "inviato da",
    "verzonden vanaf",
    "verzonden met",
    "verzonden via",
    "verstuurd vanaf",
    "sendt fra",
    "skickat från",
    "lähetetty",
    "wysłane z",
    "odesláno z",
    "odoslané z",
    "отправлено с",
    "надіслано з",
    "发自我的",
    "從我的",
    "trimis de pe",
];

/// What such a line is about; without one of these it may be a sentence of a person.
const DEVICES: [&str; 38] = [
    "iphone",
    "ipad",
    "ipod",
    "android",
    "phone",
    "mobile",
    "mail",
    "outlook",
    "windows",
    "galaxy",
    "samsung",
    "htc",
    "blackberry",
    "nokia",
    "huawei",
    "pixel",
    "xiaomi",
    "yahoo",
    "handy",
    "mobil",
    "cell",
    "tablet",
    "telefon",
    "teléfono",
    "téléphone",
    "móvil",
    "celular",
    "thunderbird",
    "proton",
    "spark",
    "tuta",
    " my ",
    " min ",
    " mein",
    " mon ",
    " mi ",
    " mio ",
    " mijn ",
];

/// How the paragraph of the lawyers begins.
const NOTICE_OPENERS: [&str; 36] = [
    "this e-mail",
    "this email",
    "this message",
    "this communication",
    "this transmission",
    "the information",
    "the content",
    "the contents",
    "confidentiality",
    "confidential",
    "disclaimer",
    "important notice",
    "legal notice",
    "diese e-mail",
    "diese email",
    "diese mail",
    "diese nachricht",
    "der inhalt dieser",
    "vertraulichkeit",
    "ce message",
    "ce courriel",
    "cet e-mail",
    "cet email",
    "este correo",
    "este mensaje",
    "la información",
    "aviso legal",
    "esta mensagem",
    "este e-mail",
    "questo messaggio",
    "questa e-mail",
    "dit bericht",
    "deze e-mail",
    "ta wiadomość",
    "niniejsza wiadomość",
    "данное сообщение",
];

/// And what it is about.
const NOTICE_MATTERS: [&str; 16] = [
    "confidential",
    "privileged",
    "intended recipient",
    "intended solely",
    "intended only",
    "vertraulich",
    "confidentiel",
    "confidencial",
    "riservat",
    "vertrouwelijk",
    "poufn",
    "конфиденциальн",
    "destinataire",
    "destinatario",
    "nicht der richtige adressat",
    "checked for viruses",
];

/// Lines that scanners and friends of trees add.
const NOTICE_LINES: [&str; 9] = [
    "virus-free",
    "this email has been checked for viruses",
    "this email has been scanned",
    "scanned by",
    "diese e-mail wurde von avast",
    "virenfrei.",
    "please consider the environment before printing",
    "bitte denken sie an die umwelt",
    "avant d'imprimer",
];

/// Characters without a width that programs put around names and addresses.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// A line without what surrounds its words.
pub(super) fn clean(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || is_invisible(c))
}

/// Whether a text of one or a few lines, in lower case and joined by blanks, is the line above a quote.
pub(super) fn is_attribution(joined: &str) -> bool {
    // Some programs draw the line out with dashes: “---- On … wrote ----”.
    let dashed = joined.starts_with("--") && joined.ends_with("--");
    let text = joined.trim_matches(|c: char| c == '-' || c == '*' || c.is_whitespace() || is_invisible(c));
    let ends = text.ends_with([':', '：']) || dashed;
    let address =
        text.contains('@') && (text.contains('<') || text.contains("mailto:") || text.contains("&lt;"));
    let dated = has_year(text) || has_time(text);
    if !dated {
        return false;
    }
    let opens = text.starts_with(|c: char| c.is_ascii_digit())
        || OPENERS.iter().any(|opener| text.starts_with(opener));
    if ends && WROTE.iter().any(|verb| text.contains(verb)) && (opens || address) {
        return true;
    }
    // Without a verb: a date, a time and an address, as Gmail writes it in some languages; or a date and an address alone.
    let closes = text.trim_end_matches([':', '：']).ends_with('>');
    address && closes && ((ends && has_year(text) && has_time(text)) || starts_with_date(text))
}

/// Whether a line may be the last one of what [`is_attribution`] looks at.
pub(super) fn may_end_attribution(line: &str) -> bool {
    line.ends_with([':', '：', '>'])
        || (line.starts_with("--") && line.ends_with("--"))
        || line.ends_with("----")
}

/// Whether a line ends a sentence, so that what follows is no continuation of it. A day may have a dot: “28.”.
pub(super) fn ends_sentence(line: &str) -> bool {
    let mut back = line.chars().rev();
    match back.next() {
        Some('!' | '?' | '。') => true,
        Some('.') => back.take_while(|c| c.is_alphabetic()).count() > 4,
        _ => false,
    }
}

fn has_year(text: &str) -> bool {
    text.as_bytes().windows(4).enumerate().any(|(at, window)| {
        let century = matches!(window, [b'1', b'9', ..] | [b'2', b'0', ..]);
        let before = at.checked_sub(1).and_then(|before| text.as_bytes().get(before));
        let after = text.as_bytes().get(at + 4);
        century
            && window.iter().all(u8::is_ascii_digit)
            && !before.is_some_and(u8::is_ascii_digit)
            && !after.is_some_and(u8::is_ascii_digit)
    })
}

fn has_time(text: &str) -> bool {
    text.as_bytes().windows(4).any(|window| match window {
        [hour, b':' | b'.' | b'h', minutes @ ..] => {
            hour.is_ascii_digit() && minutes.iter().all(u8::is_ascii_digit)
        }
        _ => false,
    })
}

/// `2013/7/20 …` or `2016-10-24 …`.
fn starts_with_date(text: &str) -> bool {
    let (year, rest) = text.split_at_checked(4).unwrap_or(("", ""));
    year.len() == 4
        && year.bytes().all(|b| b.is_ascii_digit())
        && rest.starts_with(['/', '-', '.'])
        && rest.bytes().nth(1).is_some_and(|b| b.is_ascii_digit())
}

/// Whether a line, in lower case, stands above a letter that follows whole.
pub(super) fn is_separator(line: &str) -> bool {
    if ABOVE.iter().any(|words| line.contains(words)) {
        return line.chars().count() <= 120;
    }
    let inner = line.trim_matches(|c: char| {
        matches!(c, '-' | '_' | '*' | '=' | '>' | '<' | ':' | '—' | '–') || c.is_whitespace()
    });
    if !SEPARATORS.iter().any(|words| inner.starts_with(words)) {
        return false;
    }
    let drawn =
        line.starts_with("--") || line.starts_with("__") || line.starts_with('*') || line.starts_with("==");
    // Apple Mail draws no dashes: “Begin forwarded message:”.
    let announced = line.ends_with(':') && SEPARATORS.contains(&inner);
    announced || (drawn && inner.chars().count() <= 60)
}

/// The field that a line, in lower case, begins.
pub(super) fn header_field(line: &str) -> Option<HeaderField> {
    let line = line.trim_start_matches(['*', '_']);
    let (name, _) = line.split_once([':', '：'])?;
    let name = name.trim_end_matches(|c: char| c == '*' || c == '_' || c.is_whitespace());
    if name.len() > 40 {
        return None;
    }
    FIELDS.iter().find(|(_, names)| names.contains(&name)).map(|(field, _)| *field)
}

/// Whether a telephone or a program wrote the line, in lower case, under what a person wrote.
pub(super) fn is_device_line(line: &str) -> bool {
    let line = line
        .trim_matches(|c: char| matches!(c, '<' | '>' | '(' | ')' | '*' | '_' | '-') || c.is_whitespace());
    if line.chars().count() > 120 {
        return false;
    }
    let about = DEVICES.iter().any(|device| line.contains(device));
    let words = line.split_whitespace().count();
    (about && SENT_WITH.iter().any(|opener| line.starts_with(opener)))
        || (about && words <= 6 && (line.starts_with("from my ") || line.starts_with("via my ")))
        || (words <= 4 && (line.ends_with(" from mobile") || line.ends_with(" from my phone")))
        || (line.ends_with("から送信") || line.ends_with("에서 보냄") || line.ends_with("傳送"))
}

/// Whether a paragraph, in lower case and joined by blanks, was put under the letter by somebody else.
pub(super) fn is_notice(paragraph: &str) -> bool {
    let paragraph =
        paragraph.trim_start_matches(|c: char| matches!(c, '*' | '_' | '-' | '=' | '#') || c.is_whitespace());
    NOTICE_LINES.iter().any(|words| paragraph.starts_with(words))
        || (paragraph.len() >= 60
            && NOTICE_OPENERS.iter().any(|words| paragraph.starts_with(words))
            && NOTICE_MATTERS.iter().any(|words| paragraph.contains(words)))
}

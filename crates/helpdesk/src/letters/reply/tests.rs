use proptest::prelude::*;

use super::*;
use crate::letters::tests::{say, shared_mail};

/// What is shown at first.
fn shown(text: &str) -> String {
    trim_reply(text).shown(text)
}

/// Issue 5: at least 93 % exact, and none loses the start of the customer's text.
#[test]
fn real_replies_are_trimmed_as_people_would() {
    let Some(mail) = shared_mail("real_replies_are_trimmed_as_people_would") else { return };
    let folder = mail.join("replies");
    let same = |text: &str| text.replace("\r\n", "\n").trim_matches('\n').trim_end().to_owned();
    let mut names: Vec<_> =
        std::fs::read_dir(folder.join("emails")).unwrap().map(|file| file.unwrap().file_name()).collect();
    names.sort();
    let (mut exact, mut wrong) = (0, Vec::new());
    for name in &names {
        let text = std::fs::read_to_string(folder.join("emails").join(name)).unwrap();
        let expected = same(&std::fs::read_to_string(folder.join("trimmed").join(name)).unwrap());
        let got = same(&shown(&text));
        if got == expected {
            exact += 1;
        } else {
            wrong.push(format!("{}\n--- wanted\n{expected}\n--- got\n{got}\n", name.display()));
        }
        let start: String = expected.chars().take(40).collect();
        assert!(got.contains(&start), "{} loses the start of the text: {got}", name.display());
    }
    let note = format!("replies trimmed exactly: {exact} of {}{}", names.len(), wrong.join("\n"));
    say(&note);
    assert!(names.len() >= 30, "{} replies", names.len());
    assert!(exact * 100 >= names.len() * 93, "{note}");
}

/// One answer and what a program put above or below it, in as many languages and habits as we know.
#[test]
fn lines_above_quotes_are_known_in_many_languages() {
    let heads = [
        "On Tue, 3 Mar 2026 at 10:12, Mailkeep Support <support@sample.example> wrote:",
        "On Tue, Mar 3, 2026 at 10:12 AM Mailkeep Support <\nsupport@sample.example> wrote:",
        "On Tue, 3 Mar 2026 10:12:00 +0100\nMailkeep Support <support@sample.example> wrote:",
        "On 3/3/2026 10:12 AM, Mailkeep Support wrote:",
        "Am 03.03.2026 um 10:12 schrieb Mailkeep Support:",
        "Am Di., 3. März 2026 um 10:12 Uhr schrieb Mailkeep Support <\nsupport@sample.example>:",
        "Mailkeep Support <support@sample.example> schrieb am Di., 3. März\n2026, 10:12:",
        "Le mar. 3 mars 2026 à 10:12, Mailkeep Support <support@sample.example> a\nécrit :",
        "El mar, 3 mar 2026 a las 10:12, Mailkeep Support (<support@sample.example>)\nescribió:",
        "Il giorno mar 3 mar 2026 alle ore 10:12 Mailkeep Support <support@sample.example>\nha scritto:",
        "Em ter., 3 de mar. de 2026 às 10:12, Mailkeep Support <support@sample.example>\nescreveu:",
        "Op di 3 mrt 2026 om 10:12 schreef Mailkeep Support <support@sample.example>:",
        "Den tis 3 mars 2026 kl 10:12 skrev Mailkeep Support <support@sample.example>:",
        "wt., 3 mar 2026 o 10:12 Mailkeep Support <support@sample.example> napisał(a):",
        "út 3. 3. 2026 v 10:12 odesílatel Mailkeep Support <support@sample.example> napsal:",
        "вт, 3 мар. 2026 г. в 10:12, Mailkeep Support <support@sample.example>:",
        "3 mars 2026 10:12 Mailkeep Support <support@sample.example> skrev:",
        "2026年3月3日(火) 10:12 Mailkeep Support <support@sample.example>:",
        "在 2026年3月3日，10:12，Mailkeep Support <support@sample.example> 写道：",
        "ti 3. maalisk. 2026 klo 10.12 Mailkeep Support (support@sample.example) kirjoitti:",
        "Mailkeep Support <support@sample.example>, 3 Mar 2026 Sal, 10:12 tarihinde şunu yazdı:",
        "On 3/3/26 10:12, Mailkeep Support wrote:",
        "On Tue, Mar 3, Mailkeep Support\n<support@sample.example>\nwrote:",
        "Mailkeep Support wrote on 3/3/2026 10:12 AM:",
        "Mailkeep Support schrieb am 03.03.2026 um 10:12:",
        "Mailkeep Support <support@sample.example> writes:",
        "-----Mailkeep Support <support@sample.example> wrote: -----",
        "----- Le 3 Mar 26, à 10:12, Mailkeep Support support@sample.example a écrit :",
        "Quoting Mailkeep Support <support@sample.example>:",
        "Zitat von Mailkeep Support <support@sample.example>:",
        "* Mailkeep Support <support@sample.example> [2026-03-03 10:12]:",
        "At 10:12 03/03/2026 -0500, Mailkeep Support wrote:",
        "Вторник, 3 марта 2026, 10:12 +03:00 от Support <support@sample.example>:",
        "03.03.2026, 10:12, \"Support\" <support@sample.example>:",
        "\u{202b}בתאריך יום ג׳, 3 במרץ 2026 ב-10:12 מאת \u{202a}Support\u{202c} <\u{202a}support@sample.example\u{202c}>:\u{202c}",
        "2026년 3월 3일 (화) 오전 10:12, Support <support@sample.example>님이 작성:",
        "Support <support@sample.example> 於 2026年3月3日 週二 上午10:12寫道：",
        "W dniu 03.03.2026 o 10:12, Mailkeep Support pisze:",
        "Dne 3.3.2026 v 10:12 Mailkeep Support napsal(a):",
        "Vào Th 3, 3 thg 3, 2026 vào lúc 10:12 Support <support@sample.example> đã viết:",
        "Pada tanggal Sel, 3 Mar 2026 pukul 10.12 Support <support@sample.example> menulis:",
        "Στις Τρί, 3 Μαρ 2026 στις 10:12 π.μ., ο χρήστης Support <support@sample.example> έγραψε:",
    ];
    for head in heads {
        for line_end in ["\n", "\r\n"] {
            let letter =
                format!("It works now.\nThank you!\n\n{head}\n\n> Did you set the record?\n>\n> Support\n");
            let letter = letter.replace('\n', line_end);
            assert_eq!(shown(&letter), ["It works now.", "Thank you!"].join(line_end), "{head}");
        }
        let below = format!("{head}\n> Did you set the record?\n\nYes, yesterday.\n");
        assert_eq!(shown(&below), "Yes, yesterday.", "{head}");
    }
}

#[test]
fn letters_that_follow_whole_are_hidden() {
    let below = [
        "Date: Tue, 3 Mar 2026 10:12:00 +0000 From: Support To: Ann Subject: Re: question\n\nDid you?",
        "Gesendet: Dienstag, 03. März 2026 um 10:12 Uhr\nVon: \"Support\" <support@sample.example>\nAn: ann@sample.example\n\
         Betreff: Re: Frage\n\nHaben Sie?",
        "------------------ 原始邮件 ------------------\n发件人: Support\n发送时间: 2026年3月3日\n收件人: Ann\n\n好吗？",
        "----- Mail original -----\nDe: \"Support\"\nÀ: ann@sample.example\n\nAvez-vous ?",
        "________________________________\n差出人: Support\n送信日時: 2026年3月3日\n宛先: Ann\n件名: RE: 質問\n\n?",
        "-----Original Message-----\nFrom: Support\nSent: Tuesday\n\nDid you?",
        "-----Ursprüngliche Nachricht-----\nVon: Support\nGesendet: Dienstag\n\nHaben Sie?",
        "Begin forwarded message:\n\nFrom: Support\n\nDid you?",
        "________________________________\nVon: Support <support@sample.example>\nGesendet: Dienstag, 3. März 2026 10:12\n\
         An: Ann\nBetreff: AW: Ihre Frage\n\nHaben Sie?",
        "*From:* Support\n*Sent:* Tuesday\n*To:* Ann\n*Subject:* your question\n\nDid you?",
        "De : Support\nEnvoyé : mardi 3 mars 2026 10:12\nÀ : Ann\nObjet : RE: votre question\n\nAvez-vous ?",
        "##- Please type your reply above this line -##\n\nDid you?",
    ];
    for below in below {
        let letter = format!("Yes.\n\n{below}\n");
        let trimmed = trim_reply(&letter);
        assert_eq!(trimmed.shown(&letter), "Yes.", "{below}");
        assert_eq!(trimmed.pieces.last().unwrap().elided, Some(Elided::Quote));
        // A letter that was passed on with no word of one's own is the letter.
        assert_eq!(shown(below), below, "nothing would be left");
    }
}

#[test]
fn what_a_person_pasted_stays() {
    let pasted = "My headers:\n\nReturn-Path: <a@sample.example>\nFrom: a@sample.example\nTo: b@sample.example\n\
                  Subject: test\nDate: Tue, 3 Mar 2026 10:12:00 +0100\nMessage-ID: <1@sample.example>\n\nWhat is wrong with them?";
    assert_eq!(shown(pasted), pasted);
    let list = "To do:\nDate: Friday\nSubject of the talk: mail\n\nBye";
    assert_eq!(shown(list), list);
    let code = "Our script:\n```\n> echo\n-- \nOn 3 Mar 2026, 10:12, he wrote:\n```\nHelp!";
    assert_eq!(shown(code), code);
    for said in [
        "Here is what I tried, and what my colleague wrote:\n\nnothing works",
        "This is what Jane <jane@sample.example> wrote:\n\nnothing works",
        "Quoting your page:\n\nnothing is lost",
    ] {
        assert_eq!(shown(said), said);
    }
    let told = "On 3 March 2026 I bought a mailbox.\nYour page says what I wrote:\n\nnothing.";
    assert_eq!(shown(told), told);
    let from = "I see it in the log.\n>From my point of view it is broken.\nBye";
    assert_eq!(shown(from), from);
}

#[test]
fn answers_between_the_lines_are_shown_with_the_quote() {
    let letter = "Hello,\n\nOn 3 Mar 2026, at 10:12, Support wrote:\n\n> Which domain?\n\nsample.example\n\n> Since when?\n\n\
                  Monday\n\n-- \nAnn\n";
    let trimmed = trim_reply(letter);
    assert_eq!(trimmed.whole, Some(Whole::Interleaved));
    assert_eq!(trimmed.shown(letter), letter.split("\n\n-- ").next().unwrap());
    let below_fields =
        "Hello,\n\n----- Original Message -----\nFrom: Support\n\n> Which domain?\n\nsample.example\n";
    assert_eq!(trim_reply(below_fields).whole, Some(Whole::Interleaved));
    assert_eq!(shown(&below_fields[8..]), "sample.example");
    let other_mark = "On 3 Mar 2026, at 10:12, Support wrote:\n) Which\n) domain?\nsample.example\n";
    assert_eq!(shown(other_mark), "sample.example");
    let without_head = "> Which domain?\nsample.example\n> Since when?\nMonday";
    assert_eq!(trim_reply(without_head).whole, Some(Whole::Interleaved));
    assert_eq!(shown(without_head), without_head);
    let quoted_only = "On 3 Mar 2026, at 10:12, Support wrote:\n> Which domain?\n";
    assert_eq!(trim_reply(quoted_only).whole, Some(Whole::NothingLeft));
    assert!(!trim_reply(quoted_only).hides_something());
}

#[test]
fn signatures_and_notices_are_hidden_and_sentences_are_not() {
    for below in [
        "-- \nAnn Example\nSample Ltd",
        "--\nAnn",
        "Sent from my iPhone",
        "Von meinem iPad gesendet",
        "Envoyé de mon téléphone mobile",
        "Отправлено из Mail.ru для Android",
        "Odesláno z iPhonu",
        "iPhone'umdan gönderildi",
        "נשלח מה-iPhone שלי",
        "Holen Sie sich Outlook für Android",
        "Sent with [Proton Mail](https://proton.example/) secure email.",
        "Get Outlook for Android<https://sample.example/x>",
        "________\nThis e-mail and its attachments are confidential and intended solely for the addressee.\nIf you are not \
         the addressee, delete it.",
        "Diese Nachricht ist vertraulich und nur für den genannten Empfänger bestimmt, alle anderen löschen sie.",
        "Ann\n\n-- \nAnn Example\n\nVirus-free. www.scanner.example",
    ] {
        let letter = format!("The record is set.\n\n{below}\n");
        let expected =
            if below.starts_with("Ann\n") { "The record is set.\n\nAnn" } else { "The record is set." };
        assert_eq!(shown(&letter), expected, "{below}");
    }
    for letter in [
        "The contract was sent by post on Monday.",
        "One\n--\nTwo\n1\n2\n3\n4\n5\n6\n7\n8\n9\nbye",
        "This message is what I get: confidential data is lost, says your server, and what shall I do with it now?",
        "Sent from my iPhone",
    ] {
        assert_eq!(shown(letter), letter);
    }
}

#[test]
fn pages_are_read_as_lines_first() {
    use mailkeep_protocols::mime::html_to_lines;
    let gmail = html_to_lines(
        "<div dir=ltr>It works.</div><br><div class=gmail_quote><div class=gmail_attr>On Tue, Mar 3, 2026 at 10:12 AM \
         Support &lt;<a href='mailto:s@sample.example'>s@sample.example</a>&gt; wrote:<br></div><blockquote>Did you?</blockquote></div>",
    );
    assert_eq!(shown(&gmail), "It works.");
    let outlook = html_to_lines(
        "<p>It works.</p><div id=appendonsend></div><hr><div id=divRplyFwdMsg><b>From:</b> Support<br><b>Sent:</b> Tuesday<br>\
         <b>To:</b> Ann<br><b>Subject:</b> Re: question</div><p>Did you?</p>",
    );
    assert_eq!(shown(&outlook), "It works.");
}

/// The work is counted, not timed: bytes looked at for each byte of the letter.
#[test]
fn hostile_letters_cost_no_more_than_their_length() {
    for pattern in [
        ">",
        ">\n",
        "> a\n\n",
        "a:\n",
        "On 2026 <a@b>\n",
        "From: a\n",
        "-- \n",
        "--\na\n",
        "\n",
        "sent from my iphone\n",
        "This email is confidential, so it is; that is what the lawyers say of it.\n\n",
        "```\n",
        "Date: a\nTo: b\n",
        "2026/1/1 <a@b>\n> a\nb\n",
    ] {
        let size = if pattern.len() <= 2 && pattern.starts_with('>') { 1 << 20 } else { 1 << 16 };
        let text = pattern.repeat(size / pattern.len());
        let lines = Lines::of(&text);
        read(&lines);
        let looked_at = lines.work.get() / text.len();
        assert!(looked_at <= 40, "{pattern:?}: each byte was looked at {looked_at} times");
    }
}

proptest! {
    /// Whatever comes in: no panic, and the pieces are the letter.
    #[test]
    fn the_pieces_are_the_letter(
        lines in prop::collection::vec(
            prop_oneof![
                Just("> quoted"), Just(""), Just("words"), Just("-- "), Just("--"), Just("On 3 Mar 2026, 10:12, Ann wrote:"),
                Just("From: Ann"), Just("To: Bob"), Just("Date: now"), Just("Subject: x"), Just("```"), Just("Sent from my iPhone"),
                Just("-----Original Message-----"), Just("____"), Just("<"), Just("> wrote:"), Just("\u{feff}\u{a0}"), Just(">From x"),
            ],
            0..24,
        ),
        other in ".{0,40}",
        crlf: bool,
    ) {
        let text = lines.join(if crlf { "\r\n" } else { "\n" }) + &other;
        let trimmed = trim_reply(&text);
        let mut at = 0;
        for piece in &trimmed.pieces {
            prop_assert_eq!(piece.range.start, at);
            prop_assert!(piece.range.end > at && text.is_char_boundary(piece.range.end));
            at = piece.range.end;
        }
        prop_assert_eq!(at, text.len());
        prop_assert!(trimmed.pieces.windows(2).all(|pair| pair[0].elided != pair[1].elided));
        // Something is always shown, unless nothing is there.
        prop_assert!(text.trim().is_empty() || trimmed.pieces.iter().any(|piece| piece.elided.is_none()));
    }
}

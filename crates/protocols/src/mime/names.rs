//! Names of files that come from outside, made safe to save under.

/// The longest name, in characters.
const LONGEST: usize = 150;
/// So much of the end of a name stays when it is cut: it says what the file is.
const LONGEST_END: usize = 12;

/// A name without path, control signs, marks that turn the reading direction, and signs that a file system refuses; empty when
/// nothing is left. What it ends with stays, also when it is cut.
pub fn safe_file_name(given: &str) -> String {
    let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|sign| !sign.is_control() && !is_unseen(*sign))
        .map(|sign| if "<>:\"|?*".contains(sign) { '_' } else { sign })
        .collect();
    // A blank or a dot at the end is dropped by some systems, and would hide what the name ends with.
    let name = clean.trim_start_matches(|sign: char| sign == '.' || sign.is_whitespace());
    let name = name.trim_end_matches(|sign: char| sign == '.' || sign.is_whitespace());
    if name.chars().count() <= LONGEST {
        return name.to_owned();
    }
    let end = name.rsplit_once('.').map(|(_, end)| end).filter(|end| end.chars().count() <= LONGEST_END);
    match end {
        Some(end) => {
            let most = LONGEST - end.chars().count() - 1;
            let stem: String = name.chars().take(most).collect();
            format!("{stem}.{end}")
        }
        None => name.chars().take(LONGEST).collect(),
    }
}

/// Signs that are not seen, or turn what stands around them.
const fn is_unseen(sign: char) -> bool {
    matches!(
        sign,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::safe_file_name;

    #[test]
    fn a_name_is_safe_and_keeps_what_it_ends_with() {
        for (given, safe) in [
            ("plan.pdf", "plan.pdf"),
            ("../../etc/plan.pdf", "plan.pdf"),
            ("C:\\Users\\ada\\plan.pdf", "plan.pdf"),
            ("../../x", "x"),
            (".bashrc", "bashrc"),
            ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
            ("game.exe. . ", "game.exe"),
            ("game.exe::$DATA", "game.exe__$DATA"),
            ("a\0b\r\n.txt", "ab.txt"),
            ("Übersicht März.ods", "Übersicht März.ods"),
            ("..", ""),
            ("/", ""),
        ] {
            assert_eq!(safe_file_name(given), safe, "{given:?}");
        }
        let long = safe_file_name(&format!("{}.pdf", "x".repeat(300)));
        assert!(long.chars().count() == 150 && long.ends_with("x.pdf"), "{long}");
        assert_eq!(safe_file_name(&"y".repeat(300)).chars().count(), 150);
    }
}

//! Messages to send: files, or made ones.

/// A source of messages, the same ones in every run.
pub struct Mails {
    texts: Vec<Vec<u8>>,
}

impl Mails {
    /// The files of a folder, by name; their lines must end with CR LF.
    pub fn read(folder: &str) -> Result<Self, String> {
        let fail = |error: std::io::Error| format!("{folder}: {error}");
        let mut paths = Vec::new();
        for entry in std::fs::read_dir(folder).map_err(fail)? {
            paths.push(entry.map_err(fail)?.path());
        }
        paths.sort();
        let texts = paths.iter().map(std::fs::read).collect::<Result<Vec<_>, _>>().map_err(fail)?;
        if texts.is_empty() { Err(format!("{folder} is empty")) } else { Ok(Mails { texts }) }
    }

    /// Made messages of about `bytes`: only the text, headers are written for each. There are many different ones, made
    /// before the clock starts.
    pub fn make(bytes: usize) -> Self {
        Mails { texts: (0..256).map(|number| text(number, bytes.saturating_sub(300))).collect() }
    }

    /// The text of message `number`.
    pub fn get(&self, number: usize) -> &[u8] {
        &self.texts[number % self.texts.len()]
    }
}

/// A text of words that vary, so that neither compression nor an index has it too easy.
fn text(number: u64, bytes: usize) -> Vec<u8> {
    const WORDS: [&str; 16] = [
        "meeting", "invoice", "tomorrow", "harbour", "please", "attached", "garden", "number", "window",
        "letter", "between", "morning", "project", "answer", "thank", "station",
    ];
    let mut out = Vec::with_capacity(bytes + 40);
    let mut state = number ^ 0x9e37_79b9_7f4a_7c15;
    let mut column = 0;
    while out.len() < bytes {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut word = WORDS[(state >> 60) as usize].to_owned();
        if state >> 40 & 7 == 0 {
            word.push_str(&(state >> 44 & 0xfff).to_string());
        }
        column += word.len() + 1;
        out.extend_from_slice(word.as_bytes());
        if column > 68 {
            out.extend_from_slice(b"\r\n");
            column = 0;
        } else {
            out.push(b' ');
        }
    }
    out.extend_from_slice(b"\r\n");
    out
}

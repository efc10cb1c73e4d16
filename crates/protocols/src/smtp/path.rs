//! The paths of MAIL and RCPT: what stands between `<` and `>`.

/// Splits `<path> parameters`; quoted local parts may hold `>`. `None` when it does not begin with a whole path, or
/// when something other than a space follows it.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('<')?;
    let mut quoted = false;
    let mut escaped = false;
    for (at, c) in inner.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '>' if !quoted => {
                let (path, rest) = inner.split_at_checked(at)?;
                let rest = rest.strip_prefix('>')?;
                return (rest.is_empty() || rest.starts_with(' ')).then_some((path, rest.trim()));
            }
            _ => {}
        }
    }
    None
}

/// Drops a source route: it must be accepted and ignored (RFC 5321 section 4.1.1.3).
pub(super) fn without_route(path: &str) -> Option<&str> {
    if path.starts_with('@') { path.split_once(':').map(|(_, address)| address) } else { Some(path) }
}

//! Small lists of our own, for an installation that fetched none: `mailkeep screening lists update` brings larger ones.

/// When these lists were last looked over; shown to the reviewer.
pub const LISTS_DATE: &str = "2026-11-01";

/// Mail domains that hand out throw-away addresses.
pub const DISPOSABLE: &[&str] = &[
    "10minutemail.com",
    "dispostable.com",
    "fakeinbox.com",
    "getnada.com",
    "grr.la",
    "guerrillamail.com",
    "mailcatch.com",
    "maildrop.cc",
    "mailinator.com",
    "mailnesia.com",
    "mintemail.com",
    "mohmal.com",
    "sharklasers.com",
    "spamgourmet.com",
    "temp-mail.org",
    "tempail.com",
    "throwaway.example",
    "throwawaymail.com",
    "trashmail.com",
    "yopmail.com",
];

/// Mail domains that give an address to anybody.
pub const FREE_MAIL: &[&str] = &[
    "aol.com",
    "freemail.example",
    "gmail.com",
    "gmx.com",
    "gmx.net",
    "googlemail.com",
    "hotmail.com",
    "icloud.com",
    "live.com",
    "mail.com",
    "mail.ru",
    "outlook.com",
    "proton.me",
    "protonmail.com",
    "web.de",
    "yahoo.com",
    "yandex.com",
    "zoho.com",
];

/// Names of offices rather than of people (RFC 2142 and habit).
pub const ROLES: &[&str] = &[
    "abuse",
    "accounts",
    "admin",
    "administrator",
    "billing",
    "contact",
    "hello",
    "help",
    "hostmaster",
    "info",
    "mail",
    "marketing",
    "noc",
    "noreply",
    "no-reply",
    "office",
    "postmaster",
    "root",
    "sales",
    "security",
    "support",
    "test",
    "webmaster",
];

//! Mail programs set themselves up: Thunderbird's autoconfig, Outlook's autodiscover, Apple's profile.
//!
//! None of them asks who is calling, and none says whether an address exists: the answer is made of the address that
//! was given and the servers of the installation.

use axum::http::header;
use axum::response::{IntoResponse, Response};
use mailkeep_types::EmailAddress;
use minijinja::HtmlEscape;
use sha2::{Digest, Sha256};

use crate::config::WebConfig;
use crate::ctx::Ctx;
use crate::error::WebError;
use crate::messages::msg;
use crate::routes::{Answer, Permission, Routes};

/// Declares the routes.
pub fn routes(routes: &mut Routes) {
    routes.get("/mail/config-v1.1.xml", Permission::Public, thunderbird);
    routes.get("/.well-known/autoconfig/mail/config-v1.1.xml", Permission::Public, thunderbird);
    routes.post("/autodiscover/autodiscover.xml", Permission::Public, outlook);
    routes.post("/Autodiscover/Autodiscover.xml", Permission::Public, outlook);
}

fn xml(body: String) -> Response {
    ([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], body).into_response()
}

fn escape(text: &str) -> String {
    HtmlEscape(text).to_string()
}

/// `GET /mail/config-v1.1.xml?emailaddress=…` (Thunderbird autoconfig, clientConfig 1.1)
pub async fn thunderbird(ctx: Ctx) -> Answer {
    let given = ctx.query.get("emailaddress");
    let domain = match EmailAddress::parse(given) {
        Ok(address) => address.domain().as_str().to_owned(),
        Err(_) => host_domain(&ctx),
    };
    Ok(xml(client_config(&ctx.state.config, &domain)))
}

/// The domain that a program asks about by the host name alone: `autoconfig.example.com`.
fn host_domain(ctx: &Ctx) -> String {
    let host = ctx.headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    host.strip_prefix("autoconfig.").unwrap_or(host).to_owned()
}

fn client_config(config: &WebConfig, domain: &str) -> String {
    let host = escape(&config.mail_host);
    let server = |kind: &str, tag: &str, port: u16, socket: &str| {
        format!(
            "    <{tag} type=\"{kind}\">\n      <hostname>{host}</hostname>\n      <port>{port}</port>\n      \
             <socketType>{socket}</socketType>\n      <username>%EMAILADDRESS%</username>\n      \
             <authentication>password-cleartext</authentication>\n    </{tag}>\n"
        )
    };
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<clientConfig version=\"1.1\">\n  <emailProvider id=\"{domain}\">\n    \
         <domain>{domain}</domain>\n    <displayName>{name}</displayName>\n    \
         <displayShortName>{name}</displayShortName>\n",
        domain = escape(domain),
        name = escape(&config.brand_name)
    );
    out.push_str(&server("imap", "incomingServer", config.imaps_port, "SSL"));
    out.push_str(&server("imap", "incomingServer", config.imap_port, "STARTTLS"));
    out.push_str(&server("smtp", "outgoingServer", config.submissions_port, "SSL"));
    out.push_str(&server("smtp", "outgoingServer", config.submission_port, "STARTTLS"));
    out.push_str("  </emailProvider>\n</clientConfig>\n");
    out
}

/// `POST /autodiscover/autodiscover.xml` (MS-OXDSCLI, the "plain old XML" form that Outlook sends)
pub async fn outlook(ctx: Ctx) -> Answer {
    let body = String::from_utf8_lossy(&ctx.body);
    // A regular parser is not needed to find the one element that counts, and cannot be tricked into entities.
    let given = between(&body, "<EMailAddress>", "</EMailAddress>").unwrap_or_default();
    let address =
        EmailAddress::parse(given.trim()).map_err(|_| WebError::Bad(msg("autodiscover-address")))?;
    Ok(xml(autodiscover(&ctx.state.config, &address)))
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(inner, _)| inner)
}

fn autodiscover(config: &WebConfig, address: &EmailAddress) -> String {
    let (host, login) = (escape(&config.mail_host), escape(&address.to_string()));
    let protocol = |kind: &str, port: u16| {
        format!(
            "      <Protocol>\n        <Type>{kind}</Type>\n        <Server>{host}</Server>\n        <Port>{port}</Port>\n        \
             <LoginName>{login}</LoginName>\n        <DomainRequired>off</DomainRequired>\n        <SPA>off</SPA>\n        \
             <SSL>on</SSL>\n        <AuthRequired>on</AuthRequired>\n      </Protocol>\n"
        )
    };
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Autodiscover \
         xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006\">\n  <Response \
         xmlns=\"http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a\">\n    <Account>\n      \
         <AccountType>email</AccountType>\n      <Action>settings</Action>\n{}{}    </Account>\n  </Response>\n</Autodiscover>\n",
        protocol("IMAP", config.imaps_port),
        protocol("SMTP", config.submissions_port)
    )
}

/// Apple's configuration profile for a mailbox; the device asks for the password.
pub fn apple_profile(config: &WebConfig, address: &EmailAddress) -> String {
    profile(config, &address.to_string())
}

fn profile(config: &WebConfig, address: &str) -> String {
    let (name, host, login) = (escape(&config.brand_name), escape(&config.mail_host), escape(address));
    // The same address gives the same identifiers, so that a second profile replaces the first.
    let id = |part: &str| {
        let digest = Sha256::digest(format!("{part} {address} {}", config.mail_host));
        let mut bytes = [0u8; 16];
        for (byte, from) in bytes.iter_mut().zip(digest.iter()) {
            *byte = *from;
        }
        uuid::Builder::from_custom_bytes(bytes).into_uuid().to_string().to_uppercase()
    };
    let text = |key: &str, value: &str| format!("    <key>{key}</key><string>{value}</string>\n");
    let number = |key: &str, value: u16| format!("    <key>{key}</key><integer>{value}</integer>\n");
    let yes = |key: &str| format!("    <key>{key}</key><true/>\n");
    let mut account = String::new();
    for line in [
        text("PayloadType", "com.apple.mail.managed"),
        number("PayloadVersion", 1),
        text("PayloadIdentifier", &format!("keep.mail.account.{}", id("account"))),
        text("PayloadUUID", &id("account")),
        text("PayloadDisplayName", &login),
        text("EmailAccountType", "EmailTypeIMAP"),
        text("EmailAccountDescription", &login),
        text("EmailAddress", &login),
        text("IncomingMailServerAuthentication", "EmailAuthPassword"),
        text("IncomingMailServerHostName", &host),
        number("IncomingMailServerPortNumber", config.imaps_port),
        yes("IncomingMailServerUseSSL"),
        text("IncomingMailServerUsername", &login),
        text("OutgoingMailServerAuthentication", "EmailAuthPassword"),
        text("OutgoingMailServerHostName", &host),
        number("OutgoingMailServerPortNumber", config.submissions_port),
        yes("OutgoingMailServerUseSSL"),
        text("OutgoingMailServerUsername", &login),
        yes("OutgoingPasswordSameAsIncomingPassword"),
    ] {
        account.push_str(&line);
    }
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
         \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\"><dict>\n  <key>PayloadContent</key><array><dict>\n\
         {account}  </dict></array>\n{}{}{}{}{}</dict></plist>\n",
        text("PayloadType", "Configuration"),
        number("PayloadVersion", 1),
        text("PayloadIdentifier", &format!("keep.mail.{}", id("profile"))),
        text("PayloadUUID", &id("profile")),
        text("PayloadDisplayName", &format!("{name}: {login}"))
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_names_servers_ports_and_escapes_what_was_given() {
        let config = WebConfig { brand_name: "A & B".to_owned(), ..WebConfig::default() };
        let address = EmailAddress::parse("ada@larkspur-books.example").unwrap();
        let thunderbird = client_config(&config, "larkspur-books.example");
        assert!(thunderbird.contains("<displayName>A &amp; B</displayName>"));
        assert!(thunderbird.contains("<port>993</port>") && thunderbird.contains("<port>587</port>"));
        let outlook = autodiscover(&config, &address);
        assert!(outlook.contains("<LoginName>ada@larkspur-books.example</LoginName>"));
        let apple = profile(&config, "ada@larkspur-books.example");
        assert!(apple.contains("<integer>465</integer>"));
        assert_eq!(
            apple,
            profile(&config, "ada@larkspur-books.example"),
            "a second profile replaces the first"
        );
    }

    #[test]
    fn finds_the_address_in_what_outlook_sends() {
        let body = "<Autodiscover><Request><EMailAddress>a@b.example</EMailAddress></Request></Autodiscover>";
        assert_eq!(between(body, "<EMailAddress>", "</EMailAddress>"), Some("a@b.example"));
        assert_eq!(between("<EMailAddress>a", "<EMailAddress>", "</EMailAddress>"), None);
    }
}

//! Choosing what one hears of, as people and mail programs do it, and writing to many, as staff do.

use anyhow::{Context, Result};
use reqwest::{Client, Response, header};

use crate::journey::{Colleague, Person, SOON, World};
use crate::pages::Page;
use crate::sink::Taken;

/// Ticks exactly these boxes, `topic:channel`, on the page of choices.
///
/// # Errors
/// With the page that was not as expected.
pub async fn choose(person: &mut Person, boxes: &[&str]) -> Result<Page> {
    let mut form = person.browser.open("/center/choices").await?.form("/center/choices")?;
    // The page has two forms before the matrix at most; the matrix is the one without a further path.
    form.action = "/center/choices".to_owned();
    form.fields.remove("wanted");
    let page = person.browser.submit_many(&form, "wanted", boxes).await?;
    anyhow::ensure!(page.status.is_success(), "choosing: {} {}", page.status, page.words());
    Ok(page)
}

/// The boxes that are ticked on the page of choices.
///
/// # Errors
/// When the page does not open.
pub async fn ticked(person: &mut Person) -> Result<Vec<String>> {
    let html = person.browser.open("/center/choices").await?.text();
    let boxes = html.split("<input").filter(|tag| tag.contains("name=\"wanted\""));
    let ticked = boxes.filter(|tag| tag.split('>').next().is_some_and(|head| head.contains(" checked")));
    Ok(ticked.filter_map(|tag| Some(tag.split("value=\"").nth(1)?.split('"').next()?.to_owned())).collect())
}

/// Writes an announcement and sends it; gives its page when everybody was gone through.
///
/// # Errors
/// With the page that was not as expected.
pub async fn announce(writer: &mut Colleague, topic: &str, title: &str) -> Result<Page> {
    let form = writer.browser.open("/console/announcements/new").await?.form("/console/announcements")?;
    let form = form.with("topic", topic).with("language", "en").with("title", title);
    let page = writer.browser.submit(&form.with("body", "There *is* news.\n\nGood news.")).await?;
    anyhow::ensure!(page.status.is_success(), "a draft: {} {}", page.status, page.words());
    let path = page.path.split('?').next().unwrap_or_default().to_owned();
    match page.form("/send") {
        Ok(form) => writer.browser.submit(&form).await?,
        // Nobody would get it.
        Err(_) => return Ok(page),
    };
    for _ in 0..300 {
        let page = writer.browser.open(&path).await?;
        if page.form("/pause").is_err() {
            return Ok(page);
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    anyhow::bail!("the announcement {title} is not sent in time")
}

/// The announcement as an address got it.
///
/// # Errors
/// When it does not come soon.
pub async fn announced(world: &World, to: &str, title: &str) -> Result<Taken> {
    let (subject, to) = (format!("Subject: {title}"), to.to_owned());
    let came = world.sink.wait_for(SOON, move |mail| {
        mail.to.contains(&to) && String::from_utf8_lossy(&mail.message).contains(&subject)
    });
    came.await.with_context(|| format!("the announcement {title}"))
}

/// A field of a message's head, unfolded.
pub fn field(message: &[u8], name: &str) -> Option<String> {
    let text = String::from_utf8_lossy(message);
    let head = text.split("\r\n\r\n").next()?.replace("\r\n ", " ").replace("\r\n\t", " ");
    let wanted = format!("{}:", name.to_ascii_lowercase());
    let line = head.lines().find(|line| line.to_ascii_lowercase().starts_with(&wanted))?;
    Some(line[wanted.len()..].trim().to_owned())
}

/// The path of the link with one button, from the head of a message.
///
/// # Errors
/// When the message has none.
pub fn one_click_path(message: &[u8]) -> Result<String> {
    let link = field(message, "List-Unsubscribe").context("the message has no List-Unsubscribe")?;
    let link = link.trim_start_matches('<').trim_end_matches('>');
    Ok(format!("/{}", link.splitn(4, '/').nth(3).context("a link to the site")?))
}

/// A program that is no browser: no cookies, no origin, redirects shown.
pub struct Program {
    client: Client,
    base: String,
}

impl Program {
    /// One that trusts the installation's certificate.
    ///
    /// # Errors
    /// When the certificate cannot be read.
    pub fn new(world: &World) -> Result<Self> {
        let pem = std::fs::read(world.installation.certificate())?;
        let address = world.installation.address("https");
        let host = crate::journey::HOST;
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .tls_certs_only(reqwest::Certificate::from_pem_bundle(&pem)?)
            .resolve(host, address)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()?;
        Ok(Program { client, base: format!("https://{host}:{}", address.port()) })
    }

    /// Looks, with GET or HEAD.
    ///
    /// # Errors
    /// When the program does not answer.
    pub async fn look(&self, path: &str, whole: bool) -> Result<Response> {
        let url = format!("{}{path}", self.base);
        let request = if whole { self.client.get(url) } else { self.client.head(url) };
        Ok(request.send().await?)
    }

    /// Sends a body of a media type.
    ///
    /// # Errors
    /// When the program does not answer.
    pub async fn post(&self, path: &str, kind: &str, body: &'static str) -> Result<Response> {
        let request = self.client.post(format!("{}{path}", self.base)).header(header::CONTENT_TYPE, kind);
        Ok(request.body(body).send().await?)
    }

    /// The one click as mail programs send it (RFC 8058), in either of its two forms.
    ///
    /// # Errors
    /// With the answer that was not as expected.
    pub async fn one_click(&self, path: &str, multipart: bool) -> Result<()> {
        let (kind, body) = match multipart {
            false => ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"),
            true => (
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n",
            ),
        };
        let answer = self.post(path, kind, body).await?;
        let (status, headers) = (answer.status(), answer.headers().clone());
        let said = answer.text().await?;
        anyhow::ensure!(status == 200, "{status} {said}");
        anyhow::ensure!(!headers.contains_key(header::LOCATION) && !headers.contains_key(header::SET_COOKIE));
        Ok(())
    }
}

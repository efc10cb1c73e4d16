//! A visitor of the pages: follows links, fills forms in, keeps cookies; no browser and no script.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::Path;

use anyhow::{Context, Result, bail};
use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, SET_COOKIE, USER_AGENT};
use reqwest::{Client, Method, Response, StatusCode};

/// A page as it came.
#[derive(Debug, Clone)]
pub struct Page {
    /// The path that answered in the end, with its query; the whole address where it leads to another site.
    pub path: String,
    /// The status.
    pub status: StatusCode,
    /// The kind of content.
    pub content_type: String,
    /// The body.
    pub body: Vec<u8>,
}

impl Page {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body without tags and with single spaces, for looking for what a person would read.
    pub fn words(&self) -> String {
        let html = self.text();
        let mut out = String::new();
        let mut inside = false;
        for c in html.chars() {
            match c {
                '<' => inside = true,
                '>' => {
                    inside = false;
                    out.push(' ');
                }
                c if !inside => out.push(c),
                _ => {}
            }
        }
        unescape(&out).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The forms of the page.
    pub fn forms(&self) -> Vec<Form> {
        let html = self.text();
        let mut forms = Vec::new();
        for part in html.split("<form").skip(1) {
            let inner = part.split("</form>").next().unwrap_or(part);
            let head = inner.split('>').next().unwrap_or("");
            let mut form = Form {
                action: attribute(head, "action").unwrap_or_else(|| self.path.clone()),
                method: attribute(head, "method").unwrap_or_default().to_uppercase(),
                fields: BTreeMap::new(),
            };
            for input in inner.split("<input").skip(1) {
                let tag = tag_head(input);
                let Some(name) = attribute(tag, "name") else { continue };
                let kind = attribute(tag, "type").unwrap_or_default();
                let chosen = !matches!(kind.as_str(), "checkbox" | "radio") || has_flag(tag, "checked");
                if chosen {
                    form.fields.insert(name, attribute(tag, "value").unwrap_or_default());
                }
            }
            for area in inner.split("<textarea").skip(1) {
                let content = area.split_once('>').and_then(|(_, rest)| rest.split_once("</textarea>"));
                if let (Some(name), Some((content, _))) = (attribute(tag_head(area), "name"), content) {
                    form.fields.insert(name, unescape(content));
                }
            }
            for select in inner.split("<select").skip(1) {
                let Some(name) = attribute(tag_head(select), "name") else { continue };
                let options = select.split("</select>").next().unwrap_or("");
                let mut tags = options.split("<option").skip(1).map(tag_head);
                let first = tags.clone().next();
                if let Some(chosen) = tags.find(|tag| has_flag(tag, "selected")).or(first) {
                    form.fields.insert(name, attribute(chosen, "value").unwrap_or_default());
                }
            }
            forms.push(form);
        }
        forms
    }

    /// The form whose action holds `action`.
    ///
    /// # Errors
    /// When there is none; names those that there are.
    pub fn form(&self, action: &str) -> Result<Form> {
        let forms = self.forms();
        let all: Vec<String> = forms.iter().map(|f| f.action.clone()).collect();
        forms.into_iter().find(|form| form.action.contains(action)).with_context(|| {
            format!(
                "no form for {action} on {} ({}), only {all:?}:\n{}",
                self.path,
                self.status,
                self.words()
            )
        })
    }

    /// The form that is sent to exactly this path: forms of single things often begin with the path of their list.
    ///
    /// # Errors
    /// When there is none.
    pub fn form_to(&self, path: &str) -> Result<Form> {
        let form = self.forms().into_iter().find(|form| form.action == path);
        form.with_context(|| {
            format!("no form to {path} on {} ({}):\n{}", self.path, self.status, self.words())
        })
    }

    /// The addresses of all links.
    pub fn links(&self) -> Vec<String> {
        self.text().split("<a").skip(1).filter_map(|a| attribute(tag_head(a), "href")).collect()
    }
}

/// A form of a page.
#[derive(Debug, Clone)]
pub struct Form {
    /// Where it goes.
    pub action: String,
    /// `GET` or `POST`.
    pub method: String,
    /// What it holds, hidden fields among them.
    pub fields: BTreeMap<String, String>,
}

impl Form {
    /// Fills a field in.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.insert(name.to_owned(), value.to_owned());
        self
    }

    /// Fills those of the fields in that the form has.
    #[must_use]
    pub fn with_known(mut self, values: &[(&str, &str)]) -> Self {
        for (name, value) in values {
            if let Some(field) = self.fields.get_mut(*name) {
                *field = (*value).to_owned();
            }
        }
        self
    }
}

fn tag_head(part: &str) -> &str {
    part.split('>').next().unwrap_or("")
}

fn has_flag(tag: &str, flag: &str) -> bool {
    tag.split(|c: char| c.is_whitespace() || c == '/')
        .any(|word| word == flag || word.starts_with(&format!("{flag}=")))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let rest = tag.get(start..)?;
    Some(unescape(rest.split('"').next()?))
}

fn unescape(text: &str) -> String {
    let mut text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text = text.replace("&#x27;", "'").replace("&#39;", "'").replace("&#x2f;", "/").replace("&nbsp;", " ");
    text.replace("&amp;", "&")
}

/// What a form sends, and in which form.
struct Body {
    kind: String,
    bytes: Vec<u8>,
}

/// Somebody who visits the pages, with cookies of their own.
#[derive(Clone)]
pub struct Visitor {
    client: Client,
    base: String,
    cookies: BTreeMap<String, String>,
    agent: Option<String>,
    says: BTreeMap<String, String>,
}

impl Visitor {
    /// Somebody new, who reaches the program at `address` under the name `host` and trusts `certificate`; from an address of their own
    /// when one is given.
    ///
    /// # Errors
    /// When the certificate cannot be read.
    pub fn new(host: &str, address: SocketAddr, certificate: &Path, from: Option<IpAddr>) -> Result<Self> {
        let pem = std::fs::read(certificate).with_context(|| certificate.display().to_string())?;
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .tls_certs_only(reqwest::Certificate::from_pem_bundle(&pem)?)
            .resolve(host, address)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .local_address(from)
            .build()?;
        let base = format!("https://{host}:{}", address.port());
        Ok(Visitor { client, base, cookies: BTreeMap::new(), agent: None, says: BTreeMap::new() })
    }

    /// The same visitor with a browser that names itself so.
    #[must_use]
    pub fn named(mut self, agent: &str) -> Self {
        self.agent = Some(agent.to_owned());
        self
    }

    /// Sends a header with each request from now on, as a setting of a browser does.
    pub fn say(&mut self, name: &str, value: &str) {
        self.says.insert(name.to_owned(), value.to_owned());
    }

    /// The names of the cookies that are kept now.
    pub fn cookie_names(&self) -> Vec<String> {
        self.cookies.keys().cloned().collect()
    }

    /// Forgets a cookie, or all whose name holds `part`.
    pub fn forget_cookies(&mut self, part: &str) {
        self.cookies.retain(|name, _| !name.contains(part));
    }

    /// Opens a page, following redirects.
    ///
    /// # Errors
    /// When the program does not answer.
    pub async fn get(&mut self, path: &str) -> Result<Page> {
        self.go(Method::GET, path, None).await
    }

    /// Asks for something with headers of the request, and gives the answer as it comes; redirects are not followed.
    ///
    /// # Errors
    /// When the program does not answer.
    pub async fn fetch(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Result<Response> {
        let mut request = self.client.request(method, self.absolute(path));
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Ok(request.send().await?)
    }

    /// Opens a page that must be there.
    ///
    /// # Errors
    /// When it answers with another status than 200.
    pub async fn open(&mut self, path: &str) -> Result<Page> {
        let page = self.get(path).await?;
        if page.status != StatusCode::OK {
            bail!("{path} answered {}:\n{}", page.status, page.words());
        }
        Ok(page)
    }

    /// Sends a form in, following redirects.
    ///
    /// # Errors
    /// When the program does not answer.
    pub async fn submit(&mut self, form: &Form) -> Result<Page> {
        let encoded: String = form
            .fields
            .iter()
            .map(|(name, value)| format!("{}={}", percent(name), percent(value)))
            .collect::<Vec<_>>()
            .join("&");
        if form.method == "POST" {
            let body =
                Body { kind: "application/x-www-form-urlencoded".to_owned(), bytes: encoded.into_bytes() };
            self.go(Method::POST, &form.action, Some(body)).await
        } else {
            let separator = if form.action.contains('?') { '&' } else { '?' };
            self.get(&format!("{}{separator}{encoded}", form.action)).await
        }
    }

    /// Sends a form in which a name stands several times, as boxes with one name do.
    ///
    /// # Errors
    /// When the program does not answer.
    pub async fn submit_many(&mut self, form: &Form, name: &str, values: &[&str]) -> Result<Page> {
        let pairs = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let pairs = pairs.chain(values.iter().map(|value| (name, *value)));
        let encoded: Vec<String> =
            pairs.map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
        let kind = "application/x-www-form-urlencoded".to_owned();
        let body = Body { kind, bytes: encoded.join("&").into_bytes() };
        self.go(Method::POST, &form.action, Some(body)).await
    }

    /// Sends a form in that carries a file, following redirects.
    ///
    /// # Errors
    /// When the program does not answer.
    pub async fn submit_with_file(
        &mut self,
        form: &Form,
        field: &str,
        name: &str,
        file: &[u8],
    ) -> Result<Page> {
        const BOUNDARY: &str = "the-end-of-a-part-of-the-form";
        let mut bytes = Vec::new();
        // The token stands first, as on the page: a large form is not read further without it.
        let token = form.fields.iter().filter(|(name, _)| *name == "csrf");
        let others = form.fields.iter().filter(|(name, _)| *name != "csrf" && *name != field);
        for (name, value) in token.chain(others) {
            let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            bytes.extend_from_slice(format!("{head}{value}\r\n").as_bytes());
        }
        let head = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n"
        );
        bytes.extend_from_slice(head.as_bytes());
        bytes.extend_from_slice(file);
        bytes.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let body = Body { kind: format!("multipart/form-data; boundary={BOUNDARY}"), bytes };
        self.go(Method::POST, &form.action, Some(body)).await
    }

    async fn go(&mut self, method: Method, path: &str, body: Option<Body>) -> Result<Page> {
        let (mut method, mut body) = (method, body);
        let mut url = self.absolute(path);
        for _ in 0..10 {
            let mut request = self.client.request(method.clone(), &url);
            if let Some(agent) = &self.agent {
                request = request.header(USER_AGENT, agent);
            }
            if !self.cookies.is_empty() {
                let cookies: Vec<String> =
                    self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
                request = request.header(COOKIE, cookies.join("; "));
            }
            for (name, value) in &self.says {
                request = request.header(name, value);
            }
            if let Some(body) = body.take() {
                request = request.header(CONTENT_TYPE, body.kind).header(ORIGIN, &self.base).body(body.bytes);
            }
            let response = request.send().await.with_context(|| url.clone())?;
            for cookie in response.headers().get_all(SET_COOKIE) {
                self.keep(cookie.to_str().unwrap_or(""));
            }
            let status = response.status();
            if status.is_redirection()
                && let Some(location) = response.headers().get(LOCATION)
            {
                url = self.absolute(location.to_str()?);
                method = Method::GET;
                // It leads to somebody else's site, who gets none of these cookies; the test looks where it leads.
                if !url.starts_with(&self.base) {
                    return Ok(Page { path: url, status, content_type: String::new(), body: Vec::new() });
                }
                continue;
            }
            let content_type =
                response.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
            let content_type = content_type.to_owned();
            let path = url.strip_prefix(&self.base).unwrap_or(&url).to_owned();
            return Ok(Page { path, status, content_type, body: response.bytes().await?.to_vec() });
        }
        bail!("{url} redirects in circles")
    }

    fn absolute(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.base) }
    }

    fn keep(&mut self, cookie: &str) {
        let mut parts = cookie.split(';');
        let Some((name, value)) = parts.next().and_then(|pair| pair.split_once('=')) else { return };
        let gone = parts.any(|part| part.trim().eq_ignore_ascii_case("max-age=0"));
        if gone || value.is_empty() {
            self.cookies.remove(name.trim());
        } else {
            self.cookies.insert(name.trim().to_owned(), value.trim().to_owned());
        }
    }
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(b).to_string(),
            b' ' => "+".to_owned(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

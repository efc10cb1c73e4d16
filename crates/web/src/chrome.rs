//! What surrounds every page: brand, who is signed in, navigation, flash message.

use mailkeep_commerce::brands::BrandConfig;
use mailkeep_policy::Shown;
use mailkeep_types::Timestamp;
use serde::Serialize;

use crate::config::WebConfig;
use crate::messages::Msg;

/// The surroundings of a page; templates read it as `chrome`.
#[derive(Debug, Clone, Serialize)]
pub struct Chrome {
    /// The reader's language.
    pub language: String,
    /// The reader's time zone, an IANA name.
    pub time_zone: String,
    /// The time of the request.
    pub now: Timestamp,
    /// The path of the request, to mark the place in the navigation.
    pub path: String,
    /// The brand that customers see.
    pub brand: Brand,
    /// Who is signed in in the Customer Center.
    pub person: Option<PersonBadge>,
    /// Who is signed in in the staff console.
    pub staff: Option<StaffBadge>,
    /// The token that signed-in forms carry; empty for visitors.
    pub csrf: String,
    /// What the last act had to say.
    pub flash: Option<Flash>,
    /// Uses by staff that the person has not seen yet.
    pub notices: Option<UseNotices>,
    /// What goes on that touches what the page is about.
    pub standing: Option<Standing>,
    /// The number of the request, to quote to support.
    pub request_id: String,
    /// Whether development pages are linked.
    pub development: bool,
}

/// The brand that customers see.
#[derive(Debug, Clone, Serialize)]
pub struct Brand {
    /// Its name.
    pub name: String,
    /// Where a person can write to.
    pub support_email: String,
    /// The company behind it, for the foot of the page.
    pub company: String,
    /// The address of the site without a slash at the end.
    pub url: String,
}

/// Uses of a person's data by staff, of which a banner tells until they are seen.
#[derive(Debug, Clone, Serialize)]
pub struct UseNotices {
    /// How many.
    pub count: i64,
    /// The entry of the newest.
    pub newest: String,
    /// When it was.
    pub at: Timestamp,
}

/// Outages and maintenance that go on, of which a banner tells.
#[derive(Debug, Clone, Serialize)]
pub struct Standing {
    /// The worst: down or maintenance.
    pub state: &'static str,
    /// The worst in a line.
    pub title: String,
    /// Its number.
    pub incident: String,
    /// How many more there are.
    pub more: i64,
}

/// The signed-in person, as the head of the page shows them.
#[derive(Debug, Clone, Serialize)]
pub struct PersonBadge {
    /// The Registration ID.
    pub registration_id: String,
    /// The person's name.
    pub name: Shown<String>,
    /// The name of the customer being worked for, if any.
    pub customer: Option<Shown<String>>,
    /// The role there: owner, billing, technical or read_only.
    pub role: Option<String>,
    /// How many customers the person is a contact of.
    pub customers: usize,
}

/// The signed-in member of staff.
#[derive(Debug, Clone, Serialize)]
pub struct StaffBadge {
    /// The name they sign in with.
    pub login: String,
    /// The permissions, by their words.
    pub permissions: Vec<String>,
    /// How many promises of the policy do not hold.
    pub broken: i64,
}

/// A message that is shown once, after a redirect.
#[derive(Debug, Clone, Serialize, serde::Deserialize)]
pub struct Flash {
    /// How it went: `good`, `note` or `bad`.
    pub tone: Tone,
    /// What to say.
    pub message: Msg,
}

/// How a message sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// It worked.
    Good,
    /// Something to know.
    Note,
    /// It did not work, or needs care.
    Bad,
}

impl Brand {
    /// The brand of the configuration.
    pub fn of(config: &WebConfig) -> Self {
        Brand {
            name: config.brand_name.clone(),
            support_email: config.support_email.clone(),
            company: config.company.clone(),
            url: config.public_url.trim_end_matches('/').to_owned(),
        }
    }

    /// The same as another brand shows itself on its own site.
    #[must_use]
    pub fn under(self, brand: Option<&BrandConfig>) -> Self {
        let Some(brand) = brand else { return self };
        let host = brand.hosts.first().map_or("", String::as_str);
        let port = self.url.rsplit_once(':').map(|(_, port)| port).filter(|port| port.parse::<u16>().is_ok());
        let scheme = self.url.split_once("://").map_or("https", |(scheme, _)| scheme);
        let port = port.map(|port| format!(":{port}")).unwrap_or_default();
        Brand {
            name: brand.name.clone(),
            support_email: brand.seller.email.clone(),
            company: brand.seller.name.clone(),
            url: format!("{scheme}://{host}{port}"),
        }
    }
}

impl Standing {
    fn sample(state: &'static str, title: &str, more: i64) -> Self {
        let incident = "018f6a5e-0000-7000-8000-000000000001".to_owned();
        Standing { state, title: title.to_owned(), incident, more }
    }
}

impl Chrome {
    /// A visitor's surroundings, for pages outside a request and for samples.
    pub fn visitor(config: &WebConfig, now: Timestamp) -> Self {
        Chrome {
            language: crate::messages::FALLBACK.to_owned(),
            time_zone: config.time_zone.clone(),
            now,
            path: "/".to_owned(),
            brand: Brand::of(config),
            person: None,
            staff: None,
            csrf: String::new(),
            flash: None,
            notices: None,
            standing: None,
            request_id: "0000000000000000".to_owned(),
            development: config.development,
        }
    }

    /// Surroundings that fit a template's folder, for samples.
    pub fn sample(template: &str) -> Self {
        let config = WebConfig { development: true, ..WebConfig::default() };
        let mut chrome = Chrome::visitor(&config, crate::samples::now());
        let name = template.rsplit('/').next().unwrap_or_default().trim_end_matches(".html");
        if template == "webmail/list.html" {
            chrome.standing = Some(Standing::sample("maintenance", "New disks for the mailboxes", 0));
        }
        if template.starts_with("center/") {
            chrome.path = format!("/{}", template.trim_end_matches(".html"));
            if name == "overview" {
                let newest = "018f6a5e-0000-7000-8000-000000000001".to_owned();
                chrome.standing = Some(Standing::sample("down", "Mail comes in late", 1));
                chrome.notices = Some(UseNotices { count: 1, newest, at: crate::samples::minutes_ago(7) });
            }
            chrome.csrf = "sample".to_owned();
            chrome.person = Some(PersonBadge {
                registration_id: "R-7F3K-2Q9M-X".to_owned(),
                name: "Ada Example".into(),
                customer: Some("Larkspur Books".into()),
                role: Some("owner".to_owned()),
                customers: if name == "customers" { 2 } else { 1 },
            });
        }
        if template.starts_with("console/") {
            chrome.path = format!("/console/{name}");
            chrome.csrf = "sample".to_owned();
            chrome.staff = Some(StaffBadge {
                login: "rosalind".to_owned(),
                permissions: [
                    "tickets",
                    "orders",
                    "customers",
                    "articles",
                    "downloads",
                    "abuse",
                    "queue",
                    "jobs",
                    "staff",
                    "sites",
                    "break_glass",
                    "second_look",
                    "privacy",
                ]
                .map(str::to_owned)
                .to_vec(),
                broken: i64::from(name == "overview"),
            });
        }
        chrome
    }
}

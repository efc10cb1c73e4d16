//! Every template renders with every sample, every text exists, and no template is without a sample.

use std::collections::BTreeSet;

use mailkeep_web::chrome::Chrome;
use mailkeep_web::embedded::TEMPLATES;
use mailkeep_web::mail::{Announced, Choosing, Rendering};
use mailkeep_web::pages;
use mailkeep_web::render::Renderer;

const ICONS: &str = include_str!("../assets/icons.svg");

#[test]
fn every_page_renders_with_every_sample() {
    let renderer = Renderer::embedded().unwrap().strict();
    let mut failures = Vec::new();
    for entry in pages::all() {
        let samples = entry.samples(&renderer, &Chrome::sample(entry.template));
        assert!(!samples.is_empty(), "{} has no sample", entry.template);
        for sample in samples {
            match sample.html {
                Err(error) => failures.push(format!("{} sample {}: {error}", sample.template, sample.index)),
                Ok(html) => {
                    for wrong in [" style=", "<script>", "onclick=", "javascript:", "http://", "undefined"] {
                        if html.contains(wrong) {
                            failures.push(format!(
                                "{} sample {} contains {wrong}",
                                sample.template, sample.index
                            ));
                        }
                    }
                    let mistakes = in_html(&html).into_iter();
                    failures.extend(
                        mistakes.map(|wrong| format!("{} sample {}: {wrong}", sample.template, sample.index)),
                    );
                }
            }
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// An identifier that stands twice, which labels and links would find once; and a picture that there is none of.
fn in_html(html: &str) -> Vec<String> {
    let values = |start: &'static str| html.split(start).skip(1).filter_map(|rest| rest.split('"').next());
    let mut seen = BTreeSet::new();
    let mut wrong: Vec<String> = values(" id=\"")
        .filter(|id| !seen.insert(*id))
        .map(|id| format!("the id {id} stands twice"))
        .collect();
    let icons = values("<use href=\"").filter_map(|address| address.rsplit_once('#'));
    let unknown = icons.filter(|(_, name)| !ICONS.contains(&format!("<symbol id=\"{name}\"")));
    wrong.extend(unknown.map(|(_, name)| format!("there is no icon {name}")));
    wrong
}

#[test]
fn every_template_has_a_page() {
    let known: BTreeSet<&str> = pages::all().iter().map(|entry| entry.template).collect();
    let without: Vec<&str> = TEMPLATES
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| {
            !name.starts_with("layout/") && !name.starts_with("macros/") && !name.starts_with("mail/")
        })
        .filter(|name| !known.contains(name))
        .collect();
    assert!(without.is_empty(), "templates without samples: {without:?}");
}

#[test]
fn every_message_text_renders() {
    // Whichever template the policy file lists, its words stand in mail.ftl; here each text there is rendered.
    let renderer = Renderer::embedded().unwrap().strict();
    let config = mailkeep_web::WebConfig::default();
    let file = mailkeep_web::embedded::MESSAGES.iter().find(|(_, name, _)| *name == "mail.ftl").unwrap().2;
    let ids: Vec<String> = file
        .lines()
        .filter_map(|line| line.split_once(" = ").map(|(id, _)| id.trim()))
        .filter(|id| {
            id.matches('-').count() == 2 && !id.starts_with("mail-fact-") && !id.starts_with("mail-why-")
        })
        .filter_map(|id| id.strip_prefix("mail-").map(|name| name.replacen('-', "/", 1)))
        .collect();
    assert!(ids.len() > 20, "{ids:?}");
    let context = serde_json::json!({ "token": "t", "invoice_number": "INV-1" });
    let news = mailkeep_web::markdown::render("With *news*.");
    for template in ids {
        let now = mailkeep_web::samples::now();
        let choosing =
            Choosing { topic: "newsletter".to_owned(), link: "https://www.example.com/choices/t".to_owned() };
        let announcement = template.starts_with("outreach/announcement_") || template == "outreach/offer";
        let offer = mailkeep_web::offers::OfferWords::sample(&renderer, "en");
        let what = Rendering {
            language: "en",
            now,
            template: &template,
            context: &context,
            choosing: announcement.then_some(&choosing),
            announced: announcement.then_some(Announced {
                title: "A letter",
                body: &news,
                page: Some("https://www.example.com/news/n"),
            }),
            offer: (template == "outreach/offer").then_some(&offer),
        };
        let mail = mailkeep_web::mail::render(&renderer, &config, &what).unwrap();
        assert!(!mail.subject.is_empty() && mail.text.len() > 100, "{template}");
    }
}

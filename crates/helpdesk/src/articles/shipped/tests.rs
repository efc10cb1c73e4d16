//! The articles of the build: they can be read, lead somewhere, and are what people need.

use std::collections::BTreeSet;

use super::super::{LANGUAGES, source};
use super::{CATEGORIES, all};

#[test]
fn every_file_can_be_read_and_has_its_place() {
    let all = all().unwrap();
    let names: BTreeSet<&str> =
        all.iter().filter(|one| one.language == LANGUAGES[0]).map(|one| one.name.as_str()).collect();
    let mut slugs = BTreeSet::new();
    for one in &all {
        let at = format!("{}/{}", one.language, one.name);
        assert!(names.contains(one.name.as_str()), "{at} is there in the first language");
        assert!(source::is_slug(&one.slug) && slugs.insert(&one.slug), "{at} has an address of its own");
        assert!(
            one.language != LANGUAGES[0] || CATEGORIES.iter().any(|(slug, ..)| *slug == one.category),
            "{at}"
        );
        assert!(one.title.len() <= 150 && one.summary.len() <= 300 && one.keywords.len() <= 300, "{at}");
        for name in &one.related {
            assert!(names.contains(name.as_str()), "{at} is beside “{name}”");
        }
        assert!(!one.body.lines().any(|line| line.starts_with("# ")), "{at}: the title is not repeated");
    }
}

#[test]
fn links_between_articles_lead_to_articles() {
    let all = all().unwrap();
    for one in &all {
        for link in source::links(&one.body) {
            let Some(slug) = link.strip_prefix("/help/") else { continue };
            let slug = slug.split('#').next().unwrap_or_default();
            assert!(all.iter().any(|other| other.slug == slug), "{}/{}: {link}", one.language, one.name);
        }
    }
}

//! Canned replies: what is written in them, and how they are kept, on both engines.

use mailkeep_policy::Shown;

use super::{CannedDraft, LONGEST_WORDS, Template, Values, Variable, unfilled};
use crate::tickets::TicketError;
use crate::tickets::tests::on_both_engines;

fn refused(words: &str) -> String {
    match Template::read(words) {
        Err(TicketError::Field { field: "words", sentence }) => sentence,
        other => panic!("{words:?} became {other:?}"),
    }
}

#[test]
fn only_variables_of_the_list_are_taken() {
    for good in
        ["No variable.", "{{ticket_number}}", "a {{  customer_name }} b {{ agent_name }}", "} and }} and {"]
    {
        assert_eq!(Template::read(good).unwrap().words(), good);
    }
    assert!(refused("Dear {{ customer }},").contains("no variable “customer”"));
    assert!(refused("{{ ticket_number").contains("has no }}"));
    for wrong in [
        "",
        "  ",
        "{{}}",
        "{{ }}",
        "{{ Ticket_Number }}",
        "{{ ticket_number | upper }}",
        "{{ ticket_number }} {{ {{ agent_name }} }}",
        &"x".repeat(LONGEST_WORDS + 1),
    ] {
        refused(wrong);
    }
    for variable in Variable::ALL {
        let template = Template::read(&format!("{{{{ {variable} }}}}")).unwrap();
        assert!(template.has(*variable));
    }
}

#[test]
fn values_stand_in_the_places_of_their_variables_and_are_not_read_again() {
    let words = "Dear {{ customer_name }}, {{ ticket_number }} “{{ ticket_subject }}” {{customer_name}} {{ agent_name }} {{ provider_name }}";
    let template = Template::read(words).unwrap();
    let values = Values {
        customer_name: Some(Shown::from("{{ ticket_subject }}")),
        ticket_subject: Some(Shown::from("{{ customer_name }} & <b>")),
        ticket_number: "T-1".to_owned(),
        agent_name: "tessa".to_owned(),
        provider_name: "Mailkeep".to_owned(),
    };
    let filled = template.fill(&values);
    let wanted =
        "Dear {{ ticket_subject }}, T-1 “{{ customer_name }} & <b>” {{ ticket_subject }} tessa Mailkeep";
    assert_eq!(filled.words, wanted);
    assert_eq!(filled.missing, vec![]);
}

#[test]
fn what_is_not_known_stays_to_be_seen_and_is_found_before_it_is_sent() {
    let template = Template::read("Dear {{customer_name}}, about {{ ticket_number }}").unwrap();
    let values = Values { ticket_number: "T-1".to_owned(), ..Values::default() };
    let filled = template.fill(&values);
    assert_eq!(filled.words, "Dear {{ customer_name }}, about T-1");
    assert_eq!(filled.missing, [Variable::CustomerName]);
    assert_eq!(unfilled("Dear {{ customer_name }}, about T-1"), Some(Variable::CustomerName));
    for fine in ["Dear Ada,", "{{ name }} is how templates look", "customer_name", "{{ customer_name"] {
        assert_eq!(unfilled(fine), None, "{fine}");
    }
}

fn draft(title: &str, department: &str, words: &str) -> CannedDraft {
    CannedDraft {
        title: title.to_owned(),
        category: "Zones ".to_owned(),
        department: department.to_owned(),
        language: "en".to_owned(),
        words: words.to_owned(),
    }
}

#[test]
fn canned_replies_are_kept_changed_chosen_and_thrown_away() {
    on_both_engines(async |house| {
        let (desk, agent) = (&house.desk, house.agent);
        let first = desk
            .keep_canned(agent, None, draft(" SPF  is missing", "", "See {{ ticket_number }}."))
            .await
            .unwrap();
        let second =
            desk.keep_canned(agent, None, draft("MX is missing", "support", "Put it back.")).await.unwrap();
        let heads = desk.list_canned().await.unwrap();
        let listed: Vec<_> = heads.iter().map(|head| (head.title.as_str(), head.category.as_str())).collect();
        assert_eq!(listed, [("MX is missing", "Zones"), ("SPF is missing", "Zones")]);

        let twice = desk.keep_canned(agent, None, draft("spf is MISSING", "", "x")).await;
        assert!(matches!(twice, Err(TicketError::Field { field: "title", .. })), "{twice:?}");
        let odd = desk.keep_canned(agent, None, draft("Odd", "", "{{ name }}")).await;
        assert!(matches!(odd, Err(TicketError::Field { field: "words", .. })), "{odd:?}");
        let foreign = CannedDraft { language: "xx".to_owned(), ..draft("Foreign", "", "x") };
        let foreign = desk.keep_canned(agent, None, foreign).await;
        assert!(matches!(foreign, Err(TicketError::Field { field: "language", .. })), "{foreign:?}");

        let words = "Look at {{ ticket_number }}.";
        desk.keep_canned(agent, Some((first, 1)), draft("SPF is missing", "", words)).await.unwrap();
        let late = desk.keep_canned(agent, Some((first, 1)), draft("SPF is missing", "", "Late.")).await;
        assert!(matches!(late, Err(TicketError::State(_))), "{late:?}");
        let kept = desk.show_canned(first).await.unwrap();
        assert_eq!((kept.head.version, kept.template.words()), (2, words));

        assert_eq!(desk.choose_canned("billing", "spf").await.unwrap().head.id, first);
        assert_eq!(
            desk.choose_canned("billing", "missing").await.unwrap().head.id,
            first,
            "the other is not theirs"
        );
        assert_eq!(desk.choose_canned("support", "mx is missing").await.unwrap().head.id, second);
        for unclear in ["missing", "zones", "dkim", " "] {
            let found = desk.choose_canned("support", unclear).await;
            assert!(matches!(found, Err(TicketError::Field { field: "canned", .. })), "{unclear}: {found:?}");
        }

        desk.throw_canned_away(first).await.unwrap();
        let gone = desk.throw_canned_away(first).await;
        assert!(matches!(gone, Err(TicketError::NotFound)), "{gone:?}");
        let late = desk.keep_canned(agent, Some((first, 2)), draft("SPF is missing", "", "x")).await;
        assert!(matches!(late, Err(TicketError::NotFound)), "{late:?}");
    });
}

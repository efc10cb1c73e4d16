use std::collections::BTreeSet;

use super::{BUILT_FILE, CompiledPolicy, PolicyFileError};
use crate::table::{Cell, CellKey, Denied, FactSet};
use crate::vocabulary::{Act, CategoryId, FactKind, PurposeId, Role};

fn built() -> CompiledPolicy {
    CompiledPolicy::built().unwrap_or_else(|error| panic!("{error}"))
}

fn mistakes(text: &str) -> Vec<super::LintError> {
    match CompiledPolicy::compile(text) {
        Err(PolicyFileError::Lint(mistakes)) => mistakes,
        Err(other) => panic!("{other}"),
        Ok(_) => Vec::new(),
    }
}

/// The file of the build with one piece of text replaced.
fn edited(from: &str, to: &str) -> String {
    assert!(BUILT_FILE.contains(from), "the policy file has no {from:?} any more");
    BUILT_FILE.replacen(from, to, 1)
}

#[test]
fn the_file_of_the_build_has_no_mistakes_and_every_placeholder_is_filled() {
    let page = crate::page::page(&built(), "Example Mail");
    assert!(page.sections.iter().all(|section| !section.promises.is_empty()), "an empty section");
    for promise in page.sections.iter().flat_map(|section| &section.promises) {
        assert!(!promise.text.contains(['{', '}']), "{}: {}", promise.id, promise.text);
    }
    let erasure = page.sections.iter().flat_map(|s| &s.promises).find(|p| p.id == "P26").unwrap();
    assert!(erasure.text.contains("7 days later"), "{}", erasure.text);
    assert!(page.sections[0].intro.contains("Example Mail"));
    assert!(
        page.categories.iter().any(|c| c.id == "invoice" && c.kept == "10 years after the date of issue")
    );
}

#[test]
fn decides_as_the_promises_say() {
    let table = built().table;
    let decide = |purpose, category, role, act, fact: Option<FactKind>| {
        let facts = fact.map_or(FactSet::default(), FactSet::one);
        table
            .decide(CellKey { purpose, category, role, act }, facts)
            .map(|rule| table.rules()[usize::from(rule)].clone())
    };
    use CategoryId as C;
    use PurposeId as P;
    // P8: under a ticket, not without, and no other staff.
    let ticket = Some(FactKind::OpenTicket);
    let rule = decide(P::Troubleshoot, C::Identity, Role::Support, Act::Read, ticket);
    assert_eq!(rule.as_deref(), Ok("mend-reported-faults"));
    assert_eq!(
        decide(P::Troubleshoot, C::Identity, Role::Support, Act::Read, None),
        Err(Denied::FactsMissing)
    );
    assert_eq!(decide(P::Troubleshoot, C::Identity, Role::Billing, Act::Read, ticket), Err(Denied::Silent));
    // P43: to bill, and never for another purpose.
    let due = Some(FactKind::DueInvoice);
    let rule = decide(P::Deliver, C::BillingAddress, Role::System, Act::Read, due);
    assert_eq!(rule.as_deref(), Ok("bill-what-is-due"));
    // P44: a due invoice charges the card with a permission in force, and not without.
    let key = CellKey { purpose: P::Deliver, category: C::PaymentToken, role: Role::System, act: Act::Read };
    let due_invoice = FactSet::one(FactKind::DueInvoice);
    assert_eq!(table.decide(key, due_invoice), Err(Denied::FactsMissing));
    assert!(table.decide(key, due_invoice.with(FactKind::StandingPermission)).is_ok());
    assert_eq!(
        table.companions(P::Deliver, FactKind::DueInvoice),
        FactSet::one(FactKind::StandingPermission)
    );
    assert!(matches!(
        decide(P::Feedback, C::PaymentToken, Role::System, Act::Read, due),
        Err(Denied::Never(_))
    ));
    // P35: no member of staff reads messages, whatever justifies it. What a court gets is disclosed, not read.
    for role in Role::ALL.iter().filter(|role| role.is_staff()) {
        for purpose in PurposeId::ALL {
            for act in Act::ALL {
                let all = FactKind::ALL.iter().fold(FactSet::default(), |set, kind| set.with(*kind));
                let key = CellKey { purpose: *purpose, category: C::MailContent, role: *role, act: *act };
                let by_court =
                    *purpose == P::Comply && *act == Act::Disclose && *role == Role::PrivacyOfficer;
                assert_eq!(table.decide(key, all).is_ok(), by_court, "{key:?}");
            }
        }
    }
}

#[test]
fn every_allowed_cell_asks_for_a_fact_and_carries_its_rule() {
    let policy = built();
    let mut used = BTreeSet::new();
    let mut cells = 0;
    for key in CellKey::all() {
        if let Cell::Allowed(ways) = policy.table.cell(key) {
            cells += 1;
            for way in ways {
                assert_ne!(way.needs, FactSet::default(), "{key:?}");
                used.insert(way.rule);
            }
            assert!(policy.table.decide(key, FactSet::default()).is_err(), "{key:?} without any fact");
        }
    }
    assert!(cells > 100, "{cells} cells");
    let idle: Vec<_> = (0u16..)
        .zip(policy.table.rules())
        .filter(|(index, _)| !used.contains(index))
        .map(|(_, id)| id)
        .collect();
    assert!(idle.is_empty(), "rules that a never line silences altogether: {idle:?}");
}

#[test]
fn the_id_depends_on_the_rules_and_not_on_comments() {
    let policy = built();
    let commented = format!("# a comment\n\n{BUILT_FILE}");
    assert_eq!(CompiledPolicy::compile(&commented).unwrap().id, policy.id);
    let other = edited("days = 7", "days = 6");
    assert_ne!(CompiledPolicy::compile(&other).unwrap().id, policy.id);
    assert_eq!(policy.id_text().len(), 64);
}

#[test]
fn names_line_reason_and_mend_of_each_mistake() {
    let cases = [
        (
            "purpose = \"troubleshoot\"\ncategories",
            "purpose = \"sell\"\ncategories",
            "unknown purpose “sell”",
        ),
        ("[\"own_mailbox\"]", "[]", "asks for no fact"),
        ("requires = [\"open_ticket\"]", "requires = [\"typed_reason\"]", "unknown fact “typed_reason”"),
        ("keep_days = 180\n", "", "has no retention"),
        (
            "erase = \"end_of_term\"\nresidency = \"declared\"",
            "erase = \"end_of_term\"\nresidency = \"\"",
            "where it is stored",
        ),
        ("kind = \"processor\"\ncountry = \"US\"", "kind = \"processor\"", "has no country"),
        ("kind = \"processor\"\ncountry = \"US\"", "kind = \"processor\"\ncountry = \"CH\"", "outside US"),
        (
            "purposes = [\"deliver\"]\ncategories = [\"payment_token\", \"billing_address\"]\n",
            "purposes = [\"deliver\"]\ncategories = [\"payment_token\", \"credential\"]\n",
            "which no rule opens",
        ),
        (
            "[[ground]]\nid = \"urgent_safety\"",
            "[[ground]]\nid = \"convenience\"",
            "unknown ground “convenience”",
        ),
        (
            "[\"open_ticket\"]\nobliges = [\"notify\"]",
            "[\"open_ticket\"]\nobliges = [\"whisper\"]",
            "unknown obligation “whisper”",
        ),
        (
            "status = \"planned\"\nawaits = \"a reviewed comparison\"",
            "status = \"planned\"",
            "whether it is given",
        ),
        (
            "rests_on = [\"fill-in-forms\"]",
            "rests_on = [\"code:forms\"]",
            "no promise rests on “fill-in-forms”",
        ),
        ("rests_on = [\"screen-first-orders\", ", "rests_on = [\"screen-orders\", ", "which is not there"),
        ("{erasure.days}", "{erasure.weeks}", "nothing behind it"),
        ("class = \"marketing\"", "class = \"advertising\"", "unknown class “advertising”"),
        ("choice = \"opt_out\"", "choice = \"none\"", "exactly the account class"),
        ("id = \"billing-desk\"", "id = \"own-mailbox\"", "a second time"),
        (
            "acts = [\"send\"]\nrequires = [\"outbound_message\"]\nalso = true",
            "acts = [\"send\"]\nrequires = [\"outbound_message\"]",
            "another covers",
        ),
        (
            "templates = [\"outreach/announcement_news\"]",
            "templates = [\"commerce/invoice_issued\"]",
            "in the classes",
        ),
        ("id = \"blog\"\nclass = \"subscribed\"", "id = \"blog\"\nclass = \"account\"", "without a choice"),
        (
            "id = \"blog\"\nclass = \"subscribed\"",
            "id = \"newsletter\"\nclass = \"subscribed\"",
            "a second time",
        ),
        (
            "id = \"product_updates\"\nclass = \"news\"",
            "id = \"product_updates\"\nclass = \"subscribed\"",
            "nobody can choose",
        ),
        (
            "often = \"once a month\"\nchannels = [\"email\"]",
            "often = \"\"\nchannels = [\"email\"]",
            "how often",
        ),
        (
            "often = \"once a month\"\nchannels = [\"email\"]",
            "often = \"once a month\"\nchannels = [\"post\"]",
            "other channels than its class",
        ),
        (
            "[[category]]\nid = \"fraud_signal\"",
            "[[category]]\nid = \"fraud_hint\"",
            "built without the category",
        ),
    ];
    for (from, to, reason) in cases {
        let text = edited(from, to);
        let found = mistakes(&text);
        let mistake = found.iter().find(|m| m.reason.contains(reason));
        let mistake = mistake.unwrap_or_else(|| panic!("{to:?} gave {found:?}"));
        assert!(!mistake.mend.is_empty());
        assert!(mistake.line > 1 && mistake.line <= text.lines().count() + 1, "{mistake}");
    }
    let text = edited("requires = [\"open_ticket\"]", "requires = [\"typed_reason\"]");
    let line = text.lines().position(|line| line == "id = \"mend-reported-faults\"").unwrap() + 1;
    assert_eq!(mistakes(&text)[0].line, line);
}

#[test]
fn malformed_files_name_the_place() {
    let error = CompiledPolicy::compile("[policy]\ntitle = 3").unwrap_err().to_string();
    assert!(error.contains("line 2"), "{error}");
    let error = CompiledPolicy::compile(&edited("[erasure]", "[erasing]")).unwrap_err().to_string();
    assert!(error.contains("erasing"), "{error}");
}

#[test]
fn a_narrower_file_starts_and_a_wider_one_does_not() {
    let narrower = edited(
        "acts = [\"read\", \"change\", \"export\", \"erase\"]",
        "acts = [\"read\", \"change\", \"export\"]",
    );
    assert!(CompiledPolicy::compile_bounded(&narrower).is_ok());
    let stricter = edited("requires = [\"open_ticket\"]", "requires = [\"open_ticket + second_person\"]");
    assert!(CompiledPolicy::compile_bounded(&stricter).is_ok());
    let shorter = edited("keep_days = 180", "keep_days = 90");
    assert!(CompiledPolicy::compile_bounded(&shorter).is_ok());
    let wider = [
        // another act, another role, a weaker fact, data kept longer, less choice, a template in another class
        ("roles = [\"support\"]\nacts = [\"read\"]", "roles = [\"support\"]\nacts = [\"read\", \"export\"]"),
        ("roles = [\"fraud_reviewer\"]", "roles = [\"fraud_reviewer\", \"support\"]"),
        ("requires = [\"open_ticket\"]", "requires = [\"open_ticket\", \"due_invoice\"]"),
        ("keep_days = 180", "keep_days = 181"),
        (
            "class = \"news\"\nwords = \"changes and new abilities of the service\"\nchannels = [\"email\"]\nchoice = \"opt_in\"",
            "class = \"news\"\nwords = \"x\"\nchannels = [\"email\"]\nchoice = \"opt_out\"",
        ),
        ("date of issue\"\nerase = \"end_of_term\"", "date of issue\"\nerase = \"destroy_key\""),
        ("days = 7", "days = 8"),
        // stored elsewhere, one more recipient or more for one, and a duty that falls away
        (
            "erase = \"end_of_term\"\nresidency = \"declared\"",
            "erase = \"end_of_term\"\nresidency = \"unbound\"",
        ),
        (
            "[[ground]]\nid = \"legal_process\"",
            "[[recipient]]\nid = \"friend\"\nwords = \"x\"\nkind = \"processor\"\ncountry = \"US\"\npurposes = [\"deliver\"]\ncategories = [\"contact\"]\n\n[[ground]]\nid = \"legal_process\"",
        ),
        (
            "purposes = [\"deliver\"]\ncategories = [\"payment_token\", \"billing_address\"]\n",
            "purposes = [\"deliver\"]\ncategories = [\"payment_token\", \"billing_address\", \"contact\"]\n",
        ),
        ("requires = [\"open_ticket\"]\nobliges = [\"notify\"]", "requires = [\"open_ticket\"]"),
        ("\"due_invoice + standing_permission\"", "\"due_invoice\""),
    ];
    for (from, to) in wider {
        let result = CompiledPolicy::compile_bounded(&edited(from, to));
        assert!(
            matches!(result, Err(PolicyFileError::Wider(_))),
            "{to:?} gave {:?}",
            result.map(|p| p.id_text())
        );
    }
}

#[test]
fn flipping_any_allowed_cell_is_noticed_by_the_bound() {
    let bound = built();
    let mut wider = built();
    for key in CellKey::all() {
        let before = wider.table.cell(key).clone();
        if matches!(before, Cell::Allowed(_)) {
            continue;
        }
        let way = crate::table::Way { rule: 0, needs: FactSet::one(FactKind::OwnSession) };
        *wider.table.cell_mut(key) = Cell::Allowed(vec![way]);
        assert_eq!(wider.table.first_wider_cell(&bound.table), Some(key));
        *wider.table.cell_mut(key) = before;
    }
}

#[test]
fn all_fifty_promises_are_there_and_planned_ones_are_not_published() {
    let policy = built();
    let numbers: BTreeSet<u8> =
        policy.raw.promise.iter().map(|p| p.id.get_ref()[1..].parse().unwrap()).collect();
    assert_eq!(numbers, (1..=50).collect());
    let page = crate::page::page(&policy, "Example Mail");
    let published: BTreeSet<&str> =
        page.sections.iter().flat_map(|section| &section.promises).map(|p| p.id.as_str()).collect();
    let planned: Vec<&str> =
        policy.raw.promise.iter().filter(|p| !p.status.is_kept()).map(|p| p.id.get_ref().as_str()).collect();
    assert!(planned.len() < 20, "{planned:?}");
    assert!(planned.iter().all(|id| !published.contains(id)));
    assert_eq!(published.len() + planned.len(), 50);
    assert_eq!(page.sections.len(), 7);
    assert!(page.notes.iter().all(|note| !note.contains('{')), "{:?}", page.notes);
}

#[test]
fn a_diff_names_what_widens_and_what_it_needs() {
    use super::diff::{Direction, Needs, diff};
    let changes = |from: &str, to: &str| diff(&built(), &CompiledPolicy::compile(&edited(from, to)).unwrap());
    assert_eq!(changes("title", "title"), vec![]);
    let wider = changes(
        "roles = [\"support\"]\nacts = [\"read\"]",
        "roles = [\"support\"]\nacts = [\"read\", \"export\"]",
    );
    assert_eq!(wider.len(), 1, "cells that change alike are one change: {wider:?}");
    assert_eq!((wider[0].direction, wider[0].needs), (Direction::Widened, Needs::Notice));
    assert!(wider[0].what.contains("support may now export identity, contact"), "{}", wider[0].what);
    let consent = changes(
        "purpose = \"inform\"\ncategories = [\"identity\", \"contact\", \"preferences\"]",
        "purpose = \"inform\"\ncategories = [\"identity\", \"contact\", \"preferences\", \"ticket\"]",
    );
    assert!(consent.iter().all(|change| change.needs == Needs::Consent), "{consent:?}");
    let shorter = changes("keep_days = 180", "keep_days = 90");
    assert_eq!(
        (shorter.len(), shorter[0].direction, shorter[0].needs),
        (1, Direction::Narrowed, Needs::Nothing)
    );
    let stricter = changes("requires = [\"open_ticket\"]", "requires = [\"open_ticket + second_person\"]");
    assert_eq!(stricter.iter().map(|c| c.direction).collect::<Vec<_>>(), [Direction::Narrowed]);
    let words = changes("We sell your name", "Nobody buys from us your name");
    assert_eq!(words[0].direction, Direction::Reworded);
}

use super::{Checked, Mark, check_static, run};
use crate::file::BUILT_FILE;
use crate::file::CompiledPolicy;
use crate::table::{Cell, CellKey, FactSet, Way};
use crate::vocabulary::{Act, CategoryId, FactKind, PurposeId, Role};

fn marks(text: &str) -> Vec<Checked> {
    check_static(&CompiledPolicy::compile(text).unwrap_or_else(|error| panic!("{error}")))
}

/// The head of the rule under which the program reads mail for a hand-over.
const HAND_OVER: &str =
    "id = \"hand-over\"\npurpose = \"deliver\"\ncategories = [\"mail_content\", \"mail_metadata\"]";

#[test]
fn every_static_promise_of_the_build_is_proven() {
    let marks = marks(BUILT_FILE);
    assert!(marks.len() >= 25, "{marks:?}");
    let broken: Vec<_> = marks.iter().filter(|checked| checked.mark != Mark::Proven).collect();
    assert!(broken.is_empty(), "{broken:?}");
}

#[test]
fn each_check_notices_its_sabotage() {
    // Each is a file without lint errors that breaks one promise.
    let sabotages = [
        (
            "P1",
            "acts = [\"read\", \"change\", \"export\", \"erase\"]",
            "acts = [\"read\", \"change\", \"export\", \"erase\", \"disclose\"]",
        ),
        (
            "P5",
            "roles = [\"fraud_reviewer\"]\nacts = [\"read\"]",
            "roles = [\"fraud_reviewer\"]\nacts = [\"read\", \"collect\"]",
        ),
        (
            "P6",
            "requires = [\"due_invoice\", \"order_in_review\"]",
            "requires = [\"due_invoice\", \"open_ticket\"]",
        ),
        // A hand-over reaches mail, and reads it: nothing else is delivered because of a request.
        (
            "P6",
            HAND_OVER,
            "id = \"hand-over\"\npurpose = \"deliver\"\ncategories = [\"mail_content\", \"ticket\"]",
        ),
        (
            "P6",
            "acts = [\"read\"]\nrequires = [\"request\"]\nalso = true",
            "acts = [\"read\", \"change\"]\nrequires = [\"request\"]\nalso = true",
        ),
        (
            "P6",
            "acts = [\"read\", \"send\"]\nrequires = [\"queued_message\", \"own_mailbox\"]",
            "acts = [\"read\", \"send\"]\nrequires = [\"queued_message\", \"request\"]",
        ),
        ("P8", "requires = [\"open_ticket\"]", "requires = [\"open_ticket\", \"second_person\"]"),
        ("P8", "roles = [\"fraud_reviewer\"]", "roles = [\"fraud_reviewer\", \"support\"]"),
        (
            "P9",
            "purpose = \"feedback\"\ncategories = [\"identity\", \"contact\", \"preferences\"]\nroles = [\"system\"]",
            "purpose = \"feedback\"\ncategories = [\"identity\", \"contact\", \"preferences\"]\nroles = [\"system\", \"writer\"]",
        ),
        (
            "P10",
            "words = \"offers\"\nchannels = [\"email\", \"post\", \"telephone\"]\nchoice = \"opt_in\"",
            "words = \"offers\"\nchannels = [\"email\", \"post\", \"telephone\"]\nchoice = \"opt_out\"",
        ),
        ("P9", "one_in_days = 90", "one_in_days = 30"),
        ("P9", "requires = [\"survey_answered\"]", "requires = [\"survey_answered\", \"open_ticket\"]"),
        (
            "P9",
            "categories = [\"survey_answer\"]\nroles = [\"writer\"]",
            "categories = [\"survey_answer\", \"identity\"]\nroles = [\"writer\"]",
        ),
        (
            "P14",
            "words = \"changes and new abilities of the service\"\nchannels = [\"email\"]",
            "words = \"changes and new abilities of the service\"\nchannels = [\"email\", \"post\"]",
        ),
        ("P16", "requires = [\"consent\"]", "requires = [\"consent\", \"outbound_message\"]"),
        ("P17", "requires = [\"consent\"]", "requires = [\"outbound_message\"]"),
        ("P42", "requires = [\"consent\"]", "requires = [\"consent\", \"own_session\"]"),
        ("P18", "acts = [\"collect\", \"read\", \"change\"]", "acts = [\"collect\", \"read\"]"),
        (
            "P28",
            "acts = [\"collect\", \"read\"]\nrequires = [\"order_placed\", \"order_in_review\"]",
            "acts = [\"read\"]\nrequires = [\"order_placed\", \"order_in_review\"]",
        ),
        ("P29", "roles = [\"billing\"]", "roles = [\"billing\", \"fraud_reviewer\"]"),
        (
            "P43",
            "categories = [\"identity\", \"contact\", \"postal\", \"billing_address\", \"network\", \"fraud_signal\"]\nroles = [\"system\"]",
            "categories = [\"identity\", \"contact\", \"postal\", \"payment_token\", \"network\", \"fraud_signal\"]\nroles = [\"system\"]",
        ),
        (
            "P44",
            "your card, never the card number\"\nas = \"controller\"\nkeep_days = 30",
            "your card, never the card number\"\nas = \"controller\"\nkeep_days = 60",
        ),
        (
            "P7",
            "purpose = \"prefill\"\ncategories = [\"identity\", \"contact\", \"postal\", \"billing_address\", \"preferences\", \"organisation_link\"]\nroles = [\"person\"]",
            "purpose = \"prefill\"\ncategories = [\"identity\", \"contact\", \"postal\", \"billing_address\", \"preferences\", \"organisation_link\"]\nroles = [\"person\", \"writer\"]",
        ),
        (
            "P41",
            "purpose = \"prefill\"\ncategories = [\"identity\", \"contact\", \"postal\"]\nroles = [\"system\"]",
            "purpose = \"prefill\"\ncategories = [\"identity\", \"contact\", \"postal\", \"preferences\"]\nroles = [\"system\"]",
        ),
        (
            "P41",
            "categories = [\"identity\", \"contact\"]\n\n[[recipient]]\nid = \"your-programs\"",
            "categories = [\"identity\", \"contact\", \"preferences\"]\n\n[[recipient]]\nid = \"your-programs\"",
        ),
        ("P46", "requires = [\"site_consent\"]", "requires = [\"own_session\"]"),
        ("P15", "choice = \"none\"\npurpose = \"deliver\"", "choice = \"none\"\npurpose = \"inform\""),
        (
            "P19",
            "categories = [\"identity\", \"contact\", \"postal\", \"billing_address\", \"invoice\", \"preferences\", \"organisation_link\", \"network\", \"ticket\", \"survey_answer\", \"contest_entry\"]\nroles = [\"person\"]",
            "categories = [\"identity\", \"contact\", \"billing_address\", \"invoice\", \"preferences\", \"organisation_link\", \"network\", \"ticket\", \"survey_answer\", \"contest_entry\"]\nroles = [\"person\"]",
        ),
        ("P26", "days = 7", "days = 30"),
        ("P30", "keep_days = 180", "keep_days = 400"),
        (
            "P31",
            "categories = [\"identity\", \"contact\", \"organisation_link\", \"network\"]\nroles = [\"abuse_desk\"",
            "categories = [\"identity\", \"contact\", \"network\", \"mail_metadata\"]\nroles = [\"abuse_desk\"",
        ),
        (
            "P34",
            "erase = \"end_of_term\"\nresidency = \"declared\"",
            "erase = \"end_of_term\"\nresidency = \"unbound\"",
        ),
        (
            "P35",
            "roles = [\"billing\"]\nacts = [\"read\"]",
            "roles = [\"billing\"]\nacts = [\"read\", \"change\"]",
        ),
        ("P35", "requires = [\"break_glass\"]\nobliges = [\"notify\"]", "requires = [\"break_glass\"]"),
        ("P39", "requires = [\"sign_in\"]", "requires = [\"sign_in\", \"order_placed\"]"),
        (
            "P42",
            "categories = [\"identity\", \"contact\", \"organisation_link\", \"ticket\", \"mail_trace\"]\nroles = [\"support\"]\nacts = [\"read\"]",
            "categories = [\"identity\", \"contact\", \"organisation_link\", \"ticket\", \"mail_trace\"]\nroles = [\"support\"]\nacts = [\"read\", \"send\"]",
        ),
        ("P45", "\"due_invoice + standing_permission\"", "\"due_invoice\""),
        ("P46", "requires = [\"ground + second_person\"]", "requires = [\"ground\"]"),
        (
            "P50",
            "roles = [\"privacy_officer\"]\nacts = [\"disclose\"]",
            "roles = [\"privacy_officer\", \"operator\"]\nacts = [\"disclose\"]",
        ),
    ];
    for (promise, from, to) in sabotages {
        assert!(BUILT_FILE.contains(from), "the policy file has no {from:?} any more");
        let marks = marks(&BUILT_FILE.replacen(from, to, 1));
        let checked = marks.iter().find(|checked| checked.promise == promise).unwrap();
        assert!(matches!(checked.mark, Mark::Broken(_)), "{promise} survived {to:?}");
    }
}

#[test]
fn no_staff_read_mail_by_the_request_of_a_hand_over() {
    let system = format!("{HAND_OVER}\nroles = [\"system\"]");
    assert!(BUILT_FILE.contains(&system), "the rule of hand-overs reads otherwise");
    for role in Role::ALL.iter().copied().filter(|role| role.is_staff()) {
        let opened =
            BUILT_FILE.replacen(&system, &format!("{HAND_OVER}\nroles = [\"system\", \"{role}\"]"), 1);
        // The messages stay closed by the line that wins over every rule; what is known about them breaks promises.
        let policy = CompiledPolicy::compile(&opened).unwrap_or_else(|error| panic!("{error}"));
        let (purpose, act) = (PurposeId::Deliver, Act::Read);
        let key = CellKey { purpose, category: CategoryId::MailContent, role, act };
        assert!(matches!(policy.table.cell(key), Cell::Never(_)), "{role}");
        assert!(policy.table.decide(key, FactSet::one(FactKind::Request)).is_err(), "{role}");
        // The line cannot be left out, as a promise names it; with one role fewer, the promises break for messages, too.
        let content = opened.replacen(HAND_OVER, &HAND_OVER.replace(", \"mail_metadata\"", ""), 1);
        let never = content.find("[[never]]\nid = \"staff-never-read-mail\"").unwrap();
        let (before, line) = content.split_at(never);
        let (line, after) = line.split_at(line.find("\n\n").unwrap());
        assert!(CompiledPolicy::compile(&[before, after].concat()).is_err(), "{role}: without the line");
        let fewer = line.replace(&format!(", \"{role}\""), "").replace(&format!("\"{role}\", "), "");
        assert_ne!(line, fewer, "{role}");
        let without = [before, &fewer, after].concat();
        for text in [&opened, &without] {
            for promise in ["P6", "P35"] {
                let marks = marks(text);
                let checked = marks.iter().find(|checked| checked.promise == promise).unwrap();
                assert!(matches!(checked.mark, Mark::Broken(_)), "{promise} stands although {role} reads");
            }
        }
    }
}

#[test]
fn an_unknown_check_is_no_proof() {
    let marks = marks(&BUILT_FILE.replacen("check = \"card-cells\"", "check = \"card-sells\"", 1));
    let checked = marks.iter().find(|checked| checked.promise == "P43").unwrap();
    assert!(matches!(&checked.mark, Mark::Broken(why) if why.contains("card-sells")), "{checked:?}");
}

/// The first promise that breaks when `cell` stands at `key`; the table is put back.
fn first_broken(policy: &mut CompiledPolicy, key: CellKey, cell: Cell) -> Option<String> {
    let before = std::mem::replace(policy.table.cell_mut(key), cell);
    let broken = policy
        .kept_promises()
        .filter(|promise| promise.proof.iter().any(|proof| proof == "static"))
        .find(|promise| run(&promise.check, policy).is_err())
        .map(|promise| promise.id.get_ref().clone());
    *policy.table.cell_mut(key) = before;
    broken
}

#[test]
fn flipping_any_allowed_cell_breaks_a_promise() {
    let mut policy = CompiledPolicy::built().unwrap();
    let (mut flipped, mut weakened, mut cells) = (0, 0, 0);
    for key in CellKey::all() {
        cells += 1;
        let Cell::Allowed(ways) = policy.table.cell(key).clone() else { continue };
        flipped += 1;
        assert!(first_broken(&mut policy, key, Cell::Silent).is_some(), "{key:?} refused");
        // Each fact of each way is left out in its turn, and each way: by itself it may be enough for somebody.
        for at in 0..ways.len() {
            for kind in ways[at].needs.iter() {
                weakened += 1;
                let mut weaker = ways.clone();
                weaker[at].needs = weaker[at].needs.without(kind);
                let broken = first_broken(&mut policy, key, Cell::Allowed(weaker));
                assert!(broken.is_some(), "{key:?} without {kind:?}");
            }
            let mut fewer = ways.clone();
            fewer.remove(at);
            let fewer = if fewer.is_empty() { Cell::Silent } else { Cell::Allowed(fewer) };
            assert!(first_broken(&mut policy, key, fewer).is_some(), "{key:?} without way {at}");
        }
    }
    println!(
        "{cells} cells; {flipped} that allow were flipped, {weakened} facts left out: each broke a promise"
    );
    assert!(flipped > 150 && weakened > flipped, "{flipped} cells, {weakened} facts");
}

#[test]
fn opening_any_cell_to_staff_breaks_the_promise_about_staff() {
    let mut policy = CompiledPolicy::built().unwrap();
    for key in CellKey::all().filter(|key| key.role.is_staff()) {
        if matches!(policy.table.cell(key), Cell::Allowed(_)) {
            continue;
        }
        let way = Way { rule: 0, needs: FactSet::one(FactKind::OwnSession) };
        let before = std::mem::replace(policy.table.cell_mut(key), Cell::Allowed(vec![way]));
        assert!(run("staff-needs-fact", &policy).is_err(), "{key:?}");
        *policy.table.cell_mut(key) = before;
    }
}

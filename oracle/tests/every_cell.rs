//! Every cell of the decision table, asked of Cedar and of the program.

use std::collections::HashSet;
use std::path::PathBuf;
use std::process::Command;
use std::str::FromStr;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityUid, PolicySet, Request, RestrictedExpression,
};
use toml::{Table, Value};

/// The facts that rules ask for together, e.g. `["ground", "second_person"]`.
type Way = Vec<String>;

struct Cell {
    purpose: String,
    category: String,
    role: String,
    act: String,
    /// Empty for a cell that is refused whatever holds.
    ways: Vec<Way>,
}

fn file() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../policy/policy.toml");
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The table as the program compiled it.
fn cells() -> Vec<Cell> {
    let binary = std::env::var_os("MAILKEEP_BINARY").expect("MAILKEEP_BINARY names the built program");
    let output = Command::new(binary)
        .args(["--config", "/nonexistent", "policy", "render", "--cells"])
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let cells: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).expect("JSON");
    let text = |cell: &serde_json::Value, name: &str| cell[name].as_str().expect("a word").to_owned();
    cells
        .iter()
        .map(|cell| Cell {
            purpose: text(cell, "purpose"),
            category: text(cell, "category"),
            role: text(cell, "role"),
            act: text(cell, "act"),
            ways: serde_json::from_value(cell["ways"].clone()).expect("lists of facts"),
        })
        .collect()
}

fn words(table: &Table, name: &str) -> Vec<String> {
    let list = table.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    list.iter().map(|word| word.as_str().expect("a word").to_owned()).collect()
}

fn set(words: &[String]) -> String {
    format!("[{}]", words.iter().map(|word| format!("{word:?}")).collect::<Vec<_>>().join(", "))
}

fn tables(file: &Table, name: &str) -> Vec<Table> {
    let list = file.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    list.iter().map(|table| table.as_table().expect("a table").clone()).collect()
}

/// The policy file in Cedar's language: each way of each rule permits, each `never` line forbids.
fn cedar(file: &Table) -> String {
    let mut text = String::new();
    for rule in tables(file, "rule") {
        let purpose = rule["purpose"].as_str().expect("a purpose");
        for way in words(&rule, "requires") {
            let facts: Way = way.split('+').map(|fact| fact.trim().to_owned()).collect();
            text.push_str(&format!(
                "permit (principal, action, resource) when {{ context.purpose == {purpose:?} \
                 && {}.contains(context.category) && {}.contains(context.role) && {}.contains(context.act) \
                 && context.facts.containsAll({}) }};\n",
                set(&words(&rule, "categories")),
                set(&words(&rule, "roles")),
                set(&words(&rule, "acts")),
                set(&facts),
            ));
        }
    }
    for line in tables(file, "never") {
        let about = [("purposes", "purpose"), ("categories", "category"), ("roles", "role"), ("acts", "act")];
        let conditions: Vec<String> = about
            .iter()
            .map(|(list, one)| (words(&line, list), one))
            .filter(|(list, _)| !list.is_empty())
            .map(|(list, one)| format!("{}.contains(context.{one})", set(&list)))
            .collect();
        let conditions = if conditions.is_empty() { "true".to_owned() } else { conditions.join(" && ") };
        text.push_str(&format!("forbid (principal, action, resource) when {{ {conditions} }};\n"));
    }
    text
}

struct Oracle {
    policies: PolicySet,
    nobody: EntityUid,
}

impl Oracle {
    fn allows(&self, cell: &Cell, facts: &[String]) -> bool {
        let text = |word: &str| RestrictedExpression::new_string(word.to_owned());
        let pairs = [
            ("purpose", text(&cell.purpose)),
            ("category", text(&cell.category)),
            ("role", text(&cell.role)),
            ("act", text(&cell.act)),
            ("facts", RestrictedExpression::new_set(facts.iter().map(|fact| text(fact)))),
        ];
        let pairs = pairs.map(|(name, value)| (name.to_owned(), value));
        let context = Context::from_pairs(pairs).expect("a context");
        let any = self.nobody.clone();
        let request = Request::new(any.clone(), any.clone(), any, context, None).expect("a request");
        let answer = Authorizer::new().is_authorized(&request, &self.policies, &Entities::empty());
        assert_eq!(answer.diagnostics().errors().count(), 0, "{answer:?}");
        answer.decision() == Decision::Allow
    }
}

#[test]
fn cedar_and_the_program_agree_on_every_cell() {
    let file: Table = file().parse().expect("the policy file is TOML");
    let oracle = Oracle {
        policies: PolicySet::from_str(&cedar(&file)).expect("Cedar reads what was written from the file"),
        nobody: EntityUid::from_str(r#"Any::"one""#).expect("an entity"),
    };
    let mut facts: Vec<String> = tables(&file, "rule")
        .iter()
        .flat_map(|rule| words(rule, "requires"))
        .flat_map(|way| way.split('+').map(|fact| fact.trim().to_owned()).collect::<Way>())
        .collect();
    facts.sort();
    facts.dedup();

    // Every combination is there once: nothing that could be asked is left out.
    let cells = cells();
    let different = |word: fn(&Cell) -> &str| cells.iter().map(word).collect::<HashSet<_>>().len();
    let (purposes, categories) = (tables(&file, "purpose").len(), tables(&file, "category").len());
    let (roles, acts) = (different(|cell| &cell.role), different(|cell| &cell.act));
    assert_eq!(different(|cell| &cell.purpose), purposes);
    assert_eq!(different(|cell| &cell.category), categories);
    let combinations: HashSet<_> =
        cells.iter().map(|cell| (&cell.purpose, &cell.category, &cell.role, &cell.act)).collect();
    assert_eq!(combinations.len(), purposes * categories * roles * acts);
    assert_eq!(cells.len(), combinations.len());
    assert!(roles >= 10 && acts >= 6, "{roles} roles, {acts} acts");

    let (mut questions, mut allowed) = (0, 0);
    for cell in &cells {
        let agree = |held: &[String]| {
            let ours = cell.ways.iter().any(|way| way.iter().all(|fact| held.contains(fact)));
            let theirs = oracle.allows(cell, held);
            let Cell { purpose, category, role, act, .. } = cell;
            assert_eq!(ours, theirs, "{role} {act} {category} for {purpose} with {held:?}");
            ours
        };
        agree(&[]);
        questions += 2;
        // What is refused with every fact is refused with fewer: rules ask for facts, never for their absence.
        if !agree(&facts) {
            continue;
        }
        allowed += 1;
        for fact in &facts {
            agree(std::slice::from_ref(fact));
            let without: Vec<String> = facts.iter().filter(|other| *other != fact).cloned().collect();
            agree(&without);
            questions += 2;
        }
        for way in &cell.ways {
            assert!(agree(way), "a way is enough by itself");
            questions += 1;
        }
    }
    println!("{} cells, {questions} questions, {allowed} cells allow something", cells.len());
    assert!(allowed > 150, "{allowed} cells allow something");
}

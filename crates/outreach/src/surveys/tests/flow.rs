use proptest::prelude::*;

use super::*;
use crate::surveys::figures::{Counts, add, figures};
use crate::surveys::flow::{Fault, asked, faults, kept, next_step, step_before, steps};
use crate::surveys::{Score, rounded};

fn ids(questions: Vec<Question>) -> Vec<Question> {
    questions.into_iter().zip(1..).map(|(question, id)| Question { id, ..question }).collect()
}

#[test]
fn a_step_ends_before_what_depends_on_it() {
    let questions = ids(vec![
        question(Kind::Nps, "a"),
        question(Kind::One, "b"),
        after(question(Kind::Text, "c"), 2, &[1]),
        after(question(Kind::Csat, "d"), 1, &[0]),
        after(question(Kind::Text, "e"), 4, &[1]),
    ]);
    assert_eq!(steps(&questions), [0..2, 2..4, 4..5]);
    assert_eq!(steps(&[]), Vec::<std::ops::Range<usize>>::new());
    let happy = sheet(&[(1, value(9)), (2, value(2))]);
    assert_eq!(next_step(&questions, &Sheet::new(), None), Some(0));
    assert_eq!(next_step(&questions, &happy, Some(0)), None, "nothing more to ask");
    let sad = sheet(&[(1, value(0)), (2, value(2)), (4, value(1))]);
    assert_eq!(next_step(&questions, &sad, Some(0)), Some(1));
    assert_eq!(next_step(&questions, &sad, Some(1)), Some(2));
    assert_eq!(asked(&questions, &sad), [true, true, false, true, true]);
    // Who goes back and thinks better of it is not asked any more, and what was answered there counts for nothing.
    let better = sheet(&[(1, value(10)), (2, value(2)), (4, value(1)), (5, text("because"))]);
    assert_eq!(asked(&questions, &better), [true, true, false, false, false]);
    assert_eq!(kept(&questions, &better).into_keys().collect::<Vec<_>>(), [1, 2]);
    assert_eq!(step_before(&questions, &happy, 2), Some(0));
    assert_eq!(step_before(&questions, &happy, 0), None);
}

#[test]
fn what_cannot_be_answered_so_is_named() {
    let questions =
        ids(vec![question(Kind::Nps, "a"), question(Kind::Text, "b"), question(Kind::Several, "c")]);
    let long = "x".repeat(4001);
    let sheet = sheet(&[(2, text(&long)), (3, Given::Values(vec![1, 4]))]);
    let found = faults(&questions, &sheet, 0..3);
    assert_eq!(found, [(1, Fault::Missing), (2, Fault::TooLong), (3, Fault::Unknown)]);
    assert_eq!(faults(&questions, &sheet, 0..1), [(1, Fault::Missing)]);
}

#[test]
fn scores_are_those_of_the_trade() {
    let score = |kind: Kind, given: &[u32]| {
        let mut counts = Counts::new();
        given.iter().for_each(|one| add(&mut counts, &sheet(&[(1, value(*one))])));
        figures(Question { id: 1, ..question(kind, "a") }, &counts, 0).score
    };
    let nps =
        |score, promoters, passives, detractors| Some(Score::Nps { score, promoters, passives, detractors });
    assert_eq!(score(Kind::Nps, &[10, 9, 8, 7, 6, 0]), nps(0, 2, 2, 2));
    assert_eq!(score(Kind::Nps, &[10, 10, 8]), nps(67, 2, 1, 0));
    assert_eq!(score(Kind::Nps, &[0, 0, 8]), nps(-67, 0, 1, 2));
    assert_eq!(score(Kind::Nps, &[]), None);
    assert_eq!(score(Kind::Csat, &[5, 4, 3]), Some(Score::Csat { percent: 67, satisfied: 2 }));
    assert_eq!(score(Kind::Ces, &[7, 6, 4]), Some(Score::Ces { hundredths: 567 }));
    assert_eq!(score(Kind::One, &[1]), None);
    assert_eq!((rounded(1, 2), rounded(-1, 2), rounded(1, 3), rounded(-2, 3)), (1, -1, 0, -1));
}

/// Surveys as staff may write them: each condition is about an earlier question that has values.
fn surveys() -> impl Strategy<Value = Vec<Question>> {
    let one = (0..Kind::ALL.len(), any::<bool>(), any::<Option<(prop::sample::Index, u32)>>());
    prop::collection::vec(one, 1..12).prop_map(|drawn| {
        let mut questions: Vec<Question> = Vec::new();
        for ((kind, required, when), id) in drawn.into_iter().zip(1..) {
            let earlier: Vec<&Question> = questions.iter().filter(|one| one.kind != Kind::Text).collect();
            let shown_if = when.filter(|_| !earlier.is_empty()).map(|(which, bits)| {
                let on = which.get(&earlier);
                let known = on.values();
                let mut values: Vec<u32> =
                    known.iter().copied().filter(|value| bits >> value & 1 == 1).collect();
                if values.is_empty() {
                    values.push(known[0]);
                }
                Condition { question: on.id, values }
            });
            questions.push(Question { id, required, shown_if, ..question(Kind::ALL[kind], "Which?") });
        }
        questions
    })
}

fn answer(question: &Question, by: u32) -> Given {
    let values = question.values();
    match values.len() {
        0 => text("words"),
        count => value(values[by as usize % count]),
    }
}

proptest! {
    #[test]
    fn every_question_stands_in_one_step_after_what_it_depends_on(questions in surveys()) {
        prop_assert!(crate::surveys::questions::check(&questions).is_ok());
        let steps = steps(&questions);
        let places: Vec<usize> = steps.iter().flat_map(Clone::clone).collect();
        prop_assert_eq!(places, (0..questions.len()).collect::<Vec<_>>());
        for step in &steps {
            prop_assert!(!step.is_empty());
            for question in &questions[step.clone()] {
                let Some(when) = &question.shown_if else { continue };
                prop_assert!(questions[..step.start].iter().any(|earlier| earlier.id == when.question));
            }
        }
    }

    #[test]
    fn whoever_answers_what_is_asked_gets_to_the_end(questions in surveys(), by in any::<[u32; 12]>()) {
        let mut given = Sheet::new();
        let (mut step, mut seen) = (next_step(&questions, &given, None), Vec::new());
        while let Some(at) = step {
            prop_assert!(seen.last().is_none_or(|last| *last < at), "it goes on");
            if let Some(last) = seen.last() {
                prop_assert_eq!(step_before(&questions, &given, at), Some(*last));
            }
            seen.push(at);
            let range = steps(&questions)[at].clone();
            let now = asked(&questions, &given);
            prop_assert!(now[range.clone()].contains(&true), "no page is empty");
            for place in range.clone().filter(|place| now[*place]) {
                given.insert(questions[place].id, answer(&questions[place], by[place]));
            }
            prop_assert!(faults(&questions, &given, range).is_empty());
            step = next_step(&questions, &given, Some(at));
        }
        // Exactly what is asked was answered, and nothing of it is lost.
        let asked = asked(&questions, &given);
        for (question, asked) in questions.iter().zip(&asked) {
            prop_assert_eq!(given.contains_key(&question.id), *asked);
        }
        prop_assert_eq!(kept(&questions, &given), given.clone());
        prop_assert!(faults(&questions, &given, 0..questions.len()).is_empty());
    }

    #[test]
    fn what_is_kept_depends_on_nothing_that_is_not(
        questions in surveys(),
        by in any::<[u32; 12]>(),
        has in any::<[bool; 12]>(),
    ) {
        // Anything may come in a form: also answers to what is not asked.
        let all = questions.iter().enumerate().filter(|(at, _)| has[*at]);
        let given: Sheet = all.map(|(at, question)| (question.id, answer(question, by[at]))).collect();
        let once = kept(&questions, &given);
        prop_assert_eq!(kept(&questions, &once), once.clone());
        let asked = asked(&questions, &once);
        for (question, asked) in questions.iter().zip(asked) {
            prop_assert!(asked || !once.contains_key(&question.id));
        }
    }
}

//! In which steps a survey is answered: questions stand on one page until one depends on an answer of that page. Which are
//! asked is decided on the server from the answers that came before, so that nothing needs a script.

use std::ops::Range;

use super::questions::{Given, Kind, MAX_TEXT, Question, Sheet};

/// What is wrong with an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It is missing.
    Missing,
    /// It is none of those that can be given.
    Unknown,
    /// It is too long.
    TooLong,
}

/// The steps, as ranges of the questions. They are the same whatever is answered; those with nothing to ask are passed over.
pub fn steps(questions: &[Question]) -> Vec<Range<usize>> {
    let mut steps = Vec::new();
    let mut begin = 0;
    for (at, question) in questions.iter().enumerate() {
        let here = questions.get(begin..at).unwrap_or_default();
        let depends =
            question.shown_if.as_ref().is_some_and(|when| here.iter().any(|one| one.id == when.question));
        if depends {
            steps.push(begin..at);
            begin = at;
        }
    }
    if begin < questions.len() {
        steps.push(begin..questions.len());
    }
    steps
}

/// Which questions are asked, after these answers. An answer to a question that is not asked counts for nothing.
pub fn asked(questions: &[Question], sheet: &Sheet) -> Vec<bool> {
    let mut asked: Vec<bool> = Vec::with_capacity(questions.len());
    for question in questions {
        let asks = question.shown_if.as_ref().is_none_or(|when| {
            let earlier = questions.iter().zip(&asked).find(|(one, _)| one.id == when.question);
            let was_asked = earlier.is_some_and(|(_, asked)| *asked);
            let fits = match sheet.get(&when.question) {
                Some(Given::Values(values)) => values.iter().any(|value| when.values.contains(value)),
                _ => false,
            };
            was_asked && fits
        });
        asked.push(asks);
    }
    asked
}

/// The next step in which something is asked, the first one after `None`.
pub fn next_step(questions: &[Question], sheet: &Sheet, after: Option<usize>) -> Option<usize> {
    let asked = asked(questions, sheet);
    let from = after.map_or(0, |step| step.saturating_add(1));
    let steps = steps(questions);
    steps.iter().enumerate().skip(from).find(|(_, step)| asks(&asked, step)).map(|(at, _)| at)
}

/// The step before, in which something is asked.
pub fn step_before(questions: &[Question], sheet: &Sheet, step: usize) -> Option<usize> {
    let asked = asked(questions, sheet);
    let steps = steps(questions);
    steps.iter().enumerate().take(step).rev().find(|(_, step)| asks(&asked, step)).map(|(at, _)| at)
}

fn asks(asked: &[bool], step: &Range<usize>) -> bool {
    asked.get(step.clone()).is_some_and(|asked| asked.contains(&true))
}

/// What is wrong with the answers to those of the questions that are asked, by their numbers.
pub fn faults(questions: &[Question], sheet: &Sheet, within: Range<usize>) -> Vec<(u32, Fault)> {
    let asked = asked(questions, sheet);
    let here = questions.iter().zip(asked).take(within.end).skip(within.start).filter(|(_, asked)| *asked);
    here.filter_map(|(question, _)| {
        let fault = match sheet.get(&question.id) {
            None if question.required => Some(Fault::Missing),
            None => None,
            Some(given) => fault_of(question, given),
        };
        fault.map(|fault| (question.id, fault))
    })
    .collect()
}

fn fault_of(question: &Question, given: &Given) -> Option<Fault> {
    match (given, question.kind) {
        (Given::Text(text), Kind::Text) => (text.chars().count() > MAX_TEXT).then_some(Fault::TooLong),
        (Given::Values(values), kind) if kind != Kind::Text => {
            let known = question.values();
            let one = kind == Kind::Several || values.len() == 1;
            let fits = one && !values.is_empty() && values.iter().all(|value| known.contains(value));
            (!fits).then_some(Fault::Unknown)
        }
        _ => Some(Fault::Unknown),
    }
}

/// The answers to what is asked, each value once; others are left out.
pub fn kept(questions: &[Question], sheet: &Sheet) -> Sheet {
    let asked = asked(questions, sheet);
    let answers = questions.iter().zip(asked).filter(|(_, asked)| *asked);
    answers
        .filter_map(|(question, _)| {
            let given = match sheet.get(&question.id)?.clone() {
                Given::Values(mut values) => {
                    values.sort_unstable();
                    values.dedup();
                    Given::Values(values)
                }
                text => text,
            };
            Some((question.id, given))
        })
        .collect()
}

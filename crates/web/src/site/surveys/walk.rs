//! Walking through a survey: which page a form leads to, and what comes along.

use mailkeep_outreach::surveys::{
    Fault, Given, Kind, Mode, Question, Sheet, Survey, asked, faults, next_step, step_before, steps,
};

use super::{Asked, Carried, ChoiceBox, GivenRow, SurveyPage};
use crate::form::{Form, Submitted};
use crate::markdown;
use crate::messages::{Msg, msg};

/// What is asked of a survey.
#[derive(Debug, Clone)]
pub(crate) struct Asking {
    pub(crate) title: String,
    pub(crate) language: String,
    pub(crate) introduction: String,
    pub(crate) mode: Mode,
    pub(crate) questions: Vec<Question>,
}

impl From<Survey> for Asking {
    fn from(survey: Survey) -> Self {
        Asking {
            title: survey.title,
            language: survey.language,
            introduction: survey.introduction,
            mode: survey.mode,
            questions: survey.questions,
        }
    }
}

/// Where a survey is walked through: by a link, or as a preview.
pub(crate) struct Walk<'a> {
    pub(crate) action: &'a str,
    pub(crate) token: &'a str,
    pub(crate) back: &'a str,
    pub(crate) days: u32,
}

/// Where a form leads.
pub(crate) enum Turn {
    /// To a page, because something is wrong with this one or because it comes next.
    Page(Box<SurveyPage>, bool),
    /// To the end.
    Send(Sheet),
}

impl Walk<'_> {
    /// The page of a step; that after the last one shows what was answered.
    pub(crate) fn page(&self, asking: &Asking, sheet: &Sheet, step: usize) -> SurveyPage {
        let all = steps(&asking.questions);
        let here = all.get(step).cloned().unwrap_or(0..0);
        let is_asked = asked(&asking.questions, sheet);
        let on_page = |at: usize| here.contains(&at) && is_asked.get(at) == Some(&true);
        let (mut questions, mut carried, mut given) = (Vec::new(), Vec::new(), Vec::new());
        for (at, question) in asking.questions.iter().enumerate() {
            let answer = sheet.get(&question.id);
            if on_page(at) {
                questions.push(question_box(question, answer));
            } else if let Some(answer) = answer {
                carried.extend(carry(question.id, answer));
            }
            if step >= all.len() && is_asked.get(at) == Some(&true) {
                let words = answer.map(|answer| question.in_words(answer)).unwrap_or_default();
                let (question, answer, words) =
                    (question.text.clone(), words.into(), step_of(question, answer));
                given.push(GivenRow { question, answer, words });
            }
        }
        SurveyPage {
            action: self.action.to_owned(),
            token: self.token.to_owned(),
            back: self.back.to_owned(),
            title: asking.title.clone(),
            language: asking.language.clone(),
            introduction: if step == 0 { markdown::render(&asking.introduction).html } else { String::new() },
            mode: asking.mode,
            days: self.days,
            step,
            done: (all.len() > 1).then(|| step * 100 / all.len()),
            sends: all.len() < 2 || step >= all.len(),
            questions,
            given,
            carried,
            wrong: None,
        }
    }

    /// Where the form leads that was sent.
    pub(crate) fn turn(&self, asking: &Asking, form: &Submitted) -> Turn {
        let sheet = read(asking, form);
        let (all, questions) = (steps(&asking.questions), &asking.questions);
        let step = form.get("step").parse::<usize>().unwrap_or(0).min(all.len());
        let page = |step| Turn::Page(Box::new(self.page(asking, &sheet, step)), false);
        if form.get("go") == "back" {
            return page(step_before(questions, &sheet, step).unwrap_or(0));
        }
        let cards = Form::of(form).errors;
        // What comes along may have been changed: everything is looked at before it is sent.
        let sends = step >= all.len() || all.len() == 1;
        let looked_at: Vec<usize> = if sends { (0..all.len()).collect() } else { vec![step] };
        for at in looked_at {
            let range = all.get(at).cloned().unwrap_or(0..0);
            let wrong = faults(questions, &sheet, range.clone());
            let here = questions.get(range).unwrap_or_default();
            let carded = here.iter().any(|one| cards.contains_key(&field(one.id)));
            if !wrong.is_empty() || carded {
                let mut page = self.page(asking, &sheet, at);
                page.refuse(&wrong);
                page.refuse_cards(&cards);
                return Turn::Page(Box::new(page), true);
            }
        }
        if !sends {
            return page(next_step(questions, &sheet, Some(step)).unwrap_or(all.len()));
        }
        if sheet.is_empty() {
            let mut page = self.page(asking, &sheet, step);
            page.wrong = Some(msg("survey-nothing"));
            return Turn::Page(Box::new(page), true);
        }
        Turn::Send(sheet)
    }
}

impl SurveyPage {
    pub(super) fn refuse(&mut self, faults: &[(u32, Fault)]) {
        for question in &mut self.questions {
            let fault = faults.iter().find(|(id, _)| field(*id) == question.field);
            question.wrong = fault.map(|(_, fault)| match fault {
                Fault::Missing if question.kind == Kind::Text => msg("survey-missing-text"),
                Fault::Missing => msg("survey-missing"),
                Fault::Unknown => msg("survey-unknown"),
                Fault::TooLong => msg("survey-too-long"),
            });
        }
    }

    fn refuse_cards(&mut self, cards: &std::collections::BTreeMap<String, Msg>) {
        for question in &mut self.questions {
            if let Some(wrong) = cards.get(&question.field) {
                question.wrong = Some(wrong.clone());
            }
        }
    }
}

fn field(question: u32) -> String {
    format!("q{question}")
}

fn question_box(question: &Question, answer: Option<&Given>) -> Asked {
    let picked: &[u32] = match answer {
        Some(Given::Values(values)) => values,
        _ => &[],
    };
    let words = match answer {
        Some(Given::Text(text)) => text.as_str(),
        _ => "",
    };
    let choice =
        |value: u32| ChoiceBox { value, label: question.word(value), picked: picked.contains(&value) };
    Asked {
        field: field(question.id),
        kind: question.kind,
        text: question.text.clone(),
        required: question.required,
        choices: question.values().into_iter().map(choice).collect(),
        words: words.into(),
        wrong: None,
    }
}

/// The name of a step of satisfaction.
fn step_of(question: &Question, answer: Option<&Given>) -> Option<Msg> {
    match (question.kind, answer?) {
        (Kind::Csat, Given::Values(values)) => step_words(Kind::Csat, *values.first()?),
        _ => None,
    }
}

/// What a step of a scale is called, where it has a name.
pub(crate) fn step_words(kind: Kind, value: u32) -> Option<Msg> {
    let words = match (kind, value) {
        (Kind::Csat, 1) => "survey-csat-1",
        (Kind::Csat, 2) => "survey-csat-2",
        (Kind::Csat, 3) => "survey-csat-3",
        (Kind::Csat, 4) => "survey-csat-4",
        (Kind::Csat, 5) => "survey-csat-5",
        (Kind::Nps, 0) => "survey-nps-low",
        (Kind::Nps, 10) => "survey-nps-high",
        (Kind::Ces, 1) => "survey-ces-low",
        (Kind::Ces, 7) => "survey-ces-high",
        _ => return None,
    };
    Some(msg(words))
}

fn carry(question: u32, answer: &Given) -> Vec<Carried> {
    let one = |value: String| Carried { field: field(question), value: value.into() };
    match answer {
        Given::Values(values) => values.iter().map(|value| one(value.to_string())).collect(),
        Given::Text(text) => vec![one(text.clone())],
    }
}

/// The answers of a form. What is no number among the values is one that cannot be given.
fn read(asking: &Asking, form: &Submitted) -> Sheet {
    let answers = asking.questions.iter().filter_map(|question| {
        let name = field(question.id);
        let given = match question.kind {
            Kind::Text => {
                let text = form.lines(&name).trim().to_owned();
                (!text.is_empty()).then_some(Given::Text(text))
            }
            _ => {
                let typed = form.all(&name).filter(|value| !value.is_empty());
                let values: Vec<u32> = typed.map(|value| value.parse().unwrap_or(u32::MAX)).collect();
                (!values.is_empty()).then_some(Given::Values(values))
            }
        };
        Some((question.id, given?))
    });
    answers.collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn walk() -> Walk<'static> {
        Walk { action: "/survey", token: "t", back: "", days: 730 }
    }

    fn turn(form: &str) -> Turn {
        walk().turn(&sample(), &Submitted::parse(form.as_bytes()))
    }

    fn page(form: &str) -> (SurveyPage, bool) {
        match turn(form) {
            Turn::Page(page, wrong) => (*page, wrong),
            Turn::Send(sheet) => panic!("it sends {sheet:?}"),
        }
    }

    #[test]
    fn what_is_asked_follows_from_what_was_answered() {
        let (happy, wrong) = page("step=0&q1=10&q4=1&q4=3&go=next");
        assert!(!wrong && happy.sends && happy.given.len() == 5, "{happy:?}");
        let fields: Vec<&str> = happy.carried.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["q1", "q4", "q4"]);
        let (sad, _) = page("step=0&q1=2&go=next");
        assert_eq!((sad.step, sad.questions.len(), sad.questions[0].kind), (1, 1, Kind::Text));
        let (back, _) = page("step=1&q1=2&q6=never+mind&go=back");
        assert_eq!((back.step, back.questions.len()), (0, 5));
        assert!(back.questions[0].choices[2].picked && back.carried[0].field == "q6");
    }

    #[test]
    fn nothing_is_sent_that_was_not_looked_at() {
        let (missing, wrong) = page("step=0&q2=3&go=next");
        assert!(wrong && missing.questions[0].wrong.is_some() && missing.questions[1].choices[2].picked);
        // A form that jumps to the end leads back to what is missing.
        let (jumped, wrong) = page("step=2&q2=3&go=send");
        assert!(wrong && jumped.step == 0);
        let (unknown, wrong) = page("step=7&q1=eleven&go=send");
        assert!(wrong && unknown.step == 0);
        let Turn::Send(sheet) = turn("step=2&q1=9&q3=&q6=not+asked&go=send") else {
            panic!("it is complete")
        };
        assert_eq!(sheet.len(), 2, "what was not asked is left out when it is kept");
    }

    #[test]
    fn a_number_of_a_card_is_refused() {
        let form = Submitted::parse(b"step=1&q1=2&q6=4111+1111+1111+1111&go=next").without_card_numbers();
        let Turn::Page(page, true) = walk().turn(&sample(), &form) else { panic!("it was taken") };
        assert_eq!(page.questions[0].wrong, Some(msg("form-card-number")));
    }
}

//! A plan as the fields of a form, and back. What the form does not show, such as lists in other currencies, stays as it is.

use mailkeep_commerce::catalogue::config::PlanConfig;
use mailkeep_commerce::catalogue::price_config::{
    AddOnConfig, PerInterval, SpaceConfig, StepConfig, TierConfig,
};
use mailkeep_commerce::catalogue::sheet::{Gigabyte, SpaceBasis, TierMode};
use mailkeep_commerce::config::ConfigProblem;
use mailkeep_commerce::periods::Interval;

use super::limits_form::{limits_field, read_limits, with_limits};
use crate::form::{Form, Submitted};
use crate::messages::msg;

const INTERVALS: [Interval; 3] = [Interval::Monthly, Interval::Quarterly, Interval::Annual];
/// How many add-ons the form shows.
pub const ADD_ONS: usize = 2;

/// A size in GB of 1000 MB, as it is typed.
pub fn gigabytes(mb: u32) -> String {
    let (whole, part) = (mb / 1000, mb % 1000);
    if part == 0 { whole.to_string() } else { format!("{whole}.{part:03}").trim_end_matches('0').to_owned() }
}

/// Reads `25` or `7.5` GB of 1000 MB.
pub fn megabytes(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 3 || !part.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let part: u32 = format!("{part:0<3}").parse().ok()?;
    whole.parse::<u32>().ok()?.checked_mul(1000)?.checked_add(part)
}

/// The steps of a price as one line: `11: 5.00, 51: 4.00`.
fn steps_text(tiers: &TierConfig) -> String {
    tiers.steps.iter().map(|step| format!("{}: {}", step.from, step.price)).collect::<Vec<_>>().join(", ")
}

fn steps(text: &str) -> Option<Vec<StepConfig>> {
    text.split(',')
        .map(|step| {
            let (from, price) = step.split_once(':')?;
            Some(StepConfig { from: from.trim().parse().ok()?, price: price.trim().to_owned() })
        })
        .collect()
}

fn mode_word(plan: &PlanConfig) -> &'static str {
    let first = INTERVALS.iter().find_map(|interval| plan.tiers.get(*interval));
    if first.is_some_and(|tiers| tiers.mode == TierMode::Volume) { "volume" } else { "graduated" }
}

const fn basis_word(by: SpaceBasis) -> &'static str {
    match by {
        SpaceBasis::Pool => "pool",
        SpaceBasis::Use => "use",
        SpaceBasis::Quota => "quota",
    }
}

/// The fields of a plan.
pub fn form_of(plan: &PlanConfig) -> Form {
    let number = |value: u32| value.to_string();
    let mut form = Form::new()
        .with("key", plan.key.clone())
        .with("name", plan.name.clone())
        .with("summary", plan.summary.clone())
        .with("included_gb", gigabytes(plan.included_space_mb))
        .with("fewest", number(plan.fewest_mailboxes))
        .with("most", if plan.most_mailboxes == 0 { String::new() } else { number(plan.most_mailboxes) })
        .with("tier_mode", mode_word(plan))
        .with("closed_monthly", plan.closed.monthly.clone().unwrap_or_default())
        .with("setup", plan.setup.clone().unwrap_or_default())
        .with("trial_days", if plan.trial_days == 0 { String::new() } else { plan.trial_days.to_string() })
        .with("tax_class", plan.tax_class.clone())
        .with("class", plan.class.clone().unwrap_or_default());
    form = with_limits(form, &plan.limits.clone().unwrap_or_default());
    for interval in INTERVALS {
        let word = interval.word();
        let price = plan.prices.get(interval).unwrap_or_default();
        form = form.with(&format!("price_{word}"), price);
        form =
            form.with(&format!("tiers_{word}"), plan.tiers.get(interval).map(steps_text).unwrap_or_default());
        let space = plan.space.get(interval);
        form = form
            .with(&format!("space_by_{word}"), space.map_or("none", |space| basis_word(space.by)))
            .with(&format!("space_price_{word}"), space.map(|s| s.price.clone()).unwrap_or_default())
            .with(&format!("space_gb_{word}"), space.map_or(1000, |space| space.gigabyte.mb()).to_string());
    }
    for (at, add_on) in (1..=ADD_ONS).zip(&plan.add_ons) {
        let field = |name: &str| format!("add_on_{at}_{name}");
        form = form
            .with(&field("key"), add_on.key.clone())
            .with(&field("name"), add_on.name.clone())
            .with(&field("gb"), gigabytes(add_on.included_mb))
            .with(&field("more_gb"), gigabytes(add_on.grants.more_quota_mb))
            .with(
                &field("undelete"),
                add_on.grants.undelete_days.map(|days| days.to_string()).unwrap_or_default(),
            )
            .with(&field("monthly"), add_on.prices.monthly.clone().unwrap_or_default())
            .with(&field("annual"), add_on.prices.annual.clone().unwrap_or_default());
    }
    form
}

fn given(form: &Submitted, field: &str) -> Option<String> {
    Some(form.get(field).to_owned()).filter(|text| !text.is_empty())
}

/// Reads the fields over a plan. What cannot be read gets its message and stays as it was.
pub fn read(submitted: &Submitted, form: &mut Form, base: PlanConfig) -> PlanConfig {
    let mut plan = base;
    plan.name = submitted.get("name").to_owned();
    plan.summary = submitted.get("summary").to_owned();
    let mut number = |field: &str, empty: u32, before: u32| match submitted.get(field) {
        "" => empty,
        text => text.parse().unwrap_or_else(|_| {
            form.refuse(field, msg("form-number"));
            before
        }),
    };
    plan.fewest_mailboxes = number("fewest", 1, plan.fewest_mailboxes);
    plan.most_mailboxes = number("most", 0, plan.most_mailboxes);
    let days = number("trial_days", 0, u32::from(plan.trial_days));
    plan.trial_days = u16::try_from(days).unwrap_or(u16::MAX);
    plan.included_space_mb = match submitted.get("included_gb") {
        "" => 0,
        text => megabytes(text).unwrap_or_else(|| {
            form.refuse("included_gb", msg("catalogue-gb-wrong"));
            plan.included_space_mb
        }),
    };
    plan.class = given(submitted, "class");
    // Limits that no class stands for are the plan's own.
    let own = plan.limits.take().unwrap_or_default();
    plan.limits = plan.class.is_none().then(|| read_limits(submitted, form, own));
    plan.setup = given(submitted, "setup");
    plan.tax_class = given(submitted, "tax_class").unwrap_or_else(|| "standard".to_owned());
    plan.closed.monthly = given(submitted, "closed_monthly");
    plan.prices.monthly = given(submitted, "price_monthly");
    plan.prices.quarterly = given(submitted, "price_quarterly");
    plan.prices.annual = given(submitted, "price_annual");
    read_add_ons(submitted, form, &mut plan);
    let mode = if submitted.get("tier_mode") == "volume" { TierMode::Volume } else { TierMode::Graduated };
    plan.tiers = PerInterval::by(|interval| {
        let field = format!("tiers_{}", interval.word());
        let text = given(submitted, &field)?;
        let Some(steps) = steps(&text) else {
            form.refuse(&field, msg("catalogue-steps-wrong"));
            return None;
        };
        Some(TierConfig { mode, steps })
    });
    let before = plan.space.clone();
    plan.space = PerInterval::by(|interval| {
        let field = |name: &str| format!("space_{name}_{}", interval.word());
        let by = match submitted.get(&field("by")) {
            "pool" => SpaceBasis::Pool,
            "use" => SpaceBasis::Use,
            "quota" => SpaceBasis::Quota,
            _ => return None,
        };
        let gigabyte =
            if submitted.get(&field("gb")) == "1024" { Gigabyte::Of1024 } else { Gigabyte::Of1000 };
        Some(SpaceConfig {
            by,
            price: submitted.get(&field("price")).to_owned(),
            gigabyte,
            whole_gigabytes: before.get(interval).is_some_and(|space| space.whole_gigabytes),
        })
    });
    plan
}

fn read_add_ons(submitted: &Submitted, form: &mut Form, plan: &mut PlanConfig) {
    let known = std::mem::take(&mut plan.add_ons);
    for at in 1..=ADD_ONS {
        let field = |name: &str| format!("add_on_{at}_{name}");
        let Some(key) = given(submitted, &field("key")) else { continue };
        let before = known.iter().find(|add_on| add_on.key == key);
        let included_mb = match submitted.get(&field("gb")) {
            "" => 0,
            text => megabytes(text).unwrap_or_else(|| {
                form.refuse(&field("gb"), msg("catalogue-gb-wrong"));
                0
            }),
        };
        let mut grants = before.map(|add_on| add_on.grants).unwrap_or_default();
        let more = given(submitted, &field("more_gb")).unwrap_or_default();
        grants.more_quota_mb = match more.as_str() {
            "" => 0,
            text => megabytes(text).unwrap_or_else(|| {
                form.refuse(&field("more_gb"), msg("catalogue-gb-wrong"));
                0
            }),
        };
        grants.undelete_days = given(submitted, &field("undelete")).and_then(|text| {
            let days = text.parse::<u16>().ok().filter(|days| *days <= 3650);
            if days.is_none() {
                form.refuse(&field("undelete"), msg("form-number"));
            }
            days
        });
        let mut prices = before.map(|add_on| add_on.prices.clone()).unwrap_or_default();
        prices.monthly = given(submitted, &field("monthly"));
        prices.annual = given(submitted, &field("annual"));
        plan.add_ons.push(AddOnConfig {
            key,
            name: submitted.get(&field("name")).to_owned(),
            prices,
            included_mb,
            space: before.map(|add_on| add_on.space.clone()).unwrap_or_default(),
            grants,
        });
    }
    plan.add_ons.extend(known.into_iter().skip(ADD_ONS));
}

/// Puts mistakes beside their fields; what has no field stands above the form.
pub fn take_problems(form: &mut Form, plan: &PlanConfig, problems: &[ConfigProblem]) {
    let front = format!("commerce.plan.{}.", plan.key);
    for problem in problems {
        let rest = problem.key.strip_prefix(&front).unwrap_or(&problem.key);
        let text = msg("verbatim").with("text", crate::error::sentence(&problem.message));
        match field_of(rest, plan) {
            Some(field) => form.refuse(&field, text),
            None => form.refuse_all(msg("verbatim").with("text", format!("{rest}: {}", problem.message))),
        }
    }
}

fn field_of(key: &str, plan: &PlanConfig) -> Option<String> {
    let parts: Vec<&str> = key.split('.').collect();
    Some(match parts.as_slice() {
        ["key" | "name" | "setup"] => key.to_owned(),
        ["prices"] => "price_monthly".to_owned(),
        ["prices", interval] => format!("price_{interval}"),
        ["tiers", interval] => format!("tiers_{interval}"),
        ["closed", "monthly"] => "closed_monthly".to_owned(),
        ["space", interval, _] => format!("space_price_{interval}"),
        ["fewest_mailboxes"] => "fewest".to_owned(),
        ["most_mailboxes"] => "most".to_owned(),
        ["class" | "limits"] => "class".to_owned(),
        ["limits", key] => limits_field(key)?.to_owned(),
        ["add_on", key, rest @ ..] => {
            let at = plan.add_ons.iter().take(ADD_ONS).position(|add_on| add_on.key == *key)? + 1;
            match rest {
                ["key" | "name"] => format!("add_on_{at}_{}", rest[0]),
                ["prices", interval @ ("monthly" | "annual")] => format!("add_on_{at}_{interval}"),
                _ => return None,
            }
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use mailkeep_commerce::CommerceConfig;

    #[test]
    fn a_plan_comes_back_out_of_its_form() {
        let own = PlanConfig {
            class: None,
            limits: Some(Default::default()),
            ..CommerceConfig::example().plans.remove(0)
        };
        for mut plan in CommerceConfig::example().plans.into_iter().chain([own]) {
            plan.tiers.monthly = Some(TierConfig {
                mode: TierMode::Volume,
                steps: vec![StepConfig { from: 11, price: "2.50".to_owned() }],
            });
            let typed = form_of(&plan).values;
            let fields =
                typed.into_iter().map(|(name, value)| (name, value.in_test().clone())).collect::<Vec<_>>();
            let mut form = Form::new();
            assert_eq!(read(&Submitted::of(fields), &mut form, plan.clone()), plan);
            assert!(form.good());
        }
    }

    #[test]
    fn what_cannot_be_read_is_refused_at_its_field() {
        let plan = CommerceConfig::example().plans.remove(1);
        let fields = [("tiers_monthly", "ten: x"), ("included_gb", "a lot"), ("fewest", "some")];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let mut form = Form::new();
        let read = read(&Submitted::of(fields), &mut form, plan.clone());
        assert_eq!(form.errors.keys().collect::<Vec<_>>(), ["fewest", "included_gb", "tiers_monthly"]);
        assert_eq!(read.included_space_mb, plan.included_space_mb);
        let problem = |key: &str| ConfigProblem::at(format!("commerce.plan.business.{key}"), "wrong");
        let mut form = Form::new();
        take_problems(
            &mut form,
            &plan,
            &[problem("add_on.archive.prices.monthly"), problem("list.EUR.prices")],
        );
        assert!(form.errors.contains_key("add_on_1_monthly") && form.error.is_some());
    }
}

//! Columns drawn on the server: where each bar, line and word of a chart stands. The template writes them as SVG, coloured by
//! classes, with a title for each bar; the table of the same figures stands below.

use mailkeep_types::{Currency, Money};
use serde::Serialize;

use super::Cell;
use crate::messages::Msg;

const WIDTH: f64 = 760.0;
const HEIGHT: f64 = 270.0;
/// Room for the numbers at the side, wide enough for the larger letters of a phone.
const LEFT: f64 = 92.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 40.0;
/// More names than these do not fit below the columns.
const MOST_NAMES: usize = 12;

/// A chart of columns.
#[derive(Debug, Clone, Serialize)]
pub struct Chart {
    /// What it shows, in a few words.
    pub title: Msg,
    /// What there is to see, for who does not see it.
    pub about: Msg,
    /// The width of the drawing.
    pub width: u32,
    /// The height of the drawing.
    pub height: u32,
    /// Where the columns begin and end.
    pub left: String,
    /// The lines across.
    pub ticks: Vec<Tick>,
    /// Where zero is.
    pub zero: String,
    /// The columns.
    pub groups: Vec<Group>,
    /// What the colours mean; nothing where there is one.
    pub legend: Vec<Series>,
}

/// A line across.
#[derive(Debug, Clone, Serialize)]
pub struct Tick {
    /// How far down.
    pub y: String,
    /// What it stands for, in whole units of the currency.
    pub value: i64,
}

/// The bars of one month or kind.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// What it is.
    pub name: Cell,
    /// Where its name stands.
    pub middle: String,
    /// Whether there is room for its name.
    pub named: bool,
    /// Whether it makes room for its neighbours' names on a phone.
    pub odd: bool,
    /// The bars.
    pub bars: Vec<Bar>,
}

/// A bar.
#[derive(Debug, Clone, Serialize)]
pub struct Bar {
    /// From the left.
    pub x: String,
    /// From above.
    pub y: String,
    /// Its width.
    pub width: String,
    /// Its height.
    pub height: String,
    /// What it belongs to.
    pub series: Series,
    /// What it stands for.
    pub value: Cell,
}

/// What bars of one colour have in common.
#[derive(Debug, Clone, Serialize)]
pub struct Series {
    /// The colour, 1 to 5.
    pub colour: u8,
    /// What it is.
    pub name: Msg,
}

/// How the bars of a group stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// One beside the other.
    Beside,
    /// One on the other; negative ones below zero.
    Stacked,
}

/// What is drawn.
pub struct Drawing {
    /// What it shows.
    pub title: Msg,
    /// What there is to see.
    pub about: Msg,
    /// The currency of the values; `None` for numbers.
    pub currency: Option<Currency>,
    /// How the bars stand.
    pub stand: Stand,
    /// What the values of each group are, in their order.
    pub series: Vec<Series>,
    /// The groups: the name of each, and a value for each series.
    pub groups: Vec<(Cell, Vec<i64>)>,
}

fn place(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// A step of 1, 2 or 5 times a power of ten units that makes at most five of `span`.
fn step_of(span: i64, unit: i64) -> i64 {
    let mut step = unit;
    loop {
        for times in [1, 2, 5] {
            let tried = step.saturating_mul(times);
            if span / tried < 5 {
                return tried;
            }
        }
        step = step.saturating_mul(10);
    }
}

impl Drawing {
    /// Lays it out; nothing where there is nothing to see.
    pub fn chart(self) -> Option<Chart> {
        if self.groups.iter().all(|(_, values)| values.iter().all(|value| *value == 0)) {
            return None;
        }
        let sum = |values: &[i64], keep: fn(i64) -> i64| values.iter().map(|value| keep(*value)).sum::<i64>();
        let (up, down): (fn(i64) -> i64, fn(i64) -> i64) = (|value| value.max(0), |value| value.min(0));
        let reach = |keep: fn(i64) -> i64, extreme: fn(i64, i64) -> i64| {
            let of = |(_, values): &(Cell, Vec<i64>)| match self.stand {
                Stand::Stacked => sum(values, keep),
                Stand::Beside => values.iter().map(|value| keep(*value)).fold(0, extreme),
            };
            self.groups.iter().map(of).fold(0, extreme)
        };
        let (highest, lowest) = (reach(up, i64::max), reach(down, i64::min));
        let unit = self.currency.map_or(1, |currency| 10i64.pow(currency.minor_digits()));
        let step = step_of(highest - lowest, unit);
        let top = highest.div_euclid(step) + i64::from(highest.rem_euclid(step) > 0);
        let bottom = lowest.div_euclid(step);
        let (top, bottom) = (top * step, bottom * step);
        let scale = (HEIGHT - TOP - BOTTOM) / (top - bottom).max(1) as f64;
        let y = |value: i64| TOP + (top - value) as f64 * scale;
        let ticks = (0..=(top - bottom) / step)
            .map(|at| bottom + at * step)
            .map(|value| Tick { y: place(y(value)), value: value / unit })
            .collect();
        let room = (WIDTH - LEFT) / self.groups.len() as f64;
        let every = self.groups.len().div_ceil(MOST_NAMES);
        let wide = (room * 0.72).min(72.0);
        let groups = self
            .groups
            .iter()
            .enumerate()
            .map(|(at, (name, values))| {
                let left = LEFT + room * at as f64 + (room - wide) / 2.0;
                Group {
                    name: name.clone(),
                    middle: place(left + wide / 2.0),
                    named: at % every == 0,
                    odd: (at / every) % 2 == 1 && self.groups.len() > 5,
                    bars: self.bars(values, left, wide, &y),
                }
            })
            .collect();
        let legend = if self.series.len() > 1 { self.series.clone() } else { Vec::new() };
        Some(Chart {
            title: self.title,
            about: self.about,
            width: WIDTH as u32,
            height: HEIGHT as u32,
            left: place(LEFT),
            ticks,
            zero: place(y(0)),
            groups,
            legend,
        })
    }

    fn bars(&self, values: &[i64], left: f64, wide: f64, y: &impl Fn(i64) -> f64) -> Vec<Bar> {
        let each = match self.stand {
            Stand::Beside => wide / values.len().max(1) as f64,
            Stand::Stacked => wide,
        };
        let (mut above, mut below) = (0i64, 0i64);
        let mut bars = Vec::with_capacity(values.len());
        for ((at, value), series) in values.iter().enumerate().zip(&self.series) {
            let (from, to) = match (self.stand, *value >= 0) {
                (Stand::Beside, _) => (0, *value),
                (Stand::Stacked, true) => (above, above + value),
                (Stand::Stacked, false) => (below, below + value),
            };
            if self.stand == Stand::Stacked {
                *(if *value >= 0 { &mut above } else { &mut below }) = to;
            }
            if *value == 0 {
                continue;
            }
            let offset = if self.stand == Stand::Beside { each * at as f64 } else { 0.0 };
            let (high, low) = (from.max(to), from.min(to));
            bars.push(Bar {
                x: place(left + offset),
                y: place(y(high)),
                width: place(each),
                // What is there is seen, however little it is.
                height: place((y(low) - y(high)).max(1.0)),
                series: series.clone(),
                value: match self.currency {
                    Some(currency) => Cell::Money(Money::new(*value, currency)),
                    None => Cell::Count(*value),
                },
            });
        }
        bars
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::msg;

    fn drawing(stand: Stand, groups: Vec<Vec<i64>>) -> Drawing {
        let series = |colour| Series { colour, name: msg("report-earned") };
        Drawing {
            title: msg("report-revenue"),
            about: msg("report-revenue"),
            currency: Some(Currency::USD),
            stand,
            series: vec![series(1), series(2)],
            groups: groups.into_iter().map(|values| (Cell::Count(0), values)).collect(),
        }
    }

    fn number(text: &str) -> f64 {
        text.parse().unwrap()
    }

    #[test]
    fn steps_are_round() {
        assert_eq!(step_of(100, 100), 100);
        assert_eq!(step_of(480_000, 100), 100_000);
        assert_eq!(step_of(1_100_000, 100), 500_000);
        assert_eq!(step_of(7, 1), 2);
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        assert!(drawing(Stand::Beside, vec![vec![0, 0]]).chart().is_none());
        assert!(drawing(Stand::Beside, Vec::new()).chart().is_none());
    }

    #[test]
    fn stacked_bars_stand_on_each_other_and_hang_below_zero() {
        let chart = drawing(Stand::Stacked, vec![vec![20_000, 10_000], vec![5000, -15_000]]).chart().unwrap();
        let [first, second] = chart.groups[0].bars.as_slice() else { panic!("two bars") };
        assert!((number(&second.y) + number(&second.height) - number(&first.y)).abs() < 0.2);
        let below = &chart.groups[1].bars[1];
        assert!((number(&below.y) - number(&chart.zero)).abs() < 0.2);
        let values: Vec<i64> = chart.ticks.iter().map(|tick| tick.value).collect();
        assert_eq!(values, [-200, -100, 0, 100, 200, 300]);
        for group in &chart.groups {
            for bar in &group.bars {
                assert!(number(&bar.y) >= 0.0 && number(&bar.y) + number(&bar.height) <= HEIGHT);
                assert!(number(&bar.x) >= LEFT && number(&bar.x) + number(&bar.width) <= WIDTH);
            }
        }
    }

    #[test]
    fn names_make_room_for_each_other() {
        let chart = drawing(Stand::Beside, vec![vec![100, 200]; 36]).chart().unwrap();
        assert_eq!(chart.groups.iter().filter(|group| group.named).count(), 12);
        assert_eq!(chart.groups.iter().filter(|group| group.named && !group.odd).count(), 6);
    }
}

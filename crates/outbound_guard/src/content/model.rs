//! A logistic regression over hashed features that learns from one message after the other.

/// Weights: a feature has the one that its lowest bits name.
const WEIGHTS: usize = 1 << 18;
/// How far the first lesson moves a weight; each further one moves it less (AdaGrad).
const STEP: f32 = 0.8;
/// Keeps the first step of a weight that hardly moved finite.
const LEAST_MOVED: f32 = 1e-6;
/// What was foreseen as well as this teaches nothing.
const FORESEEN: f32 = 0.05;
/// So many lessons of each kind, wanted and unwanted, are needed before there is an opinion.
const LEAST_LESSONS: [u64; 2] = [200, 50];

/// The places of wanted mail on the scale are counted in steps of a quarter from here.
const FIRST_PLACE: f32 = -6.0;
const PLACES: usize = 48;
const PLACES_PER_ONE: f32 = 4.0;
/// When so many are counted all are halved, so that what was learnt since weighs more.
const MOST_PLACED: u64 = 8_000;
/// Of so much wanted mail, one message may be taken for unwanted.
const WANTED_PER_MISTAKE: u64 = 200;

/// The first bytes of a stored model: another way to read messages has other numbers, and begins anew.
const FORM: &[u8; 8] = b"MKWORDS1";

/// What the words say of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vote {
    /// How likely it is unwanted, in thousandths.
    pub score: u16,
    /// It lies where hardly any wanted mail lay.
    pub unwanted: bool,
}

/// A message and whether it was unwanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lesson {
    /// What it is told by.
    pub features: Vec<u32>,
    /// What it was.
    pub unwanted: bool,
}

/// What was learnt.
#[derive(Clone)]
pub struct Model {
    weights: Vec<f32>,
    moved: Vec<f32>,
    /// Lessons of wanted and of unwanted mail.
    lessons: [u64; 2],
    /// Where wanted mail lay before it was learnt from.
    places: [u64; PLACES],
    line: f32,
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model")
            .field("lessons", &self.lessons)
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

impl Default for Model {
    fn default() -> Self {
        Model {
            weights: vec![0.0; WEIGHTS],
            moved: vec![0.0; WEIGHTS],
            lessons: [0; 2],
            places: [0; PLACES],
            line: 0.0,
        }
    }
}

impl Model {
    /// How many wanted and unwanted messages it learnt from.
    pub const fn lessons(&self) -> [u64; 2] {
        self.lessons
    }

    /// The opinion on a message; none while too little was learnt, or where there is nothing to tell it by.
    pub fn vote(&self, features: &[u32]) -> Option<Vote> {
        let learnt = self.lessons.iter().zip(LEAST_LESSONS).all(|(lessons, least)| *lessons >= least);
        if !learnt || features.is_empty() {
            return None;
        }
        let at = self.place(features);
        let score = (likelihood(at) * 1_000.0).round() as u16;
        Some(Vote { score, unwanted: at >= self.line })
    }

    /// Where a message lies: below zero wanted, above it unwanted.
    pub fn place(&self, features: &[u32]) -> f32 {
        let sum: f32 = features.iter().filter_map(|feature| self.weights.get(slot(*feature))).sum();
        sum * share_of_each(features)
    }

    /// Learns from a message.
    pub fn learn(&mut self, lesson: &Lesson) {
        let Lesson { features, unwanted } = lesson;
        if features.is_empty() {
            return;
        }
        let at = self.place(features);
        let [wanted_lessons, unwanted_lessons] = &mut self.lessons;
        *(if *unwanted { unwanted_lessons } else { wanted_lessons }) += 1;
        if !unwanted {
            self.note_wanted(at);
        }
        let error = f32::from(u8::from(*unwanted)) - likelihood(at);
        if error.abs() < FORESEEN {
            return;
        }
        let step = error * share_of_each(features);
        for feature in features {
            let slot = slot(*feature);
            if let (Some(weight), Some(moved)) = (self.weights.get_mut(slot), self.moved.get_mut(slot)) {
                *moved += step * step;
                *weight += STEP * step / (moved.sqrt() + LEAST_MOVED);
            }
        }
    }

    fn note_wanted(&mut self, at: f32) {
        let place = ((at - FIRST_PLACE) * PLACES_PER_ONE).clamp(0.0, (PLACES - 1) as f32) as usize;
        if let Some(count) = self.places.get_mut(place) {
            *count += 1;
        }
        if self.places.iter().sum::<u64>() > MOST_PLACED {
            self.places.iter_mut().for_each(|count| *count /= 2);
        }
        self.line = line(&self.places);
    }

    /// For storing.
    pub fn to_bytes(&self) -> Vec<u8> {
        let numbers = self.lessons.iter().chain(&self.places).flat_map(|number| number.to_le_bytes());
        let floats = self.weights.iter().chain(&self.moved).flat_map(|float| float.to_le_bytes());
        FORM.iter().copied().chain(numbers).chain(floats).collect()
    }

    /// Reads what was stored; nothing when it was stored in another form or is damaged.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(FORM)?;
        let (numbers, floats) = rest.split_at_checked((2 + PLACES) * 8)?;
        let mut numbers = numbers.as_chunks::<8>().0.iter().map(|number| u64::from_le_bytes(*number));
        let (floats, left) = floats.as_chunks::<4>();
        let floats: Vec<f32> = floats.iter().map(|float| f32::from_le_bytes(*float)).collect();
        if floats.len() != 2 * WEIGHTS || !left.is_empty() || !floats.iter().all(|float| float.is_finite()) {
            return None;
        }
        let (weights, moved) = floats.split_at(WEIGHTS);
        let lessons = [numbers.next()?, numbers.next()?];
        let mut places = [0; PLACES];
        places.iter_mut().zip(numbers).for_each(|(place, number)| *place = number);
        Some(Model { weights: weights.to_vec(), moved: moved.to_vec(), lessons, places, line: line(&places) })
    }
}

const fn slot(feature: u32) -> usize {
    feature as usize & (WEIGHTS - 1)
}

/// Long messages weigh no more than short ones.
fn share_of_each(features: &[u32]) -> f32 {
    1.0 / (features.len().max(1) as f32).sqrt()
}

fn likelihood(at: f32) -> f32 {
    1.0 / (1.0 + (-at).exp())
}

/// From where on mail is taken for unwanted: above hardly any wanted mail, and where it is more likely unwanted than not.
fn line(places: &[u64; PLACES]) -> f32 {
    let most = places.iter().sum::<u64>() / WANTED_PER_MISTAKE;
    let mut above = 0;
    for (place, count) in places.iter().enumerate().rev() {
        above += count;
        if above > most {
            return ((place + 1) as f32 / PLACES_PER_ONE + FIRST_PLACE).max(0.0);
        }
    }
    0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words of one kind or the other, and some that both have.
    fn lesson(number: u32, unwanted: bool) -> Lesson {
        let own = if unwanted { 10_000 } else { 20_000 };
        let features = (0..30).map(|place| own + (number * 37 + place * 11) % 200).chain(1..10).collect();
        Lesson { features, unwanted }
    }

    fn learnt() -> Model {
        let mut model = Model::default();
        for number in 0..300 {
            model.learn(&lesson(number, false));
            if number % 3 == 0 {
                model.learn(&lesson(number, true));
            }
        }
        model
    }

    #[test]
    fn it_has_no_opinion_before_it_learnt_of_both_kinds() {
        let mut model = Model::default();
        for number in 0..300 {
            model.learn(&lesson(number, false));
        }
        assert_eq!(model.vote(&lesson(1, true).features), None);
        let model = learnt();
        assert_eq!(model.lessons(), [300, 100]);
        let vote = |unwanted| model.vote(&lesson(7_777, unwanted).features).unwrap();
        assert!(vote(true).unwanted && vote(true).score > 900, "{:?}", vote(true));
        assert!(!vote(false).unwanted && vote(false).score < 100, "{:?}", vote(false));
        assert_eq!(model.vote(&[]), None, "nothing to tell it by");
    }

    #[test]
    fn where_wanted_mail_lies_is_not_taken_for_unwanted() {
        let mut model = learnt();
        // Wanted mail in the words of the other kind, as much of it as one in fifty.
        for number in 0..400 {
            model.learn(&lesson(number, false));
            if number % 50 == 0 {
                model.learn(&Lesson { unwanted: false, ..lesson(number, true) });
                model.learn(&lesson(number + 1, true));
                model.learn(&lesson(number + 2, true));
            }
        }
        let line = model.line;
        assert!(line > 1.0, "{line}");
    }

    #[test]
    fn what_is_stored_is_read_again_and_what_is_damaged_is_not() {
        let model = learnt();
        let mut bytes = model.to_bytes();
        let again = Model::from_bytes(&bytes).unwrap();
        assert_eq!((again.lessons, again.line), (model.lessons, model.line));
        assert_eq!(again.vote(&lesson(5, true).features), model.vote(&lesson(5, true).features));
        assert!(Model::from_bytes(&bytes[..bytes.len() - 1]).is_none());
        assert!(Model::from_bytes(&[]).is_none());
        let last = bytes.len() - 4;
        bytes[last..].copy_from_slice(&f32::NAN.to_le_bytes());
        assert!(Model::from_bytes(&bytes).is_none());
    }
}

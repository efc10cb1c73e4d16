use proptest::prelude::*;

use super::*;
use crate::OutreachError;
use crate::contests::proof::{FORM, Proof, ProofFault, commitment, draw, list_hash};
use crate::contests::{ContestState, WON};
use crate::testing::on_both_engines;

fn list(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("{at:010}")).collect()
}

fn hex(bytes: &[u8; 32]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

fn proof(seed: &[u8; 32], entries: Vec<String>, places: usize) -> Proof {
    Proof {
        form: FORM.to_owned(),
        title: "Win".to_owned(),
        commitment: hex(&commitment(seed)),
        list_hash: Some(hex(&list_hash(&entries))),
        places,
        seed: Some(hex(seed)),
        winners: draw(seed, &entries, places),
        entries,
    }
}

/// What the words of the module come to, worked out by another program: see `contest_draw.py` among the clients of the tests.
#[test]
fn the_draw_is_the_one_that_is_described() {
    let seed: [u8; 32] = std::array::from_fn(|at| u8::try_from(at).unwrap());
    assert_eq!(hex(&commitment(&seed)), "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd");
    let entries: Vec<String> = ["1A", "2B", "3C", "4D", "5E"].map(str::to_owned).to_vec();
    assert_eq!(hex(&list_hash(&entries)), LIST_HASH);
    assert_eq!(draw(&seed, &entries, 3), WINNERS);
}

const LIST_HASH: &str = "407c917da23c030a13fcfa5f203b114f55942736b1770e6c6786ef0ef7b6531a";
const WINNERS: [&str; 3] = ["1A", "4D", "2B"];

#[test]
fn each_entry_wins_as_often_as_any_other() {
    let entries = list(7);
    let mut won = [0u32; 7];
    for round in 0..7_000u32 {
        let mut seed = [0u8; 32];
        seed[..4].copy_from_slice(&round.to_be_bytes());
        let winner = &draw(&seed, &entries, 1)[0];
        won[winner.parse::<usize>().unwrap()] += 1;
    }
    // A thousand are expected of each; five standard deviations are 146.
    assert!(won.iter().all(|count| count.abs_diff(1000) < 146), "{won:?}");
}

#[test]
fn whatever_is_changed_is_noticed() {
    let good = proof(&[7; 32], list(20), 3);
    assert_eq!(good.verify(), Ok(()));
    let not_drawn = Proof { seed: None, winners: Vec::new(), ..good.clone() };
    assert_eq!(not_drawn.verify(), Err(ProofFault::NotDrawn));
    assert!(matches!(Proof { form: "x".to_owned(), ..good.clone() }.verify(), Err(ProofFault::Form(_))));
    let other = Proof { seed: Some(hex(&[8; 32])), ..good.clone() };
    assert_eq!(other.verify(), Err(ProofFault::Seed));
    assert!(matches!(
        Proof { seed: Some("07".to_owned()), ..good.clone() }.verify(),
        Err(ProofFault::Digits(_))
    ));
    let mut more = good.clone();
    more.entries.push("9999999999".to_owned());
    assert_eq!(more.verify(), Err(ProofFault::ListHash));
    let mut twice = good.clone();
    twice.entries.insert(1, good.entries[0].clone());
    assert!(matches!(twice.verify(), Err(ProofFault::List(_))));
    let mut swapped = good.clone();
    swapped.winners.swap(0, 1);
    assert!(matches!(swapped.verify(), Err(ProofFault::Winners(_))));
    let mut friend = good.clone();
    friend.winners[0] = good.entries.iter().find(|one| !good.winners.contains(one)).unwrap().clone();
    assert!(matches!(friend.verify(), Err(ProofFault::Winners(_))));
    assert!(matches!(Proof { places: 4, ..good }.verify(), Err(ProofFault::Winners(_))));
}

proptest! {
    #[test]
    fn as_many_as_can_win_once_each(seed in any::<[u8; 32]>(), count in 0usize..60, places in 0usize..80) {
        let entries = list(count);
        let winners = draw(&seed, &entries, places);
        prop_assert_eq!(winners.len(), count.min(places));
        prop_assert!(winners.iter().all(|winner| entries.contains(winner)));
        let mut once = winners.clone();
        once.sort_unstable();
        once.dedup();
        prop_assert_eq!(once.len(), winners.len());
        // Whoever draws more draws the same ones first.
        let more = draw(&seed, &entries, places + 3);
        prop_assert_eq!(&more[..winners.len()], &winners[..]);
        prop_assert_eq!(proof(&seed, entries, places).verify(), Ok(()));
    }
}

#[test]
fn the_house_commits_then_publishes_the_list_then_draws() {
    on_both_engines(async |house| {
        let out = &house.outreach;
        let id = contest(&house, super::Eligibility::Customers).await;
        let before = out.contest(id).await.unwrap();
        let mut people = Vec::new();
        for number in 0..6 {
            let (person, subject) = house.customer(&format!("P{number} Example")).await;
            out.enter_contest(id, subject, entering(1)).await.unwrap();
            people.push((person, subject));
        }
        assert!(matches!(out.draw_contest(id).await, Err(OutreachError::State(_))), "it is open");
        out.freeze_contest(id).await.unwrap();
        assert_eq!(out.contest(id).await.unwrap().state(out.now()), ContestState::Open, "too early");
        house.later(30 * 86_400);
        assert!(matches!(out.draw_contest(id).await, Err(OutreachError::State(_))), "the list comes first");
        let late = out.enter_contest(id, people[0].1, entering(1)).await;
        assert!(matches!(late, Err(OutreachError::State(_))), "{late:?}");
        let shown = out.published_contest("a-year-of-mail").await.unwrap();
        assert!(shown.entries.is_empty(), "no list before it is frozen");
        out.freeze_contest(id).await.unwrap();
        let frozen = out.published_contest("a-year-of-mail").await.unwrap();
        assert_eq!((frozen.state, frozen.entries.len()), (ContestState::Frozen, 6));
        assert_eq!(frozen.proof().verify(), Err(ProofFault::NotDrawn));
        assert_eq!(frozen.proof().seed, None, "the seed is secret until it is drawn");

        // One of those who entered is erased before the draw; their number stays, and nobody is told where it wins.
        house.policy.erase(people[0].1).await.unwrap();
        assert_eq!(out.draw_contest(id).await.unwrap(), 3);
        let drawn = out.published_contest("a-year-of-mail").await.unwrap();
        assert_eq!(drawn.proof().verify(), Ok(()));
        assert_eq!(drawn.contest.commitment, before.commitment);
        assert_eq!(drawn.proof().list_hash, frozen.proof().list_hash);
        assert!(matches!(out.draw_contest(id).await, Err(OutreachError::State(_))), "once");
        assert!(matches!(out.call_contest_off(id).await, Err(OutreachError::State(_))));
        let told = house.waiting(WON).await.len();
        assert!((2..=3).contains(&told), "{told} were told");
        let mut numbers = Vec::new();
        for message in house.waiting(WON).await {
            let gate = house.policy.outbound();
            let read = gate.deliver(message, |opened| opened.context["number"].as_str().unwrap().to_owned());
            numbers.push(read.await.unwrap());
        }
        assert!(numbers.iter().all(|number| drawn.winners.contains(number)), "{numbers:?}");

        // Entries go after their term; the numbers stay, so that the draw can be done again for good.
        house.later(151 * 86_400);
        mailkeep_policy::retention::run(&house.policy).await.unwrap();
        assert_eq!(count(&house, "contest_entries", id).await, 0);
        assert_eq!(out.published_contest("a-year-of-mail").await.unwrap().proof().verify(), Ok(()));
    });
}

#[test]
fn a_list_that_was_changed_is_not_drawn_from() {
    on_both_engines(async |house| {
        let id = contest(&house, super::Eligibility::Customers).await;
        let (_, ada) = house.customer("Ada Example").await;
        house.outreach.enter_contest(id, ada, entering(1)).await.unwrap();
        house.later(30 * 86_400);
        house.outreach.freeze_contest(id).await.unwrap();
        let sql = "UPDATE contest_numbers SET number = 'ZZZZZZZZZZ' WHERE contest_id = $1";
        house.db.write(move |tx| crate::testing::by_hand(tx, sql, id.uuid())).await.unwrap();
        let refused = house.outreach.draw_contest(id).await;
        assert!(matches!(refused, Err(OutreachError::State(_))), "{refused:?}");
    });
}

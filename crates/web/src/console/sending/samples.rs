//! The pages in the states that are worth looking at.

use mailkeep_mailbox::block_lists::Listing;
use mailkeep_mailbox::deliveries::{ByPlace, ByTime, Counts, Over, Waits};
use mailkeep_mailbox::domain_reports::{DmarcOfDomain, Source, TlsOfDomain};
use mailkeep_outbound_guard::voices::{CustomerVoices, Level};
use mailkeep_types::{CustomerId, DomainId, Timestamp};
use uuid::Uuid;

use super::gather::chart;
use super::reports::{MailRow, SendingReportsPage, TlsRow, figures};
use super::{CustomerRow, EgressRow, Figure, ListingRow, PlaceRow, SenderRow, SendingPage, Value};
use crate::messages::{Msg, msg};
use crate::samples;

fn counts(delivered: i64, deferred: i64, dead: i64, spam: i64, policy: i64) -> Counts {
    Counts { delivered, deferred, dead, spam, policy, failed: delivered / 400 }
}

fn figure(id: &'static str, value: Value, note: Msg) -> Figure {
    Figure { id, value, note, href: None }
}

fn customer(number: u128) -> CustomerId {
    CustomerId::from_uuid(Uuid::from_u128(0x5eed_0000 + number))
}

fn figures_of_deliveries(some: bool) -> Vec<Figure> {
    let n = if some { 19_482 } else { 0 };
    let percent = |value| if some { Value::Percent(value) } else { Value::None };
    let within = if some { Value::Say(msg("sending-within-60")) } else { Value::None };
    let (lists, note) = match some {
        true => (Value::Count(1), msg("sending-note-lists")),
        false => (Value::None, msg("sending-note-lists-none")),
    };
    vec![
        figure("delivered", percent(968), msg("sending-note-delivered").with("n", n)),
        figure("within", within, msg("sending-note-within")),
        figure("blocked", percent(14), msg("sending-note-blocked").with("n", n / 71)),
        figure("dead", percent(11), msg("sending-note-dead").with("n", n / 90)),
        figure("complaints", Value::Count(n / 1_800), msg("sending-note-complaints")),
        figure("lists", lists, note),
        Figure {
            id: "waiting",
            value: Value::Count(n / 160),
            note: msg("sending-note-waiting").with("held", n / 1_600),
            href: Some("/console/queue"),
        },
    ]
}

fn places() -> Vec<PlaceRow> {
    let place = |name: Option<&str>, counts, waits| {
        let destination = name.map(str::to_owned);
        PlaceRow::of(ByPlace { destination, counts, waits: Waits::of(waits) })
    };
    vec![
        place(Some("webmail.example"), counts(6_204, 880, 31, 122, 57), [9, 2_000, 4_000, 195, 0, 0]),
        place(Some("provider.example"), counts(7_310, 12, 64, 4, 0), [7_000, 300, 10, 0, 0, 0]),
        place(Some("university.example"), counts(212, 40, 3, 0, 0), [0, 0, 20, 192, 0, 0]),
        place(None, counts(5_130, 97, 118, 9, 21), [5_000, 100, 30, 0, 0, 0]),
    ]
}

fn senders() -> Vec<SenderRow> {
    let row = |name: Option<&str>, number, counts: Counts, complaints| {
        let href = name.map(|_| format!("/console/held/{}", customer(number)));
        SenderRow::of(name.map(str::to_owned), href, (&counts, &counts, complaints))
    };
    vec![
        row(Some("larkspur-books.example"), 1, counts(1_804, 210, 240, 96, 22), 9),
        row(Some("foxglove.example"), 2, counts(960, 4, 4, 12, 1), 1),
        row(None, 0, counts(412, 2, 0, 0, 0), 0),
        row(Some("teasel.example"), 3, counts(31, 0, 0, 0, 0), 0),
    ]
}

fn customers() -> Vec<CustomerRow> {
    let row = |number, recipients, complaints, dead, level, domains: &str| {
        let voices = CustomerVoices {
            customer: customer(number),
            recipients,
            complaints,
            weight: complaints * 1_000,
            dead,
            level,
        };
        CustomerRow::of(&voices, format!("/console/held/{}", customer(number)), domains.to_owned())
    };
    vec![
        row(1, 2_162, 9, 240, Some(Level::Demote), "larkspur-books.example, larkspur.example"),
        row(2, 981, 1, 4, None, "foxglove.example"),
    ]
}

fn listings() -> Vec<Listing> {
    let listing = |list: &str, address: &str, answer: &str, minutes, failed| Listing {
        list: list.to_owned(),
        address: address.to_owned(),
        listed: !answer.is_empty(),
        answer: answer.to_owned(),
        since: samples::minutes_ago(minutes),
        asked_at: if failed { Timestamp::EPOCH } else { samples::minutes_ago(23) },
        failed_at: failed.then(|| samples::minutes_ago(23)),
    };
    vec![
        listing("zen.lists.example", "192.0.2.25", "127.0.0.4", 190, false),
        listing("zen.lists.example", "192.0.2.26", "", 40_000, false),
        listing("other.lists.example", "192.0.2.25", "", 23, true),
    ]
}

fn times() -> Vec<ByTime> {
    let hour = |number: i64| {
        let busy = [2, 1, 1, 2, 4, 9, 21, 34, 38, 36, 31, 28, 26, 30, 33, 29, 24, 17, 12, 9, 7, 6, 4, 3];
        let usual = usize::try_from(number).ok().and_then(|at| busy.get(at)).copied().unwrap_or(1) * 40;
        ByTime {
            begins_at: samples::minutes_ago((23 - number) * 60),
            counts: counts(
                usual,
                usual / 18,
                usual / 90,
                usual / 120,
                if number == 14 { usual / 6 } else { 0 },
            ),
        }
    };
    (0..24).map(hour).collect()
}

/// How deliveries ended: much, and nothing yet.
pub(super) fn deliveries() -> Vec<SendingPage> {
    let listings = listings();
    let egress =
        |address: &str, counts: Counts| EgressRow::of(address.to_owned(), &counts, &counts, &listings);
    let some = SendingPage {
        over: "day",
        figures: figures_of_deliveries(true),
        alarms: vec![
            msg("sending-alarm-listed").with("address", "192.0.2.25").with("list", "zen.lists.example"),
        ],
        chart: chart(&times(), Over::Day),
        places: places(),
        senders: senders(),
        customers: customers(),
        egresses: vec![
            egress("192.0.2.25", counts(11_004, 930, 140, 126, 66)),
            egress("192.0.2.26", counts(7_852, 99, 76, 9, 12)),
            egress("", counts(0, 51, 0, 0, 0)),
        ],
        listings: listings.iter().cloned().map(ListingRow::of).collect(),
    };
    let none = SendingPage {
        over: "week",
        figures: figures_of_deliveries(false),
        alarms: Vec::new(),
        chart: None,
        places: Vec::new(),
        senders: Vec::new(),
        customers: Vec::new(),
        egresses: Vec::new(),
        listings: Vec::new(),
    };
    vec![some, none]
}

/// What others report: of three domains, and nothing yet.
pub(super) fn reports() -> Vec<SendingReportsPage> {
    let domain = |number| DomainId::from_uuid(Uuid::from_u128(number));
    let source = |address: &str, ours, messages| Source { address: address.parse().ok(), ours, messages };
    let reporters = || vec!["webmail.example".to_owned(), "provider.example".to_owned()];
    let mail = |messages, aligned, turned_away, wrong| DmarcOfDomain {
        domain: domain(1),
        messages,
        aligned,
        turned_away,
        wrong,
        reporters: reporters(),
    };
    let tls = |well, failed, failures: &[(&str, i64)]| TlsOfDomain {
        domain: domain(1),
        well,
        failed,
        failures: failures.iter().map(|(word, count)| ((*word).to_owned(), *count)).collect(),
        reporters: reporters(),
    };
    let of_mail = vec![
        mail(4_310, 3_990, 288, vec![source("203.0.113.77", false, 255), source("", false, 65)]),
        mail(902, 850, 0, vec![source("192.0.2.25", true, 52)]),
        mail(2_204, 2_204, 0, Vec::new()),
    ];
    let of_tls =
        vec![tls(1_290, 37, &[("certificate-expired", 30), ("sts-policy-fetch-error", 7)]), tls(388, 0, &[])];
    let names = ["larkspur-books.example", "foxglove.example", "teasel.example"];
    let figures_now = figures((41, Some(samples::minutes_ago(95))), &of_mail, &of_tls);
    let href = || format!("/console/held/{}", customer(1));
    let row = |(found, name): (_, &str)| MailRow::of(found, name.to_owned(), href());
    let tls_row = |(found, name): (_, &str)| TlsRow::of(found, name.to_owned(), href());
    let page = |figures, mail, tls| SendingReportsPage {
        address: "dmarc-reports@mailkeep.example".to_owned(),
        figures,
        mail,
        tls,
    };
    vec![
        page(
            figures_now,
            of_mail.into_iter().zip(names).map(row).collect(),
            of_tls.into_iter().zip(names).map(tls_row).collect(),
        ),
        page(figures((0, None), &[], &[]), Vec::new(), Vec::new()),
    ]
}

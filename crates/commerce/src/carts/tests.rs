use super::change::NewLine;
use super::*;
use crate::error::CommerceError;
use crate::testing::both_engines;

fn line(plan: &str, mailboxes: u32, domain: &str) -> NewLine {
    NewLine {
        plan_key: plan.to_owned(),
        interval: Interval::Monthly,
        mailboxes,
        domain: domain.to_owned(),
        add_ons: Vec::new(),
    }
}

both_engines!(a_cart_is_priced_by_the_function_that_bills, |bench| async move {
    let commerce = &bench.commerce;
    let token = commerce.add_to_cart(None, line("business", 3, "Example.COM")).await.unwrap();
    let again = commerce.add_to_cart(Some(&token), line("personal", 1, "example.org")).await.unwrap();
    assert_eq!(token, again);
    // The same domain again replaces its line.
    commerce.add_to_cart(Some(&token), line("business", 5, "example.com")).await.unwrap();

    let quote = commerce.quote_cart(&token, commerce.unknown_buyer()).await.unwrap();
    let seen: Vec<_> = quote.lines.iter().map(|l| (l.line.domain.as_str(), l.line.mailboxes)).collect();
    assert_eq!(seen, [("example.com", 5), ("example.org", 1)]);
    // 5 × 6.00 + 3.00 = 33.00, tax 6.25 % on each line: 1.88 + 0.19.
    assert_eq!(
        (quote.totals().net_minor, quote.totals().tax_minor, quote.totals().total_minor),
        (3300, 207, 3507)
    );

    commerce.remove_from_cart(&token, quote.lines[1].line.id).await.unwrap();
    assert_eq!(commerce.quote_cart(&token, commerce.unknown_buyer()).await.unwrap().totals().net_minor, 3000);
    let nobody = CartToken::from_text("guess");
    assert!(commerce.quote_cart(&nobody, commerce.unknown_buyer()).await.unwrap().lines.is_empty());
});

both_engines!(a_line_that_does_not_fit_names_its_field, |bench| async move {
    for (new, field) in [
        (line("nothing", 1, "example.com"), "plan"),
        (line("business", 0, "example.com"), "mailboxes"),
        (line("personal", 4, "example.com"), "mailboxes"),
        (line("enterprise", 4, "example.com"), "mailboxes"),
        (line("business", 1, "no domain"), "domain"),
        (NewLine { interval: Interval::Quarterly, ..line("business", 1, "example.com") }, "interval"),
    ] {
        match bench.commerce.add_to_cart(None, new).await {
            Err(CommerceError::Invalid { field: got, .. }) => assert_eq!(got, field),
            other => panic!("{field}: {other:?}"),
        }
    }
});

both_engines!(a_cart_expires, |bench| async move {
    let token = bench.commerce.add_to_cart(None, line("business", 3, "example.com")).await.unwrap();
    bench.days(29);
    assert_eq!(
        bench.commerce.quote_cart(&token, bench.commerce.unknown_buyer()).await.unwrap().lines.len(),
        1
    );
    bench.days(2);
    assert!(
        bench.commerce.quote_cart(&token, bench.commerce.unknown_buyer()).await.unwrap().lines.is_empty()
    );
});

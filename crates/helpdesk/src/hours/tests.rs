use super::*;

#[test]
fn mistakes_are_named_with_their_key() {
    let text = r#"
        time_zone = "Mars/Olympus"
        week = { monday = "8:00-18:00", someday = "8:00-9:00", tuesday = "12:00-8:00", friday = "8:00-12:00, 11:00-13:00" }
        holiday = [{ date = "25 December", name = "Christmas" }]
    "#;
    let config: HoursConfig = toml::from_str(text).unwrap();
    let keys: Vec<String> = config.read().unwrap_err().into_iter().map(|problem| problem.key).collect();
    assert_eq!(keys, ["time_zone", "week.friday", "week.someday", "week.tuesday", "holiday.25 December"]);
    for bad in ["", "8-18", "8:0-18:00", "25:00-26:00", "8:00", "8:00-8:00", "24:00-24:00"] {
        let week = [("monday".to_owned(), bad.to_owned())].into();
        assert!(HoursConfig { week, ..HoursConfig::default() }.read().is_err(), "{bad}");
    }
    let none = HoursConfig { week: Default::default(), ..HoursConfig::default() };
    assert_eq!(none.read().unwrap_err()[0].key, "week");
}

#[test]
fn around_the_clock_is_never_closed() {
    let (always, now) = (Hours::always(), Timestamp::from_seconds(1_780_000_000));
    assert!(always.is_open(now));
    assert_eq!(always.next_open(now), Some(now));
    assert_eq!(always.due(now, Duration::from_secs(90_000)), Some(now.plus(Duration::from_secs(90_000))));
    assert_eq!(always.open_time(now, now.minus(Duration::from_secs(5))), Duration::ZERO);
}

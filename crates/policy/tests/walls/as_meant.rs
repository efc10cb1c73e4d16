use mailkeep_policy::{Grant, OpenError, Personal, Place, Policy, Sealed, Shown, category, purpose};

fn greet(
    policy: &Policy,
    grant: &Grant<purpose::Rights>,
    place: Place,
    name: &Sealed<String, category::Identity>,
) -> Result<usize, OpenError> {
    policy.open(grant, place, name, |name: &String| name.len())
}

fn show(
    policy: &Policy,
    grant: &Grant<purpose::Rights>,
    place: Place,
    name: &Sealed<String, category::Identity>,
) -> Result<Shown<String>, OpenError> {
    Ok(policy.show(grant, place, name)?.reshape(|name| format!("Dear {name}")))
}

fn main() {
    let name: Personal<String, category::Identity> = Personal::new("Ada Example".to_owned());
    assert_eq!(format!("{name:?}"), "Personal<identity>");
    let _ = (greet, show);
}

//! An opened value carried out by the closure that gives it another form.
use mailkeep_policy::Shown;

fn carry(name: &Shown<String>) -> String {
    let mut out = String::new();
    let _ = name.reshape(|name| out = name.clone());
    out
}

fn main() {
    let _ = carry;
}

//! An `Option` is given to the setter of a required field, and as an item of a list.

use plivo::IntoValue;
use plivo::profile::CreateProfile;

fn names() -> Vec<String> {
    [Some("a")].into_value()
}

fn main() {
    let _ = CreateProfile::builder().company_name(Some("Example Bakery LLC"));
    names();
}

//! An `Option` is given to the setter of a required field.

use plivo::profile::CreateProfile;

fn main() {
    let _ = CreateProfile::builder().company_name(Some("Example Bakery LLC"));
}

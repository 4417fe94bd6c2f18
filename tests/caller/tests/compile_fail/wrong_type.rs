//! An enumeration does not accept a string.

use plivo::profile::CreateProfile;

fn main() {
    let _ = CreateProfile::builder().customer_type("DIRECT");
}

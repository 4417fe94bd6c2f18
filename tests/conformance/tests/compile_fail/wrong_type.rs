//! An enumeration takes no text.

use plivo::profile::CreateProfile;

fn main() {
    let _ = CreateProfile::builder().customer_type("DIRECT");
}

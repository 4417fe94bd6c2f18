//! A text is given where a listed value is expected, and a number where a text is.

use plivo::profile::UpdateProfile;

fn main() {
    UpdateProfile::builder("p").vertical("RETAIL").build();
    UpdateProfile::builder("p").website(5).build();
}

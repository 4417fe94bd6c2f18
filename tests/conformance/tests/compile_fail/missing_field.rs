//! The phone of the contact was not set.

use plivo::profile::AuthorizedContact;

fn main() {
    AuthorizedContact::builder().first_name("Ada").last_name("Example").email("ada@example.com").build();
}

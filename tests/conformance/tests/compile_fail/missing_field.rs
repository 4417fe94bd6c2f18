//! The phone of the contact is not set.

use plivo::profile::AuthorizedContact;

fn main() {
    AuthorizedContact::builder().first_name("Ada").last_name("Example").email("ada@example.com").build();
}

//! Responses without a body.

use serde_json::json;

use crate::fake_transport::{UUID, bakery, now, responding};

#[test]
fn an_empty_response_to_an_update_or_a_delete_is_a_success() {
    for (status, body) in [(204, ""), (200, ""), (200, " \n")] {
        let updated = now(responding(status, body).0.profile().update(UUID).website("a")).expect("an update");
        assert_eq!((updated.profile_uuid.as_str(), updated.website.as_ref()), (UUID, None));
        assert!(updated.drift().is_empty() && updated.status() == status);
        let deleted = now(responding(status, body).0.profile().delete(UUID)).expect("a delete");
        assert!(deleted.message.is_none() && deleted.drift().is_empty());
        // Reading was not successful, and the id of a new object is not known.
        now(responding(status, body).0.profile().get(UUID)).expect_err("no profile");
        now(responding(status, body).0.send(bakery())).expect_err("no id");
    }
    // A number in the path is the text of an id, as a text is.
    for (extra, id) in [(json!("other"), "other"), (json!(7), "7")] {
        let request = responding(204, "").0.profile().update(UUID).website("a").send();
        let updated = now(request.with_extra("profile_uuid", extra)).expect("an update");
        assert_eq!(updated.profile_uuid, id);
    }
}

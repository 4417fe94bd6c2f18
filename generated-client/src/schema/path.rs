//! Paths in answers: an answer names another object by its path.

/// The segment of a path at the position of a placeholder in a template, such as `{number_pool_uuid}` in
/// `/v1/Account/{account}/NumberPool/{number_pool_uuid}/`. `None` if the path does not match the template.
///
/// A server in front of the path and a slash at its end make no difference.
pub fn segment_of<'p>(path: &'p str, template: &str, name: &str) -> Option<&'p str> {
    let path = match path.split_once("://") {
        Some((_, rest)) => rest.split_once('/')?.1,
        None => path.strip_prefix('/')?,
    };
    let (mut segments, mut expected) = (split(path), split(template.strip_prefix('/')?));
    let mut found = None;
    loop {
        match (segments.next(), expected.next()) {
            (Some(segment), Some(expected)) => match placeholder(expected) {
                Some(placeholder) if placeholder == name => found = Some(segment).filter(|segment| !segment.is_empty()),
                Some(_) => {}
                None if segment == expected => {}
                None => return None,
            },
            (None, None) => return found,
            _ => return None,
        }
    }
}

fn split(path: &str) -> std::str::Split<'_, char> {
    path.strip_suffix('/').unwrap_or(path).split('/')
}

fn placeholder(segment: &str) -> Option<&str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

#[cfg(test)]
mod tests {
    use super::segment_of;

    #[test]
    fn a_segment_is_read_by_the_template() {
        let template = "/v1/Account/{account}/NumberPool/{number_pool_uuid}/";
        let read = |path| segment_of(path, template, "number_pool_uuid");
        assert_eq!(read("/v1/Account/MA1/NumberPool/ca5f/"), Some("ca5f"));
        assert_eq!(read("/v1/Account/MA1/NumberPool/ca5f"), Some("ca5f"));
        assert_eq!(read("https://api.plivo.com/v1/Account/MA1/NumberPool/ca5f/"), Some("ca5f"));
        for other in [
            "",
            "/",
            "ca5f",
            "/v1/Account/MA1/Warehouse/ca5f/",
            "/v1/Account/MA1/NumberPool//",
            "https://api.plivo.com",
        ] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}

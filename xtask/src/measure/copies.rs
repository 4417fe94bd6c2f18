//! A larger spec: the resources of another one, several times.

use plivo_codegen::SpecFile;

/// A spec with each resource of another spec `count` times. The first time is unchanged; the others have names and
/// paths of their own. The files of SDKs name only the first.
pub(super) fn copies(spec: &[SpecFile], count: usize) -> Vec<SpecFile> {
    let copies = (1..count).flat_map(|number| {
        let is_repeated = |file: &&SpecFile| ["resources", "examples"].contains(&directory(file));
        spec.iter().filter(is_repeated).map(move |file| copy(file, number))
    });
    spec.iter().cloned().chain(copies).collect()
}

fn directory(file: &SpecFile) -> &str {
    file.path.rsplit('/').nth(1).unwrap_or("")
}

fn copy(file: &SpecFile, number: usize) -> SpecFile {
    let path = file.path.replace(".yaml", &format!("{number}.yaml"));
    if directory(file) == "examples" {
        return SpecFile::new(path, file.text.as_str());
    }
    SpecFile::new(path, file.text.lines().map(|line| rename(line, number) + "\n").collect::<String>())
}

/// A line of a resource, with the number behind the names of resources and before paths.
fn rename(line: &str, number: usize) -> String {
    if line.starts_with("resource: ") || line.starts_with("plural: ") {
        return format!("{line}{number}");
    }
    if let Some((before, key)) = line.strip_prefix("parent: ").and_then(|parent| parent.split_once(':')) {
        return format!("parent: {before}{number}:{key}");
    }
    let is_method = |word: &str| ["GET", "POST", "PATCH", "DELETE"].contains(&word);
    match line.split_once("request: ").and_then(|(before, request)| Some((before, request.split_once(" /")?))) {
        Some((before, (method, path))) if is_method(method) => format!("{before}request: {method} /{number}/{path}"),
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::copies;

    #[test]
    fn copies_are_valid_and_have_the_operations_of_the_spec_again() {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let spec = plivo_codegen::read_dir(&project.join("spec")).unwrap();
        let count = |copies: &[_]| {
            let model = plivo_codegen::model(copies).unwrap();
            model.resources.iter().map(|resource| resource.operations.len()).sum::<usize>()
        };
        assert_eq!(copies(&spec, 1), spec);
        assert_eq!(count(&copies(&spec, 3)), 3 * count(&spec));
    }
}

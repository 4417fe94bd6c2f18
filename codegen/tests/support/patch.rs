//! Applies the diff of a case to a spec.
//!
//! A diff is a list of hunks with a blank line between them. A hunk consists of lines that are kept (` `),
//! removed (`-`) and added (`+`). The line `--- resources/thing.yaml` before a hunk names the file of this hunk
//! and of those that follow. Lines that begin with `#` before a hunk are comments.
//!
//! There are no line numbers: the kept and removed lines of a hunk must occur in the file exactly once, and
//! the hunks must be in the order of the file.

use plivo_codegen::Source;

/// The lines that one hunk replaces, and what it replaces them by.
struct Hunk<'d> {
    old: Vec<&'d str>,
    new: Vec<&'d str>,
}

/// Applies a diff to the files of a spec.
pub(crate) fn apply(diff: &str, spec: &mut [Source]) -> Result<(), String> {
    for (path, hunks) in files(diff)? {
        let source = spec.iter_mut().find(|source| source.path.strip_prefix("spec/") == Some(path));
        let source = source.ok_or_else(|| format!("the spec has no file `{path}`"))?;
        source.text = edit(&source.text, &hunks).map_err(|problem| format!("{path}: {problem}"))?;
    }
    Ok(())
}

/// The hunks of a diff, by file.
fn files(diff: &str) -> Result<Vec<(&str, Vec<Hunk<'_>>)>, String> {
    let mut files: Vec<(&str, Vec<Hunk<'_>>)> = Vec::new();
    for block in diff.trim_end_matches('\n').split("\n\n") {
        let mut lines = block.lines().skip_while(|line| line.starts_with('#')).peekable();
        if let Some(path) = lines.peek().and_then(|line| line.strip_prefix("--- ")) {
            files.push((path, Vec::new()));
            lines.next();
        }
        let (_, hunks) = files.last_mut().ok_or("no line `--- FILE` before the first hunk")?;
        hunks.push(hunk(lines)?);
    }
    Ok(files)
}

fn hunk<'d>(lines: impl Iterator<Item = &'d str>) -> Result<Hunk<'d>, String> {
    let (mut old, mut new) = (Vec::new(), Vec::new());
    for line in lines {
        if let Some(kept) = line.strip_prefix(' ') {
            old.push(kept);
            new.push(kept);
        } else if let Some(removed) = line.strip_prefix('-') {
            old.push(removed);
        } else if let Some(added) = line.strip_prefix('+') {
            new.push(added);
        } else {
            return Err(format!("`{line}` begins with none of ` `, `-` and `+`"));
        }
    }
    if old.is_empty() {
        return Err("a hunk has no line to find its place by".to_owned());
    }
    if old == new {
        return Err(format!("a hunk changes nothing:\n{}", old.join("\n")));
    }
    Ok(Hunk { old, new })
}

fn edit(text: &str, hunks: &[Hunk<'_>]) -> Result<String, String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut edited: Vec<&str> = Vec::new();
    let mut end = 0;
    for Hunk { old, new } in hunks {
        let matches = lines.windows(old.len()).enumerate().filter(|(_, window)| window == old);
        let places: Vec<usize> = matches.map(|(place, _)| place).collect();
        let [place] = places[..] else {
            return Err(format!("these lines occur {} times instead of once:\n{}", places.len(), old.join("\n")));
        };
        if place < end {
            return Err(format!("these lines come before the end of the previous hunk:\n{}", old.join("\n")));
        }
        edited.extend(&lines[end..place]);
        edited.extend(new);
        end = place + old.len();
    }
    edited.extend(&lines[end..]);
    Ok(edited.join("\n") + "\n")
}

#[test]
fn hunks_replace_lines() {
    let mut spec = [Source::new("spec/plivo.yaml", "a\nb\nc\n"), Source::new("spec/types.yaml", "d\n")];
    let diff = "# Why.\n--- plivo.yaml\n-a\n+x\n\n b\n+y\n\n--- types.yaml\n-d\n+z\n+--- z\n";
    apply(diff, &mut spec).expect("a diff");
    assert_eq!(spec.map(|source| source.text), ["x\nb\ny\nc\n", "z\n--- z\n"]);
}

#[test]
fn diffs_are_read_strictly() {
    for (diff, problem) in [
        ("-a\n+x\n", "no line `--- FILE` before the first hunk"),
        ("--- types.yaml\n-a\n+x\n", "the spec has no file `types.yaml`"),
        ("--- plivo.yaml\n-b\n+x\n", "plivo.yaml: these lines occur 2 times instead of once:\nb"),
        ("--- plivo.yaml\n-a \n+x\n", "plivo.yaml: these lines occur 0 times instead of once:\na "),
        ("--- plivo.yaml\n-c\n+x\n\n-a\n+y\n", "plivo.yaml: these lines come before the end of the previous hunk:\na"),
        ("--- plivo.yaml\n+x\n", "a hunk has no line to find its place by"),
        ("--- plivo.yaml\n a\n", "a hunk changes nothing:\na"),
        ("--- plivo.yaml\n@@ 1\n-a\n", "`@@ 1` begins with none of ` `, `-` and `+`"),
        ("--- plivo.yaml\n-a\n\n\n-c\n", "`` begins with none of ` `, `-` and `+`"),
    ] {
        let mut spec = [Source::new("spec/plivo.yaml", "a\nb\nb\nc\n")];
        assert_eq!(apply(diff, &mut spec), Err(problem.to_owned()), "{diff}");
    }
}

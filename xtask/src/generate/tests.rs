//! Tests of `cargo xtask generate` on a copy of the spec and a client that consists of its manifest.

use std::fs;

use super::*;

const RESOURCES: &str = "generated-client/src/resources";

/// A project with the real spec and a client that consists of its manifest.
fn project() -> (tempfile::TempDir, Project) {
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path();
    for folder in ["spec/resources", "spec/examples", "generated-client/src"] {
        fs::create_dir_all(root.join(folder)).unwrap();
    }
    let spec = ["spec/plivo.yaml", "spec/resources/profile.yaml", "spec/examples/profile.yaml"];
    for file in spec.into_iter().chain(["generated-client/Cargo.toml"]) {
        fs::copy(real.join(file), root.join(file)).unwrap();
    }
    let project = Project::at(root);
    (directory, project)
}

fn failure(result: Result<String, BoxError>) -> String {
    result.map_or_else(|error| error.to_string(), |report| panic!("succeeded: {report}"))
}

#[test]
fn the_committed_files_are_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    if let Err(error) = check(&Project::at(root), Format::Human) {
        panic!("{error}");
    }
}

#[test]
fn missing_files_are_created_and_unchanged_files_are_not_touched() {
    let (_directory, project) = project();
    assert!(write(&project, Format::Human).unwrap().contains("created generated-client/src/resources/profile.rs\n"));
    let file = project.path(RESOURCES).join("profile.rs");
    let first = fs::metadata(&file).unwrap().modified().unwrap();
    let text = fs::read(&file).unwrap();
    assert!(write(&project, Format::Human).unwrap().ends_with(" lines, all up to date\n"));
    assert_eq!(fs::metadata(&file).unwrap().modified().unwrap(), first);
    fs::remove_dir_all(project.path(RESOURCES)).unwrap();
    write(&project, Format::Human).unwrap();
    assert_eq!(fs::read(&file).unwrap(), text);
}

#[test]
fn changed_missing_and_stale_files_are_found() {
    let (_directory, project) = project();
    write(&project, Format::Human).unwrap();
    for name in ["profile.rs", "stale.rs"] {
        let text = format!("// {GENERATED_MARK} from an older spec. Do not edit.\n");
        fs::write(project.path(RESOURCES).join(name), text).unwrap();
    }
    let written_by_hand = project.path("generated-client/src/written.rs");
    fs::write(&written_by_hand, "").unwrap();
    fs::remove_file(project.path(RESOURCES).join("mod.rs")).unwrap();
    let expected = "the generated files are not up to date:
  generated-client/src/resources/mod.rs is missing
  generated-client/src/resources/profile.rs differs
  generated-client/src/resources/stale.rs is stale
run `cargo xtask generate` and commit the result";
    assert_eq!(failure(check(&project, Format::Human)), expected);
    let report = write(&project, Format::Human).unwrap();
    let changes = "created generated-client/src/resources/mod.rs
updated generated-client/src/resources/profile.rs
removed generated-client/src/resources/stale.rs
";
    assert!(report.starts_with(changes), "{report}");
    assert!(written_by_hand.exists());
    check(&project, Format::Human).unwrap();
}

/// The same holds for the other directory that is generated.
#[test]
fn changed_missing_and_stale_schemas_are_found() {
    let (_directory, project) = project();
    write(&project, Format::Human).unwrap();
    let schema = |name: &str| project.path("spec/schema").join(name);
    fs::remove_file(schema("plivo.json")).unwrap();
    fs::write(schema("resource.json"), format!("{{ \"$comment\": \"{GENERATED_MARK}\" }}\n")).unwrap();
    fs::write(schema("stale.json"), format!("{{ \"$comment\": \"{GENERATED_MARK}\" }}\n")).unwrap();
    let changes = "created spec/schema/plivo.json
updated spec/schema/resource.json
removed spec/schema/stale.json
";
    let drift = failure(check(&project, Format::Human));
    assert!(drift.contains("\n  spec/schema/plivo.json is missing\n  spec/schema/resource.json differs\n"), "{drift}");
    let report = write(&project, Format::Human).unwrap();
    assert!(report.starts_with(changes), "{report}");
    check(&project, Format::Human).unwrap();
}

#[test]
fn an_error_in_the_spec_changes_nothing() {
    let (_directory, project) = project();
    write(&project, Format::Human).unwrap();
    let file = project.path(RESOURCES).join("profile.rs");
    fs::write(&file, "// still here").unwrap();
    fs::write(project.spec().join("resources/broken.yaml"), "resource: broken\n").unwrap();
    assert!(failure(write(&project, Format::Human)).contains("error[S011]: `plural` is missing"));
    let short = failure(write(&project, Format::Short));
    assert!(short.starts_with("spec/resources/broken.yaml:1:1: error[S011]: `plural` is missing\n"), "{short}");
    let json = failure(write(&project, Format::Json));
    let first = r#"{"code":"S011","column":1,"file":"spec/resources/broken.yaml","help":"add `plural: ..`;"#;
    assert!(json.starts_with(first), "{json}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "// still here");
}

#[test]
fn the_features_are_brought_up_to_date() {
    let (_directory, project) = project();
    write(&project, Format::Human).unwrap();
    let manifest = fs::read_to_string(project.path(CLIENT_MANIFEST)).unwrap();
    fs::write(project.path(CLIENT_MANIFEST), manifest.replace("profile = []", "profil = []")).unwrap();
    assert!(failure(check(&project, Format::Human)).contains("generated-client/Cargo.toml differs"));
    write(&project, Format::Human).unwrap();
    assert_eq!(fs::read_to_string(project.path(CLIENT_MANIFEST)).unwrap(), manifest);
}

#[test]
fn a_file_that_was_not_generated_is_never_removed_or_overwritten() {
    let (_directory, project) = project();
    write(&project, Format::Human).unwrap();
    let resources = project.path(RESOURCES);
    for name in [".profile.rs.swp", "notes.txt", "helpers.rs"] {
        fs::write(resources.join(name), "written by hand\n").unwrap();
    }
    // Copies that editors and git make of a generated file.
    let generated = fs::read_to_string(resources.join("profile.rs")).unwrap();
    fs::create_dir(resources.join("old")).unwrap();
    for name in ["old/profile.rs", "profile.rs.orig", "profile_BACKUP_123.rs"] {
        fs::write(resources.join(name), &generated).unwrap();
    }
    let names = ["helpers.rs", "notes.txt", "old/profile.rs", "profile.rs.orig", "profile_BACKUP_123.rs"];
    let lines = names.map(|name| format!("left alone {RESOURCES}/{name}: it was not generated\n"));
    for report in [check(&project, Format::Human).unwrap(), write(&project, Format::Human).unwrap()] {
        assert!(lines.iter().all(|line| report.contains(line)) && report.ends_with("all up to date\n"), "{report}");
    }
    fs::write(resources.join("profile.rs"), "written by hand\n").unwrap();
    fs::remove_file(resources.join("mod.rs")).unwrap();
    let expected = "generated-client/src/resources/profile.rs: this file was not generated; move or delete it";
    assert_eq!(failure(check(&project, Format::Human)), expected);
    assert_eq!(failure(write(&project, Format::Human)), expected);
    for name in [".profile.rs.swp", "notes.txt", "helpers.rs", "profile.rs"] {
        assert_eq!(fs::read_to_string(resources.join(name)).unwrap(), "written by hand\n");
    }
    for name in ["old/profile.rs", "profile.rs.orig", "profile_BACKUP_123.rs"] {
        assert_eq!(fs::read_to_string(resources.join(name)).unwrap(), generated);
    }
    assert!(!resources.join("mod.rs").exists(), "something was written");
}

#[test]
fn a_generated_file_with_the_marks_of_a_merge_conflict_is_replaced() {
    let (_directory, project) = project();
    write(&project, Format::Human).unwrap();
    let file = project.path(RESOURCES).join("profile.rs");
    let text = fs::read_to_string(&file).unwrap();
    for conflict in [format!("<<<<<<< main\n{text}=======\n{text}>>>>>>> branch\n"), String::new()] {
        fs::write(&file, conflict).unwrap();
        write(&project, Format::Human).unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
    }
}

/// A project has a link at `from`, which leads to a directory or a file outside.
#[cfg(unix)]
fn generate_through_a_link(from: &str, is_directory: bool) {
    let (_directory, project) = project();
    write(&project, Format::Human).unwrap();
    let outside = tempfile::tempdir().unwrap();
    let link = project.path(from);
    let target = outside.path().join("target");
    if link.is_dir() {
        fs::rename(&link, &target).unwrap();
    } else if is_directory {
        fs::create_dir(&target).unwrap();
    } else {
        fs::write(&target, format!("// {GENERATED_MARK}. A file of another project.\n")).unwrap();
        let _ = fs::remove_file(&link);
    }
    if is_directory {
        fs::write(target.join("precious.rs"), format!("// {GENERATED_MARK}\n")).unwrap();
    }
    std::os::unix::fs::symlink(&target, &link).unwrap();
    let before = texts(outside.path());
    for result in [check(&project, Format::Human), write(&project, Format::Human)] {
        let problem = "a symbolic link, which can lead out of the project; replace it by a file or a directory";
        assert_eq!(failure(result), format!("{}: {problem}", link.display()));
    }
    assert_eq!(texts(outside.path()), before, "{from}");
}

/// All files below a directory, with their texts.
#[cfg(unix)]
fn texts(directory: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let paths = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| if path.is_dir() { texts(&path) } else { [(path.clone(), fs::read(path).unwrap())].into() })
        .collect()
}

#[test]
#[cfg(unix)]
fn nothing_is_written_or_removed_through_a_symbolic_link() {
    for directory in ["generated-client", "generated-client/src", RESOURCES, "generated-client/src/resources/older"] {
        generate_through_a_link(directory, true);
    }
    for file in ["profile.rs", "older.rs"] {
        generate_through_a_link(&format!("{RESOURCES}/{file}"), false);
    }
    generate_through_a_link(CLIENT_MANIFEST, false);
}

#[test]
#[cfg(unix)]
fn a_socket_in_the_place_of_a_generated_file_is_refused() {
    let (_directory, project) = project();
    fs::create_dir_all(project.path(RESOURCES)).unwrap();
    let file = project.path(RESOURCES).join("profile.rs");
    let _socket = std::os::unix::net::UnixListener::bind(&file).unwrap();
    assert_eq!(failure(write(&project, Format::Human)), format!("{}: not a regular file", file.display()));
}

#[test]
fn runs_at_the_same_time_do_not_disturb_each_other() {
    let (_directory, project) = project();
    write(&project, Format::Human).unwrap();
    let resources = project.path(RESOURCES);
    for _ in 0..5 {
        fs::remove_file(resources.join("profile.rs")).unwrap();
        for name in ["older.rs", "oldest.rs"] {
            fs::write(resources.join(name), format!("// {GENERATED_MARK}\n")).unwrap();
        }
        std::thread::scope(|scope| {
            let runs: Vec<_> = (0..4)
                .map(|_| scope.spawn(|| write(&project, Format::Human).map(drop).map_err(|error| error.to_string())))
                .collect();
            for run in runs {
                assert_eq!(run.join().unwrap(), Ok(()));
            }
        });
        check(&project, Format::Human).unwrap();
        let mut names: Vec<_> = fs::read_dir(&resources).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["mod.rs", "profile.rs"]);
    }
}

/// Git rewrites the line ends of a checkout if `core.autocrlf` is on.
#[test]
fn a_checkout_with_the_line_ends_of_windows_is_up_to_date() {
    let (_directory, project) = project();
    write(&project, Format::Human).unwrap();
    let to_crlf = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        fs::write(path, text.replace('\n', "\r\n")).unwrap();
    };
    let generated = ["mod.rs", "profile.rs"].map(|name| format!("{RESOURCES}/{name}"));
    let spec = ["spec/plivo.yaml", "spec/resources/profile.yaml", "spec/examples/profile.yaml"].map(str::to_owned);
    for path in generated.iter().chain(&spec).chain([&CLIENT_MANIFEST.to_owned()]) {
        to_crlf(&project.path(path));
    }
    check(&project, Format::Human).unwrap();
    assert!(write(&project, Format::Human).unwrap().ends_with(" lines, all up to date\n"));
    // Still stale, although its first line ends in another way.
    let stale = project.path(RESOURCES).join("stale.rs");
    fs::write(&stale, format!("// {GENERATED_MARK}\r\n")).unwrap();
    write(&project, Format::Human).unwrap();
    assert!(!stale.exists());
}

#[test]
fn only_a_terminal_that_wants_colours_gets_them() {
    let colours = |are_terminals, name: &str, value: &str| {
        has_colours(are_terminals, |asked| (asked == name).then(|| OsString::from(value)))
    };
    assert!(colours(true, "TERM", "xterm") && colours(true, "NO_COLOR", ""));
    assert!(!colours(true, "NO_COLOR", "1"), "see no-color.org");
    assert!(!colours(true, "TERM", "dumb"));
    assert!(!colours(false, "TERM", "xterm"));
}

#[test]
fn a_change_that_fails_is_reported_with_those_before_it() {
    let (_directory, project) = project();
    let manifest = project.path(CLIENT_MANIFEST);
    let text = fs::read_to_string(&manifest).unwrap();
    // The second file cannot be created, because its name is too long.
    let plan = Plan {
        changes: BTreeMap::from([
            (PathBuf::from("first.rs"), Change::Create("text".to_owned())),
            (PathBuf::from("n".repeat(300)), Change::Create("text".to_owned())),
            (PathBuf::from(CLIENT_MANIFEST), Change::Update("text".to_owned())),
            (PathBuf::from("stale.rs"), Change::Remove),
        ]),
        summary: "summary".to_owned(),
        warnings: "a warning\n".to_owned(),
    };
    fs::write(project.path(Path::new("stale.rs")), "stale").unwrap();
    let error = failure(make(&project, plan));
    assert!(error.starts_with("a warning\ncreated first.rs\n"), "{error}");
    assert!(error.ends_with("the changes after this one were not made: mend it and run the command again"), "{error}");
    assert_eq!(fs::read_to_string(&manifest).unwrap(), text);
    assert!(project.path(Path::new("stale.rs")).exists());
}

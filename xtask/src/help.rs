//! The texts of `--help`.

/// The list of commands.
pub(crate) const OVERVIEW: &str = "\
usage: cargo xtask <command> [options]

commands:
  generate      generate the client from the spec
  explain       explain the diagnostics of the generator
  simulate      simulate the API on 127.0.0.1, to try a client without an account
  demo          generate the client and create a profile with it
  docs          write the reference of the API as a site
  conformance   compare the requests of the client with those of Plivo's SDKs, or the simulator with OpenAPI
  features      check the client without features, with each feature alone, and with all
  measure       measure the size of the generated code and its compile time
  bench         compare the speed of the client with handwritten code
  coverage      compare the spec with what the official SDKs have
  mutate        change one fact of the spec at a time and count the changes that are detected
  help          print this help, or with the name of a command its options

cargo xtask <command> --help describes the options of a command.

example: cargo xtask demo
";

/// The commands whose programs parse their options themselves.
pub(crate) const PROGRAMS: [&str; 4] = ["simulate", "bench", "coverage", "mutate"];

/// The help of each command. A program shares its text, so that nothing is built to print it.
pub(crate) const PAGES: [(&str, &str); 12] = [
    ("generate", GENERATE),
    ("explain", EXPLAIN),
    ("simulate", include_str!("../../tests/simulator/src/bin/simulator/help.txt")),
    ("demo", DEMO),
    ("docs", DOCS),
    ("conformance", CONFORMANCE),
    ("features", FEATURES),
    ("measure", MEASURE),
    ("bench", include_str!("../../tests/bench/src/help.txt")),
    ("coverage", include_str!("../../tests/evidence/src/help.txt")),
    ("mutate", include_str!("../../tests/mutate/src/help.txt")),
    ("help", OVERVIEW),
];

const GENERATE: &str = "\
usage: cargo xtask generate [--check] [--format FORMAT]

Writes generated-client/src/resources/, the pages about resources and openapi.json in
generated-client/reference/, the JSON Schemas in spec/schema/ and the features in
generated-client/Cargo.toml, and removes the files of resources that are no longer in the spec. If the spec
has an error, nothing is changed. Files that were not generated are left alone. Symbolic links are refused.

  --check           write nothing; fail if a file is not up to date (default: write)
  --format FORMAT   the format of diagnostics (default: human)
                      human   with the source lines, for people
                      short   one line each, for editors
                      json    one JSON object per line, for programs
  --help, -h        print this help

Diagnostics have colours on a terminal, unless NO_COLOR is set.

example: cargo xtask generate --check --format short
";

const EXPLAIN: &str = "\
usage: cargo xtask explain [CODE]

Explains a diagnostic of the generator.

  CODE              the code of the diagnostic, such as S003 (default: list all codes)
  --help, -h        print this help

example: cargo xtask explain S003
";

const DEMO: &str = "\
usage: cargo xtask demo [--request FILE] [--live]

Generates the client and creates a profile with it, on a simulator that it starts and stops. Then it tries
to create an invalid profile, which is not sent. Needs no account.

  --request FILE    create the profile that a JSON or YAML file describes, and nothing else (default: the
                    profile of a made-up bakery)
  --live            create the profile at Plivo, with the credentials in PLIVO_AUTH_ID and
                    PLIVO_AUTH_TOKEN (default: on the simulator)
  --help, -h        print this help

example: cargo xtask demo --request generated-client/examples/mistakes.json
";

const DOCS: &str = "\
usage: cargo xtask docs [--open]

Writes the reference of the API to target/docs/, as pages that need no server: a page for each resource, with
its operations, arguments, answers and sources; all contradictions, the coverage of the official SDKs, and
what changed. For each operation, a page lets reviewers tick off every fact.

  --open            open the site in the browser (default: only write it)
  --help, -h        print this help

example: cargo xtask docs --open
";

const CONFORMANCE: &str = "\
usage: cargo xtask conformance [--schemathesis]

Installs Plivo's SDKs for Python and Node into a temporary directory, performs every operation with them
and with the client, and compares the requests. Needs Python, Node and network access; an SDK that cannot
be installed is skipped.

  --schemathesis    install Schemathesis and drive the simulator with it, from the description of the API in
                    generated-client/reference/openapi.json (default: compare with the SDKs)
  --help, -h        print this help

A failure of Schemathesis must be explained in tests/conformance/schemathesis/explained.json.

example: UPDATE_GOLDENS=1 cargo xtask conformance    accepts changes of the table
";

const FEATURES: &str = "\
usage: cargo xtask features

Checks that the client compiles without warnings, without features, with each feature alone, and with all.

  --help, -h        print this help

example: cargo xtask features
";

const MEASURE: &str = "\
usage: cargo xtask measure [--generator | --programs] [--spec DIR]

Measures the size of the generated code and its compile time, in total and per operation.

  --generator       measure the time and the memory of the generator instead, stage by stage: of an optimized
                    build, for the spec and for copies of it with 10,000 operations (default: the generated code)
  --programs        measure what a program costs to build, with the client and by hand, as a table in Markdown. It
                    builds each of three programs twice, with all dependencies (default: the generated code)
  --spec DIR        the directory of the spec to measure (default: the project's spec)
  --help, -h        print this help

example: cargo xtask measure --generator
";

#[cfg(test)]
mod tests {
    use super::{OVERVIEW, PAGES};

    #[test]
    fn every_command_is_listed_and_described_with_an_example() {
        let listed = OVERVIEW.split("\n\n").nth(1).unwrap().lines().skip(1);
        let mut listed: Vec<_> = listed.map(|line| line.split_whitespace().next().unwrap()).collect();
        let mut described: Vec<_> = PAGES.iter().map(|(name, _)| *name).collect();
        listed.sort_unstable();
        described.sort_unstable();
        assert_eq!(listed, described);
        for (name, page) in PAGES.iter().filter(|(name, _)| *name != "help") {
            // The simulator is also a program of its own.
            let usage =
                if *name == "simulate" { "usage: simulator ".to_owned() } else { format!("usage: cargo xtask {name}") };
            assert!(page.contains(&usage), "{name}");
            assert!(page.contains("\n  --help, -h "), "{name}");
            assert!(page.contains("\nexample: "), "{name}");
        }
    }

    #[test]
    fn every_option_says_its_default() {
        for (name, page) in PAGES.iter().filter(|(name, _)| *name != "simulate") {
            let options = page.split("\n\n").flat_map(|paragraph| paragraph.split("\n  --")).skip(1);
            for option in
                options.filter(|option| !option.starts_with("help, -h") && page.contains(&format!("\n  --{option}")))
            {
                assert!(option.contains("(default: "), "{name}: --{option}");
            }
        }
    }
}

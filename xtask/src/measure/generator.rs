//! `cargo xtask measure --generator`: measures what the generator costs, stage by stage.

use std::fs;
use std::hint::black_box;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use plivo_codegen::{Model, SpecFile, stages};

use super::copies::copies;
use super::processors::{self, Of};
use crate::arguments::Format;
use crate::project::Project;
use crate::{BoxError, cargo, generate};

/// The number of operations of the larger spec, which is made of copies.
const OPERATIONS: usize = 10_000;

/// How long each stage is repeated.
const ENOUGH: Duration = Duration::from_secs(2);

/// What the generator costs for a spec: the label and the unit of a row, and its value.
type Costs = Vec<(&'static str, f64)>;

/// Prints what the stages of an optimized generator cost, for a spec and for one with very many operations. A program
/// that is not optimized measures the command `generate` first, which is not optimized either.
pub(crate) fn run(project: &Project, spec: &Path, out: &mut impl Write) -> Result<(), BoxError> {
    if cfg!(debug_assertions) {
        let start = Instant::now();
        generate::check(project, Format::Human)?;
        writeln!(out, "cargo xtask generate --check, not optimized: {:.2} s\n", start.elapsed().as_secs_f64())?;
        out.flush()?;
        return cargo::measure_generator(project, spec);
    }
    let before = peak_memory();
    let spec = plivo_codegen::read_dir(spec)?;
    let count = operations(&plivo_codegen::model(&spec)?);
    let sizes = [1, OPERATIONS.div_ceil(count.max(1))];
    let headers = sizes.map(|size| format!("{} operations", size * count));
    let costs = sizes.into_iter().map(|size| costs(&copies(&spec, size), before)).collect::<Result<Vec<_>, _>>()?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    write!(out, "{}", table(&headers, &costs))?;
    writeln!(out, "\nThe times are those of the processors together. The rows about waiting are of {cores} cores.")?;
    Ok(())
}

fn operations(model: &Model) -> usize {
    model.resources.iter().map(|resource| resource.operations.len()).sum()
}

/// Measures each stage on its own, and then all together. `before` is the peak memory without a spec.
fn costs(spec: &[SpecFile], before: Option<f64>) -> Result<Costs, BoxError> {
    let lines: usize = spec.iter().map(|file| file.text.lines().count()).sum();
    plivo_codegen::generate(spec)?;
    let memory = before.zip(peak_memory()).map(|(before, after)| after - before);
    let model = plivo_codegen::model(spec)?;
    let count = operations(&model).max(1) as f64;
    let read = time(|| plivo_codegen::model(spec));
    let examples = time(|| stages::examples(&model));
    let tokens = time(|| stages::tokens(&model));
    let client = time(|| stages::client(&model));
    let reference = time(|| stages::reference(&model));
    let openapi = time(|| stages::openapi(&model));
    let whole = time(|| plivo_codegen::generate(spec));
    let each = |seconds: f64| 1000.0 * seconds / count;
    let line = |seconds: f64| 1e6 * seconds / lines.max(1) as f64;
    let mut costs = vec![
        ("text to model, µs per line", line(read.cores)),
        ("text to model, µs of waiting per line", line(read.waiting)),
        ("model to tokens, ms per operation", each(tokens.cores - examples.cores)),
        ("examples in the documentation, ms per operation", each(examples.cores)),
        ("tokens to text, ms per operation", each(client.cores - tokens.cores)),
        ("pages of the reference, ms per operation", each(reference.cores)),
        ("OpenAPI, ms per operation", each(openapi.cores)),
        ("all stages, ms per operation", each(whole.cores)),
        ("all stages, ms of waiting per operation", each(whole.waiting)),
    ];
    costs.extend(memory.map(|memory| ("peak memory, KB per operation", memory / count)));
    Ok(costs)
}

/// What a stage costs once, in seconds.
struct Time {
    /// The time of all cores together, on average. Other programs on the machine hardly matter for it.
    cores: f64,
    /// How long a person waits, in the best of several rounds.
    waiting: f64,
}

fn time<T>(stage: impl Fn() -> T) -> Time {
    let (start, before) = (Instant::now(), processors::seconds(Of::ThisProcess));
    let (mut rounds, mut waiting) = (0_u32, f64::INFINITY);
    while start.elapsed() < ENOUGH {
        let start = Instant::now();
        black_box(stage());
        waiting = start.elapsed().as_secs_f64().min(waiting);
        rounds += 1;
    }
    let cores =
        before.zip(processors::seconds(Of::ThisProcess)).map(|(before, after)| (after - before) / f64::from(rounds));
    Time { cores: cores.unwrap_or(waiting), waiting }
}

/// The most memory that this process has used so far, in KB. Only Linux says it.
fn peak_memory() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The costs of the two specs side by side, with their ratio, as a table in Markdown.
fn table(headers: &[String], costs: &[Costs]) -> String {
    let [small, large] = costs else { return String::new() };
    let mut table = format!("| stage | {} | ratio |\n|---|---|---|---|\n", headers.join(" | "));
    for ((stage, small), (_, large)) in small.iter().zip(large) {
        table.push_str(&format!("| {stage} | {small:.3} | {large:.3} | {:.2} |\n", large / small));
    }
    table
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn the_costs_of_two_specs_are_compared() {
        let headers = ["2 operations".to_owned(), "100 operations".to_owned()];
        let expected = "\
| stage | 2 operations | 100 operations | ratio |
|---|---|---|---|
| tokens, ms per operation | 0.040 | 0.050 | 1.25 |
";
        let costs = [0.04, 0.05].map(|cost| vec![("tokens, ms per operation", cost)]);
        assert_eq!(table(&headers, &costs), expected);
    }
}

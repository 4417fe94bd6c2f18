//! Generates the list of operation ids and request types from the spec.

use std::env;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    writeln!(io::stdout(), "cargo:rerun-if-changed={}", spec.display())?;
    let model = plivo_codegen::model(&plivo_codegen::read_dir(&spec)?)?;
    let mut list = String::new();
    for resource in &model.resources {
        for operation in &resource.operations {
            let request = &model[operation.request].name;
            let request = format!("plivo::{}::{request}", resource.module.ident);
            let url = operation.deferral.as_ref().map(|keys| &keys.url.name);
            let deferred = url.map(|url| format!(", {url:?} => plivo::Deferred<{request}>")).unwrap_or_default();
            writeln!(list, "    {:?} => {request}{deferred};", operation.id)?;
        }
    }
    let out = env::var_os("OUT_DIR").ok_or("cargo does not set OUT_DIR")?;
    let file = Path::new(&out).join("requests.rs");
    fs::write(&file, format!("requests! {{\n{list}}}\n")).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(())
}

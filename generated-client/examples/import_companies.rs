//! Imports companies from a CSV file: creates a profile for each row, shows the progress, and reports what failed.
//!
//! `cargo run --example import_companies -- companies.csv`
//!
//! The first row has the names of the fields, as in `companies.csv` beside this file. No request is sent while a row is
//! invalid, and a company whose name is registered already is skipped, so that the program can be started again.

mod connect;

use std::collections::BTreeMap;
use std::env;
use std::error::Error;
use std::fs::File;
use std::io::{Read, Write, stderr};
use std::process::ExitCode;

use plivo::profile::CreateProfile;
use plivo::{Client, read_request};
use serde_json::{Map, Value};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode, connect::Failure> {
    let path = env::args().nth(1).ok_or("usage: import_companies FILE.csv")?;
    let file = File::open(&path).map_err(|error| format!("{path}: {error}"))?;
    let companies = read(file)?;
    let total = companies.len();
    let failed = import(&connect::builder()?.build()?, companies, |done| {
        // A closed terminal is no reason to stop.
        let _ = write!(stderr(), "\r{done} of {total}");
    })
    .await;
    for (alias, why) in &failed {
        writeln!(stderr(), "\n{alias}: {why}")?;
    }
    Ok(if failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Reads the rows. The error names every mistake in every row.
pub(crate) fn read(file: impl Read) -> Result<Vec<CreateProfile>, Box<dyn Error>> {
    let mut companies = Vec::new();
    let mut mistakes = String::new();
    for (index, row) in csv::Reader::from_reader(file).deserialize::<BTreeMap<String, String>>().enumerate() {
        let checked = read_request(nested(row?)).and_then(|company: CreateProfile| match company.validate() {
            report if report.is_ok() => Ok(company),
            report => Err(report),
        });
        match checked {
            Ok(company) => companies.push(company),
            // The first row has the names.
            Err(report) => mistakes += &format!("row {}: {report}\n", index + 2),
        }
    }
    if mistakes.is_empty() { Ok(companies) } else { Err(mistakes.into()) }
}

/// The request that a row describes: `address.city` is the field `city` of `address`, and an empty cell is no field.
fn nested(row: BTreeMap<String, String>) -> Value {
    let mut request = Map::new();
    for (name, cell) in row.into_iter().filter(|(_, cell)| !cell.is_empty()) {
        match name.split_once('.') {
            Some((outer, inner)) => {
                request.entry(outer).or_insert_with(|| Value::Object(Map::new()))[inner] = cell.into()
            }
            None => drop(request.insert(name, cell.into())),
        }
    }
    Value::Object(request)
}

/// Creates the profiles. Returns the alias of each that was not created, and why.
pub(crate) async fn import(
    client: &Client,
    companies: Vec<CreateProfile>,
    mut progress: impl FnMut(usize),
) -> Vec<(String, plivo::Error)> {
    let mut failed = Vec::new();
    for (index, company) in companies.into_iter().enumerate() {
        let alias = company.profile_alias.clone().unwrap_or_default();
        if let Err(error) = create_once(client, company, &alias).await {
            failed.push((alias, error));
        }
        progress(index + 1);
    }
    failed
}

/// Creates the profile, unless there is one of this alias.
async fn create_once(client: &Client, company: CreateProfile, alias: &str) -> plivo::Result<()> {
    if client.profile().find(alias).await?.is_empty() {
        client.send(company).await?;
    }
    Ok(())
}

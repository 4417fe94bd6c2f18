//! The evidence: what the sources of the spec say, each in its own terms.

use std::fs;
use std::path::Path;

use plivo_codegen::Model;

use crate::BoxError;
use crate::answer_fields::{self, AnswerField};
use crate::exceptions::Exception;
use crate::record::{self, Answer, Request};
use crate::route::Route;
use crate::subject::Subject;
use crate::table::{Row, read, words};

/// What the sources say.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// A folder for each resource of the SDKs, ordered by name.
    pub folders: Vec<Folder>,
    /// The servers that the SDKs call.
    pub(crate) hosts: Vec<String>,
    /// The environment variables that the SDKs read, and the keys of deferrals: what it is, and its name.
    pub(crate) common: Vec<[String; 2]>,
    /// The values that the SDKs send without being asked.
    pub(crate) fixed: Vec<Fixed>,
    /// The values that an SDK sends if the caller gives none.
    pub(crate) defaults: Vec<Fixed>,
    /// The values of parameters of Plivo's requests to URLs.
    pub(crate) callbacks: Vec<Callback>,
}

/// What the sources say about one resource. Its name, and those of its operations, are those of the SDKs.
#[derive(Clone, Debug)]
pub struct Folder {
    /// Its name.
    pub name: String,
    /// The routes of the operations: a row for each route that some SDKs use.
    pub(crate) routes: Vec<Requests>,
    pub(crate) arguments: Vec<Argument>,
    pub(crate) limits: Vec<Limit>,
    pub(crate) structs: Vec<StructField>,
    pub(crate) classes: Vec<ClassField>,
    pub(crate) statuses: Vec<Status>,
    pub(crate) answers: Vec<Answer>,
    pub(crate) fields: Vec<AnswerField>,
    pub(crate) requests: Vec<Request>,
    pub(crate) pages: Vec<Page>,
    pub(crate) notes: Vec<PageNote>,
    pub(crate) exceptions: Vec<Exception>,
}

/// How some SDKs send the requests of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Requests {
    pub(crate) place: String,
    pub(crate) operation: String,
    pub(crate) route: Route,
    /// Where they put arguments: `query`, `body`, `multipart` or `none`.
    pub(crate) arguments: String,
    pub(crate) sdks: Vec<String>,
}

/// An argument that SDKs put into the query or into the body.
#[derive(Clone, Debug)]
pub(crate) struct Argument {
    pub(crate) place: String,
    pub(crate) operation: String,
    pub(crate) key: String,
    /// The types that the SDKs state, each with the SDKs that state it.
    pub(crate) types: Vec<(String, Vec<String>)>,
    /// The SDKs whose method cannot be called without it.
    pub(crate) insist: Vec<String>,
    pub(crate) sdks: Vec<String>,
    /// Whether it is an identifier of the path, which an SDK also sends as an argument.
    pub(crate) is_leak: bool,
}

/// A value that an SDK sends by itself.
#[derive(Clone, Debug)]
pub(crate) struct Fixed {
    /// The folder and the operation, as in `call.create`.
    pub(crate) operation: String,
    pub(crate) key: String,
    pub(crate) sdks: Vec<String>,
    pub(crate) value: String,
}

/// The values that a page lists for a parameter of Plivo's requests to URLs, which a field of answers has as well.
#[derive(Clone, Debug)]
pub(crate) struct Callback {
    pub(crate) folder: String,
    pub(crate) key: String,
    pub(crate) values: Vec<String>,
}

/// What an SDK refuses to send.
#[derive(Clone, Debug)]
pub(crate) struct Limit {
    pub(crate) place: String,
    pub(crate) operation: String,
    pub(crate) key: String,
    pub(crate) sdks: Vec<String>,
    /// `range`, `length`, `values` with the words after it, or `pattern`.
    pub(crate) rule: String,
    pub(crate) least: Option<i64>,
    pub(crate) most: Option<i64>,
    pub(crate) values: Vec<String>,
    pub(crate) pattern: String,
}

/// A field of a struct of the Go SDK.
#[derive(Clone, Debug)]
pub(crate) struct StructField {
    pub(crate) place: String,
    pub(crate) name: String,
    /// `request`, `answer`, or a part of either.
    pub(crate) role: String,
    /// The operations that send or answer with the struct, or the keys that hold it.
    pub(crate) of: Vec<String>,
    pub(crate) key: String,
    pub(crate) ty: String,
    pub(crate) tag: String,
}

/// A field of the class that some SDKs have for a part of an argument.
#[derive(Clone, Debug)]
pub(crate) struct ClassField {
    pub(crate) place: String,
    pub(crate) class: String,
    pub(crate) key: String,
    pub(crate) types: Vec<String>,
    /// The SDKs that refuse to send the part without it.
    pub(crate) insist: Vec<String>,
    pub(crate) sdks: Vec<String>,
}

/// A status of success with which the tests of some SDKs answer.
#[derive(Clone, Debug)]
pub(crate) struct Status {
    pub(crate) operation: String,
    pub(crate) status: u16,
}

/// A page that lists the arguments of an operation.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) operation: String,
    pub(crate) rows: Vec<PageRow>,
}

/// An argument on a page.
#[derive(Clone, Debug)]
pub(crate) struct PageRow {
    pub(crate) place: String,
    /// The argument that contains it, if there is one.
    pub(crate) of: String,
    pub(crate) name: String,
    pub(crate) ty: String,
    pub(crate) is_required: bool,
    pub(crate) values: Vec<String>,
    pub(crate) form: String,
}

/// A sentence of a page about several arguments.
#[derive(Clone, Debug)]
pub(crate) struct PageNote {
    pub(crate) place: String,
    pub(crate) operation: String,
    /// An argument and its value.
    pub(crate) when: String,
    pub(crate) says: String,
    pub(crate) arguments: Vec<String>,
}

impl Evidence {
    /// Reads a directory of evidence.
    ///
    /// # Errors
    ///
    /// Fails if a file cannot be read, or has not the form that its kind of file has.
    pub fn read(directory: &Path) -> Result<Self, BoxError> {
        let at = |error| format!("{}: {error}", directory.display());
        let mut folders = Vec::new();
        for entry in fs::read_dir(directory).map_err(at)? {
            let path = entry.map_err(at)?.path();
            if path.is_dir() {
                folders.push(Folder::read(&path)?);
            }
        }
        folders.sort_by(|a, b| a.name.cmp(&b.name));
        let hosts = read(&directory.join("hosts.csv"), ["name", "url"])?;
        let common = read(&directory.join("common.csv"), ["what", "name"])?;
        let fixed = read(&directory.join("fixed.csv"), ["operation", "key", "sdks", "value"])?;
        let values = |rows: Vec<Row<4>>| {
            let rows = rows.into_iter();
            rows.map(|(_, [operation, key, sdks, value])| Fixed { operation, key, sdks: words(&sdks), value }).collect()
        };
        let defaults = read(&directory.join("defaults.csv"), ["operation", "key", "sdks", "value"])?;
        let mut evidence = Self {
            folders,
            hosts: hosts.into_iter().map(|(_, [_, url])| url).collect(),
            common: common.into_iter().map(|(_, row)| row).collect(),
            fixed: values(fixed),
            defaults: values(defaults),
            callbacks: callbacks(directory)?,
        };
        for (_, [operation, key, ty, sdks]) in read(&directory.join("types.csv"), ["operation", "key", "type", "sdks"])?
        {
            for argument in evidence.arguments(&operation, &key) {
                argument.types.retain(|(_, sdks)| !sdks.is_empty());
                argument.types.extend(ty.split('|').map(|ty| (ty.to_owned(), words(&sdks))));
            }
        }
        for (_, [operation, key, sdks]) in read(&directory.join("leaks.csv"), ["operation", "key", "sdks"])? {
            let Some((folder, operation)) = operation.split_once('.') else { continue };
            let place = "leaks.csv".to_owned();
            let (operation, sdks) = (operation.to_owned(), words(&sdks));
            let leak = Argument { place, operation, key, types: Vec::new(), insist: Vec::new(), sdks, is_leak: true };
            evidence.folders.iter_mut().filter(|other| other.name == folder).for_each(|folder| {
                folder.arguments.push(leak.clone());
            });
        }
        Ok(evidence)
    }

    /// The folders with operations of a spec, which may have a part of all resources.
    #[must_use]
    pub fn about(&self, model: &Model) -> Self {
        let subject = Subject::new(model, self);
        let has = |folder: &&Folder| subject.of_folder(folder).any(|found| !found.operations.is_empty());
        Self { folders: self.folders.iter().filter(has).cloned().collect(), ..self.clone() }
    }

    /// The arguments of a name, of an operation such as `call.create`.
    fn arguments<'e>(&'e mut self, operation: &'e str, key: &'e str) -> impl Iterator<Item = &'e mut Argument> {
        let (folder, operation) = operation.split_once('.').unwrap_or_default();
        let folders = self.folders.iter_mut().filter(move |other| other.name == folder);
        let arguments = folders.flat_map(|folder| &mut folder.arguments);
        arguments.filter(move |argument| argument.operation == operation && argument.key == key)
    }
}

impl Folder {
    fn read(folder: &Path) -> Result<Self, BoxError> {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self {
            routes: routes(folder, &name)?,
            arguments: arguments(folder, &name)?,
            limits: limits(folder, &name)?,
            structs: structs(folder, &name)?,
            classes: classes(folder, &name)?,
            statuses: statuses(folder)?,
            answers: record::answers(folder, &name)?,
            fields: answer_fields::read(folder, &name)?,
            requests: record::requests(folder, &name)?,
            pages: pages(folder, &name)?,
            notes: notes(folder, &name)?,
            exceptions: Exception::read(folder, &name)?,
            name,
        })
    }

    /// The names of the operations, in the order of the file.
    pub(crate) fn operations(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self.routes.iter().map(|row| row.operation.as_str()).collect();
        names.dedup();
        names
    }

    /// The SDKs that have an operation.
    pub(crate) fn sdks_with(&self, operation: &str) -> Vec<&str> {
        let rows = self.routes.iter().filter(|row| row.operation == operation);
        let mut sdks: Vec<&str> = rows.flat_map(|row| &row.sdks).map(String::as_str).collect();
        sdks.sort_unstable();
        sdks.dedup();
        sdks
    }
}

fn callbacks(directory: &Path) -> Result<Vec<Callback>, BoxError> {
    let rows = read(&directory.join("callbacks.csv"), ["folder", "key", "parameter", "values", "page"])?.into_iter();
    let rows = rows.map(|(_, [folder, key, _, values, _])| Callback { folder, key, values: words(&values) });
    Ok(rows.collect())
}

fn routes(folder: &Path, name: &str) -> Result<Vec<Requests>, BoxError> {
    let rows = read(&folder.join("operations.csv"), ["operation", "method", "arguments", "url", "sdks"])?;
    let rows = rows.into_iter().map(|(line, [operation, method, arguments, url, sdks])| {
        let place = format!("{name}/operations.csv:{line}");
        let route = Route::new(&method, &url).ok_or_else(|| format!("{place}: no URL: {url}"))?;
        Ok(Requests { place, operation, route, arguments, sdks: words(&sdks) })
    });
    rows.collect()
}

fn arguments(folder: &Path, name: &str) -> Result<Vec<Argument>, BoxError> {
    let rows = read(&folder.join("arguments.csv"), ["operation", "key", "type", "insist", "sdks"])?;
    let rows = rows.into_iter().map(|(line, [operation, key, ty, insist, sdks])| Argument {
        place: format!("{name}/arguments.csv:{line}"),
        operation,
        key,
        types: ty.split('|').filter(|ty| !ty.is_empty()).map(|ty| (ty.to_owned(), Vec::new())).collect(),
        insist: words(&insist),
        sdks: words(&sdks),
        is_leak: false,
    });
    Ok(rows.collect())
}

fn limits(folder: &Path, name: &str) -> Result<Vec<Limit>, BoxError> {
    let columns = ["operation", "key", "sdks", "rule", "least", "most", "values", "pattern"];
    let rows = read(&folder.join("validators.csv"), columns)?;
    let rows = rows.into_iter().map(|(line, [operation, key, sdks, rule, least, most, values, pattern])| Limit {
        place: format!("{name}/validators.csv:{line}"),
        operation,
        key,
        sdks: words(&sdks),
        rule,
        least: least.parse().ok(),
        most: most.parse().ok(),
        values: values.split('|').filter(|value| !value.is_empty()).map(str::to_owned).collect(),
        pattern,
    });
    Ok(rows.collect())
}

fn structs(folder: &Path, name: &str) -> Result<Vec<StructField>, BoxError> {
    let rows = read(&folder.join("go.csv"), ["struct", "role", "of", "key", "type", "tag"])?;
    let rows = rows.into_iter().map(|(line, [struct_name, role, of, key, ty, tag])| StructField {
        place: format!("{name}/go.csv:{line}"),
        name: struct_name,
        role,
        of: words(&of),
        key,
        ty,
        tag,
    });
    Ok(rows.collect())
}

fn classes(folder: &Path, name: &str) -> Result<Vec<ClassField>, BoxError> {
    let rows = read(&folder.join("classes.csv"), ["class", "key", "type", "insist", "sdks"])?.into_iter();
    let rows = rows.map(|(line, [class, key, types, insist, sdks])| ClassField {
        place: format!("{name}/classes.csv:{line}"),
        class,
        key,
        types: types.split('|').map(str::to_owned).collect(),
        insist: words(&insist),
        sdks: words(&sdks),
    });
    Ok(rows.collect())
}

fn statuses(folder: &Path) -> Result<Vec<Status>, BoxError> {
    let path = folder.join("statuses.csv");
    let rows = read(&path, ["operation", "status", "sdks"])?.into_iter().map(|(line, [operation, status, _])| {
        let status = status.parse().map_err(|error| format!("{}:{line}: {error}", path.display()))?;
        Ok(Status { operation, status })
    });
    rows.collect()
}

/// The pages of a folder: `page.create.csv` is that of `create`.
fn pages(folder: &Path, name: &str) -> Result<Vec<Page>, BoxError> {
    let at = |error| format!("{}: {error}", folder.display());
    let mut pages = Vec::new();
    for entry in fs::read_dir(folder).map_err(at)? {
        let file = entry.map_err(at)?.file_name().to_string_lossy().into_owned();
        let Some(operation) = file.strip_prefix("page.").and_then(|rest| rest.strip_suffix(".csv")) else { continue };
        let rows = read(&folder.join(&file), ["of", "name", "type", "required", "values", "form"])?;
        let rows = rows.into_iter().map(|(line, [of, argument, ty, required, values, form])| PageRow {
            place: format!("{name}/{file}:{line}"),
            of,
            name: argument,
            ty,
            is_required: required == "required",
            values: words(&values),
            form,
        });
        pages.push(Page { operation: operation.to_owned(), rows: rows.collect() });
    }
    pages.sort_by(|a, b| a.operation.cmp(&b.operation));
    Ok(pages)
}

fn notes(folder: &Path, name: &str) -> Result<Vec<PageNote>, BoxError> {
    let rows = read(&folder.join("page-notes.csv"), ["operation", "when", "says", "arguments"])?;
    let rows = rows.into_iter().map(|(line, [operation, when, says, arguments])| PageNote {
        place: format!("{name}/page-notes.csv:{line}"),
        operation,
        when,
        says,
        arguments: words(&arguments),
    });
    Ok(rows.collect())
}

//! Reads the modules of a crate and the imports between them out of its source files.

use std::collections::{BTreeMap, BTreeSet};

use super::references::{Contents, Module, Reference, read};

/// The path of a module below the root of the crate. The root itself is empty.
pub(super) type ModulePath = Vec<String>;

/// The modules of a crate, and what the code of each file imports from other files.
pub(super) struct Graph {
    /// The path of each source file, by the module that it holds.
    pub(super) files: BTreeMap<String, String>,
    pub(super) imports: Vec<Import>,
}

/// One import, in a `use` item or in a path in code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Import {
    /// The module of the importing file.
    pub(super) from: String,
    /// The module of the file that defines what is imported.
    pub(super) to: String,
    /// The imported path, from the root of the crate.
    pub(super) path: String,
}

impl Graph {
    /// Parses source files, each given as its path below `src/` and its text.
    pub(super) fn parse(files: &[(String, String)]) -> Self {
        let mut contents = Contents::default();
        for (path, text) in files {
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            read(&mut contents, module_of_file(path), path, &file);
        }
        contents.drop_test_modules();
        let imports: BTreeSet<_> =
            contents.references.iter().filter_map(|reference| import(&contents, reference)).collect();
        let files = contents.files.iter().map(|(module, path)| (name(module), path.clone())).collect();
        Self { files, imports: imports.into_iter().collect() }
    }

    /// The modules that a module imports from.
    pub(super) fn imported_by<'g>(&'g self, module: &'g str) -> impl Iterator<Item = &'g str> {
        self.imports.iter().filter(move |import| import.from == module).map(|import| import.to.as_str())
    }
}

/// How tables and messages call a module. The root is `crate`.
fn name(module: &[String]) -> String {
    if module.is_empty() { "crate".to_owned() } else { module.join("::") }
}

fn module_of_file(path: &str) -> ModulePath {
    let stem = path.trim_end_matches(".rs");
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    if stem == "lib" { Vec::new() } else { stem.split('/').map(str::to_owned).collect() }
}

fn import(contents: &Contents, reference: &Reference) -> Option<Import> {
    let path = contents.absolute(&reference.module, &reference.path)?;
    // A folder's `mod.rs` may re-export its own children. Imports of such a name resolve to the child.
    if reference.is_reexport && path.starts_with(&reference.module) {
        return None;
    }
    let from = contents.file_of(&reference.module);
    let to = contents.file_of(&contents.resolve(&path, MAX_REEXPORTS)?);
    let path = [&["crate".to_owned()], path.as_slice()].concat().join("::");
    (from != to).then(|| Import { from: name(&from), to: name(&to), path })
}

/// The maximum number of re-exports that one path leads through.
const MAX_REEXPORTS: usize = 16;

impl Contents {
    /// The file module that contains a module, which may be written inline in it.
    fn file_of(&self, module: &[String]) -> ModulePath {
        let mut module = module.to_vec();
        while !self.files.contains_key(&module) && module.pop().is_some() {}
        module
    }

    /// Expresses a path from the root of the crate. `None` for other crates and local names.
    fn absolute(&self, module: &[String], path: &[String]) -> Option<ModulePath> {
        let mut base = module.to_vec();
        let mut rest = path;
        match rest.first()?.as_str() {
            "crate" => {
                base.clear();
                rest = &rest[1..];
            }
            "self" => rest = &rest[1..],
            "super" => {
                while rest.first().is_some_and(|segment| segment == "super") {
                    base.pop();
                    rest = &rest[1..];
                }
            }
            first if self.modules.contains_key(&[module, &[first.to_owned()]].concat()) => {}
            first => {
                let bound = self.modules.get(module)?.names.get(first)?;
                // A name that is bound to a path that begins with itself belongs to another crate.
                let bound = if bound[0] == first { return None } else { self.absolute(module, bound)? };
                return Some([bound.as_slice(), &rest[1..]].concat());
            }
        }
        Some([base.as_slice(), rest].concat())
    }

    /// The module that defines what an absolute path names. Follows re-exports. `None` for other crates.
    fn resolve(&self, path: &[String], depth: usize) -> Option<ModulePath> {
        let mut module = Vec::new();
        for (index, segment) in path.iter().enumerate() {
            let child = [module.as_slice(), std::slice::from_ref(segment)].concat();
            if self.modules.contains_key(&child) {
                module = child;
                continue;
            }
            let rest = &path[index + 1..];
            return self.reexported(&module, segment, rest, depth).or(Some(module));
        }
        Some(module)
    }

    /// The module that defines a name that this one re-exports.
    fn reexported(&self, module: &[String], segment: &str, rest: &[String], depth: usize) -> Option<ModulePath> {
        let contents = self.modules.get(module)?;
        if depth == 0 || contents.items.contains(segment) {
            return None;
        }
        if let Some(bound) = contents.names.get(segment) {
            let path = [self.absolute(module, bound)?.as_slice(), rest].concat();
            return self.resolve(&path, depth - 1);
        }
        let globs = contents.globs.iter().filter_map(|glob| self.absolute(module, glob));
        let mut found = globs.filter_map(|glob| {
            let path = [glob.as_slice(), &[segment.to_owned()], rest].concat();
            self.resolve(&path, depth - 1).filter(|_| self.has(&glob, segment))
        });
        found.next()
    }

    fn has(&self, module: &[String], name: &str) -> bool {
        let child = [module, &[name.to_owned()]].concat();
        let defines = |it: &Module| it.items.contains(name) || it.names.contains_key(name);
        self.modules.contains_key(&child) || self.modules.get(module).is_some_and(defines)
    }
}

//! Collects what the modules of a crate define, bind with `use`, and refer to by paths.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;
use syn::{Attribute, Item, ItemMod, UseTree, Visibility};

use super::graph::ModulePath;

/// Everything that was read. Paths are as the source writes them.
#[derive(Default)]
pub(super) struct Contents {
    pub(super) files: BTreeMap<ModulePath, String>,
    pub(super) modules: BTreeMap<ModulePath, Module>,
    pub(super) references: Vec<Reference>,
    tests: Vec<ModulePath>,
}

#[derive(Default)]
pub(super) struct Module {
    /// The names of its own items.
    pub(super) items: BTreeSet<String>,
    /// The names that `use` binds, with their paths.
    pub(super) names: BTreeMap<String, Vec<String>>,
    /// The paths of glob imports.
    pub(super) globs: Vec<Vec<String>>,
}

/// A path in the code of a module.
pub(super) struct Reference {
    pub(super) module: ModulePath,
    pub(super) path: Vec<String>,
    pub(super) is_reexport: bool,
}

/// Reads one file. Code under `#[cfg(test)]` is left out, and so are `macro_rules!` definitions: a macro expands in the
/// generated resources, which may import everything.
pub(super) fn read(contents: &mut Contents, module: ModulePath, path: &str, file: &syn::File) {
    contents.files.insert(module.clone(), path.to_owned());
    Reader { contents, module }.items(&file.items);
}

impl Contents {
    /// Removes the files of modules that are declared under `#[cfg(test)]`.
    pub(super) fn drop_test_modules(&mut self) {
        let tests = std::mem::take(&mut self.tests);
        let is_kept = |module: &ModulePath| !tests.iter().any(|test| module.starts_with(test));
        self.files.retain(|module, _| is_kept(module));
        self.modules.retain(|module, _| is_kept(module));
        self.references.retain(|reference| is_kept(&reference.module));
    }
}

struct Reader<'c> {
    contents: &'c mut Contents,
    module: ModulePath,
}

impl Reader<'_> {
    fn items(&mut self, items: &[Item]) {
        self.contents.modules.entry(self.module.clone()).or_default();
        items.iter().for_each(|item| self.visit_item(item));
    }

    fn own(&mut self) -> &mut Module {
        self.contents.modules.entry(self.module.clone()).or_default()
    }

    fn define(&mut self, item: &Item) {
        let ident = match item {
            Item::Const(it) => &it.ident,
            Item::Enum(it) => &it.ident,
            Item::Fn(it) => &it.sig.ident,
            Item::Macro(it) => match &it.ident {
                Some(ident) => ident,
                None => return,
            },
            Item::Static(it) => &it.ident,
            Item::Struct(it) => &it.ident,
            Item::Trait(it) => &it.ident,
            Item::Type(it) => &it.ident,
            Item::Union(it) => &it.ident,
            _ => return,
        };
        let name = ident.to_string();
        self.own().items.insert(name);
    }

    fn refer(&mut self, path: Vec<String>, is_reexport: bool) {
        self.contents.references.push(Reference { module: self.module.clone(), path, is_reexport });
    }

    fn bind(&mut self, tree: &UseTree, mut path: Vec<String>, is_reexport: bool) {
        match tree {
            UseTree::Path(tree) => {
                path.push(tree.ident.to_string());
                self.bind(&tree.tree, path, is_reexport);
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.bind(tree, path.clone(), is_reexport)),
            UseTree::Glob(_) => {
                self.own().globs.push(path.clone());
                self.refer(path, is_reexport);
            }
            UseTree::Name(name) if name.ident == "self" => {
                let name = path.last().cloned().unwrap_or_default();
                self.bind_name(name, path, is_reexport);
            }
            UseTree::Name(name) => {
                path.push(name.ident.to_string());
                self.bind_name(name.ident.to_string(), path, is_reexport);
            }
            UseTree::Rename(rename) => {
                if rename.ident != "self" {
                    path.push(rename.ident.to_string());
                }
                self.bind_name(rename.rename.to_string(), path, is_reexport);
            }
        }
    }

    fn bind_name(&mut self, name: String, path: Vec<String>, is_reexport: bool) {
        self.own().names.insert(name, path.clone());
        self.refer(path, is_reexport);
    }

    /// Finds paths in the tokens of a macro call, which are not parsed.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = Vec::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(ident) if path.is_empty() || colons == 2 => {
                    path.push(ident.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' && !path.is_empty() => colons += 1,
                other => {
                    self.refer_inline(std::mem::take(&mut path));
                    colons = 0;
                    match other {
                        TokenTree::Ident(ident) => path.push(ident.to_string()),
                        TokenTree::Group(group) => self.tokens(group.stream()),
                        TokenTree::Punct(_) | TokenTree::Literal(_) => {}
                    }
                }
            }
        }
        self.refer_inline(path);
    }

    /// A name alone is local, or bound by a `use` item that counts itself.
    fn refer_inline(&mut self, path: Vec<String>) {
        if path.len() > 1 {
            self.refer(path, false);
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if attributes(item).iter().any(is_test) {
            if let Item::Mod(module) = item {
                self.contents.tests.push([self.module.as_slice(), &[module.ident.to_string()]].concat());
            }
            return;
        }
        self.define(item);
        syn::visit::visit_item(self, item);
    }

    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        self.module.push(module.ident.to_string());
        if let Some((_, items)) = &module.content {
            self.items(items);
        }
        self.module.pop();
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.bind(&item.tree, Vec::new(), !matches!(item.vis, Visibility::Inherited));
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.refer_inline(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        syn::visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        if !call.path.is_ident("macro_rules") {
            self.tokens(call.tokens.clone());
        }
    }

    // Neither `pub(in crate::a)` nor an attribute imports anything.
    fn visit_vis_restricted(&mut self, _: &'ast syn::VisRestricted) {}

    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

fn is_test(attribute: &Attribute) -> bool {
    attribute.path().is_ident("cfg") && attribute.parse_args::<syn::Ident>().is_ok_and(|ident| ident == "test")
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(it) => &it.attrs,
        Item::Enum(it) => &it.attrs,
        Item::Fn(it) => &it.attrs,
        Item::Impl(it) => &it.attrs,
        Item::Macro(it) => &it.attrs,
        Item::Mod(it) => &it.attrs,
        Item::Static(it) => &it.attrs,
        Item::Struct(it) => &it.attrs,
        Item::Trait(it) => &it.attrs,
        Item::Type(it) => &it.attrs,
        Item::Use(it) => &it.attrs,
        _ => &[],
    }
}

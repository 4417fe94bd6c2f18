//! Lists of fields as mappings, so that a fact about a field has a path of keys.
//!
//! `[size!, box: { source: go }]` becomes `{ size: { required: "!" }, box: { source: go } }`, and the key of a nested
//! field `size!` becomes `size`, with `required: "!"` among its keys. What the type of a field leaves unsaid is said.

use crate::tree::{Content, Entry, Tree};

/// The mark of a field that must be there, and the value of `required` that stands for it.
pub(crate) const MARK: &str = "!";

/// Opens the lists of fields of a file.
pub(crate) fn open(tree: &mut Tree) {
    each_list(tree, &mut |list| {
        let items = list.items().to_vec();
        if matches!(list.content, Content::List(_)) {
            list.content = Content::Map(items.into_iter().filter_map(opened).collect());
        }
    });
    for owner in ["fields", "types"] {
        let described = tree.get_mut(owner).map(Tree::entries_mut).unwrap_or_default();
        described.iter_mut().for_each(|entry| say_type(&mut entry.value));
    }
    each_list(tree, &mut |list| list.entries_mut().iter_mut().for_each(|entry| say_type(&mut entry.value)));
    each_field(tree, &mut |entry| {
        if let Some(name) = entry.key.strip_suffix(MARK) {
            entry.key = name.to_owned();
            entry.value.set("required", Tree::plain(MARK));
        }
    });
}

/// Writes a field in its longest form: `type` is among the keys, and `items` is a mapping.
fn say_type(field: &mut Tree) {
    if let Some(summary) = field.text().map(str::to_owned) {
        let line = field.line;
        *field = Tree::map([("type", Tree::plain("string")), ("summary", Tree::plain(summary))]);
        field.line = line;
    }
    let implied = [("items", "list"), ("values", "enum"), ("fields", "object"), ("forms", "choice")];
    let word = implied.into_iter().find(|(key, _)| field.get(key).is_some()).map(|(_, word)| word);
    if let Some(word) = word.filter(|_| field.get("type").is_none()) {
        field.set("type", Tree::plain(word));
    }
    if let Some(items) = field.get_mut("items") {
        if let Some(word) = items.text().map(str::to_owned) {
            *items = Tree::map([("type", Tree::plain(word))]);
        }
        say_type(items);
    }
    for nested in field.get_mut("fields").map(Tree::entries_mut).unwrap_or_default() {
        say_type(&mut nested.value);
    }
}

/// Closes what [`open`] has opened.
pub(crate) fn close(tree: &mut Tree) {
    each_field(tree, &mut close_field);
    each_list(tree, &mut |list| {
        if let Content::Map(entries) = &mut list.content {
            entries.iter_mut().for_each(close_field);
            list.content = Content::List(entries.drain(..).map(closed).collect());
        }
    });
}

fn opened(item: Tree) -> Option<Entry> {
    let line = item.line;
    match item.content {
        Content::Scalar { text, .. } => {
            let empty = Tree { line, content: Content::Map(Vec::new()) };
            Some(Entry { key: text, line, value: empty })
        }
        Content::Map(entries) => entries.into_iter().next(),
        Content::List(_) => None,
    }
    .map(|mut entry| {
        if let Some(name) = entry.key.strip_suffix(MARK) {
            entry.key = name.to_owned();
            entry.value.set("required", Tree::plain(MARK));
        }
        entry
    })
}

fn closed(entry: Entry) -> Tree {
    let line = entry.line;
    let content = match &entry.value.content {
        Content::Map(keys) if keys.is_empty() => Content::Scalar { text: entry.key, plain: true },
        _ => Content::Map(vec![entry]),
    };
    Tree { line, content }
}

fn close_field(entry: &mut Entry) {
    if entry.value.get_text("required") == Some(MARK) {
        entry.value.remove("required");
        entry.key.push_str(MARK);
    }
}

/// Visits each list of the fields that a query, a body or an answer takes.
fn each_list(tree: &mut Tree, visit: &mut impl FnMut(&mut Tree)) {
    for (owner, lists) in [("operations", &["query", "body"][..]), ("answers", &["fields"])] {
        for thing in tree.get_mut(owner).map(Tree::entries_mut).unwrap_or_default() {
            for list in lists {
                if let Some(list) = thing.value.get_mut(list) {
                    visit(list);
                }
            }
        }
    }
}

/// Visits each field of an object, wherever the object is described, from the outside in.
fn each_field(tree: &mut Tree, visit: &mut impl FnMut(&mut Entry)) {
    for owner in ["fields", "types"] {
        for described in tree.get_mut(owner).map(Tree::entries_mut).unwrap_or_default() {
            within(&mut described.value, visit);
        }
    }
    each_list(tree, &mut |list| {
        for entry in list.entries_mut() {
            within(&mut entry.value, visit);
        }
    });
}

fn within(described: &mut Tree, visit: &mut impl FnMut(&mut Entry)) {
    for field in described.get_mut("fields").map(Tree::entries_mut).unwrap_or_default() {
        visit(field);
        within(&mut field.value, visit);
    }
    if let Some(items) = described.get_mut("items") {
        within(items, visit);
    }
}

//! Checks the imports of a crate: none runs upward, and no two modules import each other in a circle.

use std::collections::BTreeSet;

use super::graph::Graph;

/// How the modules of a crate may import each other.
pub(super) struct Rules<'r> {
    /// The folder of the sources, for messages.
    pub(super) src: &'r str,
    /// The layers, the lowest first.
    pub(super) layers: &'r [Layer<'r>],
    /// The circles that are there on purpose.
    pub(super) circles: &'r [Circle<'r>],
}

/// The modules of a layer. A folder stands for every module in it that no layer names by a longer path.
pub(super) struct Layer<'r> {
    pub(super) name: &'r str,
    pub(super) modules: &'r [&'r str],
}

/// All modules that import each other, directly or through others, and why.
pub(super) struct Circle<'r> {
    pub(super) modules: &'r [&'r str],
    pub(super) reason: &'r str,
}

impl Rules<'_> {
    /// Returns a sentence for every violation, and for every entry of the tables that nothing needs.
    pub(super) fn violations(&self, graph: &Graph) -> Vec<String> {
        [self.unplaced(graph), self.idle(graph), self.upward(graph), self.circular(graph)].concat()
    }

    /// The position of a module's layer, and the entry that places it there: the longest that matches.
    fn place(&self, module: &str) -> Option<(usize, &str)> {
        let entries = self.layers.iter().enumerate().flat_map(|(index, layer)| {
            let modules = layer.modules.iter();
            modules.map(move |entry| (index, *entry))
        });
        entries.filter(|(_, entry)| is_inside(module, entry)).max_by_key(|(_, entry)| entry.len())
    }

    fn unplaced(&self, graph: &Graph) -> Vec<String> {
        let unplaced = graph.files.iter().filter(|(module, _)| self.place(module).is_none());
        unplaced.map(|(module, path)| format!("{}/{path}: module `{module}` is in no layer", self.src)).collect()
    }

    fn idle(&self, graph: &Graph) -> Vec<String> {
        let used: BTreeSet<_> = graph.files.keys().filter_map(|module| self.place(module)).collect();
        let mut idle = Vec::new();
        for (index, layer) in self.layers.iter().enumerate() {
            let entries = layer.modules.iter().filter(|entry| !used.contains(&(index, **entry)));
            idle.extend(entries.map(|entry| format!("layer `{}` lists `{entry}`, which is no module", layer.name)));
        }
        idle
    }

    fn upward(&self, graph: &Graph) -> Vec<String> {
        let mut violations = Vec::new();
        for import in &graph.imports {
            let (Some((from, _)), Some((to, _))) = (self.place(&import.from), self.place(&import.to)) else { continue };
            if from < to {
                let (file, path) = (&graph.files[&import.from], &import.path);
                let (lower, higher) = (self.layers[from].name, self.layers[to].name);
                violations
                    .push(format!("{}/{file} imports {path}: layer `{lower}` is below layer `{higher}`", self.src));
            }
        }
        violations
    }

    fn circular(&self, graph: &Graph) -> Vec<String> {
        let found = circles(graph);
        let mut violations = Vec::new();
        for circle in &found {
            if !self.circles.iter().any(|listed| listed.is(circle)) {
                let modules: Vec<_> = circle.iter().map(|module| format!("`{module}`")).collect();
                let imports = self.inside(graph, circle).concat();
                violations.push(format!("{} import each other in an unlisted circle{imports}", modules.join(", ")));
            }
        }
        for listed in self.circles {
            assert!(!listed.reason.is_empty(), "{:?} have no reason", listed.modules);
            if !found.iter().any(|circle| listed.is(circle)) {
                violations.push(format!("the listed circle of {:?} does not exist", listed.modules));
            }
        }
        violations
    }

    /// The imports of which a circle consists, a line each.
    fn inside(&self, graph: &Graph, circle: &BTreeSet<&str>) -> Vec<String> {
        let is_inside = |module: &String| circle.contains(module.as_str());
        let imports = graph.imports.iter().filter(|import| is_inside(&import.from) && is_inside(&import.to));
        imports
            .map(|import| format!("\n  {}/{} imports {}", self.src, graph.files[&import.from], import.path))
            .collect()
    }
}

impl Circle<'_> {
    fn is(&self, modules: &BTreeSet<&str>) -> bool {
        self.modules.iter().copied().collect::<BTreeSet<_>>() == *modules
    }
}

fn is_inside(module: &str, folder: &str) -> bool {
    module.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// The strongly connected components of more than one module.
fn circles(graph: &Graph) -> Vec<BTreeSet<&str>> {
    let mut circles: Vec<BTreeSet<&str>> = Vec::new();
    for module in graph.files.keys() {
        if circles.iter().any(|circle| circle.contains(module.as_str())) {
            continue;
        }
        let reached = reachable(graph, module);
        let circle: BTreeSet<_> =
            reached.into_iter().filter(|other| reachable(graph, other).contains(module.as_str())).collect();
        if circle.len() > 1 {
            circles.push(circle);
        }
    }
    circles
}

/// The modules that a module imports, directly or through others.
fn reachable<'g>(graph: &'g Graph, from: &'g str) -> BTreeSet<&'g str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![from];
    while let Some(module) = open.pop() {
        open.extend(graph.imported_by(module).filter(|other| reached.insert(*other)));
    }
    reached
}

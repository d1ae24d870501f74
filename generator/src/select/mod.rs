//! Reduces a description to the operations that the configuration selects, and everything that they need.
//!
//! Names are created later, only for what is kept.

#[cfg(test)]
mod tests;

use std::collections::{BTreeSet, HashSet};

use crate::config::{ApiConfig, Pattern, Patterns};
use crate::diagnostics::{Code, Diagnostic, Diagnostics, similar};
use crate::document::{Excerpt, Node, Place};
use crate::model::{Description, LeftOut, Omission, Operation, PathItem};

/// Drops the operations that are not selected, with the schemas and security schemes that only they use, and the
/// findings from number `start` on that are about them alone.
pub fn select(
    description: &mut Description,
    config: &ApiConfig,
    start: usize,
    diagnostics: &mut Diagnostics,
) {
    if config.include.is_empty() && config.exclude.is_empty() {
        return;
    }
    let mut selection = Selection {
        include: Watched::new(&config.include),
        exclude: Watched::new(&config.exclude),
        moot: HashSet::new(),
        schemes_of_others: BTreeSet::new(),
    };
    let known = Known::of(description);
    let paths = std::mem::take(&mut description.paths);
    description.paths = selection.items(paths, false, &mut description.left_out);
    let webhooks = std::mem::take(&mut description.webhooks);
    description.webhooks = selection.items(webhooks, true, &mut Vec::new());
    description.drop_unused_schemas();
    drop_schemes(description, config, &selection.schemes_of_others);
    diagnostics.drop_from(start, |place| selection.is_moot(place));
    for watched in [&selection.include, &selection.exclude] {
        watched.report(&known, diagnostics);
    }
}

/// A selection under way.
struct Selection<'a> {
    include: Watched<'a>,
    exclude: Watched<'a>,
    /// The places of operations that are left out, by file and pointer.
    moot: HashSet<(String, String)>,
    /// The security schemes that these use.
    schemes_of_others: BTreeSet<String>,
}

impl Selection<'_> {
    /// The path items with the selected operations.
    fn items(
        &mut self,
        items: Vec<PathItem>,
        are_webhooks: bool,
        left_out: &mut Vec<LeftOut>,
    ) -> Vec<PathItem> {
        let mut kept = Vec::with_capacity(items.len());
        for mut item in items {
            let operations = std::mem::take(&mut item.operations);
            for operation in operations {
                if self.selects(&item.path, are_webhooks, &operation) {
                    item.operations.push(operation);
                } else {
                    left_out.push(self.leave_out(&item.path, operation));
                }
            }
            if !item.operations.is_empty() {
                kept.push(item);
            }
        }
        kept
    }

    fn selects(&mut self, path: &str, is_webhook: bool, operation: &Operation) -> bool {
        // Both are asked, so that each pattern is known to match.
        let is_included = self.include.matches(path, is_webhook, operation);
        let is_excluded = self.exclude.matches(path, is_webhook, operation);
        (is_included || self.include.patterns.is_empty()) && !is_excluded
    }

    fn leave_out(&mut self, path: &str, operation: Operation) -> LeftOut {
        let place = &operation.place;
        let pointer = place.pointer.as_str().to_owned();
        // Findings about what an overlay has added are in the overlay.
        let overlays = place.source.overlays.iter().map(|(_, it)| &it.name);
        let names = std::iter::once(&place.source.name).chain(overlays);
        let places = names.map(|name| (name.clone(), pointer.clone()));
        self.moot.extend(places);
        let schemes = operation.security.iter().flat_map(|it| it.schemes.keys());
        self.schemes_of_others.extend(schemes.cloned());
        LeftOut {
            place: operation.place,
            method: operation.method,
            path: path.to_owned(),
            operation_id: operation.operation_id.map(|(id, _)| id),
            why: Omission::NotSelected,
        }
    }

    /// Whether a place is in an operation that is left out.
    fn is_moot(&self, place: &Place) -> bool {
        let mut pointer = place.pointer.as_str();
        loop {
            let key = (place.source.name.clone(), pointer.to_owned());
            if self.moot.contains(&key) {
                return true;
            }
            let Some((around, _)) = pointer.rsplit_once('/') else {
                return false;
            };
            pointer = around;
        }
    }
}

/// Patterns, and which of them have matched.
struct Watched<'a> {
    patterns: &'a Patterns,
    operations: Vec<bool>,
    tags: Vec<bool>,
}

impl<'a> Watched<'a> {
    fn new(patterns: &'a Patterns) -> Self {
        Self {
            patterns,
            operations: vec![false; patterns.operations.len()],
            tags: vec![false; patterns.tags.len()],
        }
    }

    fn matches(&mut self, path: &str, is_webhook: bool, operation: &Operation) -> bool {
        let mut is_match = false;
        let id = operation.operation_id.as_ref().map(|(id, _)| id.as_str());
        for (pattern, seen) in self.patterns.operations.iter().zip(&mut self.operations) {
            let matches = id.is_some_and(|id| pattern.matches(id))
                || if is_webhook {
                    pattern.matches(path)
                } else {
                    pattern.matches_route(&operation.method, path)
                };
            *seen |= matches;
            is_match |= matches;
        }
        for (pattern, seen) in self.patterns.tags.iter().zip(&mut self.tags) {
            let matches = operation.tags.iter().any(|tag| pattern.matches(tag));
            *seen |= matches;
            is_match |= matches;
        }
        is_match
    }

    /// Reports the patterns that have matched nothing.
    fn report(&self, known: &Known, diagnostics: &mut Diagnostics) {
        let unmatched = |patterns: &'a [Pattern], seen: &[bool]| -> Vec<&'a Pattern> {
            let patterns = patterns.iter().zip(seen);
            patterns
                .filter(|(_, seen)| !**seen)
                .map(|(it, _)| it)
                .collect()
        };
        for pattern in unmatched(&self.patterns.operations, &self.operations) {
            let is_route = pattern.route().is_some();
            let names = if is_route { &known.routes } else { &known.ids };
            let help =
                "write an `operationId` of the document, or a method and a path: `GET /pets/*`";
            report(pattern, "operation", names, help, diagnostics);
        }
        for pattern in unmatched(&self.patterns.tags, &self.tags) {
            let help = "write a tag that an operation of the document has";
            report(pattern, "tag", &known.tags, help, diagnostics);
        }
    }
}

/// The names that patterns may mean.
struct Known {
    ids: BTreeSet<String>,
    routes: BTreeSet<String>,
    tags: BTreeSet<String>,
}

impl Known {
    fn of(description: &Description) -> Self {
        let mut known = Self {
            ids: BTreeSet::new(),
            routes: BTreeSet::new(),
            tags: BTreeSet::new(),
        };
        for item in description.paths.iter().chain(&description.webhooks) {
            for operation in &item.operations {
                let id = operation.operation_id.as_ref();
                known.ids.extend(id.map(|(id, _)| id.clone()));
                known.tags.extend(operation.tags.iter().cloned());
            }
        }
        for item in &description.paths {
            let methods = item.operations.iter().map(|it| &it.method);
            let routes = methods.map(|method| format!("{method} {}", item.path));
            known.routes.extend(routes);
        }
        known
            .ids
            .extend(description.webhooks.iter().map(|it| it.path.clone()));
        known
    }
}

fn report(
    pattern: &Pattern,
    what: &str,
    names: &BTreeSet<String>,
    otherwise: &str,
    diagnostics: &mut Diagnostics,
) {
    let message = format!("`{}` matches no {what} of the document", pattern.text);
    let finding = match &pattern.place {
        Some(place) => Diagnostic::at(Code::UnmatchedPattern, place, message),
        None => Diagnostic::new(Code::UnmatchedPattern, message),
    };
    let help = match similar(&pattern.text, names.iter().map(String::as_str)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => otherwise.to_owned(),
    };
    diagnostics.report(finding.help(help));
}

/// Drops the security schemes that only operations use that are left out, and the device flows for them. A scheme whose
/// session the root of the document or the configuration describes stays, so that what is wrong with that is reported.
fn drop_schemes(description: &mut Description, config: &ApiConfig, of_others: &BTreeSet<String>) {
    let kept = description.paths.iter().chain(&description.webhooks);
    let kept = kept
        .flat_map(|it| &it.operations)
        .flat_map(|it| &it.security);
    let used: HashSet<&str> = kept
        .flat_map(|it| it.schemes.keys())
        .map(String::as_str)
        .collect();
    let sessions = [&description.sessions, &config.sessions];
    let sessions = sessions.into_iter().flatten();
    let sessions = sessions.flat_map(|it| it.node.entries().iter().map(|entry| &*entry.key));
    let flows = [&description.listed_device_flows, &config.device_flows];
    let flows = flows.into_iter().flatten();
    let flows = flows.flat_map(|it| it.node.items().iter().filter_map(scheme_of));
    let described: HashSet<&str> = sessions.chain(flows).collect();
    let is_kept =
        |name: &str| used.contains(name) || described.contains(name) || !of_others.contains(name);
    let dropped = description.security_schemes.keys();
    let dropped: HashSet<String> = dropped.filter(|name| !is_kept(name)).cloned().collect();
    description
        .security_schemes
        .retain(|name, _| !dropped.contains(name));
    let is_of_dropped =
        |flow: &Excerpt| scheme_of(&flow.node).is_some_and(|it| dropped.contains(it));
    description.device_flows.retain(|flow| !is_of_dropped(flow));
}

/// The security scheme that a device flow names.
fn scheme_of(flow: &Node) -> Option<&str> {
    flow.get("scheme").and_then(Node::as_str)
}

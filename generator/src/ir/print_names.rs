//! The names of an API as text, a line per name, for people who want to know what something is called in Rust.

use super::{Api, EnumerationValues, Ident, ItemKind, Names, Origin, Server, ServerNames};
use crate::lines::Lines;

/// How wide the column of places may become.
const WIDEST: usize = 72;

/// Prints names in columns: what kind of thing it is, its place or its name on the wire, and its Rust name. What
/// stands in another thing comes after that.
#[must_use]
pub fn print_names(api: &Api, names: &Names) -> String {
    let mut table = Table {
        entry: &api.info.origin.place.source.name,
        rows: Vec::new(),
    };
    table.schemes(api, names);
    table.servers(&api.servers, &names.servers);
    table.items(api, names);
    for (group, file) in api.groups.iter().zip(&names.groups) {
        table.row(0, "file", group.tag.clone().unwrap_or_default(), file);
        for id in &group.operations {
            table.operation(api, names, *id);
        }
    }
    for (incoming, function) in api.incoming.iter().zip(&names.incoming) {
        let place = table.place(&incoming.origin);
        table.row(0, "function", place, function);
    }
    table.print()
}

/// The lines, before they are aligned.
struct Table<'a> {
    /// The file of the entry document.
    entry: &'a str,
    rows: Vec<Row<'a>>,
}

struct Row<'a> {
    depth: usize,
    kind: &'static str,
    what: String,
    name: &'a Ident,
}

impl<'a> Table<'a> {
    fn row(&mut self, depth: usize, kind: &'static str, what: impl Into<String>, name: &'a Ident) {
        let what = what.into();
        self.rows.push(Row {
            depth,
            kind,
            what,
            name,
        });
    }

    /// The pointer of a place, after the file if that is not the entry document.
    fn place(&self, origin: &Origin) -> String {
        let place = &origin.place;
        if place.source.name == self.entry {
            return place.pointer.to_string();
        }
        format!("{}{}", place.source.name, place.pointer)
    }

    fn schemes(&mut self, api: &'a Api, names: &'a Names) {
        for (scheme, setter) in api
            .schemes
            .iter()
            .zip(names.schemes.iter().map(|it| &it.setter))
        {
            let place = self.place(&scheme.origin);
            self.row(0, "scheme", place, setter);
        }
    }

    fn servers(&mut self, servers: &'a [Server], names: &'a [ServerNames]) {
        for (server, names) in servers.iter().zip(names) {
            self.row(0, "server", &server.url, &names.constructor);
            for (variable, name) in server.variables.iter().zip(&names.variables) {
                self.row(1, "variable", &variable.name, name);
            }
        }
    }

    fn items(&mut self, api: &'a Api, names: &'a Names) {
        for (item, names) in api.items.iter().zip(&names.types) {
            let place = self.place(&item.origin);
            self.row(0, "type", place, &names.ty);
            let (kind, wire_names) = members(&item.kind);
            for (wire_name, name) in wire_names.into_iter().zip(&names.members) {
                self.row(1, kind, wire_name, name);
            }
            if let Some(name) = &names.rest {
                self.row(1, kind, "(others)", name);
            }
        }
    }

    fn operation(&mut self, api: &'a Api, names: &'a Names, id: super::OperationId) {
        let operation = &api[id];
        let names = names.operation(id);
        let place = self.place(&operation.origin);
        self.row(0, "method", place, &names.method);
        self.row(1, "type", "(request)", &names.builder);
        self.row(1, "type", "(error)", &names.error);
        if operation.success.is_several() {
            self.row(1, "type", "(success)", &names.success);
        }
        for (argument, name) in operation.arguments.iter().zip(&names.arguments) {
            self.row(1, "argument", &argument.wire_name, name);
        }
        if operation.body.is_some() {
            self.row(1, "argument", "(body)", &names.body);
        }
        for (index, response) in operation.responses.iter().enumerate() {
            self.row(
                1,
                "response",
                response.status.to_string(),
                &names.responses[index],
            );
            if !response.headers.is_empty() {
                self.row(2, "type", "(headers)", &names.header_types[index]);
            }
            for (header, name) in response.headers.iter().zip(&names.headers[index]) {
                self.row(2, "header", &header.wire_name, name);
            }
        }
    }

    fn print(self) -> String {
        let mut out = Lines::default();
        let width = |row: &Row<'_>| row.depth * 2 + row.what.chars().count();
        let widest = self.rows.iter().map(width).filter(|it| *it <= WIDEST).max();
        let widest = widest.unwrap_or_default();
        for row in &self.rows {
            let indent = " ".repeat(row.depth * 2);
            let gap = " ".repeat(widest.saturating_sub(width(row)));
            out.add(
                0,
                format!("{:<9} {indent}{}{gap}  {}", row.kind, row.what, row.name),
            );
        }
        out.finish()
    }
}

/// What the members of an item are, and what they are called in the document.
fn members(kind: &ItemKind) -> (&'static str, Vec<String>) {
    match kind {
        ItemKind::Struct(it) => {
            let fields = it.fields.iter().map(|it| it.wire_name.clone());
            ("field", fields.collect())
        }
        ItemKind::Enumeration(it) => {
            let values = match &it.values {
                EnumerationValues::Strings(it) => it.iter().map(|it| it.value.clone()).collect(),
                EnumerationValues::Integers(it) => {
                    it.iter().map(|it| it.value.to_string()).collect()
                }
                EnumerationValues::Mixed(it) => it.iter().map(|it| it.value.to_string()).collect(),
            };
            ("variant", values)
        }
        ItemKind::Union(it) => {
            let hints = it.branches.iter().map(|it| it.hint.clone());
            ("variant", hints.collect())
        }
        ItemKind::Alias(_) => ("variant", Vec::new()),
    }
}

//! Structs: public fields and, where they are sent, a constructor that asks for what is required, and setters for the
//! rest.

use super::emit_docs;
use crate::emit::context::Cx;
use crate::emit::docs;
use crate::emit::written::{self, Written};
use crate::ir::{self, Ident, ItemId, Presence};
use crate::markdown::prose;
use crate::shape::{Argument, Constructor, Field, Struct};

/// The type, its constructor and its setters.
pub(super) fn emit(cx: &Cx<'_>, out: &mut Written, id: ItemId, it: &Struct, of: &ir::Struct) {
    emit_docs(cx, out, 0, id);
    out.line(0, format!("#[derive({})]", it.derives.join(", ")));
    if it.mock_constructor == Some(Constructor::Empty) {
        out.line(0, "#[cfg_attr(feature = \"mock\", derive(Default))]");
    }
    out.line(0, "#[non_exhaustive]");
    emit_declaration(cx, out, &cx.shape[id].name, it, of);
    let made = Made::by_clients(it, of);
    if let Constructor::Named(required) = &it.constructor {
        out.blank();
        emit_required(cx, out, id, &made, required);
    }
    let setters = it
        .fields()
        .filter_map(|(_, field)| Some((field, field.setter.as_ref()?)));
    let setters: Vec<_> = setters.collect();
    if it.constructor != Constructor::None || !setters.is_empty() {
        out.blank();
        out.line(0, format!("impl {} {{", cx.shape[id].name));
        emit_new(cx, out, &cx.shape[id].name, &made);
        if !setters.is_empty() {
            out.blank();
            emit_setters(cx, out, &made);
        }
        out.line(0, "}");
    }
    emit_for_mock(cx, out, id, it, of);
}

/// How a struct is made: by clients, or by a service that stands in for the API.
struct Made<'a> {
    it: &'a Struct,
    of: &'a ir::Struct,
    constructor: &'a Constructor,
    is_mock: bool,
}

impl<'a> Made<'a> {
    fn by_clients(it: &'a Struct, of: &'a ir::Struct) -> Self {
        Self {
            it,
            of,
            constructor: &it.constructor,
            is_mock: false,
        }
    }

    /// The runtime, as the lines name it.
    fn runtime(&self, cx: &Cx<'_>) -> String {
        if self.is_mock {
            cx.imports.written_behind("mock", "super::runtime")
        } else {
            written::name(cx, "super::runtime")
        }
    }

    fn setter(&self, field: &'a Field) -> Option<&'a Ident> {
        if self.is_mock {
            field.mock_setter.as_ref()
        } else {
            field.setter.as_ref()
        }
    }
}

/// The condition of what only a mock service needs.
pub(super) const CONDITION: &str = "#[cfg(feature = \"mock\")]";

/// What only a mock service needs, to make what clients only read.
fn emit_for_mock(cx: &Cx<'_>, out: &mut Written, id: ItemId, it: &Struct, of: &ir::Struct) {
    let has_setters = it.fields().any(|(_, field)| field.mock_setter.is_some());
    if it.mock_constructor.is_none() && !has_setters {
        return;
    }
    let name = &cx.shape[id].name;
    let made = Made {
        it,
        of,
        constructor: it.mock_constructor.as_ref().unwrap_or(&Constructor::None),
        is_mock: true,
    };
    if let Constructor::Named(required) = made.constructor {
        out.blank();
        emit_required(cx, out, id, &made, required);
    }
    out.blank();
    out.line(0, CONDITION);
    out.line(0, format!("impl {name} {{"));
    emit_new(cx, out, name, &made);
    if has_setters {
        if it.mock_constructor.is_some() {
            out.blank();
        }
        emit_setters(cx, out, &made);
    }
    out.line(0, "}");
}

fn emit_declaration(cx: &Cx<'_>, out: &mut Written, name: &Ident, it: &Struct, of: &ir::Struct) {
    if it.fields().next().is_none() && it.rest.is_none() {
        out.line(0, format!("pub struct {name} {{}}"));
        return;
    }
    out.line(0, format!("pub struct {name} {{"));
    for (index, field) in it.fields() {
        let source = &of.fields[index];
        let part = of.parts.as_ref().and_then(|parts| parts.fields.get(index));
        out.docs(1, docs::field(cx, source, part));
        out.deprecated(1, source.deprecated);
        let ty = written::ty(cx, &field.ty);
        out.line(1, format!("pub {}: {ty},", field.name));
    }
    if let Some((name, ty)) = &it.rest {
        let ty = written::ty(cx, &ty.clone().map());
        out.line(1, "/// Properties without a field of their own, by name.");
        out.line(1, format!("pub {name}: {ty},"));
    }
    out.line(0, "}");
}

/// The struct of what the constructor asks for.
fn emit_required(cx: &Cx<'_>, out: &mut Written, id: ItemId, made: &Made<'_>, name: &Ident) {
    let (it, of) = (made.it, made.of);
    let item = &cx.shape[id].name;
    out.docs(0, prose!("The required fields of [`{}`].", item));
    if made.is_mock {
        out.line(0, CONDITION);
    }
    let derived = it
        .derives
        .iter()
        .filter(|it| matches!(**it, "Clone" | "Debug"));
    let derived: Vec<&str> = derived.copied().collect();
    out.line(0, format!("#[derive({})]", derived.join(", ")));
    out.line(0, format!("pub struct {name} {{"));
    for (index, field) in it.required() {
        out.docs(1, prose!("See [`{}::{}`].", item, field.name));
        out.deprecated(1, of.fields[index].deprecated);
        let ty = written::ty(cx, &field.ty);
        out.line(1, format!("pub {}: {ty},", field.name));
    }
    out.line(0, "}");
}

/// `pub fn new(required: ..) -> Self`
fn emit_new(cx: &Cx<'_>, out: &mut Written, name: &Ident, made: &Made<'_>) {
    let it = made.it;
    let (arguments, docs) = match made.constructor {
        Constructor::None => return,
        Constructor::Empty => {
            let docs = prose!("Creates a new `{}` with no field set.", name);
            (Vec::new(), docs)
        }
        Constructor::Positional => {
            let argument =
                |it: &Field| format!("{}: {}", it.name, written::argument(cx, &it.argument));
            let arguments = it.required().map(|(_, field)| argument(field)).collect();
            (arguments, required_docs(name))
        }
        Constructor::Named(ty) => (vec![format!("required: {ty}")], required_docs(name)),
    };
    out.docs(1, docs);
    out.line(1, "#[must_use]");
    out.list(1, "pub fn new(", &arguments, ") -> Self {");
    if *made.constructor == Constructor::Empty {
        out.line(2, "Self::default()");
    } else {
        let values = values(cx, made);
        out.fields(2, "Self", &values);
    }
    out.line(1, "}");
}

fn required_docs(name: &Ident) -> crate::markdown::Inline {
    prose!("Creates a new `{}` from its required fields.", name)
}

/// What a constructor puts into the fields.
fn values(cx: &Cx<'_>, made: &Made<'_>) -> Vec<String> {
    let it = made.it;
    let is_named = matches!(made.constructor, Constructor::Named(_));
    let mut values: Vec<String> = it
        .required()
        .map(|(_, field)| value(field, is_named))
        .collect();
    let runtime = || made.runtime(cx);
    let others = it.fields().filter(|(_, field)| !field.is_required());
    let others = others.map(|(_, field)| &field.name);
    let mut others = others
        .chain(it.rest.iter().map(|(name, _)| name))
        .peekable();
    if made.of.parts.is_some() || !it.has_blank() {
        // What is only sent as parts has no codec, and so nothing to start from; what holds a type of another crate has
        // nothing either.
        values.extend(others.map(|name| format!("{name}: {}::blank()", runtime())));
    } else if others.peek().is_some() {
        values.push(format!("..{}::blank()", runtime()));
    }
    values
}

/// `name: name.into()`
fn value(field: &Field, is_named: bool) -> String {
    let name = &field.name;
    match (&field.argument, field.presence) {
        _ if is_named => format!("{name}: required.{name}"),
        (_, Presence::Nullable) if field.is_boxed => format!("{name}: {name}.map(Box::new)"),
        _ if field.is_boxed => format!("{name}: Box::new({name})"),
        (Argument::Into(_), _) => format!("{name}: {name}.into()"),
        _ => name.to_string(),
    }
}

/// `runtime::setters! { with_name(name: impl Into<String>), }`
fn emit_setters(cx: &Cx<'_>, out: &mut Written, made: &Made<'_>) {
    let runtime = made.runtime(cx);
    out.line(1, format!("{runtime}::setters! {{"));
    for (index, field) in made.it.fields() {
        if let Some(setter) = made.setter(field) {
            let argument = written::argument(cx, &field.argument);
            out.deprecated(2, made.of.fields[index].deprecated);
            out.line(2, format!("{setter}({}: {argument}),", field.name));
        }
    }
    out.line(1, "}");
}

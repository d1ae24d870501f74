//! How values are written as text, by the runtime's constants.

use crate::emit::context::Cx;
use crate::emit::written;
use crate::ir::{Serialization, Style};

/// `Style::FORM`
pub(in crate::emit) fn written(cx: &Cx<'_>, serialization: &Serialization) -> String {
    let ty = written::name(cx, "super::runtime::Style");
    let reserved = if allows_reserved(serialization) {
        ".allow_reserved()"
    } else {
        ""
    };
    format!("{ty}::{}{reserved}", constant(serialization))
}

/// How the properties of a form are written: `&[("tags", Style::FORM)]`
pub(in crate::emit) fn written_all(cx: &Cx<'_>, styles: &[(String, Serialization)]) -> String {
    let styles = styles.iter().map(|(property, serialization)| {
        let style = written(cx, serialization);
        format!("({}, {style})", written::literal(property))
    });
    format!("&[{}]", styles.collect::<Vec<_>>().join(", "))
}

fn allows_reserved(serialization: &Serialization) -> bool {
    match serialization {
        Serialization::Style { allow_reserved, .. } => *allow_reserved,
        Serialization::Json | Serialization::Text | Serialization::Form(_) => false,
    }
}

fn constant(serialization: &Serialization) -> &'static str {
    match serialization {
        Serialization::Json => "JSON",
        Serialization::Text => "TEXT",
        Serialization::Form(_) => "FORM_TEXT",
        Serialization::Style { style, explode, .. } => style_constant(*style, *explode),
    }
}

fn style_constant(style: Style, explode: bool) -> &'static str {
    match (style, explode) {
        (Style::Matrix, false) => "MATRIX",
        (Style::Matrix, true) => "MATRIX_EXPLODED",
        (Style::Label, false) => "LABEL",
        (Style::Label, true) => "LABEL_EXPLODED",
        (Style::Simple, false) => "SIMPLE",
        (Style::Simple, true) => "SIMPLE_EXPLODED",
        (Style::Form, false) => "FORM",
        // Separate pairs have no delimiter.
        (
            Style::Form | Style::SpaceDelimited | Style::TabDelimited | Style::PipeDelimited,
            true,
        ) => "FORM_EXPLODED",
        (Style::Cookie, false) => "COOKIE",
        (Style::Cookie, true) => "COOKIE_EXPLODED",
        (Style::SpaceDelimited, false) => "SPACE_DELIMITED",
        (Style::TabDelimited, false) => "TAB_DELIMITED",
        (Style::PipeDelimited, false) => "PIPE_DELIMITED",
        (Style::DeepObject, _) => "DEEP_OBJECT",
    }
}

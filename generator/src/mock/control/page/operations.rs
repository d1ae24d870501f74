//! The operations of each document.

use super::Panel;
use crate::mock::contract::Operation;
use crate::mock::html::Html;

pub(super) fn write(html: &mut Html, panel: &Panel<'_>) {
    html.markup("<section id=\"operations\">\n<h2>Operations</h2>\n");
    for contract in panel.contracts {
        html.within("<h3>", &contract.title, " ")
            .within("<code>", &contract.module, "</code></h3>\n")
            .markup("<table><thead><tr><th>Route<th>Operation<th>Security</thead>\n<tbody>\n");
        for operation in &contract.operations {
            row(html, operation);
        }
        html.markup("</tbody></table>\n");
    }
    html.markup("</section>\n");
}

fn row(html: &mut Html, operation: &Operation) {
    html.within("<tr><td><code><b>", &operation.method, "</b> ")
        .within("", &operation.path.text, "</code><td>")
        .text(&operation.id);
    if !operation.summary.is_empty() {
        html.within("<br><span class=\"note\">", &operation.summary, "</span>");
    }
    html.markup("<td>");
    if operation.security.is_empty() {
        html.markup("<span class=\"none\">none</span>");
    }
    for (index, alternative) in operation.security.iter().enumerate() {
        if index > 0 {
            html.markup(" or ");
        }
        if alternative.is_empty() {
            html.markup("nothing");
        }
        for (index, (scheme, scopes)) in alternative.iter().enumerate() {
            if index > 0 {
                html.markup(" and ");
            }
            html.within("<code>", scheme, "</code>");
            if !scopes.is_empty() {
                html.within(" (", &scopes.join(", "), ")");
            }
        }
    }
    html.markup("\n");
}

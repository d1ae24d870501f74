//! The rules in force, and a form to add one.

use super::Panel;
use crate::mock::control::presets;
use crate::mock::html::Html;
use crate::mock::rules::Active;

pub(super) fn write(html: &mut Html, panel: &Panel<'_>) {
    html.markup("<section id=\"rules\">\n<h2>Misbehaviour</h2>\n");
    let mut rules = panel.state.rules.all().peekable();
    if rules.peek().is_none() {
        html.markup("<p class=\"none\">No rule is in force.</p>\n");
    } else {
        html.markup("<table><thead><tr><th>#<th>For<th>Rule<th>Used<th></thead>\n<tbody>\n");
        for rule in rules {
            row(html, rule);
        }
        html.markup("</tbody></table>\n");
    }
    form(html, panel);
    html.markup("</section>\n");
}

fn row(html: &mut Html, active: &Active) {
    let rule = &active.rule;
    html.markup(if active.is_used_up() {
        "<tr class=\"over\">"
    } else {
        "<tr>"
    });
    html.markup("<td class=\"number\">")
        .number(active.number)
        .markup("<td>");
    if let Some(module) = &rule.module {
        html.text(module).markup(" ");
    }
    match &rule.operation {
        Some(operation) => html.within("<code>", operation, "</code>"),
        None => html.markup("every request"),
    };
    html.markup("<td>");
    let about = ["module", "operation"];
    let stated = rule.stated.iter();
    let effect = stated.filter(|it| !about.contains(&it.0.as_str()));
    for (index, (name, value)) in effect.enumerate() {
        html.markup(if index == 0 { "" } else { ", " })
            .within("<code>", name, " = ")
            .within("", &value.to_string(), "</code>");
    }
    html.markup("<td class=\"number\">").number(active.used);
    if let Some(times) = rule.times {
        html.markup(" of ").number(times);
    }
    html.markup("<td><form method=\"post\" action=\"/__keywright/rules/")
        .number(active.number)
        .markup("\"><input type=\"hidden\" name=\"_method\" value=\"DELETE\"><button>Remove</button></form>\n");
}

fn form(html: &mut Html, panel: &Panel<'_>) {
    html.markup(
        "<form class=\"add\" method=\"post\" action=\"/__keywright/rules\">\n\
         <label>What goes wrong <select name=\"preset\">",
    );
    for (name, label, _) in presets::all() {
        html.within("<option value=\"", name, "\">")
            .markup(label)
            .markup("</option>");
    }
    html.markup(
        "</select></label>\n<label>For <select name=\"operation\"><option value=\"\">every request</option>",
    );
    for contract in panel.contracts {
        html.within("<optgroup label=\"", &contract.title, "\">");
        for operation in &contract.operations {
            html.within("<option value=\"", &contract.module, "/")
                .within("", &operation.id, "\">")
                .within("", &operation.id, "</option>");
        }
        html.markup("</optgroup>");
    }
    html.markup(
        "</select></label>\n\
         <label>or in words of a rule <input name=\"effect\" placeholder=\"status=503, delay=1s\"></label>\n\
         <label>Times <input name=\"times\" type=\"number\" min=\"1\" placeholder=\"as above\"></label>\n\
         <button class=\"main\">Add rule</button></form>\n",
    );
}

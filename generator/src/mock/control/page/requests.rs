//! The last requests.

use super::Panel;
use crate::mock::control::moment::moment;
use crate::mock::control::seen::Seen;
use crate::mock::html::Html;

/// How many requests the page shows.
const MOST: usize = 50;

pub(super) fn write(html: &mut Html, panel: &Panel<'_>) {
    let records = &panel.state.records;
    html.markup("<section id=\"requests\">\n<h2>Last requests</h2>\n");
    if records.last().next().is_none() {
        html.markup("<p class=\"none\">No request has come.</p>\n</section>\n");
        return;
    }
    html.markup("<p class=\"note\">")
        .number(records.count())
        .markup(
            " so far, the newest first. What is not documented, or secret, is masked.</p>\n\
             <table><thead><tr><th>#<th>At<th>Request<th>Operation<th>Status</thead>\n<tbody>\n",
        );
    for record in records.last().rev().take(MOST) {
        row(html, &Seen::of(record, panel));
    }
    html.markup(
        "</tbody></table>\n<form method=\"post\" action=\"/__keywright/requests\">\
         <input type=\"hidden\" name=\"_method\" value=\"DELETE\"><button>Forget them</button></form>\n</section>\n",
    );
}

fn row(html: &mut Html, seen: &Seen<'_>) {
    let record = seen.record;
    html.markup("<tr><td class=\"number\">")
        .number(record.number);
    let at = moment(record.at);
    let time = at.split_once('T').map_or(at.as_str(), |(_, it)| it);
    html.within("<td><time>", time, "</time><td><code>")
        .within("<b>", &record.method, "</b> ")
        .text(&seen.path);
    for (index, (name, value)) in seen.query.iter().enumerate() {
        html.markup(if index == 0 { "?" } else { "&amp;" })
            .within("", name, "=")
            .text(value);
    }
    html.markup("</code>");
    if !seen.body.is_null() {
        html.within(
            "<br><code class=\"body\">",
            &seen.body.to_string(),
            "</code>",
        );
    }
    for finding in &record.findings {
        html.within(
            "<br><span class=\"finding\">",
            &finding.to_string(),
            "</span>",
        );
    }
    match record.rule {
        Some(0) => {
            html.markup("<br><span class=\"by\">misbehaviour that the request asked for</span>");
        }
        Some(number) => {
            html.markup("<br><span class=\"by\">misbehaviour by rule ")
                .number(number)
                .markup("</span>");
        }
        None => {}
    }
    html.within("<td>", record.operation.as_deref().unwrap_or("–"), "");
    html.markup(match record.status / 100 {
        2 | 3 => "<td class=\"number good\">",
        _ => "<td class=\"number bad\">",
    })
    .number(record.status)
    .markup("\n");
}

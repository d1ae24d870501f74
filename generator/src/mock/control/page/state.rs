//! The clock, the credentials and the confirmations.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::Panel;
use super::button;
use crate::mock::control::moment::moment;
use crate::mock::control::views::{flow_state, schemes};
use crate::mock::html::Html;

pub(super) fn write(html: &mut Html, panel: &Panel<'_>) {
    html.markup("<section id=\"state\">\n<h2>State</h2>\n<div class=\"cards\">\n");
    clock(html, panel);
    credentials(html, panel);
    html.markup("</div>\n");
    confirmations(html, panel);
    html.markup("</section>\n");
}

fn clock(html: &mut Html, panel: &Panel<'_>) {
    let clock = panel.state.clock;
    html.markup("<div class=\"card\"><h3>Clock</h3>\n<p>")
        .within("<time>", &moment(clock.seconds()), "</time>");
    match clock.ahead() {
        0 => {}
        ahead if ahead > 0 => {
            html.markup("<br>")
                .number(ahead.unsigned_abs())
                .markup(" seconds ahead");
        }
        behind => {
            html.markup("<br>")
                .number(behind.unsigned_abs())
                .markup(" seconds behind");
        }
    }
    html.markup(
        "</p>\n<form method=\"post\" action=\"/__keywright/clock\">\
         <label>Seconds <input name=\"advance\" type=\"number\" value=\"3600\" required></label>\
         <button>Put forward</button></form></div>\n",
    );
}

fn credentials(html: &mut Html, panel: &Panel<'_>) {
    html.markup("<div class=\"card\"><h3>Credentials</h3>\n");
    let schemes = schemes(panel);
    if schemes.is_empty() {
        html.markup("<p class=\"none\">None has been issued.</p>\n");
    } else {
        html.markup(
            "<table><thead><tr><th>Scheme<th>Sessions<th>Good<th>Issued</thead>\n<tbody>\n",
        );
        for scheme in schemes {
            html.within("<tr><td>", scheme.module, " ")
                .within("<code>", scheme.name, "</code>");
            for count in [scheme.sessions, scheme.good, scheme.count] {
                html.markup("<td class=\"number\">")
                    .number(u64::try_from(count).unwrap_or(u64::MAX));
            }
            html.markup("\n");
        }
        html.markup("</tbody></table>\n");
    }
    html.markup("<div class=\"buttons\">");
    button(
        html,
        "/__keywright/tokens/expire",
        None,
        "Let tokens expire",
    );
    button(html, "/__keywright/tokens/revoke", None, "Revoke all");
    html.markup("</div></div>\n");
}

fn confirmations(html: &mut Html, panel: &Panel<'_>) {
    let now = panel.state.clock.now();
    let flows = panel.state.flows.all();
    let pending = flows.filter(|it| flow_state(it, now) == "pending");
    let mut pending = pending.peekable();
    if pending.peek().is_none() {
        return;
    }
    html.markup("<h3>Waiting for a user to confirm</h3>\n<table><tbody>\n");
    for flow in pending {
        let encoded = utf8_percent_encode(&flow.code, NON_ALPHANUMERIC).to_string();
        html.within("<tr><td><a href=\"/__keywright/confirm/", &encoded, "\">")
            .text(&flow.code)
            .within("</a><td>", &flow.scheme.0, " ")
            .within(
                "<code>",
                &flow.scheme.1,
                "</code><td><div class=\"buttons\">",
            );
        let code = Some(("code", flow.code.as_str()));
        button(html, "/__keywright/flows/confirm", code, "Confirm");
        button(html, "/__keywright/flows/deny", code, "Deny");
        html.markup("</div>");
    }
    html.markup("</tbody></table>\n");
}

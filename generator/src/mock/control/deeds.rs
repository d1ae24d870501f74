//! What the control interface changes.

use http::StatusCode;
use serde_json::{Map, Value, json};

use super::ask::{Ask, Input};
use super::{Outcome, Panel, Refusal, presets, views};
use crate::mock::rules::{self, Rule, TooMany};
use crate::mock::state::FlowState;

type Done = Result<Outcome, Refusal>;

fn done() -> Outcome {
    Outcome::Done(StatusCode::NO_CONTENT, Value::Null)
}

fn too_many(error: TooMany) -> Refusal {
    Refusal::bad(error.to_string())
}

/// Forgets everything, as after the start.
pub(super) fn reset(panel: &mut Panel<'_>) -> Done {
    *panel.state = panel.settings.first_state().map_err(too_many)?;
    Ok(done())
}

pub(super) fn forget_requests(panel: &mut Panel<'_>) -> Outcome {
    panel.state.records.clear();
    done()
}

/// Puts the clock forward, or back.
pub(super) fn advance(panel: &mut Panel<'_>, ask: &Ask<'_>) -> Done {
    let seconds = ask.field("advance").and_then(|it| match it {
        Value::String(text) => text.trim().parse().ok(),
        other => other.as_i64(),
    });
    let Some(seconds) = seconds else {
        return Err(Refusal::bad(
            "give the number of seconds: `{\"advance\": 3600}`; a negative number sets the clock back",
        ));
    };
    panel.state.clock.advance(seconds);
    let clock = views::clock(panel);
    Ok(Outcome::Done(StatusCode::OK, clock))
}

pub(super) fn expire(panel: &mut Panel<'_>) -> Outcome {
    let now = panel.state.clock.seconds();
    panel.state.tokens.expire(now);
    done()
}

pub(super) fn revoke(panel: &mut Panel<'_>) -> Outcome {
    panel.state.tokens.revoke(|_| true);
    done()
}

/// What a user says when asked to confirm.
#[derive(Clone, Copy)]
pub(super) enum Decision {
    Confirm,
    Deny,
}

/// Decides for a user.
pub(super) fn decide(panel: &mut Panel<'_>, ask: &Ask<'_>, decision: Decision) -> Done {
    let Some(code) = ask.field("code").and_then(Value::as_str) else {
        return Err(Refusal::bad("give the code: `{\"code\": \"ABCD-EFGH\"}`"));
    };
    let now = panel.state.clock.now();
    let Some(flow) = panel.state.flows.by_code(code) else {
        let message = "no confirmation has this code";
        return Err(Refusal::new(StatusCode::NOT_FOUND, message));
    };
    if flow.state != FlowState::Pending || flow.ends <= now {
        let message = "it has been decided already, or has expired";
        return Err(Refusal::new(StatusCode::CONFLICT, message));
    }
    flow.state = match decision {
        Decision::Confirm => FlowState::Confirmed,
        Decision::Deny => FlowState::Denied,
    };
    Ok(done())
}

/// Adds rules after those that there are.
pub(super) fn add_rules(panel: &mut Panel<'_>, ask: &Ask<'_>) -> Done {
    let rules = rules_of(panel, ask)?;
    panel.state.rules.add(rules).map_err(too_many)?;
    Ok(Outcome::Done(StatusCode::CREATED, views::rules(panel)))
}

/// Puts rules in the place of those that there are.
pub(super) fn replace_rules(panel: &mut Panel<'_>, ask: &Ask<'_>) -> Done {
    let rules = rules_of(panel, ask)?;
    panel.state.rules.replace(rules).map_err(too_many)?;
    Ok(Outcome::Done(StatusCode::OK, views::rules(panel)))
}

pub(super) fn remove_rules(panel: &mut Panel<'_>) -> Outcome {
    panel.state.rules.clear();
    done()
}

pub(super) fn remove_rule(panel: &mut Panel<'_>, number: &str) -> Done {
    let number = number.parse().ok();
    if number.is_some_and(|it| panel.state.rules.remove(it)) {
        Ok(done())
    } else {
        let message = "there is no rule with this number";
        Err(Refusal::new(StatusCode::NOT_FOUND, message))
    }
}

/// The rules that a request sends: one, or a list of them.
fn rules_of(panel: &Panel<'_>, ask: &Ask<'_>) -> Result<Vec<Rule>, Refusal> {
    let single;
    let stated = match &ask.input {
        Input::Json(Value::Array(list)) => list.as_slice(),
        Input::Json(rule) => std::slice::from_ref(rule),
        Input::Form(fields) => {
            single = Value::Object(presets::rule(fields)?);
            std::slice::from_ref(&single)
        }
        Input::Nothing => &[],
    };
    if stated.is_empty() && !matches!(ask.input, Input::Json(_)) {
        let example = json!({ "status": 401, "times": 1 });
        return Err(Refusal::bad(format!("give a rule, such as `{example}`")));
    }
    let rule = |(index, stated): (usize, &Value)| {
        let no_rule = Map::new();
        let read = match stated.as_object() {
            Some(stated) => rules::from_json(stated, panel.contracts),
            None => rules::from_json(&no_rule, panel.contracts),
        };
        read.map_err(|faults| {
            let messages: Vec<String> = faults.iter().map(ToString::to_string).collect();
            Refusal::bad(format!("rule {}: {}", index + 1, messages.join("; ")))
        })
    };
    stated.iter().enumerate().map(rule).collect()
}

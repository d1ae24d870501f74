//! What the control interface shows to programs.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::Panel;
use super::moment::moment;
use super::seen::Seen;
use crate::mock::contract::{Contract, Operation};
use crate::mock::rules::Active;
use crate::mock::state::{Flow, FlowState, Token, TokenKind};
use crate::model::StatusPattern;

/// How many credentials of a scheme are shown, the newest of them.
const TOKENS: usize = 50;

/// Clock, credentials, confirmations and the number of requests.
pub(super) fn state(panel: &Panel<'_>) -> Value {
    let now = panel.state.clock.now();
    let flows = panel.state.flows.all();
    let flows: Vec<Value> = flows
        .map(|it| {
            let (module, scheme) = &it.scheme;
            json!({
                "code": it.code,
                "module": module,
                "scheme": scheme,
                "state": flow_state(it, now),
                "ends": moment(seconds(it.ends)),
                "page": format!("/__keywright/confirm/{}", it.code),
            })
        })
        .collect();
    json!({
        "clock": clock(panel),
        "requests": panel.state.records.count(),
        "rules": panel.state.rules.all().count(),
        "schemes": schemes(panel).iter().map(Scheme::to_json).collect::<Vec<_>>(),
        "confirmations": flows,
    })
}

/// What time it is.
pub(super) fn clock(panel: &Panel<'_>) -> Value {
    let clock = panel.state.clock;
    json!({ "now": moment(clock.seconds()), "ahead": clock.ahead() })
}

/// The operations of each document.
pub(super) fn operations(panel: &Panel<'_>) -> Value {
    let contracts = panel.contracts.iter().map(|contract| {
        let operations = contract.operations.iter().map(operation);
        json!({
            "module": contract.module,
            "title": contract.title,
            "path": contract.base_path,
            "operations": operations.collect::<Vec<_>>(),
        })
    });
    contracts.collect()
}

fn operation(operation: &Operation) -> Value {
    let security: Vec<Value> = operation
        .security
        .iter()
        .map(|it| {
            let schemes = it
                .iter()
                .map(|(name, scopes)| (name.clone(), json!(scopes)));
            Value::Object(schemes.collect())
        })
        .collect();
    let statuses = operation.responses.iter().map(|it| match it.status {
        StatusPattern::Code(code) => code.to_string(),
        StatusPattern::Range(digit) => format!("{digit}XX"),
        StatusPattern::Default => "default".to_owned(),
    });
    json!({
        "id": operation.id,
        "method": operation.method,
        "path": operation.path.text,
        "summary": operation.summary,
        "security": security,
        "statuses": statuses.collect::<Vec<_>>(),
        "document": Contract::locate(&operation.place),
    })
}

/// The last requests, the newest last: all of them, or those of an operation.
pub(super) fn requests(panel: &Panel<'_>, operation: Option<&str>) -> Value {
    let records = panel.state.records.last();
    let meant =
        records.filter(|it| operation.is_none_or(|wanted| it.operation.as_deref() == Some(wanted)));
    meant.map(|it| Seen::of(it, panel).to_json()).collect()
}

/// The rules in force.
pub(super) fn rules(panel: &Panel<'_>) -> Value {
    let rule = |it: &Active| {
        json!({
            "number": it.number,
            "seen": it.seen,
            "used": it.used,
            "over": it.is_used_up(),
            "rule": it.rule.stated,
        })
    };
    panel.state.rules.all().map(rule).collect()
}

/// The credentials of a security scheme.
pub(super) struct Scheme<'s> {
    /// The module of the API.
    pub(super) module: &'s str,
    /// The name.
    pub(super) name: &'s str,
    /// How many sessions have a credential that is good.
    pub(super) sessions: usize,
    /// How many credentials are good.
    pub(super) good: usize,
    /// How many credentials have been issued and are remembered.
    pub(super) count: usize,
    tokens: Vec<Value>,
}

impl Scheme<'_> {
    fn to_json(&self) -> Value {
        json!({
            "module": self.module,
            "scheme": self.name,
            "sessions": self.sessions,
            "good": self.good,
            "issued": self.count,
            "tokens": self.tokens,
        })
    }
}

/// The security schemes of which credentials have been issued.
pub(super) fn schemes<'s>(panel: &'s Panel<'_>) -> Vec<Scheme<'s>> {
    let now = panel.state.clock.seconds();
    let mut by_scheme: IndexMap<&(String, String), Vec<&Token>> = IndexMap::new();
    for token in panel.state.tokens.all() {
        by_scheme.entry(&token.scheme).or_default().push(token);
    }
    let scheme = |((module, name), tokens): (&'s (String, String), Vec<&'s Token>)| {
        let good = tokens.iter().filter(|it| token_state(it, now) == "good");
        let mut sessions: Vec<u64> = good.clone().map(|it| it.family.number()).collect();
        sessions.sort_unstable();
        sessions.dedup();
        let newest = tokens.iter().skip(tokens.len().saturating_sub(TOKENS));
        Scheme {
            module,
            name,
            sessions: sessions.len(),
            good: good.count(),
            count: tokens.len(),
            tokens: newest.map(|it| token_json(it, now)).collect(),
        }
    };
    by_scheme.into_iter().map(scheme).collect()
}

fn token_json(token: &Token, now: i64) -> Value {
    json!({
        "kind": match token.kind {
            TokenKind::Access => "access",
            TokenKind::Refresh => "refresh",
        },
        "session": token.family.number(),
        "state": token_state(token, now),
        "expires": token.expires_at.map(moment),
        "scopes": token.scopes,
    })
}

fn token_state(token: &Token, now: i64) -> &'static str {
    if token.is_revoked {
        "revoked"
    } else if token.is_used {
        "used"
    } else if token.expires_at.is_some_and(|it| it <= now) {
        "expired"
    } else {
        "good"
    }
}

/// What became of a confirmation.
pub(super) fn flow_state(flow: &Flow, now: std::time::Duration) -> &'static str {
    match flow.state {
        FlowState::Claimed => "claimed",
        FlowState::Denied => "denied",
        _ if flow.ends <= now => "over",
        FlowState::Pending => "pending",
        FlowState::Confirmed => "confirmed",
    }
}

fn seconds(time: std::time::Duration) -> i64 {
    i64::try_from(time.as_secs()).unwrap_or(i64::MAX)
}

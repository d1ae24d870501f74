//! A stand-in: a request in, an answer out, and what is remembered between them.

mod exchange;
mod misbehave;

use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::header::{ALLOW, DATE, WWW_AUTHENTICATE};
use http::{HeaderValue, StatusCode};

use super::answer::{Answers, MadeError, Reply, Unchosen, Wish, choose, problem, refuse};
use super::contract::{Contract, Matched, Operation, Routes};
use super::control::{self, Panel};
use super::fault::{SetUpError, clashes, reserved};
use super::found::{Found, NotFound};
use super::judge::{self, Finding, Judged, Part};
use super::keep::{Keeper, Kept};
use super::lifecycle::{self, Desk, Outcome};
use super::oauth::{Authority, Keys, Servers};
use super::pages;
use super::rules::{Effect, Fate};
use super::security;
use super::settings::Settings;
use super::state::{Record, State};

/// Stands in for the services that some documents describe.
#[derive(Debug)]
pub struct StandIn {
    contracts: Vec<Contract>,
    routes: Routes,
    /// The contract and the operation of each number in the routes.
    numbers: Vec<(usize, usize)>,
    settings: Settings,
    answers: Answers,
    servers: Servers,
    keys: Keys,
    state: Mutex<State>,
}

impl StandIn {
    /// Creates a stand-in for some documents.
    ///
    /// # Errors
    ///
    /// When two of them have an operation of one path and method, one has a path of the stand-in itself, or a setting
    /// names what they do not have.
    pub fn new(contracts: Vec<Contract>, settings: Settings) -> Result<Self, SetUpError> {
        reserved(&contracts)?;
        clashes(&contracts)?;
        settings.check(&contracts)?;
        let numbers: Vec<(usize, usize)> = contracts
            .iter()
            .enumerate()
            .flat_map(|(contract, it)| (0..it.operations.len()).map(move |at| (contract, at)))
            .collect();
        let operations = contracts.iter().flat_map(|it| &it.operations);
        let routes = Routes::new(operations.map(|it| &it.path).zip(0..));
        Ok(Self {
            answers: Answers::new(&settings.seed),
            servers: Servers::new(&contracts),
            keys: Keys::new(&settings.seed),
            state: Mutex::new(settings.first_state().map_err(SetUpError::TooManyRules)?),
            contracts,
            routes,
            numbers,
            settings,
        })
    }

    /// Returns the documents.
    #[must_use]
    pub fn contracts(&self) -> &[Contract] {
        &self.contracts
    }

    /// Returns the security schemes whose authorization servers it stands in for.
    #[must_use]
    pub fn authorities(&self) -> Vec<Authority> {
        self.servers.schemes().iter().map(Authority::of).collect()
    }

    /// Returns what is remembered.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers a request, and remembers it, unless it is one of the control interface.
    pub fn answer(&self, request: &http::Request<Bytes>) -> Reply {
        if control::has(request.uri().path()) {
            // The pages for users and the endpoints of authorization servers stand there, too.
            if let Some(reply) = self.authorize(request, None, &mut self.state()) {
                return reply;
            }
            let panel = Panel {
                contracts: &self.contracts,
                settings: &self.settings,
                state: &mut self.state(),
            };
            return control::answer(panel, request);
        }
        let found = self.find(request);
        let known = found.as_ref().ok().map(|it| (it.contract, it.operation));
        let (rule, effect) = match self.effect(known, request) {
            Ok(Some((number, effect))) => (Some(number), effect),
            Ok(None) => (None, Effect::default()),
            Err(finding) => {
                let findings = vec![finding];
                let reply = problem(StatusCode::BAD_REQUEST, &findings[0].message, &findings);
                return self.record(request, known, reply, findings, None);
            }
        };
        let mut state = self.state();
        let clock = state.clock;
        state.clock.advance(effect.skew);
        let (mut reply, findings) = self.respond(found, request, &effect, &mut state);
        reply
            .headers
            .entry(DATE)
            .or_insert_with(|| date(state.clock.seconds()));
        state.clock = clock;
        drop(state);
        reply.delay = Wish::of(request.headers()).wait;
        effect.spoil(request.method(), &mut reply);
        self.record(request, known, reply, findings, rule)
    }

    fn record(
        &self,
        request: &http::Request<Bytes>,
        known: Option<(&Contract, &Operation)>,
        mut reply: Reply,
        findings: Vec<Finding>,
        rule: Option<u64>,
    ) -> Reply {
        let mut state = self.state();
        let at = state.clock.seconds();
        reply.headers.entry(DATE).or_insert_with(|| date(at));
        state.records.add(Record {
            number: 0,
            at,
            method: request.method().to_string(),
            target: request.uri().to_string(),
            headers: request.headers().clone(),
            body: request.body().clone(),
            module: known.map(|(contract, _)| contract.module.clone()),
            operation: known.map(|(_, operation)| operation.id.clone()),
            status: reply.status.as_u16(),
            findings,
            rule,
        });
        reply
    }

    fn respond(
        &self,
        found: Result<Found<'_>, NotFound>,
        request: &http::Request<Bytes>,
        effect: &Effect,
        state: &mut State,
    ) -> (Reply, Vec<Finding>) {
        match effect.tokens {
            Some(Fate::Expire) => state.tokens.expire(state.clock.seconds()),
            Some(Fate::Revoke) => state.tokens.revoke(|_| true),
            None => {}
        }
        if effect.instead.is_none()
            && let Some(reply) = self.authorize(request, found.as_ref().ok(), state)
        {
            return (reply, Vec::new());
        }
        match (found, &effect.instead) {
            (Ok(found), Some(instead)) => {
                let reply = self.instead(&found, request, instead);
                (reply, found.judged.findings)
            }
            (Ok(found), None) => self.serve(&found, request, state),
            (Err(not_found), Some(instead)) => (instead.reply(), vec![not_found.finding]),
            (Err(not_found), None) => {
                let NotFound { finding, methods } = not_found;
                let status = if methods.is_empty() {
                    StatusCode::NOT_FOUND
                } else {
                    StatusCode::METHOD_NOT_ALLOWED
                };
                let findings = vec![finding];
                let mut reply = problem(status, &findings[0].to_string(), &findings);
                if !methods.is_empty() {
                    reply.set_header(ALLOW, &methods.join(", "));
                }
                (reply, findings)
            }
        }
    }

    /// Answers a request that authorization servers or users answer. An operation of the same path goes first, but not
    /// one whose path may be anything.
    fn authorize(
        &self,
        request: &http::Request<Bytes>,
        found: Option<&Found<'_>>,
        state: &mut State,
    ) -> Option<Reply> {
        let is_exact = found.is_some_and(|it| it.path.is_empty());
        if is_exact {
            return None;
        }
        let page = pages::answer(request, &self.contracts, &self.settings, state);
        if page.is_some() {
            return page;
        }
        let (path, method) = (request.uri().path(), request.method().as_str());
        let endpoint = self.servers.find(path, method)?;
        if found.is_some() && !endpoint.is_exact {
            return None;
        }
        Some(endpoint.answer(request, &self.keys, &self.settings, state))
    }

    /// Finds the operation that a request is of. Where several could be meant, it is the one with which least is wrong.
    ///
    /// # Errors
    ///
    /// When there is none.
    pub fn find(&self, request: &http::Request<Bytes>) -> Result<Found<'_>, NotFound> {
        let matched = self.routes.find(request.uri().path());
        let mut methods: Vec<String> = Vec::new();
        for Matched {
            operations,
            parameters,
        } in matched
        {
            let operations = operations.into_iter().map(|it| {
                let numbers = self.numbers[it];
                let contract = &self.contracts[numbers.0];
                (contract, &contract.operations[numbers.1], numbers)
            });
            let (meant, others): (Vec<_>, Vec<_>) =
                operations.partition(|(_, it, _)| it.method == request.method().as_str());
            let candidates = meant
                .into_iter()
                .map(|(contract, operation, numbers)| Found {
                    numbers,
                    judged: judge::request(contract, operation, &parameters, request),
                    path: parameters.clone(),
                    contract,
                    operation,
                });
            if let Some(found) = candidates.min_by_key(|it| it.judged.findings.len()) {
                return Ok(found);
            }
            methods.extend(others.into_iter().map(|(_, it, _)| it.method.clone()));
        }
        methods.sort();
        methods.dedup();
        let finding = if methods.is_empty() {
            Finding::new(Part::Path, "no document has it", None)
        } else {
            let message = format!("the path has only {}", methods.join(", "));
            Finding::new(Part::Method, message, None)
        };
        Err(NotFound { finding, methods })
    }

    /// Answers a request of an operation.
    fn serve(
        &self,
        found: &Found<'_>,
        request: &http::Request<Bytes>,
        state: &mut State,
    ) -> (Reply, Vec<Finding>) {
        let wish = Wish::of(request.headers());
        let refuse = |statuses: &[StatusCode], findings: &[Finding]| {
            refuse(
                found.contract,
                found.operation,
                &self.answers,
                &wish,
                statuses,
                findings,
            )
        };
        let checked = security::check(
            found.contract,
            found.operation,
            request,
            &self.settings,
            &self.servers,
            state,
        );
        let presented = match checked {
            Ok(presented) => presented,
            Err(denied) => {
                let findings = vec![denied.finding];
                let mut reply = refuse(&[denied.status], &findings);
                for challenge in denied.challenges {
                    if let Ok(value) = HeaderValue::from_str(&challenge) {
                        reply.headers.append(WWW_AUTHENTICATE, value);
                    }
                }
                return (reply, findings);
            }
        };
        if !found.judged.findings.is_empty() {
            let statuses = statuses_of(&found.judged);
            let reply = refuse(statuses, &found.judged.findings);
            return (reply, found.judged.findings.clone());
        }
        let mut desk = Desk {
            contract: found.contract,
            operation: found.operation,
            request,
            presented: &presented,
            wish: &wish,
            answers: &self.answers,
            settings: &self.settings,
            state,
        };
        match lifecycle::answer(&mut desk) {
            Outcome::Answered(reply) => (reply, Vec::new()),
            Outcome::Refused(statuses, finding) => {
                let findings = vec![finding];
                (refuse(&statuses, &findings), findings)
            }
            Outcome::Usual => match self.usual(found, &wish, request, state) {
                Usual::Answered(reply) => (reply, Vec::new()),
                Usual::Refused(statuses, finding) => {
                    let findings = vec![finding];
                    (refuse(&statuses, &findings), findings)
                }
            },
        }
    }

    /// Answers a request with which nothing is wrong.
    fn usual(
        &self,
        found: &Found<'_>,
        wish: &Wish,
        request: &http::Request<Bytes>,
        state: &mut State,
    ) -> Usual {
        let chosen = match choose(found.operation, wish) {
            Ok(chosen) => chosen,
            Err(unchosen) => return Usual::Answered(unchosen_reply(&unchosen, found.operation)),
        };
        let value = match chosen.form {
            Some(form) => self
                .answers
                .value(found.contract, form, wish.example.as_deref()),
            None => Ok(std::sync::Arc::new(serde_json::Value::Null)),
        };
        let value = match value {
            Ok(value) => value,
            Err(error) => {
                let status = match error {
                    MadeError::NoExample(_) => StatusCode::BAD_REQUEST,
                    MadeError::Nothing(_) => StatusCode::INTERNAL_SERVER_ERROR,
                };
                return Usual::Answered(problem(status, &error.to_string(), &[]));
            }
        };
        let is_free = wish.code.is_none() && wish.example.is_none();
        if is_free && let Some(issued) = self.exchange(found, request, &chosen, &value, state) {
            return issued;
        }
        let is_kept = self.settings.keeps && is_free;
        let mut keeper = Keeper {
            found,
            request,
            chosen: &chosen,
            things: &mut state.things,
            tokens: &mut state.tokens,
        };
        let kept = if is_kept {
            keeper.answer(&value)
        } else {
            Kept::Usual
        };
        match kept {
            Kept::Usual => Usual::Answered(chosen.reply(found.contract, &self.answers, &value)),
            Kept::Value(value) => {
                Usual::Answered(chosen.reply(found.contract, &self.answers, &value))
            }
            Kept::Missing(statuses, finding) => Usual::Refused(statuses, finding),
        }
    }
}

impl StandIn {}

/// What came of a request with which nothing is wrong.
enum Usual {
    /// An answer.
    Answered(Reply),
    /// It is refused all the same, by the first of these statuses that the document has.
    Refused(Vec<StatusCode>, Finding),
}

/// The statuses by which a request is refused with which something is wrong.
fn statuses_of(judged: &Judged) -> &'static [StatusCode] {
    if judged.is_unsupported {
        &[StatusCode::UNSUPPORTED_MEDIA_TYPE, StatusCode::BAD_REQUEST]
    } else {
        &[StatusCode::BAD_REQUEST, StatusCode::UNPROCESSABLE_ENTITY]
    }
}

/// What is answered where the document has nothing that is asked for.
fn unchosen_reply(unchosen: &Unchosen, operation: &Operation) -> Reply {
    let (status, message) = match unchosen {
        Unchosen::Nothing => return Reply::new(StatusCode::NO_CONTENT),
        Unchosen::Status(code) => (
            StatusCode::BAD_REQUEST,
            format!("`Prefer: code={code}` asks for a status that is not documented"),
        ),
        Unchosen::Form => (
            StatusCode::NOT_ACCEPTABLE,
            "the response has no media type that `Accept` names".to_owned(),
        ),
    };
    let finding = Finding::new(
        Part::Parameter("header", "Prefer".to_owned()),
        message,
        Some(&operation.place),
    );
    problem(status, &finding.message, std::slice::from_ref(&finding))
}

/// A date as HTTP has it (RFC 9110, section 5.6.7).
fn date(seconds: i64) -> HeaderValue {
    let time = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::MAX);
    let text = time.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

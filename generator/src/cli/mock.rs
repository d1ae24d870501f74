//! `keywright mock`: a mock server for documents.

use std::fmt::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use keywright::config::{self, ApiConfig};
use keywright::diagnostics::{Code, Diagnostic, Diagnostics};
use keywright::limits::Limits;
use keywright::mock::rules::{self, Rule};
use keywright::mock::{self, Settings, StandIn};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use super::check_only::{self, CheckOnly};
use super::interrupt::Interrupt;
use super::limit::Limiting;
use super::screen::{Look, Screen};

#[derive(Args, Debug)]
pub(super) struct Options {
    /// The OpenAPI documents [default: all documents of the configuration]
    #[arg(value_name = "SPEC")]
    specs: Vec<PathBuf>,
    /// The configuration file that lists the documents, with their local copies of remote files and their names
    /// [default: keywright.toml if no SPEC is given]
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The port to listen on; 0 picks a free port
    #[arg(long, short, value_name = "NUMBER", default_value_t = 4010)]
    port: u16,
    /// The address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    host: IpAddr,
    /// The base path of the operations; repeat it for each SPEC, in order [default: the path of the first server]
    #[arg(long, value_name = "PATH")]
    base_path: Vec<String>,
    /// The seed of everything random: the same seed gives the same responses
    #[arg(long, value_name = "TEXT", default_value = "keywright")]
    seed: String,
    /// The lifetime of tokens [default: the lifetime in the document, or one hour]
    #[arg(long, value_name = "SECONDS")]
    token_lifetime: Option<u64>,
    /// Confirm sign-ins automatically after this time, instead of waiting for someone to confirm them
    #[arg(long, value_name = "SECONDS")]
    confirm_after: Option<u64>,
    /// Store created resources, so that later requests can fetch them
    #[arg(long)]
    keep: bool,
    /// A credential to accept for the security scheme NAME; `name:password` for basic authentication; can be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = credential)]
    credential: Vec<(String, String)>,
    /// A client to register with the authorization servers, with its secret if it has one; can be repeated [default:
    /// every client is accepted]
    #[arg(long, value_name = "ID[:SECRET]", value_parser = client)]
    client: Vec<(String, Option<String>)>,
    /// A file of rules for errors, delays and other misbehavior; see docs/MOCK.md
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// The folder that references must stay in [default: the closest folder above the document that contains `.git` or
    /// `keywright.toml`, or the working folder if there is none]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(flatten)]
    check: CheckOnly,
    #[command(flatten)]
    limiting: Limiting,
    #[command(flatten)]
    look: Look,
}

fn credential(text: &str) -> Result<(String, String), String> {
    let pair = text.split_once('=');
    let (name, value) =
        pair.ok_or("write it as `NAME=VALUE`: a security scheme and a credential")?;
    Ok((name.to_owned(), value.to_owned()))
}

fn client(text: &str) -> Result<(String, Option<String>), String> {
    let (id, secret) = match text.split_once(':') {
        Some((id, secret)) => (id, Some(secret.to_owned())),
        None => (text, None),
    };
    if id.is_empty() || secret.as_deref() == Some("") {
        return Err("write it as `ID`, or as `ID:SECRET` if the client has a secret".to_owned());
    }
    Ok((id.to_owned(), secret))
}

pub(super) fn run(options: &Options) -> ExitCode {
    let mut diagnostics = Diagnostics::default();
    let server = options.server(&mut diagnostics);
    let proxy = server
        .as_ref()
        .and_then(|it| options.check.proxy(&it.stand_in, &mut diagnostics));
    let mut screen = Screen::new(&options.look);
    screen.diagnostics(&diagnostics);
    let Some(server) = server.filter(|_| !diagnostics.has_errors()) else {
        return ExitCode::FAILURE;
    };
    // The findings may go to standard output, so nothing else does.
    if options.check.is_wanted() {
        screen.advice(server.greeting(true).trim_end());
    } else {
        screen.text(&server.greeting(false));
    }
    let ran = match &proxy {
        Some(proxy) => {
            let Server {
                runtime,
                listener,
                interrupt,
                ..
            } = server;
            check_only::run(runtime, listener, proxy, interrupt.wait(), &mut screen)
        }
        None => server.run().map(|()| ExitCode::SUCCESS),
    };
    match ran {
        Ok(code) => code,
        Err(error) => {
            let mut diagnostics = Diagnostics::default();
            diagnostics.report(Diagnostic::new(
                Code::CannotServe,
                format!("the server failed: {error}"),
            ));
            screen.diagnostics(&diagnostics);
            ExitCode::FAILURE
        }
    }
}

/// A server that is ready to run.
struct Server {
    runtime: Runtime,
    listener: TcpListener,
    stand_in: Arc<StandIn>,
    interrupt: Interrupt,
}

impl Options {
    fn server(&self, diagnostics: &mut Diagnostics) -> Option<Server> {
        let (apis, limits) = self.apis(diagnostics)?;
        let base_paths = self.base_paths(apis.len(), diagnostics)?;
        let read = |(api, base_path): (&ApiConfig, Option<&str>)| {
            mock::read(api, &limits, base_path, diagnostics)
        };
        let contracts: Vec<_> = apis.iter().zip(base_paths).map(read).collect();
        let contracts = contracts.into_iter().collect::<Option<Vec<_>>>()?;
        if diagnostics.has_errors() {
            return None;
        }
        let rules = match &self.rules {
            Some(path) => rules::read_file(path, &contracts, diagnostics)?,
            None => Vec::new(),
        };
        let mut fail = |message: String, help: Option<&str>| {
            let diagnostic = Diagnostic::new(Code::CannotServe, message);
            diagnostics.report(match help {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            });
        };
        let stand_in = match StandIn::new(contracts, self.settings(rules)) {
            Ok(stand_in) => Arc::new(stand_in),
            Err(error) => {
                fail(error.to_string(), None);
                return None;
            }
        };
        let address = SocketAddr::new(self.host, self.port);
        let started = Runtime::new().and_then(|runtime| {
            let listener = runtime.block_on(TcpListener::bind(address))?;
            let interrupt = runtime.block_on(async { Interrupt::new() })?;
            Ok((runtime, listener, interrupt))
        });
        match started {
            Ok((runtime, listener, interrupt)) => Some(Server {
                runtime,
                listener,
                stand_in,
                interrupt,
            }),
            Err(error) => {
                let message = format!("the server cannot listen on {address}: {error}");
                fail(
                    message,
                    Some(
                        "stop the program that uses this port, or choose another port with `--port`",
                    ),
                );
                None
            }
        }
    }

    fn settings(&self, rules: Vec<Rule>) -> Settings {
        Settings {
            seed: self.seed.clone(),
            token_lifetime: self.token_lifetime.map(Duration::from_secs),
            confirm_after: self.confirm_after.map(Duration::from_secs),
            keeps: self.keep,
            credentials: self.credential.clone(),
            clients: self.client.clone(),
            rules,
        }
    }

    /// Returns the settings of the documents and the limits on the input.
    fn apis(&self, diagnostics: &mut Diagnostics) -> Option<(Vec<ApiConfig>, Limits)> {
        let configured = match (&self.config, self.specs.is_empty()) {
            (Some(path), _) => Some(config::read(path, diagnostics)?),
            (None, true) => Some(config::read("keywright.toml".as_ref(), diagnostics)?),
            (None, false) => None,
        };
        let mut limits = configured
            .as_ref()
            .map_or_else(Limits::default, |it| it.limits);
        self.limiting.apply(&mut limits);
        let known = configured.map(|it| it.apis).unwrap_or_default();
        let mut apis = if self.specs.is_empty() {
            known
        } else {
            let api = |spec: &PathBuf| {
                let known = known.iter().find(|it| it.spec == *spec);
                known
                    .cloned()
                    .unwrap_or_else(|| ApiConfig::new(ApiConfig::module_of(spec), spec))
            };
            self.specs.iter().map(api).collect()
        };
        if self.root.is_some() {
            for api in &mut apis {
                api.root.clone_from(&self.root);
            }
        }
        Some((apis, limits))
    }

    fn base_paths(&self, count: usize, diagnostics: &mut Diagnostics) -> Option<Vec<Option<&str>>> {
        let given = self.base_path.len();
        if given > count || (given > 0 && given < count) {
            let message = format!("`--base-path` is given {given} times for {count} documents");
            let help = "give `--base-path` once per document, in the same order, or not at all";
            diagnostics.report(Diagnostic::new(Code::CannotServe, message).help(help));
            return None;
        }
        if let Some(path) = self
            .base_path
            .iter()
            .find(|it| !it.is_empty() && !it.starts_with('/'))
        {
            let message = format!("`--base-path {path}` is not a path");
            diagnostics
                .report(Diagnostic::new(Code::CannotServe, message).help("begin it with `/`"));
            return None;
        }
        let given = self.base_path.iter().map(|it| Some(it.as_str()));
        Some(given.chain(std::iter::repeat(None)).take(count).collect())
    }
}

impl Server {
    /// Lists the services and their addresses. A proxy has no endpoints of its own.
    fn greeting(&self, checks_only: bool) -> String {
        let address = self.listener.local_addr();
        let origin = address.map_or_else(|_| String::new(), |it| format!("http://{it}"));
        let mut text = String::new();
        for contract in self.stand_in.contracts() {
            let count = contract.operations.len();
            let _ = writeln!(
                text,
                "{origin}{}  {} ({count} operations)",
                contract.base_path, contract.title
            );
        }
        if checks_only {
            return text;
        }
        for authority in self.stand_in.authorities() {
            let endpoints = authority.endpoints.join(",");
            let _ = writeln!(
                text,
                "{origin}{}/{{{endpoints}}}  authorization server of `{}`",
                authority.path, authority.scheme
            );
            if !authority.stated.is_empty() {
                let _ = writeln!(text, "  also at {}", authority.stated.join(", "));
            }
        }
        let _ = writeln!(
            text,
            "{origin}/__keywright/  state, recent requests and rules"
        );
        text
    }

    /// Serves until it is interrupted.
    fn run(self) -> std::io::Result<()> {
        let Self {
            runtime,
            listener,
            stand_in,
            interrupt,
        } = self;
        let served = runtime.block_on(mock::serve(stand_in, listener, interrupt.wait()));
        // Open connections do not delay the end.
        runtime.shutdown_background();
        served
    }
}

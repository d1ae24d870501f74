//! `keywright mock --check-only`: a proxy that checks requests and responses.

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use keywright::diagnostics::{Code, Diagnostic, Diagnostics};
use keywright::mock::StandIn;
use keywright::mock::proxy::{self, Proxy, Target};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use super::screen::Screen;

/// The most bytes of a body that are collected for checking.
const MOST: usize = 8 * 1024 * 1024;
/// The time that open connections have to finish.
const END: Duration = Duration::from_secs(1);

#[derive(Args, Debug)]
pub(super) struct CheckOnly {
    /// Forward requests to the service at URL, and check requests and responses against the documents; each finding is
    /// one line of JSON. The path of URL replaces the base path of the document. The exit code is 1 if there are
    /// findings
    #[arg(long, value_name = "URL", conflicts_with_all = ["seed", "token_lifetime", "confirm_after", "keep", "credential"])]
    check_only: Option<Target>,
    /// The file to write the findings to [default: standard output]
    #[arg(long, value_name = "FILE", requires = "check_only")]
    findings: Option<PathBuf>,
}

impl CheckOnly {
    /// Returns `true` if requests are forwarded.
    pub(super) fn is_wanted(&self) -> bool {
        self.check_only.is_some()
    }

    /// Creates the proxy, if one is wanted.
    pub(super) fn proxy(
        &self,
        stand_in: &Arc<StandIn>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Arc<Proxy>> {
        let target = self.check_only.clone()?;
        let mut fail =
            |message: String| diagnostics.report(Diagnostic::new(Code::CannotServe, message));
        let out: Box<dyn Write + Send> = match &self.findings {
            None => Box::new(io::stdout()),
            Some(path) => match File::create(path) {
                Ok(file) => Box::new(file),
                Err(error) => {
                    fail(format!("`{}` cannot be written: {error}", path.display()));
                    return None;
                }
            },
        };
        match Proxy::new(Arc::clone(stand_in), target, out, MOST) {
            Ok(proxy) => Some(Arc::new(proxy)),
            Err(error) => {
                fail(format!("the HTTP client cannot be set up: {error}"));
                None
            }
        }
    }
}

/// Forwards requests until the command is interrupted.
///
/// # Errors
///
/// Fails if connections cannot be accepted, or findings cannot be written.
pub(super) fn run(
    runtime: Runtime,
    listener: TcpListener,
    proxy: &Arc<Proxy>,
    stop: impl Future<Output = ()> + Send + 'static,
    screen: &mut Screen,
) -> io::Result<ExitCode> {
    let served = runtime.block_on(proxy::serve(Arc::clone(proxy), listener, stop));
    // Exchanges that are cut off now are checked, too.
    runtime.shutdown_timeout(END);
    let tally = proxy.log().tally();
    screen.advice(&tally.to_string());
    served?;
    match proxy.log().take_error() {
        Some(error) => Err(error),
        None if tally.findings > 0 => Ok(ExitCode::FAILURE),
        None => Ok(ExitCode::SUCCESS),
    }
}

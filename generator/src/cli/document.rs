//! The arguments that select a document.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use keywright::config::{self, ApiConfig};
use keywright::diagnostics::{Code, Diagnostic, Diagnostics};
use keywright::limits::Limits;

use super::limit::Limiting;

/// The arguments that select a document.
#[derive(Args, Debug)]
pub(super) struct Document {
    /// The OpenAPI document
    #[arg(value_name = "SPEC")]
    spec: PathBuf,
    /// The configuration file that lists the document, for its local copies of remote files and its names
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// An overlay to apply to the document; can be repeated
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// The folder that references must stay in [default: the closest folder above the document that contains `.git` or
    /// `keywright.toml`, or the working folder if there is none]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    #[command(flatten)]
    limiting: Limiting,
}

impl Document {
    /// Returns the settings of the document and the limits on the input.
    pub(super) fn api(&self, diagnostics: &mut Diagnostics) -> Option<(ApiConfig, Limits)> {
        let (mut api, mut limits) = self.stated(diagnostics)?;
        self.limiting.apply(&mut limits);
        api.overlays.extend_from_slice(&self.overlay);
        if self.root.is_some() {
            api.root.clone_from(&self.root);
        }
        Some((api, limits))
    }

    fn stated(&self, diagnostics: &mut Diagnostics) -> Option<(ApiConfig, Limits)> {
        let Some(path) = &self.config else {
            let api = ApiConfig::new(ApiConfig::module_of(&self.spec), &self.spec);
            return Some((api, Limits::default()));
        };
        let config = config::read(path, diagnostics)?;
        let mut apis = config.apis.into_iter();
        let Some(api) = apis.find(|api| is_same(&api.spec, &self.spec)) else {
            let message = format!(
                "`{}` has no `[[api]]` with the `spec` `{}`",
                path.display(),
                self.spec.display()
            );
            let help = "name a document that the configuration lists, or leave out `--config`";
            diagnostics.report(Diagnostic::new(Code::InvalidConfig, message).help(help));
            return None;
        };
        Some((api, config.limits))
    }
}

/// Returns `true` if two paths lead to the same file.
pub(super) fn is_same(one: &Path, other: &Path) -> bool {
    let found = |path: &Path| fs::canonicalize(path).ok();
    one == other || found(one).is_some_and(|one| found(other) == Some(one))
}

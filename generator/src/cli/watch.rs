//! `keywright watch`: regenerates the clients whenever an input file is saved.
//!
//! Folders are watched instead of files, since most editors replace a file when they save it. Only changes of files
//! that were read count, so the generated files never trigger a run, wherever they are.

mod files;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use keywright::config::Config;
use keywright::diagnostics::{Code, Diagnostic, Diagnostics};
use keywright::diff::{diff, report};
use keywright::write;
use keywright::{NamedApi, outline, snapshots};

use super::interrupt::Interrupt;
use super::screen::Screen;
use super::{Options, Outcome, Source, Task};
use files::{Change, Files};

/// The quiet time after which a save counts as complete. Editors write, rename and delete within a few milliseconds.
const QUIET: Duration = Duration::from_millis(50);

/// An event that a watch waits for.
enum Message {
    /// Files have changed.
    Changed(Change),
    /// The user wants to stop.
    Stop,
}

/// The state that is kept between runs.
#[derive(Default)]
struct Known {
    /// The documents of the last configuration that could be read.
    specs: Vec<PathBuf>,
    /// The last run that succeeded.
    last: Option<Made>,
}

/// The input of a successful run.
struct Made {
    config: Config,
    apis: Vec<NamedApi>,
}

/// Writes the clients until the command is interrupted.
pub(super) fn run(options: &Options) -> ExitCode {
    let mut screen = Screen::new(&options.look);
    let (sender, messages) = mpsc::channel();
    let started = start(sender);
    let mut files = match started {
        Ok(files) => files,
        Err(message) => {
            let mut diagnostics = Diagnostics::default();
            diagnostics.report(Diagnostic::new(Code::CannotWatch, message));
            screen.diagnostics(&diagnostics);
            return ExitCode::FAILURE;
        }
    };
    let mut known = Known::default();
    let mut is_again = false;
    loop {
        known.regenerate(&options.source, &mut screen, is_again);
        let grown = files.follow(known.inputs(&options.source));
        // A file may have been saved after it was read and before it was watched. A second run picks that up.
        if grown && !is_again {
            is_again = true;
            continue;
        }
        is_again = false;
        screen.text(&format!(
            "watching {} files; press Ctrl-C to stop\n",
            files.len()
        ));
        if !wait(&messages, &files) {
            return ExitCode::SUCCESS;
        }
    }
}

/// Starts to listen for changed files and for signals.
fn start(sender: Sender<Message>) -> Result<Files, String> {
    let of_files = sender.clone();
    let files = Files::new(move |change| {
        // If nobody listens any more, the watch has ended.
        let _ = of_files.send(Message::Changed(change));
    })?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| format!("the command cannot listen for signals: {error}"))?;
    let interrupt = runtime
        .block_on(async { Interrupt::new() })
        .map_err(|error| format!("the command cannot listen for signals: {error}"))?;
    std::thread::spawn(move || {
        runtime.block_on(interrupt.wait());
        let _ = sender.send(Message::Stop);
    });
    Ok(files)
}

/// Waits until a file that was read has changed and the save is complete. Returns `false` if the watch is to end.
fn wait(messages: &Receiver<Message>, files: &Files) -> bool {
    let mut has_changed = false;
    loop {
        let message = if has_changed {
            messages.recv_timeout(QUIET)
        } else {
            let message = messages.recv();
            message.map_err(|_| RecvTimeoutError::Disconnected)
        };
        match message {
            Ok(Message::Changed(change)) => has_changed |= files.are_in(&change),
            Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
            Err(RecvTimeoutError::Timeout) => return true,
        }
    }
}

impl Known {
    /// Returns the files to watch: those that the last run read, and those that a run reads first.
    fn inputs(&self, source: &Source) -> Vec<PathBuf> {
        let first = source.spec.as_ref().unwrap_or(&source.config);
        let apis = self.last.iter().flat_map(|it| &it.apis);
        let read = apis.flat_map(|it| &it.files);
        let all = std::iter::once(first).chain(&self.specs).chain(read);
        all.cloned().collect()
    }

    /// Writes the clients and prints the result. A second run for the same change prints nothing if nothing has changed.
    fn regenerate(&mut self, source: &Source, screen: &mut Screen, is_again: bool) {
        let started = Instant::now();
        let words = ["created", "updated", "removed"];
        let task = Task {
            act: write::write,
            writes: true,
            words,
            counted: words,
        };
        let mut diagnostics = Diagnostics::new(source.strict);
        let Some((made, outcome)) = self.make(source, &task, &mut diagnostics) else {
            if !is_again {
                screen.diagnostics(&diagnostics);
                screen.advice("nothing was written; fix the errors and save the file again");
            }
            return;
        };
        if !(is_again && outcome.is_unchanged()) {
            screen.diagnostics(&diagnostics);
            screen.files(&made.config.output.dir, &outcome.report, words);
            if let Some((dir, report)) = &outcome.beside {
                screen.files(dir, report, words);
            }
            screen.summary(&outcome.whole(), words, "unchanged", started.elapsed());
            if let Some(last) = &self.last {
                screen.text(&verdict(last, &made));
            }
        }
        self.last = Some(made);
    }

    fn make(
        &mut self,
        source: &Source,
        task: &Task,
        diagnostics: &mut Diagnostics,
    ) -> Option<(Made, Outcome)> {
        let config = source.config(diagnostics)?;
        self.specs = config.apis.iter().map(|it| it.spec.clone()).collect();
        let apis = keywright::read_all(&config, diagnostics)?;
        let mut files = keywright::print(&apis, &config);
        let beside = snapshots::add(&apis, &config, &mut files);
        let outcome = task.act_on(&files, beside.as_ref(), &config, diagnostics)?;
        Some((Made { config, apis }, outcome))
    }
}

/// Returns the effect of an edit on callers.
fn verdict(before: &Made, after: &Made) -> String {
    let old = outline::of_apis(&before.apis, &before.config);
    let new = outline::of_apis(&after.apis, &after.config);
    let about = report::About {
        old: "before".to_owned(),
        new: "now".to_owned(),
        version: Some(before.config.output.version.clone()),
        new_version: Some(after.config.output.version.clone()),
    };
    report::terminal(&diff(&old, &new), &about)
}

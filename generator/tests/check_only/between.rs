//! The command between a client and a service.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Child, ChildStderr, Command, Stdio};

use http::Method;
use serde_json::Value;

/// A proxy that runs.
pub(crate) struct Between {
    process: Child,
    errors: BufReader<ChildStderr>,
    origin: String,
    client: reqwest::Client,
}

/// How it has ended.
pub(crate) struct End {
    pub(crate) code: Option<i32>,
    pub(crate) findings: Vec<Value>,
    pub(crate) summary: String,
}

impl Between {
    pub(crate) fn start(target: &str) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_keywright"));
        let document = "tests/check_only/document.yaml";
        command.args(["mock", document, "--port", "0", "--check-only", target]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().expect("the command can be run");
        let errors = process.stderr.take().expect("it is piped");
        let mut errors = BufReader::new(errors);
        let mut greeting = String::new();
        errors
            .read_line(&mut greeting)
            .expect("it says where it is");
        let url = greeting.split_whitespace().next().unwrap_or_default();
        let origin = url
            .strip_suffix("/api")
            .expect("the document has a base path");
        let redirect = reqwest::redirect::Policy::none();
        let client = reqwest::Client::builder().redirect(redirect).no_proxy();
        Self {
            origin: origin.to_owned(),
            client: client.build().expect("there is a client"),
            process,
            errors,
        }
    }

    pub(crate) fn request(&self, method: Method, target: &str) -> reqwest::RequestBuilder {
        self.client
            .request(method, format!("{}{target}", self.origin))
    }

    /// Asks the command to end, and waits for it.
    pub(crate) fn end(mut self) -> End {
        let mut kill = Command::new("kill");
        let killed = kill.arg(self.process.id().to_string()).status();
        assert!(killed.expect("there is `kill`").success());
        let mut out = String::new();
        let pipe = self.process.stdout.as_mut().expect("it is piped");
        pipe.read_to_string(&mut out).expect("it is text");
        let mut summary = String::new();
        self.errors
            .read_to_string(&mut summary)
            .expect("it is text");
        let status = self.process.wait().expect("it ends");
        let finding = |it: &str| serde_json::from_str(it).expect("each line is JSON");
        End {
            code: status.code(),
            findings: out.lines().map(finding).collect(),
            summary: summary.trim_end().to_owned(),
        }
    }
}

impl Drop for Between {
    fn drop(&mut self) {
        // It is over unless a test has failed.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

//! Measures `keywright mock` under load: requests to the stand-ins of the four specs, on loopback, and what memory the
//! process has meanwhile.
//!
//! `cargo run --release -p keywright-benches --bin load` after `cargo build --release -p keywright`.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;

/// Measures the stand-ins of the four specs: requests a second, and memory.
#[derive(Debug, Parser)]
#[command(name = "load", max_term_width = 100)]
struct Arguments {
    /// The command
    #[arg(long, value_name = "FILE", default_value = "target/release/keywright")]
    command: PathBuf,
    /// How many requests are sent
    #[arg(long, value_name = "NUMBER", default_value_t = 1_000_000)]
    requests: usize,
    /// By how many connections
    #[arg(long, value_name = "NUMBER", default_value_t = 16)]
    connections: usize,
}

/// What is sent: method, path, headers and body.
const REQUESTS: [(&str, &str, &str, &str); 6] = [
    ("POST", "/login", "", r#"{"apikey":"K"}"#),
    (
        "POST",
        "/auth/v1/login",
        "",
        r#"{"email":"ada@example.org","password":"correct-horse"}"#,
    ),
    (
        "POST",
        "/v1/session",
        "",
        r#"{"email":"ada@example.org","password":"correct-horse"}"#,
    ),
    (
        "POST",
        "/v1/auth/start",
        "",
        r#"{"email":"ada@example.org"}"#,
    ),
    // What is refused costs, too: a credential that is none, and a body that does not conform.
    ("GET", "/v1/session", "authorization: Bearer T\r\n", ""),
    ("POST", "/v1/auth/start", "", r#"{"email":5}"#),
];

const SPECS: [&str; 4] = [
    "specs/thetvdb.yaml",
    "specs/aivo.yaml",
    "specs/pacerpro.yaml",
    "specs/tvmaze.yaml",
];

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> io::Result<()> {
    let server = Server::start(arguments)?;
    // The first requests fill what is bounded: records, tokens, flows, answers.
    let warm = (arguments.requests / 20).max(1000);
    send(&server.address, warm, arguments.connections)?;
    let before = server.memory();
    let started = Instant::now();
    send(&server.address, arguments.requests, arguments.connections)?;
    let time = started.elapsed();
    let after = server.memory();
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "{} requests in {:.1} s: {:.0} a second\nmemory after {warm} requests: {before}, after {} more: {after}",
        arguments.requests,
        time.as_secs_f64(),
        per_second(arguments.requests, time),
        arguments.requests,
    )
}

#[expect(
    clippy::cast_precision_loss,
    reason = "nobody sends so many requests that it mattered"
)]
fn per_second(requests: usize, time: Duration) -> f64 {
    requests as f64 / time.as_secs_f64()
}

/// Sends requests by several connections at once.
fn send(address: &str, requests: usize, connections: usize) -> io::Result<()> {
    let connections = connections.max(1);
    let share = requests.div_ceil(connections);
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..connections)
            .map(|number| scope.spawn(move || send_by_one(address, share, number)))
            .collect();
        let results = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        let results = results.map(|it| it.unwrap_or_else(|_| Err(io::Error::other("it panicked"))));
        results.collect()
    })
}

fn send_by_one(address: &str, requests: usize, number: usize) -> io::Result<()> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let mut answers = BufReader::new(stream.try_clone()?);
    let texts = REQUESTS.map(|(method, path, headers, body)| {
        let length = body.len();
        format!(
            "{method} {path} HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/json\r\n{headers}content-length: {length}\r\n\r\n{body}"
        )
    });
    let mut body = Vec::new();
    for index in 0..requests {
        stream.write_all(texts[(index + number) % texts.len()].as_bytes())?;
        let length = head(&mut answers)?;
        body.resize(length, 0);
        answers.read_exact(&mut body)?;
    }
    Ok(())
}

/// Reads the head of an answer, and returns how long its body is.
fn head(answers: &mut BufReader<TcpStream>) -> io::Result<usize> {
    let mut length = 0;
    let mut line = String::new();
    loop {
        line.clear();
        if answers.read_line(&mut line)? == 0 {
            return Err(io::Error::other("the server has closed a connection"));
        }
        let text = line.trim_end();
        if text.is_empty() {
            return Ok(length);
        }
        if let Some((name, value)) = text.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
}

/// The command, which serves.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(arguments: &Arguments) -> io::Result<Self> {
        let mut command = Command::new(&arguments.command);
        command.arg("mock").args(SPECS).args(["--port", "0"]);
        let mut process = command.stdout(Stdio::piped()).spawn()?;
        let out = process.stdout.take();
        let mut greeting = String::new();
        if let Some(out) = out {
            BufReader::new(out).read_line(&mut greeting)?;
        }
        let url = greeting.split_whitespace().next().unwrap_or_default();
        let rest = url.strip_prefix("http://").unwrap_or_default();
        let address = rest.split('/').next().unwrap_or_default().to_owned();
        Ok(Self { process, address })
    }

    /// What memory it has, as Linux says.
    fn memory(&self) -> String {
        let path = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:"));
        line.map_or("unknown", str::trim).to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

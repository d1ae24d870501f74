//! `keywright mock`: what keeps it from starting, and how it ends.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use insta::assert_snapshot;

use crate::{SPEC, command, keywright, project};

/// What is said of a stand-in that cannot be started.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let arguments = [&["mock", "--port", "0"], arguments].concat();
    let (code, said, complaints) = keywright(folder, &arguments);
    assert_eq!((code, said.as_str()), (1, ""), "{complaints}");
    complaints
}

#[test]
fn says_what_is_wrong_with_rules() {
    let project = project(SPEC);
    let rules = "\
[[rule]]
operation = \"pong\"
times = 0
status = 401

[[rule]]
opertion = \"ping\"

[[rule]]
module = \"small\"
operation = \"GET /ping\"
headers = { Content-Length = \"5\" }

[[rules]]
status = 1000
";
    fs::write(project.path().join("rules.toml"), rules).expect("it can be written");
    assert_snapshot!(refused(project.path(), &["small.yaml", "--rules", "rules.toml"]), @r#"
    error[KW0802]: no operation is called `pong`
     --> rules.toml:2:13
      |
    2 | operation = "pong"
      |             ^^^^^^
      |
      = help: did you mean `ping`?

    error[KW0802]: `times` has a value that it cannot have
     --> rules.toml:3:9
      |
    3 | times = 0
      |         ^
      |
      = help: give a whole number, 1 or more

    error[KW0802]: `opertion` is not a key of a rule
     --> rules.toml:7:1
      |
    7 | opertion = "ping"
      | ^^^^^^^^
      |
      = help: did you mean `operation`?

    error[KW0802]: a rule cannot set `Content-Length`, by which messages are told apart
      --> rules.toml:12:11
       |
    12 | headers = { Content-Length = "5" }
       |           ^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = help: use `cut` or `drop` for a body that is not complete

    error[KW0802]: `rules` is not a table of a file of rules
      --> rules.toml:14:3
       |
    14 | [[rules]]
       |   ^^^^^
       |
       = help: did you mean `[[rule]]`?

    5 errors
    "#);
    fs::write(project.path().join("rules.toml"), "[[rule]\n").expect("it can be written");
    assert_snapshot!(refused(project.path(), &["small.yaml", "--rules", "rules.toml"]), @r#"
    error[KW0802]: unclosed array table, expected `]`
     --> rules.toml:1:8
      |
    1 | [[rule]
      |        ^
      |
      = help: write each rule as a table of TOML: `[[rule]]`

    1 error
    "#);
    assert_snapshot!(refused(project.path(), &["small.yaml", "--rules", "none.toml"]), @r#"
    error[KW0802]: the rules `none.toml` cannot be read: there is no such file
     |
     = help: check the path that `--rules` gives

    1 error
    "#);
}

#[test]
fn says_what_is_wrong_with_documents_and_settings() {
    let project = project(SPEC);
    let write = |name: &str, text: &str| {
        fs::write(project.path().join(name), text).expect("it can be written");
    };
    write("twin.yaml", SPEC);
    write("own.yaml", &SPEC.replace("/ping", "/__keywright/ping"));
    write("broken.yaml", "openapi: [");
    let refused = |arguments: &[&str]| refused(project.path(), arguments);
    assert_snapshot!(refused(&["small.yaml", "twin.yaml"]), @r#"
    error[KW0801]: two documents have `GET /ping`: at small.yaml:7:7 and at twin.yaml:7:7; serve each under a path of its own with `--base-path`

    1 error
    "#);
    assert_snapshot!(refused(&["own.yaml"]), @r#"
    error[KW0801]: `GET /__keywright/ping` at own.yaml:7:7 is a path of the mock server itself; set another base path with `--base-path`

    1 error
    "#);
    assert_snapshot!(refused(&["small.yaml", "--credential", "key=secret"]), @r#"
    error[KW0801]: no document has a security scheme, so that `key` is none

    1 error
    "#);
    assert_snapshot!(refused(&["nowhere.yaml"]), @"
    error[KW0101]: `nowhere.yaml` cannot be read: there is no such file
     |
     = help: check the path and the permissions of the file

    1 error
    ");
    let complaints = refused(&["broken.yaml"]);
    assert!(complaints.contains("error[KW0102]"), "{complaints}");
}

#[test]
fn says_that_the_port_is_in_use() {
    let project = project(SPEC);
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    let port = listener.local_addr().expect("it has an address").port();
    let arguments = ["mock", "small.yaml", "--port", &port.to_string()];
    let (code, said, complaints) = keywright(project.path(), &arguments);
    assert_eq!((code, said.as_str()), (1, ""));
    assert!(
        complaints.contains("error[KW0801]: the server cannot listen on 127.0.0.1:")
            && complaints.contains("choose another port with `--port`"),
        "{complaints}"
    );
}

/// A stand-in that runs, and where.
#[cfg(unix)]
fn started(folder: &Path) -> (Child, String) {
    let mut command = command();
    command
        .args(["mock", "small.yaml", "--port", "0"])
        .current_dir(folder)
        .stdout(Stdio::piped());
    let mut server = command.spawn().expect("it can be started");
    let said = server.stdout.take().expect("it is piped");
    let first = BufReader::new(said).lines().next();
    let first = first.expect("it says where it is").expect("it is text");
    let (origin, _) = first.split_once(' ').expect("the address comes first");
    let address = origin.trim_start_matches("http://").to_owned();
    (server, address)
}

/// How it ends by a signal.
#[cfg(unix)]
fn ended(mut server: Child, signal: &str) -> Option<i32> {
    let pid = server.id().to_string();
    let sent = Command::new("kill").args([signal, &pid]).status();
    assert!(sent.expect("there is `kill`").success());
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(30) {
        if let Some(status) = server.try_wait().expect("it is a child") {
            return status.code();
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    server.kill().expect("it can be killed");
    None
}

#[test]
#[cfg(unix)]
fn a_signal_ends_it() {
    let project = project(SPEC);
    for signal in ["-INT", "-TERM"] {
        let (server, address) = started(project.path());
        let mut idle = TcpStream::connect(&address).expect("it listens");
        let request = "GET /ping HTTP/1.1\r\nHost: localhost\r\n\r\n";
        idle.write_all(request.as_bytes()).expect("it reads");
        let mut head = [0; 12];
        idle.read_exact(&mut head).expect("it answers");
        assert_eq!(&head, b"HTTP/1.1 204");
        assert_eq!(ended(server, signal), Some(0), "{signal}");
    }
}

#[test]
#[cfg(unix)]
fn a_signal_ends_it_while_a_request_waits() {
    let project = project(SPEC);
    let (server, address) = started(project.path());
    let mut waiting = TcpStream::connect(&address).expect("it listens");
    let request = "GET /ping HTTP/1.1\r\nHost: localhost\r\nKeywright-Misbehave: delay=1m\r\n\r\n";
    waiting.write_all(request.as_bytes()).expect("it reads");
    // It has been read when the next request is answered, which tells of it.
    let seen = || {
        let mut other = TcpStream::connect(&address).expect("it listens");
        let request =
            "GET /__keywright/requests HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        other.write_all(request.as_bytes()).expect("it reads");
        let mut text = String::new();
        other.read_to_string(&mut text).expect("it answers");
        text.contains("\"operation\":\"ping\"")
    };
    while !seen() {}
    assert_eq!(ended(server, "-INT"), Some(0));
}

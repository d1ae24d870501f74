//! The examples of the generated package, each against a stand-in for its API: they sign in, call, renew and sign out.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use keywright::mock::Settings;
use keywright_tests::mock::Mock;

/// Runs the example of an API, and returns the operations that it called, each with its status.
fn run(api: &str) -> Vec<String> {
    let settings = Settings {
        confirm_after: Some(Duration::ZERO),
        ..Settings::default()
    };
    let mock = Mock::start(&format!("../specs/{api}.yaml"), settings);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let source = root.join(format!("generated/examples/{api}.rs"));
    let source = std::fs::read_to_string(source).expect("there is an example for each API");
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(&root)
        .args([
            "run",
            "--quiet",
            "--locked",
            "--package",
            "auth-apis",
            "--example",
            api,
        ])
        .args(["--", &mock.base_url()]);
    for name in source.split("variable(\"").skip(1) {
        let name = name.split('"').next().unwrap_or_default();
        let value = if name.ends_with("EMAIL") {
            "ada@example.org"
        } else {
            "correct-horse"
        };
        command.env(name, value);
    }
    let output = command.output().expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(said.contains("Signed in"), "{said}");
    let state = mock.stand_in.state();
    let secrets = ["correct-horse", "eyJ", "kw-"];
    assert!(
        !secrets.iter().any(|it| said.contains(it)),
        "no secret is shown: {said}"
    );
    let record = |it: &keywright::mock::state::Record| {
        let operation = it.operation.as_deref().unwrap_or("?");
        format!("{operation} {}", it.status)
    };
    state.records.last().map(record).collect()
}

#[test]
fn thetvdb() {
    assert_eq!(run("thetvdb"), ["loginPost 200", "refreshTokenGet 200"]);
}

#[test]
fn aivo() {
    assert_eq!(run("aivo"), ["login 200", "refreshToken 200", "logout 204"]);
}

#[test]
fn pacerpro() {
    let expected = [
        "sessionCreate 200",
        "sessionRefresh 200",
        "sessionDelete 200",
    ];
    assert_eq!(run("pacerpro"), expected);
}

/// The client asks after ten seconds, as the document says.
#[test]
fn tvmaze() {
    let expected = [
        "authStartPost 200",
        "authPollPost 200",
        "authValidateGet 200",
    ];
    assert_eq!(run("tvmaze"), expected);
}

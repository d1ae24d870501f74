//! Stamps of small runs.

use std::fs;

use insta::assert_snapshot;

use super::*;
use crate::config::{Dates, Layout, Output, Pattern, Rename};
use crate::diagnostics::{Code, Style, render};
use crate::document::{Excerpt, JsonPointer, Node, NodeId, Place, Span, Value};
use crate::limits::Limits;
use crate::write::Content;

const SPEC: &str = "openapi: 3.1.0\ninfo: { title: Small, version: '1' }\ncolour: red\npaths: {}\n";

/// A folder with a document, an output folder, and stamps.
struct Project {
    folder: tempfile::TempDir,
    stamps: Stamps,
}

impl Project {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("small.yaml"), SPEC).expect("written");
        let stamps = Stamps::in_folder(folder.path().join("stamps"));
        Self {
            stamps: stamps.expect("the program can be read"),
            folder,
        }
    }

    fn config(&self) -> Config {
        let at = self.folder.path();
        Config::of_spec(&at.join("small.yaml"), &at.join("out"))
    }

    /// A full run, which is kept; gives what it found.
    fn run(&self, config: &Config) -> String {
        let mut diagnostics = Diagnostics::default();
        let apis = crate::read_all(config, &mut diagnostics).expect("it can be read");
        let files = crate::print(&apis, config);
        write::write(&files, &config.output.dir, &mut diagnostics).expect("written");
        self.stamps
            .record(config, &apis, &files, None, &diagnostics);
        shown(&diagnostics)
    }

    /// What was found, if nothing is to be done.
    fn recall(&self, config: &Config) -> Option<String> {
        let mut diagnostics = Diagnostics::default();
        let recalled = self.stamps.recall(config, &mut diagnostics);
        assert!(recalled.is_some() || diagnostics.is_empty());
        recalled.map(|_| shown(&diagnostics))
    }
}

fn shown(diagnostics: &Diagnostics) -> String {
    diagnostics
        .iter()
        .map(|it| render(it, Style::Plain) + "\n")
        .collect()
}

#[test]
fn recalls_what_was_found() {
    let project = Project::new();
    let config = project.config();
    assert_eq!(project.recall(&config), None);
    let found = project.run(&config);
    assert!(found.contains("warning[KW0304]"), "{found}");
    assert_eq!(project.recall(&config), Some(found));

    let recall = |mut diagnostics: Diagnostics| {
        let before = diagnostics.len();
        let recalled = project.stamps.recall(&config, &mut diagnostics);
        assert!(recalled.is_some() || diagnostics.len() == before);
        recalled
    };
    let recalled = recall(Diagnostics::default()).expect("nothing has changed");
    assert_eq!(recalled.inputs, [config.apis[0].spec.clone()]);
    // A full run would fail of it.
    assert!(recall(Diagnostics::new(true)).is_none());
    let mut faulty = Diagnostics::default();
    faulty.report(Diagnostic::new(Code::InvalidConfig, "m"));
    assert!(recall(faulty).is_none());
}

fn pattern(text: &str) -> Pattern {
    Pattern {
        text: text.to_owned(),
        place: None,
    }
}

/// A setting that is kept as it stands.
fn excerpt(text: &str) -> Excerpt {
    let (span, pointer) = (Span::default(), JsonPointer::root());
    let source = Arc::new(Source::new("keywright.toml", text));
    Excerpt {
        place: Place {
            source,
            span,
            pointer,
        },
        node: Node {
            id: NodeId(0),
            span,
            value: Value::Null,
        },
    }
}

#[test]
fn every_setting_counts() {
    let project = Project::new();
    let config = project.config();
    project.run(&config);
    let changes: &[fn(&mut Config)] = &[
        |it| it.output.dir.push("."),
        |it| it.output.package.push('x'),
        |it| it.output.version = "9.9.9".to_owned(),
        |it| it.output.license = Some("MIT".to_owned()),
        |it| it.output.dates = Dates::Chrono,
        |it| it.output.layout = Layout::Modules,
        |it| it.output.mock = true,
        |it| it.output.snapshots = Some("snapshots".into()),
        |it| it.limits.members = 7,
        |it| it.apis[0].module.push('x'),
        |it| it.apis[0].root = it.apis[0].spec.parent().map(Path::to_owned),
        |it| {
            let url = "https://example.org/".to_owned();
            it.apis[0].copies.insert(url, "copies".into());
        },
        |it| {
            it.apis[0].names.push(Rename {
                pointer: "#/paths".to_owned(),
                name: "ways".to_owned(),
                place: None,
            });
        },
        |it| it.apis[0].sessions = Some(excerpt("a")),
        |it| it.apis[0].device_flows = Some(excerpt("a")),
        |it| it.apis[0].overlays.push("o.yaml".into()),
        |it| it.apis[0].include.tags.push(pattern("a")),
        |it| it.apis[0].exclude.operations.push(pattern("a")),
        |it| it.apis.push(it.apis[0].clone()),
        |it| it.apis.clear(),
    ];
    for (number, change) in changes.iter().enumerate() {
        let mut config = config.clone();
        change(&mut config);
        assert_eq!(project.recall(&config), None, "{number}");
    }
    assert!(project.recall(&config).is_some());
    // Whoever adds a field here sees above whether it counts.
    let Config {
        output,
        apis: _,
        limits: Limits { .. },
        lint: _,
        diff_allow: _,
    } = config;
    let Output {
        dir: _,
        package: _,
        version: _,
        license: _,
        dates: _,
        layout: _,
        mock: _,
        snapshots: _,
    } = output;
}

#[test]
fn another_program_knows_nothing() {
    let mut project = Project::new();
    let config = project.config();
    project.run(&config);
    project.stamps.program = Digest::of(&[b"another"]);
    assert_eq!(project.recall(&config), None);
}

#[test]
fn a_text_is_read_whole_or_not_at_all() {
    let digest = |text: &str| Digest::of(&[text.as_bytes()]);
    let content = Content {
        size: 7,
        digest: digest("d"),
    };
    let lookup = |content| Lookup {
        path: "../a \"b\".yaml".to_owned(),
        place: digest("a"),
        content,
    };
    let stamp = Stamp {
        key: digest("c"),
        lookups: vec![vec![lookup(None), lookup(Some(digest("b")))], Vec::new()],
        output: Holding {
            contents: BTreeMap::from([("src/lib.rs".to_owned(), content)]),
            foreign: vec![".gitattributes".to_owned()],
        },
        snapshots: Some(Holding::default()),
        findings: vec![serde_json::json!({ "a": 1 })],
    };
    let text = stamp.to_text();
    assert_eq!(Stamp::from_text(&text), Some(stamp));
    for at in 0..text.len() {
        assert_eq!(Stamp::from_text(&text[..at]), None, "{at}");
        let mut damaged = text.clone().into_bytes();
        damaged[at] ^= 1;
        let damaged = String::from_utf8_lossy(&damaged).into_owned();
        assert_eq!(Stamp::from_text(&damaged), None, "{at}");
    }
}

/// A place in a file of this text.
fn place(source: &Arc<Source>, start: u32, end: u32) -> Place {
    Place {
        source: Arc::clone(source),
        span: Span { start, end },
        pointer: JsonPointer::from_text("/a~1b"),
    }
}

#[test]
fn a_finding_is_read_as_it_was() {
    let source = |name: &str| Arc::new(Source::new(name, "first: é\nsecond: 2\n"));
    let sources = [source("a.yaml"), source("b.yaml")];
    let finding = Diagnostic::at(Code::DuplicateKey, &place(&sources[1], 10, 16), "`a` is")
        .label("here")
        .related(&place(&sources[0], 0, 5), "and here")
        .note("a fact")
        .help_with_lines("do this:", "one\ntwo");
    let written = finding::to_json(&finding, &sources).expect("all places are known");
    assert_snapshot!(
        written,
        @r#"{"code":104,"is_error":false,"message":"`a` is","place":[[1,10,16,"/a~1b"]],"label":["here"],"related":[[[0,0,5,"/a~1b"],"and here"]],"notes":["a fact"],"help":["do this:\none\ntwo"]}"#
    );
    let read = finding::from_json(&written, &sources).expect("it is whole");
    for style in [Style::Plain, Style::Colored] {
        assert_eq!(render(&read, style), render(&finding, style));
    }
    let plain = Diagnostic::new(Code::UnreadableFile, "m").harmless();
    let written = finding::to_json(&plain, &[]).expect("there is no place");
    let read = finding::from_json(&written, &[]).expect("it is whole");
    assert_eq!(format!("{read:?}"), format!("{plain:?}"));

    // Places that are in no file of the specs, or in no text.
    let elsewhere = Diagnostic::at(Code::DuplicateKey, &place(&source("c.toml"), 0, 1), "m");
    assert_eq!(finding::to_json(&elsewhere, &sources), None);
    for (start, end) in [(8, 9), (0, 99), (5, 3)] {
        let finding = Diagnostic::at(Code::DuplicateKey, &place(&sources[0], start, end), "m");
        let written = finding::to_json(&finding, &sources).expect("the file is known");
        assert!(finding::from_json(&written, &sources).is_none());
        assert!(finding::from_json(&written, &[]).is_none());
    }
}

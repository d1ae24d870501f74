//! The example programs of a package, one for each API: a program signs in, makes a call, renews the token and signs
//! out, as far as its API supports it.
//!
//! A [`Plan`](plan::Plan) decides what it does, from the security and the sessions of the document. Its lines are laid
//! out as by rustfmt.

mod plan;
mod program;
mod sign_in;
mod steps;
mod variables;

use self::plan::{Plan, Way};
use self::program::Program;
use super::context::{Cx, Module};
use super::example::{WIDTH, krate};
use super::features::OAUTH;
use super::written::Written;
use crate::config::Output;
use crate::ir::SchemeKind;
use crate::markdown::{Inline, Text, code, inline, prose};
use crate::output::{Source, Unformatted};

/// An example of a package.
pub(super) struct Example {
    /// Its name: that of the module.
    pub(super) name: String,
    /// The Cargo features that it needs.
    pub(super) features: Vec<&'static str>,
    pub(super) source: Source,
}

impl Example {
    /// The command that runs it.
    pub(super) fn command(&self) -> String {
        command(&self.name, &self.features)
    }
}

fn command(name: &str, features: &[&str]) -> String {
    // The others are on where nobody says otherwise.
    let is_optional = |it: &&str| !["reqwest", "digest"].contains(it);
    let optional: Vec<&str> = features.iter().copied().filter(is_optional).collect();
    if optional.is_empty() {
        return format!("cargo run --example {name}");
    }
    format!(
        "cargo run --features {} --example {name}",
        optional.join(",")
    )
}

/// The example of an API. Nothing where it could do nothing.
pub(super) fn emit(module: &Module<'_>, output: &Output) -> Option<Example> {
    let cx = Cx::new(module, output);
    let plan = plan::plan(&cx)?;
    let program = steps::write(&cx, &plan)?;
    let features = features(&cx, &plan);
    let uses = emit_uses(&program);
    let helper = (!program.variables.is_empty()).then(emit_variable);
    let items = [uses, emit_main(&program)].into_iter().chain(helper);
    let source = Source {
        docs: emit_docs(&program, &features).to_string(),
        items: items.collect(),
    };
    Some(Example {
        name: module.name.to_owned(),
        features,
        source,
    })
}

/// The Cargo features besides the module's: a transport, and what the plan needs.
fn features(cx: &Cx<'_>, plan: &Plan<'_>) -> Vec<&'static str> {
    let mut features = vec!["reqwest"];
    if matches!(plan.way, Some(Way::OAuth(..))) {
        features.push(OAUTH);
    }
    let mut schemes = plan.credentials.iter();
    if schemes.any(|it| cx.api[*it].kind == SchemeKind::Digest) {
        features.push("digest");
    }
    let call = plan.call.map(|it| &cx.api[it]);
    let has_xml = call.is_some_and(|it| {
        let sent = it.body.iter().flat_map(|it| &it.payloads);
        let received = it.responses.iter().flat_map(|it| &it.payloads);
        let mut payloads = sent.chain(received);
        payloads.any(|it| it.is_xml() && it.json().is_none())
    });
    if has_xml {
        features.push("xml");
    }
    features
}

/// What the program does, how it is run, and what it reads.
fn emit_docs(program: &Program<'_>, features: &[&'static str]) -> Text {
    let (cx, plan) = (program.cx, program.plan);
    let title = inline(&cx.api.info.title);
    let call = plan.call.map(|it| prose!("calls {}", code(&cx.api[it].id)));
    let renews = match plan.way {
        Some(Way::Session(_, it)) => it.renew.is_some(),
        Some(Way::OAuth(..)) => true,
        Some(Way::Device(..)) | None => false,
    };
    let renews = renews.then(|| Inline::from("renews the token"));
    let signs_out = plan.way.map(|_| Inline::from("signs out"));
    let mut deeds: Vec<Inline> = call.into_iter().chain(renews).chain(signs_out).collect();
    let last = deeds.pop();
    let deeds = match last {
        Some(last) if deeds.is_empty() => last,
        Some(last) => prose!("{}, and {}", Inline::join(deeds, ", "), last),
        None => Inline::default(),
    };
    let mut text = Text::default();
    text.paragraph(if plan.way.is_some() {
        prose!("Signs in to {}, {}.", title, deeds)
    } else {
        prose!("A client of {}: {}.", title, deeds)
    });
    let command = command(cx.module, features);
    text.paragraph(prose!(
        "Run it with {}, or with\n{} to call another server.",
        code(&command),
        code(&format!("{command} -- <BASE_URL>"))
    ));
    let variables = program.variables.docs();
    if !variables.is_empty() {
        text.paragraph("It reads these environment variables:");
        text.append(variables);
    }
    text
}

fn emit_uses(program: &Program<'_>) -> Unformatted {
    let cx = program.cx;
    let (krate, module) = (krate(cx), cx.module);
    let code = program.lines.concat();
    let mut names = program.argument_structs.clone();
    names.push("Client".to_owned());
    names.sort();
    names.dedup();
    if code.contains("models::") {
        names.push("models".to_owned());
    }
    let mut uses = vec![(format!("{krate}::{module}::"), names)];
    if matches!(program.plan.way, Some(Way::OAuth(..))) {
        uses.push((format!("{krate}::runtime::oauth::"), vec!["App".to_owned()]));
    }
    uses.sort();
    let mut out = Written::default();
    out.line(0, "use std::error::Error;");
    out.blank();
    for (path, names) in uses {
        match names.as_slice() {
            [only] => out.line(0, format!("use {path}{only};")),
            names => emit_use(&mut out, &path, names),
        }
    }
    out.finish()
}

/// A `use` line of several names, or as many lines as they take.
fn emit_use(out: &mut Written, path: &str, names: &[String]) {
    let names = names.join(", ");
    let line = format!("use {path}{{{names}}};");
    if line.chars().count() < WIDTH {
        out.line(0, line);
    } else {
        out.line(0, format!("use {path}{{"));
        out.line(1, format!("{names},"));
        out.line(0, "};");
    }
}

fn emit_main(program: &Program<'_>) -> Unformatted {
    let call = program.plan.call.map(|it| &program.cx.api[it]);
    let is_deprecated = call.is_some_and(|it| it.deprecated) || program.seen.deprecated.get();
    let mut out = Written::default();
    if is_deprecated {
        let reason = "the API has no newer operation";
        out.line(0, format!("#[allow(deprecated, reason = \"{reason}\")]"));
    }
    out.line(0, "#[tokio::main(flavor = \"current_thread\")]");
    out.line(0, "async fn main() -> Result<(), Box<dyn Error>> {");
    program.lines.iter().for_each(|it| out.line(0, it));
    out.line(1, "Ok(())");
    out.line(0, "}");
    out.finish()
}

/// The function that reads an environment variable.
fn emit_variable() -> Unformatted {
    let mut out = Written::default();
    out.docs(
        0,
        Text::from(Inline::from(
            "Returns the value of an environment variable.",
        )),
    );
    out.line(0, "fn variable(name: &str) -> Result<String, String> {");
    out.line(
        1,
        "std::env::var(name).map_err(|error| format!(\"{name}: {error}\"))",
    );
    out.line(0, "}");
    out.finish()
}

//! Reads files to trees: the entry document, and every file that a `$ref` leads to.
//!
//! Nothing is fetched from the network, nothing beyond [`Limits`] is read, and every node has its place. JSON and YAML
//! become the same tree.

mod bounds;
mod fault;
mod files;
mod json;
mod overlay;
mod recheck;
mod yaml;

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::string::FromUtf8Error;
use std::sync::Arc;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::document::{
    Copies, File, FileId, Fragment, JsonPointer, Kind, Lookup, Outcome, Place, Resources, Source,
    Span, Spec, Start, Visited, follow,
};
pub use crate::limits::Limits;
use crate::limits::raise;
use crate::plain_file::reason;
use crate::revision::Revision;
use bounds::Bounds;
use fault::{NodeIds, Parsed};
use files::{AtRevision, Disk, Files, Memory, Outside};
pub(crate) use recheck::recheck;

/// Reads the entry document and every file that it refers to, by path or by the URL of a local copy, within the default
/// root.
///
/// Returns `None` if the entry document itself cannot be read. A fault in another file is reported and affects only the
/// references to it.
pub fn load(
    entry: &Path,
    copies: &Copies,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Option<Spec> {
    load_within(None, entry, copies, &[], limits, diagnostics)
}

/// Reads a spec like [`load`], with overlays that change the entry document, and within another root: the folder that
/// references must stay in, except those to local copies. The default is the closest folder above the entry document
/// that contains `.git` or `keywright.toml`; if there is none, the working folder if it contains the document, or else
/// the document's own folder.
pub fn load_within(
    root: Option<&Path>,
    entry: &Path,
    copies: &Copies,
    overlays: &[String],
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Option<Spec> {
    let name = name_of(entry);
    let Some(file_name) = entry
        .file_name()
        .map(|it| it.to_string_lossy().into_owned())
    else {
        diagnostics.report(unreadable(&name, "it is not the name of a file"));
        return None;
    };
    let bounds = match Bounds::new(entry, root, copies, overlays) {
        Ok(bounds) => bounds,
        Err(error) => {
            let root = root.unwrap_or(Path::new("")).to_string_lossy();
            let message = format!("the root `{root}` cannot be read: {}", reason(&error));
            let help = "name a folder that is there";
            diagnostics.report(Diagnostic::new(Code::UnreadableFile, message).help(help));
            return None;
        }
    };
    let disk = Disk(bounds);
    let mut loader = Loader::new(&disk, copies, limits, diagnostics);
    loader.overlays = overlays;
    loader.run(&name, &file_name)
}

/// Reads a spec like [`load`], with all files at a revision of a git repository. The root is the folder of the
/// repository.
pub fn load_at(
    revision: &Revision,
    entry: &Path,
    copies: &Copies,
    overlays: &[String],
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Option<Spec> {
    let Some(path) = revision.within(entry) else {
        let reason = "it is outside of the repository";
        diagnostics.report(unreadable(&name_of(entry), reason));
        return None;
    };
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", &path));
    let files = AtRevision { revision, folder };
    let mut loader = Loader::new(&files, copies, limits, diagnostics);
    loader.overlays = overlays;
    loader.run(&revision.shown(&path), file)
}

/// Returns the name of an entry document in messages. Other files are named by their path relative to its folder.
pub(crate) fn name_of(entry: &Path) -> String {
    entry.to_string_lossy().replace('\\', "/")
}

/// Reads an entry document in memory. Files that it refers to do not exist.
pub fn from_text(
    name: &str,
    text: &str,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Option<Spec> {
    from_texts(&[(name, text)], limits, diagnostics)
}

/// Reads a spec whose files are in memory: the path and the text of each, the entry document first. Paths are relative
/// to the folder of the entry document.
pub fn from_texts(
    files: &[(&str, &str)],
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Option<Spec> {
    let (name, _) = files.first()?;
    Loader::new(&Memory(files), &Copies::default(), limits, diagnostics).run(name, name)
}

/// Reads an entry document and overlays in memory.
#[cfg(test)]
fn from_texts_with(
    overlays: &[&str],
    files: &[(&str, &str)],
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> Option<Spec> {
    let (name, _) = files.first()?;
    let overlays: Vec<String> = overlays.iter().map(|it| (*it).to_owned()).collect();
    let memory = Memory(files);
    let mut loader = Loader::new(&memory, &Copies::default(), limits, diagnostics);
    loader.overlays = &overlays;
    loader.run(name, name)
}

/// The state of loading.
struct Loader<'l> {
    files: &'l dyn Files,
    /// The paths of the overlays.
    overlays: &'l [String],
    limits: Limits,
    diagnostics: &'l mut Diagnostics,
    ids: NodeIds,
    spec: Spec,
    identities: HashMap<PathBuf, FileId>,
    /// The paths that could not be loaded, which has been reported.
    failed: HashSet<String>,
    /// The number of bytes read.
    size: usize,
    /// Set if a limit has been reached, so that no further file is loaded.
    is_full: bool,
}

/// A file to load, with the first reference to it.
struct Wanted {
    path: String,
    place: Place,
    fragment: Fragment,
    kind: Kind,
}

impl<'l> Loader<'l> {
    fn new(
        files: &'l dyn Files,
        copies: &Copies,
        limits: &Limits,
        diagnostics: &'l mut Diagnostics,
    ) -> Self {
        Self {
            files,
            overlays: &[],
            limits: limits.bounded(),
            diagnostics,
            ids: NodeIds::default(),
            spec: Spec {
                files: Vec::new(),
                paths: HashMap::new(),
                overlays: Vec::new(),
                resources: Resources::default(),
                copies: copies.clone(),
                limits: *limits,
                lookups: Vec::new(),
            },
            identities: HashMap::new(),
            failed: HashSet::new(),
            size: 0,
            is_full: false,
        }
    }

    fn run(mut self, name: &str, path: &str) -> Option<Spec> {
        let file = self.file(name, path, None)?;
        let mut starts = vec![Start {
            file,
            pointer: JsonPointer::root(),
            kind: Kind::Document,
        }];
        let mut visited = Visited::default();
        while !starts.is_empty() {
            let wanted = self.wanted(starts, &mut visited);
            starts = wanted
                .into_iter()
                .filter_map(|it| self.other_file(it))
                .collect();
        }
        Some(self.spec)
    }

    /// Returns the files that are referred to from the `starts` on and not loaded yet.
    fn wanted(&self, starts: Vec<Start>, visited: &mut Visited) -> Vec<Wanted> {
        let mut wanted = Vec::new();
        let mut known = HashSet::new();
        follow(&self.spec, starts, visited, &mut |file, found, outcome| {
            if let Outcome::UnknownFile { path, fragment } = outcome
                && known.insert((path.clone(), fragment.clone(), found.kind))
            {
                let place = self.spec.file(file).place(found.text.span, found.pointer);
                wanted.push(Wanted {
                    path: path.clone(),
                    place,
                    fragment: fragment.clone(),
                    kind: found.kind,
                });
            }
        });
        wanted
    }

    /// Loads the file of a reference, unless it is loaded already.
    fn other_file(&mut self, wanted: Wanted) -> Option<Start> {
        if self.failed.contains(&wanted.path) {
            return None;
        }
        let file = match self.spec.paths.get(&wanted.path) {
            Some(file) => Some(*file),
            None => self.file(&wanted.path, &wanted.path, Some(&wanted.place)),
        };
        let Some(file) = file else {
            self.failed.insert(wanted.path);
            return None;
        };
        let kind = if wanted.kind == Kind::SchemaName {
            Kind::Schema
        } else {
            wanted.kind
        };
        let pointer = match wanted.fragment {
            Fragment::Pointer(pointer) => pointer,
            Fragment::Anchor(name) => self.spec.resources.anchor_of_file(file, &name)?.clone(),
        };
        Some(Start {
            file,
            pointer,
            kind,
        })
    }

    /// Loads a file. Faults of the whole file are reported at the reference to it.
    fn file(&mut self, name: &str, path: &str, named: Option<&Place>) -> Option<FileId> {
        let located = self.locate(name, path, named)?;
        if let Some(known) = self.identities.get(&located) {
            self.spec.paths.insert(path.to_owned(), *known);
            return Some(*known);
        }
        let mut file = self.parsed(name, path, &located, named)?;
        if self.spec.files.is_empty() && !self.overlays.is_empty() {
            self.apply_overlays(&mut file);
        }
        let id =
            FileId(u32::try_from(self.spec.files.len()).expect("the number of files is limited"));
        self.spec.resources.add(id, &file);
        self.spec.files.push(file);
        self.spec.paths.insert(path.to_owned(), id);
        self.identities.insert(located, id);
        Some(id)
    }

    /// Applies the overlays to the entry document.
    fn apply_overlays(&mut self, document: &mut File) {
        let paths = self.overlays.iter();
        let overlays: Vec<File> = paths
            .filter_map(|path| {
                let located = self.locate(path, path, None)?;
                self.parsed(path, path, &located, None)
            })
            .collect();
        let sources = overlays.iter().map(|it| Arc::clone(&it.source));
        document.source = Arc::new(document.source.with_overlays(sources));
        let shifts = document.source.overlays.iter().map(|(shift, _)| *shift);
        let overlays: Vec<(u32, File)> = shifts.zip(overlays).collect();
        let mut under = overlay::Under {
            copies: &self.spec.copies,
            limits: &self.limits,
            ids: &mut self.ids,
            diagnostics: self.diagnostics,
        };
        overlay::apply(document, &overlays, &mut under);
        let overlays = overlays.into_iter().map(|(_, overlay)| overlay);
        self.spec.overlays = overlays.collect();
    }

    /// Resolves a path. A path that leads out of the root is reported.
    fn locate(&mut self, name: &str, path: &str, named: Option<&Place>) -> Option<PathBuf> {
        let located = self.files.locate(path);
        self.spec.lookups.push(Lookup {
            path: path.to_owned(),
            place: Lookup::place_of(located.as_deref().ok()),
            content: None,
        });
        match located {
            Ok(located) => Some(located),
            Err(outside) => {
                let place = named.cloned();
                self.diagnostics.report(Diagnostic {
                    label: place.is_some().then(|| REFERENCED.to_owned()),
                    place,
                    ..leads_out(name, &outside)
                });
                None
            }
        }
    }

    /// Reads and parses a file, for the path that was looked up last.
    fn parsed(
        &mut self,
        name: &str,
        path: &str,
        located: &Path,
        named: Option<&Place>,
    ) -> Option<File> {
        if self.is_full {
            return None;
        }
        let text = match self.text(name, located) {
            Ok(text) => text,
            Err(diagnostic) => {
                // Once is enough: the next file would be too much as well.
                self.is_full = diagnostic.code == Code::LimitExceeded;
                self.diagnostics.report(match named {
                    Some(named) if diagnostic.place.is_none() => Diagnostic {
                        place: Some(named.clone()),
                        label: Some(REFERENCED.to_owned()),
                        ..*diagnostic
                    },
                    Some(named) => diagnostic.related(named, REFERENCED),
                    None => *diagnostic,
                });
                return None;
            }
        };
        let source = Arc::new(Source::new(name, text));
        let Parsed { root, faults } = parse(&source, &self.limits, &mut self.ids);
        let Some(root) = root else {
            for fault in faults {
                let finding = fault.in_source(&source);
                self.diagnostics.report(match named {
                    Some(named) => finding.related(named, REFERENCED),
                    None => finding,
                });
            }
            return None;
        };
        let file = File {
            source,
            path: path.to_owned(),
            root,
        };
        for fault in faults {
            self.diagnostics.report(fault.in_file(&file));
        }
        Some(file)
    }

    /// Returns the text of a file, for the path that was looked up last.
    fn text(&mut self, name: &str, located: &Path) -> Result<String, Box<Diagnostic>> {
        if self.spec.files.len() >= self.limits.files {
            let message = format!("the spec has more than {} files", self.limits.files);
            return Err(Box::new(
                Diagnostic::new(Code::LimitExceeded, message).help(raise("files")),
            ));
        }
        let left = self.limits.document_size - self.size;
        let bytes = self.files.read(located, left);
        if let Some(lookup) = self.spec.lookups.last_mut() {
            let content = bytes.as_deref().map_err(String::as_str);
            lookup.content = Some(Lookup::content_of(content));
        }
        let bytes = bytes.map_err(|reason| unreadable(name, &reason))?;
        if bytes.len() > left {
            let message = format!(
                "the spec is larger than {} bytes, all files together",
                self.limits.document_size
            );
            return Err(Box::new(
                Diagnostic::new(Code::LimitExceeded, message)
                    .note(format!("the limit was reached in `{name}`"))
                    .help(raise("document_size")),
            ));
        }
        self.size += bytes.len();
        match text_of(bytes) {
            Ok(text) => Ok(text),
            Err(error) => Err(Box::new(not_utf8(
                name,
                error.utf8_error().valid_up_to(),
                error.as_bytes(),
            ))),
        }
    }
}

/// The label of the reference to a file.
const REFERENCED: &str = "referenced here";

/// Returns the bytes of a file as text, without a byte order mark.
fn text_of(bytes: Vec<u8>) -> Result<String, FromUtf8Error> {
    let text = String::from_utf8(bytes)?;
    Ok(text
        .strip_prefix('\u{feff}')
        .map(str::to_owned)
        .unwrap_or(text))
}

fn unreadable(name: &str, reason: &str) -> Diagnostic {
    Diagnostic::new(
        Code::UnreadableFile,
        format!("`{name}` cannot be read: {reason}"),
    )
}

/// Returns the error of a reference that leads out of the root. It does not reveal whether the file exists.
fn leads_out(name: &str, outside: &Outside) -> Diagnostic {
    let message = format!("`{name}` points outside the root folder");
    Diagnostic::new(Code::OutsideRoot, message)
        .note(format!("the root folder is {}", outside.root))
        .help(
            "move the file into the root folder, or choose another one: `--root DIR`, or `root = \"DIR\"` under \
             `[[api]]` in the configuration",
        )
}

/// Returns the error of a file whose bytes are not text from byte `at` on.
fn not_utf8(name: &str, at: usize, bytes: &[u8]) -> Diagnostic {
    // What comes before is text, so places up to there are right in the repaired text too.
    let source = Arc::new(Source::new(name, String::from_utf8_lossy(bytes)));
    let at = u32::try_from(at).expect("a file is smaller than 2 GiB");
    let place = Place {
        source,
        span: Span { start: at, end: at },
        pointer: JsonPointer::root(),
    };
    let message = format!("`{name}` is not valid UTF-8");
    Diagnostic::at(Code::UnreadableFile, &place, message)
        .label("this byte is not part of any character")
        .help("save the file as UTF-8")
}

/// Parses a text: as JSON if it starts like a JSON document and is one, or else as YAML.
fn parse(source: &Source, limits: &Limits, ids: &mut NodeIds) -> Parsed {
    let text = &source.text;
    let mut parsed = if text.trim_start().starts_with('{') {
        json_or_flow(source, limits, ids)
    } else {
        yaml::parse(text, limits, ids)
    };
    if parsed.root.is_none() && parsed.faults.is_empty() {
        let message = "the file is empty";
        parsed.faults.push(fault::Fault::new(
            Code::InvalidSyntax,
            Span::default(),
            message,
        ));
    }
    parsed
}

/// Parses a text that starts with a brace, which may also be a YAML mapping, with looser rules.
fn json_or_flow(source: &Source, limits: &Limits, ids: &mut NodeIds) -> Parsed {
    let has_extension = |wanted: &str| {
        Path::new(&source.name)
            .extension()
            .is_some_and(|it| it.eq_ignore_ascii_case(wanted))
    };
    let before = *ids;
    let json = json::parse(&source.text, limits, ids);
    let too_large = json
        .faults
        .iter()
        .any(|fault| fault.code == Code::LimitExceeded);
    if json.root.is_some() || too_large || has_extension("json") {
        return json;
    }
    *ids = before;
    let yaml = yaml::parse(&source.text, limits, ids);
    let is_yaml = yaml.root.is_some() || has_extension("yaml") || has_extension("yml");
    if is_yaml { yaml } else { json }
}

#[cfg(test)]
mod tests;

//! The runtime, which is copied without the files that no API of the crate needs.

use std::collections::{BTreeMap, BTreeSet};

mod foreign;
mod parts;

pub(super) use self::parts::Dependency;
use self::parts::{PARTS, Part};
use super::context::Module;
use super::features::OAUTH;
use super::xml::reach;
use crate::config::{Dates, Output};
use crate::ir::{self, Additional, Api, BodyEncoding, ItemKind, SchemeKind, Type};

/// Why a part of the runtime is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Need {
    /// Every client needs it.
    Always,
    Base64,
    /// Some module is laid out by tag.
    ByTag,
    DatesOfChrono,
    DatesOfJiff,
    DatesOfText,
    Digest,
    Events,
    Foreign,
    Form,
    Lines,
    Mock,
    MockOfEvents,
    MockOfForm,
    MockOfLines,
    MockOfMultipart,
    MockOfSession,
    MockOfXml,
    Multipart,
    Null,
    OAuth,
    Session,
    Tuple,
    Uuid,
    Xml,
}

/// The Cargo features that every runtime has.
const FEATURES: [&str; 11] = [
    "reqwest",
    "native-tls",
    "gzip",
    "brotli",
    "zstd",
    "full",
    "serde",
    "blocking",
    "tracing",
    "tower",
    "reqwest-middleware",
];

/// The Cargo features that a runtime has where it needs them.
const FEATURES_BY_NEED: [(Need, &str); 5] = [
    (Need::Digest, "digest"),
    (Need::Session, "keyring"),
    (Need::Mock, "mock"),
    (Need::OAuth, "oauth2"),
    (Need::Xml, "xml"),
];

/// The Cargo features that any code which is generated may ask for, but for those of modules by tag.
pub(crate) fn features() -> impl Iterator<Item = &'static str> {
    let by_need = FEATURES_BY_NEED.into_iter().map(|(_, name)| name);
    ["rustls"].into_iter().chain(FEATURES).chain(by_need)
}

/// What the APIs of a crate need of the runtime.
#[derive(Debug)]
pub(super) struct Needs {
    found: BTreeSet<Need>,
    /// How dates are read, where there are any.
    dates: Dates,
    /// Whether some body is XML and nothing else.
    xml_only: bool,
    /// Whether some session has its tokens from elsewhere than an authorization server.
    own_sessions: bool,
    /// The types of other crates that take the place of schemas, by path.
    foreign: BTreeSet<String>,
    /// The dependencies that have them.
    stated: Vec<ir::Dependency>,
}

impl Needs {
    /// What these APIs need.
    pub(super) fn of(modules: &[Module<'_>], output: &Output) -> Self {
        let mut needs = Self {
            found: BTreeSet::from([Need::Always]),
            dates: output.dates,
            xml_only: false,
            own_sessions: false,
            foreign: BTreeSet::new(),
            stated: Vec::new(),
        };
        for module in modules {
            for foreign in module
                .api
                .items
                .iter()
                .filter_map(|it| it.foreign.as_deref())
            {
                needs.need(Need::Foreign);
                needs.foreign.insert(foreign.path.clone());
                needs.stated.extend(foreign.dependencies.iter().cloned());
            }
            for ty in types_of(module.api) {
                needs.add(ty);
            }
            if reach::xml_payloads(module.api).next().is_some() {
                needs.found.insert(Need::Xml);
            }
            let sessions = &module.shape.sessions;
            if !sessions.is_empty() {
                needs.found.insert(Need::Session);
            }
            needs.own_sessions |= sessions.iter().any(|it| it.flows.is_none());
            if !module.api.oauth.is_empty() {
                needs.found.insert(Need::OAuth);
            }
            if module.shape.parts.is_some() {
                needs.found.insert(Need::ByTag);
            }
            let mut schemes = module.api.schemes.iter();
            if schemes.any(|it| it.kind == SchemeKind::Digest) {
                needs.need(Need::Digest);
            }
            needs.xml_only |= reach::has_only_xml(module.api);
            let payloads = reach::payloads(module.api);
            let found = payloads.filter_map(|payload| need_of(&payload.form().encoding));
            needs.found.extend(found);
        }
        if modules.iter().any(|it| it.shape.mock.is_some()) {
            needs.add_mock();
        }
        // A type needs no second implementation.
        let has_own = |path: &String| foreign::is_of_runtime(path, &needs.found);
        needs.foreign = needs
            .foreign
            .iter()
            .filter(|it| !has_own(it))
            .cloned()
            .collect();
        needs.stated.sort_by(|one, other| one.name.cmp(&other.name));
        needs.stated.dedup_by(|one, other| one.name == other.name);
        needs
    }

    /// The dependencies that the configuration states, in the order of their names.
    pub(super) fn stated(&self) -> &[ir::Dependency] {
        &self.stated
    }

    /// Adds a mock service, with what it has for each kind of body and for sessions.
    fn add_mock(&mut self) {
        self.need(Need::Mock);
        let parts = [
            (Need::Events, Need::MockOfEvents),
            (Need::Form, Need::MockOfForm),
            (Need::Lines, Need::MockOfLines),
            (Need::Multipart, Need::MockOfMultipart),
            (Need::Xml, Need::MockOfXml),
        ];
        let found = parts
            .into_iter()
            .filter(|(need, _)| self.found.contains(need));
        let found: Vec<Need> = found.map(|(_, of_mock)| of_mock).collect();
        self.found.extend(found);
        if self.own_sessions {
            self.need(Need::MockOfSession);
        }
    }

    fn add(&mut self, ty: &Type) {
        match ty {
            Type::Base64 => self.need(Need::Base64),
            Type::DateTime | Type::Date => self.need(match self.dates {
                Dates::Text => Need::DatesOfText,
                Dates::Chrono => Need::DatesOfChrono,
                Dates::Jiff => Need::DatesOfJiff,
            }),
            Type::Uuid => self.need(Need::Uuid),
            Type::Array(inner) | Type::Map(inner) | Type::Nullable(inner) | Type::Part(inner) => {
                self.add(inner);
            }
            Type::Null => self.need(Need::Null),
            Type::Tuple(items) => {
                self.need(Need::Tuple);
                for item in items {
                    self.add(item);
                }
            }
            Type::String
            | Type::Secret
            | Type::Boolean
            | Type::Integer(_)
            | Type::Number
            | Type::Bytes
            | Type::Any
            | Type::Item(_)
            | Type::File
            | Type::Multipart
            | Type::Error => {}
        }
    }

    fn need(&mut self, need: Need) {
        self.found.insert(need);
    }

    /// Whether there is a feature for XML, and whether it is on where nobody says otherwise: some operation can do
    /// without it nothing.
    pub(super) fn xml_feature(&self) -> Option<bool> {
        self.found.contains(&Need::Xml).then_some(self.xml_only)
    }

    /// The Cargo features that the runtime has.
    pub(super) fn features(&self) -> Vec<&'static str> {
        let mut features = FEATURES.to_vec();
        let by_need = FEATURES_BY_NEED.iter();
        let by_need = by_need.filter(|(need, _)| self.found.contains(need));
        features.extend(by_need.map(|(_, name)| *name));
        features
    }

    /// Whether some API has a scheme of digest authentication.
    pub(super) fn has_digest(&self) -> bool {
        self.found.contains(&Need::Digest)
    }

    /// Whether there are mock services.
    pub(super) fn has_mock(&self) -> bool {
        self.found.contains(&Need::Mock)
    }

    /// Whether some API has a session.
    pub(super) fn has_sessions(&self) -> bool {
        self.found.contains(&Need::Session)
    }

    /// Whether some API has a session without OAuth 2. The others are behind the feature for that.
    pub(super) fn has_own_sessions(&self) -> bool {
        self.own_sessions
    }

    /// Whether some API has an authorization server.
    pub(super) fn has_oauth(&self) -> bool {
        self.found.contains(&Need::OAuth)
    }

    /// The dependencies of the crate, in the order of their names.
    pub(super) fn dependencies(&self) -> Vec<Dependency> {
        let mut found: Vec<Dependency> = self
            .parts()
            .flat_map(|it| it.dependencies)
            .copied()
            .collect();
        found.sort_by_key(|it| it.name);
        found
    }

    fn parts(&self) -> impl Iterator<Item = &'static Part> {
        PARTS.iter().filter(|part| self.found.contains(&part.need))
    }
}

/// What a body needs because of how it is written.
fn need_of(encoding: &BodyEncoding) -> Option<Need> {
    match encoding {
        BodyEncoding::Form(_) => Some(Need::Form),
        BodyEncoding::Multipart => Some(Need::Multipart),
        BodyEncoding::Events => Some(Need::Events),
        BodyEncoding::Lines => Some(Need::Lines),
        BodyEncoding::Json | BodyEncoding::Xml | BodyEncoding::Text | BodyEncoding::Bytes => None,
    }
}

/// The runtime's files, by path relative to its folder.
pub(super) fn emit(needs: &Needs) -> BTreeMap<&'static str, String> {
    let kept: BTreeMap<_, _> = needs.parts().flat_map(|it| it.files).copied().collect();
    let dropped: Vec<&str> = paths().filter(|path| !kept.contains_key(path)).collect();
    let mut files: BTreeMap<_, _> = kept
        .into_iter()
        .map(|(path, text)| (path, without_modules(path, text, &dropped)))
        .collect();
    if let Some(text) = files.get_mut("foreign.rs") {
        text.push_str(&foreign::emit(&needs.foreign));
    }
    if needs.has_sessions()
        && !needs.has_own_sessions()
        && let Some(root) = files.get_mut("mod.rs")
    {
        *root = root.replace(
            SESSION,
            &format!("#[cfg(feature = \"{OAUTH}\")]\n{SESSION}"),
        );
    }
    files
}

/// The line of the root that declares sessions.
const SESSION: &str = "pub mod session;\n";

/// The paths of all files of the runtime, some more than once.
fn paths() -> impl Iterator<Item = &'static str> {
    PARTS.iter().flat_map(|it| it.files).map(|(path, _)| *path)
}

/// A file without the lines that declare files which are dropped, or export from them: `mod base64;` in the folder's
/// `mod.rs`, `pub use self::values::base64::Base64;` in that of the root.
fn without_modules(path: &str, text: &str, dropped: &[&str]) -> String {
    let Some(folder) = path.strip_suffix("mod.rs") else {
        return text.to_owned();
    };
    let modules = dropped.iter().filter_map(|it| {
        let path = it.strip_prefix(folder)?;
        path.strip_suffix("/mod.rs").or(path.strip_suffix(".rs"))
    });
    let modules: Vec<String> = modules.map(|it| it.replace('/', "::")).collect();
    let is_dropped = |name: &str| modules.iter().any(|it| it == name);
    let names_dropped = |line: &str| {
        let declared = line.strip_suffix(';').and_then(|it| it.rsplit_once("mod "));
        let exported = line.strip_prefix("pub use self::");
        declared.is_some_and(|(_, name)| is_dropped(name))
            || exported.is_some_and(|path| {
                let mut ends = path.match_indices("::").map(|(end, _)| end);
                ends.any(|end| is_dropped(&path[..end]))
            })
    };
    let lines: Vec<&str> = text.lines().filter(|it| !names_dropped(it)).collect();
    format!("{}\n", lines.join("\n").trim_end())
}

/// Every type that an API mentions, items by what they consist of.
fn types_of(api: &Api) -> Vec<&Type> {
    let mut found = Vec::new();
    for item in &api.items {
        match &item.kind {
            ItemKind::Struct(it) => {
                found.extend(it.fields.iter().map(|field| &field.ty));
                if let Additional::Kept(ty) = &it.additional {
                    found.push(ty);
                }
            }
            ItemKind::Union(it) => found.extend(it.branches.iter().map(|branch| &branch.ty)),
            ItemKind::Enumeration(_) => {}
            ItemKind::Alias(ty) => found.push(ty),
        }
    }
    found.extend(api.arguments().map(|it| &it.ty));
    found.extend(reach::payloads(api).map(|it| &it.ty));
    for response in api.responses() {
        found.extend(response.headers.iter().map(|it| &it.ty));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_every_file_of_the_runtime() {
        fn walk(folder: &std::path::Path, prefix: &str, found: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).expect("the runtime is there") {
                let entry = entry.expect("the runtime can be read");
                let name = entry.file_name().into_string().expect("names are ASCII");
                if entry.path().is_dir() {
                    walk(&entry.path(), &format!("{prefix}{name}/"), found);
                } else if entry.path().extension().is_some_and(|it| it == "rs") {
                    found.push(format!("{prefix}{name}"));
                }
            }
        }
        let mut found = Vec::new();
        walk(
            std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/runtime")),
            "",
            &mut found,
        );
        found.sort();
        let listed: BTreeSet<&str> = paths().collect();
        assert_eq!(listed.into_iter().collect::<Vec<_>>(), found);
    }

    #[test]
    fn names_no_file_that_is_not_copied() {
        let needs = |found: &[Need]| Needs {
            found: found.iter().copied().chain([Need::Always]).collect(),
            dates: Dates::Text,
            xml_only: false,
            own_sessions: found.contains(&Need::Session),
            foreign: BTreeSet::new(),
            stated: Vec::new(),
        };
        for part in PARTS {
            let files = emit(&needs(&[part.need]));
            let folders = files
                .iter()
                .filter_map(|(path, text)| Some((path.strip_suffix("mod.rs")?, text)));
            for (folder, text) in folders {
                let is_there = |module: &str| {
                    let path = format!("{folder}{}", module.replace("::", "/"));
                    [".rs", "/mod.rs"]
                        .iter()
                        .any(|end| files.contains_key(&*(path.clone() + end)))
                };
                for line in text.lines() {
                    let declared = line
                        .split_once("mod ")
                        .and_then(|(_, it)| it.strip_suffix(';'));
                    let module = declared.or_else(|| {
                        let (module, _) = line.strip_prefix("pub use self::")?.rsplit_once("::")?;
                        Some(module)
                    });
                    assert!(module.is_none_or(is_there), "{:?}: {line}", part.need);
                }
            }
        }
    }

    #[test]
    fn sessions_of_oauth_alone_are_behind_its_feature() {
        let root = |own_sessions| {
            let found = [Need::Always, Need::OAuth, Need::Session];
            let needs = Needs {
                found: found.into(),
                dates: Dates::Text,
                xml_only: false,
                own_sessions,
                foreign: BTreeSet::new(),
                stated: Vec::new(),
            };
            emit(&needs)["mod.rs"].clone()
        };
        let condition = "#[cfg(feature = \"oauth2\")]\npub mod session;\n";
        assert!(root(false).contains(condition));
        assert!(!root(true).contains(condition));
    }

    #[test]
    fn drops_modules_that_nothing_needs() {
        let text =
            "mod a;\nmod c;\npub use self::a::b::B;\npub use self::a::d::D;\npub use self::c::C;\n";
        let dropped = ["a/b.rs", "c/mod.rs"];
        assert_eq!(
            without_modules("mod.rs", text, &dropped),
            "mod a;\npub use self::a::d::D;\n"
        );
        assert_eq!(
            without_modules("a/mod.rs", "mod b;\npub(super) mod d;\n", &dropped),
            "pub(super) mod d;\n"
        );
    }
}

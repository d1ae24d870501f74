//! The longer text about each code, for `keywright explain` and `docs/diagnostics.md`: what it means, why it matters, and
//! a document before and after.

mod configuration;
mod lint_operations;
mod lint_schemas;
mod lint_security;
mod load;
mod lower_operations;
mod lower_schemas;
mod lower_security;
mod mock;
mod normalize_document;
mod normalize_operations;
mod output;
mod overlay;
mod resolve;
mod review;

use std::fmt::Write as _;

use super::Code;

/// What a code means.
#[derive(Clone, Copy, Debug)]
pub struct Explanation {
    /// What the code means and why it matters, in paragraphs of Markdown, which may be blocks of code.
    pub meaning: &'static str,
    /// A document that provokes it, where there is one.
    pub example: Option<Example>,
}

/// A document before and after a fault is corrected. The lines about version and title are left out where they do not
/// matter.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The document with the fault.
    pub wrong: &'static str,
    /// The document without it.
    pub right: &'static str,
}

impl Example {
    /// Returns a part of an example as a whole document.
    #[must_use]
    pub fn document(text: &str) -> String {
        if text.contains("openapi:") || text.contains("openApi:") {
            return text.to_owned();
        }
        format!("openapi: 3.1.0\ninfo: {{ title: Example, version: 1.0.0 }}\n{text}")
    }
}

impl Code {
    /// Returns what the code means.
    #[must_use]
    pub fn explanation(self) -> Explanation {
        match self {
            Self::UnreadableConfig => configuration::UNREADABLE_CONFIG,
            Self::InvalidConfig => configuration::INVALID_CONFIG,
            Self::UnreadableFile => load::UNREADABLE_FILE,
            Self::InvalidSyntax => load::INVALID_SYNTAX,
            Self::LimitExceeded => load::LIMIT_EXCEEDED,
            Self::DuplicateKey => load::DUPLICATE_KEY,
            Self::InvalidKey => load::INVALID_KEY,
            Self::UnresolvedReference => resolve::UNRESOLVED_REFERENCE,
            Self::RemoteReference => resolve::REMOTE_REFERENCE,
            Self::CircularReference => resolve::CIRCULAR_REFERENCE,
            Self::InvalidReference => resolve::INVALID_REFERENCE,
            Self::OutsideRoot => resolve::OUTSIDE_ROOT,
            Self::UnknownVersion => normalize_document::UNKNOWN_VERSION,
            Self::WrongType => normalize_document::WRONG_TYPE,
            Self::MissingField => normalize_document::MISSING_FIELD,
            Self::UnknownField => normalize_document::UNKNOWN_FIELD,
            Self::InvalidValue => normalize_document::INVALID_VALUE,
            Self::IgnoredHeaderParameter => normalize_operations::IGNORED_HEADER_PARAMETER,
            Self::RepairedKeyword => normalize_document::REPAIRED_KEYWORD,
            Self::UndeclaredPathParameter => normalize_operations::UNDECLARED_PATH_PARAMETER,
            Self::UnusedPathParameter => normalize_operations::UNUSED_PATH_PARAMETER,
            Self::DuplicateOperationId => normalize_operations::DUPLICATE_OPERATION_ID,
            Self::UnknownSecurityScheme => normalize_operations::UNKNOWN_SECURITY_SCHEME,
            Self::DuplicateParameter => normalize_operations::DUPLICATE_PARAMETER,
            Self::InvalidPathTemplate => normalize_operations::INVALID_PATH_TEMPLATE,
            Self::MissingResponses => normalize_operations::MISSING_RESPONSES,
            Self::UnknownRequiredProperty => normalize_operations::UNKNOWN_REQUIRED_PROPERTY,
            Self::UnreadableRequest => normalize_operations::UNREADABLE_REQUEST,
            Self::MisspelledPathParameter => normalize_operations::MISSPELLED_PATH_PARAMETER,
            Self::UnfitDefault => normalize_operations::UNFIT_DEFAULT,
            Self::UnsupportedFeature => lower_schemas::UNSUPPORTED_FEATURE,
            Self::ConflictingSchemas => lower_schemas::CONFLICTING_SCHEMAS,
            Self::UnknownFormat => lower_schemas::UNKNOWN_FORMAT,
            Self::InvalidServer => lower_operations::INVALID_SERVER,
            Self::InvalidExtension => lower_operations::INVALID_EXTENSION,
            Self::AmbiguousUnion => lower_schemas::AMBIGUOUS_UNION,
            Self::UnnamedXmlRoot => lower_operations::UNNAMED_XML_ROOT,
            Self::ImpossibleBody => lower_operations::IMPOSSIBLE_BODY,
            Self::ImpossibleTag => lower_schemas::IMPOSSIBLE_TAG,
            Self::ForeignBranch => lower_schemas::FOREIGN_BRANCH,
            Self::UnboundedInteger => lower_schemas::UNBOUNDED_INTEGER,
            Self::OpenPatterns => lower_schemas::OPEN_PATTERNS,
            Self::ConflictingCredentials => lower_security::CONFLICTING_CREDENTIALS,
            Self::ArgumentForCredential => lower_security::ARGUMENT_FOR_CREDENTIAL,
            Self::InferredSecurity => lower_security::INFERRED_SECURITY,
            Self::CompositionLimit => lower_schemas::COMPOSITION_LIMIT,
            Self::InvalidSession => lower_security::INVALID_SESSION,
            Self::InvalidDeviceFlow => lower_security::INVALID_DEVICE_FLOW,
            Self::UnusableEndpoint => lower_security::UNUSABLE_ENDPOINT,
            Self::UnknownPrefix => lower_security::UNKNOWN_PREFIX,
            Self::UndefinedSerialization => lower_operations::UNDEFINED_SERIALIZATION,
            Self::NameCollision => output::NAME_COLLISION,
            Self::InvalidAlias => output::INVALID_ALIAS,
            Self::ForeignFile => output::FOREIGN_FILE,
            Self::UnwritableFile => output::UNWRITABLE_FILE,
            Self::UnreadableOutput => output::UNREADABLE_OUTPUT,
            Self::NotExpressible => output::NOT_EXPRESSIBLE,
            Self::BackendRefused => output::BACKEND_REFUSED,
            Self::CannotServe => mock::CANNOT_SERVE,
            Self::InvalidRules => mock::INVALID_RULES,
            Self::MissingOperationId => lint_operations::MISSING_OPERATION_ID,
            Self::UndescribedOperation => lint_operations::UNDESCRIBED_OPERATION,
            Self::UndeclaredTag => lint_operations::UNDECLARED_TAG,
            Self::UnexpectedBody => lint_operations::UNEXPECTED_BODY,
            Self::UndocumentedErrors => lint_operations::UNDOCUMENTED_ERRORS,
            Self::EmptyError => lint_operations::EMPTY_ERROR,
            Self::OverlappingBranches => lint_schemas::OVERLAPPING_BRANCHES,
            Self::UntitledInlineType => lint_schemas::UNTITLED_INLINE_TYPE,
            Self::ChangedName => lint_schemas::CHANGED_NAME,
            Self::ReservedName => lint_schemas::RESERVED_NAME,
            Self::UnusedComponent => lint_schemas::UNUSED_COMPONENT,
            Self::InsecureServer => lint_security::INSECURE_SERVER,
            Self::MissingPrefix => lint_security::MISSING_PREFIX,
            Self::UnmarkedSecret => lint_security::UNMARKED_SECRET,
            Self::UndeclaredSession => lint_security::UNDECLARED_SESSION,
            Self::UnpagedList => lint_operations::UNPAGED_LIST,
            Self::UselessAllow => lint_operations::USELESS_ALLOW,
            Self::UndeclaredDeviceFlow => lint_security::UNDECLARED_DEVICE_FLOW,
            Self::UnfitExample => lint_schemas::UNFIT_EXAMPLE,
            Self::InvalidOverlay => overlay::INVALID_OVERLAY,
            Self::UnmatchedAction => overlay::UNMATCHED_ACTION,
            Self::IncompatibleAction => overlay::INCOMPATIBLE_ACTION,
            Self::UnmatchedPattern => overlay::UNMATCHED_PATTERN,
            Self::UnusableType => configuration::UNUSABLE_TYPE,
            Self::CannotWatch => overlay::CANNOT_WATCH,
            Self::CannotCompare => review::CANNOT_COMPARE,
            Self::UnusedAllowance => review::UNUSED_ALLOWANCE,
        }
    }

    /// Returns the code of a text: `KW0409`, `kw409` or `409`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.trim_start_matches(['K', 'k', 'W', 'w']);
        let number: u16 = digits.parse().ok()?;
        Self::ALL.iter().copied().find(|it| *it as u16 == number)
    }
}

impl Explanation {
    /// Returns the explanation as plain text without a title, in lines of at most `width` characters.
    #[must_use]
    pub fn to_text(&self, width: usize) -> String {
        let mut text = String::new();
        for paragraph in self.meaning.split("\n\n") {
            if let Some(lines) = paragraph.strip_prefix("```") {
                for line in lines.lines().skip(1).filter(|it| *it != "```") {
                    let _ = writeln!(text, "    {line}");
                }
                text.push('\n');
                continue;
            }
            let mut length = 0;
            for word in paragraph.split(' ') {
                let added = word.chars().count();
                if length > 0 && length + 1 + added > width {
                    text.push('\n');
                    length = 0;
                } else if length > 0 {
                    text.push(' ');
                    length += 1;
                }
                text.push_str(word);
                length += added;
            }
            text.push_str("\n\n");
        }
        if let Some(Example { wrong, right }) = self.example {
            for (title, document) in [("Wrong", wrong), ("Corrected", right)] {
                let _ = write!(text, "{title}:\n\n");
                for line in document.lines() {
                    let _ = writeln!(text, "    {line}");
                }
                text.push('\n');
            }
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
        text
    }

    /// Returns the explanation as Markdown without a title.
    #[must_use]
    pub fn to_markdown(&self) -> String {
        let mut text = format!("{}\n", self.meaning);
        if let Some(Example { wrong, right }) = self.example {
            let _ = write!(
                text,
                "\nWrong:\n\n```yaml\n{wrong}```\n\nCorrected:\n\n```yaml\n{right}```\n"
            );
        }
        text
    }
}

/// Returns the page with all codes, `docs/diagnostics.md`.
#[must_use]
pub fn catalog() -> String {
    let mut page = String::from(INTRODUCTION);
    for code in Code::ALL {
        let _ = writeln!(
            page,
            "| [{code}](#{anchor}) | {severity} | {summary} |",
            anchor = code.to_string().to_lowercase(),
            severity = super::json::severity(code.severity()),
            summary = code.summary(),
        );
    }
    for code in Code::ALL {
        let severity = super::json::severity(code.severity());
        let _ = write!(
            page,
            "\n## {code}\n\n**{}** ({severity})\n\n{}",
            code.summary(),
            code.explanation().to_markdown()
        );
    }
    page
}

/// How the page begins.
const INTRODUCTION: &str = "\
# Diagnostics

Keywright reports everything that is wrong with a spec in one run, sorted by file and line. Each finding has a code;
`keywright explain KW0409` shows its section of this page.

- An **error** means that no correct client can be generated. Nothing is written.
- A **warning** means that a client is generated, but something was left out or approximated. `--strict` treats warnings
  as errors.
- Some codes are errors in general and warnings where the fault does no harm.

`--format json` writes all findings as one JSON document (`docs/schemas/diagnostics.schema.json`), and `--format sarif` as
SARIF 2.1.0, for code-scanning services and editors.

This page is generated from the source.

| code | severity | summary |
|---|---|---|
";

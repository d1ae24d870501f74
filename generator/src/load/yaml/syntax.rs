//! The words of the YAML parser, in words for somebody who edits a file.

/// What is wrong, and what to do about it.
pub(super) fn describe(info: &str) -> (&str, &'static str) {
    const FLOW: &str = "close every `[` with `]` and every `{` with `}`, and put `,` between items";
    const QUOTES: &str = "put the text in quotes";
    const ESCAPES: &str = "write `\\\\` for a backslash, or use single quotes";
    const KEYS: &str = "check the indentation: all keys of a mapping start in the same column";
    let known = KNOWN.iter().find(|(words, ..)| info.contains(words));
    let Some((_, message, remedy)) = known else {
        return (
            info,
            "check this line and the one before it for quotes, brackets and indentation",
        );
    };
    let help = match remedy {
        Remedy::Flow => FLOW,
        Remedy::Quotes => QUOTES,
        Remedy::Escapes => ESCAPES,
        Remedy::Keys => KEYS,
        Remedy::Other(help) => help,
    };
    (message, help)
}

/// Whether a fault is about brackets that are not closed.
pub(super) fn is_about_brackets(info: &str) -> bool {
    let known = KNOWN.iter().find(|(words, ..)| info.contains(words));
    known.is_some_and(|(.., remedy)| matches!(remedy, Remedy::Flow))
}

/// What to do about a fault.
enum Remedy {
    Flow,
    Quotes,
    Escapes,
    Keys,
    Other(&'static str),
}

/// A part of what the parser says, what that means, and what to do.
const KNOWN: [(&str, &str, Remedy); 19] = [
    (
        "mapping values are not allowed",
        "a `:` is not allowed here",
        Remedy::Other(
            "if the text contains `: `, put it in quotes; otherwise check the indentation of this line and the one before it",
        ),
    ),
    (
        "illegal placement of ':'",
        "a `:` is not allowed here",
        Remedy::Quotes,
    ),
    (
        "did not find expected key",
        "a key is expected here",
        Remedy::Keys,
    ),
    (
        "simple key expect",
        "a key and a `:` are expected here",
        Remedy::Keys,
    ),
    (
        "mapping keys are not allowed",
        "a key is not allowed here",
        Remedy::Keys,
    ),
    (
        "did not find expected '-' indicator",
        "a list item is expected here",
        Remedy::Other("start each item with `- `, in the same column"),
    ),
    (
        "block sequence entries are not allowed",
        "a list item is not allowed here",
        Remedy::Other("start the list on a new line, below its key"),
    ),
    (
        "expected ',' or ']'",
        "`,` or `]` is expected here",
        Remedy::Flow,
    ),
    (
        "expected ',' or '}'",
        "`,` or `}` is expected here",
        Remedy::Flow,
    ),
    (
        "indentation in flow construct",
        "a `[` or `{` before this line is not closed",
        Remedy::Flow,
    ),
    (
        "misplaced bracket",
        "this bracket closes nothing",
        Remedy::Flow,
    ),
    (
        "quoted scalar, found unexpected end",
        "this quote is not closed",
        Remedy::Other("close the quote on the same line"),
    ),
    (
        "unknown anchor",
        "the anchor of this alias is not defined",
        Remedy::Other(
            "define it before with `&NAME`, or put the text in quotes if it is not an alias",
        ),
    ),
    (
        "unexpected character",
        "text cannot start with this character",
        Remedy::Quotes,
    ),
    (
        "alphabetic or numeric character",
        "`&` and `*` start a name here",
        Remedy::Quotes,
    ),
    (
        "unknown escape character",
        "there is no such escape sequence",
        Remedy::Escapes,
    ),
    (
        "hexadecimal number",
        "this escape sequence is incomplete",
        Remedy::Escapes,
    ),
    (
        "invalid trailing content",
        "text follows the closing quote",
        Remedy::Other("put all of the text inside the quotes, and escape quotes inside it"),
    ),
    (
        "did not find expected node content",
        "a value is expected here",
        Remedy::Flow,
    ),
];

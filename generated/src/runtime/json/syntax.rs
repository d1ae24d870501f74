//! What the JSON parser says, in our words.

use jiter::{JiterError, JiterErrorType, JsonErrorType};

use super::{DecodeError, DecodeErrorKind};

#[cold]
pub(super) fn too_deep(offset: usize) -> DecodeError {
    let expected = "at most 128 arrays and objects inside each other";
    DecodeError::at(offset, DecodeErrorKind::Depth, expected, "more")
}

/// Translates what the parser says.
#[cold]
pub(super) fn syntax(json: &[u8], error: &JiterError) -> DecodeError {
    let expected = "valid JSON";
    let found: std::borrow::Cow<'static, str> = match &error.error_type {
        JiterErrorType::JsonError(JsonErrorType::RecursionLimitExceeded) => {
            return too_deep(error.index);
        }
        JiterErrorType::JsonError(JsonErrorType::NumberOutOfRange) => {
            let found = "a number that does not fit";
            return DecodeError::at(error.index, DecodeErrorKind::Range, "a number", found);
        }
        JiterErrorType::JsonError(JsonErrorType::EofWhileParsingValue)
            if json.trim_ascii().is_empty() =>
        {
            return DecodeError::at(
                error.index,
                DecodeErrorKind::Empty,
                "a JSON value",
                "nothing",
            );
        }
        JiterErrorType::JsonError(
            JsonErrorType::EofWhileParsingList
            | JsonErrorType::EofWhileParsingObject
            | JsonErrorType::EofWhileParsingString
            | JsonErrorType::EofWhileParsingValue,
        ) => "an early end".into(),
        JiterErrorType::JsonError(JsonErrorType::TrailingCharacters) => {
            "something after the end".into()
        }
        JiterErrorType::JsonError(
            JsonErrorType::InternalError(_) | JsonErrorType::DuplicateKey(_),
        )
        | JiterErrorType::WrongType { .. } => "something else".into(),
        JiterErrorType::JsonError(kind) => format!("a fault ({kind})").into(),
    };
    DecodeError::at(error.index, DecodeErrorKind::Syntax, expected, found)
}

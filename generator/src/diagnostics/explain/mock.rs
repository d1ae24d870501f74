//! What the codes about stand-in servers mean.

use super::Explanation;

pub(super) const CANNOT_SERVE: Explanation = Explanation {
    meaning: "\
        The mock server could not be started: the address is in use, a certificate cannot be read, or the \
        document has an error.",
    example: None,
};

pub(super) const INVALID_RULES: Explanation = Explanation {
    meaning: "\
        A rules file tells the mock server how to respond. It has an unknown key, a value of the wrong type, or \
        names an operation or a status that the document does not have. The server is not started.",
    example: None,
};

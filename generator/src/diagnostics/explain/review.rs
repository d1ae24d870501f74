//! What the codes about comparisons mean.

use super::Explanation;

pub(super) const CANNOT_COMPARE: Explanation = Explanation {
    meaning: "\
        A side of `keywright diff` could not be read: the git revision does not exist, the document has an error, \
        or the folder is not a generated package. The finding says which side, and other findings say what is \
        wrong with its documents.",
    example: None,
};

pub(super) const UNUSED_ALLOWANCE: Explanation = Explanation {
    meaning: "\
        The configuration allows a change by its fingerprint, but the two sides do not differ by such a change. \
        Usually the change has been released and the entry can be removed.",
    example: None,
};

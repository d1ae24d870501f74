//! What is wrong with a rule.

/// Something that is wrong with a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// At which key; `None` for the rule as a whole.
    pub key: Option<String>,
    /// Whether it is about the value of the key, and not about the key.
    pub is_value: bool,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Fault {
    pub(super) fn of_value(key: &str, message: String, help: impl Into<String>) -> Self {
        Self {
            key: Some(key.to_owned()),
            is_value: true,
            message,
            help: help.into(),
        }
    }

    pub(super) fn of_key(key: &str, message: String, help: impl Into<String>) -> Self {
        Self {
            is_value: false,
            ..Self::of_value(key, message, help)
        }
    }

    pub(super) fn of_rule(message: &str, help: impl Into<String>) -> Self {
        Self {
            key: None,
            is_value: false,
            message: message.to_owned(),
            help: help.into(),
        }
    }
}

/// "`stats` is not a key of a rule: did you mean `status`?"
impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.message, self.help)
    }
}

//! Where a user's stamps are.

use std::ffi::OsString;
use std::path::PathBuf;

/// The folder for the stamps of a user with these environment variables.
pub(super) fn of_user(variable: &dyn Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    let path = |name: &str| {
        let set = variable(name).filter(|it| !it.is_empty());
        set.map(PathBuf::from)
    };
    if let Some(own) = path("KEYWRIGHT_CACHE_DIR") {
        return Some(own);
    }
    let absolute = |name: &str| path(name).filter(|it| it.is_absolute());
    let caches = if cfg!(windows) {
        absolute("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        absolute("HOME").map(|home| home.join("Library/Caches"))
    } else {
        // XDG Base Directory Specification: a path that is not absolute is to be ignored.
        let usual = || absolute("HOME").map(|home| home.join(".cache"));
        absolute("XDG_CACHE_HOME").or_else(usual)
    };
    caches.map(|caches| caches.join("keywright"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(variables: &[(&str, &str)]) -> Option<String> {
        let found = of_user(&|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        });
        found.map(|it| it.display().to_string().replace('\\', "/"))
    }

    #[test]
    fn is_named_or_else_the_usual() {
        let own = ("KEYWRIGHT_CACHE_DIR", "here");
        assert_eq!(folder(&[own, ("HOME", "/h")]).as_deref(), Some("here"));
        assert_eq!(folder(&[]), None);
        assert_eq!(folder(&[("HOME", "h"), ("LOCALAPPDATA", "")]), None);
        if cfg!(target_os = "linux") {
            let home = ("HOME", "/h");
            let usual = folder(&[home, ("XDG_CACHE_HOME", "c")]);
            assert_eq!(usual.as_deref(), Some("/h/.cache/keywright"));
            let caches = folder(&[home, ("XDG_CACHE_HOME", "/c")]);
            assert_eq!(caches.as_deref(), Some("/c/keywright"));
        }
    }
}

//! Review snapshots of generated clients, as files: the surface and the wire of each API.
//!
//! They are written and checked like the clients. A folder of snapshots inside the output folder belongs to its
//! manifest; any other folder has its own manifest.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use crate::config::Config;
use crate::shape::Module;
use crate::surface::surface;
use crate::wire::wire;
use crate::{NamedApi, shapes};

/// Snapshots that do not stand in the output folder.
#[derive(Debug)]
pub struct Beside {
    /// Their folder.
    pub dir: PathBuf,
    /// Their texts, by path relative to it.
    pub files: BTreeMap<String, String>,
}

/// Returns the snapshots of the APIs by file name: `tvmaze.surface.txt` and `tvmaze.wire.txt`.
#[must_use]
pub fn of(apis: &[NamedApi], config: &Config) -> BTreeMap<String, String> {
    let shapes = shapes(apis, config);
    let of_api = |(it, shape): (&NamedApi, &Module)| {
        let NamedApi {
            module, api, names, ..
        } = it;
        [
            (
                format!("{module}.surface.txt"),
                surface(module, api, names, shape),
            ),
            (format!("{module}.wire.txt"), wire(module, api, names)),
        ]
    };
    apis.iter().zip(&shapes).flat_map(of_api).collect()
}

/// Adds the snapshots that the configuration asks for to the files of the output folder, or returns them where their
/// folder is another one.
#[must_use]
pub fn add(
    apis: &[NamedApi],
    config: &Config,
    files: &mut BTreeMap<String, String>,
) -> Option<Beside> {
    let dir = config.output.snapshots.as_ref()?;
    let snapshots = of(apis, config);
    let Some(inside) = inside(&config.output.dir, dir) else {
        let dir = dir.clone();
        return Some(Beside {
            dir,
            files: snapshots,
        });
    };
    let placed = snapshots.into_iter();
    files.extend(placed.map(|(name, text)| (format!("{inside}{name}"), text)));
    None
}

/// The way from a folder to one in it, with a slash behind each part.
fn inside(outer: &Path, dir: &Path) -> Option<String> {
    let plain = |path: &Path| -> PathBuf {
        let parts = path.components();
        parts.filter(|it| *it != Component::CurDir).collect()
    };
    let (outer, dir) = (plain(outer), plain(dir));
    let way = dir.strip_prefix(outer).ok()?;
    let parts = way.components();
    let is_down = parts.clone().all(|it| matches!(it, Component::Normal(_)));
    let parts = parts.map(|it| format!("{}/", it.as_os_str().to_string_lossy()));
    is_down.then(|| parts.collect())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::inside;

    #[test]
    fn finds_the_way_into_a_folder() {
        let way = |outer: &str, dir: &str| inside(Path::new(outer), Path::new(dir));
        assert_eq!(way("out", "out/review/now").as_deref(), Some("review/now/"));
        assert_eq!(way("./out", "out/./review").as_deref(), Some("review/"));
        assert_eq!(way("out", "out").as_deref(), Some(""));
        assert_eq!(way("out", "outer"), None);
        assert_eq!(way("out", "out/../review"), None);
        assert_eq!(way("/a/out", "out"), None);
    }
}

//! Reads and writes JSON by the models of a generated client and by the same types with serde's derives, in turns, and
//! prints how fast both are.
//!
//! `cargo bench -p keywright-benches` measures. Without Cargo's `--bench`, as in `cargo test`, it only checks that both
//! sides read and write the same.

mod by_serde;
mod case;
mod data;
mod timing;

use std::io::{self, Write as _};

use case::{Case, case};
use clients::measured::models;
use timing::Speeds;

#[allow(
    dead_code,
    unreachable_pub,
    clippy::pedantic,
    reason = "it is a whole client of another package, and only its models are used"
)]
mod clients {
    //! The client of `api.yaml`.

    include!(concat!(env!("OUT_DIR"), "/keywright/mod.rs"));
}

/// How many values a response has that is a page of a list.
const PAGE: u32 = 10;
/// How many values a response has that is a whole export.
const EXPORT: u32 = 1000;

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for length in [PAGE, EXPORT] {
        let accounts = case::json(&data::accounts(length));
        let posts = case::json(&data::posts(length));
        cases.extend([
            case!("structs", accounts.clone(), AccountPage),
            case!("structs, most unread", accounts, NamePage),
            case!(
                "unions by tag",
                case::json(&data::events(length)),
                EventPage
            ),
            case!(
                "unions by shape",
                case::json(&data::blocks(length)),
                BlockPage
            ),
            case!("maps and lists", case::json(&data::report(length)), Report),
            case!("text", posts.clone(), PostPage),
            case!("text, escaped", case::ascii(&posts), PostPage),
            case!("numbers", case::json(&data::tracks(length)), TrackPage),
        ]);
    }
    cases
}

fn main() -> io::Result<()> {
    let is_measuring = std::env::args().any(|it| it == "--bench");
    let mut out = io::stdout().lock();
    if is_measuring {
        writeln!(out, "{}", timing::HEAD)?;
    }
    for case in cases() {
        if is_measuring {
            writeln!(out, "{}", Speeds::measure(&case).line(&case))?;
        } else {
            case.check();
        }
    }
    Ok(())
}

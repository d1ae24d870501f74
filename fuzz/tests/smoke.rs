//! Every target, on what it starts from and on mutants of it: the same ones on every machine and at every run.

use std::fs;
use std::path::Path;

use keywright_fuzz as targets;

/// A generator of numbers by xorshift (Marsaglia, 2003): what they are does not matter, but that they stay the same.
struct Numbers(u64);

impl Numbers {
    /// A number below `end`, which is not 0.
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).expect("31 bits fit") % end
    }
}

/// Texts that mean something to one reader or another.
const WORDS: [&[u8]; 20] = [
    b"\0",
    b"\n",
    b"\r\n",
    b"\"",
    b"'",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b": ",
    b"- ",
    b"&a ",
    b"*a ",
    b"<",
    b"&#1;",
    b"null",
    b"1e999",
    b"$ref",
    b"\xf0\x9f\xa6\x80",
];

/// Bytes with a few changes.
fn mutant(seed: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=numbers.below(3) {
        let at = numbers.below(bytes.len() + 1);
        let end = (at + 1 + numbers.below(16)).min(bytes.len());
        match numbers.below(4) {
            0 => drop(bytes.drain(at.min(end)..end)),
            1 => {
                let word = WORDS[numbers.below(WORDS.len())];
                bytes.splice(at..at, word.iter().copied());
            }
            2 => {
                let copy = bytes[at.min(end)..end].to_vec();
                let to = numbers.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = u8::try_from(numbers.below(256)).expect("it is below 256");
                }
            }
        }
    }
    bytes
}

/// The files of a folder, in the order of their names.
fn seeds(folder: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = fs::read_dir(folder).expect("the folder is there");
    let files = files.map(|it| it.expect("it can be read").path());
    let mut files: Vec<_> = files.filter(|it| it.is_file()).collect();
    files.sort();
    let read = |path| fs::read(path).expect("it can be read");
    files.into_iter().map(read).collect()
}

/// Runs a target on each seed, and on so many mutants of each.
fn run(target: fn(&[u8]), seeds: &[Vec<u8>], mutants: usize) {
    let mut numbers = Numbers(0x9E37_79B9_7F4A_7C15);
    for seed in seeds {
        target(seed);
        for _ in 0..mutants {
            let bytes = mutant(seed, &mut numbers);
            let outcome = std::panic::catch_unwind(|| target(&bytes));
            assert!(outcome.is_ok(), "{}", bytes.escape_ascii());
        }
    }
}

#[test]
fn loader() {
    run(targets::loader, &seeds("../tests/fixtures"), 40);
}

#[test]
fn pipeline() {
    run(targets::pipeline, &seeds("../tests/fixtures"), 2);
}

#[test]
fn codec() {
    run(targets::codec, &seeds("seeds/codec"), 5_000);
}

#[test]
fn xml() {
    run(targets::xml, &seeds("seeds/xml"), 5_000);
}

#[test]
fn streams() {
    run(targets::streams, &seeds("seeds/streams"), 2_000);
}

#[test]
fn headers() {
    run(targets::headers, &seeds("seeds/headers"), 5_000);
}

#[test]
fn multipart() {
    // The bytes are no text: anything does.
    let bytes: Vec<u8> = (0..=255).cycle().take(600).collect();
    run(targets::multipart, &[bytes], 2_000);
}

#[test]
fn arguments() {
    let bytes: Vec<u8> = (0..=255).cycle().take(600).collect();
    run(targets::arguments, &[bytes], 2_000);
}

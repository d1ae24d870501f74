//! Values that look like those of real APIs: the same ones in each run.

use std::collections::BTreeMap;

use crate::by_serde::{
    Account, AccountPage, Address, Block, BlockPage, Event, EventPage, Post, PostPage, Report,
    Role, Track, TrackPage,
};

const WORDS: [&str; 24] = [
    "river", "stone", "morning", "letter", "harbour", "garden", "window", "silver", "quiet",
    "journey", "market", "bridge", "winter", "candle", "forest", "island", "meadow", "orchard",
    "paper", "signal", "thunder", "valley", "weaver", "yellow",
];

/// Text as people write it: with quotation marks, line breaks, and letters beyond ASCII.
const PHRASES: [&str; 6] = [
    "she said \"come in\"",
    "C:\\temp\\notes.txt",
    "first line\nsecond line\n\tindented",
    "naïve café, Größe, łódź",
    "日本語のテキスト",
    "done ✔ 🎉",
];

/// Numbers that look random (splitmix64).
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a limit.
    fn below(&mut self, limit: u32) -> u32 {
        let remainder = self.next() % u64::from(limit);
        u32::try_from(remainder).expect("it is below a small number")
    }

    fn id(&mut self) -> i64 {
        i64::from(self.below(u32::MAX)) * 7
    }

    fn small(&mut self) -> i32 {
        i32::try_from(self.below(5000)).expect("it is small")
    }

    fn word(&mut self) -> &'static str {
        self.one_of(&WORDS)
    }

    fn one_of(&mut self, list: &[&'static str]) -> &'static str {
        let length = u32::try_from(list.len()).expect("lists are short");
        list[self.below(length) as usize]
    }

    fn text(&mut self, words: usize) -> String {
        let words: Vec<&str> = (0..words).map(|_| self.word()).collect();
        words.join(" ")
    }

    fn date(&mut self) -> String {
        let (month, day, hour) = (self.below(12) + 1, self.below(28) + 1, self.below(24));
        format!("2024-{month:02}-{day:02}T{hour:02}:15:30Z")
    }

    /// A coordinate with six digits behind the point.
    fn degrees(&mut self) -> f64 {
        (f64::from(self.below(180_000_000)) - 90_000_000.0) / 1e6
    }

    /// A value in two of three cases.
    fn maybe<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.below(3) > 0).then(|| value(self))
    }

    fn list<T>(&mut self, length: u32, mut item: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..length).map(|_| item(self)).collect()
    }
}

pub(crate) fn accounts(length: u32) -> AccountPage {
    let mut numbers = Numbers(1);
    AccountPage {
        total: i64::from(length),
        items: numbers.list(length, account),
        next: Some("https://api.example.org/v1/accounts?page=2".to_owned()),
    }
}

fn account(numbers: &mut Numbers) -> Account {
    let login = format!("{}-{}", numbers.word(), numbers.word());
    Account {
        id: numbers.id(),
        email: format!("{login}@example.org"),
        url: format!("https://api.example.org/v1/accounts/{login}"),
        html_url: format!("https://example.org/{login}"),
        created_at: numbers.date(),
        updated_at: numbers.maybe(Numbers::date),
        role: match numbers.below(4) {
            0 => Role::Owner,
            1 => Role::Admin,
            2 => Role::Member,
            _ => Role::Guest,
        },
        active: numbers.below(2) == 0,
        name: numbers.maybe(|it| it.text(2)),
        company: numbers.maybe(|it| it.text(1)),
        location: numbers.maybe(|it| it.text(2)),
        bio: numbers.maybe(|it| it.text(12)),
        followers: numbers.maybe(Numbers::small),
        following: numbers.maybe(Numbers::small),
        score: numbers.maybe(Numbers::degrees),
        address: Address {
            street: format!("{} street {}", numbers.word(), numbers.below(200)),
            city: numbers.word().to_owned(),
            postcode: numbers.maybe(|it| it.below(99_999).to_string()),
            country: "Utopia".to_owned(),
        },
        tags: numbers.list(4, |it| it.word().to_owned()),
        login,
    }
}

pub(crate) fn events(length: u32) -> EventPage {
    let items = Numbers(2).list(length, |it| {
        let (id, actor) = (it.id(), it.word().to_owned());
        match it.below(4) {
            0 => Event::Opened {
                id,
                actor,
                title: it.text(5),
                body: it.maybe(|it| it.text(30)),
            },
            1 => Event::Renamed {
                id,
                actor,
                from: it.text(4),
                to: it.text(4),
            },
            2 => Event::Labelled {
                id,
                actor,
                labels: it.list(3, |it| it.word().to_owned()),
            },
            _ => Event::Closed {
                id,
                actor,
                duplicate_of: it.maybe(Numbers::id),
            },
        }
    });
    EventPage { items }
}

pub(crate) fn blocks(length: u32) -> BlockPage {
    let items = Numbers(3).list(length, |it| match it.below(4) {
        0 => Block::Text(it.text(8)),
        1 => Block::Number(it.id()),
        2 => Block::Picture {
            source: format!("https://example.org/pictures/{}.png", it.id()),
            width: it.small(),
            height: it.small(),
        },
        _ => Block::Quote {
            text: it.text(10),
            author: it.text(2),
            year: it.maybe(Numbers::small),
        },
    });
    BlockPage { items }
}

pub(crate) fn report(length: u32) -> Report {
    let mut numbers = Numbers(4);
    let key = |it: &mut Numbers, index| format!("{}-{index}", it.word());
    let counts = (0..length).map(|index| (key(&mut numbers, index), numbers.id()));
    let counts: BTreeMap<String, i64> = counts.collect();
    let groups = (0..length / 4).map(|index| {
        let members = numbers.list(6, |it| it.word().to_owned());
        (key(&mut numbers, index), members)
    });
    Report {
        groups: groups.collect(),
        counts,
    }
}

pub(crate) fn posts(length: u32) -> PostPage {
    let items = Numbers(5).list(length, |it| Post {
        id: it.id(),
        title: format!("{}: {}", it.text(3), it.one_of(&PHRASES)),
        body: it
            .list(8, |it| format!("{} {}", it.text(6), it.one_of(&PHRASES)))
            .join("\r\n"),
    });
    PostPage { items }
}

pub(crate) fn tracks(length: u32) -> TrackPage {
    let items = Numbers(6).list(length, |it| Track {
        id: it.id(),
        times: it.list(40, |it| 1_700_000_000_000 + it.id()),
        latitudes: it.list(40, Numbers::degrees),
        longitudes: it.list(40, Numbers::degrees),
        heights: Some(it.list(40, Numbers::small)),
    });
    TrackPage { items }
}

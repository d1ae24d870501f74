//! The types of `api.yaml` as one writes them with serde's derives.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

#[derive(Deserialize, Serialize)]
pub(crate) struct AccountPage {
    pub(crate) total: i64,
    pub(crate) items: Vec<Account>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) next: Option<String>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Account {
    pub(crate) id: i64,
    pub(crate) login: String,
    pub(crate) email: String,
    pub(crate) url: String,
    pub(crate) html_url: String,
    pub(crate) created_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) updated_at: Option<String>,
    pub(crate) role: Role,
    pub(crate) active: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) company: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) location: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) bio: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) followers: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) following: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) score: Option<f64>,
    pub(crate) address: Address,
    pub(crate) tags: Vec<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Role {
    Owner,
    Admin,
    Member,
    Guest,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Address {
    pub(crate) street: String,
    pub(crate) city: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) postcode: Option<String>,
    pub(crate) country: String,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct NamePage {
    pub(crate) items: Vec<Name>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Name {
    pub(crate) id: i64,
    pub(crate) login: String,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct EventPage {
    pub(crate) items: Vec<Event>,
}

#[derive(Deserialize, Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub(crate) enum Event {
    Opened {
        id: i64,
        actor: String,
        title: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        body: Option<String>,
    },
    Renamed {
        id: i64,
        actor: String,
        from: String,
        to: String,
    },
    Labelled {
        id: i64,
        actor: String,
        labels: Vec<String>,
    },
    Closed {
        id: i64,
        actor: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        duplicate_of: Option<i64>,
    },
}

#[derive(Deserialize, Serialize)]
pub(crate) struct BlockPage {
    pub(crate) items: Vec<Block>,
}

#[derive(Deserialize, Serialize)]
#[serde(untagged)]
pub(crate) enum Block {
    Text(String),
    Number(i64),
    Picture {
        source: String,
        width: i32,
        height: i32,
    },
    Quote {
        text: String,
        author: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        year: Option<i32>,
    },
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Report {
    pub(crate) counts: BTreeMap<String, i64>,
    pub(crate) groups: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct PostPage {
    pub(crate) items: Vec<Post>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Post {
    pub(crate) id: i64,
    pub(crate) title: String,
    pub(crate) body: String,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct TrackPage {
    pub(crate) items: Vec<Track>,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Track {
    pub(crate) id: i64,
    pub(crate) times: Vec<i64>,
    pub(crate) latitudes: Vec<f64>,
    pub(crate) longitudes: Vec<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) heights: Option<Vec<i32>>,
}

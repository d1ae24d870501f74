//! The generated clients against servers on loopback: what they send, and what they make of every answer.

mod agreement;
mod aivo;
mod faults;
mod pacerpro;
mod redirects;
mod rules;
mod sessions;
mod styles;
mod thetvdb;
mod tvmaze;

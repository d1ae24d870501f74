mod aivo { include!(concat!(env!("OUT_DIR"), "/aivo.rs")); }
mod thetvdb { include!(concat!(env!("OUT_DIR"), "/thetvdb.rs")); }
mod tvmaze { include!(concat!(env!("OUT_DIR"), "/tvmaze.rs")); }
mod pacerpro { include!(concat!(env!("OUT_DIR"), "/pacerpro.rs")); }
const REFUSED: &[(&str, &str, &str)] = include!(concat!(env!("OUT_DIR"), "/refused.rs"));
#[test] fn x() { println!("{REFUSED:?}"); }

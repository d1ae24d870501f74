//! The rules in force, and how often each has been used.

use super::rule::{Effect, Rule};
use crate::mock::contract::{Contract, Operation};

/// How many rules there may be.
const MOST: usize = 1000;

/// The rules in force, in the order in which they are tried.
#[derive(Debug)]
pub struct ActiveRules {
    seed: String,
    count: u64,
    rules: Vec<Active>,
}

/// A rule in force.
#[derive(Clone, Debug)]
pub struct Active {
    /// Its number, counted from 1. No two have the same.
    pub number: u64,
    /// The rule.
    pub rule: Rule,
    /// How many requests have come that it is about, and that no rule before it took.
    pub seen: u64,
    /// To how many of them it was applied.
    pub used: u64,
}

/// There are as many rules as there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany;

impl std::fmt::Display for TooMany {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "there are {MOST} rules already, and there can be no more"
        )
    }
}

impl std::error::Error for TooMany {}

impl ActiveRules {
    /// Creates the rules of a stand-in that has none. What falls to chance depends on the seed alone.
    #[must_use]
    pub fn new(seed: &str) -> Self {
        Self {
            seed: seed.to_owned(),
            count: 0,
            rules: Vec::new(),
        }
    }

    /// Adds rules at the end. Returns the number of the first.
    ///
    /// # Errors
    ///
    /// When there would be too many of them. None is added then.
    pub fn add(&mut self, rules: Vec<Rule>) -> Result<u64, TooMany> {
        if self.rules.len().saturating_add(rules.len()) > MOST {
            return Err(TooMany);
        }
        let first = self.count + 1;
        for rule in rules {
            self.count += 1;
            self.rules.push(Active {
                number: self.count,
                rule,
                seen: 0,
                used: 0,
            });
        }
        Ok(first)
    }

    /// Puts rules in the place of all others.
    ///
    /// # Errors
    ///
    /// When there are too many of them. The others stay then.
    pub fn replace(&mut self, rules: Vec<Rule>) -> Result<u64, TooMany> {
        if rules.len() > MOST {
            return Err(TooMany);
        }
        self.rules.clear();
        self.add(rules)
    }

    /// Removes a rule. Returns whether there was one of this number.
    pub fn remove(&mut self, number: u64) -> bool {
        let before = self.rules.len();
        self.rules.retain(|it| it.number != number);
        self.rules.len() < before
    }

    /// Removes every rule.
    pub fn clear(&mut self) {
        self.rules.clear();
    }

    /// Returns every rule, in the order in which they are tried.
    pub fn all(&self) -> impl Iterator<Item = &Active> {
        self.rules.iter()
    }

    /// Returns what goes wrong with a request, by the first rule that is for it, and the number of that rule.
    pub fn take(&mut self, found: Option<(&Contract, &Operation)>) -> Option<(u64, Effect)> {
        for it in &mut self.rules {
            if it.is_used_up() || !it.rule.is_about(found) {
                continue;
            }
            it.seen += 1;
            if it.seen > it.rule.after && it.falls(&self.seed) {
                it.used += 1;
                return Some((it.number, it.rule.effect.clone()));
            }
        }
        None
    }
}

impl Active {
    /// Returns whether the rule has been used as often as it may be.
    #[must_use]
    pub fn is_used_up(&self) -> bool {
        self.rule.times.is_some_and(|it| self.used >= it)
    }

    /// Whether chance decides for the rule. The same seed, rule and request give the same decision.
    fn falls(&self, seed: &str) -> bool {
        let Some(probability) = self.rule.probability else {
            return true;
        };
        let name = format!("{seed}/rule {}/{}", self.number, self.seen);
        let digest = blake3::hash(name.as_bytes());
        let [a, b, c, d, ..] = *digest.as_bytes();
        f64::from(u32::from_le_bytes([a, b, c, d])) < probability * f64::from(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(times: Option<u64>, after: u64, skew: i64) -> Rule {
        Rule {
            times,
            after,
            effect: Effect {
                skew,
                ..Effect::default()
            },
            ..Rule::default()
        }
    }

    fn taken(rules: &mut ActiveRules, requests: usize) -> Vec<i64> {
        let take = |_| rules.take(None).map_or(0, |(_, effect)| effect.skew);
        (0..requests).map(take).collect()
    }

    #[test]
    fn the_first_rule_that_is_not_used_up_is_applied() {
        let mut rules = ActiveRules::new("seed");
        let script = vec![rule(Some(1), 0, 1), rule(Some(2), 1, 2), rule(None, 0, 3)];
        assert_eq!(rules.add(script), Ok(1));
        assert_eq!(taken(&mut rules, 6), [1, 3, 2, 2, 3, 3]);
        let used: Vec<u64> = rules.all().map(|it| it.used).collect();
        assert_eq!(used, [1, 2, 3]);
        assert!(rules.remove(3) && !rules.remove(3));
        assert_eq!(rules.add(vec![rule(None, 0, 4)]), Ok(4));
        assert_eq!(taken(&mut rules, 1), [4]);
    }

    #[test]
    fn chance_depends_on_the_seed_alone() {
        let run = |seed: &str| {
            let mut rules = ActiveRules::new(seed);
            let half = Rule {
                probability: Some(0.5),
                ..rule(None, 0, 1)
            };
            rules.add(vec![half]).expect("there is room");
            taken(&mut rules, 100)
        };
        assert_eq!(run("a"), run("a"));
        assert_ne!(run("a"), run("b"));
        let count: i64 = run("a").iter().sum();
        assert!((30..=70).contains(&count), "{count}");
    }

    #[test]
    fn there_is_an_end_to_them() {
        let mut rules = ActiveRules::new("");
        let many = |count| vec![rule(None, 0, 0); count];
        assert_eq!(rules.add(many(MOST)), Ok(1));
        assert_eq!(rules.add(many(1)), Err(TooMany));
    }
}

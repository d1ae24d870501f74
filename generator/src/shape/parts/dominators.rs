//! What stands on every way to something: from Lengauer and Tarjan, "A Fast Algorithm for Finding Dominators in a
//! Flowgraph", whose words for things are used here. It takes little longer than looking at everything once, whatever
//! the document.

/// For each node up to the root, which is the last, the first after the root on every way to it.
pub(super) fn heads<I: Iterator<Item = usize>>(
    root: usize,
    next: impl Fn(usize) -> I,
) -> Vec<usize> {
    let tree = Tree::new(root, next);
    let dominators = tree.dominators();
    let mut heads = vec![root; root + 1];
    // A node is numbered after its dominators.
    for (number, dominator) in dominators.into_iter().enumerate().skip(1) {
        let node = tree.nodes[number];
        heads[node] = match dominator {
            0 => node,
            _ => heads[tree.nodes[dominator]],
        };
    }
    heads
}

/// The nodes in the order in which a search into the depth comes to them, by which they are numbered: the root is 0.
struct Tree {
    nodes: Vec<usize>,
    /// The number of the node from which the search came to each.
    parents: Vec<usize>,
    /// The numbers of the nodes that lead to each.
    previous: Vec<Vec<usize>>,
}

impl Tree {
    fn new<I: Iterator<Item = usize>>(root: usize, next: impl Fn(usize) -> I) -> Self {
        let mut numbers: Vec<Option<usize>> = vec![None; root + 1];
        let mut tree = Self {
            nodes: Vec::new(),
            parents: Vec::new(),
            previous: Vec::new(),
        };
        let mut open = vec![(0, root)];
        while let Some((parent, node)) = open.pop() {
            if let Some(number) = numbers[node] {
                tree.previous[number].push(parent);
                continue;
            }
            let number = tree.nodes.len();
            numbers[node] = Some(number);
            tree.nodes.push(node);
            tree.parents.push(parent);
            tree.previous.push(vec![parent]);
            open.extend(next(node).map(|it| (number, it)));
        }
        tree
    }

    /// The closest node on every way to each, by number.
    fn dominators(&self) -> Vec<usize> {
        let count = self.nodes.len();
        let mut forest = Forest {
            ancestors: vec![None; count],
            labels: (0..count).collect(),
            semi: (0..count).collect(),
        };
        let mut buckets: Vec<Vec<usize>> = vec![Vec::new(); count];
        let mut dominators = vec![0; count];
        for node in (1..count).rev() {
            for previous in &self.previous[node] {
                let least = forest.eval(*previous);
                forest.semi[node] = forest.semi[node].min(forest.semi[least]);
            }
            buckets[forest.semi[node]].push(node);
            let parent = self.parents[node];
            forest.ancestors[node] = Some(parent);
            for other in std::mem::take(&mut buckets[parent]) {
                let least = forest.eval(other);
                let is_before = forest.semi[least] < forest.semi[other];
                dominators[other] = if is_before { least } else { parent };
            }
        }
        for node in 1..count {
            if dominators[node] != forest.semi[node] {
                dominators[node] = dominators[dominators[node]];
            }
        }
        dominators
    }
}

/// The part of the tree that has been gone through.
struct Forest {
    /// A node further up, unless there is none.
    ancestors: Vec<Option<usize>>,
    /// The node of the least semidominator on the way to the ancestor.
    labels: Vec<usize>,
    /// The semidominators.
    semi: Vec<usize>,
}

impl Forest {
    /// The node of the least semidominator on the way up from a node. The way is shorter the next time.
    fn eval(&mut self, node: usize) -> usize {
        let mut way = Vec::new();
        let mut at = node;
        while let Some(ancestor) = self.ancestors[at] {
            way.push(at);
            at = ancestor;
        }
        let top = at;
        // The uppermost stays where it is: its ancestor is the top.
        way.pop();
        for node in way.into_iter().rev() {
            let Some(ancestor) = self.ancestors[node] else {
                continue;
            };
            if self.semi[self.labels[ancestor]] < self.semi[self.labels[node]] {
                self.labels[node] = self.labels[ancestor];
            }
            self.ancestors[node] = Some(top);
        }
        self.labels[node]
    }
}

#[cfg(test)]
mod tests {
    use super::heads;

    /// The heads of nodes with these successors, the root's last.
    fn of(next: &[&[usize]]) -> Vec<usize> {
        let root = next.len() - 1;
        heads(root, |node| next[node].iter().copied())[..root].to_vec()
    }

    #[test]
    fn what_one_leads_to_is_its_own() {
        assert_eq!(
            of(&[&[2], &[3], &[4], &[4, 5], &[], &[], &[0, 1]]),
            [0, 1, 0, 1, 4, 1]
        );
    }

    #[test]
    fn what_meets_in_a_circle_has_no_other_head() {
        // 0 leads into the circle of 2, 3 and 4 at 2, and 1 at 3; 5 comes from it.
        assert_eq!(
            of(&[&[2], &[3], &[3], &[4], &[2, 5], &[], &[0, 1]]),
            [0, 1, 2, 3, 3, 3]
        );
    }

    #[test]
    fn agrees_with_looking_what_is_cut_off() {
        let mut seed = 7_usize;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) % below
        };
        for _ in 0..500 {
            let count = 3 + random(9);
            let mut next: Vec<Vec<usize>> = vec![Vec::new(); count + 1];
            for _ in 0..random(2 * count) {
                let from = random(count);
                next[from].push(random(count));
            }
            next[count] = (0..=random(3)).map(|_| random(count)).collect();
            let reached = |without: Option<usize>| {
                let mut reached = vec![false; count + 1];
                let mut open = vec![count];
                while let Some(node) = open.pop() {
                    if Some(node) != without && !std::mem::replace(&mut reached[node], true) {
                        open.extend(&next[node]);
                    }
                }
                reached
            };
            let all = reached(None);
            let found = heads(count, |node| next[node].iter().copied());
            for node in (0..count).filter(|node| all[*node]) {
                let cuts_off = |it: &usize| *it != node && all[*it] && !reached(Some(*it))[node];
                let dominators: Vec<usize> = (0..count).filter(cuts_off).collect();
                let is_head = |it: &usize| {
                    !dominators
                        .iter()
                        .any(|other| !reached(Some(*other))[*it] && other != it)
                };
                let expected = dominators.iter().copied().find(is_head).unwrap_or(node);
                assert_eq!(found[node], expected, "{next:?}");
            }
        }
    }
}

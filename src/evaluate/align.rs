//! Which piece of an answer stands for which piece of the gold?
//!
//! ```text
//! entity:   the one gold entity whose mentions its own cover most, each by half: one id for everything scores nothing
//! relation: maximum matching over those that are judged to fit, the closest tried first
//! ```

use std::collections::BTreeMap;

use super::sheet::{Fact, Mark, Sheet, Stretch};

/// Longer evidence of an answer points nowhere.
pub(crate) const LONGEST_EVIDENCE: usize = 1000;

/// Bytes in common, over the bytes of both.
pub(crate) fn iou(a: Stretch, b: Stretch) -> f64 {
    let (start, end) = (a.start.max(b.start), a.end.min(b.end));
    if end <= start {
        return 0.0;
    }
    (end - start) as f64 / (a.end.max(b.end) - a.start.min(b.start)) as f64
}

/// The mark that a stretch has most in common with, the first of equals, if that is half at least.
pub(crate) fn nearest<'m>(at: Stretch, marks: impl Iterator<Item = &'m Mark>) -> Option<&'m Mark> {
    let mut best: Option<(&Mark, f64)> = None;
    for mark in marks {
        let common = iou(at, mark.stretch());
        if best.is_none_or(|(_, most)| common > most) {
            best = Some((mark, common));
        }
    }
    best.filter(|(_, common)| *common >= 0.5).map(|(mark, _)| mark)
}

/// Entity of the answer ─► the one gold entity that it stands for.
pub(crate) fn entities<'g>(gold: &'g Sheet, answer: &Sheet) -> BTreeMap<String, &'g str> {
    let mut votes: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for mark in &answer.mentions {
        if let Some(best) = nearest(mark.stretch(), gold.mentions.iter().chain(&gold.optional)) {
            *votes.entry(&mark.entity).or_default().entry(&best.entity).or_default() += 1;
        }
    }
    let winner = |votes: BTreeMap<&'g str, usize>| {
        // The first of equals, by id.
        votes.into_iter().fold(("", 0), |best, (id, n)| if n > best.1 { (id, n) } else { best }).0
    };
    votes.into_iter().map(|(entity, votes)| (entity.to_owned(), winner(votes))).collect()
}

/// Whether any stretch of the gold and any of the answer share a byte.
pub(crate) fn touches(gold: &[Stretch], answer: &[Stretch]) -> bool {
    gold.iter().any(|x| answer.iter().any(|y| x.overlaps(*y) && y.len() <= LONGEST_EVIDENCE))
}

fn merged(stretches: &[Stretch]) -> Vec<Stretch> {
    let mut sorted = stretches.to_vec();
    sorted.sort_by_key(|s| s.start);
    let mut out: Vec<Stretch> = Vec::with_capacity(sorted.len());
    for s in sorted {
        match out.last_mut() {
            Some(last) if s.start <= last.end => last.end = last.end.max(s.end),
            _ => out.push(s),
        }
    }
    out
}

/// Bytes common to both, over the longer of the two.
pub(crate) fn coverage(a: &[Stretch], b: &[Stretch]) -> f64 {
    let (a, b) = (merged(a), merged(b));
    let both = |x: &Stretch| b.iter().map(|y| x.end.min(y.end).saturating_sub(x.start.max(y.start))).sum::<usize>();
    let common: usize = a.iter().map(both).sum();
    let bytes = |all: &[Stretch]| all.iter().map(|s| s.len()).sum::<usize>();
    common as f64 / bytes(&a).max(bytes(&b)).max(1) as f64
}

/// How near two relations lie, evidence and content taken together.
pub(crate) fn closeness(g: &Fact, a: &Fact) -> f64 {
    coverage(&g.evidence, &a.evidence) + coverage(&g.content, &a.content)
}

/// Pairs as many as can be paired: `(gold, answer)`, in the order in which an answer was first given away.
///
/// Augmenting paths, without recursion: a document may state thousands of relations.
pub(crate) fn matching(
    gold: usize,
    answers: usize,
    fits: impl Fn(usize, usize) -> bool,
    near: impl Fn(usize, usize) -> f64,
) -> Vec<(usize, usize)> {
    let edges: Vec<Vec<usize>> = (0..gold)
        .map(|g| {
            let mut fitting: Vec<(f64, usize)> =
                (0..answers).filter(|&a| fits(g, a)).map(|a| (near(g, a), a)).collect();
            fitting.sort_by(|x, y| y.0.total_cmp(&x.0));
            fitting.into_iter().map(|(_, a)| a).collect()
        })
        .collect();
    let mut owner: Vec<Option<usize>> = vec![None; answers];
    let mut given = Vec::new();
    for g in 0..gold {
        let mut seen = vec![false; answers];
        // Who looks for an answer, and how many of theirs they have tried.
        let mut path: Vec<(usize, usize)> = vec![(g, 0)];
        while let Some((who, tried)) = path.last_mut() {
            let Some(&a) = edges[*who].get(*tried) else {
                path.pop();
                continue;
            };
            *tried += 1;
            if std::mem::replace(&mut seen[a], true) {
                continue;
            }
            match owner[a] {
                Some(other) => path.push((other, 0)),
                None => {
                    given.push(a);
                    // Everybody on the path takes the answer that they tried last.
                    for (who, tried) in &path {
                        owner[edges[*who][*tried - 1]] = Some(*who);
                    }
                    break;
                }
            }
        }
    }
    given.into_iter().filter_map(|a| Some((owner[a]?, a))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(start: usize, end: usize) -> Stretch {
        Stretch { start, end }
    }

    #[test]
    fn half_is_enough() {
        assert_eq!(iou(at(0, 10), at(5, 15)), 5.0 / 15.0);
        assert_eq!(iou(at(0, 10), at(0, 20)), 0.5);
        assert_eq!(iou(at(0, 10), at(10, 20)), 0.0);
        assert_eq!(coverage(&[at(0, 4), at(4, 10)], &[at(5, 25)]), 5.0 / 20.0);
        assert_eq!(coverage(&[], &[]), 0.0);
    }

    #[test]
    fn a_later_one_may_push_an_earlier_one_aside() {
        // 0 likes only a, and comes last: 1 must go to b, though a is nearer.
        let fits = |g: usize, a: usize| (g, a) != (1, 1);
        let pairs = matching(2, 2, fits, |_, a| if a == 0 { 1.0 } else { 0.0 });
        assert_eq!(pairs, [(1, 0), (0, 1)]);
    }

    #[test]
    fn evidence_everywhere_is_evidence_nowhere() {
        assert!(touches(&[at(5, 9)], &[at(0, 1000)]));
        assert!(!touches(&[at(5, 9)], &[at(0, 1001)]));
    }
}

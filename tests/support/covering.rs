//! In: how many levels each factor has. Out: few rows of levels in which each pair of levels of two factors occurs.

/// Chooses rows greedily, the same ones each time: each row takes, factor by factor, the level that meets the most pairs
/// not yet met. A single factor gets a row for each level; no factor gets one empty row.
pub fn pairwise(levels: &[usize]) -> Vec<Vec<usize>> {
    if levels.len() < 2 {
        return (0..levels.first().copied().unwrap_or(1)).map(|level| levels.iter().map(|_| level).collect()).collect();
    }
    let mut open = pairs(levels);
    let mut rows = Vec::new();
    while let Some(((first, a), (second, b))) = open.first().copied() {
        // The first open pair is settled, so that each row meets one at least.
        let mut row: Vec<Option<usize>> = vec![None; levels.len()];
        row[first] = Some(a);
        row[second] = Some(b);
        for factor in 0..levels.len() {
            if row[factor].is_none() {
                let best =
                    (0..levels[factor]).max_by_key(|level| (met(&open, &row, (factor, *level)), usize::MAX - level));
                row[factor] = best;
            }
        }
        let row: Vec<usize> = row.into_iter().map(|level| level.expect("each factor was given a level")).collect();
        open.retain(|((i, a), (j, b))| row[*i] != *a || row[*j] != *b);
        rows.push(row);
    }
    rows
}

/// A factor and its level.
type Choice = (usize, usize);

fn pairs(levels: &[usize]) -> Vec<(Choice, Choice)> {
    let mut pairs = Vec::new();
    for first in 0..levels.len() {
        for second in first + 1..levels.len() {
            for a in 0..levels[first] {
                pairs.extend((0..levels[second]).map(|b| ((first, a), (second, b))));
            }
        }
    }
    pairs
}

/// How many open pairs this choice meets with what the row already has.
fn met(open: &[(Choice, Choice)], row: &[Option<usize>], choice: Choice) -> usize {
    let has = |other: Choice| row[other.0] == Some(other.1);
    open.iter().filter(|(a, b)| (*a == choice && has(*b)) || (*b == choice && has(*a))).count()
}

/// The first pair of levels that no row has.
pub fn missing(levels: &[usize], rows: &[Vec<usize>]) -> Option<(Choice, Choice)> {
    let has = |row: &Vec<usize>, choice: Choice| row[choice.0] == choice.1;
    pairs(levels).into_iter().find(|(a, b)| !rows.iter().any(|row| has(row, *a) && has(row, *b)))
}

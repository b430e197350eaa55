//! In: words that want to stand near each other. Out: places where none covers another.

use crate::layout::lines::Lines;

/// Moves labels as little as their neighbours ask, so that none overlaps the next and all stay between `top` and
/// `bottom`. Each is given by the middle where it wants to be and its height; what comes back are their tops, in the same
/// order. `None` where they do not fit at all.
pub(super) fn apart(wanted: &[(f32, f32)], (top, bottom): (f32, f32)) -> Option<Vec<f32>> {
    let needed: f32 = wanted.iter().map(|(_, height)| height).sum();
    if needed > bottom - top + 0.01 {
        return None;
    }
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].0.total_cmp(&wanted[*b].0));
    let mut tops = vec![0.0; wanted.len()];
    let mut least = top;
    for index in &order {
        let (middle, height) = wanted[*index];
        tops[*index] = (middle - height / 2.0).max(least);
        least = tops[*index] + height;
    }
    let mut most = bottom;
    for index in order.iter().rev() {
        tops[*index] = tops[*index].min(most - wanted[*index].1);
        most = tops[*index];
    }
    Some(tops)
}

/// Which of many labels along an axis are shown: every `step`th, the fewest steps at which none touches the next.
/// `extent` gives a label's start and end where it stands.
pub(super) fn step(count: usize, gap: f32, extent: impl Fn(usize) -> (f32, f32)) -> usize {
    let fits = |step: &usize| {
        let mut end = f32::MIN;
        (0..count).step_by(*step).all(|index| {
            let (start, stop) = extent(index);
            let free = start >= end + gap;
            end = stop;
            free
        })
    };
    // The gap before the first label does not count, since it begins after the least number there is.
    (1..count.max(2)).find(fits).unwrap_or(count.max(1))
}

/// True where words were broken within a word, or take more lines than `most`.
pub(super) fn is_cramped(lines: &Lines, most: usize) -> bool {
    lines.lines.len() > most || lines.lines.iter().any(|line| line.broke_a_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_move_no_more_than_they_must() {
        assert_eq!(apart(&[(10.0, 10.0), (50.0, 10.0)], (0.0, 100.0)), Some(vec![5.0, 45.0]));
        assert_eq!(apart(&[(12.0, 10.0), (10.0, 10.0)], (0.0, 100.0)), Some(vec![15.0, 5.0]));
        assert_eq!(apart(&[(99.0, 10.0), (99.0, 10.0)], (0.0, 100.0)), Some(vec![80.0, 90.0]));
        assert_eq!(apart(&[(0.0, 60.0), (0.0, 60.0)], (0.0, 100.0)), None);
    }

    #[test]
    fn labels_are_thinned_out_until_none_touches() {
        let at = |pitch: f32| move |index: usize| (index as f32 * pitch, index as f32 * pitch + 20.0);
        assert_eq!(step(10, 4.0, at(30.0)), 1);
        assert_eq!(step(10, 4.0, at(10.0)), 3);
        assert_eq!(step(3, 4.0, at(1.0)), 3);
        assert_eq!(step(1, 4.0, at(1.0)), 1);
    }
}

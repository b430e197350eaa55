//! In: the shades that each page may have. Out: which of them it takes, so that neighbours differ.

use crate::layout::section::{FixedPage, Shade};

/// What it costs that two neighbours look alike: more than any preference.
const ALIKE: u32 = 20;
/// What a run of white, tint, white without a dark page costs: rhythm needs all three.
const PALE: u32 = 2;

/// Chooses for each page one of its versions: 0 is the page itself, 1 its first alternate. Shades alternate where they
/// can; the first choice of each page counts after that. The same pages give the same choice.
pub(in crate::layout) fn choose(pages: &[&FixedPage]) -> Vec<usize> {
    let options: Vec<Vec<Shade>> = pages
        .iter()
        .map(|page| std::iter::once(page.shade).chain(page.alternates.iter().map(|other| other.shade)).collect())
        .collect();
    // For each page and version: the least cost up to there and the version of the page before it.
    let mut best: Vec<Vec<(u32, usize)>> = Vec::with_capacity(pages.len());
    for (index, shades) in options.iter().enumerate() {
        let reached = |version: usize, shade: Shade| {
            let own = u32::try_from(version).unwrap_or(u32::MAX);
            let Some(before) = index.checked_sub(1) else { return (own, 0) };
            let costs = best[before].iter().zip(&options[before]).enumerate();
            let cost = |(at, (so_far, previous)): (usize, (&(u32, usize), &Shade))| {
                let alike = if *previous == shade { ALIKE } else { 0 };
                let pale = if *previous != Shade::Dark && shade != Shade::Dark { PALE } else { 0 };
                (so_far.0.saturating_add(own).saturating_add(alike + pale), at)
            };
            costs.map(cost).min().unwrap_or((own, 0))
        };
        let row = shades.iter().enumerate().map(|(version, shade)| reached(version, *shade)).collect();
        best.push(row);
    }
    trace(&best)
}

fn trace(best: &[Vec<(u32, usize)>]) -> Vec<usize> {
    let mut chosen = vec![0; best.len()];
    let last = best.last().into_iter().flat_map(|row| row.iter().enumerate());
    let mut version = last.min_by_key(|(_, (cost, _))| *cost).map_or(0, |(version, _)| version);
    for index in (0..best.len()).rev() {
        chosen[index] = version;
        version = best[index].get(version).map_or(0, |(_, before)| *before);
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(shades: &[Shade]) -> FixedPage {
        let alternates = shades[1..].iter().map(|shade| page(&[*shade])).collect();
        FixedPage { shade: shades[0], alternates, ..FixedPage::default() }
    }

    fn chosen(pages: &[&[Shade]]) -> Vec<Shade> {
        let pages: Vec<FixedPage> = pages.iter().map(|shades| page(shades)).collect();
        let all: Vec<&FixedPage> = pages.iter().collect();
        let versions = choose(&all);
        let shade = |(page, version): (&FixedPage, usize)| match version {
            0 => page.shade,
            _ => page.alternates[version - 1].shade,
        };
        pages.iter().zip(versions).map(shade).collect()
    }

    #[test]
    fn neighbours_differ_where_they_can() {
        use Shade::*;
        assert_eq!(chosen(&[&[Dark], &[Dark, Tint], &[Paper, Tint], &[Paper, Tint]]), [Dark, Tint, Paper, Tint]);
        assert_eq!(chosen(&[&[Dark], &[Dark]]), [Dark, Dark]);
        assert_eq!(chosen(&[]), []);
        assert_eq!(chosen(&[&[Paper, Tint]]), [Paper]);
        let pages: &[&[Shade]] =
            &[&[Dark], &[Dark, Tint, Paper], &[Paper, Tint], &[Paper, Tint, Dark], &[Dark, Tint, Paper], &[Dark]];
        let shades = chosen(pages);
        assert!(shades.windows(2).all(|pair| pair[0] != pair[1]), "{shades:?}");
    }
}

//! In: [`Brand`] as read, and the names of the library's files. Out: what is wrong between its lines.
//!
//! Font and image files are looked into when they are used, and all of them before a release.

use std::sync::Arc;

use super::Faults;
use super::template::stays_inside;
use crate::diagnostic::{Problems, SourceFile, suggest};
use crate::library::brand::{Brand, Colour, MotifKind, Scale, contrast};
use crate::library::files::Files;
use crate::library::read::{brand_path, fonts_of, listed};
use crate::library::settings::MEASURES;
use crate::source::Spanned;

/// Tokens that the layout needs.
const NEEDED: [&str; 7] = ["ink", "paper", "tint", "primary", "accent", "muted", "line"];
/// Pairs that the layout sets small text in, whatever the brand lists.
const ALWAYS: [(&str, &str); 5] =
    [("ink", "paper"), ("ink", "tint"), ("paper", "primary"), ("primary", "paper"), ("muted", "paper")];
/// Contrast of running text and of large text (WCAG 2.2, 1.4.3 AA).
const AA: f64 = 4.5;
const AA_LARGE: f64 = 3.0;

/// Checks palette, contrast, fonts' and logos' names, scales and words.
pub(in crate::library) fn brand(file: &Arc<SourceFile>, brand: &Brand, files: &Files) -> Problems {
    let mut faults = Faults::of(file);
    palette(&mut faults, brand);
    pairs(&mut faults, brand);
    fonts(&mut faults, brand, files);
    logo(&mut faults, brand, files);
    scale(&mut faults, "proposal", &brand.typography.proposal);
    scale(&mut faults, "deck", &brand.typography.deck);
    numbers(&mut faults, brand);
    let motif = &brand.motif;
    if motif.kind != MotifKind::None && !MEASURES.contains(&motif.counts.as_str()) {
        let top = faults.top();
        let message = format!("the motif counts `{}`, which is no measure of size", motif.counts);
        faults.add("B013", &top, message, "under `motif:`", format!("count one of {}", listed(&MEASURES)));
    }
    for language in brand.furniture.words.keys() {
        let top = faults.top();
        faults.language(language, &top);
    }
    if brand.furniture.words.is_empty() {
        let top = faults.top();
        let help = "add `words:` for each language under `furniture:`";
        faults.add("B011", &top, "the page furniture has no words in any language", "under `furniture:`", help);
    }
    faults.problems
}

fn tokens(brand: &Brand) -> Vec<&str> {
    brand.palette.keys().map(String::as_str).collect()
}

fn palette(faults: &mut Faults, brand: &Brand) {
    let top = faults.top();
    for token in NEEDED.into_iter().filter(|token| !brand.palette.contains_key(*token)) {
        let help = format!("add `{token}: \"#RRGGBB\"` under `palette:`");
        faults.add("B001", &top, format!("the palette has no `{token}`"), "in this brand", help);
    }
    let used =
        [("motif", &brand.motif.colour, brand.motif.kind != MotifKind::None), ("draft", &brand.draft.colour, true)];
    for (what, token, used) in used {
        if used && !brand.palette.contains_key(token) {
            let help = match suggest(token, tokens(brand)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the palette has {}", listed(&tokens(brand))),
            };
            let message = format!("the palette has no `{token}`, which `{what}` names");
            faults.add("B002", &top, message, format!("under `{what}:`"), help);
        }
    }
}

fn pairs(faults: &mut Faults, brand: &Brand) {
    let known = tokens(brand);
    let colour = |token: &str| brand.palette.get(token);
    for pair in &brand.pairs {
        faults.known("B002", "colour in the palette", &pair.text, &known);
        faults.known("B002", "colour in the palette", &pair.on, &known);
        if let (Some(text), Some(on)) = (colour(&pair.text), colour(&pair.on)) {
            let least = if pair.large { AA_LARGE } else { AA };
            let span = pair.text.span.start.min(pair.on.span.start)..pair.text.span.end.max(pair.on.span.end);
            low_contrast(faults, &span, (&pair.text, text), (&pair.on, on), least);
        }
    }
    for (text, on) in ALWAYS {
        // A pair that the brand lists has been looked at already.
        let listed = brand.pairs.iter().any(|pair| pair.text.value == text && pair.on.value == on && !pair.large);
        if let (Some(first), Some(second)) = (colour(text), colour(on))
            && !listed
        {
            low_contrast(faults, &first.span, (text, first), (on, second), AA);
        }
    }
}

fn low_contrast(
    faults: &mut Faults,
    span: &std::ops::Range<usize>,
    text: (&str, &Spanned<Colour>),
    on: (&str, &Spanned<Colour>),
    least: f64,
) {
    let ratio = contrast(text.1.value, on.1.value);
    if ratio >= least {
        return;
    }
    // Rounded down, so that a failing ratio never reads as the one that is asked for.
    let shown = (ratio * 100.0).floor() / 100.0;
    let message = format!(
        "`{}` ({}) on `{}` ({}) has a contrast of {shown:.2}:1; {least}:1 is the least",
        text.0, text.1.value, on.0, on.1.value
    );
    let label = if least < AA { "hard to read, even large" } else { "hard to read" };
    faults.add("B003", span, message, label, "make the darker of the two darker, or the lighter one lighter");
}

fn fonts(faults: &mut Faults, brand: &Brand, files: &Files) {
    let mut seen: Vec<&str> = Vec::new();
    for (family, entry) in fonts_of(brand) {
        file_exists(faults, "B004", &entry.file, files);
        if seen.contains(&entry.file.value.as_str()) {
            let message = format!("`{}` is named twice", entry.file.value);
            faults.add("B012", &entry.file.span, message, "the second time", "name each file once");
        }
        if !(100..=900).contains(&entry.weight) {
            let message = format!("`{}` has the weight {}", family.name, entry.weight);
            faults.add("B007", &entry.file.span, message, "this font", "weights go from 100 (thin) to 900 (black)");
        }
        seen.push(&entry.file.value);
    }
    let typography = &brand.typography;
    for family in [&typography.text, &typography.display].into_iter().chain(typography.fallback.values()) {
        if family.files.is_empty() {
            let top = faults.top();
            let message = format!("the family `{}` has no files", family.name);
            faults.add("B004", &top, message, "under `type:`", "name at least one file under its `files:`");
        }
    }
}

fn logo(faults: &mut Faults, brand: &Brand, files: &Files) {
    let logo = &brand.logo;
    for entry in [&logo.on_light, &logo.on_dark] {
        file_exists(faults, "B010", entry, files);
    }
    if logo.minimum_width > logo.width {
        let message = format!("the logo is {} pt wide and may not be narrower than {}", logo.width, logo.minimum_width);
        let help = "`minimum_width` is not above `width`";
        faults.add("B010", &logo.on_light.span, message, "this logo", help);
    }
}

fn file_exists(faults: &mut Faults, code: &'static str, entry: &Spanned<String>, files: &Files) {
    if !stays_inside(entry) {
        let message = format!("`{}` is no path below `brand/`", entry.value);
        faults.add("L037", &entry.span, message, "not a path", "write it with `/` and without `..`");
        return;
    }
    let path = brand_path(entry);
    if files.contains_key(&path) {
        return;
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let siblings = files.keys().filter(|known| known.rsplit_once('/').is_some_and(|(at, _)| at == folder));
    let label = match suggest(&path, siblings.map(String::as_str)) {
        Some(near) => format!("did you mean `{}`?", near.trim_start_matches("brand/")),
        None => "no such file".to_string(),
    };
    faults.add(code, &entry.span, format!("there is no `{path}`"), label, "put the file there, or mend its name");
}

/// Sizes grow from the smallest text to the largest figure.
fn scale(faults: &mut Faults, kind: &str, scale: &Scale) {
    let Scale { body, small, minimum, ratio, leading, title, cover, figure } = *scale;
    let steps = [("minimum", minimum), ("small", small), ("body", body), ("title", title), ("cover", cover)];
    let mut faulty = Vec::new();
    for ((lower, a), (upper, b)) in steps.iter().zip(steps.iter().skip(1)) {
        if a > b {
            faulty.push(format!("`{lower}` ({a} pt) is larger than `{upper}` ({b} pt)"));
        }
    }
    if figure < body {
        faulty.push(format!("`figure` ({figure} pt) is smaller than `body` ({body} pt)"));
    }
    let ranges = [
        ("minimum", minimum, Range { least: 4.0, most: 100.0, unit: " pt" }),
        ("small", small, TEXT),
        ("body", body, TEXT),
        ("title", title, TEXT),
        ("cover", cover, TEXT),
        ("figure", figure, TEXT),
        ("ratio", ratio, Range { least: 1.05, most: 2.0, unit: "" }),
        ("leading", leading, Range { least: 1.0, most: 2.5, unit: "" }),
    ];
    let outside = ranges.iter().filter(|(_, value, range)| !range.holds(*value));
    faulty.extend(outside.map(|(name, value, range)| format!("`{name}` is {value}, not {range}")));
    let top = faults.top();
    for fault in faulty {
        let message = format!("the type scale of a {kind} cannot be: {fault}");
        let help = "order the sizes: minimum, small, body, title, cover";
        faults.add("B009", &top, message, format!("`{kind}:` under `type:`"), help);
    }
}

/// The values that a measure may have.
struct Range {
    least: f32,
    most: f32,
    unit: &'static str,
}

/// The size of any text; a page of letter paper is 612 pt wide.
const TEXT: Range = Range { least: 4.0, most: 300.0, unit: " pt" };

impl Range {
    /// False for what is no number too.
    fn holds(&self, value: f32) -> bool {
        (self.least..=self.most).contains(&value)
    }
}

impl std::fmt::Display for Range {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "from {} to {}{}", self.least, self.most, self.unit)
    }
}

/// Lengths that no page can have.
fn numbers(faults: &mut Faults, brand: &Brand) {
    const fn pt(least: f32, most: f32) -> Range {
        Range { least, most, unit: " pt" }
    }
    let top = faults.top();
    let logo = &brand.logo;
    let numbers = [
        ("spacing", "unit", brand.spacing.unit, pt(0.5, 20.0)),
        ("spacing", "margin_mm", brand.spacing.margin_mm, Range { least: 5.0, most: 60.0, unit: " mm" }),
        ("spacing", "radius", brand.spacing.radius, pt(0.0, 40.0)),
        ("tables", "rule", brand.tables.rule, pt(0.0, 10.0)),
        ("tables", "cell_padding", brand.tables.cell_padding, pt(0.0, 60.0)),
        ("logo", "width", logo.width, pt(10.0, 400.0)),
        ("logo", "minimum_width", logo.minimum_width, pt(5.0, 400.0)),
        ("logo", "clear_space", logo.clear_space, Range { least: 0.0, most: 3.0, unit: " times its height" }),
    ];
    for (part, name, value, range) in numbers {
        if !range.holds(value) {
            let message = format!("`{name}` is {value}");
            faults.add("B013", &top, message, format!("under `{part}:`"), format!("write a number {range}"));
        }
    }
}

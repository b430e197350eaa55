//! In: problems. Out: text for a terminal: message, place, the line with a mark, one fix.

use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Origin, Renderer, Snippet};

use super::visible::visible;
use super::{Diagnostic, Place, Problems, Severity};

/// Most characters of a line given to the renderer before and after the start of a mark; it shows fewer.
const BEFORE: usize = 1_000;
const AFTER: usize = 100;
/// Columns of the output.
const WIDTH: usize = 140;

impl Problems {
    /// Writes all problems for a terminal, with a blank line between two; `coloured` uses ANSI colours.
    pub fn to_terminal(&self, coloured: bool) -> String {
        self.shown().iter().map(|diagnostic| diagnostic.to_terminal(coloured)).collect::<Vec<_>>().join("\n")
    }
}

impl Diagnostic {
    /// Writes the problem for a terminal; ends with a line break.
    pub fn to_terminal(&self, coloured: bool) -> String {
        let renderer = if coloured { Renderer::styled() } else { Renderer::plain() }.term_width(WIDTH);
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(visible(&self.message, false)).id(self.code);
        let mut group = annotate_snippets::Group::with_title(title);
        if let Some(place) = &self.place {
            let (line, column) = place.line_column();
            let cut = Cut::of(place);
            let label = self.label.as_deref().map(|label| visible(label, false));
            let mark = AnnotationKind::Primary.span(cut.mark).label(label);
            let snippet = Snippet::source(cut.text).line_start(line).annotation(mark);
            let path = visible(&place.file.path, false);
            // The renderer counts the column itself, which it cannot where the line's beginning is cut off.
            group = if cut.whole_head {
                group.element(snippet.path(path))
            } else {
                group.element(Origin::path(path).line(line).char_column(column)).element(snippet)
            };
        } else if let Some(label) = &self.label {
            group = group.element(Level::NOTE.message(visible(label, false)));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(visible(help, true)));
        }
        renderer.render(&[group]) + "\n"
    }
}

/// The part of a line around a mark, made visible.
struct Cut {
    text: String,
    /// Bytes of `text`.
    mark: Range<usize>,
    /// Whether the text begins where its line does.
    whole_head: bool,
}

impl Cut {
    /// Takes the first line of the place; a mark that runs on ends with its line.
    fn of(place: &Place) -> Self {
        let text = &place.file.text;
        let start = floor(text, place.span.start);
        let end = floor(text, place.span.end).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let line_end = line_start + text[line_start..line_end].trim_end_matches('\r').len();
        let (start, end) = (start.min(line_end), end.min(line_end));

        let before: usize = text[line_start..start].chars().rev().take(BEFORE).map(char::len_utf8).sum();
        let after: usize = text[start..line_end].chars().take(AFTER).map(char::len_utf8).sum();
        let (from, to) = (start - before, start + after);
        let lead = if from > line_start { "… " } else { "" };
        let tail = if to < line_end { " …" } else { "" };
        let head = visible(&text[from..start], false);
        let marked = visible(&text[start..end.min(to)], false);
        let rest = visible(&text[end.min(to)..to], false);
        let at = lead.len() + head.len();
        Self {
            mark: at..at + marked.len(),
            text: format!("{lead}{head}{marked}{rest}{tail}"),
            whole_head: lead.is_empty(),
        }
    }
}

/// The character boundary at or before a byte offset.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::diagnostic::SourceFile;

    fn fault(text: &str, span: Range<usize>) -> Diagnostic {
        let file = Arc::new(SourceFile { path: "templates/proposal/sections/pricing.md".into(), text: text.into() });
        Diagnostic::error("T003", "clients have no field called `nmae`")
            .at(Place { file, span })
            .label("did you mean `name`?")
    }

    #[test]
    fn a_problem_shows_place_line_mark_and_help() {
        let text = "# Price\n\nFor {{ client.nmae }}\n";
        let at = text.find("nmae").unwrap();
        assert_eq!(
            fault(text, at..at + 4).help("see docs/errors.md").to_terminal(false),
            "\
error[T003]: clients have no field called `nmae`
 --> templates/proposal/sections/pricing.md:3:15
  |
3 | For {{ client.nmae }}
  |               ^^^^ did you mean `name`?
  |
  = help: see docs/errors.md
"
        );
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        for before in [300, 5_000, 100_000] {
            let text = format!("{}é: x{}\n", "a".repeat(before), "b".repeat(500_000));
            let shown = fault(&text, before..before + 2).to_terminal(false);
            assert!(shown.contains(&format!(":1:{}\n", before + 1)), "{shown}");
            assert!(shown.contains("aaaé: xbbb"), "{shown}");
            assert!(shown.lines().all(|line| line.chars().count() <= 160), "{shown}");
        }
    }

    #[test]
    fn marks_at_odd_places_do_no_harm() {
        for (text, span) in
            [("", 0..0), ("é", 1..1), ("a", 0..50), ("a", 50..70), ("a\r\nb", 1..4), ("\n\n", 2..2), ("a\nb", 0..3)]
        {
            let shown = fault(text, span.clone()).to_terminal(false);
            assert!(shown.contains("did you mean"), "{text:?} {span:?} {shown}");
        }
    }

    #[test]
    fn controls_of_the_source_are_made_visible() {
        let text = "name: \u{1b}[31m\u{202E}x\u{7}\n";
        let shown = fault(text, 6..9).to_terminal(true);
        assert!(!shown.contains("\u{1b}[31m\u{202E}") && shown.contains("␛[31m�x␇"), "{shown:?}");
        let fault = Diagnostic::warning("S001", "\u{1b}]0;x\u{7}");
        assert_eq!(fault.to_terminal(false), "warning[S001]: ␛]0;x␇\n");
    }
}

//! In: problems. Out: their view for programs: `{"severity","code","message","file","line","column","label","help"}`.

use serde::{Serialize, Serializer};

use super::{Diagnostic, Problems, Severity};

#[derive(Serialize)]
struct View<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    file: Option<&'a str>,
    /// Both from 1; columns count characters.
    line: Option<usize>,
    column: Option<usize>,
    label: Option<&'a str>,
    help: Option<&'a str>,
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let place = self.place.as_ref().map(super::Place::line_column);
        let view = View {
            severity: match self.severity {
                Severity::Warning => "warning",
                Severity::Error => "error",
            },
            code: self.code,
            message: &self.message,
            file: self.place.as_ref().map(|place| place.file.path.as_str()),
            line: place.map(|(line, _)| line),
            column: place.map(|(_, column)| column),
            label: self.label.as_deref(),
            help: self.help.as_deref(),
        };
        view.serialize(serializer)
    }
}

impl Serialize for Problems {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.shown())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::diagnostic::{Diagnostic, Place, Problems, SourceFile};

    #[test]
    fn programs_get_every_part() {
        let file = Arc::new(SourceFile { path: "a.yaml".into(), text: "é: 1\né: 2\n".into() });
        let problems = Problems(vec![
            Diagnostic::error("Y005", "twice").at(Place { file, span: 6..8 }).label("here").help("keep one"),
            Diagnostic::warning("S001", "odd"),
        ]);
        assert_eq!(
            serde_json::to_value(&problems).unwrap(),
            serde_json::json!([
                {"severity": "error", "code": "Y005", "message": "twice", "file": "a.yaml", "line": 2, "column": 1, "label": "here", "help": "keep one"},
                {"severity": "warning", "code": "S001", "message": "odd", "file": null, "line": null, "column": null, "label": null, "help": null},
            ])
        );
    }
}

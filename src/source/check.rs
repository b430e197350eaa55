//! In: a [`Node`] tree and a JSON Schema. Out: every place where the tree does not keep to the schema, in people's words.

use std::sync::Arc;

use serde_json::Value;

use super::node::{Node, NodeKind};
use super::values::{self, Wanted};
use crate::diagnostic::{Diagnostic, MOST_OF_ONE_FILE, Place, SourceFile, suggest};

/// Finds all faults of a file.
pub(super) fn faults(file: &Arc<SourceFile>, node: &Node, root: &Value) -> Vec<Diagnostic> {
    let mut checker = Checker { file, root, found: Vec::new() };
    checker.value(node, root, "");
    checker.found
}

struct Checker<'a> {
    file: &'a Arc<SourceFile>,
    root: &'a Value,
    found: Vec<Diagnostic>,
}

/// One node against one schema, and the key under which it stands (empty for the whole file).
impl<'a> Checker<'a> {
    fn value(&mut self, node: &Node, schema: &'a Value, name: &str) {
        if schema.as_object().is_none_or(|keywords| keywords.is_empty()) {
            return;
        }
        if let Some(target) = self.target(schema) {
            self.value(node, target, name);
        }
        if let Some((words, nullable)) = self.words(schema) {
            self.word(node, &words, nullable, name);
            return;
        }
        for part in list(schema, "allOf") {
            self.value(node, part, name);
        }
        for keyword in ["anyOf", "oneOf"] {
            if schema.get(keyword).is_some() {
                self.alternatives(node, list(schema, keyword), name);
            }
        }
        let wanted = Wanted::of(schema);
        if !wanted.admits(node, name.is_empty()) {
            let optional = wanted.nullable();
            self.found.push(self.mismatch(node, &wanted, name, optional));
            return;
        }
        match &node.kind {
            NodeKind::Map(_) => self.map(node, schema, name),
            NodeKind::Null if name.is_empty() => self.map(node, schema, name),
            NodeKind::List(items) => self.list(node, items, schema, name),
            NodeKind::Scalar { text, .. } => {
                if let Some((message, label)) = values::fault(text, schema, &wanted, name) {
                    self.report("Y016", message, node, Some(label), None);
                }
            }
            NodeKind::Null => {}
        }
    }

    /// Follows `$ref` to a definition of the same schema.
    fn target(&self, schema: &'a Value) -> Option<&'a Value> {
        match schema.get("$ref")?.as_str()? {
            "#" => Some(self.root),
            path => self.root.pointer(path.strip_prefix('#')?),
        }
    }

    /// The words of an enum, when the schema is one, and whether nothing is allowed too.
    fn words(&self, schema: &'a Value) -> Option<(Vec<&'a str>, bool)> {
        if let Some(word) = schema.get("const") {
            return Some((vec![word.as_str()?], false));
        }
        if let Some(Value::Array(all)) = schema.get("enum") {
            let words: Vec<_> = all.iter().filter_map(Value::as_str).collect();
            let nullable = all.iter().any(Value::is_null);
            return (words.len() + usize::from(nullable) == all.len()).then_some((words, nullable));
        }
        let (mut words, mut nullable) = (Vec::new(), false);
        let alternatives = schema.get("oneOf").or_else(|| schema.get("anyOf"))?.as_array()?;
        for alternative in alternatives {
            if is_null(alternative) {
                nullable = true;
                continue;
            }
            let (more, null) = self.words(self.target(alternative).unwrap_or(alternative))?;
            words.extend(more);
            nullable |= null;
        }
        Some((words, nullable))
    }

    fn word(&mut self, node: &Node, words: &[&str], nullable: bool, name: &str) {
        let all = listed(words);
        match &node.kind {
            NodeKind::Null if nullable => {}
            NodeKind::Scalar { text, .. } if words.contains(&text.as_str()) => {}
            NodeKind::Scalar { text, .. } => {
                let shown = self.found.len() < MOST_OF_ONE_FILE;
                let label = match shown.then(|| suggest(text, words.iter().copied())).flatten() {
                    Some(word) => format!("did you mean `{word}`?"),
                    None => format!("expected {all}"),
                };
                let message = format!("`{text}` is not one of the words for {}", called(name));
                self.report("Y015", message, node, Some(label), Some(format!("write {all}")));
            }
            _ => {
                let message = format!("expected one word for {}, found {}", called(name), node.describe());
                self.report("Y014", message, node, Some(format!("write {all}")), None);
            }
        }
    }

    fn alternatives(&mut self, node: &Node, all: &'a [Value], name: &str) {
        let nullable = all.iter().any(is_null);
        if nullable && node.kind == NodeKind::Null {
            return;
        }
        // The alternative with the fewest faults is the one that was meant; of several, the first.
        let mut best: Option<Vec<Diagnostic>> = None;
        for alternative in all.iter().filter(|alternative| !is_null(alternative)) {
            let mut attempt = Checker { file: self.file, root: self.root, found: Vec::new() };
            attempt.value(node, alternative, name);
            let wrong_type = |found: &[Diagnostic]| found.iter().any(|fault| fault.code == "Y014");
            let better = best
                .as_ref()
                .is_none_or(|best| (wrong_type(&attempt.found), attempt.found.len()) < (wrong_type(best), best.len()));
            if better {
                best = Some(attempt.found);
            }
        }
        self.found.extend(best.unwrap_or_default());
    }

    fn map(&mut self, node: &Node, schema: &'a Value, name: &str) {
        let known = schema.get("properties").and_then(Value::as_object);
        let rest = schema.get("additionalProperties");
        let mut meant = Vec::new();
        let mut unused: Option<Vec<&str>> = None;
        for (key, value) in node.entries() {
            // Nothing cannot be marked, but the key before it can.
            let nothing = Node { span: key.span.clone(), kind: NodeKind::Null };
            let value = if value.span.is_empty() && value.kind == NodeKind::Null { &nothing } else { value };
            if let Some(property) = known.and_then(|known| known.get(&key.value)) {
                self.value(value, property, &key.value);
            } else if rest == Some(&Value::Bool(false)) {
                // Found once for the group: each name is looked for among all of its keys.
                let names = unused.get_or_insert_with(|| {
                    let names = known.into_iter().flat_map(|known| known.keys().map(String::as_str));
                    names.filter(|name| node.get(name).is_none()).collect()
                });
                meant.extend(self.unknown(key, names, name));
            } else if let Some(rest) = rest {
                self.value(value, rest, &key.value);
            }
        }
        let required = list(schema, "required").iter().filter_map(Value::as_str);
        for key in required.filter(|key| node.get(key).is_none() && !meant.contains(key)) {
            self.missing(node, key, known.and_then(|known| known.get(key)), name);
        }
    }

    /// Reports a key that nothing reads; gives the key that was probably meant.
    fn unknown<'n>(&mut self, key: &super::Spanned<String>, names: &[&'n str], group: &str) -> Option<&'n str> {
        // Past those that are shown, a fault only counts.
        let shown = self.found.len() < MOST_OF_ONE_FILE;
        let meant = shown.then(|| suggest(&key.value, names.iter().copied())).flatten();
        let inside = if group.is_empty() { String::new() } else { format!(" in `{group}`") };
        let mut fault = Diagnostic::error("Y012", format!("there is no key `{}`{inside}", key.value))
            .at(Place { file: self.file.clone(), span: key.span.clone() });
        fault = match meant {
            None if !shown => fault,
            Some(meant) => fault.label(format!("did you mean `{meant}`?")),
            None if names.is_empty() => fault.label("not known here").help("take it out"),
            None => fault.label("not known here").help(format!("known here and not used yet: {}", listed(names))),
        };
        self.found.push(fault);
        meant
    }

    fn missing(&mut self, node: &Node, key: &str, property: Option<&Value>, group: &str) {
        let inside = if group.is_empty() { String::new() } else { format!(" in `{group}`") };
        let property = property.map(|property| self.target_of(property));
        let about = property.and_then(|schema| schema.get("description")).and_then(Value::as_str);
        let about = about.and_then(|text| text.lines().next()).map(|line| format!(": {line}")).unwrap_or_default();
        // Marks the first key of the group: the group itself can be a page long.
        let span = node.entries().first().map_or(node.span.clone(), |(first, _)| first.span.clone());
        self.found.push(
            Diagnostic::error("Y013", format!("`{key}` is missing{inside}"))
                .at(Place { file: self.file.clone(), span })
                .label(format!("this group needs `{key}:`"))
                .help(format!("add `{key}:` here{about}")),
        );
    }

    /// Follows a reference, keeping the words that stand beside it.
    fn target_of<'v>(&'v self, schema: &'v Value) -> &'v Value {
        if schema.get("description").is_some() { schema } else { self.target_any(schema) }
    }

    fn target_any<'v>(&'v self, schema: &'v Value) -> &'v Value {
        let path = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#'));
        path.and_then(|path| self.root.pointer(path)).unwrap_or(schema)
    }

    fn list(&mut self, node: &Node, items: &[Node], schema: &'a Value, name: &str) {
        let count =
            |keyword| schema.get(keyword).and_then(Value::as_u64).map(|n| usize::try_from(n).unwrap_or(usize::MAX));
        if let Some(least) = count("minItems").filter(|least| items.len() < *least) {
            let message = format!("{} needs at least {least} entries, found {}", called(name), items.len());
            self.report("Y016", message, node, Some("add an entry".into()), None);
        }
        if let Some(most) = count("maxItems").filter(|most| items.len() > *most) {
            let message = format!("{} takes at most {most} entries, found {}", called(name), items.len());
            self.report("Y016", message, node, Some("take some out".into()), None);
        }
        if let Some(each) = schema.get("items") {
            for item in items {
                self.value(item, each, name);
            }
        }
    }

    fn mismatch(&self, node: &Node, wanted: &Wanted, name: &str, optional: bool) -> Diagnostic {
        let place = Place { file: self.file.clone(), span: node.span.clone() };
        let expected = wanted.in_words();
        if node.kind == NodeKind::Null {
            let file = "the file is empty".to_owned();
            let message = if name.is_empty() { file } else { format!("{} has no value", called(name)) };
            // `{CAD: 1,290}` is the number 1 and a key 290.
            let help = if !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit()) {
                "a comma ends the value before it: write numbers without marks between their digits"
            } else {
                "write a value, or take the key out; the word `null` as text goes in quotes"
            };
            return Diagnostic::error("Y014", message).at(place).label(format!("expected {expected}")).help(help);
        }
        let message = format!("expected {expected} for {}, found {}", called(name), node.describe());
        let fault = Diagnostic::error("Y014", message).at(place).label(format!("write {expected}"));
        match wanted.fix(node) {
            Some(fix) => fault.help(fix),
            None if optional => fault.help("write a value of this kind, or take it out"),
            None => fault,
        }
    }

    fn report(
        &mut self,
        code: &'static str,
        message: String,
        node: &Node,
        label: Option<String>,
        help: Option<String>,
    ) {
        let place = Place { file: self.file.clone(), span: node.span.clone() };
        let fault = Diagnostic { label, help, ..Diagnostic::error(code, message).at(place) };
        self.found.push(fault);
    }
}

fn list<'v>(schema: &'v Value, keyword: &str) -> &'v [Value] {
    schema.get(keyword).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").and_then(Value::as_str) == Some("null")
}

/// The key in backticks, or the file.
fn called(name: &str) -> String {
    if name.is_empty() { "the file".into() } else { format!("`{name}`") }
}

/// Joins words as `a`, `b` or `c`.
fn listed(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [word] => format!("`{word}`"),
        [first @ .., last] => {
            let first: Vec<_> = first.iter().map(|word| format!("`{word}`")).collect();
            format!("{} or `{last}`", first.join(", "))
        }
    }
}

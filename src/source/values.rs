//! In: one scalar and its JSON Schema. Out: whether it is of the type, and what is wrong with its form.

use serde_json::Value;

use super::node::{Node, NodeKind};
use super::scalar;

/// What a schema asks for.
pub(super) struct Wanted<'a> {
    types: Vec<&'a str>,
    format: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    pub(super) fn of(schema: &'a Value) -> Self {
        let types = match schema.get("type") {
            Some(Value::String(one)) => vec![one.as_str()],
            Some(Value::Array(many)) => many.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        Self { types, format: schema.get("format").and_then(Value::as_str) }
    }

    pub(super) fn nullable(&self) -> bool {
        self.types.contains(&"null")
    }

    /// Whether a node is of one of the types; a file (`root`) without a line counts as a group without keys.
    pub(super) fn admits(&self, node: &Node, root: bool) -> bool {
        self.types.is_empty() || self.types.iter().any(|kind| is(node, kind) || (root && empty_group(node, kind)))
    }

    /// Such as `a whole number`.
    pub(super) fn in_words(&self) -> String {
        let words: Vec<_> = self.types.iter().filter(|kind| **kind != "null").map(|kind| self.word(kind)).collect();
        words.join(" or ")
    }

    fn word(&self, kind: &str) -> &'static str {
        match (kind, self.format) {
            ("string", Some("date")) => "a date (YYYY-MM-DD)",
            ("string", Some("colour")) => "a colour (`\"#RRGGBB\"`)",
            ("string", Some("decimal")) => "an amount",
            ("string", Some("percent")) => "a percentage",
            ("string", _) => "text",
            ("integer", _) => "a whole number",
            ("number", _) => "a number",
            ("boolean", _) => "`true` or `false`",
            ("array", _) => "a list",
            ("object", _) => "a group of keys",
            _ => "a value",
        }
    }

    /// The one fix for the mistakes that people make most.
    pub(super) fn fix(&self, node: &Node) -> Option<String> {
        let has = |kind| self.types.contains(&kind);
        let NodeKind::Scalar { text, quoted } = &node.kind else {
            return (has("string") && matches!(node.kind, NodeKind::List(_) | NodeKind::Map(_)))
                .then(|| "put quotes around text that begins with `[` or `{`, or that holds `: `".into());
        };
        if has("array") {
            return Some(format!("write a list: `[{}]`", text.trim()));
        }
        let numeric = has("number") || has("integer");
        if numeric && *quoted && scalar::float(text).is_some() {
            return Some("take out the quotes".into());
        }
        let bare: String =
            text.chars().filter(|c| !matches!(c, ',' | ' ' | '_' | '\u{A0}' | '\u{202F}' | '\'')).collect();
        if numeric && scalar::float(&bare).is_some() && bare != *text {
            return Some(format!("write the number without marks between its digits: `{bare}`"));
        }
        if has("boolean") {
            let word = match text.to_ascii_lowercase().as_str() {
                "yes" | "on" | "true" | "y" | "1" => "true",
                "no" | "off" | "false" | "n" | "0" => "false",
                _ => return None,
            };
            return Some(format!("write `{word}`, without quotes"));
        }
        None
    }
}

fn is(node: &Node, kind: &str) -> bool {
    match (&node.kind, kind) {
        (NodeKind::Null, "null") | (NodeKind::List(_), "array") | (NodeKind::Map(_), "object") => true,
        (NodeKind::Scalar { .. }, "string") => true,
        (NodeKind::Scalar { text, quoted: false }, "integer") => scalar::integer(text).is_some(),
        (NodeKind::Scalar { text, quoted: false }, "number") => scalar::float(text).is_some(),
        (NodeKind::Scalar { text, quoted: false }, "boolean") => matches!(text.as_str(), "true" | "false"),
        _ => false,
    }
}

fn empty_group(node: &Node, kind: &str) -> bool {
    node.kind == NodeKind::Null && kind == "object"
}

/// Says what is wrong with a scalar of the right type: message and label.
pub(super) fn fault(text: &str, schema: &Value, wanted: &Wanted, name: &str) -> Option<(String, String)> {
    let is = |kind| wanted.types.contains(&kind);
    if is("string") {
        return form(text, wanted.format)
            .or_else(|| pattern(text, schema, wanted, name))
            .or_else(|| length(text, schema, name));
    }
    if is("integer") || is("number") {
        return bounds(text, schema, wanted.format, name);
    }
    None
}

fn form(text: &str, format: Option<&str>) -> Option<(String, String)> {
    let (good, what, label) = match format? {
        "date" => (scalar::date(text).is_some(), "a day of the calendar", "write the date as `YYYY-MM-DD`"),
        "colour" => (is_colour(text), "a colour", "write `\"#RRGGBB\"`, with six hexadecimal digits"),
        "decimal" if scalar::decimal(text).is_none() => {
            return Some((format!("`{text}` is not an amount"), scalar::decimal_advice(text)));
        }
        "percent" => (scalar::percent(text).is_some(), "a percentage", "write it as `5%`"),
        _ => return None,
    };
    (!good).then(|| (format!("`{text}` is not {what}"), label.to_owned()))
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

fn pattern(text: &str, schema: &Value, wanted: &Wanted, name: &str) -> Option<(String, String)> {
    let pattern = schema.get("pattern")?.as_str()?;
    if matches!(wanted.format, Some("date" | "colour" | "decimal" | "percent")) {
        return None;
    }
    let matches = regex_lite::Regex::new(pattern).is_ok_and(|regex| regex.is_match(text));
    (!matches)
        .then(|| (format!("`{text}` does not have the form that `{name}` needs"), format!("must match `{pattern}`")))
}

fn length(text: &str, schema: &Value, name: &str) -> Option<(String, String)> {
    let count = text.chars().count() as u64;
    let limit = |keyword| schema.get(keyword).and_then(Value::as_u64);
    if let Some(least) = limit("minLength").filter(|least| count < *least) {
        let message = if count == 0 { format!("`{name}` is empty") } else { format!("`{name}` is too short") };
        return Some((message, format!("write at least {least} characters")));
    }
    let most = limit("maxLength").filter(|most| count > *most)?;
    Some((format!("`{name}` is too long: {count} characters"), format!("write at most {most} characters")))
}

/// The bounds that the schema states and those of the number's own type.
fn bounds(text: &str, schema: &Value, format: Option<&str>, name: &str) -> Option<(String, String)> {
    let (low, high) = match format {
        Some("uint8") => (0, u8::MAX.into()),
        Some("uint16") => (0, u16::MAX.into()),
        Some("uint32") => (0, u32::MAX.into()),
        Some("uint64" | "uint") => (0, u64::MAX.into()),
        Some("int8") => (i8::MIN.into(), i8::MAX.into()),
        Some("int16") => (i16::MIN.into(), i16::MAX.into()),
        Some("int32") => (i32::MIN.into(), i32::MAX.into()),
        Some("int64" | "int") => (i64::MIN.into(), i64::MAX.into()),
        _ => (i128::MIN, i128::MAX),
    };
    let too = |how: &str, limit: String| Some((format!("`{text}` is too {how} for `{name}`"), limit));
    if let Some(number) = scalar::integer(text) {
        if number < low {
            return too("small", format!("at least {low}"));
        }
        if number > high {
            return too("large", format!("at most {high}"));
        }
    }
    let number = scalar::float(text)?;
    let limit = |keyword| schema.get(keyword).and_then(Value::as_f64);
    if let Some(low) = limit("minimum").filter(|low| number < *low) {
        return too("small", format!("at least {low}"));
    }
    if let Some(low) = limit("exclusiveMinimum").filter(|low| number <= *low) {
        return too("small", format!("more than {low}"));
    }
    if let Some(high) = limit("maximum").filter(|high| number > *high) {
        return too("large", format!("at most {high}"));
    }
    if format == Some("float") && number.abs() > f64::from(f32::MAX) {
        return too("large", "write a smaller number".into());
    }
    None
}

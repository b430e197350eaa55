//! In: a name or a unit, plain or by language. Out: the words of one language, or none: languages are never mixed.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use crate::source::Spanned;

/// CLDR's plural categories, which a unit may have a form for.
pub const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Words in one language or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    /// Where they stand in the file.
    pub span: Range<usize>,
    /// By language; plain words have none and stand for every language.
    pub texts: Vec<(Option<Spanned<String>>, Spanned<String>)>,
}

impl Words {
    /// The words of a language: those of the very tag (`fr-CA`), else those of its language alone (`fr`), else plain
    /// ones. None where there are only words of other languages.
    pub fn of(&self, language: &str) -> Option<&str> {
        in_language(&self.texts, language).map(|text| text.value.as_str())
    }

    /// The words written first, for lists that are in no document's language.
    pub fn first(&self) -> &str {
        self.texts.first().map_or("", |(_, text)| text.value.as_str())
    }
}

/// What one and many of an item are called, in one language or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// Where it stands in the file.
    pub span: Range<usize>,
    /// By language; plain forms have none and stand for every language.
    pub forms: Vec<(Option<Spanned<String>>, Forms)>,
}

/// The forms of a unit in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forms {
    /// The same for every number.
    Same(Spanned<String>),
    /// By plural category; `other` is among them.
    ByCount(Vec<(Spanned<String>, Spanned<String>)>),
}

impl Unit {
    /// What so many are called, by the plural category of the number (`one`, `other` …). None where the unit has only
    /// words of other languages.
    pub fn of(&self, language: &str, category: &str) -> Option<&str> {
        let text = match in_language(&self.forms, language)? {
            Forms::Same(text) => text,
            Forms::ByCount(forms) => {
                let form = |wanted: &str| forms.iter().find(|(known, _)| known.value == wanted).map(|(_, text)| text);
                form(category).or_else(|| form("other"))?
            }
        };
        Some(&text.value)
    }
}

fn in_language<'a, T>(all: &'a [(Option<Spanned<String>>, T)], language: &str) -> Option<&'a T> {
    let of = |wanted: Option<&str>| {
        let same = |known: &Option<Spanned<String>>| match (known, wanted) {
            (Some(known), Some(wanted)) => known.value.eq_ignore_ascii_case(wanted),
            (None, None) => true,
            _ => false,
        };
        all.iter().find(|(known, _)| same(known)).map(|(_, words)| words)
    };
    let alone = language.split('-').next();
    of(Some(language)).or_else(|| of(alone)).or_else(|| of(None))
}

/// Plain words, or a map of them.
enum Form<T> {
    Plain(String),
    Map(Vec<(Spanned<String>, T)>),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Form<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FormVisitor<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for FormVisitor<T> {
            type Value = Form<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("words, or words by language")
            }
            fn visit_str<E>(self, text: &str) -> Result<Form<T>, E> {
                Ok(Form::Plain(text.to_string()))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Form<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Form::Map(entries))
            }
        }
        deserializer.deserialize_any(FormVisitor(std::marker::PhantomData))
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Spanned { value, span } = Spanned::<Form<Spanned<String>>>::deserialize(deserializer)?;
        let texts = match value {
            Form::Plain(text) => vec![(None, Spanned { value: text, span: span.clone() })],
            Form::Map(texts) => texts.into_iter().map(|(language, text)| (Some(language), text)).collect(),
        };
        Ok(Self { span, texts })
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        type OneOrMore = Spanned<Form<Spanned<Form<Spanned<String>>>>>;
        let Spanned { value, span } = OneOrMore::deserialize(deserializer)?;
        let forms = match value {
            Form::Plain(text) => vec![(None, Forms::Same(Spanned { value: text, span: span.clone() }))],
            Form::Map(entries) if entries.iter().all(|(key, _)| CATEGORIES.contains(&key.value.as_str())) => {
                let text = |(category, form): (Spanned<String>, Spanned<Form<_>>)| match form.value {
                    Form::Plain(text) => Ok((category, Spanned { value: text, span: form.span })),
                    Form::Map(_) => Err(serde::de::Error::custom("a form of a unit is text")),
                };
                vec![(None, Forms::ByCount(entries.into_iter().map(text).collect::<Result<_, D::Error>>()?))]
            }
            Form::Map(entries) => entries.into_iter().map(|(language, form)| (Some(language), forms(form))).collect(),
        };
        Ok(Self { span, forms })
    }
}

fn forms(form: Spanned<Form<Spanned<String>>>) -> Forms {
    match form.value {
        Form::Plain(text) => Forms::Same(Spanned { value: text, span: form.span }),
        Form::Map(forms) => Forms::ByCount(forms),
    }
}

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let text = json_schema!({"type": "string", "minLength": 1});
        json_schema!({"anyOf": [text, {"type": "object", "additionalProperties": text}]})
    }
}

impl JsonSchema for Unit {
    fn schema_name() -> Cow<'static, str> {
        "Unit".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let text = json_schema!({"type": "string", "minLength": 1});
        let forms = json_schema!({"anyOf": [text, {"type": "object", "additionalProperties": text}]});
        json_schema!({"anyOf": [text, {"type": "object", "additionalProperties": forms}]})
    }
}

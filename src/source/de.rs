//! In: a checked [`Node`]. Out: a value, through serde: each scalar is read as what the type asks for.

use std::fmt;
use std::ops::Range;

use serde::de::value::{StrDeserializer, UsizeDeserializer};
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use super::node::{Node, NodeKind};
use super::scalar;
use super::spanned::SPANNED;

/// What a type's own reading refused, and where.
#[derive(Debug)]
pub(super) struct Refused {
    pub(super) message: String,
    pub(super) span: Option<Range<usize>>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Refused {}

impl de::Error for Refused {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), span: None }
    }
}

impl Refused {
    /// Names the place, unless a place further in is known.
    fn at(mut self, span: &Range<usize>) -> Self {
        self.span.get_or_insert_with(|| span.clone());
        self
    }
}

/// Reads one node.
pub(super) struct NodeReader<'a>(pub(super) &'a Node);

impl NodeReader<'_> {
    fn expected(&self, what: &str) -> Refused {
        Refused { message: format!("expected {what}, found {}", self.0.describe()), span: Some(self.0.span.clone()) }
    }

    fn plain(&self, what: &str) -> Result<&str, Refused> {
        match &self.0.kind {
            NodeKind::Scalar { text, quoted: false } => Ok(text),
            _ => Err(self.expected(what)),
        }
    }
}

macro_rules! integers {
    ($($method:ident $visit:ident $type:ty)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
            let number = scalar::integer(self.plain("a whole number")?)
                .and_then(|number| <$type>::try_from(number).ok())
                .ok_or_else(|| self.expected("a whole number within bounds"))?;
            visitor.$visit(number).map_err(|error: Refused| error.at(&self.0.span))
        }
    )*};
}

macro_rules! texts {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
            let text = self.0.as_text().ok_or_else(|| self.expected("text"))?;
            visitor.visit_str(text).map_err(|error: Refused| error.at(&self.0.span))
        }
    )*};
}

impl<'de> Deserializer<'de> for NodeReader<'_> {
    type Error = Refused;

    integers! {
        deserialize_i8 visit_i8 i8
        deserialize_i16 visit_i16 i16
        deserialize_i32 visit_i32 i32
        deserialize_i64 visit_i64 i64
        deserialize_i128 visit_i128 i128
        deserialize_u8 visit_u8 u8
        deserialize_u16 visit_u16 u16
        deserialize_u32 visit_u32 u32
        deserialize_u64 visit_u64 u64
    }

    texts! { deserialize_str deserialize_string deserialize_char deserialize_identifier }

    /// Types that take anything see scalars as text: nothing says what else they may be.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match &self.0.kind {
            NodeKind::Null => visitor.visit_unit(),
            NodeKind::Scalar { text, .. } => visitor.visit_str(text),
            NodeKind::List(items) => visitor.visit_seq(Items(items.iter())),
            NodeKind::Map(entries) => visitor.visit_map(Entries { entries: entries.iter(), value: None }),
        }
        .map_err(|error: Refused| error.at(&self.0.span))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self.plain("true or false")? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(self.expected("true or false")),
        }
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        let number = scalar::float(self.plain("a number")?).ok_or_else(|| self.expected("a number"))?;
        visitor.visit_f64(number).map_err(|error: Refused| error.at(&self.0.span))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match self.0.kind {
            NodeKind::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Refused> {
        if name == SPANNED { visitor.visit_seq(Spot(self.0, 0)) } else { visitor.visit_newtype_struct(self) }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        match &self.0.kind {
            NodeKind::Scalar { text, .. } => visitor.visit_enum(text.as_str().into_deserializer()),
            NodeKind::Map(entries) if entries.len() == 1 => {
                visitor.visit_enum(Choice(&entries[0].0.value, &entries[0].1))
            }
            _ => Err(self.expected("one word")),
        }
        .map_err(|error: Refused| error.at(&self.0.span))
    }

    /// A file or front matter without any line is a group without keys.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        self.deserialize_map(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        match &self.0.kind {
            NodeKind::Map(entries) => visitor.visit_map(Entries { entries: entries.iter(), value: None }),
            NodeKind::Null => visitor.visit_map(Entries { entries: [].iter(), value: None }),
            _ => Err(self.expected("a group of keys")),
        }
        .map_err(|error: Refused| error.at(&self.0.span))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { u128 bytes byte_buf unit unit_struct seq tuple tuple_struct }
}

struct Items<'a>(std::slice::Iter<'a, Node>);

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = Refused;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Refused> {
        self.0.next().map(|node| seed.deserialize(NodeReader(node))).transpose()
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Entries<'a> {
    entries: std::slice::Iter<'a, (super::Spanned<String>, Node)>,
    value: Option<&'a Node>,
}

impl<'de> de::MapAccess<'de> for Entries<'_> {
    type Error = Refused;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Refused> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(KeyReader(key)).map(Some).map_err(|error| error.at(&key.span))
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Refused> {
        match self.value.take() {
            Some(node) => seed.deserialize(NodeReader(node)),
            None => Err(de::Error::custom("a value was asked for before its key")),
        }
    }
}

/// A key: text, or text with its place.
struct KeyReader<'a>(&'a super::Spanned<String>);

impl<'de> Deserializer<'de> for KeyReader<'_> {
    type Error = Refused;
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Refused> {
        visitor.visit_str(&self.0.value)
    }
    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, Refused> {
        if name == SPANNED { visitor.visit_seq(KeySpot(self.0, 0)) } else { visitor.visit_newtype_struct(self) }
    }
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Refused> {
        visitor.visit_enum(self.0.value.as_str().into_deserializer())
    }
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct seq
        tuple tuple_struct map struct identifier ignored_any
    }
}

/// The sequence `start, end, value` by which `Spanned` reads its place.
struct Spot<'a>(&'a Node, u8);

impl<'de> de::SeqAccess<'de> for Spot<'_> {
    type Error = Refused;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Refused> {
        self.1 += 1;
        match self.1 {
            1 => seed.deserialize(offset(self.0.span.start)).map(Some),
            2 => seed.deserialize(offset(self.0.span.end)).map(Some),
            3 => seed.deserialize(NodeReader(self.0)).map(Some),
            _ => Ok(None),
        }
    }
}

struct KeySpot<'a>(&'a super::Spanned<String>, u8);

impl<'de> de::SeqAccess<'de> for KeySpot<'_> {
    type Error = Refused;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Refused> {
        self.1 += 1;
        match self.1 {
            1 => seed.deserialize(offset(self.0.span.start)).map(Some),
            2 => seed.deserialize(offset(self.0.span.end)).map(Some),
            3 => seed.deserialize(KeyReader(self.0)).map(Some),
            _ => Ok(None),
        }
    }
}

fn offset(at: usize) -> UsizeDeserializer<Refused> {
    at.into_deserializer()
}

/// An enum written as `variant: value`.
struct Choice<'a>(&'a str, &'a Node);

impl<'a, 'de> de::EnumAccess<'de> for Choice<'a> {
    type Error = Refused;
    type Variant = ChoiceValue<'a>;
    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, ChoiceValue<'a>), Refused> {
        let name: StrDeserializer<'_, Refused> = self.0.into_deserializer();
        Ok((seed.deserialize(name)?, ChoiceValue(self.1)))
    }
}

struct ChoiceValue<'a>(&'a Node);

impl<'de> de::VariantAccess<'de> for ChoiceValue<'_> {
    type Error = Refused;
    fn unit_variant(self) -> Result<(), Refused> {
        match self.0.kind {
            NodeKind::Null => Ok(()),
            _ => Err(NodeReader(self.0).expected("nothing")),
        }
    }
    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Refused> {
        seed.deserialize(NodeReader(self.0))
    }
    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Refused> {
        NodeReader(self.0).deserialize_any(visitor)
    }
    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Refused> {
        NodeReader(self.0).deserialize_map(visitor)
    }
}

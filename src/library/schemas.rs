//! In: the types of the library's files. Out: a JSON Schema for each, so that editors complete and check them.

use serde_json::Value;

use super::block::BlockFront;
use super::brand::Brand;
use super::glossary::Glossary;
use super::pricebook::PriceBook;
use super::settings::Settings;
use super::template::Template;
use crate::source::json_schema;

/// JSON Schemas (draft 2020-12) by file name.
pub fn editor_schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("library.schema.json", json_schema::<Settings>()),
        ("brand.schema.json", json_schema::<Brand>()),
        ("template.schema.json", json_schema::<Template>()),
        ("block.schema.json", json_schema::<BlockFront>()),
        ("glossary.schema.json", json_schema::<Glossary>()),
        ("pricebook.schema.json", json_schema::<PriceBook>()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_schema_is_a_closed_object_with_words_for_the_editor() {
        let schemas = editor_schemas();
        assert_eq!(schemas.len(), 6);
        for (name, schema) in schemas {
            assert_eq!(schema["type"], "object", "{name}");
            assert_eq!(schema["additionalProperties"], false, "{name}");
            assert!(schema["$schema"].as_str().is_some_and(|uri| uri.contains("2020-12")), "{name}");
        }
    }

    #[test]
    fn a_templates_id_is_not_asked_for() {
        let (_, template) = editor_schemas().swap_remove(2);
        assert!(template["properties"]["title"].is_object());
        assert!(template["properties"].get("id").is_none());
    }
}

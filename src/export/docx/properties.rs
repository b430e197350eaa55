//! In: the metadata of a file. Out: its properties: title, author and company, and the file's record as custom properties.

use super::package::HEAD;
use super::xml::escaped;
use crate::export::pdf::About;
use crate::export::record::FileRecord;

/// What stands before each name of ours among the custom properties.
pub const PREFIX: &str = "collateral.";

const FORMAT: &str = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";

/// `docProps/core.xml`.
pub fn core(about: &About) -> String {
    let date = format!("{}T00:00:00Z", about.date);
    format!(
        "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:subject>{}</dc:subject><dc:creator>{}</dc:creator>\
         <cp:lastModifiedBy>{}</cp:lastModifiedBy><dcterms:created xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{date}</dcterms:modified><dc:language>{}</dc:language></cp:coreProperties>",
        escaped(&about.title),
        escaped(&about.subject),
        escaped(&about.author),
        escaped(&about.author),
        escaped(&about.language)
    )
}

/// `docProps/app.xml`.
pub fn app(company: &str, pages: usize) -> String {
    format!(
        "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
         <Pages>{pages}</Pages><Application>collateral</Application><Company>{}</Company></Properties>",
        escaped(company)
    )
}

/// `docProps/custom.xml`: the file's record, and what describes its places: names without [`PREFIX`], and values.
pub fn custom(record: &FileRecord, marks: &[(String, String)]) -> String {
    let record = record.pairs().into_iter().map(|(name, value)| (format!("{PREFIX}{name}"), value));
    let marks = marks.iter().map(|(name, value)| (format!("{PREFIX}{name}"), value.clone()));
    let mut xml = format!(
        "{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" \
         xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">"
    );
    for (index, (name, value)) in record.chain(marks).enumerate() {
        xml.push_str(&format!(
            "<property fmtid=\"{FORMAT}\" pid=\"{}\" name=\"{}\"><vt:lpwstr>{}</vt:lpwstr></property>",
            index + 2,
            escaped(&name),
            escaped(&value)
        ));
    }
    xml.push_str("</Properties>");
    xml
}

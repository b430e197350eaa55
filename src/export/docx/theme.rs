//! In: the brand's palette and families. Out: `word/theme/theme1.xml`, so that Word's own colour picker offers the brand.

use super::package::HEAD;
use super::writer::Writer;
use super::xml::{escaped, hex};
use crate::layout::fonts::Face as Role;

/// Fills, lines and effects that no text uses, but every theme must have.
const FORMATS: &str = "<a:fmtScheme name=\"Brand\"><a:fillStyleLst><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>\
    <a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:fillStyleLst>\
    <a:lnStyleLst><a:ln w=\"6350\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln>\
    <a:ln w=\"12700\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln>\
    <a:ln w=\"19050\"><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:ln></a:lnStyleLst>\
    <a:effectStyleLst><a:effectStyle><a:effectLst/></a:effectStyle><a:effectStyle><a:effectLst/></a:effectStyle>\
    <a:effectStyle><a:effectLst/></a:effectStyle></a:effectStyleLst><a:bgFillStyleLst><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>\
    <a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill><a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill></a:bgFillStyleLst></a:fmtScheme>";

/// Writes the part.
pub fn theme(writer: &mut Writer<'_>) -> String {
    let colours = writer.styles.colours;
    let name = escaped(&writer.cx.brand.name).into_owned();
    let slots = [
        ("dk1", colours.ink),
        ("lt1", colours.paper),
        ("dk2", colours.primary),
        ("lt2", colours.tint),
        ("accent1", colours.primary),
        ("accent2", colours.accent),
        ("accent3", colours.accent_ink),
        ("accent4", colours.muted),
        ("accent5", colours.line),
        ("accent6", colours.ink),
        ("hlink", colours.accent_ink),
        ("folHlink", colours.accent_ink),
    ];
    let scheme: String = slots
        .iter()
        .map(|(slot, colour)| format!("<a:{slot}><a:srgbClr val=\"{}\"/></a:{slot}>", hex(*colour)))
        .collect();
    let (major, minor) = (writer.names.of(Role::Display, 700, false), writer.names.of(Role::Text, 400, false));
    let font = |slot: &str, family: &str| {
        format!(
            "<a:{slot}><a:latin typeface=\"{}\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></a:{slot}>",
            escaped(family)
        )
    };
    format!(
        "{HEAD}<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"{name}\"><a:themeElements>\
         <a:clrScheme name=\"{name}\">{scheme}</a:clrScheme><a:fontScheme name=\"{name}\">{}{}</a:fontScheme>{FORMATS}</a:themeElements></a:theme>",
        font("majorFont", &major.name),
        font("minorFont", &minor.name)
    )
}

//! In: a document in several variants. Out: one HTML page that shows them side by side; it needs no other file.

use std::fmt::Write as _;

use crate::diagnostic::Problems;
use crate::export::svg::{Outlines, escaped, svg};
use crate::pipeline::{LaidOut, Look};

/// How the page begins: a file that begins so is a preview and may be written over.
pub const MARK: &str = "<!doctype html><!-- collateral preview -->";

/// How often a page that is being watched asks for its newest version, ms.
const RELOAD: u32 = 1000;

const STYLE: &str = "\
:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif;background:#e9ebea;color:#1d2422}\
body{margin:0;padding:24px}h1{font-size:20px;margin:0 0 20px}h2{font-size:16px;margin:0}\
main{display:grid;grid-auto-flow:column;grid-auto-columns:minmax(300px,1fr);gap:24px;align-items:start;overflow-x:auto}\
section p{margin:2px 0 12px}ol{list-style:none;margin:0;padding:0;display:grid;gap:16px}\
li svg{display:block;width:100%;height:auto;box-shadow:0 1px 6px #0004}\
pre{white-space:pre-wrap;background:#fff;color:#1d2422;padding:12px;border-left:4px solid #b3261e;margin:0 0 12px;\
font:13px/1.45 ui-monospace,monospace}pre.warning{border-color:#b26a00}\
@media(prefers-color-scheme:dark){:root{background:#1b1f1e;color:#e6eae8}pre{background:#2a302e;color:#e6eae8}}";

/// Writes the page; `watched` makes it show itself anew as it changes.
pub fn page(title: &str, looks: &[Look], watched: bool) -> String {
    let mut outlines = Outlines::default();
    let mut body = String::new();
    for look in looks {
        variant(&mut body, look, &mut outlines);
    }
    let title = escaped(title);
    let mut html = format!(
        "{MARK}\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" \
         content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style>"
    );
    if watched {
        // The browser keeps the place on the page when it loads it again.
        let _ = write!(html, "<script>setTimeout(()=>location.reload(),{RELOAD})</script>");
    }
    let _ = write!(html, "</head><body>{}<h1>{title}</h1><main>{body}</main></body></html>", outlines.definitions());
    html
}

/// A page that says why there is nothing to see.
pub fn refusal(title: &str, problems: &Problems, watched: bool) -> String {
    let none = page(title, &[], watched);
    none.replace("<main></main>", &format!("<main><section>{}</section></main>", said(problems, "problem")))
}

fn variant(html: &mut String, look: &Look, outlines: &mut Outlines) {
    let name = escaped(&look.variant);
    let _ = write!(html, "<section aria-label=\"{name}\"><h2>{name}</h2>");
    match &look.laid_out {
        Ok(laid_out) => pages(html, laid_out, outlines),
        Err(problems) => html.push_str(&said(problems, "problem")),
    }
    html.push_str("</section>");
}

fn pages(html: &mut String, laid_out: &LaidOut, outlines: &mut Outlines) {
    let drawings = svg(&laid_out.pages, outlines);
    let count = drawings.len();
    let _ = write!(html, "<p>{count} {}", if count == 1 { "page" } else { "pages" });
    for dropped in &laid_out.dropped {
        let _ = write!(html, "; left out: {}", escaped(dropped));
    }
    html.push_str("</p>");
    if !laid_out.warnings.0.is_empty() {
        html.push_str(&said(&laid_out.warnings, "warning"));
    }
    html.push_str("<ol>");
    for drawing in drawings {
        let _ = write!(html, "<li>{drawing}</li>");
    }
    html.push_str("</ol>");
}

fn said(problems: &Problems, class: &str) -> String {
    format!("<pre class=\"{class}\">{}</pre>", escaped(&problems.to_terminal(false)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;

    #[test]
    fn a_refusal_is_shown_as_text() {
        let problems: Problems = Diagnostic::error("X002", "no font has `<script>`").into();
        let html = refusal("a & b", &problems, true);
        assert!(html.starts_with(MARK) && html.contains("location.reload"));
        assert!(html.contains("<h1>a &amp; b</h1>") && html.contains("`&lt;script&gt;`"), "{html}");
        assert!(!refusal("a", &problems, false).contains("<script>"));
    }

    #[test]
    fn variants_that_fail_stand_beside_those_that_do_not() {
        let look = |variant: &str| Look {
            variant: variant.into(),
            laid_out: Err(Diagnostic::error("X006", format!("too tall: {variant}")).into()),
        };
        let html = page("letter", &[look("short"), look("<long>")], false);
        assert_eq!(html.matches("<section ").count(), 2);
        assert!(html.contains("too tall: short") && html.contains("<h2>&lt;long&gt;</h2>"));
    }
}

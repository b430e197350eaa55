//! In: the words of a `{% … %}` tag. Out: what it says, or why it is not offered.

use super::expr::Reader;
use super::lexer::Token;
use super::{Expr, Name};
use crate::diagnostic::Diagnostic;
use crate::fill::suggest::did_you_mean;

#[derive(Debug)]
pub(super) enum Tag {
    If(Expr),
    Elif(Expr),
    Else,
    EndIf,
    For(Name, Expr),
    EndFor,
    Set(Name, Expr),
}

const TAGS: [&str; 7] = ["if", "elif", "else", "endif", "for", "endfor", "set"];

/// Tags of Tera that a section is not offered, and what to do instead.
const REFUSED: [(&str, &str); 17] = [
    ("include", "use `{{ block(id=\"kind/id\") }}` for content that several sections share"),
    ("import", "use `{{ block(id=\"kind/id\") }}` for content that several sections share"),
    ("extends", "the brand decides what stands around a section"),
    ("block", "use `{{ block(id=\"kind/id\") }}` for content of the library"),
    ("endblock", "take it out"),
    ("macro", "use `{{ block(id=\"kind/id\") }}` for content that several sections share"),
    ("endmacro", "take it out"),
    ("component", "use `{{ block(id=\"kind/id\") }}` for content that several sections share"),
    ("endcomponent", "take it out"),
    ("set_global", "use `set`"),
    ("endset", "write `{% set name = value %}` in one tag"),
    ("raw", "braces cannot be printed: word it without them"),
    ("endraw", "take it out"),
    ("filter", "put the filter behind the value: `{{ value | number }}`"),
    ("endfilter", "take it out"),
    ("break", "give the list a limit: `blocks(kind=\"…\", limit=3)`"),
    ("continue", "put `{% if %}` inside the loop"),
];

pub(super) fn read_tag(reader: &mut Reader) -> Option<Tag> {
    let Some(word) = reader.word() else {
        reader.fail("a tag begins with a word such as `if` or `for`", "not a tag");
        return None;
    };
    let tag = match word.text.as_str() {
        "if" => Tag::If(reader.expression()?),
        "elif" => Tag::Elif(reader.expression()?),
        "else" if reader.next_is_word("if") => {
            reader.fail("`else if` is written in one word", "write `elif`");
            return None;
        }
        "else" => Tag::Else,
        "endif" => Tag::EndIf,
        "for" => read_for(reader)?,
        "endfor" => Tag::EndFor,
        "set" => read_set(reader)?,
        _ => {
            refuse(reader, &word);
            return None;
        }
    };
    reader.end()?;
    Some(tag)
}

fn read_for(reader: &mut Reader) -> Option<Tag> {
    let Some(name) = reader.word() else {
        reader.fail("a loop is written `for name in list`", "the name is missing");
        return None;
    };
    if reader.next_is(&Token::Sign(",")) {
        reader.fail("a loop has one name", "write `for name in list`");
        return None;
    }
    if !reader.take_word("in") {
        reader.fail("a loop is written `for name in list`", "`in` is missing");
        return None;
    }
    Some(Tag::For(name, reader.expression()?))
}

fn read_set(reader: &mut Reader) -> Option<Tag> {
    let Some(name) = reader.word() else {
        reader.fail("a value is kept by `set name = value`", "the name is missing");
        return None;
    };
    if !reader.take(&Token::Sign("=")) {
        reader.fail("a value is kept by `set name = value`", "`=` is missing");
        return None;
    }
    Some(Tag::Set(name, reader.expression()?))
}

fn refuse(reader: &mut Reader, word: &Name) {
    let place = reader.snippet.place(word.span.clone());
    let problem = match REFUSED.iter().find(|(name, _)| *name == word.text) {
        Some((name, fix)) => {
            Diagnostic::error("T004", format!("`{name}` is not offered in sections")).label("not offered").help(*fix)
        }
        None => Diagnostic::error("T004", format!("there is no tag called `{}`", word.text))
            .label(did_you_mean(&word.text, TAGS)),
    };
    reader.problems.push(problem.at(place));
}

//! `import`: in, a file of another program; out, a file of the library made from it, and what would change.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};
use jiff::civil::Date;
use serde_json::json;

use super::{Global, screen::Screen};
use crate::diagnostic::{Checked, Diagnostic, plain};
use crate::disk::{self, Existing, Failure};
use crate::format::Locale;
use crate::library::files::Source;
use crate::library::pricebook::PRICE_BOOK;
use crate::library::pricebook::sheet::{self, For, Head, Imported};
use crate::source;

#[derive(Debug, Args)]
pub(super) struct Import {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Make a price book from a spreadsheet (xlsx or CSV): one row for each price
    Pricebook(Pricebook),
}

#[derive(Debug, Args)]
struct Pricebook {
    /// The spreadsheet
    file: PathBuf,
    /// The file to write; standard output if left out
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "out")]
    replace: bool,
    /// The sheet, where several have prices
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// How numbers in text are written, such as de-DE for 1.234,50
    #[arg(long, value_name = "TAG", value_parser = locale)]
    locale: Option<String>,
    /// What the new price book is called, such as 2027.1; as the one that is there, if left out
    #[arg(long, value_name = "NAME")]
    book: Option<String>,
    /// The first day of its prices, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    from: Option<Date>,
    /// Their last day
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    until: Option<Date>,
}

fn locale(tag: &str) -> Result<String, String> {
    match Locale::new(tag) {
        Some(_) => Ok(tag.to_string()),
        None => Err("write language and country, such as en-CA or de-DE".to_string()),
    }
}

impl Import {
    pub fn run(&self, global: &Global, screen: &Screen) -> Checked<()> {
        match &self.what {
            What::Pricebook(what) => what.run(global, screen),
        }
    }
}

impl Pricebook {
    fn run(&self, global: &Global, screen: &Screen) -> Checked<()> {
        let source = global.find()?;
        if source == Source::Embedded {
            return Err(Diagnostic::error("L010", "the sample library inside the program takes no price book")
                .help("name the library that the prices are for with `--library DIR`")
                .into());
        }
        let library = super::load(source, true)?;
        let there = library.files.contains_key(PRICE_BOOK).then(|| library.text(PRICE_BOOK)).transpose()?;
        let bytes = read(&self.file)?;
        let name = self.file.display().to_string();
        let locale = self.locale.as_deref().and_then(Locale::new);
        let order = sheet::Order {
            name: &name,
            bytes: &bytes,
            sheet: self.sheet.as_deref(),
            locale: locale.as_ref(),
            head: Head { version: self.book.clone(), from: self.from, until: self.until },
        };
        let made = sheet::import(order, &For { settings: &library.settings, there: there.as_ref() })?;
        match &self.out {
            Some(path) => {
                write(path, self.replace, &made.text)?;
                report(&made, &mut |line| screen.say(line));
                screen.say(&format!("{}: {} items, {} prices", path.display(), made.items, made.prices));
            }
            None => {
                report(&made, &mut |line| screen.aside(line));
                if !screen.json {
                    screen.print(made.text.trim_end());
                }
            }
        }
        screen.document(&json!({
            "file": self.out.as_ref().map(|path| path.display().to_string()),
            "text": self.out.is_none().then_some(&made.text),
            "items": made.items,
            "prices": made.prices,
            "kept": made.kept,
            "changes": made.changes,
        }));
        Ok(())
    }
}

/// Says what was kept and what would change.
fn report(made: &Imported, say: &mut dyn FnMut(&str)) {
    if !made.kept.is_empty() {
        say(&format!("kept from the price book that is there: {}", made.kept.join(", ")));
    }
    if !made.had_rounding {
        say(
            "rounding is not in a sheet: half_up, per line, was written; discounts and taxes are none until you add them",
        );
    }
    match made.changes.as_deref() {
        None => say("there is no sound price book to compare with"),
        Some([]) => say("items and prices are those of the price book that is there"),
        Some(changes) => changes.iter().for_each(|change| say(&change.to_string())),
    }
}

/// No spreadsheet of prices is larger, bytes.
const MOST_BYTES: u64 = sheet::MOST_BYTES as u64;

fn read(path: &Path) -> Checked<Vec<u8>> {
    let refused = |e: std::io::Error| {
        Diagnostic::error("S012", format!("`{}` cannot be read: {}", path.display(), plain(&e)))
            .help("check the path, and that you may read the file")
    };
    source::read_file(path, MOST_BYTES).map_err(|error| match error.kind() {
        std::io::ErrorKind::FileTooLarge => sheet::too_large(&path.display().to_string()).into(),
        _ => refused(error).into(),
    })
}

/// Writes the book whole or not at all; another's file is replaced only when that was asked for.
fn write(path: &Path, replace: bool, text: &str) -> Checked<()> {
    let refused = |e: std::io::Error| {
        Diagnostic::error("S006", format!("`{}` could not be written: {}", path.display(), plain(&e)))
            .help("choose another file with `-o`")
    };
    match disk::write_file(path, text.as_bytes(), if replace { Existing::Replace } else { Existing::Refuse }) {
        Ok(()) => Ok(()),
        Err(Failure::Taken { .. }) => Err(Diagnostic::error("I015", format!("`{}` is there already", path.display()))
            .help("name another file, or say `--replace`")
            .into()),
        Err(Failure::Refused { error, .. }) => Err(refused(error).into()),
        Err(failure) => Err(failure.into()),
    }
}

//! In: the words of the command line. Out: what is printed and the exit code; one file per verb.

mod completions;
mod explain;
mod generate;
mod import;
mod keygen;
mod list;
mod man;
mod preview;
mod publish;
mod quote;
mod schemas;
mod screen;
mod signals;
mod verify;

use std::ffi::OsString;
use std::num::NonZero;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::diagnostic::{Checked, Diagnostic};
use crate::library::files::Source;
use crate::library::parallel;
use crate::library::{Library, Trust};
use crate::pipeline::{Engine, Order};
use crate::plan::Wishes;
use screen::Screen;

/// Sales collateral that is on brand, correct, and as long as the client is big.
#[derive(Debug, Parser)]
#[command(name = "collateral", version, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    verb: Verb,
    #[command(flatten)]
    global: Global,
}

#[derive(Debug, Args)]
struct Global {
    /// The library's folder (else COLLATERAL_LIBRARY, the nearest folder above that is one, or the sample library)
    #[arg(long, global = true, value_name = "DIR")]
    library: Option<PathBuf>,
    /// Print one JSON document on standard output; messages go to standard error
    #[arg(long, global = true)]
    json: bool,
    /// Print problems only
    #[arg(long, short, global = true)]
    quiet: bool,
    /// When to colour messages
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    color: Colour,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Make a client's document
    Generate(generate::Generate),
    /// List the templates and who they are for
    List(list::List),
    /// Say what a document would hold, and why
    Explain(explain::Explain),
    /// Show a document in all variants side by side, in a page for the browser
    Preview(preview::Preview),
    /// Check the library and write its lock: from then on one changed byte is refused
    Publish(publish::Publish),
    /// Check a library against its lock, or whether a finished document is what was made, and by whom
    Verify(verify::Verify),
    /// Make a key that seals documents
    Keygen(keygen::Keygen),
    /// Make a file of the library from one of another program
    Import(import::Import),
    /// Print completions for a shell
    Completions(completions::Completions),
    /// Write the manual pages
    Man(man::Man),
    /// Write JSON Schemas of the YAML files, for editors
    Schemas(schemas::Schemas),
}

/// What generate and explain both ask.
#[derive(Debug, Args)]
struct OrderArgs {
    /// The template, by its folder's name
    #[arg(long, short, value_name = "ID")]
    template: String,
    /// The client file (YAML or JSON); may be left out when `--set` gives the client's name
    #[arg(long, short, value_name = "FILE")]
    client: Option<PathBuf>,
    /// Give or replace one detail, such as client.name="Golden Crust" (repeatable)
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<String>,
    /// The variant, when it is not the client's own
    #[arg(long, value_name = "ID")]
    variant: Option<String>,
    /// The size class, when no size is known
    #[arg(long, value_name = "ID")]
    segment: Option<String>,
    /// The document's date, YYYY-MM-DD; today if left out
    #[arg(long, value_name = "DATE", value_parser = day)]
    date: Option<Date>,
    /// The manager who approved the discounts of the quote: a name that library.yaml lists, and not the rep's. It is
    /// recorded as typed by you, and proves no identity
    #[arg(long, value_name = "NAME")]
    approved_by: Option<String>,
    /// An older document of this client: what has changed in its quote is said
    #[arg(long, value_name = "FILE")]
    previous: Option<PathBuf>,
    /// Let unapproved or changed content through, marked DRAFT on every page
    #[arg(long)]
    draft: bool,
}

impl OrderArgs {
    fn order(&self) -> Order {
        let today = today();
        Order {
            template: self.template.clone(),
            client_file: self.client.clone(),
            sets: self.set.clone(),
            wishes: Wishes { segment: self.segment.clone(), variant: self.variant.clone(), any_length: false },
            date: self.date.unwrap_or(today),
            today,
            approved_by: self.approved_by.clone(),
            previous: self.previous.clone(),
            seal_key: None,
            draft: self.draft,
        }
    }
}

impl Global {
    /// Finds the library, and says so where it is the sample.
    fn source(&self, screen: &Screen) -> Checked<Source> {
        let source = self.find()?;
        if source == Source::Embedded {
            screen.note_sample();
        }
        Ok(source)
    }

    fn find(&self) -> Checked<Source> {
        let here = std::env::current_dir().map_err(|e| {
            Diagnostic::error("S004", format!("the working folder cannot be read: {e}"))
                .help("change to another folder")
        })?;
        Source::find(self.library.as_deref(), std::env::var_os("COLLATERAL_LIBRARY"), &here)
    }

    fn library(&self, draft: bool, screen: &Screen) -> Checked<Library> {
        load(self.source(screen)?, draft)
    }

    fn engine(&self, draft: bool, screen: &Screen) -> Checked<Engine> {
        engine(self.source(screen)?, draft)
    }
}

fn load(source: Source, draft: bool) -> Checked<Library> {
    Library::load(source, if draft { Trust::Draft } else { Trust::Locked })
}

fn engine(source: Source, draft: bool) -> Checked<Engine> {
    /// More threads than this only add the cost of starting them.
    const MOST_THREADS: usize = 4;
    let threads = std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
    let threads = threads.min(NonZero::new(MOST_THREADS).unwrap_or(NonZero::<usize>::MIN));
    load(source, draft).map(|library| Engine::for_one_document(library, threads))
}

/// Replaces the local day in builds for tests, so that no test and no sample expires: `YYYY-MM-DD`.
#[cfg(debug_assertions)]
const TEST_CLOCK: &str = "COLLATERAL_TODAY";

/// The local day, read once for each order: it decides, together with the document's date, what may be used.
fn today() -> Date {
    #[cfg(debug_assertions)]
    if let Some(set) = std::env::var_os(TEST_CLOCK) {
        // Builds for tests alone come here: a test with a wrong day must fail rather than run on the real one.
        return set.to_str().and_then(crate::source::date).expect("COLLATERAL_TODAY is a day, YYYY-MM-DD");
    }
    system_day()
}

/// The local day by the system's clock. A system that has its zone in one file is asked for that alone: the library of
/// dates would list all zones first, which takes a millisecond.
fn system_day() -> Date {
    let file = std::env::var_os("TZ").is_none().then(|| std::fs::read("/etc/localtime").ok()).flatten();
    let zone = file.and_then(|bytes| TimeZone::tzif("Local", &bytes).ok()).unwrap_or_else(TimeZone::system);
    Timestamp::now().to_zoned_datetime(zone).date()
}

/// Reads a day of the calendar, `YYYY-MM-DD`.
fn day(text: &str) -> Result<Date, String> {
    crate::source::date(text).ok_or_else(|| "write a day of the calendar as YYYY-MM-DD, such as 2027-01-15".to_string())
}

/// Runs one command line and says how it went.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    signals::refuse_instead_of_ending();
    parallel::make_room();
    let words: Vec<OsString> = words.into_iter().collect();
    let cli = match Cli::try_parse_from(&words) {
        Ok(cli) => cli,
        Err(error) => {
            return screen::end_early(&error, words.iter().any(|word| word == "--json"));
        }
    };
    let screen = Screen::new(&cli.global);
    let done = match &cli.verb {
        Verb::Generate(verb) => verb.run(&cli.global, &screen),
        Verb::List(verb) => verb.run(&cli.global, &screen),
        Verb::Explain(verb) => verb.run(&cli.global, &screen),
        Verb::Preview(verb) => verb.run(&cli.global, &screen),
        Verb::Publish(verb) => verb.run(&cli.global, &screen),
        Verb::Verify(verb) => verb.run(&cli.global, &screen),
        Verb::Keygen(verb) => verb.run(&screen),
        Verb::Import(verb) => verb.run(&cli.global, &screen),
        Verb::Completions(verb) => verb.run(&screen),
        Verb::Man(verb) => verb.run(&screen),
        Verb::Schemas(verb) => verb.run(&screen),
    };
    match done {
        Ok(()) => screen.done(),
        Err(problems) => screen.refuse(&problems),
    }
}

/// The whole command tree, for completions and manual pages.
fn command() -> clap::Command {
    Cli::command()
}

#[cfg(test)]
mod tests {
    #[test]
    fn today_is_the_local_day() {
        let before = jiff::ZonedDateTime::now().date();
        let today = super::system_day();
        // Midnight may pass in between.
        assert!(before <= today && today <= jiff::ZonedDateTime::now().date());
    }
}

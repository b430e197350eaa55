//! The only place that knows the order of the steps: in, a library and an order; out, a finished document.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::diagnostic::{Checked, Diagnostic, Problems, Severity};
use crate::document::model::{Document, Section};
use crate::document::{self};
use crate::export::pdf::{self, About};
use crate::export::{file, provenance::Provenance};
use crate::fill::{self, FillContext};
use crate::format::{DateStyle, Locale};
use crate::intake::{self, client::Client};
use crate::layout::page::Pages;
use crate::layout::{self, LaidOutSection};
use crate::library::assets::{Bytes, ImageAsset};
use crate::library::template::Template;
use crate::library::{Library, usable};
use crate::plan::{self, Plan, Wishes, budget};

/// What a rep asks for.
#[derive(Debug, Clone)]
pub struct Order {
    pub template: String,
    pub client_file: Option<PathBuf>,
    /// `path=value`, later ones over earlier ones and over the file.
    pub sets: Vec<String>,
    pub wishes: Wishes,
    /// The document's date.
    pub date: Date,
    /// The local day, read once by the caller.
    pub today: Date,
    pub draft: bool,
}

/// A document on its pages, with every decision that led there.
#[derive(Debug)]
pub struct LaidOut {
    pub plan: Plan,
    pub document: Document,
    pub pages: Pages,
    /// Ids of sections that went to keep within the page budget, in the order they went.
    pub dropped: Vec<String>,
    pub warnings: Problems,
    pub client_name: String,
}

/// A finished file's bytes, read back, and what it was made from.
#[derive(Debug)]
pub struct Generated {
    pub laid_out: LaidOut,
    pub pdf: Vec<u8>,
    /// File name without folder and ending.
    pub stem: String,
    pub provenance: Provenance,
}

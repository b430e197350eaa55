//! In: a folder of library files, or the copy inside the binary. Out: the [`Library`], checked.
//!
//! [`files`] finds and reads the files, [`lock`] compares them with the release, [`load`] reads brand and settings, and
//! [`Library`]'s methods read the rest when it is asked for. [`publish`] checks everything and writes the lock.
//!
//! Codes: L001 not a library · L002 link · L003 too large · L004 not an ordinary file · L005 name · L006 names that clash ·
//! L011 no lock · L012 lock unreadable · L013 changed · L014 added · L015 missing · L016 version · L017 note ·
//! L020 measure · L021 same twice · L022 bounds of segments · L023 locale or language · L024 currency · L025 glossary ·
//! L030 unknown template · L031 no `template.yaml` · L032 nothing in it · L033 id · L034 unknown segment, stage or
//! variant · L035 page budget · L036 no such file · L037 path · L038 availability · L039 field · L040 block without front
//! matter · L041 block at the wrong place · L042 answers in another kind of block · L043 question that is not asked ·
//! L044 no block or two that is us · L045 answer too long ·
//! L050 in review · L051 retired · L052 not yet available · L053 no longer available · L054 embargo · L055 internal ·
//! L056 review is due ·
//! L061 kind of image · L062 image too large · L063 image damaged · L064 kind of JPEG · L065 SVG with more than shapes ·
//! L066 SVG that draws nothing · L067 picture on its side ·
//! M… and I… are in [`pricebook`] and its [`sheet`](pricebook::sheet) ·
//! B001 palette token missing · B002 unknown token · B003 contrast · B004 font file missing · B005 kind of font ·
//! B006 family · B007 weight or slant · B008 embedding forbidden · B009 scale · B010 logo · B011 words of a language ·
//! B012 file twice · B013 measure or number · S020 unreadable · S021 vanished · S022 lock not written

pub mod assets;
pub mod block;
pub mod brand;
mod cache;
mod checks;
pub mod days;
pub mod files;
mod find;
mod fonts;
pub mod glossary;
mod image;
mod load;
pub mod lock;
pub mod origin;
pub(crate) mod parallel;
pub mod person_name;
pub mod pricebook;
pub mod pricing_words;
pub mod publish;
mod read;
mod schemas;
pub mod settings;
pub mod template;
#[cfg(test)]
pub(crate) mod testing;
pub mod usable;
pub mod words;

pub use block::front_matter;
pub use brand::contrast;
pub use load::Trust;
pub use schemas::editor_schemas;

use std::sync::{Arc, OnceLock};

use assets::{Font, ImageAsset};
use block::Block;
use cache::Cache;
use files::Files;
use lock::Lock;

use crate::diagnostic::{Checked, SourceFile};

/// A library that has been read: every file's bytes once, the brand and settings parsed; the rest is parsed when it is
/// asked for, once, and shared between threads.
#[derive(Debug)]
pub struct Library {
    /// Every file under `brand/` and `templates/`, by path with `/`, in order.
    pub files: Files,
    pub settings: settings::Settings,
    pub brand: brand::Brand,
    lock: Option<Lock>,
    texts: Cache<SourceFile>,
    fonts: Cache<Font>,
    images: Cache<ImageAsset>,
    blocks: OnceLock<Checked<Vec<Block>>>,
    price_book: OnceLock<Checked<Option<pricebook::PriceBook>>>,
}

/// What the caches hold, spelled out once.
type Shared<T> = Checked<Arc<T>>;

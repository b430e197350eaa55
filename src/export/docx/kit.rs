//! In: fonts and pictures as documents need them. Out: their parts, made once and shared by all documents and threads.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use super::fonts::{self, Embedded, Face};
use super::media::{self, Picture};
use crate::diagnostic::Checked;
use crate::library::assets::{Font, ImageAsset};

/// What is kept between documents. The same document has the same bytes with and without.
#[derive(Debug, Default)]
pub struct Kit {
    faces: Mutex<BTreeMap<String, Face>>,
    fonts: Mutex<BTreeMap<(String, bool), Arc<Embedded>>>,
    pictures: Mutex<BTreeMap<String, Arc<Picture>>>,
}

/// Takes what is known, else makes it; the lock is not held while it is made.
fn kept<K: Ord, V: Clone>(known: &Mutex<BTreeMap<K, V>>, key: K, make: impl FnOnce() -> Checked<V>) -> Checked<V> {
    let lock = || known.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(value) = lock().get(&key) {
        return Ok(value.clone());
    }
    let value = make()?;
    Ok(lock().entry(key).or_insert(value).clone())
}

impl Kit {
    /// What Word calls a font.
    ///
    /// # Errors
    /// Those of [`fonts::face`].
    pub fn face(&self, font: &Font) -> Checked<Face> {
        kept(&self.faces, font.path.clone(), || fonts::face(font))
    }

    /// A font as a part of the package.
    ///
    /// # Errors
    /// Those of [`fonts::embedded`].
    pub fn font(&self, font: &Font, whole: bool) -> Checked<Arc<Embedded>> {
        kept(&self.fonts, (font.path.clone(), whole), || fonts::embedded(font, whole).map(Arc::new))
    }

    /// A picture as parts of the package. A client's own is not kept: another client may have one of the same name.
    ///
    /// # Errors
    /// Those of [`media::picture`].
    pub fn picture(&self, asset: &ImageAsset) -> Checked<Arc<Picture>> {
        if asset.path.starts_with("brand/") || asset.path.starts_with("templates/") {
            return kept(&self.pictures, asset.path.clone(), || media::picture(asset).map(Arc::new));
        }
        media::picture(asset).map(Arc::new)
    }
}

/// How wide words are in a font at 1 pt, without kerning.
pub fn width(font: &Font, words: &str) -> f32 {
    let Ok(read) = FontRef::new(font.bytes.as_ref()) else { return words.chars().count() as f32 * 0.5 };
    let (charmap, metrics) = (read.charmap(), read.glyph_metrics(Size::new(1.0), LocationRef::default()));
    words.chars().map(|c| charmap.map(c).and_then(|glyph| metrics.advance_width(glyph)).unwrap_or(0.5)).sum()
}

/// True where the font has a glyph for each of the characters.
pub fn covers(font: &Font, words: &str) -> bool {
    FontRef::new(font.bytes.as_ref()).is_ok_and(|read| {
        let charmap = read.charmap();
        words.chars().all(|c| charmap.map(c).is_some_and(|glyph| glyph.to_u32() != 0))
    })
}

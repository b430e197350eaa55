//! In: fonts and pictures as documents need them. Out: their parts, made once and shared by all documents and threads.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Builder};

use super::advances::Advances;
use super::fonts::{self, Embedded, Face};
use super::media::{self, Picture};
use super::package::{self, Packed};
use crate::diagnostic::Checked;
use crate::library::assets::{Font, ImageAsset, ImageData};

/// What is kept between documents. The same document has the same bytes with and without.
#[derive(Debug, Default)]
pub struct Kit {
    /// True where one document is made on more than one thread.
    spare_thread: bool,
    faces: Mutex<BTreeMap<String, Face>>,
    fonts: Mutex<BTreeMap<(String, bool), Arc<Embedded>>>,
    /// By path and the width of the fallback.
    pictures: Mutex<BTreeMap<(String, u32), Arc<Picture>>>,
    /// By name and text.
    texts: Mutex<BTreeMap<(String, String), Arc<Packed>>>,
    advances: Mutex<BTreeMap<String, Arc<Advances>>>,
}

/// No brand has as many parts; a process that lives long and sees many brands forgets them all at this number.
const MOST_TEXTS: usize = 256;

/// Takes what is known, else makes it; the lock is not held while it is made.
fn kept<K: Ord, V: Clone, E>(
    known: &Mutex<BTreeMap<K, V>>,
    key: K,
    make: impl FnOnce(&K) -> Result<V, E>,
) -> Result<V, E> {
    let lock = || known.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(value) = lock().get(&key) {
        return Ok(value.clone());
    }
    let value = make(&key)?;
    Ok(lock().entry(key).or_insert(value).clone())
}

impl Kit {
    /// For documents that are each made on up to so many threads.
    pub fn on(threads: NonZero<usize>) -> Self {
        Self { spare_thread: threads.get() > 1, ..Self::default() }
    }

    /// Does some work, and makes parts of fonts on a spare thread meanwhile; when the work is done, both make what is left.
    pub fn with_fonts<R>(&self, fonts: &[Arc<Font>], work: impl FnOnce() -> R) -> R {
        if !self.spare_thread {
            return work();
        }
        let next = AtomicUsize::new(0);
        let make = || {
            while let Some(font) = fonts.get(next.fetch_add(1, Ordering::Relaxed)) {
                // What is wrong with a font is said where the document takes it.
                let _ = self.font(font, false);
            }
        };
        thread::scope(|scope| {
            // A thread that cannot be started leaves the fonts to this one.
            let helper = Builder::new().spawn_scoped(scope, make).ok();
            let done = work();
            make();
            if let Some(Err(panic)) = helper.map(thread::ScopedJoinHandle::join) {
                resume_unwind(panic);
            }
            done
        })
    }

    /// What Word calls a font.
    ///
    /// # Errors
    /// Those of [`fonts::face`].
    pub fn face(&self, font: &Font) -> Checked<Face> {
        kept(&self.faces, font.path.clone(), |_| fonts::face(font))
    }

    /// A font as a part of the package.
    ///
    /// # Errors
    /// Those of [`fonts::embedded`].
    pub fn font(&self, font: &Font, whole: bool) -> Checked<Arc<Embedded>> {
        kept(&self.fonts, (font.path.clone(), whole), |_| fonts::embedded(font, whole).map(Arc::new))
    }

    /// A picture that is shown `width` pt wide as parts of the package. A client's own is not kept: another client may have
    /// one of the same name.
    ///
    /// # Errors
    /// Those of [`media::picture`].
    pub fn picture(&self, asset: &ImageAsset, width: f32) -> Checked<Arc<Picture>> {
        let pixels = match asset.data {
            ImageData::Svg(_) => media::pixels(width),
            // These are taken as they are.
            ImageData::Jpeg { .. } | ImageData::Png { .. } => 0,
        };
        if asset.path.starts_with("brand/") || asset.path.starts_with("templates/") {
            return kept(&self.pictures, (asset.path.clone(), pixels), |_| media::picture(asset, pixels).map(Arc::new));
        }
        media::picture(asset, pixels).map(Arc::new)
    }

    /// A part of text that many documents have alike: styles, settings, theme.
    ///
    /// # Errors
    /// `E033` for one that is larger than a zip file can hold.
    pub fn text(&self, name: &str, text: String) -> Checked<Arc<Packed>> {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        if texts.len() >= MOST_TEXTS {
            texts.clear();
        }
        drop(texts);
        kept(&self.texts, (name.to_owned(), text), |(name, text)| {
            Packed::new(name, text.as_bytes()).map(Arc::new).ok_or_else(|| package::too_large().into())
        })
    }

    /// How wide the letters of a font are.
    pub fn advances(&self, font: &Arc<Font>) -> Arc<Advances> {
        let measure = |_: &String| Ok::<_, Infallible>(Arc::new(Advances::new(font)));
        let Ok(advances) = kept(&self.advances, font.path.clone(), measure);
        advances
    }
}

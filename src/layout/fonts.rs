//! In: the brand's font files. Out: [`Fonts`], read once a library, shared by threads, from which each job borrows an
//! engine that shapes text.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

use parley::fontique::{Blob, CharmapIndex, Collection, CollectionOptions, FontInfoOverride, FontStyle, FontWeight};
use parley::{FontContext, FontFamilyName, LayoutContext};

use crate::diagnostic::{Checked, Diagnostic, Problems};
use crate::layout::Assets;
use crate::layout::missing::must_show;
use crate::layout::page::FontId;
use crate::layout::shapes::Shapes;
use crate::library::assets::Font;
use crate::library::brand::{Brand, Family};

/// Which of the brand's two families a text is set in; the other one and the families for other scripts stand behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Face {
    Text,
    Display,
}

/// The faces of a brand, ready to shape with. Cloning shares them.
#[derive(Clone)]
pub struct Fonts {
    shared: Arc<Shared>,
}

struct Shared {
    faces: Vec<FaceEntry>,
    text: Vec<FontFamilyName<'static>>,
    display: Vec<FontFamilyName<'static>>,
    /// Families in the order in which they are tried, for messages.
    names: Vec<String>,
    context: FontContext,
    idle: Mutex<Vec<Engine>>,
    /// `None` where no shaped text is kept.
    shapes: Option<Shapes>,
}

struct FaceEntry {
    font: Arc<Font>,
    blob: u64,
    charmap: CharmapIndex,
}

/// What a style run is, for the shaper: an index into the parts of its text.
pub(super) type Part = u16;

/// Scratch space of one thread.
pub(super) struct Engine {
    pub fonts: FontContext,
    pub layouts: LayoutContext<Part>,
}

/// An engine on loan; it goes back when dropped.
pub(super) struct Loan {
    shared: Arc<Shared>,
    engine: Option<Engine>,
}

/// A font's bytes as the shaper wants them, without a copy.
struct FontBytes(Arc<Font>);

impl AsRef<[u8]> for FontBytes {
    fn as_ref(&self) -> &[u8] {
        self.0.bytes.as_ref()
    }
}

impl Fonts {
    /// Reads every face that brand.yaml names.
    ///
    /// # Errors
    /// X001 for a file that is not a font; what `assets` says of a file that cannot be had.
    pub fn new(brand: &Brand, assets: &dyn Assets) -> Checked<Self> {
        let mut loading = Loading {
            collection: Collection::new(CollectionOptions { shared: false, system_fonts: false }),
            faces: Vec::new(),
            problems: Vec::new(),
        };
        loading.family("text", &brand.typography.text, assets);
        loading.family("display", &brand.typography.display, assets);
        let mut behind = Vec::new();
        let mut names = vec![brand.typography.text.name.clone(), brand.typography.display.name.clone()];
        for (script, family) in &brand.typography.fallback {
            loading.family(script, family, assets);
            behind.push(FontFamilyName::Named(script.clone().into()));
            names.push(family.name.clone());
        }
        if !loading.problems.is_empty() {
            return Err(Problems(loading.problems));
        }
        let stack = |first: &'static str, second: &'static str| {
            let mut families = vec![FontFamilyName::named(first), FontFamilyName::named(second)];
            families.extend(behind.iter().cloned());
            families
        };
        let context = FontContext { collection: loading.collection, ..FontContext::default() };
        Ok(Self {
            shared: Arc::new(Shared {
                faces: loading.faces,
                text: stack("text", "display"),
                display: stack("display", "text"),
                names,
                context,
                idle: Mutex::new(Vec::new()),
                shapes: Some(Shapes::default()),
            }),
        })
    }

    /// The same fonts, for one document: nothing that was shaped is kept.
    pub fn forgetful(mut self) -> Self {
        if let Some(shared) = Arc::get_mut(&mut self.shared) {
            shared.shapes = None;
        }
        self
    }

    /// All faces, in the order of their [`FontId`]s.
    pub fn faces(&self) -> impl Iterator<Item = &Arc<Font>> {
        self.shared.faces.iter().map(|face| &face.font)
    }

    /// Borrows an engine, making one only if all are in use.
    pub(super) fn engine(&self) -> Loan {
        let idle = self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let engine =
            idle.unwrap_or_else(|| Engine { fonts: self.shared.context.clone(), layouts: LayoutContext::new() });
        Loan { shared: Arc::clone(&self.shared), engine: Some(engine) }
    }

    /// Texts shaped with these fonts before.
    pub(super) fn shapes(&self) -> Option<&Shapes> {
        self.shared.shapes.as_ref()
    }

    /// The families to try for a face, best first.
    pub(super) fn stack(&self, face: Face) -> &[FontFamilyName<'static>] {
        match face {
            Face::Text => &self.shared.text,
            Face::Display => &self.shared.display,
        }
    }

    /// The face that holds the bytes the shaper used.
    pub(super) fn id_of(&self, blob: u64) -> Option<FontId> {
        self.shared.faces.iter().position(|face| face.blob == blob).map(FontId)
    }

    /// The characters of a text that no face has and that would have to be seen.
    pub fn lacking<'t>(&'t self, text: &'t str) -> impl Iterator<Item = char> + 't {
        text.chars().filter(|c| must_show(*c) && !self.covers(*c))
    }

    /// True where some face has a glyph for `character`.
    pub(super) fn covers(&self, character: char) -> bool {
        self.shared.faces.iter().any(|face| {
            let charmap = face.charmap.charmap(face.font.bytes.as_ref());
            charmap.and_then(|map| map.map(character)).is_some_and(|glyph| glyph != 0)
        })
    }

    /// The families' names, as tried.
    pub fn names(&self) -> &[String] {
        &self.shared.names
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").field("names", &self.shared.names).finish_non_exhaustive()
    }
}

struct Loading {
    collection: Collection,
    faces: Vec<FaceEntry>,
    problems: Vec<Diagnostic>,
}

impl Loading {
    /// Registers a family under the name of its role, so that two roles may use one family.
    fn family(&mut self, role: &str, family: &Family, assets: &dyn Assets) {
        for file in &family.files {
            let path = format!("brand/{}", file.file.value);
            let font = match assets.font(&path) {
                Ok(font) => font,
                Err(problems) => {
                    self.problems.extend(problems.0);
                    continue;
                }
            };
            let blob = Blob::new(Arc::new(FontBytes(Arc::clone(&font))));
            let id = blob.id();
            let facts = FontInfoOverride {
                family_name: Some(role),
                style: Some(if file.italic { FontStyle::Italic } else { FontStyle::Normal }),
                weight: Some(FontWeight::new(f32::from(file.weight))),
                ..FontInfoOverride::default()
            };
            let registered = self.collection.register_fonts(blob, Some(facts));
            let charmap = registered.first().and_then(|(_, infos)| infos.first()).map(|info| info.charmap_index());
            match charmap {
                Some(charmap) => self.faces.push(FaceEntry { font, blob: id, charmap }),
                None => self.problems.push(
                    Diagnostic::error("X001", format!("`{path}` is not a font that text can be set in"))
                        .help("use a static TrueType file (.ttf)"),
                ),
            }
        }
    }
}

impl Deref for Loan {
    type Target = Engine;
    fn deref(&self) -> &Engine {
        self.engine.as_ref().expect("an engine is only taken on drop")
    }
}

impl DerefMut for Loan {
    fn deref_mut(&mut self) -> &mut Engine {
        self.engine.as_mut().expect("an engine is only taken on drop")
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        if let Some(engine) = self.engine.take() {
            self.shared.idle.lock().unwrap_or_else(PoisonError::into_inner).push(engine);
        }
    }
}

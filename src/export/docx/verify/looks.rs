//! In: `word/styles.xml` and the properties of paragraphs and runs. Out: what decides how words are read: whether they are
//! hidden or struck out, their colour, face and direction, and the list that a paragraph belongs to.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::node::Element;

/// Styles that rest on each other, at most.
const LONGEST_CHAIN: usize = 32;
/// Half-points below which words cannot be read.
const SMALLEST_SIZE: i32 = 8;
/// Twentieths of a point below which a line cannot be read.
const SMALLEST_LINE: i32 = 40;
/// Percent below which words are too narrow to be read.
const NARROWEST: i32 = 50;
/// Twentieths of a point that letters may be drawn together.
const CLOSEST: i32 = -40;
/// Half-points that words may be raised or lowered.
const FARTHEST: i32 = 12;
/// Twentieths of a point that a paragraph may be indented: the width of the widest page.
const WIDEST_INDENT: i32 = 12_000;

/// Elements of `w:rPr` that say only how words look.
const LOOKS: &[&str] = &[
    "w:b",
    "w:bCs",
    "w:i",
    "w:iCs",
    "w:caps",
    "w:smallCaps",
    "w:noProof",
    "w:snapToGrid",
    "w:kern",
    "w:szCs",
    "w:u",
    "w:bdr",
    "w:em",
    "w:lang",
    "w14:numForm",
    "w14:numSpacing",
    "w14:ligatures",
    "w14:cntxtAlts",
    "w:outline",
    "w:shadow",
    "w:emboss",
    "w:imprint",
    "w:effect",
];
/// Elements of `w:pPr` that say only how a paragraph looks.
const PARAGRAPH_LOOKS: &[&str] = &[
    "w:keepNext",
    "w:keepLines",
    "w:pageBreakBefore",
    "w:framePr",
    "w:widowControl",
    "w:suppressLineNumbers",
    "w:pBdr",
    "w:tabs",
    "w:suppressAutoHyphens",
    "w:adjustRightInd",
    "w:snapToGrid",
    "w:contextualSpacing",
    "w:jc",
    "w:textAlignment",
    "w:outlineLvl",
    "w:kinsoku",
    "w:wordWrap",
    "w:overflowPunct",
    "w:topLinePunct",
    "w:autoSpaceDE",
    "w:autoSpaceDN",
    "w:mirrorIndents",
    "w:rPr",
    "w:sectPr",
    "w:pStyle",
    "w:textDirection",
];

/// The properties of a run that decide what is read; `None` where a property is absent.
#[derive(Debug, Clone, Default)]
struct Run {
    hidden: Option<bool>,
    web_hidden: Option<bool>,
    struck: Option<bool>,
    colour: Option<Rc<str>>,
    faces: [Option<Rc<str>>; 3],
    size: Option<i32>,
    narrow: Option<bool>,
    shifted: Option<bool>,
    close: Option<bool>,
    raised: Option<Rc<str>>,
    right_to_left: Option<bool>,
    ground: Option<Rc<str>>,
}

/// The properties of a paragraph that decide what is read.
#[derive(Debug, Clone, Default)]
struct Paragraph {
    list: Option<String>,
    level: Option<String>,
    right_to_left: Option<bool>,
    line: Option<i32>,
    exact: Option<bool>,
    far: Option<bool>,
    ground: Option<Rc<str>>,
}

/// How the words of a run are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// True where a reader does not see the words.
    pub hidden: bool,
    /// True where only web pages hide the words.
    pub web_hidden: bool,
    /// Everything else that counts, as text.
    pub mark: Rc<str>,
}

/// How a paragraph is read.
#[derive(Debug, Clone, Default)]
pub struct Flow {
    style: Option<String>,
    /// The list and the level of the paragraph.
    pub list: Option<(String, usize)>,
    pub right_to_left: bool,
    hidden: bool,
    ground: Option<Rc<str>>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub struct Styles {
    defaults: (Paragraph, Run),
    styles: BTreeMap<String, (Option<String>, Paragraph, Run)>,
    default_paragraph: Option<String>,
}

fn set<T>(own: &mut Option<T>, other: &Option<T>)
where
    T: Clone,
{
    if other.is_some() {
        own.clone_from(other);
    }
}

impl Run {
    fn lay(&mut self, over: &Self) {
        // Two switches in two styles cancel each other in Word: words that any of them hides are hidden here.
        set(&mut self.hidden, &over.hidden);
        set(&mut self.web_hidden, &over.web_hidden);
        set(&mut self.struck, &over.struck);
        set(&mut self.colour, &over.colour);
        for (own, other) in self.faces.iter_mut().zip(&over.faces) {
            set(own, other);
        }
        set(&mut self.size, &over.size);
        set(&mut self.narrow, &over.narrow);
        set(&mut self.shifted, &over.shifted);
        set(&mut self.close, &over.close);
        set(&mut self.raised, &over.raised);
        set(&mut self.right_to_left, &over.right_to_left);
        set(&mut self.ground, &over.ground);
    }

    /// Reads `w:rPr`; faults are elements that are not known.
    fn read(properties: &Element<'_>, faults: &mut Vec<String>) -> Self {
        let mut run = Self::default();
        for element in properties.elements() {
            let number = || element.val().and_then(|value| value.parse::<i32>().ok());
            match element.name.as_ref() {
                "w:rStyle" => {}
                "w:vanish" | "w:specVanish" => run.hidden = Some(element.is_on() || run.hidden == Some(true)),
                "w:webHidden" => run.web_hidden = Some(element.is_on()),
                "w:strike" | "w:dstrike" => run.struck = Some(element.is_on() || run.struck == Some(true)),
                "w:color" => run.colour = Some(colour(element, "w:val", "w:themeColor")),
                "w:rFonts" => run.faces = faces(element),
                // A size with a unit or a fraction is none that can be compared: it counts as too small.
                "w:sz" => run.size = Some(number().unwrap_or(0)),
                "w:w" => run.narrow = Some(number().is_none_or(|percent| percent < NARROWEST)),
                "w:position" => run.shifted = Some(number().is_none_or(|by| by.abs() > FARTHEST)),
                "w:spacing" => run.close = Some(number().is_none_or(|by| by < CLOSEST)),
                "w:vertAlign" => run.raised = element.val().map(Rc::from),
                "w:rtl" | "w:cs" => run.right_to_left = Some(element.is_on() || run.right_to_left == Some(true)),
                "w:shd" => run.ground = Some(ground(element)),
                "w:highlight" => run.ground = element.val().filter(|value| *value != "none").map(Rc::from),
                known if LOOKS.contains(&known) => {}
                other => faults.push(format!("holds `{other}`")),
            }
        }
        run
    }
}

fn faces(element: &Element<'_>) -> [Option<Rc<str>>; 3] {
    let face = |name: &str, theme: &str| match element.get(theme) {
        Some(theme) => Some(format!("theme {theme}").into()),
        None => element.get(name).map(Rc::from),
    };
    [face("w:ascii", "w:asciiTheme"), face("w:hAnsi", "w:hAnsiTheme"), face("w:cs", "w:cstheme")]
}

/// The colour behind words, with the pattern that is drawn over it.
pub fn ground(element: &Element<'_>) -> Rc<str> {
    let fill = colour(element, "w:fill", "w:themeFill");
    match element.val() {
        None | Some("clear" | "nil") => fill,
        Some(pattern) => format!("{fill} {pattern} {}", colour(element, "w:color", "w:themeColor")).into(),
    }
}

fn colour(element: &Element<'_>, value: &str, theme: &str) -> Rc<str> {
    match element.get(theme) {
        Some(theme) => format!("theme {theme}").into(),
        None => element.get(value).unwrap_or("auto").to_uppercase().into(),
    }
}

impl Paragraph {
    fn lay(&mut self, over: &Self) {
        set(&mut self.list, &over.list);
        set(&mut self.level, &over.level);
        set(&mut self.right_to_left, &over.right_to_left);
        set(&mut self.line, &over.line);
        set(&mut self.exact, &over.exact);
        set(&mut self.far, &over.far);
        set(&mut self.ground, &over.ground);
    }

    fn read(properties: &Element<'_>, faults: &mut Vec<String>) -> Self {
        let mut paragraph = Self::default();
        for element in properties.elements() {
            match element.name.as_ref() {
                "w:numPr" => {
                    let value = |name: &str| element.child(name).and_then(Element::val).map(ToOwned::to_owned);
                    paragraph.list = value("w:numId").or(paragraph.list);
                    paragraph.level = value("w:ilvl").or(paragraph.level);
                    let known = |element: &Element<'_>| matches!(element.name.as_ref(), "w:numId" | "w:ilvl");
                    if !element.elements().all(known) {
                        faults.push("holds a change to a list that is tracked".to_owned());
                    }
                }
                "w:bidi" => paragraph.right_to_left = Some(element.is_on()),
                "w:spacing" => {
                    paragraph.line = element.get("w:line").map(|line| line.parse().unwrap_or(0));
                    paragraph.exact = element.get("w:lineRule").map(|rule| rule == "exact");
                }
                "w:ind" => {
                    let sides = ["w:left", "w:right", "w:start", "w:end", "w:firstLine", "w:hanging"];
                    let far = |side: &str| {
                        element
                            .get(side)
                            .is_some_and(|by| by.parse::<i32>().map_or(true, |by| by.abs() > WIDEST_INDENT))
                    };
                    let letters = [
                        "w:leftChars",
                        "w:rightChars",
                        "w:startChars",
                        "w:endChars",
                        "w:firstLineChars",
                        "w:hangingChars",
                    ];
                    let by_letters = letters.into_iter().any(|side| element.get(side).is_some_and(|by| by != "0"));
                    paragraph.far = Some(by_letters || sides.into_iter().any(far));
                }
                "w:shd" => paragraph.ground = Some(ground(element)),
                known if PARAGRAPH_LOOKS.contains(&known) => {}
                other => faults.push(format!("holds `{other}`")),
            }
        }
        paragraph
    }
}

impl Styles {
    /// Reads the part; what is not known in it is added to `faults`.
    pub fn read(root: &Element<'_>, faults: &mut Vec<String>) -> Self {
        let mut styles = Self::default();
        for element in root.elements() {
            match element.name.as_ref() {
                "w:docDefaults" => {
                    let of = |outer: &str, inner: &str| element.child(outer).and_then(|outer| outer.child(inner));
                    if let Some(properties) = of("w:pPrDefault", "w:pPr") {
                        styles.defaults.0 = Paragraph::read(properties, faults);
                    }
                    if let Some(properties) = of("w:rPrDefault", "w:rPr") {
                        styles.defaults.1 = Run::read(properties, faults);
                    }
                }
                "w:style" => styles.add(element, faults),
                "w:latentStyles" => {}
                other => faults.push(format!("holds `{other}`")),
            }
        }
        for name in styles.styles.keys() {
            let (kind, id) = name.split_once(':').unwrap_or_default();
            if styles.chain(kind, id).len() >= LONGEST_CHAIN {
                faults.push(format!("the style `{id}` rests on too many others"));
            }
        }
        styles
    }

    fn add(&mut self, style: &Element<'_>, faults: &mut Vec<String>) {
        let id = style.get("w:styleId").unwrap_or_default().to_owned();
        let kind = style.get("w:type").unwrap_or("paragraph");
        let (mut paragraph, mut run) = (Paragraph::default(), Run::default());
        for element in style.elements() {
            match element.name.as_ref() {
                "w:pPr" => paragraph = Paragraph::read(element, faults),
                "w:rPr" => run = Run::read(element, faults),
                _ => {}
            }
        }
        let hides = |element: &Element<'_>| {
            let name = element.name.as_ref();
            matches!(
                name,
                "w:vanish"
                    | "w:specVanish"
                    | "w:color"
                    | "w:sz"
                    | "w:rFonts"
                    | "w:w"
                    | "w:strike"
                    | "w:shd"
                    | "w:hidden"
                    | "w:position"
            )
        };
        if kind == "table" && style.any(&hides) {
            faults.push(format!("the style `{id}` of tables changes how words are read"));
        }
        if kind == "paragraph" && style.get("w:default").is_some_and(|value| value != "0" && value != "false") {
            self.default_paragraph = Some(id.clone());
        }
        let based = style.child("w:basedOn").and_then(Element::val).map(ToOwned::to_owned);
        if self.styles.insert(format!("{kind}:{id}"), (based, paragraph, run)).is_some() {
            faults.push(format!("the style `{id}` is there twice"));
        }
    }

    /// A style and those that it rests on, the outermost first.
    fn chain(&self, kind: &str, id: &str) -> Vec<&(Option<String>, Paragraph, Run)> {
        let mut chain = Vec::new();
        let mut next = Some(id.to_owned());
        while let Some(style) = next.take().and_then(|id| self.styles.get(&format!("{kind}:{id}"))) {
            chain.push(style);
            if chain.len() < LONGEST_CHAIN {
                next.clone_from(&style.0);
            }
        }
        chain.reverse();
        chain
    }

    /// How a paragraph is read.
    pub fn flow(&self, properties: Option<&Element<'_>>, faults: &mut Vec<String>) -> Flow {
        let style = properties.and_then(|properties| properties.child("w:pStyle")).and_then(Element::val);
        let style = style.map(ToOwned::to_owned).or_else(|| self.default_paragraph.clone());
        let mut whole = self.defaults.0.clone();
        for (_, paragraph, _) in style.iter().flat_map(|style| self.chain("paragraph", style)) {
            whole.lay(paragraph);
        }
        if let Some(properties) = properties {
            whole.lay(&Paragraph::read(properties, faults));
        }
        let level = whole.level.as_deref().and_then(|level| level.parse().ok()).unwrap_or(0);
        let flat = whole.exact == Some(true) && whole.line.is_some_and(|line| line < SMALLEST_LINE);
        Flow {
            style,
            list: whole.list.filter(|list| list != "0").map(|list| (list, level)),
            right_to_left: whole.right_to_left == Some(true),
            hidden: flat || whole.far == Some(true),
            ground: whole.ground,
        }
    }

    /// How the words of a run are read.
    pub fn look(&self, flow: &Flow, properties: Option<&Element<'_>>, faults: &mut Vec<String>) -> Look {
        let mut whole = self.defaults.1.clone();
        let mut hidden = whole.hidden == Some(true);
        let mut lay = |whole: &mut Run, over: &Run| {
            whole.lay(over);
            hidden |= over.hidden == Some(true);
        };
        for (.., run) in flow.style.iter().flat_map(|style| self.chain("paragraph", style)) {
            lay(&mut whole, run);
        }
        let style = properties.and_then(|properties| properties.child("w:rStyle")).and_then(Element::val);
        for (.., run) in style.into_iter().flat_map(|style| self.chain("character", style)) {
            lay(&mut whole, run);
        }
        if let Some(properties) = properties {
            lay(&mut whole, &Run::read(properties, faults));
        }
        let too_small = whole.size.is_some_and(|size| size < SMALLEST_SIZE);
        let odd = [whole.narrow, whole.shifted, whole.close].contains(&Some(true));
        let right_to_left = whole.right_to_left == Some(true);
        let mark = mark(&whole, flow, right_to_left);
        Look {
            hidden: hidden || flow.hidden || too_small || odd,
            web_hidden: whole.web_hidden == Some(true),
            mark: mark.into(),
        }
    }
}

fn mark(run: &Run, flow: &Flow, right_to_left: bool) -> String {
    let face = |at: usize| run.faces[at].as_deref().unwrap_or_default();
    let (ascii, other) = (face(0), face(1));
    let mut mark = format!("{} {ascii}", run.colour.as_deref().unwrap_or("AUTO"));
    if other != ascii {
        mark.push_str(&format!("|{other}"));
    }
    if right_to_left {
        mark.push_str(&format!(" rtl {}", face(2)));
    }
    if run.struck == Some(true) {
        mark.push_str(" struck");
    }
    if let Some(raised) = run.raised.as_deref().filter(|raised| *raised != "baseline") {
        mark.push_str(&format!(" {raised}"));
    }
    let ground = run.ground.as_deref().or(flow.ground.as_deref());
    if let Some(ground) = ground.filter(|ground| *ground != "AUTO" && *ground != "CLEAR") {
        mark.push_str(&format!(" on {ground}"));
    }
    mark
}

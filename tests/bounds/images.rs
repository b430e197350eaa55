//! Pictures of a library or a client.

use std::io::Write as _;

use collateral::diagnostic::Checked;
use collateral::library::assets::{Bytes, ImageAsset};
use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::measure::bounded;

fn read(what: &str, data: Vec<u8>) -> Checked<ImageAsset> {
    let bytes = Bytes::Read(data.into());
    bounded(what, || ImageAsset::read("logo", bytes))
}

fn code(what: &str, data: impl Into<Vec<u8>>) -> &'static str {
    let problems = read(what, data.into()).expect_err(what);
    let problem = &problems.0[0];
    assert!(problem.help.is_some(), "{what}: {problem:?}");
    problem.code
}

fn sound(what: &str, data: impl Into<Vec<u8>>) {
    if let Err(problems) = read(what, data.into()) {
        panic!("{what}: {}", problems.to_terminal(false));
    }
}

fn svg(inside: &str) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10"><rect width="5" height="5"/>{inside}</svg>"#
    )
}

fn many(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect()
}

#[test]
fn a_large_honest_drawing_is_read() {
    let path =
        |n: usize| format!(r##"<path class="c{}" d="M{n} 0L{n} 9.5 4 {n}C1 2 3 4 5 {n}Z" fill="#123456"/>"##, n % 20);
    let style = many(20, |n| format!(".c{n}{{stroke:#00{n:02}00}}"));
    sound("8,000 paths", svg(&format!("<style>{style}</style>{}", many(8_000, path))));
    let long = many(60_000, |n| format!("L{} {}", n % 97, n % 89));
    sound("a path of 500 KB", svg(&format!(r#"<path d="M0 0{long}"/>"#)));
}

#[test]
fn style_sheets_have_a_limit() {
    let rules = many(40_000, |n| format!(".c{n}{{fill:red}}"));
    assert_eq!(code("640 KB of CSS", svg(&format!("<style>{rules}</style>"))), "L086");
    let rules = many(5_000, |n| format!(".c{n}{{fill:red}}"));
    let paths = many(20_000, |_| r#"<path d="M0 0h1"/>"#.into());
    assert_eq!(code("rules times elements", svg(&format!("<style>{rules}</style>{paths}"))), "L086");
    let selectors = vec![".a"; 30_000].join(",");
    assert_eq!(code("selectors of one rule", svg(&format!("<style>{selectors}{{fill:red}}</style>{paths}"))), "L086");
    // As many comparisons as are allowed, each of which walks up to the root.
    let rules = many(120, |n| format!("g .c{n}{{fill:red}}"));
    let deep = format!("{}{}{}", "<g>".repeat(150), many(800, |_| r#"<path d="M0 0h1"/>"#.into()), "</g>".repeat(150));
    sound("selectors with ancestors", svg(&format!("<style>{rules}</style>{deep}")));
    let rules = many(1_900, |n| format!("g .c{n}{{fill:red}}"));
    assert_eq!(code("too many ancestors", svg(&format!("<style>{rules}</style>{deep}"))), "L086");
}

/// A matcher that tries every mix of ancestors takes the depth to the power of the parts.
#[test]
fn selectors_have_few_parts() {
    let deep = format!("{}{}", "<g>".repeat(60), "</g>".repeat(60));
    for selector in [
        format!("z{}", " g".repeat(12)),
        format!("z{}", ">g".repeat(12)),
        "g g g".into(),
        "rect,z g g".into(),
        "/* a */z g g".into(),
        "@media print{a{}}z g[a='{'] g".into(),
        "[a='/*'] g g g[b='*/']".into(),
        "* + g > g".into(),
    ] {
        let style = format!("<style>{selector}{{fill:red}}</style>");
        assert_eq!(code(&selector, svg(&format!("{style}{deep}"))), "L086", "{selector}");
    }
    for selector in [".cls-1", "g .a", "g>.a", ".a,.b,.c,.d", "svg rect.a"] {
        sound(selector, svg(&format!("<style>{selector}{{fill:red}}</style>{deep}")));
    }
}

#[test]
fn style_attributes_have_a_limit() {
    let rect = |bytes: usize| format!(r#"<rect style="{}" width="1" height="1"/>"#, "fill:red;".repeat(bytes / 9));
    assert_eq!(code("a long style", svg(&rect(360_000))), "L086");
    sound("a style of 8 KB", svg(&rect(8_000)));
    assert_eq!(code("many styles", svg(&rect(8_000).repeat(300))), "L086");
    sound("2 MB of styles", svg(&rect(500).repeat(4_000)));
    sound("long styles", svg(&rect(8_000).repeat(250)));
}

#[test]
fn attributes_have_a_limit() {
    let attributes = many(200_000, |n| format!(r#" a{n}="1""#));
    assert_eq!(code("200,000 attributes", svg(&format!("<g{attributes}/>"))), "L086");
    let attributes = many(240, |n| format!(r#" a{n}="1""#));
    sound("240 attributes each", svg(&format!("<g{attributes}/>").repeat(1_000)));
    let names = many(200, |n| format!(r#" xmlns:a{n}="x:{n}""#));
    assert_eq!(
        code("namespaces", svg(&format!("{}{}", format!("<g{names}>").repeat(100), "</g>".repeat(100)))),
        "L086"
    );
}

#[test]
fn what_a_drawing_stands_for_has_a_limit() {
    let doubled = many(24, |n| {
        let (above, below) = (n + 1, n);
        format!("<g id=\"n{above}\"><use xlink:href=\"#n{below}\"/><use xlink:href=\"#n{below}\"/></g>")
    });
    let bomb = format!("<defs><path id=\"n0\" d=\"M0 0h1\"/>{doubled}</defs><use xlink:href=\"#n24\"/>");
    assert_eq!(code("use of use", svg(&bomb)), "L062");
    let most = many(14, |n| format!("<g id=\"n{}\"><use xlink:href=\"#n{n}\"/><use xlink:href=\"#n{n}\"/></g>", n + 1));
    let most = format!("<defs><path id=\"n0\" d=\"M0 0h1\"/>{most}</defs><use xlink:href=\"#n14\"/>");
    sound("as many parts as are allowed", svg(&most));
    let chain = many(500, |n| format!("<g id=\"n{}\"><use xlink:href=\"#n{n}\"/></g>", n + 1));
    let chain = format!("<defs><path id=\"n0\" d=\"M0 0h1\"/>{chain}</defs><use xlink:href=\"#n500\"/>");
    assert_eq!(code("a chain of references", svg(&chain)), "L062");
    assert_eq!(code("nesting", svg(&format!("{}{}", "<g>".repeat(50_000), "</g>".repeat(50_000)))), "L062");
    assert_eq!(code("elements", svg(&"<g/>".repeat(200_000))), "L062");
    let circle = r##"<defs><g id="a"><use xlink:href="#b"/></g><g id="b"><use xlink:href="#a"/></g></defs><use xlink:href="#a"/>"##;
    assert_eq!(code("a circle", svg(circle)), "L062");
}

#[test]
fn no_measure_of_a_drawing_is_too_large_to_say() {
    for (what, measures) in [
        ("a huge view box", r#"viewBox="0 0 1e30 1e30""#),
        ("a wide drawing", r#"width="100000" height="1" viewBox="0 0 1 1""#),
        ("an endless drawing", r#"width="1e38" height="1e38""#),
    ] {
        let text = format!(r#"<svg xmlns="http://www.w3.org/2000/svg" {measures}><path d="M0 0h1v1z"/></svg>"#);
        assert_eq!(code(what, text), "L066", "{what}");
    }
}

/// A PNG of one chunk after another.
fn png(width: u32, height: u32, chunks: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut data = b"\x89PNG\r\n\x1A\n".to_vec();
    let mut chunk = |name: &[u8; 4], body: &[u8]| {
        data.extend((body.len() as u32).to_be_bytes());
        let start = data.len();
        data.extend(name);
        data.extend(body);
        let mut crc = flate2::Crc::new();
        crc.update(&data[start..]);
        data.extend(crc.sum().to_be_bytes());
    };
    let mut head = [width.to_be_bytes(), height.to_be_bytes()].concat();
    head.extend([8, 6, 0, 0, 0]);
    chunk(b"IHDR", &head);
    chunks.iter().for_each(|(name, body)| chunk(name, body));
    chunk(b"IEND", &[]);
    data
}

/// Zeros, `count` of them, compressed.
fn zeros(count: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    let block = vec![0; 1 << 20];
    (0..count >> 20).for_each(|_| encoder.write_all(&block).expect("memory can be written"));
    encoder.write_all(&block[..count & ((1 << 20) - 1)]).expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

#[test]
fn chunks_beside_the_picture_are_not_unpacked() {
    let bomb = zeros(322 << 20);
    let named = |head: &[u8]| [head, &bomb].concat();
    let picture = || (b"IDAT", zeros(2 * (2 * 4 + 1)));
    for (what, name, body) in [
        ("a colour profile", b"iCCP", named(b"icc\0\0")),
        ("compressed text", b"zTXt", named(b"Comment\0\0")),
        ("international text", b"iTXt", named(b"Comment\0\x01\0\0\0")),
        ("metadata", b"eXIf", vec![0; 10 << 20]),
    ] {
        let data = png(2, 2, &[(name, body), picture()]);
        let length = data.len();
        let bytes = Bytes::Read(data.into());
        let image =
            bounded(what, || ImageAsset::read("logo", bytes)).unwrap_or_else(|problems| panic!("{what}: {problems:?}"));
        assert_eq!(image.width, 2.0, "{what} of {length} bytes");
    }
    let many: Vec<_> = (0..50_000).map(|_| (b"tEXt", b"a\0b".to_vec())).chain([picture()]).collect();
    sound("many chunks", png(2, 2, &many));
}

#[test]
fn pixels_have_a_limit() {
    assert_eq!(code("a huge picture", png(100_000, 100_000, &[(b"IDAT", zeros(1 << 20))])), "L062");
    assert_eq!(code("an endless picture", png(u32::MAX >> 1, u32::MAX >> 1, &[(b"IDAT", zeros(1 << 20))])), "L062");
    let (width, height) = (5_000, 4_000);
    sound("20 million pixels", png(width, height, &[(b"IDAT", zeros(((width * 4 + 1) * height) as usize))]));
    // More data than the picture has room for.
    let too_much = read("a picture that unpacks to more", png(2, 2, &[(b"IDAT", zeros(322 << 20))]));
    assert!(too_much.is_ok() || too_much.is_err_and(|problems| problems.0[0].code == "L063"));
}

#[test]
fn jpegs_are_walked_once() {
    let mut segments = b"\xFF\xD8".to_vec();
    for _ in 0..1_000_000 {
        segments.extend(b"\xFF\xE1\x00\x08Exif");
    }
    assert_eq!(code("segments", segments), "L063");
    let mut huge = b"\xFF\xD8\xFF\xC0\x00\x11\x08\xFF\xFF\xFF\xFF\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01".to_vec();
    huge.extend(b"\xFF\xDA\x00\x02\x01\xFF\xD9");
    assert_eq!(code("a huge frame", huge), "L062");
}

/// An arc is drawn as curves, more of them the larger it is.
#[test]
fn measures_that_no_drawing_needs_are_refused() {
    let huge = "1".to_owned() + &"5".repeat(70);
    for (what, path) in [
        ("a huge radius", format!("M298 58A18 {huge} 0 1 0 336 98Z")),
        ("a huge place", format!("M{huge} 58A18 18 0 1 0 336 98Z")),
        ("a number with an exponent", "M1 1A1e200 5 0 1 0 9 9Z".to_owned()),
        ("a flat arc", "M1 1A900000 .000001 0 1 0 9 900000Z".to_owned()),
        ("many arcs", "M1 1".to_owned() + &"a1 1 0 1 0 1 1".repeat(30_000)),
    ] {
        assert_eq!(code(what, svg(&format!(r#"<path d="{path}"/>"#))), "L066", "{what}");
    }
    assert_eq!(code("a huge line", svg(&format!(r#"<path stroke-width="{huge}" d="M0 0h9v9z"/>"#))), "L066");
    assert_eq!(
        code("a huge scale", svg(&format!(r#"<g transform="scale({huge})"><path d="M0 0h9v9z"/></g>"#))),
        "L066"
    );
    let arcs = "M1 1".to_owned() + &"a1 1.5 0 1 0 1 1".repeat(15_000);
    sound("many honest arcs", svg(&format!(r#"<path d="{arcs}"/>"#)));
}

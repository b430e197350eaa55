use std::fmt::Write;

use ::png::{BitDepth, ColorType, Encoder};

use super::*;
use crate::library::assets::ImageData;
use crate::library::testing::{LOGO, faults};

fn read(bytes: impl Into<Vec<u8>>) -> Checked<ImageAsset> {
    ImageAsset::read("logo", Bytes::Read(bytes.into().into()))
}

/// A JPEG as far as its markers go.
fn jpeg(frame: &[u8], before: &[u8]) -> Vec<u8> {
    let mut data = b"\xFF\xD8".to_vec();
    data.extend(before);
    data.extend(frame);
    data.extend(b"\xFF\xDA\x00\x02\x01\xFF\x00\x02\xFF\xD3\x03\xFF\xD9");
    data
}

const RGB: &[u8] = b"\xFF\xC0\x00\x11\x08\x00\x20\x00\x40\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01";

fn png(width: u32, height: u32, colour: ColorType, depth: BitDepth, samples: &[u8]) -> Vec<u8> {
    let mut data = Vec::new();
    let mut encoder = Encoder::new(&mut data, width, height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    if colour == ColorType::Indexed {
        encoder.set_palette(vec![10, 20, 30, 40, 50, 60]);
        encoder.set_trns(vec![0]);
    }
    encoder.write_header().unwrap().write_image_data(samples).unwrap();
    data
}

/// A palette whose last colour is cut off, or of no colour, made the decoder panic.
#[test]
fn palettes_of_any_length_are_read_or_refused() {
    for length in 0..=48_u8 {
        for depth in [BitDepth::One, BitDepth::Two, BitDepth::Four, BitDepth::Eight] {
            let mut data = Vec::new();
            let mut encoder = Encoder::new(&mut data, 8, 2);
            encoder.set_color(ColorType::Indexed);
            encoder.set_depth(depth);
            encoder.set_palette((0..length).collect::<Vec<u8>>());
            let samples = vec![0xFF; 2 * depth as usize];
            // The encoder itself refuses some palettes.
            let Ok(mut writer) = encoder.write_header() else { continue };
            writer.write_image_data(&samples).expect("memory can be written");
            writer.finish().expect("memory can be written");
            if let Err(problems) = ImageAsset::read("palette.png", Bytes::Read(data.into())) {
                assert_eq!(problems.0[0].code, "L063", "{length} bytes");
            }
        }
    }
}

fn samples(image: &ImageAsset) -> (&[u8], Option<&[u8]>) {
    match &image.data {
        ImageData::Png { rgb, alpha } => (rgb, alpha.as_deref()),
        other => panic!("no PNG: {other:?}"),
    }
}

fn svg(inside: &str) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10"><rect width="5" height="5"/>{inside}</svg>"#
    )
}

#[test]
fn jpegs_are_kept_as_they_are() {
    for (marker, name) in [(0xC0, "baseline"), (0xC1, "extended"), (0xC2, "progressive")] {
        let mut frame = RGB.to_vec();
        frame[1] = marker;
        let data = jpeg(&frame, b"\xFF\xFF\xE0\x00\x04ab");
        let image = read(data.clone()).unwrap();
        assert_eq!((image.width, image.height), (64.0, 32.0), "{name}");
        let ImageData::Jpeg { bytes, channels: 3 } = &image.data else { panic!("{name}") };
        assert_eq!(bytes.as_ref(), data);
    }
}

#[test]
fn what_stands_behind_a_jpeg_is_left_out() {
    let mut data = jpeg(RGB, b"");
    let length = data.len();
    data.extend(b"a second picture");
    let image = read(data).unwrap();
    let ImageData::Jpeg { bytes, .. } = &image.data else { panic!() };
    assert_eq!(bytes.as_ref().len(), length);
}

#[test]
fn jpegs_that_would_print_wrong_are_refused() {
    let cmyk = b"\xFF\xC0\x00\x14\x08\x00\x20\x00\x40\x04\x01\x22\x00\x02\x11\x01\x03\x11\x01\x04\x11\x01";
    assert!(faults(read(jpeg(cmyk, b"")))[0].starts_with("L064 the JPEG `logo` is in CMYK"));
    for (at, byte, code) in [(1, 0xC9, "L064"), (1, 0xC3, "L064"), (4, 12, "L064"), (9, 2, "L063")] {
        let mut frame = RGB.to_vec();
        frame[at] = byte;
        assert!(faults(read(jpeg(&frame, b"")))[0].starts_with(code), "{at}");
    }
    let mut flat = RGB.to_vec();
    flat[5..7].copy_from_slice(&[0, 0]);
    assert!(faults(read(jpeg(&flat, b"")))[0].starts_with("L063"));
    let mut huge = RGB.to_vec();
    huge[5..9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert!(faults(read(jpeg(&huge, b"")))[0].starts_with("L062"));
}

#[test]
fn a_picture_on_its_side_is_refused() {
    let exif = |orientation: u8| {
        let mut data = b"\xFF\xE1\x00\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
        data.extend([orientation, 0, 0, 0, 0, 0, 0]);
        data
    };
    assert_eq!(exif(1).len(), 2 + 0x22);
    read(jpeg(RGB, &exif(1))).unwrap();
    assert_eq!(faults(read(jpeg(RGB, &exif(6)))), ["L067 the picture `logo` is stored on its side or mirrored"]);
}

#[test]
fn cut_and_garbled_jpegs_are_refused_and_never_panic() {
    let whole = jpeg(RGB, b"\xFF\xE1\x00\x0EExif\0\0II*\0\xFF\xFF\xFF\xFF");
    for length in 0..whole.len() {
        assert!(read(&whole[..length]).is_err(), "{length}");
    }
    for at in 0..whole.len() {
        for byte in [0, 1, 0x7F, 0xD8, 0xFF] {
            let mut garbled = whole.clone();
            garbled[at] = byte;
            let _ = read(garbled);
        }
    }
    assert!(faults(read(*b"\xFF\xD8\xFF\xD9"))[0].starts_with("L063"));
}

#[test]
fn pngs_of_every_kind_become_rgb_and_alpha() {
    let grey = read(png(2, 1, ColorType::Grayscale, BitDepth::Eight, &[0, 200])).unwrap();
    assert_eq!(samples(&grey), (&[0, 0, 0, 200, 200, 200][..], None));
    let bits = read(png(2, 1, ColorType::Grayscale, BitDepth::One, &[0b0100_0000])).unwrap();
    assert_eq!(samples(&bits), (&[0, 0, 0, 255, 255, 255][..], None));
    let deep = read(png(1, 1, ColorType::Rgb, BitDepth::Sixteen, &[1, 99, 2, 99, 3, 99])).unwrap();
    assert_eq!(samples(&deep), (&[1, 2, 3][..], None));
    let palette = read(png(2, 1, ColorType::Indexed, BitDepth::Eight, &[0, 1])).unwrap();
    assert_eq!(samples(&palette), (&[10, 20, 30, 40, 50, 60][..], Some(&[0, 255][..])));
    let both = read(png(1, 1, ColorType::GrayscaleAlpha, BitDepth::Eight, &[9, 128])).unwrap();
    assert_eq!(samples(&both), (&[9, 9, 9][..], Some(&[128][..])));
    let opaque = read(png(1, 1, ColorType::Rgba, BitDepth::Eight, &[1, 2, 3, 255])).unwrap();
    assert_eq!(samples(&opaque), (&[1, 2, 3][..], None));
    assert_eq!((opaque.width, opaque.height), (1.0, 1.0));
}

#[test]
fn cut_and_garbled_pngs_are_refused_and_never_panic() {
    let whole = png(20, 20, ColorType::Rgba, BitDepth::Eight, &[7; 1600]);
    for length in 0..whole.len() {
        assert!(read(&whole[..length]).is_err(), "{length}");
    }
    for at in 8..whole.len() {
        let mut garbled = whole.clone();
        garbled[at] ^= 0x55;
        assert!(read(garbled).is_err(), "{at}");
    }
}

#[test]
fn a_png_that_unpacks_to_too_much_is_refused_by_its_header() {
    let mut bomb = png(1, 1, ColorType::Grayscale, BitDepth::One, &[0]);
    bomb[16..24].copy_from_slice(&[0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF]);
    let crc = crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(faults(read(bomb)), ["L062 the image `logo` has 65535 × 65535 pixels; 20 million are the most"]);
    assert!(faults(read(vec![0; LARGEST + 1]))[0].starts_with("L062"));
}

fn crc(data: &[u8]) -> u32 {
    !data.iter().fold(!0, |crc: u32, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

#[test]
fn other_files_are_called_what_they_are() {
    let kinds: [(&[u8], &str); 7] = [
        (b"", "is empty"),
        (b"GIF89a", "is a GIF"),
        (b"RIFF....WEBPVP8 ", "is a WebP image"),
        (b"\0\0\0\x18ftypheic", "is a HEIC or AVIF image"),
        (b"%PDF-1.7", "is a PDF"),
        (b"\x1F\x8B\x08", "is compressed (SVGZ)"),
        (b"hello", "is no image that can be read"),
    ];
    for (data, what) in kinds {
        assert_eq!(faults(read(data)), [format!("L061 `logo` {what}")]);
    }
}

#[test]
fn an_svg_has_its_size_in_points() {
    let image = read(LOGO).unwrap();
    assert_eq!((image.width, image.height), (30.0, 15.0));
    assert!(matches!(image.data, ImageData::Svg(_)));
    read(format!("\u{FEFF}<?xml version=\"1.0\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://x/svg11.dtd\">{LOGO}")).unwrap();
}

#[test]
fn svgs_hold_shapes_only() {
    let cases = [
        ("<text>x</text>", "text, whose font would be another on each computer"),
        ("<image href='x.png'/>", "a picture"),
        ("<image href='data:image/png;base64,AAAA'/>", "a picture"),
        ("<filter id='f'/>", "a filter"),
        ("<g filter='blur(2px)'/>", "a filter"),
        ("<script>alert(1)</script>", "a script"),
        ("<g onload='alert(1)'/>", "a script (`onload`)"),
        ("<a href='#x'/>", "a link"),
        ("<animate/>", "an animation (`animate`)"),
        ("<foreignObject/>", "`foreignObject`, which is not drawn"),
        ("<use href='other.svg#x'/>", "a reference to something outside of it"),
        ("<use xlink:href='http://x/#x'/>", "a reference to something outside of it"),
        ("<use href='data:image/svg+xml,x'/>", "a reference to something outside of it"),
        ("<g fill=\"URL( 'file:///etc/passwd#x' )\"/>", "a reference to something outside of it"),
        ("<g style='mask: url(http://x/m.svg#m)'/>", "a reference to something outside of it"),
        ("<style>@import 'http://x/a.css';</style>", "a style sheet that reads other files"),
        ("<style>.a{fill:url(http://x#y)}</style>", "a style sheet that reads other files"),
    ];
    for (inside, what) in cases {
        assert_eq!(faults(read(svg(inside))), [format!("L065 the SVG `logo` holds {what}")], "{inside}");
    }
    let styled = svg("<style>.a{filter:drop-shadow(1px 1px 1px red)}</style><rect class='a' width='5' height='5'/>");
    assert!(faults(read(styled))[0].starts_with("L065"));
}

#[test]
fn every_fault_of_an_svg_has_its_place() {
    let problems = read(svg("<text>x</text><g onclick='x'/>")).unwrap_err();
    let marked: Vec<&str> =
        problems.0.iter().map(|p| p.place.as_ref().map_or("", |at| &at.file.text[at.span.clone()])).collect();
    assert_eq!(marked, ["<text", "onclick='x'"]);
}

#[test]
fn what_editors_leave_in_an_svg_does_no_harm() {
    let inkscape = svg(
        "<title>Logo</title><desc>A van</desc><metadata><rdf:RDF xmlns:rdf='urn:rdf'><text xmlns='urn:x'/></rdf:RDF></metadata>\
         <sodipodi:namedview xmlns:sodipodi='urn:s' onload='x'/><style>.a{fill:url(#g)}</style>\
         <linearGradient id='g'><stop offset='0' stop-color='red'/></linearGradient><path class='a' d='M0 0h9v9z'/>",
    );
    read(inkscape).unwrap();
}

#[test]
fn svg_bombs_are_refused() {
    let mut nested = String::from("<defs><g id='a0'><rect width='1' height='1'/></g>");
    for n in 1..40 {
        write!(nested, "<g id='a{n}'><use href='#a{m}'/><use href='#a{m}'/></g>", m = n - 1).unwrap();
    }
    nested.push_str("</defs><use href='#a39'/>");
    assert!(faults(read(svg(&nested)))[0].starts_with("L062 the SVG `logo` has too many parts"));
    let patterns: String = (0..40)
        .map(|n| format!("<pattern id='p{n}' width='1' height='1'><rect fill='url(#p{m})' width='1' height='1'/><rect fill='url(#p{m})' width='1' height='1'/></pattern>", m = n + 1))
        .collect();
    assert!(
        faults(read(svg(&format!("{patterns}<rect fill='url(#p0)' width='9' height='9'/>"))))[0].starts_with("L062")
    );
    let circle = svg("<g id='a'><use href='#b'/></g><g id='b'><use href='#a'/></g>");
    assert!(faults(read(circle))[0].contains("refer to themselves"));
    let entities = format!("<!DOCTYPE svg [<!ENTITY a \"x\">]>{LOGO}");
    assert_eq!(faults(read(entities)), ["L065 the SVG `logo` defines entities"]);
    let deep = svg(&format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000)));
    assert!(faults(read(deep))[0].contains("nests too deep"));
    let unclosed = svg(&"<g>".repeat(500));
    assert!(faults(read(unclosed))[0].starts_with("L062"));
    let wide = svg(&"<g/>".repeat(200_000));
    assert!(faults(read(wide))[0].contains("too many parts"));
}

#[test]
fn a_long_chain_within_the_limits_fits_a_threads_stack() {
    let chain: String = (0..190).map(|n| format!("<g id='a{n}'><use href='#a{}'/></g>", n + 1)).collect();
    read(svg(&format!("{chain}<g id='a190'><rect width='1' height='1'/></g>"))).unwrap();
    read(svg(&format!("{}<rect width='1' height='1'/>{}", "<g opacity='.9'>".repeat(190), "</g>".repeat(190))))
        .unwrap();
}

#[test]
fn svgs_without_size_or_ink_are_refused() {
    let cases = [
        ("<svg xmlns='http://www.w3.org/2000/svg' width='0' height='5'><rect width='1' height='1'/></svg>", "L066"),
        ("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 5 5'></svg>", "L066"),
        ("<svg xmlns='http://www.w3.org/2000/svg' width='90000' height='5'><rect width='1' height='1'/></svg>", "L066"),
        ("<svg viewBox='0 0 5 5'><rect width='1' height='1'/></svg>", "L061"),
        ("<html><svg/></html>", "L061"),
        ("<svg xmlns='http://www.w3.org/2000/svg'><rect", "L063"),
    ];
    for (text, code) in cases {
        assert!(faults(read(text))[0].starts_with(code), "{text}");
    }
}

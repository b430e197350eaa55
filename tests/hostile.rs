//! No value that anyone may have written reaches the terminal as it is: no control character, no line break within a
//! line, nothing that turns the direction, nothing invisible; whatever the verb, with JSON or without.

mod support;

use collateral::diagnostic::visible;
use support::workplace::Workplace;

/// Clears the screen, turns the direction, hides itself, and fakes a line.
const HOSTILE: &str = "x\u{1b}[2J\u{202E}\u{200B}\u{9b}31m\u{7}\rerror: y\n\u{2028}z\u{FEFF}";

/// Values for the terminal's own commands, without the characters that no command line can hold.
fn lines() -> Vec<Vec<String>> {
    let set = format!("client.name={HOSTILE}");
    let order = ["-t", "letter", "--segment", "small", "--date", "2026-11-23"];
    let with = |verb: &str, more: &[&str]| {
        let words = [&[verb], order.as_slice(), more].concat();
        words.into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let plain = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let named = ["--set", "client.name=Bakery"];
    vec![
        with("generate", &["-o", "out", "--set", &set]),
        with("explain", &["--quote", "--set", &set]),
        with("preview", &["--set", &set]),
        with("explain", &["--approved-by", HOSTILE, "--set", "client.name=Bakery"]),
        with("generate", &["--previous", HOSTILE, "--set", "client.name=Bakery"]),
        with("generate", &[&named[..], &["-o", HOSTILE]].concat()),
        with("generate", &[&named[..], &["--seal", HOSTILE]].concat()),
        with("generate", &["-c", HOSTILE]),
        with("generate", &["-c", "client.yaml"]),
        plain(&["generate", "-t", HOSTILE, "--set", "client.name=Bakery"]),
        plain(&["publish", "--note", HOSTILE]),
        plain(&["publish", "--release", HOSTILE]),
        plain(&["list", "--draft"]),
        plain(&["list", "--draft", "--library", HOSTILE]),
        plain(&["import", "pricebook", "prices.csv", "-o", "out.yaml"]),
        plain(&["import", "pricebook", HOSTILE]),
        plain(&["keygen", "--seal", HOSTILE]),
        plain(&["keygen", "--seal", "a", "--password-file", HOSTILE]),
        plain(&["verify", HOSTILE]),
        plain(&["verify", "client.yaml", "--key", HOSTILE]),
        plain(&["verify", "forged.pdf"]),
        plain(&["verify", "forged.pdf", "--key", "forged.pub"]),
        plain(&["schemas", "-o", HOSTILE]),
        plain(&["man", "-o", HOSTILE]),
        plain(&[HOSTILE]),
        plain(&["list", &format!("--{HOSTILE}")]),
        plain(&["list", "--date", HOSTILE]),
    ]
}

/// A folder with files whose values are hostile, made by somebody who does not use this program.
fn workplace() -> Workplace {
    let place = Workplace::new();
    let write = |name: &str, bytes: &[u8]| std::fs::write(place.path().join(name), bytes).expect("written");
    write("client.yaml", format!("client: {{name: \"{}\"}}\nnope: 1\n", HOSTILE.escape_default()).as_bytes());
    write("prices.csv", format!("sku,name,price\n{HOSTILE},{HOSTILE},{HOSTILE}\n").as_bytes());
    let run = |line: &str| place.run(&support::workplace::words(line));
    assert!(run("publish --date 2026-11-01").status.success());
    let made = run("generate -t letter --segment small --set client.name=Bakery --date 2026-11-23 -o .");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let pdf = std::fs::read(place.path().join("Bakery_letter_2026-11-23.pdf")).expect("a file");
    let (from, to) = (b"<collateral:template>letter", "<collateral:template>\u{1b}[2J\u{7f}\r".as_bytes());
    let at = pdf.windows(from.len()).position(|window| window == from).expect("a record that is not compressed");
    write("forged.pdf", &[&pdf[..at], to, &pdf[at + from.len()..]].concat());
    let key = run("keygen --seal firm");
    assert!(key.status.success());
    let key = std::fs::read_to_string(place.path().join("firm.pub")).expect("a file");
    write("forged.pub", key.replacen("firm", "fi\u{1b}[2J\u{202E}rm", 1).as_bytes());
    place
}

#[test]
fn no_value_steers_the_terminal() {
    let place = workplace();
    let mut printed = 0;
    for words in lines() {
        for json in [false, true] {
            let words: Vec<String> = words.iter().cloned().chain(json.then(|| "--json".to_owned())).collect();
            let output = place.run(&words);
            for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
                let text = String::from_utf8(bytes.clone()).expect("text").replace("\r\n", "\n");
                printed += text.len();
                assert_eq!(visible(&text, true), text, "{name} of {words:?}");
                let fakes = text.lines().any(|line| line.trim_start().starts_with("error: y"));
                assert!(!fakes, "a faked line in {name} of {words:?}: {text}");
            }
            if json {
                let stdout = String::from_utf8_lossy(&output.stdout);
                let document: Result<serde_json::Value, _> = serde_json::from_str(&stdout);
                assert!(document.is_ok(), "not one JSON document of {words:?}: {stdout}");
            }
        }
    }
    assert!(printed > 5_000, "only {printed} bytes were printed");
}

/// The value of a record is shown, and not left out, so that the test above tests something.
#[test]
fn a_hostile_record_is_shown() {
    let place = workplace();
    let output = place.run(&["verify".to_owned(), "forged.pdf".to_owned()]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("␛[2J␡␍"), "{text}{}", String::from_utf8_lossy(&output.stderr));
}

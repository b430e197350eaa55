use std::path::PathBuf;

use super::client::Answer;
use super::request::{Discount, Wanted};
use super::*;
use crate::diagnostic::Place;
use crate::source::{Node, NodeKind};

const TEMPLATE: &str = r#"
title: T
kind: proposal
page: letter
version: 1.0.0
status: approved
languages: [en, fr]
owner: m@x.example
fields:
  - {id: start_date, label: Proposed start, type: date, min: 2026-01-01, max: 2027-12-31, help: First day on site, example: 2027-01-15}
  - {id: notes, label: Notes, type: long_text, max_length: 40}
  - {id: vans, label: Vans, type: number, min: 1, max: "100"}
  - {id: budget, label: Budget, type: money}
  - {id: share, label: Share, type: percent, max: 50%}
  - {id: mail, label: Mail, type: email}
  - {id: site, label: Site, type: url}
  - {id: tier, label: Tier, type: choice, options: [Gold, Silver], default: Silver}
  - {id: depots, label: Depots, type: list, default: "North, South"}
  - {id: photo, label: Photo, type: image}
  - {id: urgent, label: Urgent, type: yes_no}
  - {id: code, label: Code, type: text, pattern: "[A-Z]{2}|[A-Z]{2}[0-9]", help: Two letters}
variants:
  short: {segments: [small]}
sections:
  - {id: cover, file: cover.md}
  - {id: competition, file: competition.md, rep: may_remove}
"#;

const SETTINGS: &str = "
name: N
locale: en-CA
currency: CAD
size_by: [vehicles]
segments: [{id: small, label: Small}]
stages:
  - {id: qualified_lead, crm: [Qualification, Appointment Scheduled]}
  - {id: proposal, crm: [Proposal/Price Quote]}
";

fn source(path: &str, text: &str) -> Arc<SourceFile> {
    Arc::new(SourceFile { path: path.into(), text: text.into() })
}

fn check_with(template: &str, text: &str, sets: &[&str]) -> Checked<(Client, Problems)> {
    let mut template: Template = source::read(&source("template.yaml", template)).unwrap();
    template.id = "proposal".into();
    let settings: Settings = source::read(&source("library.yaml", SETTINGS)).unwrap();
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    check_client(
        source("client.yaml", text),
        Path::new("."),
        &sets,
        &Rules { template: &template, settings: &settings, others: &Vec::new },
    )
}

fn check(text: &str, sets: &[&str]) -> Checked<(Client, Problems)> {
    check_with(TEMPLATE, text, sets)
}

fn good(text: &str, sets: &[&str]) -> Client {
    check(text, sets).map(|(client, _)| client).unwrap_or_else(|problems| panic!("{}", problems.to_terminal(false)))
}

/// Faults as `code file:line:column message | label`.
fn faults(text: &str, sets: &[&str]) -> Vec<String> {
    shown(&check(text, sets).expect_err("there are faults"))
}

fn shown(problems: &Problems) -> Vec<String> {
    let place = |place: &Place| {
        let (line, column) = place.line_column();
        format!("{}:{line}:{column} ", place.file.path)
    };
    let all = problems.0.iter().map(|fault| {
        let at = fault.place.as_ref().map(place).unwrap_or_default();
        format!("{} {at}{} | {}", fault.code, fault.message, fault.label.as_deref().unwrap_or(""))
    });
    all.collect()
}

fn codes(text: &str, sets: &[&str]) -> Vec<&'static str> {
    match check(text, sets) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.0.iter().map(|fault| fault.code).collect(),
    }
}

const HARBOUR: &str = "\
client:   {name: Harbour & Sons Logistics, industry: logistics, country: CA, region: ON, locale: en-CA,
           size: {vehicles: 85, employees: 140, locations: 3, annual_revenue: 24000000}}
contact:  {name: Joanne, title: Director, email: jo@harbour.example, phone: 905-555-0118}
opportunity: {name: Fleet, stage: Appointment scheduled, close_date: 2027-02-01, pain_points: [downtime], competitors: [in-house]}
rep:      {name: Sam}
quote:    {currency: CAD, valid_until: 2027-01-31, lines: [{sku: PM-A, quantity: 85, discount: 5%}, {sku: B, quantity: '0.5'}]}
answers:  {start_date: 2027-01-15}
sections: {remove: [competition]}
case_studies: [bakery]
language: en
";

#[test]
fn a_whole_client_is_read() {
    let client = good(HARBOUR, &[]);
    assert_eq!(client.client.name, "Harbour & Sons Logistics");
    assert_eq!(client.client.region.as_deref(), Some("ON"));
    assert_eq!(client.client.size.vehicles, Some(85));
    assert_eq!(client.opportunity.stage.as_deref(), Some("qualified_lead"));
    let lines = client.quote.unwrap().lines;
    assert_eq!(lines[0].quantity.value.to_string(), "85");
    assert_eq!(lines[0].discount.as_ref().map(|typed| typed.value), Some(Discount::Part("0.05".parse().unwrap())));
    assert_eq!(lines[1].quantity.value.to_string(), "0.5");
    assert_eq!(client.answers["start_date"], Answer::Date("2027-01-15".parse().unwrap()));
    assert_eq!(client.answers["tier"], Answer::Text("Silver".into()));
    assert_eq!(client.answers["depots"], Answer::List(vec!["North".into(), "South".into()]));
    assert_eq!(client.sections.remove[0].0, "competition");
    let place = client.client.name_place.unwrap();
    assert_eq!(&place.file.text[place.span], "Harbour & Sons Logistics");
}

#[test]
fn the_digest_is_of_the_data_alone() {
    let yaml = "client: {name: \"Caf\\u00e9\", size: {vehicles: 4}}\nquote: {lines: [{sku: A, quantity: 5.0}]}\n";
    let json = "{\"quote\": {\"lines\": [{\"quantity\": 5, \"sku\": \"A\"}]}, \"client\": {\"size\": {\"vehicles\": 4}, \"name\": \"Café\"}}";
    let digest = good(yaml, &[]).digest;
    assert_eq!(digest, good(json, &[]).digest);
    assert_eq!(digest, good(&yaml.replace("size: {vehicles: 4}", "size: {}"), &["client.size.vehicles=4"]).digest);
    assert_ne!(digest, good(&yaml.replace("vehicles: 4", "vehicles: 5"), &[]).digest);
    assert!(digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit()));
}

#[test]
fn naughty_names_are_exact_or_refused() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/naughty-clients.yaml");
    let text = std::fs::read_to_string(fixture).unwrap();
    let file = source("naughty-clients.yaml", &text);
    let NodeKind::List(items) = source::parse(&file, 0..text.len()).unwrap().kind else { panic!("a list") };
    let folder = tempfile::tempdir().unwrap();
    let refused = [("control", "C007"), ("bidi-override", "C007"), ("blank", "C005"), ("empty", "C005")];
    let template: Template = source::read(&source("template.yaml", TEMPLATE)).unwrap();
    let settings: Settings = source::read(&source("library.yaml", SETTINGS)).unwrap();
    for item in &items {
        let text = |key| item.get(key).and_then(Node::as_text).unwrap();
        let (id, name) = (text("id"), text("name"));
        let path = folder.path().join(format!("{id}.json"));
        std::fs::write(&path, serde_json::json!({"client": {"name": name}}).to_string()).unwrap();
        let read =
            read_client(Some(&path), &[], &Rules { template: &template, settings: &settings, others: &Vec::new });
        let set = read_client(
            None,
            &[format!("client.name={name}")],
            &Rules { template: &template, settings: &settings, others: &Vec::new },
        );
        for result in [read, set] {
            match (result, refused.iter().find(|(refused, _)| *refused == id)) {
                (Ok((client, _)), None) => assert_eq!(client.client.name, name, "{id}"),
                (Err(problems), Some((_, code))) => assert_eq!(problems.0[0].code, *code, "{id}"),
                (Ok(_), Some(_)) => panic!("{id} is not refused"),
                (Err(problems), None) => panic!("{id} is refused: {}", problems.to_terminal(false)),
            }
        }
    }
    assert_eq!(items.len(), 25);
}

#[test]
fn names_stay_as_typed_in_yaml() {
    for name in ["007", "Yes", "ON", "no", "Null", "1e5", "0x1F", "3.10", "12:30:45", "2027-01-01", "--", "true"] {
        assert_eq!(good(&format!("client:\n  name: {name}\n"), &[]).client.name, name);
    }
    assert_eq!(codes("client: {name: ~}", &[]), ["C005"]);
}

#[test]
fn the_name_is_always_required() {
    let none = check("", &[]).unwrap_err();
    assert_eq!(shown(&none), ["C005 the client has no name | `client.name` is missing"]);
    assert!(none.0[0].help.as_deref().unwrap().contains("--set client.name="));
    assert_eq!(
        faults("contact: {name: Jo}", &[]),
        ["C005 client.yaml:1:1 the client has no name | `client.name` is missing"]
    );
    assert_eq!(codes("client: {name: \"\\u200b \"}", &[]), ["C005"]);
    let (_, warnings) = check("client: {name: ' Acme'}", &[]).unwrap();
    assert_eq!(
        shown(&warnings),
        ["C024 client.yaml:1:16 the client's name begins or ends with a blank, which is kept | as typed"]
    );
}

#[test]
fn every_fault_comes_at_once_in_order() {
    let text = "\
client: {name: \"A\\u0007\", country: ca, locale: en_CA, size: {vehicles: 85}, logo: ../x.png}
contact: {email: jo, name: ' '}
opportunity: {stage: propsal}
quote: {currency: cad, lines: [{sku: A, quantity: 0, discount: 101%}]}
answers: {start_dat: 2027-01-15, vans: 101, share: 5}
sections: {remove: [competitoin], add: [cover, cover]}
language: en-CA
";
    assert_eq!(
        faults(text, &["answers.tier=gold"]),
        [
            "C017 --set:1:14 `gold` is not one of the choices for `answers.tier` | did you mean `Gold`?",
            "C007 client.yaml:1:16 `client.name` holds U+0007, a control character | in this text",
            "C009 client.yaml:1:36 `ca` is not a country code of ISO 3166 | write `CA`",
            "C010 client.yaml:1:48 `en_CA` is not a locale of BCP 47 | write `en-CA`",
            "C018 client.yaml:1:83 the image `../x.png` is not beside the client file | not usable",
            "C020 client.yaml:2:18 `jo` is not an e-mail address | write one address, such as `jo@example.com`",
            "C006 client.yaml:2:28 `contact.name` is blank | nothing to print",
            "C008 client.yaml:3:22 there is no stage `propsal` | did you mean `proposal`?",
            "C011 client.yaml:4:19 `cad` is not a currency of ISO 4217 | write `CAD`",
            "C021 client.yaml:4:51 a quantity of `0` cannot be quoted | write a number above 0",
            "C021 client.yaml:4:64 `101%` is not a discount | write `0%` to `100%`, or an amount such as `120.00`",
            "C013 client.yaml:5:11 the template `proposal` has no field `start_dat` | did you mean `start_date`?",
            "C016 client.yaml:5:40 `101` is too large for `answers.vans` | at most 100",
            "C015 client.yaml:5:52 `5` is not a percentage | write `5%`",
            "C022 client.yaml:6:21 the template `proposal` has no section `competitoin` | did you mean `competition`?",
            "C012 client.yaml:7:11 the template `proposal` is not written in `en-CA` | did you mean `en`?",
        ]
    );
    assert_eq!(codes("client: {name: A}\nsections: {remove: [cover], add: [cover]}", &[]), ["C022"]);
}

#[test]
fn the_shape_of_the_file_is_checked() {
    let text = "\
client: {name: A, nmae: B, size: {vehicles: '85', employees: -3, trucks: 1}}
opportunity: {competitors: in-house, close_date: 01/02/2027}
quote: {lines: [{quantity: '1,200'}]}
answers: [1]
";
    assert_eq!(
        faults(text, &[]),
        [
            "Y012 client.yaml:1:19 there is no key `nmae` in `client` | not known here",
            "Y014 client.yaml:1:45 expected a whole number for `vehicles`, found text | write a whole number",
            "Y016 client.yaml:1:62 `-3` is too small for `employees` | at least 0",
            "Y012 client.yaml:1:66 there is no key `trucks` in `size` | not known here",
            "Y014 client.yaml:2:28 expected a list for `competitors`, found text | write a list",
            "Y016 client.yaml:2:50 `01/02/2027` is not a day of the calendar | write the date as `YYYY-MM-DD`",
            "Y013 client.yaml:3:18 `sku` is missing in `lines` | this group needs `sku:`",
            "Y016 client.yaml:3:28 `1,200` is not an amount | write it without thousands marks: `1200`",
            "Y014 client.yaml:4:10 expected a group of keys for `answers`, found a list | write a group of keys",
        ]
    );
    assert_eq!(codes("client: {name: A, name: B}", &[]), ["Y005"]);
}

#[test]
fn set_words_override_and_know_their_place() {
    let client = good(
        HARBOUR,
        &[
            "client.name=B = C",
            "opportunity.competitors=a, b",
            "client.size.vehicles=7",
            "answers.depots=",
            "contact.phone=no",
        ],
    );
    assert_eq!(client.client.name, "B = C");
    assert_eq!(client.client.name_place, None);
    assert_eq!(client.opportunity.competitors, ["a", "b"]);
    assert_eq!(client.client.size.vehicles, Some(7));
    assert_eq!(client.answers["depots"], Answer::List(vec![]));
    assert_eq!(client.contact.phone.as_deref(), Some("no"));
    assert_eq!(
        faults(
            "client: {name: A}",
            &[
                "client.nam=B",
                "x",
                "client.name.first=C",
                ".=",
                "contact.name=",
                "language=en",
                "language=fr",
                "quote.lines=1"
            ]
        ),
        [
            "Y012 --set:1:8 there is no key `nam` in `client` | not known here",
            "C003 --set:2:1 `--set x` has no `=` | not used",
            "C004 --set:3:13 the client file has text under `client.name`, so nothing can be set inside it | not used",
            "C003 --set:4:1 `.` does not name a place in a client file | not used",
            "C006 --set:5:14 `contact.name` is blank | nothing to print",
            "C004 --set:7:1 `--set language` is given twice | not used",
            "C003 --set:8:1 quote lines cannot be set one by one | not used",
        ]
    );
    assert_eq!(codes("", &["client.size.vehicles=many", "client.name=A"]), ["Y014"]);
}

#[test]
fn answers_of_every_kind() {
    let answer = |id: &str, value: &str| {
        check(&format!("client: {{name: A}}\nanswers:\n  {id}: {value}\n"), &[])
            .map(|(mut client, _)| client.answers.remove(id).unwrap())
            .map_err(|problems| format!("{} {}", problems.0[0].code, problems.0[0].label.as_deref().unwrap_or("")))
    };
    let decimal = |text: &str| Ok(Answer::Decimal(source::decimal(text).unwrap()));
    assert_eq!(answer("budget", "1250.10"), decimal("1250.10"));
    assert_eq!(answer("budget", "1,250"), Err("C015 write it without thousands marks: `1250`".into()));
    assert_eq!(
        answer("budget", "$5"),
        Err("C015 write digits with a point, such as `1250` or `1250.50`; no currency signs, no thousands marks".into())
    );
    assert_eq!(answer("vans", "0.99"), Err("C016 at least 1".into()));
    assert_eq!(answer("share", "12.5%"), Ok(Answer::Percent(source::decimal("0.125").unwrap())));
    assert_eq!(answer("share", "51%"), Err("C016 at most 50%".into()));
    assert_eq!(answer("start_date", "2028-01-01"), Err("C016 at most 2027-12-31".into()));
    assert_eq!(answer("start_date", "tomorrow"), Err("C015 write the date as `YYYY-MM-DD`".into()));
    assert_eq!(answer("urgent", "Yes"), Ok(Answer::YesNo(true)));
    assert_eq!(answer("urgent", "false"), Ok(Answer::YesNo(false)));
    assert_eq!(answer("urgent", "maybe"), Err("C015 write `yes` or `no`".into()));
    assert_eq!(answer("mail", "a@b"), Err("C020 write one address, such as `jo@example.com`".into()));
    assert_eq!(answer("site", "javascript:x"), Err("C020 write it whole: `https://…`".into()));
    assert_eq!(answer("site", "https://x.example/a"), Ok(Answer::Text("https://x.example/a".into())));
    assert_eq!(answer("depots", "North"), Err("C015 not a list".into()));
    assert_eq!(answer("depots", "[007, no]"), Ok(Answer::List(vec!["007".into(), "no".into()])));
    assert_eq!(answer("depots", "[a, {b: c}]"), Err("C015 write text".into()));
    assert_eq!(answer("code", "AB1"), Ok(Answer::Text("AB1".into())));
    assert_eq!(answer("code", "\"AB\\n\""), Err("C007 in this text".into()));
    assert_eq!(answer("code", "xAB1"), Err("C016 not of this form".into()));
    assert_eq!(answer("code", "[AB]"), Err("C015 write text".into()));
    assert_eq!(answer("notes", "\"One\\n\\nTwo\""), Ok(Answer::Text("One\n\nTwo".into())));
    assert_eq!(answer("notes", "\"One\\tTwo\""), Err("C007 in this text".into()));
    assert_eq!(answer("notes", &"é".repeat(41)), Err("C016 at most 40 characters".into()));
    assert_eq!(answer("notes", "' '"), Err("C006 nothing to print".into()));
    assert_eq!(answer("photo", "/etc/x.png"), Err("C018 not usable".into()));
    assert_eq!(answer("photo", "none.png"), Err("C019 not usable".into()));
}

#[test]
fn a_required_answer_asks_for_itself() {
    let template = TEMPLATE.replace("type: date,", "type: date, required: true,");
    let problems = check_with(&template, "client: {name: A}\nanswers: {vans: 3}\n", &[]).unwrap_err();
    assert_eq!(
        shown(&problems),
        [
            "C014 client.yaml:2:1 `answers.start_date` is missing: Proposed start | this template needs `start_date:` under `answers`"
        ]
    );
    assert_eq!(
        problems.0[0].help.as_deref(),
        Some(
            "First day on site. Write `start_date: 2027-01-15` under `answers:`, or give `--set answers.start_date=\"2027-01-15\"`"
        )
    );
    assert!(check_with(&template, "client: {name: A}", &["answers.start_date=2027-01-15"]).is_ok());
}

#[test]
fn faults_of_the_template_are_told_apart() {
    let code = |from: &str, to: &str, sets: &[&str]| {
        let sets: Vec<_> = ["client.name=A"].iter().chain(sets).copied().collect();
        check_with(&TEMPLATE.replace(from, to), "", &sets).map(|_| ()).map_err(|problems| problems.0[0].code)
    };
    assert_eq!(code("default: Silver", "default: Tin", &[]), Err("C023"));
    assert_eq!(code("[A-Z]{2}|", "[A-Z|", &["answers.code=AB"]), Err("C023"));
    assert_eq!(code("max: 50%", "max: 50", &["answers.share=5%"]), Err("C023"));
}

#[test]
fn files_are_opened_with_care() {
    let folder = tempfile::tempdir().unwrap();
    let template: Template = source::read(&source("template.yaml", TEMPLATE)).unwrap();
    let settings: Settings = source::read(&source("library.yaml", SETTINGS)).unwrap();
    let read = |path: PathBuf| {
        read_client(Some(&path), &[], &Rules { template: &template, settings: &settings, others: &Vec::new })
    };
    let code = |path: PathBuf| read(path).unwrap_err().0[0].code;
    assert_eq!(code(folder.path().join("none.yaml")), "C001");
    assert_eq!(code(folder.path().to_owned()), "C001");
    let long = folder.path().join("long.yaml");
    std::fs::write(&long, vec![b'#'; 1024 * 1024 + 1]).unwrap();
    assert_eq!(code(long), "C002");
    let client = folder.path().join("client.yaml");
    std::fs::write(&client, "client: {name: A, logo: logo.png}\nanswers: {photo: logo.png}\n").unwrap();
    std::fs::write(folder.path().join("logo.png"), b"\x89PNG\r\n\x1a\n").unwrap();
    let (first, _) = read(client.clone()).unwrap();
    assert_eq!(first.client.logo, Some(folder.path().join("logo.png")));
    assert_eq!(first.answers["photo"], Answer::Image(folder.path().join("logo.png")));
    std::fs::write(folder.path().join("logo.png"), b"\x89PNG\r\n\x1a\nother").unwrap();
    assert_ne!(first.digest, read(client).unwrap().0.digest);
}

#[test]
fn a_fault_of_shape_hides_no_other() {
    assert_eq!(codes("client: {name: A, nmae: B, country: ca}\nlanguage: de\n", &[]), ["Y012", "C009", "C012"]);
    assert_eq!(codes("client: {nmae: A}\nlanguage: de\n", &[]), ["Y012", "C012"]);
    assert_eq!(codes("client: x\nlanguage: de\n", &[]), ["Y014", "C012"]);
    assert_eq!(codes("client: {name: A}\nquote: {lines: [{quantity: 0}]}\nlanguage: de\n", &[]), ["Y013", "C012"]);
}

#[test]
fn endless_paths_are_refused() {
    let path = format!("{}=1", "a.".repeat(100_000));
    assert_eq!(codes("client: {name: A}", &[&path]), ["C003"]);
}

#[test]
fn words_are_not_lost_to_comments() {
    let text = "client:\n  name: Acme #1 Towing\n  industry: #1 in haulage  \n  region: ON # a comment\n  country: CA ## note\ncontact:\n  title: #x\n  name: Jo\n";
    assert_eq!(
        faults(text, &[]),
        [
            "C025 client.yaml:2:14 `#1 Towing` would be left out: ` #` begins a comment | not read as text",
            "C025 client.yaml:3:13 `#1 in haulage` would be left out: ` #` begins a comment | not read as text",
            "C025 client.yaml:7:10 `#x` would be left out: ` #` begins a comment | not read as text",
        ]
    );
    assert_eq!(good("client: {name: 'Acme #1'}", &["contact.title=Rep #1"]).client.name, "Acme #1");
    assert_eq!(good("client:\n  name: Acme#1\n", &[]).client.name, "Acme#1");
}

const QUOTED: &str = "\
client: {name: A}
quote:
  currency: CAD
  start: 2027-01-15
  term_months: 36
  note: 'Call us: **{{x}}** <b>'
  discount: 500.00
  lines:
    - {sku: PM-A, quantity: 85, discount: 2.5 %, note: By night}
    - {sku: TELE, quantity: 85, optional: yes}
    - {sku: BRONZE, quantity: 1, alternative: cover}
    - {sku: GOLD, quantity: 1, alternative: cover, chosen: yes, discount: 12.5}
";

#[test]
fn a_whole_quote_is_read() {
    let quote = good(QUOTED, &["quote.valid_until=2027-01-31"]).quote.unwrap();
    assert_eq!((quote.start.map(|day| day.to_string()), quote.term_months), (Some("2027-01-15".into()), Some(36)));
    assert_eq!(quote.note.as_deref(), Some("Call us: **{{x}}** <b>"));
    assert_eq!(quote.valid_until.unwrap().place.unwrap().file.path, "--set");
    assert_eq!(quote.discount.unwrap().value, Discount::Amount("500.00".parse().unwrap()));
    let standing: Vec<_> = quote.lines.iter().map(|line| line.standing.clone()).collect();
    let cover = |chosen| Wanted::Alternative { group: "cover".into(), chosen };
    assert_eq!(standing, [Wanted::Included, Wanted::Optional, cover(false), cover(true)]);
    assert_eq!(quote.lines[3].sku.place.as_ref().unwrap().line_column(), (12, 13));
    assert_eq!(quote.lines[0].note.as_deref(), Some("By night"));
}

#[test]
fn every_part_of_a_quote_is_part_of_its_digest() {
    let whole = good(QUOTED, &[]).digest;
    let changes = [
        ("CAD", "USD"),
        ("2027-01-15", "2027-01-16"),
        ("36", "24"),
        ("Call us", "Write to us"),
        ("500.00", "50%"),
        ("By night", "By day"),
        ("optional: yes", "optional: no"),
        ("12.5}", "12.5%}"),
        ("PM-A", "PM-B"),
    ];
    for (from, to) in changes {
        assert_ne!(good(&QUOTED.replace(from, to), &[]).digest, whole, "{from}");
    }
    for (from, to) in [("quantity: 85", "quantity: '85.0'"), ("2.5 %", "2.50%"), ("500.00", "500"), ("yes", "true")] {
        assert_eq!(good(&QUOTED.replace(from, to), &[]).digest, whole, "{from}");
    }
}

#[test]
fn faults_of_a_quote_come_all_at_once() {
    let text = "\
client: {name: A}
quote:
  term_months: 36
  discount: 101%
  lines:
    - {sku: A, quantity: -1}
    - {sku: A, quantity: 10000000000}
    - {sku: A, quantity: 0.1234567}
    - {sku: A, quantity: 1, discount: -5}
    - {sku: A, quantity: 1, discount: five}
    - {sku: A, quantity: 1, optional: maybe}
    - {sku: A, quantity: 1, chosen: yes}
    - {sku: A, quantity: 1, optional: yes, alternative: a, chosen: yes}
    - {sku: A, quantity: 1, alternative: a}
    - {sku: A, quantity: 1, alternative: b}
    - {sku: A, quantity: 1, alternative: c}
    - {sku: A, quantity: 1, alternative: c}
    - {sku: A, quantity: 1, alternative: d, chosen: yes}
    - {sku: A, quantity: 1, alternative: d, chosen: yes}
";
    assert_eq!(
        faults(text, &[]),
        [
            "C021 client.yaml:4:13 `101%` is not a discount | write `0%` to `100%`, or an amount such as `120.00`",
            "C021 client.yaml:6:26 a quantity of `-1` cannot be quoted | write a number above 0",
            "C021 client.yaml:7:26 a quantity of `10000000000` cannot be quoted | more than 1000000000",
            "C021 client.yaml:8:26 a quantity of `0.1234567` cannot be quoted | more than 6 decimals",
            "C021 client.yaml:9:39 `-5` is not a discount | write `0%` to `100%`, or an amount such as `120.00`",
            "C021 client.yaml:10:39 `five` is not a discount | write `0%` to `100%`, or an amount such as `120.00`",
            "C027 client.yaml:11:39 `maybe` is not yes or no for `optional` | write `yes` or `no`",
            "C027 client.yaml:12:37 only one of several alternatives can be chosen | nothing to choose from",
            "C027 client.yaml:13:57 a line is either optional or an alternative, not both | an alternative here",
            "C027 client.yaml:15:42 the group `b` has one line: there is nothing to choose from | alone in its group",
            "C027 client.yaml:16:42 no line of the group `c` is chosen | one of its lines counts in the sums",
            "C027 client.yaml:18:42 several lines of the group `d` are chosen | only one counts in the sums",
        ]
    );
    assert_eq!(codes("client: {name: A}\nquote: {lines: []}\n", &[]), ["C021"]);
    assert_eq!(codes("client: {name: A}\nquote: {term_months: 0, lines: [{sku: A, quantity: 1}]}\n", &[]), ["Y016"]);
    assert_eq!(codes("client: {name: A}\nquote: {note: \"a\\nb\", lines: [{sku: A, quantity: 1}]}\n", &[]), ["C007"]);
}

#[test]
fn an_answer_to_another_template_keeps_its_lines() {
    let read_template = |text: &str, id: &str| {
        let mut template: Template = source::read(&source("template.yaml", text)).unwrap();
        template.id = id.into();
        template
    };
    let settings: Settings = source::read(&source("library.yaml", SETTINGS)).unwrap();
    let own = TEMPLATE.replace("  - {id: notes, label: Notes, type: long_text, max_length: 40}\n", "");
    let check = |other: &str| {
        let others = || vec![read_template(other, "other")];
        let rules = Rules { template: &read_template(&own, "own"), settings: &settings, others: &others };
        let file = source("client.yaml", "client: {name: A}\nanswers:\n  notes: |\n    one\n    two\n");
        check_client(file, Path::new("."), &[], &rules).map(|_| ()).map_err(|problems| problems.0[0].code)
    };
    assert_eq!(check(TEMPLATE), Ok(()));
    assert_eq!(check(&TEMPLATE.replace("type: long_text, max_length: 40", "type: text")), Err("C007"));
}

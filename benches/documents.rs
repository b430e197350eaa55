//! Whole documents in one process with the library loaded once: filled, laid out, written and read back.

use std::hint::black_box;
use std::path::Path;

use collateral::export::Format;
use collateral::library::files::Source;
use collateral::library::{Library, Trust};
use collateral::pipeline::{Engine, Order, file_of, generate, generate_as, lay_out};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// How many different clients a batch has.
const CLIENTS: usize = 200;

fn order(client: &str, sets: Vec<String>) -> Order {
    let date = jiff::civil::date(2026, 11, 23);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/clients").join(client);
    Order { client_file: Some(file), sets, ..Order::new("proposal", date) }
}

/// A client of another name and size each time, so that nothing but the library can be reused.
fn different(number: usize) -> Order {
    let sets = vec![
        format!("client.name=Client Number {number} Haulage"),
        format!("client.size.vehicles={}", 25 + number),
        format!("contact.name=Contact {number}"),
    ];
    order("harbour.yaml", sets)
}

fn documents(c: &mut Criterion) {
    let engine = Engine::new(Library::load(Source::Embedded, Trust::Locked).expect("the sample library is sound"));
    let mut group = c.benchmark_group("proposal");
    for (name, client) in [("short", "bakery.yaml"), ("standard", "harbour.yaml"), ("long", "haulier.yaml")] {
        let order = order(client, vec![]);
        group.bench_function(name, |b| {
            b.iter(|| black_box(generate(&engine, &order).expect("sound").bytes(Format::Pdf).len()))
        });
    }
    group.finish();
    let orders: Vec<Order> = (0..CLIENTS).map(different).collect();
    let mut group = c.benchmark_group("batch");
    group.sample_size(10).throughput(Throughput::Elements(CLIENTS as u64));
    group.bench_function("200 different clients, one core", |b| {
        b.iter(|| {
            for order in &orders {
                black_box(generate(&engine, order).expect("sound").bytes(Format::Pdf).len());
            }
        });
    });
    group.finish();
}

/// Word files: with layout, and from documents that are laid out already.
fn word_files(c: &mut Criterion) {
    let engine = Engine::new(Library::load(Source::Embedded, Trust::Locked).expect("the sample library is sound"));
    let mut group = c.benchmark_group("word file");
    for (name, client) in [("short", "bakery.yaml"), ("standard", "harbour.yaml"), ("long", "haulier.yaml")] {
        let order = order(client, vec![]);
        let whole = || generate_as(&engine, &order, &[Format::Docx]).expect("sound").files[0].bytes.len();
        group.bench_function(format!("{name}, with layout"), |b| b.iter(|| black_box(whole())));
        let laid_out = lay_out(&engine, &order).expect("sound");
        let written = || file_of(&engine, &order, &laid_out, Format::Docx).expect("sound").len();
        group.bench_function(format!("{name}, laid out"), |b| b.iter(|| black_box(written())));
    }
    group.finish();
}

criterion_group!(benches, documents, word_files);
criterion_main!(benches);

use super::*;
use crate::library::files::Source;
use crate::library::testing::said;

#[test]
fn the_samples_price_book_is_sound() {
    let library = Library::of_files(Source::Embedded.read().expect("the sample is there"), None).expect("sound");
    let book = match library.price_book() {
        Ok(book) => book.expect("there is one"),
        Err(problems) => panic!("{:#?}", said(&problems)),
    };
    assert!(book.items.len() >= 12);
    assert!(book.jurisdiction("CA", None).is_none());
    assert_eq!(book.jurisdiction("CA", Some("QC")).map(|taxes| taxes.rates.len()), Some(2));
}

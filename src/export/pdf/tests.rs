//! In: hand-made pages. Out: what the written file says to a foreign reader (lopdf).

use super::sample::{about, large, small};
use super::*;

/// Keeps the sample files for tests/conformance/run.sh where it asks for them.
#[test]
fn sample_files_are_written() {
    let files = [("small", small().0), ("large", large().0)];
    for (name, pages) in files {
        let bytes = pdf(&pages, &about()).expect("a file");
        assert!(bytes.starts_with(b"%PDF-1.7\n"));
        if let Some(folder) = std::env::var_os("COLLATERAL_SAMPLES") {
            std::fs::write(std::path::Path::new(&folder).join(format!("{name}.pdf")), bytes).expect("written");
        }
    }
}

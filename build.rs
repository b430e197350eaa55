//! Rebuilds when a file is added to the sample library, which the embedding macro alone does not notice.
fn main() {
    println!("cargo:rerun-if-changed=brand");
    println!("cargo:rerun-if-changed=templates");
}

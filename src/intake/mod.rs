//! In: a client file, `--set` words. Out: a checked [`Client`](client::Client).
pub mod client;

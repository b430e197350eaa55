//! Sales collateral that is on brand, correct, and as long as the client is big.
//!
//! Data goes one way, and each step is one function with a named type:
//!
//! files → [`library`] → [`intake`] → [`plan`] → [`fill`] → [`document`] → [`layout`] → [`export`]

pub mod cli;
pub mod diagnostic;
pub mod disk;
pub mod document;
pub mod export;
pub mod fill;
pub mod format;
pub mod hexadecimal;
pub mod intake;
pub mod keyfile;
pub mod layout;
pub mod library;
pub mod pipeline;
pub mod plan;
pub mod source;
pub mod verify;
pub mod web;

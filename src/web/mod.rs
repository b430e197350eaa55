//! In: laid-out documents. Out: pages for a browser.

pub mod preview;

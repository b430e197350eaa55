//! Tests of whole Word files.

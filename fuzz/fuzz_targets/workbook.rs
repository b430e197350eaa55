#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| collateral_fuzz::workbook(data));

//! In: lengths and colours. Out: their bytes in a content stream.

/// Writes a number with at most `decimals` decimals, without trailing zeros and never in exponent form.
pub fn number(out: &mut Vec<u8>, value: f64, decimals: u32) {
    let scale = 10_u64.pow(decimals);
    // Content streams know no exponents; a page is at most 14,400 pt, so the cast cannot saturate on checked pages.
    let scaled = (value * scale as f64).round() as i64;
    if scaled < 0 {
        out.push(b'-');
    }
    let scaled = scaled.unsigned_abs();
    integer(out, scaled / scale);
    let mut rest = scaled % scale;
    if rest == 0 {
        return;
    }
    out.push(b'.');
    let mut place = scale / 10;
    while rest > 0 {
        out.push(b'0' + (rest / place) as u8);
        rest %= place;
        place = (place / 10).max(1);
    }
}

/// Writes a length or a position with a space after it, to a hundredth of a point: finer than any printer.
pub fn length(out: &mut Vec<u8>, value: f64) {
    number(out, value, 2);
    out.push(b' ');
}

/// Writes a whole number.
pub fn integer(out: &mut Vec<u8>, mut value: u64) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Writes a 16-bit number as four hex digits.
pub fn hex(out: &mut Vec<u8>, value: u16) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for shift in [12, 8, 4, 0] {
        out.push(DIGITS[usize::from(value >> shift & 0xF)]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(value: f64, decimals: u32) -> String {
        let mut out = Vec::new();
        number(&mut out, value, decimals);
        String::from_utf8(out).expect("digits")
    }

    #[test]
    fn numbers_are_short_and_plain() {
        for (value, decimals, expected) in [
            (0.0, 2, "0"),
            (-0.001, 2, "0"),
            (1.5, 2, "1.5"),
            (-0.05, 2, "-0.05"),
            (100.0, 2, "100"),
            (0.004_999, 2, "0"),
            (1e-9, 4, "0"),
            (14400.125, 3, "14400.125"),
            (0.50, 0, "1"),
            (f64::NAN, 2, "0"),
        ] {
            assert_eq!(written(value, decimals), expected, "{value}");
        }
    }

    #[test]
    fn hex_has_four_digits() {
        let mut out = Vec::new();
        hex(&mut out, 0x0AF);
        assert_eq!(out, b"00AF");
    }
}

//! The forms of public code systems, with their check digits.
//!
//! Sources: ICD-10-CM Official Guidelines (CDC/NCHS); SNOMED CT Release File Specification, "SCTID"
//! (check digit by Verhoeff's dihedral scheme); LOINC Users' Guide, appendix on the mod 10 check
//! digit; CMS for HCPCS and ICD-10-PCS.

/// Checks a code of a system; a system that is not known here has every code.
///
/// # Errors
/// What a code of that system looks like.
pub(super) fn check(system: &str, code: &str) -> Result<(), &'static str> {
    let name: String = system
        .to_ascii_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let (is_sound, wanted) = match name.as_str() {
        "icd10cm" => (
            is_icd_10_cm(code),
            "a letter, two characters, and up to four more after a point: I50.9",
        ),
        "icd10pcs" => (
            is_icd_10_pcs(code),
            "seven characters, without I and O: 4A023N7",
        ),
        "snomedct" | "snomed" => (
            is_snomed(code),
            "6 to 18 digits, of which the last is a check digit: 84114007",
        ),
        "loinc" => (
            is_loinc(code),
            "digits, a hyphen and a check digit: 11524-6",
        ),
        "rxnorm" => (
            is_number(code, 1, 8),
            "a number of up to eight digits: 3616",
        ),
        "hcpcs" => (
            is_hcpcs(code),
            "a letter from A to V and four digits: S9348",
        ),
        "cpt" => (
            is_cpt(code),
            "five characters, of which the first four are digits: 93000",
        ),
        _ => return Ok(()),
    };
    if is_sound { Ok(()) } else { Err(wanted) }
}

fn is_number(code: &str, fewest: usize, most: usize) -> bool {
    (fewest..=most).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_icd_10_cm(code: &str) -> bool {
    let (category, rest) = code
        .split_once('.')
        .map_or((code, None), |(category, rest)| (category, Some(rest)));
    let is_part = |byte: u8| byte.is_ascii_digit() || byte.is_ascii_uppercase();
    let category = match category.as_bytes() {
        [letter, digit, last] => {
            letter.is_ascii_uppercase() && digit.is_ascii_digit() && is_part(*last)
        }
        _ => false,
    };
    category && rest.is_none_or(|rest| (1..=4).contains(&rest.len()) && rest.bytes().all(is_part))
}

fn is_icd_10_pcs(code: &str) -> bool {
    let is_part = |byte: u8| {
        byte.is_ascii_digit() || (byte.is_ascii_uppercase() && byte != b'I' && byte != b'O')
    };
    code.len() == 7 && code.bytes().all(is_part)
}

fn is_hcpcs(code: &str) -> bool {
    code.len() == 5
        && code.starts_with(|c: char| ('A'..='V').contains(&c))
        && is_number(&code[1..], 4, 4)
}

fn is_cpt(code: &str) -> bool {
    let is_last = |c: char| c.is_ascii_digit() || "FTUM".contains(c);
    code.is_ascii() && code.len() == 5 && is_number(&code[..4], 4, 4) && code.ends_with(is_last)
}

fn is_snomed(code: &str) -> bool {
    is_number(code, 6, 18) && !code.starts_with('0') && has_verhoeff_digit(code)
}

fn is_loinc(code: &str) -> bool {
    let is_sound = |(number, check): (&str, &str)| {
        is_number(number, 1, 7) && check.parse() == Ok(mod_10_digit(number))
    };
    code.split_once('-').is_some_and(is_sound)
}

/// The check digit by mod 10: every second digit from the right counts double, the digits of the
/// products are added.
fn mod_10_digit(number: &str) -> u32 {
    let digits = number
        .chars()
        .rev()
        .filter_map(|digit| digit.to_digit(10))
        .enumerate();
    let sum: u32 = digits
        .map(|(at, digit)| {
            if at % 2 == 0 {
                digit * 2 / 10 + digit * 2 % 10
            } else {
                digit
            }
        })
        .sum();
    (10 - sum % 10) % 10
}

/// Multiplication in the dihedral group of the pentagon.
fn times(a: usize, b: usize) -> usize {
    match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a - 5 + 5 - b) % 5 + 5,
        (false, false) => (5 + a - b) % 5,
    }
}

/// Whether the last digit is right: J. Verhoeff, "Error Detecting Decimal Codes", 1969.
fn has_verhoeff_digit(code: &str) -> bool {
    const SHUFFLE: [usize; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    let shuffled = |digit: usize, count: usize| (0..count).fold(digit, |digit, _| SHUFFLE[digit]);
    let digits = code
        .bytes()
        .rev()
        .map(|byte| usize::from(byte - b'0'))
        .enumerate();
    digits.fold(0, |check, (at, digit)| {
        times(check, shuffled(digit, at % 8))
    }) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_have_the_form_of_their_system() {
        let is_sound = |system: &str, codes: &[&str], expected: bool| {
            for code in codes {
                assert_eq!(check(system, code).is_ok(), expected, "{system} {code}");
            }
        };
        is_sound("ICD-10-CM", &["I50.9", "I42", "S72.001A", "C7A.00"], true);
        is_sound(
            "ICD-10-CM",
            &["i50.9", "I5", "I50.", "I50.12345", "150.9", "I50-9", ""],
            false,
        );
        is_sound(
            "SNOMED CT",
            &["84114007", "85898001", "399020009", "22298006"],
            true,
        );
        is_sound("SNOMED CT", &["84114008", "84110407", "8411", "x"], false);
        is_sound("LOINC", &["11524-6", "2345-7", "718-7", "30746-2"], true);
        is_sound(
            "LOINC",
            &["11524-5", "115246", "11524-", "-6", "11524-66"],
            false,
        );
        is_sound("RxNorm", &["3616", "52769"], true);
        is_sound("RxNorm", &["36l6", ""], false);
        is_sound("HCPCS", &["S9348", "J2260"], true);
        is_sound("HCPCS", &["W9348", "S934", "s9348", "é934"], false);
        is_sound("CPT", &["93000", "0001F"], true);
        is_sound("CPT", &["9300", "9300é", "9300X"], false);
        is_sound("ICD-10-PCS", &["4A023N7"], true);
        is_sound("ICD-10-PCS", &["4A023O7", "4A023N"], false);
        is_sound("Our own", &["anything"], true);
    }
}

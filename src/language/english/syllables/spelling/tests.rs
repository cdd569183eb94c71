//! That the rules are those of `scripts/make-syllables`, and that they hear what they should
//! without the table.

use super::count;
use crate::language::english::syllables::table::checksum_of_rules;

/// The pieces of made-up words; the same text stands in `scripts/make-syllables`.
const PIECES: &str = "\
    a b c d e f g h i k l m n o p q r s t u v w x y z ' ao aic ea ean eal cre eate eati eo eou geo peopl eum \
    eus eing eity rei reim ia cial sian gian gion iage ie ien tien ience iet ier iest io tion ciou nior vior iu \
    ii oing oist oe oem oent ua ue uel luen ruit suit uid uou ya ye yes yed d s ly ment ments ful fully less \
    ness some ty where time 're 've 'd 'll ed es ted ces ches ble bled rle que gue mc sm sms thm n't ically \
    peop eities giou cion hion xion xiou uint uits ile ole yle eally tial nion lion lle sion zes shes";

const MADE_UP_WORDS: usize = 60_000;

/// The linear congruential generator of "Numerical Recipes": the script has the same.
struct Random(u32);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        usize::try_from(self.0 >> 16).expect("16 bits") % limit
    }
}

fn made_up_word(random: &mut Random, pieces: &[&str]) -> String {
    let length = 1 + random.below(5);
    (0..length)
        .map(|_| pieces[random.below(pieces.len())])
        .collect()
}

#[test]
fn the_rules_are_those_of_the_table() {
    let pieces: Vec<&str> = PIECES.split(' ').collect();
    let mut random = Random(1);
    let checksum = (0..MADE_UP_WORDS).fold(0x811c_9dc5_u32, |hash, _| {
        let syllables = count(made_up_word(&mut random, &pieces).as_bytes());
        (hash ^ u32::try_from(syllables).expect("a short word")).wrapping_mul(0x0100_0193)
    });
    let hint = "the rules differ from those of scripts/make-syllables: make them the same there and run it";
    assert_eq!(checksum, checksum_of_rules(), "{hint}");
}

#[test]
fn rules_hear_words_of_medicine() {
    let check =
        |word: &str, expected: usize| assert_eq!(count(word.as_bytes()), expected, "{word}");
    check("dobutamine", 4);
    check("catheterization", 6);
    check("milrinone", 3);
    check("echocardiogram", 6);
    check("levothyroxine", 5);
    check("gastroenterologist", 7);
    check("angioplasty", 5);
    check("esophageal", 5);
    check("aorta", 3);
    check("trachea", 3);
}

#[test]
fn rules_hear_silent_letters() {
    let check =
        |word: &str, expected: usize| assert_eq!(count(word.as_bytes()), expected, "{word}");
    check("care", 1);
    check("cared", 1);
    check("careful", 2);
    check("treated", 2);
    check("nurses", 2);
    check("tables", 2);
    check("basically", 3);
    check("rhythm", 2);
    check("couldn't", 2);
    check("tsk", 1);
    check("", 1);
}

//! That words are taken apart as they should be, and counted as the dictionary counts them.

use super::syllables;

fn check(word: &str, expected: usize) {
    assert_eq!(syllables(word), expected, "{word}");
}

#[test]
fn everyday_words() {
    let words = [
        ("the", 1),
        ("people", 2),
        ("every", 3),
        ("area", 3),
        ("idea", 3),
        ("business", 2),
        ("science", 2),
    ];
    let more = [
        ("through", 1),
        ("house", 1),
        ("household", 2),
        ("recipe", 3),
        ("creates", 2),
        ("quiet", 2),
        ("eye", 1),
    ];
    let verbs = [
        ("doing", 2),
        ("asked", 1),
        ("needed", 2),
        ("breathes", 1),
        ("struggling", 3),
        ("changes", 2),
    ];
    words
        .into_iter()
        .chain(more)
        .chain(verbs)
        .for_each(|(word, expected)| check(word, expected));
}

#[test]
fn words_of_medicine() {
    let drugs = [
        ("dobutamine", 4),
        ("milrinone", 3),
        ("acetaminophen", 6),
        ("ibuprofen", 4),
        ("insulin", 3),
    ];
    let tests = [
        ("catheterization", 6),
        ("electrocardiogram", 7),
        ("echocardiogram", 6),
        ("ultrasound", 3),
    ];
    let states = [
        ("arrhythmia", 4),
        ("cardiomyopathy", 7),
        ("diabetes", 4),
        ("asthma", 2),
        ("pneumonia", 3),
        ("nausea", 3),
    ];
    drugs
        .into_iter()
        .chain(tests)
        .chain(states)
        .for_each(|(word, expected)| check(word, expected));
}

#[test]
fn apostrophes() {
    check("don't", 1);
    check("Don’t", 1);
    check("couldn’t", 2);
    check("they're", 1);
    check("'quoted'", 2);
    check("patient's", 2);
    check("patients’", 2);
    check("nurse's", 2);
    check("dobutamine's", 4);
    check("business’s", 3);
    check("'", 1);
}

#[test]
fn hyphens_and_other_marks_part_words() {
    check("follow-up", 3);
    check("follow‑up", 3);
    check("mother-in-law", 4);
    check("and/or", 2);
    check("--", 1);
    check("(doctor),", 2);
    check("fol\u{ad}low", 2);
}

#[test]
fn numbers_are_one() {
    check("12", 1);
    check("3.5", 1);
    check("1,000", 1);
    check("B12", 1);
    check("½", 1);
    check("COVID-19", 3);
}

#[test]
fn case_and_diacritics_do_not_matter() {
    check("ASTHMA", 2);
    check("naïve", 2);
    check("nai\u{308}ve", 2);
    check("Sjögren", 2);
    check("CAFÉ", 2);
    check("œdema", 3);
}

#[test]
fn no_word_panics_or_counts_nothing() {
    for word in [
        "",
        " ",
        "🏥",
        "Ωμέγα",
        "больница",
        "'s",
        "-'-",
        "’’’",
        "\u{300}",
        "医院",
        "µg",
    ] {
        check(word, 1);
    }
    assert!(syllables(&"a".repeat(10_000)) >= 1);
    assert!(syllables(&"é-".repeat(10_000)) == 10_000);
}

//! A site of any number of pages, the same in every run.

use std::fmt::Write as _;

use pamphlet::check;
use pamphlet::config::{Drafts, RunOptions};
use pamphlet::host::theme_files;
use pamphlet::source::{SourcePath, SourceTree};

/// Sentences that pages are made of, easy and hard, some of them with what rules find.
const SENTENCES: [&str; 12] = [
    "Your doctor tells you how to prepare for the test.",
    "The test takes about thirty minutes, and you can go home on the same day.",
    "You lie on a table while a nurse places small pads on your chest, your arms and your legs, and then you keep still.",
    "Medicine goes into a vein through a thin tube.",
    "A small dose of radiation makes a picture of the lungs, the heart and the chest wall.",
    "Bring a list of all your medicines.",
    "If you utilize a pump at home, your nurse demonstrates how to change the battery in order to avoid an interruption.",
    "Patients should ask their care team about the risks.",
    "The dressing must be changed every week.",
    "Call 410-555-0100 if you have questions.",
    "An MRI makes pictures with a strong magnet.",
    "Your heart pumps blood to all parts of your body.",
];

/// The options of every run.
pub fn run_options() -> RunOptions {
    RunOptions {
        as_of: jiff::civil::date(2026, 3, 1),
        drafts: Drafts::Excluded,
    }
}

/// The sources of a site with this many pages; `settings` are more lines of `site.yaml`.
pub fn tree(pages: usize, settings: &str) -> SourceTree {
    let mut tree = SourceTree::default();
    for (name, bytes) in theme_files() {
        tree.insert(SourcePath::new(name), bytes.into());
        if let Some(template) = name.strip_prefix("templates/") {
            tree.insert(
                SourcePath::new(&format!("templates/theme/{template}")),
                bytes.into(),
            );
        }
    }
    let site = format!("title: Corpus\nbase_url: https://example.org/\n{settings}");
    tree.insert(
        SourcePath::new("content/site.yaml"),
        site.into_bytes().into(),
    );
    for number in 0..pages {
        let path = format!("content/{}/page-{number}.md", folder(number));
        tree.insert(
            SourcePath::new(&path),
            page(number, pages).into_bytes().into(),
        );
    }
    tree
}

/// Settings that switch the rules of plain language off.
#[allow(dead_code, reason = "not every benchmark asks for it")]
pub fn plain_language_off() -> String {
    let topics = check::topics()
        .iter()
        .filter(|topic| topic.title == "Plain language");
    let lines = topics
        .flat_map(|topic| topic.rules)
        .map(|rule| format!("  {}: off\n", rule.id));
    format!("rules:\n{}", lines.collect::<String>())
}

fn folder(number: usize) -> &'static str {
    ["conditions", "tests", "treatments"][number % 3]
}

fn page(number: usize, pages: usize) -> String {
    let other = |step: usize| (number + step) % pages;
    let related = match number % 3 {
        0 => format!(
            "tests: [{}]\ntreatments: [{}]",
            name(1, number, pages),
            name(2, number, pages)
        ),
        1 => format!("used_for: [{}]", name(0, number, pages)),
        _ => format!("tests: [{}]", name(1, number, pages)),
    };
    let mut text = format!(
        "---\ntitle: Page {number} of the corpus\nsummary: What page {number} is about, in a sentence.\n{related}\n\
         updated: 2026-02-01\nsources:\n  - {{title: A source, url: \"https://example.com/{number}\"}}\n---\n\n"
    );
    for section in 0..6 {
        // Writing to a `String` cannot fail.
        let _ = writeln!(text, "## Section {section} of page {number}\n");
        for paragraph in 0..3 {
            for sentence in 0..3 {
                let at = (number * 7 + section * 5 + paragraph * 3 + sentence) % SENTENCES.len();
                let _ = write!(text, "{} ", SENTENCES[at]);
            }
            text.push_str("\n\n");
        }
        let to = other(section + 1);
        let _ = writeln!(
            text,
            "Read about [page {to}](../{}/page-{to}.md) next.\n",
            folder(to)
        );
        if section == 2 {
            text.push_str("- fever\n- pain in the chest\n- a fast heartbeat\n\n| Sign | What to do |\n|---|---|\n| Fever | Rest |\n\n");
        }
    }
    text + "> [!WARNING]\n> ### Call your doctor right away\n> Do this if you have a fever.\n"
}

/// A page of the wanted third of the corpus, not far from another.
fn name(third: usize, number: usize, pages: usize) -> String {
    let number = number - number % 3 + third;
    format!("page-{}", if number < pages { number } else { third })
}

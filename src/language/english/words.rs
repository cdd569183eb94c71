//! The words of English that rules ask for.

use std::collections::HashSet;

use foldhash::fast::FixedState;

/// Words for which plain-language guidance offers simpler ones: `word<TAB>simpler[<TAB>verb]`, a
/// line each.
const SIMPLE_WORDS: &str = include_str!("simple_words.tsv");

/// Terms that keep a word of that table, a line each: `a relative to` ask is no "relative to".
const SYNONYMS: &str = include_str!("synonyms.txt");
const FIXED_TERMS: &str = include_str!("fixed_terms.txt");

pub(super) const ABBREVIATIONS: &[&str] = &[
    "Apr", "Aug", "Dec", "Feb", "Jan", "Jul", "Jun", "Mar", "Nov", "Oct", "Ph.D", "Sep", "Sept",
    "al", "approx", "apt", "ave", "bldg", "blvd", "capt", "cf", "co", "col", "corp", "dept", "dr",
    "e.g", "ed", "eds", "eg", "est", "ext", "ft", "gen", "gov", "hon", "i.e", "ie", "inc", "jr",
    "lt", "ltd", "messrs", "mr", "mrs", "ms", "mt", "pkwy", "prof", "rd", "rev", "rm", "sen",
    "sgt", "sr", "st", "ste", "tel", "viz", "vs",
];

pub(super) const COUNTED_ABBREVIATIONS: &[&str] =
    &["fig", "figs", "no", "nos", "p", "pp", "sec", "vol"];

pub(super) const LETTERED_WORDS: &[&str] = &[
    "appendix",
    "class",
    "form",
    "grade",
    "group",
    "hepatitis",
    "influenza",
    "level",
    "option",
    "part",
    "plan",
    "schedule",
    "section",
    "step",
    "type",
    "vitamin",
];

pub(super) const USUAL_BEGINNINGS: &[&str] = &[
    "a", "after", "all", "an", "and", "any", "are", "as", "ask", "at", "be", "before", "but", "by",
    "call", "can", "do", "does", "each", "every", "for", "from", "get", "he", "her", "here", "his",
    "how", "however", "i", "if", "in", "is", "it", "its", "many", "may", "most", "my", "no", "not",
    "now", "on", "once", "other", "our", "people", "see", "she", "so", "some", "take", "talk",
    "tell", "that", "the", "their", "then", "there", "these", "they", "this", "those", "to", "use",
    "we", "what", "when", "where", "which", "while", "who", "why", "with", "you", "your",
];

pub(super) const OBLIGATIONS: &[&str] = &[
    "must",
    "mustn't",
    "mustn\u{2019}t",
    "should",
    "shouldn't",
    "shouldn\u{2019}t",
    "shall",
    "need to",
    "needs to",
    "have to",
    "has to",
    "ought to",
    // Not "is to": "the best way is to be vaccinated" orders nothing.
    "are to",
];

/// What may stand between an obligation and its verb, besides adverbs that end like adverbs. Not
/// "already" and "well", which make a state of what follows.
pub(super) const ADVERBS: &[&str] = &[
    "again",
    "all",
    "also",
    "always",
    "both",
    "each",
    "ever",
    "first",
    "instead",
    "just",
    "never",
    "next",
    "not",
    "now",
    "often",
    "only",
    "otherwise",
    "sometimes",
    "still",
    "then",
    "therefore",
];

pub(super) const NEGATIONS: &[&str] = &[
    "not", "never", "don't", "doesn't", "didn't", "won't", "needn't", "wouldn't", "no", "longer",
];

/// What makes a possibility of an obligation: "it may need to be replaced".
pub(super) const POSSIBILITIES: &[&str] = &["may", "might", "can", "could", "would"];

/// What opens a condition: "if it must be removed" orders nothing.
pub(super) const CONDITIONS: &[&str] = &["if", "whether", "unless"];

/// After "by": means, measures and times, which act on nobody.
pub(super) const NO_AGENTS: &[&str] = &[
    "about",
    "afternoon",
    "age",
    "air",
    "amount",
    "appointment",
    "april",
    "august",
    "bedtime",
    "birth",
    "boat",
    "breath",
    "bus",
    "car",
    "certain",
    "check",
    "computer",
    "date",
    "day",
    "days",
    "deadline",
    "december",
    "default",
    "due",
    "e-mail",
    "email",
    "end",
    "evening",
    "far",
    "fax",
    "february",
    "few",
    "first",
    "foot",
    "friday",
    "half",
    "hand",
    "heat",
    "hour",
    "hours",
    "increments",
    "infusion",
    "inhalation",
    "injection",
    "injections",
    "itself",
    "iv",
    "january",
    "july",
    "june",
    "last",
    "law",
    "letter",
    "mail",
    "march",
    "means",
    "method",
    "methods",
    "midnight",
    "minute",
    "minutes",
    "monday",
    "month",
    "months",
    "morning",
    "mouth",
    "needle",
    "next",
    "night",
    "noon",
    "november",
    "october",
    "one-half",
    "one-third",
    "oven",
    "percent",
    "phone",
    "post",
    "prescription",
    "pump",
    "same",
    "saturday",
    "second",
    "september",
    "several",
    "shot",
    "spoon",
    "spring",
    "start",
    "summer",
    "sunday",
    "surgery",
    "syringe",
    "telephone",
    "then",
    "third",
    "thursday",
    "time",
    "today",
    "tomorrow",
    "tonight",
    "touch",
    "train",
    "tube",
    "tuesday",
    "vein",
    "visit",
    "volume",
    "way",
    "wednesday",
    "week",
    "weekend",
    "weeks",
    "weight",
    "winter",
    "year",
    "years",
];

pub(super) const LOUD_WORDS: &[&str] = &[
    "ABLE", "ABOUT", "ABOVE", "ADULT", "AFTER", "AGAIN", "ALERT", "ALL", "ALONE", "ALSO", "ALWAYS",
    "AN", "AND", "ANY", "ARE", "AS", "ASK", "AT", "AVOID", "AWAY", "BABY", "BACK", "BAD", "BE",
    "BEEN", "BEFORE", "BELOW", "BEST", "BLOOD", "BONE", "BOOK", "BOTH", "BRAIN", "BREAK", "BUG",
    "BUT", "BUY", "BY", "CALL", "CAN", "CARD", "CARE", "CHECK", "CHEST", "CHILD", "CLASS", "CLEAN",
    "CLEAR", "CLOSE", "CODE", "COLD", "COME", "COOK", "COUGH", "COULD", "COVER", "DAILY", "DATE",
    "DAY", "DAYS", "DEAD", "DEATH", "DID", "DIET", "DO", "DON'T", "DONE", "DOSE", "DOSES", "DOWN",
    "DRINK", "DRUG", "DRY", "EACH", "EARLY", "EARS", "EASY", "EAT", "EMPTY", "END", "ENTER",
    "EVEN", "EVER", "EVERY", "EXIT", "EYE", "EYES", "FACE", "FACT", "FACTS", "FALSE", "FAST",
    "FAX", "FEEL", "FEET", "FEVER", "FEW", "FILL", "FIND", "FIRST", "FLUID", "FOOD", "FOODS",
    "FOR", "FORM", "FORMS", "FREE", "FROM", "FRUIT", "FULL", "GET", "GIVE", "GLASS", "GO", "GOAL",
    "GOALS", "GOOD", "GREAT", "GROUP", "HAD", "HALF", "HAND", "HANDS", "HARD", "HAS", "HAVE",
    "HEAD", "HEART", "HELP", "HERE", "HIGH", "HOLD", "HOME", "HOT", "HOUR", "HOURS", "HOW", "IF",
    "IN", "INTO", "IS", "IT", "ITS", "JUST", "KEEP", "KIDS", "KNIFE", "KNOW", "LABEL", "LAST",
    "LATE", "LATER", "LEAVE", "LEFT", "LEGS", "LESS", "LET", "LIGHT", "LIKE", "LINK", "LIST",
    "LONG", "LOSE", "LOT", "LOTS", "LOW", "LUNG", "LUNGS", "MAIN", "MAKE", "MANY", "MAY", "MEAL",
    "MEALS", "MEAT", "MEN", "MIGHT", "MILD", "MILK", "MONTH", "MORE", "MOST", "MOUTH", "MOVE",
    "MUCH", "MUST", "MYTH", "MYTHS", "NAME", "NEAR", "NEED", "NEVER", "NEW", "NEXT", "NICE",
    "NIGHT", "NO", "NONE", "NOSE", "NOT", "NOTE", "NOW", "NURSE", "OF", "OFF", "OLD", "ON", "ONCE",
    "ONE", "ONLINE", "ONLY", "OPEN", "OR", "OTHER", "OUR", "OUT", "OVER", "OWN", "PAGE", "PAIN",
    "PANEL", "PART", "PARTS", "PATCH", "PHONE", "PILL", "PILLS", "PLACE", "PLAN", "PRESS", "PRINT",
    "PULL", "PUSH", "PUT", "QUICK", "QUIET", "QUIT", "RATE", "READ", "READY", "REAL", "RED",
    "RIGHT", "RISK", "RISKS", "ROOM", "RULE", "RUN", "SAFE", "SALT", "SAME", "SAVE", "SAY", "SEE",
    "SEND", "SHALL", "SHARE", "SHE", "SHORT", "SHOT", "SHOTS", "SHOW", "SHUT", "SIGN", "SIGNS",
    "SIT", "SKIN", "SLEEP", "SLOW", "SMALL", "SMOKE", "SO", "SOAP", "SOME", "SOON", "SORE",
    "SPEAK", "START", "STAY", "STEP", "STEPS", "STILL", "STOP", "STUDY", "SUCH", "SUGAR", "SURE",
    "TABLE", "TAKE", "TALK", "TEEN", "TEENS", "TELL", "TEST", "TESTS", "TEXT", "THAN", "THAT",
    "THE", "THEIR", "THEM", "THEN", "THERE", "THESE", "THEY", "THINK", "THIS", "THOSE", "TIME",
    "TIMES", "TIP", "TIPS", "TO", "TODAY", "TOO", "TOPIC", "TOUCH", "TRUE", "TRY", "TURN", "TWICE",
    "TWO", "UNDER", "UNTIL", "UP", "UPON", "USE", "VERY", "VISIT", "VOICE", "WAIT", "WALK", "WANT",
    "WARM", "WAS", "WASH", "WATCH", "WATER", "WE", "WEAK", "WEAR", "WEEK", "WEEKS", "WELL", "WERE",
    "WHAT", "WHEN", "WHERE", "WHICH", "WHILE", "WHO", "WHOLE", "WHOM", "WHOSE", "WHY", "WIDE",
    "WILL", "WITH", "WOMAN", "WOMEN", "WORD", "WORDS", "WORK", "WORSE", "WORST", "WOULD", "WRITE",
    "WRONG", "YEAR", "YEARS", "YES", "YET", "YOU", "YOUR", "ZERO",
];

pub(super) const IRREGULAR_PARTICIPLES: &[&str] = &[
    "begun",
    "bent",
    "borne",
    "bought",
    "bound",
    "broken",
    "brought",
    "built",
    "caught",
    "chosen",
    "cut",
    "dealt",
    "done",
    "drawn",
    "driven",
    "drunk",
    "eaten",
    "fed",
    "felt",
    "forgotten",
    "found",
    "frozen",
    "given",
    "ground",
    "heard",
    "held",
    "hidden",
    "hung",
    "kept",
    "known",
    "laid",
    "led",
    "left",
    "made",
    "met",
    "overseen",
    "paid",
    "put",
    "read",
    "redone",
    "reset",
    "run",
    "said",
    "seen",
    "sent",
    "set",
    "shaken",
    "shown",
    "shut",
    "sold",
    "sought",
    "spent",
    "split",
    "spoken",
    "spread",
    "stuck",
    "swept",
    "taken",
    "taught",
    "thrown",
    "told",
    "torn",
    "understood",
    "undertaken",
    "used",
    "withdrawn",
    "withheld",
    "worn",
    "written",
    "wrung",
];

/// With the word that must follow, where only both are a state.
pub(super) const STATES: &[&str] = &[
    "accustomed",
    "advanced",
    "alarmed",
    "ashamed",
    "balanced",
    "based",
    "bored",
    "centered",
    "certified",
    "committed",
    "complicated",
    "concerned",
    "confused",
    "dedicated",
    "depressed",
    "detailed",
    "disappointed",
    "divorced",
    "dressed",
    "embarrassed",
    "excited",
    "exhausted",
    "experienced",
    "finished",
    "frightened",
    "gifted",
    "healed",
    "indeed",
    "interested",
    "involved",
    "located",
    "married",
    "motivated",
    "naked",
    "need",
    "needed",
    "overweight",
    "pleased",
    "prepared",
    "qualified",
    "recovered",
    "related",
    "relaxed",
    "relieved",
    "rested",
    "retired",
    "satisfied",
    "scared",
    "seated",
    "skilled",
    "surprised",
    "talented",
    "tempted",
    "tired",
    "unaffected",
    "unexpected",
    "used to",
    "varied",
    "worried",
];

pub(super) const VAGUE_LINKS: &[&str] = &[
    "click",
    "click here",
    "click this link",
    "continue",
    "continue reading",
    "details",
    "download",
    "find out more",
    "follow this link",
    "go",
    "here",
    "info",
    "learn more",
    "learn more here",
    "link",
    "more",
    "more details",
    "more info",
    "more information",
    "page",
    "read",
    "read more",
    "read on",
    "see here",
    "see more",
    "site",
    "this",
    "this link",
    "this page",
    "this site",
    "this website",
    "view",
    "view more",
    "visit",
    "website",
    "visit site",
    "visit website",
    "visit the website",
    "visit our site",
    "visit our website",
    "visit the site",
    "visit this site",
    "web site",
    "for more information",
    "additional information",
    "see",
    "source",
    "url",
];

/// A link of these words alone says nothing, however many there are: "click here to download the
/// file".
pub(super) const VAGUE_LINK_WORDS: &[&str] = &[
    "additional",
    "article",
    "at",
    "below",
    "click",
    "continue",
    "details",
    "document",
    "download",
    "external",
    "file",
    "follow",
    "for",
    "full",
    "further",
    "go",
    "here",
    "info",
    "information",
    "it",
    "learn",
    "link",
    "more",
    "now",
    "open",
    "our",
    "page",
    "pdf",
    "please",
    "read",
    "see",
    "site",
    "that",
    "the",
    "this",
    "to",
    "url",
    "view",
    "web",
    "webpage",
    "website",
];

/// What a text alternative calls the image.
const IMAGES: &[&str] = &[
    "graphic",
    "graphics",
    "illustration",
    "illustrations",
    "image",
    "images",
    "photo",
    "photograph",
    "photographs",
    "photos",
    "picture",
    "pictures",
];

/// Text alternatives that say no more than that there is an image, besides the words for one.
const EMPTY_ALTERNATIVES: &[&str] = &["blank", "img", "spacer", "spacer image"];

const ARTICLES: &[&str] = &["", "a ", "an ", "the "];

/// Abbreviations with those in small letters also as they stand at the head of a sentence. "MS" is
/// not "Ms".
pub(super) fn abbreviations(known: &[&str]) -> HashSet<String, FixedState> {
    let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
    known
        .iter()
        .flat_map(|word| [(*word).to_owned(), capital(word)])
        .collect()
}

/// Every way to begin a text alternative with the image.
pub(super) fn image_openings() -> Vec<String> {
    let ends = [
        " of",
        " showing",
        " shows",
        " that shows",
        " depicting",
        ":",
    ];
    images()
        .flat_map(|image| ends.map(|end| format!("{image}{end}")))
        .collect()
}

/// Every text alternative that says no more than that there is an image.
pub(super) fn empty_alternatives() -> Vec<String> {
    images()
        .chain(EMPTY_ALTERNATIVES.iter().map(|word| (*word).to_owned()))
        .collect()
}

fn images() -> impl Iterator<Item = String> {
    ARTICLES
        .iter()
        .flat_map(|article| IMAGES.iter().map(move |image| format!("{article}{image}")))
}

pub(super) const CALL_WORDS: &[&str] = &[
    "call", "calling", "dial", "dialing", "phone", "text", "texting", "ring",
];

pub(super) const EMERGENCY_NUMBERS: &[&str] = &["911", "988", "9-1-1"];

pub(super) const EMERGENCY_WORDS: &[&str] = &["emergency", "emergencies"];

pub(super) const EMERGENCY_JOINTS: &[&str] = &[
    "or",
    "and",
    "at",
    "number",
    "numbers",
    "service",
    "services",
    "emergency",
    "emergencies",
];

pub(super) const EMERGENCY_FOLLOWERS: &[&str] = &[
    "and",
    "anytime",
    "as",
    "at",
    "because",
    "before",
    "even",
    "first",
    "for",
    "from",
    "if",
    "immediately",
    "in",
    "instead",
    "is",
    "now",
    "on",
    "or",
    "right",
    "so",
    "to",
    "unless",
    "when",
    "while",
    "without",
];

pub(super) const EMERGENCY_LINES: &[&str] = &[
    "crisis hotline",
    "crisis lifeline",
    "crisis line",
    "helpline",
    "hotline",
    "lifeline",
    "suicide & crisis lifeline",
    "suicide and crisis lifeline",
    "suicide hotline",
    "suicide lifeline",
    "suicide prevention lifeline",
];

pub(super) const PHONE_WORDS: &[&str] = &[
    "calls",
    "helpline",
    "hotline",
    "lifeline",
    "mobile",
    "phones",
    "phoning",
    "ringing",
    "sms",
    "tdd",
    "tel",
    "telephone",
    "telephones",
    "tty",
    "voice",
];

pub(super) const FAX_WORDS: &[&str] = &[
    "fax",
    "faxed",
    "faxes",
    "faxing",
    "efax",
    "telefax",
    "facsimile",
    "facsimiles",
];

/// Whose number is not to be phoned, before "number" or "ID".
const IDENTIFIED: &[&str] = &[
    "account",
    "application",
    "approval",
    "authorization",
    "award",
    "case",
    "catalog",
    "certificate",
    "chart",
    "claim",
    "confirmation",
    "contract",
    "document",
    "file",
    "form",
    "grant",
    "invoice",
    "item",
    "license",
    "lot",
    "member",
    "model",
    "order",
    "part",
    "patient",
    "permit",
    "policy",
    "product",
    "project",
    "protocol",
    "publication",
    "purchase order",
    "receipt",
    "record",
    "reference",
    "registration",
    "report",
    "serial",
    "study",
    "tracking",
    "transaction",
    "trial",
    "user",
];

/// Identifiers that are called so by themselves.
const IDENTIFIER_NAMES: &[&str] = &[
    "doi",
    "ein",
    "id",
    "id no",
    "id number",
    "isbn",
    "issn",
    "nct",
    "ndc",
    "npi",
    "pmcid",
    "pmid",
    "sku",
    "upc",
];

/// "Order no.", "case ID", "PMID".
pub(super) fn identifiers() -> impl Iterator<Item = (String, String)> {
    let endings = ["id", "id number", "no", "number", "numbers"];
    let numbers = IDENTIFIED
        .iter()
        .flat_map(move |noun| endings.map(|ending| format!("{noun} {ending}")));
    let names = numbers.chain(IDENTIFIER_NAMES.iter().map(|name| (*name).to_owned()));
    names
        .flat_map(|name| [format!("{name} is"), name])
        .map(|name| (name, String::new()))
}

pub(super) const EMERGENCY_ACTIONS: &[&str] = &[
    "call",
    "dial",
    "phone",
    "text",
    "go to",
    "get help",
    "get emergency",
    "get medical",
    "seek",
    "ask someone",
    "have someone",
    "take them to",
    "take the person",
    "go straight to",
    "go right away",
    "get to",
    "stop the",
];

/// Known better than their words, and degrees after names. Nothing of medicine: that is for the
/// page to explain.
pub(super) const FAMILIAR_ACRONYMS: &[&str] = &[
    "AARP", "ABC", "AD", "AIDS", "AM", "ASAP", "ATM", "BA", "BC", "BS", "BSN", "CD", "CDT", "CEO",
    "CST", "DC", "DDS", "DNA", "DO", "DOI", "DVD", "EDT", "EST", "ET", "EU", "FACP", "FACS", "FAQ",
    "FAQS", "FBI", "FM", "GB", "GPS", "HIV", "HTML", "HTTP", "HTTPS", "ID", "IDS", "II", "III",
    "IQ", "ISBN", "ISSN", "IT", "IX", "JD", "JR", "KB", "LA", "LLC", "MA", "MB", "MBA", "MD",
    "MPH", "MST", "NASA", "NATO", "NOT", "NP", "NY", "OK", "PC", "PDF", "PDFS", "PDT", "PHD",
    "PIN", "PM", "PMID", "PO", "PST", "RN", "RSS", "RSVP", "SMS", "SOS", "SR", "TB", "TDD", "TTY",
    "TV", "UFO", "UK", "UN", "URL", "URLS", "US", "USA", "USB", "USPS", "VI", "VII", "VIII", "VIP",
    "WWW", "XI", "XII", "XML", "YMCA", "YWCA", "ZIP",
];

pub(super) const ORDINAL_WORDS: &[&str] = &[
    "appendix",
    "chapter",
    "class",
    "factor",
    "figure",
    "grade",
    "group",
    "level",
    "part",
    "phase",
    "section",
    "stage",
    "step",
    "table",
    "title",
    "type",
    "vitamin",
    "volume",
    "hepatitis",
    "schedule",
    "form",
    "exhibit",
];

pub(super) const PATIENTS: &[&str] = &[
    "patients",
    "the patient",
    "a patient",
    "the patients",
    "each patient",
    "every patient",
    "any patient",
    "all patients",
];

/// What begins to say which patients, besides verbs: "patients with asthma".
pub(super) const PATIENT_MODIFIERS: &[&str] = &[
    "with", "without", "who", "on", "in", "at", "over", "under", "aged", "allergic", "from",
];

/// Words after which somebody else than the patients is told what to do: "patients with asthma and
/// their families".
pub(super) const OTHER_SUBJECTS: &[&str] = &[
    "because",
    "but",
    "caregivers",
    "doctor",
    "doctors",
    "families",
    "family",
    "he",
    "how",
    "i",
    "nurse",
    "nurses",
    "parents",
    "partners",
    "providers",
    "she",
    "so",
    "staff",
    "surgeons",
    "that",
    "there",
    "they",
    "visitors",
    "we",
    "what",
    "when",
    "which",
    "why",
    "you",
];

/// What a clause begins with, before its subject.
pub(super) const CLAUSE_OPENINGS: &[&str] = &["because", "but", "if", "so", "that", "then", "when"];

pub(super) const PATIENT_ORDERS: &[(&str, &str)] = &[
    ("should", "you should"),
    ("should not", "you should not"),
    ("shouldn't", "you should not"),
    ("shouldn\u{2019}t", "you should not"),
    ("must", "you must"),
    ("must not", "you must not"),
    ("mustn't", "you must not"),
    ("mustn\u{2019}t", "you must not"),
    ("need to", "you need to"),
    ("needs to", "you need to"),
    ("have to", "you have to"),
    ("has to", "you have to"),
    ("ought to", "you should"),
    ("are advised to", "you should"),
    ("is advised to", "you should"),
    ("are asked to", "please"),
    ("is asked to", "please"),
    ("are encouraged to", "you should"),
    ("is encouraged to", "you should"),
    ("are instructed to", "you should"),
    ("is instructed to", "you should"),
    ("are told to", "you should"),
    ("are urged to", "you should"),
    ("are reminded to", "remember to"),
    ("are required to", "you must"),
    ("is required to", "you must"),
];

/// The complex words, verbs in every form, each with the simpler ones.
pub(super) fn complex_words() -> impl Iterator<Item = (String, String)> {
    let lines = SIMPLE_WORDS.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(|line| {
        let mut columns = line.split('\t');
        let (word, simple) = (
            columns.next().expect("a line has a word"),
            columns.next().expect("a line has a simple word"),
        );
        let forms = if columns.next() == Some("verb") {
            verb_forms(word)
        } else {
            vec![word.to_owned()]
        };
        forms.into_iter().map(|form| (form, simple.to_owned()))
    })
}

/// The terms in which a complex word has no simpler one.
pub(super) fn fixed_terms() -> impl Iterator<Item = (String, String)> {
    let lines = FIXED_TERMS.lines().filter(|line| !line.starts_with('#'));
    lines.map(|term| (term.to_owned(), String::new()))
}

/// Names of the same thing.
pub(super) fn synonyms() -> Vec<Vec<String>> {
    let groups = SYNONYMS.lines().filter(|line| !line.starts_with('#'));
    groups
        .map(|group| {
            group
                .split('=')
                .map(|name| name.trim().to_owned())
                .collect()
        })
        .collect()
}

/// `utilize` → `utilize`, `utilizes`, `utilized`, `utilizing`; the verb is the first word of a
/// phrase.
fn verb_forms(phrase: &str) -> Vec<String> {
    let (verb, rest) = phrase
        .split_once(' ')
        .map_or((phrase, String::new()), |(verb, rest)| {
            (verb, format!(" {rest}"))
        });
    let stem = verb.strip_suffix('e').unwrap_or(verb);
    let (present, past) = if let Some(stem) = verb
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'o']))
    {
        (format!("{stem}ies"), format!("{stem}ied"))
    } else if verb.ends_with(['s', 'h', 'x']) {
        (format!("{verb}es"), format!("{verb}ed"))
    } else {
        (format!("{verb}s"), format!("{}ed", doubled(stem)))
    };
    [
        verb.to_owned(),
        present,
        past,
        format!("{}ing", doubled(stem)),
    ]
    .map(|form| form + &rest)
    .into()
}

/// The verbs of the table that double their last letter.
fn doubled(stem: &str) -> String {
    let doubles = ["commit", "permit", "submit", "forget"].contains(&stem);
    if doubles {
        format!("{stem}t")
    } else {
        stem.to_owned()
    }
}

/// The commonest words of languages that English pages quote: Spanish, French, German. None is an
/// English word.
pub(super) const FOREIGN_WORDS: &[&str] = &[
    "aux",
    "avec",
    "con",
    "cuando",
    "cualquier",
    "dans",
    "das",
    "de",
    "del",
    "der",
    "des",
    "du",
    "ein",
    "eine",
    "el",
    "en",
    "es",
    "est",
    "esta",
    "este",
    "et",
    "f\u{fc}r",
    "hable",
    "ist",
    "la",
    "las",
    "le",
    "les",
    "llame",
    "los",
    "mit",
    "m\u{e9}dico",
    "nicht",
    "o",
    "oder",
    "ou",
    "para",
    "pero",
    "por",
    "puede",
    "que",
    "se",
    "sie",
    "si",
    "sobre",
    "su",
    "sus",
    "una",
    "und",
    "usted",
    "vous",
    "y",
];

pub(super) const REFERENCE_HEADINGS: &[&str] = &[
    "bibliography",
    "citations",
    "footnotes",
    "notes",
    "reference",
    "references",
    "sources",
    "works cited",
];

pub(super) const UNITS: &[&str] = &[
    "CC", "G", "IU", "KG", "LB", "LBS", "MCG", "MG", "ML", "MM", "OZ", "CM",
];

pub(super) const STOP_WORDS: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be",
    "because", "been", "before", "being", "but", "by", "can", "cannot", "cant", "could", "did",
    "do", "does", "doing", "dont", "for", "from", "get", "gets", "getting", "had", "has", "have",
    "having", "he", "her", "his", "how", "i", "if", "im", "in", "into", "is", "it", "its", "ive",
    "just", "me", "my", "need", "no", "not", "of", "on", "or", "our", "out", "she", "should", "so",
    "some", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they",
    "this", "those", "to", "too", "up", "us", "very", "was", "we", "were", "what", "whats", "when",
    "where", "which", "while", "who", "why", "will", "with", "would", "you", "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_group_of_synonyms() {
        let mut names: Vec<String> = synonyms().concat();
        assert!(
            synonyms()
                .iter()
                .all(|group| group.len() > 1 && group.iter().all(|name| !name.is_empty()))
        );
        names.sort();
        let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(twice.is_empty(), "{twice:?}");
    }

    #[test]
    fn verbs_take_every_form() {
        let check = |verb: &str, expected: [&str; 4]| assert_eq!(verb_forms(verb), expected);
        check("utilize", ["utilize", "utilizes", "utilized", "utilizing"]);
        check("modify", ["modify", "modifies", "modified", "modifying"]);
        check(
            "furnish",
            ["furnish", "furnishes", "furnished", "furnishing"],
        );
        check("submit", ["submit", "submits", "submitted", "submitting"]);
        check(
            "comply with",
            [
                "comply with",
                "complies with",
                "complied with",
                "complying with",
            ],
        );
    }

    #[test]
    fn every_complex_word_has_a_simpler_one() {
        let words: Vec<_> = complex_words().collect();
        assert!(words.len() > 200);
        assert!(
            words
                .iter()
                .all(|(word, simple)| !word.is_empty() && !simple.is_empty() && word != simple)
        );
    }

    #[test]
    fn every_fixed_term_keeps_a_complex_word() {
        let complex = crate::language::Phrases::new(complex_words());
        for (term, _) in fixed_terms() {
            assert!(complex.find(&term).next().is_some(), "{term}");
        }
    }
}

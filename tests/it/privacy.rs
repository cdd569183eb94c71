//! What keeps private who reads a page, over whole built sites.

use pamphlet::diagnostic::RuleId;
use pamphlet::source::SourcePath;

use crate::site::{Built, build, tree};

/// A site with a page of every kind, an old address and somebody who may show it in a frame.
fn whole_site() -> Built {
    let page = |title: &str, rest: &str| {
        format!("---\ntitle: {title}\nsummary: About {title}.\n{rest}---\n## More\n\nWords.\n")
    };
    build(tree([
        (
            "content/site.yaml",
            "title: T\nbase_url: https://example.org/health/\npolicies: {frame_ancestors: \"'self' https://portal.example.org\"}\n\
             sections:\n  - {title: Care, collections: [conditions, tests]}\n"
                .to_owned(),
        ),
        (
            "content/locations.yaml",
            "- {id: l, name: L, street: S, city: C, state: MD, zip: \"21218\", lat: 39.3, lon: -76.6}\n".to_owned(),
        ),
        ("content/treatments/a.md", page("A", "treats: [b]\ntests: [t]\nlocations: all\n")),
        ("content/conditions/b.md", page("B", "aliases: [/old/]\n")),
        ("content/tests/t.md", page("Test", "")),
        ("content/about.md", page("About", "")),
    ]))
}

#[test]
fn the_header_file_and_every_page_have_one_policy() {
    let site = whole_site();
    let headers = String::from_utf8(site.files["_headers"].clone()).expect("text");
    let (_, header) = headers
        .split_once("Content-Security-Policy: ")
        .expect("a policy");
    let (policy, ancestors) = header
        .lines()
        .next()
        .and_then(|line| line.split_once("; frame-ancestors "))
        .expect("both");
    assert_eq!(ancestors, "'self' https://portal.example.org");
    assert_eq!(
        headers.matches("Content-Security-Policy").count(),
        1,
        "two policies would be joined"
    );
    let meta = format!(
        "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">"
    );
    let pages: Vec<_> = site
        .files
        .iter()
        .filter(|(path, _)| path.ends_with(".html"))
        .collect();
    assert!(pages.len() > 12, "{}", pages.len());
    for (path, bytes) in pages {
        assert!(
            String::from_utf8_lossy(bytes).contains(&meta),
            "{path} does not have {meta}"
        );
    }
}

/// What stands around the one text of a module, if that text ends nowhere before its end.
fn frame_of_data(module: &str) -> Option<(&str, &str)> {
    let (before, rest) = module.split_once('\'')?;
    let (text, after) = rest.rsplit_once('\'')?;
    let is_whole = !text
        .replace("\\\\", "")
        .replace("\\'", "")
        .contains(['\'', '\n']);
    is_whole.then_some((before, after))
}

/// No rule looks at these while a site is built, for they grow with it: they must be data, whatever
/// a page says.
#[test]
fn the_modules_of_the_search_are_data() {
    let mut site = whole_site().tree;
    let page = "---\ntitle: It's ' + fetch('x') + '\nsummary: \"\\\\'); location = 'x'; (\\\\\"\n---\n## It's\n\n\\\\'+location+' `'`\n";
    site.insert(SourcePath::new("content/evil.md"), page.as_bytes().into());
    let site = build(site);
    let modules: Vec<_> = site
        .files
        .iter()
        .filter(|(path, _)| path.starts_with("search/") && path.ends_with(".js"))
        .collect();
    assert!(modules.len() >= 3, "{}", modules.len());
    for (path, bytes) in modules {
        let text = std::str::from_utf8(bytes).expect("text").trim_end();
        if path.ends_with("/text.js") {
            let list = text
                .strip_prefix("export default () => Promise.all([")
                .and_then(|rest| rest.strip_suffix("]);"))
                .expect(path);
            let is_own = |import: &str| {
                let target = import
                    .strip_prefix("import('./text-")
                    .and_then(|rest| rest.strip_suffix("')"));
                target.is_some_and(|target| {
                    target
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b".?=-".contains(&byte))
                })
            };
            assert!(list.split(',').map(str::trim).all(is_own), "{path}: {text}");
        } else {
            for line in text.lines() {
                let known = [
                    ("export const index = JSON.parse(", ");"),
                    ("export const words = JSON.parse(", ");"),
                    ("export default JSON.parse(", ");"),
                ];
                assert!(
                    frame_of_data(line).is_some_and(|frame| known.contains(&frame)),
                    "{path}: {line}"
                );
            }
        }
    }
}

#[test]
fn text_that_leaves_its_quotes_is_no_data() {
    assert_eq!(frame_of_data("a('b\\'c')"), Some(("a(", ")")));
    assert_eq!(frame_of_data("a('b' + location + 'c')"), None);
    assert_eq!(frame_of_data("a('b\\\\' + location + 'c')"), None);
}

#[test]
fn the_scripts_of_the_theme_lead_nowhere_and_a_changed_one_is_seen() {
    let policy = |site: &Built| {
        let found = site
            .diagnostics
            .iter()
            .filter(|found| found.rule == RuleId::PolicyBreach);
        found
            .map(|found| format!("{}: {}", found.place.path, found.message))
            .collect::<Vec<_>>()
    };
    let site = whole_site();
    assert!(
        site.files
            .keys()
            .filter(|path| path.ends_with(".js"))
            .count()
            > 6
    );
    assert_eq!(policy(&site), Vec::<String>::new());
    let path = SourcePath::new("static/assets/components/finder/memory.js");
    let mut changed = site.tree.clone();
    let script = format!(
        "{}\nlocation.href = KEY;\n",
        changed.text(&path).expect("a script")
    );
    changed.insert(path.clone(), script.as_bytes().into());
    let found = policy(&build(changed));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with(path.as_str()) && found[0].contains("location.href"),
        "{found:?}"
    );
}

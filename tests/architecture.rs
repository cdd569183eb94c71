//! The layers: a module uses only modules that `lib.rs` declares on layers above its own.
//!
//! The order is read from `src/lib.rs` itself (a comment `// Layer N:` begins a layer), so a new
//! module has to find its layer before anything compiles into a green test.
#![allow(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests touch the system, and fail loudly"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The layer of every module, read from the declarations of `lib.rs`.
fn layers() -> BTreeMap<String, usize> {
    let text = fs::read_to_string(root().join("src/lib.rs")).expect("lib.rs");
    let mut layer = 0;
    let mut found = BTreeMap::new();
    for line in text.lines() {
        if line.starts_with("// Layer ") {
            layer += 1;
        }
        let name = line
            .strip_prefix("pub mod ")
            .or_else(|| line.strip_prefix("mod "));
        if let Some(name) = name.and_then(|rest| rest.strip_suffix(';')) {
            assert!(layer > 0, "module {name} stands in no layer");
            found.insert(name.to_owned(), layer);
        }
    }
    found
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
    {
        if entry.is_dir() {
            rust_files(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "rs") {
            found.push(entry);
        }
    }
}

/// The modules that a source text names by `crate::`, without its comments.
fn imports(text: &str) -> Vec<String> {
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let words = code.split("crate::").skip(1);
    let grouped = |rest: &str| rest.starts_with('{');
    words
        .filter_map(|rest| {
            assert!(
                !grouped(rest),
                "name modules one by one: `crate::{{…}}` hides them from this test"
            );
            rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .map(str::to_owned)
        })
        .collect()
}

/// What breaks the layers among the given modules and files.
fn breaches(layers: &BTreeMap<String, usize>, files: &[(String, String)]) -> Vec<String> {
    let mut found = Vec::new();
    for (module, text) in files {
        let Some(own) = layers.get(module) else {
            found.push(format!("{module} is not declared in lib.rs"));
            continue;
        };
        for used in imports(text).iter().filter(|used| *used != module) {
            match layers.get(used) {
                Some(layer) if layer < own => {}
                Some(layer) => found.push(format!(
                    "{module} (layer {own}) uses {used} (layer {layer})"
                )),
                None => found.push(format!(
                    "{module} uses {used}, which is no module of lib.rs"
                )),
            }
        }
    }
    found
}

fn sources() -> Vec<(String, String)> {
    let source = root().join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    let module = |path: &Path| {
        let first = path
            .strip_prefix(&source)
            .expect("under src")
            .components()
            .next()
            .expect("a part");
        first
            .as_os_str()
            .to_string_lossy()
            .trim_end_matches(".rs")
            .to_owned()
    };
    let named = files
        .iter()
        .map(|path| (module(path), fs::read_to_string(path).expect("a source")));
    named
        .filter(|(module, _)| module != "lib" && module != "bin")
        .collect()
}

#[test]
fn modules_use_only_floors_above_their_own() {
    let files = sources();
    assert!(files.len() > 40, "the sources were not found");
    assert_eq!(breaches(&layers(), &files), Vec::<String>::new());
}

#[test]
fn this_test_sees_upward_and_sideways_imports() {
    let layers = BTreeMap::from([
        ("low".to_owned(), 1),
        ("side".to_owned(), 1),
        ("high".to_owned(), 2),
    ]);
    let check = |module: &str, text: &str, expected: usize| {
        assert_eq!(
            breaches(&layers, &[(module.to_owned(), text.to_owned())]).len(),
            expected,
            "{text}"
        );
    };
    check("high", "use crate::low::X;", 0);
    check("low", "use crate::high::X;", 1);
    check("low", "use crate::side::X;", 1);
    check("low", "fn f() { crate::high::g() }", 1);
    check("low", "// as crate::high does", 0);
}

#[test]
fn every_module_begins_with_its_header() {
    let source = root().join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    for path in files {
        let text = fs::read_to_string(&path).expect("a source");
        assert!(text.starts_with("//! "), "{} has no header", path.display());
    }
}

#[test]
fn only_view_models_wire_formats_and_what_the_cache_keeps_serialise() {
    let allowed = [
        // What templates see, and formats of others.
        "render/view.rs",
        "render/templates.rs",
        "render/json_ld/node.rs",
        "diagnostic/json.rs",
        "diagnostic/sarif.rs",
        "diagnostic/baseline.rs",
        // What the cache keeps.
        "check/weight.rs",
        "config/kind.rs",
        "content/document.rs",
        "content/front_matter.rs",
        "content/kinds/medical_test.rs",
        "content/locations.rs",
        "content/kinds.rs",
        "content/kinds/treatment.rs",
        "content/markdown.rs",
        "diagnostic/fix.rs",
        "diagnostic.rs",
        "diagnostic/rule_id.rs",
        "host/source_index.rs",
        "memo.rs",
        "memo/key.rs",
        "output.rs",
        "pipeline.rs",
        "pipeline/memo.rs",
        "pipeline/recall.rs",
        "render/search/index.rs",
        "render/search/module.rs",
        "schema.rs",
        "schema/values.rs",
        "source.rs",
        "source/digest.rs",
        "yaml.rs",
    ];
    let source = root().join("src");
    let mut files = Vec::new();
    rust_files(&source, &mut files);
    for path in files {
        let name = path
            .strip_prefix(&source)
            .expect("under src")
            .to_string_lossy()
            .replace('\\', "/");
        let text = fs::read_to_string(&path).expect("a source");
        let derives = text
            .lines()
            .any(|line| line.trim_start().starts_with("#[derive(") && line.contains("Serialize"));
        assert!(
            !derives || allowed.contains(&name.as_str()),
            "{name} derives Serialize"
        );
    }
}

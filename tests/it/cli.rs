//! The command line as a person or a CI job uses it: what it prints, what it writes, how it exits.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const PAGE: &str = "---\ntitle: A\nsummary: S\n---\n";
const SITE: &str = "title: T\nbase_url: https://example.org/\n";

fn pamphlet(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pamphlet"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .output()
        .expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub fn site(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, content).expect("a file");
    }
    folder
}

/// Runs a command and checks its exit status and a part of what it says.
pub fn check(folder: &Path, arguments: &[&str], status: i32, said: &str) {
    let output = pamphlet(arguments, folder);
    let all = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(output.status.code(), Some(status), "{arguments:?}: {all}");
    assert!(
        all.contains(said),
        "{arguments:?} does not say {said:?}: {all}"
    );
}

#[test]
fn timings_leave_standard_output_to_what_was_asked_for() {
    let site = site(&[("content/site.yaml", SITE), ("content/a.md", PAGE)]);
    let output = pamphlet(&["build", "--timings", "--format", "json"], site.path());
    let (said, remarks) = (text(&output.stdout), text(&output.stderr));
    assert!(said.lines().all(|line| line.starts_with('{')), "{said}");
    for phase in [
        "read files",
        "link",
        "check documents and site",
        "write the site, keep the cache",
    ] {
        assert!(
            remarks
                .lines()
                .any(|line| line.ends_with(&format!(" ms  {phase}"))),
            "{phase}: {remarks}"
        );
    }
}

#[test]
fn exit_statuses() {
    let linked = format!("{PAGE}See the [credits](/credits/).\n");
    let good = site(&[("content/site.yaml", SITE), ("content/a.md", &linked)]);
    let warns = site(&[
        ("content/site.yaml", SITE),
        ("content/a.md", &format!("{PAGE}### Deep\n")),
    ]);
    let faulty = site(&[
        ("content/site.yaml", SITE),
        ("content/a.md", &format!("{PAGE}[x](b.md)\n")),
    ]);
    let nothing = site(&[]);
    check(good.path(), &["check"], 0, "no findings");
    check(good.path(), &["build"], 0, "0 unchanged");
    check(good.path(), &["build"], 0, "0 files written");
    check(warns.path(), &["check"], 0, "1 warning");
    check(warns.path(), &["check", "--strict"], 1, "1 warning");
    check(warns.path(), &["build", "--strict"], 1, "nothing written");
    check(faulty.path(), &["check"], 1, "broken-link");
    check(faulty.path(), &["build"], 1, "nothing written");
    assert!(!faulty.path().join("public").exists());
    check(nothing.path(), &["check"], 1, "there is no content here");
    check(
        nothing.path(),
        &["check", "--site", "nowhere"],
        2,
        "there is no folder nowhere",
    );
    check(nothing.path(), &["chekc"], 2, "check");
    check(nothing.path(), &["check", "--as-of", "soon"], 2, "--as-of");
    check(
        nothing.path(),
        &["explain", "broken-lnk"],
        2,
        "did you mean \"broken-link\"?",
    );
    check(
        nothing.path(),
        &["explain", "broken-link"],
        0,
        "# broken-link",
    );
    check(nothing.path(), &["--version"], 0, "pamphlet ");
    check(nothing.path(), &["completions", "bash"], 0, "pamphlet");
}

#[test]
fn an_error_leaves_the_last_good_site_untouched() {
    let folder = site(&[("content/site.yaml", SITE), ("content/a.md", PAGE)]);
    check(folder.path(), &["build"], 0, "");
    let before = fs::read(folder.path().join("public/a/index.html")).expect("the page");
    fs::write(
        folder.path().join("content/a.md"),
        format!("{PAGE}New words. [x](b.md)\n"),
    )
    .expect("a file");
    check(folder.path(), &["build"], 1, "nothing written");
    assert_eq!(
        fs::read(folder.path().join("public/a/index.html")).expect("the page"),
        before
    );
}

#[test]
fn dates_and_drafts_belong_to_the_input() {
    let page = |line: &str| format!("---\ntitle: A\nsummary: S\n{line}\n---\n");
    let folder = site(&[
        ("content/site.yaml", SITE),
        ("content/draft.md", &page("draft: true")),
        ("content/later.md", &page("publish_on: 2026-05-01")),
        ("content/gone.md", &page("expire_on: 2026-05-01")),
    ]);
    let built = |arguments: &[&str]| {
        let out = tempfile::tempdir().expect("a folder");
        let path = out.path().join("out");
        let all = [
            &["build", "--out", path.to_str().expect("UTF-8")],
            arguments,
        ]
        .concat();
        check(folder.path(), &all, 0, "");
        ["draft", "later", "gone"].map(|name| path.join(name).join("index.html").exists())
    };
    assert_eq!(built(&["--as-of", "2026-04-30"]), [false, false, true]);
    assert_eq!(built(&["--as-of", "2026-05-01"]), [false, true, false]);
    assert_eq!(
        built(&["--as-of", "2026-05-01", "--drafts"]),
        [true, true, false]
    );
}

#[test]
fn json_lines_are_json() {
    let folder = site(&[
        ("content/site.yaml", SITE),
        ("content/a.md", &format!("{PAGE}[é](b.md)\n")),
    ]);
    let output = pamphlet(&["check", "--format", "json"], folder.path());
    let lines: Vec<serde_json::Value> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(lines.len(), 1);
    let found = |key: &str| lines[0][key].clone();
    assert_eq!(
        (found("rule"), found("severity")),
        ("broken-link".into(), "error".into())
    );
    assert_eq!(
        (found("path"), found("line"), found("column")),
        ("content/a.md".into(), 5.into(), 5.into())
    );
    assert_eq!(
        (found("end_column"), found("offset"), found("length")),
        (9.into(), 33.into(), 4.into())
    );
}

#[test]
fn a_new_site_has_neither_errors_nor_warnings() {
    let folder = site(&[]);
    check(
        folder.path(),
        &["init", "my-site"],
        0,
        "pamphlet serve --site my-site",
    );
    check(
        folder.path(),
        &["build", "--site", "my-site", "--strict"],
        0,
        "files written",
    );
    check(folder.path(), &["init", "my-site"], 2, "is not empty");
    check(
        &folder.path().join("my-site"),
        &["new", "condition", "A \"new\" one: yes"],
        0,
        "a-new-one-yes.md",
    );
    check(
        &folder.path().join("my-site"),
        &["new", "condition", "A \"new\" one: yes"],
        2,
        "is there already",
    );
    check(
        &folder.path().join("my-site"),
        &["new", "conditoin", "X"],
        2,
        "did you mean \"condition\"?",
    );
}

#[test]
fn every_kind_of_new_page_reads_well() {
    for kind in ["treatment", "condition", "test", "article"] {
        let folder = site(&[("content/site.yaml", SITE)]);
        check(folder.path(), &["new", kind, "Title"], 0, "wrote");
        // What is left to do is the summary; with the comments taken away, every field must be
        // known.
        let path = walk(folder.path());
        let written = fs::read_to_string(&path).expect("the page");
        assert!(written.contains("title: \"Title\""), "{written}");
        check(folder.path(), &["check"], 1, "`summary` is empty");
        let filled = written.replace("summary: \"\"", "summary: \"S\"");
        fs::write(&path, filled).expect("the page");
        check(folder.path(), &["check", "--strict"], 0, "");
    }
}

fn walk(folder: &Path) -> std::path::PathBuf {
    let files = walkdir::WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok);
    let mut pages = files.filter(|entry| {
        entry
            .path()
            .extension()
            .is_some_and(|extension| extension == "md")
    });
    pages.next().expect("a page").into_path()
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = site(&[]);
    let mut child = Command::new(env!("CARGO_BIN_EXE_pamphlet"))
        .arg("explain")
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let mut said = String::new();
    child
        .stderr
        .take()
        .expect("stderr")
        .read_to_string(&mut said)
        .expect("text");
    assert_eq!(
        (child.wait().expect("an end").code(), said.as_str()),
        (Some(0), "")
    );
}

/// A server that ends with its test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(folder: &Path, arguments: &[&str]) -> (Self, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pamphlet"))
            .arg("serve")
            .args(arguments)
            .current_dir(folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program runs");
        let mut lines = BufReader::new(child.stdout.take().expect("stdout")).lines();
        let line = lines
            .find_map(|line| line.ok().filter(|line| line.contains("http://")))
            .expect("an address");
        std::thread::spawn(move || lines.for_each(drop));
        let address = line
            .split_whitespace()
            .find(|word| word.starts_with("http://"))
            .expect("an address");
        let address = address
            .trim_end_matches(';')
            .trim_start_matches("http://")
            .to_owned();
        (Self { child, address }, line)
    }

    fn get(&self, path: &str, host: &str) -> String {
        let authority = self.address.split('/').next().expect("an authority");
        let mut stream = TcpStream::connect(authority).expect("a connection");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        )
        .expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        text(&answer)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn the_server_serves_and_builds_again() {
    let folder = site(&[
        (
            "content/site.yaml",
            "title: T\nbase_url: https://example.org/health/\n",
        ),
        ("content/a.md", PAGE),
    ]);
    let busy = TcpListener::bind("127.0.0.1:4600");
    let (server, line) = Server::start(folder.path(), &[]);
    assert!(line.contains("port 4600 is busy"), "{line}");
    drop(busy);
    assert!(server.address.ends_with("/health/"), "{}", server.address);
    let page = server.get("/health/a/", "localhost");
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    assert!(
        page.to_ascii_lowercase()
            .contains("referrer-policy: no-referrer"),
        "{page}"
    );
    assert!(
        server
            .get("/health/b/", "localhost")
            .starts_with("HTTP/1.1 404")
    );
    assert!(
        server
            .get("/health/a/", "evil.example")
            .starts_with("HTTP/1.1 421")
    );

    fs::write(folder.path().join("content/b.md"), PAGE).expect("a file");
    let limit = Instant::now() + Duration::from_secs(20);
    while !server
        .get("/health/b/", "localhost")
        .starts_with("HTTP/1.1 200")
    {
        assert!(Instant::now() < limit, "the new page never came");
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(
        !folder.path().join("public").exists(),
        "serving writes nothing"
    );
}

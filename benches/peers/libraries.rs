//! The floor with front matter and templates: what the libraries of a generator like ours take, and
//! nothing of its own.
//!
//! `libraries TEMPLATES IN OUT` reads each Markdown file below a folder, its front matter with
//! `serde_yaml`, turns its Markdown into HTML, shows that in the theme's own templates by Tera, and
//! writes the page, on as many threads as there are. No link is looked at, nothing is checked, and
//! there is neither JSON-LD nor a code for paper: related pages are shown by their names, and
//! headings have no ids. `benches/peers/run` measures it beside the floor.

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a program of its own"
)]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tera::{Context, Kwargs, State, Tera};
use walkdir::WalkDir;

/// As the program allocates.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let folders: Vec<PathBuf> = std::env::args_os().skip(1).map(PathBuf::from).collect();
    let [templates, from, to] = folders.as_slice() else {
        complain("name the folder of the templates, the folder to read and the folder to write");
        return ExitCode::from(2);
    };
    let tera = match theme(templates) {
        Ok(tera) => tera,
        Err(error) => {
            complain(&error);
            return ExitCode::FAILURE;
        }
    };
    match files(from, "md")
        .par_iter()
        .try_for_each(|file| page(&tera, from, to, file))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let files = WalkDir::new(folder)
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path);
    files
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect()
}

fn theme(folder: &Path) -> Result<Tera, String> {
    let mut tera = Tera::default();
    tera.autoescape_on([".html"]);
    for name in ["asset", "url"] {
        tera.register_function(
            name,
            |arguments: Kwargs, _: &State| -> tera::TeraResult<tera::Value> {
                let path: String = arguments.must_get("path")?;
                Ok(tera::Value::from(format!("/{path}")))
            },
        );
    }
    let read = |path: PathBuf| {
        let name = path
            .strip_prefix(folder)
            .unwrap_or(&path)
            .to_string_lossy()
            .into_owned();
        fs::read_to_string(&path).map(|text| (name, text))
    };
    let texts: Result<Vec<_>, _> = files(folder, "html").into_iter().map(read).collect();
    tera.add_raw_templates(texts.map_err(|error| error.to_string())?)
        .map_err(|error| error.to_string())?;
    let link = |title: &str| json!({ "title": title, "url": format!("/{title}/") });
    let (navigation, footer) = (
        ["conditions", "tests", "treatments"].map(link),
        ["a-z", "credits"].map(link),
    );
    let site = json!({
        "title": "A hospital", "language": "en", "direction": "ltr", "root": "/", "csp": "default-src 'self'",
        "navigation": navigation, "footer": footer,
        "disclaimer": "No page takes the place of a doctor.", "summary": null, "contact": null, "search": null, "has_feed": true,
    });
    tera.global_context().insert("site", &site);
    Ok(tera)
}

/// The front matter of a page.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Front {
    title: String,
    summary: String,
    conditions: Vec<String>,
    tests: Vec<String>,
    treatments: Vec<String>,
    updated: String,
    review: FrontReview,
    sources: Vec<Source>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct FrontReview {
    last: String,
    by: Reviewer,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Reviewer {
    name: String,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(default)]
struct Source {
    title: String,
    url: Option<String>,
}

/// What the templates ask for; a field of no type is one that the corpus has not.
#[derive(Serialize)]
struct View<'v> {
    template: &'static str,
    title: &'v str,
    document_title: &'v str,
    summary: &'v str,
    url: &'v str,
    canonical: String,
    qr_code: (),
    image_absolute: (),
    breadcrumbs: [Crumb<'v>; 2],
    current: (),
    json_ld: (),
    no_index: bool,
    also_called: (),
    image: (),
    contents: Vec<Line<'v>>,
    body: &'v str,
    related: [Group<'v>; 1],
    location: (),
    locations: (),
    shows_contact: bool,
    sources: &'v [Source],
    review: Review<'v>,
    updated: Day<'v>,
}

#[derive(Serialize)]
struct Crumb<'v> {
    title: &'v str,
    url: Option<&'v str>,
}

#[derive(Serialize)]
struct Line<'v> {
    title: &'v str,
    id: &'v str,
    children: (),
}

#[derive(Serialize)]
struct Group<'v> {
    title: &'v str,
    id: &'v str,
    url: (),
    cards: Vec<Card<'v>>,
}

#[derive(Serialize)]
struct Card<'v> {
    title: &'v str,
    summary: &'v str,
    url: &'v str,
}

#[derive(Serialize)]
struct Review<'v> {
    state: &'static str,
    last: Day<'v>,
    next: (),
    by: &'v str,
}

#[derive(Serialize)]
struct Day<'v> {
    iso: &'v str,
    text: &'v str,
}

#[derive(Serialize)]
struct Variables<'v> {
    page: View<'v>,
}

fn page(tera: &Tera, from: &Path, to: &Path, file: &Path) -> io::Result<()> {
    let text = fs::read_to_string(file)?;
    let (front, body) = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .unwrap_or(("", &text));
    let front: Front = if front.is_empty() {
        Front::default()
    } else {
        read(front)?
    };
    let mut content = String::with_capacity(text.len() * 2);
    let mut headings: Vec<String> = Vec::new();
    let mut is_heading = false;
    let events = Parser::new_ext(body, Options::ENABLE_TABLES).inspect(|event| match event {
        Event::Start(Tag::Heading { .. }) => {
            is_heading = true;
            headings.push(String::new());
        }
        Event::End(TagEnd::Heading(_)) => is_heading = false,
        Event::Text(words) if is_heading => headings
            .iter_mut()
            .last()
            .into_iter()
            .for_each(|it| it.push_str(words)),
        _ => {}
    });
    html::push_html(&mut content, events);
    let name = file.strip_prefix(from).unwrap_or(file).with_extension("");
    let shown = name.to_string_lossy();
    let variables = Variables {
        page: view(&front, &shown, &content, &headings),
    };
    let context = Context::from_serialize(&variables).map_err(io::Error::other)?;
    let mut page = Vec::with_capacity(text.len() * 3);
    tera.render_to("condition.html", &context, &mut page)
        .map_err(io::Error::other)?;
    let folder = to.join(&name);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join("index.html"), page)
}

fn read(front: &str) -> io::Result<Front> {
    serde_yaml::from_str(front).map_err(io::Error::other)
}

fn view<'v>(front: &'v Front, name: &'v str, body: &'v str, headings: &'v [String]) -> View<'v> {
    let related = [&front.conditions, &front.tests, &front.treatments]
        .into_iter()
        .flatten();
    let cards = related
        .map(|page| Card {
            title: page,
            summary: &front.summary,
            url: page,
        })
        .collect();
    let day = |day: &'v str| Day {
        iso: day,
        text: day,
    };
    View {
        template: "condition",
        title: &front.title,
        document_title: &front.title,
        summary: &front.summary,
        url: name,
        canonical: format!("https://example.org/{name}/"),
        qr_code: (),
        image_absolute: (),
        breadcrumbs: [
            Crumb {
                title: "Home",
                url: Some("/"),
            },
            Crumb {
                title: &front.title,
                url: None,
            },
        ],
        current: (),
        json_ld: (),
        no_index: false,
        also_called: (),
        image: (),
        contents: headings
            .iter()
            .map(|heading| Line {
                title: heading,
                id: heading,
                children: (),
            })
            .collect(),
        body,
        related: [Group {
            title: "Related",
            id: "related",
            url: (),
            cards,
        }],
        location: (),
        locations: (),
        shows_contact: false,
        sources: &front.sources,
        review: Review {
            state: "reviewed",
            last: day(&front.review.last),
            next: (),
            by: &front.review.by.name,
        },
        updated: day(&front.updated),
    }
}

fn complain(what: &str) {
    eprintln!("libraries: {what}");
}

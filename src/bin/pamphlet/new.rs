//! `pamphlet new`: a page to begin with.

use std::fs::{self, OpenOptions};
use std::io::Write;

use anyhow::{Context, Result, bail};
use pamphlet::config::{self, Kind};
use pamphlet::content::slug;
use pamphlet::host::read;
use pamphlet::scaffold;
use pamphlet::schema::did_you_mean;

use crate::args::{NewArguments, SiteArguments};
use crate::report::{self, Outcome};

/// Writes a file with the fields that the kind wants; a file that is there is never touched.
///
/// # Errors
/// When there is no such kind, the file is there already, or it cannot be written.
pub fn run(arguments: &NewArguments) -> Result<Outcome> {
    let kind = kind(&arguments.kind)?;
    if arguments.title.trim().is_empty() {
        bail!(
            "the title is empty; write it in quotes after the kind: pamphlet new {} \"Heart failure\"",
            kind.name()
        );
    }
    let tree = read::read(&arguments.site)?;
    let (settings, _) = config::read(&tree, SiteArguments::default_run());
    let folder = settings
        .collections
        .iter()
        .find(|collection| collection.kind == kind);
    let folder = folder.map_or(String::new(), |collection| {
        format!("{}/", collection.folder)
    });
    let name = format!(
        "{}{folder}{}.md",
        settings.content_root,
        slug(&arguments.title)
    );
    let path = arguments.site.join(&name);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)
            .with_context(|| format!("cannot make the folder {}", parent.display()))?;
    }
    let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            bail!(
                "{} is there already; open it, or choose another title",
                path.display()
            )
        }
        Err(error) => {
            return Err(error).with_context(|| format!("cannot write {}", path.display()));
        }
    };
    file.write_all(scaffold::page(kind, &arguments.title).as_bytes())
        .with_context(|| format!("cannot write {}", path.display()))?;
    report::say(format_args!("wrote {}", path.display()))?;
    if kind == Kind::Location {
        let id = slug(&arguments.title);
        report::say(format_args!(
            "its address goes into {}locations.yaml, with `id: {id}`",
            settings.content_root
        ))?;
    }
    Ok(Outcome::Good)
}

fn kind(name: &str) -> Result<Kind> {
    if let Some(kind) = Kind::named(name) {
        return Ok(kind);
    }
    let names = Kind::ALL.map(Kind::name);
    match did_you_mean(name, names) {
        Some(near) => bail!("there is no kind {name:?}; did you mean {near:?}?"),
        None => bail!("there is no kind {name:?}; kinds are {}", names.join(", ")),
    }
}

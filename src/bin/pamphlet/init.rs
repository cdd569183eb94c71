//! `pamphlet init`: a site to begin with.

use std::fs;

use anyhow::{Context, Result, bail};
use pamphlet::scaffold;

use crate::args::InitArguments;
use crate::report::{self, Outcome};

/// Writes a small site into a folder that is not there, or is empty.
///
/// # Errors
/// When the folder holds something, or cannot be written.
pub fn run(arguments: &InitArguments) -> Result<Outcome> {
    let folder = &arguments.folder;
    let is_taken = match fs::read_dir(folder) {
        Ok(mut entries) => {
            entries.any(|entry| entry.is_ok_and(|entry| entry.file_name() != ".git"))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => false,
        Err(error) => {
            return Err(error).with_context(|| format!("cannot look into {}", folder.display()));
        }
    };
    if is_taken {
        bail!("{} is not empty; choose a new folder", folder.display());
    }
    for (name, text) in scaffold::SITE {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)
                .with_context(|| format!("cannot make the folder {}", parent.display()))?;
        }
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    }
    let shown = folder.display();
    report::say(format_args!(
        "made a site in {shown}; see it with: pamphlet serve --site {shown}"
    ))?;
    Ok(Outcome::Good)
}

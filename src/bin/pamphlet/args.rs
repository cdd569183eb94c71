//! What can be said on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use pamphlet::config::{Drafts, RunOptions};
use pamphlet::host::clock;

/// Build, check and preview patient-education websites.
#[derive(Debug, Parser)]
#[command(
    name = "pamphlet",
    version,
    about,
    max_term_width = 100,
    arg_required_else_help = true
)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// A command with its arguments.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the site to a folder
    Build(BuildArguments),
    /// Check the content without writing anything
    Check(CheckArguments),
    /// Serve the site from memory on this machine, and build it again when a file changes
    Serve(ServeArguments),
    /// Begin a page: a file with the fields that its kind wants
    New(NewArguments),
    /// Begin a site: a small one that builds without errors or warnings
    Init(InitArguments),
    /// Explain a rule, or list all rules
    Explain(ExplainArguments),
    /// Print completions for a shell
    Completions(CompletionArguments),
}

/// Which site, and which pages of it.
#[derive(Clone, Debug, Args)]
pub struct SiteArguments {
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub site: PathBuf,
    /// The day to build for, YYYY-MM-DD [default: today in UTC]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Include drafts, and pages whose `publish_on` is still to come
    #[arg(long)]
    drafts: bool,
}

impl SiteArguments {
    /// The options of a run.
    pub fn run_options(&self) -> RunOptions {
        let drafts = if self.drafts {
            Drafts::Included
        } else {
            Drafts::Excluded
        };
        RunOptions {
            as_of: self.as_of.unwrap_or_else(clock::today),
            drafts,
        }
    }

    /// The options of a run that nobody said anything about.
    pub fn default_run() -> RunOptions {
        RunOptions {
            as_of: clock::today(),
            drafts: Drafts::Excluded,
        }
    }
}

/// How findings are shown, and which of them fail the command.
#[derive(Clone, Copy, Debug, Args)]
pub struct FindingArguments {
    /// How findings are shown
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Let warnings fail the command too
    #[arg(long)]
    pub strict: bool,
}

/// A format of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people, with the source line underlined
    Human,
    /// One JSON object a line
    Json,
    /// SARIF 2.1.0, for code scanning and editors
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

/// `pamphlet build`
#[derive(Debug, Args)]
pub struct BuildArguments {
    #[command(flatten)]
    pub site: SiteArguments,
    #[command(flatten)]
    pub findings: FindingArguments,
    /// The folder to write to [default: `public` in the site's folder]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Build again without the cache, compare, and read every file that is there
    #[arg(long)]
    pub verify: bool,
    /// Say how long each phase took
    #[arg(long)]
    pub timings: bool,
}

/// `pamphlet check`
#[derive(Debug, Args)]
pub struct CheckArguments {
    #[command(flatten)]
    pub site: SiteArguments,
    #[command(flatten)]
    pub findings: FindingArguments,
    /// Report only what is not in this file, which `--write-baseline` wrote
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write today's findings to the file of `--baseline`: from now on only new ones count
    #[arg(long, requires = "baseline")]
    pub write_baseline: bool,
    /// Put the safe fixes into the files
    #[arg(long, conflicts_with = "write_baseline")]
    pub fix: bool,
    /// Show what `--fix` would change, and change nothing
    #[arg(long, requires = "fix")]
    pub dry_run: bool,
}

/// `pamphlet serve`
#[derive(Debug, Args)]
pub struct ServeArguments {
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub site: PathBuf,
    /// The day to show, YYYY-MM-DD [default: today in UTC]
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<Date>,
    /// Leave out drafts, and pages whose `publish_on` is still to come, as the published site does
    #[arg(long)]
    published: bool,
    /// Open the site in a browser
    #[arg(long)]
    pub open: bool,
    /// The name or address to listen on [default: this machine only]
    #[arg(long, value_name = "HOST")]
    pub host: Option<String>,
    /// The port to take [default: 4600, or the next that is free]
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// The address that opens a file in your editor
    #[arg(
        long,
        value_name = "ADDRESS",
        default_value = "vscode://file{path}:{line}:{column}"
    )]
    pub editor: String,
    /// Look at the files again and again instead of waiting for the system: for network mounts
    #[arg(long)]
    pub poll: bool,
}

impl ServeArguments {
    /// The options of each state.
    pub fn run_options(&self) -> RunOptions {
        let drafts = if self.published {
            Drafts::Excluded
        } else {
            Drafts::Included
        };
        RunOptions {
            as_of: self.as_of.unwrap_or_else(clock::today),
            drafts,
        }
    }
}

/// `pamphlet new`
#[derive(Debug, Args)]
pub struct NewArguments {
    /// What the page is: treatment, condition, test, location or article
    #[arg(value_name = "KIND")]
    pub kind: String,
    /// Its title
    #[arg(value_name = "TITLE")]
    pub title: String,
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub site: PathBuf,
}

/// `pamphlet init`
#[derive(Debug, Args)]
pub struct InitArguments {
    /// The folder to make the site in
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
}

/// `pamphlet explain`
#[derive(Debug, Args)]
pub struct ExplainArguments {
    /// The rule's name, such as broken-link
    #[arg(value_name = "RULE")]
    pub rule: Option<String>,
}

/// `pamphlet completions`
#[derive(Debug, Args)]
pub struct CompletionArguments {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

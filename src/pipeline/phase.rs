//! The phases of a build, told to whoever watches as each begins. Time is the watcher's affair.

/// What a build is about to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Reading pages and locations, each on its own.
    Load,
    /// Resolving links and relations.
    Link,
    /// Reading templates, processing the theme's files, planning the site's files.
    Theme,
    /// Running the rules on documents and on the site.
    Check,
    /// Rendering pages, running the rules on them, and handing them to the sink.
    Render,
    /// Grading and sorting findings.
    Grade,
}

/// Is told of each phase that begins.
pub type Watcher<'w> = &'w dyn Fn(Phase);

/// Watches nothing.
pub const NO_WATCHER: Watcher<'static> = &|_| {};

//! Pamphlet: a static site generator for patient education.
//!
//! The modules stand on layers, declared here from the ground up; a module uses only what stands
//! above it in this list, and two modules on one layer never use each other. The layers below the
//! host are pure functions of values: no files, network, environment, clock or printing. Bad
//! content is never an `Err` there: every phase returns what it could make, with all its findings.

// Layer 1: values that come in.
pub mod source;
// Layer 2: values that go out.
pub mod output;
// Layer 3: values that stay for the next run, findings, languages, and YAML as values.
pub mod diagnostic;
pub mod language;
pub mod memo;
pub mod yaml;
// Layer 4: YAML read by a schema.
pub mod schema;
// Layer 5: what the site asks for.
pub mod config;
// Layer 6: what is written, the files of the theme, and what a new page begins with.
pub mod assets;
pub mod content;
pub mod scaffold;
// Layer 7: how it hangs together.
pub mod site;
// Layer 8: what is wrong, and what the reader sees.
pub mod check;
pub mod render;
// Layer 9: the phases in order.
pub mod pipeline;
// Layer 10: files, folders and signals.
pub mod host;
// Layer 11: long-running programs.
pub mod serve;

//! Pamphlet: a static site generator for patient education.
//!
//! The modules stand on floors, declared here from the ground up; a module uses only what stands above it in this list,
//! and two modules on one floor never use each other. Floors 1 to 7 are pure functions of values: no files, network,
//! environment, clock or printing. Bad content is never an `Err` there: every phase returns what it could make, with
//! all its findings.

// Floor 1: values that come in and go out.
pub mod output;
pub mod source;
// Floor 2: findings, and YAML as values.
pub mod diagnostic;
pub mod yaml;
// Floor 3: YAML read by a schema.
pub mod schema;
// Floor 4: what the site asks for.
pub mod config;
// Floor 5: what is written, and the files of the theme.
pub mod assets;
pub mod content;
pub mod scaffold;
// Floor 6: how it hangs together.
pub mod site;
// Floor 7: what is wrong, and what the reader sees.
pub mod check;
pub mod render;
// Floor 8: the phases in order.
pub mod pipeline;
// Floor 9: files, folders and signals.
pub mod host;
// Floor 10: long-running programs.
pub mod serve;

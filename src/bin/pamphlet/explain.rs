//! `pamphlet explain`: what a rule means.

use anyhow::{Result, bail};
use pamphlet::check;
use pamphlet::diagnostic::RuleId;
use pamphlet::schema::did_you_mean;

use crate::args::ExplainArguments;
use crate::report::{self, Outcome};

/// Prints the documentation of a rule, or the list of all rules.
///
/// # Errors
/// When there is no such rule.
pub fn run(arguments: &ExplainArguments) -> Result<Outcome> {
    let Some(name) = &arguments.rule else {
        return list();
    };
    let rule = RuleId::named(&name.to_lowercase()).and_then(check::find);
    let Some(rule) = rule else {
        match did_you_mean(name, RuleId::ALL.iter().map(|rule| rule.name())) {
            Some(near) => bail!("there is no rule {name:?}; did you mean {near:?}?"),
            None => bail!("there is no rule {name:?}; `pamphlet explain` lists them"),
        }
    };
    report::say(rule.documentation(1).trim_end())?;
    Ok(Outcome::Good)
}

fn list() -> Result<Outcome> {
    let width = check::rules()
        .map(|rule| rule.id.name().len())
        .max()
        .unwrap_or_default();
    for topic in check::topics() {
        report::say(format_args!("{}", topic.title))?;
        for rule in topic.rules {
            let level = rule.id.default_level().word();
            report::say(format_args!(
                "  {:width$}  {level:5}  {}",
                rule.id.name(),
                rule.summary
            ))?;
        }
    }
    Ok(Outcome::Good)
}

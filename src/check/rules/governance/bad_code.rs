//! A code that its system cannot have.

use super::codes;
use crate::check::document_context::DocumentContext;
use crate::check::rule::{Look, Rule};
use crate::diagnostic::{Diagnostic, RuleId};

pub(in crate::check) const RULE: Rule = Rule {
    id: RuleId::BadCode,
    summary: "A code does not have the form of its code system.",
    why: "Search engines, portals and health records find a page by its codes. One wrong digit names another disease. \
        ICD-10-CM, ICD-10-PCS, HCPCS, CPT and RxNorm are checked for their form, SNOMED CT and LOINC for their check \
        digit too. Other systems are left alone.",
    bad: "codes: [{system: SNOMED CT, code: \"84114008\"}]",
    good: "codes: [{system: SNOMED CT, code: \"84114007\"}]",
    looks: &[Look::Document(run)],
};

fn run(context: &DocumentContext<'_>, found: &mut Vec<Diagnostic>) {
    let document = context.document;
    let codes = document
        .front
        .codes
        .iter()
        .map(|code| (code.system.value.as_str(), &code.code));
    let drugs = document
        .front
        .drugs
        .iter()
        .filter_map(|drug| Some(("RxNorm", drug.rxnorm.as_ref()?)));
    for (system, code) in codes.chain(drugs) {
        if let Err(wanted) = codes::check(system, &code.value) {
            let message = format!("{:?} is no code of {system}", code.value);
            let help = format!("check it: {wanted}");
            found.push(Diagnostic::new(RULE.id, document.field_place(code), message).help(help));
        }
    }
}

//! In: how long the laid-out document is. Out: which section goes next, and what to say when none can.

use super::Plan;
use crate::diagnostic::Diagnostic;
use crate::library::template::{Drop, PageBudget};

/// The next section to drop, as an index into `plan.sections`: `first` ones, then `second`, last ones first.
pub fn next_to_drop(plan: &Plan) -> Option<usize> {
    [Drop::First, Drop::Second]
        .iter()
        .find_map(|order| plan.sections.iter().rposition(|s| s.included && s.drop == *order))
}

/// What to say of a document outside its budget; `per_section` is each section's id and pages. `None` within it.
///
/// It is an error where the budget is strict, else a warning.
pub fn outside(budget: &PageBudget, pages: usize, per_section: &[(String, usize)]) -> Option<Diagnostic> {
    let message = match (budget.min, budget.max) {
        (_, Some(max)) if pages > max => format!("the document has {pages} pages; its variant allows {max}"),
        (Some(min), _) if pages < min => format!("the document has {pages} pages; its variant asks for at least {min}"),
        _ => return None,
    };
    let list: Vec<String> = per_section.iter().map(|(id, pages)| format!("{id} {pages}")).collect();
    let diagnostic =
        if budget.strict { Diagnostic::error("P009", message) } else { Diagnostic::warning("P009", message) };
    Some(diagnostic.help(format!("pages that each section touches: {}", list.join(", "))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::PlannedSection;

    fn plan(drops: &[(Drop, bool)]) -> Plan {
        let sections = drops
            .iter()
            .enumerate()
            .map(|(i, (drop, included))| PlannedSection {
                id: i.to_string(),
                path: String::new(),
                included: *included,
                reason: String::new(),
                drop: *drop,
            })
            .collect();
        Plan {
            template: "t".into(),
            segment: "s".into(),
            variant: "v".into(),
            language: "en".into(),
            locale: "en".into(),
            sections,
            reasons: vec![],
        }
    }

    #[test]
    fn first_go_before_second_and_the_last_before_the_earlier() {
        let all =
            [(Drop::Second, true), (Drop::First, true), (Drop::Never, true), (Drop::First, true), (Drop::First, false)];
        let mut plan = plan(&all);
        let mut order = Vec::new();
        while let Some(next) = next_to_drop(&plan) {
            plan.sections[next].included = false;
            order.push(next);
        }
        assert_eq!(order, [3, 1, 0]);
    }

    #[test]
    fn a_strict_budget_refuses_and_a_loose_one_warns() {
        let mut budget = PageBudget { min: Some(2), max: Some(4), strict: false };
        assert!(outside(&budget, 4, &[]).is_none());
        assert_eq!(outside(&budget, 5, &[]).unwrap().severity, crate::diagnostic::Severity::Warning);
        budget.strict = true;
        assert_eq!(outside(&budget, 1, &[]).unwrap().severity, crate::diagnostic::Severity::Error);
    }
}

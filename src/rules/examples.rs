//! Does every rule find what its own examples say?
//!
//! ```text
//! "[a|Mary Hart] met [b|Paul Reed]."  ─►  text "Mary Hart met Paul Reed.", a = 0..9, b = 14..23
//! ```
//!
//! Examples are read by the whole extractor, names and all; the caller hands in a closure that runs it, so that this
//! stage need not know the others.

use std::ops::Range;

use crate::diagnostic::{Diagnostic, Severity};
use crate::relation::{Modality, Relation};
use crate::rules::load::RuleDef;
use crate::rules::tree::{File, Value};
use crate::text::Language;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Match,
    Qualified,
    Reject,
}

/// A sentence of a rule, with what is to be found in it.
#[derive(Clone, Debug)]
pub(crate) struct Example {
    pub(crate) verdict: Verdict,
    pub(crate) language: Language,
    pub(crate) text: String,
    /// Slot (or role) and the bytes marked for it.
    pub(crate) marks: Vec<(String, Range<usize>)>,
    pub(crate) modality: Option<Modality>,
    pub(crate) at: Range<usize>,
}

/// Reads `[rule.examples]`.
pub(crate) fn load(file: &mut File<'_>, value: &Value) -> Vec<Example> {
    let mut all = Vec::new();
    for (key, value) in file.table(value) {
        let verdict = match key.name.as_str() {
            "match" => Verdict::Match,
            "qualified" => Verdict::Qualified,
            "reject" => Verdict::Reject,
            _ => {
                file.unknown_key(key, "`examples`", &["match", "qualified", "reject"]);
                continue;
            }
        };
        for value in file.list(value) {
            all.extend(example(file, verdict, value));
        }
    }
    all
}

fn example(file: &mut File<'_>, verdict: Verdict, value: &Value) -> Option<Example> {
    let (mut sentence, mut modality) = (None, None);
    for (key, value) in file.table(value) {
        match key.name.as_str() {
            "en" => sentence = Some((Language::English, value)),
            "ar" => sentence = Some((Language::Arabic, value)),
            "modality" => {
                let word = file.text(value)?;
                modality = Modality::parse(&word);
                if modality.is_none() {
                    let known = Modality::ALL.map(Modality::as_str);
                    let help = format!("the modalities are {}", crate::rules::tree::listed(&known));
                    file.problem_with_help("R021", value.at.clone(), format!("no modality `{word}`"), help);
                }
            }
            "why" | "note" => drop(file.text(value)),
            _ => file.unknown_key(key, "an example", &["en", "ar", "modality", "why", "note"]),
        }
    }
    let Some((language, value)) = sentence else {
        file.problem("R003", value.at.clone(), "the example has no sentence: write `en = \"…\"` or `ar = \"…\"`");
        return None;
    };
    if verdict == Verdict::Qualified && modality.is_none() {
        file.problem("R003", value.at.clone(), "a qualified example names its modality");
    }
    let marked = file.text(value)?;
    match unmark(&marked) {
        Ok((text, marks)) => Some(Example { verdict, language, text, marks, modality, at: value.at.clone() }),
        Err((at, message)) => {
            let at = file.inside(&value.at, &marked, at);
            file.problem("R014", at, message);
            None
        }
    }
}

type Marks = Vec<(String, Range<usize>)>;

/// Takes the marks out of a sentence; `[[` stands for a bracket.
pub(crate) fn unmark(marked: &str) -> Result<(String, Marks), (Range<usize>, &'static str)> {
    let (mut text, mut marks, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(c) = marked[at..].chars().next() {
        match c {
            '[' if marked[at..].starts_with("[[") => {
                text.push('[');
                at += 1;
            }
            '[' => {
                let name = marked[at + 1..].find('|').map(|n| &marked[at + 1..at + 1 + n]);
                match name.filter(|n| !n.is_empty() && n.chars().all(|c| c.is_alphanumeric() || c == '_')) {
                    Some(name) => {
                        open.push((name.to_owned(), text.len(), at));
                        at += name.len() + 1;
                    }
                    None => return Err((at..at + 1, "a mark is written `[slot|words]`")),
                }
            }
            ']' => match open.pop() {
                Some((name, start, _)) => marks.push((name, start..text.len())),
                None => return Err((at..at + 1, "this bracket closes nothing")),
            },
            _ => text.push(c),
        }
        at += c.len_utf8();
    }
    match open.pop() {
        Some((_, _, at)) => Err((at..at + 1, "this mark is never closed")),
        None => {
            marks.sort_by_key(|(_, r)| (r.start, r.end));
            Ok((text, marks))
        }
    }
}

/// What the whole extractor says to one sentence.
pub(crate) struct Answer {
    pub(crate) relations: Vec<Relation>,
    /// How far the rule came that the example belongs to, in one line, where it did not match.
    pub(crate) farthest: Option<String>,
}

/// Runs every example of the rules through `read`, which is given the sentence and the id of its rule.
///
/// The problems are R015 (an example fails), R016 (no example uses the rule) and R017 (on all its examples another
/// rule speaks in its place).
pub(crate) fn check_examples(
    rules: &crate::rules::Rules,
    mut read: impl FnMut(&str, &str) -> Answer,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for source in &rules.sources {
        let mut file = File::new(&source.name, &source.text);
        for rule in &source.parsed.rules {
            let (mut used, mut rivals) = (false, Vec::new());
            for example in &rule.examples {
                let answer = read(&example.text, &rule.id);
                let own = |r: &&Relation| r.rule == rule.id;
                used |= answer.relations.iter().any(|r| own(&r));
                let wanted = example.verdict != Verdict::Reject;
                if wanted && !answer.relations.iter().any(|r| own(&r)) {
                    rivals.extend(answer.relations.iter().filter(|r| r.kind == rule.emit.kind).map(|r| r.rule.clone()));
                }
                if let Err(message) = judge(rule, example, &answer) {
                    let mut d = file.diagnostic("R015", example.at.clone(), message);
                    if let Some(why) = answer.farthest.filter(|_| wanted) {
                        d = d.help(why);
                    }
                    problems.push(d);
                }
            }
            if !rule.examples.is_empty() && !used {
                rivals.sort();
                rivals.dedup();
                let (code, message) = match rivals.as_slice() {
                    [] => ("R016", format!("no example of `{}` is found by it", rule.id)),
                    [one] => ("R017", format!("on all its examples `{one}` speaks in place of `{}`", rule.id)),
                    _ => ("R017", format!("other rules speak in place of `{}`: {}", rule.id, rivals.join(", "))),
                };
                file.problem(code, rule.at.clone(), message);
            }
        }
        problems.extend(file.problems.into_iter().map(|mut d| {
            d.severity = Severity::Warning;
            d
        }));
    }
    problems
}

/// Whether the answer is the one that the example asks for.
fn judge(rule: &RuleDef, example: &Example, answer: &Answer) -> Result<(), String> {
    let same_kind: Vec<_> = answer.relations.iter().filter(|r| r.kind == rule.emit.kind).collect();
    if example.verdict == Verdict::Reject {
        return match same_kind.iter().find(|r| r.rule == rule.id) {
            Some(_) => Err(format!("`{}` matches a sentence that it must reject", rule.id)),
            None => Ok(()),
        };
    }
    if same_kind.is_empty() {
        return Err(format!("`{}` finds nothing here", rule.id));
    }
    let mut failure = String::new();
    for relation in same_kind {
        match fits(rule, example, relation) {
            Ok(()) => return Ok(()),
            Err(why) => failure = why,
        }
    }
    Err(failure)
}

/// Whether what is said is what the mark says: a piece of it, or, where several slots make one piece, its part.
fn said(rule: &RuleDef, example: &Example, relation: &Relation, mark: &str, bytes: &Range<usize>) -> bool {
    // A comma before a closing quotation mark is the narrator's.
    let words = |r: &Range<usize>| {
        let text = example.text.get(r.clone()).unwrap_or_default();
        r.start..r.start + text.trim_end_matches([',', '،']).len()
    };
    let slots: Vec<&str> = rule.emit.slots("content").collect();
    let bytes = words(bytes);
    relation.content.iter().any(|span| {
        let span = span.range();
        let whole = span == bytes;
        let part = slots.len() > 1 && slots.contains(&mark) && span.start <= bytes.start && bytes.end <= span.end;
        let edge = span.start == bytes.start || span.end == bytes.end;
        whole || (part && edge)
    })
}

fn fits(rule: &RuleDef, example: &Example, relation: &Relation) -> Result<(), String> {
    let wanted = example.modality.unwrap_or(Modality::Asserted);
    if relation.modality != wanted {
        return Err(format!("the relation is {}, the example says {}", relation.modality.as_str(), wanted.as_str()));
    }
    let roles_of = |mark: &str| -> Vec<String> {
        let plays = |slots: &[(String, Range<usize>)]| slots.iter().any(|(slot, _)| slot == mark);
        rule.emit.roles.iter().filter(|(role, slots)| role == mark || plays(slots)).map(|(r, _)| r.clone()).collect()
    };
    for (mark, bytes) in &example.marks {
        let words = &example.text[bytes.clone()];
        let roles = roles_of(mark);
        if roles.is_empty() {
            return Err(format!("the mark `{mark}` is no slot of `emit`"));
        }
        let inside = |start: usize, end: usize| bytes.start < end && start < bytes.end;
        let found = roles.iter().any(|role| match role.as_str() {
            "content" => said(rule, example, relation, mark, bytes),
            "via" => relation.via.is_some(),
            "date" => true,
            role => {
                relation.arguments_of(role).any(|a| inside(a.span.start(), a.span.end()))
                    || relation.field(role).is_some_and(|text| text == words)
            }
        });
        if !found {
            let found: Vec<_> = relation
                .arguments
                .iter()
                .filter(|a| roles.contains(&a.role))
                .map(|a| a.span)
                .chain(relation.content.iter().copied().filter(|_| roles.iter().any(|r| r == "content")))
                .map(|span| format!("\"{}\"", example.text.get(span.range()).unwrap_or_default()))
                .collect();
            let found = if found.is_empty() { "nothing".to_owned() } else { found.join(", ") };
            return Err(format!("{mark} is to be \"{words}\", found {found}"));
        }
    }
    for argument in &relation.arguments {
        let marks: Vec<_> = example.marks.iter().filter(|(mark, _)| roles_of(mark).contains(&argument.role)).collect();
        let covered = marks.iter().any(|(_, b)| b.start < argument.span.end() && argument.span.start() < b.end);
        if !marks.is_empty() && !covered {
            let words = example.text.get(argument.span.range()).unwrap_or_default();
            return Err(format!("\"{words}\" is {} too, which the example does not mark", argument.role));
        }
    }
    Ok(())
}

/// R013: at least two sentences to match and two to reject, per language that has patterns.
pub(crate) fn check_counts(file: &mut File<'_>, rule: &RuleDef) {
    for (language, word) in [(Language::English, "English"), (Language::Arabic, "Arabic")] {
        if !rule.patterns.iter().any(|p| p.language == language) {
            continue;
        }
        for (verdict, what) in [(Verdict::Match, "match"), (Verdict::Reject, "reject")] {
            let count = rule.examples.iter().filter(|e| e.language == language && e.verdict == verdict).count();
            if count < 2 {
                let message = format!("`{}` has {count} {word} sentences to {what}; two are the least", rule.id);
                let d = file.diagnostic("R013", rule.at.clone(), message).warning();
                file.problems.push(d);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_out() {
        let (text, marks) = unmark("[a|Mary [r|Hart]] met [b|Paul].").unwrap();
        assert_eq!(text, "Mary Hart met Paul.");
        let marks: Vec<_> = marks.iter().map(|(n, r)| (n.as_str(), &text[r.clone()])).collect();
        assert_eq!(marks, [("a", "Mary Hart"), ("r", "Hart"), ("b", "Paul")]);
        assert_eq!(unmark("met [b|Paul").unwrap_err().0, 4..5);
        assert_eq!(unmark("met [Paul]").unwrap_err().0, 4..5);
        assert_eq!(unmark("met Paul]").unwrap_err().0, 8..9);
    }
}

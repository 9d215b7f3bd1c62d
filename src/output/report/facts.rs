//! How are the facts of an article told in lines, each a link to its words?
//!
//! ```text
//! Who met whom
//!   John Kerry ↔ Sergey Lavrov      #d0e2, the clause in the text
//!   place: Geneva · planned · 2016-03-02
//!   "Kerry met Lavrov in Geneva"
//! ```

use std::fmt::Write as _;

use crate::document::Document;
use crate::entity::{Entity, EntityId};
use crate::mention::MentionId;
use crate::output::report::escape::{escaped, html, isolated, shortened};
use crate::output::report::words::Words;
use crate::relation::{Argument, Modality, Relation};

/// Characters of the text that a line shows at most.
const LONGEST: usize = 160;

/// The groups that every article has in this order; types of the reader's own rules follow, and offices come last.
const FIRST: [&str; 3] = ["meeting", "statement", "visit"];
const LAST: &str = "position";

/// The lists of facts of `document`, number `d` of the page.
pub(super) fn lists(document: &Document<'_>, d: usize, words: Words, out: &mut String) {
    let mut kinds: Vec<&str> = FIRST.to_vec();
    for relation in document.relations() {
        if !kinds.contains(&relation.kind()) && relation.kind() != LAST {
            kinds.push(relation.kind());
        }
    }
    kinds.push(LAST);
    let mut any = false;
    for kind in kinds {
        let of_kind: Vec<(usize, &Relation)> =
            document.relations().iter().enumerate().filter(|(_, relation)| relation.kind() == kind).collect();
        if of_kind.is_empty() {
            continue;
        }
        any = true;
        let heading = if FIRST.contains(&kind) || kind == LAST {
            words.get(&format!("list-{kind}")).to_owned()
        } else {
            kind.to_owned()
        };
        let heading = escaped(&heading);
        // Offices are background; they are folded away where there is news.
        let fold = kind == LAST && document.relations().len() > of_kind.len();
        let count = of_kind.len();
        let _ = if fold {
            write!(
                out,
                "<details><summary><h4>{heading} <span class=\"n\">{count}</span></h4></summary><ol class=\"facts\">"
            )
        } else {
            write!(out, "<h4>{heading} <span class=\"n\">{count}</span></h4><ol class=\"facts\">")
        };
        for (r, relation) in of_kind {
            line(document, d, r, relation, words, out);
        }
        out.push_str(if fold { "</ol></details>" } else { "</ol>" });
    }
    if !any {
        let _ = write!(out, "<p class=\"none\">{}</p>", escaped(words.get("no-facts")));
    }
}

fn line(document: &Document<'_>, d: usize, r: usize, relation: &Relation, words: Words, out: &mut String) {
    let _ =
        write!(out, "<li class=\"fact\" id=\"d{d}r{r}\" data-modality=\"{}\" data-m=\"", relation.modality().as_str());
    let mut space = "";
    for m in relation.arguments().iter().filter_map(|argument| mention_of(document, argument)) {
        let _ = write!(out, "{space}{}", m.index());
        space = " ";
    }
    // Only what has a clause can be linked to it.
    if relation.evidence().is_empty() {
        out.push_str("\"><span class=\"main\">")
    } else {
        let _ = write!(out, "\"><a class=\"main\" href=\"#d{d}e{r}\">");
    }
    let told = headline(document, relation, words, out);
    out.push_str(if relation.evidence().is_empty() { "</span>" } else { "</a>" });
    details(document, relation, &told, words, out);
    let excerpt = excerpt(document, relation);
    if !excerpt.is_empty() {
        out.push_str("<p class=\"words\">");
        isolated(&excerpt, out);
        out.push_str("</p>");
    }
    if relation.evidence().len() > 1 {
        let _ = write!(out, "<p class=\"copies\">{}", escaped(words.get("also-told")));
        for n in 1..relation.evidence().len() {
            let _ = write!(out, " <a href=\"#d{d}e{r}-{n}\">{}</a>", n + 1);
        }
        out.push_str("</p>");
    }
    out.push_str("</li>\n");
}

/// The mention whose words fill a slot. Those of an entity stand in text order, so that it need not be looked for long.
fn mention_of(document: &Document<'_>, argument: &Argument) -> Option<MentionId> {
    let span = argument.span();
    let mentions = document.entity(argument.entity()).mentions();
    let from = mentions.partition_point(|m| document.mention(*m).span().start() < span.start());
    let here = mentions.iter().skip(from).take_while(|m| document.mention(**m).span().start() == span.start());
    here.copied().find(|m| document.mention(*m).span() == span)
}

/// The fact in one line. Returns the roles that it tells.
fn headline(document: &Document<'_>, relation: &Relation, words: Words, out: &mut String) -> Vec<&'static str> {
    let names = |role: &'static str, out: &mut String, between: &str| {
        let mut first = true;
        for argument in relation.arguments_of(role) {
            out.push_str(if first { "" } else { between });
            name(document, argument.entity(), words, out);
            first = false;
        }
        !first
    };
    let sign = |out: &mut String, sign: &str, spoken: &str| {
        let _ = write!(
            out,
            " <span aria-hidden=\"true\" class=\"sign\">{sign}</span><span class=\"vh\">{}</span> ",
            escaped(words.get(spoken))
        );
    };
    match relation.kind() {
        "meeting" => {
            let mut between = String::new();
            sign(&mut between, "↔", "met");
            if !names("participant", out, &between) {
                html(words.get("meeting"), out);
            }
            vec!["participant"]
        }
        "statement" => {
            if !names("speaker", out, words.get("comma")) {
                html(words.get("somebody"), out);
            }
            let _ = write!(out, "<span class=\"vh\"> {}</span>", escaped(words.get("said")));
            vec!["speaker"]
        }
        "visit" => {
            names("visitor", out, words.get("comma"));
            sign(out, if words.direction() == "rtl" { "←" } else { "→" }, "went-to");
            if names("destination", out, words.get("comma")) {
                return vec!["visitor", "destination"];
            }
            if !names("host", out, words.get("comma")) {
                out.push('?');
            }
            vec!["visitor", "destination", "host"]
        }
        "position" => {
            names("person", out, words.get("comma"));
            if let Some(role) = relation.field("role") {
                out.push_str(": ");
                isolated(role, out);
            }
            vec!["person"]
        }
        kind => {
            html(words.get(kind), out);
            Vec::new()
        }
    }
}

/// What else is known of the fact, in small pieces.
fn details(document: &Document<'_>, relation: &Relation, told: &[&str], words: Words, out: &mut String) {
    let mut pieces: Vec<String> = Vec::new();
    if relation.modality() != Modality::Asserted {
        let modality = relation.modality().as_str();
        pieces.push(format!("<b class=\"tag {modality}\">{}</b>", escaped(words.get(modality))));
    }
    for field in ["status", "by", "stance"] {
        // What goes without saying is not said.
        if let Some(value) = relation.field(field).filter(|value| !matches!(*value, "current" | "in-person" | "say")) {
            pieces.push(format!("<b class=\"tag\">{}</b>", escaped(words.get(value))));
        }
    }
    if let Some(date) = relation.date() {
        pieces.push(format!("<time dir=\"ltr\">{}</time>", escaped(date)));
    }
    let mut roles: Vec<(&str, Vec<EntityId>)> = Vec::new();
    for argument in relation.arguments().iter().filter(|argument| !told.contains(&argument.role())) {
        match roles.iter_mut().find(|(role, _)| *role == argument.role()) {
            Some((_, all)) => all.push(argument.entity()),
            None => roles.push((argument.role(), vec![argument.entity()])),
        }
    }
    roles.extend(relation.via().map(|via| ("via", vec![via])));
    roles.extend(relation.reported_by().map(|by| ("reported-by", vec![by])));
    for (role, entities) in roles {
        let mut piece = format!("{} ", escaped(words.get_in("role-", role)));
        for (i, id) in entities.into_iter().enumerate() {
            piece.push_str(if i == 0 { "" } else { words.get("comma") });
            name(document, id, words, &mut piece);
        }
        pieces.push(piece);
    }
    if !pieces.is_empty() {
        let _ = write!(out, "<p class=\"details\"><span>{}</span></p>", pieces.join("</span> <span>"));
    }
}

/// Of a statement what is said, of the rest the clause that says so.
pub(super) fn excerpt(document: &Document<'_>, relation: &Relation) -> String {
    let spans = match relation.kind() {
        "statement" if !relation.content().is_empty() => relation.content(),
        _ => relation.evidence().get(..1).unwrap_or_default(),
    };
    shortened(&spans.iter().map(|span| &document[*span]).collect::<Vec<_>>().join(" … "), LONGEST)
}

/// The entity's name in the page's language, else in the other one, else its id.
fn name(document: &Document<'_>, id: EntityId, words: Words, out: &mut String) {
    isolated(best_name(document.entity(id), words.language()), out);
}

pub(super) fn best_name<'a>(entity: &'a Entity, language: &str) -> &'a str {
    [language, "en", "ar"].into_iter().find_map(|language| entity.name(language)).unwrap_or(entity.id())
}

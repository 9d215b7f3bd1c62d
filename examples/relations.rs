//! Who met whom, and who said what?
//!
//! ```text
//! cargo run --example relations [FILE…]
//! ```
//!
//! A *relation* is one fact: a meeting, a statement, a visit, a position. It has *arguments* (who played which role), a
//! *modality* (did it happen, is it planned, was it denied), and *evidence*: the clause that says so. Never read the
//! first without the second: "did not meet" is a meeting too, a denied one.

mod articles;

use isnad::{Document, Extractor, Input, Modality, Relation};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let isnad = Extractor::new()?;
    for (name, text) in articles::articles()? {
        // "Friday" and "next month" count from the day of publication. It is taken from the article's own date line
        // unless the caller knows better: `.published(date)`.
        let doc = isnad.extract(Input::new(&*text).id(&*name));
        println!(
            "{name}, published {}",
            doc.published().map_or("at an unknown date".to_owned(), |day| day.to_string())
        );
        for relation in doc.relations() {
            print_relation(&doc, relation);
        }
        let held =
            doc.relations().iter().filter(|r| r.kind() == "meeting" && r.modality() == Modality::Asserted).count();
        println!("  {held} meeting(s) that took place\n");
    }
    Ok(())
}

fn print_relation(doc: &Document<'_>, relation: &Relation) {
    println!("  {} ({}), told by rule {}", relation.kind(), relation.modality().as_str(), relation.rule());
    for argument in relation.arguments() {
        // The words may be a pronoun or a role; the entity says who is meant.
        let who = doc.entity(argument.entity());
        println!("    {}: {} ← {:?}", argument.role(), who.id(), &doc[argument.span()]);
    }
    if let Some(date) = relation.date() {
        println!("    date: {date}");
    }
    if let Some(reporter) = relation.reported_by() {
        println!("    only in the words of: {}", doc.entity(reporter).id());
    }
    // What is said, if it is a statement; else the clause that tells it.
    let words = if relation.content().is_empty() { relation.evidence() } else { relation.content() };
    for &span in words {
        println!("    “{}”", &doc[span]);
    }
}

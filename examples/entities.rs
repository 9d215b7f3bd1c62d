//! Which people, countries, places and organisations does an article speak of, and by which words?
//!
//! ```text
//! cargo run --example entities [FILE…]
//! ```
//!
//! An *entity* is one thing of the world, with a stable id. A *mention* is one place of the text that speaks of it: by
//! name, by role ("his Russian counterpart"), by demonym ("Bahraini"). All mentions of an entity lead to one id, in
//! either language, and each of them knows its bytes.

mod articles;

use isnad::{Entity, Extractor};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // No file to download, no network: the gazetteers and rules are in the library. Building is the slow part, so do
    // it once; the extractor can be shared between threads.
    let isnad = Extractor::new()?;

    for (name, text) in articles::articles()? {
        let doc = isnad.extract(&text);
        println!("{name}, language {}", doc.language());
        for entity in doc.entities() {
            println!("  {} ({})", entity.id(), usual_name(entity));
            for &mention in entity.mentions() {
                let mention = doc.mention(mention);
                // A span of the document indexes it: these are the very words of the article.
                println!("    {:>5}  {:8} {}", mention.span().start(), mention.kind().as_str(), &doc[mention.span()]);
            }
        }
        println!();
    }
    Ok(())
}

/// What the gazetteer calls it; for someone no gazetteer holds, the fullest form in the text.
fn usual_name(entity: &Entity) -> &str {
    entity.name("en").or(entity.name("ar")).unwrap_or("no name, only a role")
}

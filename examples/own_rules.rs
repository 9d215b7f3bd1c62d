//! How do I teach it a relation of my own: who sued whom?
//!
//! ```text
//! cargo run --example own_rules
//! ```
//!
//! A rule is a line of pattern over what has been found already, names, roles and pronouns, so that it stays small:
//! "{a:actor} <sue> {b:actor}". Its examples stand in it and are part of it: they say what it must find and what it
//! must leave alone. `<sue>` is a word of the lexicon; here the file brings its own, every form written out, since
//! nothing is inflected when texts are read.

use isnad::Extractor;

const OWN: &str = r#"
[lexicon.en.sue]
doc = "bring before a court of law"
base = ["sue"]
present = ["sues", "sue"]
past = ["sued"]
perfect = ["sued"]
participle = ["suing"]

[lexicon.ar.sue]
doc = "يرفع دعوى على"
past = ["قاضى", "قاضت", "قاضيا", "قاضتا", "قاضوا"]
present = ["يقاضي", "تقاضي", "يقاضيان", "تقاضيان", "يقاضون"]
jussive = ["يقاض", "تقاض", "يقاضيا", "تقاضيا", "يقاضوا"]

[[rule]]
id = "lawsuit.sued"
doc = "A sued B: A is the plaintiff, B the defendant."
emit = { type = "lawsuit", plaintiff = "a", defendant = "b", place = "p", date = "d" }
en = ["{a:actor+} <sue> {b:actor+} [.. in {p:place}] [.. {d:date}]"]
ar = ["<sue> {a:actor+} {b:actor+} [.. في {p:place}] [.. {d:date}]"]

[rule.examples]
match = [
    { en = "[a|Germany] sued [b|Italy]." },
    { en = "[a|Hungary] sued [b|Slovakia] in [p|The Hague]." },
    { ar = "قاضت [a|ألمانيا] [b|إيطاليا]." },
    { ar = "قاضت [a|هنغاريا] [b|سلوفاكيا] في [p|لاهاي]." },
]
qualified = [
    { en = "[a|Germany] did not sue [b|Italy].", modality = "denied" },
    { ar = "لم تقاض [a|ألمانيا] [b|إيطاليا].", modality = "denied" },
]
reject = [
    { en = "The rebels sued for peace in Vienna.", why = "to sue for peace is to ask for it" },
    { en = "Two farmers sued an insurance firm.", why = "nobody in it is an actor that is known" },
    { ar = "قاضت شركة التأمين مزارعين.", why = "لا أحد منهم طرف معروف" },
    { ar = "ألمانيا وإيطاليا أمام القاضي.", why = "لا فعل فيها" },
]
"#;

fn main() -> Result<(), isnad::Error> {
    // `{:#}` shows every problem of the file with its line, a caret and a remedy.
    let isnad = Extractor::builder().rules("own.toml", OWN).build().inspect_err(|error| eprintln!("{error:#}"))?;

    for text in [
        "Ukraine sued Russia in The Hague on Monday.",
        "قاضت أوكرانيا روسيا في لاهاي يوم الاثنين.",
        "Japan will not sue China.",
    ] {
        let doc = isnad.extract(text);
        println!("{text}");
        for relation in doc.relations().iter().filter(|relation| relation.kind() == "lawsuit") {
            println!("  {} ({})", relation.kind(), relation.modality().as_str());
            for argument in relation.arguments() {
                println!("    {}: {}", argument.role(), doc.entity(argument.entity()).id());
            }
        }
    }
    Ok(())
}

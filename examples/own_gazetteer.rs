//! How do I teach it names that no gazetteer holds?
//!
//! ```text
//! cargo run --example own_gazetteer
//! ```
//!
//! A gazetteer is a table of tab-separated text. Its first line names the columns, and the first column tells which
//! table it is: `name` is the table of names. One row is one spelling:
//!
//! | column | what |
//! |---|---|
//! | `name` | the words as they are written; case, hamza, vowel marks and tatweel need no rows of their own |
//! | `lang` | `en` or `ar` |
//! | `id` | of your choosing; its first part is the kind: `person/…`, `organisation/…`, `place/…`, `country/…` |
//! | `kind` | `name` for the usual name (one for each language), `alias`, `acronym`, `short`, `demonym`, … for others |

use isnad::Extractor;

/// A research institute that exists in this example only, in two languages and four spellings.
const OWN: &str = "\
name\tlang\tid\tkind
Harbour Institute\ten\torganisation/harbour-institute\tname
Harbour Institute for Maritime Peace\ten\torganisation/harbour-institute\tofficial
معهد المرفأ\tar\torganisation/harbour-institute\tname
معهد المرفأ للسلام البحري\tar\torganisation/harbour-institute\tofficial
";

/// What goes wrong is told with its place: here the last row lacks its id.
const BROKEN: &str = "name\tlang\tid\tkind\nHarbour Institute\ten\n";

fn main() -> Result<(), isnad::Error> {
    // Your tables stand beside the bundled ones; `.without_bundled()` would leave those out.
    let isnad = Extractor::builder().gazetteer("own.tsv", OWN).build()?;

    let english = isnad.extract("Angela Merkel spoke at the HARBOUR INSTITUTE for Maritime Peace on Monday.");
    // The prefix و is no part of the name, and a missing hamza is no obstacle: «المرفا».
    let arabic = isnad.extract("زارت أنغيلا ميركل جامعة القاهرة ومعهد المرفا للسلام البحري.");
    for doc in [&english, &arabic] {
        for mention in doc.mentions() {
            println!("{:40} {}", doc.entity(mention.entity()).id(), &doc[mention.span()]);
        }
        assert!(doc.entities().iter().any(|entity| entity.id() == "organisation/harbour-institute"));
    }

    let error = Extractor::builder().gazetteer("broken.tsv", BROKEN).build().unwrap_err();
    println!("\nand of a broken table:\n{error:#}");
    Ok(())
}

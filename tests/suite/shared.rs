//! What do the tests of this binary share?
//!
//! ```text
//! isnad()        one extractor for all tests
//! sound(&doc)    what must hold for every document, whatever its text
//! folder("x")    ISNAD_SHARED, or a note on standard error and None
//! articles()     tests/articles/{en,ar}/*.txt
//! ```

use std::collections::HashSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use isnad::{Document, Extractor, Span};

/// The bundled extractor; loading it once is enough.
pub(crate) fn isnad() -> &'static Extractor {
    static SHARED: OnceLock<Extractor> = OnceLock::new();
    SHARED.get_or_init(|| Extractor::new().expect("the bundled knowledge loads"))
}

/// The folder of shared evaluation data. It is no part of the project, so a test without it says that it steps aside,
/// and passes.
pub(crate) fn folder(test: &str) -> Option<PathBuf> {
    let Some(path) = env::var_os("ISNAD_SHARED").map(PathBuf::from) else {
        eprintln!("{test}: NOT RUN, since ISNAD_SHARED is not set");
        return None;
    };
    if !path.is_dir() {
        eprintln!("{test}: NOT RUN, since ISNAD_SHARED is no folder: {}", path.display());
        return None;
    }
    Some(path)
}

/// An article of `tests/articles`.
pub(crate) struct Article {
    /// `en` or `ar`.
    pub(crate) language: &'static str,
    /// The file's name without its extension.
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Every article, sorted by language and name.
pub(crate) fn articles() -> Vec<Article> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let mut articles = Vec::new();
    for language in ["ar", "en"] {
        let Ok(folder) = fs::read_dir(root.join(language)) else { continue };
        let mut paths: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths.into_iter().filter(|path| path.extension().is_some_and(|e| e == "txt")) {
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            articles.push(Article { language, name, text: fs::read_to_string(&path).unwrap() });
        }
    }
    articles
}

/// Holds for every document: spans inside the text and on character boundaries, ids that point somewhere, mentions in
/// order and known to their entities, confidences between 0 and 1.
pub(crate) fn sound(doc: &Document<'_>) {
    let text = doc.text();
    let fits = |span: Span| {
        assert!(text.get(span.range()).is_some(), "{span} is no stretch of the text ({} bytes)", text.len());
    };
    let sure = |confidence: f32| assert!((0.0..=1.0).contains(&confidence), "confidence {confidence}");
    for mention in doc.mentions() {
        fits(mention.span());
        sure(mention.confidence());
        assert!(!mention.span().is_empty(), "an empty mention at {}", mention.span());
        assert_eq!(doc.entity(mention.entity()).kind(), mention.entity_kind());
    }
    for pair in doc.mentions().windows(2) {
        let (a, b) = (pair[0].span(), pair[1].span());
        let in_order = a.start() < b.start() || (a.start() == b.start() && a.end() >= b.end());
        assert!(in_order, "mentions out of order: {a} before {b}");
    }
    let mut ids = HashSet::new();
    for (i, entity) in doc.entities().iter().enumerate() {
        assert!(ids.insert(entity.id()), "two entities with the id {}", entity.id());
        for &mention in entity.mentions() {
            assert_eq!(doc.mention(mention).entity().index(), i);
        }
    }
    let listed: usize = doc.entities().iter().map(|entity| entity.mentions().len()).sum();
    assert_eq!(listed, doc.mentions().len(), "every mention belongs to one entity");
    for relation in doc.relations() {
        fits(relation.trigger());
        sure(relation.confidence());
        assert!(!relation.evidence().is_empty(), "{} without evidence", relation.rule());
        relation.evidence().iter().chain(relation.content()).copied().for_each(fits);
        for argument in relation.arguments() {
            fits(argument.span());
            doc.entity(argument.entity());
        }
        relation.reported_by().into_iter().chain(relation.via()).for_each(|id| {
            doc.entity(id);
        });
    }
    doc.rejected().iter().for_each(|rejected| fits(rejected.span()));
}

//! What may the stages before ask of the rules' lexicon?
//!
//! ```text
//! «قال» is a verb: no name and no role phrase runs over it     "will meet on Thursday": a Thursday to come
//! ```

use crate::relation::Modality;
use crate::rules::program::Program;
use crate::text::Page;

impl Program {
    /// Whether a folded Arabic word is a listed verb form, with or without و ف س before it.
    pub(crate) fn is_verb(&self, word: &str) -> bool {
        self.lexicon.is_verb(word)
    }

    /// Whether the sentence of a token has a verb or word of the future before the token.
    pub(crate) fn speaks_of_future(&self, page: &Page<'_>, token: u32) -> bool {
        let Some(at) = page.tokens.get(token as usize) else { return false };
        let (Some(sentence), Some(paragraph)) =
            (page.sentences.get(at.sentence as usize), page.paragraphs.get(at.paragraph as usize))
        else {
            return false;
        };
        let mut readings = Vec::new();
        self.lexicon.read(page, paragraph.language, sentence.tokens.clone(), &mut readings);
        readings.iter().filter(|r| r.start < token).any(|r| {
            let context = self.lexicon.senses.get(r.sense as usize).and_then(|s| s.context.as_ref());
            r.future || context.is_some_and(|c| c.modality == Modality::Planned)
        })
    }
}

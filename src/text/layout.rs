//! What is each part of the page for: headline, date line, body, or furniture?
//!
//! ```text
//! » News                                   furniture
//! Kerry Meets Lavrov in Geneva             headline
//! 2015-11-21 - 12:34 am                    date line
//! GENEVA (Reuters) - The US Secretary …    body
//! The US Secretary …                       body, copy of the former
//! comments powered by Disqus               furniture
//! ```
//!
//! Two witnesses decide on furniture: the lists of the gazetteer, and the place and build of the line.

use crate::date::Date;
use crate::hash::FastMap;
use crate::span::Span;
use crate::text::ParagraphKind;
use crate::text::arabic;
use crate::text::class::{Class, word_count};
use crate::text::day;
use crate::text::fold::Folded;
use crate::text::lines::{self, ends_sentence};
use crate::text::words::TextWords;

/// Shorter paragraphs are no copies of each other: a heading may well stand twice.
const COPY_BYTES: usize = 40;
/// A listed beginning makes furniture of a line up to this many words.
const FURNITURE_WORDS: usize = 30;
/// A headline has no more words.
const HEADLINE_WORDS: usize = 30;

/// A paragraph before its words are read.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) span: Span,
    pub(crate) kind: ParagraphKind,
    pub(crate) copy_of: Option<u32>,
    pub(crate) wrapped: bool,
}

/// The parts of a page.
#[derive(Debug, Default)]
pub(crate) struct Layout {
    pub(crate) blocks: Vec<Block>,
    /// The first day that a date line gives, with its original bytes.
    pub(crate) day: Option<(Date, Span)>,
}

/// Lays the page out.
pub(crate) fn layout(text: &str, folded: &Folded, words: &TextWords) -> Layout {
    let mut found = Layout::default();
    let mut all = lines::lines(text);
    let mut walk = folded.walk();
    let mut told: Vec<(Span, ParagraphKind)> = Vec::new();
    for line in &mut all {
        let at = walk.folded(line.span);
        let form = folded.text.as_str()[at].trim();
        let has_arabic = || text[line.span].contains(arabic::is_letter);
        let kind = if let Some(stamp) = day::stamp(form, words, has_arabic()) {
            if let (None, Some((date, span))) = (found.day, stamp.day) {
                let lead = at.start() + (folded.text.as_str()[at].len() - folded.text.as_str()[at].trim_start().len());
                let bytes = Span::of(lead + span.start..lead + span.end);
                found.day = Some((date, folded.original(bytes)));
            }
            ParagraphKind::DateLine
        } else if is_listed(form, words) || is_trail(&text[line.span]) || is_rule(form) {
            ParagraphKind::Furniture
        } else {
            continue;
        };
        line.alone = true;
        told.push((line.span, kind));
    }
    let paragraphs = lines::join(text, &all);
    let mut told = told.into_iter().peekable();
    let mut isolated = Vec::with_capacity(paragraphs.len());
    for paragraph in paragraphs {
        let known = told.next_if(|(span, _)| *span == paragraph.span).map(|(_, kind)| kind);
        let kind = known.unwrap_or(ParagraphKind::Body);
        isolated.push(paragraph.isolated);
        found.blocks.push(Block { span: paragraph.span, kind, copy_of: None, wrapped: paragraph.wrapped });
    }
    find_copies(text, &mut found.blocks);
    edges(text, &mut found.blocks, &isolated);
    headline(text, &mut found.blocks);
    found
}

/// The gazetteer lists it, whole or by its beginning.
fn is_listed(line: &str, words: &TextWords) -> bool {
    if line.len() > 600 {
        return false;
    }
    // «» News», "Comments (3)", "Share:".
    let ornament = |c: char| c.is_whitespace() || "»«›‹>|:•·*-–—_#[]".contains(c);
    let bare = line.trim_matches(ornament);
    let counted = bare.trim_end_matches(|c: char| c.is_ascii_digit() || "() ".contains(c));
    let known = [line, bare, counted].into_iter().any(|form| !form.is_empty() && words.is_furniture(form));
    known && word_count(line) <= FURNITURE_WORDS
}

/// A trail of links ("Home > World > Asia") or a link with its arrow ("» News").
fn is_trail(line: &str) -> bool {
    if line.len() > 300 || !line.contains(['»', '›', '>', '|', '«', '/']) || ends_sentence(line) {
        return false;
    }
    let count = word_count(line);
    // Arabic quotes with the same marks, but a link's arrow has blanks on both sides.
    let is_arrow = |word: &&str| matches!(*word, "»" | "›" | ">" | "|" | "«" | "/");
    let arrows = line.split_whitespace().filter(is_arrow).count();
    let first = line.split_whitespace().next().is_some_and(|word| matches!(word, "»" | "›" | ">"));
    (first && count <= 6)
        || (arrows >= 2 && count <= (arrows + 1) * 3 && line.split_whitespace().last().is_some_and(|w| !is_arrow(&w)))
}

/// "___", "* * *", "// 30 //": nothing but marks.
fn is_rule(line: &str) -> bool {
    !line.contains(|c| Class::of(c).is_word())
}

fn find_copies(text: &str, blocks: &mut [Block]) {
    let mut first: FastMap<&str, u32> = FastMap::with_capacity_and_hasher(blocks.len(), Default::default());
    for (i, block) in blocks.iter_mut().enumerate() {
        if block.span.len() >= COPY_BYTES {
            let at = *first.entry(&text[block.span]).or_insert(i as u32);
            block.copy_of = (at as usize != i).then_some(at);
        }
    }
}

/// Stray short lines before the headline and after the last sentence belong to the page, not to the article.
fn edges(text: &str, blocks: &mut [Block], isolated: &[bool]) {
    let stray = |block: &Block, alone: bool, words: usize| {
        let line = &text[block.span];
        alone
            && line.len() <= 200
            && word_count(line) <= words
            && !ends_sentence(line)
            && !line.ends_with([':', '،', ','])
    };
    // An article so short has no edges.
    let mut total = 0;
    let enough = blocks.iter().filter(|b| b.kind == ParagraphKind::Body).any(|b| {
        total += word_count(&text[b.span]);
        total >= 40
    });
    if !enough {
        return;
    }
    for i in (0..blocks.len()).rev() {
        if blocks[i].kind == ParagraphKind::Body {
            if !stray(&blocks[i], isolated[i], 3) {
                break;
            }
            blocks[i].kind = ParagraphKind::Furniture;
        }
    }
    // At the head a line of two words may be the headline itself, unless another follows before the body.
    let bodies: Vec<usize> = (0..blocks.len()).filter(|&i| blocks[i].kind == ParagraphKind::Body).take(3).collect();
    if let [first, second, third] = bodies[..]
        && stray(&blocks[first], isolated[first], 2)
        && looks_like_headline(&text[blocks[second].span])
        && !looks_like_headline(&text[blocks[third].span])
    {
        blocks[first].kind = ParagraphKind::Furniture;
    }
}

fn looks_like_headline(line: &str) -> bool {
    (3..=HEADLINE_WORDS).contains(&word_count(line)) && !ends_sentence(line)
}

/// The first paragraph is the headline if it is short, does not read as a sentence, and a body follows. A copy of
/// the headline is headline too.
fn headline(text: &str, blocks: &mut [Block]) {
    let Some(first) = blocks.iter().position(|b| b.kind == ParagraphKind::Body) else { return };
    let line = &text[blocks[first].span];
    let count = word_count(line);
    let titled = !ends_sentence(line) || is_title(line);
    let body_follows = blocks[first + 1..].iter().any(|b| {
        let later = &text[b.span];
        b.kind == ParagraphKind::Body && b.copy_of.is_none() && (word_count(later) > count || ends_sentence(later))
    });
    if count > HEADLINE_WORDS || !titled || line.ends_with([':', ',', '،']) || blocks[first].wrapped || !body_follows {
        return;
    }
    blocks[first].kind = ParagraphKind::Headline;
    for block in &mut blocks[first + 1..] {
        if block.copy_of == Some(first as u32) {
            block.kind = ParagraphKind::Headline;
        }
    }
}

/// Most Words Begin With Capitals, whatever mark ends it.
fn is_title(line: &str) -> bool {
    let (mut capital, mut small) = (0usize, 0usize);
    for word in line.split_whitespace() {
        let Some(first) = word.chars().find(|c| c.is_alphanumeric()) else { continue };
        // Articles and prepositions are short.
        if first.is_uppercase() {
            capital += 1;
        } else if word.chars().count() > 3 {
            small += 1;
        }
    }
    capital >= 3 && small * 6 <= capital
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;
    use crate::text::words::for_tests;

    fn kinds(text: &str) -> Vec<ParagraphKind> {
        layout(text, &fold(text), &for_tests()).blocks.iter().map(|b| b.kind).collect()
    }

    #[test]
    fn one_sentence_is_body() {
        assert_eq!(kinds("Kerry met Lavrov"), [ParagraphKind::Body]);
        assert_eq!(kinds("Kerry met Lavrov in Geneva.\n\nObama praised it"), [ParagraphKind::Body; 2]);
        assert_eq!(kinds("«الرافال» تصل إلى القاهرة"), [ParagraphKind::Body]);
    }

    #[test]
    fn trails() {
        assert!(is_trail("» News") && is_trail("Home > World > Asia") && is_trail("الرئيسية » أخبار » محليات"));
        assert!(!is_trail("«عكاظ» و«الوطن» في معرض الكتاب"), "a quotation");
        assert!(!is_trail("مصادر لـ»المدينة»، و»العمل» ثم"), "the closing mark on both sides");
        assert!(!is_trail("Kerry meets Lavrov | Example News"), "a headline with the name of the site");
    }

    #[test]
    fn copies() {
        let line = "The minister left the capital on Thursday and flew home.";
        let text = format!("{line}\nShort.\n  {line}\nShort.\n{line} ");
        let found = layout(&text, &fold(&text), &for_tests());
        let copies: Vec<_> = found.blocks.iter().map(|b| b.copy_of).collect();
        assert_eq!(copies, [None, None, Some(0), None, Some(0)]);
    }
}

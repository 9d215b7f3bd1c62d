//! How does a text become a page?
//!
//! ```text
//! text ─► cut at 4 GiB ─► fold ─► layout ─► per paragraph: language, tokens, case, dateline ─► quotations ─► sentences
//! ```
//!
//! The only file that knows the order of the readers.

use crate::span::Span;
use crate::text::dateline::Opening;
use crate::text::fold::{self, Folded};
use crate::text::layout::{self, Block};
use crate::text::quotation;
use crate::text::sentence::Reader;
use crate::text::words::TextWords;
use crate::text::{CaseHabit, Page, Paragraph, ParagraphKind, Sentence, Shape, Token, TokenKind, lang, lines, token};

/// Reads a text of any size and shape.
pub(crate) fn read<'t>(text: &'t str, words: &TextWords) -> Page<'t> {
    read_up_to(text, words, u32::MAX as usize, Folded::default())
}

/// As [`read`], up to a limit and with the memory of a folded text that is no longer needed.
fn read_up_to<'t>(whole: &'t str, words: &TextWords, limit: usize, mut folded: Folded) -> Page<'t> {
    let mut warnings = Vec::new();
    let text = cut(whole, limit);
    if text.len() < whole.len() {
        warnings.push(format!("the text has {} bytes; only the first {} were read", whole.len(), text.len()));
    }
    fold::fold_into(&mut folded, text);
    let layout = layout::layout(text, &folded, words);
    let wrapped: Vec<Span> = layout.blocks.iter().filter(|b| b.wrapped).map(|b| b.span).collect();
    folded.join_lines(&wrapped);

    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 6);
    let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(layout.blocks.len());
    let mut walk = folded.walk();
    // Tokens that each paragraph's dateline takes.
    let mut datelines: Vec<usize> = Vec::with_capacity(layout.blocks.len());
    let mut body_seen = false;
    for block in &layout.blocks {
        let from = tokens.len();
        token::tokenize(text, block.span, paragraphs.len() as u32, &mut walk, words, &mut tokens);
        let own = tokens.get(from..).unwrap_or_default();
        let form = |t: &Token| folded.text.get(t.folded.range()).unwrap_or_default();
        let case = token::case_habit(own, |t| words.is_closed(form(t)));
        let taken = dateline(block, &folded, own, words, case, !body_seen);
        body_seen |= block.kind == ParagraphKind::Body;
        datelines.push(taken);
        let opening = taken.checked_sub(1).and_then(|last| Some(own.first()?.span.cover(own.get(last)?.span)));
        let form = &folded.text.as_str()[folded.folded(block.span)];
        paragraphs.push(Paragraph {
            span: block.span,
            kind: block.kind,
            language: lang::language(&text[block.span], form, words),
            copy_of: block.copy_of,
            case,
            dateline: opening,
            tokens: from as u32..tokens.len() as u32,
            sentences: 0..0,
        });
    }

    let quotes = quotation::quotations(text, &paragraphs, &tokens);
    warnings.extend(quotes.warnings);
    let mut sentences = Vec::new();
    for (index, (paragraph, taken)) in paragraphs.iter_mut().zip(datelines).enumerate() {
        let range = paragraph.tokens.start as usize..paragraph.tokens.end as usize;
        let first = sentences.len() as u32;
        let mut ranges = Vec::new();
        if let (Some(own), Some(roles)) = (tokens.get(range.clone()), quotes.roles.get(range.clone())) {
            let reader = Reader { text, folded: &folded.text, tokens: own, roles, case: paragraph.case, words };
            ranges.extend((taken > 0).then_some(0..taken));
            ranges.extend(reader.sentences(taken));
        }
        for part in ranges {
            let own = range.start + part.start..range.start + part.end;
            let Some(members) = tokens.get_mut(own.clone()) else { continue };
            let number = sentences.len() as u32;
            members.iter_mut().for_each(|token| token.sentence = number);
            let (Some(a), Some(b)) = (members.first(), members.last()) else { continue };
            let span = a.span.cover(b.span);
            sentences.push(Sentence { span, tokens: own.start as u32..own.end as u32, paragraph: index as u32 });
        }
        paragraph.sentences = first..sentences.len() as u32;
    }
    write_small(&mut paragraphs, &sentences, &tokens);
    Page { text, folded, paragraphs, sentences, tokens, quotations: quotes.all, date_line: layout.day, warnings }
}

/// Words a text must have before the want of capitals in it says something.
const ENOUGH_WORDS: usize = 40;
/// Of so many words at most one may be a capital in a text that writes names small.
const ONE_CAPITAL_IN: usize = 40;

/// "The minister said venezuela will pay. He met the swiss bank.": a text whose only capitals begin its sentences
/// writes names small. Acronyms, and headlines in capitals, say nothing either way.
fn write_small(paragraphs: &mut [Paragraph], sentences: &[Sentence], tokens: &[Token]) {
    let inner = |p: &Paragraph| {
        let own = sentences.get(p.sentences.start as usize..p.sentences.end as usize).unwrap_or_default();
        own.iter().flat_map(|s| tokens.get(s.tokens.start as usize + 1..s.tokens.end as usize).unwrap_or_default())
    };
    let (mut small, mut capitals) = (0, 0);
    let sentence = |p: &&mut Paragraph| p.case == CaseHabit::Sentence;
    for p in paragraphs.iter_mut().filter(sentence) {
        for token in inner(p).filter(|t| t.kind == TokenKind::Word) {
            small += usize::from(token.shape == Shape::Lower);
            capitals += usize::from(matches!(token.shape, Shape::Capitalised | Shape::Mixed));
        }
    }
    if small >= ENOUGH_WORDS && capitals * ONE_CAPITAL_IN <= small {
        for p in paragraphs.iter_mut().filter(sentence) {
            if !inner(p).any(|t| matches!(t.shape, Shape::Capitalised | Shape::Mixed)) {
                p.case = CaseHabit::Lower;
            }
        }
    }
}

fn dateline(
    block: &Block,
    folded: &Folded,
    tokens: &[Token],
    words: &TextWords,
    case: CaseHabit,
    first: bool,
) -> usize {
    match block.kind {
        ParagraphKind::Body => {
            Opening { folded: &folded.text, tokens, words, case, first }.dateline().unwrap_or(0).min(tokens.len())
        }
        _ => 0,
    }
}

/// The text up to the last paragraph that ends within the limit.
fn cut(text: &str, limit: usize) -> &str {
    if text.len() <= limit {
        return text;
    }
    let mut end = limit;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    match head.rfind(['\n', '\r', '\u{2029}']) {
        // A text of one endless line is cut between two words.
        None => head.rfind(char::is_whitespace).map_or(head, |i| &head[..i]),
        Some(i) => {
            let head = &head[..i];
            match lines::lines(head).last() {
                Some(line) => &head[..line.span.end()],
                None => head,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words::for_tests;

    #[test]
    fn a_text_that_is_too_long_is_cut_at_a_paragraph() {
        let text = "Kerry met Lavrov.\nObama left.\nPutin stayed.\n";
        let page = read_up_to(text, &for_tests(), 35, Folded::default());
        assert_eq!(page.text, "Kerry met Lavrov.\nObama left.");
        assert_eq!(page.warnings.len(), 1);
        let page = read_up_to("كيري كيري كيري", &for_tests(), 13, Folded::default());
        assert_eq!(page.text, "كيري");
    }

    #[test]
    fn a_text_that_writes_names_small_is_seen_as_such() {
        let small =
            "The finance minister hugh hill met the swiss bank. He said that japan and norway would lend the money. "
                .repeat(4);
        assert_eq!(read(&small, &for_tests()).paragraphs[0].case, CaseHabit::Lower);
        let usual = small.replace("japan", "Japan");
        assert_eq!(read(&usual, &for_tests()).paragraphs[0].case, CaseHabit::Sentence);
    }

    #[test]
    fn a_buffer_is_used_again() {
        let words = for_tests();
        let first = read("Kerry met Lavrov.", &words);
        let second = read_up_to("Obama left.", &words, usize::MAX, first.folded);
        assert_eq!(second.folded.text, "obama left.");
        assert_eq!(second.word(1), "left");
        assert_eq!(second.raw(0), "Obama");
    }
}

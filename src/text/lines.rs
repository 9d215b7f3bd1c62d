//! Which lines make one paragraph?
//!
//! ```text
//! Bank of Japan sources said the bank          ┐
//! has no plans to cut its discount rate.       ┘ one paragraph: a typesetter broke the line
//!
//! Kerry said no. (long line …)                   one
//! He left Geneva. (long line …)                  another
//! ```

use crate::span::Span;
use crate::text::class::{self, Class};

/// Wider lines are never the work of a typesetter.
const WIDEST: usize = 100;
/// Narrower columns prove nothing.
const NARROWEST: usize = 30;

/// A line with something in it, trimmed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) span: Span,
    /// In characters.
    width: usize,
    /// A blank line (or the text's start) stands before it.
    pub(crate) after_blank: bool,
    /// Stands alone whatever its neighbours are: a date line, furniture.
    pub(crate) alone: bool,
}

/// The lines of a text, blank ones left out.
pub(crate) fn lines(text: &str) -> Vec<Line> {
    let mut all = Vec::new();
    let (mut start, mut after_blank) = (0, true);
    while start < text.len() {
        let rest = &text[start..];
        let (length, step) = next_break(rest);
        let inner = class::trim(&rest[..length]);
        if inner.is_empty() {
            after_blank = true;
        } else {
            let span = Span::of(start + inner.start..start + inner.end);
            let width = if inner.len() > WIDEST * 8 { usize::MAX } else { text[span].chars().count() };
            all.push(Line { span, width, after_blank, alone: false });
            after_blank = false;
        }
        start += step;
    }
    all
}

/// Where the first line of `rest` ends, and where the next begins.
fn next_break(rest: &str) -> (usize, usize) {
    let bytes = rest.as_bytes();
    let mut from = 0;
    // The two wider ones are NEL and the separators U+2028 and U+2029, by their first byte.
    let candidate = |b: &u8| matches!(b, b'\n' | b'\r' | 0x0B | 0x0C | 0xC2 | 0xE2);
    while let Some(i) = bytes.get(from..).and_then(|tail| tail.iter().position(candidate)).map(|i| from + i) {
        match &bytes[i..] {
            [b'\r', b'\n', ..] => return (i, i + 2),
            [0xC2, 0x85, ..] => return (i, i + 2),
            [0xE2, 0x80, 0xA8 | 0xA9, ..] => return (i, i + 3),
            [0xC2 | 0xE2, ..] => from = i + 1,
            _ => return (i, i + 1),
        }
    }
    (rest.len(), rest.len())
}

/// One paragraph: its bytes, and whether its lines were broken by a typesetter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Joined {
    pub(crate) span: Span,
    pub(crate) wrapped: bool,
    pub(crate) isolated: bool,
}

/// Puts lines together that make one paragraph.
pub(crate) fn join(text: &str, lines: &[Line]) -> Vec<Joined> {
    let mut paragraphs: Vec<Joined> = Vec::with_capacity(lines.len());
    let mut from = 0;
    while from < lines.len() {
        let mut to = from + 1;
        while to < lines.len() && !lines[to].after_blank && !lines[to].alone && !lines[from].alone {
            to += 1;
        }
        let block = &lines[from..to];
        let isolated = lines[from].after_blank && lines.get(to).is_none_or(|next| next.after_blank);
        let wrapped = is_wrapped(text, block);
        let width = block.iter().map(|line| line.width).max().unwrap_or(0);
        for (i, line) in block.iter().enumerate() {
            let joins = wrapped && i > 0 && !parts(text, block, i, width);
            match paragraphs.last_mut() {
                Some(last) if joins => {
                    last.span = last.span.cover(line.span);
                    last.wrapped = true;
                }
                _ => paragraphs.push(Joined { span: line.span, wrapped: false, isolated: isolated && !wrapped }),
            }
        }
        from = to;
    }
    paragraphs
}

/// Whether a typesetter broke the lines of this block: they are narrow, full (the next word would not have fitted),
/// and sentences run on over their ends.
fn is_wrapped(text: &str, block: &[Line]) -> bool {
    let width = block.iter().map(|line| line.width).max().unwrap_or(0);
    if block.len() < 2 || !(NARROWEST..=WIDEST).contains(&width) {
        return false;
    }
    let (mut goes_on, mut full, mut unstopped) = (0usize, 0usize, 0usize);
    for pair in block.windows(2) {
        let (this, next) = (&text[pair[0].span], &text[pair[1].span]);
        let stops = ends_sentence(this);
        let first = next.chars().next().unwrap_or(' ');
        let fills = pair[0].width + 1 + first_word(next) > width.saturating_sub(2);
        unstopped += usize::from(!stops);
        full += usize::from(!stops && fills);
        // In a script without case a full line without a stop is the only sign.
        let case = first.is_lowercase() || (Class::of(first) == Class::Arabic && fills);
        goes_on += usize::from(!stops && (case || (fills && first.is_numeric())));
    }
    let mostly = goes_on * 4 >= block.len() - 1 && goes_on * 2 >= unstopped;
    mostly && (full * 2 >= unstopped || goes_on * 4 >= unstopped * 3) && (goes_on > 1 || width >= 45)
}

/// Whether a paragraph begins with line `i` of a wrapped block: the line before ends a sentence although a word more
/// would have had room, or it is a headline.
fn parts(text: &str, block: &[Line], i: usize, width: usize) -> bool {
    let (Some(before), Some(this)) = (block.get(i - 1), block.get(i)) else { return true };
    let (last, next) = (&text[before.span], &text[this.span]);
    let room = before.width + 1 + first_word(next) + 4 < width;
    if ends_sentence(last) {
        return room && !next.starts_with(char::is_lowercase);
    }
    let shouts =
        |line: &str| !line.contains(char::is_lowercase) && line.chars().filter(|c| c.is_uppercase()).count() > 3;
    i == 1
        && !next.starts_with(char::is_lowercase)
        && (room || shouts(last))
        && Class::of(next.chars().next().unwrap_or(' ')) != Class::Arabic
        || i == 1 && shouts(last) && !shouts(next)
}

fn first_word(line: &str) -> usize {
    line.chars().take_while(|&c| !Class::of(c).is_white()).take(WIDEST).count()
}

/// Whether the line ends with a full stop, a question or an exclamation mark, closing marks aside.
pub(crate) fn ends_sentence(line: &str) -> bool {
    let closing =
        |c: char| matches!(c, '"' | '\'' | '”' | '’' | '»' | '›' | ')' | ']' | '}') || Class::of(c) == Class::Format;
    line.trim_end_matches(closing).ends_with(['.', '!', '?', '؟', '۔', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<&str> {
        join(text, &lines(text)).into_iter().map(|p| &text[p.span]).collect()
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "MINISTERS TO DISCUSS FISHERIES\nFisheries ministers of the two countries will\nmeet next week to discuss quotas, an official of\nthe northern ministry said.\nThe talks were put off twice. They are now due to be\nheld on an island between them.\n";
        let found = paragraphs(text);
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(found[1].starts_with("Fisheries") && found[2].ends_with("them."));
        let arabic = "قال الوزير في ختام اجتماعه مع نظيره في العاصمة إن\nالبلدين اتفقا على مواصلة التشاور حول القضايا التي\nتهم الجانبين وعلى عقد لقاء آخر قبل نهاية العام في\nالمدينة نفسها بحضور الخبراء";
        assert_eq!(paragraphs(arabic).len(), 1);
    }

    #[test]
    fn long_lines_and_short_ones_stand_alone() {
        let long = "The minister said that the two sides had agreed on every point that was still open when the last round of talks was broken off.";
        assert_eq!(paragraphs(&format!("{long}\n{long}\n{long}")).len(), 3);
        assert_eq!(paragraphs("Share\nPrint\nComments\n").len(), 3);
        assert_eq!(paragraphs("Kerry met Lavrov.\r\nObama left.\r\n\r\nEnd").len(), 3);
        assert!(paragraphs("\u{200F}\n \n\r\n").is_empty());
    }
}

//! What exactly is said, and in whose wording?
//!
//! ```text
//! Kerry said that the door “is open”.     the door “is open”     mixed
//! “The door is open,” Kerry said.         The door is open       direct
//! قال كيري إنه متفائل.                      إنه متفائل              indirect
//! ```
//!
//! The cue stands outside, and so do the outer quotation marks, a bare that / أن / إن and the stop of the sentence. A
//! stop inside of the quotation marks belongs to the speaker.

use crate::mention::MentionKind;
use crate::rules::stage::Stage;
use crate::span::Span;

/// A stretch of what is said, in tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) lo: u32,
    pub(crate) hi: u32,
    /// Folded bytes of the first token that stand outside: a clitic.
    pub(crate) cut: u32,
    /// The quotation that it is.
    pub(crate) quote: Option<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Direct,
    Indirect,
    Mixed,
}

/// What is said, trimmed.
#[derive(Clone, Debug)]
pub(crate) struct Content {
    spans: Vec<Span>,
    mode: Mode,
    /// The token after its last one, and its last quotation where it ends with one.
    end: u32,
    quote: Option<u32>,
}

impl Content {
    pub(crate) fn new(stage: &Stage<'_>, pieces: &[Piece]) -> Option<Self> {
        let mut content = Content { spans: Vec::new(), mode: Mode::Direct, end: 0, quote: None };
        let mut modes = Vec::new();
        for piece in pieces {
            let Some((span, trimmed)) = trim(stage, piece) else { continue };
            modes.push(match trimmed.quote {
                Some(_) => Mode::Direct,
                None if quotes_inside(stage, &trimmed) => Mode::Mixed,
                None => Mode::Indirect,
            });
            content.spans.push(span);
            content.end = content.end.max(trimmed.hi);
            content.quote = trimmed.quote;
        }
        let first = *modes.first()?;
        content.mode = if modes.iter().all(|m| *m == first) { first } else { Mode::Mixed };
        Some(content)
    }

    pub(crate) fn spans(&self) -> Vec<Span> {
        self.spans.clone()
    }

    pub(crate) fn is_indirect(&self) -> bool {
        self.mode == Mode::Indirect
    }

    pub(crate) fn mode(&self) -> &'static str {
        match self.mode {
            Mode::Direct => "direct",
            Mode::Indirect => "indirect",
            Mode::Mixed => "mixed",
        }
    }
}

/// Whether somebody's own words stand in it; a name in quotation marks is only a name.
fn quotes_inside(stage: &Stage<'_>, piece: &Piece) -> bool {
    let from = stage.quotes.partition_point(|q| q.lo < piece.lo);
    stage.quotes[from..].iter().take_while(|q| q.lo < piece.hi).any(|q| {
        let name = stage.slots_from(q.lo).any(|e| {
            let slot = stage.slot(e);
            slot.kind == MentionKind::Name && e.hi == q.hi
        });
        !name && q.inner.start < q.inner.end
    })
}

/// The bytes of a piece without what stands outside of what is said; and the piece as it then is.
pub(crate) fn trim(stage: &Stage<'_>, piece: &Piece) -> Option<(Span, Piece)> {
    let page = stage.page;
    let mut piece = *piece;
    if let Some(index) = piece.quote {
        let hi = piece.hi;
        piece.hi = drop_comma(stage, piece.lo, piece.hi);
        let span = bytes(stage, &piece)?;
        piece.hi = hi.max(stage.quote_around(piece.lo).filter(|q| q.index == index).map_or(hi, |q| q.hi));
        return Some((span, piece));
    }
    // A quotation that goes on past the sentence belongs to it whole.
    let inside = stage.quotes.partition_point(|q| q.lo < piece.hi);
    if let Some(quote) = stage.quotes[..inside].last().filter(|q| q.lo >= piece.lo && q.hi > piece.hi) {
        piece.hi = quote.hi;
    }
    loop {
        if piece.lo >= piece.hi {
            return None;
        }
        if piece.cut > 0 {
            break;
        }
        let opener = stage.read_at(piece.lo).iter().find(|r| stage.sense(r).opens && r.end < piece.hi);
        if let Some(opener) = opener {
            if stage.sense(opener).inside {
                piece.lo = opener.end - 1;
                break;
            }
            piece.lo = opener.end;
        } else if matches!(page.raw(piece.lo), "," | "،" | ":" | ";" | "؛" | "-" | "–" | "—" | "." | "..") {
            piece.lo += 1;
        } else {
            break;
        }
    }
    while piece.hi > piece.lo {
        let last = page.raw(piece.hi - 1);
        let dots = !last.is_empty() && last.chars().all(|c| matches!(c, '.' | '…'));
        // A mark that opens nothing, or closes what opened before the piece.
        let open = stage.quote_from(piece.hi - 1).is_some()
            || stage.quote_to(piece.hi).is_some_and(|q| q.lo < piece.lo && q.inner.end < q.hi);
        if dots || open || matches!(last, "," | "،" | ":" | ";" | "؛" | "-" | "–" | "—" | "(") {
            piece.hi -= 1;
        } else {
            break;
        }
    }
    let whole = stage.quote_from(piece.lo).filter(|q| q.hi == piece.hi && q.inner.start < q.inner.end);
    if let Some(quote) = whole {
        let inner = Piece { lo: quote.inner.start, hi: quote.inner.end, cut: 0, quote: Some(quote.index) };
        return trim(stage, &inner);
    }
    Some((bytes(stage, &piece)?, piece))
}

/// Within quotation marks a comma belongs to the sentence around: “It is open,” he said.
fn drop_comma(stage: &Stage<'_>, lo: u32, hi: u32) -> u32 {
    let mut hi = hi;
    while hi > lo + 1 && stage.is_comma(hi - 1) {
        hi -= 1;
    }
    hi
}

fn bytes(stage: &Stage<'_>, piece: &Piece) -> Option<Span> {
    let tokens = &stage.page.tokens;
    let (first, last) = (tokens.get(piece.lo as usize)?, tokens.get(piece.hi.checked_sub(1)? as usize)?);
    if piece.lo >= piece.hi {
        return None;
    }
    let start = if piece.cut == 0 {
        first.span.start()
    } else {
        let rest = first.folded.start() + piece.cut as usize..first.folded.end();
        stage.page.folded.original(Span::of(rest)).start()
    };
    (start < last.span.end()).then(|| Span::of(start..last.span.end()))
}

/// Adds to what is said the quotations that follow it without a cue of their own.
pub(crate) fn join<'c>(stage: &Stage<'_>, all: impl Iterator<Item = (&'c mut Content, &'c mut Vec<Span>)>) {
    let mut all: Vec<_> = all.collect();
    let mut taken: Vec<Span> = all.iter().flat_map(|(_, spans)| spans.iter().copied()).collect();
    taken.sort_unstable();
    let free = |span: Span| {
        let i = taken.partition_point(|t| t.start() < span.end());
        // Statements nest but little: what overlaps is among the last few that begin before the span's end. What is told
        // within the quotation does not take it away.
        !taken[..i].iter().rev().take(8).any(|t| t.overlaps(span) && (*t == span || !span.contains(*t)))
    };
    all.sort_by_key(|(content, _)| content.end);
    let sentence = |end: u32| end.checked_sub(1).and_then(|t| stage.page.tokens.get(t as usize)).map(|t| t.sentence);
    let ends: Vec<(u32, bool)> = all.iter().map(|(content, _)| (content.end, content.quote.is_some())).collect();
    let mut joined: Option<Span> = None;
    for (i, (content, spans)) in all.iter_mut().enumerate() {
        // Nothing is joined past the next statement; but “…,” said one who had praised the deal. “…”
        let here = sentence(content.end);
        let own = |&&(end, quoted): &&(u32, bool)| quoted || content.quote.is_none() || sentence(end) != here;
        let next_end = ends.get(i + 1..).unwrap_or_default().iter().take(8).find(own).map_or(u32::MAX, |e| e.0);
        while let Some(quote) = following(stage, content) {
            let open = |s: &Span| free(*s) && joined != Some(*s);
            let Some(span) = quote_span(stage, quote).filter(open) else { break };
            let q = &stage.quotes[quote];
            if q.lo >= next_end {
                break;
            }
            spans.push(span);
            joined = Some(span);
            if content.mode != Mode::Direct {
                content.mode = Mode::Mixed;
            }
            content.spans.push(span);
            content.end = q.hi;
            content.quote = Some(q.index);
        }
    }
}

fn quote_span(stage: &Stage<'_>, quote: usize) -> Option<Span> {
    let q = stage.quotes.get(quote)?;
    let piece = Piece { lo: q.inner.start, hi: q.inner.end, cut: 0, quote: Some(q.index) };
    trim(stage, &piece).map(|(span, _)| span)
}

/// The quotation that carries on the last one: it is marked so, or it makes up the next sentence.
fn following(stage: &Stage<'_>, content: &Content) -> Option<usize> {
    let page = stage.page;
    let i = stage.quotes.partition_point(|q| q.lo < content.end);
    let next = stage.quotes.get(i)?;
    let quotation = page.quotations.get(next.index as usize)?;
    if content.quote.is_some() && quotation.continues == content.quote {
        return Some(i);
    }
    let (last, first) = (page.tokens.get(content.end.checked_sub(1)? as usize)?, page.tokens.get(next.lo as usize)?);
    if last.paragraph != first.paragraph || first.sentence > last.sentence + 1 {
        return None;
    }
    // It opens its sentence, and its sentence holds nothing else.
    let here = page.sentences.get(first.sentence as usize)?;
    let final_token = page.tokens.get(next.hi.checked_sub(1)? as usize)?;
    let there = page.sentences.get(final_token.sentence as usize)?;
    let rest = next.hi..there.tokens.end.max(next.hi);
    let alone = here.tokens.start == next.lo && rest.clone().all(|t| stage.is_mark(t) && stage.quote_from(t).is_none());
    let between = (content.end..next.lo).all(|t| stage.is_mark(t)) || first.sentence == last.sentence + 1;
    (alone && between).then_some(i)
}

//! Which stretches stand between quotation marks?
//!
//! ```text
//! "We talked about ‘security,'" he said.
//! ╰──────── depth 0 ─────────╯    the inner one opens with ‘ and closes with '
//!                  ╰─ depth 1 ╯
//! ```
//!
//! Marks are paired by family (double, single, guillemets), by the side on which the blank stands, and by what is
//! open. One tenth of real articles has them unbalanced, so nothing here gives up: a quotation without an end ends
//! with its paragraph, and the page says so.

use crate::span::Span;
use crate::text::class::{self, Class};
use crate::text::mark::{Family, Mark, Marks, Side, straight_marks_nest};
use crate::text::{Paragraph, ParagraphKind, Quotation, Shape, Token, TokenKind};

/// Deeper marks are passed over.
const DEEPEST: usize = 8;
/// How far back the colon may stand that announced a quotation without an opening mark, in tokens.
const ANNOUNCED: usize = 80;
/// More warnings than this would say nothing new.
const WARNINGS: usize = 10;

/// What a token does for quotations; sentences look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    None,
    Opens,
    Closes,
}

/// All quotations of a page, outer ones before those inside them.
pub(crate) struct Quotations {
    pub(crate) all: Vec<Quotation>,
    /// For each token.
    pub(crate) roles: Vec<Role>,
    pub(crate) warnings: Vec<String>,
}

/// Pairs the quotation marks of a page.
pub(crate) fn quotations(text: &str, paragraphs: &[Paragraph], tokens: &[Token]) -> Quotations {
    let mut found = Quotations { all: Vec::new(), roles: vec![Role::None; tokens.len()], warnings: Vec::new() };
    let mut carried = None;
    for paragraph in paragraphs {
        if paragraph.kind == ParagraphKind::Furniture {
            continue;
        }
        let mut pairing = Pairing::new(text, paragraph, tokens, carried);
        pairing.run();
        let starts_quoted = pairing.quotes.first().is_some_and(|q| q.continues.is_some());
        if let Some((index, ..)) = carried
            && !starts_quoted
        {
            found.warn_open(index);
        }
        carried = None;
        // Where each draft went; those dropped went nowhere.
        let mut places: Vec<Option<usize>> = Vec::with_capacity(pairing.quotes.len());
        for quote in pairing.quotes.drain(..) {
            let index = found.all.len();
            places.push((!quote.dropped).then_some(index));
            if quote.dropped {
                continue;
            }
            if quote.closed_by.is_none() && quote.depth == 0 && !quote.taken_up {
                carried = Some((index, quote.family));
            } else if quote.closed_by.is_none() && !quote.taken_up {
                found.warn_open_at(quote.outer.start());
            }
            for role in found.roles.get_mut(quote.marks.clone()).unwrap_or_default() {
                *role = Role::Opens;
            }
            for role in quote.closed_by.clone().and_then(|marks| found.roles.get_mut(marks)).unwrap_or_default() {
                *role = Role::Closes;
            }
            let continues = match quote.continues {
                Some(Former::Carried) => pairing.carried.map(|(index, _)| index as u32),
                Some(Former::Here(draft)) => places.get(draft).copied().flatten().map(|index| index as u32),
                None => None,
            };
            found.all.push(Quotation {
                outer: quote.outer,
                inner: quote.inner,
                tokens: quote.tokens.start as u32..quote.tokens.end as u32,
                depth: quote.depth,
                closed: quote.closed_by.is_some(),
                continues,
            });
        }
        for at in pairing.strays {
            found.warn(format!("byte {at}: a quotation mark closes what none has opened"));
        }
    }
    if let Some((index, _)) = carried {
        found.warn_open(index);
    }
    found
}

impl Quotations {
    fn warn_open(&mut self, index: usize) {
        if let Some(quote) = self.all.get(index) {
            self.warn_open_at(quote.outer.start());
        }
    }

    fn warn_open_at(&mut self, at: usize) {
        self.warn(format!("byte {at}: a quotation has no closing mark; it is taken to end with its paragraph"));
    }

    fn warn(&mut self, text: String) {
        match self.warnings.len() {
            n if n < WARNINGS => self.warnings.push(text),
            WARNINGS => self.warnings.push("more quotation marks are unbalanced".to_owned()),
            _ => {}
        }
    }
}

/// A quotation in the making. Token indices are those of the page.
struct Draft {
    family: Family,
    form: Side,
    depth: u8,
    marks: std::ops::Range<usize>,
    closed_by: Option<std::ops::Range<usize>>,
    outer: Span,
    inner: Span,
    tokens: std::ops::Range<usize>,
    continues: Option<Former>,
    /// Another quotation carries this one on.
    taken_up: bool,
    /// Turned out to be an apostrophe.
    dropped: bool,
}

/// What a quotation carries on.
#[derive(Clone, Copy)]
enum Former {
    /// The one that the paragraph before left open.
    Carried,
    /// A draft of the same paragraph.
    Here(usize),
}

struct Pairing<'a> {
    text: &'a str,
    paragraph: &'a Paragraph,
    tokens: &'a [Token],
    carried: Option<(usize, Family)>,
    quotes: Vec<Draft>,
    /// Indices of the open ones.
    open: Vec<usize>,
    strays: Vec<usize>,
}

impl<'a> Pairing<'a> {
    fn new(text: &'a str, paragraph: &'a Paragraph, tokens: &'a [Token], carried: Option<(usize, Family)>) -> Self {
        Pairing { text, paragraph, tokens, carried, quotes: Vec::new(), open: Vec::new(), strays: Vec::new() }
    }

    fn run(&mut self) {
        let range = self.paragraph.tokens.start as usize..self.paragraph.tokens.end as usize;
        let marks = Marks { text: self.text, tokens: self.tokens, range }.marks();
        let nested = straight_marks_nest(&marks);
        // How many marks of each family may still close something, and how many straight double ones are left.
        let mut closers = [0usize; 3];
        let mut straight = 0;
        for mark in &marks {
            closers[mark.family as usize] += usize::from(mark.may_close());
            straight += usize::from(mark.family == Family::Double && mark.form == Side::Either);
        }
        for (i, mark) in marks.iter().enumerate() {
            closers[mark.family as usize] -= usize::from(mark.may_close());
            let is_open = self.open.iter().any(|&q| self.quotes[q].family == mark.family);
            match mark.family {
                Family::Single => self.single(mark, &marks[i + 1..], is_open, closers),
                Family::Double | Family::Guillemet => {
                    let opens = match (mark.form, mark.place) {
                        (Side::Open, Side::Close) => !is_open,
                        (Side::Open, _) => true,
                        (Side::Close, Side::Open) => !is_open,
                        // «لـ»المدينة»: the closing form on both sides.
                        (Side::Close, Side::Either) => !is_open && closers[mark.family as usize] > 0,
                        (Side::Close, Side::Close) => false,
                        (Side::Either, Side::Close) if !is_open => self.leans(mark, marks.get(i + 1)),
                        (Side::Either, _) if !is_open => true,
                        (Side::Either, Side::Open) => nested || self.top_is_curly() || straight % 2 == 0,
                        (Side::Either, _) => false,
                    };
                    if opens { self.opens(mark) } else { self.closes(mark, &closers) }
                }
            }
            straight -= usize::from(mark.family == Family::Double && mark.form == Side::Either);
        }
        self.end();
    }

    /// The innermost open double quotation began with a curly mark: a straight one may nest in it.
    fn top_is_curly(&self) -> bool {
        self.open.last().is_some_and(|&q| self.quotes[q].family == Family::Double && self.quotes[q].form == Side::Open)
    }

    /// Single marks are apostrophes more often than not: one opens only if another can close it, and after an s it
    /// closes only if no better one follows.
    fn single(&mut self, mark: &Mark, later: &[Mark], is_open: bool, [doubles, closers, _]: [usize; 3]) {
        let top = self.open.last().map(|&q| self.quotes[q].family);
        if !is_open && top == Some(Family::Double) && mark.may_close() && doubles == 0 && !self.after_s(mark) {
            // “full disarmament’ of: closed with half a mark.
            self.closes(mark, &[0; 3]);
        } else if !is_open {
            let opens = mark.place == Side::Open && mark.form != Side::Close && closers > 0;
            let decade = self
                .tokens
                .get(mark.end)
                .is_some_and(|t| t.kind == TokenKind::Number && self.text[t.span].ends_with('s'));
            if opens && !decade {
                self.opens(mark);
            }
        } else if mark.may_close() {
            let better = || later.iter().take(4).find(|m| m.family == Family::Single).is_some_and(|m| m.may_close());
            let blank_after =
                self.tokens.get(mark.end).is_some_and(|t| t.kind == TokenKind::Word && t.shape == Shape::Lower);
            if !(self.after_s(mark) && blank_after && better()) {
                self.closes(mark, &[0; 3]);
            }
        }
    }

    /// "workers'": an apostrophe as well as a closing mark.
    fn after_s(&self, mark: &Mark) -> bool {
        let before = mark.first.checked_sub(1).and_then(|i| self.tokens.get(i));
        before.is_some_and(|t| t.kind == TokenKind::Word && self.text[t.span].ends_with(['s', 'S']))
    }

    fn opens(&mut self, mark: &Mark) {
        if self.open.len() >= DEEPEST {
            return;
        }
        let Some((first, last)) = self.tokens.get(mark.first).zip(self.tokens.get(mark.end - 1)) else { return };
        let end = self.paragraph.span.end();
        let at_start = mark.first == self.paragraph.tokens.start as usize;
        let carries_on = at_start && self.quotes.is_empty() && self.carried.is_some() && mark.family != Family::Single;
        let continues = if carries_on { Some(Former::Carried) } else { self.taken_up_at(mark) };
        self.open.push(self.quotes.len());
        self.quotes.push(Draft {
            family: mark.family,
            form: mark.form,
            depth: (self.open.len() - 1) as u8,
            marks: mark.first..mark.end,
            closed_by: None,
            outer: Span::of(first.span.start()..end),
            inner: Span::of(last.span.end()..end),
            tokens: mark.end..self.paragraph.tokens.end as usize,
            continues,
            taken_up: false,
            dropped: false,
        });
    }

    /// Two paragraphs run together: a quotation is open, a sentence ends, and the same mark opens anew. The former
    /// one ends here.
    fn taken_up_at(&mut self, mark: &Mark) -> Option<Former> {
        let before = mark.first.checked_sub(1).and_then(|i| self.tokens.get(i))?;
        let &[q] = self.open.as_slice() else { return None };
        let quote = self.quotes.get_mut(q).filter(|quote| quote.family == mark.family)?;
        if !matches!(&self.text[before.span], "." | "!" | "?" | "؟") || quote.family == Family::Single {
            return None;
        }
        let end = before.span.end() as u32;
        quote.outer = Span::new(quote.outer.start() as u32, end);
        quote.inner = Span::new(quote.inner.start() as u32, end);
        quote.tokens.end = mark.first;
        quote.taken_up = true;
        self.open.clear();
        Some(Former::Here(q))
    }

    fn closes(&mut self, mark: &Mark, closers: &[usize; 3]) {
        let same = self.open.iter().rposition(|&q| self.quotes[q].family == mark.family);
        // «text" : another family's mark closes it if none of its own is to come.
        let other = || {
            let top = self.open.last().map(|&q| self.quotes[q].family)?;
            let fits = top != Family::Single && mark.place != Side::Open;
            (fits && closers[top as usize] == 0).then(|| self.open.len() - 1)
        };
        let Some(level) = same.or_else(other) else { return self.stray(mark) };
        for &inner in &self.open[level + 1..] {
            let quote = &mut self.quotes[inner];
            if quote.family == Family::Single {
                quote.dropped = true;
            } else if let Some(token) = self.tokens.get(mark.first) {
                let end = token.span.start() as u32;
                quote.outer = Span::new(quote.outer.start() as u32, end);
                quote.inner = Span::new(quote.inner.start() as u32, end);
                quote.tokens.end = mark.first;
            }
        }
        let dropped = self.open[level + 1..].len();
        if let Some(&q) = self.open.get(level)
            && let Some((first, last)) = self.tokens.get(mark.first).zip(self.tokens.get(mark.end - 1))
        {
            let quote = &mut self.quotes[q];
            quote.outer = Span::new(quote.outer.start() as u32, last.span.end() as u32);
            quote.inner = Span::new(quote.inner.start() as u32, first.span.start() as u32);
            quote.tokens.end = mark.first;
            quote.closed_by = Some(mark.first..mark.end);
        }
        self.open.truncate(self.open.len() - dropped - 1);
    }

    /// «عن" شركة الخبراء" أن»: both marks lean to the left, a few words apart.
    fn leans(&self, mark: &Mark, next: Option<&Mark>) -> bool {
        let word_before =
            mark.first.checked_sub(1).and_then(|i| self.tokens.get(i)).is_some_and(|t| t.kind == TokenKind::Word);
        word_before
            && next.is_some_and(|next| {
                let words = self.tokens.get(mark.end..next.first).unwrap_or_default();
                let plain = words.iter().all(|t| t.kind != TokenKind::Mark);
                next.family == mark.family
                    && next.place == Side::Close
                    && !words.is_empty()
                    && words.len() <= 6
                    && plain
            })
    }

    /// The opening mark was forgotten after a colon: «قال: إنهم غادروا».
    fn announced(&mut self, mark: &Mark) -> bool {
        let start = self
            .quotes
            .iter()
            .rev()
            .take(1)
            .map(|quote| quote.tokens.end)
            .fold(self.paragraph.tokens.start as usize, usize::max);
        let from = start.max(mark.first.saturating_sub(ANNOUNCED));
        let before = self.tokens.get(from..mark.first).unwrap_or_default();
        let Some(colon) = before.iter().rposition(|t| &self.text[t.span] == ":") else { return false };
        let first = from + colon + 1;
        let spaced = self
            .tokens
            .get(first)
            .is_some_and(|t| t.spaced || t.kind == TokenKind::Word && !self.text[t.span].is_ascii());
        let Some((begin, close)) = self
            .tokens
            .get(first)
            .zip(self.tokens.get(mark.first))
            .filter(|_| spaced && first < mark.first && self.open.is_empty())
        else {
            return false;
        };
        self.strays.push(close.span.start());
        self.quotes.push(Draft {
            family: mark.family,
            form: Side::Either,
            depth: 0,
            marks: first..first,
            closed_by: Some(mark.first..mark.end),
            outer: begin.span.cover(close.span),
            inner: Span::of(begin.span.start()..close.span.start()),
            tokens: first..mark.first,
            continues: None,
            taken_up: false,
            dropped: false,
        });
        true
    }

    /// A closing mark with nothing to close. It ends the quotation that the paragraph before left open, if this is
    /// the first mark of the paragraph.
    fn stray(&mut self, mark: &Mark) {
        let Some(token) = self.tokens.get(mark.first) else { return };
        if mark.family == Family::Single {
            return;
        }
        if self.carried.is_some_and(|(_, family)| family == mark.family) && self.quotes.is_empty() {
            let (start, first) = (self.paragraph.span.start(), self.paragraph.tokens.start as usize);
            self.quotes.push(Draft {
                family: mark.family,
                form: Side::Either,
                depth: 0,
                marks: first..first,
                closed_by: Some(mark.first..mark.end),
                outer: Span::of(start..token.span.end()),
                inner: Span::of(start..token.span.start()),
                tokens: first..mark.first,
                continues: Some(Former::Carried),
                taken_up: false,
                dropped: false,
            });
            return;
        }
        if self.announced(mark) {
            return;
        }
        // A number and a double mark are inches, not a mistake.
        let inches =
            mark.first.checked_sub(1).and_then(|i| self.tokens.get(i)).is_some_and(|t| t.kind == TokenKind::Number);
        if !inches {
            self.strays.push(token.span.start());
        }
    }

    fn end(&mut self) {
        for q in std::mem::take(&mut self.open) {
            self.quotes[q].dropped |= self.quotes[q].family == Family::Single;
        }
        let mut shallower = 0u8;
        for i in 0..self.quotes.len() {
            // An apostrophe taken back leaves what was inside it one level higher.
            if self.quotes[i].dropped {
                shallower = 1;
            } else if self.quotes[i].depth == 0 {
                shallower = 0;
            } else {
                self.quotes[i].depth -= shallower.min(self.quotes[i].depth);
            }
            let inner = self.quotes[i].inner;
            let blank = |c: char| Class::of(c).is_white() || Class::of(c) == Class::Format;
            let words = self.text.get(inner.range()).unwrap_or_default();
            if words.starts_with(blank) || words.ends_with(blank) {
                let kept = class::trim(words);
                self.quotes[i].inner = Span::of(inner.start() + kept.start..inner.start() + kept.end);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::text::read::read;
    use crate::text::words::for_tests;

    /// Every quotation as depth and words, an unclosed one with a dash.
    fn quotes(text: &str) -> Vec<String> {
        let page = read(text, &for_tests());
        let show = |q: &crate::text::Quotation| {
            let more = q.continues.map(|i| format!(" (continues {i})")).unwrap_or_default();
            format!("{}{}{}{more}", q.depth, if q.closed { " " } else { "-" }, &page.text[q.inner])
        };
        page.quotations.iter().map(show).collect()
    }

    #[test]
    fn pairs() {
        for (text, found) in [
            ("He said: \"We go.\" Then “no,” he said.", vec!["0 We go.", "0 no,"]),
            ("\"We ‘augment security,'\" he said.", vec!["0 We ‘augment security,'", "1 augment security,"]),
            ("قال «نحن \"هنا\" اليوم» وأضاف", vec!["0 نحن \"هنا\" اليوم", "1 هنا"]),
            ("استعرض \"النجاحات\" لـ\"سيناء\" و\"الحرب\"التي", vec!["0 النجاحات", "0 سيناء", "0 الحرب"]),
            ("``It works,'' he said. \"\"So,\"\" she said.", vec!["0 It works,", "0 So,"]),
            ("Don't ask the workers' union about '90s rock 'n' roll", vec!["0 n"]),
            ("The 'workers' rights' act", vec!["0 workers' rights"]),
            ("Hobbit picture 'four years away'", vec!["0 four years away"]),
            ("„Wir gehen“, sagte er", vec!["0 Wir gehen"]),
            ("«من هنا\" قال", vec!["0 من هنا"]),
            ("\" كلام \" ثم", vec!["0 كلام"]),
            ("\"He said \"no\" to me\" she said", vec!["0 He said \"no\" to me", "1 no"]),
            ("foo\" bar \"baz\"", vec!["0 baz"]),
            ("مصادر لـ»المدينة»، وبـ”العمل” و” الأمل ” ثم", vec!["0 المدينة", "0 العمل", "0 الأمل"]),
            ("the “full disarmament’ of both", vec!["0 full disarmament"]),
            ("صادر عن\" شركة الخبراء المالية\" أن", vec!["0 شركة الخبراء المالية"]),
            ("قال: إنهم غادروا أمس». ثم عاد", vec!["0 إنهم غادروا أمس"]),
            ("القريب..\"مدلول\" و \"ظبي\"", vec!["0 مدلول", "0 ظبي"]),
            ("He left.\"We go,\" she said.\"No.\"", vec!["0 We go,", "0 No."]),
        ] {
            let expected: Vec<String> = found.into_iter().map(str::to_owned).collect();
            assert_eq!(quotes(text), expected, "{text}");
        }
    }

    #[test]
    fn over_paragraphs_and_without_end() {
        let long = "\"We will go on with this work until it is done.\n\n\"We will not stop,\" he said.";
        assert_eq!(
            quotes(long),
            ["0-We will go on with this work until it is done.", "0 We will not stop, (continues 0)"]
        );
        assert!(read(long, &for_tests()).warnings.is_empty());
        let open = "He said \"we go and never came back to it.\n\nThat was all.";
        assert_eq!(quotes(open), ["0-we go and never came back to it."]);
        assert_eq!(read(open, &for_tests()).warnings.len(), 1);
    }

    #[test]
    fn a_paragraph_that_was_two() {
        let text = "He went on: \"They are weak. They know it. \"They will not stay.\" Then he left.";
        assert_eq!(quotes(text), ["0-They are weak. They know it.", "0 They will not stay. (continues 0)"]);
        assert!(read(text, &for_tests()).warnings.is_empty());
    }

    #[test]
    fn very_many_marks() {
        for mark in ["\"", "« ", "‘a ", "“a "] {
            let text = mark.repeat(10_000);
            let page = read(&text, &for_tests());
            assert!(page.quotations.len() <= 10_000 && page.warnings.len() <= 11);
        }
    }
}

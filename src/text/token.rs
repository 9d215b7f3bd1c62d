//! Where does each word, number and mark begin and end?
//!
//! ```text
//! "Bahrain's U.S.-led talks, أ.د.ناصر"
//!  Bahrain │ 's │ U.S. │ - │ led │ talks │ , │ أ.د. │ ناصر
//! ```
//!
//! Arabic words are never cut at clitics here: only a known name can tell a clitic from a letter of the word.

use crate::span::Span;
use crate::text::align::Walk;
use crate::text::class::{Class, is_apostrophe};
use crate::text::words::{After, TextWords};
use crate::text::{CaseHabit, Shape, Token, TokenKind};

/// How far to look for the @ of an e-mail address, in bytes.
const ADDRESS: usize = 64;
/// No listed abbreviation is longer, in bytes.
const ABBREVIATION: usize = 24;

/// Reads the tokens of one paragraph and appends them.
pub(crate) fn tokenize(
    text: &str,
    span: Span,
    paragraph: u32,
    walk: &mut Walk<'_>,
    words: &TextWords,
    out: &mut Vec<Token>,
) {
    let scan = Scan { text: text.get(..span.end()).unwrap_or(text), words };
    let mut at = span.start();
    let (mut spaced, mut word_end) = (true, None);
    while let Some(c) = scan.char(at) {
        let class = Class::of(c);
        let (end, kind) = match class {
            Class::Space | Class::Break => {
                spaced = true;
                at += c.len_utf8();
                continue;
            }
            Class::Format | Class::Combining => {
                at += c.len_utf8();
                continue;
            }
            Class::Latin | Class::Arabic | Class::Letter => (scan.word(at, class), TokenKind::Word),
            Class::Digit => (scan.number(at), TokenKind::Number),
            Class::Tatweel => (scan.run(at, c), TokenKind::Mark),
            Class::Symbol => match scan.possessive(at).filter(|_| word_end == Some(at)) {
                Some(end) => (end, TokenKind::Word),
                None => match scan.handle(at, c) {
                    Some(end) => (end, TokenKind::Word),
                    None if matches!(c, '.' | '-' | '—' | '–' | '_' | '*' | '=') => {
                        (scan.run(at, c), TokenKind::Mark)
                    }
                    None => (at + c.len_utf8(), TokenKind::Mark),
                },
            },
        };
        let token = Span::of(at..end);
        let shape = if kind == TokenKind::Word { shape(&text[token]) } else { Shape::Caseless };
        out.push(Token { span: token, folded: walk.folded(token), kind, shape, spaced, sentence: 0, paragraph });
        word_end = (kind != TokenKind::Mark && class != Class::Arabic).then_some(end);
        at = end;
        spaced = false;
    }
}

struct Scan<'a> {
    /// The text up to the end of the paragraph.
    text: &'a str,
    words: &'a TextWords,
}

impl Scan<'_> {
    fn rest(&self, at: usize) -> &str {
        self.text.get(at..).unwrap_or_default()
    }

    fn char(&self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    fn class(&self, at: usize) -> Option<Class> {
        self.char(at).map(Class::of)
    }

    /// Where the run of this character ends.
    fn run(&self, at: usize, c: char) -> usize {
        self.text.len() - self.rest(at).trim_start_matches(c).len()
    }

    /// The end of the word that begins at `at`, with the dots of an abbreviation.
    fn word(&self, at: usize, script: Class) -> usize {
        if script == Class::Latin
            && let Some(end) = self.address(at)
        {
            return end;
        }
        let end = self.letters(at, script);
        if self.char(end) == Some('.') { self.dotted(at, end, script).unwrap_or(end) } else { end }
    }

    /// Letters of one script with their marks, apostrophes inside, digits after Latin ones.
    fn letters(&self, at: usize, script: Class) -> usize {
        let mut end = at;
        while let Some(c) = self.char(end) {
            if script == Class::Latin && c.is_ascii_alphanumeric() {
                // A run of plain letters and digits, the most frequent by far.
                end += self.rest(end).bytes().take_while(u8::is_ascii_alphanumeric).count();
                continue;
            }
            let class = Class::of(c);
            let next = end + c.len_utf8();
            match class {
                _ if class == script => {}
                Class::Combining => {}
                Class::Tatweel if script == Class::Arabic => {}
                Class::Digit if script != Class::Arabic && c.is_ascii_digit() => {}
                Class::Format => {
                    // Invisible characters in a row are passed at once, so that none is looked at twice.
                    let unseen = |c: char| Class::of(c) == Class::Format;
                    let after = self.text.len() - self.rest(end).trim_start_matches(unseen).len();
                    if self.class(after) != Some(script) {
                        break;
                    }
                    end = after;
                    continue;
                }
                _ if script != Class::Arabic && is_apostrophe(c) => {
                    let after = self.after_apostrophe(end, c);
                    if self.class(after) != Some(script) || self.possessive(end).is_some() {
                        break;
                    }
                    end = after;
                    continue;
                }
                _ => break,
            }
            end = next;
        }
        end
    }

    /// Past an apostrophe, single or doubled ("vhp''s").
    fn after_apostrophe(&self, at: usize, c: char) -> usize {
        let next = at + c.len_utf8();
        if c == '\'' && self.rest(next).starts_with('\'') { next + 1 } else { next }
    }

    /// The end of the 's that stands at `at`.
    fn possessive(&self, at: usize) -> Option<usize> {
        let c = self.char(at).filter(|&c| is_apostrophe(c))?;
        let s = self.after_apostrophe(at, c);
        let end = s + 1;
        let ends =
            !self.class(end).is_some_and(|class| class.is_letter() || matches!(class, Class::Digit | Class::Combining));
        (matches!(self.char(s), Some('s' | 'S')) && ends).then_some(end)
    }

    /// The end of an abbreviation or a domain name whose first part is `at..end`; a dot stands at `end`.
    fn dotted(&self, at: usize, end: usize, script: Class) -> Option<usize> {
        self.initials(at, end, script).or_else(|| self.listed(at, end, script)).or_else(|| self.domain(end, script))
    }

    /// "U.S.", "J.R.R.", "a.m.", «أ.ف.ب», "J." – letters with a dot each.
    fn initials(&self, at: usize, end: usize, script: Class) -> Option<usize> {
        let single = |from: usize, to: usize| {
            from < to && self.text[from..to].chars().filter(|&c| Class::of(c) == script).count() == 1
        };
        if !single(at, end) || self.text[at..end].contains('\u{640}') {
            return None;
        }
        let (mut last, mut dots) = (end + 1, 1);
        while let Some(class) = self.class(last)
            && class == script
        {
            let stop = self.one_letter(last);
            match self.class(stop) {
                Some(
                    Class::Latin | Class::Arabic | Class::Letter | Class::Combining | Class::Digit | Class::Tatweel,
                ) => break,
                _ if self.char(stop) == Some('.') => (last, dots) = (stop + 1, dots + 1),
                // "U.S-led", «أ.ف.ب»: the last dot is left out.
                _ => return Some(stop),
            }
        }
        if dots > 1 {
            return Some(last);
        }
        let capital = self.char(at).is_some_and(char::is_uppercase);
        (script == Class::Latin && capital && !self.closes_paragraph(last)).then_some(last)
    }

    fn one_letter(&self, at: usize) -> usize {
        let mut chars = self.rest(at).char_indices();
        chars.next();
        chars.find(|&(_, c)| Class::of(c) != Class::Combining).map_or(self.text.len(), |(i, _)| at + i)
    }

    /// An abbreviation of the list, the longest that fits.
    fn listed(&self, at: usize, end: usize, script: Class) -> Option<usize> {
        let fits = |&(i, c): &(usize, char)| {
            i < ABBREVIATION && (c == '.' || matches!(Class::of(c), Class::Combining) || Class::of(c) == script)
        };
        let run = self.rest(at).char_indices().take_while(fits);
        let dots: Vec<usize> =
            run.filter(|&(_, c)| c == '.').map(|(i, _)| at + i + 1).filter(|&stop| stop > end).collect();
        dots.into_iter().rev().find(|&stop| {
            let raw = &self.text[at..stop];
            let Some(known) = self.words.abbreviation(&crate::text::fold::fold_str(raw)) else { return false };
            if known.capital && !raw.contains(char::is_uppercase) {
                return false;
            }
            match known.after {
                After::Number => self.char(self.blank(stop)).is_some_and(|c| Class::of(c) == Class::Digit),
                After::Name | After::Anything => !self.closes_paragraph(stop),
            }
        })
    }

    fn blank(&self, at: usize) -> usize {
        self.text.len()
            - self.rest(at).trim_start_matches(|c| Class::of(c).is_white() || Class::of(c) == Class::Format).len()
    }

    /// Nothing but closing marks follows: a dot here is the full stop.
    fn closes_paragraph(&self, at: usize) -> bool {
        let closing = |c: char| {
            matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']')
                || Class::of(c).is_white()
                || Class::of(c) == Class::Format
        };
        // A few marks at most, lest a page of them be read again and again.
        self.rest(at).chars().take(8).all(closing)
    }

    /// "Example.com": the name of a site.
    fn domain(&self, end: usize, script: Class) -> Option<usize> {
        if script != Class::Latin {
            return None;
        }
        let mut last = end;
        while self.rest(last).starts_with('.') && last < end + ADDRESS {
            let label = last + 1;
            let stop = self
                .rest(label)
                .bytes()
                .position(|b| !b.is_ascii_alphanumeric() && b != b'-')
                .map_or(self.text.len(), |i| label + i);
            let known =
                ["com", "org", "net", "gov", "edu", "info", "int", "news", "tv"].contains(&&self.text[label..stop]);
            if known && (self.char(stop) != Some('.') || self.class(stop + 1) != Some(Class::Latin)) {
                return Some(stop);
            }
            if stop == label || !self.rest(label).starts_with(|c: char| c.is_ascii_lowercase()) {
                return None;
            }
            last = stop;
        }
        None
    }

    /// The end of a web or e-mail address.
    fn address(&self, at: usize) -> Option<usize> {
        let rest = self.rest(at);
        let begins = |with: &str| rest.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with));
        if rest.starts_with(['h', 'H', 'w', 'W']) && (begins("http://") || begins("https://") || begins("www.")) {
            return Some(at + until_blank(rest));
        }
        let part = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-');
        let name = rest.bytes().take(ADDRESS).position(|b| !part(b))?;
        let tail = rest.get(name..)?.strip_prefix('@')?;
        let domain = until_blank(tail);
        (tail.starts_with(|c: char| c.is_ascii_alphanumeric()) && tail[..domain].contains('.'))
            .then_some(at + name + 1 + domain)
    }

    /// "@minister", "#geneva", «#البحرين».
    fn handle(&self, at: usize, c: char) -> Option<usize> {
        if !matches!(c, '@' | '#') {
            return None;
        }
        let rest = self.rest(at + 1);
        let inside = |c: char| {
            let class = Class::of(c);
            class.is_letter() && (c.is_ascii() || self.text[at..].starts_with('#'))
                || class == Class::Digit
                || c == '_'
                || class == Class::Combining
        };
        let length = rest.find(|c| !inside(c)).unwrap_or(rest.len());
        rest[..length].contains(char::is_alphabetic).then_some(at + 1 + length)
    }

    /// Digits with the points and commas between them, and the letters of "15th", "1980s", "5bn".
    fn number(&self, at: usize) -> usize {
        let mut end = at;
        while let Some(c) = self.char(end) {
            let next = end + c.len_utf8();
            match Class::of(c) {
                Class::Digit => {}
                Class::Symbol if matches!(c, '.' | ',' | '٫' | '٬') && self.class(next) == Some(Class::Digit) => {}
                _ => break,
            }
            end = next;
        }
        match self.class(end) {
            Some(Class::Latin) => self.letters(end, Class::Latin),
            _ => end,
        }
    }
}

/// The length of an address at the start of `rest`, without the punctuation that follows it.
fn until_blank(rest: &str) -> usize {
    let outside =
        |c: char| !c.is_ascii() || c.is_ascii_whitespace() || c.is_ascii_control() || "\"<>[]{}|\\^`".contains(c);
    let length = rest.find(outside).unwrap_or(rest.len());
    rest[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', ')']).len()
}

fn shape(word: &str) -> Shape {
    // Two bytes each, from U+0600 to U+06FF: no letter there has a case.
    if word.bytes().all(|b| matches!(b, 0x80..=0xBF | 0xD8..=0xDB)) {
        return Shape::Caseless;
    }
    // Addresses and tags say nothing by their letters.
    if word.starts_with(['@', '#']) || word.contains('/') && word.contains("://") || word.contains('@') {
        return Shape::Caseless;
    }
    let (mut first_capital, mut capitals, mut small) = (false, 0usize, 0usize);
    for c in word.chars() {
        if c.is_uppercase() {
            first_capital |= small == 0;
            capitals += 1;
        } else if c.is_lowercase() {
            small += 1;
        }
    }
    match (capitals, small) {
        (0, 0) => Shape::Caseless,
        (0, _) => Shape::Lower,
        (_, 0) => Shape::Upper,
        _ if first_capital => Shape::Capitalised,
        _ => Shape::Mixed,
    }
}

/// What capitals tell in this paragraph. `closed` says whether a token is a function word, which headlines write small.
pub(crate) fn case_habit(tokens: &[Token], closed: impl Fn(&Token) -> bool) -> CaseHabit {
    let (mut all, mut upper, mut capital, mut small, mut small_closed) = (0usize, 0usize, 0usize, 0usize, 0usize);
    let cased = |token: &&Token| token.kind == TokenKind::Word && token.shape != Shape::Caseless;
    let starts_small = tokens.iter().find(cased).is_some_and(|token| token.shape == Shape::Lower);
    for token in tokens.iter().filter(|token| token.kind == TokenKind::Word) {
        match token.shape {
            Shape::Caseless => continue,
            // "'s" and "a" are small everywhere.
            Shape::Lower if token.span.len() <= 2 || closed(token) => small_closed += 1,
            Shape::Lower => small += 1,
            Shape::Upper if token.span.len() > 1 => upper += 1,
            Shape::Upper | Shape::Capitalised | Shape::Mixed => capital += 1,
        }
        all += 1;
    }
    if all == 0 {
        CaseHabit::Caseless
    } else if upper >= 2 && upper * 5 >= all * 4 {
        CaseHabit::Upper
    } else if upper + capital == 0 || starts_small && all >= 12 && (upper + capital) * 12 <= all {
        // Stray capitals (a row of share buttons, an acronym) do not make a text without capitals an ordinary one.
        CaseHabit::Lower
    } else if capital + upper >= 3 && small * 9 <= capital + upper && all <= 40 && small_closed < all {
        CaseHabit::Title
    } else {
        CaseHabit::Sentence
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;
    use crate::text::words::for_tests;

    fn split(text: &str) -> String {
        let folded = fold(text);
        let mut out = Vec::new();
        tokenize(text, Span::of(0..text.len()), 0, &mut folded.walk(), &for_tests(), &mut out);
        for token in &out {
            assert_eq!(token.folded, folded.folded(token.span));
        }
        out.iter().map(|t| &text[t.span]).collect::<Vec<_>>().join("│")
    }

    #[test]
    fn words() {
        for (text, tokens) in [
            ("Bahrain's can't Qur’an O'Brien", "Bahrain│'s│can't│Qur’an│O'Brien"),
            ("the workers' rights", "the│workers│'│rights"),
            ("vhp''s as''ad", "vhp│''s│as''ad"),
            ("US-led Al-Thani", "US│-│led│Al│-│Thani"),
            ("the U.S. and J.R.R. Tolkien at 5 a.m. ok", "the│U.S.│and│J.R.R.│Tolkien│at│5│a.m.│ok"),
            ("John F. Kerry, Gen. Dempsey, Ph.D. work", "John│F.│Kerry│,│Gen.│Dempsey│,│Ph.D.│work"),
            ("He said no. No. 10 agreed", "He│said│no│.│No.│10│agreed"),
            ("in the U.S-led force.", "in│the│U.S│-│led│force│."),
            ("plan B.", "plan│B│."),
            ("Apple Inc.", "Apple│Inc│."),
            ("1,200 or 3.5% of 2015.", "1,200│or│3.5│%│of│2015│."),
            ("the 15th and 1980s", "the│15th│and│1980s"),
            ("end.. more... -- no", "end│..│more│...│--│no"),
            (
                "see https://example.org/a?b=1, or www.example.com.",
                "see│https://example.org/a?b=1│,│or│www.example.com│.",
            ),
            ("mail a.b@example.org now @min #geneva", "mail│a.b@example.org│now│@min│#geneva"),
            ("Example.com said", "Example.com│said"),
            ("process.We go", "process│.│We│go"),
        ] {
            assert_eq!(split(text), tokens, "{text:?}");
        }
    }

    #[test]
    fn arabic_words() {
        for (text, tokens) in [
            ("د.ناصر و أ.د.محمد", "د.│ناصر│و│أ.د.│محمد"),
            ("قال م. علي", "قال│م.│علي"),
            ("(أ.ف.ب) و(د.ب.أ)", "(│أ.ف.ب│)│و│(│د.ب.أ│)"),
            ("وبالبحرين، «للسعودية»", "وبالبحرين│،│«│للسعودية│»"),
            ("في10شوال 1436هـ.", "في│10│شوال│1436│هـ│."),
            ("المنطقة.وقال", "المنطقة│.│وقال"),
            ("القائِـــم ـ بالأعمال", "القائِـــم│ـ│بالأعمال"),
            ("٣٫٥ و١٢", "٣٫٥│و│١٢"),
            ("كيري\u{200F}Kerry", "كيري│Kerry"),
            ("عادل #الجبير", "عادل│#الجبير"),
            ("سيناء2018", "سيناء│2018"),
        ] {
            assert_eq!(split(text), tokens, "{text:?}");
        }
    }

    #[test]
    fn shapes() {
        use Shape::*;
        for (word, expected) in [
            ("Kerry", Capitalised),
            ("McCain", Capitalised),
            ("USA", Upper),
            ("U.S.", Upper),
            ("A", Upper),
            ("met", Lower),
            ("iPhone", Mixed),
            ("كيري", Caseless),
            ("#Geneva", Caseless),
        ] {
            assert_eq!(shape(word), expected, "{word}");
        }
    }
}

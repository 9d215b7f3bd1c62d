//! Pages and scenes for tests of the rules, without the other stages.
//!
//! ```text
//! "[p1|John Kerry] met [c2|Iran]"  ─►  text "John Kerry met Iran", a person slot (entity 1), a country slot (entity 2)
//! ```
//!
//! The letter is the kind (p person, o organisation, c country, l place, d date), an upper-case letter a role, `h` a
//! pronoun; the number the entity, none for an unresolved one. `[p1/Foreign Minister/2|…]` gives a person a role that
//! stands at the head of the words, and the country of it.

use crate::entity::EntityKind;
use crate::mention::MentionKind;
use crate::rules::{Number, RoleOf, Scene, Slot};
use crate::span::Span;
use crate::text::{
    CaseHabit, Language, Page, Paragraph, ParagraphKind, Quotation, Sentence, Shape, Token, TokenKind, fold,
};

/// A page by the simplest of readings: a paragraph a line, sentences end at stops, quotes pair off.
pub(crate) fn page(text: &str) -> Page<'_> {
    let mut page = Page {
        text,
        folded: fold::fold(text),
        paragraphs: Vec::new(),
        sentences: Vec::new(),
        tokens: Vec::new(),
        quotations: Vec::new(),
        date_line: None,
        warnings: Vec::new(),
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        paragraph(&mut page, at, line);
        at += line.len();
    }
    page
}

fn paragraph(page: &mut Page<'_>, at: usize, line: &str) {
    if line.trim().is_empty() {
        return;
    }
    let number = page.paragraphs.len() as u32;
    let (first_token, first_sentence) = (page.tokens.len(), page.sentences.len());
    let mut sentence_start = first_token;
    let mut open: Option<(usize, usize)> = None;
    let mut rest = line;
    while let Some(c) = rest.chars().next() {
        let start = at + line.len() - rest.len();
        let inner = |c: char| c.is_alphanumeric() || ('\u{64B}'..='\u{65F}').contains(&c) || "ـ'’_".contains(c);
        let length = if c.is_whitespace() {
            rest = &rest[c.len_utf8()..];
            continue;
        } else if inner(c) && c != '\'' && c != '’' {
            let all = rest.find(|c| !inner(c)).unwrap_or(rest.len());
            let word = &rest[..all];
            word.strip_suffix("'s").or(word.strip_suffix("’s")).map_or(all, str::len)
        } else if rest.starts_with("'s") {
            2
        } else {
            c.len_utf8()
        };
        let span = Span::of(start..start + length);
        let is_word = inner(c);
        page.tokens.push(Token {
            span,
            folded: page.folded.folded(span),
            kind: if c.is_ascii_digit() {
                TokenKind::Number
            } else if is_word {
                TokenKind::Word
            } else {
                TokenKind::Mark
            },
            shape: if c.is_uppercase() { Shape::Capitalised } else { Shape::Lower },
            spaced: start == at || page.text[..start].ends_with(char::is_whitespace),
            sentence: page.sentences.len() as u32,
            paragraph: number,
        });
        rest = &rest[length..];
        let here = page.tokens.len();
        let closes = match (c, open) {
            ('"', None) | ('«' | '“', _) => {
                open = Some((start, here));
                false
            }
            ('"' | '»' | '”', Some((from, first))) => {
                page.quotations.push(Quotation {
                    outer: Span::of(from..start + length),
                    inner: Span::of(from + page.text[from..].chars().next().unwrap().len_utf8()..start),
                    tokens: first as u32..here as u32 - 1,
                    depth: 0,
                    closed: true,
                    continues: None,
                });
                open = None;
                let stop = page.tokens.len() >= 2 && matches!(page.raw(here as u32 - 2), "." | "!" | "?" | "؟");
                stop && !rest.trim_start().starts_with(|c: char| c.is_lowercase() || c == ',')
            }
            ('.' | '!' | '?' | '؟', _) => !rest.starts_with(['"', '»', '”']),
            _ => false,
        };
        if closes || rest.trim().is_empty() {
            let (from, to) = (page.tokens[sentence_start].span, page.tokens[here - 1].span);
            page.sentences.push(Sentence {
                span: from.cover(to),
                tokens: sentence_start as u32..here as u32,
                paragraph: number,
            });
            sentence_start = here;
        }
    }
    let arabic = line.chars().filter(|c| ('\u{600}'..='\u{6ff}').contains(c)).count() * 2 > line.chars().count() / 2;
    let headline = line.starts_with('#');
    page.paragraphs.push(Paragraph {
        span: Span::of(at..at + line.trim_end().len()),
        kind: if headline { ParagraphKind::Headline } else { ParagraphKind::Body },
        language: if arabic { Language::Arabic } else { Language::English },
        copy_of: None,
        case: CaseHabit::Sentence,
        dateline: None,
        tokens: first_token as u32..page.tokens.len() as u32,
        sentences: first_sentence as u32..page.sentences.len() as u32,
    });
}

/// A slot while its text is known only by bytes.
struct Mark {
    kind: char,
    entity: Option<u32>,
    role: Option<(String, Option<u32>)>,
    bytes: std::ops::Range<usize>,
}

/// The text of a marked sentence, and its slots.
pub(crate) struct Mock {
    pub(crate) text: String,
    marks: Vec<Mark>,
}

impl Mock {
    pub(crate) fn new(marked: &str) -> Self {
        let mut mock = Mock { text: String::new(), marks: Vec::new() };
        let mut open = Vec::new();
        let mut rest = marked;
        while let Some(c) = rest.chars().next() {
            if let (Some(inner), '[') = (rest.strip_prefix('['), c) {
                let (tag, after) = inner.split_once('|').expect("a tag");
                let mut parts = tag.split('/');
                let head = parts.next().unwrap();
                let role = parts.next().map(|r| (r.to_owned(), parts.next().map(|n| n.parse().unwrap())));
                open.push((head.to_owned(), role, mock.text.len()));
                rest = after;
            } else if c == ']' {
                let (head, role, start) = open.pop().expect("an opening bracket");
                let kind = head.chars().next().unwrap();
                let entity = head[1..].parse().ok();
                mock.marks.push(Mark { kind, entity, role, bytes: start..mock.text.len() });
                rest = &rest[1..];
            } else {
                mock.text.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        mock.marks.sort_by_key(|m| (m.bytes.start, std::cmp::Reverse(m.bytes.end)));
        mock
    }

    pub(crate) fn slots(&self, page: &Page<'_>) -> Vec<Slot> {
        let mut slots: Vec<Slot> = Vec::new();
        for mark in &self.marks {
            let lo = page.tokens.partition_point(|t| t.span.end() <= mark.bytes.start) as u32;
            let hi = page.tokens.partition_point(|t| t.span.start() < mark.bytes.end) as u32;
            let span = Span::of(mark.bytes.clone());
            let mut head = span;
            let role = mark.role.as_ref().map(|(words, country)| {
                let length = words.len();
                let space = self.text[mark.bytes.start + length..].len()
                    - self.text[mark.bytes.start + length..].trim_start().len();
                if length < mark.bytes.len() {
                    head = Span::of(mark.bytes.start + length + space..mark.bytes.end);
                }
                let own = Span::of(mark.bytes.start..mark.bytes.start + length);
                RoleOf {
                    span: own,
                    whole: own,
                    country: *country,
                    organisation: None,
                    status: "",
                    office: String::new(),
                    sole: false,
                    vague: false,
                    private: false,
                }
            });
            let (kind, ty) = match mark.kind {
                'h' => (MentionKind::Pronoun, EntityKind::Person),
                'm' => (MentionKind::Demonym, EntityKind::Country),
                c => {
                    let ty = match c.to_ascii_lowercase() {
                        'p' => EntityKind::Person,
                        'o' => EntityKind::Organisation,
                        'c' => EntityKind::Country,
                        'l' => EntityKind::Place,
                        'd' => EntityKind::Date,
                        other => panic!("no kind {other}"),
                    };
                    let kind = if ty == EntityKind::Date {
                        MentionKind::Date
                    } else if c.is_uppercase() {
                        MentionKind::Role
                    } else {
                        MentionKind::Name
                    };
                    (kind, ty)
                }
            };
            let nested = slots.iter().any(|s| s.tokens.start <= lo && hi <= s.tokens.end);
            let clitic = page.tokens[lo as usize].folded;
            let cut = mark.bytes.start.saturating_sub(page.tokens[lo as usize].span.start());
            slots.push(Slot {
                more_roles: Vec::new(),
                tokens: lo..hi,
                head,
                span,
                clitic: Span::of(clitic.start()..clitic.start() + cut),
                kind,
                ty,
                entities: mark.entity.into_iter().collect(),
                number: Number::One,
                female: None,
                role,
                nested,
            });
        }
        slots
    }

    pub(crate) fn with<T>(&self, look: impl FnOnce(&Scene<'_>) -> T) -> T {
        let page = page(&self.text);
        let slots = self.slots(&page);
        look(&Scene { page: &page, slots: &slots, coming: &[] })
    }
}

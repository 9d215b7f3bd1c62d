//! How does text get into a page without becoming a part of it?
//!
//! ```text
//! </script><b title="x">  ─► &lt;/script&gt;&lt;b title=&quot;x&quot;&gt;     text and attributes
//!                         ─► "\u003c/script\u003e\u003cb title=\"x\"\u003e"     JSON inside <script>
//! ```
//!
//! Two functions, and nothing else in this folder writes a character of the text. What they return holds no `<`, so that
//! no element, comment or end tag can come from it, wherever it stands.

/// `text` as HTML that a browser reads back to the very same characters, between tags or inside a quoted attribute.
///
/// One cannot be written in HTML, U+0000; it stands as U+FFFD, as a browser would show it.
pub(super) fn html(text: &str, out: &mut String) {
    out.reserve(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // A bare one would be read as a line feed.
            '\r' => out.push_str("&#13;"),
            '\0' => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
    }
}

/// [`html`], as a string of its own.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::new();
    html(text, &mut out);
    out
}

/// A value as JSON that may stand inside a `<script>` element.
pub(super) fn json(value: &impl serde::Serialize) -> String {
    let plain = serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned());
    // Outside strings JSON has none of these, and inside a string the escape means the same.
    plain
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// Whether a character is written from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// The direction in which most letters of `text` run; `None` where it has no letters, or as many of either kind.
///
/// Not the first strong letter, as `dir="auto"` would have it: an Arabic sentence may well begin with "BBC".
pub(super) fn direction(text: &str) -> Option<&'static str> {
    let (mut left, mut right) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if is_right_to_left(c) { right += 1 } else { left += 1 }
    }
    match left.cmp(&right) {
        std::cmp::Ordering::Greater => Some("ltr"),
        std::cmp::Ordering::Less => Some("rtl"),
        std::cmp::Ordering::Equal => None,
    }
}

/// `text` in an isolate of its own direction: what stands around it in a list is not reordered by it, nor by any
/// direction mark inside it.
pub(super) fn isolated(text: &str, out: &mut String) {
    out.push_str(match direction(text) {
        Some("rtl") => "<bdi dir=\"rtl\">",
        Some(_) => "<bdi dir=\"ltr\">",
        None => "<bdi>",
    });
    html(text, out);
    out.push_str("</bdi>");
}

/// On one line, and at most `longest` characters of it, cut between words.
pub(super) fn shortened(text: &str, longest: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(longest) {
        None => line,
        Some((end, _)) => {
            let head = line.get(..end).unwrap_or_default();
            let cut = head.rfind(' ').filter(|cut| *cut > 0).unwrap_or(head.len());
            format!("{} …", head.get(..cut).unwrap_or(head))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_the_text_can_begin_a_tag() {
        let hostile = "</script><!--\" onclick='x' &amp;\r\0";
        assert_eq!(escaped(hostile), "&lt;/script&gt;&lt;!--&quot; onclick=&#39;x&#39; &amp;amp;&#13;\u{FFFD}");
        let json = json(&[hostile, "\u{2028}"]);
        assert!(!json.contains(['<', '>', '&', '\u{2028}']), "{json}");
        let back: Vec<String> = serde_json::from_str(&json).unwrap();
        assert_eq!(back, [hostile, "\u{2028}"]);
    }

    #[test]
    fn direction_goes_by_the_majority() {
        assert_eq!(direction("BBC نقلت عن الوزير قوله"), Some("rtl"));
        assert_eq!(direction("the word «سلام» in English"), Some("ltr"));
        assert_eq!(direction("2015-10-27"), None);
    }

    #[test]
    fn shortening_keeps_words_whole() {
        assert_eq!(shortened("one  two\nthree", 20), "one two three");
        assert_eq!(shortened("one two three", 9), "one two …");
        assert_eq!(shortened("abcdefgh", 3), "abc …");
    }
}

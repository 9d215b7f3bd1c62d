//! Does the page work where it is read, in a browser?
//!
//! ```text
//! one article, ar and en   click a name · follow a line to its words · keys · every view at three widths
//! twenty articles          open one that is stored · find a name · choose in the graph
//! hostile texts            stay text
//! ```
//!
//! It needs Chromium and its driver in PATH (on Debian: `apt-get install chromium chromium-driver`) and steps aside,
//! aloud, where they are not; `ISNAD_BROWSER=required` makes that a failure, `ISNAD_BROWSER=off` asks for it. With
//! `ISNAD_SHOTS=FOLDER` it leaves pictures of every view there, at three widths, in light and dark. See README.md.

mod driver;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use driver::Browser;
use isnad::output::report::Report;
use isnad::{Document, Extractor, Input};
use serde_json::Value;

const TAB: char = '\u{E004}';
const ENTER: char = '\u{E007}';
const ESCAPE: char = '\u{E00C}';
const HOME: char = '\u{E011}';
const LEFT: char = '\u{E012}';
const RIGHT: char = '\u{E014}';

/// A phone, a tablet, a desk.
const SCREENS: [(u32, u32); 3] = [(360, 740), (768, 1024), (1280, 900)];

fn main() -> ExitCode {
    let wish = env::var("ISNAD_BROWSER").unwrap_or_default();
    if wish == "off" {
        eprintln!("browser: NOT RUN, since ISNAD_BROWSER=off");
        return ExitCode::SUCCESS;
    }
    let browser = match Browser::start() {
        Ok(browser) => browser,
        Err(why) => {
            eprintln!("browser: NOT RUN, {why}");
            return if wish == "required" { ExitCode::FAILURE } else { ExitCode::SUCCESS };
        }
    };
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages");
    fs::create_dir_all(&folder).unwrap();
    let isnad = Extractor::new().unwrap();
    let mut all = Vec::new();
    for language in ["ar", "en"] {
        let texts = texts(language);
        let (id, text) = texts.iter().find(|(id, _)| id == "bilateral-visit").unwrap();
        let doc = isnad.extract(Input::new(&**text).id(&**id)).into_owned();
        let file = page(&folder, &format!("one-{language}"), std::slice::from_ref(&doc), None);
        one_article(&browser, &file, &doc, language);
        every_screen(&browser, &file, &format!("one-{language}"), &["", "#d0e1", "#names", "#timeline", "#graph"]);
        all.extend(texts.iter().map(|(id, text)| isnad.extract(Input::new(&**text).id(&**id)).into_owned()));
    }
    let file = page(&folder, "many", &all, Some("en"));
    many_articles(&browser, &file, &all);
    every_screen(&browser, &file, "many", &["", "#a12", "#names", "#timeline", "#graph"]);
    hostile(&browser, &folder, &isnad);
    println!("browser: one article in each language, {} in one page, hostile texts: all is well", all.len());
    ExitCode::SUCCESS
}

/// The articles of `tests/articles`, with their names.
fn texts(language: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles").join(language);
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let texts = files.into_iter().filter(|file| file.extension().is_some_and(|e| e == "txt"));
    texts
        .map(|file| (file.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(&file).unwrap()))
        .collect()
}

fn page(folder: &Path, name: &str, docs: &[Document<'_>], language: Option<&str>) -> PathBuf {
    let mut report = Report::new();
    if let Some(language) = language {
        report = report.language(language);
    }
    docs.iter().for_each(|doc| report.add(doc));
    let file = folder.join(format!("{name}.html"));
    fs::write(&file, report.finish()).unwrap();
    file
}

/// `script` says `wanted`, if not at once then soon: what follows a click happens in its own time.
#[track_caller]
fn says(browser: &Browser, script: &str, wanted: impl Into<Value>) {
    let wanted = wanted.into();
    for _ in 0..60 {
        if browser.script(&format!("return ({script})")) == wanted {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(browser.script(&format!("return ({script})")), wanted, "{script}");
}

/// `script` holds, soon.
#[track_caller]
fn holds(browser: &Browser, script: &str) {
    says(browser, script, true);
}

/// Nothing was complained of, nothing was fetched.
#[track_caller]
fn quiet(browser: &Browser) {
    let complaints = browser.complaints();
    assert!(complaints.is_empty(), "{complaints:?}");
    holds(browser, "document.documentElement.dataset.ready === 'yes'");
    holds(browser, "performance.getEntriesByType('resource').length === 0");
}

fn one_article(browser: &Browser, file: &Path, doc: &Document<'_>, language: &str) {
    browser.screen(1280, 900, false);
    browser.open(file, "");
    quiet(browser);
    let direction = if language == "ar" { "rtl" } else { "ltr" };
    holds(browser, &format!("getComputedStyle(document.querySelector('#a0t p')).direction === '{direction}'"));
    says(browser, "document.getElementById('a0t').textContent", doc.text());

    // A click on a name opens its card, which leads to the other mentions; Escape closes it and goes back.
    let m = doc.mentions().iter().position(|m| doc.entity(m.entity()).mentions().len() > 2).unwrap();
    let entity = doc.entity(doc.mentions()[m].entity());
    browser.click(&format!("#d0m{m}"));
    holds(browser, "!document.getElementById('card').hidden && document.activeElement.id === 'card'");
    says(browser, "document.getElementById('card-name').textContent", entity.name(language).unwrap());
    holds(browser, "document.querySelector('#card .why').textContent.length > 10");
    let others = browser.script("return document.querySelectorAll('#card a[href^=\"#d0m\"]').length");
    assert!(others.as_u64().unwrap() as usize >= entity.mentions().len() - 1, "{others}");
    browser.keys(&[ESCAPE]);
    holds(browser, &format!("document.getElementById('card').hidden && document.activeElement.id === 'd0m{m}'"));
    browser.click(&format!("#d0m{m}"));
    browser.click("#card a[href^='#d0m']");
    holds(browser, "location.hash.startsWith('#d0m') && document.activeElement.id === location.hash.slice(1)");

    // The pointer over a name is enough for a look, and away from it ends the look.
    browser.open(file, "");
    browser.point(&format!("#d0m{m}"));
    holds(browser, "!document.getElementById('card').hidden && document.activeElement === document.body");
    browser.point("h1");
    holds(browser, "document.getElementById('card').hidden");

    // A line leads to its words, all of them in sight and lit, and back.
    browser.open(file, "");
    let r = doc.relations().iter().position(|r| r.kind() == "meeting").unwrap();
    let words = &doc[doc.relations()[r].evidence()[0]];
    browser.click(&format!("#d0r{r} a.main"));
    says(browser, "[...document.querySelectorAll('.ev.lit')].map(e => e.textContent).join('')", words);
    holds(
        browser,
        &format!(
            "(b => b.top >= 0 && b.bottom <= innerHeight)(document.getElementById('d0e{r}').getBoundingClientRect())"
        ),
    );
    holds(browser, &format!("document.activeElement.id === 'd0e{r}' && !document.getElementById('trail').hidden"));
    browser.click("#trail a");
    holds(browser, &format!("document.activeElement === document.querySelector('#d0r{r} a')"));

    // With keys alone: one stop for the names of an article, arrows between them in the direction of the script.
    browser.open(file, "");
    browser.script("document.querySelector('#reading summary, .legend summary').focus()");
    browser.keys(&[TAB]);
    holds(browser, "document.activeElement.matches('#a0t .m[role=button]')");
    browser.keys(&[HOME]);
    let first = browser.script("return document.activeElement.id");
    browser.keys(&[if language == "ar" { LEFT } else { RIGHT }]);
    holds(browser, &format!("document.activeElement.matches('.m') && document.activeElement.id !== {first}"));
    browser.keys(&[if language == "ar" { RIGHT } else { LEFT }]);
    says(browser, "document.activeElement.id", first);
    browser.keys(&[ENTER]);
    holds(browser, "document.activeElement.id === 'card'");
    browser.keys(&[ESCAPE, TAB]);
    holds(browser, "!document.activeElement.closest('.text')");
    quiet(browser);
}

fn many_articles(browser: &Browser, file: &Path, docs: &[Document<'_>]) {
    browser.screen(1280, 900, false);
    browser.open(file, "");
    quiet(browser);
    says(browser, "document.querySelectorAll('#articles-list li').length", docs.len());
    // Each one opens to the text it was made from, the first again after the others.
    for d in (0..docs.len()).rev() {
        browser.script(&format!("location.hash = '#a{d}'; dispatchEvent(new Event('hashchange'))"));
        says(browser, &format!("document.getElementById('a{d}t').textContent"), docs[d].text());
        holds(browser, "document.querySelectorAll('.article').length === 1");
    }
    // The index by person: find, open, follow a fact into its article.
    browser.click("nav a[data-view=names]");
    browser.click("#names-filter");
    browser.keys(&['k', 'e', 'r', 'r', 'y']);
    browser.click("#names-list a");
    holds(
        browser,
        "document.querySelector('#names-one h2').textContent === 'John Kerry' && document.activeElement.tagName === 'H2'",
    );
    browser.click("#names-one .facts a");
    holds(
        browser,
        "document.querySelectorAll('.ev.lit').length > 0 && location.hash === '#' + document.activeElement.id",
    );
    // Back is back.
    browser.script("history.back()");
    browser.click("#names-one a[href='#names']");
    // Countries alone.
    browser.script("const f = document.getElementById('names-filter'); f.value = ''; const k = document.getElementById('names-kind'); k.value = 'country'; k.dispatchEvent(new Event('change'))");
    holds(browser, "[...document.querySelectorAll('#names-list li')].every(li => li.className === 'country')");
    // The graph: by mouse, by key, and as a table.
    browser.click("nav a[data-view=graph]");
    browser.click("#graph-picture .node .dot");
    holds(browser, "document.querySelectorAll('#graph-facts .fact').length > 0");
    browser.script("document.querySelector('#graph-picture .node').focus()");
    browser.keys(&[RIGHT, ENTER]);
    holds(browser, "document.querySelectorAll('#graph-picture .node')[1].getAttribute('aria-pressed') === 'true'");
    browser.click("#graph-table summary");
    browser.click("#graph-table button");
    browser.click("#graph-facts .fact a");
    holds(browser, "document.querySelectorAll('.ev.lit').length > 0");
    // The time line: a month opens.
    browser.click("nav a[data-view=timeline]");
    browser.click("#timeline-list summary");
    holds(browser, "document.querySelectorAll('#timeline-list .fact a[href^=\"#d\"]').length > 0");
    quiet(browser);
}

/// Texts that would rather be code.
fn hostile(browser: &Browser, folder: &Path, isnad: &Extractor) {
    let taken = "document.documentElement.dataset.taken='yes'";
    let texts = [
        format!("John Kerry</script><script>{taken}</script> met Sergey Lavrov in Geneva."),
        format!("John Kerry <img src=x onerror=\"{taken}\"> said: \"<svg onload={taken}>\"."),
        format!(
            "\" autofocus onfocus=\"{taken}\" x=\"\u{202E} John Kerry met <!--<script> Sergey Lavrov.\r\nNext\0line."
        ),
        "</textarea></title></style>{{script}} قال جون كيري \u{2067}إن <b>السلام</b> ممكن.".to_owned(),
    ];
    let docs: Vec<Document<'_>> = texts.iter().map(|text| isnad.extract(Input::new(&**text).id(&**text))).collect();
    let file = page(folder, "hostile", &docs, None);
    browser.screen(1280, 900, false);
    browser.open(&file, "");
    for (d, text) in texts.iter().enumerate() {
        browser.script(&format!("location.hash = '#a{d}'; dispatchEvent(new Event('hashchange'))"));
        says(browser, &format!("document.getElementById('a{d}t').textContent"), text.replace('\0', "\u{FFFD}"));
        browser.script("for (const m of document.querySelectorAll('#open .m')) m.click()");
    }
    for view in ["names", "timeline", "graph", "articles"] {
        browser.click(&format!("nav a[data-view={view}]"));
    }
    holds(browser, "document.documentElement.dataset.taken === undefined");
    quiet(browser);
}

/// No view is wider than the screen, on none of them, and no control is too small to touch.
fn every_screen(browser: &Browser, file: &Path, name: &str, hashes: &[&str]) {
    let shots = env::var_os("ISNAD_SHOTS").map(PathBuf::from);
    for (width, height) in SCREENS {
        for dark in [false, true] {
            browser.screen(width, height, dark);
            for hash in hashes {
                browser.open(file, hash);
                let wide = browser.script("return document.documentElement.scrollWidth");
                assert!(
                    wide.as_u64().unwrap() <= u64::from(width),
                    "{name}{hash} is {wide} wide on a screen of {width}"
                );
                let small = browser.script(
                    "return [...document.querySelectorAll('main :is(button, select, input, summary, .rows a, .facts a.main), nav a')]\
                     .filter(e => e.offsetParent && e.getBoundingClientRect().height < 24).map(e => e.outerHTML.slice(0, 80))",
                );
                assert_eq!(small, serde_json::json!([]), "{name}{hash}: targets of less than 24 pixels");
                if let Some(folder) = &shots {
                    let scheme = if dark { "dark" } else { "light" };
                    fs::create_dir_all(folder).unwrap();
                    let view = hash.strip_prefix('#').filter(|view| !view.is_empty()).unwrap_or("start");
                    browser.picture(&folder.join(format!("{name}-{view}-{width}-{scheme}.png")));
                }
            }
        }
    }
    quiet(browser);
}

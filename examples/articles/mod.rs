//! The articles that the examples read: the files named on the command line, else one in English and one in Arabic,
//! both written for this project.

/// `(name, text)` of each article.
pub(crate) fn articles() -> std::io::Result<Vec<(String, String)>> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    if files.is_empty() {
        let own = [("en.txt", include_str!("en.txt")), ("ar.txt", include_str!("ar.txt"))];
        return Ok(own.map(|(name, text)| (name.to_owned(), text.to_owned())).into());
    }
    files.into_iter().map(|file| std::fs::read_to_string(&file).map(|text| (file, text))).collect()
}

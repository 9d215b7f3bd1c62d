//! How does a run leave a folder behind that a later run can go on with?
//!
//! ```text
//! out/manifest.json       settings, inputs, shards, cursor: always whole, always true
//! out/part-00000.jsonl    whole, never touched again
//! out/part-00001.jsonl.tmp  being written; worth nothing until it is renamed
//! ```
//!
//! A shard is written under another name, synced and renamed; then the manifest that lists it is, in the same way. A run
//! may be killed between any two of these steps: what the manifest does not list is written again, and since a shard
//! ends where its bytes say so and not where time does, it is written with the same bytes. The manifest holds no times
//! and no number of threads, so that it too is the same.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use isnad::digest::Digest;
use serde::{Deserialize, Serialize};

use crate::input::Problem;
use crate::pieces::{Cursor, Pieces, What};

/// The version of the manifest's form.
const VERSION: u32 = 1;
const MANIFEST: &str = "manifest.json";

/// What decides about the bytes of a run, besides its inputs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Settings {
    /// The version of isnad.
    pub(crate) isnad: String,
    /// The digest of gazetteers and rules.
    pub(crate) knowledge: String,
    pub(crate) schema: u32,
    pub(crate) format: String,
    pub(crate) input: String,
    pub(crate) published: Option<String>,
    pub(crate) with_text: bool,
    pub(crate) explain: bool,
    pub(crate) max_bytes: u64,
    pub(crate) shard_bytes: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Manifest {
    manifest: u32,
    settings: Settings,
    /// The inputs' names, in their order.
    inputs: Vec<String>,
    /// What the inputs that are read to their end held.
    read: Vec<Read>,
    shards: Vec<Listed>,
    /// The end of the last shard.
    cursor: Option<Place>,
    documents: u64,
    problems: u64,
    complete: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Read {
    documents: u64,
    problems: u64,
    bytes: u64,
    digest: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Listed {
    name: String,
    documents: u64,
    problems: u64,
    /// Where its first document begins and its last one ends.
    from: Place,
    to: Place,
    files: Vec<Written>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Written {
    name: String,
    bytes: u64,
    digest: String,
}

/// A cursor, and what was counted in its input so far.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
struct Place {
    input: usize,
    piece: u64,
    line: u64,
    byte: u64,
    digest: String,
    documents: u64,
    problems: u64,
}

impl Place {
    fn of(cursor: Cursor, documents: u64, problems: u64) -> Self {
        let Cursor { input, piece, line, byte, digest } = cursor;
        Place { input, piece, line, byte, digest: digest.to_string(), documents, problems }
    }

    /// Before the first byte of an input.
    fn start(input: usize) -> Self {
        Place::of(Cursor { input, ..Cursor::default() }, 0, 0)
    }
}

/// How a document lies in the folder.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// Behind the ones before it, in one file (or several beside each other): their endings and first lines.
    Streams(&'static [(&'static str, &'static str)]),
    /// In files of its own: their endings.
    Files(&'static [&'static str]),
}

/// A folder that a run fills.
pub(crate) struct Archive {
    folder: PathBuf,
    shape: Shape,
    manifest: Manifest,
    shard: Option<Shard>,
    /// Read so far, and counted in the input that is being read.
    now: Place,
    /// What the inputs read to their end held; those that ended behind the last shard among them.
    ended: Vec<Read>,
}

struct Shard {
    name: String,
    from: Place,
    to: Place,
    documents: u64,
    problems: u64,
    bytes: u64,
    streams: Vec<Stream>,
    errors: Option<Stream>,
    /// Of files: how many bytes, and their digest in order.
    files: (u64, Digest),
}

struct Stream {
    name: String,
    file: BufWriter<File>,
    bytes: u64,
    digest: Digest,
}

impl Stream {
    fn create(folder: &Path, name: String) -> io::Result<Self> {
        let file = File::create(folder.join(format!("{name}.tmp")))?;
        Ok(Stream { name, file: BufWriter::with_capacity(1 << 16, file), bytes: 0, digest: Digest::default() })
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<u64> {
        self.file.write_all(bytes)?;
        self.digest.add(bytes);
        self.bytes += bytes.len() as u64;
        Ok(bytes.len() as u64)
    }

    fn close(self, folder: &Path) -> io::Result<Written> {
        let Stream { name, file, bytes, digest } = self;
        file.into_inner().map_err(|error| error.into_error())?.sync_all()?;
        fs::rename(folder.join(format!("{name}.tmp")), folder.join(&name))?;
        Ok(Written { name, bytes, digest: digest.to_string() })
    }
}

/// That a file has its name is on disk only when its folder is.
fn sync_folder(folder: &Path) -> io::Result<()> {
    // Other systems do not open folders, and order renames themselves.
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

impl Archive {
    /// Begins a run in a folder that is empty or not there yet; with `resume`, goes on with the one that is in it.
    pub(crate) fn open(
        folder: &Path,
        shape: Shape,
        settings: Settings,
        inputs: Vec<String>,
        resume: bool,
    ) -> Result<Self, String> {
        let at = |error: io::Error| format!("{}: {error}", folder.display());
        fs::create_dir_all(folder).map_err(at)?;
        let path = folder.join(MANIFEST);
        let fresh = Manifest {
            manifest: VERSION,
            settings,
            inputs,
            read: Vec::new(),
            shards: Vec::new(),
            cursor: None,
            documents: 0,
            problems: 0,
            complete: false,
        };
        let old = match fs::read(&path) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(at(error)),
        };
        let manifest = match old {
            Some(_) if !resume => {
                return Err(format!(
                    "{} holds a run already: go on with it (--resume), or name another folder",
                    folder.display()
                ));
            }
            Some(bytes) => same_run(&path, &bytes, &fresh)?,
            None => {
                let stranger = fs::read_dir(folder)
                    .map_err(at)?
                    .filter_map(Result::ok)
                    .find(|e| !ours(&e.file_name().to_string_lossy(), 0));
                if let Some(stranger) = stranger {
                    let name = stranger.file_name();
                    return Err(format!("{} is not empty ({}): name another folder", folder.display(), name.display()));
                }
                fresh
            }
        };
        let now = manifest.cursor.clone().unwrap_or_else(|| Place::start(0));
        let ended = manifest.read.clone();
        let archive = Archive { folder: folder.to_owned(), shape, manifest, shard: None, now, ended };
        archive.sweep().and_then(|()| archive.write_manifest()).map_err(at)?;
        archive.whole()?;
        Ok(archive)
    }

    /// Whether the run is over.
    pub(crate) fn is_complete(&self) -> bool {
        self.manifest.complete
    }

    /// Documents and problems in finished shards.
    pub(crate) fn counts(&self) -> (u64, u64) {
        (self.manifest.documents, self.manifest.problems)
    }

    /// Removes what a killed run left that the manifest does not list.
    fn sweep(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if !ours(&entry.file_name().to_string_lossy(), self.manifest.shards.len()) {
                continue;
            }
            if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path())? } else { fs::remove_file(entry.path())? }
        }
        Ok(())
    }

    /// Whether the shards that the manifest lists are there.
    fn whole(&self) -> Result<(), String> {
        for file in self.manifest.shards.iter().flat_map(|shard| &shard.files) {
            let path = self.folder.join(&file.name);
            let fits = fs::metadata(&path).is_ok_and(|data| data.is_dir() || data.len() == file.bytes);
            if !fits {
                return Err(format!("{} is not as the run left it: begin again in another folder", path.display()));
            }
        }
        Ok(())
    }

    /// Reads over what finished shards hold already, and makes sure that it is the same.
    pub(crate) fn skip(&self, pieces: &mut Pieces) -> Result<(), String> {
        let Some(to) = &self.manifest.cursor else { return Ok(()) };
        let changed = |input: usize| {
            let name = self.manifest.inputs.get(input).map_or("an input", String::as_str);
            Err(format!("{name} has changed since the run was begun: begin again in another folder"))
        };
        for piece in pieces {
            let cursor = piece.cursor;
            match (&piece.what, self.manifest.read.get(cursor.input)) {
                (What::End, Some(read)) if read.bytes == cursor.byte && read.digest == cursor.digest.to_string() => {}
                (What::End, _) => return changed(cursor.input),
                _ if (cursor.input, cursor.piece) == (to.input, to.piece) => {
                    let same = (cursor.byte, cursor.digest.to_string()) == (to.byte, to.digest.clone());
                    return if same { Ok(()) } else { changed(cursor.input) };
                }
                _ => {}
            }
        }
        changed(to.input)
    }

    /// One document, as its format renders it.
    pub(crate) fn document(&mut self, cursor: Cursor, parts: &[String]) -> io::Result<()> {
        let (folder, shape) = (self.folder.clone(), self.shape);
        let shard = self.shard()?;
        match shape {
            Shape::Streams(_) => {
                for (stream, part) in shard.streams.iter_mut().zip(parts) {
                    shard.bytes += stream.write(part.as_bytes())?;
                }
            }
            Shape::Files(endings) => {
                for (ending, part) in endings.iter().zip(parts) {
                    let name = format!("{:06}.{ending}", shard.documents);
                    fs::write(folder.join(format!("{}.tmp", shard.name)).join(name), part)?;
                    shard.files.0 += part.len() as u64;
                    shard.files.1.add_field(part);
                    shard.bytes += part.len() as u64;
                }
            }
        }
        shard.documents += 1;
        self.now.documents += 1;
        self.step(cursor)
    }

    /// One that could not be read.
    pub(crate) fn problem(&mut self, cursor: Cursor, problem: &Problem) -> io::Result<()> {
        let folder = self.folder.clone();
        let shard = self.shard()?;
        if shard.errors.is_none() {
            shard.errors = Some(Stream::create(&folder, format!("{}.errors.jsonl", shard.name))?);
        }
        if let Some(errors) = &mut shard.errors {
            shard.bytes += errors.write(problem.to_json().as_bytes())?;
        }
        shard.problems += 1;
        self.now.problems += 1;
        self.step(cursor)
    }

    /// The end of an input.
    pub(crate) fn end_of_input(&mut self, cursor: Cursor) {
        let Place { documents, problems, .. } = self.now;
        self.ended.push(Read { documents, problems, bytes: cursor.byte, digest: cursor.digest.to_string() });
        self.now = Place::start(cursor.input + 1);
    }

    /// The end of the run.
    pub(crate) fn finish(&mut self) -> io::Result<()> {
        self.close()?;
        self.manifest.read.clone_from(&self.ended);
        self.manifest.complete = true;
        self.write_manifest()
    }

    /// The shard that is being written; a new one where there is none.
    fn shard(&mut self) -> io::Result<&mut Shard> {
        let shard = match self.shard.take() {
            Some(shard) => shard,
            None => {
                let name = format!("part-{:05}", self.manifest.shards.len());
                let mut shard = Shard {
                    name,
                    from: self.now.clone(),
                    to: self.now.clone(),
                    documents: 0,
                    problems: 0,
                    bytes: 0,
                    streams: Vec::new(),
                    errors: None,
                    files: (0, Digest::default()),
                };
                match self.shape {
                    Shape::Streams(streams) => {
                        for (ending, head) in streams {
                            let mut stream = Stream::create(&self.folder, format!("{}.{ending}", shard.name))?;
                            stream.write(head.as_bytes())?;
                            shard.streams.push(stream);
                        }
                    }
                    Shape::Files(_) => fs::create_dir(self.folder.join(format!("{}.tmp", shard.name)))?,
                }
                shard
            }
        };
        Ok(self.shard.insert(shard))
    }

    /// Goes on to `cursor`; a shard that is full is closed.
    fn step(&mut self, cursor: Cursor) -> io::Result<()> {
        self.now = Place::of(cursor, self.now.documents, self.now.problems);
        let mut full = false;
        if let Some(shard) = &mut self.shard {
            shard.to = self.now.clone();
            full = shard.bytes >= self.manifest.settings.shard_bytes;
        }
        if full { self.close() } else { Ok(()) }
    }

    /// Ends the shard that is being written, and lists it.
    fn close(&mut self) -> io::Result<()> {
        let Some(shard) = self.shard.take() else { return Ok(()) };
        let mut files = Vec::new();
        for stream in shard.streams.into_iter().chain(shard.errors) {
            files.push(stream.close(&self.folder)?);
        }
        if let Shape::Files(_) = self.shape {
            let (temporary, last) = (self.folder.join(format!("{}.tmp", shard.name)), self.folder.join(&shard.name));
            for entry in fs::read_dir(&temporary)? {
                File::open(entry?.path())?.sync_all()?;
            }
            sync_folder(&temporary)?;
            fs::rename(temporary, last)?;
            files.push(Written { name: shard.name.clone(), bytes: shard.files.0, digest: shard.files.1.to_string() });
        }
        sync_folder(&self.folder)?;
        self.manifest.documents += shard.documents;
        self.manifest.problems += shard.problems;
        // An input that ended behind this shard will be seen to end again by whoever goes on from here.
        self.manifest.read = self.ended.iter().take(shard.to.input).cloned().collect();
        self.manifest.cursor = Some(shard.to.clone());
        self.manifest.shards.push(Listed {
            name: shard.name,
            documents: shard.documents,
            problems: shard.problems,
            from: shard.from,
            to: shard.to,
            files,
        });
        self.write_manifest()
    }

    fn write_manifest(&self) -> io::Result<()> {
        let mut text = serde_json::to_string_pretty(&self.manifest)?;
        text.push('\n');
        let temporary = self.folder.join(format!("{MANIFEST}.tmp"));
        let mut file = File::create(&temporary)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        fs::rename(temporary, self.folder.join(MANIFEST))?;
        sync_folder(&self.folder)
    }
}

/// Whether a killed run may have left a file of this name, `done` shards being listed.
fn ours(name: &str, done: usize) -> bool {
    let number = || name.strip_prefix("part-")?.split(['.', '/']).next()?.parse::<usize>().ok();
    name == "manifest.json.tmp" || number().is_some_and(|n| n >= done)
}

/// The manifest in `bytes`, if it is of the run that is to be gone on with.
fn same_run(path: &Path, bytes: &[u8], now: &Manifest) -> Result<Manifest, String> {
    let at = |what: &str| format!("{}: {what}", path.display());
    let broken = |error: serde_json::Error| at(&format!("not a manifest of isnad: {error}"));
    let value: serde_json::Value = serde_json::from_slice(bytes).map_err(broken)?;
    if value["manifest"] != VERSION {
        return Err(at(&format!("a manifest of version {}; this isnad knows version {VERSION}", value["manifest"])));
    }
    let old: Manifest = serde_json::from_value(value).map_err(broken)?;
    let settings = |manifest: &Manifest| serde_json::to_value(&manifest.settings).unwrap_or_default();
    let (then, today) = (settings(&old), settings(now));
    if let (Some(then), Some(today)) = (then.as_object(), today.as_object()) {
        let others = then.iter().filter(|(key, value)| today.get(*key) != Some(*value));
        let told: Vec<String> =
            others.map(|(key, value)| format!("{key} was {value}, is {}", &today[key.as_str()])).collect();
        if !told.is_empty() {
            return Err(at(&format!("the run was begun with other settings: {}", told.join("; "))));
        }
    }
    if old.inputs != now.inputs {
        let first = old.inputs.iter().zip(&now.inputs).position(|(a, b)| a != b);
        let at_first = first.unwrap_or_else(|| old.inputs.len().min(now.inputs.len()));
        let told = |inputs: &[String]| inputs.get(at_first).map_or("nothing".to_owned(), |name| format!("`{name}`"));
        let what = format!(
            "the run was begun with other inputs: number {} was {}, is {}",
            at_first + 1,
            told(&old.inputs),
            told(&now.inputs)
        );
        return Err(at(&what));
    }
    Ok(old)
}

//! Does a corpus run stay small, give the same bytes however it goes, and use the cores it has?
//!
//! ```text
//! cargo run --release -p xtask -- endurance target/release/isnad SETS FOLDER 500M
//!
//! small (5 MB) and large corpus ─► one thread · all threads · killed ten times and resumed ─► peak memory, speed,
//!                                                                                           digest of all that is written
//! ```
//!
//! Peak memory is what the system calls VmHWM, read from `/proc` while the run lives: Linux only.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::{available_parallelism, sleep};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use sha2::{Digest, Sha256};

use crate::corpus::{self, Made};

/// Bytes of the small corpus.
const SMALL: u64 = 5_000_000;
/// How often a run is killed.
const KILLS: u32 = 10;

/// What one run showed.
struct Run {
    /// Highest memory in kilobytes.
    peak: u64,
    seconds: f64,
    /// Whether it came to its end before it was killed.
    ended: bool,
}

/// Makes the corpora where they are missing, runs, and prints the table.
pub(crate) fn endurance(binary: &Path, sets: &Path, folder: &Path, size: u64) -> Result<(), String> {
    let (small, large) = (folder.join("small"), folder.join("large"));
    let small_made = have(sets, &small, SMALL)?;
    let large_made = have(sets, &large, size)?;
    let threads = available_parallelism().map_or(1, usize::from);
    let out = |name: &str| -> Result<PathBuf, String> {
        let path = folder.join(name);
        if path.exists() {
            fs::remove_dir_all(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        }
        Ok(path)
    };
    // Shards small enough that some are done whenever a run is killed.
    let shard = (size / 16).max(1 << 20);
    let run = |corpus: &Path, out: &Path, threads: usize, resume: bool, kill: Option<Duration>| {
        let mut command = Command::new(binary);
        command.args(["extract", "--quiet", "--format", "jsonl", "--threads", &threads.to_string()]);
        command.args(["--shard-bytes", &shard.to_string(), "--out"]).arg(out);
        command.args(resume.then_some("--resume")).arg(corpus);
        watch(command, kill)
    };
    println!("| corpus | documents | threads | peak memory, MB | s | documents/s | MB/s | bytes of the output |");
    println!("|---|--:|--:|--:|--:|--:|--:|---|");
    let tell = |made: Made, threads: usize, run: &Run, how: &str, digest: &str| {
        let Run { peak, seconds, .. } = run;
        let (mb, docs) = (made.bytes as f64 / 1e6, made.documents as f64);
        println!(
            "| {mb:.0} MB{how} | {} | {threads} | {:.1} | {seconds:.1} | {:.0} | {:.2} | {} |",
            made.documents,
            *peak as f64 / 1e3,
            docs / seconds,
            mb / seconds,
            digest.get(..16).unwrap_or(digest)
        );
    };
    let mut digests = Vec::new();
    let mut seconds = Vec::new();
    for (corpus, made) in [(&small, small_made), (&large, large_made)] {
        for threads in [1, threads] {
            let to = out("out")?;
            let run = run(corpus, &to, threads, false, None)?;
            let digest = digest(&to)?;
            tell(made, threads, &run, "", &digest);
            digests.push(digest);
            seconds.push(run.seconds);
        }
    }
    // One that is killed again and again, each time a little further on.
    let to = out("out")?;
    let whole = seconds.last().copied().unwrap_or(1.0);
    let mut chance = Chance::new();
    let (mut killed, mut peak, mut spent) = (0, 0, 0.0);
    for kill in 0..KILLS {
        let after = whole * (0.01 + 0.08 * chance.next());
        let run = run(&large, &to, threads, kill > 0, Some(Duration::from_secs_f64(after)))?;
        peak = peak.max(run.peak);
        spent += run.seconds;
        if run.ended {
            break;
        }
        killed += 1;
    }
    let last = run(&large, &to, threads, true, None)?;
    let resumed = digest(&to)?;
    let all = Run { peak: peak.max(last.peak), seconds: spent + last.seconds, ended: true };
    tell(large_made, threads, &all, &format!(", killed {killed} times and resumed"), &resumed);
    digests.push(resumed);
    let same = digests[0] == digests[1] && digests[2..].iter().all(|d| *d == digests[2]);
    println!(
        "\nThe same bytes for one thread, for {threads}, and after {killed} kills: {}.",
        if same { "yes" } else { "NO" }
    );
    println!("{threads} threads: {:.2} times as fast as one.", seconds[2] / seconds[3].max(1e-9));
    fs::remove_dir_all(&to).map_err(|e| format!("{}: {e}", to.display()))?;
    if same { Ok(()) } else { Err("the outputs differ".to_owned()) }
}

/// The corpus in a folder: made, if it is not there.
fn have(sets: &Path, folder: &Path, size: u64) -> Result<Made, String> {
    if !folder.exists() {
        return corpus::make(sets, folder, size);
    }
    let mut made = Made { documents: 0, bytes: 0 };
    for path in corpus::files(folder)? {
        let text = fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        made.bytes += text.len() as u64;
        made.documents += text.iter().filter(|b| **b == b'\n').count() as u64;
    }
    let enough = made.bytes >= size && made.bytes < size + (1 << 20);
    if enough { Ok(made) } else { Err(format!("{} holds a corpus of another size", folder.display())) }
}

/// Runs a command to its end, or until it is to be killed.
fn watch(mut command: Command, kill: Option<Duration>) -> Result<Run, String> {
    let begun = Instant::now();
    let program = command.get_program().to_owned();
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
    let mut child = child.map_err(|e| format!("{}: {e}", program.display()))?;
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut peak = 0;
    loop {
        peak = peak.max(high_water(&status));
        let over = child.try_wait().map_err(|e| e.to_string())?;
        if let Some(over) = over {
            if !over.success() {
                return Err(format!("isnad ended with {over}"));
            }
            return Ok(Run { peak, seconds: begun.elapsed().as_secs_f64(), ended: true });
        }
        if kill.is_some_and(|after| begun.elapsed() >= after) {
            child.kill().and_then(|()| child.wait()).map_err(|e| e.to_string())?;
            return Ok(Run { peak, seconds: begun.elapsed().as_secs_f64(), ended: false });
        }
        sleep(Duration::from_millis(5));
    }
}

/// The most memory that a process has held so far, in kilobytes; 0 where the system does not tell.
fn high_water(status: &Path) -> u64 {
    let text = fs::read_to_string(status).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}

/// Of the names and bytes of all files of a folder.
fn digest(folder: &Path) -> Result<String, String> {
    let mut all = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    for path in corpus::files(folder)? {
        all.update(path.file_name().unwrap_or_default().as_encoded_bytes());
        let at = |e: std::io::Error| format!("{}: {e}", path.display());
        let mut file = File::open(&path).map_err(at)?;
        loop {
            let n = file.read(&mut buffer).map_err(at)?;
            if n == 0 {
                break;
            }
            all.update(&buffer[..n]);
        }
    }
    Ok(all.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Numbers between 0 and 1, others in every run: where a run is killed must not be chosen by us.
struct Chance(u64);

impl Chance {
    fn new() -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |d| d.as_nanos() as u64);
        Chance(now | 1)
    }

    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }
}

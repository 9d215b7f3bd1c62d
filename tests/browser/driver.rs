//! How is a browser spoken to? WebDriver over a plain socket: a few requests do not need a crate.
//!
//! ```text
//! chromedriver --port=0 ─► "… on port 41234" ─► POST /session ─► navigate, click, keys, script, screenshot
//! ```

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// The name under which WebDriver hands out elements.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A browser with one window, and the driver that steers it. Both end with it.
pub(crate) struct Browser {
    driver: Child,
    port: u16,
    session: String,
    profile: PathBuf,
}

/// The first of `names` that stands in a folder of PATH.
fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|file| file.is_file())
}

impl Browser {
    /// A browser, or the reason why there is none here.
    pub(crate) fn start() -> Result<Self, String> {
        let binary = find(&["chromium", "chromium-browser", "google-chrome"]).ok_or("no chromium in PATH")?;
        let driver = find(&["chromedriver"]).ok_or("no chromedriver in PATH")?;
        let mut driver = Command::new(driver)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .stdin(Stdio::null())
            .spawn()
            .map_err(|error| format!("chromedriver does not start: {error}"))?;
        let mut lines = BufReader::new(driver.stdout.take().ok_or("chromedriver is silent")?).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            // An earlier line names the port that was asked for, which is 0.
            let line = line.contains("started successfully").then_some(line)?;
            line.rsplit_once("on port ").and_then(|(_, rest)| rest.trim_end_matches('.').parse().ok())
        });
        // Whatever else it says is read away, or it would wait for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        let profile = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("browser-{}", std::process::id()));
        let mut browser =
            Browser { driver, port: port.ok_or("chromedriver names no port")?, session: String::new(), profile };
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
        ];
        let mut arguments: Vec<String> = arguments.map(str::to_owned).to_vec();
        arguments.push(format!("--user-data-dir={}", browser.profile.display()));
        let wanted = json!({"capabilities": {"alwaysMatch": {
            "goog:chromeOptions": {"binary": binary, "args": arguments},
            "goog:loggingPrefs": {"browser": "ALL"}}}});
        let answer = browser.request("POST", "/session", &wanted)?;
        browser.session = answer["sessionId"].as_str().ok_or("no session")?.to_owned();
        Ok(browser)
    }

    /// One request; the `value` of its answer.
    fn request(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let tell = |error: std::io::Error| format!("{method} {path}: {error}");
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).map_err(tell)?;
        stream.set_read_timeout(Some(Duration::from_secs(120))).map_err(tell)?;
        let body = if method == "POST" { body.to_string() } else { String::new() };
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.port,
            body.len()
        );
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).map_err(tell)?;
        let mut reader = BufReader::new(stream);
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).map_err(tell)?;
            if let Some((key, value)) = line.split_once(':')
                && key.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap_or(0);
            }
            if line.trim().is_empty() {
                break;
            }
        }
        let mut answer = vec![0; length];
        reader.read_exact(&mut answer).map_err(tell)?;
        let mut answer: Value = serde_json::from_slice(&answer).map_err(|error| format!("{method} {path}: {error}"))?;
        let value = answer["value"].take();
        if value["error"].is_string() {
            return Err(format!("{method} {path}: {}: {}", value["error"], value["message"]));
        }
        Ok(value)
    }

    #[track_caller]
    fn post(&self, path: &str, body: &Value) -> Value {
        match self.request("POST", &format!("/session/{}{path}", self.session), body) {
            Ok(value) => value,
            Err(why) => panic!("{why}"),
        }
    }

    /// Opens a file, at a place in it.
    #[track_caller]
    pub(crate) fn open(&self, file: &Path, hash: &str) {
        // A further step away and back, since the same file at another place would not be loaded again.
        self.post("/url", &json!({"url": "about:blank"}));
        self.post("/url", &json!({"url": format!("file://{}{hash}", file.display())}));
    }

    /// What a piece of script says.
    #[track_caller]
    pub(crate) fn script(&self, script: &str) -> Value {
        self.post("/execute/sync", &json!({"script": script, "args": []}))
    }

    /// Clicks the first element that `css` selects, as a hand would: it has to be visible and not covered.
    #[track_caller]
    pub(crate) fn click(&self, css: &str) {
        let element = self.post("/element", &json!({"using": "css selector", "value": css}));
        let id = element[ELEMENT].as_str().unwrap_or_else(|| panic!("{css}: {element}")).to_owned();
        self.post(&format!("/element/{id}/click"), &json!({}));
    }

    /// Moves the pointer to the first element that `css` selects.
    #[track_caller]
    pub(crate) fn point(&self, css: &str) {
        let element = self.post("/element", &json!({"using": "css selector", "value": css}));
        let moves = json!([{"type": "pointerMove", "duration": 0, "origin": element, "x": 0, "y": 0}]);
        let mouse = json!({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": moves});
        self.post("/actions", &json!({"actions": [mouse]}));
    }

    /// Presses and releases keys, one after the other.
    #[track_caller]
    pub(crate) fn keys(&self, keys: &[char]) {
        let actions: Vec<Value> = keys
            .iter()
            .flat_map(|key| ["keyDown", "keyUp"].map(|kind| json!({"type": kind, "value": key.to_string()})))
            .collect();
        self.post("/actions", &json!({"actions": [{"type": "key", "id": "keyboard", "actions": actions}]}));
    }

    /// As wide and high as asked for, in light or dark.
    pub(crate) fn screen(&self, width: u32, height: u32, dark: bool) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600});
        self.post("/goog/cdp/execute", &json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": size}));
        let scheme = if dark { "dark" } else { "light" };
        // Without animation: what is clicked has to stand still.
        let still = json!({"name": "prefers-reduced-motion", "value": "reduce"});
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}, still]});
        self.post("/goog/cdp/execute", &json!({"cmd": "Emulation.setEmulatedMedia", "params": media}));
    }

    /// What the browser complained of since it was last asked: errors of the script, requests that were refused.
    pub(crate) fn complaints(&self) -> Vec<String> {
        let log = self.post("/se/log", &json!({"type": "browser"}));
        log.as_array().into_iter().flatten().map(|line| line["message"].to_string()).collect()
    }

    /// Writes what is on the screen to a file.
    pub(crate) fn picture(&self, file: &Path) {
        let picture = self.post("/goog/cdp/execute", &json!({"cmd": "Page.captureScreenshot", "params": {}}));
        let bytes = base64(picture["data"].as_str().unwrap_or_default());
        fs::write(file, bytes).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        if !self.session.is_empty() {
            let _ = self.request("DELETE", &format!("/session/{}", self.session), &Value::Null);
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = fs::remove_dir_all(&self.profile);
    }
}

fn base64(text: &str) -> Vec<u8> {
    let (mut out, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held & 0xFF) as u8);
        }
    }
    out
}

//! The real server as a process: started on a folder, asked how it is, killed.
//!
//! Always true: it listens on a free port of the loopback, its logs go to a file beside the data, and it is dead once the
//! value is dropped. Deliberately not here: what is said to it over HTTP.

use serde::Deserialize;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long a server may take until it is ready: a rebuild of a large index, on a slow machine.
const READY_TIMEOUT: Duration = Duration::from_secs(180);
/// Clock ticks in a second, as Linux counts CPU time for user space on every machine.
const TICKS_PER_SECOND: f64 = 100.0;

/// What `demo --json` prints when it is ready.
#[derive(Debug, Clone, Deserialize)]
pub struct Ready {
    /// Where it listens.
    pub listen: String,
    /// Sign-in link of the workbench.
    pub workbench: String,
    /// Enrolment links: two phones of one village, one of another.
    pub phones: Vec<String>,
    /// Good as `Authorization: Bearer`.
    pub api_token: String,
}

/// A running server.
pub struct Server {
    child: Child,
    /// What it printed.
    pub ready: Ready,
    /// Time from the start to the ready line.
    pub ready_after: Duration,
}

impl Server {
    /// Starts the demo's county without its year on `data`.
    pub fn start_empty(data: &Path) -> io::Result<Self> {
        Self::start(data, &["--empty"])
    }

    /// Starts the demo on `data` with further arguments.
    pub fn start(data: &Path, arguments: &[&str]) -> io::Result<Self> {
        Self::launch("demo", data, arguments)
    }

    /// Starts the real thing on `data`.
    pub fn serve(data: &Path) -> io::Result<Self> {
        Self::launch("serve", data, &[])
    }

    fn launch(command: &str, data: &Path, arguments: &[&str]) -> io::Result<Self> {
        let started = Instant::now();
        let logs = File::options().create(true).append(true).open(data.with_extension("log"))?;
        let mut child = Command::new(binary()?)
            .arg(command)
            .args(["--json", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(logs)
            .spawn()?;
        match ready_line(&mut child) {
            Ok(ready) => Ok(Self { child, ready, ready_after: started.elapsed() }),
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                let tail = std::fs::read_to_string(data.with_extension("log")).unwrap_or_default();
                Err(io::Error::other(format!("server is not ready: {error}\n{tail}")))
            }
        }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.ready.listen.trim_start_matches("http://").parse().expect("the server prints an address")
    }

    /// SIGKILL: nothing is flushed, nobody is told.
    pub fn kill(mut self) -> io::Result<()> {
        self.child.kill()?;
        self.child.wait().map(|_| ())
    }

    /// SIGTERM, and waits until it has drained.
    pub fn stop(mut self) -> io::Result<()> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        self.child.wait().map(|_| ())
    }

    /// User and system time of the process and its children, in seconds.
    pub fn cpu_seconds(&self) -> io::Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id()))?;
        // The name in the second field may hold spaces; it ends with the last parenthesis.
        let fields = stat.rsplit_once(')').map(|(_, rest)| rest).unwrap_or_default();
        let ticks: f64 = fields.split_whitespace().skip(11).take(4).filter_map(|tick| tick.parse::<f64>().ok()).sum();
        Ok(ticks / TICKS_PER_SECOND)
    }

    /// The most memory it ever had, in MB (VmHWM).
    pub fn peak_mb(&self) -> io::Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default();
        let kilobytes: f64 = line.split_whitespace().nth(1).and_then(|text| text.parse().ok()).unwrap_or(0.0);
        Ok(kilobytes / 1024.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ready_line(child: &mut Child) -> io::Result<Ready> {
    let output = child.stdout.take().expect("standard output is piped");
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut lines = BufReader::new(output).lines();
        let found = lines.find_map(|line| line.ok().filter(|line| line.starts_with('{')));
        let _ = sender.send(found);
        // Read on, so that the server never waits for somebody to read what it prints.
        lines.for_each(drop);
    });
    match receiver.recv_timeout(READY_TIMEOUT) {
        Ok(Some(line)) => serde_json::from_str(&line).map_err(io::Error::other),
        Ok(None) | Err(RecvTimeoutError::Disconnected) => Err(io::Error::other("it ended")),
        Err(RecvTimeoutError::Timeout) => Err(io::Error::other("no ready line in time")),
    }
}

/// The server's program, of the same profile as the running one: `ZOUFANG_BINARY`, or built on first use.
pub fn binary() -> io::Result<PathBuf> {
    static BUILT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    BUILT.get_or_init(|| find_or_build().map_err(|error| error.to_string())).clone().map_err(io::Error::other)
}

fn find_or_build() -> io::Result<PathBuf> {
    if let Some(named) = std::env::var_os("ZOUFANG_BINARY") {
        return Ok(named.into());
    }
    let own = std::env::current_exe()?;
    let folder = own.ancestors().skip(1).find(|folder| folder.file_name().is_none_or(|name| name != "deps"));
    let folder = folder.ok_or_else(|| io::Error::other("the test program stands in no folder"))?;
    let is_release = folder.file_name().is_some_and(|name| name == "release");
    let mut build = Command::new(std::env::var_os("CARGO").unwrap_or("cargo".into()));
    build.current_dir(crate::repository()).args(["build", "--quiet", "-p", "zoufang-server", "--bin", "zoufang"]);
    build.args(is_release.then_some("--release"));
    if let Some(target) = folder.parent() {
        build.env("CARGO_TARGET_DIR", target);
    }
    if !build.stdout(Stdio::null()).status()?.success() {
        return Err(io::Error::other("the server does not build"));
    }
    Ok(folder.join("zoufang"))
}

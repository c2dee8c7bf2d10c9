//! Builds the web app into the binary.
//!
//! In the release profile (or with `ZOUFANG_BUILD_APP=1`) the app's sources are copied into the build's own folder, built
//! there with npm under a lock, compressed with brotli, and listed in `app.rs` for `include!`. A debug build does nothing
//! and serves `pwa/dist` from disk. Always true: the source folders are only read; whatever is missing is told in one
//! sentence with what to do. Deliberately not here: how the app is built (`pwa/package.json`), serving it.

use std::collections::hash_map::DefaultHasher;
use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::hash::{Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What Vite 8 needs; also in `pwa/package.json`.
const NODE_MIN: (u32, u32) = (20, 19);
/// Folders of `pwa` that a build does not read. The last two are what earlier builds by hand left.
const NOT_SOURCES: [&str; 4] = ["tests", "node_modules", "dist", "dev-dist"];
/// Compresses what is worth it; runs in Node, whose brotli is fast even when this script is not optimised.
const COMPRESS: &str = "
const { readdirSync, readFileSync, writeFileSync } = require('node:fs')
const { brotliCompressSync, constants } = require('node:zlib')
for (const entry of readdirSync('dist', { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || !/\\.(css|html|js|json|svg|txt|wasm|webmanifest)$/.test(entry.name)) continue
  const path = `${entry.parentPath}/${entry.name}`
  const bytes = readFileSync(path)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24,
                   [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length }
  const small = brotliCompressSync(bytes, { params })
  if (small.length < bytes.length) writeFileSync(`${path}.br`, small)
}";

fn main() {
    println!("cargo::rustc-check-cfg=cfg(app_embedded)");
    println!("cargo::rerun-if-env-changed=ZOUFANG_BUILD_APP");
    println!("cargo::rerun-if-changed=build.rs");
    let wanted = variable("PROFILE") == "release" || variable("ZOUFANG_BUILD_APP") == "1";
    if !wanted {
        return;
    }
    println!("cargo::rustc-cfg=app_embedded");
    if let Err(error) = build() {
        // Cargo takes one line for one error, and fails once this script is done.
        println!("cargo::error={}", error.to_string().replace('\n', " "));
    }
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

fn build() -> Result<(), Box<dyn Error>> {
    let server = PathBuf::from(variable("CARGO_MANIFEST_DIR"));
    let top = server.parent().ok_or("the server's folder has no parent folder")?;
    let out = PathBuf::from(variable("OUT_DIR"));
    watch(top)?;
    check_node()?;
    // Two builds into one folder would mix their files; the lock ends with the process.
    let lock = File::create(out.join("app.lock"))?;
    lock.lock()?;
    let pwa = out.join("pwa");
    copy_sources(&top.join("pwa"), &pwa)?;
    replace(&top.join("sync-protocol/registers"), &out.join("sync-protocol/registers"))?;
    install(&pwa)?;
    npm(&pwa, &["run", "build"])?;
    told("node", run(&pwa, "node", &["--eval", COMPRESS])?)?;
    fs::write(out.join("app.rs"), table(&pwa.join("dist"))?)?;
    Ok(())
}

/// Cargo looks at these for changes; `node_modules` and `dist` would make every build a new one.
fn watch(top: &Path) -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={}", top.join("sync-protocol/registers").display());
    for entry in sources(&top.join("pwa"))? {
        println!("cargo::rerun-if-changed={}", entry.display());
    }
    Ok(())
}

fn sources(pwa: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let unreadable = |error: io::Error| format!("The web app's folder {} cannot be read: {error}.", pwa.display());
    let mut found = Vec::new();
    for entry in fs::read_dir(pwa).map_err(unreadable)? {
        let entry = entry?;
        if !NOT_SOURCES.iter().any(|skipped| entry.file_name() == *skipped) {
            found.push(entry.path());
        }
    }
    Ok(found)
}

fn check_node() -> Result<(), Box<dyn Error>> {
    let advice = format!(
        "The release build makes the web app, which needs Node.js {}.{} or newer with npm: install it from your system \
         or nodejs.org, check with `node --version`, and build again",
        NODE_MIN.0, NODE_MIN.1
    );
    let here = PathBuf::from(variable("OUT_DIR"));
    let asked = run(&here, "node", &["--version"]).map_err(|_| format!("Node.js was not found. {advice}."))?;
    let version = String::from_utf8_lossy(&asked.stdout).trim().trim_start_matches('v').to_owned();
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    if (parts.next().unwrap_or(0), parts.next().unwrap_or(0)) < NODE_MIN {
        return Err(format!("Node.js {version} is too old. {advice}.").into());
    }
    run(&here, "npm", &["--version"]).map_err(|_| format!("npm was not found beside Node.js {version}. {advice}."))?;
    Ok(())
}

/// Everything but the installed packages is replaced, so that a deleted source file is gone here too.
fn copy_sources(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        if entry.file_name() != "node_modules" {
            remove(&entry.path())?;
        }
    }
    for source in sources(from)? {
        copy(&source, &to.join(source.file_name().ok_or("a source without a name")?))?;
    }
    Ok(())
}

fn replace(from: &Path, to: &Path) -> io::Result<()> {
    if to.exists() {
        remove(to)?;
    }
    copy(from, to)
}

fn remove(path: &Path) -> io::Result<()> {
    if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(drop);
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        copy(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// Installs the packages unless those of this very lock file are there.
fn install(pwa: &Path) -> Result<(), Box<dyn Error>> {
    let wanted = fs::read(pwa.join("package-lock.json"))?;
    let stamp = pwa.join("node_modules/.installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    npm(pwa, &["ci", "--no-audit", "--no-fund", "--ignore-scripts"])?;
    fs::write(stamp, wanted)?;
    Ok(())
}

fn npm(folder: &Path, arguments: &[&str]) -> Result<(), Box<dyn Error>> {
    told(&format!("npm {}", arguments.join(" ")), run(folder, "npm", arguments)?)
}

fn run(folder: &Path, program: &str, arguments: &[&str]) -> io::Result<Output> {
    Command::new(program).args(arguments).current_dir(folder).output()
}

fn told(command: &str, output: Output) -> Result<(), Box<dyn Error>> {
    if output.status.success() {
        return Ok(());
    }
    let words = [output.stdout, output.stderr].concat();
    let words = String::from_utf8_lossy(&words);
    // The first lines say what is wrong, except npm's remarks about its own settings; what follows is advice on usage.
    let first: Vec<&str> = words.lines().filter(|line| !line.starts_with("npm warn")).take(20).collect();
    Err(format!("The web app was not built: `{command}` failed in a copy of pwa/. It said: {}", first.join(" | "))
        .into())
}

/// The list of built files as Rust, sorted by path.
fn table(dist: &Path) -> Result<String, Box<dyn Error>> {
    let mut files = Vec::new();
    list(dist, &mut files)?;
    files.sort();
    let mut text = String::from("&[\n");
    for file in files.iter().filter(|file| file.extension().is_none_or(|kind| kind != "br")) {
        let path = file.strip_prefix(dist)?.to_str().ok_or("a built file's name is not text")?;
        let brotli = PathBuf::from(format!("{}.br", file.display()));
        let brotli = if brotli.exists() { format!("Some(include_bytes!({brotli:?}))") } else { "None".to_owned() };
        let mut digest = DefaultHasher::new();
        fs::read(file)?.hash(&mut digest);
        let tag = digest.finish();
        writeln!(
            text,
            "File {{ path: {path:?}, tag: \"{tag:016x}\", raw: include_bytes!({file:?}), brotli: {brotli} }},"
        )?;
    }
    text.push_str("]\n");
    Ok(text)
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { list(&path, files)? } else { files.push(path) }
    }
    Ok(())
}

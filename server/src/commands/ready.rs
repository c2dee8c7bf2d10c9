//! What is printed when a server is ready.
//!
//! Plug in: fill a [`Ready`] and call [`Ready::announce`]. Always true: with `--json` exactly one line of JSON goes to
//! standard output. Deliberately not here: making links.

use super::CommandError;
use serde::Serialize;
use std::io::Write as _;
use std::net::SocketAddr;

/// Where the server is and how to get in. It holds codes that let people in: no `Debug`, never logged.
#[derive(Clone, Serialize)]
pub struct Ready {
    /// `127.0.0.1:8080`.
    pub listen: SocketAddr,
    /// Sign-in link of the workbench; empty if none was made.
    pub workbench: String,
    /// Enrolment links.
    pub phones: Vec<String>,
    /// `Authorization: Bearer`; empty if none was made.
    pub api_token: String,
}

impl Ready {
    /// Prints the JSON line, or `words` for people.
    pub fn announce(&self, json: bool, words: &str) -> Result<(), CommandError> {
        if !json {
            return print(words);
        }
        print(&serde_json::to_string(self).expect("a struct of strings is always JSON"))
    }
}

/// One text on standard output, at once even into a pipe.
pub fn print(words: &str) -> Result<(), CommandError> {
    let mut output = std::io::stdout().lock();
    let printed = writeln!(output, "{words}").and_then(|()| output.flush());
    printed.map_err(|error| CommandError::Refused(format!("不能写标准输出 / cannot write to standard output: {error}")))
}

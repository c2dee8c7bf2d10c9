//! The county's side of a running server, as a program with its token: links, rows, matters, the report.
//!
//! Always true: waiting ends with a sentence about what was waited for. Deliberately not here: phones.

use crate::http::{Answer, Client};
use serde::de::DeserializeOwned;
use serde_json::json;
use std::io;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use zoufang_server::county::view::{
    AnnualReport, HeldWork, Link, Matter, RecordDetail, RecordPage, Station, VisitDetail, VisitPage,
};

/// How long anything that is waited for may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long to listen for an event before looking again all the same.
const LISTEN: Duration = Duration::from_millis(200);

/// The county, at one server.
pub struct County {
    client: Client,
    address: SocketAddr,
    token: String,
}

impl County {
    /// The county at the server that listens there.
    pub fn at(address: SocketAddr, token: &str) -> Self {
        Self { client: Client::new(address), address, token: token.to_owned() }
    }

    /// A fresh enrolment code for a phone of `unit`.
    pub fn enrolment_code(&mut self, unit: &str, person: &str) -> io::Result<String> {
        let link: Link = self.post("/api/county/links", &json!({"unit": unit, "person": person}))?;
        link.url.split_once("#enrol=").map(|(_, code)| code.to_owned()).ok_or_else(|| io::Error::other(link.url))
    }

    /// A clerk of one township, signed in by the link that the county makes.
    pub fn clerk_of(&mut self, township: &str, name: &str) -> io::Result<Self> {
        let asked = json!({"unit": township, "person": name, "staff": true});
        let link: Link = self.post("/api/county/links", &asked)?;
        let (_, code) = link.url.split_once("#code=").ok_or_else(|| io::Error::other(link.url.clone()))?;
        Self::sign_in(self.address, code)
    }

    /// Whoever holds a sign-in code.
    pub fn sign_in(address: SocketAddr, code: &str) -> io::Result<Self> {
        Self::enter(address, "/api/session", &json!({ "code": code }))
    }

    /// Posts what opens a session; the cookie that comes back is the token.
    pub fn enter(address: SocketAddr, path: &str, body: &serde_json::Value) -> io::Result<Self> {
        let answer = Client::new(address).request("POST", path, None, Some(&body.to_string()))?;
        let cookie = answer.header("set-cookie").and_then(|cookie| cookie.split_once('='));
        let token = cookie.and_then(|(_, value)| value.split(';').next());
        Ok(Self::at(address, token.ok_or_else(|| io::Error::other(format!("{}", answer.json())))?))
    }

    /// Stations of a unit; empty for the county.
    pub fn stations(&mut self, unit: &str) -> io::Result<Vec<Station>> {
        self.get(&format!("/api/county/stations?unit={unit}"))
    }

    /// Work that waits for the county.
    pub fn held(&mut self) -> io::Result<Vec<HeldWork>> {
        self.get("/api/county/held")
    }

    /// Merged visits; `query` as in `unit=…&limit=…`.
    pub fn visits(&mut self, query: &str) -> io::Result<VisitPage> {
        self.get(&format!("/api/county/visits?{query}"))
    }

    /// One visit with its history.
    pub fn visit(&mut self, record_id: &str) -> io::Result<VisitDetail> {
        self.get(&format!("/api/county/visits/{record_id}"))
    }

    /// Open matters.
    pub fn matters(&mut self) -> io::Result<Vec<Matter>> {
        self.get("/api/county/matters?open=true")
    }

    /// Settles a matter as it was shown.
    pub fn settle(&mut self, matter: &Matter, chosen: Option<&str>, note: &str) -> io::Result<Matter> {
        let settlement = json!({"chosen": chosen, "note": note, "heads": matter.heads});
        self.post(&format!("/api/county/matters/{}/settle", matter.id), &settlement)
    }

    /// The annual report of the county.
    pub fn annual(&mut self, unit: &str, year: u32) -> io::Result<AnnualReport> {
        self.get(&format!("/api/report/annual?unit={unit}&year={year}"))
    }

    /// Asks for JSON.
    pub fn get<T: DeserializeOwned>(&mut self, path: &str) -> io::Result<T> {
        let answer = self.client.request("GET", path, Some(&self.token), None)?;
        read(path, &answer)
    }

    /// Sends JSON.
    pub fn post<T: DeserializeOwned>(&mut self, path: &str, body: &serde_json::Value) -> io::Result<T> {
        let answer = self.client.request("POST", path, Some(&self.token), Some(&body.to_string()))?;
        read(path, &answer)
    }

    /// Any request as it is answered, refusals too.
    pub fn ask(&mut self, method: &str, path: &str, body: Option<&serde_json::Value>) -> io::Result<Answer> {
        let body = body.map(ToString::to_string);
        self.client.request(method, path, Some(&self.token), body.as_deref())
    }

    /// Sends a file as the body.
    pub fn upload(&mut self, path: &str, file: &[u8]) -> io::Result<Answer> {
        let fields = [("Authorization", format!("Bearer {}", self.token))];
        self.client.upload("POST", path, &fields, file, None)
    }

    /// A page of any register; the question as JSON.
    pub fn records(&mut self, query: &serde_json::Value) -> io::Result<RecordPage> {
        self.post("/api/county/records", query)
    }

    /// One record of any register.
    pub fn record(&mut self, record_id: &str) -> io::Result<RecordDetail> {
        self.get(&format!("/api/county/records/{record_id}"))
    }

    /// Looks each time a feed moves, until `found` gives something.
    ///
    /// # Panics
    /// If that takes longer than a minute.
    pub fn wait_for<T>(&mut self, what: &str, mut found: impl FnMut(&mut Self) -> Option<T>) -> T {
        let started = Instant::now();
        let mut events = Events::open(self.address, &self.token);
        loop {
            if let Some(value) = found(self) {
                return value;
            }
            assert!(started.elapsed() < PATIENCE, "waited in vain for: {what}");
            events.next();
        }
    }

    /// Waits until the server has folded so many chunks since its start: costs it next to nothing.
    pub fn wait_for_folds(&mut self, count: u64) {
        self.wait_for(&format!("{count} folds"), |county| {
            let answer = county.client.request("GET", "/metrics", Some(&county.token), None).ok()?;
            let text = String::from_utf8_lossy(&answer.body).into_owned();
            let line = text.lines().find_map(|line| line.strip_prefix("zoufang_folds_total ")?.trim().parse().ok());
            line.filter(|folds: &u64| *folds >= count)
        });
    }

    /// Waits until the county has so many records that match.
    pub fn wait_for_visits(&mut self, query: &str, count: u32) -> VisitPage {
        let query = query.to_owned();
        self.wait_for(&format!("{count} visits of {query}"), |county| {
            county.visits(&query).ok().filter(|page| page.matching >= count)
        })
    }
}

fn read<T: DeserializeOwned>(path: &str, answer: &Answer) -> io::Result<T> {
    if answer.status != 200 {
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        return Err(io::Error::other(format!("{path}: {} {text}", answer.status)));
    }
    serde_json::from_slice(&answer.body).map_err(|error| io::Error::other(format!("{path}: {error}")))
}

/// The stream of events, as a thing to wait on.
struct Events(Option<std::net::TcpStream>);

impl Events {
    fn open(address: SocketAddr, token: &str) -> Self {
        let open = || -> io::Result<std::net::TcpStream> {
            let mut stream = std::net::TcpStream::connect(address)?;
            stream.set_read_timeout(Some(LISTEN))?;
            let request =
                format!("GET /api/events HTTP/1.1\r\nHost: {address}\r\nCookie: __Host-staff={token}\r\n\r\n");
            io::Write::write_all(&mut stream, request.as_bytes())?;
            Ok(stream)
        };
        Self(open().ok())
    }

    /// Returns once something came, or it was quiet for a while.
    fn next(&mut self) {
        let quiet = match &mut self.0 {
            Some(stream) => match io::Read::read(stream, &mut [0; 4096]) {
                Ok(1..) => return,
                Ok(0) => true,
                Err(error) => !matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut),
            },
            None => true,
        };
        if quiet {
            // Nobody tells us: look again after a while. The wait itself is bounded by the caller.
            self.0 = None;
            std::thread::park_timeout(LISTEN);
        }
    }
}

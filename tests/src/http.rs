//! A client that sends what Chromium sends: the header lines of an exchange as recorded, over one TCP connection.
//!
//! Always true: bytes are counted as they pass the socket. Deliberately not here: what an exchange contains.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Recorded from Chromium by `tests/browser/record-headers.mjs`.
const RECORDED: &str = include_str!("../fixtures/chromium-headers.txt");
/// Longer than any answer takes on the slow link.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(60);

/// One connection to a server, opened when it is first needed.
pub struct Client {
    address: SocketAddr,
    authority: String,
    stream: Option<TcpStream>,
    cookie: Option<String>,
    /// Bytes written so far.
    pub sent: u64,
    /// Bytes read so far.
    pub received: u64,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Status code.
    pub status: u16,
    /// Header lines, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, decoded from chunks and brotli.
    pub body: Vec<u8>,
    /// Bytes of the body as they travelled, without the frame of chunks.
    pub body_bytes: u64,
}

impl Client {
    /// A client of the server that listens there.
    pub fn new(address: SocketAddr) -> Self {
        Self::through(address, address)
    }

    /// A client that connects to `proxy` and speaks to `server`.
    pub fn through(proxy: SocketAddr, server: SocketAddr) -> Self {
        Self { address: proxy, authority: server.to_string(), stream: None, cookie: None, sent: 0, received: 0 }
    }

    /// Goes another way to the same server from now on, on a new connection, with its cookie.
    pub fn go_through(&mut self, proxy: SocketAddr) {
        self.address = proxy;
        self.stream = None;
    }

    /// Goes to a server that was started again elsewhere.
    pub fn go_to(&mut self, server: SocketAddr) {
        self.authority = server.to_string();
        self.go_through(server);
    }

    /// Connects, if it is not connected.
    pub fn connect(&mut self) -> io::Result<()> {
        if self.stream.is_none() {
            let stream = TcpStream::connect(self.address)?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(ANSWER_TIMEOUT))?;
            self.stream = Some(stream);
        }
        Ok(())
    }

    /// `POST /api/sync`, with the lines of a real browser.
    pub fn sync(&mut self, body: &[u8]) -> io::Result<Answer> {
        let mut head = String::with_capacity(600);
        for line in RECORDED.lines() {
            let line = match line.split_once(": ").map_or(line, |(name, _)| name) {
                "Host" => format!("Host: {}", self.authority),
                "Origin" => format!("Origin: http://{}", self.authority),
                "Content-Length" => format!("Content-Length: {}", body.len()),
                "Cookie" => match &self.cookie {
                    Some(cookie) => format!("Cookie: {cookie}"),
                    None => continue,
                },
                _ => line.to_owned(),
            };
            head.push_str(&line);
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        self.exchange(&[head.as_bytes(), body].concat())
    }

    /// Any request of a program: JSON, with the bearer token if there is one.
    pub fn request(&mut self, method: &str, path: &str, token: Option<&str>, body: Option<&str>) -> io::Result<Answer> {
        let authorization = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
        let body = body.unwrap_or_default();
        let (host, length) = (&self.authority, body.len());
        let text = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n{authorization}\
             Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
        );
        self.exchange(text.as_bytes())
    }

    /// A request of a phone with bytes, as tus has them; `cut`: the connection breaks after so many of them, without an answer.
    pub fn upload(
        &mut self,
        method: &str,
        path: &str,
        fields: &[(&str, String)],
        body: &[u8],
        cut: Option<usize>,
    ) -> io::Result<Answer> {
        let mut head =
            format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n", self.authority, body.len());
        fields.iter().for_each(|(name, value)| head.push_str(&format!("{name}: {value}\r\n")));
        let cookie = self.cookie.as_ref().map(|cookie| format!("Cookie: {cookie}\r\n")).unwrap_or_default();
        let whole = [head.as_bytes(), cookie.as_bytes(), b"\r\n", &body[..cut.unwrap_or(body.len())]].concat();
        if cut.is_none() {
            return self.exchange(&whole);
        }
        self.connect()?;
        let mut stream = self.stream.take().ok_or(io::ErrorKind::NotConnected)?;
        stream.write_all(&whole)?;
        Err(io::ErrorKind::BrokenPipe.into())
    }

    /// Sends bytes as they are and reads one answer.
    pub fn exchange(&mut self, bytes: &[u8]) -> io::Result<Answer> {
        let result = self.try_exchange(bytes);
        match &result {
            Ok(answer) if !answer.closes() => {}
            _ => self.stream = None,
        }
        result
    }

    fn try_exchange(&mut self, bytes: &[u8]) -> io::Result<Answer> {
        self.connect()?;
        let stream = self.stream.as_mut().ok_or(io::ErrorKind::NotConnected)?;
        stream.write_all(bytes)?;
        self.sent += bytes.len() as u64;
        let mut counted = Counted { stream, bytes: 0 };
        let answer = read_answer(&mut counted, bytes.starts_with(b"HEAD "));
        self.received += counted.bytes;
        let answer = answer?;
        if let Some(cookie) = answer.header("set-cookie") {
            self.cookie = cookie.split(';').next().map(str::to_owned);
        }
        Ok(answer)
    }
}

impl Answer {
    /// The first header line of that name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
    }

    /// The body as JSON; null if it is none.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    fn closes(&self) -> bool {
        self.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"))
    }
}

struct Counted<'a> {
    stream: &'a mut TcpStream,
    bytes: u64,
}

impl Counted<'_> {
    fn fill(&mut self, buffer: &mut Vec<u8>) -> io::Result<()> {
        let mut piece = [0; 16 * 1024];
        let read = self.stream.read(&mut piece)?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.bytes += read as u64;
        buffer.extend_from_slice(&piece[..read]);
        Ok(())
    }

    fn line(&mut self, buffer: &mut Vec<u8>) -> io::Result<String> {
        loop {
            if let Some(end) = buffer.windows(2).position(|pair| pair == b"\r\n") {
                let line = String::from_utf8_lossy(&buffer[..end]).into_owned();
                buffer.drain(..end + 2);
                return Ok(line);
            }
            self.fill(buffer)?;
        }
    }

    fn exactly(&mut self, buffer: &mut Vec<u8>, length: usize) -> io::Result<Vec<u8>> {
        while buffer.len() < length {
            self.fill(buffer)?;
        }
        Ok(buffer.drain(..length).collect())
    }
}

/// The answer to HEAD tells the length of a body that does not come.
fn read_answer(stream: &mut Counted<'_>, is_head: bool) -> io::Result<Answer> {
    let mut buffer = Vec::new();
    let status_line = stream.line(&mut buffer)?;
    let status = status_line.split(' ').nth(1).and_then(|code| code.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
    let mut answer = Answer { status, headers: Vec::new(), body: Vec::new(), body_bytes: 0 };
    loop {
        let line = stream.line(&mut buffer)?;
        let Some((name, value)) = line.split_once(':') else { break };
        answer.headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    if is_head {
        return Ok(answer);
    }
    answer.body = read_body(stream, &mut buffer, &answer)?;
    answer.body_bytes = answer.body.len() as u64;
    if answer.header("content-encoding") == Some("br") {
        let mut decoded = Vec::new();
        brotli::Decompressor::new(answer.body.as_slice(), 4096).read_to_end(&mut decoded)?;
        answer.body = decoded;
    }
    Ok(answer)
}

fn read_body(stream: &mut Counted<'_>, buffer: &mut Vec<u8>, answer: &Answer) -> io::Result<Vec<u8>> {
    if let Some(length) = answer.header("content-length") {
        let length = length.parse().map_err(|_| io::ErrorKind::InvalidData)?;
        return stream.exactly(buffer, length);
    }
    if answer.header("transfer-encoding") != Some("chunked") {
        return Ok(Vec::new());
    }
    let mut body = Vec::new();
    loop {
        let line = stream.line(buffer)?;
        let length = usize::from_str_radix(line.trim(), 16).map_err(|_| io::ErrorKind::InvalidData)?;
        body.extend(stream.exactly(buffer, length)?);
        stream.line(buffer)?;
        if length == 0 {
            return Ok(body);
        }
    }
}

//! A TCP proxy between phone and server that counts every byte, and can be a bad link.
//!
//! Always true: a log entry stands for bytes that were passed on. The slow link is 600 ms round trip and 50 kB/s each
//! way, with one round trip charged for the handshake. Deliberately not here: what the bytes mean.

use std::io::{self, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// One way of the slow link.
const SLOW_LATENCY: Duration = Duration::from_millis(300);
/// Bytes in a second of the slow link.
const SLOW_BYTES_PER_SECOND: f64 = 50_000.0;

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// From phone to server.
    Up,
    /// From server to phone.
    Down,
}

/// What is wrong with the link.
#[derive(Debug, Clone, Default)]
pub struct Link {
    /// 600 ms and 50 kB/s.
    pub slow: bool,
    /// The connection ends once so many bytes went that way.
    pub cut: Option<(Way, u64)>,
    /// All that went up is sent a second time, on a connection of its own, once the first has ended.
    pub duplicate: bool,
}

/// Bytes that were passed on.
#[derive(Debug, Clone, serde::Serialize)]
pub struct Passage {
    /// Microseconds since the proxy's start.
    pub at_us: u128,
    /// 0, 1, 2 … in order of connecting.
    pub connection: usize,
    /// Which way.
    pub way: Way,
    /// How many.
    pub bytes: u64,
}

/// A proxy that listens until the program ends.
pub struct Proxy {
    /// Where it listens.
    pub address: SocketAddr,
    shared: Arc<Shared>,
}

struct Shared {
    upstream: Mutex<SocketAddr>,
    link: Mutex<Link>,
    log: Mutex<Vec<Passage>>,
    started: Instant,
}

/// Sums over a part of the log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counted {
    /// From phone to server.
    pub bytes_up: u64,
    /// From server to phone.
    pub bytes_down: u64,
    /// Turns from phone to server.
    pub round_trips: u64,
}

impl Proxy {
    /// Listens on a free port and passes on to `upstream`.
    pub fn start(upstream: SocketAddr, link: Link) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            upstream: Mutex::new(upstream),
            link: Mutex::new(link),
            log: Mutex::default(),
            started: Instant::now(),
        });
        let accepting = Arc::clone(&shared);
        std::thread::spawn(move || {
            for (connection, phone) in listener.incoming().flatten().enumerate() {
                let shared = Arc::clone(&accepting);
                std::thread::spawn(move || pass(&shared, connection, phone));
            }
        });
        Ok(Self { address, shared })
    }

    /// Later connections go there.
    pub fn set_upstream(&self, upstream: SocketAddr) {
        *self.shared.upstream.lock().expect("no holder panics") = upstream;
    }

    /// Later connections have this link.
    pub fn set_link(&self, link: Link) {
        *self.shared.link.lock().expect("no holder panics") = link;
    }

    /// Everything that was passed on so far.
    pub fn log(&self) -> Vec<Passage> {
        self.shared.log.lock().expect("no holder panics").clone()
    }

    /// Sums of what was passed on since the log had `from` entries.
    pub fn counted(&self, from: usize) -> Counted {
        let mut counted = Counted::default();
        let mut last = Way::Down;
        for passage in &self.log()[from..] {
            match passage.way {
                Way::Up => counted.bytes_up += passage.bytes,
                Way::Down => counted.bytes_down += passage.bytes,
            }
            counted.round_trips += u64::from(passage.way == Way::Up && last == Way::Down);
            last = passage.way;
        }
        counted
    }
}

fn pass(shared: &Arc<Shared>, connection: usize, phone: TcpStream) {
    let upstream = *shared.upstream.lock().expect("no holder panics");
    let link = shared.link.lock().expect("no holder panics").clone();
    let Ok(server) = TcpStream::connect(upstream) else { return };
    let _ = (phone.set_nodelay(true), server.set_nodelay(true));
    let (Ok(phone_again), Ok(server_again)) = (phone.try_clone(), server.try_clone()) else { return };
    let pump = |way: Way| Pump { shared: Arc::clone(shared), connection, way, link: link.clone() };
    let (up, down) = (pump(Way::Up), pump(Way::Down));
    let returning = std::thread::spawn(move || down.run(server_again, phone_again));
    let seen = up.run(phone, server);
    let _ = returning.join();
    if link.duplicate {
        send_again(upstream, &seen);
    }
}

/// Sends `bytes` and reads what comes back until the server has nothing more to say.
fn send_again(upstream: SocketAddr, bytes: &[u8]) {
    let Ok(mut server) = TcpStream::connect(upstream) else { return };
    if server.write_all(bytes).is_ok() {
        let _ = server.shutdown(Shutdown::Write);
        let _ = server.set_read_timeout(Some(Duration::from_secs(10)));
        let _ = server.read_to_end(&mut Vec::new());
    }
}

struct Pump {
    shared: Arc<Shared>,
    connection: usize,
    way: Way,
    link: Link,
}

impl Pump {
    /// Passes on until either side ends or the link is cut; returns what was read on the way up.
    fn run(self, mut from: TcpStream, to: TcpStream) -> Vec<u8> {
        let (sender, receiver) = channel::<(Instant, Vec<u8>)>();
        let (connection, way, shared) = (self.connection, self.way, Arc::clone(&self.shared));
        let Ok(closing) = to.try_clone() else { return Vec::new() };
        let writer = std::thread::spawn(move || write_in_time(&shared, connection, way, to, &receiver));
        let seen = self.read(&mut from, &sender);
        drop(sender);
        let _ = writer.join();
        let is_cut = self.link.cut.is_some_and(|(way, _)| way == self.way);
        let _ = closing.shutdown(if is_cut { Shutdown::Both } else { Shutdown::Write });
        if is_cut {
            let _ = from.shutdown(Shutdown::Both);
        }
        seen
    }

    fn read(&self, from: &mut TcpStream, sender: &Sender<(Instant, Vec<u8>)>) -> Vec<u8> {
        let mut seen = Vec::new();
        let mut left = self.link.cut.filter(|(way, _)| *way == self.way).map_or(u64::MAX, |(_, bytes)| bytes);
        // The handshake's own round trip is charged to the first bytes.
        let mut free = Instant::now() + if self.link.slow { 2 * SLOW_LATENCY } else { Duration::ZERO };
        let mut buffer = [0; 16 * 1024];
        while left > 0 {
            let Ok(read @ 1..) = from.read(&mut buffer) else { break };
            let passed = read.min(usize::try_from(left).unwrap_or(usize::MAX));
            left -= passed as u64;
            let mut due = Instant::now();
            if self.link.slow {
                free = free.max(due) + Duration::from_secs_f64(passed as f64 / SLOW_BYTES_PER_SECOND);
                due = free + SLOW_LATENCY;
            }
            if self.link.duplicate && self.way == Way::Up {
                seen.extend_from_slice(&buffer[..passed]);
            }
            if sender.send((due, buffer[..passed].to_vec())).is_err() {
                break;
            }
        }
        seen
    }
}

fn write_in_time(
    shared: &Shared,
    connection: usize,
    way: Way,
    mut to: TcpStream,
    pieces: &Receiver<(Instant, Vec<u8>)>,
) {
    for (due, bytes) in pieces {
        // This is the link's latency itself, not a wait for something to happen.
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let at_us = shared.started.elapsed().as_micros();
        let passage = Passage { at_us, connection, way, bytes: bytes.len() as u64 };
        shared.log.lock().expect("no holder panics").push(passage);
        if to.write_all(&bytes).is_err() {
            return;
        }
    }
}

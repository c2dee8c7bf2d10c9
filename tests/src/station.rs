//! A village station: a simulated phone with a connection to a real server.
//!
//! Always true: the phone is the product's own (keys, documents, envelopes, pinned answers); only the network is ours.
//! Deliberately not here: what is written.

use crate::county::County;
use crate::http::{Answer, Client};
use serde_json::json;
use std::io;
use zoufang_server::demo::phone::{Outcome, Phone};
use zoufang_sync_protocol::enrol::EnrolAnswer;

/// Turns after which an exchange that wants yet another is a fault.
const TURNS_MAX: usize = 50;

/// See the module's header.
pub struct Station {
    /// The phone.
    pub phone: Phone,
    /// Its way to the server.
    pub client: Client,
    /// Its clock, ms.
    pub now_ms: u64,
}

impl Station {
    /// Enrols a new phone for `unit`.
    pub fn enrol(county: &mut County, mut client: Client, unit: &str, person: &str) -> io::Result<Self> {
        let phone = Phone::with_new_key().map_err(io::Error::other)?;
        let code = county.enrolment_code(unit, person)?;
        Self::enrol_phone(phone, &mut client, &code).map(|phone| Self { phone, client, now_ms: 1_706_900_000_000 })
    }

    fn enrol_phone(mut phone: Phone, client: &mut Client, code: &str) -> io::Result<Phone> {
        let body = json!({"code": code, "public_key": phone.public_key_base64()}).to_string();
        let answer = client.request("POST", "/api/enrol", None, Some(&body))?;
        let enrolled: EnrolAnswer = serde_json::from_slice(&answer.body)
            .map_err(|_| io::Error::other(format!("not enrolled: {}", String::from_utf8_lossy(&answer.body))))?;
        phone.enrolled(&enrolled).map_err(io::Error::other)?;
        Ok(phone)
    }

    /// One turn: sends a request and takes its answer.
    pub fn turn(&mut self) -> io::Result<(Outcome, Answer)> {
        self.measured_turn().map(|(outcome, answer, _)| (outcome, answer))
    }

    /// One turn, with the bytes of the request.
    pub fn measured_turn(&mut self) -> io::Result<(Outcome, Answer, u64)> {
        self.now_ms += 1_000;
        let request = self.phone.request(self.now_ms).map_err(io::Error::other)?;
        let answer = self.client.sync(&request)?;
        if answer.status != 200 {
            let text = String::from_utf8_lossy(&answer.body);
            return Err(io::Error::other(format!("exchange: {} {text}", answer.status)));
        }
        let outcome = self.phone.answer(&request, &answer.body).map_err(io::Error::other)?;
        Ok((outcome, answer, request.len() as u64))
    }

    /// An exchange: turns until the server has nothing more to say. Returns how many.
    pub fn exchange(&mut self) -> io::Result<usize> {
        for turn in 1..=TURNS_MAX {
            if !self.turn()?.0.repeat {
                return Ok(turn);
            }
        }
        Err(io::Error::other("the exchange does not end"))
    }
}

//! What the rooms below say is wrong, as a [`Problem`].

use super::Problem;
use crate::access::AccessError;
use crate::county::CountyError;
use crate::fold::settle::SettleError;
use crate::intake::IntakeError;
use crate::intake::imports::NumberRefused;
use crate::routes::county::campaigns;
use crate::sheets::{SheetError, fault};
use warp::http::StatusCode;

impl From<IntakeError> for Problem {
    fn from(error: IntakeError) -> Self {
        match error {
            IntakeError::Protocol(error) => error.into(),
            IntakeError::Access(error) => error.into(),
            IntakeError::Store(error) => error.into(),
            IntakeError::Settle(error) => error.into(),
            IntakeError::WrongCounty(county) => Self::WrongCounty(county),
            IntakeError::UnknownDevice => Self::UnknownDevice(String::new()),
            IntakeError::HeldNeeds(matter) => Self::Told {
                status: StatusCode::CONFLICT,
                code: "held_needs",
                about: matter,
                zh: "这份待收记录接着另一份{}，那一份已不予接收。请先重新打开那一份，再一起接收。",
                en: "This held work rests on other work{} that was declined. Open that one again, then accept both.",
            },
            IntakeError::Fold(error) => Self::Internal(error.to_string()),
            IntakeError::NotFound(what) => Self::NotFound(what),
            IntakeError::BadField(field) => Self::BadRequest(field),
            IntakeError::County(error) => error.into(),
            IntakeError::List(error) => error.into(),
            IntakeError::Campaign(faults) => campaigns::not_taken(&faults),
            IntakeError::Photo(error) => error.into(),
            IntakeError::Number(error) => error.into(),
            IntakeError::Sheet(error) => error.into(),
            IntakeError::Register(faults) => {
                Self::BadRequest(faults.0.into_iter().map(|fault| fault.pointer).collect())
            }
        }
    }
}

impl From<NumberRefused> for Problem {
    fn from(error: NumberRefused) -> Self {
        let (code, zh, en) = match error {
            NumberRefused::Malformed => (
                "number_malformed",
                "身份证号位数或日期不对，没有保存。请对照身份证再输一遍。",
                "The citizen number has a wrong length or date and nothing was saved. Type it again from the card.",
            ),
            NumberRefused::CheckDigit => (
                "number_check",
                "身份证号最后一位和前面的对不上，没有保存。请对照身份证再输一遍。",
                "The last digit of the citizen number does not fit the others and nothing was saved. Type it again from the card.",
            ),
            NumberRefused::Taken => (
                "number_taken",
                "名册里另有人用这个身份证号，没有保存。请先核对是不是同一个人登记了两次。",
                "Somebody else on the list has this citizen number and nothing was saved. See first whether one person is on it twice.",
            ),
        };
        Self::Told { status: StatusCode::UNPROCESSABLE_ENTITY, code, about: "identity_number".to_owned(), zh, en }
    }
}

impl From<SheetError> for Problem {
    fn from(error: SheetError) -> Self {
        let (code, zh, en) = fault::words_of_file(error);
        Self::Told { status: StatusCode::UNPROCESSABLE_ENTITY, code, about: String::new(), zh, en }
    }
}

impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Store(error) => error.into(),
            AccessError::CodeUnknown => Self::CodeUnknown,
            AccessError::CodeUsed => Self::CodeUsed,
            AccessError::CodeExpired => Self::CodeExpired,
            AccessError::CodeTries => Self::Told {
                status: StatusCode::GONE,
                code: "code_tries",
                about: String::new(),
                zh: "数字输错了五次，这个登记码已作废。请发一个新的。",
                en: "Wrong digits were typed five times and the code is dead. Make a new one.",
            },
            AccessError::DigitsDiffer => Self::Told {
                status: StatusCode::UNPROCESSABLE_ENTITY,
                code: "match_differs",
                about: "digits".to_owned(),
                zh: "四位数字和手机上显示的不一样，没有批准。请和拿手机的人再核对一遍。",
                en: "The four digits are not those on the phone and nothing was approved. Compare them again with \
                     whoever holds it.",
            },
            AccessError::DeviceWithdrawn => Self::DeviceWithdrawn(String::new()),
            error @ AccessError::CodeWaits => Self::Internal(error.to_string()),
            AccessError::NotAKey => Self::BadRequest("public_key".to_owned()),
            error @ (AccessError::NotFounded | AccessError::Cryptography) => Self::Internal(error.to_string()),
        }
    }
}

impl From<SettleError> for Problem {
    fn from(error: SettleError) -> Self {
        match error {
            SettleError::Store(error) => error.into(),
            SettleError::Document(error) => Self::Internal(error.to_string()),
            SettleError::NotByChoosing => Self::BadRequest("kind".to_owned()),
            SettleError::NoSuchValue => Self::BadRequest("chosen".to_owned()),
            SettleError::UnknownHeads => Self::BadRequest("heads".to_owned()),
            SettleError::NothingChanges => Self::BadRequest("fields".to_owned()),
        }
    }
}

impl From<CountyError> for Problem {
    fn from(error: CountyError) -> Self {
        match error {
            CountyError::Store(error) => error.into(),
            CountyError::NotFound(what) => Self::NotFound(what),
            CountyError::BadParameter(parameter) => Self::BadRequest(parameter.to_owned()),
        }
    }
}

//! What the rooms below say is wrong, as a [`Problem`].

use super::Problem;
use crate::access::AccessError;
use crate::county::CountyError;
use crate::fold::settle::SettleError;
use crate::intake::IntakeError;
use crate::routes::county::campaigns;

impl From<IntakeError> for Problem {
    fn from(error: IntakeError) -> Self {
        match error {
            IntakeError::Protocol(error) => error.into(),
            IntakeError::Access(error) => error.into(),
            IntakeError::Store(error) => error.into(),
            IntakeError::Settle(error) => error.into(),
            IntakeError::WrongCounty(county) => Self::WrongCounty(county),
            IntakeError::UnknownDevice => Self::UnknownDevice(String::new()),
            IntakeError::DeviceWithdrawn => Self::DeviceWithdrawn(String::new()),
            IntakeError::NotFound(what) => Self::NotFound(what),
            IntakeError::BadField(field) => Self::BadRequest(field),
            IntakeError::County(error) => error.into(),
            IntakeError::List(error) => error.into(),
            IntakeError::Campaign(faults) => campaigns::not_taken(&faults),
            IntakeError::Photo(error) => error.into(),
            IntakeError::Register(faults) => {
                Self::BadRequest(faults.0.into_iter().map(|fault| fault.pointer).collect())
            }
        }
    }
}

impl From<AccessError> for Problem {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Store(error) => error.into(),
            AccessError::CodeUnknown => Self::CodeUnknown,
            AccessError::CodeUsed => Self::CodeUsed,
            AccessError::CodeExpired => Self::CodeExpired,
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

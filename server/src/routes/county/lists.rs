//! `/api/county/lists`: the lists of the county, and a new version of one.

use super::{json, refused};
use crate::access::Person;
use crate::county::lists::{self, ListRefused};
use crate::county::view::ListEdit;
use crate::intake::Intake;
use crate::routes::problem::Problem;
use crate::routes::staff::{staff, with};
use std::sync::Arc;
use warp::http::StatusCode;
use warp::reply::Response;
use warp::{Filter, Rejection};

/// Two hundred items with packages.
const LIST_BYTES_MAX: u64 = 256 * 1024;

/// The routes. Rule: a signed-in person of the county.
pub(super) fn routes(intake: &Arc<Intake>) -> impl Filter<Extract = (Response,), Error = Rejection> + Clone + use<> {
    let all = warp::path!("api" / "county" / "lists").and(warp::get()).and(staff(intake)).and(with(intake)).and_then(
        |_: Person, intake: Arc<Intake>| async move {
            let lists = lists::all(&*intake.store).map_err(refused)?;
            json(&lists).map_err(warp::reject::custom)
        },
    );
    let edit = warp::path!("api" / "county" / "lists" / String)
        .and(warp::put())
        .and(staff(intake))
        .and(warp::body::content_length_limit(LIST_BYTES_MAX))
        .and(warp::body::json())
        .and(with(intake))
        .and_then(|id: String, clerk: Person, edit: ListEdit, intake: Arc<Intake>| async move {
            let list = intake.edit_list(&clerk, &id, &edit).await.map_err(refused)?;
            json(&list).map_err(warp::reject::custom)
        });
    all.or(edit).unify()
}

impl From<ListRefused> for Problem {
    fn from(refused: ListRefused) -> Self {
        let (code, about, zh, en) = said(refused);
        Self::Told { status: StatusCode::UNPROCESSABLE_ENTITY, code, about, zh, en }
    }
}

/// Stable code, what it is about, and the sentences.
fn said(refused: ListRefused) -> (&'static str, String, &'static str, &'static str) {
    match refused {
        ListRefused::Day(day) => (
            "list_day",
            day,
            "启用日期{}要写成年月日，并且晚于上一版的启用日期。",
            "The first day{} must be a date after the first day of the version before.",
        ),
        ListRefused::Size => (
            "list_size",
            String::new(),
            "清单至少一项、最多 200 项，最多 200 版。",
            "A list has 1 to 200 items and at most 200 versions.",
        ),
        ListRefused::CodeMalformed(code) => (
            "list_code_malformed",
            code,
            "编码{}只能用字母、数字、“-”和“_”，最多 64 个。",
            "The code{} may have letters, digits, - and _, at most 64.",
        ),
        ListRefused::CodeTwice(code) => {
            ("list_code_twice", code, "编码{}出现了两次。", "The code{} stands there twice.")
        }
        ListRefused::CodeChanged(code) => (
            "list_code_changed",
            code,
            "编码{}以前是另一个意思，不能改名：过去的记录还在用。请用新的编码，旧的可以不再列出。",
            "The code{} has had another meaning, and past records hold it. Use a new code; the old one may be left out.",
        ),
        ListRefused::Label(code) => (
            "list_label",
            code,
            "编码{}的名称要写中文和英文，各 1 到 60 个字，前后没有空格。",
            "The item{} needs a Chinese and an English label of 1 to 60 characters without blanks around.",
        ),
        ListRefused::Worth(code) => (
            "list_worth",
            code,
            "编码{}的金额或慰问品不对：奖励要有金额，慰问标准要有钱或物，其他清单都不能有。",
            "The amount or gift of the item{} is not right: awards have an amount, packages a gift, other lists neither.",
        ),
    }
}

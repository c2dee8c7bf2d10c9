//! `zoufang rebuild`: throw the index away; it is made anew from the journal.
//!
//! Always true: the journal is not touched. Deliberately not here: folding (the next start does it before it is ready).

use super::CommandError;
use super::ready::print;
use crate::store::contract::Store;
use std::sync::Arc;

/// Empties the index.
pub async fn rebuild(store: Arc<dyn Store>) -> Result<(), CommandError> {
    store.clear_index()?;
    store.flush()?;
    print(
        "索引已清空；下次启动服务器时由日志重建，重建完成后才就绪。\
         \nThe index is empty; the next start of the server rebuilds it from the journal before it is ready.",
    )
}

//! What goes by itself: who placed a refused order, and documents of orders that are decided.

use std::time::Duration;

use super::held;
use crate::commerce::Commerce;
use crate::error::CommerceError;

impl Commerce {
    /// Ends what is past its term. An order of which an appeal waits is kept until that is answered.
    pub(crate) async fn forget_refused(&self) -> Result<(), CommerceError> {
        let days = |days: u16| Duration::from_secs(u64::from(days) * 86_400);
        let screening = &self.config().screening;
        let now = self.clock().now();
        let refused_before = now.minus(days(screening.keep_refused_days));
        let documents_before = now.minus(days(screening.keep_documents_days));
        self.write(move |tx| {
            held::store::delete_documents(tx, documents_before)?;
            for order in held::store::refused_before(tx, refused_before)? {
                held::store::forget(tx, order)?;
            }
            Ok(())
        })
        .await
    }
}

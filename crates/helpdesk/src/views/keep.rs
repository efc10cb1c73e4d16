//! A view is kept, found again, and thrown away.

use mailkeep_types::{StaffId, new_uuid};
use uuid::Uuid;

use super::{Filter, LONGEST_NAME, MOST_VIEWS, QueueKind, SavedView, store};
use crate::tickets::{Desk, TicketError};

impl Desk {
    /// Keeps a view under a name.
    ///
    /// # Errors
    /// [`TicketError::Field`] for `name`; [`TicketError::State`] when there are as many as can be.
    pub async fn keep_view(
        &self,
        by: StaffId,
        name: &str,
        shared: bool,
        queue: QueueKind,
        filter: Filter,
    ) -> Result<Uuid, TicketError> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() {
            return Err(TicketError::field("name", "give it a name"));
        }
        if name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            return Err(TicketError::field("name", format!("write at most {LONGEST_NAME} characters")));
        }
        let id = new_uuid(&**self.policy().clock());
        let at = self.policy().clock().now();
        let view = SavedView { id, staff: by, shared, name, queue, filter, at };
        self.write(move |tx| {
            let kept = store::views(tx, by)?;
            if kept.iter().filter(|kept| kept.shared == shared).count() >= MOST_VIEWS {
                return Err(TicketError::State("there are as many views as can be; throw one away first"));
            }
            store::insert(tx, &view)?;
            Ok(view.id)
        })
        .await
    }

    /// The views that a member of staff sees: their own and those that all of support share, in the order in which they were kept.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn list_saved_views(&self, staff: StaffId) -> Result<Vec<SavedView>, TicketError> {
        self.read(move |tx| Ok(store::views(tx, staff)?)).await
    }

    /// Throws a view away: one's own, or one that all of support share.
    ///
    /// # Errors
    /// [`TicketError::NotFound`].
    pub async fn throw_view_away(&self, by: StaffId, view: Uuid) -> Result<(), TicketError> {
        self.write(move |tx| if store::delete(tx, by, view)? { Ok(()) } else { Err(TicketError::NotFound) })
            .await
    }
}

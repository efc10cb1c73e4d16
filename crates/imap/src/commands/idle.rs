//! `IDLE` (RFC 2177).

use tokio_util::sync::CancellationToken;

use crate::reply::{Reply, Stop};
use crate::session::{Session, Telling};
use crate::wire::{Input, Wire};

/// Longest line that may end an `IDLE`.
const MAX_DONE: usize = 64;

/// Tells of changes as they happen until the client says `DONE`. Runs in the frame of the session's loop, so that an idle
/// connection holds little memory.
pub(crate) async fn idle(
    session: &mut Session,
    wire: &mut Wire,
    stop: &CancellationToken,
) -> Result<(), Stop> {
    wire.say("+ idling\r\n");
    let limit = session.idle_limit();
    loop {
        // The frame of this is large and needed for a moment only.
        match Box::pin(session.tell_changes(wire, Telling::All, true)).await {
            Ok(()) | Err(Stop::Reply(_)) => {}
            Err(other) => return Err(other),
        }
        wire.flush().await?;
        let Some(user) = session.user.as_deref_mut() else { return Ok(()) };
        tokio::select! {
            biased;
            () = stop.cancelled() => return Err(Stop::Bye("[UNAVAILABLE] the server is restarting; connect again")),
            line = wire.next_line(MAX_DONE, limit, None) => {
                let reply = match line? {
                    Input::Command(line) if line.trim_ascii().eq_ignore_ascii_case(b"DONE") => Reply::Ok("idle no more".into()),
                    Input::Command(_) => Reply::Bad("DONE ends IDLE".into()),
                    Input::Timeout => return Err(Stop::Bye("[UNAVAILABLE] logged out after a long silence")),
                    _ => return Err(Stop::Bye("DONE ends IDLE")),
                };
                reply.write(&session.tag, &mut wire.out);
                return Ok(());
            }
            _ = user.watch.changed() => {}
            _ = user.state_watch.changed() => {
                if !user.access.mail.still_open().await? {
                    return Err(Stop::Bye("[CONTACTADMIN] this mailbox cannot be used at the moment"));
                }
            }
        }
    }
}

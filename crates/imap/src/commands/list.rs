//! `LIST` (RFC 3501, RFC 5258, RFC 5819, RFC 6154) and `LSUB`.

use std::collections::BTreeMap;

use mailkeep_mailbox::folders::{Folder, Role, SEPARATOR};
use mailkeep_protocols::imap::command::ListCommand;
use mailkeep_protocols::imap::list_pattern::matches;
use mailkeep_protocols::imap::write::folder_name;

use super::{status, user};
use crate::reply::{Answer, Reply};
use crate::session::Session;
use crate::wire::Wire;

/// A name in the tree: a folder, or a level above one that is no folder itself.
#[derive(Default)]
struct Node<'a> {
    folder: Option<&'a Folder>,
    children: bool,
    subscribed_below: bool,
}

pub(super) async fn list(session: &mut Session, wire: &mut Wire, list: &ListCommand) -> Answer {
    if let [pattern] = list.patterns.as_slice()
        && pattern.is_empty()
        && !list.extended
    {
        // Asks for the delimiter (RFC 3501 section 6.3.8).
        wire.untagged("LIST (\\Noselect) \"/\" \"\"");
        return Reply::ok("done");
    }
    let shared = std::sync::Arc::clone(&session.shared);
    let user = user(session)?;
    let folders = user.access.mail.list_folders().await?;
    let tree = tree_of(&folders);
    for (name, node) in &tree {
        if !list
            .patterns
            .iter()
            .any(|pattern| matches(&format!("{}{pattern}", list.reference), name, SEPARATOR))
        {
            continue;
        }
        let subscribed = node.folder.is_some_and(|folder| folder.subscribed);
        let special = node.folder.and_then(|folder| folder.role).and_then(Role::special_use);
        let child_info = list.recursive_match && list.subscribed_only && node.subscribed_below;
        let wanted = (!list.subscribed_only || subscribed || child_info)
            && (!list.special_use_only || special.is_some());
        // A level that is no folder is told to make the tree whole, not in selections of folders.
        if !wanted || (node.folder.is_none() && list.special_use_only) {
            continue;
        }
        let mut attributes: Vec<&str> = Vec::new();
        match node.folder {
            Some(_) => {}
            None if list.extended => attributes.push("\\NonExistent"),
            None => attributes.push("\\Noselect"),
        }
        attributes.push(if node.children { "\\HasChildren" } else { "\\HasNoChildren" });
        if subscribed && (list.subscribed_only || list.return_subscribed) {
            attributes.push("\\Subscribed");
        }
        attributes.extend(special);
        write_line(wire, "LIST", &attributes, name, child_info);
        if let (Some(items), Some(folder)) = (&list.return_status, node.folder) {
            status::write_status(wire, &shared, &user.access, folder, items).await?;
        }
        wire.flush_if_full().await?;
    }
    Reply::ok("done")
}

/// `LSUB`: subscribed names; with `%` also the levels above them (RFC 3501 section 6.3.9).
pub(super) async fn lsub(session: &mut Session, wire: &mut Wire, reference: &str, pattern: &str) -> Answer {
    let folders = user(session)?.access.mail.list_folders().await?;
    let pattern = format!("{reference}{pattern}");
    for (name, node) in &tree_of(&folders) {
        let subscribed = node.folder.is_some_and(|folder| folder.subscribed);
        if !matches(&pattern, name, SEPARATOR)
            || !(subscribed || (node.subscribed_below && pattern.contains('%')))
        {
            continue;
        }
        let attributes: &[&str] = if subscribed { &[] } else { &["\\Noselect"] };
        write_line(wire, "LSUB", attributes, name, false);
    }
    Reply::ok("done")
}

fn tree_of(folders: &[Folder]) -> BTreeMap<String, Node<'_>> {
    let mut tree: BTreeMap<String, Node<'_>> = BTreeMap::new();
    for folder in folders {
        for (at, _) in folder.name.match_indices(SEPARATOR) {
            let above = tree.entry(folder.name.get(..at).unwrap_or_default().to_owned()).or_default();
            above.children = true;
            above.subscribed_below |= folder.subscribed;
        }
        tree.entry(folder.name.clone()).or_default().folder = Some(folder);
    }
    tree
}

fn write_line(wire: &mut Wire, response: &str, attributes: &[&str], name: &str, child_info: bool) {
    wire.say("* ");
    wire.say(response);
    wire.say(" (");
    wire.say(&attributes.join(" "));
    wire.say(") \"/\" ");
    folder_name(&mut wire.out, name);
    if child_info {
        wire.say(" (\"CHILDINFO\" (\"SUBSCRIBED\"))");
    }
    wire.say("\r\n");
}

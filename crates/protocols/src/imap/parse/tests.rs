use mailkeep_types::Timestamp;
use proptest::prelude::*;

use super::*;
use crate::imap::command::{FetchItem, FlagChange, SearchKey, StatusItem};
use crate::imap::structure::SectionText;

fn read(text: &str) -> Command {
    match parse(text.as_bytes()) {
        Ok(request) => {
            assert_eq!(request.tag, "a1");
            request.command
        }
        Err(rejected) => panic!("{text}: {}", rejected.bad),
    }
}

fn refused(text: &str) -> String {
    match parse(text.as_bytes()) {
        Ok(request) => panic!("{text} was read as {request:?}"),
        Err(rejected) => rejected.bad.to_string(),
    }
}

#[test]
fn commands_about_the_session() {
    assert_eq!(read("a1 noop"), Command::Noop);
    let Command::Login { user, password } = read("a1 LOGIN \"ann@example.com\" {6}\r\nse\"c t") else {
        panic!()
    };
    assert_eq!((user.as_str(), password.0.as_slice()), ("ann@example.com", &b"se\"c t"[..]));
    assert!(!format!("{password:?}").contains("se"));
    let Command::Authenticate { mechanism, initial } = read("a1 AUTHENTICATE plain AGEAYg==") else {
        panic!()
    };
    assert_eq!((mechanism.as_str(), initial.unwrap().0.as_slice()), ("PLAIN", &b"\0a\0b"[..]));
    assert!(
        matches!(read("a1 AUTHENTICATE PLAIN ="), Command::Authenticate { initial: Some(s), .. } if s.0.is_empty())
    );
    assert!(matches!(read("a1 AUTHENTICATE LOGIN"), Command::Authenticate { initial: None, .. }));
    assert_eq!(read("a1 ENABLE condstore X"), Command::Enable(vec!["CONDSTORE".into(), "X".into()]));
    assert_eq!(read("a1 ID (\"name\" \"x\" \"version\" NIL)"), Command::Id);
    assert_eq!(read("a1 ID NIL"), Command::Id);
    assert_eq!(read("a1 GETQUOTA \"\""), Command::GetQuota(String::new()));
    assert_eq!(read("a1 SETQUOTA \"\" (STORAGE 512)"), Command::SetQuota);
}

#[test]
fn commands_about_folders() {
    assert_eq!(
        read("a1 SELECT inbox"),
        Command::Select { folder: "INBOX".into(), read_only: false, condstore: false }
    );
    assert_eq!(
        read("a1 EXAMINE \"Entw&APw-rfe\" (CONDSTORE)"),
        Command::Select { folder: "Entwürfe".into(), read_only: true, condstore: true }
    );
    assert_eq!(
        read("a1 CREATE Sent (USE (\\Sent))"),
        Command::Create { folder: "Sent".into(), special_use: Some("\\Sent".into()) }
    );
    assert_eq!(
        read("a1 STATUS x (messages UIDNEXT SIZE)"),
        Command::Status {
            folder: "x".into(),
            items: vec![StatusItem::Messages, StatusItem::UidNext, StatusItem::Size]
        }
    );
    let Command::List(plain) = read("a1 LIST \"\" %") else { panic!() };
    assert_eq!((plain.patterns, plain.extended), (vec!["%".to_owned()], false));
    let Command::List(list) = read(
        "a1 LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (\"a/%\" b*) RETURN (CHILDREN SUBSCRIBED STATUS (UNSEEN))",
    ) else {
        panic!()
    };
    assert_eq!(list.patterns, ["a/%", "b*"]);
    assert!(list.subscribed_only && list.recursive_match && list.return_subscribed && list.extended);
    assert_eq!(list.return_status, Some(vec![StatusItem::Unseen]));
    assert!(refused("a1 LIST (RECURSIVEMATCH) \"\" *").contains("RECURSIVEMATCH"));
    assert!(refused("a1 SELECT R&D").contains("UTF-7"));
    assert!(refused("a1 SELECT x (QRESYNC (1 2))").contains("parameter"));
    assert!(refused(&format!("a1 SELECT {}", "x".repeat(2000))).contains("too long"));
}

#[test]
fn fetch_items() {
    let Command::Fetch { uid, items, changed_since, .. } = read(
        "a1 UID FETCH 1:* (UID FLAGS FLAGS BODY.PEEK[HEADER.FIELDS (From \"To\")] BODY[1.2.MIME]<5.100> BODY RFC822.SIZE) (CHANGEDSINCE 9)",
    ) else {
        panic!()
    };
    assert!(uid && changed_since == Some(9));
    let [
        FetchItem::Uid,
        FetchItem::Flags,
        FetchItem::Section(header),
        FetchItem::Section(mime),
        FetchItem::Body,
        FetchItem::Size,
    ] = items.as_slice()
    else {
        panic!("{items:?}")
    };
    assert_eq!(header.label, "BODY[HEADER.FIELDS (From To)]");
    assert_eq!(header.text, Some(SectionText::HeaderFields(vec!["From".into(), "To".into()])));
    assert!(!header.sets_seen);
    assert_eq!(
        (mime.label.as_str(), mime.path.as_slice(), mime.partial),
        ("BODY[1.2.MIME]", &[1, 2][..], Some((5, 100)))
    );
    assert!(mime.sets_seen);
    let Command::Fetch { items, .. } = read("a1 FETCH 1 FULL") else { panic!() };
    assert_eq!(items.len(), 5);
    for bad in [
        "a1 FETCH 1 ()",
        "a1 FETCH 1 BODY[MIME]",
        "a1 FETCH 1 BODY[1.HEADER.FIELDS ()]",
        "a1 FETCH 1 BODY[0]",
        "a1 FETCH 1 BODY[1.]",
        "a1 FETCH 1 BODY[]<1>",
        "a1 FETCH 1 BODY[]<1.0>",
        "a1 FETCH 1 (FLAGS",
        "a1 FETCH 1 FLAGS (VANISHED)",
        "a1 FETCH 0 FLAGS",
        "a1 FETCH FLAGS",
        "a1 FETCH 1",
        "a1 FETCH 1 BODY[HEADER.FIELDS (\"a\r\nb\")]",
    ] {
        refused(bad);
    }
}

#[test]
fn store_copy_and_append() {
    let Command::Store { change, flags, silent, unchanged_since, .. } =
        read("a1 STORE 1:2 (UNCHANGEDSINCE 12) +flags.silent (\\seen $Label1 \\Recent)")
    else {
        panic!()
    };
    assert_eq!((change, silent, unchanged_since), (FlagChange::Add, true, Some(12)));
    assert_eq!(flags, [Flag::Seen, Flag::Keyword("$Label1".into())]);
    assert!(
        matches!(read("a1 STORE 1 FLAGS \\Seen \\Deleted"), Command::Store { flags, .. } if flags.len() == 2)
    );
    assert!(matches!(read("a1 STORE 1 -FLAGS ()"), Command::Store { change: FlagChange::Remove, .. }));
    assert!(refused("a1 STORE 1 FLAGS \\Foo").contains("Foo"));
    assert!(matches!(read("a1 UID MOVE 3 Trash"), Command::Copy { uid: true, remove: true, .. }));
    assert!(matches!(read("a1 UID EXPUNGE 3:5"), Command::Expunge(Some(_))));
    let text = "a1 APPEND Sent (\\Seen) \" 1-Mar-2026 10:00:00 +0000\" {5+}\r\nhello";
    let Command::Append { folder, flags, date, message } = read(text) else { panic!() };
    assert_eq!((folder.as_str(), flags.len(), &text[message]), ("Sent", 1, "hello"));
    assert_eq!(date, Some(Timestamp::from_seconds(1_772_359_200)));
    refused("a1 APPEND Sent hello");
    refused("a1 APPEND Sent {3}\r\na\0b");
    refused("a1 APPEND Sent {30}\r\nshort");
}

#[test]
fn searches() {
    let Command::Search { uid: true, search } = read(
        "a1 UID SEARCH RETURN (MIN COUNT) CHARSET UTF-8 OR (UNSEEN FROM \"ann\") NOT SINCE 1-Mar-2026 2:4 MODSEQ 5",
    ) else {
        panic!()
    };
    assert!(search.modseq);
    let returns = search.returns.unwrap();
    assert!(returns.min && returns.count && !returns.all);
    let SearchKey::And(keys) = search.key else { panic!() };
    assert!(matches!(keys.as_slice(), [SearchKey::Or(..), SearchKey::Sequence(_), SearchKey::ModSeq(5)]));
    assert!(
        matches!(read("a1 SEARCH RETURN () ALL"), Command::Search { search, .. } if search.returns.unwrap().all)
    );
    assert!(matches!(read("a1 SEARCH MODSEQ \"/flags/\\\\draft\" all 620162338"), Command::Search { .. }));
    assert!(refused("a1 SEARCH CHARSET KOI8-R TEXT x").starts_with("[BADCHARSET"));
    assert!(refused("a1 SEARCH FROBNICATE").contains("FROBNICATE"));
    refused("a1 SEARCH");
    refused("a1 SEARCH (ALL");
    refused("a1 SEARCH TEXT {2}\r\n\u{00ff}\u{00ff}x");
    assert!(refused(&format!("a1 SEARCH {}ALL", "NOT ".repeat(100_000))).contains("nested"));
    assert!(refused(&format!("a1 SEARCH {}", "(".repeat(100_000))).contains("nested"));
    assert!(refused(&format!("a1 SEARCH {}", "ALL ".repeat(1000))).contains("too many keys"));
}

#[test]
fn what_is_no_command() {
    for (bad, tag) in [
        ("", "*"),
        ("a1", "a1"),
        ("a1 ", "a1"),
        ("+ NOOP", "*"),
        ("a1 FROB", "a1"),
        ("a1 NOOP x", "a1"),
        ("a1 UID NOOP", "a1"),
    ] {
        let rejected = parse(bad.as_bytes()).unwrap_err();
        assert_eq!(rejected.tag, tag, "{bad}");
        assert!(!rejected.bad.to_string().contains(['\r', '\n']));
    }
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(
        command in prop_oneof!["FETCH 1 ", "SEARCH ", "STORE 1 ", "LIST ", "APPEND x ", "ID ", "LOGIN ", "SELECT ", "[A-Z ]{0,12}"],
        rest in proptest::collection::vec(prop_oneof![
            Just(b"(".to_vec()), Just(b")".to_vec()), Just(b"BODY[".to_vec()), Just(b"{3}\r\n".to_vec()), Just(b"\"".to_vec()),
            Just(b"\\".to_vec()), Just(b" ".to_vec()), Just(b"OR ".to_vec()), Just(b"NOT ".to_vec()),
            proptest::collection::vec(any::<u8>(), 0..6)
        ], 0..20),
    ) {
        let mut input = b"a1 ".to_vec();
        input.extend_from_slice(command.as_bytes());
        input.extend_from_slice(&rest.concat());
        if let Err(rejected) = parse(&input) {
            prop_assert!(rejected.bad.to_string().bytes().all(|b| (0x20..=0x7e).contains(&b)));
        }
    }
}

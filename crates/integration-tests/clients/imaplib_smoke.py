#!/usr/bin/env python3
"""Walks through IMAP with Python's own imaplib, a client that nobody here wrote.

    imaplib_smoke.py HOST PORT USER PASSWORD CA_FILE [--starttls]

Exits with 0 when every answer is right; otherwise says which was not.
"""
import imaplib
import ssl
import sys
import time


def check(condition, what):
    if not condition:
        sys.exit(f"imaplib: {what}")


def ok(answer, what):
    kind, data = answer
    check(kind == "OK", f"{what}: {kind} {data!r}")
    return data


def connect(host, port, ca, starttls):
    context = ssl.create_default_context(cafile=ca)
    # The tests speak to an address of loopback; what counts here is who signed the certificate.
    context.check_hostname = False
    if starttls:
        client = imaplib.IMAP4(host, port)
        check("LOGINDISABLED" in client.capabilities, "LOGIN is offered without TLS")
        try:
            client.login("nobody@example.com", "secret")
            sys.exit("imaplib: LOGIN was possible without TLS")
        except imaplib.IMAP4.error:
            pass
        ok(client.starttls(context), "STARTTLS")
        return client
    return imaplib.IMAP4_SSL(host, port, ssl_context=context)


def main():
    host, port, user, password, ca = sys.argv[1:6]
    starttls = "--starttls" in sys.argv[6:]
    client = connect(host, int(port), ca, starttls)
    try:
        client.login(user, password + "-wrong")
        sys.exit("imaplib: a wrong password was taken")
    except imaplib.IMAP4.error as error:
        check("AUTHENTICATIONFAILED" in str(error), f"a wrong password is answered with {error}")
    client = connect(host, int(port), ca, starttls)
    ok(client.login(user, password), "LOGIN")
    for capability in ("IDLE", "UIDPLUS", "MOVE", "CONDSTORE", "SPECIAL-USE", "QUOTA", "ESEARCH"):
        # imaplib keeps the list of the greeting, so it is asked for again.
        listed = ok(client.capability(), "CAPABILITY")[0].decode()
        check(capability in listed, f"{capability} is missing in {listed}")

    folder = f"smoke-{time.time_ns()}"
    ok(client.create(folder), "CREATE")
    check(any(folder.encode() in line for line in ok(client.list(), "LIST")), "LIST does not tell the new folder")
    body = (b"From: Ann Example <ann@example.com>\r\nTo: bob@example.com\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= zebra\r\n"
            b"Date: Sun, 1 Mar 2026 10:00:00 +0000\r\nMessage-ID: <smoke@example.com>\r\n\r\nhello quagga\r\n")
    for number in range(3):
        data = ok(client.append(folder, r"(\Flagged)" if number == 0 else "", imaplib.Time2Internaldate(1772359200), body), "APPEND")
        check(b"APPENDUID" in data[0], f"APPEND without APPENDUID: {data}")
    check(ok(client.select(folder), "SELECT") == [b"3"], "SELECT does not tell three messages")

    data = ok(client.fetch("1", "(FLAGS UID RFC822.SIZE INTERNALDATE ENVELOPE BODYSTRUCTURE)"), "FETCH")[0]
    check(rb"\Flagged" in data, f"the flag is missing: {data}")
    check(b'"01-Mar-2026 10:00:00 +0000"' in data, f"the date is wrong: {data}")
    check(f"RFC822.SIZE {len(body)}".encode() in data, f"the size is wrong: {data}")
    check(ok(client.fetch("1", "(BODY.PEEK[])"), "FETCH BODY[]")[0][1] == body, "the message came back changed")
    check(ok(client.fetch("1", "(BODY[TEXT]<6.6>)"), "FETCH partial")[0][1] == b"quagga", "a part of the text is wrong")
    check(rb"\Seen" in ok(client.fetch("1", "(FLAGS)"), "FETCH FLAGS")[0], "reading did not set \\Seen")

    check(ok(client.search(None, "UNSEEN"), "SEARCH UNSEEN") == [b"2 3"], "SEARCH UNSEEN is wrong")
    check(ok(client.search(None, "TEXT", "quagga"), "SEARCH TEXT") == [b"1 2 3"], "SEARCH TEXT is wrong")
    check(ok(client.search(None, "SUBJECT", "zebra", "FLAGGED"), "SEARCH SUBJECT") == [b"1"], "SEARCH SUBJECT is wrong")
    check(ok(client.search(None, "TEXT", "okapi"), "SEARCH none") == [b""], "SEARCH finds what is not there")

    ok(client.store("2", "+FLAGS", r"(\Deleted work)"), "STORE")
    ok(client.copy("3", "Trash"), "COPY")
    check(ok(client.expunge(), "EXPUNGE") == [b"2"], "EXPUNGE does not tell message 2")
    uid = ok(client.fetch("2", "(UID)"), "FETCH UID")[0].decode().split("UID ")[1].rstrip(")")
    ok(client.uid("MOVE", uid, "Archive"), "UID MOVE")
    check(ok(client.noop(), "NOOP") is not None, "NOOP")
    check(ok(client.select(folder), "SELECT")[0] == b"1", "the moved message is still there")

    quota = ok(client.getquotaroot("INBOX"), "GETQUOTAROOT")
    check(quota, "no quota root")
    ok(client.close(), "CLOSE")
    ok(client.rename(folder, folder + "-renamed"), "RENAME")
    ok(client.delete(folder + "-renamed"), "DELETE")
    kind, _ = client.logout()
    check(kind == "BYE", f"LOGOUT: {kind}")
    print("imaplib: all right")


if __name__ == "__main__":
    main()

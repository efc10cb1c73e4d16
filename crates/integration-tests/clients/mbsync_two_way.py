#!/usr/bin/env python3
"""Two-way synchronisation with mbsync (isync), a client that nobody here wrote.

    mbsync_two_way.py HOST PORT USER PASSWORD CA_FILE [MESSAGES]

Puts MESSAGES messages (5,000 when not said) into a local Maildir, synchronises them to a folder of the server, and checks
that a second run changes nothing. Then changes come from both sides: flags and a new message on the server, a removed and
a new message here; after a run both sides are equal, and one more run changes nothing.
"""
import imaplib
import os
import ssl
import subprocess
import sys
import tempfile
import time


def fail(text):
    sys.exit(f"mbsync: {text}")


def message(number):
    return (f"From: Ann Example <ann@example.com>\r\nTo: bob@example.com\r\nSubject: number {number}\r\n"
            f"Date: Sun, 1 Mar 2026 10:00:00 +0000\r\nMessage-ID: <sync{number}@example.com>\r\n\r\nText {number}\r\n").encode()


def listing(maildir):
    found = {}
    for part in ("cur", "new"):
        for name in os.listdir(f"{maildir}/{part}"):
            with open(f"{maildir}/{part}/{name}", "rb") as file:
                text = file.read()
            subject = [line for line in text.split(b"\n") if line.startswith(b"Subject:")][0].strip().decode()
            found[subject] = name.rsplit(":2,", 1)[1] if ":2," in name else ""
    return found


def state(folder):
    """Everything below a folder: names, lengths, times. Equal before and after a run that changes nothing."""
    seen = []
    for root, _, names in os.walk(folder):
        for name in sorted(names):
            path = os.path.join(root, name)
            status = os.stat(path)
            seen.append((path, status.st_size, status.st_mtime_ns))
    return sorted(seen)


def main():
    host, port, user, password, ca = sys.argv[1:6]
    count = int(sys.argv[6]) if len(sys.argv) > 6 else 5000
    folder = f"sync-{time.time_ns()}"
    context = ssl.create_default_context(cafile=ca)
    context.check_hostname = False

    def server():
        client = imaplib.IMAP4_SSL(host, int(port), ssl_context=context)
        client.login(user, password)
        return client

    with tempfile.TemporaryDirectory(prefix="mailkeep-mbsync.") as home:
        maildir = f"{home}/mail/{folder}"
        for part in ("cur", "new", "tmp"):
            os.makedirs(f"{maildir}/{part}")
        for number in range(count):
            flags = "S" if number % 2 else ""
            with open(f"{maildir}/cur/{1772359200 + number}.{number}.host:2,{flags}", "wb") as file:
                file.write(message(number).replace(b"\r\n", b"\n"))
        os.makedirs(f"{home}/state")
        tunnel = f"openssl s_client -quiet -verify_quiet -connect {host}:{port} -CAfile {ca}"
        with open(f"{home}/mbsyncrc", "w") as config:
            config.write(
                f"IMAPStore far\nTunnel \"{tunnel}\"\nUser \"{user}\"\nPass \"{password}\"\nAuthMechs LOGIN\n\n"
                f"MaildirStore near\nPath {home}/mail/\nInbox {home}/mail/INBOX\nSubFolders Verbatim\n\n"
                f"Channel both\nFar :far:\nNear :near:\nPatterns \"{folder}\"\nCreate Both\nExpunge Both\nSync All\n"
                f"SyncState {home}/state/\n")

        def sync():
            run = subprocess.run(["mbsync", "-c", f"{home}/mbsyncrc", "both"], capture_output=True, text=True, timeout=600)
            if run.returncode != 0:
                fail(f"ended with {run.returncode}: {run.stderr[-2000:]} {run.stdout[-2000:]}")

        start = time.monotonic()
        sync()
        first = time.monotonic() - start
        client = server()
        kind, data = client.select(folder)
        if kind != "OK" or data != [str(count).encode()]:
            fail(f"the server has {data} of {count} messages")
        kind, data = client.search(None, "SEEN")
        if len(data[0].split()) != count // 2:
            fail(f"{len(data[0].split())} messages are seen, not {count // 2}")
        before, uidnext = state(home), client.status(folder, "(UIDNEXT MESSAGES HIGHESTMODSEQ)")
        start = time.monotonic()
        sync()
        second = time.monotonic() - start
        if state(home) != before:
            changed = set(state(home)) ^ set(before)
            fail(f"the second run changed something here: {sorted(changed)[:5]}")
        if client.status(folder, "(UIDNEXT MESSAGES HIGHESTMODSEQ)") != uidnext:
            fail("the second run changed something on the server")

        client.store("1:3", "+FLAGS", r"(\Flagged)")
        client.append(folder, "", None, message(count))
        client.logout()
        gone = [name for name in os.listdir(f"{maildir}/cur") if name.split(".")[1] == "4" or f".{4}." in name][:1]
        for name in gone:
            os.remove(f"{maildir}/cur/{name}")
        with open(f"{maildir}/new/{1772359200 + count + 1}.x.host", "wb") as file:
            file.write(message(count + 1).replace(b"\r\n", b"\n"))
        sync()
        client = server()
        _, data = client.select(folder)
        near = listing(maildir)
        expected = count + 2 - len(gone)
        if data != [str(expected).encode()] or len(near) != expected:
            fail(f"after changes on both sides: {data} there, {len(near)} here, {expected} expected")
        if sum("F" in flags for flags in near.values()) != 3:
            fail("the flags of the server did not come here")
        before = state(home)
        sync()
        if state(home) != before:
            fail("the last run changed something")
        client.logout()
        client = server()
        client.delete(folder)
        client.logout()
        print(f"mbsync: all right; {count} messages up in {first:.1f} s, second run {second:.1f} s")


if __name__ == "__main__":
    main()

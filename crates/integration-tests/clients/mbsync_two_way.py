#!/usr/bin/env python3
"""Two-way synchronisation with mbsync (isync), a client that nobody here wrote.

    mbsync_two_way.py HOST PORT USER PASSWORD CA_FILE [MESSAGES]

Puts MESSAGES messages (5,000 when not said) into a local Maildir, synchronises them to a folder of the server, and checks
that a second run changes nothing. Then changes come from both sides: flags, a new and a removed message on the server and
here; after a run both sides are equal, and one more run changes nothing.
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


def near_file(maildir, number):
    return next(name for name in os.listdir(f"{maildir}/cur") if name.split(".")[1] == str(number))


def near_messages(maildir):
    """Subjects with their flags, as letters of Maildir."""
    found = {}
    for part in ("cur", "new"):
        for name in os.listdir(f"{maildir}/{part}"):
            with open(f"{maildir}/{part}/{name}", "rb") as file:
                subject = next(line for line in file.read().split(b"\n") if line.startswith(b"Subject:"))
            found[subject.strip().decode()] = name.rsplit(":2,", 1)[1] if ":2," in name else ""
    return found


def far_messages(client, folder):
    """The same of the server."""
    letters = {rb"\Draft": "D", rb"\Flagged": "F", rb"\Answered": "R", rb"\Seen": "S", rb"\Deleted": "T"}
    client.select(folder, readonly=True)
    _, data = client.fetch("1:*", "(FLAGS BODY.PEEK[HEADER.FIELDS (SUBJECT)])")
    client.logout()
    found = {}
    for head, header in (part for part in data if isinstance(part, tuple)):
        flags = head.split(b"FLAGS (")[1].split(b")")[0].split()
        found[header.strip().decode()] = "".join(sorted(letters[flag] for flag in flags if flag in letters))
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

        # On the server: flags, a new message, one removed. Here: a flag, a new message, one removed.
        client.store("1:3", "+FLAGS", r"(\Flagged)")
        client.store("6", "+FLAGS", r"(\Deleted)")
        client.expunge()
        client.append(folder, "", None, message(count))
        client.logout()
        removed, answered = near_file(maildir, 10), near_file(maildir, 11)
        os.remove(f"{maildir}/cur/{removed}")
        base, flags = answered.rsplit(":2,", 1)
        os.rename(f"{maildir}/cur/{answered}", f"{maildir}/cur/{base}:2,{''.join(sorted(flags + 'R'))}")
        with open(f"{maildir}/new/{1772359200 + count + 1}.{count + 1}.host", "wb") as file:
            file.write(message(count + 1).replace(b"\r\n", b"\n"))
        sync()
        near, far = near_messages(maildir), far_messages(server(), folder)
        if near != far:
            fail(f"the sides differ: {sorted(set(near.items()) ^ set(far.items()))[:6]}")
        flagged = [subject for subject, flags in near.items() if "F" in flags]
        if len(near) != count or len(flagged) != 3:
            fail(f"{len(near)} messages, {len(flagged)} of them flagged, where {count} and 3 were expected")
        if "R" not in near["Subject: number 11"] or f"Subject: number {count + 1}" not in far:
            fail("what changed here did not come to the server")
        before = state(home)
        sync()
        if state(home) != before or far_messages(server(), folder) != far:
            fail("the last run changed something")
        client = server()
        client.delete(folder)
        client.logout()
        print(f"mbsync: all right; {count} messages up in {first:.1f} s, second run {second:.1f} s")


if __name__ == "__main__":
    main()

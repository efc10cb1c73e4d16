#!/usr/bin/env python3
"""Measures an IMAP server: any server, over its sockets, with nothing but Python's standard library.

    measure.py --host 127.0.0.1 --port 993 --tls --user u --password p [--pid PID] [what ...]

`what` is any of: append1 append20 load envelopes listing flags bodies search idle; all of them in this order when none
is named. Prints one line of JSON for each figure. --pid names the server's main process: then the growth of memory
(PSS of it and its children) and the processor time are told too.
"""
import argparse
import json
import os
import random
import socket
import ssl
import sys
import threading
import time

WORDS = ("invoice meeting river garden mountain letter window morning coffee report budget station winter "
         "summer travel ticket project deadline orange purple velvet harbour lantern bicycle thunder").split()


def message(number, size, marker=""):
    """A message of about `size` bytes with a subject, a plain and a HTML part; the same for the same number."""
    rng = random.Random(number)
    lines = []
    length = 0
    while length < size * 0.55:
        line = " ".join(rng.choice(WORDS) + str(rng.randrange(1000)) for _ in range(9))
        lines.append(line)
        length += len(line) + 2
    plain = "\r\n".join(lines)
    html = "<html><body>" + "".join(f"<p>{line}</p>\r\n" for line in lines[: int(len(lines) * 0.6)]) + "</body></html>"
    subject = " ".join(rng.choice(WORDS) for _ in range(5))
    return (
        f"Return-Path: <sender{number % 97}@example.org>\r\n"
        f"Received: from client.example.org by mail.example.com with ESMTP id {number:08x};\r\n"
        f"\tSun, 1 Mar 2026 10:{number // 60 % 60:02}:{number % 60:02} +0000\r\n"
        f"From: Sender {number % 97} <sender{number % 97}@example.org>\r\n"
        f"To: Ann Example <ann@example.com>, Bob Example <bob@example.com>\r\n"
        f"Subject: {subject} {marker}\r\n"
        f"Date: Sun, 1 Mar 2026 10:{number // 60 % 60:02}:{number % 60:02} +0000\r\n"
        f"Message-ID: <{number}.{size}@example.org>\r\n"
        f"MIME-Version: 1.0\r\n"
        f"Content-Type: multipart/alternative; boundary=\"=_part{number}\"\r\n\r\n"
        f"--=_part{number}\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{plain}\r\n"
        f"--=_part{number}\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n"
        f"--=_part{number}--\r\n"
    ).encode()


class Client:
    """One connection. Answers are counted, not parsed: the time measured is the server's."""

    def __init__(self, options, login=True):
        self.sock = socket.create_connection((options.host, options.port))
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if options.tls:
            context = ssl.create_default_context(cafile=options.ca) if options.ca else ssl._create_unverified_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=options.host)
        self.tag = 0
        self.read_line()
        if login:
            self.run(f'LOGIN "{options.user}" "{options.password}"')

    def read_line(self):
        line = b""
        while not line.endswith(b"\n"):
            got = self.sock.recv(65536)
            if not got:
                raise EOFError(line)
            line += got
        return line

    def run(self, command, keep=False):
        """Runs a command to its tagged OK; the number of bytes of the answer, or all of it."""
        self.tag += 1
        tag = f"a{self.tag}".encode()
        self.sock.sendall(tag + b" " + command.encode() + b"\r\n")
        return self.finish(tag, keep)

    def finish(self, tag, keep=False):
        total, tail, kept = 0, b"", []
        ends = (b"\r\n" + tag + b" OK", b"\r\n" + tag + b" NO", b"\r\n" + tag + b" BAD")
        while True:
            got = self.sock.recv(1 << 20)
            if not got:
                raise EOFError
            total += len(got)
            if keep:
                kept.append(got)
            tail = (tail + got)[-4096:] if len(got) < 4096 else got[-4096:]
            if tail.endswith(b"\r\n"):
                end = b"\r\n" + tail
                if ends[0] in end:
                    return b"".join(kept) if keep else total
                if ends[1] in end or ends[2] in end:
                    raise RuntimeError(tail.decode(errors="replace")[-300:])

    def append(self, folder, body, plus):
        self.tag += 1
        tag = f"a{self.tag}".encode()
        head = tag + f' APPEND "{folder}" {{{len(body)}{"+" if plus else ""}}}\r\n'.encode()
        if plus:
            self.sock.sendall(head + body + b"\r\n")
        else:
            self.sock.sendall(head)
            self.read_line()
            self.sock.sendall(body + b"\r\n")
        self.finish(tag)

    def close(self):
        try:
            self.sock.close()
        except OSError:
            pass


def processes(pid):
    """The process and all below it."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as stat:
                    parents[int(entry)] = int(stat.read().rsplit(")", 1)[1].split()[1])
            except OSError:
                pass
    found = {pid}
    grown = True
    while grown:
        more = {p for p, parent in parents.items() if parent in found} - found
        found |= more
        grown = bool(more)
    return found


def memory(pid):
    total = 0
    for process in processes(pid):
        try:
            with open(f"/proc/{process}/smaps_rollup") as rollup:
                total += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))
        except OSError:
            pass
    return total * 1024


def processor(pid):
    ticks = 0
    for process in processes(pid):
        try:
            with open(f"/proc/{process}/stat") as stat:
                fields = stat.read().rsplit(")", 1)[1].split()
                ticks += int(fields[11]) + int(fields[12])
        except OSError:
            pass
    return ticks / os.sysconf("SC_CLK_TCK")


def median(values):
    values = sorted(values)
    return values[len(values) // 2]


class Bench:
    def __init__(self, options):
        self.options = options

    def tell(self, name, value, unit, **more):
        print(json.dumps({"server": self.options.name, "what": name, "value": round(value, 5), "unit": unit, **more}), flush=True)

    def folder(self, name):
        client = Client(self.options)
        try:
            client.run(f'DELETE "{name}"')
        except RuntimeError:
            pass
        client.run(f'CREATE "{name}"')
        client.close()

    def append(self, connections, each):
        name = f"bench-append{connections}"
        self.folder(name)
        bodies = [message(n, 6800) for n in range(each)]
        clients = [Client(self.options) for _ in range(connections)]
        barrier = threading.Barrier(connections + 1)

        def work(client):
            barrier.wait()
            for body in bodies:
                client.append(name, body, not self.options.sync_literals)
            barrier.wait()

        for client in clients:
            threading.Thread(target=work, args=(client,), daemon=True).start()
        cpu = processor(self.options.pid) if self.options.pid else 0
        barrier.wait()
        start = time.perf_counter()
        barrier.wait()
        took = time.perf_counter() - start
        more = {}
        if self.options.pid:
            more["processor_ms_each"] = round((processor(self.options.pid) - cpu) / (each * connections) * 1000, 3)
        self.tell(f"append, {connections} connections, 6.8 KB", each * connections / took, "messages/s", **more)
        for client in clients:
            client.close()

    def load(self):
        self.folder("bench")
        client = Client(self.options)
        start = time.perf_counter()
        for n in range(self.options.messages):
            client.append("bench", message(n, 6800, "needle-in-hay" if n % 1000 == 7 else ""), not self.options.sync_literals)
        self.tell(f"load {self.options.messages}", time.perf_counter() - start, "s")
        client.close()

    def fetch(self, name, command, repeat=5):
        times, size = [], 0
        for _ in range(repeat):
            client = Client(self.options)
            client.run('SELECT "bench"')
            start = time.perf_counter()
            size = client.run(command)
            times.append(time.perf_counter() - start)
            client.close()
        self.tell(f"{name} of {self.options.messages}", median(times), "s", first=round(times[0], 5), best=round(min(times), 5), bytes=size)

    def search(self):
        client = Client(self.options)
        client.run('SELECT "bench"')
        for name, query in [("word", "velvet7"), ("rare subject", "needle-in-hay"), ("absent", "zyxwvutsrq")]:
            times, answer = [], b""
            for _ in range(5):
                start = time.perf_counter()
                answer = client.run(f'SEARCH TEXT "{query}"', keep=True)
                times.append(time.perf_counter() - start)
            found = len(answer.split(b"\r\n")[0].split()) - 2
            self.tell(f"search text, {name}", median(times), "s", first=round(times[0], 5), found=found)
        client.close()

    def idle(self):
        count = self.options.idle
        before = memory(self.options.pid) if self.options.pid else 0
        clients = []
        for _ in range(count):
            client = Client(self.options)
            client.run('SELECT "INBOX"')
            client.sock.sendall(b"i IDLE\r\n")
            client.read_line()
            clients.append(client)
        time.sleep(2)
        if self.options.pid:
            grown = memory(self.options.pid) - before
            cpu = processor(self.options.pid)
            time.sleep(5)
            busy = (processor(self.options.pid) - cpu) / 5
            self.tell(f"{count} idle connections, growth of memory", grown / 1e6, "MB", cores_busy=round(busy, 4))
        for client in clients:
            client.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--tls", action="store_true", help="TLS from the first byte")
    parser.add_argument("--ca", help="file with the certificate to trust; without it none is checked")
    parser.add_argument("--user", required=True)
    parser.add_argument("--password", required=True)
    parser.add_argument("--name", default="server", help="how the server is called in the output")
    parser.add_argument("--pid", type=int, help="the server's main process")
    parser.add_argument("--messages", type=int, default=10_000)
    parser.add_argument("--appends", type=int, default=2_000, help="messages per connection for append1, a tenth for append20")
    parser.add_argument("--idle", type=int, default=1_000)
    parser.add_argument("--sync-literals", action="store_true", help="wait for + before each message")
    parser.add_argument("what", nargs="*")
    options = parser.parse_args()
    bench = Bench(options)
    steps = {
        "append1": lambda: bench.append(1, options.appends),
        "append20": lambda: bench.append(20, max(1, options.appends // 4)),
        "load": bench.load,
        "envelopes": lambda: bench.fetch("flags, size, envelope, bodystructure", "FETCH 1:* (UID FLAGS RFC822.SIZE ENVELOPE BODYSTRUCTURE)"),
        "listing": lambda: bench.fetch(
            "listing headers",
            "FETCH 1:* (UID FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS (From To Cc Bcc Subject Date Message-ID "
            "Priority X-Priority References Newsgroups In-Reply-To Content-Type Reply-To)])",
        ),
        "flags": lambda: bench.fetch("flags", "FETCH 1:* (FLAGS)"),
        "bodies": lambda: bench.fetch("bodies", "FETCH 1:* (BODY.PEEK[])", repeat=3),
        "search": bench.search,
        "idle": bench.idle,
    }
    for name in options.what or steps:
        if name not in steps:
            sys.exit(f"unknown measurement {name}; there are: {' '.join(steps)}")
        steps[name]()


if __name__ == "__main__":
    main()

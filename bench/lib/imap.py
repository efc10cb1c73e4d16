"""Drives an IMAP server: any server, over its socket. Answers are counted, not parsed, so that the time is the server's."""
import socket
import statistics
import time

from .process import memory, processor
from .servers import MAILBOXES, PASSWORD

LISTING = ("FETCH 1:* (UID FLAGS RFC822.SIZE BODY.PEEK[HEADER.FIELDS (From To Cc Bcc Subject Date Message-ID "
           "Priority X-Priority References Newsgroups In-Reply-To Content-Type Reply-To)])")
ENVELOPES = "FETCH 1:* (UID FLAGS RFC822.SIZE ENVELOPE BODYSTRUCTURE)"
# What people look for: rare and common words, a part of a word, two words together, what is not there.
SEARCHES = {
    "rare word": ["lighthouse", "violin", "penguin"],
    "common word": ["the", "please", "click"],
    "part of a word": ["omorro", "quisitio", "ternatio"],
    "two words": ["mailing list", "for the", "click here"],
    "absent word": ["zyxwvutsrq", "qqjxqqj", "wvxkkz"],
}


# Whose the large folders are.
OWNER = {"many": "u2@bench.example", "more": "u3@bench.example"}


class Client:
    """One connection."""

    def __init__(self, port, user="u0@bench.example", password=PASSWORD):
        self.sock = socket.create_connection(("127.0.0.1", port))
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.tag = 0
        self.read_line()
        self.run(f'LOGIN "{user}" "{password}"')

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

    def append(self, folder, body):
        self.tag += 1
        tag = f"a{self.tag}".encode()
        self.sock.sendall(tag + f' APPEND "{folder}" {{{len(body)}+}}\r\n'.encode() + body + b"\r\n")
        return self.finish(tag, False)

    def finish(self, tag, keep):
        total, tail, kept = 0, b"", []
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
                if b"\r\n" + tag + b" OK" in end:
                    return b"".join(kept) if keep else total
                if b"\r\n" + tag + b" NO" in end or b"\r\n" + tag + b" BAD" in end:
                    raise RuntimeError(tail.decode(errors="replace")[-300:])

    def close(self):
        self.sock.close()


def open_folder(server, folder):
    client = Client(server.imap, OWNER[folder])
    client.run(f'SELECT "{folder}"')
    return client


def timed(server, folder, command, repeat=3):
    """Seconds of a command in a new session each time, and what it cost the server and this driver."""
    times, size, cost, own = [], 0, [], []
    for _ in range(repeat):
        client = Client(server.imap, OWNER[folder])
        client.run(f'SELECT "{folder}"')
        cpu, mine, begin = processor(server.pids), time.process_time(), time.perf_counter()
        size = client.run(command)
        times.append(time.perf_counter() - begin)
        own.append(time.process_time() - mine)
        cost.append(processor(server.pids) - cpu)
        client.close()
    return {"first": times[0], "median": statistics.median(times), "bytes": size,
            "processor": statistics.median(cost), "driver": statistics.median(own)}


def found(answer):
    """How many numbers an untagged SEARCH lists."""
    line = next((line for line in answer.split(b"\r\n") if line.startswith(b"* SEARCH")), b"* SEARCH")
    return len(line.split()) - 2


def search(server, folder):
    """Seconds of SEARCH TEXT by kind: three different queries of each kind, asked once each after a search for something
    else, so that neither start-up nor an answer kept from before is what is measured."""
    client = Client(server.imap, OWNER[folder])
    client.run(f'SELECT "{folder}"')
    begin = time.perf_counter()
    client.run('SEARCH TEXT "warming"')
    results = {"first search in the session": {"median": time.perf_counter() - begin}}
    begin = time.perf_counter()
    client.run('SEARCH TEXT "with"')
    results["first search for a common word"] = {"median": time.perf_counter() - begin}
    for kind, queries in SEARCHES.items():
        times, counts = [], []
        for query in queries:
            begin = time.perf_counter()
            answer = client.run(f'SEARCH TEXT "{query}"', keep=True)
            times.append(time.perf_counter() - begin)
            counts.append(found(answer))
        results[kind] = {"median": statistics.median(times), "found": counts}
    times = []
    for number in range(3):
        word = f"justdelivered{number}"
        client.append(folder, f"Subject: news\r\nFrom: <a@example.org>\r\n\r\nHere is {word}.\r\n".encode())
        begin = time.perf_counter()
        answer = client.run(f'SEARCH TEXT "delivered{number}"', keep=True)
        times.append(time.perf_counter() - begin)
        if found(answer) != 1:
            raise SystemExit(f"{server.name} did not find what was just delivered")
    results["right after delivery"] = {"median": statistics.median(times), "found": [1, 1, 1]}
    client.close()
    return results


def idle(server, count=1000):
    """Growth of memory in bytes by connections that IDLE in an open INBOX, and the cores they keep busy. The first mailbox,
    which the rows for one mailbox filled, is left out."""
    before, clients = memory(server.pids), []
    for number in range(count):
        client = Client(server.imap, f"u{1 + number % (MAILBOXES - 1)}@bench.example")
        client.run('SELECT "INBOX"')
        client.sock.sendall(b"i IDLE\r\n")
        client.read_line()
        clients.append(client)
    time.sleep(2)
    grown, cpu = memory(server.pids) - before, processor(server.pids)
    time.sleep(5)
    busy = (processor(server.pids) - cpu) / 5
    for client in clients:
        client.close()
    return {"bytes": grown, "cores": busy}


def messages(server):
    """How many messages stand in the INBOXes of all mailboxes."""
    total = 0
    for number in range(MAILBOXES):
        client = Client(server.imap, f"u{number}@bench.example")
        answer = client.run("STATUS INBOX (MESSAGES)", keep=True)
        total += int(answer.split(b"MESSAGES ")[1].split(b")")[0])
        client.close()
    return total

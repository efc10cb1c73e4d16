"""Verifies the DKIM signatures of a message with dkimpy, which nobody here wrote.

usage: verify_dkim.py NAME_SERVER_HOST NAME_SERVER_PORT < message

Prints `ok ALGORITHM` for each signature; exits 1 when one does not verify or there is none.
"""
import sys

import dkim
import dns.resolver

host, port = sys.argv[1], int(sys.argv[2])
resolver = dns.resolver.Resolver(configure=False)
resolver.nameservers = [host]
resolver.port = port


def txt(name, timeout=5):
    answer = resolver.resolve(name.decode() if isinstance(name, bytes) else name, "TXT", lifetime=timeout)
    return b"".join(answer[0].strings)


message = sys.stdin.buffer.read()
verifier = dkim.DKIM(message)
signatures = [value for name, value in verifier.headers if name.lower() == b"dkim-signature"]
if not signatures:
    sys.exit("the message has no DKIM signature")
for index, signature in enumerate(signatures):
    algorithm = "ed25519" if b"ed25519" in signature else "rsa"
    if not dkim.DKIM(message).verify(idx=index, dnsfunc=txt):
        sys.exit(f"the {algorithm} signature does not verify")
    print("ok", algorithm)

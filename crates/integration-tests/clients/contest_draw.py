"""Does the draw of a contest again, by the words of crates/outreach/src/contests/proof.rs: prints the winners as JSON."""
import hashlib
import hmac
import json
import sys

proof = json.load(sys.stdin)
seed = bytes.fromhex(proof["seed"])
assert hashlib.sha256(seed).hexdigest() == proof["commitment"], "the seed"
entries = proof["entries"]
assert entries == sorted(set(entries)), "the order"
digest = hashlib.sha256("".join(entry + "\n" for entry in entries).encode()).digest()
assert digest.hex() == proof["list_hash"], "the list"
counter = 0


def below(count):
    global counter
    fair = 2**64 // count * count
    while True:
        mac = hmac.new(seed, digest + counter.to_bytes(8, "big"), hashlib.sha256).digest()
        counter += 1
        drawn = int.from_bytes(mac[:8], "big")
        if drawn < fair:
            return drawn % count


left, winners = list(entries), []
while left and len(winners) < proof["places"]:
    at = below(len(left))
    winners.append(left[at])
    last = left.pop()
    if at < len(left):
        left[at] = last
print(json.dumps(winners))

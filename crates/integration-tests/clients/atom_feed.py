"""Reads an Atom feed with feedparser, which nobody here wrote.

usage: atom_feed.py < feed

Prints the titles of its entries as plain text, a list in JSON; exits 1 when it is not well-formed or an entry lacks a field.
"""
import html
import json
import sys

import feedparser

read = feedparser.parse(sys.stdin.buffer.read())
if read.bozo or read.version != "atom10":
    sys.exit(f"{read.version} {read.get('bozo_exception')}")
for entry in read.entries:
    for field in ("id", "title", "link", "updated_parsed", "published_parsed"):
        if not entry.get(field):
            sys.exit(f"an entry has no {field}: {entry}")
print(json.dumps([html.unescape(entry.title) for entry in read.entries]))

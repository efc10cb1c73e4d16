"""Reads the feeds and the calendar of a status page with programs that nobody here wrote.

usage: status_feeds.py FOLDER

The folder has status.atom, status.rss and status.ics. Prints one line of JSON: the titles of each feed, newest first, and the
events as icalendar and as vobject read them; exits 1 when a feed is not well-formed or a field is missing.
"""
import json
import pathlib
import sys

import feedparser
import icalendar
import vobject

folder = pathlib.Path(sys.argv[1])


def feed(name, version):
    read = feedparser.parse((folder / name).read_bytes())
    if read.bozo or read.version != version:
        sys.exit(f"{name}: {read.version} {read.get('bozo_exception')}")
    for entry in read.entries:
        for field in ("id", "title", "link", "updated_parsed" if version == "atom10" else "published_parsed"):
            if not entry.get(field):
                sys.exit(f"{name}: an entry has no {field}: {entry}")
    return [entry.title for entry in read.entries]


def times(start, end):
    return [at.strftime("%Y-%m-%dT%H:%M%z") for at in (start, end)]


calendar = (folder / "status.ics").read_bytes()
by_icalendar = []
for event in icalendar.Calendar.from_ical(calendar).walk("VEVENT"):
    if event.errors:
        sys.exit(f"status.ics: {event.errors}")
    by_icalendar.append({
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "status": str(event["STATUS"]),
        "summary": str(event["SUMMARY"]),
        "times": times(event.decoded("DTSTART"), event.decoded("DTEND")),
    })
by_vobject = []
for event in vobject.readOne(calendar.decode()).vevent_list:
    event.validate(raiseException=True)
    by_vobject.append({
        "uid": event.uid.value,
        "sequence": int(event.sequence.value),
        "status": event.status.value,
        "summary": event.summary.value,
        "times": times(event.dtstart.value, event.dtend.value),
    })
print(json.dumps({
    "atom": feed("status.atom", "atom10"),
    "rss": feed("status.rss", "rss20"),
    "icalendar": by_icalendar,
    "vobject": by_vobject,
}))

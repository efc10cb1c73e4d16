"""Collects figures and prints them as a table with ratios."""
import statistics


class Table:
    def __init__(self):
        self.rows, self.units, self.extra, self.notes, self.lines = {}, {}, {}, [], {}

    def note(self, text):
        self.notes.append(text)

    def add(self, what, server, value, unit, driver=None, found=None):
        """A figure; several of the same row and server become their median. `driver`: milliseconds of the driver."""
        self.rows.setdefault(what, {}).setdefault(server, []).append(value)
        self.units[what] = unit
        if driver is not None:
            self.extra.setdefault(what, {})[server] = f"{driver:.3g} ms"
        if found is not None:
            self.extra.setdefault(what, {})[server] = "found " + ", ".join(map(str, found))

    def line(self, group, text):
        """A line that a measuring program printed: `what: figure`."""
        self.lines.setdefault(group, []).append(text)

    def markdown(self):
        out = ["| what | Mailkeep | peers | ratio to the best peer | driver, or found |", "|---|---|---|---|---|"]
        for what, by_server in self.rows.items():
            unit = self.units[what]
            median = {server: statistics.median(values) for server, values in by_server.items()}
            ours = median.pop("Mailkeep", None)
            peers = "; ".join(f"{server} {show(value, unit)}" for server, value in median.items())
            ratio = ""
            if ours and median:
                more_is_better = unit.endswith("/s")
                best = max(median.values()) if more_is_better else min(median.values())
                if best:
                    ratio = f"{ours / best if more_is_better else best / ours:.2g} ×"
            extra = "; ".join(f"{server} {text}" for server, text in self.extra.get(what, {}).items())
            out.append(f"| {what} | {show(ours, unit)} | {peers} | {ratio} | {extra} |")
        for group, lines in self.lines.items():
            out += ["", f"{group}:", ""] + [f"    {line}" for line in lines]
        return "\n".join(out + [""] + self.notes)


def show(value, unit):
    if value is None:
        return "–"
    if unit == "s" and value < 1:
        return f"{value * 1000:.3g} ms"
    digits = f"{value:,.0f}" if value >= 100 else f"{value:.3g}"
    return f"{digits} {unit}" if not unit.endswith("/s") else f"{digits}/s"

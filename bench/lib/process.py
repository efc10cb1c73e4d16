"""What a server's processes cost, from /proc."""
import os


def tree(pid):
    """The process and all below it."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat") as stat:
                    parents[int(entry)] = int(stat.read().rsplit(")", 1)[1].split()[1])
            except OSError:
                pass
    found, grown = {pid}, True
    while grown:
        more = {p for p, parent in parents.items() if parent in found} - found
        found |= more
        grown = bool(more)
    return found


def memory(pids):
    """Bytes of its own, with all children: shared pages are counted once, and pages of files, which the system lends it and
    takes back as it likes, not at all."""
    total = 0
    for process in set().union(*map(tree, pids)):
        try:
            with open(f"/proc/{process}/smaps_rollup") as rollup:
                total += sum(int(line.split()[1]) for line in rollup if line.startswith(("Pss_Anon:", "Pss_Shmem:")))
        except OSError:
            pass
    return total * 1024


def processor(pids):
    """Processor time in seconds, with all children, also those that have ended (proc(5): fields 14 to 17)."""
    ticks = 0
    for process in set().union(*map(tree, pids)):
        try:
            with open(f"/proc/{process}/stat") as stat:
                ticks += sum(map(int, stat.read().rsplit(")", 1)[1].split()[11:15]))
        except OSError:
            pass
    return ticks / os.sysconf("SC_CLK_TCK")

"""Starts the servers that are compared, each with everything of its own in one folder and on free ports of loopback."""
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import time

from lib.process import processor

DOMAIN = "bench.example"
PASSWORD = "correct-horse-battery-7"
MAILBOXES = 100


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, seconds=30):
    for _ in range(seconds * 20):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"nothing listens on port {port} after {seconds} s")


def read_pid(path, seconds=10):
    """A server listens before its file is written."""
    for _ in range(seconds * 20):
        if os.path.exists(path) and os.path.getsize(path):
            with open(path) as file:
                return int(file.read())
        time.sleep(0.05)
    raise SystemExit(f"{path} was not written in {seconds} s")


class Mailkeep:
    name = "Mailkeep"

    def __init__(self, binary, seed, folder, mailboxes=MAILBOXES, password=PASSWORD, more=""):
        self.binary, self.folder, self.config = binary, folder, os.path.join(folder, "mailkeep.toml")
        os.makedirs(folder)
        anywhere = '["127.0.0.1:0"]'
        with open(self.config, "w") as config:
            config.write(f"""
[server]
hostname = "mail.{DOMAIN}"
data_dir = "{folder}/data"
[listen]
mx = {anywhere}
submission = {anywhere}
submissions = {anywhere}
imap = {anywhere}
imaps = {anywhere}
http = {anywhere}
https = {anywhere}
operator = {anywhere}
[smtp]
max_connections_per_address = 5000
max_messages_per_connection = 1000000
[smtp.mx]
verify = false
[imap]
max_connections_per_address = 5000
max_connections_per_mailbox = 5000
plaintext_login_on_loopback = true
[log]
level = "warn"
{more}""")
        self.command("init")
        subprocess.run([seed, f"{folder}/data", DOMAIN, str(mailboxes)] + ([password] if password else []), check=True)

    def command(self, *words):
        subprocess.run([self.binary, "--config", self.config, *words], check=True, stdout=subprocess.DEVNULL)

    def start(self):
        """Starts it; the seconds until it serves."""
        begin = time.perf_counter()
        log = open(os.path.join(self.folder, "log"), "ab")
        self.process = subprocess.Popen([self.binary, "--config", self.config, "serve"], stdout=subprocess.PIPE, stderr=log, text=True)
        for line in self.process.stdout:
            if line.startswith("ready "):
                took = time.perf_counter() - begin
                ports = json.loads(line[6:])
                port = lambda name: int(ports[name][0].rsplit(":", 1)[1])
                self.smtp, self.imap, self.imaps, self.http = port("mx"), port("imap"), port("imaps"), port("http")
                self.pids = [self.process.pid]
                return took
        raise SystemExit(f"mailkeep did not start; see {self.folder}/log")

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)

    def restart(self):
        self.stop()
        self.start()

    def wait_idle(self):
        """Until a second passes in which the processor has next to nothing to do for it."""
        spent = processor(self.pids)
        for _ in range(300):
            time.sleep(1)
            before, spent = spent, processor(self.pids)
            if spent - before < 0.03:
                return
        raise SystemExit(f"{self.name} finds no rest")


DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
listen = 127.0.0.1
protocols = imap lmtp
ssl = no
disable_plaintext_auth = no
mail_uid = {owner}
mail_gid = {group}
first_valid_uid = 1
mail_location = {format}:{folder}/mail/%n
mail_max_userip_connections = 5000
default_client_limit = 20000
default_vsz_limit = 0
default_internal_user = {owner}
default_internal_group = {group}
default_login_user = {owner}
auth_mechanisms = plain
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={folder}/mail/%n
}}
service imap-login {{
  chroot =
  service_count = 0
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service imap {{
  process_limit = 5000
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
"""


class Dovecot:
    """Debian's dovecot as it comes: every stored message is synced (mail_fsync = optimized, its default)."""

    def __init__(self, folder, format):
        self.name, self.folder = f"Dovecot {format}", folder
        owner = pwd.getpwuid(os.getuid()) if os.getuid() else pwd.getpwnam("nobody")
        group = subprocess.run(["id", "-gn", owner.pw_name], capture_output=True, text=True, check=True).stdout.strip()
        for part in ("mail", "run"):
            os.makedirs(os.path.join(folder, part))
        os.chmod(folder, 0o755)
        os.chown(os.path.join(folder, "mail"), owner.pw_uid, owner.pw_gid)
        self.imap, self.lmtp = free_port(), free_port()
        self.config = os.path.join(folder, "dovecot.conf")
        with open(self.config, "w") as config:
            config.write(DOVECOT.format(folder=folder, owner=owner.pw_name, group=group, format=format, password=PASSWORD,
                                        imap=self.imap, lmtp=self.lmtp))

    def start(self):
        subprocess.run(["dovecot", "-c", self.config], check=True)
        wait_for_port(self.imap)
        self.pids = [read_pid(os.path.join(self.folder, "run", "master.pid"))]

    def stop(self):
        subprocess.run(["doveadm", "-c", self.config, "stop"], check=False)


MASTER = """
127.0.0.1:{smtp} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
relay unix - - n - - smtp
smtp unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """Debian's postfix in front of a Dovecot, over LMTP into its Maildir."""

    def __init__(self, folder, dovecot):
        self.name, self.folder, self.dovecot, self.smtp = "Postfix + Dovecot", folder, dovecot, free_port()
        self.mail = os.path.join(dovecot.folder, "mail")
        self.config = os.path.join(folder, "etc")
        for part in ("etc", "queue", "data"):
            os.makedirs(os.path.join(folder, part))
        os.chmod(folder, 0o755)
        shutil.chown(os.path.join(folder, "data"), "postfix")
        with open(os.path.join(self.config, "main.cf"), "w") as config:
            config.write(f"""
compatibility_level = 3.6
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
myhostname = mail.{DOMAIN}
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
virtual_mailbox_domains = {DOMAIN}
virtual_mailbox_maps = static:all
virtual_transport = lmtp:inet:127.0.0.1:{dovecot.lmtp}
smtpd_client_connection_count_limit = 0
smtputf8_enable = no
smtpd_tls_security_level = none
""")
        with open(os.path.join(self.config, "master.cf"), "w") as master:
            master.write(MASTER.format(smtp=self.smtp))

    def start(self):
        log = open(os.path.join(self.folder, "start.log"), "ab")
        subprocess.run(["postfix", "-c", self.config, "start"], check=True, stdout=log, stderr=log)
        wait_for_port(self.smtp)
        self.pids = [read_pid(os.path.join(self.folder, "queue", "pid", "master.pid"))] + self.dovecot.pids

    def stop(self):
        subprocess.run(["postfix", "-c", self.config, "stop"], check=False, stderr=subprocess.DEVNULL)

    def count(self):
        """How many messages stand in the mailboxes: by looking at the files, which costs the servers nothing."""
        total = 0
        for mailbox in os.listdir(self.mail):
            try:
                total += len(os.listdir(os.path.join(self.mail, mailbox, "new")))
            except OSError:
                pass
        return total

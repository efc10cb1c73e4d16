"""The mails that IMAP is measured with: real ones where the shared data is there, else made ones."""
import os
import random
import tarfile

WORDS = ("invoice meeting river garden mountain letter window morning coffee report budget station winter "
         "summer travel ticket project deadline orange purple velvet harbour lantern bicycle thunder").split()


def whole_lines(raw):
    """With CR LF at the end of each line, as mails travel; without NUL, which no server takes."""
    return raw.replace(b"\0", b"").replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def real(shared):
    mails = []
    for name in ("ham-2002.tar.xz", "spam-2002.tar.xz"):
        path = os.path.join(shared, "mail", name)
        if not os.path.exists(path):
            return []
        with tarfile.open(path) as archive:
            for member in sorted(archive.getmembers(), key=lambda member: member.name):
                if member.isfile():
                    mails.append(whole_lines(archive.extractfile(member).read()))
    return [mail for mail in mails if mail.strip()]


def made(number):
    """A message of about 6.8 KB with a plain and a HTML part; the same for the same number."""
    rng = random.Random(number)
    lines = [" ".join(rng.choice(WORDS) + str(rng.randrange(1000)) for _ in range(9)) for _ in range(50)]
    html = "".join(f"<p>{line}</p>\r\n" for line in lines[:30])
    return (
        f"Received: from client.example.org by mail.example.com with ESMTP id {number:08x};\r\n"
        f"\tSun, 1 Mar 2026 10:{number // 60 % 60:02}:{number % 60:02} +0000\r\n"
        f"From: Sender {number % 97} <sender{number % 97}@example.org>\r\nTo: Ann Example <ann@example.com>\r\n"
        f"Subject: {' '.join(rng.choice(WORDS) for _ in range(5))}\r\n"
        f"Date: Sun, 1 Mar 2026 10:{number // 60 % 60:02}:{number % 60:02} +0000\r\n"
        f"Message-ID: <{number}@example.org>\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: multipart/alternative; boundary=\"=_part\"\r\n\r\n--=_part\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n" + "\r\n".join(lines) +
        f"\r\n--=_part\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body>{html}</body></html>\r\n--=_part--\r\n"
    ).encode()


def write(folder, shared):
    """Writes the mails into a folder for the driver; says what they are."""
    mails = real(shared) if shared else []
    what = f"{len(mails)} real mails in turn"
    if not mails:
        mails, what = [made(number) for number in range(3000)], "3,000 made mails in turn"
    os.makedirs(folder)
    for number, mail in enumerate(mails):
        with open(os.path.join(folder, f"{number:05}"), "wb") as file:
            file.write(mail)
    return f"{what}, {sum(map(len, mails)) / len(mails) / 1000:.1f} KB on average"

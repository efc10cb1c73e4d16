#!/usr/bin/env python3
"""Gives messages to a mail server by SMTP, with Python's smtplib.

    inject.py HOST PORT FROM TO KIND...

Each KIND is one of: `one:SUBJECT`, `large:SUBJECT:BYTES`, `utf8:SUBJECT`, `burst:SUBJECT:COUNT`. SUBJECT is one word.
"""
import smtplib
import sys


def message(sender, to, subject, body="Hello.\r\n"):
    return f"From: <{sender}>\r\nTo: <{to}>\r\nSubject: {subject}\r\n\r\n{body}".encode()


def main():
    host, port, sender, to = sys.argv[1:5]
    for argument in sys.argv[5:]:
        kind, subject, *more = argument.split(":")
        with smtplib.SMTP(host, int(port), timeout=60) as smtp:
            smtp.ehlo("client.example")
            if kind == "one":
                smtp.sendmail(sender, [to], message(sender, to, subject))
            elif kind == "large":
                line = "x" * 76 + "\r\n"
                smtp.sendmail(sender, [to], message(sender, to, subject, line * (int(more[0]) // len(line) + 1)))
            elif kind == "utf8":
                wide = "jürgen@" + sender.split("@")[1]
                smtp.sendmail(wide, [to], message(wide, to, f"{subject} grüße"), mail_options=["SMTPUTF8", "BODY=8BITMIME"])
            elif kind == "burst":
                for number in range(int(more[0])):
                    smtp.sendmail(sender, [to], message(sender, to, f"{subject}-{number}-end"))
            else:
                sys.exit(f"inject: no kind {kind}")
    print("done")


if __name__ == "__main__":
    main()

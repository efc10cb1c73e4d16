"""Python's smtplib against the submission and MX ports.

usage: smtp_clients.py HOST SUBMISSION SUBMISSIONS MX USER PASSWORD CA REMOTE_ADDRESS

Exits 0 and prints `ok NAME` a line when everything is as RFC 5321, 6409 and 4954 say; else says what was not.
"""
import smtplib
import ssl
import sys
from email.message import EmailMessage

host, submission, submissions, mx, user, password, ca, remote = sys.argv[1:9]
context = ssl.create_default_context(cafile=ca)
context.check_hostname = False


def mail(subject, to, sender=user):
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message.set_content("A line.\n.A line with a dot in front.\n..Two dots.\n")
    return message


def ok(name):
    print("ok", name, flush=True)


def refused(name, codes, call):
    try:
        call()
    except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused) as error:
        found = [v[0] for v in error.recipients.values()] if hasattr(error, "recipients") else [error.smtp_code]
        assert all(code in codes for code in found), f"{name}: {error}"
        ok(name)
    else:
        raise AssertionError(f"{name}: was accepted")


with smtplib.SMTP(host, int(submission), timeout=30) as smtp:
    smtp.ehlo("client.example")
    assert not smtp.has_extn("auth"), "AUTH is offered without TLS"
    refused("authentication without TLS", (530, 538, 503, 502, 504), lambda: smtp.docmd("AUTH", "PLAIN AGEAYg==")[0] < 500 or
            (_ for _ in ()).throw(smtplib.SMTPResponseException(*smtp.docmd("AUTH", "PLAIN AGEAYg=="))))
    smtp.starttls(context=context)
    smtp.ehlo("client.example")
    for extension in ("size", "8bitmime", "pipelining", "smtputf8", "chunking", "dsn", "enhancedstatuscodes", "auth"):
        assert smtp.has_extn(extension), f"{extension} is not offered"
    smtp.login(user, password)
    smtp.send_message(mail("smtplib by STARTTLS", user))
    ok("submission by STARTTLS")
    smtp.send_message(mail("smtplib to a remote address", remote))
    ok("submission to a remote address")
    refused("a foreign envelope sender", (550, 553, 554), lambda: smtp.sendmail("somebody@else.example", [user], "Subject: x\r\n\r\nx"))
    smtp.rset()
    refused("a foreign From", (550, 553, 554), lambda: smtp.send_message(mail("forged", user, "somebody@else.example"), from_addr=user))

with smtplib.SMTP_SSL(host, int(submissions), context=context, timeout=30) as smtp:
    smtp.login(user, password)
    smtp.send_message(mail("smtplib by implicit TLS", user))
    ok("submission by implicit TLS")

with smtplib.SMTP_SSL(host, int(submissions), context=context, timeout=30) as smtp:
    smtp.user, smtp.password = user, password
    smtp.ehlo("client.example")
    smtp.auth("LOGIN", smtp.auth_login)
    ok("AUTH LOGIN")

with smtplib.SMTP_SSL(host, int(submissions), context=context, timeout=30) as smtp:
    refused("a wrong password", (535,), lambda: smtp.login(user, password + "x"))

with smtplib.SMTP_SSL(host, int(submissions), context=context, timeout=30) as smtp:
    refused("submission without authentication", (530, 550, 554), lambda: smtp.sendmail(user, [remote], "Subject: x\r\n\r\nx"))

with smtplib.SMTP(host, int(mx), timeout=30) as smtp:
    smtp.ehlo("peer.example")
    refused("a relay attempt", (550, 551, 553, 554), lambda: smtp.sendmail("a@peer.example", [remote], "Subject: x\r\n\r\nx"))
    smtp.rset()
    refused("an unknown recipient", (550,), lambda: smtp.sendmail("a@peer.example", ["nobody-" + user], "Subject: x\r\n\r\nx"))
    smtp.rset()
    smtp.sendmail("a@peer.example", [user], "From: a@peer.example\r\nTo: " + user + "\r\nSubject: by the MX port\r\n\r\nHello.\r\n")
    ok("a mail by the MX port")
print("done")

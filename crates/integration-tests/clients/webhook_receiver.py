"""Receives webhooks as a customer's program does: verifies each with the library of Standard Webhooks.

Prints its port, reads the secret from the standard input, and prints one line for each request: `ok TYPE` or why not. The first
request is answered with 503, so that it comes again.
"""

import http.server
import sys

from standardwebhooks.webhooks import Webhook, WebhookVerificationError


class Receiver(http.server.BaseHTTPRequestHandler):
    webhook = None
    requests = 0

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            event = Receiver.webhook.verify(body.decode(), headers)
            # The same body with another signature, and another body with the same, are refused.
            try:
                Receiver.webhook.verify(body.decode() + " ", headers)
                print("forged passes", flush=True)
            except WebhookVerificationError:
                print("ok", event["type"], event["data"].get("id", "-"), flush=True)
        except WebhookVerificationError as error:
            print("refused", error, flush=True)
        Receiver.requests += 1
        answer = b"thank you"
        self.send_response(503 if Receiver.requests == 1 else 200)
        self.send_header("content-length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
print(server.server_address[1], flush=True)
Receiver.webhook = Webhook(sys.stdin.readline().strip())
server.serve_forever()

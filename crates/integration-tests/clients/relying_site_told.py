"""A site that signs people in with Authlib and is told when they were signed out (OpenID Connect Back-Channel Logout 1.0).

usage: relying_site_told.py CERTIFICATE, then a line: ISSUER CLIENT_ID CLIENT_SECRET REDIRECT_URI

Says line by line, as JSON: the port on which it is told, where it sends its visitor, the `sid` of the sign-in, and each thing it
was told, verified. What it is told first it refuses with 503, so that it comes again.
"""
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.jwk import KeySet

EVENT = "http://schemas.openid.net/event/backchannel-logout"
certificate = sys.argv[1]
heard, seen, ready = [], set(), threading.Event()


def say(**what):
    print(json.dumps(what), flush=True)


def verified(form):
    """Section 2.6: what a site looks at before it believes."""
    token = jwt.decode(form["logout_token"][0], keys, algorithms=["ES256"])
    header, claims = token.header, token.claims
    assert header["typ"] == "logout+jwt", header
    assert claims["iss"] == issuer and claims["aud"] == client_id, claims
    assert 0 < claims["exp"] - claims["iat"] <= 120, claims
    assert claims["events"] == {EVENT: {}}, claims
    assert "nonce" not in claims, claims
    assert claims["jti"] not in seen, "replayed"
    seen.add(claims["jti"])
    return claims


class Told(BaseHTTPRequestHandler):
    def do_POST(self):
        ready.wait(60)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        assert self.headers["Content-Type"] == "application/x-www-form-urlencoded"
        claims = verified(parse_qs(body))
        heard.append(claims)
        self.send_response(503 if len(heard) == 1 else 200)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", "0")
        self.end_headers()
        say(told=claims["sid"], named="sub" in claims)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Told)
threading.Thread(target=server.serve_forever, daemon=True).start()
say(port=server.server_port)
issuer, client_id, client_secret, redirect_uri = sys.stdin.readline().split()
session = OAuth2Session(
    client_id,
    client_secret,
    scope="openid profile",
    redirect_uri=redirect_uri,
    code_challenge_method="S256",
    token_endpoint_auth_method="client_secret_basic",
)
session.verify = certificate
session.trust_env = False
found = session.get(f"{issuer}/.well-known/openid-configuration", withhold_token=True).json()
assert found["backchannel_logout_supported"] and found["backchannel_logout_session_supported"]
while True:
    verifier = generate_token(48)
    address, state = session.create_authorization_url(
        found["authorization_endpoint"], code_verifier=verifier, nonce=generate_token(20)
    )
    say(go=address)
    came_back = sys.stdin.readline().strip()
    if not came_back:
        break
    token = session.fetch_token(
        found["token_endpoint"], authorization_response=came_back, state=state, code_verifier=verifier
    )
    keys = KeySet.import_key_set(session.get(found["jwks_uri"], withhold_token=True).json())
    ready.set()
    say(sid=jwt.decode(token["id_token"], keys, algorithms=["ES256"]).claims["sid"])

"""A site that signs people in with Authlib, which nobody here wrote.

usage: relying_site.py ISSUER CLIENT_ID CLIENT_SECRET REDIRECT_URI SIGNED_OUT_URI CERTIFICATE

Says line by line, as JSON, where it sends its visitor, and hears on standard input where the visitor came back.
"""
import json
import sys

from authlib.common.security import generate_token
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.jwk import KeySet

issuer, client_id, client_secret, redirect_uri, signed_out_uri, certificate = sys.argv[1:7]


def say(**what):
    print(json.dumps(what), flush=True)


session = OAuth2Session(
    client_id,
    client_secret,
    scope="openid profile email offline_access",
    redirect_uri=redirect_uri,
    code_challenge_method="S256",
    token_endpoint_auth_method="client_secret_basic",
)
session.verify = certificate
session.trust_env = False
found = session.get(f"{issuer}/.well-known/openid-configuration", withhold_token=True).json()
assert found["issuer"] == issuer, found["issuer"]
nonce, verifier = generate_token(20), generate_token(48)
address, state = session.create_authorization_url(
    found["authorization_endpoint"], code_verifier=verifier, nonce=nonce
)
say(go=address)
came_back = sys.stdin.readline().strip()
token = session.fetch_token(
    found["token_endpoint"], authorization_response=came_back, state=state, code_verifier=verifier
)
keys = KeySet.import_key_set(session.get(found["jwks_uri"], withhold_token=True).json())
signed = jwt.decode(
    token["id_token"], keys, algorithms=found["id_token_signing_alg_values_supported"]
)
claims = CodeIDToken(
    signed.claims,
    signed.header,
    {
        "iss": {"essential": True, "value": issuer},
        "aud": {"essential": True, "value": client_id},
    },
    {"nonce": nonce, "client_id": client_id},
)
claims.validate()
user = session.get(found["userinfo_endpoint"]).json()
assert user["sub"] == claims["sub"], (user, claims)
first = token["refresh_token"]
renewed = session.refresh_token(found["token_endpoint"], refresh_token=first)
assert renewed["refresh_token"] != first
assert session.get(found["userinfo_endpoint"]).json() == user
leave = session.create_authorization_url(
    found["end_session_endpoint"],
    id_token_hint=token["id_token"],
    post_logout_redirect_uri=signed_out_uri,
)[0]
say(claims=dict(claims), user=user, leave=leave)
assert sys.stdin.readline().strip().startswith(signed_out_uri)
gone = session.get(found["userinfo_endpoint"])
say(after=gone.status_code)

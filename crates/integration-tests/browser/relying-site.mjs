// A site that signs people in with openid-client, which nobody here wrote.
//
// usage: node relying-site.mjs ISSUER CLIENT_ID CLIENT_SECRET REDIRECT_URI SIGNED_OUT_URI
//
// Says line by line, as JSON, where it sends its visitor, and hears on standard input where the visitor came back.
import assert from 'node:assert'
import readline from 'node:readline'
import * as client from 'openid-client'

const [issuer, id, secret, redirectUri, signedOutUri] = process.argv.slice(2)
const lines = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]()
const say = (what) => console.log(JSON.stringify(what))
const hear = async () => (await lines.next()).value

const config = await client.discovery(new URL(issuer), id, secret)
const verifier = client.randomPKCECodeVerifier()
const [state, nonce] = [client.randomState(), client.randomNonce()]
const address = client.buildAuthorizationUrl(config, {
  redirect_uri: redirectUri,
  scope: 'openid profile email offline_access',
  code_challenge: await client.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
  state,
  nonce,
})
say({ go: address.href })
const tokens = await client.authorizationCodeGrant(config, new URL(await hear()), {
  pkceCodeVerifier: verifier,
  expectedState: state,
  expectedNonce: nonce,
  idTokenExpected: true,
})
const claims = tokens.claims()
const user = await client.fetchUserInfo(config, tokens.access_token, claims.sub)
const renewed = await client.refreshTokenGrant(config, tokens.refresh_token)
assert.notStrictEqual(renewed.refresh_token, tokens.refresh_token)
assert.deepStrictEqual(await client.fetchUserInfo(config, renewed.access_token, claims.sub), user)
const leave = client.buildEndSessionUrl(config, {
  id_token_hint: tokens.id_token,
  post_logout_redirect_uri: signedOutUri,
})
say({ claims, user, leave: leave.href })
assert((await hear()).startsWith(signedOutUri))
const gone = await client.fetchProtectedResource(
  config,
  renewed.access_token,
  new URL(config.serverMetadata().userinfo_endpoint),
  'GET',
).catch((error) => error.cause ?? error)
say({ after: gone.status ?? gone[0]?.status ?? 401 })
process.exit(0)

// Verifies uses of personal data and heads of the ledger, here in the browser. What is read is sent nowhere; only for a head
// that the file does not speak of, the proof that the ledger grew from it is fetched.
//
// The forms: C2SP signed-note and tlog-checkpoint, RFC 6962 inclusion and consistency proofs over SHA-256, Ed25519.

const encoder = new TextEncoder();

class Fault extends Error {}

function concat(...parts) {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) { out.set(part, at); at += part.length; }
  return out;
}

async function sha256(bytes) { return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)); }
const leafOf = (data) => sha256(concat([0], data));
const node = (left, right) => sha256(concat([1], left, right));

function hex(text, length = 32) {
  if (typeof text !== 'string' || !/^[0-9a-f]*$/i.test(text) || text.length !== 2 * length) throw new Fault('unreadable');
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function base64(text) {
  try { return Uint8Array.from(atob(text), (char) => char.charCodeAt(0)); } catch { throw new Fault('unreadable'); }
}

function number(value) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigInt64(0, BigInt(value));
  return bytes;
}

const same = (a, b) => a.length === b.length && a.every((byte, at) => byte === b[at]);

// A checkpoint and the key that it is signed with, both as text. Gives size and root.
async function readCheckpoint(note, verifierKey) {
  const [, origin, , keyText] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(verifierKey.trim()) ?? [];
  if (!origin) throw new Fault('otherKey');
  const typed = base64(keyText);
  if (typed.length !== 33 || typed[0] !== 1) throw new Fault('otherKey');
  const split = note.indexOf('\n\n');
  if (split < 0) throw new Fault('unreadable');
  const text = note.slice(0, split + 1);
  const [name, size, root] = text.split('\n');
  if (name !== origin) throw new Fault('otherKey');
  if (!/^\d+$/.test(size)) throw new Fault('unreadable');
  const id = (await sha256(concat(encoder.encode(`${origin}\n`), typed))).slice(0, 4);
  const signatures = note.slice(split + 2).split('\n').map((line) => /^\u2014 (\S+) (\S+)$/.exec(line)).filter(Boolean);
  const ours = signatures.filter(([, by]) => by === origin).map(([, , bytes]) => base64(bytes)).find((bytes) => same(bytes.slice(0, 4), id));
  if (!ours) throw new Fault('otherKey');
  let key;
  try {
    key = await crypto.subtle.importKey('raw', typed.slice(1), { name: 'Ed25519' }, false, ['verify']);
  } catch { throw new Fault('old'); }
  if (!await crypto.subtle.verify({ name: 'Ed25519' }, key, ours.slice(4), encoder.encode(text))) throw new Fault('badSignature');
  return { size: BigInt(size), root: base64(root) };
}

// RFC 9162 section 2.1.3.2.
async function rootOfPath(leaf, index, size, path) {
  if (index >= size) return null;
  let [at, last, hash] = [index, size - 1n, leaf];
  for (const sibling of path) {
    if (last === 0n) return null;
    if ((at & 1n) === 1n || at === last) {
      hash = await node(sibling, hash);
      while ((at & 1n) === 0n && at !== 0n) { at >>= 1n; last >>= 1n; }
    } else {
      hash = await node(hash, sibling);
    }
    at >>= 1n;
    last >>= 1n;
  }
  return last === 0n ? hash : null;
}

// RFC 9162 section 2.1.4.2: the earlier root and the later one that a path leads to.
async function grew(first, firstRoot, second, secondRoot, path) {
  if (first > second || first === 0n) return false;
  if (first === second) return path.length === 0 && same(firstRoot, secondRoot);
  const rest = [...path];
  if ((first & (first - 1n)) === 0n) rest.unshift(firstRoot);
  if (!rest.length) return false;
  let [at, last] = [first - 1n, second - 1n];
  while ((at & 1n) === 1n) { at >>= 1n; last >>= 1n; }
  let before = rest.shift();
  let after = before;
  for (const sibling of rest) {
    if (last === 0n) return false;
    if ((at & 1n) === 1n || at === last) {
      before = await node(sibling, before);
      after = await node(sibling, after);
      while ((at & 1n) === 0n && at !== 0n) { at >>= 1n; last >>= 1n; }
    } else {
      after = await node(after, sibling);
    }
    at >>= 1n;
    last >>= 1n;
  }
  return last === 0n && same(before, firstRoot) && same(after, secondRoot);
}

async function hashOf(entry) {
  const uuid = (text) => hex(String(text).replaceAll('-', ''), 16);
  return sha256(concat(
    encoder.encode('mailkeep-ledger-1'), uuid(entry.id), number(entry.position), [entry.subject_kind], uuid(entry.subject_id),
    number(entry.sequence), number(entry.at_micros), hex(entry.policy_id), hex(entry.commitment), hex(entry.previous),
  ));
}

async function checkEntry({ entry, path, payload }, head) {
  if (payload !== undefined && !same(await sha256(encoder.encode(payload)), hex(entry.commitment))) throw new Fault('badPayload');
  const hashes = path.map((hash) => hex(hash));
  const root = await rootOfPath(await leafOf(await hashOf(entry)), BigInt(entry.position) - 1n, head.size, hashes);
  if (!root || !same(root, head.root)) throw new Fault('badPath');
}

function readHead(line) {
  const words = line.trim().split(/\s+/);
  const [size, root] = words.slice(-2);
  if (words.length < 2 || !/^\d+$/.test(size)) throw new Fault('unreadable');
  return { size: BigInt(size), root: base64(root) };
}

async function checkGrowth(earlier, proof, key) {
  const head = await readCheckpoint(proof.checkpoint, key);
  if (BigInt(proof.from) !== earlier.size) throw new Fault('badGrowth');
  const path = proof.path.map((hash) => hex(hash));
  if (!await grew(earlier.size, earlier.root, head.size, head.root, path)) throw new Fault('badGrowth');
  return head;
}

async function fetchGrowth(size) {
  let answer;
  try { answer = await fetch(`/.well-known/mailkeep-ledger/consistency?from=${size}`); } catch { throw new Fault('offline'); }
  if (!answer.ok) throw new Fault('badGrowth');
  return answer.json();
}

// What was found, one sentence for each thing.
async function verify(text, line, key) {
  if (!text && !line) throw new Fault('nothing');
  const found = [];
  let file;
  if (text) {
    try { file = JSON.parse(text); } catch { throw new Fault('unreadable'); }
    if (typeof file.checkpoint !== 'string') throw new Fault('unreadable');
    if (file.verifier_key && file.verifier_key.trim() !== key) throw new Fault('otherKey');
    const head = await readCheckpoint(file.checkpoint, key);
    found.push(['signed', head.size]);
    // Many uses in one file, one use, or the proof that command lines write.
    const entries = file.entries ?? (file.entry ? [file] : []);
    for (const entry of entries) await checkEntry(entry, head);
    if (entries.length) found.push(['entries', entries.length]);
    if (file.consistency) {
      const earlier = readHead(file.consistency.head);
      await checkGrowth(earlier, file.consistency.proof, key);
      found.push(['grew', earlier.size]);
    }
  }
  if (line) {
    const earlier = readHead(line);
    const known = file?.consistency?.head.trim() === line.trim();
    const head = await checkGrowth(earlier, known ? file.consistency.proof : await fetchGrowth(earlier.size), key);
    found.push(['head', earlier.size], ['signed', head.size]);
  }
  return found;
}

const form = document.querySelector('[data-verify]');
if (form) {
  form.hidden = false;
  const [file, line] = [form.querySelector('#verify-file'), form.querySelector('#verify-head')];
  const result = form.querySelector('[data-verify-result]');
  const say = (good, title, lines) => {
    result.replaceChildren();
    const head = document.createElement('p');
    head.className = `badge badge--${good ? 'good' : 'bad'}`;
    head.textContent = title;
    const list = document.createElement('ul');
    for (const text of lines) {
      const item = document.createElement('li');
      item.textContent = text;
      list.append(item);
    }
    result.append(head, list);
  };
  const run = async () => {
    try {
      const found = await verify(await file.files[0]?.text() ?? '', line.value.trim(), form.dataset.key);
      const told = new Set(found.map(([what, count]) => form.dataset[what].replace('%n%', String(count))));
      say(true, form.dataset.good, told);
    } catch (error) {
      const why = error instanceof Fault ? error.message : 'unreadable';
      say(false, why === 'nothing' || why === 'offline' ? form.dataset[why] : form.dataset.bad, [form.dataset[why]]);
    }
  };
  form.querySelector('[data-verify-run]').addEventListener('click', run);
  file.addEventListener('change', run);
}

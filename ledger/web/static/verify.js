// Checks a proof of factledger in the reader's own browser, with WebCrypto and nothing else: that the words of each entry
// are those it commits to, that each stands in the tree of the checkpoint (RFC 6962; RFC 9162, 2.1.3.2), and that the
// checkpoint is signed by the log's key (C2SP signed-note, tlog-checkpoint). Docs: docs/trust.md.
"use strict";

const bytes = text => new TextEncoder().encode(text);
const fromHex = hex => Uint8Array.from(hex.match(/../g) || [], pair => parseInt(pair, 16));
const toHex = data => Array.from(data, byte => byte.toString(16).padStart(2, "0")).join("");
const fromBase64 = text => Uint8Array.from(atob(text), character => character.charCodeAt(0));
const joined = (...parts) => Uint8Array.from(parts.flatMap(part => [...part]));
const sha256 = async data => new Uint8Array(await crypto.subtle.digest("SHA-256", data));
const node = (left, right) => sha256(joined([1], left, right));
const counted = number => `${number} ${number === 1 ? "entry" : "entries"}`;
const half = number => Math.floor(number / 2);

function must(holds, otherwise) {
  if (!holds) throw new Error(otherwise);
}

function noteOf(text) {
  const end = text.lastIndexOf("\n\n");
  must(end > 0, "The checkpoint is no signed note.");
  const signed = text.slice(0, end + 1);
  const [origin, size, root] = signed.split("\n");
  must(/^[1-9][0-9]{0,15}$/.test(size) && root, "The checkpoint does not say a size and a root.");
  const signatures = text.slice(end + 2).split("\n").filter(Boolean).map(line => line.split(" "));
  return { signed, origin, size: Number(size), root: toHex(fromBase64(root)), signatures };
}

async function wordsHold(entry, said) {
  if (entry.body === null && entry.salt === null) return false;
  const hash = toHex(await sha256(joined(fromHex(entry.salt), bytes(entry.body))));
  must(hash === said.body, `The words of entry ${said.seq} are not those that were recorded.`);
  return true;
}

async function stands(entry, said, note) {
  const whole = entry.sig === null ? `${entry.env}\n` : `${entry.env}\n\n${entry.sig}`;
  let value = await sha256(joined([0], bytes(whole)));
  let index = said.seq, last = note.size - 1;
  const missing = `Entry ${said.seq} is not in the log of this checkpoint.`;
  must(Number.isSafeInteger(index) && index >= 0 && index <= last, missing);
  for (const hash of entry.path) {
    must(/^[0-9a-f]{64}$/.test(hash) && last > 0, missing);
    const beside = fromHex(hash);
    if (index % 2 === 1 || index === last) {
      value = await node(beside, value);
      while (index > 0 && index % 2 === 0) { index = half(index); last = half(last); }
    } else {
      value = await node(value, beside);
    }
    index = half(index);
    last = half(last);
  }
  must(last === 0 && toHex(value) === note.root, missing);
}

async function signedBy(key, note) {
  const [name, id, material] = key.trim().split(/\+([0-9a-f]{8})\+/);
  must(material, "This is no key of a log: it looks like NAME+HASH+BASE64.");
  const data = fromBase64(material);
  must(data.length === 33 && data[0] === 1, "This is no Ed25519 key.");
  must(toHex((await sha256(joined(bytes(name), [10], data))).slice(0, 4)) === id, "This key is not whole.");
  must(name === note.origin, `The checkpoint is of ${note.origin}, the key of ${name}.`);
  let publicKey;
  try {
    publicKey = await crypto.subtle.importKey("raw", data.slice(1), { name: "Ed25519" }, false, ["verify"]);
  } catch (error) {
    return false; // this browser has no Ed25519
  }
  for (const [dash, by, blob] of note.signatures) {
    const line = dash === "\u2014" && by === name ? fromBase64(blob) : [];
    if (line.length === 68 && toHex(line.slice(0, 4)) === id) {
      must(await crypto.subtle.verify("Ed25519", publicKey, line.slice(4), bytes(note.signed)), "The checkpoint is not signed by this key.");
      return true;
    }
  }
  throw new Error("The checkpoint is not signed by this key.");
}

const panel = document.getElementById("check");
const list = document.getElementById("steps");
const verdict = document.getElementById("result");

function told(parent, name, text, className) {
  const element = parent.appendChild(document.createElement(name));
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

function step(state, text) {
  const [sign, word] = { good: ["✓", "holds"], bad: ["✕", "does not hold"], open: ["–", "not checked"] }[state];
  const item = told(list, "li", "", state);
  told(item, "span", `${sign} ${word}`, `mark ${state}`);
  item.append(" ", text);
}

function ended(state, heading, text) {
  verdict.className = `answer ${state}`;
  verdict.replaceChildren();
  told(verdict, "strong", heading);
  told(verdict, "p", text);
}

function shown(entries) {
  const place = document.getElementById("proven");
  place.replaceChildren();
  for (const { said, entry, hasWords } of entries) {
    told(place, "h3", `Entry ${said.seq}, ${said.kind.replace(".", ": ")}, ${said.at.slice(0, 10)}`);
    if (!hasWords) {
      told(place, "p", "Its words are withheld: that the entry was there is shown, what it said is not.");
      continue;
    }
    const body = JSON.parse(entry.body);
    const words = [body.verdict, body.text, body.title, body.name, (body.anchor || {}).exact, body.question, body.reasons, body.reason];
    told(place, "p", words.filter(Boolean).join(". "));
    const whole = place.appendChild(document.createElement("details"));
    told(whole, "summary", "All that it says");
    told(whole, "pre", JSON.stringify(body, null, 1), "scroll").tabIndex = 0;
  }
}

function areAbout(subject, entries) {
  const belonging = new Set([subject]);
  for (const { entry, said } of entries) {
    const body = entry.body === null ? {} : JSON.parse(entry.body);
    if (entry.body === null || [body.claim, (body.changes || {}).claim].includes(subject)) belonging.add(said.subject);
  }
  return entries.some(one => one.said.subject === subject) && entries.every(one => belonging.has(one.said.subject));
}

async function check(text, published) {
  const sheet = JSON.parse(text);
  must(sheet.factledger === "proof/1" && Array.isArray(sheet.entries) && sheet.entries.length, "This is no proof of factledger.");
  const note = noteOf(sheet.checkpoint);
  const entries = sheet.entries.map(entry => ({ entry, said: JSON.parse(entry.env), hasWords: false }));
  for (const one of entries) one.hasWords = await wordsHold(one.entry, one.said);
  if (published !== null) must(areAbout(panel.dataset.subject, entries), "The proof is of another record.");
  const withheld = entries.filter(one => !one.hasWords).length;
  step("good", `The words of ${counted(entries.length - withheld)} are those that were recorded.${withheld ? ` Those of ${withheld} more are withheld.` : ""}`);
  for (const one of entries) await stands(one.entry, one.said, note);
  step("good", `They stand in the log of ${note.size.toLocaleString("en")} entries whose root is ${note.root}.`);
  if (published === null) step("open", "Whether this ledger publishes that checkpoint: the proof is a file of yours.");
  else if (published === sheet.checkpoint) step("good", "That is the checkpoint that this ledger publishes now.");
  else step("open", "That is not the newest checkpoint that this ledger publishes: it may be an earlier one.");
  const signed = await signedBy(document.getElementById("key").value, note);
  if (signed) step("good", `The checkpoint is signed by the key of ${note.origin}.`);
  else step("open", "The signature of the checkpoint: this browser cannot check Ed25519.");
  shown(entries);
  if (signed) ended("good", "This record stands in the log.", `What was proven is below, in the words of ${counted(entries.length)}. Compare it with the page that you read.`);
  else ended("open", "This record stands in the log of that checkpoint, but nothing here shows who signed it.", "Check the signature with factledger, as below, or in a browser that has Ed25519.");
}

class NotThere extends Error {}

async function fetched(name) {
  const link = document.getElementById(name);
  const answer = await fetch(link.href).catch(() => ({ status: "no answer" }));
  if (!answer.ok) throw new NotThere(`Your browser could not fetch ${link.textContent} (${answer.status}).`);
  return answer.text();
}

async function run(sources) {
  list.replaceChildren();
  document.getElementById("proven").replaceChildren();
  ended("open", "Checking …", "");
  try {
    const [proof, published] = await sources();
    await check(proof, published);
  } catch (error) {
    if (error instanceof NotThere) {
      step("open", error.message);
      ended("open", "This could not be checked.", "That says nothing of the record. Try again later, or check it by hand, as below.");
      return;
    }
    const reason = error instanceof SyntaxError || error instanceof TypeError ? "This is no proof that can be read." : error.message;
    step("bad", reason);
    ended("bad", "This does not hold.", "Either the proof was changed on its way, or the ledger is not what was signed. Tell those who keep it, and keep the proof.");
  }
}

if (window.isSecureContext && crypto.subtle) {
  panel.hidden = false;
  document.getElementById("run").addEventListener("click", () => run(() => Promise.all([fetched("proof"), fetched("checkpoint")])));
  document.getElementById("file").addEventListener("change", event => {
    const [file] = event.target.files;
    if (file) run(async () => [await file.text(), null]);
  });
} else {
  document.getElementById("cannot").hidden = false;
}

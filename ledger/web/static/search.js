// Searches the index beside a published site (ledger/web/site/search.py): nothing leaves the host that serves it.
"use strict";
(() => {
  const script = document.currentScript;
  const root = new URL(script.dataset.root, document.baseURI);
  const folder = new URL(`search/${script.dataset.index}/`, root);
  const asked = new URLSearchParams(location.search);
  const said = asked.get("_search") || asked.get("q") || "";
  const MOST = 50, TOGETHER = 100;
  const FACETS = ["verdict", "corroboration", "workflow", "topic", "story", "claimant", "kind", "publisher"];
  const WORD = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]|(?:(?![\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff])[\p{L}\p{N}])+/gu;

  const wordsOf = (text) =>
    text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().normalize("NFC").match(WORD) || [];

  const hex = (text) => [...new TextEncoder().encode(text)].map((one) => one.toString(16).padStart(2, "0")).join("");

  async function read(file) {
    const answer = await fetch(new URL(file, folder));
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
    return answer.json();
  }

  // Which claims hold a word that begins so; one letter is looked up as a whole word.
  async function holding(word, files) {
    const file = hex([...word].slice(0, 2).join("")), found = new Set();
    if (!files.includes(file)) return found;
    const shard = await read(`words/${file}.json`);
    for (const [known, numbers] of Object.entries(shard)) {
      if (known === word || ([...word].length > 1 && known.startsWith(word))) numbers.forEach((one) => found.add(one));
    }
    return found;
  }

  async function matching(words, facets) {
    const files = words.length ? await read("words.json") : [];
    const sets = await Promise.all(words.map((word) => holding(word, files)));
    if (facets.length) {
      const known = await read("facets.json");
      sets.push(...facets.map((facet) => new Set(known[facet] || [])));
    }
    const [first, ...rest] = sets.sort((one, other) => one.size - other.size);
    return [...first].filter((one) => rest.every((set) => set.has(one))).sort((one, other) => other - one);
  }

  async function shown(numbers) {
    const files = [...new Set(numbers.map((one) => Math.floor(one / TOGETHER)))];
    const parts = new Map(await Promise.all(files.map(async (one) => [one, await read(`documents/${one}.json`)])));
    return numbers.map((one) => parts.get(Math.floor(one / TOGETHER))[one % TOGETHER]);
  }

  function element(name, text, kind) {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  function line([address, text, aside, mark]) {
    const made = element("li"), first = element("p", "", "text"), link = element("a", text);
    link.href = new URL(address, root);
    first.append(link);
    made.append(first);
    const second = element("p", "", "states");
    if (mark) second.append(element("span", mark, "mark plain"), " ");
    second.append(element("span", aside, "when"));
    if (mark || aside) made.append(second);
    return made;
  }

  async function search(place, words, facets) {
    const found = await matching(words, facets);
    const what = [said, ...facets.map((one) => one.slice(one.indexOf("=") + 1))].filter(Boolean);
    const list = element("ul", "", "claims");
    list.append(...(await shown(found.slice(0, MOST))).map(line));
    const count = found.length === 1 ? "1 found" : `${found.length} found`;
    const heading = element("h2", `${count}: ${what.join(", ")}`);
    heading.id = "found-here";
    place.replaceChildren(heading, list);
    if (found.length > MOST) place.append(element("p", `Here are ${MOST} of them. More words find fewer.`, "note"));
    if (!found.length) place.append(element("p", "Nothing here has all of these words. All that there is is listed below.", "none"));
  }

  const words = wordsOf(said);
  const facets = [...asked].filter(([name]) => FACETS.includes(name)).map(([name, value]) => `${name}=${value}`);
  const box = document.querySelector("form[role=search] input[type=search]");
  if (box) box.value = said;
  if (!words.length && !facets.length) return;
  const place = element("section");
  place.setAttribute("role", "status");
  (document.querySelector("form[role=search]") || document.querySelector("h1")).after(place);
  search(place, words, facets).catch(() => {
    place.replaceChildren(element("p", "The search could not be read. All that there is is listed below.", "note"));
  });
})();

// Reads the programme of one meeting without a network. It is registered only when somebody asks to keep the programme on their device, and for
// nothing but the programme's own addresses. The network comes first; a kept copy says that it is one, and of when.
//
// Pages of the programme are fetched without cookies, as everybody sees them, so that no copy holds anything of whoever is signed in. The one page
// that is somebody's own, their schedule, lies in a cache of its own, whose name says whether it goes when they sign out (see forget-own-copies.js).

const BASE = new URL(self.registration.scope).pathname;
const KEPT = `plenary-kept ${BASE} `;
const VISITED = `plenary-visited ${BASE}`;
const STATE = `${BASE}/kept`;
const OFFLINE = `${BASE}/offline`;
const MOST_BYTES = 30_000_000;
const MOST_VISITED = 60;
const AT_ONCE = 4;
const PATIENCE = 6_000; // milliseconds before a kept copy is better than waiting
const FRESH = 600_000; // milliseconds during which a copy is not fetched again
const PAGES = /^(\/(\d{4}-\d\d-\d\d|people|people\/\d+|sessions\/\d+|presentations\/\d+|changes|offline))?$/;
const OWN = new Set([`${BASE}/mine`, `${BASE}/stars.json`]);
let followed = Date.now();

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => {
  if (event.data.do === "keep") event.waitUntil(keepAndTell(event.ports[0]));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (/^\/(assets|static)\//.test(url.pathname)) event.respondWith(file(request));
  else if (OWN.has(url.pathname)) event.respondWith(own(event, url.pathname));
  else if (request.mode === "navigate" && isInside(url.pathname)) event.respondWith(page(event, url.pathname));
});

function isInside(path) {
  return path === BASE || path.startsWith(`${BASE}/`);
}

function isPage(path) {
  return isInside(path) && PAGES.test(path.slice(BASE.length));
}

// Style sheets and scripts have the hash of their content in their address: a copy is as good as another.
async function file(request) {
  return (await found(request.url)) ?? fetch(request);
}

async function page(event, path) {
  const copy = isPage(path) ? await found(path) : undefined;
  const answer = await fromNetwork(event.request, copy);
  if (!answer) return shown(copy ?? (await found(OFFLINE)));
  if (answer.status === 200) event.waitUntil(afterwards(path, copy).catch(() => {}));
  return answer;
}

async function afterwards(path, copy) {
  if (isPage(path) && !isFresh(copy)) await keepVisited(path);
  await follow();
}

async function own(event, path) {
  const copy = await found(path);
  const answer = await fromNetwork(event.request, copy);
  if (!answer && event.request.mode === "navigate") return shown(copy ?? (await found(OFFLINE)));
  if (!answer) return copy ?? Response.json({ starred: [] });
  if (answer.status === 200) await keepOwn(path, answer.clone());
  return answer;
}

// What the network answers; nothing when it does not, or when it takes long or fails while there is a copy.
async function fromNetwork(request, copy) {
  const asked = fetch(request).catch(() => undefined);
  if (!copy) return asked;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  const answer = await Promise.race([asked, late]);
  return answer && answer.status < 500 ? answer : undefined;
}

async function keepAndTell(port) {
  const tell = (message) => port?.postMessage(message);
  try {
    tell({ state: await keep(tell) });
  } catch {
    await giveUpUnfinished();
    tell({ failed: true });
  }
}

// What was begun and not completed is not kept: it would take space, and nobody would know.
async function giveUpUnfinished() {
  for (const name of (await caches.keys()).filter((each) => each.startsWith(KEPT))) {
    if (!(await (await caches.open(name)).match(STATE))) await caches.delete(name);
  }
}

// Once in a while the server is asked whether there is another version, such as a new release.
async function follow() {
  if (Date.now() - followed < FRESH) return;
  followed = Date.now();
  const kept = await currentCache();
  const state = kept && (await (await kept.match(STATE))?.json());
  const answer = state && (await fetch(`${BASE}/offline.json`));
  if (answer?.ok && (await answer.json()).version !== state.version) await keepAndTell();
}

// All that the server lists, into a cache of its version; the one before is given up only when this one is complete.
async function keep(tell) {
  const asked = await fetch(`${BASE}/offline.json`);
  if (!asked.ok) throw new Error(asked.status);
  const { version, pages, files, language } = await asked.json();
  const cache = await caches.open(KEPT + version);
  const wanted = [...files, ...pages];
  const state = { version, language, at: Date.now(), pages: 0, bytes: 0, isPartial: false };
  for (let done = 0; done < wanted.length && !state.isPartial; done += AT_ONCE) {
    await Promise.all(wanted.slice(done, done + AT_ONCE).map((path) => keepOne(cache, path, language, state)));
    state.isPartial = state.bytes > MOST_BYTES;
    tell({ done: Math.min(done + AT_ONCE, wanted.length), total: wanted.length });
  }
  await giveUp(cache, new Set([...wanted, STATE]));
  for (const path of OWN) await keepOwn(path, await fetch(path));
  await cache.put(STATE, new Response(JSON.stringify(state)));
  const others = (await caches.keys()).filter((name) => name.startsWith(KEPT) && name !== KEPT + version);
  await Promise.all(others.map((name) => caches.delete(name)));
  await forgetVisited(cache);
  return state;
}

// What is kept need not lie with what was visited a second time, of an earlier release.
async function forgetVisited(kept) {
  if (!(await caches.has(VISITED))) return;
  const visited = await caches.open(VISITED);
  for (const { url } of await kept.keys()) await visited.delete(url, { ignoreVary: true });
}

// A page of what is starred no more goes.
async function giveUp(cache, wanted) {
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    if (!wanted.has(pathname + search)) await cache.delete(request);
  }
}

async function keepOne(cache, path, language, state) {
  const known = await cache.match(path, { ignoreVary: true });
  const copy = isFresh(known) || (known && !isPage(path)) ? known : await fetchedCopy(path, language);
  if (!copy) return;
  if (copy !== known) await cache.put(path, copy.clone());
  const { size } = await copy.blob();
  state.bytes += size;
  state.pages += isPage(path) ? 1 : 0;
}

async function keepVisited(path) {
  const kept = await currentCache();
  const state = kept && (await (await kept.match(STATE))?.json());
  const copy = state && (await fetchedCopy(path, state.language));
  if (!copy) return;
  if (await kept.match(path, { ignoreVary: true })) {
    await kept.put(path, copy);
    return;
  }
  const cache = await caches.open(VISITED);
  await cache.put(path, copy);
  const oldest = (await cache.keys()).slice(0, -MOST_VISITED);
  await Promise.all(oldest.map((request) => cache.delete(request)));
}

async function currentCache() {
  const name = (await caches.keys()).find((each) => each.startsWith(KEPT));
  return name && caches.open(name);
}

// As everybody sees it: without cookies, in the reader's language.
async function fetchedCopy(path, language) {
  const headers = language ? { "Accept-Language": language } : {};
  const answer = await fetch(path, { credentials: "omit", headers });
  return answer.status === 200 && !answer.redirected ? dated(answer) : undefined;
}

// Whose it is, the server says; a copy of somebody else's goes.
async function keepOwn(path, answer) {
  const whose = answer.headers.get("Schedule-Of");
  if (!(await currentCache()) && !(await caches.has(`plenary-${whose} ${BASE}`))) return;
  for (const other of ["account", "visitor", "nobody"]) {
    if (other !== whose) await caches.delete(`plenary-${other} ${BASE}`);
  }
  if (whose && answer.status === 200) await (await caches.open(`plenary-${whose} ${BASE}`)).put(path, await dated(answer));
}

async function dated(answer) {
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(name);
  headers.set("Kept-At", String(Date.now()));
  return new Response(await answer.blob(), { headers });
}

function isFresh(copy) {
  return copy !== undefined && Date.now() - Number(copy.headers.get("Kept-At")) < FRESH;
}

// Caches of this meeting only: those of others are none of this worker's business. What was kept goes before what was visited: it is of one release.
async function found(address) {
  const names = await caches.keys();
  const isKept = (name) => name.startsWith(KEPT);
  for (const name of [...names.filter(isKept), ...names.filter((each) => !isKept(each))]) {
    if (!name.startsWith("plenary-") || name.split(" ")[1] !== BASE) continue;
    const copy = await (await caches.open(name)).match(address, { ignoreVary: true });
    if (copy) return copy;
  }
  return undefined;
}

// A copy that says what it is: its note is in the page, hidden, in the reader's language.
async function shown(copy) {
  if (!copy) return Response.error();
  const at = new Date(Number(copy.headers.get("Kept-At")));
  const text = await copy.text();
  const language = /<html lang="([\w-]+)"/.exec(text)?.[1] ?? "en";
  const when = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(at);
  const html = text
    .replace('<body data-layout="page"', '<body data-layout="page" data-offline')
    .replace('<p class="offline-note" hidden>', '<p class="offline-note" role="status">')
    .replace('<span class="offline-at"></span>', () => `<time datetime="${at.toISOString()}">${when}</time>`);
  return new Response(html, { headers: copy.headers });
}

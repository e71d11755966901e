// Keeps the programme on this device when its reader asks for it, says how much and of when, and removes it. The work is done by workers/programme.js.

export default async function keepProgramme(block) {
  if (!("serviceWorker" in navigator) || !("caches" in window)) return;
  const [keep, remove] = block.querySelectorAll("button");
  const status = block.querySelector("[role=status]");
  const say = (state) => {
    status.textContent = state ? kept(block.dataset, state) : block.dataset.none;
    remove.hidden = !state;
    keep.textContent = state ? block.dataset.again : block.dataset.keep;
  };
  keep.addEventListener("click", () => work(block, keep, status, say));
  remove.addEventListener("click", async () => {
    await forget(block.dataset.base);
    say(null);
    keep.focus();
  });
  const state = await stateOf(block.dataset.base);
  say(state);
  block.hidden = false;
  // Stars and releases change: what is kept follows, without being asked for again.
  if (state && navigator.onLine && document.body.dataset.offline === undefined) work(block, keep, status, say);
}

async function work(block, button, status, say) {
  button.disabled = true;
  status.textContent = block.dataset.working;
  try {
    const registration = await navigator.serviceWorker.register(block.dataset.worker, { scope: block.dataset.base });
    const worker = await active(registration);
    say(await asked(worker, ({ done, total }) => (status.textContent = `${block.dataset.working} ${done}/${total}`)));
  } catch {
    status.textContent = block.dataset.failed;
  }
  button.disabled = false;
}

function asked(worker, progress) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) => {
      if (data.state) resolve(data.state);
      else if (data.failed) reject(new Error("not kept"));
      else progress(data);
    };
    worker.postMessage({ do: "keep" }, [port2]);
  });
}

function active(registration) {
  if (registration.active) return registration.active;
  const worker = registration.installing ?? registration.waiting;
  return new Promise((resolve, reject) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve(worker);
      if (worker.state === "redundant") reject(new Error("not installed"));
    });
  });
}

async function stateOf(base) {
  for (const name of await namesOf(base)) {
    const answer = await (await caches.open(name)).match(`${base}/kept`);
    if (answer) return answer.json();
  }
  return null;
}

async function forget(base) {
  const registration = await navigator.serviceWorker.getRegistration(base);
  await registration?.unregister();
  await Promise.all((await namesOf(base)).map((name) => caches.delete(name)));
}

async function namesOf(base) {
  return (await caches.keys()).filter((name) => name.startsWith("plenary-") && name.split(" ")[1] === base);
}

function kept(words, state) {
  const language = document.documentElement.lang;
  const size = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(state.bytes / 1_000_000);
  const at = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" }).format(state.at);
  const said = words.kept.replace("{pages}", state.pages).replace("{size}", size).replace("{at}", at);
  return state.isPartial ? `${said} ${words.partial}` : said;
}

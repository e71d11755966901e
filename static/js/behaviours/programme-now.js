// Marks what is on now and what begins next, by the reader's own clock and the instants in the page.

const EVERY = 30_000;

export default function programmeNow(list) {
  const slots = [...list.querySelectorAll(".programme-slot")];
  const mark = () => markAll(list, slots, Date.now() / 1000);
  mark();
  setInterval(mark, EVERY);
}

function markAll(list, slots, now) {
  const coming = slots.map((slot) => Number(slot.dataset.starts)).filter((starts) => starts > now);
  const next = Math.min(...coming);
  for (const slot of slots) {
    const starts = Number(slot.dataset.starts);
    const isNow = starts <= now && now < Number(slot.dataset.ends);
    // "Next" means soon: on another day nothing is marked.
    show(slot, isNow ? "now" : starts === next && next - now < 6 * 3600 ? "next" : "", list.dataset);
  }
}

function show(slot, state, words) {
  const row = slot.querySelector(".session-row");
  if ((row.dataset.state ?? "") === state) return;
  row.querySelector(".session-state")?.remove();
  if (!state) {
    delete row.dataset.state;
    return;
  }
  row.dataset.state = state;
  const word = document.createElement("span");
  word.className = "session-state";
  word.textContent = words[state];
  row.querySelector(".session-time").append(word);
}

// While one types, those who may be meant stand below; the arrow goes down to them, Enter opens the first. "/" comes back here.
import { isTyping } from "../keys.js";
import { attachAll } from "../site.js";

const PAUSE = 150;

export default function walkSearch(form) {
  const input = form.querySelector("input");
  const place = form.querySelector(".walk-offers");
  let asked = 0;
  let timer = 0;

  async function look() {
    const mine = ++asked;
    const typed = input.value.trim();
    const answer = typed.length > 1 ? await fetch(`${form.dataset.source}?${new URLSearchParams({ q: typed })}`) : null;
    const text = answer?.ok ? await answer.text() : "";
    if (mine !== asked) return;
    place.innerHTML = text;
    attachAll(place);
  }

  function lookSoon() {
    clearTimeout(timer);
    timer = setTimeout(() => look().catch(() => place.replaceChildren()), PAUSE);
  }

  input.addEventListener("input", lookSoon);
  if (input.value !== input.defaultValue) lookSoon(); // fast fingers type before this is here
  form.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const stops = [input, ...place.querySelectorAll("a")];
    const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
  // Before the search box of the whole desk takes the key.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "/" || isTyping(event)) return;
      event.preventDefault();
      input.focus();
      input.select();
    },
    { capture: true },
  );
}

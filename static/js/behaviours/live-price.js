// Shows what a choice costs while one chooses. Without a script the price is summed up two steps later, as for everybody.

export default function livePrice(place) {
  const form = document.querySelector("main form");
  let asked = 0;

  async function show() {
    const mine = ++asked;
    const wish = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(`${place.dataset.source}?${wish}`);
      const text = await answer.text();
      if (answer.ok && mine === asked) place.innerHTML = text;
    } catch {
      place.replaceChildren();
    }
  }

  form.addEventListener("change", show);
  show();
}

// Shows the total while one chooses; the next page shows it to everybody.
const ASKED = ["category", "span", "mode", "extras", "waived", "person"];

export default function walkPrice(place) {
  const form = document.getElementById(place.dataset.form);
  let asked = 0;

  async function show() {
    const mine = ++asked;
    const wish = new URLSearchParams([...new FormData(form)].filter(([name]) => ASKED.includes(name)));
    const answer = await fetch(`${place.dataset.source}?${wish}`);
    const text = await answer.text();
    if (answer.ok && mine === asked) place.innerHTML = text;
  }

  form.addEventListener("change", (event) => {
    if (ASKED.includes(event.target.name)) show().catch(() => place.replaceChildren());
  });
}

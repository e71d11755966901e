// Puts the abstract of a session into its row when the row is first opened, from the session's own page.
// Long days hold a link there instead, and keep it when nothing can be fetched.

export default function openSession(list) {
  list.addEventListener("toggle", (event) => {
    const place = event.target.open && event.target.querySelector("[data-fetched]");
    if (place) fill(place);
  }, true);
}

async function fill(place) {
  delete place.dataset.fetched;
  const about = await read(place.querySelector("a").href);
  if (about) place.replaceWith(...about.children);
  else place.dataset.fetched = "";
}

async function read(address) {
  try {
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return answer.ok ? page.querySelector("[data-about]") : null;
  } catch {
    return null;
  }
}

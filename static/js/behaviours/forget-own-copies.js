// Deletes what was kept on this device of a person's own schedule: stands at the link to sign in, which only those see who are signed out, and at the
// button to sign out. Copies of the public programme stay.

export default function forgetOwnCopies(element) {
  if (!("caches" in window)) return;
  if (element instanceof HTMLFormElement) element.addEventListener("submit", forget);
  else if (document.body.dataset.offline === undefined) forget();
}

async function forget() {
  const names = (await caches.keys()).filter((name) => name.startsWith("plenary-account "));
  await Promise.all(names.map((name) => caches.delete(name)));
}

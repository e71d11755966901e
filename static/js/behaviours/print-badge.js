// Prints a badge out of a frame of this page; after a registration by itself, once. Without a script it opens beside.

export default function printBadge(form) {
  const frame = document.createElement("iframe");
  frame.name = "badge-to-print";
  frame.title = form.dataset.title;
  frame.className = "walk-frame";
  frame.addEventListener("load", () => {
    if (frame.contentWindow.location.href === "about:blank") return;
    frame.contentWindow.print();
    document.querySelector(".walk-input")?.focus(); // the next one
  });
  form.target = frame.name;
  form.addEventListener("submit", () => form.closest("section, article").append(frame));
  if (!("now" in form.dataset)) return;
  // A reload, or going back, prints nothing again.
  const address = new URL(location.href);
  address.searchParams.delete("prints");
  history.replaceState(null, "", address);
  form.requestSubmit();
}

// Stars without leaving the page: the same form, posted in the background; if that fails, the form is sent as ever.

export default function star(form) {
  const button = form.querySelector("button");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (document.body.dataset.offline !== undefined) return; // a kept copy: nothing can be changed
    const starred = button.value === "1";
    show(button, starred);
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new URLSearchParams({ [button.name]: starred ? "1" : "0" }),
        headers: { Accept: "application/json" },
        keepalive: true, // who goes on reading at once has starred it all the same
      });
      if (!answer.ok) throw new Error(answer.status);
      form.dispatchEvent(new CustomEvent("starred", { bubbles: true, detail: { starred } }));
    } catch {
      show(button, !starred);
      HTMLFormElement.prototype.submit.call(withValue(form, button));
    }
  });
}

function show(button, starred) {
  button.setAttribute("aria-pressed", String(starred));
  button.value = starred ? "0" : "1";
}

function withValue(form, button) {
  const hidden = document.createElement("input");
  Object.assign(hidden, { type: "hidden", name: button.name, value: button.value });
  form.append(hidden);
  return form;
}

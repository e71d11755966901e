// Says how many rows are ticked, ticks a whole page with one press, and a range with Shift. Without a script rows are ticked one by one.

export default function bulkTicks(form) {
  const boxes = [...form.querySelectorAll("input.tick")];
  const count = form.querySelector(".bulk-count");
  const words = count.textContent;
  let last = null;

  const all = document.createElement("input");
  all.type = "checkbox";
  all.className = "tick choice-input";
  all.ariaLabel = form.dataset.all;
  form.querySelector("thead td").append(all);

  function tell() {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    count.textContent = ticked > 1 ? form.dataset.many.replace("{count}", ticked) : ticked ? form.dataset.one : words;
  }

  all.addEventListener("change", () => {
    boxes.forEach((box) => (box.checked = all.checked));
    tell();
  });
  form.addEventListener("click", (event) => {
    const box = event.target.closest("tbody input.tick");
    if (!box) return;
    if (event.shiftKey && last) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((one, other) => one - other);
      boxes.slice(from, to + 1).forEach((each) => (each.checked = box.checked));
    }
    last = box;
    tell();
  });
  window.addEventListener("pageshow", tell); // ticks may come back with the page
  tell();
}

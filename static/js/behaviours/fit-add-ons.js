// While one chooses days and mode: what the ticket does not cover cannot be ticked and says why. Without a script the
// server says so at the field. What was ticked is ticked again when the ticket covers it again.

export default function fitAddOns(place) {
  const form = place.closest("form");
  const boxes = [...place.querySelectorAll("input:not(:disabled)")].map((box) => {
    const amount = box.parentElement.querySelector(".choice-amount");
    return { box, amount, price: amount.textContent, wanted: box.checked };
  });

  function whyNot(box) {
    const span = form.elements.span.value;
    if (form.elements.mode.value === "virtual") return place.dataset.virtual;
    return box.dataset.day && span !== "whole" && box.dataset.day !== span ? place.dataset.otherDay : "";
  }

  function fit() {
    for (const { box, amount, price, wanted } of boxes) {
      const reason = whyNot(box);
      box.disabled = Boolean(reason);
      box.checked = wanted && !reason;
      amount.textContent = reason || price;
    }
  }

  function changed(event) {
    const one = boxes.find(({ box }) => box === event.target);
    if (one) one.wanted = one.box.checked;
    fit();
  }

  form.addEventListener("change", changed, { capture: true }); // before the price is asked for
  fit();
}

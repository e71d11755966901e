// A part of a form that is asked only after certain answers: hidden until then. Without a script it stays in sight, and
// the server, which decides by the same rules, leaves out what does not apply.
export default function attach(element) {
  const { join, tests } = JSON.parse(element.dataset.when);
  const form = element.closest("form");
  const show = () => {
    const results = tests.map((test) => passes(test, given(form, test.field)));
    element.hidden = !(join === "any" ? results.some(Boolean) : results.every(Boolean));
  };
  form.addEventListener("change", show);
  form.addEventListener("input", show);
  show();
}

// What stands in the controls of that name; nothing of those that are hidden themselves.
function given(form, name) {
  const controls = [...form.elements].filter((each) => each.name === name && !each.closest("[hidden]"));
  const values = controls
    .filter((each) => !["radio", "checkbox"].includes(each.type) || each.checked)
    .map((each) => (each.type === "checkbox" && each.value === "y" ? "yes" : each.value.trim()))
    .filter((value) => value !== "");
  values.listed = controls.length > 0 && controls.every((each) => each.type === "checkbox");
  return values;
}

function passes({ op, value }, values) {
  const wanted = String(value ?? "").toLowerCase();
  const found = values.map((each) => each.toLowerCase());
  if (op === "answered") return found.length > 0;
  if (op === "not_answered") return found.length === 0;
  if (op === "is") return found.length === 1 && found[0] === wanted;
  if (op === "is_not") return !(found.length === 1 && found[0] === wanted);
  if (op === "contains") return values.listed ? found.includes(wanted) : found.some((each) => each.includes(wanted));
  return found.length === 1 && lies(found[0], wanted, op);
}

function lies(one, other, op) {
  const [a, b] = [Number(one), Number(other)];
  const order = Number.isNaN(a) || Number.isNaN(b) ? one.localeCompare(other) : a - b;
  return op === "less" ? order < 0 : order > 0;
}

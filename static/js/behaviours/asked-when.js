// A question that is asked only after a certain answer to another one: hidden until then. Without a script it stays in
// sight, and the server leaves out what does not apply.
export default function attach(element) {
  const name = element.dataset.depends;
  const values = element.dataset.values.split("|");
  const form = element.closest("form");
  const show = () => {
    const given = new FormData(form).getAll(name);
    element.hidden = !given.some((value) => values.includes(value));
  };
  form.addEventListener("change", show);
  show();
}

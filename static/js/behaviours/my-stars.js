// Fills the stars of a list that is the same for everybody with what this reader has starred.

export default async function myStars(list) {
  const answer = await fetch(list.dataset.stars, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const { starred } = await answer.json();
  const numbers = new Set(starred.map(String));
  for (const form of list.querySelectorAll("form.star")) {
    if (numbers.has(form.getAttribute("action").split("/").pop())) press(form.querySelector("button"));
  }
}

function press(button) {
  button.setAttribute("aria-pressed", "true");
  button.value = "0";
}

/** One line at the bottom for a few seconds. */
let timer;

export function toast(text) {
  const line = document.querySelector("#toast");
  line.textContent = text;
  line.classList.add("on");
  clearTimeout(timer);
  timer = setTimeout(() => line.classList.remove("on"), 4000);
}

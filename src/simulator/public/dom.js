/** `el("button.chip", { title }, "Gửi")`: an element with classes, attributes or listeners, and children. */
export function el(what, attributes = {}, ...children) {
  const [tag, ...classes] = what.split(".");
  const element = document.createElement(tag || "div");
  if (classes.length > 0) element.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const svgNamespace = "http://www.w3.org/2000/svg";

export function svg(tag, attributes, ...children) {
  const element = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const clock = new Intl.DateTimeFormat("vi-VN", {
  timeZone: "Asia/Ho_Chi_Minh",
  hour: "2-digit",
  minute: "2-digit",
});
export const timeOf = (at) => clock.format(at);

/** "Chị Lan" → "L"; "Phường An Hội" → "AH". */
export function initials(name) {
  const words = name.split(/\s+/).filter((word) => !/^(Phường|Chị|Anh|Cô|Chú|Bác|Em|Dì)$/.test(word));
  return words
    .slice(-2)
    .map(([first]) => first)
    .join("")
    .toUpperCase();
}

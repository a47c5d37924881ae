/** A shared place as a small drawn map: wards, river and landmarks around the point, with no tiles to load. */
import { el, svg } from "./dom.js";
import { mapData } from "./map-data.js";

const WIDTH = 220;
const HEIGHT = 120;
/** Degrees across the card: about 2 km. */
const SPAN = 0.02;

export function placeCard(latitude, longitude) {
  const drawing = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: "img",
    "aria-label": "Vị trí trên bản đồ",
  });
  const label = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  const address = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`;
  void draw(drawing, latitude, longitude);
  return el(
    "a.place",
    { href: address, target: "_blank", rel: "noopener" },
    drawing,
    el("span", {}, el("b", {}, "Vị trí đã chia sẻ"), el("small", {}, label)),
  );
}

async function draw(drawing, latitude, longitude) {
  const { wards, landmarks } = await mapData();
  const x = (lon) => WIDTH / 2 + ((lon - longitude) / SPAN) * WIDTH;
  const y = (lat) => HEIGHT / 2 - ((lat - latitude) / SPAN) * WIDTH * 1.016; // 1/cos(10°)
  const outline = (ring) => ring.map(([lon, lat]) => `${x(lon).toFixed(1)},${y(lat).toFixed(1)}`).join(" ");
  drawing.append(svg("rect", { width: WIDTH, height: HEIGHT, class: "water" }));
  wards.forEach(({ polygons }, index) => {
    for (const [ring] of polygons)
      drawing.append(svg("polygon", { points: outline(ring), class: `ward w${index}` }));
  });
  const taken = [HEIGHT / 2 - 20]; // the pin
  for (const { name, latitude: lat, longitude: lon } of landmarks) {
    const [left, top] = [x(lon), y(lat)];
    if (left < 0 || left > WIDTH - 40 || top < 8 || top > HEIGHT - 4) continue;
    if (taken.some((other) => Math.abs(other - top) < 9)) continue;
    taken.push(top);
    drawing.append(svg("circle", { cx: left, cy: top, r: 2.5, class: "landmark" }));
    drawing.append(svg("text", { x: left + 5, y: top + 3 }, name));
  }
  const [cx, cy] = [WIDTH / 2, HEIGHT / 2];
  drawing.append(
    svg("path", { class: "pin", d: `M${cx} ${cy}c-9-11-12-15-12-20a12 12 0 0 1 24 0c0 5-3 9-12 20z` }),
  );
  drawing.append(svg("circle", { cx, cy: cy - 20, r: 4.5, class: "eye" }));
}

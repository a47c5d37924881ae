/** Picking a place: a Leaflet map with tiles where they load, and the wards' outlines where they do not. */
import { el } from "./dom.js";
import { mapData } from "./map-data.js";

const CENTRE = [10.2384, 106.3759];
const dialog = document.querySelector("#place");
const { latitude, longitude } = dialog.querySelector("form").elements;
let map;
let pin;

/** @returns the place, or null when the person closed the map. */
export async function pickPlace() {
  dialog.returnValue = "cancel";
  dialog.showModal();
  if (!map) await open();
  map.invalidateSize();
  await new Promise((resolve) => dialog.addEventListener("close", resolve, { once: true }));
  if (dialog.returnValue !== "share") return null;
  return {
    latitude: Number(latitude.value.replace(",", ".")),
    longitude: Number(longitude.value.replace(",", ".")),
  };
}

async function open() {
  const { L } = window;
  map = L.map(dialog.querySelector(".map"), { attributionControl: true }).setView(CENTRE, 13);
  L.tileLayer("https://tile.openstreetmap.org/{z}/{x}/{y}.png", {
    maxZoom: 19,
    attribution: "© OpenStreetMap",
  }).addTo(map);
  pin = L.marker(CENTRE, { draggable: true, keyboard: false, icon: pinIcon(L) }).addTo(map);
  pin.on("move", ({ latlng }) => show(latlng));
  map.on("click", ({ latlng }) => pin.setLatLng(latlng));
  show(pin.getLatLng());
  for (const field of [latitude, longitude]) field.addEventListener("change", moveToFields);
  const { wards, landmarks } = await mapData();
  const colours = ["#4e9f6d", "#4c86c6", "#c28a2e", "#a064b8", "#c25b5b"];
  wards.forEach(({ name, polygons }, index) => {
    const rings = polygons.map(([ring]) => ring.map(([lon, lat]) => [lat, lon]));
    L.polygon(rings, { color: colours[index], weight: 1.5, fillOpacity: 0.12, interactive: false })
      .addTo(map)
      .bindTooltip(name, {
        permanent: true,
        direction: "center",
        className: "ward-name",
        interactive: false,
      });
  });
  for (const { name, latitude: lat, longitude: lon } of landmarks) {
    L.circleMarker([lat, lon], { radius: 4, color: "#555", weight: 1, fillOpacity: 0.8 })
      .addTo(map)
      .bindTooltip(name)
      .on("click", () => pin.setLatLng([lat, lon]));
  }
  const go = (lat, lon) => {
    pin.setLatLng([lat, lon]);
    map.setView([lat, lon], 16);
  };
  dialog
    .querySelector(".known")
    .append(
      ...landmarks.map((place) =>
        el("button", { type: "button", click: () => go(place.latitude, place.longitude) }, place.name),
      ),
    );
}

const pinIcon = (L) =>
  L.divIcon({ className: "place-pin", iconSize: [28, 36], iconAnchor: [14, 34], html: "" });

function show({ lat, lng }) {
  latitude.value = lat.toFixed(6);
  longitude.value = lng.toFixed(6);
}

function moveToFields() {
  const [lat, lon] = [latitude, longitude].map(({ value }) => Number(value.replace(",", ".")));
  if (Number.isFinite(lat) && Number.isFinite(lon)) {
    pin.setLatLng([lat, lon]);
    map.panTo([lat, lon]);
  }
}

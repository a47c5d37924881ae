/* Maps of pins: one that fills a field, or many that lead to their pages. The fields and lists work without it. */
(() => {
  "use strict";

  if (!window.L) return;
  for (const place of document.querySelectorAll(".pin-map")) draw(place);

  function draw(place) {
    const { tiles, attribution, outlines, pin, pins } = place.dataset;
    const map = L.map(place, { maxZoom: 19, minZoom: 9 }).setView([10.24, 106.378], 12);
    map.attributionControl.setPrefix(false);
    if (tiles !== "none")
      L.tileLayer(tiles, { attribution, maxZoom: 19, referrerPolicy: "strict-origin" }).addTo(map);
    window.drawWards(map, outlines).catch(() => {}); // the tiles are enough
    if (pin) pick(map, place.closest("form").elements[pin], place.dataset.here);
    else show(map, JSON.parse(pins));
  }

  function pick(map, field, here) {
    let mark = null;
    const follow = (isAsked) => {
      const [, latitude, longitude] = /^(-?[\d.]+)\s*[,; ]\s*(-?[\d.]+)$/.exec(field.value.trim()) ?? [];
      const at = [Number(latitude), Number(longitude)];
      if (!at.every(Number.isFinite)) {
        mark?.remove();
        mark = null;
        return;
      }
      if (mark) mark.setLatLng(at);
      else {
        mark = L.marker(at, { icon: dot("good"), draggable: true, title: here }).addTo(map);
        mark.on("dragend", () => write(mark.getLatLng()));
      }
      if (isAsked) map.setView(at, Math.max(map.getZoom(), 16), { animate: false });
    };
    const write = ({ lat, lng }) => {
      field.value = `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
      follow(false);
    };
    map.on("click", ({ latlng }) => write(latlng));
    field.addEventListener("change", () => follow(true));
    follow(true);
  }

  function show(map, pins) {
    for (const { latitude, longitude, label, tone, href } of pins) {
      const mark = L.marker([latitude, longitude], { icon: dot(tone), title: label, alt: label }).addTo(map);
      mark.bindPopup(() => {
        const link = document.createElement("a");
        link.href = href;
        link.textContent = label;
        return link;
      });
    }
    if (pins.length > 0) {
      const bounds = pins.map(({ latitude, longitude }) => [latitude, longitude]);
      map.fitBounds(bounds, { padding: [30, 30], maxZoom: 15, animate: false });
    }
  }

  function dot(tone) {
    return L.divIcon({ className: `pin pin-${tone}`, iconSize: [20, 20] });
  }
})();

/*
 * Reports on a map. What there is comes from the page's own address as clusters for the part that is looked at; the
 * wards' outlines make it readable where no tiles arrive. Everything on it also stands in the list beside it.
 */
(() => {
  "use strict";

  const place = document.getElementById("map");
  if (!place || !window.L) return;
  const { tiles, attribution, outlines, feed, query, list, latitude, longitude } = place.dataset;
  const words = JSON.parse(place.dataset.words);
  const one = latitude ? [Number(latitude), Number(longitude)] : null;

  place.textContent = "";
  const map = L.map(place, { zoomControl: false, attributionControl: true, maxZoom: 18, minZoom: 10 });
  map.attributionControl.setPrefix(false);
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  // without tiles a close look shows nothing
  map.setView(one ?? [10.24, 106.378], one && tiles !== "none" ? 16 : 12);

  if (tiles !== "none") {
    const layer = L.tileLayer(tiles, { attribution, maxZoom: 19, referrerPolicy: "strict-origin" });
    layer.once("tileerror", () => {
      note(words.noTiles);
      if (one) map.setZoom(12); // so that the outlines tell where it is
    });
    layer.once("tileload", () => note(""));
    layer.addTo(map);
  }

  const line = document.createElement("div");
  line.className = "map-late";
  line.hidden = true;
  place.append(line);
  function note(text) {
    line.textContent = text;
    line.hidden = !text;
  }

  const placed = window
    .drawWards(map, outlines)
    .then((drawn) => {
      if (!one && !query.includes("o="))
        map.fitBounds(drawn.getBounds(), { padding: [8, 8], animate: false });
    })
    .catch(() => note(words.noOutlines));

  if (one) {
    L.marker(one, { icon: dot("green", 18), keyboard: false, alt: words.here }).addTo(map);
    return;
  }

  const marks = L.layerGroup().addTo(map);
  let drawn = new Map(); // what stands on the map now, by what it shows
  let asked = 0;
  // not before the map stands where it will stay: what is pressed until then would be drawn away
  void placed.then(() => {
    map.on("moveend", show);
    show();
  });

  function show() {
    const bounds = map.getBounds();
    const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
    const turn = ++asked;
    const address = `${feed}?${query}${query ? "&" : ""}khung=${box.map((edge) => edge.toFixed(5))}&z=${map.getZoom()}`;
    fetch(address)
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))))
      .then((points) => turn === asked && draw(points))
      .catch(() => note(words.noReports));
  }

  /** Marks that stay are left alone: an open popup moves the map, and must not be closed by what that brings. */
  function draw(points) {
    const next = new Map();
    for (const point of points) {
      const key = JSON.stringify(point);
      next.set(key, drawn.get(key) ?? (point.code ? single(point) : cluster(point)));
    }
    for (const [key, mark] of drawn) if (!next.has(key)) marks.removeLayer(mark);
    for (const mark of next.values()) marks.addLayer(mark);
    drawn = next;
  }

  function single({ latitude: lat, longitude: lon, code, title, state, colour }) {
    const name = `${code}: ${title}, ${state}`;
    const mark = L.marker([lat, lon], { icon: dot(colour, 20), title: name, alt: name });
    return mark.bindPopup(() => {
      const box = document.createElement("div");
      const link = document.createElement("a");
      link.href = `/phan-anh/${code}`;
      link.textContent = title;
      const line = document.createElement("span");
      line.textContent = `${state} · ${code}`;
      box.append(link, line);
      return box;
    });
  }

  function cluster({ latitude: lat, longitude: lon, count }) {
    const size = count < 10 ? 30 : count < 100 ? 36 : count < 1000 ? 42 : 50;
    const icon = L.divIcon({ className: "mark mark-many", html: String(count), iconSize: [size, size] });
    const name = `${count} ${words.many}`;
    return L.marker([lat, lon], { icon, title: name, alt: name }).on("click", () => {
      if (map.getZoom() < 18) return map.setView([lat, lon], Math.min(18, map.getZoom() + 2));
      const near = 0.0004;
      const box = [lon - near, lat - near, lon + near, lat + near].map((edge) => edge.toFixed(5));
      window.location.assign(`${list}?${query}${query ? "&" : ""}o=${box}`);
    });
  }

  function dot(colour, size) {
    return L.divIcon({ className: `mark mark-one mark-${colour}`, iconSize: [size, size] });
  }
})();

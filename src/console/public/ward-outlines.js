/* The wards of today on a map: it is readable where no tiles arrive. */
(() => {
  "use strict";

  /** @returns the layer, once it is drawn; rejects when the outlines do not arrive */
  window.drawWards = (map, address) =>
    fetch(address)
      .then((answer) => answer.json())
      .then((wards) =>
        L.geoJSON(wards, {
          interactive: false,
          style: { color: "#0f6b5c", weight: 1.5, fillColor: "#0f6b5c", fillOpacity: 0.04 },
          onEachFeature: (ward, layer) =>
            layer.bindTooltip(ward.properties.name.replace("Phường ", ""), {
              permanent: true,
              direction: "center",
              className: "ward-name",
              interactive: false,
            }),
        }).addTo(map),
      );
})();

/** Outlines of the wards and known landmarks, fetched once. */
let loading;

export const mapData = () => (loading ??= fetch("/simulator/map.json").then((response) => response.json()));

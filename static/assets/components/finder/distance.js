// Straight-line distances in miles.

const EARTH_MILES = 3958.8;

const radians = (degrees) => (degrees * Math.PI) / 180;

/** The miles between two places, each [latitude, longitude] in degrees (haversine formula). */
export function milesBetween([lat, lon], [otherLat, otherLon]) {
  const half = (from, to) => Math.sin(radians(to - from) / 2) ** 2;
  const chord = half(lat, otherLat) + Math.cos(radians(lat)) * Math.cos(radians(otherLat)) * half(lon, otherLon);
  return 2 * EARTH_MILES * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** `0.7 miles`, `1 mile`, `35.5 miles`. */
export function sayMiles(miles) {
  const rounded = Math.round(miles * 10) / 10;
  return rounded === 1 ? '1 mile' : `${rounded} miles`;
}

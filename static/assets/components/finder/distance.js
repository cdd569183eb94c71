// Straight-line distances.

const EARTH_MILES = 3958.8;
const KILOMETERS = 1.609344;

const radians = (degrees) => (degrees * Math.PI) / 180;

/** The miles between two places, each [latitude, longitude] in degrees (haversine formula). */
export function milesBetween([lat, lon], [otherLat, otherLon]) {
  const half = (from, to) => Math.sin(radians(to - from) / 2) ** 2;
  const chord = half(lat, otherLat) + Math.cos(radians(lat)) * Math.cos(radians(otherLat)) * half(lon, otherLon);
  return 2 * EARTH_MILES * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** `0.7 miles`, `1 mile`, `57.1 km`; `about 740 miles` where the place is known by its region only. */
export function sayDistance(miles, unit, isAbout = false) {
  const distance = unit === 'km' ? miles * KILOMETERS : miles;
  const rounded = isAbout ? Math.round(distance / 10) * 10 : Math.round(distance * 10) / 10;
  const said = rounded === 1 && unit !== 'km' ? '1 mile' : `${rounded} ${unit}`;
  return isAbout ? `about ${said}` : said;
}

// Cities near the locations of this site (GeoNames).
export const names = {
MD: "Baltimore|Brooklandville|Brooklyn|Curtis Bay|Halethorpe|Linthicum Heights|Lutherville Timonium|Parkville|Riderwood|Towson",
};
export const zips = "+#=?@%(D*.";

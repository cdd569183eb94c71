// ZIP codes near the locations of this site (US Census Bureau, 2021).
const digits = "#%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~!$ ";
const data = "d}0blPw]y%)f0V%j(k,P%*D($*K%u*z(%r%Z%)t%q+%Ib%%c%-%v%X%%e(v%%t%B({%}*%-n%%V%r%+Y(e(%3X+%a(e)%Ih(%h%a+)b%f(%Rp%(.A%n*d)+a%k(2E4%T(g%I11%X%T(%Y+E";
const base = digits.length / 2;
const places = new Map();
let at = 0;
const number = () => {
  let value = 0;
  for (let unit = 1; ; unit *= base) {
    const digit = digits.indexOf(data[at++]);
    value += (digit % base) * unit;
    if (digit < base) return value;
  }
};
const signed = () => {
  const value = number();
  return value % 2 ? -(value + 1) / 2 : value / 2;
};
let [zip, lat, lon] = [0, 0, 0];
while (at < data.length) {
  [zip, lat, lon] = [zip + number(), lat + signed(), lon + signed()];
  places.set(String(zip).padStart(5, '0'), [lat / 1000, lon / 1000]);
}
export const find = (code) => places.get(code);

// ZIP codes near the locations of this site (US Census Bureau, 2021; GeoNames).
export default "x{0ztPW^y%n%m.4)f0V%%(b(U%e%o(h%[+_%%*D%?A%l+/%u*z(%r%Z%)t%q+%Ib%%c%-%v%X%%e(v%%t%B({%}*%-n%%V%r%+Y(e(%3X+%a(e)%Ih(%h%a+)b%f(%Rp%(.A%n*d)%}*U**r)n%(q)m%0$(|%%T(g%1!*9%##,##)##(##)##%##%##%##)d+N%CE%X%T(%Y+E%Ck%%##%6+-5,%##";

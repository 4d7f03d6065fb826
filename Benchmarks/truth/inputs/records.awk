BEGIN { RS = ""; FS = "\n" }
{ n++; f += NF }
$0 ~ "(ab|c[d-f]*)+x?" { z++ }
/[^a-z ]{0,2}e|^t|[[:digit:]]+/ { y++ }
END { print n, f, z, y; a["1", 2] = 3; for (k in a) { split(k, p, SUBSEP); print p[1], p[2] }; $0 = "q w e"; print NF; $5 = "five"; print; NF = 2; print; print substr("abc", -1, 3), length("xyz"), ("10" < "9"), (10 < 9), ("a" < "b"); print 1/3; CONVFMT = "%.2g"; v = 3.14159 ""; print v; srand(1); srand(2); print 1 > "/dev/null"; getline x < "/nonexistent"; next_ = 1; if (!(3 in a)) print "no"; print (-"3x"), !"", !"a", 5 - -3; for (;;) { if (++c > 20) break }; print c++ + ++c, c--, --c, c += 3, c -= 1, c *= 2, c /= 4, c %= 3, c ^= 2 }

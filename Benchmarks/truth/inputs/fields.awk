function fib(n) { return n < 2 ? n : fib(n-1) + fib(n-2) }
function rev(s,   i, r) { for (i = length(s); i > 0; i--) r = r substr(s, i, 1); return r }
BEGIN { FS = "[ ,.;]+"; OFS = "-"; print fib(12), rev("abcdef"); x["a"] = 1; if (("a" in x) && !("b" in x)) print "in"; delete x["a"]; while (i++ < 10) { if (i % 2) continue; if (i > 8) break; printf("%d %5.2f %s|%-8s|%c %x %o %e\n", i, i / 3, "s" i, "l" i, 65 + i, i * 17, i, i * 1e10) } do { j++ } while (j < 5); print j, toupper("abc"), tolower("DEF"), index("hello", "ll"), match("foobar", /o+/), RSTART, RLENGTH; print substr("hello", 2, 3), 2 ^ 10, -3 % 2, 1e300 * 1e300, int(3.9), sqrt(2), exp(1), log(10), sin(1), cos(1), atan2(1, 2); n = split("a:b:c:d", arr, ":"); for (k = n; k > 0; k--) print arr[k] }
/^[aeiou]/ { vow++ }
$1 ~ /t.*e$/ { te++ }
!/s/ { nos++ }
NR % 7 == 0, NR % 11 == 0 { range++ }
{ for (i = 1; i <= NF; i++) { cnt[$i]++; len += length($i) } nf += NF; s = $0; g += gsub(/[aeiou]/, "<&>", s); sub(/m+/, "M", s); if (NR < 12) print s; if (NF > 3) { $2 = "X"; if (NR < 9) print; } t = t < $1 ? $1 : t }
END { for (w in cnt) { tot += cnt[w]; if (cnt[w] > m) m = cnt[w] } print NR, nf, vow, te, nos, range, len, g, tot, m, t; while ((getline line < ARGV[1]) > 0) q++; print q; printf "%s %d %i %5s %.3s\n", (1 == 1.0), "0x1A", 3.99, "ab", "abcdef"; print length(), substr("x", 0), "a" "b" > "/dev/stderr"; exit 3 }

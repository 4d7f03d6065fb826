-- tables, sorting, strings, metatables, arithmetic
local state = 99
local function random(n) state = (state * 1103515245 + 12345) % 2147483648; return state % n end

local list = {}
for i = 1, 900 do list[i] = random(50000) end
table.sort(list)
print(list[1], list[450], list[900])
table.sort(list, function(a, b) return a % 100 > b % 100 or a % 100 == b % 100 and a < b end)
local parts = {}
for i = 1, 250 do parts[#parts + 1] = string.format("%d:%x:%s:%6.3f", i, list[i], tostring(i % 3 == 0), i / 7) end
local text = table.concat(parts, ";")
print(#text, text:sub(1, 48), text:sub(-10))
local sum = 0
for a, b in text:gmatch("(%d+):(%x+)") do sum = sum + #a * #b end
print(sum, (text:gsub("f(al)se", "%1-%1")):sub(1, 60), (text:find("true", 1, true)))

local Vector = {}
Vector.__index = Vector
Vector.__add = function(a, b) return setmetatable({ x = a.x + b.x, y = a.y + b.y }, Vector) end
Vector.__eq = function(a, b) return a.x == b.x and a.y == b.y end
Vector.__lt = function(a, b) return a.x < b.x end
Vector.__le = function(a, b) return a.x <= b.x end
Vector.__len = function(a) return 2 end
Vector.__call = function(a, k) return a.x * k + a.y end
Vector.__concat = function() return "joined" end
Vector.__tostring = function(a) return "(" .. a.x .. "," .. a.y .. ")" end
local v, w = setmetatable({ x = 1, y = 2 }, Vector), setmetatable({ x = 3, y = 4 }, Vector)
print(tostring(v + w), v == w, v < w, v <= w, #v, v(10), v .. w, rawlen(parts), rawequal(v, v))
local log = setmetatable({}, { __newindex = function(t, k, x) rawset(t, k, x * 2) end, __index = function(_, k) return k end })
log.a = 4; print(log.a, log.missing)

local bits = 0
for i = 1, 2500 do bits = (bits ~ (i << 5)) & 0xfffffff; bits = bits + (i // 3) - (i % 11) | 1 end
print(bits, ~bits, bits >> 3, 7 // 2, -7 // 2, -7 % 3, 7.5 // 2, 2 ^ 12, 1e15, 3 | 4.0)
for i = 20, 1, -6 do io.write(i, " ") end
for x = 0.5, 2.0, 0.5 do io.write(x, " ") end
print(select("#", nil, nil), select(-1, 1, 2, 3), next({}), type(print), math.type(1), math.type(1.5))

local grid = {}
for i = 1, 14 do grid[i] = {} for j = 1, 14 do grid[i][j] = (i * j) % 5 + 0.25 end end
local trace = 0
for i = 1, 14 do for j = 1, 14 do local cell = 0 for k = 1, 14 do cell = cell + grid[i][k] * grid[k][j] end trace = trace + cell end end
print(trace, table.unpack({ 4, 5, 6 }, 2))
local queue = {}
for i = 1, 60 do table.insert(queue, 1, i) end
for _ = 1, 30 do table.remove(queue, 1) end
table.move(queue, 1, 10, 15)
print(#queue, queue[15], table.remove({}), table.pack(1, nil, 3).n)
local hash = {}
for i = 1, 400 do hash["k" .. i % 130] = i; hash[i * 1.5] = true; if i % 3 == 0 then hash["k" .. i % 70] = nil end end
local live = 0
for _ in pairs(hash) do live = live + 1 end
print(live)

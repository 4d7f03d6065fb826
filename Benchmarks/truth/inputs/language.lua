-- coroutines, the collector, the compiler, errors, packing, formats
local function squares(n) return coroutine.wrap(function() for i = 1, n do coroutine.yield(i, i * i) end end) end
local total = 0
for i, s in squares(120) do total = total + i + s end
print(total)
local co = coroutine.create(function(a) local b = coroutine.yield(a * 2); error("stop " .. b, 0) end)
print(coroutine.resume(co, 21)); print(coroutine.resume(co, "here")); print(coroutine.resume(co), coroutine.status(co))
print(coroutine.isyieldable(), coroutine.close(coroutine.create(print)))

collectgarbage("generational")
local ring = {}
for i = 1, 1200 do ring[i % 40 + 1] = { i, tostring(i), { n = i } } end
collectgarbage("incremental")
for i = 1, 1200 do ring[i % 25 + 1] = { i, "s" .. i, function() return i end } end
collectgarbage("step"); collectgarbage()
local weak = setmetatable({}, { __mode = "kv" })
weak[1] = {}; weak[2] = ring[1]; weak[{}] = 1; collectgarbage()
local final = 0
do local object = setmetatable({}, { __gc = function() final = final + 1 end }); object = nil end
collectgarbage(); print(weak[1], weak[2] ~= nil, final)

local source = {}
for i = 1, 40 do
  source[#source + 1] = ("local a%d = %d * (%d - 3) .. 'q' if a%d == 'q4' then return -a%d elseif #a%d > 9 then a%d = {} else a%d = { n = %d, [%d] = 'x', f = function(...) local b <const> = 2; return ..., b + %d end } end"):format(i, i, i, i, i, i, i, i, i, i, i)
end
print(assert(load(table.concat(source, "\n") .. "\nreturn a40.f(5)"))())
for _, bad in ipairs { "x = = 1", "for i = 1 do end", "return 'abc", "goto nope", "break", "local x <const> = 1; x = 2", "a.b:c = 1", "return 0x", "[[", "f(" } do
  print(load(bad))
end
local dumped = string.dump(function(a, b) local c = a - b; return function() return c, a end end)
print(#dumped > 40, load(dumped, "d", "b")(9, 4)())
do local i = 1 ::again:: if i < 5 then i = i + 1 goto again end; while true do i = i + 1 if i > 9 then break end end; repeat i = i - 1 until i < 3; print(i) end

print(pcall(error, { 1 }), pcall(error), (pcall(function() return nil + 1 end)))
print(xpcall(function() local t; return t.x end, function(m) return "handled: " .. m end))
print(pcall(string.rep), pcall(setmetatable, 1, 2), pcall(function() return #5 end), pcall(function() return {} < {} end))
local packed = string.pack("<i4 >I2 z s1 d b H", -7, 300, "zed", "len", 2.5, -1, 65535)
print(#packed, string.unpack("<i4 >I2 z s1 d b H", packed))
for _, c in utf8.codes("aé漢") do io.write(c, " ") end
print(utf8.len("aé漢"), utf8.char(233, 28450), utf8.codepoint("é"), utf8.offset("aé漢", 3), utf8.len("\xff"))
print(string.format("%-6s|%5d|%06.2f|%g|%i|%c|%o|%X|%q|%a|%%", "ab", 42, 3.14159, 1e20, 7, 66, 8, 255, "a\nb", 1.0))
print(string.find("hello world", "o w"), ("x=1, y=2"):gsub("(%w+)=(%w+)", { x = "X", y = false }), ("[a-c]"):rep(3, "."), ("abc"):byte(1, -1))
print(("  trim "):match("^%s*(.-)%s*$"), ("f(a(b)c)"):match("%b()"), ("THE (quick) fox"):find("%((%a+)%)"), ("abc"):reverse():upper():lower())
print(tostring(1e100), tonumber("0x1p4"), tonumber(" 12 "), tonumber("1e1"), tonumber("z", 36), tonumber("8", 8), 0x7fffffffffffffff + 1, 1 // 0.0, -1 % math.huge)
print(math.floor(-3.7), math.ceil(3.2), math.max(2, 7, 3), math.fmod(-7, 3), math.ult(1, -1), math.tointeger(4.0), math.abs(-3), math.sqrt(2))
local closed <close> = setmetatable({}, { __close = function() print("closed") end })
print(debug.traceback("here", 1):sub(1, 16), debug.getinfo(1, "l").currentline, debug.getlocal(1, 1))
print(os.time { year = 2020, month = 2, day = 3, hour = 4 }, os.date("!%Y-%m-%d", 86400), os.getenv("NOT_THERE"))

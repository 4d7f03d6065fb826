-- lines, word counts, a sieve, backtracking, objects
local count, order = {}, {}
for line in io.lines() do
  for word in line:gmatch("%a+") do
    if not count[word] then count[word] = 0; order[#order + 1] = word end
    count[word] = count[word] + 1
  end
end
table.sort(order, function(a, b) if count[a] ~= count[b] then return count[a] > count[b] end return a < b end)
for i = 1, math.min(8, #order) do print(order[i], count[order[i]]) end

local limit, composite, primes = 1800, {}, 0
for i = 2, limit do
  if not composite[i] then
    primes = primes + 1
    for j = i * i, limit, i do composite[j] = true end
  end
end
print(primes)

local function queens(n)
  local column, up, down, found = {}, {}, {}, 0
  local function place(row)
    if row > n then found = found + 1 return end
    for k = 1, n do
      if not (column[k] or up[row + k] or down[row - k + n]) then
        column[k], up[row + k], down[row - k + n] = true, true, true
        place(row + 1)
        column[k], up[row + k], down[row - k + n] = nil, nil, nil
      end
    end
  end
  place(1)
  return found
end
print(queens(4), queens(6))

local Stack = {}
Stack.__index = Stack
function Stack.new() return setmetatable({ size = 0 }, Stack) end
function Stack:push(x) self.size = self.size + 1; self[self.size] = x; return self end
function Stack:pop() local x = self[self.size]; self[self.size] = nil; self.size = self.size - 1; return x end
local stack = Stack.new()
for i = 1, 300 do stack:push(i % 17):push(i); if i % 2 == 0 then stack:pop() end end
print(stack.size, stack:pop())
local function ackermann(m, n)
  if m == 0 then return n + 1 elseif n == 0 then return ackermann(m - 1, 1) end
  return ackermann(m - 1, ackermann(m, n - 1))
end
print(ackermann(2, 6))

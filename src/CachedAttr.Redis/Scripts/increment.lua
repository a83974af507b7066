-- Adds to a counter; CounterEntry is the same in C#.
-- KEYS[1]: the entry. ARGV: what to add, time to live in ms if it begins, epoch, stamp, the stamp below which what is there counts as nothing.
local there = redis.call('GET', KEYS[1]) or ''
local stamp, flags = stamp_of(there)
local begins = not stamp or is_tombstone(flags) or stamp < tonumber(ARGV[5])
local value = 0
if not begins then
  local ok, number = pcall(cmsgpack.unpack, string.sub(there, HEADER + 1))
  if flags % COUNTER ~= 0 or not ok or type(number) ~= 'number' or number ~= math.floor(number) then
    return redis.error_reply('NOTANUMBER the value is not a whole number')
  end
  value = number
end
local sum = value + tonumber(ARGV[1])
if sum > HIGHEST or sum < -HIGHEST then return redis.error_reply('OUTOFRANGE ' .. text(value)) end
-- In a cluster, a key that is being invalidated: what is counted now came before that, and ends with it.
if stamp == HIGHEST then return text(sum) end
-- At least the stamp of what was there: a load that a tombstone kept out is kept out by the counter that follows it.
local entry = header(tonumber(ARGV[3]), math.max(tonumber(ARGV[4]), stamp or 0), COUNTER) .. string.char(0xd3) .. pack(sum)
if begins then
  redis.call('SET', KEYS[1], entry, 'PX', ARGV[2])
else
  redis.call('SET', KEYS[1], entry, 'KEEPTTL')
end
return text(sum)

-- Stores what was loaded, unless something newer is there, or the load began too long ago.
-- KEYS[1]: the entry. ARGV: its bytes, its time to live in ms, the longest load in microseconds.
local stamp = stamp_of(ARGV[1]) or 0
if stamp < now() - tonumber(ARGV[3]) then return 0 end
local there = stamp_of(redis.call('GETRANGE', KEYS[1], 0, HEADER - 1))
if there and there > stamp then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1

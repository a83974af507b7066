-- Stores what was loaded, unless something newer is there, or the load began too long ago.
-- KEYS[1]: the entry; except in a cluster, [2]: the log's meta, [3]: its exact keys. ARGV: the bytes, time to live in ms, the longest load in microseconds, the key.
local stamp = stamp_of(ARGV[1]) or 0
if stamp < now() - tonumber(ARGV[3]) then return 0 end
local there = stamp_of(redis.call('GETRANGE', KEYS[1], 0, HEADER - 1))
if there and there > stamp then return 0 end
if KEYS[2] then
  -- The tombstone may have been evicted. The log remembers the key as long as the load may take, and says up to where it has forgotten.
  if stamp < tonumber(redis.call('HGET', KEYS[2], 'keyfloor') or 0) then return 0 end
  if stamp < tonumber(redis.call('ZSCORE', KEYS[3], '1' .. ARGV[4]) or 0) then return 0 end
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1

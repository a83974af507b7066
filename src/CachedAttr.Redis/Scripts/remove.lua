-- Removes an entry; a tombstone stays where it is. KEYS[1]: the entry.
local there = redis.call('GETRANGE', KEYS[1], 0, HEADER - 1)
if there == '' then return 0 end
local stamp, flags = stamp_of(there)
if stamp and is_tombstone(flags) then return 0 end
return redis.call('UNLINK', KEYS[1])

-- In a cluster, after an exact key was appended: the block becomes the tombstone of the record, or the entry that was set by hand. What is newer stays: a higher
-- stamp, and the block of another, because its record will be newer.
-- KEYS[1]: the entry. ARGV: token, epoch, sequence, time to live in ms, the entry's bytes or nothing, time to live of a tombstone in ms.
local there = redis.call('GETRANGE', KEYS[1], 0, HEADER - 1)
local stamp, flags = stamp_of(there)
local epoch, sequence = tonumber(ARGV[2]), tonumber(ARGV[3])
local own = stamp == HIGHEST and is_tombstone(flags) and unpack_at(there, CREATED) == tonumber(ARGV[1])
if stamp and stamp > sequence and not own then return 0 end
if ARGV[5] ~= '' and not redis.pcall('SET', KEYS[1], restamp(ARGV[5], epoch, sequence), 'PX', ARGV[4]).err then return 1 end
-- Nothing was set by hand, or there is no memory for it.
redis.call('UNLINK', KEYS[1])
redis.call('SET', KEYS[1], header(epoch, sequence, TOMBSTONE), 'PX', ARGV[6])
return 1

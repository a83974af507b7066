-- In a cluster, after an exact key was appended: the block becomes the tombstone of the record, or the entry that was set by hand. What is newer stays: a higher
-- stamp, and the block of another, because its record will be newer.
-- KEYS[1]: the entry. ARGV: token, epoch, sequence, time to live in ms, the entry's bytes or nothing.
local there = redis.call('GETRANGE', KEYS[1], 0, HEADER - 1)
local stamp, flags = stamp_of(there)
local epoch, sequence = tonumber(ARGV[2]), tonumber(ARGV[3])
local own = stamp == HIGHEST and is_tombstone(flags) and unpack_at(there, CREATED) == tonumber(ARGV[1])
if stamp and stamp > sequence and not own then return 0 end
local entry = ARGV[5] == '' and header(epoch, sequence, TOMBSTONE) or restamp(ARGV[5], epoch, sequence)
redis.call('SET', KEYS[1], entry, 'PX', ARGV[4])
return 1

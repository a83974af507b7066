-- In a cluster, after an exact key was appended: the block becomes the tombstone of the record, or the entry that was set by hand. If another has blocked the
-- key since, its block stays, because its record is newer.
-- KEYS[1]: the entry. ARGV: token, epoch, sequence, time to live in ms, the entry's bytes or nothing.
local there = redis.call('GETRANGE', KEYS[1], 0, HEADER - 1)
local stamp, flags = stamp_of(there)
if stamp ~= HIGHEST or not is_tombstone(flags) or unpack_at(there, 31) ~= tonumber(ARGV[1]) then return 0 end
local epoch, sequence = tonumber(ARGV[2]), tonumber(ARGV[3])
local entry = ARGV[5] == '' and header(epoch, sequence, TOMBSTONE) or restamp(ARGV[5], epoch, sequence)
redis.call('SET', KEYS[1], entry, 'PX', ARGV[4])
return 1

-- Sets by hand: an exact invalidation, and the entry stamped with its number. If memory is full, a tombstone takes the entry's place: it costs a miss.
-- KEYS[5]: the entry. ARGV from 9: time to live in ms, the key, the entry's bytes, time to live of a tombstone in ms.
local log = open()
local before, sequence = log.last, next_number(log)
local stored = redis.pcall('SET', KEYS[5], restamp(ARGV[11], log.epoch, sequence), 'PX', ARGV[9])
if stored.err then
  need_no_memory()
  redis.call('SET', KEYS[5], header(log.epoch, sequence, TOMBSTONE), 'PX', ARGV[12])
end
append(log, '1', ARGV[10])
forget_all(log)
publish(log, before, { sequence, 1, ARGV[10] })
return page(log, sequence)

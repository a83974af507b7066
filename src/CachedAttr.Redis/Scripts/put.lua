-- Sets by hand: an exact invalidation, and the entry stamped with its number. KEYS[4]: the entry. ARGV from 9: time to live in ms, the key, the entry's bytes.
local log = open()
local before = log.last
local sequence = append(log, '1', ARGV[10])
redis.call('SET', KEYS[4], restamp(ARGV[11], log.epoch, sequence), 'PX', ARGV[9])
forget_all(log)
publish(log, before, { sequence, 1, ARGV[10] })
return page(log, sequence)

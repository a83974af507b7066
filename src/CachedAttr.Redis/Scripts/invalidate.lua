-- Appends, and puts a tombstone in the place of every exact key: one step, so that nobody sees the one without the other.
-- KEYS from 5: the entries of the exact keys, in order; none in a cluster. ARGV from 9: time to live of a tombstone in ms; then kind and text, in pairs.
need_no_memory()
local log = open()
local before, records, entry = log.last, {}, 5
for i = 10, #ARGV, 2 do
  local sequence = append(log, ARGV[i], ARGV[i + 1])
  if ARGV[i] == '1' and KEYS[entry] then
    redis.call('SET', KEYS[entry], header(log.epoch, sequence, TOMBSTONE), 'PX', ARGV[9])
    entry = entry + 1
  end
  records[#records + 1] = sequence
  records[#records + 1] = tonumber(ARGV[i])
  records[#records + 1] = ARGV[i + 1]
end
forget_all(log)
publish(log, before, records)
return page(log, log.last)

-- The invalidation log; BackendLog is the same in C#.
-- KEYS: meta (hash: epoch, last, given, floor, keyfloor, maxload, longest, and how many records each set has), others (zset of patterns and tags), keys (zset
-- of exact keys), head (string: epoch, last and given once more, for who only asks whether there is anything new)
-- ARGV: epoch, after, max load, longest retention, most patterns, most keys, page size, channel

local META, OTHERS, KEYSET, HEAD = KEYS[1], KEYS[2], KEYS[3], KEYS[4]

-- An invalidation is not refused for want of memory. Redis refuses only the first write of a script, and not one that needs none, as this.
local function need_no_memory() redis.call('ZREMRANGEBYSCORE', OTHERS, '-inf', '-inf') end

local function open()
  local fields = redis.call('HMGET', META, 'epoch', 'last', 'given', 'floor', 'keyfloor', 'maxload', 'longest', 'others', 'keys')
  local log = { now = now(), last = tonumber(fields[2] or 0), given = tonumber(fields[3] or 0), floor = tonumber(fields[4] or 0), keyfloor = tonumber(fields[5] or 0) }
  -- Who shares the log with other limits must not forget what they still need.
  log.maxload = math.max(tonumber(fields[6] or 0), tonumber(ARGV[3]))
  log.longest = math.max(tonumber(fields[7] or 0), tonumber(ARGV[4]))
  log.epoch = tonumber(fields[1] or 0)
  local whole = fields[1] and redis.call('ZCARD', OTHERS) == tonumber(fields[8]) and redis.call('ZCARD', KEYSET) == tonumber(fields[9])
  -- Every position was written down when it was given out. Who comes with a higher one has seen writes that are gone: a snapshot was loaded, or a replica took over.
  local behind = tonumber(ARGV[1]) == log.epoch and tonumber(ARGV[2]) > log.given
  if not whole or behind then
    -- The log is new, or it was lost, wholly or in part: memory that is full may have cost one key of the three. Numbers go on where they are known.
    redis.call('DEL', OTHERS, KEYSET)
    log.epoch = math.max(log.now, log.epoch + 1)
    log.floor, log.keyfloor = 0, 0
  end
  return log
end

local function save(log)
  redis.call('HSET', META, 'epoch', text(log.epoch), 'last', text(log.last), 'given', text(log.given), 'floor', text(log.floor),
    'keyfloor', text(log.keyfloor), 'maxload', text(log.maxload), 'longest', text(log.longest),
    'others', redis.call('ZCARD', OTHERS), 'keys', redis.call('ZCARD', KEYSET))
  redis.call('SET', HEAD, pack(log.epoch) .. pack(log.last) .. pack(log.given))
end

-- Removes what is too old or too much, and returns the number of the newest that went.
local function forget(set, limit, most, floor)
  local old = redis.call('ZREVRANGEBYSCORE', set, text(limit), '-inf', 'WITHSCORES', 'LIMIT', 0, 1)
  if old[2] then
    floor = math.max(floor, tonumber(old[2]))
    redis.call('ZREMRANGEBYSCORE', set, '-inf', text(limit))
  end
  local over = redis.call('ZCARD', set) - most
  if over > 0 then
    floor = math.max(floor, tonumber(redis.call('ZRANGE', set, over - 1, over - 1, 'WITHSCORES')[2]))
    redis.call('ZREMRANGEBYRANK', set, 0, over - 1)
  end
  return floor
end

local function forget_all(log)
  log.keyfloor = forget(KEYSET, log.now - log.maxload, tonumber(ARGV[6]), log.keyfloor)
  log.floor = forget(OTHERS, log.now - log.longest, tonumber(ARGV[5]), log.floor)
end

local function next_number(log) return math.max(log.last + 1, log.given + 1, log.now) end

local function append(log, kind, what)
  log.last = next_number(log)
  redis.call('ZADD', kind == '1' and KEYSET or OTHERS, text(log.last), kind .. what)
  return log.last
end

-- The page after a position. What was given out counts as used: no later record is at or below it, even if the clock of another server is behind.
local function page(log, appended)
  local from = tonumber(ARGV[1]) == log.epoch and tonumber(ARGV[2]) or 0
  local most = tonumber(ARGV[7]) + 1
  local others = redis.call('ZRANGEBYSCORE', OTHERS, '(' .. text(from), '+inf', 'WITHSCORES', 'LIMIT', 0, most)
  local keys = redis.call('ZRANGEBYSCORE', KEYSET, '(' .. text(from), '+inf', 'WITHSCORES', 'LIMIT', 0, most)
  local upto = math.max(log.last, from, log.now - 1)
  log.given = math.max(log.given, upto)
  save(log)
  return { text(log.epoch), text(from), text(upto), text(log.floor), text(log.keyfloor), text(log.now), text(appended), others, keys }
end

local function publish(log, before, records)
  redis.call('PUBLISH', ARGV[8], cmsgpack.pack({ log.epoch, before, log.floor, log.keyfloor, records }))
end

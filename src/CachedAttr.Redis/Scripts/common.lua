-- Stands before every other script.
-- Numbers are microseconds since 1970 and counters within 2^53: exact in Lua's doubles. The places in an entry are those of EntryHeader (+ 1 in Lua).

local ENTRY, EPOCH, STAMP, CREATED, FLAGS, HEADER = 21, 13, 22, 31, 48, 48
local COUNTER, TOMBSTONE = 2, 4
local HIGHEST = 9007199254740991

local function text(number) return string.format('%.0f', number) end

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000000 + time[2]
end

local function pack(number)
  local high = math.floor(number / 4294967296)
  return struct.pack('>i4I4', high, number - high * 4294967296)
end

local function unpack_at(bytes, place)
  local high, low = struct.unpack('>i4I4', bytes, place)
  return high * 4294967296 + low
end

-- The stamp and the flags of an entry; nil for what is not one: anything may take its place.
local function stamp_of(entry)
  if #entry < HEADER then return nil end
  local array, version = string.byte(entry, 1, 2)
  if array < 0x97 or array > 0x9f or version ~= 1 or string.byte(entry, ENTRY) ~= 0xd3 then return nil end
  return unpack_at(entry, STAMP), string.byte(entry, FLAGS)
end

local function is_tombstone(flags) return math.floor(flags / TOMBSTONE) % 2 == 1 end

-- A header without a value. "created" is free in a tombstone: in a cluster it says who has blocked the key.
local function header(epoch, stamp, flags, created)
  return string.char(0x97, 1, 0xcf) .. pack(0) .. string.char(0xd3) .. pack(epoch) .. string.char(0xd3) .. pack(stamp)
    .. string.char(0xd3) .. pack(created or 0) .. string.char(0xd3) .. pack(0) .. string.char(flags)
end

local function restamp(entry, epoch, stamp)
  return string.sub(entry, 1, EPOCH - 1) .. pack(epoch) .. string.char(0xd3) .. pack(stamp) .. string.sub(entry, STAMP + 8)
end

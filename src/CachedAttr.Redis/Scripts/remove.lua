-- Removes entries; tombstones stay where they are. KEYS: the entries. Returns how many there were.
local removed = 0
for _, key in ipairs(KEYS) do
  local there = redis.call('GETRANGE', key, 0, HEADER - 1)
  local stamp, flags = stamp_of(there)
  if there ~= '' and not (stamp and is_tombstone(flags)) then removed = removed + redis.call('UNLINK', key) end
end
return removed

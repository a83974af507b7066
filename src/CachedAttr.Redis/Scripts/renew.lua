-- Holds a lock longer, if it is still held. KEYS[1]: the lock. ARGV: the holder's token, the new time in ms.
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
return 0

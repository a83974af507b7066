-- In a cluster, before an exact key is appended to the log, which is on another node: a tombstone that nothing can replace but "settle" with the same token.
-- KEYS[1]: the entry. ARGV: token, time to live in ms.
redis.call('SET', KEYS[1], header(0, HIGHEST, TOMBSTONE, tonumber(ARGV[1])), 'PX', ARGV[2])
return 1

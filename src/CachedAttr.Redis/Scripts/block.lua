-- In a cluster, before an exact key is appended to the log, which is on another node: a tombstone that nothing of what is being loaded can replace, only "settle".
-- KEYS[1]: the entry. ARGV: token, time to live in ms.
redis.call('UNLINK', KEYS[1]) -- a first write that needs no memory: the next is not refused if there is none
redis.call('SET', KEYS[1], header(0, HIGHEST, TOMBSTONE, tonumber(ARGV[1])), 'PX', ARGV[2])
return 1

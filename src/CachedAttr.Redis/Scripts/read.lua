-- The heartbeat: what the log has, and the server's present, in one step.
local log = open()
forget_all(log)
return page(log, 0)

/** KEYS: a sorted set of events by moment. ARGV: now, the member, the rules as JSON. Answers ms to wait, or 0. */
export const slidingLogScript = `
local key, now, member, rules = KEYS[1], tonumber(ARGV[1]), ARGV[2], cjson.decode(ARGV[3])
local longest = 0
for _, rule in ipairs(rules) do longest = math.max(longest, rule.window) end
redis.call('ZREMRANGEBYSCORE', key, '-inf', now - longest)
for _, rule in ipairs(rules) do
  local since = '(' .. string.format('%.0f', now - rule.window)
  local count = redis.call('ZCOUNT', key, since, '+inf')
  if count >= rule.max then
    local place = redis.call('ZRANGEBYSCORE', key, since, '+inf', 'WITHSCORES', 'LIMIT', count - rule.max, 1)
    return math.max(1, tonumber(place[2]) + rule.window - now)
  end
end
redis.call('ZADD', key, now, member)
redis.call('PEXPIRE', key, longest)
return 0
`;

/**
 * KEYS: a hash of failures. ARGV: now, free failures, how long they are remembered, the waits. Answers {ms to wait,
 * end of this failure's wait}. Counts before the password is checked, so that parallel tries can't share a failure.
 */
export const backoffScript = `
local key, now, free, forget = KEYS[1], tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local state = redis.call('HMGET', key, 'failures', 'until', 'last')
local failures, blocked, last = tonumber(state[1]) or 0, tonumber(state[2]) or 0, tonumber(state[3]) or 0
if now >= last + forget then failures, blocked = 0, 0 end
if now < blocked then return { blocked - now, 0 } end
failures = failures + 1
local wait = 0
if failures >= free then wait = tonumber(ARGV[math.min(4 + failures - free, #ARGV)]) or 0 end
redis.call('HSET', key, 'failures', failures, 'until', now + wait, 'last', now)
redis.call('PEXPIRE', key, forget + wait)
return { 0, now + wait }
`;

/** For a failure that was never checked, if no other came after it. ARGV: the end of its wait. */
export const backoffUndoScript = `
if tonumber(redis.call('HGET', KEYS[1], 'until')) == tonumber(ARGV[1]) then
  redis.call('HINCRBY', KEYS[1], 'failures', -1)
  redis.call('HSET', KEYS[1], 'until', 0)
end
return 0
`;

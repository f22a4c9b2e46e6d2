/** KEYS: a sorted set of names by the moment until which they are there. ARGV: now, that moment, names. Answers those who were not there. */
export const beatScript = `
local now, till, came = tonumber(ARGV[1]), ARGV[2], {}
for i = 3, #ARGV do
  local was = redis.call('ZSCORE', KEYS[1], ARGV[i])
  if not was or tonumber(was) <= now then came[#came + 1] = ARGV[i] end
  redis.call('ZADD', KEYS[1], 'GT', till, ARGV[i])
end
return came
`;

/** KEYS: the same. ARGV: now, how many at most. Answers and forgets those whose moment has passed. */
export const takeGoneScript = `
local gone = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
if #gone > 0 then redis.call('ZREM', KEYS[1], unpack(gone)) end
return gone
`;

export interface BucketRule {
  burst: number;
  aSecond: number;
}

/** False when it is empty. By the time that machines take: what it counts is work, not what people may do in a day. */
export function createBucket({ burst, aSecond }: BucketRule, now: () => number = () => performance.now()) {
  let [left, at] = [burst, now()];
  return (): boolean => {
    const since = now();
    left = Math.min(burst, left + ((since - at) / 1000) * aSecond);
    at = since;
    if (left < 1) return false;
    left--;
    return true;
  };
}

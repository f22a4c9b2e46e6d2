-- AlterTable
ALTER TABLE "Block" ADD COLUMN     "id" UUID NOT NULL;

-- What two people are locked by, whichever of them is named first.
CREATE FUNCTION "pair_key"(one uuid, other uuid) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN hashtextextended(LEAST(one, other)::text || GREATEST(one, other)::text, 0);

-- A block takes the lock of its pair for itself alone, and whatever one writes to the other asks here in the statement that
-- writes it: it waits for a block that is being made, and a block waits for it. VOLATILE, so that what is read after the wait
-- is what holds after the wait, and not what the statement saw when it began.
CREATE FUNCTION "no_block_between"(one uuid, other uuid) RETURNS boolean LANGUAGE plpgsql VOLATILE AS
$$ BEGIN
  PERFORM pg_advisory_xact_lock_shared("pair_key"(one, other));
  RETURN NOT EXISTS (SELECT FROM "Block"
    WHERE ("blockerId" = one AND "blockedId" = other) OR ("blockerId" = other AND "blockedId" = one));
END $$;

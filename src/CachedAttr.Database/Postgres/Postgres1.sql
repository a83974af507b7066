-- Version 1 of the cache's tables and of the function that keeps the log. {table} is the beginning of all names, with the schema.
-- Numbers are microseconds since 1970 UTC by the server's clock; texts are bytes of UTF-8, so that any text is kept and compared exactly.

CREATE {unlogged} TABLE {table}_entries (
    key bytea PRIMARY KEY, stamp bigint NOT NULL, tombstone boolean NOT NULL, expires bigint NOT NULL, used bigint NOT NULL, size int NOT NULL, value bytea NOT NULL);
ALTER TABLE {table}_entries ALTER COLUMN value SET STORAGE EXTERNAL;
CREATE INDEX {name}_entries_expires ON {table}_entries (expires) INCLUDE (size);
CREATE INDEX {name}_entries_used ON {table}_entries (used) WHERE NOT tombstone;
CREATE {unlogged} TABLE {table}_logs (
    prefix bytea PRIMARY KEY, epoch bigint NOT NULL, last bigint NOT NULL, given bigint NOT NULL, floor bigint NOT NULL, key_floor bigint NOT NULL,
    longest_load bigint NOT NULL, longest bigint NOT NULL, patterns bigint NOT NULL, keys bigint NOT NULL) WITH (fillfactor = 50);
CREATE {unlogged} TABLE {table}_log (
    prefix bytea NOT NULL, target bytea NOT NULL, is_key boolean NOT NULL, sequence bigint NOT NULL, kind int NOT NULL, content bytea NOT NULL, PRIMARY KEY (prefix, target));
CREATE INDEX {name}_log_sequence ON {table}_log (prefix, sequence);
CREATE INDEX {name}_log_kept ON {table}_log (prefix, is_key, sequence);
CREATE {unlogged} TABLE {table}_locks (name bytea PRIMARY KEY, token bytea NOT NULL, expires bigint NOT NULL);
CREATE {unlogged} TABLE {table}_measure (one int PRIMARY KEY, entries bigint NOT NULL, bytes bigint NOT NULL, measured bigint NOT NULL);

CREATE FUNCTION {table}_now() RETURNS bigint LANGUAGE sql VOLATILE AS $$ SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint $$;

-- An entry with the log's epoch and a stamp in their places (EntryHeader).
CREATE FUNCTION {table}_stamped(entry bytea, epoch bigint, stamp bigint) RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
    SELECT overlay(overlay(entry PLACING int8send(epoch) FROM 13 FOR 8) PLACING int8send(stamp) FROM 22 FOR 8) $$;

-- Removes the records of one sort that are too old or too many; the number of the newest that went, and how many stay.
CREATE FUNCTION {table}_forget(p_prefix bytea, p_is_key boolean, p_limit bigint, p_most bigint, INOUT p_floor bigint, INOUT p_count bigint) LANGUAGE plpgsql AS $$
DECLARE
    v_newest bigint;
    v_gone bigint;
BEGIN
    IF p_count > p_most THEN
        SELECT sequence INTO v_newest FROM {table}_log WHERE prefix = p_prefix AND is_key = p_is_key ORDER BY sequence OFFSET p_count - p_most - 1 LIMIT 1;
    END IF;
    WITH gone AS (DELETE FROM {table}_log WHERE prefix = p_prefix AND is_key = p_is_key AND sequence <= greatest(p_limit, v_newest) RETURNING sequence)
        SELECT max(sequence), count(*) INTO v_newest, v_gone FROM gone;
    p_floor := greatest(p_floor, v_newest);
    p_count := p_count - v_gone;
END $$;

-- Appends to the log, puts what belongs in the entries' places, and returns what the log has after a position: one step, under the lock of the log's row, so that
-- nobody sees the one without the other, and numbers come in the order in which they can be seen. The first row is [epoch, after, up to, floor, key floor, now, appended].
CREATE FUNCTION {table}_follow(
    p_prefix bytea, p_epoch bigint, p_after bigint, p_longest_load bigint, p_longest bigint, p_max_patterns bigint, p_max_keys bigint, p_page int, p_channel text,
    p_kinds int[], p_contents bytea[], p_targets bytea[], p_keys bytea[], p_entry bytea, p_time_to_live bigint, p_is_tombstone boolean)
RETURNS TABLE (o_sequence bigint, o_kind int, o_content bytea, o_log bigint[]) LANGUAGE plpgsql AS $$
DECLARE
    l {table}_logs;
    v_now bigint;
    v_before bigint;
    v_appended bigint := 0;
    v_from bigint;
    v_sequences bigint[] := '{}';
    v_message text;
    v_moved bigint;
BEGIN
    SELECT * INTO l FROM {table}_logs WHERE prefix = p_prefix FOR UPDATE;
    IF NOT FOUND THEN
        INSERT INTO {table}_logs VALUES (p_prefix, 0, 0, 0, 0, 0, 0, 0, 0, 0) ON CONFLICT DO NOTHING;
        SELECT * INTO l FROM {table}_logs WHERE prefix = p_prefix FOR UPDATE;
    END IF;
    v_now := {table}_now();

    -- Who shares the log with other limits must not forget what they still need.
    l.longest_load := greatest(l.longest_load, p_longest_load);
    l.longest := greatest(l.longest, p_longest);

    -- Every position was written down when it was given out. Who comes with a higher one has seen writes that are gone: a backup was restored, or a replica took over.
    IF l.epoch = 0 OR (p_epoch = l.epoch AND p_after > l.given) THEN
        DELETE FROM {table}_log WHERE prefix = p_prefix;
        l.epoch := greatest(v_now, l.epoch + 1);
        l.floor := 0; l.key_floor := 0; l.patterns := 0; l.keys := 0;
    END IF;

    v_before := l.last;
    FOR i IN 1 .. cardinality(p_kinds) LOOP
        DELETE FROM {table}_log WHERE prefix = p_prefix AND target = p_targets[i];
        GET DIAGNOSTICS v_moved = ROW_COUNT;
        v_appended := greatest(l.last + 1, l.given + 1, v_now);
        l.last := v_appended;
        INSERT INTO {table}_log VALUES (p_prefix, p_targets[i], p_kinds[i] = 1, v_appended, p_kinds[i], p_contents[i]);
        IF p_kinds[i] = 1 THEN l.keys := l.keys + 1 - v_moved; ELSE l.patterns := l.patterns + 1 - v_moved; END IF;
        v_sequences := v_sequences || v_appended;
    END LOOP;

    -- In the order of their keys: two that lock several rows in different orders would wait for each other.
    IF cardinality(p_kinds) > 0 THEN
        INSERT INTO {table}_entries
            SELECT DISTINCT ON (k.key) k.key, k.sequence, p_is_tombstone, v_now + p_time_to_live, v_now, length(k.key) + length(p_entry),
                {table}_stamped(p_entry, l.epoch, k.sequence)
            FROM unnest(p_keys, v_sequences) AS k (key, sequence) WHERE k.key IS NOT NULL ORDER BY k.key, k.sequence DESC
        ON CONFLICT (key) DO UPDATE SET
            stamp = excluded.stamp, tombstone = excluded.tombstone, expires = excluded.expires, used = excluded.used, size = excluded.size, value = excluded.value;
    END IF;

    SELECT p_floor, p_count INTO l.key_floor, l.keys FROM {table}_forget(p_prefix, true, v_now - l.longest_load, p_max_keys, l.key_floor, l.keys);
    SELECT p_floor, p_count INTO l.floor, l.patterns FROM {table}_forget(p_prefix, false, v_now - l.longest, p_max_patterns, l.floor, l.patterns);
    v_from := CASE WHEN p_epoch = l.epoch THEN p_after ELSE 0 END;
    l.given := greatest(l.given, l.last, v_from, v_now - 1);
    UPDATE {table}_logs SET (epoch, last, given, floor, key_floor, longest_load, longest, patterns, keys)
        = (l.epoch, l.last, l.given, l.floor, l.key_floor, l.longest_load, l.longest, l.patterns, l.keys) WHERE prefix = p_prefix;

    -- A notification has room for 8,000 bytes. Without the records it says that there are some.
    IF v_appended > 0 THEN
        SELECT coalesce(string_agg(sequence || ':' || kind || ':' || encode(content, 'hex'), ' ' ORDER BY sequence), '') INTO v_message
            FROM {table}_log WHERE prefix = p_prefix AND sequence > v_before;
        v_message := concat_ws(' ', l.epoch, v_before, l.last, l.floor, l.key_floor, v_message);
        PERFORM pg_notify(p_channel, CASE WHEN length(v_message) < 8000 THEN v_message ELSE '' END);
    END IF;

    RETURN QUERY SELECT NULL::bigint, NULL::int, NULL::bytea,
        ARRAY[l.epoch, v_from, greatest(l.last, v_from, v_now - 1), l.floor, l.key_floor, v_now, v_appended];
    RETURN QUERY SELECT sequence, kind, content, NULL::bigint[] FROM {table}_log WHERE prefix = p_prefix AND sequence > v_from ORDER BY sequence LIMIT p_page + 1;
END $$;

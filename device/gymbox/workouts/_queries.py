"""The questions that are asked of the training log."""

HISTORY = """
SELECT sets.id, sets.session_id AS session, sets.number, sets.exercise, sets.started, sets.seconds,
    sets.cut_off, sets.target,
    count(*) FILTER (WHERE reps.partial = 0 AND reps.undone = 0) AS reps,
    count(*) FILTER (WHERE reps.partial = 1 AND reps.undone = 0) AS partial,
    count(*) FILTER (WHERE reps.added = 1 AND reps.undone = 0) AS added,
    avg(rom) FILTER (WHERE reps.partial = 0 AND reps.undone = 0) AS rom,
    avg(eccentric) FILTER (WHERE reps.partial = 0 AND reps.undone = 0) AS eccentric,
    avg(bottom_pause) FILTER (WHERE reps.partial = 0 AND reps.undone = 0) AS bottom_pause,
    avg(concentric) FILTER (WHERE reps.partial = 0 AND reps.undone = 0) AS concentric,
    avg(top_pause) FILTER (WHERE reps.partial = 0 AND reps.undone = 0) AS top_pause,
    avg(form) FILTER (WHERE reps.partial = 0 AND reps.undone = 0) AS form
FROM (
    SELECT * FROM sets
    -- A set of which nothing is left did not happen.
    WHERE seconds IS NULL OR EXISTS (SELECT 1 FROM reps WHERE set_id = sets.id AND undone = 0)
    ORDER BY id DESC LIMIT ?
) AS sets
LEFT JOIN reps ON reps.set_id = sets.id
GROUP BY sets.id
ORDER BY sets.id DESC
"""

EFFORTS = """
SELECT set_id, seconds, rom, eccentric, bottom_pause, concentric, top_pause FROM reps
WHERE set_id BETWEEN ? AND ? AND partial = 0 AND undone = 0 ORDER BY id
"""

EXPORT = """
SELECT sets.id AS set_id, sessions.id AS session, sessions.started AS session_started,
    sets.number AS "set", sets.exercise, sets.started AS set_started, sets.seconds AS set_seconds,
    sets.cut_off,
    reps.number AS rep, reps.ended, reps.seconds, reps.partial, reps.undone, reps.rom,
    reps.eccentric, reps.bottom_pause, reps.concentric, reps.top_pause, reps.form, reps.confidence,
    reps.added, sets.target
FROM reps
JOIN sets ON sets.id = reps.set_id
JOIN sessions ON sessions.id = sets.session_id
WHERE sets.id IN (SELECT set_id FROM reps WHERE ended >= ?)
ORDER BY sets.id, reps.id
"""

LAST_SESSION = "SELECT id, started, seconds FROM sessions ORDER BY id DESC LIMIT 1"

LAST_SET = """
SELECT id, exercise, started, seconds FROM sets
WHERE session_id = ? ORDER BY id DESC LIMIT 1
"""

SETS_BEFORE = """
SELECT exercise, count(DISTINCT sets.id) AS sets FROM sets
JOIN reps ON reps.set_id = sets.id AND reps.partial = 0 AND reps.undone = 0
WHERE session_id = ? AND sets.id < ? GROUP BY exercise
"""

PLAN = "SELECT reps, sets, rest, changed FROM plan"

NEW_PLAN = "INSERT OR REPLACE INTO plan (id, reps, sets, rest, changed) VALUES (1, ?, ?, ?, ?)"

NEW_SESSION = "INSERT INTO sessions (started, seconds) VALUES (?, 0)"

EXTEND_SESSION = "UPDATE sessions SET seconds = max(seconds, ?) WHERE id = ?"

NEW_SET = """
INSERT INTO sets (session_id, number, exercise, started, target)
SELECT ?1, 1 + count(*), ?2, ?3, ?4 FROM sets WHERE session_id = ?1
"""

REOPEN_SET = "UPDATE sets SET seconds = NULL, cut_off = 0 WHERE id = ?"

END_SET = "UPDATE sets SET seconds = ? WHERE id = ?"

END_SETS_AT_LAST_REP = """
UPDATE sets SET cut_off = 1, seconds =
    coalesce((SELECT max(seconds) FROM reps WHERE set_id = sets.id), 0)
WHERE seconds IS NULL
"""

NEW_REP = """
INSERT INTO reps (set_id, ended, seconds, number, partial, rom, eccentric, bottom_pause,
    concentric, top_pause, form, confidence)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""

ADDED_REP = """
INSERT INTO reps (set_id, ended, seconds, number, partial, added)
VALUES (?, ?, ?, ?, 0, 1)
"""

UNDO_ALL_REPS = "UPDATE reps SET undone = 1 WHERE set_id = ?"

COUNTED_REPS = "SELECT count(*) FROM reps WHERE set_id = ? AND partial = 0 AND undone = 0"

UNDO_REP = """
UPDATE reps SET undone = 1 WHERE id =
    (SELECT max(id) FROM reps WHERE set_id = ? AND partial = 0 AND undone = 0)
"""

"""The questions that are asked of the training log."""

HISTORY = """
SELECT sets.session_id AS session, sets.number, sets.exercise, sets.started, sets.seconds,
    sets.cut_off,
    count(*) FILTER (WHERE reps.partial = 0 AND reps.undone = 0) AS reps,
    count(*) FILTER (WHERE reps.partial = 1) AS partial,
    avg(rom) FILTER (WHERE reps.partial = 0 AND reps.undone = 0) AS rom,
    avg(eccentric) FILTER (WHERE reps.partial = 0 AND reps.undone = 0) AS eccentric,
    avg(bottom_pause) FILTER (WHERE reps.partial = 0 AND reps.undone = 0) AS bottom_pause,
    avg(concentric) FILTER (WHERE reps.partial = 0 AND reps.undone = 0) AS concentric,
    avg(top_pause) FILTER (WHERE reps.partial = 0 AND reps.undone = 0) AS top_pause,
    avg(form) FILTER (WHERE reps.partial = 0 AND reps.undone = 0) AS form
FROM (SELECT * FROM sets ORDER BY id DESC LIMIT ?) AS sets
LEFT JOIN reps ON reps.set_id = sets.id
GROUP BY sets.id
ORDER BY sets.id DESC
"""

EXPORT = """
SELECT sessions.id AS session, sessions.started AS session_started,
    sets.number AS "set", sets.exercise, sets.started AS set_started, sets.seconds AS set_seconds,
    sets.cut_off,
    reps.number AS rep, reps.ended, reps.seconds, reps.partial, reps.undone, reps.rom,
    reps.eccentric, reps.bottom_pause, reps.concentric, reps.top_pause, reps.form, reps.confidence
FROM reps
JOIN sets ON sets.id = reps.set_id
JOIN sessions ON sessions.id = sets.session_id
WHERE reps.ended >= ?
ORDER BY reps.id
"""

LAST_SESSION = "SELECT id, started, seconds FROM sessions ORDER BY id DESC LIMIT 1"

LAST_SET = """
SELECT id, number, exercise, started, seconds,
    (SELECT max(seconds) FROM reps WHERE set_id = sets.id) AS last_rep,
    (SELECT count(*) FROM reps WHERE set_id = sets.id AND partial = 0 AND undone = 0) AS reps,
    -- The sets of the same exercise just before it, without those that came to nothing.
    (SELECT count(DISTINCT earlier.id) FROM sets AS earlier
     JOIN reps ON reps.set_id = earlier.id AND reps.partial = 0 AND reps.undone = 0
     WHERE earlier.session_id = sets.session_id AND earlier.id < sets.id AND earlier.id > coalesce(
        (SELECT max(id) FROM sets AS other
         WHERE other.session_id = sets.session_id AND other.exercise <> sets.exercise), 0)
    ) AS earlier
FROM sets WHERE session_id = ? ORDER BY id DESC LIMIT 1
"""

NEW_SESSION = "INSERT INTO sessions (started, seconds) VALUES (?, 0)"

EXTEND_SESSION = "UPDATE sessions SET seconds = max(seconds, ?) WHERE id = ?"

NEW_SET = """
INSERT INTO sets (session_id, number, exercise, started)
SELECT ?1, 1 + count(*), ?2, ?3 FROM sets WHERE session_id = ?1
"""

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

UNDO_REP = """
UPDATE reps SET undone = 1 WHERE id =
    (SELECT max(id) FROM reps WHERE set_id = ? AND partial = 0 AND undone = 0)
"""

-- What the program does by itself with tickets that come; nothing personal. runs_on: opened, written. active: 1 or 0. place: its place in the order. if_…:
-- what must hold, empty where nothing is asked; if_words: one word of the subject a line; if_from: customer, writer. The rest as in desk_macros.
CREATE TABLE desk_rules (
    id BYTEA NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    runs_on TEXT NOT NULL,
    active BIGINT NOT NULL,
    place BIGINT NOT NULL,
    staff_id BYTEA NOT NULL,
    version BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    if_department TEXT,
    if_priority TEXT,
    if_tag TEXT,
    if_words TEXT NOT NULL,
    if_from TEXT,
    if_plan TEXT,
    to_department TEXT,
    priority TEXT,
    tags TEXT NOT NULL,
    untags TEXT NOT NULL,
    give_to TEXT,
    ending TEXT,
    canned_id BYTEA
);

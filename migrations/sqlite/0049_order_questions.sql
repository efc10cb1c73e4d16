-- What a reviewer asks the applicant of a held order. question, answer: sealed ticket.
CREATE TABLE order_questions (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL,
    question BLOB NOT NULL,
    answer BLOB,
    asked_at BIGINT NOT NULL,
    answered_at BIGINT
);
CREATE INDEX order_questions_order ON order_questions (order_id, asked_at);

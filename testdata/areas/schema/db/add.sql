CREATE TABLE orders (id int); --~ area schema:high

SELECT id FROM orders;

DELETE FROM orders WHERE closed; --~ area schema:critical

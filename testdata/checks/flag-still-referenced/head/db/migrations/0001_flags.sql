INSERT INTO flags VALUES ('old-tax');

-- Nobody calls any more.
DROP TABLE phone_calls;

CREATE OR REPLACE STREAM cheap (ticker VARCHAR(4), price REAL, note VARCHAR(8)) DESCRIPTION 'prices below ten';
CREATE OR REPLACE PUMP to_cheap AS INSERT INTO cheap (ticker, price)
SELECT STREAM ticker, price FROM "TRADES_001" WHERE price < 10;
CREATE PUMP idle STOPPED AS INSERT INTO cheap SELECT STREAM ticker, price, 'x' FROM "TRADES_001";

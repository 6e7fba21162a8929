"""Stands for Grafana: writes to its database without a pause, each time a row into both of two tables."""
import sqlite3
import time

database = sqlite3.connect("/var/lib/grafana/grafana.db", timeout=30)
with database:
    database.execute("CREATE TABLE IF NOT EXISTS user (login TEXT)")
    database.execute("CREATE TABLE IF NOT EXISTS dashboard (title TEXT)")
    database.execute("CREATE TABLE IF NOT EXISTS one (n INTEGER, filler TEXT)")
    database.execute("CREATE TABLE IF NOT EXISTS other (n INTEGER, filler TEXT)")
    database.execute("INSERT INTO user SELECT 'ada' WHERE NOT EXISTS (SELECT 1 FROM user)")
    database.execute("INSERT INTO dashboard SELECT 'mine' WHERE NOT EXISTS (SELECT 1 FROM dashboard)")
with open("/var/lib/grafana/.secret-key", "w") as key:
    key.write("a key")
n = 0
while True:
    n += 1
    with database:
        database.execute("INSERT INTO one VALUES (?, ?)", (n, "x" * 2000))
        time.sleep(0.005)
        database.execute("INSERT INTO other VALUES (?, ?)", (n, "x" * 2000))
    if n % 50 == 0:
        print(n, flush=True)
    time.sleep(0.01)

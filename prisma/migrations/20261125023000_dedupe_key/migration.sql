-- By its beginning a key is found in its unique index only when that is sorted by bytes. The table is not rewritten.
ALTER TABLE "outgoing_message" ALTER COLUMN "dedupe_key" SET DATA TYPE TEXT COLLATE "C";

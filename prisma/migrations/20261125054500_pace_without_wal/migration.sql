-- When a channel may send next is worth nothing after a crash, and is written for every message.
ALTER TABLE "channel_pace" SET UNLOGGED;
